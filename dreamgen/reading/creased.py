r"""Normals for shading, by corner: smooth where a surface bends, sharp where it has an edge.

    n(f, v) = normalised sum of A_g sign(n_f . n_g) n_g   over the faces g at v's place with |n_f . n_g| > cos(CREASE)

with A_g the area of g. Places are compared, not indices, because files split vertices along seams; and the sign makes
nothing of a mesh whose faces are wound in no order. The files' own normals are not asked: too many point inwards.
"""

from math import cos, radians

import numpy as np

CREASE = radians(50)        # a cylinder of 8 sides is round, a box is not
MOST_AROUND = 64            # faces at one place beyond which they stay flat there: the tip of a fan
PLACES = 1e-6               # of the largest coordinate: closer corners are one


def creased(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """[F, 3, 3] float32 unit normals of the corners of ``faces`` [F, 3]; zero where a face has no area."""
    if not len(faces):
        return np.zeros((0, 3, 3), np.float32)
    corners = vertices[faces].astype(np.float64)
    area = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(area, axis=1, keepdims=True)
    unit = np.divide(area, length, out=np.zeros_like(area), where=length > 0)

    grid = np.rint(vertices / max(np.abs(vertices).max() * PLACES, 1e-30)).astype(np.int64)
    place = np.unique(grid, axis=0, return_inverse=True)[1].ravel()[faces].ravel()     # [3F]
    order = np.argsort(place, kind="stable")
    first, around = np.unique(place[order], return_index=True, return_counts=True)[1:]
    start, count = np.repeat(first, around), np.repeat(around, around)                  # [3F], in the order of places
    face = order // 3
    total = area[face]
    for step in range(1, min(int(around.max()), MOST_AROUND + 1)):
        at = np.flatnonzero((count > step) & (count <= MOST_AROUND))
        other = face[start[at] + (at - start[at] + step) % count[at]]
        along = np.einsum("nc,nc->n", unit[face[at]], unit[other])
        total[at] += (np.sign(along) * (np.abs(along) > cos(CREASE)))[:, None] * area[other]
    out = np.empty_like(total)
    out[order] = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-30)
    return out.reshape(-1, 3, 3).astype(np.float32)
