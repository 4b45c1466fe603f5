"""Time a training step on random pictures: python step.py --batch 512 [--compile]. Pictures a second, eager or compiled."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic

import torch

from dreamgen.training.captions import Captions
from dreamgen.training.config import Config
from dreamgen.training.data import Data, Row
from dreamgen.training.processes import Processes
from dreamgen.training.state import State
from dreamgen.training.step import Step
from dreamgen.training.texts import Texts
from guidance.priors import bundled

if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--graph", action="store_true")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--size", type=int, default=128)
    args = parser.parse_args()
    device = torch.device(args.device)
    N = 4096 if device.type == "cuda" else 64
    rows = [Row(f"{i}", f"thing {i % 32}", 0.3 * (i % 21), 0.3, f"{i % 32}", "", "", "red") for i in range(N)]
    pictures = torch.randint(0, 256, (N, 4, args.size, args.size), dtype=torch.uint8, device=device)
    captions = Captions(Data(pictures, rows, [False] * N, {}, []), device)
    L = bundled.network.TOKENS
    texts = Texts(torch.randn(len(captions.texts), L, 384, device=device).half(),
                  torch.ones(len(captions.texts), L, dtype=torch.bool, device=device))
    cfg = Config(size=args.size, batch=args.batch, mean_batch=args.batch // 2, compile=args.compile, graph=args.graph,
                 minutes=1)
    state = State(cfg, Path(mkdtemp()), 384, device)
    team = Processes(device, cfg.batch)
    scheduler = bundled.network.make_scheduler(cfg.prediction, cfg.size)
    schedule = bundled.network.schedule_of(scheduler.config)
    step = Step(state, captions, pictures, texts, team, schedule, cfg.prediction, args.graph)

    def go(count: int) -> float:
        start = monotonic()
        for _ in range(count):
            loss = step(1e-4)
        float(loss)                     # waits for the device
        return (monotonic() - start) / count

    first = go(5)
    each = go(args.steps)
    memory = torch.cuda.max_memory_allocated() / 2**30 if device.type == "cuda" else 0
    print(f"step: batch {args.batch}{' compiled' * args.compile}{' graph' * args.graph}: first five {5 * first:.1f} s, then "
          f"{1000 * each:.1f} ms, {args.batch / each:,.0f} pictures/s, {memory:.1f} GiB", flush=True)
