"""The prior in the box: what its card says, that it fits into a wheel, and that it follows a picture that it is shown."""

import json

import pytest
import torch

from dreamgen.training.look import Look
from dreamgen.training.shapes import NAMES
from guidance import priors
from guidance.conditions import Query
from guidance.priors.bundled.network import parts
from guidance.priors.sampling import sample
from guidance.reference import drawn

BOX = priors.WEIGHTS / "bundled"
MEGABYTES = 50                  # of all weights; the rest of the wheel, code and recipes, is below one


@pytest.fixture(scope="module")
def prior():
    return priors.load("bundled", "cpu", "float32")


def test_it_draws_128_pixels_predicts_them_clean_and_can_be_shown_a_picture(prior):
    assert (prior.size, prior.network.fold, prior.sees) == (128, 4, True)
    assert prior.scheduler_config["prediction_type"] == "sample"
    assert Look().size == prior.size                    # what `prior render` draws, `prior train --from bundled` takes
    assert f"RGBA pictures, {prior.size} x {prior.size}" in (BOX / "README.md").read_text(encoding="utf-8")


def test_its_words_are_shapes_that_dreamgen_draws_so_that_a_training_can_go_on_with_them(prior):
    assert len(prior.card["words"]) == 228 and set(prior.card["words"]) <= set(NAMES)


def test_the_weights_leave_a_wheel_room_and_keep_to_themselves_where_they_were_made():
    files = [path for path in priors.WEIGHTS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MEGABYTES * 2**20
    listed = json.loads((BOX / "card.json").read_text(encoding="utf-8"))["files"]
    assert set(listed) == {*parts(BOX), "README.md"}
    assert not [path for path in BOX.rglob("*.json") if "/root" in path.read_text(encoding="utf-8")]


def test_another_side_has_the_color_of_the_picture_that_it_is_shown(prior):
    side = prior.condition(["a car"], torch.tensor([1.8]), torch.tensor([0.26]))
    empty = prior.condition([""])
    redness = []
    for color in ("red", "blue"):
        reference, = drawn(prior, f"a {color} car", 0.7, 0.26, torch.Generator().manual_seed(0), steps=6)
        query = Query(reference.shown(prior, side), reference.hidden(empty))
        x0 = sample(prior, prior.scheduler_config, query, 6, 2.0, torch.Generator().manual_seed(0), "")
        rgb, opacity = prior.decode(x0)
        red, _, blue = (rgb.sum((0, 1, 2)) / opacity.sum()).tolist()
        redness.append(red - blue)
    assert redness[0] > 0.15 and redness[1] < -0.15
