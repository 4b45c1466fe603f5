"""``dreamgen prior train | sample | words | score``: train a prior of one's own, and ask one what it knows."""

import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from ..mistakes import kept
from ..settings import ConfigError

LINE_EVERY = 10.0           # seconds between lines of a training's progress
LISTED = 12                 # nearest words, likeliest names
SHARED = ("size", "fold", "batch", "minutes", "images", "lr", "flat", "min_snr", "seed", "origin")      # fields of Config
FIXED = ("size", "fold", "batch", "min_snr", "seed", "origin")      # what a training cannot change midway


def add(commands) -> None:
    parser = commands.add_parser("prior", help="train a prior of your own, draw from one, ask what it knows",
                                 description="Train a prior, draw from one, ask what it knows.")
    inner = parser.add_subparsers(metavar="what", required=True)
    add_train(inner)
    add_sample(inner)
    add_words(inner)
    add_score(inner)


def add_train(inner) -> None:
    parser = inner.add_parser("train", help="from captioned pictures to a folder that --prior takes",
                              description="Train a prior on captioned RGBA pictures.")
    parser.add_argument("data", type=Path, help="folder or .zip with metadata.jsonl and the pictures it names")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the prior is written")
    parser.add_argument("--resume", action="store_true", help="go on with the training in DIR")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--minutes", type=float, help="how long, over all sessions (90)")
    budget.add_argument("--images", type=int, help="how many pictures instead; repeats bit for bit")
    parser.add_argument("--size", type=int, help="pixels of an edge (64)")
    parser.add_argument("--fold", type=int, help="pixels folded into channels; 1 is finer and slower (2)")
    parser.add_argument("--batch", type=int, help="pictures a step; more on a GPU (24)")
    parser.add_argument("--words", type=Path, metavar="FILE", help="names to learn, one a line, or `name = said`")
    parser.add_argument("--from", dest="origin", metavar="PRIOR", help="begin with its weights: bundled, or a folder")
    parser.add_argument("--lr", type=float, help="AdamW's, after the warm-up (6e-4)")
    parser.add_argument("--flat", type=float, help="share of the training before the learning rate falls (0.55)")
    parser.add_argument("--min-snr", type=float, metavar="GAMMA", help="min-SNR weighting, usually 5 (off)")
    parser.add_argument("--seed", type=int, help="another number, other random draws (0)")
    device(parser)
    parser.set_defaults(call=begin)


def add_sample(inner) -> None:
    parser = inner.add_parser("sample", help="draw words from several sides", description="Draw what the words say.")
    parser.add_argument("prompt", nargs="+", help='as "a red apple"; several make several rows')
    parser.add_argument("--views", type=int, default=4, help="sides, spread over a turn; 0 leaves the side open (4)")
    parser.add_argument("--grid", type=Path, metavar="PNG", help="where the sheet is written (<prompt>.png)")
    parser.add_argument("--scale", type=float, default=4.0, help="guidance scale (4)")
    parser.add_argument("--steps", type=int, default=20, help="of the sampler (20)")
    parser.add_argument("--sampler", default="dpm++", help="dpm++, ddim or ddpm (dpm++)")
    parser.add_argument("--seed", type=int, default=0, help="another number, another picture (0)")
    which(parser)
    parser.set_defaults(call=sample)


def add_words(inner) -> None:
    parser = inner.add_parser("words", help="what a prior knows", description="List a prior's words.")
    parser.add_argument("query", nargs="?", help="list the words nearest to this")
    which(parser)
    parser.set_defaults(call=words)


def add_score(inner) -> None:
    parser = inner.add_parser("score", help="does a picture show the words?",
                              description="Ask how well the words explain a picture, against all that a prior knows.")
    parser.add_argument("image", type=Path, help="any picture; transparent around the object, as the prior's own are")
    parser.add_argument("prompt", help='what it should show, as "a red apple"')
    parser.add_argument("--azimuth", type=float, metavar="DEG", help="where the camera stood, if known")
    parser.add_argument("--elevation", type=float, metavar="DEG", help="how high it stood (0)")
    parser.add_argument("--draws", type=int, default=4, help="noises a name is tried under (4)")
    parser.add_argument("--seed", type=int, default=0, help="of the noise (0)")
    which(parser)
    parser.set_defaults(call=score)


