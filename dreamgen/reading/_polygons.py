"""Triangles of polygons: a fan where a polygon is convex, ears where it is not.

    n = sum of p_i x p_(i+1) (Newell),    convex: (p_i - p_(i-1)) x (p_(i+1) - p_i) . n >= 0 at every corner i

An ear is a corner that turns as the polygon does and whose triangle has no other corner of it inside. Source: Meisters,
Polygons Have Ears, 1975.
"""

import numpy as np

FLAT = 1e-9         # of the polygon's size squared: a turn below it is none


def within(indices: np.ndarray, count: int, what: str = "vertices") -> np.ndarray:
    """``indices``, all of them in [0, count), or ValueError."""
    bad = (indices < 0) | (indices >= count)
    if bad.any():
        raise ValueError(f"a face names number {int(np.asarray(indices)[bad].flat[0])} of {count} {what}, from 0")
    return indices


def triangles(points: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Triangles of polygons that lie one after the other.

    Args:
        points: [N, 3], the corners of the first polygon, then of the second, ...
        counts: [P] corners of each; those with fewer than three have no triangle.

    Returns:
        [T, 3] int64 into ``points``, and [T] the polygon of each; in the order of the polygons.
    """
    counts = np.asarray(counts, np.int64)
    start = np.cumsum(counts) - counts
    found, owners = [np.zeros((0, 3), np.int64)], [np.zeros(0, np.int64)]
    for n in np.unique(counts[counts >= 3]).tolist():
        which = np.flatnonzero(counts == n)
        corners = start[which, None] + np.arange(n)
        fan = np.stack([np.zeros(n - 2, np.int64), np.arange(1, n - 1), np.arange(2, n)], 1)
        bent = np.zeros(len(which), bool) if n == 3 else ~convex(points[corners])
        found.append(corners[~bent][:, fan].reshape(-1, 3))
        owners.append(np.repeat(which[~bent], n - 2))
        for row, polygon in zip(corners[bent], which[bent], strict=True):
            found.append(row[ears(points[row])])
            owners.append(np.full(n - 2, polygon))
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return np.concatenate(found)[order], owner[order]


def turns(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much each corner of [P, n, 3] turns [P, n], and Newell's unit normals [P, 3]."""
    points = points - points[:, :1]
    following, before = np.roll(points, -1, 1), np.roll(points, 1, 1)
    normal = np.cross(points, following).sum(1)
    normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-300)
    return np.einsum("pnc,pc->pn", np.cross(points - before, following - points), normal), normal


def convex(points: np.ndarray) -> np.ndarray:
    """[P] bool of polygons [P, n, 3]."""
    size = (np.ptp(points, 1) ** 2).sum(1)
    return (turns(points)[0] >= -FLAT * size[:, None]).all(1)


def ears(points: np.ndarray) -> np.ndarray:
    """[n - 2, 3] of one polygon [n, 3]."""
    normal = turns(points[None])[1][0]
    side = np.eye(3)[np.abs(normal).argmin()]
    across = np.cross(side, normal)
    across /= max(np.linalg.norm(across), 1e-300)
    flat = (points - points[0]) @ np.stack([across, np.cross(normal, across)], 1)      # [n, 2], counter-clockwise
    left, out, at, missed = list(range(len(points))), [], 0, 0
    bent = np.array([cross(flat, k - 1, k, (k + 1) % len(left)) <= 0 for k in left])       # only these can be inside
    while len(left) > 3:
        a, b, c = left[at - 1], left[at], left[(at + 1) % len(left)]
        if missed < len(left) and not is_ear(flat, bent, a, b, c):      # else it crosses itself, and a corner must go
            at, missed = (at + 1) % len(left), missed + 1
            continue
        missed = 0
        out.append((a, b, c))
        del left[at]
        bent[b] = False
        for k in (at - 1, at % len(left)):
            bent[left[k]] = cross(flat, left[k - 1], left[k], left[(k + 1) % len(left)]) <= 0
        at = (at - 1) % len(left)
    return np.array([*out, left])


def cross(flat: np.ndarray, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = flat[a], flat[b], flat[c]
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx)


def is_ear(flat: np.ndarray, bent: np.ndarray, a: int, b: int, c: int) -> bool:
    if cross(flat, a, b, c) <= 0:
        return False
    others = flat[bent]
    inside = np.ones(len(others), bool)
    for start, end in ((a, b), (b, c), (c, a)):
        along, to = flat[end] - flat[start], others - flat[start]
        inside &= along[0] * to[:, 1] - along[1] * to[:, 0] >= 0
    for corner in (a, b, c):            # nor is a place that the polygon passes twice
        inside &= (others != flat[corner]).any(1)
    return not inside.any()


def strip(indices: np.ndarray) -> np.ndarray:
    """[T, 3] of a triangle strip, every second one turned over."""
    faces = np.stack([indices[:-2], indices[1:-1], indices[2:]], 1)
    faces[1::2] = faces[1::2, [1, 0, 2]]
    return faces


def by_corner(faces: np.ndarray, *rows: np.ndarray) -> tuple[np.ndarray, ...]:
    """New faces with a vertex for each corner, and each of ``rows`` [V, ...] by those vertices."""
    return np.arange(faces.size).reshape(-1, 3), *(row[faces.ravel()] for row in rows)
