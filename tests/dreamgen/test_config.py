"""A recipe is read as it was meant, or answered with one line that says where, what and what instead."""

from dataclasses import asdict
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamgen.errors import ConfigError
from dreamgen.recipes.load import dump, load, presets, recipes
from guidance.ramp import Ramp

RECIPE = """\
    prompt: a fox
    seed: 3
    stages:
      - scene:
          kind: nerf
          levels: 8
        guidance: {kind: sds, t_max: 0.9}
        optim:
          steps: 50
        regularizers:
          entropy: {start: 0, end: 1}
          z_variance: 0.01
    presets:
      draft:
        stages.0.optim.steps: 10
        export: {texture: 256}
      other: {seed: 5}
    """
HOSTILE = ["yes", "007", "???", "${x}", "a ${b", "null", "~", "- a", "{a: b}", "[1", "a=b=c", "a: b # c", "'",
           '"quoted"', "\\", "line\nline", "tab\t", "a\r\nb", "🦊 fox", "e\u0301", "a\u2028b", "a\x85b", "\x07",
           "x" * 2000, '/:*?"<>|', "&a", "*a", "!!python/name:os", " a ", "--", "%", "@", "`"]


@pytest.fixture
def write(tmp_path, monkeypatch):
    """A function that writes a recipe's text and returns its path, relative to the current folder."""
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> str:
        Path("r.yaml").write_text(dedent(text), encoding="utf-8")
        return "r.yaml"
    return write


def line(path: str, *overrides: str) -> str:
    """The one line that this recipe is answered with."""
    with pytest.raises(ConfigError) as error:
        load(path, list(overrides))
    assert "\n" not in str(error.value)
    return str(error.value)


def test_values_have_the_types_of_their_fields(write):
    recipe = load(write(RECIPE))
    stage = recipe.stages[0]
    assert (recipe.prompt, recipe.seed, stage.scene.levels, stage.optim.steps) == ("a fox", 3, 8, 50)
    assert stage.guidance.t_max == Ramp(0.9, 0.9)
    assert stage.regularizers == {"entropy": Ramp(0, 1), "z_variance": Ramp(0.01, 0.01)}
    assert stage.cameras.fov_deg == (40.0, 40.0) and isinstance(stage.optim.betas, tuple)


def test_the_command_line_beats_the_preset_and_the_preset_beats_the_file(write):
    recipe = load(write(RECIPE), ["preset=draft", "export.texture=128"])
    assert (recipe.stages[0].optim.steps, recipe.export.texture, recipe.seed) == (10, 128, 3)


def test_a_file_can_name_its_own_preset(write):
    path = write(RECIPE.replace("seed: 3", "preset: draft"))
    assert load(path).stages[0].optim.steps == 10
    assert load(path, ["preset=other"]).stages[0].optim.steps == 50


def test_overrides_may_be_yaml_where_a_list_or_a_map_is_wanted(write):
    recipe = load(write(RECIPE), [
        "export.formats=[glb, obj]", "stages.0.optim={steps: 7, lr: 1e-3}", "stages.0.cameras.fov_deg=[30, 50]",
        "stages.0.regularizers.opacity={start: 1, end: 2}"])
    assert recipe.export.formats == ["glb", "obj"]
    assert (recipe.stages[0].optim.steps, recipe.stages[0].optim.lr) == (7, 1e-3)
    assert recipe.stages[0].cameras.fov_deg == (30.0, 50.0)
    assert recipe.stages[0].regularizers["opacity"] == Ramp(1, 2)


def test_a_part_of_a_ramp_can_be_changed(write):
    before = load(write(RECIPE)).stages[0].guidance.t_min
    after = load("r.yaml", ["stages.0.guidance.t_min.start=0.2"]).stages[0].guidance.t_min
    assert after == Ramp(0.2, before.end, before.begin, before.finish)


@pytest.mark.parametrize("both", [["stages.0.guidance.t_max={start: 0.9, end: 0.4}"],
                                  ["stages.0.guidance.t_max.start=0.9", "stages.0.guidance.t_max.end=0.4",
                                   "stages.0.guidance.t_max.begin=0"]])
