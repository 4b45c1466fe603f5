"""``dreamgen svg "a red apple"``: words to a drawing; short for ``dreamgen run text-to-svg prompt="a red apple"``."""

from argparse import Namespace
from pathlib import Path

from ..errors import ConfigError
from . import run

RECIPE = "text-to-svg"


def add(commands) -> None:
    parser = commands.add_parser("svg", help="words to a vector drawing",
                                 description="Make a vector drawing of what the words say, in a new folder.")
    parser.add_argument("prompt", help='what to draw, as "a red apple"')
    run.options(parser)
    parser.add_argument("--style", help="flat, outline, sketch, iconography, painting, pixel or lowpoly (flat)")
    parser.add_argument("--paths", metavar="N", help="how many paths at most (the style's own number)")
    parser.add_argument("--bytes", metavar="N",
                        help="of the SVG at most: coarser coordinates, and then without the paths that are seen least")
    parser.add_argument("--gradients", action="store_true", help="of flat: gradients where they are worth their bytes")
    parser.add_argument("--size", metavar="UNITS", help="edge of the canvas, the viewBox (512)")
    parser.add_argument("--transparent", action="store_true", help="no background in the file")
    parser.add_argument("--refine", metavar="FILE", help="begin from this SVG of filled paths and improve it")
    parser.add_argument("--preset", help="draft, standard, or scratch: from random shapes")
    parser.add_argument("--seed", help="another number, another drawing")
    run.named(parser)
    parser.set_defaults(call=call, recipe=RECIPE)


def call(args: Namespace) -> None:
    given = settings(args.prompt, args.style, args.paths, args.size, args.transparent, preset=args.preset,
                     seed=args.seed, out=args.out, prior=args.prior)
    begin = refined(args.refine, args.style, args.paths) if args.refine else {}
    more = {"export.bytes": args.bytes, "stages.0.scene.gradients": args.gradients or None}
    run.begin(args, RECIPE, given + run.overrides(more | begin) + args.overrides)


def refined(file: str | Path, style: str | None = None, paths: str | None = None) -> dict[str, object]:
    """The settings that begin from an SVG file. Raises ConfigError for what cannot be chosen then."""
    if style not in (None, "flat"):
        raise ConfigError(f"--style: need flat with --refine, whose shapes are filled, got {style}")
    if paths is not None:
        raise ConfigError(f"--paths: need none with --refine, the drawing has the paths of {file}; --bytes leaves some out")
    return {"start.file": Path(file).expanduser().absolute(), "start.pictures": 0}


def settings(prompt: str, style: str | None, paths: str | int | None, size: str | int | None, transparent: bool,
             **others: str | int | Path | None) -> list[str]:
    """The overrides that say it to the recipe; None leaves the recipe's own. Raises ConfigError for no path."""
    if paths is not None and str(paths).strip() == "0":
        raise ConfigError("paths: need 1 or more, got 0; without it the style has its own number")
    scene = "stages.0.scene"
    given = {"prompt": prompt, f"{scene}.style": style, f"{scene}.paths": paths, "export.size": size,
             f"{scene}.background": "none" if transparent else None, **others}
    return run.overrides(given)
