r"""The shapes that a vector scene starts from, as control points of cubics on the unit square.

    circle of c cubics:  handles at a tangent, (4/3) tan(pi / 2c) radii long              off by 3e-4 radii for c = 4
"""

from math import pi, tan

import numpy as np
import torch
from torch import Tensor

from ..drawing import Paint, Paths


def circles(centres: Tensor, radii: Tensor, segments: int, wobble: float, rng: torch.Generator) -> Tensor:
    """[N, 3 segments, 2] closed chains around ``centres`` [N, 2]; joints and handles off by ``wobble`` radii (std)."""
    angle = 2 * pi * torch.arange(segments) / segments
    joint = torch.stack([angle.cos(), angle.sin()], -1)                                     # [c, 2]
    along = torch.stack([-angle.sin(), angle.cos()], -1) * (4 / 3 * tan(pi / (2 * segments)))
    ring = torch.stack([joint, joint + along, joint.roll(-1, 0) - along.roll(-1, 0)], 1).view(-1, 2)
    noise = wobble * torch.randn(len(centres), *ring.shape, generator=rng)
    return centres[:, None] + radii[:, None, None] * (ring + noise)


def curves(middles: Tensor, angles: Tensor, lengths: Tensor, segments: int, wobble: float,
           rng: torch.Generator) -> Tensor:
    """[N, 3 segments + 1, 2] open chains, straight but for ``wobble`` lengths (std), through ``middles`` [N, 2]."""
    t = torch.linspace(-0.5, 0.5, 3 * segments + 1)
    direction = torch.stack([angles.cos(), angles.sin()], -1)
    line = middles[:, None] + (lengths[:, None] * t)[..., None] * direction[:, None]
    return line + wobble * lengths[:, None, None] * torch.randn(line.shape, generator=rng)


def smooth(nodes: Tensor) -> Tensor:
    """[N, 3 (K - 1) + 1, 2] open chains through ``nodes`` [N, K, 2]: Catmull-Rom tangents, a third of the way."""
    before = torch.cat([2 * nodes[:, :1] - nodes[:, 1:2], nodes[:, :-1]], 1)
    after = torch.cat([nodes[:, 1:], 2 * nodes[:, -1:] - nodes[:, -2:-1]], 1)
    tangent = (after - before) / 2
    parts = torch.stack([nodes[:, :-1], nodes[:, :-1] + tangent[:, :-1] / 3, nodes[:, 1:] - tangent[:, 1:] / 3], 2)
    return torch.cat([parts.flatten(1, 2), nodes[:, -1:]], 1)


def polygons(corners: int, count: int) -> Paths:
    """``count`` filled polygons of straight sides; their points are packed, ``corners`` each."""
    first = corners * np.arange(count)[:, None]
    a, b = first + np.arange(corners), first + (np.arange(corners) + 1) % corners
    return Paths(np.stack([a, a, b, b], -1).reshape(-1, 4), corners * np.arange(count + 1), np.arange(count + 1),
                 np.full(count, Paint.NONZERO, np.int8), np.full(count, True))


def squares(grid: int, overlap: float) -> Tensor:
    """[grid^2, 4, 2] corners of the cells of a grid, row by row; each reaches ``overlap`` cells under the later ones.

    Shapes that only touch leave a hairline between them in every viewer, since each covers its share of a pixel alone.
    """
    y, x = torch.meshgrid(torch.arange(grid), torch.arange(grid), indexing="ij")
    low = torch.stack([x, y], -1).view(-1, 1, 2).float()
    corner = torch.tensor([[0, 0], [1, 0], [1, 1], [0, 1]]) * (1 + overlap)
    return (low + corner) / grid


def triangulation(grid: int, jitter: float, rng: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """A square grid of vertices, the inner ones off by ``jitter`` cells, each cell cut along one of its diagonals.

    Returns:
        vertices [(grid + 1)^2, 2]; triangles [2 grid^2, 3] int64, all turning the same way; whether a vertex may move
        along x and y [(grid + 1)^2, 2]: on the border only along it.
    """
    line = torch.arange(grid + 1)
    y, x = torch.meshgrid(line, line, indexing="ij")
    vertices = torch.stack([x, y], -1).view(-1, 2).float()
    free = (vertices > 0) & (vertices < grid)
    vertices = (vertices + free * jitter * (2 * torch.rand(vertices.shape, generator=rng) - 1)) / grid
    a = (y[:-1, :-1] * (grid + 1) + x[:-1, :-1]).flatten()
    b, c, d = a + 1, a + grid + 2, a + grid + 1
    falling = torch.rand(len(a), 1, generator=rng) < 0.5
    one = torch.where(falling, torch.stack([a, b, c], 1), torch.stack([a, b, d], 1))
    two = torch.where(falling, torch.stack([a, c, d], 1), torch.stack([b, c, d], 1))
    return vertices, torch.stack([one, two], 1).view(-1, 3), free


def spread(corners: Tensor, by: float) -> Tensor:
    """Polygons [N, K, 2] with every corner ``by`` further from the middle: neighbours overlap, see ``squares``."""
    outwards = corners - corners.mean(1, keepdim=True)
    return corners + by * outwards / outwards.norm(dim=-1, keepdim=True).clamp(min=1e-6)
