"""Gaps between Gaussians, and their neighbours, against cases whose answer is known."""

import math

import pytest
import torch

from renderers import density_control as control
from renderers.scenes.gaussians import GAUSSIANS, ROWS, Config

UNIT = torch.tensor([1.0, 0, 0, 0])
QUARTER = torch.tensor([math.cos(math.pi / 4), 0, 0, math.sin(math.pi / 4)])         # x to y, about z


def pair(scale, quaternion, apart=1.0):
    """Two alike on the x axis; ``gaps`` of them."""
    positions = torch.tensor([[0.0, 0, 0], [apart, 0, 0]])
    return control.gaps(positions, torch.tensor([scale, scale]), quaternion.expand(2, 4), 9)


@pytest.mark.parametrize(("scale", "quaternion", "radius"), [
    ([0.1, 0.1, 0.1], UNIT, 0.2), ([0.1, 0.02, 0.05], UNIT, 0.2), ([0.1, 0.02, 0.05], QUARTER, 0.04)])
def test_a_gap_is_what_lies_between_two_ellipsoids_along_the_line_of_centres(scale, quaternion, radius):
    beside, middle, filled = pair(scale, quaternion)
    assert beside.tolist() == [0] and middle[0].tolist() == pytest.approx([0.5, 0, 0])
    assert float(filled) == pytest.approx((1 - 2 * radius) / 4, rel=1e-5)         # its visible edge touches both


def test_the_middle_is_of_the_gap_and_not_of_the_centres():
    scale = torch.tensor([[0.1, 0.1, 0.1], [0.02, 0.02, 0.02]])
    _, middle, filled = control.gaps(torch.tensor([[0.0, 0, 0], [0, 0, 1]]), scale, UNIT.expand(2, 4), 1)
    assert middle[0].tolist() == pytest.approx([0, 0, (0.2 + 0.96) / 2]) and float(filled) == pytest.approx((0.96 - 0.2) / 4)


def test_those_that_touch_leave_no_gap_and_two_at_one_place_none_either():
    assert len(pair([0.3, 0.01, 0.01], UNIT)[0]) == 0
    assert len(pair([0.1, 0.1, 0.1], UNIT, apart=0.0)[0]) == 0


def test_each_gap_counts_once_and_the_largest_come_first():
    positions = torch.tensor([[0.0, 0, 0], [0.3, 0, 0], [0.7, 0, 0]])                   # gaps of 0.3, 0.4 and 0.7
    scale = torch.full((3, 3), 1e-4)
    beside, middle, filled = control.gaps(positions, scale, UNIT.expand(3, 4), 9)
    assert len(beside) == 3 and filled.tolist() == sorted(filled.tolist(), reverse=True)
    assert torch.allclose(control.gaps(positions, scale, UNIT.expand(3, 4), 2)[1], middle[:2])


def test_neighbours_are_those_of_all_distances_and_never_oneself():
    points = torch.rand(70, 3, generator=torch.Generator().manual_seed(0))
    points[3] = points[5]
    away, row = control.nearest(points, 3, chunk=16)
    every = (points[:, None] - points).norm(dim=-1) + torch.diag(torch.full((70,), torch.inf))
    assert torch.allclose(away, every.sort(1).values[:, :3], atol=1e-6)
    assert (row != torch.arange(70)[:, None]).all() and row[3, 0] == 5 and away[3, 0] == 0
    assert control.nearest(points[:1], 3)[0].shape == (1, 0)


def holed(fill, cap=2000):
    """A scene of a flat grid of Gaussians that just touch, with a hole in the middle; the optimiser has moments."""
    it = GAUSSIANS(Config(count=2, cap=cap, every=1, begin=0, finish=1, split=0, fill=fill), torch.Generator().manual_seed(0))
    side = torch.linspace(-0.25, 0.25, 21)
    grid = torch.cartesian_prod(side, side)
    grid = torch.nn.functional.pad(grid[grid.abs().amax(1) > 0.06], (0, 1))             # a hole of 5 x 5
    N = len(grid)
    it.hold((grid, torch.full((N, 3), math.log(0.0089)), UNIT.expand(N, 4), torch.full((N,), 2.0), torch.zeros(N, 3)))
    optimizer = torch.optim.Adam([getattr(it, name) for name in ROWS])
    sum(getattr(it, name).square().sum() for name in ROWS).backward()
    optimizer.step()
    it.log_scales.data[:] = math.log(0.0089)
    return it, optimizer


def test_gaps_are_filled_by_rows_without_moments_up_to_the_share_and_the_cap():
    it, optimizer = holed(fill=1.0)
    it.positions.data[:, 0] *= 1.7                                      # columns no longer touch
    N = len(it.positions)
    it.change_rows(optimizer, 0, 0.5, torch.Generator().manual_seed(0))
    more = len(it.positions) - N
    assert more > 200 and torch.isfinite(it.log_scales).all()
    for name in ROWS:
        moments = optimizer.state[getattr(it, name)]["exp_avg"]
        assert len(moments) == N + more and not moments[N:].any() and (moments[:N].any() or name == "colors")
    assert torch.equal(it.opacity_logits[N:].unique(), it.opacity_logits[:1])
    for settings, added in ((dict(fill=0.1), N // 10), (dict(fill=1.0, cap=N + 7), 7), (dict(fill=0.0), 0)):
        it, optimizer = holed(**settings)
        it.positions.data[:, 0] *= 1.7
        it.change_rows(optimizer, 0, 0.5, torch.Generator().manual_seed(0))
        assert len(it.positions) == N + added, settings


def test_nothing_is_added_where_all_touch():
    it, optimizer = holed(fill=1.0)
    N = len(it.positions)
    it.change_rows(optimizer, 0, 0.5, torch.Generator().manual_seed(0))
    assert len(it.positions) == N
