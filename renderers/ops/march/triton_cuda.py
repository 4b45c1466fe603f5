r"""``march`` on a GPU: count each ray's samples, add the counts up, fill; a thread walks a ray.

The arithmetic is the definition's, step by step: no fused multiply-add, which could put a sample into another cell, an exact
division, and the hidden depth in float64. Without a capacity the CPU waits once, for the number of samples, since the caller's
tensors have that many rows.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.nn.functional import pad

from .._launch import float32, launch
from . import HIDDEN, Samples, beyond
from .reference import PARALLEL

RANK = 1
RAYS = 32               # of a program: one warp, which ends when its longest ray does
LIGHTLESS, SMALLEST = tl.constexpr(HIDDEN), tl.constexpr(PARALLEL)


@torch.no_grad()
def march(origins: Tensor, directions: Tensor, occupancy: Tensor, step: float, jitter: Tensor, tau: Tensor,
          capacity: int | None = None) -> Samples:
    origins, directions, jitter, tau = float32("march", origins, directions, jitter, tau)
    R, G = len(origins), len(occupancy)
    rays = origins, directions, jitter, occupancy.contiguous().view(torch.uint8), tau, float(step), R, G
    how = {"RAYS": RAYS, "num_warps": 1, "enable_fp_fusion": False}
    counts = torch.zeros(R, dtype=torch.int32, device=origins.device)
    launch(_count, (triton.cdiv(R, RAYS),), *rays, counts, **how)
    offsets = pad(counts.cumsum(0), (1, 0))
    found = offsets[-1]
    if capacity is None:
        M = int(found)
        x, t = origins.new_empty(3, M).t(), origins.new_empty(M)        # one row per axis, the order in which hashgrid reads it
    else:
        M, offsets = capacity, offsets.clamp(max=capacity)
        x, t = beyond(M, origins)
    launch(_fill, (triton.cdiv(R, RAYS),), *rays, offsets, x, t, M, **how)
    return Samples(x, t, offsets, found)


@triton.jit(do_not_specialize=["R"])
def _count(o_ptr, d_ptr, jitter_ptr, occupancy_ptr, tau_ptr, step, R, G, counts_ptr, RAYS: tl.constexpr):
    r, ox, oy, oz, dx, dy, dz, jitter, near, far = _rays(o_ptr, d_ptr, jitter_ptr, R, RAYS)
    depth = tl.zeros((RAYS,), tl.float64)
    count = tl.zeros((RAYS,), tl.int32)
    k = tl.zeros((RAYS,), tl.float32)
    t = near + (k + jitter) * step
    walks = (r < R) & (t < far)
    while tl.max(walks.to(tl.int32), 0) > 0:
        cell = _cell(_unit(ox, dx, t), _unit(oy, dy, t), _unit(oz, dz, t), G)
        kept = tl.load(occupancy_ptr + cell, walks, 0) != 0
        count += kept.to(tl.int32)
        depth += tl.load(tau_ptr + cell, kept, 0.0).to(tl.float64)
        k += 1
        t = near + (k + jitter) * step
        walks = walks & (t < far) & (depth < LIGHTLESS)
    tl.store(counts_ptr + r, count, r < R)


@triton.jit(do_not_specialize=["R", "M"])
def _fill(o_ptr, d_ptr, jitter_ptr, occupancy_ptr, tau_ptr, step, R, G, offsets_ptr, x_ptr, t_ptr, M, RAYS: tl.constexpr):
    r, ox, oy, oz, dx, dy, dz, jitter, near, far = _rays(o_ptr, d_ptr, jitter_ptr, R, RAYS)
    i = tl.load(offsets_ptr + r, r < R, 0)
    end = tl.load(offsets_ptr + r + 1, r < R, 0)
    k = tl.zeros((RAYS,), tl.float32)
    t = near + (k + jitter) * step
    walks = (i < end) & (t < far)
    while tl.max(walks.to(tl.int32), 0) > 0:
        x, y, z = _unit(ox, dx, t), _unit(oy, dy, t), _unit(oz, dz, t)
        kept = tl.load(occupancy_ptr + _cell(x, y, z, G), walks, 0) != 0
        tl.store(x_ptr + i, x, kept)
        tl.store(x_ptr + M.to(tl.int64) + i, y, kept)
        tl.store(x_ptr + 2 * M.to(tl.int64) + i, z, kept)
        tl.store(t_ptr + i, t, kept)
        i += kept.to(tl.int64)
        k += 1
        t = near + (k + jitter) * step
        walks = (i < end) & (t < far)


@triton.jit
def _rays(o_ptr, d_ptr, jitter_ptr, R, RAYS: tl.constexpr):
    """Origin and direction of this program's rays, their jitter, and where they enter the box, or 0 inside, and leave it."""
    r = tl.program_id(0) * RAYS + tl.arange(0, RAYS)
    ox, dx, near_x, far_x = _axis(o_ptr + 3 * r, d_ptr + 3 * r, r < R)
    oy, dy, near_y, far_y = _axis(o_ptr + 3 * r + 1, d_ptr + 3 * r + 1, r < R)
    oz, dz, near_z, far_z = _axis(o_ptr + 3 * r + 2, d_ptr + 3 * r + 2, r < R)
    near = tl.maximum(tl.maximum(tl.maximum(near_x, near_y), near_z), 0.0)
    far = tl.minimum(tl.minimum(far_x, far_y), far_z)
    return r, ox, oy, oz, dx, dy, dz, tl.load(jitter_ptr + r, r < R, 0.0), near, far


@triton.jit
def _axis(o_ptr, d_ptr, ok):
    o = tl.load(o_ptr, ok, 0.0)
    d = tl.load(d_ptr, ok, 1.0)
    inverse = tl.div_rn(1.0, tl.where(tl.abs(d) > SMALLEST, d, SMALLEST))
    a = (-0.5 - o) * inverse
    b = (0.5 - o) * inverse
    return o, d, tl.minimum(a, b), tl.maximum(a, b)


@triton.jit
def _unit(o, d, t):
    """Where a ray is at ``t`` along one axis of the unit cube."""
    return tl.minimum(tl.maximum(o + t * d + 0.5, 0.0), 1.0)


@triton.jit
def _cell(x, y, z, G):
    """The row of a point's cell in the flat grid."""
    ix = tl.minimum((x * G).to(tl.int32), G - 1)
    iy = tl.minimum((y * G).to(tl.int32), G - 1)
    iz = tl.minimum((z * G).to(tl.int32), G - 1)
    return (ix * G + iy) * G + iz
