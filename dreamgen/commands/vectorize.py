"""``dreamgen vectorize IMAGE``: a picture as layered paths, written as SVG; also as PNG, PDF or mp4."""

from argparse import Namespace
from collections import deque
from pathlib import Path

from ..errors import ConfigError
from .run import quiet

MOST = 4096                 # paths


def add(commands) -> None:
    parser = commands.add_parser("vectorize", help="turn a picture into layered paths",
                                 description="Draw a picture (PNG, JPEG, WebP, ...) again with a few closed paths of "
                                             "one color each, the large ones below; what is transparent stays so.")
    parser.add_argument("image", type=Path, help="a picture")
    parser.add_argument("--paths", type=int, default=64, metavar="N", help="how many at most (64)")
    parser.add_argument("--bytes", type=int, metavar="N", help="of the SVG at most; paths that are seen least are left out")
    parser.add_argument("--out", type=Path, metavar="FILE",
                        help="where to: .svg, .png, .pdf or .mp4 (IMAGE.svg beside it)")
    parser.add_argument("--refine", metavar="PROMPT", help="then improve the drawing towards these words, in a run's folder")
    parser.add_argument("--seed", type=int, default=0, help="another number, a slightly different drawing (0)")
    quiet(parser)
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import registry
    from ..recipes.settings import nearest
    if not 1 <= args.paths <= MOST:
        raise ConfigError(f"--paths: need 1 to {MOST}, got {args.paths}")
    out = args.out or args.image.with_suffix(".svg")
    kind = out.suffix.lstrip(".").lower()
    known = [name for name in registry.names("format") if "Drawing" in registry.accepts(name)]
    if kind not in known:
        raise ConfigError(f"--out: no drawing in {out.suffix!r}; have {', '.join(known)}{nearest(kind, known)}")
    if out.resolve() == args.image.resolve():
        clean = "; `dreamgen svg-clean` is for drawings" if kind == "svg" else ""
        raise ConfigError(f"--out: {out} is the picture itself{clean}")
    if args.bytes is not None and (args.bytes < 1 or kind != "svg"):
        raise ConfigError(f"--bytes: need 1 or more, got {args.bytes}" if args.bytes < 1 else
                          f"--bytes: is for .svg, got --out {out}")
    if args.refine and kind != "svg":
        raise ConfigError(f"--refine: needs an .svg, got --out {out}")
    try:
        data = args.image.read_bytes()
    except OSError as error:
        raise ConfigError(f"{args.image}: cannot be read ({error.strerror})") from None
    import numpy as np

    from .. import formats
    from ..io import atomic, images
    from ..io.rng import stream
    from ..show import progress
    from ..svg.budget import within
    from ..svg.vectorize import ENOUGH, Tracing
    try:
        size, image = images.measured(data), images.decode_rgba(data, ENOUGH)
    except ValueError as error:
        raise ConfigError(f"{args.image}: {error}") from None
    tracing = Tracing(image / np.float32(255), args.paths, stream(args.seed, "vectorize"), size)
    if args.quiet:
        deque(tracing.run(args.seed), maxlen=0)
    else:
        progress.show(tracing.run(args.seed))
    drawing = tracing.drawing()
    if args.bytes:
        drawing = within(drawing, args.bytes, lambda some: formats.length(some, kind))
    [output] = formats.write(drawing, [kind]).values()
    if args.bytes and len(output) > args.bytes:
        raise ConfigError(f"--bytes: {args.bytes} are too few, a single path takes {len(output)}")
    atomic.save({out.name: output}, out.parent)
    print(f"{out}: {len(drawing.paths)} paths in {drawing.layers.max(initial=-1) + 1} layers, {len(output):,} bytes")
    if args.refine:
        refine(args, out, drawing.background is None)


def refine(args: Namespace, drawing: Path, transparent: bool) -> None:
    """Distil what was traced, as ``dreamgen svg PROMPT --refine FILE`` does."""
    from ..recipes import folders
    from ..recipes.load import load
    from . import run, svg
    given = svg.settings(args.refine, None, None, None, transparent, seed=args.seed)
    loaded = load(svg.RECIPE, given + run.overrides(svg.refined(drawing)))
    with folders.begun(loaded) as folder:
        run.go_on(loaded, folder, args.quiet)
