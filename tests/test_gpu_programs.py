"""Every recipe on a pretended GPU: no device fault, and a bounded number of waits a step.

On CUDA each wait, for a number that the CPU reads or a copy from the host, empties the queue of kernels. ``MOST`` is what one
step has today, (syncs, copies); a change may lower it.
"""

import pytest
from pretended_gpu import DEVICE, on_gpu, pretended

from dreamgen.recipes.load import recipes
from dreamgen.recipes.registry import kind_of
from dreamgen.run import step
from dreamgen.state import build
from dreamgen.state.state import Work
from guidance import priors
from renderers.particles import each
from renderers.surface_terms import FIRST
from tests.dreamgen.test_recipes import SMALL, coarse, small  # noqa: F401  (a fixture)
from tests.tiny import make_prior

PRESET = {"text-to-3d": "draft", "text-to-nerf": "draft", "text-to-image": "sds", "text-to-svg": "draft",
          "text-to-gaussians": "draft"}                                                 # else "bundled"
MOST = {"nerf": (5, 14), "mesh": (49, 17), "image": (4, 6), "svg": (36, 22), "gaussians": (22, 29)}        # by kind of scene
OTHERS = ("castex", "texture",                                  # begin from a file
          "dreamgaussian", "gaussiandreamer", "luciddreamer", "text-to-gaussians-sds")      # stages of kinds that others have
RECIPES = [name for name in sorted(recipes()) if name not in OTHERS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture
def gpu(monkeypatch):
    monkeypatch.setattr(build, "device", lambda name: DEVICE)
    with pretended() as mode:
        yield mode


@pytest.mark.parametrize("name", RECIPES)
def test_a_step_has_no_device_fault_and_waits_as_often_as_is_known(name, folder, gpu, tmp_path):
    recipe = small(name, folder, tmp_path, f"preset={PRESET.get(name, 'bundled')}")
    for stage in recipe.stages:
        if kind_of(stage.scene) == "gaussians":
            stage.scene.every = 1               # their number changes in these two steps
    prior = priors.load(folder, "cpu", "float32")
    on_gpu(prior.network)
    work = Work(recipe, tmp_path, prior)
    while True:
        kind = kind_of(work.stage.scene)
        assert kind in SMALL
        for particle in each(work.scene):
            if kind == "mesh":
                particle.guided.fill_(FIRST)    # or its regularizers begin later
        for work.position.step in range(2):
            gpu.reset()
            assert step(work).gradient > 0
        syncs, copies = (count * work.stage.particles for count in MOST.get(kind, (0, 0)))      # each particle draws
        counted = sum(gpu.syncs.values()), sum(gpu.copies.values())
        assert kind not in MOST or counted[0] <= syncs and counted[1] <= copies, (
            counted, gpu.syncs.most_common(12), gpu.copies.most_common(12))
        if work.position.stage + 1 == len(recipe.stages):
            return
        work.advance()
