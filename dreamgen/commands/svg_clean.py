"""``dreamgen svg-clean FILE``: what is visible of an SVG file, in plain paths; also as PNG, PDF or mp4."""

import sys
from argparse import Namespace
from pathlib import Path

from ..errors import ConfigError
from ._ending import ending

MAX_SIZE = 8192             # pixels; a square of them is a gigabyte while it is drawn


def add(commands) -> None:
    parser = commands.add_parser("svg-clean", help="reduce an SVG file to the paths that are seen",
                                 description="Write an SVG file again as plain paths: rounded to what is visible, "
                                             "without hidden and off-canvas ones, scripts, links and metadata.")
    parser.add_argument("file", type=Path, help="an SVG file")
    parser.add_argument("--out", type=Path, metavar="FILE",
                        help="where to: .svg, .png, .pdf or .mp4 (FILE.clean.svg beside it)")
    parser.add_argument("--size", type=int, metavar="PIXELS", help="longer side of a PNG (1024)")
    parser.add_argument("--keep", action="store_true",
                        help="keep gradients, clips, masks, text and all else that can be seen, and only write it shorter")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    out = args.out or args.file.parent / f"{args.file.stem}.clean.svg"
    kind = ending(out)
    if args.size is not None and (kind != "png" or not 0 < args.size <= MAX_SIZE):
        raise ConfigError(f"--size: need 1 to {MAX_SIZE} pixels for a .png, got {args.size} for {out.name}")
    if args.keep and kind != "svg":
        raise ConfigError(f"--keep: needs an .svg, got {out.name}; other formats have plain paths only")
    try:
        file = args.file.open("rb")                     # before what takes longer to import than to say that it is not there
    except OSError as error:
        raise ConfigError(f"{args.file}: cannot be read ({error.strerror})") from None
    from .. import formats, svg
    from ..formats import png
    from ..io import atomic
    from ..svg.xml import MAX_BYTES
    with file:
        data = file.read(MAX_BYTES + 1)
    if args.keep:
        output, left_out = svg.tidy(data, str(args.file))
        atomic.save({out.name: output}, out.parent)
        print(f"{out}: {len(output):,} bytes of {len(data):,}" + (", nothing to shorten" if output == data else ""))
        report("not kept", left_out)
        return
    reading = svg.read(data, str(args.file))
    cleaned = svg.clean(reading.drawing)
    written = png.write(cleaned.drawing, "asset", args.size) if args.size else formats.write(cleaned.drawing, [kind])
    [output] = written.values()
    if kind == "svg":
        output = svg.sized(output, reading.sizes)
    atomic.save({out.name: output}, out.parent)
    count, total = len(cleaned.drawing.paths), len(reading.drawing.paths)
    print(f"{out}: {count:,} of {total:,} paths, {len(output):,} bytes of {len(data):,}")
    if kind == "pdf":
        from ..formats.pdf import simplified
        reading.left_out.update(simplified(cleaned.drawing))
    report("not kept", reading.left_out)
    report("dropped", cleaned.dropped)
    if kind == "svg" and len(output) > len(data):
        print("dreamgen: larger than it was; `--keep` only shortens what is there", file=sys.stderr)


def report(title: str, counts: dict[str, int]) -> None:
    if counts:
        print(f"{title}: " + "; ".join(f"{what} {n:,}" for what, n in counts.items()))
