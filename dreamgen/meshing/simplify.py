"""Fewer triangles and a calmer surface: quadric decimation to a budget, and Taubin's smoothing, which does not shrink.

Decimation may let two sheets meet in an edge of four faces. ``repair`` undoes that, so a closed surface stays closed.
"""

from math import sqrt

import fast_simplification
import numpy as np
import torch

from renderers.ops.antialias import edges_of
from renderers.ops.taubin import taubin

from .surface import KEEP, scatter, signed_volumes

UNITS = 100.0                       # the decimator's tolerances are absolute and made for objects of about this size
ROUNDS = 8
SWAPS = 8                           # attempts to pair the faces of an edge that has four


def decimate(vertices: np.ndarray, faces: np.ndarray, budget: int) -> tuple[np.ndarray, np.ndarray]:
    """(vertices [V, 3] float32, faces [F, 3] int32) with at most ``budget`` triangles.

    Closed stays closed. Tangled surfaces, whose edges have many faces, do not collapse that far; their vertices are
    clustered.
    """
    low, size = vertices.min(0), float(np.ptp(vertices, axis=0).max())
    if len(faces) > budget and size > 0:
        points, faces = fast_simplification.simplify((vertices - low) * (UNITS / size), faces, target_count=budget)
        vertices, faces = (points * (size / UNITS) + low).astype(np.float32), faces.astype(np.int32)
    vertices, faces = repair(vertices, faces)
    cells = sqrt(budget)
    while len(faces) > budget:
        vertices, faces = repair(*_clustered(vertices, faces, cells))
        cells *= 0.8
    return vertices, faces


def without_floaters(vertices: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, int]:
    """The faces of a closed surface without parts that hold less than KEEP of the largest one's volume, and how many those were.

    What is inside out, a bubble that nobody sees, goes too.
    """
    pairs = np.concatenate([faces[:, :2], faces[:, 1:]]).T
    part = _components(pairs, len(vertices))[faces[:, 0]]
    volumes = np.bincount(part, signed_volumes(vertices, faces))
    largest = volumes.max(initial=0)
    small = (volumes < KEEP * largest) & (np.bincount(part, minlength=len(volumes)) > 0)
    return (faces[~small[part]], int(small.sum())) if largest > 0 else (faces, 0)


def smooth(vertices: np.ndarray, faces: np.ndarray, rounds: int = ROUNDS) -> np.ndarray:
    """[V, 3] vertices after ``rounds`` of Taubin smoothing with uniform weights (renderers/ops/taubin)."""
    edges = edges_of(torch.from_numpy(np.ascontiguousarray(faces)))
    return taubin(torch.from_numpy(vertices.astype(np.float32)), edges, rounds).numpy()


def repair(vertices: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Drop what has collapsed and give sheets that only touch their own vertices; unused vertices go too."""
    faces = _without_flaps(faces[(faces != np.roll(faces, 1, axis=1)).all(1)])
    swapped = np.zeros(3 * len(faces), bool)
    for _ in range(SWAPS):
        corners = _fans(faces, swapped)
        again = _repeated(corners)
        if not again.any():
            break
        swapped ^= again
    first = np.full(corners.max(initial=-1) + 1, -1, np.int64)
    first[corners.ravel()] = faces.ravel()
    return vertices[first], corners.astype(np.int32)


def _clustered(vertices: np.ndarray, faces: np.ndarray, cells: float) -> tuple[np.ndarray, np.ndarray]:
    """The mesh with the vertices in each cell of a lattice, ``cells`` along an edge, merged at their mean."""
    low, size = vertices.min(0), float(np.ptp(vertices, axis=0).max())
    place = np.floor((vertices - low) * (cells / max(size, 1e-12))).astype(np.int64)
    _, group, count = np.unique(place, axis=0, return_inverse=True, return_counts=True)
    means = scatter(group, vertices, len(count)) / count[:, None]
    return means.astype(np.float32), group.ravel()[faces].astype(np.int32)


def _without_flaps(faces: np.ndarray) -> np.ndarray:
    """The faces without pairs that lie back to back on the same three vertices."""
    _, group, count = np.unique(np.sort(faces, axis=1), axis=0, return_inverse=True, return_counts=True)
    return faces[count[group.ravel()] % 2 == 1]


def _fans(faces: np.ndarray, swapped: np.ndarray) -> np.ndarray:
    """[F, 3] new vertices: two corners share one if a walk across paired edges, around their old vertex, joins them.

    Half-edge 3 f + k goes from corner k of face f to the next. The n-th from i to j is paired with the n-th from j to
    i; where ``swapped`` [3F], an edge of four faces, with the other one.
    """
    start, end = (side.ravel().astype(np.int64) for side in (faces, np.roll(faces, -1, axis=1)))
    V, H = int(faces.max(initial=-1)) + 1, len(start)
    rank = _rank(start * V + end)
    name, partner = (start * V + end) * H + rank, (end * V + start) * H + (rank ^ swapped)
    order = np.argsort(name)
    at = np.minimum(np.searchsorted(name[order], partner), H - 1)
    paired = name[order][at] == partner
    next_corner = np.roll(np.arange(H).reshape(faces.shape), -1, axis=1).ravel()
    return _components(np.stack([np.arange(H), next_corner[order[at]]])[:, paired], H).reshape(faces.shape)


def _repeated(faces: np.ndarray) -> np.ndarray:
    """[3F] bool: half-edges that have exactly one double."""
    start, end = faces.ravel().astype(np.int64), np.roll(faces, -1, axis=1).ravel().astype(np.int64)
    _, group, count = np.unique(start * (faces.max(initial=0) + 1) + end, return_inverse=True, return_counts=True)
    return count[group.ravel()] == 2


def _rank(keys: np.ndarray) -> np.ndarray:
    """How many equal keys come before each."""
    order, at = np.argsort(keys, kind="stable"), np.arange(len(keys))
    new = np.ones(len(keys), bool)
    new[1:] = np.diff(keys[order]) != 0
    rank = np.empty_like(at)
    rank[order] = at - np.maximum.accumulate(np.where(new, at, 0))
    return rank


def _components(joins: np.ndarray, count: int) -> np.ndarray:
    """[count] component of each node, in the order of their lowest nodes: the smallest label spreads, then jumps."""
    label = np.arange(count)
    while True:
        a, b = label[joins]
        low = np.minimum(a, b)
        new = label.copy()
        np.minimum.at(new, a, low)
        np.minimum.at(new, b, low)
        new = new[new]
        if (new == label).all():
            return np.unique(label, return_inverse=True)[1]
        label = new
