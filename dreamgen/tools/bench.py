"""``dreamgen bench``: how long each operation takes on each backend, at sizes of a real run; a Markdown table.

Times are medians after a warm-up. On a CPU, ``ratio`` compares CPU seconds, forward and backward, with the reference's from
the same run: it holds on a busy machine, where wall times do not. On a GPU each time ends when the GPU has finished, and
``ratio`` compares the sum of both; other projects' libraries stand beside ours where they are installed.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")     # before torch: threads that spin take the other core's time

import argparse
import csv
import statistics
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import torch

from renderers.ops._dispatch import backends
from renderers.threads import set_threads

from ..io.machine import commit, cpu
from .workloads import WHOLE, WORKLOADS, Workload

SECONDS = 2.0           # at most so long per backend, but three times at least
COLUMNS = ("op", "backend", "size", "forward ms", "backward ms", "CPU ms", "ratio")


def main(argv: list[str] | None = None) -> int:
    options = argparse.ArgumentParser("dreamgen bench", description=__doc__.partition("\n")[0])
    options.add_argument("ops", nargs="*", metavar="op", help=f"{', '.join(WORKLOADS)}; default all")
    options.add_argument("--device", default="cpu", help="cpu, cuda or cuda:1; default %(default)s")
    options.add_argument("--threads", type=int, default=torch.get_num_threads(), help="default %(default)s")
    options.add_argument("--csv", type=Path, metavar="FOLDER",
                         help="append a row per line to FOLDER/<op>.csv, on a GPU to FOLDER/<op>.cuda.csv")
    args = options.parse_args(argv)
    if unknown := set(args.ops) - set(WORKLOADS):
        options.error(f"no operation {', '.join(sorted(unknown))}; have {', '.join(WORKLOADS)}")
    try:
        set_threads(args.threads)
        device = ready(args.device)
    except ValueError as wrong:
        options.error(str(wrong))

    machine = {"date": date.today().isoformat(), "commit": commit(), "cpu": cpu(), "threads": args.threads}
    if device.type == "cuda":
        machine |= {"gpu": torch.cuda.get_device_name(device), "torch": version("torch")}
    print(f"{machine.get('gpu', machine['cpu'])}, {args.threads} threads, OMP_WAIT_POLICY={os.environ['OMP_WAIT_POLICY']}, "
          f"torch {version('torch')}, numba {version('numba')}, commit {machine['commit']}\n")
    columns = headings(device)
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for op in args.ops or WORKLOADS:
        for row in measure(op, device):
            print("| " + " | ".join(str(row[column]) for column in columns) + " |", flush=True)
            if args.csv:
                append(args.csv / (f"{op}.cuda.csv" if device.type == "cuda" else f"{op}.csv"), machine | row)
    return 0


def ready(name: str) -> torch.device:
    """The device of that name. Raises ValueError where it is none, or not there."""
    try:
        device = torch.device(name)
    except RuntimeError as wrong:
        raise ValueError(f"--device {name}: want cpu, cuda or cuda:1") from wrong
    if device.type not in ("cpu", "cuda"):
        raise ValueError(f"--device {name}: want cpu, cuda or cuda:1")
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise ValueError(f"--device {name}: this machine has {torch.cuda.device_count()} CUDA devices")
    return device


def headings(device: torch.device) -> tuple[str, ...]:
    return tuple("sum ms" if column == "CPU ms" and device.type == "cuda" else column for column in COLUMNS)


def measure(op: str, device: torch.device) -> list[dict]:
    """A row per size and backend, the reference last."""
    rows = []
    for workload in WORKLOADS[op](device):
        times = {name: clock(workload, backend, device) for name, backend in raced(op, device).items()}
        for name, (forward, backward, seconds) in times.items():
            rows.append(dict(zip(headings(device), (op, name, workload.size, f"{1e3 * forward:.2f}",
                                                    f"{1e3 * backward:.2f}" if workload.leaves else "", f"{1e3 * seconds:.2f}",
                                                    f"{times['reference'][2] / seconds:.1f}"), strict=True)))
    return rows


def raced(op: str, device: torch.device) -> dict[str, str | None]:
    """The backends to time, by the name of their row; None is the one that is chosen."""
    if op in WHOLE and device.type == "cuda":           # some of its operations may have a kernel and others not
        return {"chosen": None, "reference": "reference"}
    found = backends(WHOLE.get(op, op), device.type)
    there = {name: getattr(module, "RANK", 0) for name, module in found.items() if isinstance(module, ModuleType)}
    names = [name for name, rank in there.items() if rank > 0 or rank < 0 and device.type == "cuda"]
    return {name: name for name in [*names, "reference"]}


def clock(workload: Workload, backend: str | None, device: torch.device) -> tuple[float, float, float]:
    """Medians in seconds: forward wall, backward wall; CPU of both over all threads, on a GPU their sum."""
    if backend != "reference" or device.type == "cuda":
        once(workload, backend, device)             # compiles or loads from the cache
    samples = []
    start = time.perf_counter()
    while len(samples) < 3 or time.perf_counter() - start < SECONDS:
        samples.append(once(workload, backend, device))
    return tuple(statistics.median(column) for column in zip(*samples, strict=True))


def once(workload: Workload, backend: str | None, device: torch.device) -> tuple[float, float, float]:
    def now() -> float:
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        return time.perf_counter()

    cpu_before, before = time.process_time(), now()
    outputs = workload.forward(backend)
    between = now()
    if workload.leaves:
        for leaf in workload.leaves:
            leaf.grad = None
        outputs = [out for out in outputs if out.requires_grad]
        torch.autograd.backward(outputs, [torch.ones_like(out) for out in outputs])
        workload.after()
    end = now()
    return between - before, end - between, end - before if device.type == "cuda" else time.process_time() - cpu_before


def append(path: Path, row: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a", newline="") as file:
        rows = csv.DictWriter(file, row)
        if new:
            rows.writeheader()
        rows.writerow(row)


if __name__ == "__main__":
    raise SystemExit(main())
