"""The reference of a training picture: another view of the object, changed as the picture is, its camera told."""

from math import radians

import pytest
import torch
from shapes import SIZE, centre, colors, disc, row, write

from dreamgen.io.rng import stream
from dreamgen.training import augment
from dreamgen.training.captions import COLORS, Captions
from dreamgen.training.data import load
from dreamgen.training.texts import Texts
from guidance.priors.bundled.network import pose


@pytest.fixture(scope="module")
def turning(tmp_path_factory):
    """Two tables, whose discs lie the further to the right the further the camera went around, one of them at the back
    only; a stool that was seen once; a bush without a camera."""
    seen = [("table", 1, a) for a in (0, 30, 300, 120, 180)] + [("table", 2, a) for a in (100, 180)] + [("stool", 3, 0)]
    files = {f"{thing}-{a}.png": disc((180, 180, 180), a / 90) for _, thing, a in seen}
    rows = [row(f"{thing}-{a}.png", name, a, thing) for name, thing, a in seen]
    return load(write(tmp_path_factory.mktemp("turning"), files | {"bush.png": disc((20, 160, 40))},
                      [*rows, row("bush.png", "bush")]), SIZE)


@pytest.fixture(scope="module")
def shown(turning):
    return Captions(turning).draw(1200, stream(0, "test"))


def test_a_reference_is_another_view_of_the_object_from_the_front_where_there_is_one(turning, shown):
    pairs = {(turning.rows[i].file, turning.rows[k].file)
             for i, k in zip(shown.row.tolist(), shown.reference.tolist(), strict=True) if k >= 0}
    fronts, backs = (0, 30, 300), (100, 180)
    assert pairs == {(f"1-{a}.png", f"1-{b}.png") for a in (0, 30, 300, 120, 180) for b in fronts if a != b} \
        | {(f"2-{a}.png", f"2-{b}.png") for a in backs for b in backs if a != b}


def test_half_of_the_pictures_that_can_have_a_reference_do(turning, shown):
    able = torch.tensor([row.object in ("1", "2") for row in turning.rows])[shown.row]
    there = shown.reference >= 0
    assert 0.42 < there[able].float().mean() < 0.58 and not there[~able].any()
    assert there[able & (shown.caption == 0)].any() and there[able & ~shown.pose].any()     # whatever else is said


def test_a_reference_is_mirrored_and_tinted_as_its_picture_is_and_zero_where_there_is_none(turning, shown):
    there = shown.reference >= 0
    x0, reference = (made(turning.pictures, shown) for made in (augment.batch, augment.reference))
    assert reference.shape == x0.shape and not reference[~there].any()
    sign = torch.where(shown.mirrored, -1.0, 1.0)
    angle = torch.tensor([row.azimuth or 0.0 for row in turning.rows])
    torch.testing.assert_close(shown.reference_azimuth[there], (sign * angle[shown.reference])[there])
    torch.testing.assert_close(shown.reference_elevation[there], torch.full((int(there.sum()),), radians(15)))
    moved = sign * centre(turning.pictures / 127.5 - 1)[shown.reference] * shown.scale
    torch.testing.assert_close(centre(reference[there]), moved[there], atol=0.05, rtol=0)
    painted = there & (shown.tint >= 0)
    assert colors(reference[painted]) == colors(x0[painted]) == [[*COLORS][k] for k in shown.tint[painted].tolist()]
    plain = there & (shown.tint < 0)
    assert painted.any() and (reference[plain][:, 0] - reference[plain][:, 2]).abs().max() < 1e-5      # grey


def test_the_network_is_told_from_where_a_reference_was_seen(turning, shown):
    N = len(Captions(turning).texts)
    told = Texts(torch.randn(N, 4, 8).half(), torch.ones(N, 4, dtype=torch.bool))
    pictures = augment.reference(turning.pictures, shown)
    condition, there = told.condition(shown, pictures), shown.reference >= 0
    assert condition.reference is pictures and not condition.reference_pose[~there].any()
    torch.testing.assert_close(condition.reference_pose[there],
                               pose(shown.reference_azimuth, shown.reference_elevation)[there])
    torch.testing.assert_close(condition.pose, pose(shown.azimuth, shown.elevation) * shown.pose[:, None])
    assert torch.equal(condition.text, told.states[shown.caption].float())
    assert told.condition(shown).reference is None is told.condition(shown).reference_pose


def test_data_without_models_has_no_references(tmp_path):
    icons = load(write(tmp_path, {"a.png": disc((220, 30, 20))}, [row("a.png", "apple")]), SIZE)
    draws = Captions(icons).draw(50, stream(0, "test"))
    assert (draws.reference == -1).all() and not augment.reference(icons.pictures, draws).any()
