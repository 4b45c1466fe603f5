r"""Cubic Beziers through a line of points, few and smooth: Schneider, "An algorithm for automatically fitting digitized
curves" (Graphics Gems, 1990).

    min_{a, b} sum_k |q(u_k) - p_k|^2,    q = Bernstein(p_first, p_first + a t_1, p_last + b t_2, p_last)

with the parameters u by length, improved by Newton's method; where the fit is off by more than ``tolerance``, the line is
cut at its worst point and both halves are fitted with a common tangent there. So a curve is smooth (G1) wherever it is
cut, and has corners only where the caller ends a line.
"""

import numpy as np

ROUNDS = 5                  # of Newton's method
REACH = 4                   # points on either side from which a tangent is read


def fit(points: np.ndarray, tolerance: float, first: np.ndarray | None = None,
        last: np.ndarray | None = None) -> np.ndarray:
    """[S, 4, 2] cubics end to end through ``points`` [K, 2], K >= 2, off by at most ``tolerance``.

    Args:
        first, last: [2] unit tangents at the ends, both pointing into the line; read from the points without them.
    """
    first = tangent(points) if first is None else first
    last = tangent(points[::-1]) if last is None else last
    chord = points[-1] - points[0]
    if len(points) == 2:
        third = np.linalg.norm(chord) / 3
        return np.stack([points[0], points[0] + third * first, points[-1] + third * last, points[-1]])[None]
    u = lengths(points)
    for _ in range(ROUNDS):
        cubic = solved(points, u, first, last)
        off = np.linalg.norm(at(cubic, u) - points, axis=1)
        if off.max() <= tolerance:
            return cubic[None]
        if off.max() > 8 * tolerance:
            break
        u = improved(cubic, points, u)
    cut = min(max(int(off.argmax()), 1), len(points) - 2)
    low, high = max(cut - REACH, 0), min(cut + REACH, len(points) - 1)
    way = points[low] - points[high]
    way = way / max(np.linalg.norm(way), 1e-12)
    return np.concatenate([fit(points[:cut + 1], tolerance, first, way), fit(points[cut:], tolerance, -way, last)])


def tangent(points: np.ndarray) -> np.ndarray:
    """[2] the unit direction in which ``points`` begin."""
    way = points[min(REACH, len(points) - 1)] - points[0]
    return way / max(np.linalg.norm(way), 1e-12)


def lengths(points: np.ndarray) -> np.ndarray:
    """[K] from 0 to 1 along ``points``."""
    run = np.concatenate([[0.0], np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum()])
    return run / max(run[-1], 1e-12)


def bernstein(u: np.ndarray) -> np.ndarray:
    """[K, 4]."""
    v = 1 - u
    return np.stack([v**3, 3 * u * v**2, 3 * u**2 * v, u**3], 1)


def at(cubic: np.ndarray, u: np.ndarray) -> np.ndarray:
    """[K, 2] points of ``cubic`` [4, 2] at ``u`` [K]."""
    return bernstein(u) @ cubic


def solved(points: np.ndarray, u: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """[4, 2] the least squares cubic with these tangents; a third of the chord where that would turn back."""
    b = bernstein(u)
    left, right = b[:, 1:2] * first, b[:, 2:3] * last
    rest = points - (b[:, :1] + b[:, 1:2]) * points[0] - (b[:, 2:3] + b[:, 3:]) * points[-1]
    A = np.array([[(left * left).sum(), (left * right).sum()], [(left * right).sum(), (right * right).sum()]])
    y = np.array([(left * rest).sum(), (right * rest).sum()])
    chord = np.linalg.norm(points[-1] - points[0])
    det = A[0, 0] * A[1, 1] - A[0, 1] ** 2
    alpha = np.linalg.solve(A, y) if det > 1e-9 * max(A[0, 0] * A[1, 1], 1e-12) else np.zeros(2)
    run = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    if (alpha < 0.02 * chord).any() or (alpha > 1.5 * run).any():
        alpha = np.full(2, run / 3)
    return np.stack([points[0], points[0] + alpha[0] * first, points[-1] + alpha[1] * last, points[-1]])


def improved(cubic: np.ndarray, points: np.ndarray, u: np.ndarray) -> np.ndarray:
    """A step of Newton's method towards the nearest points, in order."""
    d1 = 3 * np.diff(cubic, axis=0)
    d2 = 2 * np.diff(d1, axis=0)
    v = (1 - u)[:, None]
    w = u[:, None]
    first = v**2 * d1[0] + 2 * v * w * d1[1] + w**2 * d1[2]
    second = v * d2[0] + w * d2[1]
    off = at(cubic, u) - points
    slope = (first**2).sum(1) + (off * second).sum(1)
    step = np.where(np.abs(slope) > 1e-9, (off * first).sum(1) / np.where(slope == 0, 1, slope), 0)
    return np.maximum.accumulate((u - step).clip(0, 1))
