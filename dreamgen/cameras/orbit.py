"""Cameras around the object, spread evenly, each with its own jitter.

Spreading the views of one step keeps all sides alike in age; a step of one-sided views lets the others drift.
"""

from dataclasses import dataclass
from math import radians, sin, tau
from typing import Literal

import torch
from torch import Tensor

from guidance.ranges import positive
from renderers.camera import orbit, ring
from renderers.framing import DISTANCE, FOV_DEG

from . import View

CAMERA = "Camera"
SIDES, LEVEL_DEG = 4, 15.0              # of the standing views: front, right, back, left, from a little above


@dataclass
class Config:
    views: int = 4                                  # cameras a step, spread evenly in azimuth, then jittered
    size: int = 64                                  # pixels, square
    azimuth_jitter_deg: float = 20.0                # each view's own, +-, degrees
    elevation: Literal["normal", "uniform", "area"] = "normal"
    elevation_mean_deg: float = 20.0                # of the normal distribution ...
    elevation_std_deg: float = 15.0
    elevation_deg: tuple[float, float] = (-10.0, 60.0)      # ... clipped to this range; uniform in it, or in its area
    distance: tuple[float, float] = (DISTANCE, DISTANCE)    # metres from the origin, uniform
    fov_deg: tuple[float, float] = (FOV_DEG, FOV_DEG)       # vertical, uniform

    def __post_init__(self):
        positive(views=self.views, size=self.size)
        for name, floor, ceiling in (("elevation_deg", -89, 89), ("distance", 0.9, 100), ("fov_deg", 1, 120)):
            low, high = getattr(self, name)
            if not floor <= low <= high <= ceiling:
                raise ValueError(f"{name}: need {floor} <= low <= high <= {ceiling}, got {low}, {high}")


def sample(cfg: Config, rng: torch.Generator) -> View:
    """``cfg.views`` cameras of one step."""
    B = cfg.views

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(*shape, generator=rng)

    jitter = radians(cfg.azimuth_jitter_deg)
    azimuth = (uniform(0, tau, 1) + torch.arange(B) * tau / B + uniform(-jitter, jitter, B)) % tau
    if cfg.elevation == "uniform":
        elevation = uniform(*cfg.elevation_deg, B).deg2rad()
    elif cfg.elevation == "area":
        low, high = (sin(radians(degrees)) for degrees in cfg.elevation_deg)
        elevation = uniform(low, high, B).asin()
    else:
        elevation = cfg.elevation_mean_deg + cfg.elevation_std_deg * torch.randn(B, generator=rng)
        elevation = elevation.clamp(*cfg.elevation_deg).deg2rad()
    distance, fov_y = uniform(*cfg.distance, B), uniform(*cfg.fov_deg, B).deg2rad()
    camera = orbit(azimuth, elevation, distance, fov_y, (cfg.size, cfg.size))
    return View(camera, azimuth, elevation)


def standing(cfg: Config, size: int) -> View:
    """Four sides: front, right, back, left."""
    azimuth = torch.arange(SIDES) * (tau / SIDES)
    return View(ring(SIDES, (size, size), LEVEL_DEG), azimuth, torch.full_like(azimuth, radians(LEVEL_DEG)))
