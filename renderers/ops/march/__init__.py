r"""Samples along rays, where an occupancy grid says that something may be.

    t_k = t_near + (k + jitter) step   for k = 0, 1, ... while t_k < t_far,       x_k = o + t_k d + 1/2

[t_near, t_far] is the ray's part inside the box [-1/2, 1/2]^3 and in front of its origin; a ray inside an upper face
misses. A sample is kept if the cell that it lies in, (ix, iy, iz) = floor(G x), is occupied, and if the kept samples
before it do not hide it: a ray ends where the optical depths ``tau`` of their cells add up to HIDDEN. Each sample
stands for a segment of length ``step``. Nothing is differentiable, and the same input gives the same samples.
"""

from dataclasses import dataclass

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
        offsets: [R + 1] int64: ray r has rows offsets[r] to offsets[r+1].
    """

    x: Tensor
    t: Tensor
    offsets: Tensor


def march(origins: Tensor, directions: Tensor, occupancy: Tensor, step: float, jitter: Tensor,
          tau: Tensor | None = None, *, backend: str | None = None) -> Samples:
    """Walk each ray through the box and keep the samples in occupied cells.

    Args:
        origins: [R, 3] in the world.
        directions: [R, 3] in the world, unit vectors.
        occupancy: [G, G, G] bool or uint8, indexed [ix, iy, iz]; 0 is empty.
        step: distance between samples, world units, > 0.
        jitter: [R] in [0, 1), in steps; 0.5 puts each sample at the middle of its segment.
        tau: [G, G, G] >= 0, the optical depth that a step in a cell is thought to add; None = nothing is known to hide.

    Raises:
        ValueError: ``step`` is not positive, or a shape does not fit.
    """
    check("march", "origins [R 3], directions [R 3], occupancy [G G G], jitter [R]",
          origins, directions, occupancy, jitter)
    if not step > 0:
        raise ValueError(f"march: step is {step}, want > 0")
    tau = origins.new_zeros(occupancy.shape) if tau is None else tau
    check("march", "occupancy [G G G], tau [G G G]", occupancy, tau)
    return choose("march", origins.device.type, backend).march(origins, directions, occupancy, step, jitter, tau)
