r"""``field`` on a GPU: hash grid and layers in one kernel, forward and backward; features and hidden layer never leave it.

A program takes a few points at all levels, a tile [points, levels], and multiplies matrices by ``tl.dot``: float32 by
three products of TF32, or bfloat16, on tensor cores and summed in float32. The backward computes features and hidden layer again,

    g_h = (g w2) [h > 0],    g_w2 = g^T relu(h),    g_w1 = g_h^T f,    g_f = g_h w1,        h = f w1^T,

and hands g_f to table and positions as ``hashgrid`` does. A program goes on to further blocks and sums the layers' gradients in
registers; what all programs have is summed in a fixed order. Only the table's is a sum by atomics, without a fixed order.

**No card has run it yet**: it runs by name (``RENDERERS_BACKEND=triton``), until one has shown whether it is faster than a
kernel for the grid and two of torch's products.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._launch import INTERPRETED, float32, launch
from ..hashgrid.layout import Layout
from ..hashgrid.triton_cuda import _fade, _levels, _row

RANK = -1
FORWARD, BACKWARD = 32, 16      # points of a program at a time; of more the backward's registers spill
PROGRAMS = 1024         # at most, in the backward: each leaves its own sums of the layers' gradients
NARROWEST = 16          # side of the smallest matrix that tensor cores take


def field(x: Tensor, table: Tensor, w1: Tensor, w2: Tensor, b2: Tensor, layout: Layout, active: float | None = None,
          matrices: torch.dtype = torch.float32) -> Tensor:
    active = float(layout.levels if active is None else active)
    return _Field.apply(x, table, w1, w2, b2, layout, active, matrices == torch.bfloat16)


class _Field(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, table, w1, w2, b2, layout, active, half):
        ctx.save_for_backward(x, table, w1, w2)
        ctx.encoding, ctx.half = (layout, active), half
        rows, v1, v2, bias = float32("field", table, w1, w2, b2)
        float32("field", x[:0])
        x = x.detach()
        M, (C, H) = len(x), w2.shape
        y = x.new_empty(C, M).t()
        launch(_forward, (triton.cdiv(M, FORWARD),), x, rows, v1, v2, bias, y, *_levels(layout, x.device), active, M, C, H,
               *x.stride(), *y.stride(), **_sizes(layout, w2, half),
               BLOCK=FORWARD)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, table, w1, w2 = ctx.saved_tensors
        layout, active = ctx.encoding
        rows, v1, v2 = float32("field", table, w1, w2)
        x, M, (C, H) = x.detach(), len(x), w2.shape
        sizes = _sizes(layout, w2, ctx.half)
        programs = min(triton.cdiv(M, BACKWARD), PROGRAMS)
        X, TABLE = ctx.needs_input_grad[:2]
        g_table = table.new_zeros(table.shape if TABLE else 0)
        g_x = x.new_empty(3, M if X else 0).t()
        g_w1 = x.new_empty(programs, sizes["HP"], 2 * sizes["LP"])
        g_w2 = x.new_empty(programs, sizes["CP"], sizes["HP"])
        launch(_backward, (programs,), x, rows, v1, v2, g, g_table, g_x, g_w1, g_w2, *_levels(layout, x.device), active, M, C,
               H, *x.stride(), *g.stride(), *g_x.stride(), **sizes, BLOCK=BACKWARD, TABLE=TABLE, X=X)
        return (g_x if X else None, g_table if TABLE else None, g_w1.sum(0)[:H, :layout.width],
                g_w2.sum(0)[:C, :H], g.sum(0), None, None, None)


def _sizes(layout: Layout, w2: Tensor, half: bool) -> dict[str, int | bool]:
    """Levels, hidden units and channels as the kernels' tiles have them."""
    C, H = w2.shape
    return {"L": layout.levels, "LP": max(triton.next_power_of_2(layout.levels), NARROWEST // 2),
            "HP": max(triton.next_power_of_2(H), NARROWEST), "CP": max(triton.next_power_of_2(C), NARROWEST),
            "HALF": half, "ROUNDED": INTERPRETED}


@triton.jit(do_not_specialize=["M"])
def _forward(x_ptr, table_ptr, w1_ptr, w2_ptr, b2_ptr, y_ptr, scales_ptr, sizes_ptr, active, M, C, H, x_point, x_axis, y_point,
             y_channel, L: tl.constexpr, LP: tl.constexpr, HP: tl.constexpr, CP: tl.constexpr, BLOCK: tl.constexpr,
             HALF: tl.constexpr, ROUNDED: tl.constexpr):
    fade, scale, resolution, rows, first_row, dense = _tile(scales_ptr, sizes_ptr, active, L, LP)
    table = table_ptr + first_row
    m = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)
    x, y, z, u, v, w = _cells(x_ptr, m, m < M, scale, x_point, x_axis)
    some = (m < M)[:, None] & (fade > 0)
    f = _features(x, y, z, u, v, w, fade, resolution, rows, table, dense, some, LP, BLOCK)
    w1, w2 = _weights(w1_ptr, w2_ptr, C, H, L, LP, HP, CP)
    a = tl.maximum(_dot(f, tl.trans(w1), HALF, ROUNDED), 0.0)
    c = tl.arange(0, CP)
    out = _dot(a, tl.trans(w2), HALF, ROUNDED) + tl.load(b2_ptr + c, c < C, 0.0)[None, :]
    at = y_ptr + (m * y_point)[:, None] + (c.to(tl.int64) * y_channel)[None, :]
    tl.store(at, out, (m < M)[:, None] & (c < C)[None, :])


