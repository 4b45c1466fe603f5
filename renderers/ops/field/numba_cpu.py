r"""``field`` on the CPU: the hash grid's kernels, then the layers on blocks of 64 points, which stay in the cache.

Features are [blocks, L F, 64]. The backward computes the hidden layer again, which is cheaper than to keep it, and
writes the features' gradient over the features,

    g_h = (w2^T g) [h > 0],    g_w2 = g relu(h)^T,    g_w1 = g_h f^T,    g_f = w1^T g_h,        h = w1 f,

so that a second backward through the same graph has to encode again. Sums over points are made in a fixed number of
parts, whatever the number of threads: the same input gives the same bits.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn.functional import pad

from .._arrays import array
from ..hashgrid.layout import Layout
from ..hashgrid.numba_cpu import BLOCK, axes, encode, levels, scatter_to, slope_in

RANK = 1
PARTS = 32              # of a sum over points; also the most threads that the layers use
EVALUATE = 2**16        # points at a time when no gradient is wanted: 8 MB of features at 16 levels
f32 = np.float32


def field(x: Tensor, table: Tensor, w1: Tensor, w2: Tensor, b2: Tensor, layout: Layout,
          active: float | None = None, matrices: torch.dtype = torch.float32) -> Tensor:
    if matrices != torch.float32:
        raise ValueError(f"field: backend 'numba' multiplies in float32, got matrices {matrices}; backend='reference' takes it")
    if torch.is_grad_enabled() and any(a.requires_grad for a in (x, table, w1, w2, b2)):
        return _Field.apply(x, table, w1, w2, b2, layout, active)
    return torch.cat([_outputs(_features(part, table, layout, active), len(part), w1, w2, b2)
                      for part in x.split(EVALUATE)])


class _Field(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, table, w1, w2, b2, layout, active):
        ctx.save_for_backward(x, table, w1, w2)
        ctx.encoding = layout, active
        ctx.features = _features(x, table, layout, active)
        return _outputs(ctx.features, len(x), w1, w2, b2)

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, table, w1, w2 = ctx.saved_tensors
        features, ctx.features = ctx.features, None
        if features is None:
            features = _features(x, table, *ctx.encoding)
        (C, H), K = w2.shape, w1.shape[1]
        v1, v2 = _fours(w1), _fours(w2)
        g_w1, g_w2 = np.zeros((PARTS, v1.size), np.float32), np.zeros((PARTS, v2.size), np.float32)
        _backward(features, _flat(v1), _flat(v1.T), _flat(v2), _flat(v2.T), array("field", g.t()), g_w1, g_w2)

        points, grid = axes("field", x), levels(*ctx.encoding)
        g_features = features.reshape(-1), features.shape[1], BLOCK
        g_x = slope_in(x, points, table, grid, *g_features) if ctx.needs_input_grad[0] else None
        g_table = scatter_to(table, points, grid, *g_features) if ctx.needs_input_grad[1] else None
        return (g_x, g_table, torch.from_numpy(g_w1.sum(0)).view(v1.shape)[:H, :K],
                torch.from_numpy(g_w2.sum(0)).view(v2.shape)[:C, :H], g.sum(0), None, None)


def _features(x: Tensor, table: Tensor, layout: Layout, active: float | None) -> np.ndarray:
    """[blocks, L F 64], channels rounded up to a multiple of 4 and the last block to 64 points, both with zeros."""
    M, channels = len(x), _four(layout.width)
    features = np.empty((-(-M // BLOCK), channels, BLOCK), np.float32)
    features[:, layout.width:] = 0
    features[M // BLOCK:] = 0
    encode(axes("field", x), array("field", table), levels(layout, active), features.reshape(-1),
           channels * BLOCK, BLOCK)
    return features.reshape(len(features), channels * BLOCK)


def _outputs(features: np.ndarray, M: int, w1: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
    """[M, C], stored channel after channel."""
    out = torch.empty(len(b2), M)
    _forward(features, _flat(_fours(w1)), _flat(_fours(w2)), array("field", b2), out.numpy())
    return out.t()


def _four(n: int) -> int:
    return -(-n // 4) * 4


def _fours(weights: Tensor) -> np.ndarray:
    """``weights`` with zero rows and columns up to multiples of 4, the size of the kernels' tiles."""
    rows, columns = weights.shape
    return array("field", pad(weights, (0, _four(columns) - columns, 0, _four(rows) - rows)))


