r"""DDIM inversion: the noised picture from which the prior would draw a given picture (Song et al., arXiv:2010.02502).

    x_{k+1} = alpha_{k+1} x0^_k + sigma_{k+1} eps_k,    eps_k = eps(x_k, t_k),  x0^_k = (x_k - sigma_k eps_k) / alpha_k

with t_k evenly spaced from the lowest level to t. x_0 = alpha_0 x0; the little noise of the lowest level is left out.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .schedule import Schedule


def invert(schedule: Schedule, eps: Callable[[Tensor, Tensor], Tensor], x0: Tensor, t: Tensor, steps: Tensor) -> Tensor:
    """x_t [B, C, H, W] of the pictures ``x0``, by as many calls of ``eps`` as the largest of ``steps``.

    Args:
        eps: (x_k [B, C, H, W], t_k [B]) -> [B, C, H, W].
        t: [B] levels, each picture its own.
        steps: [B] whole numbers, each picture's own, so that it does not matter with which others it is inverted: one that has
            arrived waits. 0 only for t = 0.
    """
    x = schedule.at(torch.zeros_like(t), x0)[0] * x0
    stops = range(int(steps.max()) + 1)
    return schedule.along(x, eps, [torch.div(t * steps.clamp(max=k), steps.clamp(min=1), rounding_mode="floor") for k in stops])
