r"""The picture that a noised one becomes in a few guided DDIM steps (Song et al., arXiv:2010.02502, eq. 12).

    x_{k+1} = alpha_{k+1} x0^_k + sigma_{k+1} eps^_k,    x0^_k = (x_k - sigma_k eps^_k) / alpha_k,    the last level is clean

One step gives the mean of all pictures that x_t may have come from, which is blurred; more steps give one of them.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .schedule import Schedule


def denoised(schedule: Schedule, eps: Callable[[Tensor, Tensor], Tensor], x_t: Tensor, t: Tensor, steps: int) -> Tensor:
    """x0^ [B, C, H, W] of the noised pictures ``x_t``, by ``steps`` >= 1 calls of ``eps``, in even steps of the level.

    Args:
        eps: (x_k [B, C, H, W], t_k [B]) -> [B, C, H, W], the guided noise.
        t: [B] levels, each picture its own.
    """
    even = [torch.div((t + 1) * (steps - k), steps, rounding_mode="floor") - 1 for k in range(1, steps)]
    between = [level.clamp(min=0) for level in even]                # a level below ``steps`` is clean at last only
    return schedule.along(x_t, eps, [t, *between, torch.full_like(t, -1)])