@triton.jit(do_not_specialize=["M"])
def _backward(x_ptr, table_ptr, w1_ptr, w2_ptr, g_ptr, g_table_ptr, g_x_ptr, g_w1_ptr, g_w2_ptr, scales_ptr, sizes_ptr, active,
              M, C, H, x_point, x_axis, g_point, g_channel, g_x_point, g_x_axis, L: tl.constexpr, LP: tl.constexpr,
              HP: tl.constexpr, CP: tl.constexpr, BLOCK: tl.constexpr, HALF: tl.constexpr, ROUNDED: tl.constexpr,
              TABLE: tl.constexpr, X: tl.constexpr):
    fade, scale, resolution, rows, first_row, dense = _tile(scales_ptr, sizes_ptr, active, L, LP)
    table = table_ptr + first_row
    g_table = g_table_ptr + first_row
    w1, w2 = _weights(w1_ptr, w2_ptr, C, H, L, LP, HP, CP)
    c = tl.arange(0, CP)
    sum_w1 = tl.zeros((HP, 2 * LP), tl.float32)
    sum_w2 = tl.zeros((CP, HP), tl.float32)
    first = tl.program_id(0).to(tl.int64) * BLOCK
    while first < M:
        m = first + tl.arange(0, BLOCK)
        x, y, z, u, v, w = _cells(x_ptr, m, m < M, scale, x_point, x_axis)
        some = (m < M)[:, None] & (fade > 0)
        f = _features(x, y, z, u, v, w, fade, resolution, rows, table, dense, some, LP, BLOCK)
        h = _dot(f, tl.trans(w1), HALF, ROUNDED)
        g = tl.load(g_ptr + (m * g_point)[:, None] + (c.to(tl.int64) * g_channel)[None, :],
                    (m < M)[:, None] & (c < C)[None, :], 0.0)
        g_h = tl.where(h > 0, _dot(g, w2, HALF, ROUNDED), 0.0)
        sum_w2 += _dot(tl.trans(g), tl.maximum(h, 0.0), HALF, ROUNDED)
        sum_w1 += _dot(tl.trans(g_h), f, HALF, ROUNDED)
        g_f = tl.reshape(_dot(g_h, w1, HALF, ROUNDED), (BLOCK, LP, 2)) * fade[:, :, None]
        if TABLE:
            for corner in range(8):
                at, along_u, along_v, along_w, _, _, _ = _corner(corner, x, y, z, u, v, w, g_table, resolution, rows, dense)
                tl.atomic_add(at, (along_u * along_v * along_w)[:, :, None] * g_f, some[:, :, None], sem="relaxed")
        if X:
            g_u = tl.zeros((BLOCK, LP), tl.float32)
            g_v = tl.zeros((BLOCK, LP), tl.float32)
            g_w = tl.zeros((BLOCK, LP), tl.float32)
            for corner in range(8):
                at, along_u, along_v, along_w, sign_u, sign_v, sign_w = _corner(corner, x, y, z, u, v, w, table, resolution, rows,
                                                                                dense)
                along = scale * tl.sum(g_f * tl.load(at, some[:, :, None], 0.0), 2)
                g_u += sign_u * along * along_v * along_w
                g_v += sign_v * along * along_u * along_w
                g_w += sign_w * along * along_u * along_v
            _store_inside(g_x_ptr, tl.sum(g_u, 1), x_ptr, m, M, x_point, g_x_point)
            _store_inside(g_x_ptr + g_x_axis, tl.sum(g_v, 1), x_ptr + x_axis, m, M, x_point, g_x_point)
            _store_inside(g_x_ptr + 2 * g_x_axis, tl.sum(g_w, 1), x_ptr + 2 * x_axis, m, M, x_point, g_x_point)
        first += tl.num_programs(0) * BLOCK
    i, j = tl.arange(0, HP), tl.arange(0, 2 * LP)
    tl.store(g_w1_ptr + tl.program_id(0) * HP * 2 * LP + i[:, None] * 2 * LP + j[None, :], sum_w1)
    tl.store(g_w2_ptr + tl.program_id(0) * CP * HP + c[:, None] * HP + i[None, :], sum_w2)


