"""The definition of ``march``: torch, any dtype, any device."""

import torch
from torch import Tensor
from torch.nn.functional import pad

from . import HIDDEN, Samples, beyond

DIAGONAL = 3**0.5       # of the box: no ray is longer in it
PARALLEL = 1e-12        # a direction's component is at least this, so that a ray inside a face of the box has no 0 / 0


@torch.no_grad()
def march(origins: Tensor, directions: Tensor, occupancy: Tensor, step: float, jitter: Tensor, tau: Tensor,
          capacity: int | None = None) -> Samples:
    G = len(occupancy)
    inverse = 1 / torch.where(directions.abs() > PARALLEL, directions, PARALLEL)
    enter, leave = (-0.5 - origins) * inverse, (0.5 - origins) * inverse                # [R, 3]
    near = torch.minimum(enter, leave).amax(1).clamp_min(0)
    far = torch.maximum(enter, leave).amin(1)

    k = torch.arange(int(DIAGONAL / step) + 2, dtype=origins.dtype, device=origins.device)
    t = near[:, None] + (k + jitter[:, None]) * step                                    # [R, K]
    x = (origins[:, None] + t[..., None] * directions[:, None] + 0.5).clamp(0, 1)       # [R, K, 3]
    cell = (x * G).long().clamp_max(G - 1)
    at = cell.unbind(-1)
    keep = (t < far[:, None]) & (occupancy[at] != 0)
    depth = pad(torch.where(keep, tau[at], 0), (1, 0))[:, :-1].cumsum(1, dtype=torch.float64)   # of those before
    keep &= depth < HIDDEN
    kept = keep.flatten().nonzero()[:, 0]                       # once: a GPU is waited for, to know how many
    x, t, offsets = x.flatten(0, 1)[kept], t.flatten()[kept], pad(keep.sum(1).cumsum(0), (1, 0))
    if capacity is None:
        return Samples(x, t, offsets, offsets[-1])
    rest_x, rest_t = (rest[len(t):] for rest in beyond(capacity, t))
    return Samples(torch.cat([x[:capacity], rest_x]), torch.cat([t[:capacity], rest_t]), offsets.clamp(max=capacity), offsets[-1])
