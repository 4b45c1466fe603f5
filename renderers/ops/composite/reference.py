"""The definition of ``composite``: torch, any dtype, any device."""

import torch
from torch import Tensor
from torch.nn.functional import pad

from . import Composite


def composite(sigma: Tensor, rgb: Tensor, t: Tensor, delta: float, offsets: Tensor) -> Composite:
    counts = offsets.diff()
    R, K = len(counts), int(counts.max()) if len(counts) else 0
    ray = torch.arange(R, device=sigma.device).repeat_interleave(counts, output_size=len(sigma))        # [M]
    place = torch.arange(len(sigma), device=sigma.device) - offsets[ray]                # [M] in its ray

    tau = sigma.new_zeros(R, K).index_put((ray, place), sigma * delta)                  # [R, K] optical depth
    T = torch.exp(-pad(tau, (1, 0))[:, :K].cumsum(1))                                   # shifted, not subtracted: exact
    w = (T * -torch.expm1(-tau))[ray, place]                                            # [M]

    def total(values: Tensor) -> Tensor:
        return values.new_zeros(R, *values.shape[1:]).index_add(0, ray, values)

    return Composite(total(w[:, None] * rgb), total(w), total(w * t.detach()), w)
