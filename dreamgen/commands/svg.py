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
    parser.add_argument("--bytes", metavar="N", help="of the SVG at most; paths that are seen least are left out")
    parser.add_argument("--size", metavar="UNITS", help="edge of the canvas, the viewBox (512)")
    parser.add_argument("--transparent", action="store_true", help="no background in the file")
    parser.add_argument("--preset", help="draft, standard, or scratch: from random shapes")
    parser.add_argument("--seed", help="another number, another drawing")
    run.named(parser)
    parser.set_defaults(call=call, recipe=RECIPE)


def call(args: Namespace) -> None:
    given = settings(args.prompt, args.style, args.paths, args.size, args.transparent, preset=args.preset,
                     seed=args.seed, out=args.out, prior=args.prior)
    run.begin(args, RECIPE, given + run.overrides({"export.bytes": args.bytes}) + args.overrides)


def settings(prompt: str, style: str | None, paths: str | int | None, size: str | int | None, transparent: bool,
             **others: str | int | Path | None) -> list[str]:
    """The overrides that say it to the recipe; None leaves the recipe's own. Raises ConfigError for no path."""
    if paths is not None and str(paths).strip() == "0":
        raise ConfigError("paths: need 1 or more, got 0; without it the style has its own number")
    scene = "stages.0.scene"
    given = {"prompt": prompt, f"{scene}.style": style, f"{scene}.paths": paths, "export.size": size,
             f"{scene}.background": "none" if transparent else None, **others}
    return run.overrides(given)
