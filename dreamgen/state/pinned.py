r"""A user's picture as one more view of every step: from its camera the scene must look like it.

    loss = weight * strength * S^2 * mean over pixels of |C - C*|^2 + (A - A*)^2

C is color times opacity and A opacity, C* and A* the picture's; S^2 are the pixels of the prior's pictures and strength is the
method's, so that at weight 1 this view counts like two that ``idu`` has drawn. RealFusion (Melas-Kyriazi et al.,
arXiv:2302.10663) and Magic123 (Qian et al., arXiv:2306.17843) have this loss beside score distillation. A prior need not be one
that can be shown a picture.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from renderers.camera import Camera, ring
from renderers.scene import Render

from ..recipes.recipe import Recipe, Stage
from .reference import from_file

LIT = {"picture": "normal", "material": "pbr"}          # settings of a scene whose pictures do not show its colors


@dataclass(frozen=True)
class Pinned:
    """``camera`` is one; ``wanted`` [1, H, W, 4] is what it must see, premultiplied, or [1, H, W, 1], its opacity alone."""

    camera: Camera
    wanted: Tensor
    weight: float

    def beside(self, camera: Camera) -> Camera:
        """``camera`` with this one behind the others."""
        return Camera(torch.cat([camera.c2w, self.camera.c2w]), torch.cat([camera.fov_y, self.camera.fov_y]), camera.size)

    def split(self, render: Render) -> tuple[Render, Tensor]:
        """The pictures of the other cameras, and the loss of the last one."""
        seen = torch.cat([render.premultiplied, render.opacity], -1)[-1:, ..., -self.wanted.shape[-1]:]
        others = {name: part[:-1] for name in ("rgb", "opacity", "premultiplied", "depth", "normal")
                  if (part := getattr(render, name)) is not None}
        return Render(**others), self.weight * (seen - self.wanted).square().sum(-1).mean()


def pinned(recipe: Recipe, stage: Stage, size: int, device: torch.device) -> Pinned | None:
    """The recipe's picture, as large as the stage's; ``size`` is S. None without a picture, and at weight 0.

    Where the stage draws normals or light, the silhouette alone is compared.

    Raises:
        ConfigError: a picture that cannot be used.
    """
    wanted = recipe.reference
    if not wanted.picture or not wanted.weight:
        return None
    cutout, edge = from_file(wanted), stage.cameras.size
    rgba = torch.cat([cutout.premultiplied, cutout.opacity], -1).permute(0, 3, 1, 2)
    fitted = interpolate(rgba, (edge, edge), mode="bilinear", antialias=True, align_corners=False).permute(0, 2, 3, 1)
    shown = fitted if plain(stage.scene) else fitted[..., 3:]
    camera = ring(1, (edge, edge), wanted.elevation_deg, start_deg=wanted.azimuth_deg)
    return Pinned(camera.to(device), shown.to(device), wanted.weight * stage.guidance.strength * size**2)


def plain(scene: Any) -> bool:
    """Whether training pictures show the scene's own colors."""
    return not getattr(scene, "shaded", 0) and not any(getattr(scene, name, None) == value for name, value in LIT.items())
