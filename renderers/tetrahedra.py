r"""Marching tetrahedra on a body-centred cubic lattice: from signed distances at its nodes to a closed surface.

    s > 0 outside; on an edge from a to b with s of unlike signs:    x = x_a + t (x_b - x_a),    t = s_a / (s_a - s_b)

The lattice has the corners and the centres of n^3 cubes. Each square between two neighbouring centres makes, with both of
them, an octahedron, cut into four tetrahedra around the line of the centres: all are alike (but for their position), and
nearer to regular than a cube's six. Only octahedra whose nodes have unlike signs are looked at.

A tetrahedron (i, j, k, l) is positive if (j - i) x (k - i) . (l - i) > 0; an even permutation of a positive one is
positive. Its surface, counter-clockwise seen from outside, where "ij" is the crossing between i and j, is

    i alone inside      ij, ik, il              they lie around i as j, k, l do
    i alone outside     ij, il, ik              the same seen from the other side
    i and j inside      jk, ik, il, jl          in the first, ij splits in two when j goes inside

``TABLE`` is built from these three lines (Doi and Koide 1991; DMTet, Shen et al., arXiv:2111.04276, section 3.2).
Differentiable in the distances and the positions, not in which edges cross. dt / ds_a = -s_b / (s_a - s_b)^2: where
distances change slowly the surface moves fast, so they are to be kept true distances (``renderers/distance.py``).
"""

from dataclasses import dataclass
from itertools import permutations

import torch
from torch import Tensor

EVEN = [p for p in permutations(range(4)) if sum(p[i] > p[j] for i in range(4) for j in range(i + 1, 4)) % 2 == 0]
FLAT = 1e-6             # of the distances' difference at the least


def _table() -> Tensor:
    """[16, 2, 3, 2] the pairs of corners whose crossings are a triangle's, by case, the sum of 2^i over the corners i
    inside; -1 where there is none."""
    table = torch.full((16, 2, 3, 2), -1)
    for i, j, k, ell in EVEN:
        table[1 << i, 0] = torch.tensor([(i, j), (i, k), (i, ell)])
        table[15 - (1 << i), 0] = torch.tensor([(i, j), (i, ell), (i, k)])
        table[(1 << i) + (1 << j)] = torch.tensor([[(j, k), (i, k), (i, ell)], [(j, k), (i, ell), (j, ell)]])
    return table


TABLE = _table()


class Lattice:
    """The nodes of n^3 cubes in the box [-0.5, 0.5]^3: (n + 1)^3 corners, then n^3 centres."""

    def __init__(self, n: int):
        self.n, self.corners = n, (n + 1) ** 3
        self.count = self.corners + n**3
        self.ids = torch.arange(self.corners).view(n + 1, n + 1, n + 1), torch.arange(self.corners, self.count).view(n, n, n)

    def positions(self, device: torch.device | str = "cpu") -> Tensor:
        """[N, 3] of the nodes, in the world."""
        corner = torch.arange(self.n + 1, device=device) / self.n - 0.5
        centre = (torch.arange(self.n, device=device) + 0.5) / self.n - 0.5
        return torch.cat([torch.cartesian_prod(*3 * [axis]) for axis in (corner, centre)])

    def parts(self, values: Tensor) -> tuple[Tensor, Tensor]:
        """Values [N] at the nodes as [n + 1, n + 1, n + 1] of the corners and [n, n, n] of the centres."""
        n = self.n
        return values[:self.corners].view(n + 1, n + 1, n + 1), values[self.corners:].view(n, n, n)

    def border(self) -> Tensor:
        """[N] bool: the nodes of the outermost cubes, which must stay outside for a surface to be closed."""
        masks = [torch.zeros(len(ids), len(ids), len(ids), dtype=torch.bool) for ids in self.ids]
        for mask in masks:
            for axis in range(3):
                mask.select(axis, 0).fill_(True)
                mask.select(axis, -1).fill_(True)
        return torch.cat([mask.flatten() for mask in masks])

    def images(self, axis: int) -> Tensor:
        """[N] of each node the one at its mirror image, across the plane through the middle and at right angles to ``axis``."""
        return torch.cat([ids.flip(axis).flatten() for ids in self.ids])

    def smoothed(self, values: Tensor) -> Tensor:
        """[N] half of each node's value and half of the mean over its eight nearest, all of the other kind."""
        corners, centres = self.parts(values)
        around = torch.nn.functional.avg_pool3d(corners[None, None], 2, 1)[0, 0]
        beside = torch.nn.functional.avg_pool3d(torch.nn.functional.pad(centres[None, None], [1] * 6), 2, 1)[0, 0]
        return torch.cat([(corners + beside).flatten(), (centres + around).flatten()]) / 2

    @torch.no_grad()
    def crossed(self, inside: Tensor) -> Tensor:
        """[T, 4] nodes of the tetrahedra, positive, of octahedra with nodes of both kinds of ``inside`` [N] bool."""
        corner_in, centre_in = self.parts(inside.to(torch.uint8))
        if self.ids[0].device != inside.device:
            self.ids = self.ids[0].to(inside.device), self.ids[1].to(inside.device)
        found = []
        for axis in range(3):
            around, ends = _octahedra(corner_in, centre_in, axis)
            mixed = torch.stack([*around, *ends]).sum(0)
            at = ((mixed > 0) & (mixed < 6)).nonzero(as_tuple=True)
            ring, pair = ([nodes[at] for nodes in part] for part in _octahedra(*self.ids, axis))
            found += [torch.stack([*pair, ring[m], ring[(m + 1) % 4]], 1) for m in range(4)]
        return torch.cat(found)


