"""Where a training step looks from: all around the object, evenly within a step, and within the recipe's ranges."""

import math
from math import pi, tau

import pytest
import torch

from dreamgen.cameras.orbit import Config, sample, standing
from renderers.camera import Camera

NARROW = Config(views=3, size=8, azimuth_jitter_deg=10.0, distance=(1.0, 2.0), fov_deg=(30.0, 60.0))


def drawn(cfg, steps=150):
    """azimuth, elevation, distance, fov [steps, views] of many steps."""
    rng = torch.Generator().manual_seed(0)
    views = [sample(cfg, rng) for _ in range(steps)]
    return (torch.stack(values) for values in (
        [view.azimuth for view in views], [view.elevation for view in views],
        [view.camera.position.norm(dim=-1) for view in views], [view.camera.fov_y for view in views]))


def test_the_first_view_of_a_step_is_from_anywhere():
    azimuth, *_ = drawn(NARROW)
    quarters = torch.histc(azimuth[:, 0], 4, 0, tau) / len(azimuth)
    assert (quarters > 0.17).all() and (0 <= azimuth).all() and (azimuth < tau).all()


def test_the_views_of_one_step_are_spread_evenly_but_for_the_jitter():
    azimuth, *_ = drawn(NARROW)
    gaps = (azimuth.roll(-1, 1) - azimuth) % tau * 180 / pi
    assert gaps.min() >= 120 - 20 and gaps.max() <= 120 + 20 + 1e-3 and 4 < gaps.std() < 12
    still, *_ = drawn(Config(views=4, size=8, azimuth_jitter_deg=0.0), 5)
    torch.testing.assert_close((still.roll(-1, 1) - still) % tau, torch.full((5, 4), pi / 2), atol=1e-5, rtol=0)


def test_elevations_are_normal_and_clipped_or_uniform():
    degrees = [elevation * 180 / pi for _, elevation, *_ in (drawn(NARROW), drawn(Config(views=3, elevation="uniform")))]
    normal, uniform = degrees
    assert abs(normal.mean() - 20) < 2 and abs(normal.std() - 14.5) < 2
    assert abs(uniform.mean() - 25) < 3 and abs(uniform.std() - 70 / 12**0.5) < 2
    for values in degrees:
        assert values.min() >= -10 - 1e-3 and values.max() <= 60 + 1e-3
    low = drawn(Config(views=3, elevation_mean_deg=200.0))
    next(low)
    torch.testing.assert_close(next(low) * 180 / pi, torch.full((150, 3), 60.0), atol=1e-3, rtol=0)


def test_distance_and_field_of_view_are_uniform_in_their_ranges():
    _, _, distance, fov = drawn(NARROW)
    assert 1 <= distance.min() < 1.02 and 1.98 < distance.max() <= 2 + 1e-5 and abs(distance.mean() - 1.5) < 0.05
    fov = fov * 180 / pi
    assert 30 <= fov.min() + 1e-3 and fov.min() < 31 and 59 < fov.max() <= 60 + 1e-3 and abs(fov.mean() - 45) < 1.5


def test_what_guidance_is_told_is_where_the_camera_stands():
    view = sample(NARROW, torch.Generator().manual_seed(3))
    x, y, z = (view.camera.position / view.camera.position.norm(dim=-1, keepdim=True)).unbind(-1)
    torch.testing.assert_close(torch.atan2(x, z) % tau, view.azimuth, atol=1e-5, rtol=0)
    torch.testing.assert_close(torch.asin(y), view.elevation, atol=1e-5, rtol=0)


def test_the_standing_views_are_front_right_back_left_from_a_little_above():
    view = standing(NARROW, 16)
    assert isinstance(view.camera, Camera) and view.camera.size == (16, 16)
    assert (view.azimuth * 180 / pi).tolist() == pytest.approx([0, 90, 180, 270])
    assert (view.elevation * 180 / pi).tolist() == pytest.approx([15] * 4, abs=1e-4)
    x, y, z = view.camera.position.unbind(-1)
    assert z[0] > 1 and x[1] > 1 and z[2] < -1 and x[3] < -1 and (y > 0).all()


@pytest.mark.parametrize("bad, words", [
    (dict(views=0), "views: need > 0"), (dict(size=0), "size: need > 0"),
    (dict(elevation_deg=(-90, 0)), "elevation_deg: need -89 <= low <= high <= 89, got -90, 0"),
    (dict(elevation_deg=(0, 90)), "elevation_deg: need"), (dict(elevation_deg=(10, 0)), "elevation_deg: need"),
    (dict(distance=(0.8, 2)), "distance: need 0.9 <="), (dict(distance=(1, 101)), "distance: need"),
    (dict(fov_deg=(0.5, 30)), "fov_deg: need 1 <="), (dict(fov_deg=(30, 121)), "fov_deg: need 1 <= low <= high <= 120")])
def test_a_range_that_no_camera_has_is_refused(bad, words):
    with pytest.raises(ValueError, match=words):
        Config(**bad)


def test_elevations_uniform_in_area_are_even_in_height():
    """SJC's: as many views from each slice of the sphere between two heights."""
    _, elevation, *_ = drawn(Config(views=4, elevation="area", elevation_deg=(-6.4, 89.0)), 500)
    low, high = math.sin(math.radians(-6.4)), math.sin(math.radians(89))
    height = (elevation.sin() - low) / (high - low)
    slices = torch.histc(height, 5, 0, 1) / height.numel()
    assert 0 <= height.min() and height.max() <= 1 and (slices - 0.2).abs().max() < 0.03
