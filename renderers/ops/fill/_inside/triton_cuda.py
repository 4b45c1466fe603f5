r"""A path's winding on a GPU, chord by chord in closed form.

With (x, y) in pixels from a pixel's corner, a chord a -> b cut to the pixel's row from h_0 to h_1, and X its place,

    w += (h_1 - h_0) mean of clip(1 - X, 0, 1)              the share of the row's part to the chord's right
    dL/da = dL/dw (1 - t) dt (-dy, dx) over the chord's part in the pixel,     dL/db with t

Chords that end where another begins are cut at the same number, so windings add up to whole ones.
"""

import triton
import triton.language as tl


@triton.jit
def wind(x, y, ax, ay, bx, by):
    """What each chord adds to the winding of the pixel whose corner is (x, y)."""
    ax, ay, bx, by = ax - x, ay - y, bx - x, by - y
    top, bottom = _unit(ay), _unit(by)
    dx, dy = bx - ax, by - ay
    per = dx / tl.where(dy == 0, 1.0, dy)
    u0 = 1 - tl.where(top == ay, ax, ax + (top - ay) * per)
    u1 = 1 - tl.where(bottom == by, bx, ax + (bottom - ay) * per)
    c0, c1 = _unit(u0), _unit(u1)
    rise = u1 - u0
    whole = 0.5 * (c1 - c0) * (c0 + c1) + tl.maximum(u1, 1.0) - tl.maximum(u0, 1.0)
    return (bottom - top) * tl.where(rise == 0, c0, whole / tl.where(rise == 0, 1.0, rise))


@triton.jit
def moments(x, y, ax, ay, bx, by):
    """The integrals of 1 - t and of t over the part of each chord in the pixel whose corner is (x, y)."""
    x0, x1 = _inside(ax - x, bx - ax)
    y0, y1 = _inside(ay - y, by - ay)
    start = tl.maximum(tl.maximum(x0, y0), 0.0)
    length = tl.maximum(tl.minimum(tl.minimum(x1, y1), 1.0) - start, 0.0)
    behind = length * (start + 0.5 * length)
    return length - behind, behind


@triton.jit
def _inside(a, d):
    """From which to which t a + t d is in [0, 1]; a level chord is in it for all t or for none."""
    per = 1 / tl.where(d == 0, 1.0, d)
    one, two = -a * per, (1 - a) * per
    level = (a >= 0) & (a < 1)
    return (tl.where(d == 0, tl.where(level, 0.0, 2.0), tl.minimum(one, two)),
            tl.where(d == 0, tl.where(level, 1.0, -1.0), tl.maximum(one, two)))


@triton.jit
def _unit(value):
    return tl.minimum(tl.maximum(value, 0.0), 1.0)