def _octahedra(corners: Tensor, centres: Tensor, axis: int) -> tuple[list[Tensor], list[Tensor]]:
    """Of each octahedron along ``axis`` the four corners, counter-clockwise around the axis, and its two centres."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    corners, centres = (values.permute(axis, u, v) for values in (corners, centres))
    square = corners[1:-1]
    return ([square[:, :-1, :-1], square[:, 1:, :-1], square[:, 1:, 1:], square[:, :-1, 1:]], [centres[:-1], centres[1:]])


@dataclass(frozen=True)
class Surface:
    """What ``march`` finds.

    Attributes:
        vertices: [V, 3] in the world; differentiable.
        faces: [F, 3] int32, counter-clockwise seen from outside; closed if no border node is inside.
        ends: [V, 2] the nodes between which a vertex lies.
    """

    vertices: Tensor
    faces: Tensor
    ends: Tensor


def march(lattice: Lattice, distance: Tensor, positions: Tensor) -> Surface:
    """The surface between nodes of unlike signs.

    Args:
        distance: [N] signed, > 0 outside; differentiable.
        positions: [N, 3] of the nodes; differentiable.
    """
    inside = distance.detach() <= 0
    tets = lattice.crossed(inside)
    case = (inside[tets] * torch.tensor([1, 2, 4, 8], device=tets.device)).sum(1)
    pairs = TABLE.to(tets.device)[case]                                     # [T, 2, 3, 2]
    tet, triangle = (pairs[:, :, 0, 0] >= 0).nonzero(as_tuple=True)
    ends = tets[tet[:, None, None], pairs[tet, triangle]].sort(-1).values     # [F, 3, 2] nodes
    keys, faces = torch.unique(ends[..., 0] * lattice.count + ends[..., 1], return_inverse=True)
    a, b = keys // lattice.count, keys % lattice.count
    s_a, s_b = take(distance, a), take(distance, b)
    difference = s_a - s_b
    difference = torch.where(difference.abs() < FLAT, difference.detach().sign() * FLAT, difference)
    t, x_a = (s_a / difference)[:, None], take(positions, a)
    return Surface(x_a + t * (take(positions, b) - x_a), faces.int(), torch.stack([a, b], 1))


def take(values: Tensor, rows: Tensor) -> Tensor:
    """``values[rows]``. Indexing's own gradient is summed by several threads in any order on a CPU, this one's by one."""
    return values.index_select(0, rows.flatten()).view(*rows.shape, *values.shape[1:])
