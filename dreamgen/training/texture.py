r"""A texture read as sharply as the picture can show it, and no more: what is finer flickers from view to view.

    level = round(log2(texels a sample spans)),    a level has half the texels of the one before, each the mean of four

Within a level the lookup is bilinear. Beyond [0, 1] the texture repeats, is mirrored, or continues its edge. Means are
taken of premultiplied color; otherwise a leaf would take the color of what was cut away around it. Source: Williams,
Pyramidal Parametrics, 1983.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


class Texture:
    """The pyramid of one picture."""

    def __init__(self, image: np.ndarray, device: str | torch.device = "cpu",
                 wrap: tuple[str, str] = ("repeat", "repeat")):
        """``image``: [H, W, 3 or 4] uint8 sRGB, straight alpha. ``wrap`` along u and v: repeat, mirror or clamp."""
        self.wrap = wrap
        image = torch.from_numpy(np.array(image)).to(device).float() / 255
        if image.shape[2] == 3:
            image = torch.cat([image, torch.ones_like(image[..., :1])], 2)
        self.holes = bool((image[..., 3] < 1).any())
        self.levels = [torch.cat([image[..., :3] * image[..., 3:], image[..., 3:]], 2)]
        while min(self.levels[-1].shape[:2]) > 1:
            self.levels.append(halved(self.levels[-1]))

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) texels."""
        return self.levels[0].shape[1], self.levels[0].shape[0]

    def at(self, uv: Tensor, texels: Tensor) -> Tensor:
        """[N, 4] float32 straight color and opacity in [0, 1].

        Args:
            uv: [N, 2], origin at the top left.
            texels: [N] of the texture that the sample spans, along an edge.
        """
        level = texels.clamp(min=1).log2().round().long().clamp(0, len(self.levels) - 1)
        out = uv.new_empty(len(uv), 4)
        for k in level.unique().tolist():
            here = level == k
            out[here] = bilinear(self.levels[k], uv[here], self.wrap)
        return torch.cat([out[:, :3] / out[:, 3:].clamp(min=1e-6), out[:, 3:]], 1)


def halved(image: Tensor) -> Tensor:
    """[ceil(H/2), ceil(W/2), C], means of four."""
    H, W = image.shape[:2]
    x = image.permute(2, 0, 1)[None]
    x = F.pad(x, (0, W % 2, 0, H % 2), mode="replicate")
    return F.avg_pool2d(x, 2)[0].permute(1, 2, 0)


def bilinear(image: Tensor, uv: Tensor, wrap: tuple[str, str]) -> Tensor:
    """[N, C]; texel centres at +0.5."""
    H, W = image.shape[:2]
    (left, right, right_share), (top, low, low_share) = (
        around(x, edge, kind) for x, edge, kind in zip(uv.unbind(-1), (W, H), wrap, strict=True))
    upper, lower = (image[row, left] * (1 - right_share) + image[row, right] * right_share for row in (top, low))
    return upper * (1 - low_share) + lower * low_share


def around(x: Tensor, edge: int, wrap: str) -> tuple[Tensor, Tensor, Tensor]:
    """The two texels [N] at the places ``x`` [N] along an edge of so many, and the second one's share [N, 1]."""
    if wrap == "clamp":
        x = x.clamp(0, 1)
    elif wrap == "mirror":
        x = 1 - (x % 2.0 - 1).abs()
    else:
        x = x % 1.0
    x = x * edge - 0.5
    first = x.floor()
    share, first = (x - first)[:, None], first.long()
    if wrap == "repeat":
        return first % edge, (first + 1) % edge, share
    return first.clamp(0, edge - 1), (first + 1).clamp(0, edge - 1), share
