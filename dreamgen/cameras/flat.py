"""One flat picture seen several times a step: tilted and cropped at random, so that it must hold from each view.

VectorFusion (Jain et al., arXiv:2211.11319, section 4.2): a random perspective, 0.5 strong, in 0.7 of the views, then a
random crop of 512 pixels out of 600. Color and opacity move together; beyond the picture there is nothing.
"""

from dataclasses import dataclass
from math import radians

import torch
from torch import Tensor

from guidance.ranges import not_negative, positive
from renderers.sheet import Sheet, homography, upright

from . import View

CAMERA = "Sheet"


@dataclass
class Config:
    views: int = 4                  # a step
    size: int = 128                 # pixels, square, at which the picture is drawn; the prior brings it to its own
    tilt: float = 0.5               # how far a corner moves inwards at most, as a share of half the edge
    tilted: float = 0.7             # share of the views that are tilted
    crop: float = 0.853             # edge of the random crop, as a share of the picture's; 1 = all of it
    margin: float = 0.0             # empty border around the crop at most, as a share of its edge: zooms out
    pose_conditioned: bool = True   # give the prior the camera's angles; without them it mixes all sides
    seen_from_deg: tuple[float, float] = (40.0, 15.0)       # ... azimuth and elevation

    def __post_init__(self):
        positive(views=self.views, size=self.size)
        if not 0 <= self.tilt < 1:
            raise ValueError(f"tilt: need a share in [0, 1), got {self.tilt}")
        if not 0 <= self.tilted <= 1:
            raise ValueError(f"tilted: need a share in [0, 1], got {self.tilted}")
        if not 0 < self.crop <= 1:
            raise ValueError(f"crop: need a share in (0, 1], got {self.crop}")
        not_negative(margin=self.margin)


def sample(cfg: Config, rng: torch.Generator) -> View:
    """``cfg.views`` views of one step."""
    B = cfg.views
    tilt = cfg.tilt * torch.rand(B, 4, 2, generator=rng) * (torch.rand(B, 1, 1, generator=rng) < cfg.tilted)
    scale = cfg.crop * (1 + cfg.margin * torch.rand(B, 1, generator=rng))
    shift = (1 - scale).abs() * (2 * torch.rand(B, 2, generator=rng) - 1)
    return named(cfg, Sheet(tilted(tilt) @ cropped(scale, shift), (cfg.size, cfg.size)))


def standing(cfg: Config, size: int) -> View:
    """The picture as it is."""
    return named(cfg, upright((size, size)))


def named(cfg: Config, sheet: Sheet) -> View:
    """The sheet's views, by the angles of ``cfg``."""
    if not cfg.pose_conditioned:
        return View(sheet)
    return View(sheet, *(torch.full((len(sheet),), radians(angle)) for angle in cfg.seen_from_deg))


def tilted(inwards: Tensor) -> Tensor:
    """[B, 3, 3] that show the picture's corners moved ``inwards`` [B, 4, 2], in [0, 1): shares of half the edge."""
    if not inwards.any():
        return torch.eye(3).repeat(len(inwards), 1, 1)          # exactly: such views need no resampling
    corners = inwards.new_tensor([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    return torch.linalg.inv(homography(corners * (1 - inwards)))


def cropped(scale: Tensor, shift: Tensor) -> Tensor:
    """[B, 3, 3] of windows with half the edge ``scale`` [B, 1] around ``shift`` [B, 2]."""
    window = torch.diag_embed(torch.cat([scale, scale, torch.ones_like(scale)], 1))
    window[:, :2, 2] = shift
    return window
