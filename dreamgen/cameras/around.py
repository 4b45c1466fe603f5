"""A fixed set of viewpoints around the object, of which each step sees a few, drawn at random.

For a method that keeps a picture of each viewpoint (``idu``). Azimuths follow the golden angle, so any number of viewpoints
is spread evenly, and elevations take their turn.
"""

from dataclasses import dataclass, field
from math import radians

import torch

from guidance.ranges import positive
from renderers.camera import orbit
from renderers.framing import DISTANCE, FOV_DEG

from . import View
from .orbit import standing

CAMERA = "Camera"
GOLDEN_DEG = 180 * (3 - 5**0.5)         # 137.5 degrees

__all__ = ["CAMERA", "Config", "sample", "standing"]


@dataclass
class Config:
    viewpoints: int = 20                            # in all
    views: int = 4                                  # of them, seen in a step
    size: int = 64                                  # pixels, square
    start_deg: float = 40.0                         # azimuth of the first one
    elevations_deg: list[float] = field(default_factory=lambda: [15.0, 0.0, 35.0, 15.0, 55.0, 5.0, 25.0])    # in turn
    distance: float = DISTANCE                      # metres from the origin
    fov_deg: float = FOV_DEG                        # vertical

    def __post_init__(self):
        positive(viewpoints=self.viewpoints, views=self.views, size=self.size)
        if self.views > self.viewpoints:
            raise ValueError(f"views: need at most viewpoints = {self.viewpoints}, got {self.views}")
        if not self.elevations_deg or not all(-89 <= degrees <= 89 for degrees in self.elevations_deg):
            raise ValueError(f"elevations_deg: need some, each -89 to 89, got {self.elevations_deg}")
        for name, low, high in (("distance", 0.9, 100), ("fov_deg", 1, 120)):
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name}: need {low} to {high}, got {getattr(self, name)}")


def sample(cfg: Config, rng: torch.Generator) -> View:
    """``cfg.views`` different ones of the viewpoints."""
    which = torch.randperm(cfg.viewpoints, generator=rng)[:cfg.views]
    azimuth = ((cfg.start_deg + GOLDEN_DEG * which) % 360).float().deg2rad()
    elevation = torch.tensor(cfg.elevations_deg)[which % len(cfg.elevations_deg)].deg2rad()
    ones = torch.ones(cfg.views)
    camera = orbit(azimuth, elevation, cfg.distance * ones, radians(cfg.fov_deg) * ones, (cfg.size, cfg.size))
    return View(camera, azimuth, elevation, which)
