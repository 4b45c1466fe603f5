"""Fixed viewpoints around the object: the same for each step, spread evenly, each seen as often as the others."""

import warnings
from math import pi, tau

import pytest
import torch

from dreamgen.cameras.around import Config, sample, standing
from dreamgen.errors import ConfigError
from dreamgen.recipes.load import load
from dreamgen.state.ranks import Ranks

CFG = Config(viewpoints=12, views=4, size=8)


def steps(count, cfg=CFG):
    rng = torch.Generator().manual_seed(0)
    return [sample(cfg, rng) for _ in range(count)]


def test_a_viewpoint_is_one_camera_and_all_are_seen_alike_often():
    seen = {}
    for view in steps(150):
        assert len(set(view.viewpoint.tolist())) == 4
        for k, azimuth, elevation in zip(view.viewpoint.tolist(), view.azimuth, view.elevation, strict=True):
            seen.setdefault(k, []).append((float(azimuth), float(elevation)))
    assert set(seen) == set(range(12)) and all(len(set(angles)) == 1 for angles in seen.values())
    assert all(30 < len(angles) < 70 for angles in seen.values()), "50 on average"


def test_they_are_spread_evenly_from_the_first_one_on():
    azimuths = {int(k): float(a) for view in steps(50) for k, a in zip(view.viewpoint, view.azimuth, strict=True)}
    assert azimuths[0] == pytest.approx(40 * pi / 180)
    gaps = torch.tensor(sorted(azimuths.values()))
    gaps = torch.cat([gaps.diff(), gaps[:1] + tau - gaps[-1:]])
    assert gaps.max() < 2.7 * gaps.min(), "golden angles leave gaps of at most three sizes"


def test_the_camera_is_where_its_angles_say():
    view = steps(1)[0]
    place = view.camera.position / 1.55
    torch.testing.assert_close(place[:, 1].asin(), view.elevation)
    torch.testing.assert_close(torch.atan2(place[:, 0], place[:, 2]) % tau, view.azimuth)
    assert len(standing(CFG, 16).camera) == 4


def test_a_viewpoint_survives_the_way_to_the_query():
    class Prompts:
        def __call__(self, azimuth, elevation):
            from guidance.conditions import Condition, Query
            condition = Condition(*(torch.zeros(4, 1, 1), torch.ones(4, 1, dtype=torch.bool), torch.zeros(4, 2)))
            return Query(condition, condition)

    view = steps(1)[0]
    query = view.to(torch.device("cpu")).query(Prompts())
    assert torch.equal(query.viewpoint, view.viewpoint) and torch.equal(query[1:3].viewpoint, view.viewpoint[1:3])


@pytest.mark.parametrize(("change", "said"), [
    ("stages.0.cameras.views=30", "views: need at most viewpoints = 20, got 30"),
    ("stages.0.cameras.elevations_deg=[]", "elevations_deg: need some"),
    ("stages.0.cameras.elevations_deg=[95]", "elevations_deg: need some, each -89 to 89"),
    ("stages.0.cameras={kind: orbit}", "0.cameras.kind: need around for idu, which keeps a picture of each viewpoint, got orbit"),
    ("stages.0.cameras.kind=orbit", "0.cameras.kind: need around for idu"),
    ("stages.0.scene.particles=2", "particles: need 1 for idu, whose pictures are of one object, got 2"),
])
def test_what_does_not_fit_is_said_before_a_run(change, said):
    words = ["prompt=x", "preset=draft", change]
    if "particles" in change:
        words.append("stages.1.scene.particles=2")
    with warnings.catch_warnings(action="ignore"), pytest.raises(ConfigError, match=said):     # of what orbit has not
        load("text-to-3d", words)


def test_several_processes_are_refused_in_one_sentence():
    with pytest.raises(ConfigError, match="stages.0.guidance.kind: idu runs on one process: the pictures that it keeps are not"):
        Ranks(0, 2).fitted(load("text-to-3d", ["prompt=x"]))
