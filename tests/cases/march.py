"""Inputs of ``march`` by name: ``CASES[name](dtype) -> (origins, directions, occupancy, step, jitter[, tau[, capacity]])``."""

import torch
from torch.nn.functional import normalize

STEP = 1 / 64


def cone(dtype, R=200, cells=16, filled=0.5, seed=0):
    """Rays from a point in front of the box, some of which miss it; cells occupied at random."""
    rng = torch.Generator().manual_seed(seed)
    directions = normalize(0.35 * torch.randn(R, 3, generator=rng) - torch.tensor([0.1, 0.2, 1.0]), dim=1).to(dtype)
    origins = torch.tensor([0.15, 0.3, 1.55], dtype=dtype).repeat(R, 1)
    occupancy = torch.rand(cells, cells, cells, generator=rng) < filled
    return origins, directions, occupancy, STEP, torch.rand(R, generator=rng).to(dtype)


def along_axes(dtype):
    """Directions with zeros, through the middle, in a face of the box, outside it, along an edge, and away from it."""
    origins = torch.tensor([[0, 0, 2], [0.5, 0, 2], [0.6, 0, 2], [-0.5, -0.5, 2], [0, 0, 2], [-2, 0.1, 0.1], [0, 0, 0]])
    directions = torch.tensor([[0, 0, -1], [0, 0, -1], [0, 0, -1], [0, 0, -1], [0, 0, 1], [1, 0, 0], [0, 1, 0]])
    full = torch.ones(4, 4, 4, dtype=torch.uint8)
    return origins.to(dtype), directions.to(dtype), full, STEP, torch.full((7,), 0.5, dtype=dtype)


def non_contiguous(dtype):
    origins, directions, occupancy, step, jitter = cone(dtype)
    origins, directions = (a.t().contiguous().t() for a in (origins, directions))
    return origins, directions, occupancy.permute(2, 0, 1), step, jitter[:, None].repeat(1, 2)[:, 0]


def large_values(dtype):
    """Anything but 0 is occupied."""
    origins, directions, _, step, jitter = cone(dtype)
    return origins, directions, torch.full((8, 8, 8), 255, dtype=torch.uint8), step, jitter


def hidden(dtype):
    """Cells that hide what is behind them after some samples, at once, or never."""
    origins, directions, occupancy, step, jitter = cone(dtype)
    tau = 20 * torch.rand(occupancy.shape, generator=torch.Generator().manual_seed(1)) ** 3
    tau[:4], tau[4:6] = 0, float("inf")
    return origins, directions, occupancy, step, jitter, tau.to(dtype)


def capacity(dtype, rows):
    """Fewer rows than samples, or more."""
    return *cone(dtype, R=40), None, rows


CASES = {
    "typical": cone,
    "empty": lambda dtype: cone(dtype, filled=0.0),
    "no rays": lambda dtype: cone(dtype, R=0),
    "one element": lambda dtype: cone(dtype, R=1, cells=1, filled=1.0),
    "along the axes": along_axes,
    "large occupancy values": large_values,
    "hidden": hidden,
    "a capacity that is too small": lambda dtype: capacity(dtype, 300),
    "a capacity that is too large": lambda dtype: capacity(dtype, 2000),
    "non-contiguous": non_contiguous,
}
