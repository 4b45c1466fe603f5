"""Settings that were renamed are read under their old names, as the same settings, with one line that says the new ones."""

import warnings

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes.load import dump, load
from guidance.ramp import Ramp

OLD = """
prompt: a fox
stages:
  - scene: {kind: image}
    guidance: {kind: vsd, scale: 4, fits: 3, unseen: 0.5}
presets:
  strong: {stages.0.guidance.scale: 20}
  whole: {stages.0.guidance: {scale: {start: 9, end: 3}}}
"""


@pytest.fixture
def recipe(tmp_path):
    (tmp_path / "old.yaml").write_text(OLD)
    return tmp_path / "old.yaml"


def guidance(*given):
    return load(*given).stages[0].guidance


def test_an_old_recipe_is_read_and_one_line_names_what_is_new(recipe):
    with pytest.warns(UserWarning) as said:
        cfg = guidance(recipe)
    assert (cfg.guidance_scale, cfg.lora_steps, cfg.pose_dropout) == (Ramp(4, 4), 3, 0.5)
    assert [str(each.message) for each in said] == ["guidance.fits is called lora_steps now; guidance.scale is called "
                                                    "guidance_scale now; guidance.unseen is called pose_dropout now"]


@pytest.mark.parametrize("words, scale", [
    (["preset=strong"], Ramp(20, 20)), (["preset=whole"], Ramp(9, 3)),
    (["stages.0.guidance.scale=5"], Ramp(5, 5)), (["stages.0.guidance.guidance_scale=6"], Ramp(6, 6)),
    (["preset=strong", "stages.0.guidance.guidance_scale=5", "stages.0.guidance.scale=7"], Ramp(7, 7)),
    (["preset=strong", "stages.0.guidance.scale=7", "stages.0.guidance.guidance_scale=5"], Ramp(5, 5)),
    (["stages.0.guidance.scale.end=2"], Ramp(4, 2)), (["stages.0.guidance={kind: sds, scale: 8}"], Ramp(8, 8))])
def test_what_comes_later_counts_under_whichever_name(recipe, words, scale):
    with pytest.warns(UserWarning, match="scale is called guidance_scale now"):
        assert guidance(recipe, words).guidance_scale == scale


def test_what_is_written_anew_has_the_new_names_and_gives_no_hint(recipe, tmp_path):
    with pytest.warns(UserWarning):
        text = dump(load(recipe))
    (tmp_path / "new.yaml").write_text(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert dump(load(tmp_path / "new.yaml")) == text and "guidance_scale: 4.0" in text


STAGE = "{kind: image}, guidance: {kind: vsd}, penalties: {variation: {start: 2, end: 3}}"


@pytest.mark.parametrize("words, weight", [
    ([], Ramp(2, 3)), (["stages.0.penalties.variation=5"], Ramp(5, 5)), (["stages.0.penalties.variation.end=5"], Ramp(2, 5)),
    (["stages.0.regularizers.variation=5"], Ramp(5, 5)), (["stages.0={scene: " + STAGE + "}"], Ramp(2, 3)),
    (["stages=[{scene: " + STAGE + "}]"], Ramp(2, 3))])
def test_weights_of_regularizers_are_read_under_their_old_name(tmp_path, words, weight):
    (tmp_path / "old.yaml").write_text("prompt: a fox\nstages:\n  - {scene: " + STAGE + "}\n")
    with pytest.warns(UserWarning, match="^penalties is called regularizers now$"):
        stage = load(tmp_path / "old.yaml", words).stages[0]
    assert stage.regularizers == {"variation": weight}


@pytest.mark.parametrize("cameras", ["{told: false}", "{kind: flat, told: false}"])
def test_a_drawings_cameras_are_read_under_their_old_name(tmp_path, cameras):
    (tmp_path / "old.yaml").write_text("prompt: a fox\nstages: [{scene: {kind: svg}, guidance: {kind: sds}, cameras: "
                                       + cameras + "}]\n")
    with pytest.warns(UserWarning, match="^cameras.told is called pose_conditioned now$"):
        assert load(tmp_path / "old.yaml").stages[0].cameras.pose_conditioned is False


def test_a_scene_that_names_its_regularizers_as_before_is_refused(tmp_path):
    (tmp_path / "mine.py").write_text("from dataclasses import dataclass\nPENALTIES = ('size',)\n@dataclass\nclass Config:\n"
                                      "    size: int = 1\nScene = None\n")
    with pytest.raises(ConfigError, match=r"mine\.py: PENALTIES is called REGULARIZERS now"):
        load("text-to-nerf", ["prompt=x", f"stages.0.scene.kind={tmp_path / 'mine.py'}"])


def test_a_setting_of_ones_own_keeps_its_name(recipe, tmp_path):
    (tmp_path / "mine.py").write_text("from dataclasses import dataclass\nfrom ._config import Guiding\n@dataclass\n"
                                      "class Config(Guiding):\n    scale: int = 1\nMethod = None\n")
    (tmp_path / "own.yaml").write_text("prompt: x\nstages: [{scene: {kind: image}, guidance: {kind: " + str(tmp_path / "mine.py")
                                       + ", scale: 5}}]\n")
    cfg = guidance(tmp_path / "own.yaml")
    assert cfg.scale == 5 and cfg.guidance_scale == Ramp(7.5, 7.5)


def test_a_method_without_guidance_still_has_no_such_key(recipe):
    with pytest.raises(ConfigError, match=r"guidance\.scale: no such key"):
        load("csd", ["prompt=x", "stages.0.guidance.scale=3"])
