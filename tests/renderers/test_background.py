r"""What a scene stands before. Learned: sigmoid(w2 relu(w1 [d, sin pi d, cos pi d])), a color a direction."""

import pytest
import torch
from torch.nn.functional import normalize

from renderers.background import Background


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


DIRECTIONS = normalize(torch.randn(2, 3, 4, 3, generator=seeded()), dim=-1)


def test_a_learned_one_is_its_definition():
    behind = Background("learned", seeded())
    x, y, z = DIRECTIONS.unbind(-1)
    waves = torch.stack([x, y, z, *(f(torch.pi * v) for f in (torch.sin, torch.cos) for v in (x, y, z))], -1)
    hidden = torch.einsum("hi,...i->...h", behind.w1, waves).clamp(min=0)
    want = 1 / (1 + torch.exp(-torch.einsum("ch,...h->...c", behind.w2, hidden)))
    torch.testing.assert_close(behind(DIRECTIONS, seeded()), want)
    torch.testing.assert_close(behind(DIRECTIONS, None), want)


def test_a_learned_one_begins_spread_around_zero_and_learns_slowly():
    behind = Background("learned", seeded())
    for weight, inputs in ((behind.w1, 9), (behind.w2, 16)):
        bound = (3 / inputs) ** 0.5
        assert weight.shape[1] == inputs and -bound <= weight.min() < -0.7 * bound and 0.7 * bound < weight.max() <= bound
    (group,) = behind.param_groups()
    assert group["lr"] == 0.1 and [p is w for p, w in zip(group["params"], (behind.w1, behind.w2), strict=True)] == [True] * 2


@pytest.mark.parametrize("kind, value", [("white", 1.0), ("black", 0.0)])
def test_a_fixed_one_is_its_color_in_training_too(kind, value):
    for rng in (None, seeded()):
        assert (Background(kind, seeded())(DIRECTIONS, rng) == value).all()
    assert Background(kind, seeded()).param_groups() == []


def test_a_random_one_is_a_color_a_picture_in_training_and_white_otherwise():
    behind = Background("random", seeded())
    color = behind(DIRECTIONS, seeded())
    assert color.shape == (2, 1, 1, 3) and not torch.equal(color[0], color[1]) and color.std() > 0.1
    assert (behind(DIRECTIONS, None) == 1).all() and behind.param_groups() == []
