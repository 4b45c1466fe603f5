r"""Filled paths by the winding rule that needs no word in a file: nonzero instead of evenodd, where both look the same.

    inside = crossings odd  (evenodd)   or   sum of signed crossings != 0  (nonzero)

They are the same where no subpath crosses itself or another and each hole runs against the subpath that it is in. So the
subpaths of a path are made to run in turns by their depth, and where the picture then shows a difference, as of a figure of
eight, the path stays evenodd.
"""

from dataclasses import replace

import numpy as np
import torch

from renderers.drawing import Drawing, Paint

from .curves import of_drawing, of_shapes
from .picture import painted, picture_size
from .shapes import Shape, Subpath
from .tracing.bezier import bernstein
from .tracing.outline import area

EDGE = 128                  # pixels of the pictures that are compared
SAME = 1e-3                 # that they may differ
STEPS = 8                   # points of a cubic


def nonzero(drawing: Drawing) -> Drawing:
    """``drawing``, its evenodd paths as nonzero ones where that changes nothing."""
    shapes = of_drawing(drawing).shapes()
    turned = [in_turns(shape) if shape.paint == Paint.EVENODD else shape for shape in shapes]
    kept = [new if new is old or same(old, new, drawing) else old for old, new in zip(shapes, turned, strict=True)]
    return replace(of_shapes(kept).drawing(drawing.size, drawing.background), title=drawing.title)


def same(one: Shape, two: Shape, drawing: Drawing) -> bool:
    seen = []
    for shape in (one, two):
        plain = replace(shape, ramp=None, color=(0.0, 0.0, 0.0, 1.0))
        alone = of_shapes([plain]).drawing(drawing.size, None)
        seen.append(painted(alone, picture_size(alone, EDGE)))
    return bool((torch.abs(seen[0] - seen[1]) < SAME).all())


def in_turns(shape: Shape) -> Shape:
    """``shape`` as nonzero, its subpaths of even depth turning one way and those of odd depth the other."""
    rings = [polygon(each) for each in shape.subpaths]
    depth = [sum(inside(ring[0], other) for other in rings if other is not ring) for ring in rings]
    subpaths = [each if (area(ring) > 0) == (level % 2 == 0) else Subpath(each.points[::-1], each.closed)
                for each, ring, level in zip(shape.subpaths, rings, depth, strict=True)]
    return replace(shape, paint=Paint.NONZERO, subpaths=subpaths)


def polygon(each: Subpath) -> np.ndarray:
    """[K, 2] points along it."""
    return (bernstein(np.arange(STEPS) / STEPS) @ each.cubics).reshape(-1, 2)


def inside(point: np.ndarray, ring: np.ndarray) -> bool:
    """Whether a ray from ``point`` to +x crosses the closed ``ring`` [K, 2] an odd number of times."""
    a, b = ring, np.roll(ring, -1, 0)
    over = (a[:, 1] > point[1]) != (b[:, 1] > point[1])
    rise = np.where(over, b[:, 1] - a[:, 1], 1)
    return bool((over & (point[0] < a[:, 0] + (point[1] - a[:, 1]) / rise * (b[:, 0] - a[:, 0]))).sum() % 2)
