"""A picture as its own parameters: what is drawn is theta, pixels stay in range."""

import pytest
import torch

from renderers.scenes.image import IMAGE, Config
from renderers.sheet import Sheet, upright

SIZE = 8


def scene(seed=0, **cfg):
    return IMAGE(Config(size=SIZE, **cfg), torch.Generator().manual_seed(seed))


def pull(render):
    """Some scalar of all that a prior may see."""
    return (render.premultiplied * torch.linspace(-1, 1, 3)).sum() + render.opacity.square().sum()


def test_theta_is_the_picture():
    image = scene(spread=0.0)
    with torch.no_grad():
        image.theta[0].copy_(torch.rand(1, 4, SIZE, SIZE, generator=torch.Generator().manual_seed(1)))
    render = image.render(upright((SIZE, SIZE)))
    want = image.theta[0].permute(0, 2, 3, 1)
    assert torch.equal(render.premultiplied, want[..., :3]) and torch.equal(render.opacity, want[..., 3:])
    assert torch.allclose(render.rgb, want[..., :3] + 1 - want[..., 3:])


def test_a_pyramid_adds_its_levels_and_moves_large_areas_at_once():
    image = scene(spread=0.0, pyramid=3)
    assert [tuple(level.shape) for level in image.theta] == [(1, 4, 8, 8), (1, 4, 4, 4), (1, 4, 2, 2)]
    with torch.no_grad():
        image.theta[2][:, 0] += 0.1
    assert torch.allclose(image.planes()[:, 0], torch.full((1, SIZE, SIZE), 0.35))


def test_seeds_differ():
    assert not torch.equal(scene(0).planes(), scene(1).planes())


@pytest.mark.parametrize("opacity", [True, False])
def test_a_step_ends_within_range(opacity):
    image = scene(opacity=opacity, pyramid=2, spread=3.0)
    image.after_step(0, 0.0, torch.Generator())
    render = image.render(upright((SIZE, SIZE)))
    assert -1e-6 <= render.opacity.min() and render.opacity.max() <= 1 + 1e-6
    assert -1e-6 <= render.premultiplied.min() and (render.premultiplied <= render.opacity + 1e-6).all()
    assert opacity or (render.opacity == 1).all()


def test_latents_are_handed_on_as_they_are_and_are_not_clamped():
    image = scene(latent=4, spread=5.0)
    before = image.planes().clone()
    image.after_step(0, 0.0, torch.Generator())
    render = image.render(upright((SIZE, SIZE)))
    assert torch.equal(render.latent, before.permute(0, 2, 3, 1)) and before.abs().max() > 3
    assert 0 <= render.rgb.min() and render.rgb.max() <= 1


def test_a_view_that_is_shifted_shows_the_picture_shifted_and_nothing_beyond_it():
    image, half = scene(), torch.eye(3)[None].clone()
    half[0, 0, 2] = 1.0                                     # half the picture's width to the right
    seen = image.render(Sheet(half, (SIZE, SIZE)))
    whole = image.planes().permute(0, 2, 3, 1)
    assert torch.allclose(seen.opacity[:, :, :SIZE // 2], whole[:, :, SIZE // 2:, 3:], atol=1e-6)
    assert seen.opacity[:, :, SIZE // 2:].abs().max() < 1e-6


def test_beyond_an_opaque_picture_is_the_background_and_not_black():
    image, half = scene(opacity=False), torch.eye(3)[None].clone()
    half[0, 0, 2] = 1.0
    seen = image.render(Sheet(half, (SIZE, SIZE)))
    assert torch.allclose(seen.rgb[:, :, :SIZE // 2], image.planes().permute(0, 2, 3, 1)[:, :, SIZE // 2:], atol=1e-6)
    assert (seen.opacity[:, :, :SIZE // 2] == 1).all() and not seen.opacity[:, :, SIZE // 2:].any()
    assert (seen.rgb[:, :, SIZE // 2:] == 1).all()


def test_gradients_are_those_of_finite_differences():
    image = scene(pyramid=2).double()

    def loss():
        return pull(image.render(upright((5, 5), 2), 0.5, torch.Generator().manual_seed(0)))

    loss().backward()
    for level in image.theta:
        at, h = (0, 2, 1, 3), 1e-6
        with torch.no_grad():
            level[at] += h
            up = loss()
            level[at] -= 2 * h
            down = loss()
            level[at] += h
        assert float(level.grad[at]) == pytest.approx(float((up - down) / (2 * h)), rel=1e-6)


def test_it_begins_from_a_picture_with_noise_of_its_own():
    image, other = scene(pyramid=2, spread=0.02), scene(pyramid=2, spread=0.02)
    picture = torch.cat([torch.full((16, 16, 3), 0.4), torch.full((16, 16, 1), 0.8)], -1)
    rng = torch.Generator().manual_seed(3)
    image.begin(picture, rng)
    other.begin(picture, rng)
    planes = image.planes()
    assert (planes.mean((2, 3)) - torch.tensor([0.4, 0.4, 0.4, 0.8])).abs().max() < 0.03
    assert not torch.equal(planes, other.planes())
    with pytest.raises(ValueError, match="start.pictures: need 0"):
        scene(latent=4).begin(picture, torch.Generator())


def test_an_even_picture_has_no_variation():
    even, noisy = scene(spread=0.0), scene()
    assert even.regularizers(even.render(upright((SIZE, SIZE))))["variation"] == 0
    assert noisy.regularizers(noisy.render(upright((SIZE, SIZE))))["variation"] > 0


@pytest.mark.parametrize("wrong, message", [
    (dict(size=0), "size: need > 0"), (dict(latent=-1), "latent: need >= 0"),
    (dict(size=6, pyramid=3), "pyramid: need a size that halves 2 times, got 6")])
def test_a_wrong_number_is_said(wrong, message):
    with pytest.raises(ValueError, match=message):
        Config(**wrong)
