"""K scenes as one: they begin apart, take turns in training, and only those that are shown learn."""

from itertools import chain

import pytest
import torch

from renderers.camera import ring
from renderers.particles import Particles, each
from renderers.scenes import gaussians, image, nerf, svg
from renderers.scenes.gaussians import GAUSSIANS
from renderers.scenes.image import IMAGE
from renderers.scenes.nerf import NERF
from renderers.sheet import Sheet, upright
from renderers.vector.free import FreeDrawing

FIELD = nerf.Config(levels=4, first_levels=2, finest=32, log2_table=8, hidden=8, samples=24, cells=12, refresh=2, bias=1.0)
PICTURE = image.Config(size=8)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def several(count, cfg=FIELD):
    rng = seeded()
    return Particles([(NERF if cfg is FIELD else IMAGE)(cfg, rng) for _ in range(count)])


def moved(scene):
    """Which particles have a gradient; asserts that a particle's parameters have one all together or not at all."""
    having = [{p.grad is not None for p in particle.parameters()} for particle in each(scene)]
    assert all(len(some) == 1 for some in having)
    return [k for k, some in enumerate(having) if some == {True}]


def test_each_begins_by_a_draw_of_its_own_and_the_first_as_if_alone():
    first, second = each(several(2))
    alone = NERF(FIELD, seeded())
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), alone.parameters(), strict=True))
    assert not torch.equal(first.table, second.table) and not torch.equal(first.w1, second.w1)
    assert each(alone) == [alone]


@pytest.mark.parametrize("cfg, views", [(FIELD, ring(2, (6, 6))), (PICTURE, upright((8, 8), 2))])
def test_a_plain_render_shows_all_views_of_the_first_particle_then_of_the_next(cfg, views):
    scene = several(3, cfg)
    seen = scene.render(views)
    want = torch.cat([particle.render(views).rgb for particle in each(scene)])
    assert torch.equal(seen.rgb, want) and len(seen.opacity) == len(seen.premultiplied) == 6


@pytest.mark.parametrize("count, views", [(2, 5), (3, 3), (4, 2)])
def test_in_training_the_views_are_dealt_out_and_stay_in_the_cameras_order(count, views):
    """Particles of one even color each: which view shows which is seen in its pixels, and where the camera is, too."""
    scene, camera = several(count, image.Config(size=8, spread=0.0)), moving(views)
    with torch.no_grad():
        for k, particle in enumerate(each(scene)):
            particle.theta[0][:, 0] = 0.1 * (k + 1)
    seen = scene.render(camera, 0.5, seeded(1))
    shown = [int(10 * float(picture[..., 0].detach().max()) + 0.5) - 1 for picture in seen.premultiplied]
    turn = shown[:min(count, views)]
    assert len(set(turn)) == len(turn) and shown == [turn[b % len(turn)] for b in range(views)]
    opaque = (seen.opacity[..., 0] > 0).sum((1, 2))
    assert opaque.tolist() == sorted(opaque.tolist(), reverse=True) and len(set(opaque.tolist())) == views


def moving(views):
    """Views that see less and less of the picture."""
    homography = torch.eye(3).repeat(views, 1, 1)
    homography[:, 0, 2] = torch.arange(views) * 0.25
    return Sheet(homography, (8, 8))


def test_over_the_steps_every_particle_has_its_turn():
    scene, shown = several(4), []
    for step in range(40):
        shown += [k for k, _ in scene.render(ring(1, (2, 2)), 0.5, seeded(step)).parts]
    assert set(shown) == {0, 1, 2, 3} and len(shown) == 40


def test_the_gradient_reaches_only_those_that_are_shown_and_adam_leaves_the_others_as_they_were():
    scene, camera = several(3), ring(1, (6, 6))
    adam = torch.optim.Adam([{"params": group["params"], "lr": 0.1} for group in scene.param_groups()], fused=True)
    turns = []
    for step in range(6):
        before = [[p.clone() for p in particle.parameters()] for particle in each(scene)]
        adam.zero_grad(set_to_none=True)
        seen = scene.render(camera, 0.5, seeded(step))
        (seen.premultiplied.mean() + scene.regularizers(seen)["entropy"]).backward()
        assert moved(scene) == [k for k, _ in seen.parts]
        adam.step()
        turns += moved(scene)
        for k, (particle, was) in enumerate(zip(each(scene), before, strict=True)):
            same = [torch.equal(p, old) for p, old in zip(particle.parameters(), was, strict=True)]
            assert all(same) if k not in moved(scene) else not all(same)
    assert len(set(turns)) > 1, "one particle alone was ever drawn, so nothing was tested"


