r"""A small, soft picture made large and crisp: what is there, and in which colors, before anything is traced.

    u = argmin_u  |u - f|^2 / 2 + TV |grad u|        of the OKLab colors f (Rudin, Osher and Fatemi 1992)

The picture is enlarged by cubic splines. Inside are the pixels more than half opaque, less specks and pinholes, and thin
parts: an arm of a lamp or a spoke is narrower than a pixel of a soft picture, so it is faint, and what it carries would
come apart. Their color is read where they are nearly opaque and carried out to the border, so that no edge mixes with
the background. Total variation then levels shading and noise and keeps edges.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt, find_objects, gaussian_filter, label, zoom
from skimage.morphology import remove_small_holes, remove_small_objects, skeletonize
from skimage.restoration import denoise_tv_chambolle

from . import oklab

SOLID = 0.85                # opacity from which a pixel's color is its own
SPECK = 0.04                # of the thing's area: what is smaller and apart from it is no part of it
HOLE = 0.008                # ... and what is smaller and within it is no hole
FAINT = 0.2                 # opacity from which a thin part is seen
RIM = 0.016                 # of the edge: nearer to what is half opaque, faintness is its soft border
LONG = 0.06                 # of the edge: a thin part goes at least so far ...
THICK = 0.02                # ... and no disc of a larger radius fits into it, else it is a haze
WIDTH = 0.022               # of the edge: how wide a thin part is drawn at least


@dataclass(frozen=True)
class Crisp:
    """inside: [E, E] bool; lab: [E, E, 3] OKLab, everywhere, of meaning inside."""

    inside: np.ndarray
    lab: np.ndarray


def crisp(picture: np.ndarray, edge: int, blur: float, levelling: float) -> Crisp:
    """``picture`` [h, w, 4] premultiplied sRGB and opacity, at ``edge`` pixels of its longer side.

    Args:
        blur: standard deviation by which the outline is smoothed, pixels of the result.
        levelling: TV above, in units of OKLab.

    Raises:
        ValueError: nothing in it is more than half opaque.
    """
    scale = edge / max(picture.shape[:2])
    large = np.stack([zoom(plane, scale, order=3, mode="nearest", grid_mode=True)
                      for plane in np.moveaxis(picture.astype(np.float64), -1, 0)], -1).clip(0, 1)
    inside = large_parts(silhouette(large[..., 3], blur))
    inside = remove_small_holes(inside, max_size=round(HOLE * inside.sum()))
    if not inside.any():
        raise ValueError("nothing in the picture is more than half opaque")
    solid = inside & (large[..., 3] >= min(SOLID, float(large[..., 3][inside].max())))
    rgb = (large[..., :3] / np.maximum(large[..., 3:], 1e-3)).clip(0, 1)
    nearest = distance_transform_edt(~solid, return_distances=False, return_indices=True)
    lab = oklab.of_srgb(rgb[tuple(nearest)])
    return Crisp(inside, denoise_tv_chambolle(lab, weight=levelling, channel_axis=-1) if levelling else lab)


def silhouette(opacity: np.ndarray, blur: float) -> np.ndarray:
    """[h, w] bool of ``opacity`` [h, w]: more than half opaque once blurred, or a thin part that leads away from there.

    Args:
        blur: standard deviation, pixels.
    """
    edge = max(opacity.shape)
    half, visible = gaussian_filter(opacity, blur) > 0.5, opacity > FAINT
    body = large_parts(half)                            # the remains of a thin part are none
    if not body.any():
        return half
    away, count = label(visible & (distance_transform_edt(~body) > RIM * edge), np.ones((3, 3)))
    thin = np.zeros(body.shape, bool)
    depth = distance_transform_edt(np.pad(visible, 1))[1:-1, 1:-1]
    for k, box in enumerate(find_objects(away, count), 1):
        part = away[box] == k
        if np.hypot(*part.shape) >= LONG * edge and depth[box][part].max() <= THICK * edge:
            thin[box] |= part
    if not thin.any():
        return body
    reached = visible & (distance_transform_edt(~thin) <= 2 * RIM * edge)          # back to the body
    line = skeletonize(reached)
    return body | reached | (distance_transform_edt(~line) <= WIDTH * edge / 2)


def large_parts(inside: np.ndarray) -> np.ndarray:
    """The mask ``inside`` [h, w] bool without its specks."""
    return remove_small_objects(inside, max_size=round(SPECK * inside.sum()))
