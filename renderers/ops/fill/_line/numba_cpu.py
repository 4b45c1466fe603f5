r"""A line's cover on the CPU: of each pixel the nearest chord, then the strip along it.

    cover = (h(r - s) - h(-r - s)) c_a c_b          c = h(beyond r - q . outward), 1 where the line goes on or is round

h depends on the distance and on the edge's angle phi; with u along the chord, n across it, t the foot of the pixel's
centre p on the chord's line and q = p - end,

    ds   = -((1 - t) da + t db) . n,    dphi = n . (db - da) / |b - a|              beside the chord
    ds   = -n . d end,                  dphi = -(n turned left) . d end / s         around its end
"""

import numpy as np
from numba import njit

from ....drawing import Paint
from ..._exact import EXACT

SQUARE = int(Paint.SQUARE)
REACH = np.float32(0.75)            # pixels: more than half the diagonal of a pixel
CORNER = np.float32(1.415)          # radii: where the corner of a square cap is
TINY = np.float32(1e-12)
f32 = np.float32


@njit(cache=True)
def reach(radius, paint):
    """How far from its chords a line can touch a pixel's centre."""
    return radius * (CORNER if paint == SQUARE else f32(1)) + REACH


@njit(fastmath=EXACT, cache=True)
def draw(vertices, ends, capped, first, last, paint, radius, box, top, rows, cover, nearest):
    """The cover of a band's pixels, and the chord that is nearest to each (-1: none)."""
    best = cover                                        # squared distances, until the cover takes their place
    best[:] = f32(1e30)
    nearest[:len(cover)] = -1
    far = reach(radius, paint)
    for e in range(first, last):
        ax, ay = vertices[ends[e, 0], 0], vertices[ends[e, 0], 1]
        bx, by = vertices[ends[e, 1], 0], vertices[ends[e, 1], 1]
        upper = max(int(np.floor(min(ay, by) - far)), top)
        lower = min(int(np.ceil(max(ay, by) + far)), top + rows)
        left = max(int(np.floor(min(ax, bx) - far)), box[0])
        right = min(int(np.ceil(max(ax, bx) + far)), box[2])
        if upper >= lower or left >= right:
            continue
        dx, dy = bx - ax, by - ay
        per = f32(1) / max(dx * dx + dy * dy, TINY)
        for x in range(left, right):
            px = f32(x) + f32(0.5)
            for y in range(upper, lower):
                py = f32(y) + f32(0.5)
                t = ((px - ax) * dx + (py - ay) * dy) * per
                t = min(max(t, f32(0)), f32(1))
                qx = px - bx if t == 1 else px - ax - t * dx
                qy = py - by if t == 1 else py - ay - t * dy
                distance = qx * qx + qy * qy
                at = (x - box[0]) * rows + y - top
                if distance < best[at]:
                    best[at], nearest[at] = distance, e
    within = (radius - REACH) ** 2 if radius > REACH else f32(-1)
    outside = (radius + REACH) ** 2
    for x in range(box[0], box[2]):
        for y in range(top, top + rows):
            at = (x - box[0]) * rows + y - top
            e, distance = nearest[at], best[at]
            if e >= 0 and (within < distance < outside or capped[e, 0] or capped[e, 1]):
                cover[at] = _strip(f32(x) + f32(0.5), f32(y) + f32(0.5), vertices, ends[e], capped[e], radius,
                                   f32(paint == SQUARE))[0]
            else:
                cover[at] = f32(distance <= within)
                nearest[at] = -1                            # wholly inside or outside: no gradient


@njit(fastmath=EXACT, cache=True)
def draw_backward(vertices, ends, capped, paint, radius, box, top, rows, nearest, g_cover, g_vertices):
    """Add to the vertices' gradients; the radius' one is returned."""
    g_radius = f32(0)
    for x in range(box[0], box[2]):
        for y in range(top, top + rows):
            at = (x - box[0]) * rows + y - top
            e, g = nearest[at], g_cover[at]
            if e < 0 or g == 0:
                continue
            _, ax, ay, bx, by, r = _strip(f32(x) + f32(0.5), f32(y) + f32(0.5), vertices, ends[e], capped[e], radius,
                                          f32(paint == SQUARE))
            g_vertices[ends[e, 0], 0] += g * ax
            g_vertices[ends[e, 0], 1] += g * ay
            g_vertices[ends[e, 1], 0] += g * bx
            g_vertices[ends[e, 1], 1] += g * by
            g_radius += g * r
    return g_radius


