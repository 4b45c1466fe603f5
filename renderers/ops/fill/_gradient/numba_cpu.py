r"""A gradient's colors on the CPU, in the memory of one band: ``rows`` rows run first, then columns.

    dL/dc_k   = sum over pixels dL/dc (s_{k-1} - s_k),     s_0 = 1, s_K = 0
    dL/dt     = sum_k [0 <= s_k <= 1 unclipped] dL/dc . (c_{k+1} - c_k) / (t_{k+1} - t_k),     and so to t_k and to q
    dL/dplace = sum over pixels dL/dq (x, y, 1)^T,         dt/dq = (1, 0) or q / |q|
"""

import numpy as np
from numba import njit

from ..._exact import EXACT
from . import STEEP as STEEP_
from . import TINY as TINY_

f32 = np.float32
STEEP, TINY = f32(STEEP_), f32(TINY_)


@njit(fastmath=EXACT, cache=True)
def shade(place, stops, radial, box, top, rows, out):
    """Fill ``out`` [4, pixels] with the straight color and opacity of every pixel."""
    for x in range(box[0], box[2]):
        for row in range(rows):
            at = (x - box[0]) * rows + row
            t, _, _ = along(place, radial, f32(x) + f32(0.5), f32(top + row) + f32(0.5))
            for c in range(4):
                out[c, at] = stops[0, c + 1]
            for k in range(len(stops) - 1):
                s = min(max((t - stops[k, 0]) / max(stops[k + 1, 0] - stops[k, 0], STEEP), f32(0)), f32(1))
                for c in range(4):
                    out[c, at] += s * (stops[k + 1, c + 1] - stops[k, c + 1])


@njit(fastmath=EXACT, cache=True)
def shade_backward(place, stops, radial, box, top, rows, g, g_place, g_stops):
    """Add the band's sums over pixels of ``g`` [4, pixels] to ``g_place`` [2, 3] and ``g_stops`` [K, 5]."""
    for x in range(box[0], box[2]):
        for row in range(rows):
            at = (x - box[0]) * rows + row
            px, py = f32(x) + f32(0.5), f32(top + row) + f32(0.5)
            t, q0, q1 = along(place, radial, px, py)
            g_t, before = f32(0), f32(1)
            for k in range(len(stops) - 1):
                wide = stops[k + 1, 0] - stops[k, 0]
                per = f32(1) / max(wide, STEEP)
                free = (t - stops[k, 0]) * per
                s = min(max(free, f32(0)), f32(1))
                rise = f32(0)
                for c in range(4):
                    g_stops[k, c + 1] += g[c, at] * (before - s)
                    rise += g[c, at] * (stops[k + 1, c + 1] - stops[k, c + 1])
                before = s
                if free == s:
                    rise *= per
                    g_t += rise
                    if wide >= STEEP:
                        g_stops[k, 0] += rise * (s - f32(1))
                        g_stops[k + 1, 0] -= rise * s
                    else:
                        g_stops[k, 0] -= rise
            for c in range(4):
                g_stops[len(stops) - 1, c + 1] += g[c, at] * before
            if radial and q0 * q0 + q1 * q1 >= TINY:
                g0, g1 = g_t * q0 / t, g_t * q1 / t
            else:
                g0, g1 = f32(0) if radial else g_t, f32(0)
            g_place[0, 0] += g0 * px
            g_place[0, 1] += g0 * py
            g_place[0, 2] += g0
            g_place[1, 0] += g1 * px
            g_place[1, 1] += g1 * py
            g_place[1, 2] += g1


@njit(fastmath=EXACT, cache=True)
def along(place, radial, x, y):
    """t, and the two coordinates q."""
    q0 = place[0, 0] * x + place[0, 1] * y + place[0, 2]
    q1 = place[1, 0] * x + place[1, 1] * y + place[1, 2]
    return (np.sqrt(max(q0 * q0 + q1 * q1, TINY)) if radial else q0), q0, q1
