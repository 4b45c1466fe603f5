"""Views of a flat picture: upright ones are the picture, others lie where their homography says, nothing is made up."""

import pytest
import torch

from renderers.sheet import Sheet, homography, upright, viewed

SQUARE = torch.tensor([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


def blot(size=32):
    """Premultiplied: a half transparent red square in the upper left quarter."""
    picture = torch.zeros(size, size, 4)
    picture[: size // 2, : size // 2] = torch.tensor([0.5, 0.0, 0.0, 0.5])
    return picture


def moved(x=0.0, y=0.0, scale=1.0):
    """A window of ``scale`` halves around (x, y)."""
    return torch.tensor([[[scale, 0, x], [0, scale, y], [0, 0, 1]]])


def test_upright_views_are_the_picture_itself():
    render = viewed(blot(), upright((32, 32), 2))
    assert torch.equal(render.premultiplied, blot()[..., :3].expand(2, -1, -1, -1))
    assert torch.equal(render.opacity, blot()[..., 3:].expand(2, -1, -1, -1))


def test_the_background_shows_through_what_is_not_opaque():
    render = viewed(blot(), upright((32, 32)), torch.tensor([0.0, 1.0, 0.0]))
    assert render.rgb[0, 0, 0].tolist() == [0.5, 0.5, 0.0] and render.rgb[0, -1, -1].tolist() == [0.0, 1.0, 0.0]


def test_a_window_shows_its_part_of_the_picture():
    corner = viewed(blot(), Sheet(moved(-0.5, -0.5, 0.4), (32, 32)))
    torch.testing.assert_close(corner.opacity, torch.full_like(corner.opacity, 0.5))
    assert viewed(blot(), Sheet(moved(0.5, 0.5, 0.4), (32, 32))).opacity.max() == 0


def test_beyond_the_picture_there_is_nothing():
    wide = viewed(torch.ones(32, 32, 4), Sheet(moved(scale=2.0), (32, 32))).opacity[0, ..., 0]
    assert wide[0].max() == 0 and wide[16, 16] == 1 and wide.mean() == pytest.approx(0.25, abs=0.01)


def test_a_homography_takes_the_corners_where_it_should():
    g = torch.Generator().manual_seed(0)
    corners = SQUARE * (1 - 0.5 * torch.rand(5, 4, 2, generator=g))
    p = torch.cat([SQUARE, torch.ones(4, 1)], -1) @ homography(corners).mT
    torch.testing.assert_close(p[..., :2] / p[..., 2:], corners, atol=1e-5, rtol=0)


def test_a_picture_of_another_size_is_brought_to_the_views_by_a_filter():
    fine = torch.zeros(64, 64, 4)
    fine[::2] = 1.0                                     # lines of one pixel
    small = viewed(fine, upright((16, 16))).opacity
    assert (small[:, 2:-2] - 0.5).abs().max() < 0.01


def test_the_gradient_reaches_the_picture_through_a_tilt():
    picture = blot().requires_grad_()
    tilt = Sheet(homography(SQUARE[None] * torch.tensor([[[1, 1], [0.7, 1], [1, 0.8], [1, 1]]])), (32, 32))
    assert not tilt.upright
    viewed(picture, tilt).opacity.sum().backward()
    assert torch.isfinite(picture.grad).all() and picture.grad[..., 3].sum() > 100


def test_a_background_may_be_learnt():
    paper = torch.ones(3, requires_grad=True)
    viewed(blot(), upright((32, 32), 3), paper).rgb.mean().backward()
    torch.testing.assert_close(paper.grad, torch.full((3,), 0.875 / 3))
