"""A drawing path by path, which is how files say it and how hygiene sees it; and back into one record."""

from dataclasses import dataclass, replace

import numpy as np

from renderers.drawing import Drawing, Paint, Paths


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

    @property
    def points(self) -> np.ndarray:
        """[P, 2] of all its subpaths."""
        return np.concatenate([each.points for each in self.subpaths])


def from_drawing(drawing: Drawing) -> list[Shape]:
    """The paths in order, the lowest first, a filled one always closed."""
    paths, points = drawing.paths, drawing.points.astype(np.float64)
    layers = drawing.layers if len(drawing.layers) else np.zeros(len(paths), np.int32)
    ends = [np.concatenate([[segments[0, 0]], segments[:, 1:].reshape(-1)])
            for segments in np.split(paths.segments, paths.subpaths[1:-1])] if len(paths) else []
    found = []
    for n, color in enumerate(drawing.colors.tolist()):
        paint = Paint(int(paths.paint[n]))
        subpaths = [Subpath(points[ends[u]], not paint.is_stroke or bool(paths.closed[u]))
                    for u in range(paths.paths[n], paths.paths[n + 1])]
        found.append(Shape(paint, tuple(color), float(drawing.widths[n]), subpaths, int(layers[n])))
    return found


def to_drawing(shapes: list[Shape], size: tuple[float, float],
               background: tuple[float, float, float] | None) -> Drawing:
    """One record of all ``shapes``; where a closed subpath ends where it began, the two are one point. Layers are
    numbered from 0."""
    segments, points, at = [], [], 0
    for shape in shapes:
        for each in shape.subpaths:
            P = len(each.points)
            joined = each.closed and P > 4 and (each.points[0] == each.points[-1]).all()
            index = 3 * np.arange(P // 3)[:, None] + np.arange(4)
            segments.append(at + (index % (P - 1) if joined else index))
            points.append(each.points[:-1] if joined else each.points)
            at += P - joined
    subpaths = [each for shape in shapes for each in shape.subpaths]
    paths = Paths(segments=np.concatenate([np.zeros((0, 4), np.int64), *segments]),
                  subpaths=np.cumsum([0, *(len(each.points) // 3 for each in subpaths)]),
                  paths=np.cumsum([0, *(len(shape.subpaths) for shape in shapes)]),
                  paint=np.array([shape.paint for shape in shapes], np.int8),
                  closed=np.array([each.closed for each in subpaths], bool))
    layers = np.unique(np.array([shape.layer for shape in shapes], np.int32), return_inverse=True)[1]
    return Drawing(paths, np.concatenate([np.zeros((0, 2)), *points]).astype(np.float32),
                   np.array([shape.color for shape in shapes], np.float32).reshape(-1, 4),
                   np.array([shape.width for shape in shapes], np.float32), size, background, layers.astype(np.int32))


def first(drawing: Drawing, n: int) -> Drawing:
    """The lowest ``n`` paths, over the same canvas and background."""
    p = drawing.paths
    U = p.paths[n]
    paths = Paths(p.segments[:p.subpaths[U]], p.subpaths[:U + 1], p.paths[:n + 1], p.paint[:n], p.closed[:U])
    return replace(drawing, paths=paths, colors=drawing.colors[:n], widths=drawing.widths[:n],
                   layers=drawing.layers[:n])