def test_a_ramp_of_two_ends_has_nothing_of_the_methods_own(write, both):
    path = write(RECIPE.replace("{kind: sds, t_max: 0.9}", "{kind: vsd}"))
    assert load(path).stages[0].guidance.t_max == Ramp(0.98, 0.5, 0.2, 0.2), "a hard switch"
    assert load(path, both).stages[0].guidance.t_max == Ramp(0.9, 0.4)


@pytest.mark.parametrize("words, ramp", [
    (["={start: 0.8, end: 0.3, finish: 0.5}", ".begin=0.2"], Ramp(0.8, 0.3, 0.2, 0.5)),
    (["={start: 0.8, end: 0.3}", ".end=0.4", ".end=0.5"], Ramp(0.8, 0.5)),
    ([".begin=0.2", "={start: 0.8, end: 0.3}"], Ramp(0.8, 0.3)),
    ([".end=0.4"], Ramp(0.9, 0.4)),
    (["=0.8", ".end=0.4", ".begin=0.5"], Ramp(0.8, 0.4, 0.5))])
def test_what_was_given_before_is_changed_in_part_by_what_comes_after(write, words, ramp):
    recipe = load(write(RECIPE), [f"stages.0.guidance.t_max{word}" for word in words])
    assert recipe.stages[0].guidance.t_max == ramp


def test_a_map_typed_as_one_word_is_changed_in_part_at_any_depth(write):
    words = ["stages.0.optim={steps: 7, lr: 1e-3}", "stages.0.optim.lr=1e-2", "export={texture: 64}",
             "export.formats=[glb, obj]", "stages.0.regularizers={entropy: 3}", "stages.0.regularizers.entropy.end=5"]
    recipe = load(write(RECIPE), words)
    assert (recipe.stages[0].optim.steps, recipe.stages[0].optim.lr) == (7, 1e-2)
    assert (recipe.export.texture, recipe.export.formats) == (64, ["glb", "obj"])
    assert recipe.stages[0].regularizers == {"entropy": Ramp(3, 5)}


@pytest.mark.parametrize("prompt", HOSTILE)
def test_a_prompt_on_the_command_line_stays_as_it_was_typed(write, prompt):
    assert load(write(RECIPE), [f"prompt={prompt}"]).prompt == prompt


def test_no_class_of_the_library_is_left_in_a_recipe(write):
    recipe = load(write(RECIPE), ["prompt=???", "prompts.negative=\\???", "stages.0.optim.steps=1e3"])
    assert {type(recipe.prompt), type(recipe.prompts.negative)} == {str} and type(recipe.stages[0].regularizers) is dict
    assert (recipe.prompts.negative, recipe.stages[0].optim.steps) == ("\\???", 1000)


@pytest.mark.parametrize("word", ["seed=${x}", "seed=???", "stages.0.scene.background=${prompt}",
                                  "export.formats=['${prompt}']", "stages.0.optim.betas=['${seed}', 1]"])
def test_a_value_is_never_a_reference_to_another(write, word):
    assert line(write(RECIPE), word).startswith(f"command line: {word.partition('=')[0]}: ")


@pytest.mark.parametrize("prompt", ["yes", "007", "???", "${x}", "1e3", "2026-11-21", "12:30", "0x1F"])
def test_a_plain_prompt_in_a_file_is_not_guessed_at(write, prompt):
    assert load(write(RECIPE.replace("a fox", prompt))).prompt == prompt


@settings(max_examples=40, deadline=None)
@given(prompt=st.text(st.characters(codec="utf-8")).filter(str.strip))
def test_a_dumped_prompt_reads_back_as_it_was(tmp_path_factory, prompt):
    recipe = load("text-to-image", [f"prompt={prompt}"])
    path = tmp_path_factory.mktemp("dump") / "recipe.yaml"
    path.write_text(dump(recipe), encoding="utf-8")
    assert load(path) == recipe


@pytest.mark.parametrize("name", ["text-to-3d", "text-to-svg"])
def test_a_dumped_recipe_reads_back_as_it_was(tmp_path, name):
    recipe = load(name, ["prompt=a fox", "preset=draft"])
    path = tmp_path / "recipe.yaml"
    path.write_text(dump(recipe), encoding="utf-8")
    assert load(path) == recipe


@pytest.mark.parametrize("name", recipes())
def test_every_preset_of_every_recipe_loads(name):
    made = {preset: load(name, ["prompt=a fox", f"preset={preset}"]) for preset in presets(name)}
    assert len({str(asdict(recipe)) for recipe in made.values()}) == len(made)      # and each is another one


