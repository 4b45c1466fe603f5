"""A run as it goes: on a terminal a bar, elsewhere a line now and then. The only file that imports rich's progress.

A stage that has ended is a line, and what comes after it (a mesh, its files) a bar that only moves; nothing is left
below the last line. Light to import: something moves already while torch is being imported.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

if TYPE_CHECKING:
    from ..io.report import Report

LINE_EVERY = 10.0           # seconds between lines where there is no terminal
COLUMNS = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.fields[text]}"))


def show(reports: Iterable["Report"], console: Console | None = None) -> "Report | None":
    """Draw the reports as they come, on standard error unless told otherwise; returns the last one."""
    console = console or Console(stderr=True)
    return bar(reports, console) if console.is_terminal else lines(reports, console)


class Telling:
    """Says a sentence: while something is waited for in the place of what is said there, later on a line of its own."""

    def __init__(self, console: Console):
        self.console, self.status = console, None

    def __call__(self, text: str) -> None:
        if self.status:
            self.status.update(escape(text))
        else:
            self.console.out(text, highlight=False)


@contextmanager
def waiting(text: str, console: Console | None = None) -> Iterator[Telling]:
    """Say what goes on: on a terminal as a status until it ends, elsewhere as a line. Yields what says more of it."""
    tell = Telling(console or Console(stderr=True))
    if not tell.console.is_terminal:
        tell(text)
        yield tell
        return
    with tell.console.status(escape(text)) as tell.status:
        yield tell
    tell.status = None


def bar(reports: Iterable["Report"], console: Console) -> "Report | None":
    last, pace = None, Pace()
    with Bar(*COLUMNS, console=console, refresh_per_second=4, transient=True) as progress:
        for last in reports:
            if last.note:
                progress.say(last.note)
                progress.begin("working", None)
                continue
            if pace.is_new(last) or progress.idle:
                progress.begin(named(last), last.steps)
            progress.preview = last.preview or progress.preview
            progress.show(last.step, line(last, pace.summary(last)))
            if last.step == last.steps:
                progress.say(f"{named(last)}  {line(last, pace.summary(last))}")
                progress.begin("working", None)
    return last


class Bar(Progress):
    """rich's, with one task at a time, and the path of the newest preview on a line below."""

    preview: Path | None = None
    idle = True                     # whether the task has no end that is known

    def begin(self, name: str, steps: int | None) -> None:
        """Another task in place of the one before."""
        for task in self.task_ids:
            self.remove_task(task)
        self.add_task(escape(name), total=steps, text="")
        self.idle, self.preview = steps is None, None

    def show(self, step: int, text: str) -> None:
        self.update(self.task_ids[0], completed=step, text=escape(text))

    def say(self, text: str) -> None:
        """A line above that stays."""
        self.console.print(escape(text), highlight=False, soft_wrap=True)

    def get_renderables(self) -> Iterator[RenderableType]:
        yield from super().get_renderables()
        if self.preview:
            yield Text(str(self.preview), style="dim", no_wrap=True)


def lines(reports: Iterable["Report"], console: Console) -> "Report | None":
    last, pace, spoke, previewed = None, Pace(), -LINE_EVERY, False
    for last in reports:
        now = time.monotonic()
        if last.note:
            console.out(last.note, highlight=False)
            continue
        new = pace.is_new(last)
        previewed = previewed and not new               # a stage's first preview is told at once
        if (last.preview and not previewed) or last.step == last.steps or now - spoke > LINE_EVERY:
            text = f"{named(last)}  {line(last, pace.summary(last))}  {last.preview or ''}"
            console.out(text.rstrip(), highlight=False)
            spoke, previewed = now, previewed or bool(last.preview)
    return last


def named(report: "Report") -> str:
    """The stage as people count, from 1, where it is known how many there are."""
    if report.stages is None:
        return f"stage {report.stage}, seed {report.seed}"
    return f"stage {report.stage + 1} of {report.stages}, seed {report.seed}"


def line(report: "Report", text: str) -> str:
    return f"{report.step}/{report.steps}  {text}"


class Pace:
    """Speed since the current attempt at a stage began."""

    def __init__(self):
        self.began: Report | None = None

    def is_new(self, report: "Report") -> bool:
        """Whether another stage or attempt begins with this report."""
        began = self.began
        if began and (began.stage, began.seed) == (report.stage, report.seed) and began.step <= report.step:
            return False
        self.began = report
        return True

    def summary(self, report: "Report") -> str:
        """What there is to say of a step: speed, time left in the stage, memory, mean opacity."""
        words = []
        done, spent = report.step - self.began.step, report.seconds - self.began.seconds
        if done and spent > 0:
            left = timedelta(seconds=round((report.steps - report.step) * spent / done))
            words += [f"{done / spent:.1f} it/s", f"ETA {left}"]
        if report.memory_mb:
            words.append(f"{report.memory_mb / 1024:.1f} GB")
        if report.coverage is not None:
            words.append(f"coverage {report.coverage:.2f}")
        if report.agreement is not None:
            words.append(f"agreement {report.agreement:.2f}")
        return "  ".join(words)
