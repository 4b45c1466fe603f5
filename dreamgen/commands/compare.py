"""``dreamgen compare "a red apple" --methods sds,vsd``: methods of score distillation side by side."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError

if TYPE_CHECKING:
    from ..recipes.recipe import Recipe

RECIPE = "text-to-image"
METHODS = "sds,vsd,csd,ism"


def add(commands) -> None:
    parser = commands.add_parser("compare", help="draw methods side by side",
                                 description="Draw the same prompts and seeds by several methods; print a table, and "
                                             "write a sheet and a JSON file with all numbers.")
    parser.add_argument("prompts", nargs="+", metavar="prompt",
                        help='as "a red apple"; several are averaged in the table')
    parser.add_argument("--methods", default=METHODS,
                        help=f"of guidance/methods, files such as ./mine.py, or presets of the recipe ({METHODS})")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="how many: 0, 1, ... (2)")
    parser.add_argument("--steps", type=int, metavar="N", help="of every stage (the recipe's)")
    parser.add_argument("--particles", type=int, metavar="K",
                        help="scenes that share a run and a student, of a recipe of pictures or in 3D (1)")
    parser.add_argument("--recipe", default=RECIPE, help=f"what is made; every stage gets the method ({RECIPE})")
    parser.add_argument("--set", nargs="+", action="extend", default=[], metavar="key=value", dest="settings",
                        help="vsd.lr=0.001 for one method, stages.0.optim.lr=0.01 for all")
    parser.add_argument("--prior", default="bundled", help="a name, folder, .safetensors file or hub id; docs/priors.md "
                                                            "(bundled)")
    parser.add_argument("--out", type=Path, default=Path("compare.png"), metavar="PNG",
                        help="the sheet; the JSON is beside it (compare.png)")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import load, registry
    if args.seeds < 1:
        raise ConfigError(f"--seeds: need at least 1, got {args.seeds}")
    if args.out.suffix.lower() != ".png":
        raise ConfigError(f"--out: need a name that ends in .png, got {str(args.out)!r}")
    prompts = list(dict.fromkeys(" ".join(prompt.split()) for prompt in args.prompts))
    kinds = [name.strip() for name in args.methods.split(",") if name.strip()]
    names = [Path(kind).stem if registry.is_file(kind) else kind for kind in kinds]
    if not names or len({*names}) < len(names):
        raise ConfigError(f"--methods: need one or more, each once, got {args.methods!r}")
    recipes = {name: recipe(args, name, kind, names, prompts[0]) for name, kind in zip(names, kinds, strict=True)}
    from guidance import priors

    from ..show.progress import show
    from ..state import build
    from ..tools.compare import Comparison, table
    first = next(iter(recipes.values()))
    prior = priors.load(first.prior, build.device(first.device), first.precision, first.prior_options)
    comparison = Comparison(recipes, prompts, list(range(args.seeds)), prior)
    settings = {"prompts": prompts, "seeds": args.seeds,
                "recipes": {name: load.plain(recipe) for name, recipe in recipes.items()}}
    try:
        show(saved(comparison, args.out, settings))
    except KeyboardInterrupt:
        done = len(comparison.cells)
        raise KeyboardInterrupt(f"stopped; {args.out} shows the {done} run{'s' * (done != 1)} that had ended" if done else
                                "stopped before the first run had ended") from None
    print(table(comparison.summary()))
    print(args.out)


def saved(comparison, out: Path, settings: dict) -> Iterator:
    """The comparison's reports; its sheet is written anew whenever a run has ended, so that it can be looked at."""
    done = 0
    for report in comparison.run():
        if len(comparison.cells) > done:
            done = len(comparison.cells)
            comparison.save(out, settings)
        yield report
    comparison.save(out, settings)


def recipe(args: Namespace, method: str, kind: str, methods: list[str], prompt: str) -> "Recipe":
    """The recipe with ``method``: its preset of that name, else ``kind``, by name or by file, in every stage."""
    from ..recipes import load, registry
    from ..recipes.settings import nearest
    presets, known = load.presets(args.recipe), registry.names("guidance")
    if kind not in {*presets, *known} and not registry.is_file(kind):
        raise ConfigError(f"--methods: no {method!r}; have {', '.join(dict.fromkeys([*presets, *known]))}"
                          f"{nearest(method, [*presets, *known])}")
    words = [f"prompt={prompt}", f"prior={args.prior}", "previews=0", "checkpoint_seconds=1e9"]
    words += [f"preset={kind}"] if kind in presets else []
    places = range(len(load.load(args.recipe, words).stages))
    if kind not in presets:
        words += [f"stages.{i}.guidance.kind={kind}" for i in places]
    if args.steps is not None:
        words += [f"stages.{i}.optim.steps={args.steps}" for i in places]
    if args.particles is not None:
        words += [f"stages.{i}.scene.particles={args.particles}" for i in places]
    for setting in args.settings:
        head, _, rest = setting.partition(".")
        if head == method:
            words += [f"stages.{i}.guidance.{rest}" for i in places]
        elif head in {*presets, *known} - {*methods}:
            raise ConfigError(f"--set: {head} is not one of --methods, {', '.join(methods)}")
        elif head not in methods:
            words.append(setting)
    return load.load(args.recipe, words)
