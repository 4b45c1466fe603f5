r"""``hashgrid`` on a GPU: three kernels, encode, scatter (to the table) and slope (in x).

A program of encode and scatter has 256 points at one level, so that the programs which run at the same time share a level
of the table in the cache. The two features of a row are read as one, and added as one where the GPU can (sm_90).

    d table[row_l(cell + c)] += fade_l w_c(u) g_l       for the 8 corners c: atomic, so the order of a sum is not fixed
    d x = sum_l fade_l scale_l sum_c grad w_c(u) (table[row_l(cell + c)] . g_l)         a program has all levels of a point

Features lie [L F, M] in memory, so that the points of a program are neighbours. Nothing is uploaded: the sizes of the levels
are kept on the device by ``layout``, and fade is computed there.
"""

from functools import cache

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._launch import float32, launch
from .layout import PRIMES, Layout

RANK = 1
BLOCK = 256             # points of a program
P1, P2 = tl.constexpr(PRIMES[1]), tl.constexpr(PRIMES[2])


def hashgrid(x: Tensor, table: Tensor, layout: Layout, active: float | None = None) -> Tensor:
    return _Hashgrid.apply(x, table, layout, float(layout.levels if active is None else active))


class _Hashgrid(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, table, layout, active):
        ctx.save_for_backward(x, table)
        ctx.layout, ctx.active = layout, active
        (rows,) = float32("hashgrid", table)
        x = _unmoved(x)
        M, L = len(x), layout.levels
        features = x.new_empty(2 * L, M).t()
        launch(_encode, (triton.cdiv(M, BLOCK), L), x, rows, features, *_levels(layout, x.device), active, M,
               *x.stride(), *features.stride(), BLOCK=BLOCK)
        return features

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, table = ctx.saved_tensors
        layout, x = ctx.layout, _unmoved(x)
        M, L = len(x), layout.levels
        shared = *_levels(layout, x.device), ctx.active, M, *x.stride(), *g.stride()
        g_x = g_table = None
        if ctx.needs_input_grad[0]:
            (rows,) = float32("hashgrid", table)
            g_x = x.new_empty(3, M).t()
            launch(_slope, (triton.cdiv(M, BLOCK),), x, rows, g, g_x, *shared, *g_x.stride(), L=L, BLOCK=BLOCK)
        if ctx.needs_input_grad[1]:
            g_table = table.new_zeros(table.shape)
            launch(_scatter, (triton.cdiv(M, BLOCK), L), x, g_table, g, *shared, BLOCK=BLOCK)
        return g_x, g_table, None, None


def _unmoved(x: Tensor) -> Tensor:
    """The positions as they lie: the kernels take their strides."""
    float32("hashgrid", x[:0])
    return x.detach()


@cache
def _levels(layout: Layout, device: torch.device) -> tuple[Tensor, Tensor]:
    """Scales [L] float32, and of each level resolution, rows, first row and whether it is dense, [L, 4] int32."""
    first, last = layout.offsets[:-1], layout.offsets[1:]
    sizes = [(r, b - a, a, d) for r, a, b, d in zip(layout.resolutions, first, last, layout.dense, strict=True)]
    return torch.tensor(layout.scales, device=device), torch.tensor(sizes, dtype=torch.int32, device=device)


@triton.jit(do_not_specialize=["M"])
def _encode(x_ptr, table_ptr, out_ptr, scales_ptr, sizes_ptr, active, M, x_point, x_axis, out_point, out_channel,
            BLOCK: tl.constexpr):
    m, ok, level = _points(M, BLOCK)
    fade = _fade(active, level)
    f = tl.zeros((BLOCK, 2), tl.float32)
    if fade > 0:
        scale, resolution, rows, table, dense = _level(level, scales_ptr, sizes_ptr, table_ptr)
        x, y, z, u, v, w = _cells(x_ptr, m, ok, scale, x_point, x_axis)
        for corner in tl.static_range(8):
            a, b, c = corner & 1, (corner >> 1) & 1, (corner >> 2) & 1
            weight = fade * _side(u, a) * _side(v, b) * _side(w, c)
            f += weight[:, None] * tl.load(_corner(table, x + a, y + b, z + c, resolution, rows, dense), ok[:, None], 0.0)
    tl.store(_features(out_ptr, m, level, out_point, out_channel), f, ok[:, None])


@triton.jit(do_not_specialize=["M"])
def _scatter(x_ptr, g_table_ptr, g_ptr, scales_ptr, sizes_ptr, active, M, x_point, x_axis, g_point, g_channel,
             BLOCK: tl.constexpr):
    m, ok, level = _points(M, BLOCK)
    fade = _fade(active, level)
    if fade > 0:
        scale, resolution, rows, table, dense = _level(level, scales_ptr, sizes_ptr, g_table_ptr)
        x, y, z, u, v, w = _cells(x_ptr, m, ok, scale, x_point, x_axis)
        g = fade * tl.load(_features(g_ptr, m, level, g_point, g_channel), ok[:, None], 0.0)
        for corner in tl.static_range(8):
            a, b, c = corner & 1, (corner >> 1) & 1, (corner >> 2) & 1
            weight = _side(u, a) * _side(v, b) * _side(w, c)
            at = _corner(table, x + a, y + b, z + c, resolution, rows, dense)
            tl.atomic_add(at, weight[:, None] * g, ok[:, None], sem="relaxed")


