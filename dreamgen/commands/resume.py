"""``dreamgen resume RUN``: go on from the newest checkpoint, exactly as if nothing had happened."""

from argparse import ArgumentParser, Namespace

from ..recipes import folders
from .run import go_on


def add(commands) -> None:
    parser = commands.add_parser("resume", help="go on with a run",
                                 description="Go on with a run from its newest checkpoint.")
    which(parser)
    parser.set_defaults(call=call)


def which(parser: ArgumentParser) -> None:
    """What every command has that is about a run."""
    parser.add_argument("run", help='its folder, a part of its name, or "last"')
    parser.add_argument("--out", metavar="DIR", default="runs", help="where runs are looked for by name (runs)")


def call(args: Namespace) -> None:
    go_on(folders.find(args.run, args.out))
