"""Is "a red chair" red? The asked color against the one that most of a sample's solid pixels are nearest to.

Pixels are compared in CIELAB (D65), where a distance is about what an eye sees; each color counts in the shades that
training tints with (augment.SHADE), so that the shadow of a red chair is not brown.
"""

import torch
from torch import Tensor

from ..augment import SHADE, THIN
from ..captions import COLORS
from ..data import SOLID

SHADES = 7                  # of each color
RGB_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def dominant(x: Tensor) -> str | None:
    """Of [4, S, S] in [0, 1], premultiplied; None where nothing is solid."""
    x = x.cpu()
    solid = x[3] > SOLID
    if not solid.any():
        return None
    pixels = (x[:3, solid] / x[3:, solid].clamp(min=THIN)).clamp(0, 1).T
    d = torch.cdist(lab(pixels), lab(palette())).view(len(pixels), len(COLORS), SHADES)
    votes = d.amin(-1).argmin(-1).bincount(minlength=len(COLORS))
    return list(COLORS)[int(votes.argmax())]


def palette() -> Tensor:
    """[colors x SHADES, 3] sRGB."""
    shade = torch.linspace(*SHADE, SHADES)
    return (torch.tensor(list(COLORS.values()))[:, None] * shade[:, None]).clamp(0, 1).flatten(0, 1)


def lab(rgb: Tensor) -> Tensor:
    """CIELAB [N, 3] of sRGB [N, 3] in [0, 1]."""
    linear = torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = linear @ rgb.new_tensor(RGB_TO_XYZ).T / rgb.new_tensor(WHITE)
    f = torch.where(xyz > (6 / 29) ** 3, xyz.clamp(min=1e-9) ** (1 / 3), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return torch.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)
