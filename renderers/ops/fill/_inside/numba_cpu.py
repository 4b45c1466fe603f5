r"""A path's winding on the CPU, in the memory of one band: ``rows`` rows run first, then columns.

    w(pixel) = sum over chords of the integral over dy of the share of the pixel to the chord's right
    dL/da    = sum over the chord's pixels of dL/dw (1 - t) dt (-dy, dx),     dL/db with t

A chord in column x gives x the part of its dy to its right, x + 1 the rest; a running sum along the row makes w.
"""

import numpy as np
from numba import njit

from ..._exact import EXACT

f32 = np.float32


@njit(fastmath=EXACT, cache=True)
def wind(vertices, ends, first, last, box, top, rows, change):
    """How w changes from one pixel to the next: a chord's dy, shared between its pixel and the one after it."""
    change[:] = f32(0)
    left, width = box[0], box[2] - box[0]
    edge = f32(width)
    for e in range(first, last):
        a, b = ends[e, 0], ends[e, 1]
        ax, ay = vertices[a, 0] - f32(left), vertices[a, 1] - f32(top)
        bx, by = vertices[b, 0] - f32(left), vertices[b, 1] - f32(top)
        sign = f32(1)
        if ay > by:
            ax, ay, bx, by, sign = bx, by, ax, ay, f32(-1)
        if ay == by or by <= 0 or ay >= rows:
            continue
        run = (bx - ax) / (by - ay)
        y, bottom = max(ay, f32(0)), min(by, f32(rows))
        x = ax + (y - ay) * run
        row = int(y)
        while y < bottom:
            y_next = min(f32(row + 1), bottom)
            x_next = bx if y_next == by else ax + (y_next - ay) * run
            dy = sign * (y_next - y)
            low, high = min(x, x_next), max(x, x_next)
            if high <= 0:
                change[row] += dy
            elif low < edge:
                per = dy / (high - low) if high > low else f32(0)
                if low < 0:
                    change[row] -= low * per
                    dy += low * per
                    low = f32(0)
                if high > edge:
                    dy -= (high - edge) * per
                    high = edge
                column = int(low)
                while True:
                    stop = min(f32(column + 1), high)
                    part = dy if stop == high else (stop - low) * per
                    at = column * rows + row
                    behind = part * (f32(0.5) * (low + stop) - f32(column))
                    if column < width:
                        change[at] += part - behind
                        if column + 1 < width:
                            change[at + rows] += behind
                    dy -= part
                    if stop == high:
                        break
                    low = stop
                    column += 1
            x, y = x_next, y_next
            row += 1


@njit(fastmath=EXACT, cache=True)
def wind_backward(vertices, ends, first, last, box, top, rows, g_w, g_vertices):
    """Walk each chord from pixel to pixel and add up dL/dw where it goes."""
    left, width, height = box[0], f32(box[2] - box[0]), f32(rows)
    for e in range(first, last):
        a, b = ends[e, 0], ends[e, 1]
        ax, ay = vertices[a, 0] - f32(left), vertices[a, 1] - f32(top)
        dx, dy = vertices[b, 0] - vertices[a, 0], vertices[b, 1] - vertices[a, 1]
        far = f32(1e30)
        per_x, per_y = f32(1) / dx if dx != 0 else far, f32(1) / dy if dy != 0 else far
        tx0, tx1 = -ax * per_x, (width - ax) * per_x
        ty0, ty1 = -ay * per_y, (height - ay) * per_y
        t = max(f32(0), max(min(tx0, tx1), min(ty0, ty1)))
        t_end = min(f32(1), min(max(tx0, tx1), max(ty0, ty1)))
        if dx == 0:
            if ax < 0 or ax >= width:
                continue
        if dy == 0:
            if ay < 0 or ay >= height:
                continue
        if t >= t_end:
            continue
        x = int(min(max(np.floor(ax + t * dx), f32(0)), width - 1))
        y = int(min(max(np.floor(ay + t * dy), f32(0)), height - 1))
        step_x, step_y = 1 if dx > 0 else -1, 1 if dy > 0 else -1
        next_x = (f32(x + (dx > 0)) - ax) * per_x if dx != 0 else far
        next_y = (f32(y + (dy > 0)) - ay) * per_y if dy != 0 else far
        m0 = m1 = f32(0)
        while True:
            t_next = max(t, min(t_end, min(next_x, next_y)))
            g = g_w[x * rows + y]
            moment = f32(0.5) * (t_next * t_next - t * t)
            m1 += g * moment
            m0 += g * ((t_next - t) - moment)
            t = t_next
            if t >= t_end:
                break
            if next_x < next_y:
                x += step_x
                next_x += abs(per_x)
                if x < 0 or x >= width:
                    break
            else:
                y += step_y
                next_y += abs(per_y)
                if y < 0 or y >= height:
                    break
        g_vertices[a, 0] -= dy * m0
        g_vertices[a, 1] += dx * m0
        g_vertices[b, 0] -= dy * m1
        g_vertices[b, 1] += dx * m1
