"""The definition of ``shadow``: all points under all lamps at once; torch, any device."""

import torch
from torch import Tensor

from . import Lamps, Light


def shadow(points: Tensor, normals: Tensor, lamps: Lamps, weights: Tensor, bias: float) -> Light:
    K, E = lamps.depth.shape[:2]
    cosine = (normals @ lamps.turn[:, 2].T).clamp(min=0)                                    # [N, K]
    # In this order, as every backend does it: a point on the border of two texels falls into the same one.
    x, y, z = (sum(lamps.turn[:, i, j] * points[:, j, None] for j in range(3)) + lamps.move[:, i] for i in range(3))
    scale = lamps.focal / -z
    column, row = ((E / 2 + scale * axis).floor().long().clamp(0, E - 1) for axis in (x, -y))
    lamp = torch.arange(K, device=points.device)
    visible = (-z < lamps.depth[lamp, row, column] + bias).to(points)
    return Light((cosine * visible) @ weights, cosine @ weights)
