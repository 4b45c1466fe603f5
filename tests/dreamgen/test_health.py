"""Is a run alive: what is seen of fixtures that are empty, full, flat and well, and how soon; where a step looks from."""

from math import radians

import pytest
import torch

from dreamgen import cameras
from dreamgen.cameras.orbit import Config as Cameras
from dreamgen.io.rng import stream
from dreamgen.state.health import LASTING, Dead, Health, measure, saturation
from renderers.scene import Render


def picture(opacity, color):
    """One 8 x 8 render: its opacity, and the color [8, 8, 3] of what is there."""
    alpha = torch.as_tensor(opacity, dtype=torch.float32).expand(1, 8, 8, 1)
    premultiplied = alpha * torch.as_tensor(color, dtype=torch.float32).expand(1, 8, 8, 3)
    return Render(premultiplied + (1 - alpha), alpha, premultiplied)


DISC = torch.zeros(8, 8, 1)
DISC[2:6, 2:6] = 1.0
MOTLEY = torch.rand(8, 8, 3, generator=torch.Generator().manual_seed(0))
ZERO = torch.zeros(())
REMEDIES = {"empty": "feed it", "full": "starve it", "flat": "color it"}


@pytest.mark.parametrize(("name", "render", "loss"), [
    ("empty", picture(0.0, MOTLEY), ZERO), ("full", picture(1.0, MOTLEY), ZERO),
    ("flat", picture(DISC, (0.5, 0.5, 0.5)), ZERO), ("not a number", picture(DISC, MOTLEY), torch.tensor(float("nan")))])
def test_a_collapse_is_named_in_time(name, render, loss):
    health = Health()
    with pytest.raises(Dead, match=f"^{name}:"):
        for _ in range(LASTING):
            health.look(render, loss, REMEDIES)


def test_a_well_run_lives():
    health = Health()
    for _ in range(200):
        health.look(picture(DISC, MOTLEY), ZERO, REMEDIES)
    assert health.coverage == pytest.approx(0.25)


def test_one_bad_step_is_forgiven():
    health = Health()
    for step in range(100):
        health.look(picture(0.0 if step == 50 else DISC, MOTLEY), ZERO, REMEDIES)


def test_what_is_measured_is_of_the_object_and_not_of_its_background():
    assert measure(picture(DISC, (0.2, 0.4, 0.6))).tolist() == pytest.approx([0.25, 0.0, 2 / 3], abs=1e-6)
    motley = picture(DISC, MOTLEY)
    assert measure(motley)[1].item() == pytest.approx(MOTLEY[2:6, 2:6].flatten(0, 1).std(0).mean().item(), rel=1e-5)
    assert measure(picture(0.4, MOTLEY)).tolist() == pytest.approx([0.4, 1.0, 0.0])
    assert saturation(picture(DISC, (0.8, 0.0, 0.0))) == pytest.approx(1.0, abs=0.01)
    assert saturation(picture(DISC, (0.5, 0.5, 0.5))) == pytest.approx(0.0, abs=1e-6)
    assert saturation(picture(0.0, (1.0, 0.0, 0.0))) == 0.0


def test_a_streams_numbers_depend_on_its_whole_address():
    draws = {address: torch.rand((), generator=stream(*address)).item()
             for address in ((0, "a", 0), (1, "a", 0), (0, "b", 0), (0, "a", 1))}
    assert len(set(draws.values())) == 4
    assert torch.rand((), generator=stream(0, "a", 0)).item() == draws[0, "a", 0]


def test_cameras_stay_in_their_ranges_and_stand_all_around():
    cfg = Cameras(views=4, elevation_deg=(0.0, 30.0), distance=(1.4, 1.7), fov_deg=(35.0, 45.0), azimuth_jitter_deg=10.0)
    for step in range(20):
        view = cameras.sample(cfg, stream(0, "camera", step))
        assert ((view.elevation >= 0) & (view.elevation <= radians(30) + 1e-6)).all()
        assert ((view.camera.position.norm(dim=-1) > 1.39) & (view.camera.position.norm(dim=-1) < 1.71)).all()
        azimuth = view.azimuth.sort().values
        gaps = azimuth.diff(append=azimuth[:1] + 2 * torch.pi)
        assert (gaps > radians(90 - 21)).all() and (gaps < radians(90 + 21)).all()


def test_a_ball_that_is_one_color_for_a_while_is_not_dead_and_the_while_begins_anew():
    health, ball, motley = Health(), picture(DISC, (1.0, 0.0, 0.0)), picture(DISC, MOTLEY)
    for shown in (ball, motley, ball):
        for _ in range(LASTING - 40):
            health.look(shown, ZERO, REMEDIES)
    assert 0 < health.flat < LASTING
