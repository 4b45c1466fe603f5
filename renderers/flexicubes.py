r"""FlexiCubes (Shen et al., ACM TOG 42(4), 2023): from signed distances at the corners of cubes to a closed surface that
can have sharp edges. Dual marching cubes (Nielson 2004) with weights that are learnt.

    u_ab = (alpha_b s_b x_a - alpha_a s_a x_b) / (alpha_b s_b - alpha_a s_a)        on an edge whose ends have unlike signs
    v    = sum beta_ab u_ab / sum beta_ab                                           over the edges of a patch
    c    = (g_0 g_2 (v_0 + v_2) / 2 + g_1 g_3 (v_1 + v_3) / 2) / (g_0 g_2 + g_1 g_3)          of the four v around an edge

A cube's crossings are joined to patches, closed polygons, as marching cubes joins them. Each patch has one vertex v, which
the weights move anywhere within its crossings: into a corner of the body, too, which marching tetrahedra cut off. Each edge
that crosses the surface gives a quadrilateral of the v of its four cubes, and four triangles around its c. (Equations
(5) to (7) there; alpha, of corners, beta, of edges, and g, are the cube's own.)

A face with inside corners at one diagonal is ambiguous: its four crossings are joined around the inside corners, or around
the outside ones. Any rule that two neighbours share closes the surface. Ours is the first, but where both would have all
four crossings in one patch, and so an edge of four quadrilaterals: there it is the second (Wenger, Isosurfaces, 2013,
section 3.3.5). So the surface is a manifold, which may still cut itself. ``PATCH`` is built from these rules.

    deviation = mean over crossings of | |u - v| - mean over its patch of |u - v| |             (equation (8) there)

Differentiable in distances, positions and weights, not in which edges cross.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from .tetrahedra import FLAT, Surface, take

CORNERS = torch.tensor([[c & 1, c >> 1 & 1, c >> 2 & 1] for c in range(8)])                # of a cube, x, y, z
AXIS = [k // 4 for k in range(12)]                          # along which edge k runs
WEIGHTS = 8 + 12 + 1                                        # alpha, beta, g of a cube
WIDE = 0.99                                                 # how far alpha and beta may leave 1


def _low(k: int) -> int:
    """The corner at which edge k begins."""
    u, v = (AXIS[k] + 1) % 3, (AXIS[k] + 2) % 3
    return (k & 1) << u | (k >> 1 & 1) << v


ENDS = torch.tensor([[_low(k), _low(k) | 1 << AXIS[k]] for k in range(12)])                # [12, 2] corners of an edge
RING = torch.tensor([0, 1, 3, 2]).repeat(3)         # of an edge: the cube's place around it, counter-clockwise


def _patches(case: int, around_inside: bool) -> list[int]:
    """[12] the patch of each edge, numbered from 0, -1 without a crossing; bit c of ``case`` is whether corner c is inside."""
    inside = [case >> c & 1 == 1 for c in range(8)]
    ends = ENDS.tolist()
    patch = [k if inside[a] != inside[b] else -1 for k, (a, b) in enumerate(ends)]

    def join(pair: list[int]) -> None:
        old, new = max(patch[k] for k in pair), min(patch[k] for k in pair)
        patch[:] = [new if name == old else name for name in patch]

    for face in range(6):
        crossing = [k for k in edges_of_face(face) if patch[k] >= 0]
        if len(crossing) == 2:
            join(crossing)
        for corner in range(8) if len(crossing) == 4 else ():
            pair = [k for k in crossing if corner in ends[k]]
            if len(pair) == 2 and inside[corner] == around_inside:
                join(pair)
    names = sorted({name for name in patch if name >= 0})
    return [names.index(name) if name >= 0 else -1 for name in patch]


def edges_of_face(face: int) -> list[int]:
    """The four edges in face 2 axis + side of a cube."""
    return [k for k, pair in enumerate(ENDS.tolist()) if all(c >> face // 2 & 1 == face % 2 for c in pair)]


def _joined(case: int) -> int:
    """The ambiguous face whose four crossings are in one patch by the first rule; -1 without one. There is one at most."""
    patch = _patches(case, True)
    found = [face for face in range(6) if {patch[k] for k in edges_of_face(face)}.isdisjoint({-1})
             and len({patch[k] for k in edges_of_face(face)}) == 1]
    return found[0] if found else -1


PATCH = torch.tensor([[_patches(case, rule) for case in range(256)] for rule in (True, False)])        # [2, 256, 12]
JOINED = torch.tensor([_joined(case) for case in range(256)])


class Cubes:
    """The (n + 1)^3 corners of n^3 cubes in the box [-0.5, 0.5]^3; what ``tetrahedra.Lattice`` is for tetrahedra."""

    def __init__(self, n: int):
        self.n, self.count = n, (n + 1) ** 3
        self.ids = (torch.arange(self.count).view(3 * [n + 1]),)

    def positions(self, device: torch.device | str = "cpu") -> Tensor:
        """[N, 3] of the nodes, in the world."""
        axis = torch.arange(self.n + 1, device=device) / self.n - 0.5
        return torch.cartesian_prod(axis, axis, axis)

    def parts(self, values: Tensor) -> tuple[Tensor, Tensor]:
        """Values [N] at the nodes as [n + 1, n + 1, n + 1], and [n, n, n] their means in the cubes."""
        corners = values.view(3 * [self.n + 1])
        return corners, torch.nn.functional.avg_pool3d(corners[None, None], 2, 1)[0, 0]

    def border(self) -> Tensor:
        """[N] bool: the outermost nodes, which must stay outside for a surface to be closed."""
        mask = torch.zeros(3 * [self.n + 1], dtype=torch.bool)
        for axis in range(3):
            mask.select(axis, 0).fill_(True)
            mask.select(axis, -1).fill_(True)
        return mask.flatten()

    def smoothed(self, values: Tensor) -> Tensor:
        """[N] half of each node's value and half of the mean over its six nearest."""
        padded = torch.nn.functional.pad(values.view(3 * [self.n + 1]), [1] * 6)
        inner = slice(1, -1)
        beside = torch.stack([padded[tuple(way if k == axis else inner for k in range(3))]
                              for axis in range(3) for way in (slice(2, None), slice(None, -2))])
        return (values + beside.mean(0).flatten()) / 2


