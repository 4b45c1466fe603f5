r"""A user's picture as one more view of every step: from its camera the scene must look like it.

    loss = weight * strength * S^2 * mean over pixels of |C - C*|^2 + (A - A*)^2

C is color times opacity and A opacity, C* and A* the picture's; S is the edge of the prior's x0 (128 of the bundled one, 64 of
Stable Diffusion 1.5) and strength the method's. At weight 1 and four views a step it counts like two views of ``idu``.
RealFusion (Melas-Kyriazi et al., arXiv:2302.10663) and Magic123 (Qian et al., arXiv:2306.17843) have such a loss beside score
distillation. The prior need not be one that can be shown a picture.

The view is drawn like a preview, without jitter, random light or background, so it takes no random number from the others.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from renderers.camera import Camera, ring
from renderers.particles import each
from renderers.scene import Scene

from ..recipes.recipe import Recipe, Stage
from .reference import Cutout


@dataclass(frozen=True)
class Pinned:
    """``camera`` is one; ``wanted`` [1, H, W, 4], premultiplied, is what it must see."""

    camera: Camera
    wanted: Tensor
    weight: float

    def loss(self, scene: Scene, progress: float, step: int) -> Tensor:
        """A scalar, of one particle a step, in turn; differentiable in the scene."""
        particles = each(scene)
        render = particles[step % len(particles)].render(self.camera, progress)
        seen = torch.cat([render.premultiplied, render.opacity], -1)
        return self.weight * (seen - self.wanted).square().sum(-1).mean()


def pinned(recipe: Recipe, stage: Stage, picture: Cutout | None, size: int, device: torch.device) -> Pinned | None:
    """``picture`` as large as the stage's pictures; ``size`` is S. None without a picture, and at weight 0."""
    wanted = recipe.reference
    if picture is None or not wanted.weight:
        return None
    edge = stage.cameras.size
    rgba = torch.cat([picture.premultiplied, picture.opacity], -1).permute(0, 3, 1, 2)
    fitted = interpolate(rgba, (edge, edge), mode="bilinear", antialias=True, align_corners=False).permute(0, 2, 3, 1)
    camera = ring(1, (edge, edge), wanted.elevation_deg, start_deg=wanted.azimuth_deg)
    return Pinned(camera.to(device), fitted.to(device), wanted.weight * stage.guidance.strength * size**2)
