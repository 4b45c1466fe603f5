r"""Perp-Neg's weights: how strongly the words "front" and "side" repel a view (Armandpour et al., arXiv:2304.04968).

    a = |azimuth| / 90 degrees;     r = 1 - a from front to side, 2 - a from side to back

                          front half: front, side                          back half: front, side
    views                 1 - p_front, p_front                             1, p_back / 2       p: weights of the text
    stable-dreamfusion    e^{-2r} [r <= 0.8], e^{-10(1-r)} [r >= 0.2]      1, e^{-10r} / 2 [r <= 0.8]
    threestudio           4 e^{-r/2} - 2.426, 4 e^{-(1-r)/2} - 2.426       e^{-r/2} + 0.967, e^{-r/2} - 0.606

The first is ours: continuous, and derived from the weights of the view words. The others are the official tables
(nerf/utils.py of stable-dreamfusion, prompt_processors/base.py of threestudio), in units of ``perp_neg``, which is
-negative_w in the former. They jump between the two halves. None of the three repels a view from above.
"""

import torch
from torch import Tensor


def repel_weights(p: Tensor, azimuth: Tensor | None = None, kind: str = "views") -> Tensor:
    """[2, B] of the repelled "front" and "side", from the positive text's p [B, 4] and, but for "views", azimuth [B]."""
    front, side, back, overhead = p.unbind(-1)
    if kind == "views":
        return torch.stack([side + back, front + back / 2])
    if azimuth is None:
        raise ValueError(f"repel_weights: the weights of {kind!r} depend on the azimuth; got none")
    a = around(azimuth)
    near, r = a < 1, torch.where(a < 1, 1 - a, 2 - a)
    if kind == "stable-dreamfusion":
        ahead = (-2 * r).exp() * (r <= 0.8), (-10 * (1 - r)).exp() * (r >= 0.2)
        behind = torch.ones_like(r), (-10 * r).exp() / 2 * (r <= 0.8)
    else:
        ahead = 4 * (-r / 2).exp() - 2.426, 4 * (-(1 - r) / 2).exp() - 2.426
        behind = (-r / 2).exp() + 0.967, (-r / 2).exp() - 0.606
    return (1 - overhead) * torch.where(near, torch.stack(ahead), torch.stack(behind)).clamp(min=0)


def around(azimuth: Tensor) -> Tensor:
    """Quarter turns [B] away from the front, 0 to 2, whether left or right."""
    return torch.atan2(azimuth.sin(), azimuth.cos()).abs() / (torch.pi / 2)