@njit(fastmath=EXACT, cache=True)
def _strip(px, py, vertices, ends, capped, r, beyond):
    """The cover of the pixel with centre p, and its derivatives by a, b and r."""
    ax, ay, bx, by = vertices[ends[0], 0], vertices[ends[0], 1], vertices[ends[1], 0], vertices[ends[1], 1]
    dx, dy = bx - ax, by - ay
    zero = f32(0)
    if (capped[0] or capped[1]) and dx == 0 and dy == 0:
        return zero, zero, zero, zero, zero, zero
    length = np.sqrt(max(dx * dx + dy * dy, TINY))
    ux, uy = dx / length, dy / length
    foot = ((px - ax) * ux + (py - ay) * uy) / length
    beside = (foot > 0 or capped[0]) and (foot < 1 or capped[1])

    if beside:
        nx, ny = -uy, ux
        s = (px - ax) * nx + (py - ay) * ny
    else:
        nx, ny = (px - ax, py - ay) if foot <= 0 else (px - bx, py - by)
        s = np.sqrt(max(nx * nx + ny * ny, TINY))
        nx, ny = nx / s, ny / s
    near, near_s, near_phi = _half(r - s, nx, ny)
    away, away_s, away_phi = _half(-r - s, nx, ny)
    cover, c_s, c_r, c_phi = near - away, away_s - near_s, near_s + away_s, near_phi - away_phi

    if not beside:
        tx, ty = -c_s * nx + c_phi * ny / s, -c_s * ny - c_phi * nx / s
        if foot <= 0:
            return cover, tx, ty, zero, zero, c_r
        return cover, zero, zero, tx, ty, c_r

    # Cut across at the capped ends: the cover times the share of the pixel on this side of each cut.
    a_share, a_s, a_phi = b_share, b_s, b_phi = f32(1), zero, zero
    if capped[0]:
        a_share, a_s, a_phi = _half(beyond * r + (px - ax) * ux + (py - ay) * uy, ux, uy)
    if capped[1]:
        b_share, b_s, b_phi = _half(beyond * r - (px - bx) * ux - (py - by) * uy, ux, uy)
    a_phi += a_s * ((px - ax) * nx + (py - ay) * ny)
    b_phi -= b_s * ((px - bx) * nx + (py - by) * ny)
    a_side, b_side, both = cover * b_share, cover * a_share, a_share * b_share
    g_r = both * c_r + beyond * (a_side * a_s + b_side * b_s)
    turn = (both * c_phi + a_side * a_phi + b_side * b_phi) / length
    at_a, at_b = -both * c_s * (1 - foot) - turn, -both * c_s * foot + turn             # along n
    return (cover * both, at_a * nx - a_side * a_s * ux, at_a * ny - a_side * a_s * uy,
            at_b * nx + b_side * b_s * ux, at_b * ny + b_side * b_s * uy, g_r)


@njit(fastmath=EXACT, cache=True)
def _half(s, nx, ny):
    """The share of a pixel on the inner side of an edge with unit normal n, its derivatives by s and by n's angle."""
    wide, slim = abs(nx), abs(ny)
    wide_phi, slim_phi = (-ny if nx > 0 else ny), (nx if ny > 0 else -nx)
    if slim > wide:
        wide, slim, wide_phi, slim_phi = slim, wide, slim_phi, wide_phi
    wide = max(wide, f32(0.5))
    side = abs(s)
    if side <= f32(0.5) * (wide - slim):
        return f32(0.5) + s / wide, f32(1) / wide, -s / (wide * wide) * wide_phi
    rest = f32(0.5) * (wide + slim) - side
    if rest <= 0:
        return (f32(0) if s < 0 else f32(1)), f32(0), f32(0)
    per = f32(1) / max(wide * slim, TINY)
    corner = f32(0.5) * rest * rest * per
    phi = f32(0.5) * rest * per * (wide_phi + slim_phi) - corner * (wide_phi / wide + slim_phi / max(slim, TINY))
    if s < 0:
        return corner, rest * per, phi
    return f32(1) - corner, rest * per, -phi