def which(parser: ArgumentParser) -> None:
    """What every command has that asks a prior."""
    parser.add_argument("--prior", default="bundled", help="bundled, or the folder of a prior (bundled)")
    device(parser)


def device(parser: ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")


def begin(args: Namespace) -> None:
    if not args.data.exists():
        raise ConfigError(f"{args.data}: no such folder or .zip")
    if args.resume and args.words:
        raise ConfigError("--words: a training keeps the words that it began with; leave it out with --resume")
    from ..prior import config
    given = {name: value for name in SHARED if (value := getattr(args, name)) is not None}
    if "images" in given:
        given["minutes"] = 0
    elif "minutes" in given:
        given["images"] = 0
    start = config.read(args.out) if args.resume else config.Config()
    for name in FIXED if args.resume else ():
        if given.get(name, getattr(start, name)) != getattr(start, name):
            raise ConfigError(f"--{name.replace('_', '-')}: the training in {args.out} began with "
                              f"{getattr(start, name)}, got {given[name]}")
    if args.words:
        given["words"] = config.read_words(args.words)
    cfg = replace(start, **given)
    from .. import build                                # imports torch: the arguments are known to be right
    from ..prior.train import train
    try:
        with kept(args.out):
            show(train(args.data, args.out, cfg, build.device(args.device), args.resume))
    except KeyboardInterrupt:
        command = f"dreamgen prior train {args.data} --out {args.out} --resume"
        raise KeyboardInterrupt(f"stopped; `{command}` goes on") from None
    print(args.out)


def show(reports) -> None:
    """A line now and then on standard error."""
    spoke = -LINE_EVERY
    for report in reports:
        if report.note:
            print(report.note, file=sys.stderr, flush=True)
        elif report.sheet or report.progress == 1 or time.monotonic() - spoke > LINE_EVERY:
            spoke = time.monotonic()
            print(f"step {report.step}  {report.seen:,} pictures  {report.minutes:.1f} min  {report.progress:.0%}  "
                  f"loss {report.loss:.4f}  {report.sheet or ''}".rstrip(), file=sys.stderr, flush=True)


def sample(args: Namespace) -> None:
    for name, least in (("views", 0), ("steps", 1)):
        if getattr(args, name) < least:
            raise ConfigError(f"--{name}: need at least {least}, got {getattr(args, name)}")
    prompts = [" ".join(prompt.split()) for prompt in args.prompt]
    if not all(prompts):
        raise ConfigError("prompt: need a word, got none")
    from .. import folders, pictures
    from ..prior.ask import draw_sheet
    path = args.grid or Path(f"{folders.slug(prompts[0])}.png")
    sheet = draw_sheet(loaded(args), prompts, args.views, args.steps, args.scale, args.sampler, args.seed)
    print(pictures.write(path, sheet))


def words(args: Namespace) -> None:
    from ..prior.ask import known_words
    prior = loaded(args)
    known = known_words(prior)
    if args.query is None:
        print("\n".join(known))
        return
    for word, near in prior.nearest_words(args.query)[:LISTED]:
        print(f"{near:6.3f}  {word}")


def score(args: Namespace) -> None:
    if args.draws < 1:
        raise ConfigError(f"--draws: need at least 1, got {args.draws}")
    if args.elevation is not None and args.azimuth is None:
        raise ConfigError("--elevation: needs --azimuth, too")
    if not args.image.is_file():
        raise ConfigError(f"{args.image}: no such file")
    from ..prior import ask
    got = ask.score(loaded(args), args.image, args.prompt, args.azimuth, args.elevation, args.draws, args.seed)
    names = [name for name, _ in got.ranking]
    print(f"{args.prompt!r} is {names.index(args.prompt) + 1} of {len(names)}; it explains the picture better than "
          f"another name {float(got.verdict.probability):.0%} of the time")
    for name, error in got.ranking[:LISTED]:
        print(f"{error:.4f}  {name}")


def loaded(args: Namespace):
    from guidance import priors

    from .. import build
    return priors.load(args.prior, build.device(args.device), "float32")
