"""One run on two processes: the loss of all views, one folder, and the end of all when one dies."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from dreamgen.cameras import View
from dreamgen.errors import ConfigError
from dreamgen.recipes.load import load
from dreamgen.state.ranks import ALONE, Ranks
from guidance.methods.vsd import Fit, Fits
from renderers.camera import ring
from renderers.draws import per_view, portion
from tests.tiny import make_prior

ROOT = Path(__file__).parents[2]
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node"]
NERF = ["stages.0.scene={kind: nerf, levels: 3, finest: 32, log2_table: 9, hidden: 8, samples: 24, cells: 12, normals: all}",
        "stages.0.cameras={kind: orbit, views: 4, size: 12}"]
SVG = ["stages.0.scene={kind: svg, style: iconography, paths: 6}",
       "stages.0.cameras={kind: flat, views: 4, size: 24, tilted: 0.5, crop: 0.8}"]
CASES = {"nerf": ("text-to-nerf", [*NERF, "stages.0.guidance={kind: sds, strength: 0.05}",
                                "stages.0.regularizers={entropy: 0.1, orient: 0.1}"]),
         "svg": ("text-to-svg", [*SVG, "start.pictures=0", "stages.0.guidance={kind: sds, strength: 0.05}"]),
         "vsd": ("text-to-nerf", [*NERF, "stages.0.guidance={kind: vsd, lr: 0.01, adapt: all}", "stages.0.regularizers={}"])}
STEPS = """
import sys; sys.path.insert(0, sys.argv[1])
import json
from pathlib import Path
import torch
from dreamgen.recipes import folders
from dreamgen.recipes.load import load
from dreamgen.run import step
from dreamgen.state.ranks import ALONE, joined
from dreamgen.state.state import Work
from tests.dreamgen.test_ranks import CASES
torch.set_num_threads(1)
together, out = joined(), Path(sys.argv[3])
for name, ranks in [(name, ranks) for name in CASES for ranks in ([ALONE] if together.first else []) + [together]]:
    recipe, words = CASES[name]
    made = load(recipe, [f"prior={sys.argv[2]}", "prompt=a box", "precision=float32", *words])
    made.stages = made.stages[:1]
    folder = out / f"{name}-{ranks.count}-{ranks.rank}"
    folder.mkdir(parents=True)
    work = Work(ranks.fitted(made), folder, ranks=ranks)
    reports, pulled = [], []
    def after(*how, scene=work.scene, own=work.scene.after_step):       # which looks at the picture's gradient
        pulled.extend([scene.pull.grad.clone()] if getattr(scene, "pull", None) is not None else [])
        own(*how)
    work.scene.after_step = after
    for _ in range(2):
        report = step(work)
        work.position.step += 1
        reports.append(report.gradient)
        if len(reports) == 1:
            first = {k: p.grad.clone() for k, p in work.scene.named_parameters() if p.grad is not None}
            first |= {"pull": pulled[0]} if pulled else {}
            if getattr(work.method, "optimizer", None):
                first |= {f"student.{k}": p.grad.clone() for k, p in work.method.student.weights.items()}
    ranks.check_alike(work.scene, 2)
    torch.save({"gradients": first, "norms": reports}, folder / "first.pt")
