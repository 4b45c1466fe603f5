r"""Signed distances to what a mesh scene begins as, at the nodes of a lattice: an ellipsoid, or what a model encloses.

    ellipsoid with half axes a        s = (|x / a| - 1) |x / a| / |x / a^2|, true near it and of a ball (Quilez)

    a ray from a node along +-x, +-y, +-z counts    w = sum over crossings of sign(n . way),    and says inside where w != 0
    inside = more than three of the six rays say so,        s = -+ distance, in a band (``distance.py``)

w is the winding number of a closed model (Jacobson et al., Robust inside-outside segmentation, ACM TOG 32(4), 2013), so
parts may overlap, and all triangles may be wound the wrong way. Of an open one the rays disagree: a hole that only one or two
of them leave through is closed, a sheet of paper encloses nothing. All nodes in a line share a ray, in double precision and
beside the line by less than a thousandth of a cube, so that it meets no edge.
"""

import torch
from torch import Tensor

from .distance import redistanced
from .flexicubes import Cubes
from .tetrahedra import Lattice, Surface
from .vector.crossing import cross

BESIDE = (3.1e-4, 1.7e-4)           # of a cube's edge, from the line of nodes to its ray
CHUNK = 1 << 21                     # pairs of a triangle and a ray at a time
MOST = 4_000_000                    # triangles after they were cut to the size of a cube
LEAST = 1e-3                        # edges that a node on the surface is away from it: it has a side
RAYS = 3                            # of six, that more must say inside
THIN = 0.5                          # edges between a model's surface and the one that was made, from which it is lost


def ellipsoid(points: Tensor, axes: Tensor) -> Tensor:
    """[N] of points [N, 3] with half axes [3], in the same unit."""
    one, two = (points / axes).norm(dim=-1), (points / axes**2).norm(dim=-1)
    return (one - 1) * torch.where(two > 1e-9, one / two.clamp(min=1e-9), axes.min())


@torch.no_grad()
def enclosed(lattice: Lattice | Cubes, triangles: Tensor) -> Tensor:
    """[N] distances in edges of a cube, at most ``distance.BAND``, > 0 outside; of triangles [F, 3, 3] in the world.

    Raises:
        ValueError: one phrase: so much area that it cannot be computed with.
    """
    exact = (triangles.double() + 0.5) * lattice.n                                  # in cubes
    inside = torch.cat([torch.stack([counted(exact, len(ids), shift, axis) for axis in range(3)]).sum(0).flatten() > RAYS
                        for ids, shift in zip(lattice.ids, (0.0, 0.5), strict=False)])
    small = (cut(exact) / lattice.n - 0.5).to(triangles.dtype)
    corners = torch.arange(3 * len(small), device=triangles.device).view(-1, 3)
    sign = torch.where(inside, -1.0, 1.0).to(triangles.dtype)
    s = redistanced(lattice, sign, small.flatten(0, 1), corners, lattice.positions(triangles.device))
    return sign * s.abs().clamp(min=LEAST)


@torch.no_grad()
def lost(lattice: Lattice | Cubes, distance: Tensor, made: Surface, positions: Tensor) -> float:
    """The share of a model's surface, whose ``distance`` [N] is given, that the surface ``made`` of it does not have: seen from
    the nodes near it, at ``positions`` [N, 3] in the world."""
    near = distance.abs() < 0.5
    away = redistanced(lattice, distance, made.vertices, made.faces, positions).abs()
    return float((near & (away - distance.abs() > THIN)).sum() / near.sum().clamp(min=1))


def counted(triangles: Tensor, k: int, shift: float, axis: int) -> Tensor:
    """[k, k, k] how many of the two rays along ``axis`` say that nodes at shift, shift + 1, ... are inside."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    flat = triangles[..., [u, v]] - shift - torch.tensor(BESIDE, device=triangles.device, dtype=triangles.dtype)
    height = triangles[..., axis] - shift
    low, high = flat.amin(1).ceil().clamp(min=0).long(), flat.amax(1).floor().clamp(max=k - 1).long()
    wide = (high - low + 1).clamp(min=0)                                            # [F, 2] rays that may meet it
    ends = wide.prod(1).cumsum(0)
    change = torch.zeros(k * k * (k + 1), dtype=torch.long, device=triangles.device)
    for begin in range(0, int(ends[-1]), CHUNK):
        pair = torch.arange(begin, min(begin + CHUNK, int(ends[-1])), device=triangles.device)
        f = torch.searchsorted(ends, pair, right=True)
        at = pair - (ends[f] - wide[f].prod(1))
        ray = low[f] + torch.stack([at // wide[f, 1], at % wide[f, 1]], 1)          # [M, 2]
        a, b, c = (flat[f] - ray[:, None]).unbind(1)
        weights = torch.stack([cross(b, c), cross(c, a), cross(a, b)], 1)           # of the three corners
        way = weights.sum(1).sign().long()                                          # of its normal, along the axis
        hit = ((weights > 0).all(1) | (weights < 0).all(1))
        f, ray, way, weights = f[hit], ray[hit], way[hit], weights[hit]
        above = ((weights * height[f]).sum(1) / weights.sum(1)).ceil().clamp(0, k).long()      # the first node beyond it
        change.index_add_(0, (ray[:, 0] * k + ray[:, 1]) * (k + 1) + above, way)
    below = change.view(k, k, k + 1).cumsum(2)                                      # of crossings behind each node
    votes = (below[..., :k] != 0).long() + (below[..., :k] != below[..., k:])
    return votes.movedim((0, 1, 2), (u, v, axis))


def cut(triangles: Tensor) -> Tensor:
    """Triangles [F, 3, 3], each halved across its longest edge until no edge is longer than 1; raises ValueError above MOST."""
    done = []
    while len(triangles):
        longest, which = (triangles - triangles.roll(-1, 1)).norm(dim=-1).max(1)    # from corner i to corner i + 1
        done.append(triangles[longest <= 1])
        triangles, which = triangles[longest > 1], which[longest > 1]
        a, b, c = (triangles[torch.arange(len(which)), (which + i) % 3] for i in range(3))
        middle = (a + b) / 2
        triangles = torch.cat([torch.stack([a, middle, c], 1), torch.stack([middle, b, c], 1)])
        if len(triangles) + sum(map(len, done)) > MOST:
            raise ValueError(f"its triangles, cut to the size of scene.cells' cubes, are more than {MOST:,}")
    return torch.cat(done)
