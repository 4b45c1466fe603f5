"""The driver: rows that are left -> a runner -> the manifest, the gallery's pages, and what is said of the progress.

    OUT/manifest.jsonl      a line for each row that has ended
    OUT/gallery.html        all rows, made anew as they end
    OUT/batch.json          what must not change between two sessions: the threads of a worker
    OUT/<row>/              the run's folder of each row
    OUT/logs/               what the workers print

A row is done where its folder has an outcome; the manifest only repeats it. So a driver may die at any moment: the next
one with the same table makes what is left.
"""

import json
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from .. import __version__
from ..errors import ConfigError
from ..io import atomic
from ..io.lock import alone
from . import gallery
from .manifest import MANIFEST, Manifest, Record, parsed
from .place import Place
from .rows import Row
from .worker import Job, RowReport

PAGE_SECONDS, PUSH_SECONDS = 3.0, 30.0
SETTINGS = "batch.json"


class Runner(Protocol):
    """Makes rows, somewhere."""

    def run(self, jobs: list[Job]) -> Iterator[RowReport]:
        """Each job once: any number of fractions, then its record. Closing the iterator stops all work."""


@dataclass(frozen=True)
class Progress:
    """Where the batch stands.

    Attributes:
        done, failed, total: rows, over all sessions.
        fractions: of the rows that are running, by name.
        eta: seconds, None while nothing says.
        record: of the row that has just ended.
    """

    done: int
    failed: int
    total: int
    fractions: dict[str, float] = field(default_factory=dict)
    eta: float | None = None
    record: Record | None = None

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.done} of {self.total} done{failed}"


def fixed_threads(place: Place, threads: int | None) -> int | None:
    """The threads of a worker as OUT was begun with; raises ConfigError where others are asked for now."""
    place.pull(SETTINGS)
    path = place.here / SETTINGS
    try:
        begun = json.loads(path.read_text(encoding="utf-8"))["threads"] if path.is_file() else None
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{path}: damaged; remove it, and give --threads as before") from None
    if begun and threads and threads != begun:
        raise ConfigError(f"--threads: {place.out} was begun with {begun}, and rows must come out alike, whoever makes them; "
                          f"leave it out, or give another --out; got {threads}")
    return begun or threads


def drive(place: Place, rows: list[Row], runner: Runner, threads: int) -> Iterator[Progress]:
    """Make the rows that are left; yields a Progress at the start, as the work goes on, and for each row that ends.

    Raises FileError where another driver is at work in OUT, what the runner raises, and KeyboardInterrupt, after which
    the same call goes on.
    """
    with alone(place.here) if place.fs is None else nullcontext():
        place.pull(MANIFEST)
        atomic.save({SETTINGS: json.dumps({"threads": threads, "dreamgen": __version__}).encode()}, place.here)
        state = State(place, rows)
        state.write({*range(1, gallery.page_of(len(rows) - 1) + 1)}, running=True)
        place.push(SETTINGS)
        yield state.progress()
        reports = runner.run([Job(row.name, row.place, row.base, row.cells) for row in state.left()])
        try:
            for report in reports:
                yield state.take(report)
        finally:
            reports.close()
            state.flush(running=False)
    yield state.progress()


class State:
    """Records, fractions and pages of a batch that is being made."""

    def __init__(self, place: Place, rows: list[Row]):
        self.place, self.rows = place, rows
        self.index = {row.name: i for i, row in enumerate(rows)}
        self.manifest = Manifest(place.here)
        self.recover()
        self.records = {name: self.manifest.records[name] for name in self.index
                        if name in self.manifest.records and self.manifest.records[name].done}      # who failed tries again
        self.done, self.failed = len(self.records), 0
        self.fractions: dict[str, float] = {}
        self.gained, self.began = 0.0, time.monotonic()
        self.dirty: set[int] = set()                # pages
        self.unsent: set[str] = set()               # their files
        self.paged = self.pushed = time.monotonic()

    def recover(self) -> None:
        """Rows that are done, though no driver lived to write their line; and the other way round, where a folder is gone."""
        known = self.manifest.records
        there = self.place.outcomes([*self.index])
        written = {name for name in self.index if name in known and known[name].done}
        for name in written - there.keys():
            del known[name]
        for name in there.keys() - written:
            if record := parsed(there[name]):
                self.manifest.add(record)

    def left(self) -> list[Row]:
        """Rows that are not done, those of one prior together."""
        order = {prior: i for i, prior in enumerate(dict.fromkeys(row.recipe.prior for row in self.rows))}
        left = [row for row in self.rows if row.name not in self.records]
        return sorted(left, key=lambda row: order[row.recipe.prior])

    def take(self, report: RowReport) -> Progress:
        """What the runner has said, into all that follows from it."""
        before = self.fractions.get(report.name)
        if before is None:
            before = 0.0 if report.record else report.fraction          # what an earlier session made is not this one's speed
        self.gained += max(report.fraction - before, 0.0)
        self.fractions[report.name] = report.fraction
        if report.record:
            self.fractions.pop(report.name)
            self.manifest.add(report.record)
            self.records[report.name] = report.record
            self.done, self.failed = self.done + report.record.done, self.failed + (not report.record.done)
            self.dirty |= {1, gallery.page_of(self.index[report.name])}
        if self.dirty and time.monotonic() - self.paged > PAGE_SECONDS:
            self.flush(running=True)
        return self.progress(report.record)

    def progress(self, record: Record | None = None) -> Progress:
        left = len(self.rows) - len(self.records) - sum(self.fractions.values())
        spent = time.monotonic() - self.began
        eta = spent * left / self.gained if self.gained > 0 else None
        return Progress(self.done, self.failed, len(self.rows), dict(self.fractions), eta, record)

    def flush(self, running: bool) -> None:
        """The pages that have changed; at the end all of those that reload themselves."""
        self.write(self.dirty if running else {*range(1, gallery.page_of(len(self.rows) - 1) + 1)}, running)

    def write(self, pages: set[int], running: bool) -> None:
        now = str(self.progress()) + (", running" if running else "")
        names = gallery.write(self.place.here, self.rows, self.records, pages, now, running)
        self.unsent |= {*names, MANIFEST}
        self.dirty, self.paged = set(), time.monotonic()
        if not running or time.monotonic() - self.pushed > PUSH_SECONDS:
            self.place.push(*sorted(self.unsent))
            self.unsent, self.pushed = set(), time.monotonic()
