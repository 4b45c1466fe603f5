"""The definition of ``composite``: torch, any dtype, any device."""

import torch
from torch import Tensor
from torch.nn.functional import pad

from . import Composite


def composite(sigma: Tensor, rgb: Tensor, t: Tensor, delta: float, offsets: Tensor) -> Composite:
    counts = offsets.diff()
    R, M = len(counts), len(sigma)
    K, N = torch.stack([counts.max(), offsets[-1]]).tolist() if R else (0, 0)           # N rows are a ray's
    sigma, rgb, t = sigma[:N], rgb[:N], t[:N].detach()
    ray = torch.arange(R, device=sigma.device).repeat_interleave(counts, output_size=N)         # [N]
    place = torch.arange(N, device=sigma.device) - offsets[ray]                         # [N] in its ray

    tau = sigma.new_zeros(R, K).index_put((ray, place), sigma * delta)                  # [R, K] optical depth
    T = torch.exp(-pad(tau, (1, 0))[:, :K].cumsum(1))                                   # shifted, not subtracted: exact
    w = (T * -torch.expm1(-tau))[ray, place]                                            # [N]

    def total(values: Tensor) -> Tensor:
        return values.new_zeros(R, *values.shape[1:]).index_add(0, ray, values)

    return Composite(total(w[:, None] * rgb), total(w), total(w * t), pad(w, (0, M - N)))
