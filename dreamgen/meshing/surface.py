r"""From a grid of optical depths (``visibility_depth``) to a closed, outward surface.

Optical depth grows by a factor, not by an amount, from voxel to voxel, so its logarithm is what is interpolated, and
blurred: on spheres of five profiles at R = 48 a logarithm's level set is 0.00 to 0.10 voxels off in the mean, that of
the value itself 0.00 to 0.31. Floaters and bubbles go while the field is still a grid, where they are connected
components; the grid is padded with emptiness, so the surface closes at the box.
"""

from dataclasses import dataclass

import numpy as np
from skimage.filters import gaussian
from skimage.measure import label, marching_cubes

from ..errors import EmptyMesh

THINNEST, THICKEST = 1e-3, 10.0     # optical depths that are told apart: less is empty, more is opaque
KEEP = 0.005                        # of the largest part's volume: smaller parts are floaters (0.17 of its length)


@dataclass(frozen=True)
class Surface:
    """Triangles, counter-clockwise seen from outside, in the world's axes.

    Attributes:
        vertices: [V, 3] float32.
        faces: [F, 3] int32.
        dropped: parts that were too small to keep.
    """

    vertices: np.ndarray
    faces: np.ndarray
    dropped: int = 0


def log_depth(depth: np.ndarray, blur: float = 0.0) -> np.ndarray:
    """Logarithm of optical depths [R, R, R], cut to [THINNEST, THICKEST], after a Gaussian of ``blur`` voxels."""
    value = np.log(np.clip(depth, THINNEST, THICKEST))
    return gaussian(value, blur, mode="constant", cval=np.log(THINNEST), preserve_range=True) if blur else value


def extract(log_depth: np.ndarray, threshold: float, keep: float = KEEP) -> Surface:
    """Where ``log_depth`` [R, R, R], at the centres of the box's voxels, x first, is that of ``threshold``.

    Raises:
        EmptyMesh: nothing is deeper than ``threshold``.
    """
    level, R = np.log(threshold), len(log_depth)
    value = np.pad(log_depth, 1, constant_values=np.log(THINNEST))
    parts, count = label(value > level, connectivity=1, return_num=True)
    if not count:
        raise EmptyMesh(f"extract: optical depths reach {np.exp(log_depth.max()):.2g}, want over {threshold:.2g}")
    volumes = np.bincount(parts.ravel(), minlength=count + 1)
    small = volumes < keep * volumes[1:].max()
    small[0] = False
    value[small[parts]] = np.log(THINNEST)
    space = label(value <= level, connectivity=1)
    value[(space > 0) & (space != space[0, 0, 0])] = np.log(THICKEST)
    vertices, faces, _, _ = marching_cubes(value, level, gradient_direction="ascent", allow_degenerate=False)
    vertices = ((vertices - 0.5) / R - 0.5).astype(np.float32)      # the padded voxel i: centre (i - 0.5) / R
    return Surface(vertices, outward(vertices, faces.astype(np.int32)), int(small.sum()))


def outward(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """The faces, all turned over if the volume that they enclose is negative."""
    return faces if volume(vertices, faces) >= 0 else np.ascontiguousarray(faces[:, ::-1])


def volume(vertices: np.ndarray, faces: np.ndarray) -> float:
    """Signed volume inside a closed surface, positive when its faces are counter-clockwise from outside."""
    return float(signed_volumes(vertices, faces).sum())


def signed_volumes(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """[F] of the tetrahedra between the faces and the origin."""
    a, b, c = vertices[faces].astype(np.float64).transpose(1, 0, 2)
    return (a * np.cross(b, c)).sum(1) / 6


def normals(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """[V, 3] unit normals, the mean of the adjoining faces' by area; +y where that is nothing."""
    a, b, c = vertices[faces].transpose(1, 0, 2)
    total = scatter(faces, np.repeat(np.cross(b - a, c - a)[:, None], 3, 1), len(vertices))
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(length > 0, total / np.maximum(length, 1e-30), [0, 1, 0]).astype(np.float32)


def scatter(index: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """[count, 3] sums of ``values`` [..., 3] that share an ``index`` [...]."""
    flat = values.reshape(-1, 3)
    return np.stack([np.bincount(index.ravel(), flat[:, k], count) for k in range(3)], 1)
