r"""Which density is the surface: the one whose mesh has the silhouettes of the render.

    threshold = argmax over sigma of  mean over views of  |S and M| / |S or M|

with S the mesh's silhouette and M where the render's opacity is above 1/2.

Candidates lie evenly on a logarithmic scale, first on a grid of about 64 voxels, then around the best on the whole one.
"""

from math import log, sqrt

import numpy as np
import torch
from torch import Tensor

from renderers.camera import Camera, project
from renderers.ops.rasterize import rasterize

from .surface import EmptyMesh, extract

FAINTEST = log(2) / sqrt(3)         # 1/metre: less does not make a ray through the whole box half opaque
COARSE = 64                         # voxels along an edge in the first search
CANDIDATES = 14
REFINEMENTS, REFINED = 2, 5          # rounds around the best, and the candidates of each
PLATEAU = 0.002                     # IoU: candidates this near to the best are as good; the middle one of them is taken


def choose_threshold(density: np.ndarray, masks: Tensor, camera: Camera) -> tuple[float, float]:
    """The threshold, 1/metre, and its mean IoU over the views.

    Args:
        density: [R, R, R] at the voxels' centres, as ``surface.extract`` takes it.
        masks: [B, H, W] bool, or opacity in [0, 1], of the held-out views.
        camera: their B cameras, of the same size.

    Raises:
        EmptyMesh: the density is too faint to hide anything, or the masks are empty.
    """
    masks = masks > 0.5
    if not masks.any():
        raise EmptyMesh(f"choose_threshold: all {len(masks)} held-out views are empty (opacity below 0.5 everywhere)")
    densest = float(density.max())
    if not densest > FAINTEST:
        raise EmptyMesh(f"choose_threshold: the density is {densest:.3g} at most, want over {FAINTEST:.2g} to be seen")
    factor = max(1, len(density) // COARSE)
    sigmas = np.geomspace(FAINTEST, max(0.95 * densest, 1.01 * FAINTEST), CANDIDATES)
    best = _best([_agreement(_pooled(density, factor), sigma, masks, camera) for sigma in sigmas])
    for _ in range(REFINEMENTS):
        sigmas = np.geomspace(sigmas[max(best - 1, 0)], sigmas[min(best + 1, len(sigmas) - 1)], REFINED)
        ious = [_agreement(density, sigma, masks, camera) for sigma in sigmas]
        best = _best(ious)
    return float(sigmas[best]), ious[best]


def silhouette(vertices: np.ndarray, faces: np.ndarray, camera: Camera) -> Tensor:
    """[B, H, W] bool: which pixels see the mesh."""
    pixels, depths = project(camera, torch.from_numpy(vertices))
    return rasterize(pixels, depths, torch.from_numpy(faces), camera.size).face >= 0


def iou(one: Tensor, other: Tensor) -> float:
    """Mean over views of intersection over union of masks [B, H, W]; two empty views agree."""
    both, either = (one & other).flatten(1).sum(1), (one | other).flatten(1).sum(1)
    return float(torch.where(either > 0, both / either.clamp_min(1), 1.0).mean())


def _agreement(density: np.ndarray, sigma: float, masks: Tensor, camera: Camera) -> float:
    try:
        surface = extract(density, sigma)
    except EmptyMesh:
        return 0.0
    return iou(silhouette(surface.vertices, surface.faces, camera), masks)


def _best(ious: list[float]) -> int:
    """The middle of the candidates that are as good as the best."""
    good = np.nonzero(np.asarray(ious) >= max(ious) - PLATEAU)[0]
    return int(good[len(good) // 2])


def _pooled(density: np.ndarray, factor: int) -> np.ndarray:
    """The mean density of blocks of factor^3 voxels; emptiness fills up the last ones."""
    R = -(-len(density) // factor)
    padded = np.pad(density, [(0, R * factor - len(density))] * 3)
    return padded.reshape(R, factor, R, factor, R, factor).mean((1, 3, 5))
