"""A batch as it goes: a line for each row that has ended, and on a terminal a bar with the time that is left."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console

from .progress import COLUMNS, LINE_EVERY, Bar

if TYPE_CHECKING:
    from ..batch.drive import Progress


def show(reports: Iterable["Progress"], console: Console | None = None) -> "Progress | None":
    """Draw the reports as they come, on standard error unless told otherwise; returns the last one."""
    console = console or Console(stderr=True)
    return bar(reports, console) if console.is_terminal else lines(reports, console)


def bar(reports: Iterable["Progress"], console: Console) -> "Progress | None":
    last = None
    with Bar(*COLUMNS, console=console, refresh_per_second=4, transient=True) as progress:
        for last in reports:
            if progress.idle:
                progress.begin("rows", last.total)
            if last.record:
                progress.say(ended(last))
            progress.show(last.done + last.failed + sum(last.fractions.values()), standing(last))
    return last


def lines(reports: Iterable["Progress"], console: Console) -> "Progress | None":
    last, spoke = None, -LINE_EVERY
    for last in reports:
        if last.record:
            console.out(ended(last), highlight=False)
        elif time.monotonic() - spoke > LINE_EVERY:
            console.out(standing(last), highlight=False)
            spoke = time.monotonic()
    return last


def ended(report: "Progress") -> str:
    """The line of a row that has ended."""
    record = report.record
    head = f"{report.done + report.failed}/{report.total}  {record.name}"
    return f"{head}  failed: {record.place}: {record.error}" if record.error else f"{head}  {record.seconds:.0f} s"


def standing(report: "Progress") -> str:
    running = f"  {len(report.fractions)} running" if report.fractions else ""
    left = f"  ETA {timedelta(seconds=round(report.eta))}" if report.eta else ""         # 0 where all have ended
    return f"{report}{running}{left}"
