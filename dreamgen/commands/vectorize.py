"""``dreamgen vectorize IMAGE``: a picture as layered paths, written as SVG; also as PNG, PDF or mp4."""

from argparse import Namespace
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from renderers.vector.styles import MOST

from ..errors import ConfigError
from ._ending import ending
from .run import quiet

PATHS = 64                  # ... without a budget of bytes
HEAD, PATH = 120, 104       # bytes of a file without paths, and about what a path takes: how many are traced for --bytes


def add(commands) -> None:
    parser = commands.add_parser("vectorize", help="turn a picture into layered paths",
                                 description="Draw a picture (PNG, JPEG, WebP, ...) again with a few closed paths of "
                                             "one color each, the large ones below; what is transparent stays so.")
    parser.add_argument("image", type=Path, help="a picture")
    parser.add_argument("--paths", type=int, metavar="N", help="how many at most (64, or as many as fit into --bytes)")
    parser.add_argument("--bytes", type=int, metavar="N",
                        help="of the SVG at most: coarser coordinates, and then without the paths that are seen least")
    parser.add_argument("--out", type=Path, metavar="FILE",
                        help="where to: .svg, .png, .pdf or .mp4 (IMAGE.traced.svg beside it)")
    parser.add_argument("--refine", metavar="PROMPT", help="then improve the drawing towards these words, in a run's folder")
    parser.add_argument("--seed", type=int, default=0, help="another number, a slightly different drawing (0)")
    quiet(parser)
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    if args.paths is not None and not 1 <= args.paths <= MOST:
        raise ConfigError(f"--paths: need 1 to {MOST}, got {args.paths}")
    out = args.out or args.image.parent / f"{args.image.stem}.traced.svg"
    kind = ending(out)
    if out.resolve() == args.image.resolve():
        raise ConfigError(f"--out: {out} is the picture itself")
    if args.bytes is not None and (args.bytes < 1 or kind != "svg"):
        raise ConfigError(f"--bytes: need 1 or more, got {args.bytes}" if args.bytes < 1 else
                          f"--bytes: is for .svg, got --out {out}")
    if args.refine and kind != "svg":
        raise ConfigError(f"--refine: needs an .svg, got --out {out}")
    try:
        data = args.image.read_bytes()
    except OSError as error:
        raise ConfigError(f"{args.image}: cannot be read ({error.strerror})") from None
    from ..io import atomic, images
    from ..show import progress
    with readable(args.image):
        size = images.measured(data)
    with nullcontext(str) if args.quiet else progress.waiting("loading the program") as tell:
        import numpy as np

        from renderers.compiled import compiled

        from .. import formats
        from ..io.rng import stream
        from ..svg.vectorize import ENOUGH, Tracing
    with readable(args.image):
        image = images.decode_rgba(data, ENOUGH)
    paths = args.paths or (paths_within(args.bytes) if args.bytes else PATHS)
    if not compiled():
        tell("compiling kernels before the first step: half a minute")
    tracing = Tracing(image / np.float32(255), paths, stream(args.seed, "vectorize"), size)
    if args.quiet:
        deque(tracing.run(args.seed), maxlen=0)
    else:
        progress.show(tracing.run(args.seed))
    drawing = tracing.drawing()
    if args.bytes:
        made, count = formats.within(drawing, args.bytes)
        if len(made) > args.bytes:
            raise ConfigError(f"--bytes: {args.bytes} are too few, a single path takes {len(made)}")
        said = f"{count} paths"
    else:
        [made] = formats.write(drawing, [kind]).values()
        said = f"{len(drawing.paths)} paths in {drawing.layers.max(initial=-1) + 1} layers"
    atomic.save({out.name: made}, out.parent)
    print(f"{out}: {said}, {len(made):,} bytes")
    if args.refine:
        refine(args, out, drawing.background is None)


@contextmanager
def readable(image: Path) -> Iterator[None]:
    """What is wrong with the picture is said with its name; raises ConfigError."""
    try:
        yield
    except ValueError as error:
        clean = "; `dreamgen svg-clean` is for drawings" if image.suffix.lower() == ".svg" else ""
        raise ConfigError(f"{image}: {error}{clean}") from None


def paths_within(most: int) -> int:
    """How many paths are traced where ``most`` bytes are to hold them."""
    return min(max((most - HEAD) // PATH, 1), MOST)


def refine(args: Namespace, drawing: Path, transparent: bool) -> None:
    """Distil what was traced, as ``dreamgen svg PROMPT --refine FILE`` does."""
    from ..recipes import folders
    from ..recipes.load import load
    from . import run, svg
    given = svg.settings(args.refine, None, None, None, transparent, seed=args.seed)
    loaded = load(svg.RECIPE, given + run.overrides(svg.refined(drawing)))
    with folders.begun(loaded) as folder:
        run.go_on(loaded, folder, args.quiet)
