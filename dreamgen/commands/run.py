"""``dreamgen run RECIPE [key=value ...]``: a recipe, by name or path, to an asset."""

import sys
from argparse import ArgumentParser, Namespace
from collections import deque
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError, traceback_kept
from ._follow import follow, follows

if TYPE_CHECKING:
    from ..recipes.recipe import Recipe


def add(commands) -> None:
    parser = commands.add_parser("run", help="run a recipe",
                                 description="Run a recipe in a new folder, whose path is printed.")
    parser.add_argument("recipe", help="a name of `dreamgen recipes`, or the path of a YAML file")
    options(parser)
    parser.set_defaults(call=lambda args: begin(args, args.recipe, args.overrides))


def options(parser: ArgumentParser) -> None:
    """What every command has that starts a run."""
    parser.add_argument("overrides", nargs="*", default=[], metavar="key=value",
                        help="as stages.0.optim.steps=800 or preset=draft")
    parser.add_argument("--show", action="store_true", help="print the resolved recipe with all its defaults, and stop")
    quiet(parser)


def quiet(parser: ArgumentParser) -> None:
    """What every command has that shows progress."""
    parser.add_argument("--quiet", action="store_true", help="no progress: only the result, warnings and errors")


def named(parser: ArgumentParser) -> None:
    """What every command has that stands for a recipe."""
    parser.add_argument("--out", metavar="DIR", help="where the run's folder is made (runs)")
    parser.add_argument("--prior", help="a name, folder, .safetensors file or hub id; docs/priors.md")


def existing(file: str | Path) -> Path:
    """The absolute path of a user's file; raises ConfigError where there is none, before anything is loaded."""
    path = Path(file).expanduser()
    if not path.is_file():
        from ..recipes.settings import nearest
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        raise ConfigError(f"{file}: no such file{nearest(path.name, beside)}")
    return path.absolute()


def overrides(given: dict[str, object]) -> list[str]:
    """Settings as ``key=value``; None leaves the recipe's own."""
    return [f"{key}={value}" for key, value in given.items() if value is not None]


def begin(args: Namespace, recipe: str, settings: list[str]) -> None:
    """Check the recipe, then show it or run it in a folder of its own."""
    more = [word for word in args.overrides if "=" not in word]
    if more and hasattr(args, "prompt"):
        raise ConfigError(f'need key=value, got {more[0]!r}; quote the prompt: "{" ".join([args.prompt, *more])}"')
    from ..recipes import folders
    from ..recipes.load import dump, load
    loaded = load(recipe, settings)
    if args.show:
        print(dump(loaded), end="")
        return
    if follows():
        return follow(loaded)
    with folders.begun(loaded) as folder:
        go_on(loaded, folder, args.quiet)


def go_on(recipe: "Recipe", folder: Path, silent: bool = False) -> None:
    """Run ``recipe`` in its ``folder`` from its newest checkpoint; print the folder once the first step has begun.

    Progress goes to standard error, unless ``silent``.
    """
    if follows():
        return follow(recipe)
    try:
        with traceback_kept(folder):
            from ..show.progress import show, waiting
            with nullcontext(str) if silent else waiting("loading the program") as tell:
                from ..run import run
                reports = run(recipe, folder, tell=tell)
                first = next(reports)
            print(folder, flush=True)
            if silent:
                deque(reports, maxlen=0)
                return
            show(chain([first], reports))
            if (page := folder / "index.html").is_file():
                print(f"{page} shows it in a browser", file=sys.stderr)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped; `dreamgen resume {folder}` goes on") from None
