"""Pictures at the size that a network sees."""

import torch.nn.functional as F
from torch import Tensor


def resized(x: Tensor, side: int) -> Tensor:
    """[B, K, H, W] as [B, K, side, side]; differentiable."""
    if x.shape[-2:] == (side, side):
        return x
    return F.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
