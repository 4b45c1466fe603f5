r"""``antialias`` on a GPU: a program takes a few edges, one after another of the lines of pixel centres that each crosses.

With s = g . (low - high), g of the pixel that is changed, the crossing's derivative is dL/dc = s for both signs of alpha, and
c = r_a + t (r_b - r_a) with t = (q - q_a) / (q_b - q_a), as in ``numba_cpu``:

    dL/dr_a = s (1 - t),  dL/dr_b = s t,  dL/dq_a = -s k (1 - t),  dL/dq_b = -s k t,  k = (r_b - r_a) / (q_b - q_a)

The backward finds the crossings again, which costs less than to keep them: their number would have to be waited for. What is a
crossing is decided by comparisons, so the arithmetic is the definition's: no fused multiply-adds, exact divisions. Pixels and
corners are changed by atomic additions, whose order is not fixed.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._launch import float32, launch
from . import NEARNESS, SLOPES

RANK = 1
EDGES, CHANNELS = 64, 8              # of a program, and of the image at a time
STEEPER, CLOSE = tl.constexpr(SLOPES), tl.constexpr(NEARNESS)


def antialias(image: Tensor, face: Tensor, depth: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor,
              edges: Tensor) -> Tensor:
    return _Antialias.apply(image, face, depth, pixels, depths, faces, edges)


class _Antialias(torch.autograd.Function):
    @staticmethod
    def forward(ctx, image, face, depth, pixels, depths, faces, edges):
        image, depth, pixels, depths = float32("antialias", image, depth, pixels, depths)
        seen = face.int().contiguous(), depth, pixels, depths, faces.int().contiguous(), edges.int().contiguous()
        out = image.clone()
        _run(_mix, image, seen, out)
        ctx.save_for_backward(image, *seen)
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        image, *seen = ctx.saved_tensors
        (g,) = float32("antialias", g)
        g_image, g_pixels = g.clone(), torch.zeros_like(seen[2])
        _run(_unmix, image, seen, g, g_image, g_pixels)
        return g_image, None, None, g_pixels, None, None, None


def _run(kernel, image, seen, *more) -> None:
    """The kernel for all edges in all views; of a mesh without triangles none."""
    (B, H, W, C), V, N = image.shape, seen[3].shape[1], len(seen[5])
    if len(seen[4]):
        launch(kernel, (triton.cdiv(N, EDGES), B), image, *seen, *more, V, N, H, W, C, EDGES=EDGES,
               CHANNELS=CHANNELS, num_warps=2, enable_fp_fusion=False)


@triton.jit(do_not_specialize=["V", "N", "H", "W", "C"])
def _mix(image_ptr, face_ptr, depth_ptr, pixels_ptr, depths_ptr, faces_ptr, edges_ptr, out_ptr, V, N, H, W, C,
         EDGES: tl.constexpr, CHANNELS: tl.constexpr):
    edge, steep, line, end = _silhouettes(pixels_ptr, depths_ptr, edges_ptr, V, N, H, W, EDGES)
    while tl.max((line < end).to(tl.int32), 0) > 0:
        low, high, alpha, _, _, seen = _crossing(face_ptr, depth_ptr, pixels_ptr, depths_ptr, faces_ptr, edge, steep, line, end,
                                                 V, H, W)
        below, above, changed = C * low[:, None], C * high[:, None], C * tl.where(alpha > 0, high, low)[:, None]
        start = C * 0
        while start < C:
            c = start + tl.arange(0, CHANNELS)[None, :]
            ok = seen[:, None] & (c < C)
            step = alpha[:, None] * (tl.load(image_ptr + below + c, ok, 0.0) - tl.load(image_ptr + above + c, ok, 0.0))
            tl.atomic_add(out_ptr + changed + c, step, ok, sem="relaxed")
            start += CHANNELS
        line += 1


@triton.jit(do_not_specialize=["V", "N", "H", "W", "C"])
def _unmix(image_ptr, face_ptr, depth_ptr, pixels_ptr, depths_ptr, faces_ptr, edges_ptr, g_ptr, g_image_ptr, g_pixels_ptr,
           V, N, H, W, C, EDGES: tl.constexpr, CHANNELS: tl.constexpr):
    edge, steep, line, end = _silhouettes(pixels_ptr, depths_ptr, edges_ptr, V, N, H, W, EDGES)
    corners = tl.program_id(1) * V
    a = g_pixels_ptr + 2 * (corners + edge[0])
    b = g_pixels_ptr + 2 * (corners + edge[1])
    r = tl.where(steep, 0, 1)
    while tl.max((line < end).to(tl.int32), 0) > 0:
        low, high, alpha, t, slope, seen = _crossing(face_ptr, depth_ptr, pixels_ptr, depths_ptr, faces_ptr, edge, steep, line,
                                                     end, V, H, W)
        below, above, changed = C * low[:, None], C * high[:, None], C * tl.where(alpha > 0, high, low)[:, None]
        s = tl.zeros((EDGES,), tl.float32)
        start = C * 0
        while start < C:
            c = start + tl.arange(0, CHANNELS)[None, :]
            ok = seen[:, None] & (c < C)
            g = tl.load(g_ptr + changed + c, ok, 0.0)
            s += tl.sum(g * (tl.load(image_ptr + below + c, ok, 0.0) - tl.load(image_ptr + above + c, ok, 0.0)), 1)
            tl.atomic_add(g_image_ptr + below + c, alpha[:, None] * g, ok, sem="relaxed")
            tl.atomic_add(g_image_ptr + above + c, -alpha[:, None] * g, ok, sem="relaxed")
            start += CHANNELS
        tl.atomic_add(a + r, s * (1 - t), seen, sem="relaxed")
        tl.atomic_add(b + r, s * t, seen, sem="relaxed")
        tl.atomic_add(a + 1 - r, -s * slope * (1 - t), seen, sem="relaxed")
        tl.atomic_add(b + 1 - r, -s * slope * t, seen, sem="relaxed")
        line += 1


@triton.jit
def _silhouettes(pixels_ptr, depths_ptr, edges_ptr, V, N, H, W, EDGES: tl.constexpr):
    """This program's edges (ends a and b, the corners opposite), whether each is rather vertical, and from which line of pixel
    centres up to which it crosses them; none of what is no silhouette."""
    n = tl.program_id(0) * EDGES + tl.arange(0, EDGES)
    ok = n < N
    a = tl.load(edges_ptr + 4 * n, ok, 0)
    b = tl.load(edges_ptr + 4 * n + 1, ok, 0)
    m = tl.load(edges_ptr + 4 * n + 2, ok, 0)
    o = tl.load(edges_ptr + 4 * n + 3, ok, -1)
    corners = tl.program_id(1) * V
    border = o < 0
    ax, ay, az = _corner(pixels_ptr, depths_ptr, corners + a, ok)
    bx, by, bz = _corner(pixels_ptr, depths_ptr, corners + b, ok)
    mx, my, mz = _corner(pixels_ptr, depths_ptr, corners + m, ok)
    ox, oy, oz = _corner(pixels_ptr, depths_ptr, corners + tl.maximum(o, 0), ok & (o >= 0))
    one = (bx - ax) * (my - ay) - (by - ay) * (mx - ax)
    two = (bx - ax) * (oy - ay) - (by - ay) * (ox - ax)
    ok = ok & (one != 0) & (border | (one * two > 0)) & (az > 0) & (bz > 0) & (mz > 0) & (border | (oz > 0))
    ok = ok & _finite(ax, ay) & _finite(bx, by) & _finite(mx, my) & (border | _finite(ox, oy))
    steep = tl.abs(by - ay) >= tl.abs(bx - ax)
    q_a, q_b = tl.where(steep, ay, ax), tl.where(steep, by, bx)
    lines = tl.where(steep, H, W).to(tl.float32)
    first = tl.minimum(tl.maximum(tl.ceil(tl.minimum(q_a, q_b) - 0.5), 0.0), lines)
    last = tl.minimum(tl.maximum(tl.ceil(tl.maximum(q_a, q_b) - 0.5), 0.0), lines)
    return (a, b, m, o), steep, tl.where(ok, first, 0.0).to(tl.int32), tl.where(ok, last, 0.0).to(tl.int32)


@triton.jit
def _crossing(face_ptr, depth_ptr, pixels_ptr, depths_ptr, faces_ptr, edge, steep, line, end, V, H, W):
    """Where each edge crosses its ``line``: the two pixels, alpha, t, the edge's slope k, and whether it is seen."""
    a, b, m, o = edge
    view = tl.program_id(1)
    corners = view * V
    ok = line < end
    ax, ay, az = _corner(pixels_ptr, depths_ptr, corners + a, ok)
    bx, by, bz = _corner(pixels_ptr, depths_ptr, corners + b, ok)
    mx, my, _ = _corner(pixels_ptr, depths_ptr, corners + m, ok)
    ra, qa = tl.where(steep, ax, ay), tl.where(steep, ay, ax)
    rb, qb = tl.where(steep, bx, by), tl.where(steep, by, bx)
    q = line.to(tl.float32) + 0.5
    t = tl.div_rn(q - qa, qb - qa)
    c = ra + t * (rb - ra)
    low = tl.floor(c - 0.5)
    ok = ok & (low >= 0) & (low + 1 < tl.where(steep, W, H).to(tl.float32))
    here = tl.where(ok, low, 0.0).to(tl.int32)
    at = view * H * W + tl.where(steep, line * W + here, here * W + line)
    other = at + tl.where(steep, 1, W)
    rm, qm = tl.where(steep, mx, my), tl.where(steep, my, mx)
    inside_is_low = rm < ra + tl.div_rn(qm - qa, qb - qa) * (rb - ra)
    inside, outside = tl.where(inside_is_low, at, other), tl.where(inside_is_low, other, at)
    z = tl.div_rn(1.0, tl.div_rn(1.0, az) + t * (tl.div_rn(1.0, bz) - tl.div_rn(1.0, az)))
    f = tl.load(face_ptr + inside, ok, -1)
    ok = ok & (f >= 0)
    ok = ok & ((tl.load(face_ptr + outside, ok, -1) < 0) | (tl.load(depth_ptr + outside, ok, 0.0) > z))

    there = tl.load(depth_ptr + inside, ok, 1.0)
    sx = (inside % W).to(tl.float32) + 0.5
    sy = (inside // W % H).to(tl.float32) + 0.5
    i = tl.load(faces_ptr + 3 * f, ok, 0)
    j = tl.load(faces_ptr + 3 * f + 1, ok, 0)
    k = tl.load(faces_ptr + 3 * f + 2, ok, 0)
    px, py = tl.where(steep, c, q), tl.where(steep, q, c)
    ahead = tl.div_rn(1.0, _nearness(pixels_ptr, depths_ptr, corners, i, j, k, px, py, ok))
    one = _nearness(pixels_ptr, depths_ptr, corners, a, b, m, sx, sy, ok)
    two = _nearness(pixels_ptr, depths_ptr, corners, a, b, tl.maximum(o, 0), sx, sy, ok)
    own = tl.div_rn(1.0, tl.where((o >= 0) & (two > one), two, one))
    tolerance = tl.maximum(STEEPER * tl.abs(ahead - there), tl.abs(own - z)) + CLOSE * z
    seen = ok & ((tl.abs(z - there) <= tolerance) | ~(ahead > 0) | ~(own > 0))
    return at, other, c - (low + 0.5) - 0.5, t, tl.div_rn(rb - ra, qb - qa), seen


@triton.jit
def _nearness(pixels_ptr, depths_ptr, corners, i, j, k, px, py, ok):
    """One over the depth that a triangle's plane has at (px, py); not a number or infinite for a triangle without area."""
    ax, ay, az = _corner(pixels_ptr, depths_ptr, corners + i, ok)
    bx, by, bz = _corner(pixels_ptr, depths_ptr, corners + j, ok)
    cx, cy, cz = _corner(pixels_ptr, depths_ptr, corners + k, ok)
    ax, ay, bx, by, cx, cy = ax - px, ay - py, bx - px, by - py, cx - px, cy - py
    ea, eb, ec = bx * cy - by * cx, cx * ay - cy * ax, ax * by - ay * bx
    return tl.div_rn(tl.div_rn(ea, az) + tl.div_rn(eb, bz) + tl.div_rn(ec, cz), ea + eb + ec)


@triton.jit
def _corner(pixels_ptr, depths_ptr, v, ok):
    return tl.load(pixels_ptr + 2 * v, ok, 0.0), tl.load(pixels_ptr + 2 * v + 1, ok, 0.0), tl.load(depths_ptr + v, ok, 1.0)


@triton.jit
def _finite(x, y):
    return (x - x == 0) & (y - y == 0)
