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
    listed = on_its_card(args.prior)
    if args.query is None and listed:
        print("\n".join(listed))
        return
    from ...show.progress import waiting
    with waiting("loading the text encoder" if listed else f"loading the prior {args.prior}"):
        found = nearest(args.prior, args.query, listed) if listed else asked(args)
    print("\n".join(found[:LISTED] if args.query else found))


def nearest(name: str, query: str, listed: list[str]) -> list[str]:
    """Of the words on a prior's card, the nearest first; by its text encoder alone."""
    from guidance import priors
    from guidance.priors.bundled.network import TOKENS
    from guidance.priors.bundled.text import TEXT, nearest
    own = priors.find(name).folder / "text"
    return list(map(line, nearest(own if own.is_dir() else TEXT, query, listed, TOKENS)))


def asked(args: Namespace) -> list[str]:
    """What the prior itself says, once it is loaded."""
    from ...training.ask import known_words
    prior = loaded(args)
    known = known_words(prior)
    return known if args.query is None else list(map(line, prior.nearest_words(args.query)))


def line(near: tuple[str, float]) -> str:
    return f"{near[1]:6.3f}  {near[0]}"


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
