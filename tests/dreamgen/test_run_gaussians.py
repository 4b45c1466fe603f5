"""Runs whose number of parameters changes: from a NeRF to Gaussians, killed around a change, and to files."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from dreamgen.cameras.orbit import Config as Cameras
from dreamgen.errors import RunError
from dreamgen.export.splats import Config as Export
from dreamgen.io import checkpoint
from dreamgen.recipes.folders import create
from dreamgen.recipes.recipe import Optim, Recipe, Stage
from dreamgen.run import run
from guidance.methods.sds import Config as SDS
from renderers.scenes.gaussians import GAUSSIANS as GAUSSIANS_SCENE
from renderers.scenes.gaussians import Config as Gaussians
from renderers.scenes.nerf import Config as NeRF
from renderers.threads import set_threads
from tests.tiny import make_prior

ROOT = Path(__file__).parents[2]
STEPS, EVERY, COUNT = 10, 3, 60
NERF = NeRF(levels=3, finest=32, log2_table=9, hidden=8, samples=24, cells=12, refresh=3, blob=40)
GAUSSIANS = Gaussians(count=COUNT, cap=100, every=EVERY, begin=0, finish=1, split=0.2)
KILL = """
import os, signal, sys
from pathlib import Path
from dreamgen.recipes import folders
from dreamgen.run import run
from renderers.threads import set_threads
set_threads(int(sys.argv[3]))
folder, step = Path(sys.argv[1]), int(sys.argv[2])
for report in run(folders.recipe(folder), folder):
    if report.note is None and (report.stage, report.step) == (1, step):
        os.kill(os.getpid(), signal.SIGKILL)
"""


def recipe(out, prior, **settings):
    stages = [Stage(scene, SDS(strength=0.05), Cameras(views=6, size=16), Optim(steps=steps, lr=0.01), {})
              for scene, steps in ((NERF, 2), (GAUSSIANS, STEPS))]
    return Recipe("a box", prior=str(prior), stages=stages, out=str(out / "runs"), checkpoint_seconds=1e-6,
                  precision="float32", previews=0, preflight=False,
                  export=Export(triangles=300, texture=64, resolution=24, turntable=0), **settings)


@pytest.fixture(scope="module", params=(1, 2), ids=("one thread", "two threads"))
def threads(request):
    """Round Gaussians' quaternions follow rounding errors alone, so any difference becomes a whole step of Adam."""
    before = torch.get_num_threads()
    set_threads(request.param)
    yield request.param
    set_threads(before)


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


def drained(made, folder):
    """To the last step, without the files at the end."""
    reports = run(made, folder)
    for report in reports:
        if report.note is None and (report.stage, report.step) == (1, STEPS):
            reports.close()
            break


def parameters(folder):
    tensors, position = checkpoint.read(folder / "checkpoints")
    assert (position["stage"], position["step"]) == (1, STEPS)
    return {name: tensor for name, tensor in tensors.items() if name.startswith(("scene.", "optim."))}


@pytest.fixture(scope="module")
def straight(prior, threads, tmp_path_factory):
    """What a run ends with that nothing interrupted."""
    made = recipe(tmp_path_factory.mktemp("straight"), prior)
    folder = create(made)
    drained(made, folder)
    return parameters(folder)


def test_the_number_changes_and_the_moments_with_it(straight):
    N = len(straight["scene.positions"])
    assert COUNT < N <= 100
    assert all(len(tensor) == N for name, tensor in straight.items() if tensor.ndim and name.startswith("optim."))


@pytest.mark.parametrize("killed_at", (EVERY - 1, EVERY, EVERY + 1))
def test_kill_9_around_a_change_of_number_resumes_bit_for_bit(prior, straight, threads, tmp_path, killed_at):
    made = recipe(tmp_path, prior)
    folder = create(made)
    child = subprocess.run([sys.executable, "-c", KILL, str(folder), str(killed_at), str(threads)], cwd=ROOT, capture_output=True,
                           env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    drained(made, folder)
    ended = parameters(folder)
    assert ended.keys() == straight.keys()
    assert all(torch.equal(ended[name], straight[name]) for name in straight)


def test_a_failure_that_the_scene_names_ends_the_attempt(prior, tmp_path, monkeypatch):
    made = recipe(tmp_path, prior, retries=1)
    monkeypatch.setattr(GAUSSIANS_SCENE, "failure", lambda self: "dead: none is left; lower it" if self.views.any() else None)
    folder, notes = create(made), []
    with pytest.raises(RunError, match=r"step 0: dead: none is left; lower it; that was seed 1, the last of 2"):
        for report in run(made, folder):
            notes += [report.note] if report.note else []
    assert any("seed 0 died at step 0: dead: none is left; lower it; trying seed 1" in note for note in notes)


def test_a_run_leaves_splats_and_a_mesh(prior, tmp_path):
    made = recipe(tmp_path, prior)
    folder = create(made)
    notes = [report.note for report in run(made, folder) if report.note]
    assert Path(notes[-1]).suffix == ".ply" and Path(notes[-1]).is_file()
    assert {"asset.glb", "asset-mesh.glb", "contact.png"} <= {path.name for path in folder.iterdir()}
