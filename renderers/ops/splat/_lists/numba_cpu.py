"""Which Gaussians a tile of a picture sees, nearest first: a radix sort by depth, then a counting sort by tile.

An entry is a pair of a Gaussian and a tile. Entries are numbered Gaussian after Gaussian, so that the backward can write
an entry's gradient to a place of its own and sum a Gaussian's afterwards, in one order and without atomics.
"""

import numpy as np
from numba import njit, prange

TILE = 16               # pixels
BITS = 11               # of a digit: three passes sort 32 bits
i32, i64 = np.int32, np.int64


@njit(cache=True)
def _span(center, reach, tiles):
    """First and last tile, the latter excluded, of an interval of pixels; an empty one has none."""
    first = min(max(np.floor((center - reach) / TILE), 0.0), float(tiles))
    last = min(max(np.floor((center + reach) / TILE) + 1.0, 0.0), float(tiles))
    return i64(first), i64(last)


@njit(parallel=True, cache=True)
def count(projected, depths, rows, columns, starts):
    """Fills ``starts`` [B N + 1] with the number of entries of each Gaussian, one place on."""
    B, N = depths.shape
    for i in prange(B * N):
        b, n = i // N, i % N
        starts[i + 1] = 0
        if depths[b, n] < np.inf:
            g = projected[b, n]
            x0, x1 = _span(g[0], g[10], columns)
            y0, y1 = _span(g[1], g[11], rows)
            starts[i + 1] = (x1 - x0) * (y1 - y0)


@njit(parallel=True, cache=True)
def fill(projected, depths, rows, columns, starts, tiles, entries, owners):
    """Fills ``tiles`` [B, rows columns + 1], where a tile's list begins, the lists ``entries`` [E], ``owners`` [E]."""
    B, N = depths.shape
    for b in prange(B):
        _fill(projected[b], depths[b], rows, columns, starts[b * N:(b + 1) * N + 1], tiles[b], entries, owners)


@njit(cache=True)
def _fill(projected, depths, rows, columns, starts, tiles, entries, owners):
    order, here = _sorted(depths), tiles
    here[:] = starts[0]
    for sweep in range(2):
        if sweep:
            for t in range(rows * columns):
                here[t + 1] += here[t] - starts[0]
            place = here[:-1].copy()
        for k in range(len(order)):
            n = order[k]
            e = starts[n]
            if starts[n + 1] == e:
                continue
            g = projected[n]
            x0, x1 = _span(g[0], g[10], columns)
            y0, y1 = _span(g[1], g[11], rows)
            for y in range(y0, y1):
                for x in range(x0, x1):
                    t = y * columns + x
                    if sweep:
                        entries[place[t]] = e
                        owners[e] = n
                        place[t] += 1
                        e += 1
                    else:
                        here[t + 1] += 1


@njit(cache=True)
def _sorted(depths):
    """Indices by depth, which is positive: its bits are then in the order of its values; ties by index."""
    keys = depths.view(np.int32)
    N, mask = keys.size, (1 << BITS) - 1
    order, other = np.arange(N).astype(np.int32), np.empty(N, np.int32)
    for shift in range(0, 32, BITS):
        ends = np.zeros(mask + 2, np.int64)
        for n in range(N):
            ends[((keys[n] >> shift) & mask) + 1] += 1
        for k in range(mask + 1):
            ends[k + 1] += ends[k]
        for k in range(N):
            n = order[k]
            digit = (keys[n] >> shift) & mask
            other[ends[digit]] = n
            ends[digit] += 1
        order, other = other, order
    return order
