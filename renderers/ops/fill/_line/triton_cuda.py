r"""A line's cover on a GPU: which chord is nearest to a pixel, then the strip along it.

The equations, and those of the derivatives, are in ``numba_cpu`` beside this file.
"""

import triton
import triton.language as tl

from ....drawing import Paint

SQUARE = tl.constexpr(int(Paint.SQUARE))
REACH, CORNER = tl.constexpr(0.75), tl.constexpr(1.415)         # as in ``numba_cpu``
FAR = tl.constexpr(1e30)
TINY = tl.constexpr(1e-12)


@triton.jit
def distances(x, y, ax, ay, bx, by, there, radius, square):
    """[cells, K] squared, from the pixels' centres to the chords; FAR where a chord's line does not reach the pixel."""
    far = radius * tl.where(square, CORNER, 1.0) + REACH
    near = there & (tl.floor(tl.minimum(ax, bx) - far) <= x) & (x < tl.ceil(tl.maximum(ax, bx) + far))
    near = near & (tl.floor(tl.minimum(ay, by) - far) <= y) & (y < tl.ceil(tl.maximum(ay, by) + far))
    px, py = x + 0.5, y + 0.5
    dx, dy = bx - ax, by - ay
    t = ((px - ax) * dx + (py - ay) * dy) / tl.maximum(dx * dx + dy * dy, TINY)
    t = tl.minimum(tl.maximum(t, 0.0), 1.0)
    qx = tl.where(t < 1, px - ax - t * dx, px - bx)
    qy = tl.where(t < 1, py - ay - t * dy, py - by)
    return tl.where(near, qx * qx + qy * qy, FAR)


@triton.jit
def strip(x, y, ax, ay, bx, by, cut_a, cut_b, r, square):
    """The cover of the pixels by the line along a chord each, and its derivatives by a, b and the radius r."""
    px, py = x + 0.5, y + 0.5
    beyond = tl.where(square, 1.0, 0.0)
    dx, dy = bx - ax, by - ay
    length = tl.sqrt_rn(tl.maximum(dx * dx + dy * dy, TINY))
    ux, uy = dx / length, dy / length
    foot = ((px - ax) * ux + (py - ay) * uy) / length
    beside = ((foot > 0) | cut_a) & ((foot < 1) | cut_b)
    at_a = foot <= 0
    qx, qy = px - tl.where(at_a, ax, bx), py - tl.where(at_a, ay, by)
    away = tl.sqrt_rn(tl.maximum(qx * qx + qy * qy, TINY))
    nx, ny = tl.where(beside, -uy, qx / away), tl.where(beside, ux, qy / away)
    s = tl.where(beside, (px - ax) * nx + (py - ay) * ny, away)
    one, one_s, one_phi = _half(r - s, nx, ny)
    two, two_s, two_phi = _half(-r - s, nx, ny)
    cover, c_s, c_r, c_phi = one - two, two_s - one_s, one_s + two_s, one_phi - two_phi

    # Cut across at the capped ends: the cover times the share of the pixel on this side of each cut.
    a_share, a_s, a_phi = _half(beyond * r + (px - ax) * ux + (py - ay) * uy, ux, uy)
    b_share, b_s, b_phi = _half(beyond * r - (px - bx) * ux - (py - by) * uy, ux, uy)
    a_phi, b_phi = a_phi + a_s * ((px - ax) * nx + (py - ay) * ny), b_phi - b_s * ((px - bx) * nx + (py - by) * ny)
    cut_a, cut_b = cut_a & beside, cut_b & beside
    a_share, a_s, a_phi = tl.where(cut_a, a_share, 1.0), tl.where(cut_a, a_s, 0.0), tl.where(cut_a, a_phi, 0.0)
    b_share, b_s, b_phi = tl.where(cut_b, b_share, 1.0), tl.where(cut_b, b_s, 0.0), tl.where(cut_b, b_phi, 0.0)
    a_side, b_side, both = cover * b_share, cover * a_share, a_share * b_share
    turn = (both * c_phi + a_side * a_phi + b_side * b_phi) / length
    to_a, to_b = -both * c_s * (1 - foot) - turn, -both * c_s * foot + turn             # along n
    end_x, end_y = -c_s * nx + c_phi * ny / s, -c_s * ny - c_phi * nx / s               # around an end
    g_ax = tl.where(beside, to_a * nx - a_side * a_s * ux, tl.where(at_a, end_x, 0.0))
    g_ay = tl.where(beside, to_a * ny - a_side * a_s * uy, tl.where(at_a, end_y, 0.0))
    g_bx = tl.where(beside, to_b * nx + b_side * b_s * ux, tl.where(at_a, 0.0, end_x))
    g_by = tl.where(beside, to_b * ny + b_side * b_s * uy, tl.where(at_a, 0.0, end_y))
    return cover * both, g_ax, g_ay, g_bx, g_by, both * c_r + beyond * (a_side * a_s + b_side * b_s)


@triton.jit
def _half(s, nx, ny):
    """The share of a pixel on the inner side of an edge with unit normal n, its derivatives by s and by n's angle."""
    x, y = tl.abs(nx), tl.abs(ny)
    x_phi, y_phi = tl.where(nx > 0, -ny, ny), tl.where(ny > 0, nx, -nx)
    upright = x >= y
    wide, slim = tl.maximum(tl.maximum(x, y), 0.5), tl.minimum(x, y)
    wide_phi, slim_phi = tl.where(upright, x_phi, y_phi), tl.where(upright, y_phi, x_phi)
    ramp = tl.abs(s) <= 0.5 * (wide - slim)
    rest = tl.maximum(0.5 * (wide + slim) - tl.abs(s), 0.0)
    per = 1 / tl.maximum(wide * slim, TINY)
    corner = 0.5 * rest * rest * per
    phi = 0.5 * rest * per * (wide_phi + slim_phi) - corner * (wide_phi / wide + slim_phi / tl.maximum(slim, TINY))
    share = tl.where(ramp, 0.5 + s / wide, tl.where(s < 0, corner, 1 - corner))
    return (share, tl.where(ramp, 1 / wide, rest * per),
            tl.where(ramp, -s / (wide * wide) * wide_phi, tl.where(s < 0, phi, -phi)))
