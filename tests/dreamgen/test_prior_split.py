"""What a prior is judged by, it was not trained on."""

import json
from dataclasses import asdict, replace
from math import degrees

import pytest
import torch
from shapes import SIZE, disc, row, write

from dreamgen.training.captions import view_word
from dreamgen.training.config import Config
from dreamgen.training.data import load, parsed
from dreamgen.training.split import MIDDLES, held_out, split
from dreamgen.training.state import Counters, State
from guidance.priors import bundled

AZIMUTHS = range(0, 360, 30)            # of an object: front 3, side 6, back 3 of them


def set_of(folder, things):
    """A folder of the objects ``{object: name}``, each seen from AZIMUTHS, an icon, and an object seen once."""
    rows = [row(f"{thing}-{a}.png", name, a, thing) for thing, name in things.items() for a in AZIMUTHS]
    rows += [row("icon.png", "apple"), row("once.png", "stool", 0, 99)]
    return write(folder, {r["file"]: disc((180, 180, 180)) for r in rows}, rows)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return load(set_of(tmp_path_factory.mktemp("set"), {1: "chair", 2: "chair", 3: "desk"}), SIZE)


def test_one_view_of_each_side_of_each_object_is_held_out(data):
    trained, spared = split(data)
    sides = [(r.object, view_word(r.azimuth, r.elevation)) for r in spared.rows]
    assert sorted(sides) == sorted((thing, side) for thing in "123" for side in MIDDLES)
    assert len(trained.rows) + len(spared.rows) == len(data.rows) == len(trained.pictures) + len(spared.pictures)
    assert not {r.file for r in trained.rows} & {r.file for r in spared.rows}
    assert {round(degrees(r.azimuth)) for r in spared.rows} == {0, 90, 180, 270}        # a side is the left or the right


def test_a_picture_goes_with_its_row(data):
    for part in split(data):
        for picture, neutral, r in zip(part.pictures, part.neutral, part.rows, strict=True):
            i = data.rows.index(r)
            assert (picture == data.pictures[i]).all() and neutral == data.neutral[i]


def test_what_cannot_be_spared_is_trained_on(data):
    assert {"icon.png", "once.png"} <= {r.file for r in split(data)[0].rows}


def test_more_data_in_another_order_leaves_the_same_views_held_out(data):
    few = [r for r in data.rows if r.object in ("2", None)][::-1]
    assert {few[i].file for i in held_out(few)} == {r.file for r in split(data)[1].rows if r.object == "2"}


def test_the_rule_is_the_one_that_published_priors_were_trained_by():
    """A change of the rule would let views that a published prior has seen pass as held out."""
    rows = [json.dumps(row(f"furniture/0000-{k:02}.webp", "armchair", 15 * k, 0)) for k in range(24)]
    assert held_out([parsed(line) for line in rows]) == [0, 6, 12]


def test_a_training_says_how_much_its_weights_saw_before(tmp_path):
    cfg = Config(size=SIZE, fold=2, widths=(8, 16), images=8, minutes=0)
    fresh = State(cfg, tmp_path / "fresh", 384, torch.device("cpu"))
    assert fresh.position.held_out_after == 0
    for card, after in (({}, 0), ({"trained_on_pictures": 500}, 500),
                        ({"trained_on_pictures": 500, "held_out_after": 200}, 200)):
        bundled.network.write(tmp_path / "old", fresh.network, bundled.network.make_scheduler("sample"), card, "old")
        begun = State(replace(cfg, origin=str(tmp_path / "old")), tmp_path / "new", 384, torch.device("cpu"))
        assert begun.position.held_out_after == after
    position = {k: v for k, v in asdict(Counters(seen=30, inherited=500)).items() if k != "held_out_after"}
    fresh.restore(fresh.tensors(), position)
    assert fresh.position.held_out_after == 530             # a checkpoint of the time before the split
