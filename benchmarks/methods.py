r"""What each method costs, as multiples of one call of the prior's network with one row for each picture; Markdown.

    python benchmarks/methods.py [--prior bundled] [--views 4] [--csv benchmarks/results/methods.csv]

    rows      rows of the network without gradient, for each picture of a step; + those that are trained through
    time      CPU seconds of a step (loss and backward, without the scene), over those of the unit; a median
    memory    peak bytes of the tensors that a step makes, over the unit's; weights and the scene not counted

Time and unit alternate, so that other work on the machine slows both. Memory is counted tensor by tensor as they are
made and freed, and so is the same on every device but for the libraries' own workspace.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")     # before torch

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import torch
from torch import nn
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten

import guidance.methods
from dreamgen.io.machine import commit, cpu
from dreamgen.tools.bench import append
from guidance import priors
from guidance.prompts import Prompts

KINDS = sorted(path.stem for path in Path(guidance.methods.__file__).parent.glob("[a-z]*.py"))
REPEATS = 5
PROGRESS = 0.5
COLUMNS = ("method", "rows", "trained", "time", "memory")


class Bytes(TorchDispatchMode):
    """Counts what is alive of the storages that operations make inside it."""

    def __init__(self):
        super().__init__()
        self.alive: dict[int, tuple[StorageWeakRef, int]] = {}
        self.peak = 0

    def __torch_dispatch__(self, op, types, args=(), kwargs=None):
        out = op(*args, **(kwargs or {}))
        given = {t.untyped_storage()._cdata for t in tree_flatten((args, kwargs))[0] if isinstance(t, torch.Tensor)}
        for tensor in tree_flatten(out)[0]:
            if isinstance(tensor, torch.Tensor) and (storage := tensor.untyped_storage())._cdata not in given:
                self.alive[storage._cdata] = (StorageWeakRef(storage), storage.nbytes())
        self.alive = {key: each for key, each in self.alive.items() if not each[0].expired()}
        self.peak = max(self.peak, sum(size for _, size in self.alive.values()))
        return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--prior", default="bundled")
    options.add_argument("--views", type=int, default=4, help="pictures of a step (default %(default)s)")
    options.add_argument("--csv", type=Path, help="append the rows to this file")
    args = options.parse_args()
    prior = priors.load(args.prior, precision="float32")
    rows = [measured(prior, kind, args.views) for kind in KINDS]
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in COLUMNS) + " |")
    machine = {"date": date.today().isoformat(), "commit": commit(), "cpu": cpu(),
               "prior": args.prior, "views": args.views}
    for row in rows if args.csv else ():
        append(args.csv, machine | row)


def measured(prior, kind: str, views: int) -> dict[str, str | float]:
    """A line of the table."""
    step, unit, networks = workload(prior, kind, views)
    step(), unit()                                      # what is made once: the student's optimiser, caches
    rows = {False: 0, True: 0}

    def count(module, args, kwargs):
        rows[torch.is_grad_enabled()] += len(args[0])

    hooks = [network.register_forward_pre_hook(count, with_kwargs=True) for network in networks]
    step()
    for hook in hooks:
        hook.remove()
    ratio = statistics.median(clock(step) / clock(unit) for _ in range(REPEATS))
    return {"method": kind, "rows": rows[False] / views, "trained": rows[True] / views, "time": round(ratio, 1),
            "memory": round(bytes_of(step) / bytes_of(unit), 1)}


def workload(prior, kind: str, views: int) -> tuple[Callable[[], None], Callable[[], None], list[nn.Module]]:
    """A step of the method at its defaults, in the middle of a stage; the unit; the networks that the step calls."""
    module = importlib.import_module(f"guidance.methods.{kind}")
    method = module.Method(prior, module.Config())
    angles = torch.arange(views) * (2 * torch.pi / views)
    query = replace(Prompts(prior, "a red apple", others=method.texts())(angles, 0 * angles), viewpoint=torch.arange(views))
    rgba = torch.rand(views, prior.size, prior.size, 4, generator=torch.Generator().manual_seed(0)).requires_grad_()
    picture, source = (SimpleNamespace(rgb=x[..., :3], premultiplied=x[..., :3], opacity=x[..., 3:])
                       for x in (rgba, rgba.detach()))

    def step() -> None:
        if method.cfg.keeps:                            # the step in which all its pictures are drawn
            method.load_state_dict({})
        rng = torch.Generator().manual_seed(1)
        losses = method.losses(picture, query, PROGRESS, rng, source if method.cfg.edits else None)
        (gradient,) = torch.autograd.grad(sum(losses.values()), rgba)
        assert gradient.isfinite().all()

    x_t, t = torch.randn(views, prior.channels, prior.size, prior.size), torch.full((views,), len(prior.schedule) // 2)

    @torch.no_grad()
    def unit() -> None:
        prior.eps(x_t, t, query.positive)

    return step, unit, [prior.network, *([method.student.twin.network] if kind == "vsd" else [])]


def clock(work: Callable[[], None]) -> float:
    """CPU seconds, of all threads."""
    before = time.process_time()
    work()
    return time.process_time() - before


def bytes_of(work: Callable[[], None]) -> int:
    with Bytes() as counted:
        work()
    return counted.peak


if __name__ == "__main__":
    main()
