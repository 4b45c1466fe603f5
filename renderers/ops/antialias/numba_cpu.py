r"""``antialias`` on the CPU: parts of the edges in parallel, which list their crossings; then picture by picture.

With s = g . (low - high), g of the pixel that is changed, the crossing's derivative is dL/dc = s for both signs of
alpha, and c = r_a + t (r_b - r_a) with t = (q - q_a) / (q_b - q_a), so

    dL/dr_a = s (1 - t),  dL/dr_b = s t,  dL/dq_a = -s k (1 - t),  dL/dq_b = -s k t,  k = (r_b - r_a) / (q_b - q_a)

No ``fastmath``: what is a crossing is decided by comparisons, of numbers that may not be finite, as the definition does.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._arrays import array
from . import NEARNESS, SLOPES

RANK = 1
PARTS = 16              # of a view's edges
f32 = np.float32


def antialias(image: Tensor, face: Tensor, depth: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor,
              edges: Tensor) -> Tensor:
    return _Antialias.apply(image, face, depth, pixels, depths, faces, edges)


class _Antialias(torch.autograd.Function):
    @staticmethod
    def forward(ctx, image, face, depth, pixels, depths, faces, edges):
        B, H, W, C = image.shape
        picture, p, z = (array("antialias", t) for t in (image, pixels, depths))
        edges = edges.int().contiguous().numpy()
        most = np.zeros(B * PARTS + 1, np.int64)
        lines = np.empty((B, len(edges), 2), np.int32)
        _count(p, z, edges, H, W, lines, most)
        start = most.cumsum()
        where, amount = np.full((start[-1], 4), -1, np.int32), np.zeros((start[-1], 2), np.float32)
        _find(p, z, faces.int().contiguous().numpy(), edges, lines, face.contiguous().numpy(), array("antialias", depth),
              start, f32(SLOPES), f32(NEARNESS), where, amount)
        out = picture.reshape(B, H * W, C).copy()
        _mix(picture.reshape(B, H * W, C), start, where, amount, W, out)
        ctx.save_for_backward(image, pixels)
        ctx.crossings = start, where, amount
        return torch.from_numpy(out).view(B, H, W, C)

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        image, pixels = ctx.saved_tensors
        B, H, W, C = image.shape
        flat = B, H * W, C
        g = array("antialias", g).reshape(flat)
        g_image, g_pixels = g.copy(), np.zeros(pixels.shape, np.float32)
        _unmix(array("antialias", image).reshape(flat), array("antialias", pixels), *ctx.crossings, W, g, g_image, g_pixels)
        return torch.from_numpy(g_image).view(B, H, W, C), None, None, torch.from_numpy(g_pixels), None, None, None


@njit(cache=True)
def _lines(pixels, depths, edges, view, n, H, W):
    """Of edge ``n`` the first line of pixel centres that it crosses and the one after the last; (0, 0) if it is no
    silhouette."""
    a, b, m, o = edges[n, 0], edges[n, 1], edges[n, 2], edges[n, 3]
    ax, ay = pixels[view, a, 0], pixels[view, a, 1]
    ex, ey = pixels[view, b, 0] - ax, pixels[view, b, 1] - ay
    mx, my = pixels[view, m, 0], pixels[view, m, 1]
    one = ex * (my - ay) - ey * (mx - ax)
    ox, oy, front = f32(0), f32(0), True
    if o >= 0:
        ox, oy = pixels[view, o, 0], pixels[view, o, 1]
        two = ex * (oy - ay) - ey * (ox - ax)
        if not one * two > 0:
            return 0, 0
        front = depths[view, o] > 0
    if not (front and one != 0 and depths[view, a] > 0 and depths[view, b] > 0 and depths[view, m] > 0):
        return 0, 0
    if not (np.isfinite(ax) and np.isfinite(ay) and np.isfinite(mx) and np.isfinite(my) and np.isfinite(ox) and np.isfinite(oy)
            and np.isfinite(pixels[view, b, 0]) and np.isfinite(pixels[view, b, 1])):
        return 0, 0
    steep = abs(ey) >= abs(ex)
    q0, q1, lines = (ay, pixels[view, b, 1], H) if steep else (ax, pixels[view, b, 0], W)
    first = min(max(np.ceil(min(q0, q1) - f32(0.5)), f32(0)), f32(lines))
    last = min(max(np.ceil(max(q0, q1) - f32(0.5)), f32(0)), f32(lines))
    return int(first), int(last)


@njit(parallel=True, cache=True)
def _count(pixels, depths, edges, H, W, lines, most):
    """Each edge's lines, and how many there are of each part's."""
    N = edges.shape[0]
    for job in prange(pixels.shape[0] * PARTS):
        view, part, total = job // PARTS, job % PARTS, 0
        for n in range(part * N // PARTS, (part + 1) * N // PARTS):
            first, last = _lines(pixels, depths, edges, view, n, H, W)
            lines[view, n, 0], lines[view, n, 1] = first, last
            total += last - first
        most[job + 1] = total


@njit(parallel=True, cache=True)
def _find(pixels, depths, faces, edges, lines, face, depth, start, slopes, nearness, where, amount):
    """For each crossing that is seen: where = (low pixel, a, b, axis r), amount = (alpha, q)."""
    B, H, W = face.shape
    N = edges.shape[0]
    for job in prange(B * PARTS):
        view, part, at = job // PARTS, job % PARTS, start[job]
        for n in range(part * N // PARTS, (part + 1) * N // PARTS):
            first, last = lines[view, n, 0], lines[view, n, 1]
            if first >= last:
                continue
            a, b, m = edges[n, 0], edges[n, 1], edges[n, 2]
            steep = (abs(pixels[view, b, 1] - pixels[view, a, 1]) >= abs(pixels[view, b, 0] - pixels[view, a, 0]))
            r = 0 if steep else 1
            ra, qa = pixels[view, a, r], pixels[view, a, 1 - r]
            rb, qb = pixels[view, b, r], pixels[view, b, 1 - r]
            inside_is_low = pixels[view, m, r] < ra + (pixels[view, m, 1 - r] - qa) / (qb - qa) * (rb - ra)
            across = W if steep else H
            for line in range(first, last):
                q = f32(line) + f32(0.5)
                t = (q - qa) / (qb - qa)
                c = ra + t * (rb - ra)
                low = np.floor(c - f32(0.5))
                if not (low >= 0 and low + 1 < across):
                    at += 1
                    continue
                here = int(low)
                y0, x0 = (line, here) if steep else (here, line)
                y1, x1 = (line, here + 1) if steep else (here + 1, line)
                iy, ix, oy, ox = (y0, x0, y1, x1) if inside_is_low else (y1, x1, y0, x0)
                z = f32(1) / (f32(1) / depths[view, a] + t * (f32(1) / depths[view, b] - f32(1) / depths[view, a]))
                f = face[view, iy, ix]
                if f >= 0 and (face[view, oy, ox] < 0 or depth[view, oy, ox] > z):
                    px, py = (c, q) if steep else (q, c)
                    there, sx, sy = depth[view, iy, ix], f32(ix) + f32(0.5), f32(iy) + f32(0.5)
                    ahead = _inverse(_nearness(pixels, depths, view, faces[f, 0], faces[f, 1], faces[f, 2], px, py))
                    own, o = _nearness(pixels, depths, view, a, b, m, sx, sy), edges[n, 3]
                    if o >= 0:
                        two = _nearness(pixels, depths, view, a, b, o, sx, sy)
                        own = two if two > own else own
                    own = _inverse(own)
                    tolerance = max(slopes * abs(ahead - there), abs(own - z)) + nearness * z
                    if abs(z - there) <= tolerance or not ahead > 0 or not own > 0:
                        where[at, 0], where[at, 1], where[at, 2], where[at, 3] = y0 * W + x0, a, b, r
                        amount[at, 0], amount[at, 1] = c - (low + f32(0.5)) - f32(0.5), q
                at += 1


@njit(cache=True)
def _nearness(pixels, depths, view, i, j, k, px, py):
    """One over the depth that a triangle's plane has at (px, py); not a number for a triangle without area."""
    ax, ay = pixels[view, i, 0] - px, pixels[view, i, 1] - py
    bx, by = pixels[view, j, 0] - px, pixels[view, j, 1] - py
    cx, cy = pixels[view, k, 0] - px, pixels[view, k, 1] - py
    ea, eb, ec = bx * cy - by * cx, cx * ay - cy * ax, ax * by - ay * bx
    whole = ea + eb + ec
    return (ea / depths[view, i] + eb / depths[view, j] + ec / depths[view, k]) / whole if whole != 0 else f32(np.nan)


