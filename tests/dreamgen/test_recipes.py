"""Every paper's recipe runs: its bundled preset on the bundled family, its own numbers on a tiny one of its family."""

import warnings

import pytest

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.recipes.load import load, presets, recipes
from dreamgen.recipes.registry import kind_of
from dreamgen.run import step
from dreamgen.state.preview import render
from dreamgen.state.state import Work
from guidance.priors.loading.registry import ENTRIES
from renderers import color_fit, lit_points
from renderers.sheet import upright
from tests.dreamgen.solids import box
from tests.guidance.pipelines import save
from tests.tiny import make_prior

PAPERS = ("asd", "castex", "csd", "dreamfusion", "dreamgaussian", "fantasia3d", "gaussiandreamer", "gsgen", "hifa", "latent-nerf",
          "lucid", "luciddreamer", "magic3d", "mvdream", "nfsd", "prolificdreamer", "rfds", "sdi", "sds-bridge", "sjc",
          "svgdreamer", "vectorfusion")
TINY = {"if": "deepfloyd", "sd14": "sd15", "sd15": "sd15", "sd21": "sd21", "sd21-base": "sd15",
        "sd3": "sd3"}      # pipelines' MAKERS
SMALL = {"nerf": dict(levels=3, base=4, finest=16, log2_table=8, hidden=8, samples=16, cells=8), "svg": dict(paths=3),
         "image": dict(size=8), "mesh": dict(cells=8, levels=3, base=4, finest=16, log2_table=8, hidden=8),
         "gaussians": dict(cap=420, count=400), "texture": dict(texels=16)}
OTHERS = [(name, preset) for name in PAPERS for preset in presets(name) if preset != "bundled"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """family -> the folder of a tiny prior."""
    known = {}

    def get(family):
        if family not in known:
            folder = tmp_path_factory.mktemp("priors") / family
            known[family] = make_prior(folder) if family == "bundled" else folder
            if family != "bundled":
                save(family, folder)
        return known[family]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DREAMGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield get


@pytest.fixture(autouse=True)
def coarse(monkeypatch):
    """A stage that follows one of another kind looks for its surface in few voxels, and fits colors for few steps."""
    monkeypatch.setattr(lit_points, "VOXELS", 24)
    monkeypatch.setattr(color_fit, "STEPS", 5)


def small(name, prior, tmp_path, *words):
    """The recipe, its method and cameras as they are, but tiny pictures of a tiny scene."""
    recipe = load(name, ["prompt=a red apple", f"prior={prior}", *words])
    words = [*words, "prompt=a red apple", f"prior={prior}", "precision=float32", "device=cpu", f"out={tmp_path}"]
    for i, stage in enumerate(recipe.stages):
        words += [f"stages.{i}.scene.{key}={value}" for key, value in SMALL[kind_of(stage.scene)].items()]
        words += [f"stages.{i}.cameras.size=8", f"stages.{i}.optim.steps=2"]
        if kind_of(stage.scene) == "texture":
            (tmp_path / "thing.glb").write_bytes(formats.write(box(), ["glb"], "thing")["thing.glb"])
            words += [f"stages.{i}.scene.mesh={tmp_path / 'thing.glb'}"]
    return load(name, [*words, "start.pictures=0"])      # an untrained prior may draw nothing to trace


def run_two_steps(recipe, tmp_path):
    work = Work(recipe, tmp_path)
    while True:
        before = [p.detach().clone() for p in work.scene.parameters()]
        for work.position.step in range(2):
            assert step(work).gradient > 0
        assert any((a != b).any() for a, b in zip(before, work.scene.parameters(), strict=True))
        if work.position.stage + 1 == len(recipe.stages):
            break
        work.advance()


@pytest.mark.parametrize("name", PAPERS)
def test_the_bundled_preset_runs_on_the_bundled_family(name, folders, tmp_path):
    assert load(name, ["prompt=x", "preset=bundled"]).prior == "bundled"
    run_two_steps(small(name, folders("bundled"), tmp_path, "preset=bundled"), tmp_path)


@pytest.mark.parametrize("name", PAPERS)
def test_the_papers_numbers_run_on_a_tiny_pipeline_of_the_papers_family(name, folders, tmp_path):
    prior = load(name, ["prompt=x"]).prior
    assert prior in ENTRIES, "a paper's recipe names a prior of the world"
    run_two_steps(small(name, folders(TINY[prior]), tmp_path), tmp_path)


@pytest.mark.parametrize("preset", ["draft", "standard", "quality"])
def test_gaussians_begin_with_the_stage_with_which_a_mesh_does(preset):
    """The recipes are two files, and a stage that is tuned in one of them belongs in the other."""
    mesh, gaussians = (load(name, ["prompt=a cat", f"preset={preset}"]).stages[0] for name in ("text-to-3d", "text-to-gaussians"))
    assert mesh == gaussians


@pytest.mark.filterwarnings("ignore:idu. the prior")
def test_our_own_recipe_of_gaussians_runs(folders, tmp_path):
    run_two_steps(small("text-to-gaussians", folders("bundled"), tmp_path, "preset=draft"), tmp_path)


@pytest.mark.parametrize("name, preset", OTHERS)
def test_every_other_preset_of_a_paper_is_a_whole_recipe(name, preset):
    assert load(name, ["prompt=x", f"preset={preset}"]).stages


@pytest.mark.parametrize("name", PAPERS)
def test_a_recipe_says_its_paper_in_the_line_that_is_listed_and_what_is_not_as_there(name):
    first, *header = recipes()[name].read_text(encoding="utf-8").splitlines()
    assert "arXiv:" in first and "bundled" in first and len(first) <= 132
    assert any(line.startswith("#   dreamgen run") for line in header)
    said = " ".join(line.lstrip("# ") for line in header if line.startswith("#"))
    assert "Not as there" in said or "no official code" in said


def test_a_picture_may_be_latents_of_a_prior_that_has_them_and_of_no_other(folders, tmp_path):
    latents = ["stages.0.scene.latent=4", "stages.0.scene.pyramid=1"]
    recipe = small("text-to-image", folders("sd15"), tmp_path, *latents)
    run_two_steps(recipe, tmp_path)
    seen = render(Work(recipe, tmp_path), upright((8, 8)))
    assert seen.rgb.shape[-1] == 3 and seen.rgb.shape[1] > 8, "previews are decoded"
    with pytest.raises(ConfigError, match="scene.latent: the prior .* works on pixels, latent: 0, got 4"):
        Work(small("text-to-image", folders("bundled"), tmp_path, *latents), tmp_path)


def test_another_method_drops_what_it_does_not_have_and_says_so():
    csd = ["prompt=a fox", "stages.0.guidance.kind=csd", "stages.1.guidance.kind=csd"]
    with pytest.warns(UserWarning, match=r"^stages\.0\.guidance: csd has no guidance_scale, .* is left out$"):
        recipe = load("text-to-3d", csd)
    assert [kind_of(stage.guidance) for stage in recipe.stages] == ["csd", "csd"]
    with pytest.raises(ConfigError, match=r"guidance\.guidance_scale: no such key"), warnings.catch_warnings(action="ignore"):
        load("text-to-3d", ["stages.0.guidance.guidance_scale=3", *csd])         # what was typed is no default of anybody's
