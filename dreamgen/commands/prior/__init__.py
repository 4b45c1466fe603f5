"""``dreamgen prior ...``: make a prior, ask one what it knows; a file a subcommand, each with ``add``."""

from . import data, evaluate, pack, render, sample, score, train, words

SUBCOMMANDS = (render, data, train, sample, words, score, evaluate, pack)       # as --help lists them


def add(commands) -> None:
    parser = commands.add_parser("prior", help="train a prior of your own, draw from one, ask what it knows",
                                 description="Train a prior, draw from one, ask what it knows.")
    inner = parser.add_subparsers(metavar="what", required=True)
    for subcommand in SUBCOMMANDS:
        subcommand.add(inner)
