r"""Viewports: how an inner ``svg`` or a symbol is fitted in where it stands, what it cuts off, and the size of the file.

    x' = sx (x - box_x) + left,    sx = width / box_width, sy likewise;  meet: both the smaller, slice: both the larger

Source: SVG 2, chapter 8.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

import numpy as np

from .grammar import length, numbers
from .shapes import Shape
from .xml import Node

SIZES = ("width", "height", "preserveAspectRatio")
REST = {"n": 0.0, "x": 1.0}         # of the room that is left over, by the last letters of xMin, xMax, YMin, YMax; else half
SLACK = 1e-3                        # of the viewport, that may stand out


def place(node: Node, view: Sequence[float]) -> tuple[float, float, float, float]:
    """x, y, width, height of an inner ``svg`` in its parent's units; ``view``: width and height of the viewport around it."""
    x, y, width, height = (length(node.attributes.get(name, ""), whole)
                           for name, whole in zip(("x", "y", "width", "height"), (*view, *view), strict=True))
    return x or 0.0, y or 0.0, width or view[0], height or view[1]


def inside(node: Node, view: Sequence[float]) -> tuple[float, float]:
    """Width and height of an inner ``svg`` in its own units, of which percentages in it are."""
    box = numbers(node.attributes.get("viewBox", ""))
    return (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else place(node, view)[2:]


def frame(node: Node, view: Sequence[float]) -> np.ndarray:
    """[3, 3] from the viewBox of an inner ``svg`` to where it stands."""
    x, y, width, height = place(node, view)
    box = numbers(node.attributes.get("viewBox", ""))
    if len(box) != 4 or not min(box[2:]) > 0:
        return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)
    align, _, fit = node.attributes.get("preserveAspectRatio", "").strip().partition(" ")
    sx, sy, across, down = width / box[2], height / box[3], 0.0, 0.0
    if align != "none":
        sx = sy = max(sx, sy) if fit.strip() == "slice" else min(sx, sy)
        across, down = (REST.get(align[at:at + 1], 0.5) for at in (3, 7))
    left, top = x + (width - sx * box[2]) * across, y + (height - sy * box[3]) * down
    return np.array([[sx, 0, left - sx * box[0]], [0, sy, top - sy * box[1]], [0, 0, 1]], np.float64)


def cuts(node: Node, view: Sequence[float], at: np.ndarray, shapes: list[Shape]) -> bool:
    """Whether an inner ``svg``, in a parent that stands at ``at`` [3, 3], would cut something off ``shapes``."""
    points = [part.points for shape in shapes for part in shape.subpaths]
    if not points or abs(np.linalg.det(at[:2, :2])) < 1e-12:
        return False
    x, y, width, height = place(node, view)
    points = (np.concatenate(points) - at[:2, 2]) @ np.linalg.inv(at[:2, :2]).T
    out = np.maximum(np.array([x, y]) - points, points - [x + width, y + height])
    return bool((out > SLACK * max(width, height)).any())


def sized(data: bytes, sizes: dict[str, str]) -> bytes:
    """A file of ours with the ``sizes`` of the one that was read, so that it takes the same place on a page."""
    head, end, rest = data.partition(b">")
    head = re.sub(rb' (width|height)="[^"]*"', b"", head)
    written = "".join(f" {name}={quoteattr(value)}" for name, value in sorted(sizes.items()))
    return head + written.encode() + end + rest
