r"""Xing: a cubic whose last handle turns back across its first is about to cross itself (LIVE, arXiv:2206.04655).

    a = p1 - p0,  b = p2 - p1,  c = p3 - p2,    turn = sign(a x b),    bend = sin(angle from a to c) = a x c / |a| |c|
    xing = mean over cubics of max(0, -turn bend)

Zero as long as the curve keeps turning the way in which it began; differentiable in the points.
"""

import torch
from torch import Tensor


def xing(cubics: Tensor) -> Tensor:
    """A scalar in [0, 1] of ``cubics`` [S, 4, 2]; 0 without any."""
    a, b, c = cubics.diff(dim=1).unbind(1)
    turn = torch.where(cross(a, b).detach() > 0, 1.0, -1.0)
    length = (a.square().sum(-1) * c.square().sum(-1) + 1e-12).sqrt()
    return (-turn * cross(a, c) / length).clamp(min=0).sum() / max(len(cubics), 1)


def flipped(corners: Tensor) -> Tensor:
    """Mean over triangles [N, 3, 2] of how far each is turned inside out: its negative area, in mean absolute areas."""
    area = cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return (-area).clamp(min=0).mean() / area.detach().abs().mean().clamp(min=1e-12)


def cross(a: Tensor, b: Tensor) -> Tensor:
    """a x b [...] of vectors [..., 2]."""
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
