"""``dreamgen prior score``: does a picture show the words?"""

from argparse import Namespace
from pathlib import Path

from ...errors import ConfigError
from ._options import loaded, which

LISTED = 12                 # likeliest names


def add(inner) -> None:
    parser = inner.add_parser("score", help="does a picture show the words?",
                              description="Ask how well the words explain a picture, against all that a prior knows.")
    parser.add_argument("image", type=Path, help="any picture; transparent around the object, as the prior's own are")
    parser.add_argument("prompt", help='what it should show, as "a red apple"')
    parser.add_argument("--against", nargs="+", metavar="NAME", help="what else it could be (all that the prior knows)")
    parser.add_argument("--azimuth", type=float, metavar="DEG", help="where the camera stood, if known")
    parser.add_argument("--elevation", type=float, metavar="DEG", help="how high it stood (0)")
    parser.add_argument("--draws", type=int, default=4, help="noises a name is tried under (4)")
    parser.add_argument("--seed", type=int, default=0, help="of the noise (0)")
    which(parser)
    parser.set_defaults(call=score)


def score(args: Namespace) -> None:
    if args.draws < 1:
        raise ConfigError(f"--draws: need at least 1, got {args.draws}")
    if args.elevation is not None and args.azimuth is None:
        raise ConfigError("--elevation: needs --azimuth, too")
    if not args.image.is_file():
        raise ConfigError(f"{args.image}: no such file")
    from ...training import ask
    got = ask.score(loaded(args), args.image, args.prompt, args.azimuth, args.elevation, args.draws, args.seed, args.against)
    names = [name for name, _ in got.ranking]
    print(f"{args.prompt!r} is {names.index(args.prompt) + 1} of {len(names)}; it explains the picture better than "
          f"another name {float(got.verdict.probability):.0%} of the time")
    for name, error in got.ranking[:LISTED]:
        print(f"{error:.4f}  {name}")
