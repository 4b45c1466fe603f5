r"""A vector drawing: which cubics make which path, and what is painted with it.

    B(t) = (1-t)^3 p0 + 3 (1-t)^2 t p1 + 3 (1-t) t^2 p2 + t^3 p3,    0 <= t <= 1

A path is one or more subpaths, a subpath one or more cubics end to end, a cubic four indices into the points; a
straight line from a to b is the cubic (a, a, b, b). Indices let neighbouring cubics share their joint, a closed subpath
end where it began, and the triangles of a mesh share their corners. Paths are painted in order, later ones on top; a
path is either filled or stroked, with one color or with a gradient:

    q = [u v]^-1 (p - o),    t = q_0 (linear)  or  |q| (radial)
    c(t) = c_1 + sum_k s_k (c_{k+1} - c_k),    s_k = clip((t - t_k) / (t_{k+1} - t_k), 0, 1)         K stops (t_k, c_k)

so a linear one goes from o to o + u along lines parallel to v, a radial one from the centre o to the ellipse with the
half axes u and v, and before the first and behind the last stop the color stays. That is SVG's with spreadMethod pad and
without a focus. Points are in the drawing's own units, +x right, **+y down**, (0, 0) the top-left corner, as SVG has them.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import torch
from torch import Tensor


class Paint(IntEnum):
    """How a path is painted: its inside by a winding rule, or its line with a cap. A line's joins are always round."""

    NONZERO = 0
    EVENODD = 1
    BUTT = 2
    ROUND = 3
    SQUARE = 4

    @property
    def is_stroke(self) -> bool:
        return self >= Paint.BUTT


class Gradient(IntEnum):
    """How a path's color varies: not at all, along a line, or with the distance from a point."""

    NONE = 0
    LINEAR = 1
    RADIAL = 2


@dataclass(frozen=True)
class Paths:
    """How the points of N paths hang together; what does not change while the points move.

    Attributes:
        segments: [S, 4] int64 indices into the points, a cubic a row.
        subpaths: [U + 1] int64: subpath u is the segments subpaths[u] to subpaths[u + 1], end to end.
        paths: [N + 1] int64: path n is the subpaths paths[n] to paths[n + 1].
        paint: [N] int8, a ``Paint`` each.
        closed: [U] bool: a straight line leads from the end to the start. The inside of a filled path is that of its
            closed subpaths, whatever this says.
        gradient: [N] int8, a ``Gradient`` each; NONE for all where it is not given.

    Raises:
        ValueError: a shape, offset, paint or gradient that makes no sense.
    """

    segments: np.ndarray
    subpaths: np.ndarray
    paths: np.ndarray
    paint: np.ndarray
    closed: np.ndarray
    gradient: np.ndarray = None  # type: ignore[assignment]

    def __post_init__(self):
        if self.gradient is None:
            object.__setattr__(self, "gradient", np.zeros(len(self.paint), np.int8))
        S, U, N = len(self.segments), len(self.closed), len(self.paint)
        if self.segments.shape != (S, 4) or (S and self.segments.min() < 0):
            raise ValueError(f"Paths: segments are {list(self.segments.shape)}, want [S, 4] indices >= 0")
        for name, offsets, count, last in (("subpaths", self.subpaths, U, S), ("paths", self.paths, N, U)):
            if len(offsets) != count + 1 or offsets[0] != 0 or offsets[-1] != last or (np.diff(offsets) < 1).any():
                raise ValueError(f"Paths: {name} must rise in {count} steps from 0 to {last}, got {len(offsets) - 1} "
                                 f"steps from {offsets[0] if len(offsets) else None} to "
                                 f"{offsets[-1] if len(offsets) else None}")
        if N and not (0 <= self.paint.min() and self.paint.max() <= max(Paint)):
            raise ValueError(f"Paths: paint spans {self.paint.min()} to {self.paint.max()}, want 0 to {max(Paint):d}")
        if self.gradient.shape != (N,) or N and not (0 <= self.gradient.min() and self.gradient.max() <= max(Gradient)):
            raise ValueError(f"Paths: gradient is {self.gradient.tolist()[:5]} ..., want {N} of 0 to {max(Gradient):d}")

    def __len__(self) -> int:
        """N."""
        return len(self.paint)


