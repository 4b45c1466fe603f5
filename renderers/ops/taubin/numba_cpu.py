r"""``taubin`` on the CPU: vertices in parallel, each gathers its neighbours; all rounds in one call.

With A the edges as a symmetric matrix and D the degrees, a half round is x + s (D^-1 A x - x). Its transpose, the gradient's
map, is g + s (A D^-1 g - g): the same gather with a factor of the neighbour's in place of the vertex's own.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._arrays import array
from .._exact import EXACT
from . import LAMBDA, MU

RANK = 1
f32 = np.float32


def taubin(vertices: Tensor, edges: Tensor, rounds: int) -> Tensor:
    return _Taubin.apply(vertices, edges, rounds)


class _Taubin(torch.autograd.Function):
    @staticmethod
    def forward(ctx, vertices, edges, rounds):
        ends = edges[:, :2].int().contiguous().numpy()
        ctx.begin, ctx.neighbours = _rows(ends, len(vertices))
        ctx.rounds = rounds
        return _run(ctx, array("taubin", vertices), False)

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        return _run(ctx, array("taubin", g), True), None, None


def _run(ctx, x, transposed):
    out, other = x.copy(), np.empty_like(x)
    _smooth(out, other, ctx.begin, ctx.neighbours, ctx.rounds, transposed)
    return torch.from_numpy(out)


@njit(cache=True)
def _rows(ends, count):
    """The neighbours of vertex i are ``neighbours[begin[i]:begin[i + 1]]``."""
    begin = np.zeros(count + 1, np.int32)
    for a, b in ends:
        begin[a + 1] += 1
        begin[b + 1] += 1
    begin = np.cumsum(begin).astype(np.int32)
    at, neighbours = begin[:-1].copy(), np.empty(2 * len(ends), np.int32)
    for a, b in ends:
        neighbours[at[a]] = b
        at[a] += 1
        neighbours[at[b]] = a
        at[b] += 1
    return begin, neighbours


@njit(cache=True)
def _smooth(x, other, begin, neighbours, rounds, transposed):
    """All rounds; an even number of half rounds ends in ``x``. The two steps of a round commute, so the transpose needs no
    other order."""
    for _ in range(rounds):
        _half(x, other, begin, neighbours, f32(LAMBDA), transposed)
        _half(other, x, begin, neighbours, f32(MU), transposed)


@njit(parallel=True, fastmath=EXACT, cache=True)
def _half(x, out, begin, neighbours, share, transposed):
    for i in prange(len(x)):
        first, last = begin[i], begin[i + 1]
        if first == last:
            out[i, 0], out[i, 1], out[i, 2] = x[i, 0], x[i, 1], x[i, 2]
            continue
        a, b, c = f32(0), f32(0), f32(0)
        for k in range(first, last):
            j = neighbours[k]
            w = f32(1) / f32(begin[j + 1] - begin[j]) if transposed else f32(1)
            a += w * x[j, 0]
            b += w * x[j, 1]
            c += w * x[j, 2]
        w = f32(1) if transposed else f32(1) / f32(last - first)
        out[i, 0] = x[i, 0] + share * (w * a - x[i, 0])
        out[i, 1] = x[i, 1] + share * (w * b - x[i, 1])
        out[i, 2] = x[i, 2] + share * (w * c - x[i, 2])