def _flat(weights: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(weights).reshape(-1)


@njit(parallel=True, fastmath=True, cache=True)
def _forward(features, w1, w2, b2, out):
    C, M = out.shape
    blocks, K = features.shape[0], features.shape[1] // BLOCK
    H = w1.size // K
    for part in prange(PARTS):
        h, y = np.empty(H * BLOCK, np.float32), np.empty(w2.size // H * BLOCK, np.float32)
        for b in range(part * blocks // PARTS, (part + 1) * blocks // PARTS):
            _multiply(w1, features[b], h)
            for i in range(h.size):
                h[i] = max(h[i], f32(0))
            _multiply(w2, h, y)
            start = b * BLOCK
            for c in range(C):
                for i in range(min(BLOCK, M - start)):
                    out[c, start + i] = y[c * BLOCK + i] + b2[c]


@njit(parallel=True, fastmath=True, cache=True)
def _backward(features, w1, w1_t, w2, w2_t, g, g_w1, g_w2):
    C, M = g.shape
    blocks, K = features.shape[0], features.shape[1] // BLOCK
    H = w1.size // K
    for part in prange(PARTS):
        h, g_h = np.empty(H * BLOCK, np.float32), np.empty(H * BLOCK, np.float32)
        g_y = np.zeros(w2.size // H * BLOCK, np.float32)
        for b in range(part * blocks // PARTS, (part + 1) * blocks // PARTS):
            start = b * BLOCK
            count = min(BLOCK, M - start)
            for c in range(C):
                for i in range(count):
                    g_y[c * BLOCK + i] = g[c, start + i]
                for i in range(count, BLOCK):
                    g_y[c * BLOCK + i] = f32(0)
            _multiply(w1, features[b], h)
            _multiply(w2_t, g_y, g_h)
            for i in range(h.size):
                g_h[i] = g_h[i] if h[i] > f32(0) else f32(0)
                h[i] = max(h[i], f32(0))
            _accumulate(g_y, h, g_w2[part])
            _accumulate(g_h, features[b], g_w1[part])
            _multiply(w1_t, g_h, features[b])


# Both kernels work on tiles of 4 x 4 weights. LLVM turns the inner loops into vector code because each operand is a
# slice of one array at constant distances; with an array per row it has to assume that they overlap.
@njit(fastmath=True, cache=True, inline="never")
def _multiply(w, x, y):
    """y [J, 64] = w [J, K] x [K, 64], all flat, J and K multiples of 4."""
    K, J = x.size // BLOCK, y.size // BLOCK
    for j in range(0, J, 4):
        out = y[j * BLOCK:j * BLOCK + 4 * BLOCK]
        out[:] = f32(0)
        for k in range(0, K, 4):
            a = x[k * BLOCK:k * BLOCK + 4 * BLOCK]
            p = j * K + k
            q, r, s = p + K, p + 2 * K, p + 3 * K
            p0, p1, p2, p3 = w[p], w[p + 1], w[p + 2], w[p + 3]
            q0, q1, q2, q3 = w[q], w[q + 1], w[q + 2], w[q + 3]
            r0, r1, r2, r3 = w[r], w[r + 1], w[r + 2], w[r + 3]
            s0, s1, s2, s3 = w[s], w[s + 1], w[s + 2], w[s + 3]
            for i in range(BLOCK):
                a0, a1, a2, a3 = a[i], a[i + BLOCK], a[i + 2 * BLOCK], a[i + 3 * BLOCK]
                out[i] += p0 * a0 + p1 * a1 + p2 * a2 + p3 * a3
                out[i + BLOCK] += q0 * a0 + q1 * a1 + q2 * a2 + q3 * a3
                out[i + 2 * BLOCK] += r0 * a0 + r1 * a1 + r2 * a2 + r3 * a3
                out[i + 3 * BLOCK] += s0 * a0 + s1 * a1 + s2 * a2 + s3 * a3


@njit(fastmath=True, cache=True, inline="never")
def _accumulate(y, x, w):
    """w [J, K] += y [J, 64] x [K, 64]^T, all flat, J and K multiples of 4."""
    K, J = x.size // BLOCK, y.size // BLOCK
    for j in range(0, J, 4):
        b = y[j * BLOCK:j * BLOCK + 4 * BLOCK]
        for k in range(0, K, 4):
            a = x[k * BLOCK:k * BLOCK + 4 * BLOCK]
            p0 = p1 = p2 = p3 = q0 = q1 = q2 = q3 = f32(0)
            r0 = r1 = r2 = r3 = s0 = s1 = s2 = s3 = f32(0)
            for i in range(BLOCK):
                a0, a1, a2, a3 = a[i], a[i + BLOCK], a[i + 2 * BLOCK], a[i + 3 * BLOCK]
                b0, b1, b2, b3 = b[i], b[i + BLOCK], b[i + 2 * BLOCK], b[i + 3 * BLOCK]
                p0, p1, p2, p3 = p0 + b0 * a0, p1 + b0 * a1, p2 + b0 * a2, p3 + b0 * a3
                q0, q1, q2, q3 = q0 + b1 * a0, q1 + b1 * a1, q2 + b1 * a2, q3 + b1 * a3
                r0, r1, r2, r3 = r0 + b2 * a0, r1 + b2 * a1, r2 + b2 * a2, r3 + b2 * a3
                s0, s1, s2, s3 = s0 + b3 * a0, s1 + b3 * a1, s2 + b3 * a2, s3 + b3 * a3
            p = j * K + k
            q, r, s = p + K, p + 2 * K, p + 3 * K
            w[p], w[p + 1], w[p + 2], w[p + 3] = w[p] + p0, w[p + 1] + p1, w[p + 2] + p2, w[p + 3] + p3
            w[q], w[q + 1], w[q + 2], w[q + 3] = w[q] + q0, w[q + 1] + q1, w[q + 2] + q2, w[q + 3] + q3
            w[r], w[r + 1], w[r + 2], w[r + 3] = w[r] + r0, w[r + 1] + r1, w[r + 2] + r2, w[r + 3] + r3
            w[s], w[s + 1], w[s + 2], w[s + 3] = w[s] + s0, w[s + 1] + s1, w[s + 2] + s2, w[s + 3] + s3
