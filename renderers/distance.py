r"""Signed distances to a surface, at the nodes of a lattice, in a band around it.

    d(x) = min over triangles of |x - nearest point of the triangle|,    s = sign d,    |s| <= band

The surface of true distances d is not the one that they are of: chords lie within a round body, and each renewal would draw
it in by a hundredth of an edge. So the new distances q are the ones whose surface has the distances d, by CORRECTIONS steps of

    q <- q - (R(D(q)) - d),        q = d at first,      signs kept

with D the surface of distances and R the distances to a surface. A node asks the triangles whose centre is near its place
in the lattice: what a surface of that lattice leaves is smaller than a cube. The distance is from where the node is, which
may have moved by half a cube's edge.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .flexicubes import Cubes
from .tetrahedra import Lattice, Surface

BAND = 1.0              # edges of a cube
NEAR = 1.5              # edges from a triangle's centre to the places of the nodes that ask it
CORRECTIONS = 2
CHUNK = 1 << 18         # pairs at a time
SLIVER = 1e-6           # (2 area)^2 below which a triangle's plane is not told, and its edges are near enough


@torch.no_grad()
def renewed(lattice: Lattice | Cubes, s: Tensor, surface_of: Callable[[Tensor], Surface], positions: Tensor) -> Tensor:
    """[N] true distances with the surface of ``s`` [N]; ``s`` itself where it has none."""
    surface = surface_of(s)
    if not len(surface.faces):
        return s
    return matched(lattice, redistanced(lattice, s, surface.vertices, surface.faces, positions), surface_of, positions)


@torch.no_grad()
def matched(lattice: Lattice | Cubes, d: Tensor, surface_of: Callable[[Tensor], Surface], positions: Tensor) -> Tensor:
    """[N] numbers, with the signs of ``d`` [N], whose surface has the distances ``d``; in edges of a cube."""
    q = d
    for _ in range(CORRECTIONS):
        surface = surface_of(q)
        better = q - (redistanced(lattice, d, surface.vertices, surface.faces, positions) - d)
        q = torch.where((better > 0) == (d > 0), better, q)
    return q


@torch.no_grad()
def redistanced(lattice: Lattice | Cubes, sign: Tensor, vertices: Tensor, faces: Tensor, positions: Tensor) -> Tensor:
    """[N] distances in edges of a cube, at most BAND, with the sign of ``sign`` [N].

    ``vertices`` [V, 3] of the surface and ``positions`` [N, 3] of the nodes, in the world.
    """
    n, device = lattice.n, vertices.device
    triangles, nodes = (vertices[faces.long()] + 0.5) * n, (positions + 0.5) * n                       # in cubes
    centre = triangles.mean(1)
    radius = (triangles - centre[:, None]).norm(dim=-1).amax(1)
    nearest = torch.full((lattice.count,), BAND, device=device)                             # centre: bounds the distance
    found = []
    for ids, shift in zip(lattice.ids, (0.0, 0.5), strict=False):                           # corners, then centres
        which, node = candidates(centre, ids.to(device), shift)
        away = (nodes[node] - centre[which]).norm(dim=-1)
        nearest.scatter_reduce_(0, node, away, "amin")
        found.append((which, node, away - radius[which]))
    least = torch.full((lattice.count,), BAND, device=device)
    for which, node, bound in found:
        worth = bound <= nearest[node]
        for triangle, at in zip(which[worth].split(CHUNK), node[worth].split(CHUNK), strict=True):
            least.scatter_reduce_(0, at, to_triangle(nodes[at], triangles[triangle]), "amin")
    return torch.where(sign > 0, least, -least)


def candidates(centre: Tensor, ids: Tensor, shift: float) -> tuple[Tensor, Tensor]:
    """(triangles [M], nodes [M]) that are near each other, of triangles' centres [F, 3] in cubes.

    ``ids`` [k, k, k]: numbers of the nodes, row by row; ``shift``: where the first one lies in its cube, along each axis.
    """
    k, around = len(ids), torch.arange(-1, 2, device=centre.device)
    place = (centre - shift).round().long()[:, None] + around[:, None]                      # [F, 3 ways, 3 axes]
    square = (place + shift - centre[:, None]).square().masked_fill((place < 0) | (place >= k), torch.inf)
    x, y, z = square.unbind(-1)
    near = x[:, :, None, None] + y[:, None, :, None] + z[:, None, None, :] < NEAR**2
    which, i, j, m = near.nonzero(as_tuple=True)
    return which, ids[0, 0, 0] + (place[which, i, 0] * k + place[which, j, 1]) * k + place[which, m, 2]


def to_triangle(p: Tensor, corners: Tensor) -> Tensor:
    """[M] distances of points [M, 3] to triangles [M, 3, 3]: to the plane where the foot is inside, else to an edge."""
    a, b, c = corners.unbind(1)
    normal = torch.linalg.cross(b - a, c - a)
    inside = torch.ones_like(p[:, 0], dtype=torch.bool)
    edge = torch.full_like(p[:, 0], torch.inf)
    for start, end in ((a, b), (b, c), (c, a)):
        way, to = end - start, p - start
        t = ((to * way).sum(-1) / way.square().sum(-1).clamp(min=1e-12)).clamp(0, 1)
        edge = torch.minimum(edge, (to - t[:, None] * way).square().sum(-1))
        inside &= (torch.linalg.cross(way, to) * normal).sum(-1) >= 0
    area = normal.square().sum(-1)
    plane = ((p - a) * normal).sum(-1).square() / area.clamp(min=SLIVER)
    return torch.where(inside & (area > SLIVER), plane, edge).sqrt()
