"""Where a step looks from, and where one looks from to judge. A distribution is a file in this folder:

    Config, CAMERA          its numbers; the record of ``renderers`` that it makes and a scene's ``render`` takes
    sample(cfg, rng)        -> View, of one training step
    standing(cfg, size)     -> View, plain and the same for every run: previews, verdicts
"""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from guidance.conditions import Query
from guidance.prompts import Prompts
from renderers.camera import Camera
from renderers.sheet import Sheet

from ..recipes.registry import exported, kind_of


@dataclass(frozen=True)
class View:
    """B cameras, and the angles [B], radians, by which guidance names them; None where they say nothing.

    ``viewpoint`` [B], on the CPU, is which of its fixed viewpoints each is, of a distribution that has some.
    """

    camera: Camera | Sheet
    azimuth: Tensor | None = None
    elevation: Tensor | None = None
    viewpoint: Tensor | None = None

    def to(self, device: torch.device) -> "View":
        angles = (None if angle is None else angle.to(device) for angle in (self.azimuth, self.elevation))
        return View(self.camera.to(device), *angles, self.viewpoint)

    def query(self, prompts: Prompts) -> Query:
        """What is asked of the prior about these views."""
        if self.azimuth is None:
            return prompts.plain(len(self.camera))
        return replace(prompts(self.azimuth, self.elevation), viewpoint=self.viewpoint)


def sample(cfg, rng: torch.Generator) -> View:
    """The views of one training step from the distribution whose Config ``cfg`` is."""
    return exported("cameras", kind_of(cfg), "sample")(cfg, rng)


def standing(cfg, size: int) -> View:
    """The same few views every time, ``size`` pixels square."""
    return exported("cameras", kind_of(cfg), "standing")(cfg, size)
