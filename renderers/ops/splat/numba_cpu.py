r"""``splat`` on the CPU: one thread per group of tiles of 16 x 16 pixels, eight pixels at a time.

    forward    per tile and Gaussian, nearest first:   w = T alpha,  C += w c,  T -= w
    backward   from the last one back, T first: with u = g . c and R = g . (the color behind, seen from here)
               T /= 1 - alpha,   w = T alpha,   dL/dalpha = T (u - R),   R += alpha (u - R)

so nothing is kept of the forward but its pictures and the last T, and nothing is taken off a total. Each
entry (Gaussian, tile) writes the moments of alpha dL/dalpha; ``_projection`` sums them and goes on to the parameters. Half
rows of eight pixels are vector instructions: sums over pixels are kept in eight lanes and added up at the end, in one order,
so no reassociation is asked of the compiler.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._arrays import array
from .._exact import EXACT
from . import LARGEST, THRESHOLD, Splatting
from ._lists.numba_cpu import TILE, count, fill
from ._projection.numba_cpu import FIELDS, MOMENTS, project, project_backward

RANK = 1
JOBS = 64               # groups of tiles of a picture, each every 64th tile: near tiles cost alike, far ones not
LANES = 8
PIXELS = TILE * TILE
PLANES = 7              # of a picture: color, opacity, distance; the last T, how many Gaussians it is behind
HIDDEN = 1e-8           # transmittance, below which nothing more is drawn in a pixel
LOOK = 16               # Gaussians between two looks at that
f32, i32 = np.float32, np.int32
_NOTHING = (f32(0),) * LANES


def splat(positions: Tensor, scales: Tensor, quaternions: Tensor, opacities: Tensor, colors: Tensor, view: Tensor,
          focal: Tensor, size: tuple[int, int], shift: Tensor, antialiased: bool) -> Splatting:
    return Splatting(*_Splat.apply(positions, scales, quaternions, opacities, colors, view, focal, shift, size, antialiased))


class _Splat(torch.autograd.Function):
    @staticmethod
    def forward(ctx, positions, scales, quaternions, opacities, colors, view, focal, shift, size, antialiased):
        (H, W), B, N = size, len(view), len(positions)
        rows, columns = -(-H // TILE), -(-W // TILE)
        inputs = [array("splat", a) for a in (positions, scales, quaternions, opacities, colors, view, focal)]
        projected, depths = np.empty((B, N, FIELDS), np.float32), np.empty((B, N), np.float32)
        project(*inputs, array("splat", shift), H, W, antialiased, projected, depths)
        starts = np.zeros(B * N + 1, np.int64)
        count(projected, depths, rows, columns, starts)
        starts = starts.cumsum()
        tiles = np.empty((B, rows * columns + 1), np.int64)
        entries, owners = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.int32)
        fill(projected, depths, rows, columns, starts, tiles, entries, owners)
        out, drawn = torch.empty(B, PLANES, H, W), np.empty((B, rows * columns), np.int64)
        _forward(projected, tiles, entries, owners, out.numpy(), drawn)
        ctx.save_for_backward(positions, scales, quaternions, opacities, colors, view, focal, out)
        ctx.antialiased, ctx.lists = antialiased, (projected, starts, tiles, entries, owners, drawn)
        pictures = out.permute(0, 2, 3, 1)
        return pictures[..., :3].clone(), pictures[..., 3:4].clone(), pictures[..., 4:5].clone()

    @staticmethod
    @once_differentiable
    def backward(ctx, *g):
        *parameters, view, focal, out = ctx.saved_tensors
        projected, starts, tiles, entries, owners, drawn = ctx.lists
        g = array("splat", torch.cat(g, -1).permute(0, 3, 1, 2))
        moments = np.empty((len(entries), MOMENTS), np.float32)
        _backward(projected, tiles, entries, owners, drawn, out.numpy(), g, moments)
        B, _, H, W = out.shape
        gradients = [torch.empty(p.shape) for p in parameters]
        g_shift = torch.zeros(B, len(parameters[0]), 2)
        project_backward(*(array("splat", a) for a in (*parameters[:4], view, focal)), H, W, ctx.antialiased, projected, starts,
                         moments, *(a.numpy() for a in gradients), g_shift.numpy())
        return *gradients, None, None, g_shift, None, None


@njit(fastmath=EXACT, cache=True)
def _exp(x):
    """exp of x <= 0, to 3e-7: a polynomial of degree 6 and the exponent's bits; below -87 it is 1e-38."""
    x = max(x * f32(1.44269504), f32(-126))
    whole = np.floor(x + f32(0.5))
    t = x - whole
    p = f32(1) + t * (f32(0.6931471825) + t * (f32(0.2402264923) + t * (f32(0.0555041143) + t * (
        f32(0.0096181291) + t * (f32(0.0013333558) + t * f32(0.000154035))))))
    return p * i32((i32(whole) + i32(127)) << i32(23)).view(np.float32)


