r"""Signed distances to a surface, at the nodes of a lattice, in a band around it.

    d(x) = min over triangles of |x - nearest point of the triangle|,    s = sign d,    |s| <= band

A node asks the triangles whose centre is near it: what marching tetrahedra leaves is smaller than a cube.
"""

import torch
from torch import Tensor

from .tetrahedra import Lattice

BAND = 1.0              # edges of a cube
NEAR = 1.5              # edges from a triangle's centre to the nodes that ask it
CHUNK = 1 << 15         # triangles at a time
SLIVER = 1e-6           # (2 area)^2 below which a triangle's plane is not told, and its edges are near enough


@torch.no_grad()
def redistanced(lattice: Lattice, sign: Tensor, vertices: Tensor, faces: Tensor) -> Tensor:
    """[N] distances in edges of a cube, at most BAND, with the sign of ``sign`` [N]; ``vertices`` [V, 3] in the world."""
    n, reach = lattice.n, torch.arange(-1, 2, device=vertices.device)
    around = torch.cartesian_prod(reach, reach, reach)                                          # [27, 3]
    least = torch.full((lattice.count,), BAND, device=vertices.device)
    for part in faces.long().split(CHUNK):
        corners = (vertices[part] + 0.5) * n                                                    # [F, 3, 3] in cubes
        centre = corners.mean(1)
        for kind, shift in ((0, 0.0), (1, 0.5)):                                                # corners, then centres
            side = n + 1 - kind
            node = (centre - shift).round().long()[:, None] + around                            # [F, 27, 3]
            near = ((node + shift - centre[:, None]).square().sum(-1) < NEAR**2) & ((node >= 0) & (node < side)).all(-1)
            which, place = near.nonzero(as_tuple=True)
            node = node[which, place]
            d = to_triangle(node + shift, corners[which])
            flat = (node[:, 0] * side + node[:, 1]) * side + node[:, 2] + kind * lattice.corners
            least.scatter_reduce_(0, flat, d, "amin")
    return torch.where(sign > 0, least, -least)


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
