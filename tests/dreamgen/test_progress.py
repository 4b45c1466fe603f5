"""What a run says while it goes on: a bar on a terminal, lines elsewhere, every note in both."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from dreamgen.io.report import Report
from dreamgen.show import progress


def reports(steps: int = 100):
    yield Report(0, 0, steps, 7, 0.0, note="preflight: [every] stage runs")
    for step in range(1, steps + 1):
        preview = Path("previews/50.png") if step == 50 else None
        yield Report(0, step, steps, 7, step * 0.5, coverage=0.25, memory_mb=2048, preview=preview)
    yield Report(0, steps, steps, 7, steps * 0.5, note="runs/x/asset.glb")


@pytest.fixture
def told():
    """A function that shows reports, on a terminal or not, and returns the last report and what was said."""
    def told(source, terminal: bool):
        out = StringIO()
        last = progress.show(source, Console(file=out, force_terminal=terminal, width=120))
        return last, out.getvalue()
    return told


@pytest.mark.parametrize("terminal", [True, False])
def test_notes_previews_and_the_end_are_always_told(told, terminal):
    last, said = told(reports(), terminal)
    assert last.note == "runs/x/asset.glb"
    for words in ("preflight: [every] stage runs", "previews/50.png", "100/100", "2.0 it/s", "2.0 GB", "coverage 0.25",
                  "runs/x/asset.glb"):
        assert words in said, words


def test_without_a_terminal_there_are_few_lines_and_no_escapes(told):
    _, said = told(reports(1000), False)
    assert said.count("\n") == 5 and "\x1b" not in said         # two notes, the first step, the preview, the last step


def test_nothing_to_show_is_no_error(told):
    assert told(iter(()), True)[0] is told(iter(()), False)[0] is None


def test_the_time_left_is_the_rest_at_the_speed_since_the_stage_began():
    pace = progress.Pace()
    assert pace.is_new(Report(0, 10, 100, 7, 60.0))             # resumed at step 10 after a minute
    assert not pace.is_new(now := Report(0, 20, 100, 7, 65.0))
    assert pace.said(now) == "2.0 it/s  ETA 0:00:40"


@pytest.mark.parametrize("later", [Report(1, 1, 100, 7, 9.0), Report(0, 1, 100, 8, 9.0), Report(0, 5, 100, 7, 9.0)])
def test_another_stage_seed_or_attempt_begins_anew(later):
    pace = progress.Pace()
    pace.is_new(Report(0, 10, 100, 7, 5.0))
    assert pace.is_new(later)