WRONG = {       # what is put into RECIPE: what it is answered with
    ("seed: 3", "sed: 3"): "r.yaml:2: sed: no such key; did you mean 'seed'?",
    ("seed: 3", "seed: three"): "r.yaml:2: seed: need a whole number, got 'three'",
    ("seed: 3", "seed: 1.5"): "r.yaml:2: seed: need a whole number, got '1.5'",
    ("seed: 3", "seed:"): "r.yaml:2: seed: need a whole number, got nothing",
    ("seed: 3", "seed: 3\n    seed: 4"): "r.yaml:3: seed: given twice, before in r.yaml:2",
    ("seed: 3", "steps: 3"): "r.yaml:2: steps: no such key; did you mean 'stages.0.optim.steps'?",
    ("seed: 3", "prior: bundeld"): "r.yaml:2: prior: 'bundeld': no name, folder, .safetensors file or hub id; have bundled, ",
    ("seed: 3", "device: gpu"): "r.yaml:2: device: need auto, cpu, mps, cuda or cuda:0, got 'gpu'",
    ("seed: 3", "export: {formats: [glb, objj]}"): "r.yaml:2: export.formats: no 'objj'; have",
    ("seed: 3", "export: {formats: glb}"): "r.yaml:2: export.formats: need a list, as [a, b], got 'glb'",
    ("prompt: a fox", "negative: a cat"): "r.yaml:1: negative: no such key; did you mean 'prompts.negative'?",
    ("prompt: a fox", "prompts: {}"): "r.yaml: prompt: must be set, as prompt=...",
    ("prompt: a fox", "prompt: ' '"): 'r.yaml:1: prompt: need a word, as in prompt="a red armchair", got only spaces',
    ("prompt: a fox", "prompt: [a, fox]"): "r.yaml:1: prompt: need text, got a list of 2",
    ("kind: nerf", "kind: nrf"): "r.yaml:5: stages.0.scene.kind: no 'nrf'; have gaussians, image, mesh, nerf, svg, texture; "
                                 "did you mean 'nerf'?",
    ("kind: nerf", "bias: 1"): "r.yaml:6: stages.0.scene.kind: must be set; have gaussians, image, mesh, nerf",
    ("levels: 8", "levels: 0"): "r.yaml:6: stages.0.scene.levels: need 1 to 64, got 0",
    ("levels: 8", "background: pink"): "r.yaml:6: stages.0.scene.background: no 'pink'; have random, white",
    ("t_max: 0.9", "t_max: 2"): "r.yaml:7: stages.0.guidance.t_max: need fractions in [0, 1], got 2.0, 2.0",
    ("t_max: 0.9", "clamp: maybe"): "r.yaml:7: stages.0.guidance.clamp: need true or false, got 'maybe'",
    ("t_max: 0.9", "t_max: {begin: 2}"): "r.yaml:7: stages.0.guidance.t_max.begin: need 0 <= begin <= finish <= 1, got",
    ("steps: 50", "stepz: 50"): "r.yaml:9: stages.0.optim.stepz: no such key; did you mean 'steps'?",
    ("steps: 50", "lr: nan"): "r.yaml:9: stages.0.optim.lr: need a number, got 'nan'",
    ("steps: 50", "betas: [0.9]"): "r.yaml:9: stages.0.optim.betas: need a list of 2 numbers, as [1, 2], got a",
    ("z_variance: 0.01", "orientation: 1"): "r.yaml:12: stages.0.regularizers.orientation: no 'orientation'; have",
    ("z_variance: 0.01", "orient: ["): "r.yaml:14: not YAML: ",
}


@pytest.mark.parametrize("change, answer", WRONG.items())
def test_a_wrong_recipe_is_answered_with_its_line(write, change, answer):
    assert change[0] in RECIPE
    assert line(write(RECIPE.replace(*change))).startswith(answer)


