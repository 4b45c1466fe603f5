"""Draw dreamgen's own shapes on a GPU, in several processes, into arrays: python draw.py DIR --seconds 100."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic

from dreamgen.training import raw
from dreamgen.training.look import Look

if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--variants", type=int, default=64)
    parser.add_argument("--views", type=int, default=20)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--samples", type=int, default=3)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--processes", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=0.0)
    args = parser.parse_args()
    start = monotonic()
    count = raw.write(args.out, args.variants, Look(args.views, args.size, args.samples), args.device, args.processes,
                      args.seconds)
    print(f"draw: {count:,} pictures of {args.size} x {args.size} in {monotonic() - start:.0f} s", flush=True)
