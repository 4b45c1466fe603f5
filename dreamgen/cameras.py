"""Where a step looks from: cameras spread evenly around the object, each with its own jitter.

Spreading the views of one step keeps all sides alike in age; a step of one-sided views lets the others drift.
"""

from dataclasses import dataclass
from math import radians, tau

import torch
from torch import Tensor

from renderers.camera import Camera, orbit

from .recipe import Cameras


@dataclass(frozen=True)
class View:
    """Cameras and the angles [B], radians, by which guidance names them."""

    camera: Camera
    azimuth: Tensor
    elevation: Tensor


def sample(cfg: Cameras, rng: torch.Generator) -> View:
    """``cfg.views`` cameras of one step."""
    B = cfg.views

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(*shape, generator=rng)

    jitter = radians(cfg.azimuth_jitter_deg)
    azimuth = (uniform(0, tau, 1) + torch.arange(B) * tau / B + uniform(-jitter, jitter, B)) % tau
    elevation = cfg.elevation_mean_deg + cfg.elevation_std_deg * torch.randn(B, generator=rng)
    elevation = elevation.clamp(*cfg.elevation_deg).deg2rad()
    camera = orbit(azimuth, elevation, uniform(*cfg.distance, B), uniform(*cfg.fov_deg, B).deg2rad(), (cfg.size, cfg.size))
    return View(camera, azimuth, elevation)
