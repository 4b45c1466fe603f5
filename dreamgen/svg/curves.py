"""A drawing with nothing shared, a row a cubic: what can be said of all its paths at once.

    cubics [S, 4, 2] float64      subpath [S] of U, never falling
    path [U] of N, never falling  closed [U] bool: by a straight line; a filled path's always
    paint [N]  colors [N, 4]  widths [N]  layers [N]
    gradient [N], a kind  frames [N, 2, 3] float64  stops [N, K, 5] float64, K = 0 where no path has a gradient
"""

from dataclasses import dataclass, replace

import numpy as np

from renderers.drawing import Drawing, Gradient, Paint, Paths

from .shapes import Ramp, Shape, Subpath


@dataclass(frozen=True)
class Curves:
    cubics: np.ndarray
    subpath: np.ndarray
    path: np.ndarray
    closed: np.ndarray
    paint: np.ndarray
    colors: np.ndarray
    widths: np.ndarray
    layers: np.ndarray
    gradient: np.ndarray
    frames: np.ndarray
    stops: np.ndarray

    def __len__(self) -> int:
        """N."""
        return len(self.paint)

    @property
    def is_stroke(self) -> np.ndarray:
        """[N]."""
        return self.paint >= Paint.BUTT

    def starts(self) -> tuple[np.ndarray, np.ndarray]:
        """[U + 1] first cubics of the subpaths, [N + 1] first subpaths of the paths."""
        return (np.searchsorted(self.subpath, np.arange(len(self.path) + 1)),
                np.searchsorted(self.path, np.arange(len(self) + 1)))

    def box(self) -> tuple[np.ndarray, np.ndarray]:
        """[N, 2] lowest and highest x, y of each path's control points; not finite where one of them is not."""
        if not len(self):
            return np.zeros((0, 2)), np.zeros((0, 2))
        cubics, subpaths = self.starts()
        first = cubics[subpaths[:-1]]
        return np.minimum.reduceat(self.cubics.min(1), first), np.maximum.reduceat(self.cubics.max(1), first)

    def only(self, keep: np.ndarray) -> "Curves":
        """The paths where ``keep`` [N] is true."""
        of_path, of_subpath = np.cumsum(keep) - 1, keep[self.path]
        of_cubic, renumbered = of_subpath[self.subpath], np.cumsum(of_subpath) - 1
        return Curves(self.cubics[of_cubic], renumbered[self.subpath[of_cubic]], of_path[self.path[of_subpath]],
                      self.closed[of_subpath], self.paint[keep], self.colors[keep], self.widths[keep],
                      self.layers[keep], self.gradient[keep], self.frames[keep], self.stops[keep])

    def only_subpaths(self, keep: np.ndarray) -> "Curves":
        """The subpaths where ``keep`` [U] is true, of which each path has at least one."""
        of_cubic = keep[self.subpath]
        return replace(self, cubics=self.cubics[of_cubic], subpath=(np.cumsum(keep) - 1)[self.subpath[of_cubic]],
                       path=self.path[keep], closed=self.closed[keep])

    def without(self, cubics: np.ndarray) -> "Curves":
        """Less the cubics where ``cubics`` [S] is true, of which no subpath may be all."""
        return replace(self, cubics=self.cubics[~cubics], subpath=self.subpath[~cubics])

    def shapes(self) -> list[Shape]:
        """Path by path, the lowest first."""
        cubics, subpaths = self.starts()
        points = [np.concatenate([each[0, :1], each[:, 1:].reshape(-1, 2)])
                  for each in np.split(self.cubics, cubics[1:-1])] if len(self) else []
        arrays = (self.closed, self.colors, self.widths, self.layers)
        closed, colors, widths, layers = (array.tolist() for array in arrays)
        return [Shape(Paint(paint), tuple(colors[n]), widths[n],
                      [Subpath(points[u], closed[u]) for u in range(subpaths[n], subpaths[n + 1])], layers[n],
                      Ramp(Gradient(self.gradient[n]), self.frames[n], self.stops[n]) if self.gradient[n] else None)
                for n, paint in enumerate(self.paint.tolist())]

    def drawing(self, size: tuple[float, float], background: tuple[float, float, float] | None) -> Drawing:
        """Cubics share their joints, a closed subpath its ends where they meet; layers are numbered from 0."""
        first, subpaths = self.starts()
        counts = np.diff(first)
        last = first[1:] - 1
        joined = self.closed & (counts > 1) & (self.cubics[first[:-1], 0] == self.cubics[last, 3]).all(1)
        begins = np.cumsum([0, *(3 * counts + ~joined)])
        at = begins[self.subpath] + 3 * (np.arange(len(self.cubics)) - first[self.subpath])
        segments = at[:, None] + np.arange(4)
        segments[last[joined], 3] = begins[:-1][joined]
        points = np.zeros((begins[-1], 2), np.float32)
        points[segments] = self.cubics
        drawing = Drawing(Paths(segments, first, subpaths, self.paint.astype(np.int8), self.closed, self.gradient), points,
                          self.colors.astype(np.float32), self.widths.astype(np.float32), size, background,
                          np.unique(self.layers, return_inverse=True)[1].astype(np.int32))
        return drawing if not self.gradient.any() else replace(drawing, frames=self.frames.astype(np.float32),
                                                               stops=self.stops.astype(np.float32))


