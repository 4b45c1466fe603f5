r"""``hashgrid`` on the CPU, and the three kernels that ``field`` shares: encode, scatter (to the table), slope (in x).

Work goes level by level, so that one level of the table stays in the cache. Features of 64 consecutive points lie side
by side for the vector units: channel c of block b starts at b * block + c * channel of one flat array. Here it is
[L F, M] with block = 64 and channel = M, in ``field`` it is [M / 64, L F, 64] with block = 64 L F and channel = 64.

In the scatter a thread owns whole levels: no atomics, no private tables, and a sum that does not depend on the threads.
"""

import numba
import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._arrays import array
from .layout import PRIMES, Layout

RANK = 1
BLOCK = 64              # points side by side
CHUNK = 128             # blocks of one job
P1, P2 = np.uint32(PRIMES[1]), np.uint32(PRIMES[2])
f32, i32, u32 = np.float32, np.int32, np.uint32


def hashgrid(x: Tensor, table: Tensor, layout: Layout, active: float | None = None) -> Tensor:
    return _Hashgrid.apply(x, table, layout, active)


class _Hashgrid(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, table, layout, active):
        ctx.save_for_backward(x, table)
        ctx.levels = levels(layout, active)
        features = torch.empty(layout.width, len(x))
        encode(axes("hashgrid", x), array("hashgrid", table), ctx.levels, features.numpy().reshape(-1), BLOCK, len(x))
        return features.t()

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, table = ctx.saved_tensors
        points, g = axes("hashgrid", x), array("hashgrid", g.t()).reshape(-1)
        g_x = slope_in(x, points, table, ctx.levels, g, BLOCK, len(x)) if ctx.needs_input_grad[0] else None
        g_table = scatter_to(table, points, ctx.levels, g, BLOCK, len(x)) if ctx.needs_input_grad[1] else None
        return g_x, g_table, None, None


def axes(op: str, x: Tensor) -> np.ndarray:
    """[3, M] of positions [M, 3], moved into the unit cube; no copy but the clamp's of what ``march`` made."""
    return array(op, x.detach().t().clamp(0, 1))


def levels(layout: Layout, active: float | None) -> tuple[np.ndarray, ...]:
    """``layout`` as the kernels take it: scales, resolutions, dense, offsets, fade."""
    return (np.array(layout.scales, np.float32), np.array(layout.resolutions, np.uint32),
            np.array(layout.dense, np.bool_), np.array(layout.offsets, np.int64),
            np.array(layout.fade(active), np.float32))


def scatter_to(table: Tensor, points, levels, g, block, channel) -> Tensor:
    """The table's gradient, from the features'."""
    g_table = torch.zeros(table.shape)
    scatter(points, g_table.numpy(), levels, g, block, channel, numba.get_num_threads())
    return g_table


def slope_in(x: Tensor, points, table: Tensor, levels, g, block, channel) -> Tensor:
    """The positions' gradient [M, 3], from the features'; 0 along an axis on which x is outside."""
    g_x = torch.empty(3, len(x))
    slope(points, array("hashgrid", table), levels, g, block, channel, g_x.numpy())
    return g_x.t() * ((x >= 0) & (x <= 1))


@njit(parallel=True, fastmath=True, cache=True)
def encode(points, table, levels, features, block, channel):
    scales, resolutions, dense, offsets, fade = levels
    M = points.shape[1]
    blocks = (M + BLOCK - 1) // BLOCK
    chunks = (blocks + CHUNK - 1) // CHUNK
    for job in prange(scales.size * chunks):
        level, chunk = job // chunks, job % chunks              # level outermost
        rows = table[offsets[level]:offsets[level + 1]]
        n, scale, r, is_dense, part = u32(len(rows)), scales[level], resolutions[level], dense[level], fade[level]
        for b in range(chunk * CHUNK, min(blocks, chunk * CHUNK + CHUNK)):
            start = b * BLOCK
            count = min(BLOCK, M - start)
            at = b * block + 2 * level * channel
            f0, f1 = features[at:at + count], features[at + channel:at + channel + count]
            if part == f32(0):
                f0[:] = f32(0)
                f1[:] = f32(0)
                continue
            for k in range(count):
                x, y, z, u, v, w = _cell(points, start + k, scale)
                a, b_, c, d, e, f, g, h = _corners(x, y, z, r, n, is_dense)
                wa, wb, wc, wd, we, wf, wg, wh = _weights(u, v, w)
                f0[k] = part * ((wa * rows[a, 0] + wb * rows[b_, 0] + wc * rows[c, 0] + wd * rows[d, 0])
                                + (we * rows[e, 0] + wf * rows[f, 0] + wg * rows[g, 0] + wh * rows[h, 0]))
                f1[k] = part * ((wa * rows[a, 1] + wb * rows[b_, 1] + wc * rows[c, 1] + wd * rows[d, 1])
                                + (we * rows[e, 1] + wf * rows[f, 1] + wg * rows[g, 1] + wh * rows[h, 1]))


