"""``dreamgen view RUN``: look at a run in the browser, while it goes on or after it; or at a file of Gaussians."""

import sys
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path

from ..errors import ConfigError, traceback_kept
from .resume import which

LOCAL = "127.0.0.1"


def add(commands) -> None:
    parser = commands.add_parser("view", help="look at a run in the browser",
                                 description="Serve a viewer of a run, while it goes on or after it, until Ctrl-C; or of a file "
                                             "of Gaussians (.ply, .splat, .spz, .glb).")
    which(parser)
    parser.add_argument("--host", default=LOCAL, help=f"address to listen on ({LOCAL}: this machine only)")
    parser.add_argument("--port", type=int, default=8080, help="first port to try (8080)")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import folders, registry
    if not 0 < args.port < 65536:
        raise ConfigError(f"--port: need 1 to 65535, got {args.port}")
    if Path(args.run).is_file():
        view_file(Path(args.run), args.host, args.port)
        return
    folder = folders.find(args.run, args.out)
    page, scene = folder / "index.html", folders.recipe(folder).stages[0].scene
    if registry.read("scene", registry.kind_of(scene)).camera != "Camera":
        raise ConfigError(f"{folder}: the viewer shows what lies in space, and this run draws on paper; open {page}")
    if find_spec("viser") is None:
        raise ConfigError(f"the viewer needs viser: `pip install viser`; without it, open {page}")
    with traceback_kept(folder):
        from ..show.viewer import view
        view(folder, args.host, args.port)


def view_file(path: Path, host: str, port: int) -> None:
    """Raises ConfigError for what is no file of Gaussians; says what of it is not shown."""
    from ..reading import splats
    if find_spec("viser") is None:
        raise ConfigError("the viewer needs viser: `pip install viser`")
    try:
        found, notes = splats.read(path)
    except (ValueError, OSError) as error:
        raise ConfigError(f"{path}: {error}") from None
    for note in notes:
        print(f"dreamgen: {path}: {note}", file=sys.stderr)
    from ..show.viewer import view_file
    view_file(found, path.name, host, port)
