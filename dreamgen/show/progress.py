"""A run as it goes: on a terminal a bar, elsewhere a line now and then. The only file that imports rich's progress."""

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from ..io.report import Report

LINE_EVERY = 10.0           # seconds between lines where there is no terminal


def show(reports: Iterable[Report], console: Console | None = None) -> Report | None:
    """Draw the reports as they come, on standard error unless told otherwise; returns the last one."""
    console = console or Console(stderr=True)
    return bar(reports, console) if console.is_terminal else lines(reports, console)


def bar(reports: Iterable[Report], console: Console) -> Report | None:
    last, pace = None, Pace()
    columns = (TextColumn("{task.description}"), BarColumn(),
               TextColumn("{task.completed}/{task.total}  {task.fields[said]}"))
    with Bar(*columns, console=console, refresh_per_second=4) as progress:
        for last in reports:
            if last.note:
                progress.console.print(escape(last.note), highlight=False, soft_wrap=True)
                continue
            if pace.is_new(last):
                for task in progress.task_ids:
                    progress.remove_task(task)
                task = progress.add_task(named(last), total=last.steps, said="")
            progress.preview = last.preview or progress.preview
            progress.update(task, completed=last.step, said=escape(pace.said(last)))
    return last


class Bar(Progress):
    """rich's, with the path of the newest preview on a line below."""

    preview: Path | None = None

    def get_renderables(self) -> Iterator[RenderableType]:
        yield from super().get_renderables()
        if self.preview:
            yield Text(str(self.preview), style="dim", no_wrap=True)


def lines(reports: Iterable[Report], console: Console) -> Report | None:
    last, pace, spoke = None, Pace(), -LINE_EVERY
    for last in reports:
        now = time.monotonic()
        if last.note:
            console.out(last.note, highlight=False)
            continue
        pace.is_new(last)
        said = pace.said(last)
        if last.preview or last.step == last.steps or now - spoke > LINE_EVERY:
            line = f"{named(last)}  {last.step}/{last.steps}  {said}  {last.preview or ''}"
            console.out(line.rstrip(), highlight=False)
            spoke = now
    return last


def named(report: Report) -> str:
    return f"stage {report.stage}, seed {report.seed}"


class Pace:
    """Speed since the current attempt at a stage began."""

    def __init__(self):
        self.began: Report | None = None

    def is_new(self, report: Report) -> bool:
        """Whether another stage or attempt begins with this report."""
        began = self.began
        if began and (began.stage, began.seed) == (report.stage, report.seed) and began.step <= report.step:
            return False
        self.began = report
        return True

    def said(self, report: Report) -> str:
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
