"""``dreamgen svg-clean FILE``: what is visible of an SVG file, in plain paths; also as PNG, PDF or mp4."""

from argparse import Namespace
from pathlib import Path

from ..errors import ConfigError

MAX_SIZE = 8192             # pixels; a square of them is a gigabyte while it is drawn


def add(commands) -> None:
    parser = commands.add_parser("svg-clean", help="reduce an SVG file to the paths that are seen",
                                 description="Write an SVG file again as plain paths: rounded to what is visible, "
                                             "without hidden and off-canvas ones, scripts, links and metadata.")
    parser.add_argument("file", type=Path, help="an SVG file")
    parser.add_argument("--out", type=Path, metavar="FILE",
                        help="where to: .svg, .png, .pdf or .mp4 (FILE.clean.svg beside it)")
    parser.add_argument("--size", type=int, metavar="PIXELS", help="longer side of a PNG (1024)")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import registry
    from ..recipes.settings import nearest
    out = args.out or args.file.parent / f"{args.file.stem}.clean.svg"
    kind = out.suffix.lstrip(".").lower()
    known = [name for name in registry.names("format") if "Drawing" in registry.accepts(name)]
    if kind not in known:
        raise ConfigError(f"--out: no drawing in {out.suffix!r}; have {', '.join(known)}{nearest(kind, known)}")
    if args.size is not None and (kind != "png" or not 0 < args.size <= MAX_SIZE):
        raise ConfigError(f"--size: need 1 to {MAX_SIZE} pixels for a .png, got {args.size} for {out.name}")
    from .. import formats, svg
    from ..formats import png
    from ..io import atomic
    from ..svg.xml import MAX_BYTES
    try:
        with args.file.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{args.file}: cannot be read ({error.strerror})") from None
    reading = svg.read(data, str(args.file))
    cleaned = svg.clean(reading.drawing)
    written = png.write(cleaned.drawing, "asset", args.size) if args.size else formats.write(cleaned.drawing, [kind])
    [made] = written.values()
    atomic.save({out.name: made}, out.parent)
    kept, found = len(cleaned.drawing.paths), len(reading.drawing.paths)
    print(f"{out}: {kept:,} of {found:,} paths, {len(made):,} bytes of {len(data):,}")
    for title, counts in (("not kept", reading.left_out), ("dropped", cleaned.dropped)):
        if counts:
            print(f"{title}: " + "; ".join(f"{what} {n:,}" for what, n in counts.items()))
