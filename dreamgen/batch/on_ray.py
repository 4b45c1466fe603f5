"""The runner of a Ray cluster: each row is a Ray task. The only file that imports ray.

    a task          states its CPUs, its share of a GPU and its memory; Ray finds a machine, and queues what has no room
    a lost worker   Ray runs the task again, elsewhere if need be; the row goes on from its checkpoint, as far as OUT has it
    the prior       stays loaded in a worker's process, which Ray keeps for the next task of the same kind
    the code        travels with the job (``runtime_env``), so every machine runs the driver's version; the libraries that
                    dreamgen needs are there already, as in an image with dreamgen's wheel installed
    a prior's folder on the driver's machine travels through Ray's object store, once a machine
    the recipe      travels with the task as text, so a recipe's file is needed on the driver's machine alone

OUT is a path that all machines share, or a URL of object storage (place.py).
"""

import hashlib
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from guidance import priors

from ..errors import ConfigError, RunError, sentence
from ..recipes import load
from ..recipes.settings import emit
from .local import GRACE
from .manifest import Record, parsed
from .place import Place, is_url
from .plan import need_gb, one_a_prior
from .rows import Row
from .worker import Job, RowReport, Worker, environment

Task = Callable[[str, int, dict, str, dict[str, bytes] | None], str]
RETRIES = 8                 # of a task whose worker or machine was lost
AHEAD = 2                   # tasks that wait at Ray, for each that can run: the rest wait here, in a few bytes
LOOK_SECONDS = 5.0          # between two looks at what the cluster has
PACKAGES = ("dreamgen", "guidance", "renderers")
LEFT_BEHIND = ("/.*", "/tests", "/docs", "/benchmarks", "/runs", "/assets", "__pycache__")      # of a checkout
FILES = ("picture", "mesh", "path", "file")     # keys of a recipe, by their last part, whose value may be a path


def check() -> None:
    """Raises ConfigError where Ray is not installed."""
    if find_spec("ray") is None:
        raise ConfigError("--on ray needs Ray: `pip install ray`; without it, leave out --on")


class OnRay:
    """Arguments as of ``make.Where``; ``address`` is "ray" or ray://host:port, ``task`` what a worker runs, as ``make_row``."""

    def __init__(self, out: str, address: str, threads: int, gpu_share: float | None, memory_gb: float | None,
                 workers: int | None, rows: list[Row], task: "Task | None" = None):
        self.out, self.address, self.threads, self.workers, self.task = out, address, threads, workers, task or make_row
        if not is_url(out):
            self.out = str(Path(out).expanduser().resolve())
        self.gpu_share = gpu_share
        self.memory_gb = memory_gb or max(need_gb(row.recipe.prior) for row in one_a_prior(rows))
        self.rows, self.texts = rows, {}

    def run(self, jobs: list[Job]) -> Iterator[RowReport]:
        """Each job once; yields its record as RowReport. Raises RunError where there is no cluster, or none with room."""
        import ray
        started = not ray.is_initialized()
        if started:
            self.connect(ray)
        try:
            yield from self.follow(ray, jobs)
        finally:
            if started:
                ray.shutdown()

    def connect(self, ray) -> None:
        import logging
        address = "auto" if self.address == "ray" else self.address
        try:
            ray.init(address=address, runtime_env=code() | {"env_vars": environment(self.threads)}, log_to_driver=False,
                     logging_level=logging.ERROR)
        except (ConnectionError, ValueError) as error:
            how = "`ray start --head` starts one here" if address == "auto" else "is its head up?"
            raise RunError(f"--on {self.address}: no Ray cluster ({' '.join(str(error).split())[:120]}); {how}") from None

    def follow(self, ray, jobs: list[Job]) -> Iterator[RowReport]:
        """Keep as many tasks at Ray as it can run and a few more; yields the records as they come."""
        needs = self.needs(ray)
        shipped = {named: (path.resolve().name, ray.put(packed(path))) for named, path in local_priors(self.rows).items()}
        rows = {row.name: row for row in self.rows}
        task = ray.remote(self.task).options(max_retries=RETRIES, **needs)
        waiting, running, room, looked = deque(jobs), {}, 0, -LOOK_SECONDS
        try:
            while waiting or running:
                if time.monotonic() - looked > LOOK_SECONDS:
                    room, looked = self.workers or AHEAD * max(places(ray, needs), 1), time.monotonic()
                while waiting and len(running) < room:
                    job = waiting.popleft()
                    sent = self.travelling(job, rows[job.name])
                    name, prior = shipped.get(sent.cells["prior"], ("", None))
                    running[task.remote(self.out, self.threads, asdict(sent), name, prior)] = job
                ended, _ = ray.wait(list(running), num_returns=1, timeout=LOOK_SECONDS)
                for ref in ended:
                    yield self.ended(ray, ref, running.pop(ref))
        finally:
            for ref in running:
                ray.cancel(ref)             # as Ctrl-C in the worker: it saves
            if running:
                ray.wait(list(running), num_returns=len(running), timeout=GRACE)

    def travelling(self, job: Job, row: Row) -> Job:
        """The job for a machine without the driver's files: its ``base`` is the row's whole recipe as text."""
        alike = job.base, *sorted(cell for cell in job.cells.items() if cell[0] not in ("prompt", "seed"))
        if alike not in self.texts:                 # a text takes a twentieth of a second
            self.texts[alike] = emit(absolute(load.plain(row.recipe)))
        cells = {"prompt": job.cells["prompt"], "seed": str(row.recipe.seed), "prior": row.recipe.prior}
        return replace(job, base=self.texts[alike], cells=cells)

    def needs(self, ray) -> dict:
        """What a task asks for; raises RunError where no machine of the cluster has as much."""
        machines = [node["Resources"] for node in ray.nodes() if node["Alive"]]
        share = self.gpu_share
        if share is None:
            share = float(any("GPU" in each for each in machines) and any(row.recipe.device != "cpu" for row in self.rows))
        needs = {"num_cpus": self.threads, "num_gpus": share, "memory": int(self.memory_gb * 1e9)}
        if not any(fits(each, needs) for each in machines):
            have = "; ".join(f"{each.get('CPU', 0):g} CPUs, {each.get('GPU', 0):g} GPUs, {each.get('memory', 0) / 1e9:.1f} GB"
                             for each in machines[:5])
            raise RunError(f"--on {self.address}: no machine has {self.threads} CPUs, {share:g} GPUs and {self.memory_gb:.1f} GB "
                           f"for a worker (--threads, --gpu-share, --memory); have {have}")
        return needs

    def ended(self, ray, ref, job: Job) -> RowReport:
        """The record of a task, of one that ended with an error, or of one that Ray has given up."""
        try:
            return RowReport(job.name, 1.0, parsed(ray.get(ref)))
        except ray.exceptions.RayTaskError as error:        # not tried again: it would end alike
            reason = sentence(error.cause)
        except ray.exceptions.RayError as error:
            first = str(error).strip().splitlines()[0]
            reason = f"Ray gave it up after {RETRIES} tries: {type(error).__name__}: {first[:200]}"
        record = Record(job.name, job.place, job.cells["prompt"], int(job.cells.get("seed", 0)), reason)
        return RowReport(job.name, 1.0, record)


