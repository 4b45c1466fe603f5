"""``taubin`` by its definition, in torch; works on any device and in any dtype."""

import torch
from torch import Tensor

from . import LAMBDA, MU


def taubin(vertices: Tensor, edges: Tensor, rounds: int) -> Tensor:
    x = vertices
    for _ in range(rounds):
        for share in (LAMBDA, MU):
            x = x + share * umbrella(x, edges)
    return x


def umbrella(x: Tensor, edges: Tensor) -> Tensor:
    """L x [V, 3] of x [V, 3]; 0 at a vertex without an edge. Differentiable in ``x``."""
    ends = edges[:, :2].long()
    row, column = torch.cat([ends, ends.flip(1)]).unbind(1)
    degree = x.new_zeros(len(x), 1).index_add(0, row, x.new_ones(len(row), 1))
    mean = torch.zeros_like(x).index_add(0, row, x.index_select(0, column)) / degree.clamp(min=1)
    return (mean - x).where(degree > 0, 0)
