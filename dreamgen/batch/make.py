"""A whole batch: the table's rows, the place, the runner and the plan, brought together for the command and for Python."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from .drive import Progress, drive, fixed_threads
from .manifest import Manifest, Record
from .place import Place
from .plan import plan
from .rows import Row, rows

HERE = "local"


@dataclass(frozen=True)
class Where:
    """Where a batch runs, and with what; None is chosen for the machine.

    Attributes:
        on: "local", "ray" (the cluster that RAY_ADDRESS or this machine has), or ray://host:10001.
        workers: at a time; on Ray as many as the cluster has room for.
        threads: of each; what OUT was begun with, else 1 on a CPU.
        gpus: of this machine, as "0,1"; "" for none.
        gpu_share: of a GPU that a worker on Ray takes: 0.5 places two on one, 0 needs none.
        memory_gb: of one worker.
    """

    on: str = HERE
    workers: int | None = None
    threads: int | None = None
    gpus: str | None = None
    gpu_share: float | None = None
    memory_gb: float | None = None

    def __post_init__(self):
        if self.on not in (HERE, "ray") and not self.on.startswith("ray://"):
            raise ConfigError(f"--on: need local, ray or ray://host:10001, got {self.on!r}")
        if self.gpu_share is not None and (self.on == HERE or not 0 <= self.gpu_share <= 8):
            raise ConfigError(f"--gpu-share: need 0 to 8 GPUs of a worker on Ray, got {self.gpu_share:g} on {self.on}")
        if self.memory_gb is not None and not self.memory_gb > 0:
            raise ConfigError(f"--memory: need more than 0 GB, got {self.memory_gb:g}")
        if self.gpus is not None and self.on != HERE:
            raise ConfigError("--gpus: Ray deals out the GPUs of its machines; --gpu-share says how much of one a worker takes")


@dataclass(frozen=True)
class Batch:
    """Rows that have been checked, where they go, and the reports of making them."""

    rows: list[Row]
    place: Place
    reports: Iterator[Progress]

    def records(self) -> list[Record]:
        """Of the rows that have ended, in the table's order; read anew from the manifest."""
        known = Manifest(self.place.here).records
        return [known[row.name] for row in self.rows if row.name in known]


def batch(source: Path | Iterable[str | Mapping[str, Any]], out: str, base: str | None, common: list[str],
          seeds: list[int] | None = None, where: Where = Where()) -> Batch:
    """Check every row and the machine; nothing is made before ``reports`` are asked for. Raises ConfigError, WrongRows."""
    found = rows(source, base, common, seeds)
    if where.on != HERE:
        from . import on_ray
        on_ray.check()
    place = Place(out)
    threads = fixed_threads(place, where.threads)
    if where.on == HERE:
        from .local import Local
        planned = plan(found, where.workers, threads, where.gpus, where.memory_gb)
        return Batch(found, place, drive(place, found, Local(out, place.here, planned), planned.threads))
    runner = on_ray.OnRay(out, where.on, threads or 1, where.gpu_share, where.memory_gb, where.workers, found)
    return Batch(found, place, drive(place, found, runner, threads or 1))
