"""``dreamgen prior render``: meshes in, the captioned pictures that ``dreamgen prior train`` takes out."""

from argparse import Namespace
from pathlib import Path

from ...errors import ConfigError
from ._options import drawn, look_options, looked


def add(inner) -> None:
    parser = inner.add_parser(
        "render", help="from meshes to the pictures that train takes",
        description="Draw meshes from all sides, as captioned pictures for `dreamgen prior train`. What cannot be "
                    "drawn is named and left out. The same command again draws only what is new or has changed.")
    parser.add_argument("meshes", type=Path, nargs="+", help="GLB, glTF, OBJ, PLY, STL, OFF files, or folders of them")
    parser.add_argument("--out", type=Path, required=True, metavar="DATA", help="a folder that may grow, or a new .zip")
    parser.add_argument("--name", help="what all of them show, as \"garden chair\" (each file's or folder's own name)")
    parser.add_argument("--names", type=Path, metavar="FILE", help="lines as `chair_02.glb = garden chair`")
    parser.add_argument("--up", default="y", help="the files' axis that points up: y, z, -x, ... (y)")
    parser.add_argument("--front", help="the axis that points to the viewer (z; -y with --up z)")
    parser.add_argument("--plain", action="store_true", help="draw a mesh whose texture is missing, without it")
    parser.add_argument("--source", default="my models", help="where they are from, for the model card (my models)")
    parser.add_argument("--creator", help="whose work they are, for the model card")
    parser.add_argument("--licence", help="under which licence, for the model card")
    look_options(parser)
    parser.set_defaults(call=render)


def render(args: Namespace) -> None:
    names = read_names(args.names) if args.names else {}
    row = {key: getattr(args, key) for key in ("name", "source", "creator", "licence")}
    row = {key: " ".join(value.split()) for key, value in row.items() if value is not None}
    if row.get("name") == "":
        raise ConfigError("--name: need a word, got none")
    if missing := [path for path in args.meshes if not path.exists()]:
        raise ConfigError(f"{missing[0]}: no such file or folder")
    from ...training.look import turned
    up = signed(args.up)
    turn, look = turned(up, signed(args.front or ("-y" if up == "+z" else "z"))), looked(args)
    from ...training.models import models
    drawn(args.out, models(args.meshes, row, names, turn, args.plain), look)


def signed(axis: str) -> str:
    axis = axis.strip().lower()
    return axis if axis[:1] in "+-" else f"+{axis}"


def read_names(path: Path) -> dict[str, str]:
    """{file: what it shows} of a text file; raises ConfigError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"--names: cannot read {path} ({error})") from None
    names = {}
    for number, line in enumerate(lines, 1):
        file, _, name = (part.strip() for part in line.partition("="))
        if line.strip() and not (file and name):
            raise ConfigError(f"--names: {path}:{number}: need `chair_02.glb = garden chair`, got {line.strip()!r}")
        if file:
            names[file] = name
    if not names:
        raise ConfigError(f"--names: {path} names nothing")
    return names
