"""The loop on a tiny prior and a tiny field: what a kill, a Ctrl-C, a dead seed and several candidates leave behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import torch

from dreamgen.cameras.orbit import Config as Cameras
from dreamgen.errors import CheckpointError, RunError
from dreamgen.export.mesh import Config as Export
from dreamgen.io import checkpoint
from dreamgen.recipes.folders import begun, create
from dreamgen.recipes.recipe import Optim, Recipe, Stage
from dreamgen.run import run
from dreamgen.state import health
from dreamgen.state.history import History
from dreamgen.state.interrupt import ANSWER
from guidance.methods.sds import Config as SDS
from guidance.ramp import Ramp
from renderers.scenes.nerf import Config as NeRF
from tests.tiny import make_prior

STEPS = 12
SCENE = NeRF(levels=3, finest=32, log2_table=9, hidden=8, samples=24, cells=12, refresh=3)


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture
def recipe(prior, tmp_path):
    return make_recipe(prior, tmp_path)


def make_recipe(prior, out):
    stage = Stage(SCENE, SDS(strength=0.05), Cameras(views=2, size=16), Optim(steps=STEPS), {"entropy": Ramp(0.0, 0.1)})
    return Recipe("a box", prior=str(prior), stages=[stage], out=str(out / "runs"), checkpoint_seconds=1e-6,
                  precision="float32", previews=1,
                  export=Export(triangles=300, texture=64, resolution=24, turntable=0))


def test_a_history_is_written_anew_only_where_it_is_cut(tmp_path):
    path = tmp_path / "history.jsonl"
    path.write_text('{"step": 1}\n{"step": 2}\n{"st')
    assert History(path, 2).rows == 2 and path.read_text() == '{"step": 1}\n{"step": 2}\n'
    before = path.stat()
    assert History(path, 2).rows == 2 and (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def drain(reports, until=None):
    """Ask for reports, up to ``until`` steps; what stops asking is a kill: nothing more is saved."""
    seen = []
    for report in reports:
        seen.append(report)
        if until is not None and report.note is None and report.step == until:
            reports.close()
            break
    return seen


def parameters(folder):
    tensors, _ = checkpoint.read(folder / "checkpoints")
    return {name: tensor for name, tensor in tensors.items() if name.startswith(("scene.", "optim."))}


def assert_same(a, b):
    assert a.keys() == b.keys()
    assert all(torch.equal(a[name], b[name]) for name in a)


def distilled(recipe, *killed_at):
    """The folder of a run killed after those steps and, each time, resumed; without the mesh at the end."""
    folder = create(recipe)
    for step in (*killed_at, recipe.stages[-1].optim.steps):
        drain(run(recipe, folder), until=step)
    return folder


@pytest.fixture(scope="module")
def straight(prior, tmp_path_factory):
    """What a run ends with that nothing interrupted."""
    return parameters(distilled(make_recipe(prior, tmp_path_factory.mktemp("straight"))))


def test_a_run_leaves_an_asset_a_page_and_a_record(recipe):
    folder = create(recipe)
    drain(run(recipe, folder))
    names = {path.name for path in folder.iterdir()}
    assert {"asset.glb", "contact.png", "index.html", "run.json", "recipe.yaml", "history.jsonl", "previews"} <= names
    record = json.loads((folder / "run.json").read_text())
    assert record["prompt"] == "a box" and record["metrics"]["triangles"] > 0
    assert 0 < record["metrics"]["silhouette_iou"] <= 1


def test_the_same_seed_gives_the_same_parameters_and_another_one_others(recipe, straight):
    assert_same(straight, parameters(distilled(recipe)))
    assert not torch.equal(straight["scene.table"], parameters(distilled(replace(recipe, seed=1)))["scene.table"])


@pytest.mark.parametrize("killed_at", [(1,), (3, 7, 11)])
def test_a_killed_and_resumed_run_ends_bit_for_bit_as_the_uninterrupted_one(recipe, straight, killed_at):
    folder = distilled(recipe, *killed_at)
    assert_same(straight, parameters(folder))
    steps = [json.loads(line)["step"] for line in (folder / "history.jsonl").read_text().splitlines()]
    assert steps == sorted(set(steps)), "a resumed run repeats or drops lines of its history"


def test_work_since_the_last_checkpoint_is_done_again_and_comes_out_the_same(recipe, straight):
    folder = create(recipe)
    drain(run(recipe, folder), until=2)
    drain(run(replace(recipe, checkpoint_seconds=1e6), folder), until=6)
    assert checkpoint.read(folder / "checkpoints")[1]["step"] == 2
    drain(run(recipe, folder), until=STEPS)
    assert_same(straight, parameters(folder))


def test_ctrl_c_saves_before_it_stops(recipe, straight):
    folder = create(recipe)
    with pytest.raises(KeyboardInterrupt):
        for report in run(replace(recipe, checkpoint_seconds=1e6), folder):
            if report.note is None and report.step == 6:
                signal.raise_signal(signal.SIGINT)
    assert checkpoint.read(folder / "checkpoints")[1]["step"] == 7
    drain(run(recipe, folder), until=STEPS)
    assert_same(straight, parameters(folder))


def test_ctrl_c_is_answered_at_once_and_a_second_one_stops_with_the_checkpoint_whole(recipe, straight):
    folder, told = create(recipe), []
    signal.signal(signal.SIGINT, signal.default_int_handler)            # ignored in what a shell runs in the background

    def tell(text):
        told.append(text)
        if text == ANSWER:
            signal.raise_signal(signal.SIGINT)                          # before the step that was asked to end has ended

    with pytest.raises(KeyboardInterrupt):
        for report in run(recipe, folder, tell=tell):
            if report.note is None and report.step == 6:
                signal.raise_signal(signal.SIGINT)
    assert told == [f"loading the prior {recipe.prior}", "drawing the reference, the clearest of 4", ANSWER]
    assert checkpoint.read(folder / "checkpoints")[1]["step"] == 6
    drain(run(recipe, folder), until=STEPS)
    assert_same(straight, parameters(folder))


def test_ctrl_c_between_the_steps_stops_at_once(recipe, monkeypatch):
    folder, done = create(recipe), []
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def finish(work):
        signal.raise_signal(signal.SIGINT)
        done.append("more")
        yield work.note("the asset")

    monkeypatch.setattr("dreamgen.run.finish", finish)
    with pytest.raises(KeyboardInterrupt):
        drain(run(recipe, folder))
    assert not done and checkpoint.read(folder / "checkpoints")[1]["step"] == STEPS


def test_candidates_are_judged_and_the_best_goes_on_from_where_it_was(recipe):
    several = replace(recipe, candidates=3, candidate_steps=0.25)
    folder = distilled(several)
    _, position = checkpoint.read(folder / "checkpoints")
    assert set(position["scores"]) == {"0", "1", "2"} and position["chosen"]
    best = int(max(position["scores"], key=position["scores"].get))
    assert position["seed"] == best
    assert_same(parameters(distilled(replace(recipe, seed=best))), parameters(folder))


def test_a_kill_among_the_candidates_changes_nothing(recipe):
    several = replace(recipe, candidates=2, candidate_steps=0.5)
    assert_same(parameters(distilled(several)), parameters(distilled(several, 4, 8)))


@pytest.mark.parametrize("fault", ["empty", "full", "not a number"])
def test_a_dead_seed_is_named_and_the_next_one_tried(recipe, monkeypatch, fault):
    monkeypatch.setattr(health, "PATIENCE", 3)
    real = health.measure

    def measured(render):
        values = real(render)
        if alive["seed"] == 0:
            values[0] = {"empty": 0.0, "full": 1.0}.get(fault, values[0])
        return values

    alive = {"seed": 0}
    monkeypatch.setattr(health, "measure", measured)
    if fault == "not a number":
        look = health.Health.look
        monkeypatch.setattr(health.Health, "look",
                            lambda self, render, loss, failure_hints: look(
                                self, render, loss * (float("nan") if alive["seed"] == 0 and self.steps > 2 else 1),
                                failure_hints))
    reports = run(recipe, create(recipe))
    for report in reports:
        alive["seed"] = report.seed
        if report.note and "died" in report.note:
            assert fault in report.note and "trying seed 1" in report.note
        if report.note is None and report.step == STEPS:
            break
    assert report.seed == 1


def test_a_run_that_dies_every_time_ends_in_one_sentence(recipe, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 2)
    monkeypatch.setattr(health, "measure", lambda render: torch.tensor([0.0, 1.0, 0.0]))
    stubborn = replace(recipe, retries=1)
    folder = create(stubborn)
    with pytest.raises(RunError, match="empty.*seed 1, the last of 2"):
        drain(run(stubborn, folder))
    assert not (folder / "asset.glb").exists()


def test_what_can_make_no_step_is_refused_before_the_run_begins(recipe):
    with pytest.raises(RunError, match="^preflight: stage 1: not a number"), begun(recipe) as folder:
        drain(run(replace(recipe, stages=[replace(recipe.stages[0], regularizers={"entropy": Ramp(1e38, 1e38)})]), folder))
    assert not folder.exists()


def test_a_second_stage_starts_from_the_first(recipe):
    stage = recipe.stages[0]
    two = replace(recipe, stages=[stage, replace(stage, optim=Optim(steps=3, lr=1e-12))])
    reports = drain(run(two, create(two)), until=None)
    ends = [report.coverage for report in reports if report.note is None and report.step in (STEPS, 1)]
    assert [report.stage for report in reports if report.note is None].count(1) == 3
    assert ends[-1] == pytest.approx(ends[-2], rel=0.5)


def test_a_checkpoint_of_another_recipe_is_refused(recipe):
    folder = create(recipe)
    drain(run(recipe, folder), until=3)
    other = replace(recipe, stages=[replace(recipe.stages[0], scene=replace(SCENE, hidden=16))])
    with pytest.raises(CheckpointError, match="not of this recipe"):
        drain(run(other, folder))


def test_a_damaged_newest_checkpoint_falls_back_to_the_one_before(recipe, straight):
    folder = create(recipe)
    drain(run(recipe, folder), until=6)
    newest, _ = checkpoint.found(folder / "checkpoints")
    newest.write_bytes(newest.read_bytes()[:100])
    with pytest.warns(UserWarning, match=rf"{newest.name}: not a checkpoint .*; going on from .*, the one before$"):
        drain(run(recipe, folder), until=STEPS)
    assert_same(straight, parameters(folder))


@pytest.mark.slow
def test_kill_9_at_ten_random_moments(recipe, straight):
    folder = create(recipe)
    moments = random.Random(0)
    command = [sys.executable, "-m", "dreamgen", "resume", str(folder)]
    for _ in range(10):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(4, 14))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert_same(straight, parameters(folder))
