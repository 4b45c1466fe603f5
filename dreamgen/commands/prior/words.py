"""``dreamgen prior words``: what a prior knows."""

from argparse import Namespace

from ._options import loaded, which

LISTED = 12                 # nearest words


def add(inner) -> None:
    parser = inner.add_parser("words", help="what a prior knows", description="List a prior's words.")
    parser.add_argument("query", nargs="?", help="list the words nearest to this")
    which(parser)
    parser.set_defaults(call=words)


def words(args: Namespace) -> None:
    from ...training.ask import known_words
    prior = loaded(args)
    known = known_words(prior)
    if args.query is None:
        print("\n".join(known))
        return
    for word, near in prior.nearest_words(args.query)[:LISTED]:
        print(f"{near:6.3f}  {word}")
