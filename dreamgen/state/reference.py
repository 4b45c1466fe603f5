"""The picture that all views of a run agree with: drawn by the prior or the user's; kept as reference.png.

It is drawn anew from the seed wherever a run goes on, so a checkpoint need not hold it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import radians
from pathlib import Path

import numpy as np
import torch

from guidance import priors, reference
from guidance.reference import Reference

from ..errors import ConfigError
from ..io import images
from ..io.rng import stream
from ..recipes import registry
from ..recipes.folders import REFERENCE
from ..recipes.recipe import Recipe
from .agreeing import agreeing

IN_SPACE = "Camera"         # what a scene is seen by that has sides
NAMES = 6                   # that a reference is told from


@dataclass(frozen=True)
class Cutout:
    """One picture as guidance takes it; [1, H, W, ...] in [0, 1]."""

    rgb: torch.Tensor
    premultiplied: torch.Tensor
    opacity: torch.Tensor


def make(recipe: Recipe, prior: priors.Prior, seed: int, folder: Path,
         tell: Callable[[str], object] = str) -> Reference | None:
    """None where the recipe wants none, its scene has no sides, or the prior sees none and none is given. ``tell`` hears
    that it is being drawn.

    Raises:
        ConfigError: a picture that cannot be used.
        PriorError: a picture for a prior that cannot be shown one.
    """
    wanted = recipe.reference
    scene = registry.kind_of(recipe.stages[0].scene)
    if not wanted.use or registry.read("scene", scene).camera != IN_SPACE:
        return None
    angles = radians(wanted.azimuth_deg), radians(wanted.elevation_deg)
    if wanted.picture:
        try:
            chosen = reference.given(prior, cutout(Path(wanted.picture)), *angles)
        except (OSError, ValueError) as error:
            if isinstance(error, priors.PriorError):
                raise
            raise ConfigError(f"reference.picture: {wanted.picture}: {error}") from None
    elif prior.sees:
        tell("drawing the reference" + (f", the clearest of {wanted.pictures}" if wanted.pictures > 1 else ""))
        chosen = drawn(recipe, prior, seed, *angles)
    else:
        return None
    premultiplied, opacity = prior.decode(chosen.x0)
    straight = premultiplied / opacity.clamp(min=1e-6)
    rgba = torch.cat([straight, opacity], -1)[0].clamp(0, 1).cpu().numpy()
    images.write(folder / REFERENCE, np.rint(rgba * 255).astype(np.uint8))
    return chosen


def drawn(recipe: Recipe, prior: priors.Prior, seed: int, azimuth: float, elevation: float) -> Reference:
    """Of ``reference.pictures`` pictures, the one that shows the words most clearly: the largest margin over other names
    (guidance/agreement.py), as of any sampler some of them show something else."""
    wanted = recipe.reference
    candidates = reference.drawn(prior, recipe.words, azimuth, elevation, stream(seed, "reference"), wanted.steps, wanted.scale,
                                 wanted.pictures)
    if len(candidates) == 1:
        return candidates[0]
    premultiplied, opacity = prior.decode(torch.cat([one.x0 for one in candidates]))
    cutouts = Cutout(premultiplied, premultiplied, opacity)
    angles = (torch.cat([getattr(one, name) for one in candidates]) for name in ("azimuth", "elevation"))
    found = agreeing(prior, recipe, cutouts, *angles, stream(seed, "references"), NAMES)
    return candidates[0] if found is None else candidates[int(found.margin.argmax())]


def cutout(path: Path) -> Cutout:
    """Letterboxed to a square; raises OSError or ValueError, one phrase."""
    square = images.letterboxed(images.decode_rgba(path.read_bytes()))
    square = torch.from_numpy(square.astype(np.float32) / 255)[None]
    opacity = square[..., 3:]
    return Cutout(square[..., :3], square[..., :3] * opacity, opacity)
