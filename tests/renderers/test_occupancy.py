"""The grid that says where something is: looked at where the generator says, one point a cell, dilated by a cell."""

import torch

from renderers.occupancy import Occupancy


def refreshed(seed, density=lambda x: x[:, 0], threshold=2.0, size=6):
    grid = Occupancy(size)
    grid.refresh(density, threshold, torch.Generator().manual_seed(seed))
    return grid


def test_where_it_looks_is_the_generators_and_nobody_elses():
    torch.manual_seed(0)
    first, other = refreshed(1).peak, refreshed(2).peak
    torch.manual_seed(5)
    assert torch.equal(first, refreshed(1).peak) and not torch.equal(first, other)


def test_each_cell_is_looked_at_inside_itself():
    for axis in range(3):
        peak = refreshed(0, lambda x, axis=axis: x[:, axis]).peak.movedim(axis, 0) * 6
        assert all((peak[i] >= i).all() and (peak[i] <= i + 1).all() for i in range(6)) and peak.frac().std() > 0.2


def test_what_is_dense_is_occupied_with_its_neighbours_and_nothing_else():
    cells = refreshed(0, lambda x: 5.0 * ((x * 6).long() == torch.tensor([1, 2, 4])).all(-1)).cells
    want = torch.zeros(6, 6, 6, dtype=torch.uint8)
    want[0:3, 1:4, 3:6] = 1
    assert torch.equal(cells, want)
