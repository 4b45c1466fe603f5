"""One row in a process whose prior stays loaded: ``python -m dreamgen.batch.worker``, as local.py starts it.

    stdin       {"job": {...}} a row to make; {"stop": true} save and end. At its end the driver is gone, and so is this
    stdout      {"ready": pid}, {"fraction": 0.4}, {"record": {...}}, {"stopped": name}: JSON, a line each

Every row has the same number of threads, whoever runs it and beside whomever, and a fixed precision: so its bytes are
the same. A row whose folder has a checkpoint goes on from there.
"""

import _thread
import copy
import json
import os
import queue
import socket
import sys
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import sentence, traceback_kept
from ..io import atomic
from ..recipes import folders, load
from ..recipes.recipe import Recipe
from .manifest import OUTCOME, Record, parsed
from .place import Place
from .rows import Cells, Readings

Make = Callable[["Job", Callable[[float], None]], Record]
REPORT_SECONDS, PUSH_SECONDS, LOCK_SECONDS = 1.0, 60.0, 60.0
THUMB = "thumb.png"


@dataclass(frozen=True)
class Job:
    """A row on its way to a worker; goes through JSON. ``base`` is its recipe's name or path; on the way to a machine of
    Ray's the recipe itself, as text."""

    name: str
    place: str
    base: str
    cells: Cells


@dataclass(frozen=True)
class RowReport:
    """What a runner reports: the fraction that is done of a row, or the record of one that has ended."""

    name: str
    fraction: float = 0.0
    record: Record | None = None


class Worker:
    """Makes rows one after the other; keeps the prior that it loaded last."""

    def __init__(self, place: Place, threads: int):
        from renderers.threads import set_threads
        set_threads(threads)
        self.place, self.threads = place, threads
        self.readings, self.prior, self.loaded = Readings(), None, ""
        self.copies: dict[str, str] = {}        # of a prior that stands elsewhere than the row says: where it is here

    def make(self, job: Job, tell: Callable[[float], None]) -> Record:
        """Make the row, or go on with it; ``tell`` gets the fraction that is done, 0 to 1, about once a second.

        Never raises what is wrong with the row alone, or with where it goes: that is what its Record says. Raises
        KeyboardInterrupt once a checkpoint was saved.
        """
        began, folder = time.monotonic(), self.place.here / job.name
        record = Record(job.name, job.place, job.cells["prompt"], 0, threads=self.threads, host=socket.gethostname())
        caught, loading = [], 0.0

        def so_far() -> Record:
            messages = list(dict.fromkeys(" ".join(str(each.message).split()) for each in caught))
            return replace(record, seconds=round(time.monotonic() - began, 1), loading=round(loading, 2), warnings=messages)

        try:
            folder.mkdir(parents=True, exist_ok=True)
            once_free(folder)
            self.place.pull(job.name)
            recipe = self.recipe(job)
            record = replace(record, seed=recipe.seed)
            with traceback_kept(folder):
                if not folders.finished(folder):
                    with warnings.catch_warnings(record=True) as caught:
                        warnings.simplefilter("ignore")                     # what libraries say to programmers
                        warnings.simplefilter("default", UserWarning)
                        loading = self.run(recipe, folder, job.name, tell)
                record = described(so_far(), recipe, folder, licence(self.copies.get(recipe.prior, recipe.prior)))
            atomic.save({OUTCOME: record.line().encode()}, folder)
            self.place.push(job.name)
            self.place.drop(job.name)
        except Exception as error:
            record = replace(so_far(), error="; ".join([sentence(error), *getattr(error, "__notes__", [])]))
            folders.forget_unbegun(folder)
        finally:
            self.keep(job.name)
        return record

    def recipe(self, job: Job) -> Recipe:
        """The job's, with a fixed precision, and with the prior as the row names it, wherever it is here."""
        cells = job.cells | {"out": str(self.place.here)}
        written = cells.get("prior")
        if written in self.copies:
            cells["prior"] = self.copies[written]
        recipe = settled(copy.deepcopy(self.readings.recipe(job.base, cells, job.place)[0]))     # a run may change its own
        return replace(recipe, prior=written) if written in self.copies else recipe

    def run(self, recipe: Recipe, folder: Path, name: str, tell: Callable[[float], None]) -> float:
        """The run of one row; the seconds that its prior took to load."""
        from ..run import run
        began = time.monotonic()
        prior = self.warm(recipe)
        loading = time.monotonic() - began
        if not (folder / folders.RECIPE).is_file():
            atomic.save({folders.RECIPE: load.dump(recipe).encode()}, folder)
        reported = pushed = time.monotonic()
        before = [sum(stage.optim.steps for stage in recipe.stages[:i]) for i in range(len(recipe.stages) + 1)]
        for report in run(recipe, folder, prior):
            now = time.monotonic()
            if now - reported > REPORT_SECONDS:
                reported = now
                tell(round((before[report.stage] + report.step) / (before[-1] + 1), 4))
            if now - pushed > PUSH_SECONDS:
                pushed = now
                self.keep(name)
        return loading

    def warm(self, recipe: Recipe) -> Any:
        """The recipe's prior, loaded unless it is the one before."""
        from guidance import priors

        from ..state import build
        wanted = json.dumps([recipe.prior, load.plain(recipe.prior_options), recipe.precision, recipe.device])
        if wanted != self.loaded:
            self.prior = None                   # before the next one is there: two may not fit
            self.prior = priors.load(self.copies.get(recipe.prior, recipe.prior), build.device(recipe.device),
                                     recipe.precision, recipe.prior_options)
            self.loaded = wanted
        return self.prior

    def keep(self, name: str) -> None:
        """Send what there is of the row; what cannot be sent now is sent the next time, so that it only goes to the log."""
        try:
            if (self.place.here / name).is_dir():
                self.place.push(name)
        except Exception as error:
            print(f"{name}: {sentence(error)}", file=sys.stderr, flush=True)


