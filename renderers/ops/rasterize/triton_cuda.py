r"""``rasterize`` on a GPU: triangles race for the pixels, then each pixel looks at the one that won.

The first kernel walks the bounding boxes of a few triangles at a time and keeps at each pixel

    key = depth's bits * 2^32 + triangle            by an atomic minimum

A depth that is drawn is positive, so its bits are in the order of its values: the nearest triangle wins, of equally near ones
that of the lowest index, in whatever order they come; the result is the same each time. The second kernel computes the
barycentric weights of the winner. The arithmetic is the definition's, step by step: no fused multiply-add, which would break
the exact sign change of an edge that two triangles share, and exact divisions. float64, in which nothing is drawn that is
seen often, is left to the definition.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor

from .._launch import launch
from . import reference

RANK = 1
TRIANGLES, CELLS = 32, 16           # of a program, and pixels of each triangle's box at a time
PIXELS = 256                        # of a program of the second kernel
EMPTY = 2**63 - 1                   # the key of a pixel that no triangle has won
NOTHING = tl.constexpr(EMPTY)


def rasterize(pixels: Tensor, depths: Tensor, faces: Tensor, size: tuple[int, int], near: float,
              behind: Tensor) -> tuple[Tensor, ...]:
    if pixels.dtype != torch.float32:
        return reference.rasterize(pixels, depths, faces, size, near, behind)
    (H, W), (B, V), F = size, depths.shape, len(faces)
    corners = pixels.detach().contiguous(), depths.detach().contiguous(), faces.int().contiguous()
    key = torch.full((B, H, W), EMPTY, dtype=torch.int64, device=pixels.device)
    face = torch.empty(B, H, W, dtype=torch.int32, device=pixels.device)
    bary, depth = pixels.new_empty(B, H, W, 3), pixels.new_empty(B, H, W)
    how = {"num_warps": 4, "enable_fp_fusion": False}
    launch(_race, (triton.cdiv(F, TRIANGLES), B), *corners, behind.contiguous(), float(near), V, F, H, W, key,
           TRIANGLES=TRIANGLES, CELLS=CELLS, **how)
    launch(_look, (triton.cdiv(H * W, PIXELS), B), *corners, key, V, H, W, face, bary, depth, PIXELS=PIXELS, **how)
    return face, bary, depth


@triton.jit(do_not_specialize=["V", "F", "H", "W"])
def _race(pixels_ptr, depths_ptr, faces_ptr, behind_ptr, near, V, F, H, W, key_ptr, TRIANGLES: tl.constexpr,
          CELLS: tl.constexpr):
    f = tl.program_id(0) * TRIANGLES + tl.arange(0, TRIANGLES)
    view = tl.program_id(1)
    ax, ay, az, bx, by, bz, cx, cy, cz = _corners(pixels_ptr, depths_ptr, faces_ptr, f, f < F, view, V)
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    drawn = ((f < F) & _good(ax, ay, az, near) & _good(bx, by, bz, near) & _good(cx, cy, cz, near) & (area != 0))
    left, right = _span(ax, bx, cx, W)
    top, bottom = _span(ay, by, cy, H)
    width = tl.maximum(right - left, 0)
    count = tl.where(drawn, width * tl.maximum(bottom - top, 0), 0)[:, None]
    row = tl.maximum(width, 1)[:, None]
    sign = tl.where(area > 0, 1.0, -1.0)[:, None]
    most = tl.max(tl.max(count, 1), 0)
    k = most * 0
    while k < most:
        cell = k + tl.arange(0, CELLS)[None, :]
        x = left[:, None] + cell % row
        y = top[:, None] + cell // row
        ok = cell < count
        ea, eb, ec, total = _edges(ax[:, None], ay[:, None], bx[:, None], by[:, None], cx[:, None], cy[:, None], x, y)
        wa, wb, wc = tl.div_rn(ea, az[:, None]), tl.div_rn(eb, bz[:, None]), tl.div_rn(ec, cz[:, None])
        z = tl.div_rn(total, wa + wb + wc)
        at = (view * H + y) * W + x
        ok = ok & (ea * sign >= 0) & (eb * sign >= 0) & (ec * sign >= 0) & (total != 0)
        ok = ok & (z > tl.load(behind_ptr + at, ok, 0.0)) & (z > 0)
        key = (z.to(tl.int32, bitcast=True).to(tl.int64) << 32) | f[:, None].to(tl.int64)
        tl.atomic_min(key_ptr + at, key, ok, sem="relaxed")
        k += CELLS


@triton.jit(do_not_specialize=["V", "H", "W"])
def _look(pixels_ptr, depths_ptr, faces_ptr, key_ptr, V, H, W, face_ptr, bary_ptr, depth_ptr, PIXELS: tl.constexpr):
    i = tl.program_id(0) * PIXELS + tl.arange(0, PIXELS)
    view = tl.program_id(1)
    ok = i < H * W
    at = view * H * W + i
    key = tl.load(key_ptr + at, ok, NOTHING)
    hit = key != NOTHING
    f = (key & 0xFFFFFFFF).to(tl.int32)
    ax, ay, az, bx, by, bz, cx, cy, cz = _corners(pixels_ptr, depths_ptr, faces_ptr, f, hit, view, V)
    ea, eb, ec, total = _edges(ax, ay, bx, by, cx, cy, i % W, i // W)
    wa, wb, wc = tl.div_rn(ea, az), tl.div_rn(eb, bz), tl.div_rn(ec, cz)
    w = wa + wb + wc
    tl.store(face_ptr + at, tl.where(hit, f, -1), ok)
    tl.store(depth_ptr + at, tl.where(hit, tl.div_rn(total, w), 0.0), ok)
    tl.store(bary_ptr + 3 * at, tl.where(hit, tl.div_rn(wa, w), 0.0), ok)
    tl.store(bary_ptr + 3 * at + 1, tl.where(hit, tl.div_rn(wb, w), 0.0), ok)
    tl.store(bary_ptr + 3 * at + 2, tl.where(hit, tl.div_rn(wc, w), 0.0), ok)


@triton.jit
def _corners(pixels_ptr, depths_ptr, faces_ptr, f, ok, view, V):
    """x, y and depth of the three corners of triangles ``f``; those of what is not ``ok`` are 0, 0 and 1."""
    ax, ay, az = _corner(pixels_ptr, depths_ptr, view * V + tl.load(faces_ptr + 3 * f, ok, 0), ok)
    bx, by, bz = _corner(pixels_ptr, depths_ptr, view * V + tl.load(faces_ptr + 3 * f + 1, ok, 0), ok)
    cx, cy, cz = _corner(pixels_ptr, depths_ptr, view * V + tl.load(faces_ptr + 3 * f + 2, ok, 0), ok)
    return ax, ay, az, bx, by, bz, cx, cy, cz


@triton.jit
def _corner(pixels_ptr, depths_ptr, v, ok):
    return tl.load(pixels_ptr + 2 * v, ok, 0.0), tl.load(pixels_ptr + 2 * v + 1, ok, 0.0), tl.load(depths_ptr + v, ok, 1.0)


@triton.jit
def _good(x, y, z, near):
    """Is a corner before the camera, and are its numbers finite? A number that is not finite takes its own from itself as NaN."""
    return (z > near) & (z - z == 0) & (x - x == 0) & (y - y == 0)


@triton.jit
def _span(a, b, c, size):
    """The first pixel whose centre may lie between the corners along one axis, and the one after the last."""
    low = tl.ceil(tl.minimum(tl.minimum(a, b), c) - 0.5)
    high = tl.floor(tl.maximum(tl.maximum(a, b), c) - 0.5) + 1
    return (tl.minimum(tl.maximum(low, 0.0), size.to(tl.float32)).to(tl.int32),
            tl.minimum(tl.maximum(high, 0.0), size.to(tl.float32)).to(tl.int32))


@triton.jit
def _edges(ax, ay, bx, by, cx, cy, x, y):
    """Twice the areas opposite the corners, seen from the centre of pixel (x, y), and their sum."""
    px = x.to(tl.float32) + 0.5
    py = y.to(tl.float32) + 0.5
    ax, ay, bx, by, cx, cy = ax - px, ay - py, bx - px, by - py, cx - px, cy - py
    ea = bx * cy - by * cx
    eb = cx * ay - cy * ax
    ec = ax * by - ay * bx
    return ea, eb, ec, ea + eb + ec
