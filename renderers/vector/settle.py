r"""Triangles that follow shading: the vertices of a triangulated grid moved to where each triangle has one color.

    E = sum over triangles  area  mean_k |c(x_k) - mean c|^2  +  FOLD relu(LEAST area_0 - area)^2 / area_0

c is the picture, read at ten points x_k of each triangle, so E is differentiable in the vertices through both; Adam goes
down it. Between, each cell of the grid takes the one of its two diagonals whose triangles have less of E. Edges of the
triangles then lie along edges of the picture, and what is flat keeps large triangles.
"""

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, pad

from .begin import at, resized
from .crossing import cross

EDGE = 128                  # pixels of the picture that is followed
ROUNDS, STEPS = 3, 40       # of diagonals, and of Adam in each
RATE = 0.06                 # of a cell, a step
FOLD, LEAST = 4.0, 0.2      # what a small triangle costs, and from which share of an even one on
K = torch.tensor([(i, j, 3 - i - j) for i in range(4) for j in range(4 - i)])
WEIGHTS = 0.8 * K / 3 + 0.2 / 3         # [10, 3] of a triangle's corners


def settled(picture: Tensor, vertices: Tensor, triangles: Tensor, free: Tensor) -> tuple[Tensor, Tensor]:
    """``vertices`` [V, 2] of the unit square and ``triangles`` [2 G^2, 3] int64 as ``shapes.triangulation`` makes them,
    moved after ``picture`` [h, w, 4], premultiplied.

    Args:
        free: [V, 2] bool, whether a vertex may move along x and y.
    """
    planes = resized(picture.float(), (EDGE, EDGE)).permute(2, 0, 1)[None]
    soft = avg_pool2d(pad(planes, (1, 1, 1, 1), mode="replicate"), 3, 1)[0].permute(1, 2, 0)
    even = 1.0 / len(triangles)
    points = vertices.float().clone().requires_grad_()
    adam = torch.optim.Adam([points], lr=RATE / (len(triangles) / 2) ** 0.5, betas=(0.9, 0.9))
    with torch.enable_grad():
        for _ in range(ROUNDS):
            for _ in range(STEPS):
                adam.zero_grad()
                error, area = errors(soft, points[triangles])
                loss = error.sum() / even + FOLD * (LEAST * even - area).clamp(min=0).square().sum() / even**2
                loss.backward()
                points.grad.mul_(free)
                adam.step()
                points.data.clamp_(0, 1)
            triangles = cut(soft, points.detach(), triangles, LEAST * even)
    return points.detach(), triangles


def errors(picture: Tensor, corners: Tensor) -> tuple[Tensor, Tensor]:
    """[N] how much of E each of the triangles ``corners`` [N, 3, 2] has, without folding; and their signed areas [N]."""
    colors = at(picture, torch.einsum("ks,nsc->nkc", WEIGHTS.to(corners), corners))                   # [N, 10, 4]
    area = cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2
    return area.clamp(min=0) * (colors - colors.mean(1, keepdim=True)).square().sum(-1).mean(1), area


def cut(picture: Tensor, points: Tensor, triangles: Tensor, least: float) -> Tensor:
    """``triangles``, each cell along the better of its two diagonals; none smaller than ``least`` by a change."""
    a, b, c, d = quads(triangles)
    ways = [torch.stack([torch.stack(one, 1), torch.stack(two, 1)], 1)
            for one, two in (((a, b, c), (a, c, d)), ((a, b, d), (b, c, d)))]                       # [cells, 2, 3] each
    now = (triangles.view(-1, 2, 3) == ways[1]).all((1, 2))
    worth = []
    for way in ways:
        error, area = errors(picture, points[way.view(-1, 3)])
        worth.append(error.view(-1, 2).sum(1) + 1e3 * (area.view(-1, 2).amin(1) < least))
    other = torch.where(now, worth[0], worth[1]) < torch.where(now, worth[1], worth[0])
    return torch.where((now ^ other)[:, None, None], ways[1], ways[0]).view(-1, 3)


def quads(triangles: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The corners [cells] of each cell, in turn, from its two ``triangles``."""
    one, two = triangles.view(-1, 2, 3).unbind(1)
    falling = one[:, 2] == two[:, 1]                        # (a b c), (a c d);  else (a b d), (b c d)
    a, b = one[:, 0], one[:, 1]
    return a, b, torch.where(falling, one[:, 2], two[:, 1]), two[:, 2]