def of_drawing(drawing: Drawing) -> Curves:
    """The paths in order, the lowest first."""
    paths, N = drawing.paths, len(drawing.paths)
    path = np.repeat(np.arange(N), np.diff(paths.paths))
    return Curves(cubics=drawing.points.astype(np.float64)[paths.segments],
                  subpath=np.repeat(np.arange(len(path)), np.diff(paths.subpaths)), path=path,
                  closed=paths.closed | (paths.paint < Paint.BUTT)[path], paint=paths.paint,
                  colors=drawing.colors.astype(np.float64), widths=drawing.widths.astype(np.float64),
                  layers=drawing.layers if len(drawing.layers) else np.zeros(N, np.int32), gradient=paths.gradient,
                  frames=drawing.frames.astype(np.float64) if len(drawing.frames) else np.zeros((N, 2, 3)),
                  stops=drawing.stops.astype(np.float64) if len(drawing.stops) else np.zeros((N, 0, 5)))


def of_shapes(shapes: list[Shape]) -> Curves:
    """The same, of single paths."""
    subpaths = [each for shape in shapes for each in shape.subpaths]
    gradient, frames, stops = stacked([shape.ramp for shape in shapes])
    return Curves(cubics=np.concatenate([np.zeros((0, 4, 2)), *(each.cubics for each in subpaths)]),
                  subpath=np.repeat(np.arange(len(subpaths)), [len(each.points) // 3 for each in subpaths]),
                  path=np.repeat(np.arange(len(shapes)), [len(shape.subpaths) for shape in shapes]),
                  closed=np.array([each.closed for each in subpaths], bool),
                  paint=np.array([shape.paint for shape in shapes], np.int8),
                  colors=np.array([shape.color for shape in shapes], np.float64).reshape(-1, 4),
                  widths=np.array([shape.width for shape in shapes], np.float64),
                  layers=np.array([shape.layer for shape in shapes], np.int32),
                  gradient=gradient, frames=frames, stops=stops)


def stacked(ramps: list[Ramp | None]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kinds [N], frames [N, 2, 3] and stops [N, K, 5] of paths' ramps; those with fewer stops repeat their last one."""
    K = max((len(ramp.stops) for ramp in ramps if ramp is not None), default=0)
    kinds = np.array([Gradient.NONE if ramp is None else ramp.kind for ramp in ramps], np.int8)
    frames, stops = np.zeros((len(ramps), 2, 3)), np.zeros((len(ramps), K, 5))
    for n, ramp in enumerate(ramps):
        if ramp is not None:
            frames[n], count = ramp.frame, len(ramp.stops)
            stops[n, :count], stops[n, count:] = ramp.stops, ramp.stops[-1]
    return kinds, frames, stops


def with_ramps(drawing: Drawing, ramps: list[Ramp | None]) -> Drawing:
    """``drawing`` with the gradients ``ramps`` of its N paths, in its units."""
    kinds, frames, stops = stacked(ramps)
    if not kinds.any():
        return drawing
    return replace(drawing, paths=replace(drawing.paths, gradient=kinds), frames=frames.astype(np.float32),
                   stops=stops.astype(np.float32))


def first(drawing: Drawing, n: int) -> Drawing:
    """The lowest ``n`` paths, over the same canvas and background."""
    p = drawing.paths
    U = p.paths[n]
    paths = Paths(p.segments[:p.subpaths[U]], p.subpaths[:U + 1], p.paths[:n + 1], p.paint[:n], p.closed[:U], p.gradient[:n])
    return replace(drawing, paths=paths, colors=drawing.colors[:n], widths=drawing.widths[:n],
                   layers=drawing.layers[:n], frames=drawing.frames[:n], stops=drawing.stops[:n])