@triton.jit(do_not_specialize=["M"])
def _slope(x_ptr, table_ptr, g_ptr, g_x_ptr, scales_ptr, sizes_ptr, active, M, x_point, x_axis, g_point, g_channel,
           g_x_point, g_x_axis, L: tl.constexpr, BLOCK: tl.constexpr):
    m, ok, _ = _points(M, BLOCK)
    g_u = tl.zeros((BLOCK,), tl.float32)
    g_v = tl.zeros((BLOCK,), tl.float32)
    g_w = tl.zeros((BLOCK,), tl.float32)
    for level in range(L):
        fade = _fade(active, level)
        if fade > 0:
            scale, resolution, rows, table, dense = _level(level, scales_ptr, sizes_ptr, table_ptr)
            x, y, z, u, v, w = _cells(x_ptr, m, ok, scale, x_point, x_axis)
            g = fade * scale * tl.load(_features(g_ptr, m, level, g_point, g_channel), ok[:, None], 0.0)
            for corner in tl.static_range(8):
                a, b, c = corner & 1, (corner >> 1) & 1, (corner >> 2) & 1
                at = _corner(table, x + a, y + b, z + c, resolution, rows, dense)
                along = tl.sum(g * tl.load(at, ok[:, None], 0.0), 1)
                g_u += (2 * a - 1) * along * _side(v, b) * _side(w, c)
                g_v += (2 * b - 1) * along * _side(u, a) * _side(w, c)
                g_w += (2 * c - 1) * along * _side(u, a) * _side(v, b)
    _store_inside(g_x_ptr, g_u, x_ptr, m, ok, x_point, g_x_point)
    _store_inside(g_x_ptr + g_x_axis, g_v, x_ptr + x_axis, m, ok, x_point, g_x_point)
    _store_inside(g_x_ptr + 2 * g_x_axis, g_w, x_ptr + 2 * x_axis, m, ok, x_point, g_x_point)


@triton.jit
def _points(M, BLOCK: tl.constexpr):
    """This program's points, which of them there are, and its level."""
    m = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)
    return m, m < M, tl.program_id(1)


@triton.jit
def _fade(active, level):
    return tl.minimum(tl.maximum(active - level, 0.0), 1.0)


@triton.jit
def _level(level, scales_ptr, sizes_ptr, table_ptr):
    """Scale, resolution, number of rows, where the first one is, and whether each vertex has its own."""
    size = sizes_ptr + 4 * level
    first = tl.load(size + 2).to(tl.int64)
    return (tl.load(scales_ptr + level), tl.load(size).to(tl.uint32), tl.load(size + 1).to(tl.uint32),
            table_ptr + 2 * first, tl.load(size + 3) != 0)


@triton.jit
def _cells(x_ptr, m, ok, scale, x_point, x_axis):
    """The cell of each point, and where in it the point is, along each axis."""
    x, u = _cell(x_ptr, m, ok, scale, x_point)
    y, v = _cell(x_ptr + x_axis, m, ok, scale, x_point)
    z, w = _cell(x_ptr + 2 * x_axis, m, ok, scale, x_point)
    return x, y, z, u, v, w


@triton.jit
def _cell(x_ptr, m, ok, scale, x_point):
    """Along one axis: the cell of each point, and where in it the point is. A NaN stays one."""
    p = tl.clamp(tl.load(x_ptr + m * x_point, ok, 0.0), 0.0, 1.0, tl.PropagateNan.ALL) * scale + 0.5
    cell = tl.floor(p)
    return cell.to(tl.int32), p - cell


@triton.jit
def _side(u, high: tl.constexpr):
    return u if high else 1 - u


@triton.jit
def _corner(table, x, y, z, resolution, rows, dense):
    """Where the two features of each vertex are, [BLOCK, 2]."""
    return table + (2 * _row(x, y, z, resolution, rows, dense))[:, None] + tl.arange(0, 2)[None, :]


@triton.jit
def _row(x, y, z, resolution, rows, dense):
    """The row of each vertex in its level. Arithmetic of uint32, which wraps as tiny-cuda-nn's does."""
    x, y, z = x.to(tl.uint32), y.to(tl.uint32), z.to(tl.uint32)
    linear = x + resolution * (y + resolution * z)
    linear = tl.minimum(tl.minimum(linear, linear - rows), rows - 1)    # modulo rows below 2 rows; a NaN's stays inside
    hashed = (x ^ (y * P1) ^ (z * P2)) & (rows - 1)                     # a hashed level has a power of two rows
    return tl.where(dense, linear, hashed).to(tl.int32)


@triton.jit
def _features(ptr, m, level, point, channel):
    """Where each point's two features of a level are, [BLOCK, 2]."""
    return ptr + (m * point)[:, None] + ((2 * level + tl.arange(0, 2)).to(tl.int64) * channel)[None, :]


@triton.jit
def _store_inside(g_ptr, g, x_ptr, m, ok, x_point, g_point):
    """The gradient along one axis, 0 for a position that was moved to the border."""
    x = tl.load(x_ptr + m * x_point, ok, 0.0)
    tl.store(g_ptr + m * g_point, tl.where((x >= 0) & (x <= 1), g, 0.0), ok)
