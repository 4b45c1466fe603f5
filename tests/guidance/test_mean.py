"""The mean picture: it is the least-squares one, it turns with the camera, it is of the design that a reference shows."""

from math import cos, pi, sin

import pytest
import torch
from torch import Tensor

from guidance.priors.bundled.mean import FEATURES, Mean, features
from guidance.priors.bundled.network import pose

D, SIZE = 8, 4


def drawn(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def test_the_features_are_harmonics_times_powers():
    az, el = 0.7, -0.3
    (got,) = features(pose(torch.tensor([az]), torch.tensor([el])))
    turns = [1.0, *(2**0.5 * turn(k * az) for k in (1, 2, 3, 4) for turn in (cos, sin))]
    torch.testing.assert_close(got, torch.tensor([turn * sin(el) ** power for turn in turns for power in (0, 1, 2)]))
    assert len(got) == FEATURES and not features(torch.zeros(1, 4)).any()


def test_features_have_a_period_and_a_mean_square_of_one_around_the_object():
    az = torch.arange(360) * pi / 180
    at = features(pose(az, torch.full_like(az, pi / 2)))
    torch.testing.assert_close(at, features(pose(az + 2 * pi, torch.full_like(az, pi / 2))), atol=1e-4, rtol=0)
    torch.testing.assert_close(at.square().mean(0), torch.ones(FEATURES), atol=1e-4, rtol=0)


def test_it_learns_what_each_side_looks_like_and_the_mean_of_the_sides_where_none_is_told():
    """Two names, whose pictures are bright on the side that turns with the azimuth; noise, to be averaged away."""
    torch.manual_seed(0)
    mean, names = Mean(D, channels=1, size=SIZE, width=32), drawn(2, D)
    ramp = torch.linspace(-1, 1, SIZE).expand(SIZE, SIZE)

    def picture(name: Tensor, az: Tensor) -> Tensor:
        return ((1 - 2 * name) * az.sin())[:, None, None, None] * ramp + 0.5 * name[:, None, None, None]

    optimizer, rng = torch.optim.Adam(mean.parameters(), 3e-3), torch.Generator().manual_seed(0)
    for _ in range(400):
        name, az = torch.randint(2, (64,), generator=rng), 2 * pi * torch.rand(64, generator=rng)
        told = (torch.rand(64, generator=rng) > 0.3).float()[:, None]
        x0 = picture(name.float(), az) + 0.1 * torch.randn(64, 1, SIZE, SIZE, generator=rng)
        optimizer.zero_grad()
        (mean(names[name], pose(az, torch.zeros(64)) * told) - x0).square().mean().backward()
        optimizer.step()
    name, az = torch.tensor([0, 1, 0, 1]), torch.tensor([0.5, 0.5, 4.0, 4.0])
    with torch.no_grad():
        got, none = mean(names[name], pose(az, torch.zeros(4))), mean(names, torch.zeros(2, 4))
    assert (got - picture(name.float(), az)).abs().max() < 0.2
    assert (none - torch.tensor([0.0, 0.5]).view(2, 1, 1, 1)).abs().max() < 0.2


def test_it_learns_the_design_that_a_reference_shows_and_the_mean_of_the_designs_without_one():
    """One name, two designs, dark and bright, whose summaries are told apart; half of the time there is none."""
    torch.manual_seed(0)
    mean, name, designs = Mean(2 * D, channels=1, size=SIZE, width=32), drawn(1, D).expand(64, -1), drawn(2, D, seed=1)
    optimizer, rng = torch.optim.Adam(mean.parameters(), 3e-3), torch.Generator().manual_seed(0)
    for _ in range(200):
        which = torch.randint(2, (64,), generator=rng)
        shown = designs[which] * (torch.rand(64, 1, generator=rng) < 0.5)
        x0 = (2.0 * which - 1).view(-1, 1, 1, 1).expand(-1, 1, SIZE, SIZE)
        optimizer.zero_grad()
        (mean(torch.cat([name, shown], 1), torch.zeros(64, 4)) - x0).square().mean().backward()
        optimizer.step()
    with torch.no_grad():
        shown = torch.cat([designs, torch.zeros(1, D)])
        dark, bright, none = mean(torch.cat([name[:3], shown], 1), torch.zeros(3, 4))
    assert (dark + 1).abs().max() < 0.2 and (bright - 1).abs().max() < 0.2 and none.abs().max() < 0.3


@pytest.mark.parametrize("size, width", [(4, 8), (16, 12)])
def test_it_comes_back_from_its_folder(tmp_path, size, width):
    mean = Mean(D, channels=4, size=size, width=width)
    mean.save_pretrained(tmp_path)
    back = Mean.from_pretrained(tmp_path)
    y, c = drawn(3, D), pose(torch.tensor([0.0, 1.0, 2.0]), torch.tensor([0.0, 0.5, 1.5]))
    assert torch.equal(mean(y, c), back(y, c)) and back(y, c).shape == (3, 4, size, size)