@njit(fastmath=EXACT, cache=True)
def _plus(lanes, row, factor):
    """A tuple of eight, which stays in registers where an array would go through memory."""
    return (lanes[0] + factor * row[0], lanes[1] + factor * row[1], lanes[2] + factor * row[2], lanes[3] + factor * row[3],
            lanes[4] + factor * row[4], lanes[5] + factor * row[5], lanes[6] + factor * row[6], lanes[7] + factor * row[7])


@njit(fastmath=EXACT, cache=True)
def _most(planes):
    """The largest transmittance of a tile."""
    most = planes[0]
    for i in range(1, PIXELS):
        most = max(most, planes[i])
    return most


@njit(fastmath=EXACT, cache=True)
def _box(center, reach):
    """The first pixel of a tile whose centre lies within reach, and the one after the last."""
    return max(int(np.ceil(center - reach)), 0), min(int(np.floor(center + reach)) + 1, TILE)


@njit(parallel=True, fastmath=EXACT, error_model="numpy", cache=True)
def _forward(projected, tiles, entries, owners, out, drawn):
    B, W = len(out), out.shape[3]
    columns, count = (W + TILE - 1) // TILE, tiles.shape[1] - 1
    for job in prange(B * JOBS):
        b = job // JOBS
        planes = np.empty(6 * PIXELS, np.float32)
        for t in range(job % JOBS, count, JOBS):
            drawn[b, t] = _draw(projected[b], entries, owners, tiles[b, t], tiles[b, t + 1], t % columns * TILE,
                                t // columns * TILE, planes, out[b])


@njit(fastmath=EXACT, error_model="numpy", cache=True)
def _draw(projected, entries, owners, first, last, left, top, planes, out):
    """Draw a tile; returns the entry after the last one that was drawn. ``planes``: T, color, distance, number."""
    _, H, W = out.shape
    planes[:PIXELS] = f32(1)
    planes[PIXELS:] = f32(0)
    for k in range(first, last):
        if (k - first) % LOOK == 0 and _most(planes) < f32(HIDDEN):
            last = k
            break
        g = projected[owners[entries[k]]]
        cx, cy = g[0] - f32(left) - f32(0.5), g[1] - f32(top) - f32(0.5)
        A, M, C = f32(-0.5) * g[2], -g[3], f32(-0.5) * g[4]
        o, red, green, blue, distance, number = g[5], g[6], g[7], g[8], g[9], f32(k - first + 1)
        x0, x1 = _box(cx, g[10])
        y0, y1 = _box(cy, g[11])
        for half in range(x0 // LANES * LANES, x1, LANES):
            hx = f32(half) - cx
            for y in range(y0, y1):
                dy = f32(y) - cy
                by, constant = M * dy, C * dy * dy
                at = y * TILE + half
                p = planes[at:at + 5 * PIXELS + LANES]
                for x in range(LANES):
                    dx = hx + f32(x)
                    a = min(o * _exp((A * dx + by) * dx + constant), f32(LARGEST))
                    a *= min(max(a * f32(1 / THRESHOLD) - f32(1), f32(0)), f32(1))
                    T = p[x]
                    seen = T > f32(HIDDEN)
                    w = T * a if seen else f32(0)
                    p[x] = T - w
                    p[x + PIXELS] += w * red
                    p[x + 2 * PIXELS] += w * green
                    p[x + 3 * PIXELS] += w * blue
                    p[x + 4 * PIXELS] += w * distance
                    p[x + 5 * PIXELS] = number if seen else p[x + 5 * PIXELS]
    for y in range(min(TILE, H - top)):
        for x in range(min(TILE, W - left)):
            i = y * TILE + x
            for c in range(3):
                out[c, top + y, left + x] = planes[(c + 1) * PIXELS + i]
            out[3, top + y, left + x] = f32(1) - planes[i]
            out[4, top + y, left + x] = planes[4 * PIXELS + i]
            out[5, top + y, left + x], out[6, top + y, left + x] = planes[i], planes[5 * PIXELS + i]
    return last


@njit(parallel=True, fastmath=EXACT, error_model="numpy", cache=True)
def _backward(projected, tiles, entries, owners, drawn, out, g_out, moments):
    B, W = len(out), out.shape[3]
    columns, count = (W + TILE - 1) // TILE, tiles.shape[1] - 1
    for job in prange(B * JOBS):
        b = job // JOBS
        planes = np.empty(13 * PIXELS, np.float32)
        for t in range(job % JOBS, count, JOBS):
            _draw_backward(projected[b], entries, owners, tiles[b, t], drawn[b, t], t % columns * TILE, t // columns * TILE,
                           planes, out[b], g_out[b], moments)
            for k in range(drawn[b, t], tiles[b, t + 1]):
                moments[entries[k]] = f32(0)


@njit(fastmath=EXACT, error_model="numpy", cache=True)
def _draw_backward(projected, entries, owners, first, last, left, top, planes, out, g_out, moments):
    """``planes``: T, R, the five of g; of one Gaussian alpha dL/dalpha, and w g of color and distance; number."""
    _, H, W = out.shape
    planes[:] = f32(0)
    for y in range(min(TILE, H - top)):
        for x in range(min(TILE, W - left)):
            i = y * TILE + x
            planes[i], planes[12 * PIXELS + i] = out[5, top + y, left + x], out[6, top + y, left + x]
            for c in range(5):
                planes[(c + 2) * PIXELS + i] = g_out[c, top + y, left + x]
    for k in range(last - 1, first - 1, -1):
        g = projected[owners[entries[k]]]
        cx, cy = g[0] - f32(left) - f32(0.5), g[1] - f32(top) - f32(0.5)
        A, M, C = f32(-0.5) * g[2], -g[3], f32(-0.5) * g[4]
        o, red, green, blue, distance, number = g[5], g[6], g[7], g[8], g[9], f32(k - first + 1)
        x0, x1 = _box(cx, g[10])
        y0, y1 = _box(cy, g[11])
        s0 = sx = sy = sxx = sxy = syy = c0 = c1 = c2 = cd = f32(0)
        for half in range(x0 // LANES * LANES, x1, LANES):
            hx = f32(half) - cx
            l0 = ly = lyy = l1 = l2 = l3 = l4 = _NOTHING
            for y in range(y0, y1):
                dy = f32(y) - cy
                by, constant = M * dy, C * dy * dy
                at = y * TILE + half
                p = planes[at:at + 12 * PIXELS + LANES]
                for x in range(LANES):
                    dx = hx + f32(x)
                    u = o * _exp((A * dx + by) * dx + constant)
                    sharp = min(u, f32(LARGEST))
                    over = sharp * f32(1 / THRESHOLD) - f32(1)
                    a = sharp * min(max(over, f32(0)), f32(1))
                    a = a if number <= p[x + 12 * PIXELS] else f32(0)
                    slope = f32(1) if over > f32(1) else f32(2) * over + f32(1)
                    slope = slope if over > f32(0) else f32(0)
                    slope = slope if u < f32(LARGEST) else f32(0)
                    slope = slope if number <= p[x + 12 * PIXELS] else f32(0)
                    T = p[x] / (f32(1) - a)
                    w = T * a
                    value = (p[x + 2 * PIXELS] * red + p[x + 3 * PIXELS] * green + p[x + 4 * PIXELS] * blue
                             + p[x + 5 * PIXELS] + p[x + 6 * PIXELS] * distance)
                    ahead = value - p[x + PIXELS]
                    p[x] = T
                    p[x + PIXELS] += a * ahead
                    p[x + 7 * PIXELS] = T * ahead * (u * slope)
                    p[x + 8 * PIXELS] = w * p[x + 2 * PIXELS]
                    p[x + 9 * PIXELS] = w * p[x + 3 * PIXELS]
                    p[x + 10 * PIXELS] = w * p[x + 4 * PIXELS]
                    p[x + 11 * PIXELS] = w * p[x + 6 * PIXELS]
                row = p[7 * PIXELS:7 * PIXELS + LANES]
                l0, ly, lyy = _plus(l0, row, f32(1)), _plus(ly, row, dy), _plus(lyy, row, dy * dy)
                l1 = _plus(l1, p[8 * PIXELS:8 * PIXELS + LANES], f32(1))
                l2 = _plus(l2, p[9 * PIXELS:9 * PIXELS + LANES], f32(1))
                l3 = _plus(l3, p[10 * PIXELS:10 * PIXELS + LANES], f32(1))
                l4 = _plus(l4, p[11 * PIXELS:11 * PIXELS + LANES], f32(1))
            for x in range(LANES):
                dx = hx + f32(x)
                s0, sx, sxx = s0 + l0[x], sx + l0[x] * dx, sxx + l0[x] * dx * dx
                sy, sxy, syy = sy + ly[x], sxy + ly[x] * dx, syy + lyy[x]
                c0, c1, c2, cd = c0 + l1[x], c1 + l2[x], c2 + l3[x], cd + l4[x]
        m = moments[entries[k]]
        m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9] = s0, sx, sy, sxx, sxy, syy, c0, c1, c2, cd
