r"""The picture that a noised one becomes in a few guided DDIM steps (Song et al., arXiv:2010.02502, eq. 12).

    x_{k+1} = alpha_{k+1} x0^_k + sigma_{k+1} eps^_k,    x0^_k = (x_k - sigma_k eps^_k) / alpha_k,    the last level is clean

One step gives the mean of all pictures that x_t may have come from, which is blurred; more steps give one of them.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import torch
from torch import Tensor

from .schedule import Schedule


def denoised(schedule: Schedule, eps: Callable[[Tensor, Tensor, Tensor | None], Tensor], x_t: Tensor, t: Tensor, steps: int,
             known: Tensor | None = None) -> Tensor:
    """x0^ [B, C, H, W] of the noised pictures ``x_t``, by ``steps`` >= 1 calls of ``eps``, in even steps of the level.

    Args:
        eps: (x_k [B, C, H, W], t_k [B], t_k on the CPU or None) -> [B, C, H, W], the guided noise.
        t: [B] levels, each picture its own.
        known: ``t`` once more, on the CPU, where it is known there.
    """
    on_cpu = [None] * steps if known is None else ladder(known, steps)
    for (t_k, t_next), known_k in zip(pairwise(ladder(t, steps)), on_cpu, strict=False):
        x_t = schedule.ddim(x_t, eps(x_t, t_k, known_k), t_k, t_next)
    return x_t


def ladder(t: Tensor, steps: int) -> Iterator[Tensor]:
    """The ``steps`` + 1 levels [B] from ``t`` to the clean picture, -1; one below ``steps`` is clean at last only."""
    yield t
    for k in range(1, steps):
        yield (torch.div((t + 1) * (steps - k), steps, rounding_mode="floor") - 1).clamp(min=0)
    yield torch.full_like(t, -1)
