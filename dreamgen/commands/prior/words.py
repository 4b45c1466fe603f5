"""``dreamgen prior words``: what a prior knows."""

import json
from argparse import Namespace

from ._options import loaded, which

LISTED = 12                 # nearest words


def add(inner) -> None:
    parser = inner.add_parser("words", help="what a prior knows", description="List a prior's words.")
    parser.add_argument("query", nargs="?", help="list the words nearest to this")
    which(parser)
    parser.set_defaults(call=words)


def words(args: Namespace) -> None:
    if args.query is None and (listed := on_its_card(args.prior)):
        print("\n".join(listed))
        return
    from ...training.ask import known_words
    prior = loaded(args)
    known = known_words(prior)
    if args.query is None:
        print("\n".join(known))
        return
    for word, near in prior.nearest_words(args.query)[:LISTED]:
        print(f"{near:6.3f}  {word}")


def on_its_card(name: str) -> list[str]:
    """The words that the card in a prior's folder lists, read without loading the prior, which takes longer; none where
    there is no such list."""
    from guidance import priors
    if len(priors.factors(name)) > 1 or not (folder := priors.find(name).folder):
        return []
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return card.get("words", []) if isinstance(card, dict) else []
