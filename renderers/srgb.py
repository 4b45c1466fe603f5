r"""sRGB to linear light and back (IEC 61966-2-1), in torch; light adds up and is multiplied, sRGB is not.

    l = s / 12.92 below s = 0.04045,  ((s + 0.055) / 1.055)^2.4 above
"""

import torch
from torch import Tensor

DARK, DARK_LIGHT = 0.04045, 0.0031308


def decode(srgb: Tensor) -> Tensor:
    """Linear light in [0, 1] of sRGB in [0, 1], of any shape; differentiable."""
    return torch.where(srgb <= DARK, srgb / 12.92, ((srgb.clamp(min=DARK) + 0.055) / 1.055) ** 2.4)


def encode(light: Tensor) -> Tensor:
    """sRGB in [0, 1] of linear light in [0, 1], of any shape; differentiable."""
    return torch.where(light <= DARK_LIGHT, light * 12.92, 1.055 * light.clamp(min=DARK_LIGHT) ** (1 / 2.4) - 0.055)