def test_adam_moves_a_particle_as_if_it_were_alone():
    """Two particles and one each: the same gradients at the same turns give the same parameters, to the bit."""
    scene, camera = several(2), ring(1, (6, 6))
    alone = each(several(2))
    adams = [torch.optim.Adam(list(x.parameters()), lr=0.1) for x in (scene, *alone)]
    for step in range(5):
        seen = scene.render(camera, 0.5, seeded(step))
        (k, part), = seen.parts
        rng = seeded(step)
        torch.randperm(2, generator=rng)                    # as the particles have drawn their turn
        for adam, picture in ((adams[0], seen), (adams[1 + k], alone[k].render(camera, 0.5, rng))):
            adam.zero_grad()
            picture.premultiplied.square().mean().backward()
            adam.step()
    assert all(torch.equal(a, b) for a, b in zip(scene.parameters(), chain(*(x.parameters() for x in alone)), strict=True))


def test_a_gaussian_is_counted_in_the_steps_that_show_its_particle_alone():
    scene = Particles([GAUSSIANS(gaussians.Config(count=20, cap=20, particles=2), seeded(k)) for k in range(2)])
    shown = [0, 0]
    for step in range(6):
        seen = scene.render(ring(1, (16, 16)), 0.5, seeded(step))
        seen.premultiplied.mean().backward()
        scene.after_step(step, 0.5, seeded(step))
        (k, _), = seen.parts
        shown[k] += 1
    assert all(shown) and [int(particle.views.max()) for particle in each(scene)] == shown


def test_where_a_step_has_shown_nothing_of_a_drawing_nothing_begins_anew():
    """As of a particle that it was not the turn of; a picture of an earlier step is no longer there in a resumed run."""
    made = FreeDrawing(svg.Config(style="iconography", paths=6, revive_every=1), seeded())
    made.render(upright((24, 24)), 0.0, seeded()).opacity.sum().backward()
    made.after_step(0, 0.0, seeded())
    with torch.no_grad():
        made.opacity[2] = 0.01
    made.after_step(1, 0.0, seeded())
    assert made.order.tolist() == list(range(6)) and made.opacity[2].item() == pytest.approx(0.01)


def test_regularizers_are_the_means_over_all_pictures():
    scene = several(2)
    seen = scene.render(ring(5, (6, 6)), 0.5, seeded())     # three views of one, two of the other
    a = seen.opacity.clamp(1e-4, 1 - 1e-4)
    torch.testing.assert_close(scene.regularizers(seen)["opacity"], (seen.opacity.square() + 0.01).sqrt().mean())
    torch.testing.assert_close(scene.regularizers(seen)["entropy"], -(a * a.log() + (1 - a) * (1 - a).log()).mean())


def test_the_occupancy_of_all_is_refreshed_alike_whatever_was_shown_before():
    """A resumed run has shown nothing yet; what a step leaves must not depend on renders of earlier steps."""
    one, two = (several(2, FIELD) for _ in range(2))
    one.render(ring(2, (4, 4)), 0.1, seeded())
    for scene in (one, two):
        scene.render(ring(1, (4, 4)), 0.3, seeded(1))
        scene.after_step(4, 0.3, seeded(2))
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values(), strict=True))
    peaks = [particle.occupancy.peak for particle in each(one)]
    assert all(peak.any() for peak in peaks) and not torch.equal(*peaks)


@pytest.mark.parametrize("config", [nerf.Config, image.Config])
def test_no_particle_at_all_is_refused(config):
    with pytest.raises(ValueError, match="^particles: need > 0, got 0"):
        config(particles=0)
