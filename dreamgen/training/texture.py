r"""A texture read as sharply as the picture can show it, and no more: what is finer flickers from view to view.

    level = round(log2(texels a sample spans)),    a level has half the texels of the one before, each the mean of four

within a level bilinearly; the texture repeats beyond [0, 1]. Means are taken of premultiplied color, or a leaf would
get the color of what was cut away around it. Source: Williams, Pyramidal Parametrics, 1983.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


class Texture:
    """The pyramid of one picture."""

    def __init__(self, image: np.ndarray, device: str | torch.device = "cpu"):
        """``image``: [H, W, 3 or 4] uint8 sRGB, straight alpha."""
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
            out[here] = bilinear(self.levels[k], uv[here])
        return torch.cat([out[:, :3] / out[:, 3:].clamp(min=1e-6), out[:, 3:]], 1)


def halved(image: Tensor) -> Tensor:
    """[ceil(H/2), ceil(W/2), C], means of four."""
    H, W = image.shape[:2]
    x = image.permute(2, 0, 1)[None]
    x = F.pad(x, (0, W % 2, 0, H % 2), mode="replicate")
    return F.avg_pool2d(x, 2)[0].permute(1, 2, 0)


def bilinear(image: Tensor, uv: Tensor) -> Tensor:
    """[N, C]; texel centres at +0.5."""
    H, W = image.shape[:2]
    x, y = ((uv % 1.0) * uv.new_tensor([W, H]) - 0.5).unbind(-1)
    left, top = x.floor().long(), y.floor().long()
    right_share, low_share = (x - left)[:, None], (y - top)[:, None]
    columns, rows = (left % W, (left + 1) % W), (top % H, (top + 1) % H)
    upper, lower = (image[row, columns[0]] * (1 - right_share) + image[row, columns[1]] * right_share for row in rows)
    return upper * (1 - low_share) + lower * low_share
