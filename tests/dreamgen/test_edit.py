"""Stages that edit what the one before has made: DDS and PDS in the loop."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from dreamgen.errors import ConfigError
from dreamgen.io import checkpoint
from dreamgen.recipes import folders
from dreamgen.recipes.load import load
from dreamgen.run import run
from dreamgen.state import build, initial
from tests.dreamgen.test_run import assert_same, drain, parameters
from tests.tiny import make_prior


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


STAGE = ("  - {scene: {kind: image, size: 16}, cameras: {views: 2, size: 16}, optim: {steps: 4, lr: 0.05}, "
         "guidance: {kind: %s}}\n")


def make_recipe(prior, out, *more, kinds=("sds", "dds, source: a red box")):
    path = out / "edit.yaml"
    path.write_text("prompt: a green box\nexport: {kind: picture}\nstages:\n" + "".join(STAGE % kind for kind in kinds))
    words = [f"prior={prior}", f"out={out}", "precision=float32", "checkpoint_seconds=1e-6", "previews=0", *more]
    return load(path, words)


def distilled(recipe, *killed_at):
    folder = folders.create(recipe)
    for step in (*killed_at, None):
        drain_stage(run(recipe, folder), step)
    return folder


def drain_stage(reports, until):
    """All reports, or those up to ``until`` steps of the second stage."""
    if until is None:
        return drain(reports)
    for report in reports:
        if report.stage == 1 and report.note is None and report.step == until:
            reports.close()


@pytest.mark.parametrize("kind", ["dds", "pds"])
def test_an_edit_starts_from_the_stage_before_and_resumes_to_the_bit(prior, tmp_path, kind):
    recipe = make_recipe(prior, tmp_path, f"stages.1.guidance.kind={kind}")
    whole, killed = distilled(recipe), distilled(replace(recipe, out=str(tmp_path / "killed")), 2)
    assert_same(parameters(whole), parameters(killed))
    tensors, _ = checkpoint.read(whole / "checkpoints")
    scene, source = ({name.partition(".")[2]: value for name, value in tensors.items() if name.startswith(part)}
                     for part in ("scene.", "source."))
    assert scene.keys() == source.keys() and any(not torch.equal(scene[name], source[name]) for name in scene)


def test_under_its_own_words_nothing_is_edited(prior, tmp_path):
    recipe = make_recipe(prior, tmp_path, "stages.1.guidance.source=a green box", "prompts={view_words: false}")
    tensors, _ = checkpoint.read(distilled(recipe) / "checkpoints")
    assert all(torch.equal(value, tensors[name.replace("scene.", "source.")]) for name, value in tensors.items()
               if name.startswith("scene."))


def test_the_first_stage_edits_only_what_a_picture_gave_it(prior, tmp_path):
    alone = ["dds, source: a box"]
    with pytest.raises(ConfigError, match="put it in a later stage, or set start.pictures"):
        distilled(make_recipe(prior, tmp_path, kinds=alone))
    recipe = make_recipe(prior, tmp_path, "start={pictures: 1, steps: 2}", kinds=alone)
    tensors, _ = checkpoint.read(distilled(recipe) / "checkpoints")
    blank = build.scene(recipe.stages[0], recipe.seed, torch.device("cpu")).state_dict()
    assert all(not torch.equal(tensors[f"source.{name}"], value) for name, value in blank.items())


@pytest.mark.parametrize("kind, words", [("dds, source: a red box", "a red box"), ("dds", "a green box"), ("sds", "a green box")])
def test_the_pictures_that_are_edited_are_of_the_source(prior, tmp_path, kind, words):
    class Prior:
        resolution = 16

        def condition(self, prompts, *angles):
            asked.extend(prompts)
            return SimpleNamespace(expand=lambda B: None)

        def sample(self, *more):
            return torch.zeros(1, 4, 8, 8)

        def decode(self, x0):
            return x0.permute(0, 2, 3, 1).split((3, 1), -1)

    asked, recipe = [], make_recipe(prior, tmp_path, "start={pictures: 1, steps: 2}", kinds=[kind])
    work = SimpleNamespace(recipe=recipe, stage=recipe.stages[0], prior=Prior(), position=SimpleNamespace(seed=0))
    initial.sampled(work)
    assert asked == [words]
