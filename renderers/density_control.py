r"""Where Gaussians are added and taken away, without a threshold of the gradient: its size depends on the loss.

    relocate   dead ones, o < DEAD, go where a live one is drawn, by opacity x area. N at one place share it
               o' = 1 - (1 - o)^(1/N),    s' = s o / sum_{i=1..N} sum_{k=0..i-1} C(i-1, k) (-1)^k o'^(k+1) / sqrt(k + 1)
               so that the picture stays (3DGS as MCMC, arXiv:2404.09591, eq. 9)
    split      the share of live ones with the largest mean screen-space gradient becomes two, drawn from it, of s / 1.6
               (3DGS, arXiv:2308.04079, section 5.2); a quantile, so the same under every loss
    remove     what is larger than LARGEST of the box

No reset of opacities and no noise: score distillation does not recover from the one and has enough of the other.
"""

from math import comb

import torch
from torch import Tensor

DEAD = 0.01             # opacity
LARGEST = 0.2           # metres, the box is 1: a standard deviation
SHRINK = 1.6            # of the scales of a Gaussian that is split
MOST = 50               # Gaussians that share one place
SEEN = 5                # views of a Gaussian before its gradient counts


def shared(opacity: Tensor, scale: Tensor, count: Tensor) -> tuple[Tensor, Tensor]:
    """Opacity [M] and scales [M, 3] of each of ``count`` [M] Gaussians at one place that look as one did."""
    new = 1 - (1 - opacity) ** (1 / count)
    total = torch.zeros_like(opacity)
    for i in range(1, int(count.max()) + 1 if len(count) else 1):
        term = sum(comb(i - 1, k) * (-1) ** k * new.double() ** (k + 1) / (k + 1) ** 0.5 for k in range(i))
        total += torch.where(count >= i, term, 0).to(total)
    return new, scale * (opacity / total)[:, None]


def targets(weight: Tensor, count: int, rng: torch.Generator) -> Tensor:
    """[count] rows drawn by ``weight`` [N], with replacement."""
    edges = weight.double().cumsum(0).cpu()
    draws = torch.rand(count, generator=rng, dtype=torch.float64) * edges[-1]
    return torch.searchsorted(edges, draws, right=True).clamp(max=len(weight) - 1).to(weight.device)


def largest(gradient: Tensor, views: Tensor, share: float, room: int) -> Tensor:
    """Rows of the ``share`` with the largest mean gradient, at most ``room``, of those that were seen often enough."""
    known = (views >= SEEN).nonzero()[:, 0]
    count = min(int(share * len(known)), room)
    mean = gradient[known] / views[known]
    return known[mean.argsort(descending=True, stable=True)[:count]]
