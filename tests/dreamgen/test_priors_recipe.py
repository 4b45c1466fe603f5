"""A recipe's prior_options: written in a file or typed, read back as they were, and answered in one line when wrong."""

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes.load import dump, load
from guidance.priors import Options
from guidance.priors.options import ControlNet, Lora

LORA = "prior_options.lora=[{path: ./a.safetensors, weight: 0.5}, {path: me/b}]"


def read(*words):
    return load("text-to-3d", ["prompt=a fox", *words])


def test_options_are_typed_and_read_back_as_they_were(tmp_path):
    recipe = read("prior=sdxl", "prior_options.memory=12", LORA, "prior_options.controlnet=[{path: d, sees: normal}]")
    assert recipe.prior_options == Options(memory=12, lora=[Lora("./a.safetensors", 0.5), Lora("me/b")],
                                           controlnet=[ControlNet("d", "normal")])
    (tmp_path / "r.yaml").write_text(dump(recipe))
    assert load(tmp_path / "r.yaml", []) == recipe
    assert read().prior_options == Options()


@pytest.mark.parametrize("word, answer", [
    ("memory=12", "memory: no such key; did you mean 'prior_options.memory'?"),
    ("prior_options.memory=13", "prior_options.memory: need one of 0, 8, 12, 16, 24, 48 GB, got 13"),
    ("prior_options.lora=x", "prior_options.lora: need a list of maps, as [{path: ...}], got 'x'"),
    ("prior_options.lora=[x]", "prior_options.lora: need a list of maps, as [{path: ...}], got [x]"),
    ("prior_options.lora=[{weight: 1}]", "prior_options.lora.0.path: must be set"),
    ("prior_options.lora=[{path: x, wieght: 1}]", "prior_options.lora.0.wieght: no such key; did you mean 'weight'?"),
    ("prior_options.controlnet=[{path: x, sees: dpth}]",
     "prior_options.controlnet.0.sees: no 'dpth'; have depth, normal"),
    ("prior_options.image.picture=x.png", "prior_options.image: need both picture and path, or neither, got picture"),
    ("prior=sd51", "prior: 'sd51': no name, folder, .safetensors file or hub id; have bundled, sd14, sd15, "),
    ("precision=float61", "precision: no 'float61'; have auto, float32, bfloat16, float16; did you mean 'float16'?")])
def test_a_wrong_option_is_answered_in_one_line(word, answer):
    with pytest.raises(ConfigError) as caught:
        read(word)
    assert str(caught.value).startswith(f"command line: {answer}")
