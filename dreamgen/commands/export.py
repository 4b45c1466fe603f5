"""``dreamgen export RUN --to obj,ply``: a finished run's asset in more formats."""

import sys
from argparse import Namespace

from ..errors import ConfigError, kept
from ..recipes import registry
from .resume import which


def add(commands) -> None:
    parser = commands.add_parser("export", help="write a run's asset in other formats",
                                 description="Write a finished run's asset in other formats, into its folder.")
    which(parser)
    known = ",".join(registry.names("format"))
    parser.add_argument("--to", required=True, metavar="FORMATS", help=f"one or several of {known}")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import folders
    wanted = [word.strip().lstrip(".").lower() for word in args.to.split(",")]
    _check(wanted, registry.names("format"))
    folder = folders.find(args.run, args.out)
    recipe = folders.recipe(folder)
    _check(wanted, registry.formats(registry.kind_of(recipe.export)))
    with kept(folder):
        from .. import formats
        from ..export import load, numbered
        from ..io import atomic
        assets, written = load(recipe, folder), {}
        try:
            for k, asset in enumerate(assets):
                written |= formats.write(asset, wanted, numbered("asset", k))
        except ValueError as error:                     # the asset lacks what the format is made of
            raise ConfigError(f"{folder}: {error}") from None
        for path in atomic.save(written, folder):
            print(path)
        if "stl" in wanted:
            print("dreamgen: an STL has no unit: these numbers are metres, a slicer takes them for millimetres; scale by 1000",
                  file=sys.stderr)


def _check(wanted: list[str], known: list[str]) -> None:
    from ..recipes.settings import nearest
    for word in wanted:
        if word not in known:
            raise ConfigError(f"--to: no {word!r}; have {', '.join(known)}{nearest(word, known)}")