"""


def torchrun(count: int, *words: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run([*TORCHRUN, str(count), *words], cwd=cwd, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"})


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture(scope="module")
def both(prior, tmp_path_factory):
    """What one process and two make of the first steps, by case and process."""
    out = tmp_path_factory.mktemp("steps")
    (out / "steps.py").write_text(STEPS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "steps.py", str(ROOT), str(prior), str(out)]
    started = [subprocess.Popen(command, cwd=out, env=env | {"RANK": rank, "LOCAL_RANK": rank}, stderr=subprocess.PIPE, text=True)
               for rank in "01"]
    for one in started:
        _, said = one.communicate()
        assert one.returncode == 0, said
    return {name: [torch.load(out / f"{name}-{where}" / "first.pt", weights_only=True) for where in ("1-0", "2-0", "2-1")]
            for name in CASES}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", CASES)
def test_two_processes_have_the_gradient_of_one_with_all_views(both, name):
    one, first, second = both[name]
    assert one["gradients"].keys() == first["gradients"].keys() and len(one["gradients"]) >= 2
    for key, want in one["gradients"].items():
        torch.testing.assert_close(first["gradients"][key], want, rtol=2e-3, atol=float(2e-5 * want.abs().max()),
                                   msg=lambda said, key=key: f"{key}: {said}")
        assert first["gradients"][key].equal(second["gradients"][key]), f"{key}: the processes differ"
    assert first["norms"] == second["norms"] and first["norms"][0] == pytest.approx(one["norms"][0], rel=1e-3)
    assert any(want.abs().max() > 0 for want in one["gradients"].values())
    if name == "vsd":
        assert any(key.startswith("student.") and want.abs().max() > 0 for key, want in one["gradients"].items())
    if name == "svg":
        assert "pull" in one["gradients"]


def words(prior: Path, out: Path, steps: int) -> list[str]:
    return ["run", "text-to-image", "prompt=a box", f"prior={prior}", f"out={out}", "previews=1", "checkpoint_seconds=0.01",
            "stages.0.scene={kind: image, size: 8, pyramid: 1}", "stages.0.cameras={kind: flat, size: 8, views: 2}",
            f"stages.0.optim.steps={steps}"]


@pytest.mark.timeout(900)
def test_a_run_of_two_processes_leaves_one_folder_and_one_that_dies_ends_both_with_a_whole_checkpoint(prior, tmp_path):
    command = [*TORCHRUN, "2", "--monitor-interval", "3", "-m", "dreamgen", *words(prior, tmp_path / "runs", 100_000)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    started = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    folder = Path(started.stdout.readline().strip())
    until = time.monotonic() + 300
    while not list((folder / "checkpoints").glob("*.safetensors")):
        assert time.monotonic() < until and started.poll() is None
        time.sleep(0.1)
    [follower] = [pid for pid in children(started.pid) if b"\0RANK=1\0" in b"\0" + Path(f"/proc/{pid}/environ").read_bytes()]
    os.kill(follower, signal.SIGKILL)
    _, said = started.communicate(timeout=300)
    assert started.returncode != 0
    [line] = [line for line in said.splitlines() if line.startswith("dreamgen: ")]
    assert line.startswith("dreamgen: process 0 of 2: another process of the run has died (")
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [folder.name]
    # the same folder goes on, in one process or in two, and ends with an asset
    recipe = folder / "recipe.yaml"
    step = json.loads(newest(folder))["step"]
    assert step > 0
    recipe.write_text(recipe.read_text().replace("steps: 100000", f"steps: {step + 3}"))
    done = torchrun(2, "-m", "dreamgen", "resume", str(folder), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(folder)] and (folder / "asset.png").is_file()
    assert json.loads((folder / "history.jsonl").read_text().splitlines()[-1])["step"] == step + 3


def newest(folder: Path) -> str:
    from safetensors import safe_open
    path = max((folder / "checkpoints").glob("[0-9]*-[0-9]*.safetensors"), key=lambda path: path.stat().st_mtime_ns)
    with safe_open(path, "pt") as file:
        return file.metadata()["position"]


def children(pid: int) -> list[int]:
    return [int(word) for path in Path(f"/proc/{pid}/task").glob("*/children") for word in path.read_text().split()]


def test_a_share_of_draws_is_rows_of_the_whole():
    whole = per_view(torch.Generator().manual_seed(7), 6, 2)
    parts = [per_view(portion(torch.Generator().manual_seed(7), rank, 3), 2, 2) for rank in range(3)]
    assert torch.cat(parts).equal(whole)
    normal = per_view(torch.Generator().manual_seed(7), 4, draw=torch.randn)
    assert per_view(portion(torch.Generator().manual_seed(7), 1, 2), 2, draw=torch.randn).equal(normal[2:])


def test_a_share_of_views_and_of_what_is_drawn_for_them():
    second, B = Ranks(1, 2), 4
    view = View(ring(B, (8, 8)), torch.arange(4.0), torch.arange(4.0))
    mine = second.view(view)
    assert mine.azimuth.tolist() == [2, 3] and mine.camera.c2w.equal(view.camera.c2w[2:]) and ALONE.view(view) is view
    fits = Fits(0.5, fits=(Fit(torch.arange(4), torch.zeros(4, 1), torch.ones(4, 1)),))
    sliced = second.mine(fits, B)
    assert sliced.fits[0].t.tolist() == [2, 3] and sliced.progress == 0.5 and sliced.level is None
    assert second.mine(torch.zeros(3), B).shape == (3,), "of another length: not of the views"


@pytest.mark.parametrize("count, change, says", [
    (3, [], r"stages.0.cameras.views: need a multiple of 3, for 3 processes, got 4"),
    (2, ["stages.0.scene.particles=2", "stages.1.scene.particles=2"],
     "stages.0.scene.particles: need 1 on several processes, got 2"),
    (2, ["stages.0.guidance={kind: mvsds}"], r"need a multiple of 8, for 2 processes, got 4"),
])
def test_what_cannot_be_divided_is_said_in_one_line(count, change, says):
    with pytest.raises(ConfigError, match=says):
        Ranks(0, count).fitted(load("text-to-nerf", ["prompt=x", *change]))
    assert ALONE.fitted(load("text-to-nerf", ["prompt=x", *change]))
