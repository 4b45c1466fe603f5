"""The definition of ``shadow``: all points under all lamps at once; torch, any device."""

import torch
from torch import Tensor

from . import Lamps


def shadow(points: Tensor, normals: Tensor, lamps: Lamps, weights: Tensor, bias: float) -> tuple[Tensor, Tensor]:
    K, E = lamps.depth.shape[:2]
    cosine = (normals @ lamps.turn[:, 2].T).clamp(min=0)                                    # [N, K]
    x, y, z = (torch.einsum("kij,nj->nki", lamps.turn, points) + lamps.move).unbind(-1)
    scale = lamps.focal / -z
    column, row = ((E / 2 + scale * axis).floor().long().clamp(0, E - 1) for axis in (x, -y))
    lamp = torch.arange(K, device=points.device)
    visible = (-z < lamps.depth[lamp, row, column] + bias).to(points)
    return (cosine * visible) @ weights, cosine @ weights
