"""What held and free drawings have alike: how their picture is seen, and the regularizers of what is seen."""

import torch
from torch import Tensor

from ..draws import per_view
from ..scene import Render
from ..sheet import Sheet, viewed
from .begin import resized


def seen(picture: Tensor, tone: Tensor, background: str, paper: Tensor, camera: Sheet, rng: torch.Generator | None) -> Render:
    """The views of ``picture`` [H, W, 4]. With ``rng`` as in training: over ``tone`` [h, w, 4], as the prior would take lines
    alone away, and a drawing with background "none" over random colors; else over ``paper`` [3]."""
    if rng is not None and tone.any():
        picture = picture + (1 - picture[..., 3:]) * resized(tone, camera.size)
    if background == "none" and rng is not None:
        return viewed(picture, camera, per_view(rng, len(camera), 1, 1, 3).to(picture))
    return viewed(picture, camera, paper)


def of_what_is_seen(render: Render) -> dict[str, Tensor]:
    """saturation (VectorFusion's, of what is opaque) and entropy."""
    a = render.opacity.clamp(1e-4, 1 - 1e-4)
    return {"saturation": (2 * render.premultiplied - render.opacity).square().mean(),
            "entropy": -(a * a.log() + (1 - a) * (1 - a).log()).mean()}
