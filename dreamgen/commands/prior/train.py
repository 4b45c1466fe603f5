"""``dreamgen prior train``: captioned pictures in, a folder that ``--prior`` takes out."""

import sys
import time
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from ...errors import ConfigError, traceback_kept
from ._options import device

LINE_EVERY = 10.0           # seconds between lines of a training's progress
SHARED = ("size", "fold", "batch", "mean_batch", "minutes", "images", "lr", "flat", "high_noise", "min_snr", "seed", "compile",
          "graph", "prediction", "origin")                 # fields of Config
FIXED = ("size", "fold", "batch", "min_snr", "seed", "prediction", "origin")      # what a training cannot change midway


def add(inner) -> None:
    parser = inner.add_parser("train", help="from captioned pictures to a folder that --prior takes",
                              description="Train a prior on captioned RGBA pictures.")
    parser.add_argument("data", type=Path, help="folder or .zip with metadata.jsonl and the pictures it names")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the prior is written")
    parser.add_argument("--resume", action="store_true", help="go on with the training in DIR")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--minutes", type=float, help="how long, over all sessions (90)")
    budget.add_argument("--images", type=int, help="how many pictures instead; repeats bit for bit")
    parser.add_argument("--size", type=int, help="pixels of an edge (128)")
    parser.add_argument("--fold", type=int, help="pixels folded into channels; 1 is finer and slower (4)")
    parser.add_argument("--batch", type=int, help="pictures a step; more on a GPU (24)")
    parser.add_argument("--mean-batch", type=int, help="of them for the mean picture, beside those (48)")
    parser.add_argument("--words", type=Path, metavar="FILE", help="names to learn, one a line, or `name = said`")
    parser.add_argument("--from", dest="origin", metavar="PRIOR",
                        help="begin with its weights: bundled, or a folder; with --size twice its own it is grown")
    parser.add_argument("--lr", type=float, help="AdamW's, after the warm-up (6e-4)")
    parser.add_argument("--flat", type=float, help="share of the training before the learning rate falls (0.55)")
    parser.add_argument("--high-noise", type=float, metavar="H",
                        help="levels are drawn as u^H: below 1 more of the high ones, where layout and side are (0.8)")
    parser.add_argument("--min-snr", type=float, metavar="GAMMA", help="min-SNR weighting, usually 5 (off)")
    parser.add_argument("--seed", type=int, help="another number, other random draws (0)")
    parser.add_argument("--compile", action="store_true", default=None,
                        help="by torch.compile: faster after a minute or two; needs a C++ compiler, on a GPU Triton")
    parser.add_argument("--graph", action="store_true", default=None,
                        help="on a GPU, record a step once and replay it: many times faster where the batch is small")
    parser.add_argument("--prediction", choices=("v_prediction", "sample"), metavar="WHAT",
                        help="what the network says: sample, the clean picture, or v_prediction (sample)")
    device(parser)
    parser.set_defaults(call=begin)


def begin(args: Namespace) -> None:
    if not args.data.exists():
        raise ConfigError(f"{args.data}: no such folder or .zip")
    if args.resume and args.words:
        raise ConfigError("--words: a training keeps the words that it began with; leave it out with --resume")
    from ...training import config
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
    origin = None
    if args.origin and not args.resume:
        from ...training.state import loaded
        origin = loaded(args.origin, "cpu")
        network = origin.network                                # the origin decides the network
        own = {"size": network.size, "fold": network.fold, "widths": tuple(network.unet.config.block_out_channels)}
        if given.get("size") == 2 * network.size:
            own |= {"size": 2 * network.size, "fold": 2 * network.fold}         # guidance/priors/bundled/grow.py
        else:
            own["prediction"] = origin.scheduler_config["prediction_type"]
        for name in own.keys() & given.keys():
            if given[name] != own[name]:
                grows = ", and may be twice that" if name == "size" else ""
                raise ConfigError(f"--{name}: that of {args.origin} is {own[name]}{grows}; got {given[name]}")
        given |= own | {"mean_first": 0}                        # its mean picture is trained
    cfg = replace(start, **given)
    from ...io.checkpoint import found  # these import torch: the arguments are known to be right
    from ...state import build
    from ...training.state import CHECKPOINTS
    from ...training.train import train
    try:
        with traceback_kept(args.out):
            show(train(args.data, args.out, cfg, build.device(args.device), args.resume, origin, tell))
    except KeyboardInterrupt:
        if not found(args.out / CHECKPOINTS):
            raise KeyboardInterrupt("stopped before the first checkpoint; the same command begins anew") from None
        command = f"dreamgen prior train {args.data} --out {args.out} --resume"
        raise KeyboardInterrupt(f"stopped; `{command}` goes on") from None
    print(args.out)


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def show(reports) -> None:
    """A line now and then on standard error."""
    spoke = -LINE_EVERY
    for report in reports:
        if report.note:
            tell(report.note)
        elif report.sheet or report.pose_accuracy is not None or report.progress == 1 or time.monotonic() - spoke > LINE_EVERY:
            spoke = time.monotonic()
            print(f"step {report.step}  {report.seen:,} pictures  {report.minutes:.1f} min  {report.progress:.0%}  "
                  f"loss {report.loss:.4f}  {pose_accuracy(report)}{report.sheet or ''}".rstrip(), file=sys.stderr, flush=True)


def pose_accuracy(report) -> str:
    return "" if report.pose_accuracy is None else f"pose accuracy {report.pose_accuracy:.1%}  "
