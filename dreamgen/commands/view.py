"""``dreamgen view RUN``: look at a run in the browser, while it goes on or after it."""

from argparse import Namespace
from importlib.util import find_spec

from ..errors import ConfigError, kept
from .resume import which

LOCAL = "127.0.0.1"


def add(commands) -> None:
    parser = commands.add_parser("view", help="look at a run in the browser",
                                 description="Serve a viewer of a run, while it goes on or after it, until Ctrl-C.")
    which(parser)
    parser.add_argument("--host", default=LOCAL, help=f"address to listen on ({LOCAL}: this machine only)")
    parser.add_argument("--port", type=int, default=8080, help="first port to try (8080)")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import folders, registry
    folder = folders.find(args.run, args.out)
    if not 0 < args.port < 65536:
        raise ConfigError(f"--port: need 1 to 65535, got {args.port}")
    page, scene = folder / "index.html", folders.recipe(folder).stages[0].scene
    if registry.read("scene", registry.kind_of(scene)).camera != "Camera":
        raise ConfigError(f"{folder}: the viewer shows what lies in space, and this run draws on paper; open {page}")
    if find_spec("viser") is None:
        raise ConfigError(f"the viewer needs viser: `pip install viser`; without it, open {page}")
    with kept(folder):
        from ..show.viewer import view
        view(folder, args.host, args.port)
