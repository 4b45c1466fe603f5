r"""Symmetric things symmetric: when a picture is its own mirror image, and how a part of it is drawn so that it stays one.

    alike = 1 - sum |p - m(p)| / sum (opacity + m(opacity)) / 2       m mirrors about the vertical through the middle

Only the right half of a mask's outline is fitted. Where it crosses the axis it is smooth if it is nearly level there,
else a corner; the left half is its mirror image to the last bit.
"""

import numpy as np

from . import bezier

LEVEL = np.cos(np.deg2rad(35.0))        # of the slope at which an outline may cross the axis without a corner


def alike(picture: np.ndarray) -> float:
    """1 for a picture [h, w, 4] (premultiplied) that is its own mirror image about its middle column, 0 or less for one
    that is nowhere so."""
    other = picture[:, ::-1]
    return 1 - float(np.abs(picture - other).sum(-1).sum() / 4 / max(picture[..., 3].sum(), 1e-9))


def mirrored(parts: np.ndarray) -> np.ndarray:
    """The labels of the right half, and their mirror image on the left, in numbers of their own."""
    half = parts.shape[1] // 2
    right = parts[:, parts.shape[1] - half:]
    left = np.where(right > 0, right + parts.max(), 0)[:, ::-1]
    for y in np.flatnonzero(right[:, 0]):               # what crosses the axis is one region
        left[left == right[y, 0] + parts.max()] = right[y, 0]
    return np.concatenate([left, parts[:, half:parts.shape[1] - half], right], 1)


def flipped(chain: np.ndarray, edge: float) -> np.ndarray:
    """Cubics [S, 4, 2] mirrored about x = edge / 2, end to start, so that they follow on what they mirror."""
    other = chain[::-1, ::-1].copy()
    other[..., 0] = edge - other[..., 0]
    return other


def right_half(line: np.ndarray, axis: float) -> np.ndarray | None:
    """[K, 2] the part of the closed ``line`` right of x = ``axis``, begun and ended on it; None unless it crosses twice."""
    right = line[:, 0] >= axis
    enters = np.flatnonzero(right & ~np.roll(right, 1))
    if len(enters) != 1:
        return None
    turned = np.roll(line, -enters[0], 0)
    count = int(right.sum())
    if not (turned[:count, 0] >= axis).all() or count < 4 or count == len(line):
        return None
    inner = turned[:count]
    ends = [crossing(turned[-1], inner[0], axis), crossing(inner[-1], turned[count], axis)]
    keep = np.abs(inner[:, 0] - axis) > 0.25
    return np.concatenate([ends[:1], inner[keep], ends[1:]])


def crossing(a: np.ndarray, b: np.ndarray, axis: float) -> np.ndarray:
    """[2] where the line from a to b meets x = ``axis``."""
    t = (axis - a[0]) / (b[0] - a[0]) if b[0] != a[0] else 0.5
    return np.array([axis, a[1] + t * (b[1] - a[1])])


def level(points: np.ndarray) -> np.ndarray | None:
    """[2] the level tangent with which ``points`` leave the axis; None where there is a corner."""
    way = bezier.tangent(points)
    return np.array([np.sign(way[0]) or 1.0, 0.0]) if abs(way[0]) >= LEVEL else None
