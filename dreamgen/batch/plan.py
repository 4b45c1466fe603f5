"""How many workers this machine carries: bounded by its GPUs or cores, and by its memory.

    on a CPU    min(cores // threads, free memory // one worker's),     threads = 1
    on GPUs     one worker a GPU; more are dealt out in turn, several to a GPU

One thread a worker, because rows side by side never wait for each other, while threads wait in every operation: on two
cores even one run was 1.23 times as fast in two processes of a thread as in one of two (benchmarks/ranks.py).
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import psutil

from guidance import priors

from ..errors import ConfigError
from .rows import Row

PROGRAM_GB = 1.2                # of a worker with the bundled prior: 0.9 to 1.1 measured, a little more while it meshes


@dataclass(frozen=True)
class Plan:
    """``workers`` processes of ``threads`` threads; ``gpus`` are the ones that they share in turn, none on a CPU."""

    workers: int
    threads: int
    gpus: tuple[str, ...] = ()


def plan(rows: list[Row], workers: int | None, threads: int | None, gpus: str | None = None,
         memory_gb: float | None = None) -> Plan:
    """The plan for these rows; what is None is chosen. Raises ConfigError."""
    for name, given in (("--workers", workers), ("--threads", threads)):
        if given is not None and given < 1:
            raise ConfigError(f"{name}: need at least 1, got {given}")
    on_gpu = any(row.recipe.device.startswith(("auto", "cuda")) for row in rows)
    cards = tuple(found() if gpus is None else [word.strip() for word in gpus.split(",") if word.strip()]) if on_gpu else ()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = threads or (max(cores // (workers or len(cards)), 1) if cards else 1)
    if workers is None:
        one = memory_gb or max(need_gb(row.recipe.prior) for row in one_a_prior(rows))
        fit = int(psutil.virtual_memory().available / 1e9 / one)
        workers = max(min(len(cards) or cores // threads, fit, len(rows)), 1)
    return Plan(min(workers, len(rows)), threads, cards)


def one_a_prior(rows: list[Row]) -> list[Row]:
    return list({row.recipe.prior: row for row in rows}.values())


def need_gb(prior: str) -> float:
    """Main memory of one worker with this prior in float32: its network, or its files, on top of the program."""
    total = PROGRAM_GB
    for _, name in priors.factors(prior):
        source = priors.find(name)
        if source.entry:
            total += source.entry.gigabytes("float32") + source.entry.encoder_gigabytes("float32")
        elif name not in priors.boxed():
            files = [source.file] if source.file else Path(source.folder or "").rglob("*.safetensors") if source.folder else []
            total += sum(path.stat().st_size for path in files) / 1e9
    return total


def found() -> list[str]:
    """The GPUs that NVIDIA's driver lists and CUDA_VISIBLE_DEVICES allows, without asking CUDA, which takes memory of each;
    none for a torch without CUDA."""
    listed = []
    if (visible := os.environ.get("CUDA_VISIBLE_DEVICES")) is not None:
        words = [word.strip() for word in visible.split(",") if word.strip()]
        listed = [*takewhile(lambda word: not word.startswith("-"), words)]     # as CUDA: nothing behind a negative one counts
    elif shutil.which("nvidia-smi") is not None:
        asked = ["nvidia-smi", "--query-gpu=index", "--format=csv,noheader"]
        done = subprocess.run(asked, capture_output=True, text=True)
        listed = done.stdout.split() if done.returncode == 0 else []
    return listed if listed and with_cuda() else []


def with_cuda() -> bool:
    """Whether this torch can use a GPU of NVIDIA's; imports it, so it is only asked where there is one."""
    import torch
    return torch.version.cuda is not None