@triton.jit
def _dot(a, b, HALF: tl.constexpr, ROUNDED: tl.constexpr):
    """The product, summed in float32. The interpreter cuts digits off where a GPU rounds, and takes the bits of a bfloat16 for an
    integer when it multiplies: it gets float32 numbers that are rounded (ROUNDED)."""
    if HALF:
        if ROUNDED:
            a, b = _rounded(a), _rounded(b)
        else:
            a, b = a.to(tl.bfloat16), b.to(tl.bfloat16)
    return tl.dot(a, b, input_precision="tf32x3")


@triton.jit
def _rounded(a):
    """float32 with the digits of a bfloat16, to nearest even."""
    bits = a.to(tl.uint32, bitcast=True)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000).to(tl.float32, bitcast=True)


@triton.jit
def _tile(scales_ptr, sizes_ptr, active, L: tl.constexpr, LP: tl.constexpr):
    """Of each level [1, LP]: fade, scale, resolution, number of rows, where in the table the first one is, whether each vertex
    has its own. A level beyond L has no share and one row."""
    level = tl.arange(0, LP)
    there = level < L
    size = sizes_ptr + 4 * level
    fade = tl.where(there, _fade(active, level), 0.0)
    return (fade[None, :], tl.load(scales_ptr + level, there, 0.0)[None, :],
            tl.load(size, there, 1).to(tl.uint32)[None, :], tl.load(size + 1, there, 1).to(tl.uint32)[None, :],
            2 * tl.load(size + 2, there, 0).to(tl.int64)[None, :], (tl.load(size + 3, there, 1) != 0)[None, :])


@triton.jit
def _weights(w1_ptr, w2_ptr, C, H, L: tl.constexpr, LP: tl.constexpr, HP: tl.constexpr, CP: tl.constexpr):
    """w1 [HP, 2 LP] and w2 [CP, HP], zero beyond their sizes."""
    c, h, k = tl.arange(0, CP), tl.arange(0, HP), tl.arange(0, 2 * LP)
    w1 = tl.load(w1_ptr + h[:, None] * (2 * L) + k[None, :], (h < H)[:, None] & (k < 2 * L)[None, :], 0.0)
    return w1, tl.load(w2_ptr + c[:, None] * H + h[None, :], (c < C)[:, None] & (h < H)[None, :], 0.0)


@triton.jit
def _cells(x_ptr, m, ok, scale, x_point, x_axis):
    """[BLOCK, LP] the cell of each point at each level, and where in it the point is, along each axis."""
    x, u = _cell(tl.load(x_ptr + m * x_point, ok, 0.0), scale)
    y, v = _cell(tl.load(x_ptr + x_axis + m * x_point, ok, 0.0), scale)
    z, w = _cell(tl.load(x_ptr + 2 * x_axis + m * x_point, ok, 0.0), scale)
    return x, y, z, u, v, w


@triton.jit
def _cell(x, scale):
    p = tl.clamp(x, 0.0, 1.0, tl.PropagateNan.ALL)[:, None] * scale + 0.5
    cell = tl.floor(p)
    return cell.to(tl.int32), p - cell


@triton.jit
def _features(x, y, z, u, v, w, fade, resolution, rows, table, dense, some, LP: tl.constexpr, BLOCK: tl.constexpr):
    """[BLOCK, 2 LP], a level's features side by side."""
    f = tl.zeros((BLOCK, LP, 2), tl.float32)
    for corner in range(8):
        at, along_u, along_v, along_w, _, _, _ = _corner(corner, x, y, z, u, v, w, table, resolution, rows, dense)
        f += (fade * along_u * along_v * along_w)[:, :, None] * tl.load(at, some[:, :, None], 0.0)
    return tl.reshape(f, (BLOCK, 2 * LP))


@triton.jit
def _corner(corner, x, y, z, u, v, w, table, resolution, rows, dense):
    """Where the features of a corner of each cell are [BLOCK, LP, 2]; its weight along each axis, and the weight's slope."""
    a, b, c = corner & 1, (corner >> 1) & 1, (corner >> 2) & 1
    row = _row(x + a, y + b, z + c, resolution, rows, dense)
    at = (table + 2 * row)[:, :, None] + tl.arange(0, 2)[None, None, :]
    return at, tl.where(a > 0, u, 1 - u), tl.where(b > 0, v, 1 - v), tl.where(c > 0, w, 1 - w), 2 * a - 1, 2 * b - 1, 2 * c - 1


@triton.jit
def _store_inside(g_ptr, g, x_ptr, m, M, x_point, g_point):
    """The gradient along one axis, 0 for a position that was moved to the border."""
    x = tl.load(x_ptr + m * x_point, m < M, 0.0)
    tl.store(g_ptr + m * g_point, tl.where((x >= 0) & (x <= 1), g, 0.0), m < M)
