r"""Where Gaussians are added and taken away, without a threshold of the gradient: its size depends on the loss.

    relocate   dead ones, o < DEAD, go where a live one is drawn, by opacity x area. N at one place share it
               o' = 1 - (1 - o)^(1/N),    s' = s o / sum_{i=1..N} sum_{k=0..i-1} C(i-1, k) (-1)^k o'^(k+1) / sqrt(k + 1)
               so that the picture stays (3DGS as MCMC, arXiv:2404.09591, eq. 9)
    split      the share of live ones with the largest mean screen-space gradient becomes two, drawn from it, of s / 1.6
               (3DGS, arXiv:2308.04079, section 5.2); a quantile, so the same under every loss
    fill       where neighbours do not touch, a round one comes between them: of centres d apart in the direction n,
               gap = d - r_1(n) - r_2(n),  r(n) = EDGE / |diag(1 / s) R^T n|,  x = x_1 + (r_1 + gap / 2) n,  s = gap / 2 EDGE
               (compactness, GSGEN, arXiv:2309.16585, section 4.3; its code has a width in the place of r); the largest first
    remove     what is larger than LARGEST of the box

No reset of opacities and no noise: score distillation does not recover from the one and has enough of the other.
"""

from math import comb

import torch
from torch import Tensor

from .ops.splat.reference import rotation

DEAD = 0.01             # opacity
LARGEST = 0.2           # metres, the box is 1: a standard deviation
SHRINK = 1.6            # of the scales of a Gaussian that is split
MOST = 50               # Gaussians that share one place
SEEN = 5                # views of a Gaussian before its gradient counts
EDGE = 2.0              # standard deviations, to which a Gaussian is seen
NEIGHBOURS = 3          # of each, between which there may be a gap


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


def gaps(positions: Tensor, scale: Tensor, quaternions: Tensor, room: int) -> tuple[Tensor, Tensor, Tensor]:
    """The largest gaps between neighbours, at most ``room`` of them.

    Args:
        positions: [N, 3] metres. scale: [N, 3] metres. quaternions: [N, 4], w x y z.

    Returns:
        Rows [M] of a Gaussian beside each gap, its middle [M, 3] and the scale [M] of a round one that fills it, metres.
    """
    apart, other = nearest(positions, NEIGHBOURS)
    one = torch.arange(len(positions), device=positions.device)[:, None].expand_as(other)
    pair = torch.stack([one.minimum(other), one.maximum(other)], -1).view(-1, 2).unique(dim=0)          # each gap once
    a, b = pair.unbind(1)
    between = positions[b] - positions[a]
    apart = between.norm(dim=1)
    way = between / apart.clamp(min=1e-9)[:, None]
    first, second = (EDGE / ((rotation(quaternions[i]).mT @ way[:, :, None])[..., 0] / scale[i]).norm(dim=1) for i in (a, b))
    gap = apart - first - second
    widest = gap.argsort(descending=True, stable=True)[:min(room, int((gap > 0).sum()))]
    middle = positions[a] + (first + gap / 2)[:, None] * way
    return a[widest], middle[widest], gap[widest] / (2 * EDGE)


def nearest(points: Tensor, neighbours: int, chunk: int = 1024) -> tuple[Tensor, Tensor]:
    """Distances [N, k] and rows [N, k] of the k nearest others of each point [N, 3]; k is ``neighbours``, or N - 1."""
    k, found = min(neighbours, len(points) - 1), []
    for begin in range(0, len(points), chunk):
        part = points[begin:begin + chunk]
        away = torch.cdist(part, points, compute_mode="donot_use_mm_for_euclid_dist")
        row = torch.arange(len(part), device=points.device)
        away[row, begin + row] = torch.inf
        found.append(away.topk(k, largest=False))
    return torch.cat([f.values for f in found]), torch.cat([f.indices for f in found])
