"""What a run says while it goes on: a bar on a terminal, lines elsewhere, every note in both."""

import time
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
    assert pace.summary(now) == "2.0 it/s  ETA 0:00:40"


@pytest.mark.parametrize("later", [Report(1, 1, 100, 7, 9.0), Report(0, 1, 100, 8, 9.0), Report(0, 5, 100, 7, 9.0)])
def test_another_stage_seed_or_attempt_begins_anew(later):
    pace = progress.Pace()
    pace.is_new(Report(0, 10, 100, 7, 5.0))
    assert pace.is_new(later)


def stage(place: int, steps: int = 40):
    for step in range(1, steps + 1):
        yield Report(place, step, steps, 7, step * 0.5, preview=Path(f"previews/{place}-{step}.png"), stages=2)


def two_stages():
    yield from stage(0)
    yield from stage(1)
    yield Report(1, 40, 40, 7, 40.0, note="mesh")
    yield Report(1, 40, 40, 7, 40.0, note="runs/x/asset.glb")


@pytest.mark.parametrize("terminal", [True, False])
def test_stages_are_counted_and_each_leaves_a_line(told, terminal):
    _, said = told(two_stages(), terminal)
    for words in ("stage 1 of 2, seed 7  40/40", "stage 2 of 2, seed 7  40/40"):
        assert words in said, words


def test_a_log_has_few_lines_where_every_step_has_a_preview(told):
    _, said = told(two_stages(), False)
    assert said.count("\n") == 6        # of each stage its first preview and its last step, and two notes


def test_a_new_task_takes_the_place_of_the_one_before_and_of_its_preview():
    with progress.Bar(*progress.COLUMNS, console=Console(file=StringIO(), force_terminal=True)) as shown:
        shown.begin("stage 2 of 2, seed 7", 40)
        shown.preview = Path("previews/40.png")
        shown.begin("working", None)
        assert [(task.description, task.total) for task in shown.tasks] == [("working", None)] and shown.preview is None


def test_nothing_is_left_below_the_last_line(told):
    _, said = told(two_stages(), True)
    assert "\x1b[2K" in said[said.rindex("runs/x/asset.glb"):]           # what stood below has been erased


@pytest.mark.parametrize("terminal", [True, False])
def test_something_is_said_before_there_is_anything_to_report(terminal):
    out = StringIO()
    with progress.waiting("loading", Console(file=out, force_terminal=terminal, width=80)):
        pass
    assert "loading" in out.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_what_goes_on_before_the_first_report_is_said_in_turn_and_afterwards_on_lines(terminal):
    out = StringIO()
    with progress.waiting("loading", Console(file=out, force_terminal=terminal, width=80)) as tell:
        tell("drawing the reference")
        time.sleep(0.2)                                                 # a terminal is drawn 12 times a second
    tell("stopping after this step")
    assert "drawing the reference" in out.getvalue() and out.getvalue().endswith("stopping after this step\n")
