"""Time a training step on random pictures: python step.py --batch 256 512 [--graph] [--compile] [--profile FILE].

One line a batch size: pictures a second, and memory. ``--profile`` writes the device's time by kernel for the first size.
"""

from argparse import ArgumentParser
from dataclasses import replace
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


def made(cfg: Config, device: torch.device) -> Step:
    """The step of a training with ``cfg``, on pictures of noise."""
    N = 4096 if device.type == "cuda" else 64
    rows = [Row(f"{i}", f"thing {i % 32}", 0.3 * (i % 21), 0.3, f"{i % 32}", "", "", "red") for i in range(N)]
    pictures = torch.randint(0, 256, (N, 4, cfg.size, cfg.size), dtype=torch.uint8, device=device)
    captions = Captions(Data(pictures, rows, [False] * N, {}, []), device)
    L = bundled.network.TOKENS
    texts = Texts(torch.randn(len(captions.texts), L, 384, device=device).half(),
                  torch.ones(len(captions.texts), L, dtype=torch.bool, device=device))
    scheduler = bundled.network.make_scheduler(cfg.prediction, cfg.size)
    return Step(State(cfg, Path(mkdtemp()), 384, device), captions, pictures, texts, Processes(device, cfg.batch),
                bundled.network.schedule_of(scheduler.config), cfg.prediction, cfg.graph)


def seconds(step: Step, count: int) -> float:
    """Of each of ``count`` steps."""
    start = monotonic()
    for _ in range(count):
        loss = step(1e-4)
    float(loss)                         # waits for the device
    return (monotonic() - start) / count


def profiled(step: Step) -> str:
    """The device's time by kernel, and the CPU's by operation, of two steps."""
    from torch.profiler import ProfilerActivity, profile
    with profile(activities=[ProfilerActivity.CPU, ProfilerActivity.CUDA]) as seen:
        seconds(step, 2)
    events = seen.key_averages()
    return "\n".join(events.table(sort_by=key, row_limit=45, max_name_column_width=110)
                     for key in ("self_cuda_time_total", "self_cpu_time_total"))


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--batch", type=int, nargs="+", default=[512])
    parser.add_argument("--widths", default="", help="channels of the levels, as 64,96,160,192")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--graph", action="store_true")
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--size", type=int, default=128)
    args = parser.parse_args()
    device = torch.device(args.device)
    base = Config(size=args.size, compile=args.compile, graph=args.graph, minutes=1)
    if args.widths:
        base = replace(base, widths=tuple(map(int, args.widths.split(","))))
    for k, batch in enumerate(args.batch):
        if device.type == "cuda":
            torch.cuda.reset_peak_memory_stats()            # of this size alone
        step = made(replace(base, batch=batch, mean_batch=max(1, batch // 4)), device)
        first = seconds(step, 5)
        each = seconds(step, args.steps)
        memory = torch.cuda.max_memory_allocated() / 2**30 if device.type == "cuda" else 0
        how = " compiled" * args.compile + " graph" * args.graph
        print(f"step: batch {batch} widths {','.join(map(str, base.widths))}{how}: first five {5 * first:.1f} s, "
              f"then {1000 * each:.1f} ms, {batch / each:,.0f} pictures/s, {memory:.1f} GiB", flush=True)
        if args.profile and k == 0:
            args.profile.write_text(profiled(step))
        del step
        if device.type == "cuda":
            torch.cuda.empty_cache()
