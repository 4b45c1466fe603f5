r"""Taubin's smoothing of a triangle mesh (Curve and surface smoothing without shrinkage, ICCV 1995), differentiable.

    L x = mean of the neighbours' x - x,        x <- x + lambda L x,    x <- x + mu L x,        ``rounds`` times

A wave whose L x is -k x is multiplied by (1 - lambda k)(1 - mu k) a round: by 1 below the pass band 1/lambda + 1/mu = 0.11,
where a plain mean of neighbours would shrink the mesh, and by almost nothing at k = 1 and above, where the jags of
a lattice lie. The map is linear with symmetric neighbours, so the gradient is smoothed as the surface is.
"""

import warnings

import torch
from torch import Tensor

LAMBDA, MU = 0.5, -0.53


class Neighbours:
    """Which of ``count`` vertices share one of ``edges`` [N, 4] of ``ops.antialias.edges_of``.

    An edge of three triangles is there twice, and counts twice.
    """

    def __init__(self, edges: Tensor, count: int, dtype: torch.dtype):
        a, b = edges[:, :2].long().unbind(1)
        self.row, order = torch.cat([a, b]).sort(stable=True)
        self.column = torch.cat([b, a])[order]
        ones = torch.ones(len(self.row), dtype=dtype, device=edges.device)
        self.degree = torch.zeros(count, dtype=dtype, device=edges.device).index_add(0, self.row, ones)[:, None]     # [V, 1]
        self.matrix = None
        if edges.device.type == "cpu":          # four times as fast there as index_add; the same sums
            begin = torch.searchsorted(self.row, torch.arange(count + 1))
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Sparse")             # "in beta state", "invariant checks"
                self.matrix = torch.sparse_csr_tensor(begin, self.column, ones, (count, count))

    def sum(self, x: Tensor) -> Tensor:
        """[V, 3] of x [V, 3]; symmetric, so this is its gradient too."""
        return torch.zeros_like(x).index_add(0, self.row, x[self.column]) if self.matrix is None else self.matrix @ x


class Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, neighbours):
        ctx.neighbours = neighbours
        return neighbours.sum(x)

    @staticmethod
    def backward(ctx, g):
        return ctx.neighbours.sum(g.contiguous()), None


def umbrella(x: Tensor, neighbours: Neighbours) -> Tensor:
    """L x [V, 3] of x [V, 3]; 0 at a vertex without an edge. Differentiable in ``x``."""
    return (Sum.apply(x, neighbours) / neighbours.degree.clamp(min=1) - x).where(neighbours.degree > 0, 0)


def smoothed(vertices: Tensor, edges: Tensor, rounds: int) -> Tensor:
    """[V, 3] where the ``vertices`` lie after ``rounds`` >= 0; ``edges`` [N, 4] of ``ops.antialias.edges_of``.

    Differentiable in ``vertices``. A vertex without an edge stays.
    """
    if not rounds or not len(edges):
        return vertices
    neighbours, x = Neighbours(edges, len(vertices), vertices.dtype), vertices
    for _ in range(rounds):
        for share in (LAMBDA, MU):
            x = x + share * umbrella(x, neighbours)
    return x