@njit(cache=True)
def _inverse(value):
    return f32(1) / value if value != 0 else f32(np.inf)


@njit(parallel=True, cache=True)
def _mix(image, start, where, amount, W, out):
    for view in prange(image.shape[0]):
        for n in range(start[view * PARTS], start[(view + 1) * PARTS]):
            low, alpha = where[n, 0], amount[n, 0]
            if low < 0:
                continue
            high = low + 1 if where[n, 3] == 0 else low + W
            for c in range(image.shape[2]):
                if alpha > 0:
                    out[view, high, c] += alpha * (image[view, low, c] - image[view, high, c])
                else:
                    out[view, low, c] -= alpha * (image[view, high, c] - image[view, low, c])


@njit(parallel=True, cache=True)
def _unmix(image, pixels, start, where, amount, W, g, g_image, g_pixels):
    for view in prange(image.shape[0]):
        for n in range(start[view * PARTS], start[(view + 1) * PARTS]):
            low, alpha = where[n, 0], amount[n, 0]
            if low < 0:
                continue
            r, a, b = where[n, 3], where[n, 1], where[n, 2]
            high = low + 1 if r == 0 else low + W
            changed = high if alpha > 0 else low
            s = f32(0)
            for c in range(image.shape[2]):
                h = g[view, changed, c]
                s += h * (image[view, low, c] - image[view, high, c])
                if alpha > 0:
                    g_image[view, low, c] += alpha * h
                    g_image[view, high, c] -= alpha * h
                else:
                    g_image[view, high, c] -= alpha * h
                    g_image[view, low, c] += alpha * h
            length = pixels[view, b, 1 - r] - pixels[view, a, 1 - r]
            t = (amount[n, 1] - pixels[view, a, 1 - r]) / length
            slope = (pixels[view, b, r] - pixels[view, a, r]) / length
            g_pixels[view, a, r] += s * (f32(1) - t)
            g_pixels[view, b, r] += s * t
            g_pixels[view, a, 1 - r] -= s * slope * (f32(1) - t)
            g_pixels[view, b, 1 - r] -= s * slope * t
