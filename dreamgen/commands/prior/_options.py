"""What several subcommands share: which prior, on which device; how models are drawn."""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...errors import ConfigError

LINE_EVERY = 10.0           # seconds between lines of progress


def which(parser: ArgumentParser) -> None:
    """What every command has that asks a prior."""
    parser.add_argument("--prior", default="bundled", help="bundled, or the folder of a prior (bundled)")
    device(parser)


def device(parser: ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")


def loaded(args: Namespace):
    from guidance import priors

    from ...state import build
    return priors.load(args.prior, build.device(args.device), "float32")


def look_options(parser: ArgumentParser) -> None:
    """What every command has that draws models."""
    parser.add_argument("--views", type=int, default=24, help="of each model; of 8 or more, 4 straight on (24)")
    parser.add_argument("--size", type=int, default=128, help="pixels of an edge (128)")
    parser.add_argument("--samples", type=int, default=3, help="of a pixel along each axis: smoother edges (3)")
    parser.add_argument("--seed", type=int, default=0, help="another number, other angles (0)")


def looked(args: Namespace):
    """The numbers of ``look_options``; raises ConfigError."""
    from ...training.look import Look
    return Look(args.views, args.size, args.samples, args.seed)


def drawn(out: Path, subjects, look) -> None:
    """Draw ``subjects`` into ``out``; what is left out is told on standard error, and so is the sum."""
    from ...training.album import Album
    from ...training.assemble import Tally, assemble
    album, tally = Album(out), Tally()
    spoke = time.monotonic()
    try:
        for sentence in assemble(album, subjects, look, tally):
            if sentence:
                print(f"skipped {sentence}", file=sys.stderr, flush=True)
            elif time.monotonic() - spoke > LINE_EVERY:
                spoke = time.monotonic()
                print(f"{tally.subjects:,} models, {tally.pictures:,} new pictures", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("stopped; the same command again goes on") from None
    if not album.rows:
        raise ConfigError(f"nothing to draw; the first of {len(tally.skipped)} reasons: {tally.skipped[0]}"
                          if tally.skipped else "nothing to draw")
    out = album.close()
    print(f"{tally.drawn:,} models drawn, {tally.earlier:,} had been before, {len(tally.skipped):,} skipped; "
          f"{sum(map(len, album.rows.values())):,} pictures in all", file=sys.stderr)
    print(out)