WRONG_WORDS = {
    "stages.0.optim.stepz=5": "stages.0.optim.stepz: no such key; did you mean 'steps'?",
    "optim.steps=5": "optim: no such key; did you mean 'stages.0.optim.steps'?",
    "stages.3.optim.steps=5": "stages.3.optim.steps: no stage '3'; have 0",
    "stages.-1.optim.steps=5": "stages.-1.optim.steps: no stage '-1'; have 0",
    "stages.0.guidance.kind=vds": "stages.0.guidance.kind: no 'vds'; have",
    "stages.0.guidance.t_max={start: 1, finis: 2}":
        "stages.0.guidance.t_max.finis: no such key; did you mean 'finish'?",
    "stages.0.optim=[1": "stages.0.optim: cannot read '[1' as YAML",
    "preset=drft": "preset: no 'drft'; have draft, other; did you mean 'draft'?",
    "seed=": "seed: need a whole number, got nothing",
    "seed": "need key=value, got 'seed'",
    "a red fox": "need key=value, got 'a red fox'; a prompt is given as prompt=...",
    "=5": "need key=value, got '=5'",
    "prompt= \n ": 'prompt: need a word, as in prompt="a red armchair", got only spaces',
    "prompt=\udcff": "prompt: need text, got bytes that are not UTF-8",
}


@pytest.mark.parametrize("word, answer", WRONG_WORDS.items())
def test_a_wrong_word_on_the_command_line_is_answered(write, word, answer):
    assert line(write(RECIPE), word).startswith(f"command line: {answer}")


def test_a_wrong_preset_has_its_own_line(write):
    assert line(write(RECIPE.replace("texture: 256", "textur: 256")), "preset=draft") == \
        "r.yaml:16: export.textur: no such key; did you mean 'texture'?"


def test_a_check_between_two_fields_points_at_the_one_that_was_written(write):
    assert line(write(RECIPE), "stages.0.scene.base=999") == \
        "command line: stages.0.scene.finest: need >= base = 999, got 256"


@pytest.mark.parametrize("content, answer", [
    (b"", "r.yaml: need a map of settings"), (b"- a\n", "r.yaml: need a map of settings"),
    (b"\xff\xfe\xff", "r.yaml: not UTF-8 text"), (b"a: \x07", "r.yaml: not YAML"),
    (b"a: &x [{b: *x}]", "r.yaml:1: a.0.b: an alias of something that contains it")])
def test_a_file_that_is_no_recipe_is_answered(write, content, answer):
    path = Path(write(""))
    path.write_bytes(content)
    assert line(str(path)).startswith(answer)


def test_an_unknown_recipe_is_answered_with_the_nearest():
    known = ", ".join(recipes())
    assert line("text-to-4d") == f"no recipe 'text-to-4d'; have {known}; did you mean 'text-to-3d'?"
    assert line("no/where.yaml").startswith(f"no/where.yaml: no such file; by name there are {known}")


def test_a_run_is_not_a_recipe(write):
    write("")
    Path("run").mkdir()
    Path("run/recipe.yaml").touch()
    assert line("run") == "run: a folder, not a recipe; `dreamgen resume run` goes on with it"


def test_a_scale_is_a_ramp_a_number_or_a_ramp_of_several_lines(tmp_path):
    given = ["prompt=a cat", "stages.0.guidance.guidance_scale={start: 10, end: 5, at: [0.25, 0.5], via: [20, 7.5]}",
             "stages.1.guidance.guidance_scale=8", "stages.1.guidance.t_max={start: 0.7, end: 0.5}"]
    recipe = load("text-to-3d", given)
    first, second = recipe.stages
    assert [first.guidance.guidance_scale(u) for u in (0.0, 0.25, 0.375, 0.5, 1.0)] == [10, 20, 13.75, 7.5, 5]
    assert second.guidance.guidance_scale(0.3) == 8 and second.guidance.t_max(0.5) == pytest.approx(0.6)
    (tmp_path / "kept.yaml").write_text(dump(recipe), encoding="utf-8")
    assert dump(load(tmp_path / "kept.yaml")) == dump(recipe) and "guidance_scale: 8.0" in dump(recipe)
    moved = load(tmp_path / "kept.yaml", ["stages.0.guidance.guidance_scale.via=[1, 2]"]).stages[0].guidance.guidance_scale
    assert moved.via == [1, 2] and moved.at == [0.25, 0.5] and moved.start == 10
    with pytest.raises(ConfigError, match=r"stages\.0\.guidance\.guidance_scale\.via: need a value for each of at, 2, got 1"):
        load(tmp_path / "kept.yaml", ["stages.0.guidance.guidance_scale.via=[1]"])
