"""A step of each kind of scene on a GPU: the gradient of the same step on the CPU, whose draws are the same.

The CPU's step is by the definitions: on a machine that is new, numba would compile its kernels for longer than the rest takes.
What of this has run on a GPU is in docs/gpu.md.
"""

from dataclasses import replace

import pytest

from dreamgen.recipes.registry import kind_of
from dreamgen.run import step
from dreamgen.state.state import Work
from renderers.ops._dispatch import VARIABLE
from tests.dreamgen.test_recipes import small
from tests.tiny import make_prior

pytestmark = pytest.mark.gpu
DEVICE = "cuda"
NEAR = 0.05             # of a step's gradient, relative: float32 in another order, TF32 in convolutions


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.mark.parametrize(("recipe", "preset", "kind"), [("text-to-3d", "draft", "nerf"), ("text-to-svg", "draft", "svg"),
                                                        ("fantasia3d", "bundled", "mesh")])
def test_a_step_is_that_of_the_cpu(recipe, preset, kind, folder, tmp_path, monkeypatch):
    reports = []
    for device, backend in (("cpu", "reference"), (DEVICE, "")):
        monkeypatch.setenv(VARIABLE, backend)
        work = Work(replace(small(recipe, folder, tmp_path, f"preset={preset}"), device=device), tmp_path)
        while kind_of(work.stage.scene) != kind:
            work.advance()
        work.position.step = 0
        before = [p.detach().clone() for p in work.scene.parameters()]
        reports.append(step(work))
        assert all(p.device.type == device for p in work.scene.parameters())
        assert any((a != b).any() for a, b in zip(before, work.scene.parameters(), strict=True))
    cpu, gpu = reports
    assert cpu.gradient > 0 and abs(gpu.gradient - cpu.gradient) < NEAR * cpu.gradient
