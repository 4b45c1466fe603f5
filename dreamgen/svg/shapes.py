"""A drawing path by path, as files say it."""

from dataclasses import dataclass

import numpy as np

from renderers.drawing import Gradient, Paint


@dataclass(slots=True)
class Subpath:
    """points: [3 S + 1, 2] float64, S cubics end to end, (a, a, b, b) being a line; closed: by a straight line."""

    points: np.ndarray
    closed: bool

    @property
    def cubics(self) -> np.ndarray:
        """[S, 4, 2] control points."""
        return self.points[3 * np.arange(len(self.points) // 3)[:, None] + np.arange(4)]


@dataclass(slots=True)
class Ramp:
    """A gradient as renderers/drawing.py defines it. frame: [2, 3] float64, columns u, v, o; stops: [K, 5] float64."""

    kind: Gradient
    frame: np.ndarray
    stops: np.ndarray


@dataclass(slots=True)
class Shape:
    """A path and its paint: color is straight sRGB and opacity in [0, 1], of one with a ramp only the opacity; width means
    nothing where it is filled."""

    paint: Paint
    color: tuple[float, float, float, float]
    width: float
    subpaths: list[Subpath]
    layer: int
    ramp: Ramp | None = None


def has_corner(each: Subpath) -> bool:
    """Whether two cubics of ``each`` meet at more than some three degrees."""
    c = each.cubics
    steps = np.diff(c, axis=1)                                              # [S, 3, 2]
    long = np.linalg.norm(steps, axis=2) > 1e-9 * max(float(np.ptp(c)), 1e-300)
    c, steps, long = c[long.any(1)], steps[long.any(1)], long[long.any(1)]
    if not len(c):
        return False
    rows = np.arange(len(c))
    leaves, arrives = steps[rows, long.argmax(1)], steps[rows, 2 - long[:, ::-1].argmax(1)]
    if each.closed:
        leaves, arrives = np.roll(leaves, -1, 0), arrives
    else:
        leaves, arrives = leaves[1:], arrives[:-1]
    cosine = (leaves * arrives).sum(1) / (np.linalg.norm(leaves, axis=1) * np.linalg.norm(arrives, axis=1))
    return bool((cosine < 0.9986).any())
