"""A drawing path by path, as files say it."""

from dataclasses import dataclass

import numpy as np

from renderers.drawing import Paint


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
class Shape:
    """A path and its paint: color is straight sRGB and opacity in [0, 1]; width means nothing where it is filled."""

    paint: Paint
    color: tuple[float, float, float, float]
    width: float
    subpaths: list[Subpath]
    layer: int