@njit(parallel=True, fastmath=True, cache=True)
def scatter(points, g_table, levels, g_features, block, channel, threads):
    scales, resolutions, dense, offsets, fade = levels
    M = points.shape[1]
    for thread in prange(threads):
        for level in range(scales.size):
            turn = level % (2 * threads)                        # 0 1 2 2 1 0 0 1 2 ...: cheap and dear levels for each
            if min(turn, 2 * threads - 1 - turn) != thread or fade[level] == f32(0):
                continue
            rows = g_table[offsets[level]:offsets[level + 1]]
            n, scale, r, is_dense, part = u32(len(rows)), scales[level], resolutions[level], dense[level], fade[level]
            for b in range((M + BLOCK - 1) // BLOCK):
                start = b * BLOCK
                count = min(BLOCK, M - start)
                at = b * block + 2 * level * channel
                g0, g1 = g_features[at:at + count], g_features[at + channel:at + channel + count]
                for k in range(count):
                    p, q = part * g0[k], part * g1[k]
                    x, y, z, u, v, w = _cell(points, start + k, scale)
                    a, b_, c, d, e, f, g, h = _corners(x, y, z, r, n, is_dense)
                    wa, wb, wc, wd, we, wf, wg, wh = _weights(u, v, w)
                    rows[a, 0] += wa * p
                    rows[a, 1] += wa * q
                    rows[b_, 0] += wb * p
                    rows[b_, 1] += wb * q
                    rows[c, 0] += wc * p
                    rows[c, 1] += wc * q
                    rows[d, 0] += wd * p
                    rows[d, 1] += wd * q
                    rows[e, 0] += we * p
                    rows[e, 1] += we * q
                    rows[f, 0] += wf * p
                    rows[f, 1] += wf * q
                    rows[g, 0] += wg * p
                    rows[g, 1] += wg * q
                    rows[h, 0] += wh * p
                    rows[h, 1] += wh * q


@njit(parallel=True, fastmath=True, cache=True)
def slope(points, table, levels, g_features, block, channel, g_points):
    scales, resolutions, dense, offsets, fade = levels
    M = points.shape[1]
    blocks = (M + BLOCK - 1) // BLOCK
    for chunk in prange((blocks + CHUNK - 1) // CHUNK):
        g_points[:, chunk * CHUNK * BLOCK:min(M, (chunk + 1) * CHUNK * BLOCK)] = f32(0)
        for level in range(scales.size):
            if fade[level] == f32(0):
                continue
            rows = table[offsets[level]:offsets[level + 1]]
            n, scale, r, is_dense = u32(len(rows)), scales[level], resolutions[level], dense[level]
            part = fade[level] * scale
            for b in range(chunk * CHUNK, min(blocks, chunk * CHUNK + CHUNK)):
                start = b * BLOCK
                count = min(BLOCK, M - start)
                at = b * block + 2 * level * channel
                g0, g1 = g_features[at:at + count], g_features[at + channel:at + channel + count]
                for k in range(count):
                    p, q = part * g0[k], part * g1[k]
                    x, y, z, u, v, w = _cell(points, start + k, scale)
                    a, b_, c, d, e, f, g, h = _corners(x, y, z, r, n, is_dense)
                    a_, b1, c_, d_ = _dot(rows, a, p, q), _dot(rows, b_, p, q), _dot(rows, c, p, q), _dot(rows, d, p, q)
                    e_, f_, g_, h_ = _dot(rows, e, p, q), _dot(rows, f, p, q), _dot(rows, g, p, q), _dot(rows, h, p, q)
                    g_points[0, start + k] += _blend(b1 - a_, d_ - c_, f_ - e_, h_ - g_, v, w)
                    g_points[1, start + k] += _blend(c_ - a_, d_ - b1, g_ - e_, h_ - f_, u, w)
                    g_points[2, start + k] += _blend(e_ - a_, f_ - b1, g_ - c_, h_ - d_, u, v)


@njit(inline="always")
def _cell(points, i, scale):
    """The cell of point i and where in it the point is."""
    x, y, z = points[0, i] * scale + f32(0.5), points[1, i] * scale + f32(0.5), points[2, i] * scale + f32(0.5)
    cx, cy, cz = i32(x), i32(y), i32(z)
    u, v, w = x - f32(cx), y - f32(cy), z - f32(cz)
    return u32(cx), u32(cy), u32(cz), u, v, w


@njit(inline="always")
def _corners(x, y, z, r, n, dense):
    """Rows of the cell's 8 corners in the level, x fastest."""
    if dense:
        last, rr = r - u32(1), r * r
        x, y, z = min(x, last), min(y, last), min(z, last)                  # a NaN's cell must not leave the table
        a = x + r * (y + r * z)
        return (_wrap(a, n), _wrap(a + u32(1), n), _wrap(a + r, n), _wrap(a + r + u32(1), n), _wrap(a + rr, n),
                _wrap(a + rr + u32(1), n), _wrap(a + rr + r, n), _wrap(a + rr + r + u32(1), n))
    mask = n - u32(1)                                                       # a hashed level has a power of two rows
    x1, y0, z0 = x + u32(1), y * P1, z * P2
    y1, z1 = y0 + P1, z0 + P2
    return ((x ^ y0 ^ z0) & mask, (x1 ^ y0 ^ z0) & mask, (x ^ y1 ^ z0) & mask, (x1 ^ y1 ^ z0) & mask,
            (x ^ y0 ^ z1) & mask, (x1 ^ y0 ^ z1) & mask, (x ^ y1 ^ z1) & mask, (x1 ^ y1 ^ z1) & mask)


@njit(inline="always")
def _wrap(row, n):
    """row modulo n for row < 2 n: below n the difference wraps around to something large."""
    return min(row, row - n)


@njit(inline="always")
def _weights(u, v, w):
    """Of the 8 corners, x fastest."""
    u0, v0, w0 = f32(1) - u, f32(1) - v, f32(1) - w
    a, b, c, d = v0 * w0, v * w0, v0 * w, v * w
    return u0 * a, u * a, u0 * b, u * b, u0 * c, u * c, u0 * d, u * d


@njit(inline="always")
def _dot(rows, row, p, q):
    return rows[row, 0] * p + rows[row, 1] * q


@njit(inline="always")
def _blend(a, b, c, d, u, v):
    """Bilinear interpolation of a, b, c, d, u fastest."""
    return (a * (f32(1) - u) + b * u) * (f32(1) - v) + (c * (f32(1) - u) + d * u) * v
