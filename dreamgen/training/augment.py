r"""The pictures of a batch, mirrored, scaled and tinted by their random draws.

    shade = clamp(l / mean(l), 0.35, 1.25),     l = brightness of a pixel, the mean over the solid ones
    tinted color = clamp(shade * color, 0, 1)

So a tint keeps light and shadow, and the picture has the color that its caption names. A reference gets the same changes
as its picture. Nothing waits for the device.
"""

from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

from .captions import COLORS, Draws
from .data import SOLID

SHADE = (0.35, 1.25)
DARK = 0.1              # a model darker than this in the mean is lit no further
THIN = 0.01             # opacity below which a pixel has no color of its own


def batch(pictures: Tensor, draws: Draws) -> Tensor:
    """x0 [B, 4, S, S] float32 in [-1, 1] on the device of ``pictures`` [N, 4, S, S] uint8, premultiplied."""
    return changed(pictures, draws, draws.row) * 2 - 1


def reference(pictures: Tensor, draws: Draws) -> Tensor:
    """The references as ``batch`` gives pictures; zeros where there is none."""
    there = (draws.reference >= 0).view(-1, 1, 1, 1)
    return torch.where(there, changed(pictures, draws, draws.reference.clamp(min=0)) * 2 - 1, 0)


def changed(pictures: Tensor, draws: Draws, rows: Tensor) -> Tensor:
    """[B, 4, S, S] in [0, 1] of ``rows`` [B], mirrored, scaled and tinted as ``draws`` say."""
    x = placed(pictures[rows.to(pictures.device)].float() / 255, draws.scale, draws.mirrored)
    colors = tints(x.device)[draws.tint.clamp(min=0)]
    return torch.where((draws.tint >= 0).view(-1, 1, 1, 1), tinted(x, colors), x).clamp(0, 1)


@cache
def tints(device: torch.device) -> Tensor:
    """[colors, 3], made once: a step waits for every number that is brought to the device."""
    return torch.tensor([*COLORS.values()], device=device)


def placed(x: Tensor, scale: Tensor, mirrored: Tensor) -> Tensor:
    """[B, 4, S, S], each picture scaled about its centre by ``scale`` [B] <= 1, and mirrored or not [B].

    Bilinear; four samples a pixel, the further apart the smaller the picture is made, so that nothing flickers.
    """
    S, inverse = x.shape[-1], 1 / scale
    apart = 0.5 / S * (2 * (inverse - 1)).clamp(max=1)                  # a quarter of a pixel at scale 2/3 and below
    centres = (torch.arange(S, device=x.device) + 0.5) * (2 / S) - 1
    across, down = centres * torch.where(mirrored, -inverse, inverse)[:, None], centres * inverse[:, None]
    step = (apart * inverse)[:, None]
    total = 0.0
    for i in (-1, 1):
        for j in (-1, 1):
            grid = torch.stack(torch.broadcast_tensors((across + i * step)[:, None, :], (down + j * step)[:, :, None]), -1)
            total = total + F.grid_sample(x, grid, "bilinear", "zeros", align_corners=False)
    return total / 4


def tinted(x: Tensor, color: Tensor) -> Tensor:
    """[B, 4, S, S] in [0, 1], premultiplied, in the colors [B, 3]."""
    opacity = x[:, 3:]
    light = x[:, :3].mean(1, keepdim=True) / opacity.clamp(min=THIN)
    solid = (opacity > SOLID).to(x)
    mean = (light * solid).sum((1, 2, 3), keepdim=True) / solid.sum((1, 2, 3), keepdim=True).clamp(min=1)
    shade = (light / mean.clamp(min=DARK)).clamp(*SHADE)
    return torch.cat([(color[:, :, None, None] * shade).clamp(0, 1) * opacity, opacity], 1)
