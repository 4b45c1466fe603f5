"""``dreamgen resume RUN``: go on from the newest checkpoint, exactly as if nothing had happened."""

import sys
from argparse import ArgumentParser, Namespace

from .run import go_on, quiet


def add(commands) -> None:
    parser = commands.add_parser("resume", help="go on with a run",
                                 description="Go on with a run from its newest checkpoint.")
    which(parser)
    parser.add_argument("--again", action="store_true", help="make the files of a finished run again")
    quiet(parser)
    parser.set_defaults(call=call)


def which(parser: ArgumentParser) -> None:
    """What every command has that is about a run."""
    parser.add_argument("run", help='its folder, a part of its name, or "last"')
    parser.add_argument("--out", metavar="DIR", help="where runs are looked for by name (every folder here)")


def call(args: Namespace) -> None:
    from ..recipes import folders
    folder = folders.find(args.run, args.out)
    if folders.finished(folder) and not args.again:
        print(folder)
        print(f"dreamgen: {folder}: finished, see {folder / 'index.html'}; --again makes its files again, `dreamgen "
              f"export {folder} --to ...` makes others", file=sys.stderr)
        return
    go_on(folders.recipe(folder), folder, args.quiet)
