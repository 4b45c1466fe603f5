r"""``fill`` on the CPU: bands of ROWS rows in parallel, each with its own part of every path.

A band's memory runs down its ROWS rows first, then across: a path's part of it is one run of floats, windings add up
along a row as vectors of ROWS, and painting is a single loop. The backward makes a band's cover again, keeps what lay
below each path, and turns dL/dcover into gradients of chords:

    the inside of a path        ``_inside.numba_cpu``: the integral of dL/dw along each chord
    a line                      ``_line.numba_cpu``: the chain rule through s, r and the angle of the edge
    a gradient                  ``_gradient.numba_cpu``: the chain rule through t

Bands add up in their order, so the result is the same for every number of threads.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from ...drawing import Gradient, Paint, Paths
from .._arrays import array
from .._exact import EXACT
from ._chords import TOUCH, Chords, chords, lengthen
from ._gradient.numba_cpu import shade, shade_backward
from ._inside.numba_cpu import wind, wind_backward
from ._line.numba_cpu import draw, draw_backward, reach

RANK = 1
GRADIENTS = True
ROWS = 16                   # a vector of AVX-512, two of AVX2
EVENODD, STROKED, RADIAL = int(Paint.EVENODD), int(Paint.BUTT), int(Gradient.RADIAL)
f32 = np.float32
EPS = f32(TOUCH) * np.finfo(f32).eps


def fill(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths, size: tuple[int, int],
         places: Tensor | None = None, stops: Tensor | None = None) -> Tensor:
    if places is None or stops is None:
        B, N = widths.shape
        places, stops = points.new_zeros(B, N, 2, 3), points.new_zeros(B, N, 0, 5)
    return _Fill.apply(points, colors, widths, places, stops, paths, size)


class _Fill(torch.autograd.Function):
    @staticmethod
    def forward(ctx, points, colors, widths, places, stops, paths, size):
        control, color, width = (array("fill", each) for each in (points, colors, widths))
        table = chords(points, paths)
        weights = table.weights.astype(f32)
        corners = paths.segments[table.segment]
        vertices = np.empty((len(control), len(weights), 2), f32)
        _flatten(control, corners, weights, vertices)
        boxes = np.empty((*width.shape, 4), np.int32)
        shape = vertices, *lengthen(table, vertices), table.offsets, paths.paint, 0.5 * width, boxes
        _boxes(*shape, *size)
        picture = points.new_empty(len(control), *size, 4)
        kinds = paths.gradient, array("fill", places), array("fill", stops)
        _forward(*shape, *kinds, color, picture.numpy())
        ctx.save_for_backward(points, colors, places, stops)
        ctx.kind = paths.gradient
        ctx.shape, ctx.curves = shape, (corners, weights, _vertex_offsets(table, len(weights)))
        return picture

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        points, colors, places, stops = ctx.saved_tensors
        vertices, boxes = ctx.shape[0], ctx.shape[-1]
        (B, V, _), N, bands = vertices.shape, boxes.shape[1], -(-g.shape[1] // ROWS)
        g_vertices = np.empty((B, bands, V, 2), f32)
        g_paint = np.zeros((B, bands, N, 5), f32)               # red, green, blue, opacity, radius
        g_place, g_stops = (np.zeros((B, bands, *of.shape[1:]), f32) for of in (places, stops))
        _backward(*ctx.shape, ctx.kind, array("fill", places), array("fill", stops), ctx.curves[2],
                  array("fill", colors), array("fill", g), g_vertices, g_paint, g_place, g_stops)
        g_points = torch.zeros(points.shape)
        _gather(g_vertices, boxes, *ctx.curves, g_points.numpy())
        g_paint = torch.from_numpy(g_paint).sum(1)
        g_place, g_stops = (torch.from_numpy(of).sum(1) for of in (g_place, g_stops))
        return g_points, g_paint[..., :4], 0.5 * g_paint[..., 4], g_place, g_stops, None, None


def _vertex_offsets(table: Chords, V: int) -> np.ndarray:
    """[N + 1]: path n has the vertices offsets[n] to offsets[n + 1]."""
    return np.append(table.ends[table.offsets[:-1], 0], V)


@njit(parallel=True, fastmath=EXACT, cache=True)
def _flatten(points, corners, weights, vertices):
    for b in prange(len(points)):
        for v in range(len(weights)):
            x = y = f32(0)
            for k in range(4):
                x += weights[v, k] * points[b, corners[v, k], 0]
                y += weights[v, k] * points[b, corners[v, k], 1]
            vertices[b, v, 0], vertices[b, v, 1] = x, y


@njit(parallel=True, fastmath=EXACT, cache=True)
def _boxes(vertices, ends, capped, offsets, paint, radius, boxes, H, W):
    """Pixels that a path may touch: left, top, right, bottom; the last two are not its own any more."""
    B, N = radius.shape
    for b in prange(B):
        for n in range(N):
            low_x = low_y = f32(1e9)
            high_x = high_y = f32(-1e9)
            for e in range(offsets[n], offsets[n + 1]):
                for k in range(2):
                    x, y = vertices[b, ends[b, e, k], 0], vertices[b, ends[b, e, k], 1]
                    low_x, high_x = min(low_x, x), max(high_x, x)
                    low_y, high_y = min(low_y, y), max(high_y, y)
            far = reach(radius[b, n], paint[n]) if paint[n] >= STROKED else f32(0)
            boxes[b, n, 0] = min(max(int(np.floor(low_x - far)), 0), W)
            boxes[b, n, 1] = min(max(int(np.floor(low_y - far)), 0), H)
            boxes[b, n, 2] = max(min(int(np.floor(high_x + far)) + 1, W), boxes[b, n, 0])
            boxes[b, n, 3] = max(min(int(np.floor(high_y + far)) + 1, H), boxes[b, n, 1])


@njit(parallel=True, fastmath=EXACT, cache=True)
def _forward(vertices, ends, capped, offsets, paint, radius, boxes, kind, places, stops, colors, picture):
    B, H, W, _ = picture.shape
    bands = (H + ROWS - 1) // ROWS
    for job in prange(B * bands):
        b, top = job // bands, job % bands * ROWS
        here, start = _present(boxes[b], top)
        most = 0
        for i in range(len(here)):
            most = max(most, start[i + 1] - start[i])
        cover, none, nearest = np.empty(most, f32), np.empty(0, f32), np.empty(most, np.int32)
        tile, paints = np.zeros((4, W * ROWS), f32), np.empty((4, most if kind.any() else 0), f32)
        for i in range(len(here)):
            n = here[i]
            size = start[i + 1] - start[i]
            _cover(vertices[b], ends[b], capped[b], offsets, paint, radius[b], boxes[b], n, top,
                   cover[:size], none, nearest)
            at, a = boxes[b, n, 0] * ROWS, colors[b, n, 3]
            if kind[n]:
                shade(places[b, n], stops[b, n], kind[n] == RADIAL, boxes[b, n], top, ROWS, paints)
                for j in range(size):
                    paints[3, j] *= a * cover[j]
                for c in range(4):
                    under = tile[c, at:at + size]
                    for j in range(size):
                        under[j] += paints[3, j] * ((paints[c, j] if c < 3 else f32(1)) - under[j])
                continue
            for c in range(4):
                q = colors[b, n, c] if c < 3 else f32(1)
                under = tile[c, at:at + size]
                for j in range(size):
                    under[j] += a * cover[j] * (q - under[j])
        for y in range(top, min(top + ROWS, H)):
            for x in range(W):
                for c in range(4):
                    picture[b, y, x, c] = tile[c, x * ROWS + y - top]


@njit(parallel=True, fastmath=EXACT, cache=True)
def _backward(vertices, ends, capped, offsets, paint, radius, boxes, kind, places, stops, own_vertices, colors, g,
              g_vertices, g_paint, g_place, g_stops):
    B, H, W, _ = g.shape
    bands = g_paint.shape[1]
    for job in prange(B * bands):
        b, band = job // bands, job % bands
        top = band * ROWS
        here, start = _present(boxes[b], top)
        total = start[-1]
        cover, slope, nearest = np.empty(total, f32), np.empty(total, f32), np.empty(total, np.int32)
        below = np.empty((4, total), f32)
        tile, paints = np.zeros((4, W * ROWS), f32), np.empty((4, total if kind.any() else 0), f32)
        for i in range(len(here)):
            n = here[i]
            part = slice(start[i], start[i + 1])
            _cover(vertices[b], ends[b], capped[b], offsets, paint, radius[b], boxes[b], n, top,
                   cover[part], slope[part], nearest[part])
            at, a, own = boxes[b, n, 0] * ROWS, colors[b, n, 3], cover[part]
            if kind[n]:
                shade(places[b, n], stops[b, n], kind[n] == RADIAL, boxes[b, n], top, ROWS, paints)
                for c in range(4):
                    under, kept = tile[c, at:at + len(own)], below[c, part]
                    for j in range(len(own)):
                        kept[j] = under[j]
                        under[j] += a * paints[3, j] * own[j] * ((paints[c, j] if c < 3 else f32(1)) - under[j])
                continue
            for c in range(4):
                q = colors[b, n, c] if c < 3 else f32(1)
                under, kept = tile[c, at:at + len(own)], below[c, part]
                for j in range(len(own)):
                    kept[j] = under[j]
                    under[j] += a * own[j] * (q - under[j])
        for c in range(4):
            for x in range(W):
                for row in range(ROWS):
                    tile[c, x * ROWS + row] = g[b, top + row, x, c] if top + row < H else f32(0)
        for i in range(len(here) - 1, -1, -1):
            n = here[i]
            part = slice(start[i], start[i + 1])
            at, size = boxes[b, n, 0] * ROWS, start[i + 1] - start[i]
            own, g_cover = cover[part], slope[part]
            u0, u1, u2, u3 = below[0, part], below[1, part], below[2, part], below[3, part]
            g0, g1, g2, g3 = (tile[0, at:at + size], tile[1, at:at + size], tile[2, at:at + size],
                              tile[3, at:at + size])
            red, green, blue, a = colors[b, n, 0], colors[b, n, 1], colors[b, n, 2], colors[b, n, 3]
            s0 = s1 = s2 = s3 = f32(0)
            if kind[n]:
                shade(places[b, n], stops[b, n], kind[n] == RADIAL, boxes[b, n], top, ROWS, paints)
                for j in range(size):
                    p0, p1, p2, p3 = paints[0, j], paints[1, j], paints[2, j], paints[3, j]
                    d = g0[j] * (p0 - u0[j]) + g1[j] * (p1 - u1[j]) + g2[j] * (p2 - u2[j]) + g3[j] * (f32(1) - u3[j])
                    seen = a * p3 * own[j]
                    s3 += d * p3 * own[j]
                    g_cover[j] *= d * a * p3
                    paints[0, j], paints[1, j], paints[2, j] = g0[j] * seen, g1[j] * seen, g2[j] * seen
                    paints[3, j] = d * a * own[j]
                    g0[j] *= f32(1) - seen
                    g1[j] *= f32(1) - seen
                    g2[j] *= f32(1) - seen
                    g3[j] *= f32(1) - seen
                shade_backward(places[b, n], stops[b, n], kind[n] == RADIAL, boxes[b, n], top, ROWS, paints,
                               g_place[b, band, n], g_stops[b, band, n])
            for j in range(0 if kind[n] else size):
                d = g0[j] * (red - u0[j]) + g1[j] * (green - u1[j]) + g2[j] * (blue - u2[j]) + g3[j] * (f32(1) - u3[j])
                s0 += g0[j] * own[j]
                s1 += g1[j] * own[j]
                s2 += g2[j] * own[j]
                s3 += d * own[j]
                g_cover[j] *= d * a
                through = f32(1) - a * own[j]
                g0[j] *= through
                g1[j] *= through
                g2[j] *= through
                g3[j] *= through
            g_paint[b, band, n, 0], g_paint[b, band, n, 1], g_paint[b, band, n, 2] = a * s0, a * s1, a * s2
            g_paint[b, band, n, 3] = s3
            mine = g_vertices[b, band]
            for v in range(own_vertices[n], own_vertices[n + 1]):
                mine[v, 0] = mine[v, 1] = f32(0)
            if paint[n] < STROKED:
                wind_backward(vertices[b], ends[b], offsets[n], offsets[n + 1], boxes[b, n], top, ROWS, g_cover, mine)
            else:
                g_paint[b, band, n, 4] = draw_backward(vertices[b], ends[b], capped[b], paint[n], radius[b, n],
                                                       boxes[b, n], top, ROWS, nearest[part], g_cover, mine)


@njit(parallel=True, fastmath=EXACT, cache=True)
def _gather(g_vertices, boxes, corners, weights, own_vertices, g_points):
    """Sum the bands' gradients of vertices into the points'."""
    for b in prange(len(g_points)):
        for n in range(boxes.shape[1]):
            if boxes[b, n, 0] == boxes[b, n, 2] or boxes[b, n, 1] == boxes[b, n, 3]:
                continue
            first, last = boxes[b, n, 1] // ROWS, (boxes[b, n, 3] + ROWS - 1) // ROWS
            for v in range(own_vertices[n], own_vertices[n + 1]):
                x = y = f32(0)
                for band in range(first, last):
                    x += g_vertices[b, band, v, 0]
                    y += g_vertices[b, band, v, 1]
                for k in range(4):
                    g_points[b, corners[v, k], 0] += weights[v, k] * x
                    g_points[b, corners[v, k], 1] += weights[v, k] * y


@njit(cache=True)
def _present(boxes, top):
    """The paths that a band shows, and where each one's part of the band's memory begins."""
    here, start, count = np.empty(len(boxes), np.int64), np.zeros(len(boxes) + 1, np.int64), 0
    for n in range(len(boxes)):
        if boxes[n, 0] < boxes[n, 2] and boxes[n, 1] < top + ROWS and top < boxes[n, 3]:
            here[count] = n
            start[count + 1] = start[count] + (boxes[n, 2] - boxes[n, 0]) * ROWS
            count += 1
    return here[:count], start[:count + 1]


@njit(fastmath=EXACT, cache=True)
def _cover(vertices, ends, capped, offsets, paint, radius, boxes, n, top, cover, slope, nearest):
    """One path's cover in one band; for the backward, where ``slope`` is not empty, also dcover/dw."""
    if paint[n] >= STROKED:
        draw(vertices, ends, capped, offsets[n], offsets[n + 1], paint[n], radius[n], boxes[n], top, ROWS,
             cover, nearest)
        slope[:] = f32(1)
        return
    wind(vertices, ends, offsets[n], offsets[n + 1], boxes[n], top, ROWS, cover)
    for j in range(ROWS, len(cover)):
        cover[j] += cover[j - ROWS]
    evenodd = paint[n] == EVENODD
    low, high = EPS, f32(1) - EPS if evenodd else f32(1) + EPS
    for j in range(len(cover)):
        w = cover[j]
        if evenodd:
            w -= f32(2) * np.rint(f32(0.5) * w)
        cover[j] = min(abs(w), f32(1))
        if len(slope):
            slope[j] = f32(0) if abs(w) < low or abs(w) > high else f32(1) if w > 0 else f32(-1)
