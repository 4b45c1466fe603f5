r"""Which optical depth is the surface: the one whose mesh has the silhouettes of the render.

    threshold = argmax over tau of  mean over views of  |S and M| / |S or M|

with S the mesh's silhouette and M where the render's opacity is above 1/2. Candidates lie evenly on a logarithmic
scale, first on a grid of about 64 voxels, then around the best on the whole one. The smoothest of a few blurs that
agrees about as well as none is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from renderers.camera import Camera, project
from renderers.ops.rasterize import rasterize
from renderers.visibility_depth import visibility_depth

from ..errors import EmptyMesh
from .surface import extract, log_depth

LOWEST, HIGHEST = 0.01, 3.0         # optical depths: 1 % and 95 % opaque to an eye outside
COARSE, CANDIDATES = 64, 10         # voxels along an edge in the first search, and how many depths it tries
REFINED = (5, 5)                    # depths tried around the best, in rounds, on the whole grid
BLURS = (1.5, 0.75)                 # voxels
TOLERANCE = 0.002                   # IoU that a blur may cost
PLATEAU = 0.0005                    # IoU: candidates this near to the best are as good; the middle one is taken


@dataclass(frozen=True)
class Choice:
    """What to extract.

    Attributes:
        log_depth: [R, R, R] for ``surface.extract``.
        threshold: optical depth.
        iou: the mean agreement of its silhouettes with the views.
        blur: voxels.
    """

    log_depth: np.ndarray
    threshold: float
    iou: float
    blur: float


def choose_threshold(density: np.ndarray, masks: Tensor, camera: Camera) -> Choice:
    """The surface of a field that the views agree with.

    Args:
        density: [R, R, R], 1/metre, at the voxels' centres, x first.
        masks: [B, H, W] bool, or opacity in [0, 1], of the held-out views.
        camera: their B cameras, of the same size.

    Raises:
        EmptyMesh: the density is too faint to hide anything, or the masks are empty.
    """
    masks = masks > 0.5
    if not masks.any():
        raise EmptyMesh(f"choose_threshold: all {len(masks)} held-out views are empty (opacity below 0.5 everywhere)")
    depth = visibility_depth(density)
    if not depth.max() > 2 * LOWEST:
        raise EmptyMesh(f"choose_threshold: nothing lies deeper than {depth.max():.2g} (optical depth), "
                        f"want over {2 * LOWEST} for a surface")

    def agreement(value: np.ndarray) -> Callable[[float], float]:
        return lambda tau: _agreement(value, tau, masks, camera)

    ends = LOWEST, min(HIGHEST, 0.95 * float(depth.max()))
    pooled = log_depth(visibility_depth(_pooled(density, max(1, len(density) // COARSE))))
    ends, *_ = _search(agreement(pooled), ends, (CANDIDATES,))
    value = log_depth(depth)
    _, threshold, iou = _search(agreement(value), ends, REFINED)
    sharp = Choice(value, threshold, iou, 0.0)
    for blur in BLURS:
        value, around = log_depth(depth, blur), (max(LOWEST, sharp.threshold / 3), sharp.threshold * 1.5)
        _, threshold, iou = _search(agreement(value), around, REFINED)
        if iou >= sharp.iou - TOLERANCE:
            return Choice(value, threshold, iou, blur)
    return sharp


def silhouette(vertices: np.ndarray, faces: np.ndarray, camera: Camera) -> Tensor:
    """[B, H, W] bool: which pixels see the mesh."""
    pixels, depths = project(camera, torch.from_numpy(vertices))
    return rasterize(pixels, depths, torch.from_numpy(faces), camera.size).face >= 0


def iou(one: Tensor, other: Tensor) -> float:
    """Mean over views of intersection over union of masks [B, H, W]; two empty views agree."""
    both, either = (one & other).flatten(1).sum(1), (one | other).flatten(1).sum(1)
    return float(torch.where(either > 0, both / either.clamp_min(1), 1.0).mean())


def _search(agreement: Callable[[float], float], ends: tuple[float, float],
            rounds: tuple[int, ...]) -> tuple[tuple[float, float], float, float]:
    """The neighbours of the best of each round's candidates, between which the next one searches; the best, its IoU."""
    for count in rounds:
        taus = np.geomspace(*ends, count)
        ious = np.array([agreement(tau) for tau in taus])
        good = np.nonzero(ious >= ious.max() - PLATEAU)[0]
        best = int(good[len(good) // 2])
        ends = float(taus[max(best - 1, 0)]), float(taus[min(best + 1, count - 1)])
    return ends, float(taus[best]), float(ious[best])


def _agreement(value: np.ndarray, tau: float, masks: Tensor, camera: Camera) -> float:
    try:
        surface = extract(value, tau)
    except EmptyMesh:
        return 0.0
    return iou(silhouette(surface.vertices, surface.faces, camera), masks)


def _pooled(density: np.ndarray, factor: int) -> np.ndarray:
    """The mean density of blocks of factor^3 voxels; emptiness fills up the last ones."""
    R = -(-len(density) // factor)
    padded = np.pad(density, [(0, R * factor - len(density))] * 3)
    return padded.reshape(R, factor, R, factor, R, factor).mean((1, 3, 5))
