"""``march`` on the CPU: count each ray's samples, add the counts up, fill; the reference's arithmetic, step by step."""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor

from .._arrays import array
from . import HIDDEN, Samples, beyond
from .reference import PARALLEL

RANK = 1
RAYS = 64               # rays of one job
f32 = np.float32


def march(origins: Tensor, directions: Tensor, occupancy: Tensor, step: float, jitter: Tensor, tau: Tensor,
          capacity: int | None = None) -> Samples:
    rays = (array("march", origins), array("march", directions), len(occupancy),
            occupancy.contiguous().view(torch.uint8).numpy().reshape(-1), f32(step), array("march", jitter),
            array("march", tau).reshape(-1))
    offsets = np.zeros(len(origins) + 1, np.int64)
    near = np.empty(len(origins), np.float32)
    _count(*rays, near, offsets)
    np.cumsum(offsets, out=offsets)
    found = torch.tensor(offsets[-1])
    if capacity is None:
        M = int(found)
        x, t = torch.empty(3, M).t(), torch.empty(M)        # one row per axis, the order in which hashgrid reads it
    else:
        x, t = beyond(capacity, origins)
        np.minimum(offsets, capacity, out=offsets)
    _fill(*rays, near, offsets, x.t().numpy(), t.numpy())
    return Samples(x, t, torch.from_numpy(offsets), found)


# No fastmath in this file: a fused multiply-add could put a sample into another cell than the reference does.
@njit(parallel=True, cache=True, error_model="numpy")
def _count(origins, directions, G, occupancy, step, jitter, tau, near, offsets):
    R = len(origins)
    for job in prange((R + RAYS - 1) // RAYS):
        for r in range(job * RAYS, min(R, job * RAYS + RAYS)):
            near[r], far = _clip(origins[r], directions[r])
            count, depth = 0, 0.0               # depth in float64, where a sum of float32 is exact: see the reference
            k = f32(0)
            t = near[r] + (k + jitter[r]) * step
            while t < far and depth < HIDDEN:
                x, y, z = _point(origins[r], directions[r], t)
                cell = _cell(G, x, y, z)
                if occupancy[cell] != 0:
                    count += 1
                    depth += tau[cell]
                k += f32(1)
                t = near[r] + (k + jitter[r]) * step
            offsets[r + 1] = count


@njit(parallel=True, cache=True, error_model="numpy")
def _fill(origins, directions, G, occupancy, step, jitter, tau, near, offsets, points, distances):
    R = len(origins)
    for job in prange((R + RAYS - 1) // RAYS):
        for r in range(job * RAYS, min(R, job * RAYS + RAYS)):
            i = offsets[r]
            k = f32(0)
            while i < offsets[r + 1]:
                t = near[r] + (k + jitter[r]) * step
                x, y, z = _point(origins[r], directions[r], t)
                if occupancy[_cell(G, x, y, z)] != 0:
                    points[0, i], points[1, i], points[2, i] = x, y, z
                    distances[i] = t
                    i += 1
                k += f32(1)


@njit(inline="always")
def _clip(o, d):
    """Where a ray enters the box, or 0 inside, and where it leaves."""
    near, far = f32(0), f32(np.inf)
    for axis in range(3):
        inverse = f32(1) / (d[axis] if abs(d[axis]) > PARALLEL else f32(PARALLEL))
        a, b = (f32(-0.5) - o[axis]) * inverse, (f32(0.5) - o[axis]) * inverse
        near, far = max(near, min(a, b)), min(far, max(a, b))
    return near, far


@njit(inline="always")
def _point(o, d, t):
    """Where a ray is at ``t``, in the unit cube."""
    return _unit(o[0] + t * d[0] + f32(0.5)), _unit(o[1] + t * d[1] + f32(0.5)), _unit(o[2] + t * d[2] + f32(0.5))


@njit(inline="always")
def _unit(x):
    return min(max(x, f32(0)), f32(1))


@njit(inline="always")
def _cell(G, x, y, z):
    """The row of a point's cell in the flat grid; unsigned, so that numba does not ask whether it is negative."""
    ix, iy, iz = min(int(x * f32(G)), G - 1), min(int(y * f32(G)), G - 1), min(int(z * f32(G)), G - 1)
    return np.uint64((ix * G + iy) * G + iz)
