"""The picture that all views of a run agree with: drawn by the prior or the user's; kept as reference.png.

It is drawn anew from the seed wherever a run goes on, so a checkpoint need not hold it. A user's picture is brought to the size
at which the prior's pictures show things (``framed``) and kept as picture.png; pinned.py makes a loss of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import radians, tan
from pathlib import Path

import numpy as np
import torch

from guidance import priors, reference
from guidance.reference import Reference
from renderers.framing import DISTANCE, FOV_DEG

from ..errors import ConfigError
from ..io import images
from ..io.rng import stream
from ..recipes import registry
from ..recipes.folders import PICTURE, REFERENCE
from ..recipes.recipe import Recipe
from .agreeing import agreeing

ENOUGH = 1024               # pixels of a user's picture: more than a stage draws
OPAQUE = 127                # of 255: what counts as the thing
SEEN = 2 * DISTANCE * tan(radians(FOV_DEG / 2))         # metres, edge of the prior's pictures
IN_SPACE = "Camera"         # what a scene is seen by that has sides
NAMES = 6                   # that a reference is told from


@dataclass(frozen=True)
class Cutout:
    """One picture as guidance takes it; [1, H, W, ...] in [0, 1]."""

    rgb: torch.Tensor
    premultiplied: torch.Tensor
    opacity: torch.Tensor


def make(recipe: Recipe, prior: priors.Prior, seed: int, folder: Path, picture: Cutout | None = None,
         tell: Callable[[str], object] = str) -> Reference | None:
    """None where the recipe wants none, its scene has no sides, or the prior cannot be shown one.

    Args:
        picture: the user's, as ``given`` returns it.
        tell: hears that it is being drawn.

    Raises:
        PriorError: a picture, of weight 0, for a prior that cannot be shown one.
    """
    wanted = recipe.reference
    if not wanted.use or not in_space(recipe):
        return None
    angles = radians(wanted.azimuth_deg), radians(wanted.elevation_deg)
    if picture is not None:
        if not prior.sees and wanted.weight:
            keep(picture.premultiplied, picture.opacity, folder)
            return None
        chosen = reference.given(prior, picture, *angles)
    elif prior.sees:
        tell("drawing the reference" + (f", the clearest of {wanted.pictures}" if wanted.pictures > 1 else ""))
        chosen = drawn(recipe, prior, seed, *angles)
    else:
        return None
    keep(*prior.decode(chosen.x0), folder)
    return chosen


def keep(premultiplied: torch.Tensor, opacity: torch.Tensor, folder: Path) -> None:
    """[1, H, W, 3] and [1, H, W, 1] as the run's reference.png."""
    straight = premultiplied / opacity.clamp(min=1e-6)
    rgba = torch.cat([straight, opacity], -1)[0].clamp(0, 1).cpu().numpy()
    images.write(folder / REFERENCE, np.rint(rgba * 255).astype(np.uint8))


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


def given(recipe: Recipe, folder: Path) -> Cutout | None:
    """The user's picture: as the run keeps it, else from its file, framed, and then kept. None without one.

    A run goes on as it began, whatever has become of the file.

    Raises:
        ConfigError: no such file, no picture, none that is cut out over transparency, or a scene that has no sides.
    """
    wanted, kept = recipe.reference, folder / PICTURE
    if not wanted.picture:
        return None
    if not in_space(recipe):
        raise ConfigError(f"reference.picture: need none for a scene of kind {registry.kind_of(recipe.stages[0].scene)}, which "
                          "has no sides; `dreamgen vectorize` draws a picture anew")
    try:
        if not kept.is_file():
            rgba = images.decode_rgba(Path(wanted.picture).expanduser().read_bytes(), ENOUGH)
            reference.cut_out(torch.from_numpy(rgba[..., 3] / 255))
            images.write(kept, framed(rgba) if wanted.fit else images.letterboxed(rgba))
        square = torch.from_numpy(images.decode_rgba(kept.read_bytes()).astype(np.float32) / 255)[None]
    except (OSError, ValueError) as error:
        raise ConfigError(f"reference.picture: {wanted.picture}: {getattr(error, 'strerror', None) or error}") from None
    opacity = square[..., 3:]
    return Cutout(square[..., :3], square[..., :3] * opacity, opacity)


def in_space(recipe: Recipe) -> bool:
    """Whether the recipe's scene has sides."""
    return registry.read("scene", registry.kind_of(recipe.stages[0].scene)).camera == IN_SPACE


def framed(rgba: np.ndarray) -> np.ndarray:
    """[H, W, 4] uint8 as a square in whose middle the thing is as large as in the prior's pictures.

    There a thing's box has a diagonal of 1 m. Of a thing seen w wide and h high the depth is unknown; it is taken for the
    smaller of the two, so the diagonal is sqrt(w^2 + h^2 + min(w, h)^2) pixels, and the square SEEN of that.
    """
    rows, columns = (np.flatnonzero((rgba[..., 3] > OPAQUE).any(axis)) for axis in (1, 0))
    top, left, h, w = rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    edge = max(round(SEEN * float(h**2 + w**2 + min(h, w)**2) ** 0.5), 1)
    square = np.zeros((edge, edge, 4), np.uint8)
    y, x = (edge - h) // 2, (edge - w) // 2
    square[y:y + h, x:x + w] = rgba[top:top + h, left:left + w]
    return square