def make_row(out: str, threads: int, job: dict, name: str, prior: dict[str, bytes] | None) -> str:
    """The task: the line of the record. Runs in a worker's process on some machine."""
    worker, asked = standing(out, threads), Job(**job)
    asked = replace(asked, base=str(unpacked("recipe.yaml", {"": asked.base.encode()})))
    if prior is not None:
        worker.copies[asked.cells["prior"]] = str(unpacked(name, prior))
    return worker.make(asked, lambda fraction: None).line()


@cache
def standing(out: str, threads: int) -> Worker:
    """The one worker of this process, whose prior stays loaded from task to task."""
    return Worker(Place(out), threads)


def places(ray, needs: dict) -> int:
    """How many tasks the whole cluster can run at a time."""
    wanted = {"CPU": needs["num_cpus"], "GPU": needs["num_gpus"], "memory": needs["memory"]}
    return sum(int(min(node["Resources"].get(key, 0) / value for key, value in wanted.items() if value))
               for node in ray.nodes() if node["Alive"])


def fits(machine: dict[str, float], needs: dict) -> bool:
    return machine.get("CPU", 0) >= needs["num_cpus"] and machine.get("GPU", 0) >= min(needs["num_gpus"], 1) \
        and machine.get("memory", 0) >= needs["memory"]


def code() -> dict:
    """The runtime environment that has this very code: a checkout as it is, or the three packages of a wheel."""
    root = Path(__file__).parents[2]
    if (root / "configs").is_dir():
        return {"working_dir": str(root), "excludes": list(LEFT_BEHIND)}
    return {"py_modules": [str(root / name) for name in PACKAGES]}


def absolute(value: Any, key: str = "") -> Any:
    """A recipe's maps, lists and values, with paths that do not depend on the folder in which a worker happens to be."""
    if isinstance(value, dict):
        return {inner: absolute(each, inner) for inner, each in value.items()}
    if isinstance(value, list):
        return [absolute(each, key) for each in value]
    given = Path(value).expanduser() if key in FILES and isinstance(value, str) and value else None
    return str(given.resolve()) if given and given.exists() else value


def local_priors(rows: list[Row]) -> dict[str, Path]:
    """Folders and files of the driver's machine that rows name as their prior, by the way in which they name them."""
    named = [row.recipe.prior for row in one_a_prior(rows) if row.recipe.prior not in priors.boxed()]
    return {name: path for name in named if (path := Path(name).expanduser()).exists()}


def packed(path: Path) -> dict[str, bytes]:
    """The files of a folder by their path below it; of a single file, "" is its own."""
    files = [each for each in sorted(path.rglob("*")) if each.is_file()] if path.is_dir() else [path]
    return {"" if each == path else each.relative_to(path).as_posix(): each.read_bytes() for each in files}


def unpacked(name: str, files: dict[str, bytes]) -> Path:
    """The folder or file of this machine with these contents, made if it is not there."""
    digest = hashlib.sha256()
    for path, data in files.items():
        digest.update(path.encode() + b"\0" + data)
    there = Path(tempfile.gettempdir()) / "dreamgen-sent" / digest.hexdigest()[:16] / name
    if not there.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=there.parent))
        for path, data in files.items():
            one = beside / "whole" / path if path else beside / "whole"
            one.parent.mkdir(parents=True, exist_ok=True)
            one.write_bytes(data)
        try:
            (beside / "whole").rename(there)
        except OSError:                     # another worker of this machine was first
            pass
        shutil.rmtree(beside, ignore_errors=True)
    return there
