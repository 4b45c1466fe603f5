r"""The pictures of a batch, as their draws say: mirrored, scaled in their square, tinted.

    shade = clamp(l / mean(l), 0.35, 1.25),     l = brightness of a pixel, the mean over the solid ones
    tinted colour = clamp(shade * colour, 0, 1)

so a tint keeps a model's light and shadow, and the caption's colour is the picture's.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from .captions import COLOURS, Draw
from .data import SOLID

SHADE = (0.35, 1.25)
DARK = 0.1              # a model darker than this in the mean is lit no further
THIN = 0.01             # opacity below which a pixel has no colour of its own


def batch(pictures: Tensor, draws: list[Draw]) -> Tensor:
    """x0 [B, 4, S, S] float32 in [-1, 1] on the device of ``pictures`` [N, 4, S, S] uint8, premultiplied."""
    device = pictures.device
    x = pictures[torch.tensor([d.row for d in draws], device=device)].float() / 255
    mirrored = torch.tensor([d.mirrored for d in draws], device=device).view(-1, 1, 1, 1)
    x = scaled(torch.where(mirrored, x.flip(-1), x), [d.scale for d in draws])
    rows = [k for k, d in enumerate(draws) if d.tint]
    if rows:
        colour = torch.tensor([COLOURS[draws[k].tint] for k in rows], device=device)
        x[rows] = tinted(x[rows], colour)
    return (x * 2 - 1).clamp(-1, 1)                             # scaling may round a hair beyond


def scaled(x: Tensor, scales: list[float]) -> Tensor:
    """[B, 4, S, S], each picture about its centre; pictures of one size in pixels go together."""
    S = x.shape[-1]
    edges = [2 * round(S * scale / 2) for scale in scales]      # even, so that the centre stays between two pixels
    out = torch.zeros_like(x)
    for edge in sorted(set(edges)):
        rows = [k for k, other in enumerate(edges) if other == edge]
        y = F.interpolate(x[rows], (edge, edge), mode="bilinear", antialias=True, align_corners=False)
        margin = (S - edge) // 2
        out[rows] = F.pad(y, (margin,) * 4)                     # a negative margin crops
    return out


def tinted(x: Tensor, colour: Tensor) -> Tensor:
    """[B, 4, S, S] in [0, 1], premultiplied, in the colours [B, 3]."""
    opacity = x[:, 3:]
    light = x[:, :3].mean(1, keepdim=True) / opacity.clamp(min=THIN)
    solid = (opacity > SOLID).to(x)
    mean = (light * solid).sum((1, 2, 3), keepdim=True) / solid.sum((1, 2, 3), keepdim=True).clamp(min=1)
    shade = (light / mean.clamp(min=DARK)).clamp(*SHADE)
    return torch.cat([(colour[:, :, None, None] * shade).clamp(0, 1) * opacity, opacity], 1)
