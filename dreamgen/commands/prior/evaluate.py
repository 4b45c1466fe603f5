"""``dreamgen prior eval``: how good a prior is, in one table."""

import sys
import time
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from ...errors import ConfigError
from ._options import which

COUNTS = ("pictures", "sides", "colours", "samples", "shown")


def add(inner) -> None:
    parser = inner.add_parser("eval", help="how good is a prior? one table, and its words drawn",
                              description="Judge a prior by views that it was not trained on, and draw its words.")
    parser.add_argument("data", type=Path, help="folder or .zip that it was trained on, which has what is held out")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where table and sheets are written")
    parser.add_argument("--words", type=Path, metavar="FILE",
                        help="names to judge by, one a line, or `name = said` (those of the card)")
    parser.add_argument("--history", type=Path, metavar="FILE", help="a .jsonl file that gets one line more")
    parser.add_argument("--note", default="", help="what the history should say of this prior")
    parser.add_argument("--pictures", type=int, help="to be classified (100)")
    parser.add_argument("--sides", type=int, help="names drawn from front, side and back (20)")
    parser.add_argument("--colours", type=int, help="names drawn in ten colors (8)")
    parser.add_argument("--samples", type=int, help="for the Frechet distance (150)")
    parser.add_argument("--shown", type=int, help="words on the sheets (100)")
    parser.add_argument("--steps", type=int, help="of the sampler (14)")
    parser.add_argument("--seed", type=int, help="another number, other noise (0)")
    parser.add_argument("--precision", default="auto", help="auto, float32 or bfloat16 (auto)")
    which(parser)
    parser.set_defaults(call=evaluate)


def evaluate(args: Namespace) -> None:
    for name, least in (*((name, 0) for name in COUNTS), ("steps", 1)):
        if (given := getattr(args, name)) is not None and given < least:
            raise ConfigError(f"--{name}: need at least {least}, got {given}")
    if not args.data.exists():
        raise ConfigError(f"{args.data}: no such folder or .zip")
    from ...training import config
    listed = config.read_words(args.words) if args.words else None
    from guidance import priors

    from ...state import build
    from ...training.ask import known_words
    from ...training.evaluate import sheets, table
    from ...training.evaluate.evaluation import Config, Evaluation
    before = table.last(args.history)
    given = {name: value for name in vars(Config()) if (value := getattr(args, name, None)) is not None}
    cfg = Config(**given)
    prior = priors.load(args.prior, build.device(args.device), args.precision)
    spoken = listed if listed is not None else {word: word for word in known_words(prior)}
    started = time.monotonic()
    evaluation = Evaluation(prior, args.data, spoken, cfg, say)
    if listed is not None and evaluation.unknown:
        say(f"left out {len(evaluation.unknown)} names that the prior does not know: {', '.join(evaluation.unknown)}")
    measures = evaluation.run()
    minutes = (time.monotonic() - started) / 60
    record = table.record(prior, asdict(cfg) | {"known": len(evaluation.names)}, args.data.name, evaluation.rows, minutes,
                          args.note, measures)
    if evaluation.drawn:
        sheets.write(evaluation.drawn, args.out, cfg.seed)
    print(table.save(args.out, measures, record, before), end="")
    if args.history:
        table.append(args.history, record)
    print(args.out)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
