r"""Samples along rays, where an occupancy grid says that something may be.

    t_k = t_near + (k + jitter) step   for k = 0, 1, ... while t_k < t_far,       x_k = o + t_k d + 1/2

[t_near, t_far] is the ray's part inside the box [-1/2, 1/2]^3 and in front of its origin; a ray inside an upper face
misses. A sample is kept if the cell that it lies in, (ix, iy, iz) = floor(G x), is occupied, and if the kept samples
before it do not hide it: a ray ends where the optical depths ``tau`` of their cells add up to HIDDEN. Each sample
stands for a segment of length ``step``. Nothing is differentiable, and the same input gives the same samples.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ...checks import check
from .._dispatch import choose

HIDDEN = 12.0           # e^-12 of the light would come from behind; leaves room for a tau that is twice too large


@dataclass(frozen=True)
class Samples:
    """M samples of R rays, ray after ray, nearest first.

    Attributes:
        x: [M, 3] in the unit cube [0, 1]^3, which is the world's box shifted by 1/2.
        t: [M] distance from the ray's origin, in lengths of its direction (world units if that is a unit vector).
        offsets: [R + 1] int64: ray r has rows offsets[r] to offsets[r+1]. Rows from the last offset on, where M is a capacity,
            are no ray's: t is 0 and x is along the cube's diagonal.
        found: [] int64, how many samples there were: more than the last offset where they are more than the capacity.
    """

    x: Tensor
    t: Tensor
    offsets: Tensor
    found: Tensor


def march(origins: Tensor, directions: Tensor, occupancy: Tensor, step: float, jitter: Tensor,
          tau: Tensor | None = None, capacity: int | None = None, *, backend: str | None = None) -> Samples:
    """Walk each ray through the box and keep the samples in occupied cells.

    Args:
        origins: [R, 3] in the world.
        directions: [R, 3] in the world, unit vectors.
        occupancy: [G, G, G] bool or uint8, indexed [ix, iy, iz]; 0 is empty.
        step: distance between samples, world units, > 0.
        jitter: [R] in [0, 1), in steps; 0.5 puts each sample at the middle of its segment.
        tau: [G, G, G] >= 0, the optical depth that a step in a cell is thought to add; None = nothing is known to hide.
        capacity: M, >= 1; the last rays lose the samples that do not fit. A GPU's kernel is not waited for then, and its shapes
            are those of every step. None = as many as there are samples.

    Raises:
        ValueError: ``step`` or ``capacity`` is not positive, or a shape does not fit.
    """
    check("march", "origins [R 3], directions [R 3], occupancy [G G G], jitter [R]",
          origins, directions, occupancy, jitter)
    if not step > 0:
        raise ValueError(f"march: step is {step}, want > 0")
    if capacity is not None and capacity < 1:
        raise ValueError(f"march: capacity is {capacity}, want >= 1")
    tau = origins.new_zeros(occupancy.shape) if tau is None else tau
    check("march", "occupancy [G G G], tau [G G G]", occupancy, tau)
    return choose("march", origins.device.type, backend).march(origins, directions, occupancy, step, jitter, tau, capacity)


def ray_of(samples: Samples) -> Tensor:
    """[M] int64 the ray of each row, R for a row that is no ray's."""
    R, M = len(samples.offsets) - 1, len(samples.t)
    counts = samples.offsets.diff(append=samples.offsets.new_full((1,), M))
    return torch.arange(R + 1, device=counts.device).repeat_interleave(counts, output_size=M)


def beyond(M: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """x [M, 3], a row per axis in memory, and t [M], as rows have them that are no ray's: spread over the cells, since a GPU
    adds the gradients of what is in one cell one after the other."""
    along = (torch.arange(M, dtype=like.dtype, device=like.device) + 0.5) / M
    return along.repeat(3, 1).t(), torch.zeros_like(along)