@dataclass(frozen=True)
class Drawing:
    """What a finished vector scene hands to an exporter: plain numpy arrays.

    Attributes:
        paths: of N paths.
        points: [P, 2] float32, the drawing's units.
        colors: [N, 4] float32: straight sRGB and opacity, in [0, 1]; of a path with a gradient only the opacity counts, and
            multiplies that of the stops.
        widths: [N] float32 of the strokes, the drawing's units; means nothing for a filled path.
        size: (width, height) of the canvas, the drawing's units: the viewBox is 0 0 width height.
        background: (r, g, b) in [0, 1] below all paths, or None: transparent.
        layers: [N] int32, never falling: paths of one number are one group of the file; empty means one group for all.
        title: what it shows, in words, for programs and for those who do not see it; "" = not said.
        frames: [N, 2, 3] float32, the columns u, v, o of each path's gradient, the drawing's units; empty where no path
            has one.
        stops: [N, K, 5] float32: t, never falling, then straight sRGB and opacity in [0, 1]; empty likewise.
    """

    paths: Paths
    points: np.ndarray
    colors: np.ndarray
    widths: np.ndarray
    size: tuple[float, float]
    background: tuple[float, float, float] | None = None
    layers: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    title: str = ""
    frames: np.ndarray = field(default_factory=lambda: np.zeros((0, 2, 3), np.float32))
    stops: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 5), np.float32))


def chains(counts: list[int], closed: bool, paint: Paint) -> Paths:
    """N paths of one subpath each, ``counts[n]`` cubics end to end, their points one after the other without gaps.

    A closed chain of c cubics has 3 c points (joint, handle, handle, joint, ...), an open one 3 c + 1.
    """
    segments, first = [], 0
    for c in counts:
        length = 3 * c + (not closed)
        segments.append(first + (3 * np.arange(c)[:, None] + np.arange(4)) % (length if closed else length + 1))
        first += length
    N = len(counts)
    return Paths(np.concatenate(segments or [np.zeros((0, 4), np.int64)]), np.cumsum([0, *counts]), np.arange(N + 1),
                 np.full(N, paint, np.int8), np.full(N, closed))


def join(parts: list[Paths], points: list[int]) -> Paths:
    """The paths of all ``parts`` in order, the first at the bottom; ``points[i]`` is how many points part i has."""
    shift = np.cumsum([0, *points])
    return Paths(np.concatenate([part.segments + at for part, at in zip(parts, shift, strict=False)]),
                 _chain_offsets([part.subpaths for part in parts]), _chain_offsets([part.paths for part in parts]),
                 np.concatenate([part.paint for part in parts]), np.concatenate([part.closed for part in parts]),
                 np.concatenate([part.gradient for part in parts]))


def only(paths: Paths, keep: np.ndarray) -> Paths:
    """The paths where ``keep`` [N] bool, in their order; the points stay as they are."""
    subpaths = np.repeat(keep, np.diff(paths.paths))
    segments = np.repeat(subpaths, np.diff(paths.subpaths))
    return Paths(paths.segments[segments], _offsets(np.diff(paths.subpaths)[subpaths]),
                 _offsets(np.diff(paths.paths)[keep]), paths.paint[keep], paths.closed[subpaths],
                 paths.gradient[keep])


def _offsets(counts: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(counts)])


def _chain_offsets(offsets: list[np.ndarray]) -> np.ndarray:
    return np.cumsum(np.concatenate([[0], *(np.diff(each) for each in offsets)]))


def fit(canvas: tuple[float, float], size: tuple[int, int]) -> Tensor:
    """[1, 2, 3] the view that stretches a ``canvas`` (width, height) over an image of ``size`` (H, W) pixels."""
    (width, height), (H, W) = canvas, size
    return torch.tensor([[[W / width, 0, 0], [0, H / height, 0]]])


def look(points: Tensor, widths: Tensor, view: Tensor) -> tuple[Tensor, Tensor]:
    """Pixels [B, P, 2] of points [P, 2] or [B, P, 2] and widths [B, N] of [N] or [B, N], under affine views [B, 2, 3].

    A width grows with the root of the area, so a view that shears or stretches unevenly leaves lines evenly thick.
    Differentiable in all three.
    """
    linear, shift = view[..., :2], view[..., 2]
    return points @ linear.mT + shift[:, None], widths * torch.linalg.det(linear).abs().sqrt()[:, None]


def look_at_frames(frames: Tensor, view: Tensor) -> Tensor:
    """Pixels [B, N, 2, 3] of the frames [N, 2, 3] of gradients under affine views [B, 2, 3]; differentiable in both."""
    moved = view[:, None, :, :2] @ frames
    return torch.cat([moved[..., :2], moved[..., 2:] + view[:, None, :, 2:]], -1)
