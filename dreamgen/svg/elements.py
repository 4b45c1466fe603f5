"""SVG's basic shapes as the path data that SVG 2, chapter 10, says they are; percentages are of the nearest viewport."""

from math import sqrt

from .grammar import length, numbers
from .path_data import subpaths
from .shapes import Subpath
from .xml import Node

SIZED = ("rect", "circle", "ellipse", "line")               # what may have percentages
TAGS = ("path", *SIZED, "polyline", "polygon")


def outline(node: Node, view: tuple[float, float]) -> tuple[list[Subpath], bool]:
    """The curves of ``node``, whose tag is one of TAGS, in its own units, and whether it said them soundly."""
    if node.tag == "path":
        return subpaths(node.attributes.get("d", ""))
    if node.tag in ("polyline", "polygon"):
        given = numbers(node.attributes.get("points", ""))
        pairs = list(zip(given[::2], given[1::2], strict=False))
        data = "M" + "L".join(f"{x!r} {y!r}" for x, y in pairs) + ("Z" if node.tag == "polygon" else "")
        return subpaths(data if pairs else "")[0], len(given) % 2 == 0
    sizes = _Sizes(node, view)
    data = {"rect": _rect, "circle": _ellipse, "ellipse": _ellipse, "line": _line}[node.tag](sizes)
    return subpaths(data)[0], sizes.sound


def diagonal(view: tuple[float, float]) -> float:
    """What percentages of lengths along neither axis are of."""
    return sqrt((view[0]**2 + view[1]**2) / 2)


class _Sizes:
    """The lengths of a shape's attributes."""

    def __init__(self, node: Node, view: tuple[float, float]):
        width, height = view
        self.attributes, self.sound = node.attributes, True
        self.whole = {"x": width, "y": height, "r": diagonal(view)}

    def __call__(self, name: str, axis: str, otherwise: float | None = 0.0) -> float | None:
        given = self.attributes.get(name, "auto")
        if given == "auto":
            return otherwise
        value = length(given, self.whole[axis])
        self.sound &= value is not None
        return otherwise if value is None else value


def _rect(size: _Sizes) -> str:
    x, y, w, h = size("x", "x"), size("y", "y"), size("width", "x"), size("height", "y")
    rx, ry = size("rx", "x", None), size("ry", "y", None)
    rx, ry = (rx if rx is not None else ry or 0.0), (ry if ry is not None else rx or 0.0)
    rx, ry = min(max(rx, 0), w / 2), min(max(ry, 0), h / 2)
    if not (w > 0 and h > 0):
        return ""
    right, bottom = x + w, y + h
    if not (rx and ry):
        return f"M{x!r} {y!r}H{right!r}V{bottom!r}H{x!r}Z"
    corner = f"A{rx!r} {ry!r} 0 0 1 "
    return (f"M{x + rx!r} {y!r}H{right - rx!r}{corner}{right!r} {y + ry!r}V{bottom - ry!r}"
            f"{corner}{right - rx!r} {bottom!r}H{x + rx!r}{corner}{x!r} {bottom - ry!r}"
            f"V{y + ry!r}{corner}{x + rx!r} {y!r}Z")


def _ellipse(size: _Sizes) -> str:
    x, y, r = size("cx", "x"), size("cy", "y"), size("r", "r", None)
    rx, ry = (r, r) if r is not None else (size("rx", "x", None), size("ry", "y", None))
    rx, ry = (rx if rx is not None else ry or 0.0), (ry if ry is not None else rx or 0.0)
    if not (rx > 0 and ry > 0):
        return ""
    half = f"A{rx!r} {ry!r} 0 0 1 "
    return f"M{x + rx!r} {y!r}{half}{x - rx!r} {y!r}{half}{x + rx!r} {y!r}Z"


def _line(size: _Sizes) -> str:
    return f"M{size('x1', 'x')!r} {size('y1', 'y')!r}L{size('x2', 'x')!r} {size('y2', 'y')!r}"