def environment(threads: int) -> dict[str, str]:
    """The variables that a worker's process begins with: libraries read them when they are first imported."""
    return {"OMP_NUM_THREADS": str(threads), "NUMBA_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}


def settled(recipe: Recipe) -> Recipe:
    """On a CPU float32 in place of ``auto``, which times two precisions and may choose either on a busy machine."""
    from ..state import build
    on_cpu = build.device(recipe.device).type == "cpu"
    return replace(recipe, precision="float32") if on_cpu and recipe.precision == "auto" else recipe


def once_free(folder: Path) -> None:
    """Wait while another process is at work in the folder, as a worker of a driver that was killed may be for a moment."""
    from ..io.lock import alone
    with alone(folder, LOCK_SECONDS):
        return


def described(record: Record, recipe: Recipe, folder: Path, licence: str) -> Record:
    """The record with what the finished run says of itself; a row that was made before keeps what was said then."""
    if (earlier := parsed((folder / OUTCOME).read_bytes()) if (folder / OUTCOME).is_file() else None) is not None:
        return replace(earlier, place=record.place)
    from .thumb import thumb
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assets = [*sorted(folder.glob("asset.*")), *sorted(folder.glob("asset-*")), *sorted(folder.glob("*.mp4"))]
    return replace(record, seed=recipe.seed, prior=run["prior"], prior_id=run["prior_id"], licence=licence,
                   versions=run["versions"] | {"python": run["python"]}, metrics=run["metrics"],
                   files={path.name: path.stat().st_size for path in assets if ".partial" not in path.suffixes},
                   thumb=thumb(recipe, folder, THUMB))


def licence(name: str) -> str:
    """Of a prior, or of each part of a product, as its card or the registry states it."""
    from guidance import priors
    licences = []
    for _, part in priors.factors(name):
        source = priors.find(part)
        if source.entry:
            licences.append(source.entry.licence)
            continue
        card = source.folder / "card.json" if source.folder else None
        stated = json.loads(card.read_text(encoding="utf-8")).get("licence") if card and card.is_file() else None
        licences.append(stated or "not stated")
    return " | ".join(dict.fromkeys(licences))


def serve(prepare: Callable[[], Make]) -> None:
    """Answer the driver until it says stop, or is gone, also while ``prepare`` is still importing what a row needs."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)                               # what a library prints goes to the log, not between our lines
    jobs: queue.Queue[Job] = queue.Queue()
    job = None

    def say(**message) -> None:
        print(json.dumps(message), file=out, flush=True)

    def listen() -> None:
        for line in sys.stdin:
            message = json.loads(line)
            if message.get("stop"):
                if job is None and jobs.empty():
                    os._exit(0)
                _thread.interrupt_main()        # the loop saves between two steps, as after Ctrl-C
            else:
                jobs.put(Job(**message["job"]))
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    try:
        make = prepare()
        say(ready=os.getpid())
        while True:
            job = jobs.get()
            say(record=asdict(make(job, lambda fraction: say(fraction=fraction))))
            job = None
    except KeyboardInterrupt:
        say(stopped=job.name if job else "")
    except BrokenPipeError:
        os._exit(1)


def main() -> None:
    out, threads = sys.argv[1:]
    serve(lambda: Worker(Place(out), int(threads)).make)


if __name__ == "__main__":
    main()