@dataclass(frozen=True)
class DualSurface(Surface):
    """What ``dual`` finds; its last vertices are the middles of quadrilaterals.

    Attributes:
        deviation: [] in cubes' edges; differentiable.
    """

    deviation: Tensor


def dual(lattice: Cubes, distance: Tensor, positions: Tensor, weights: Tensor) -> DualSurface:
    """The surface between nodes of unlike signs.

    Args:
        distance: [N] signed, > 0 outside, at all nodes of the border too; differentiable.
        positions: [N, 3] of the nodes; differentiable.
        weights: [n^3, WEIGHTS] of the cubes, any number, 0 for equal weights; differentiable.
    """
    n, device = lattice.n, distance.device
    inside = (distance.detach() <= 0).view(3 * [n + 1])
    case = torch.stack([inside[x:n + x, y:n + y, z:n + z].long() << c for c, (x, y, z) in enumerate(CORNERS.tolist())])
    case = case.sum(0).flatten()
    cube = ((case > 0) & (case < 255)).nonzero()[:, 0]                          # [A] those with a surface
    patch = PATCH.to(device)[second_rule(case, cube, n).long(), case[cube]]     # [A, 12]
    many = patch.amax(1) + 1 if len(cube) else cube
    which, k = (patch >= 0).nonzero(as_tuple=True)                              # [K] crossings: a cube, an edge of it
    of = (many.cumsum(0) - many)[which] + patch[which, k]                       # ... and the vertex that they are of
    count = int(many.sum())

    at = torch.stack([cube // n**2, cube // n % n, cube % n], 1)                # [A, 3]
    node = ((at[:, None] + CORNERS.to(device)) * torch.tensor([(n + 1) ** 2, n + 1, 1], device=device)).sum(-1)     # [A, 8]
    ends = ENDS.to(device)[k]                                                   # [K, 2]
    a, b = node[which, ends[:, 0]], node[which, ends[:, 1]]
    w = take(weights, cube)
    alpha, beta, gamma = 1 + WIDE * w[:, :8].tanh(), 1 + WIDE * w[:, 8:20].tanh(), w[:, 20].sigmoid() * WIDE + 0.005
    s_a, s_b = (take(alpha.flatten(), which * 8 + end) * take(distance, one)
                for end, one in zip(ends.T, (a, b), strict=True))
    difference = s_a - s_b
    difference = torch.where(difference.abs() < FLAT, difference.detach().sign() * FLAT, difference)
    x_a = take(positions, a)
    u = x_a + (s_a / difference)[:, None] * (take(positions, b) - x_a)          # [K, 3]
    share = take(beta.flatten(), which * 12 + k)[:, None]
    v = mean_of(u, share, of, count)

    away = ((u - take(v, of)).square().sum(-1, keepdim=True) + 1e-12).sqrt()
    spread = (away - take(mean_of(away, torch.ones_like(away), of, count), of)).abs().sum() * n / max(len(of), 1)

    key = a * 3 + torch.tensor(AXIS, device=device)[k]                          # of the lattice's edge
    order = (key * 4 + RING.to(device)[k]).argsort()
    key, quad, owner = (values[order].view(-1, 4) for values in (key, of, which))       # four cubes around each edge
    low_inside = inside.flatten()[key[:, 0] // 3]
    reverse = torch.where(low_inside, 0, 2)[:, None]                            # swaps the second and the fourth
    turn = (torch.arange(4, device=device) + torch.tensor([0, 1, 0, 1], device=device) * reverse) % 4
    quad, owner = quad.gather(1, turn), owner.gather(1, turn)
    corner, g = take(v, quad), take(gamma, owner)                               # [Q, 4, 3], [Q, 4]
    one, two = (g[:, 0] * g[:, 2])[:, None], (g[:, 1] * g[:, 3])[:, None]
    middle = (one * (corner[:, 0] + corner[:, 2]) + two * (corner[:, 1] + corner[:, 3])) / (2 * (one + two))
    last = (torch.arange(len(quad), device=device) + count)[:, None].expand(-1, 4)
    faces = torch.stack([quad, quad.roll(-1, 1), last], -1).view(-1, 3)
    first = order.view(-1, 4)[:, 0]
    return DualSurface(torch.cat([v, middle]), faces.int(), torch.stack([a[first], b[first]], 1), spread)


def second_rule(case: Tensor, cube: Tensor, n: int) -> Tensor:
    """[A] bool: whether ambiguous faces of the cubes ``cube`` [A] are joined around the outside corners."""
    face = JOINED.to(case.device)[case]
    step = torch.tensor([n**2, n, 1], device=case.device)
    mine = face[cube]
    there = cube + torch.where(mine % 2 == 1, 1, -1) * step[mine.clamp(min=0) // 2]
    return (mine >= 0) & (face[torch.where(mine >= 0, there, cube)] == mine ^ 1)


def mean_of(values: Tensor, share: Tensor, group: Tensor, count: int) -> Tensor:
    """[count, C] the mean of ``values`` [K, C] in each ``group`` [K] by their ``share`` [K, 1]."""
    total = values.new_zeros(count, values.shape[1]).index_add(0, group, values * share)
    return total / share.new_zeros(count, 1).index_add(0, group, share)
