"""A weight of a regularizer that a scene, as it is set, does not have: refused where somebody gave it, else left out."""

import warnings

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes.load import load, presets, recipes
from guidance.ramp import Ramp

OWN = """\
prompt: a fox
stages:
- scene: {kind: svg, style: STYLE}
  guidance: {kind: sds}
  regularizers: {bend: 0.1, entropy: 1}
"""
STYLE, BEND = "stages.0.scene.style", "stages.0.regularizers.bend"


@pytest.fixture
def own(tmp_path):
    """The path of a user's own recipe in the style of that name."""
    def write(style):
        (tmp_path / "own.yaml").write_text(OWN.replace("STYLE", style))
        return tmp_path / "own.yaml"
    return write


@pytest.mark.parametrize("recipe, words, said", [
    ("text-to-svg", [f"{STYLE}=painting", f"{BEND}=0.02"], f"{BEND}: need 0 with style: painting, got 0.02; have xing,"),
    ("text-to-svg", ["stages.0.scene.hold=false", f"{BEND}=0.02"], f"{BEND}: need 0 with hold: false, got 0.02; have xing"),
    ("text-to-nerf", ["stages.0.regularizers.orient={start: 1, end: 10}"],
     "stages.0.regularizers.orient: need 0 with normals: shaded and shaded: 0, got 1 to 10; have opacity, entropy, z_variance"),
    ("text-to-nerf", ["stages.0.regularizers.orient=1", "stages.0.scene.shaded=1", "stages.0.scene.shaded_from=1"],
     "stages.0.regularizers.orient: need 0 with normals: shaded and shaded_from: 1, got 1; have"),
    ("text-to-3d", ["stages.1.regularizers.deviation=0.2"],
     "stages.1.regularizers.deviation: need 0 with surface: tetrahedra, got 0.2; have normal, laplacian, sign, eikonal"),
    ("text-to-3d", ["stages.1.scene.shape=0", "stages.1.regularizers.normal=2"],
     "stages.1.regularizers.normal: need 0 with shape: 0, got 2; have none")])
def test_a_weight_that_was_given_is_refused(recipe, words, said):
    with pytest.raises(ConfigError) as error:
        load(recipe, ["prompt=a fox", *words])
    assert str(error.value).startswith(f"command line: {said}")


def test_a_recipe_of_ones_own_is_refused_with_its_line(own):
    for words in [], ["stages.0.scene.paths=8"]:        # another setting of the scene is not the reason
        with pytest.raises(ConfigError, match=r"own\.yaml:5: stages\.0\.regularizers\.bend: need 0 with style: pixel, got 0.1; "):
            load(own("pixel"), words)
    assert load(own("flat")).stages[0].regularizers["bend"] == Ramp(0.1, 0.1)


@pytest.mark.parametrize("words", [["stages.0.regularizers.orient=0"],
                                   ["stages.0.regularizers.orient=1", "stages.0.scene.normals=all"]])
def test_a_weight_of_0_and_one_that_the_scene_has_are_taken(words):
    assert "orient" in load("text-to-nerf", ["prompt=a fox", *words]).stages[0].regularizers


@pytest.mark.parametrize("style, left", [("sketch", {"xing", "bend"}), ("painting", {"xing"}), ("lowpoly", {"xing"}),
                                         ("pixel", set())])
def test_another_style_of_our_recipe_leaves_out_what_it_has_no_use_for_and_says_nothing(style, left):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert set(load("text-to-svg", ["prompt=a fox", f"{STYLE}={style}"]).stages[0].regularizers) == left


def test_another_style_of_ones_own_recipe_leaves_it_out_and_says_so(own):
    with pytest.warns(UserWarning, match=rf"^{BEND}: there is none with style: pixel; what the recipe says is left out$"):
        assert set(load(own("flat"), [f"{STYLE}=pixel"]).stages[0].regularizers) == {"entropy"}


def test_a_run_that_began_with_such_a_weight_goes_on_and_every_command_is_silent(own):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert set(load(own("pixel"), begun=True).stages[0].regularizers) == {"entropy"}


@pytest.mark.parametrize("name", recipes())
def test_no_recipe_of_ours_has_such_a_weight(name):
    for preset in [None, *presets(name)]:
        load(name, ["prompt=a fox", *([f"preset={preset}"] if preset else [])])          # would be refused
