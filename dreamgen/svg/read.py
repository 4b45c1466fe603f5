"""A drawing out of any SVG file whose paths can be read, and a list of what could not be kept.

Kept are paths and basic shapes under transforms, groups and ``use``, with fills and strokes of one color or a gradient
(gradients.py); top-level groups are the layers. A group's opacity becomes its members', a sharp join a round one; text, images,
scripts, clips, masks, filters, patterns, markers, dashes and animations are left out. All that is counted. Nothing is
executed or fetched, and what is drawn is bounded however often ``use`` repeats it.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from renderers.drawing import Drawing, Paint

from ..errors import ConfigError
from . import elements, gradients, viewports
from .curves import of_shapes
from .grammar import color, length, matrix, numbers
from .path_data import most_segments
from .shapes import Ramp, Shape, Subpath, has_corner
from .style import INITIAL, Sheet
from .xml import Node, parse

MAX_PATHS = 200_000
MAX_SEGMENTS = 1_000_000
MAX_WORK = 400_000                  # elements, each time that they are drawn, and their longer attributes
MAX_DEPTH = 300                     # of elements in each other, ``use`` included
SIDES = (1e-3, 1e6)                 # of a canvas, user units
GROUPS = ("g", "a", "svg", "switch", "use")
SILENT = ("defs", "symbol", "title", "desc", "metadata", "style", "clipPath", "mask", "filter", "pattern", "marker",
          *gradients.TAGS)              # they draw nothing by themselves
WORDS = {"text": "texts", "image": "images", "script": "scripts", "animate": "animations", "set": "animations",
         "animateTransform": "animations", "animateMotion": "animations"}
UNKEPT = {"clip-path": "clips", "mask": "masks", "filter": "filters", "mix-blend-mode": "blend modes",
          "transform-origin": "transform origins", "vector-effect": "vector effects"}
UNKEPT_OF_SHAPES = {"stroke-dasharray": "dashes", "marker-start": "markers", "marker-mid": "markers",
                    "marker-end": "markers"}            # these are inherited
RELATIVE = re.compile(r"\s*[-+.\de]*\d\.?(em|ex|ch)\s*")
PLAIN = ("none", "normal", "")
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])[[0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0]]       # as lines
CAPS = {"round": Paint.ROUND, "square": Paint.SQUARE}


@dataclass(frozen=True)
class Reading:
    """A drawing, what of its file could not be kept (how often, by what it is), and the size that the file has on a page.

    Attributes:
        sizes: ``width``, ``height``, ``preserveAspectRatio`` of the root, those that are given, as they are given.
    """

    drawing: Drawing
    left_out: dict[str, int]
    sizes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """What an element inherits: its parent's properties, transform and opacity, and the elements it stands in."""

    style: dict[str, str]
    at: np.ndarray                      # [3, 3] to the canvas
    opacity: float
    view: tuple[float, float]           # width and height of the nearest viewport, in its own units
    within: tuple[int, ...] = ()        # id() of the nodes that led here

    def inside(self, node: Node, style: dict[str, str], at: np.ndarray) -> "Place":
        return replace(self, style=style, at=at, opacity=self.opacity * share(style.get("opacity", "1")),
                       within=(*self.within, id(node)))


def read(data: bytes, where: str) -> Reading:
    """The drawing in an SVG file's bytes; ``where`` begins the sentence of an error.

    Raises:
        ConfigError: no SVG, broken XML, entities, no usable canvas, or more than the limits here and in xml.py.
    """
    root = parse(data, where)
    if root.tag != "svg":
        raise ConfigError(f"{where}:{root.line}: not SVG: the first element is <{root.tag[:60]}>")
    with np.errstate(over="ignore", invalid="ignore"):  # what becomes infinite is left out by ``clean``
        return _Reader(root, where).read()


class _Reader:
    def __init__(self, root: Node, where: str):
        self.root, self.where = root, where
        self.shapes: list[Shape] = []
        self.left_out: Counter = Counter()
        self.ids: dict[str, Node] = {}
        self.outlines: dict[tuple, tuple[list[Subpath], bool]] = {}
        self.work = self.segments = self.layer = 0
        self.background: tuple[float, float, float] | None = None
        css, waiting, relative, fonts, current = [], [root], 0, 0, False
        while waiting:
            node = waiting.pop()
            waiting += reversed(node.children)          # so that they come in the document's order
            self.ids.setdefault(node.attributes.get("id", ""), node)
            css += node.text if node.tag == "style" else []
            relative += node.tag in elements.TAGS and any(map(RELATIVE.fullmatch, node.attributes.values()))
            current |= node.tag == "stop" and any("currentcolor" in value.lower() for value in node.attributes.values())
            fonts += "font-size" in node.attributes or "font" in node.attributes.get("style", "")
            self.left_out["scripts"] += any(name.startswith("on") for name in node.attributes)
        self.left_out["lengths in em, as of 16 units"] += relative if fonts or "font" in "".join(css) else 0
        self.sheet = Sheet(["".join(css)], self.left_out)
        if current or "currentcolor" in "".join(css).lower():
            gradients.hand_down(root, Sheet(["".join(css)], Counter()))

    def read(self) -> Reading:
        x, y, *self.canvas = self.view_box()
        origin = Place(INITIAL, np.eye(3), 1.0, (self.canvas[0], self.canvas[1]))
        style = self.sheet.style(self.root, INITIAL)
        own = matrix(style.get("transform", ""))
        self.left_out["elements with a broken transform"] += own is None
        self.count(style, UNKEPT)
        at = (np.eye(3) if own is None else own) @ np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1]], np.float64)
        place = origin.inside(self.root, style, at)
        ground = color(style.get("background-color", style.get("background", "none")))
        self.background = ground[:3] if ground and ground[3] == 1 else None
        self.left_out["half transparent backgrounds"] += bool(ground and 0 < ground[3] < 1)
        loose = False                                   # loose shapes that follow each other are one layer
        for child in self.root.children if style.get("display") != "none" else ():
            self.layer += not (loose and child.tag in elements.TAGS)
            loose = child.tag in elements.TAGS
            self.visit(child, place)
        self.left_out["group opacities"] += share(style.get("opacity", "1")) < 1 and len(self.shapes) > 1
        drawing = of_shapes(self.shapes).drawing(tuple(self.canvas), self.background)
        return Reading(replace(drawing, title=title(self.root)),
                       {what: n for what, n in sorted(self.left_out.items()) if n},
                       {name: self.root.attributes[name] for name in viewports.SIZES if name in self.root.attributes})

    def view_box(self) -> list[float]:
        given, at = self.root.attributes, f"{self.where}:{self.root.line}"
        box = numbers(given.get("viewBox", ""))
        if len(box) != 4:
            sides = [length(given.get(name, ""), 0) for name in ("width", "height")]
            if "viewBox" in given or not all(sides):
                names = [name for name in ("viewBox", "width", "height") if name in given]
                written = ", ".join(f"{name}={given[name][:40]!r}" for name in names) or "neither"
                raise ConfigError(f"{at}: the canvas has no size: need a viewBox of four numbers, or a width and a "
                                  f"height that are no percentages, got {written}")
            box = [0.0, 0.0, *sides]
        if not SIDES[0] <= min(box[2:]) <= max(box[2:]) <= SIDES[1] or max(map(abs, box)) > 1e9:
            raise ConfigError(f"{at}: the canvas is {box[2]:g} x {box[3]:g} from {box[0]:g}, {box[1]:g}; need sides "
                              f"from {SIDES[0]:g} to {SIDES[1]:g}")
        return box

    def visit(self, node: Node, place: Place) -> None:
        """Add what ``node`` draws at ``place``."""
        self.spend(node, place)
        if node.tag not in GROUPS and node.tag not in elements.TAGS:
            if node.tag not in SILENT and not node.tag.startswith("{"):         # those of other programs draw nothing
                self.left_out[WORDS.get(node.tag, f"<{node.tag[:40]}>")] += 1
            return
        style = self.sheet.style(node, place.style)
        own = matrix(style.get("transform", ""))
        if style.get("display") == "none":
            return
        if own is None:
            self.left_out["elements with a broken transform"] += 1
            return
        self.count(style, UNKEPT)
        inner = place.inside(node, style, place.at @ own)
        if node.tag in elements.TAGS:
            self.shape(node, inner)
            return
        before = len(self.shapes)
        view = viewports.inside(node, place.view) if node.tag == "svg" else place.view
        for child, shift in self.members(node, place):
            self.visit(child, Place(style, inner.at @ shift, inner.opacity, view, inner.within))
        self.left_out["group opacities"] += share(style.get("opacity", "1")) < 1 and len(self.shapes) - before > 1
        if node.tag == "svg" and style.get("overflow", "hidden") not in ("visible", "auto"):
            self.left_out["clips of inner viewports"] += viewports.cuts(node, place.view, inner.at, self.shapes[before:])

    def spend(self, node: Node, place: Place) -> None:
        self.work += 1 + sum(len(node.attributes.get(name, "")) for name in ("style", "class", "transform")) // 16
        at = f"{self.where}:{node.line}"
        if self.work > MAX_WORK or len(self.shapes) > MAX_PATHS or self.segments > MAX_SEGMENTS:
            raise ConfigError(f"{at}: draws too much: at most {MAX_PATHS:,} paths of {MAX_SEGMENTS:,} curves in "
                              f"{MAX_WORK:,} elements are read, each as often as `use` repeats it")
        if len(place.within) > MAX_DEPTH:
            raise ConfigError(f"{at}: elements stand in each other {MAX_DEPTH} deep, `use` included; no deeper is read")

    def count(self, style: dict[str, str], words: dict[str, str]) -> None:
        self.left_out.update(word for name, word in words.items() if style.get(name, "none") not in PLAIN)

    def members(self, node: Node, place: Place) -> list[tuple[Node, np.ndarray]]:
        """What a group or a ``use`` draws, and where."""
        if node.tag == "switch":
            plain = [child for child in node.children if "requiredExtensions" not in child.attributes]
            return [(child, np.eye(3)) for child in plain[:1]]
        if node.tag == "use":
            link = node.attributes.get("href", "")
            target = self.ids.get(link[1:]) if link[:1] == "#" and len(link) > 1 else None
            if target is None or {id(target), id(node)} & {*place.within}:
                self.left_out["links that lead nowhere, to other files or in a circle"] += 1
                return []
            shift = np.eye(3)
            shift[:2, 2] = [length(node.attributes.get(key, "0"), side) or 0 for key, side in zip("xy", place.view, strict=True)]
            if target.tag in ("svg", "symbol"):         # the use says how large
                sizes = {key: node.attributes[key] for key in ("width", "height") if key in node.attributes}
                target = Node("svg", target.attributes | sizes, target.line, children=target.children)
            return [(target, shift)]
        return [(child, viewports.frame(node, place.view) if node.tag == "svg" else np.eye(3)) for child in node.children]

    def shape(self, node: Node, place: Place) -> None:
        key = id(node), place.view if node.tag in elements.SIZED else None
        style, known = place.style, self.outlines.get(key)
        if known is None:
            data = node.attributes.get("d", "")         # before it costs its memory; a cubic is two characters at least
            if self.segments + len(data) // 2 > MAX_SEGMENTS and self.segments + most_segments(data) > MAX_SEGMENTS:
                self.segments = MAX_SEGMENTS + 1
                self.spend(node, place)
            known = self.outlines[key] = elements.outline(node, place.view)
        outline, sound = known
        self.left_out["broken path data, drawn up to the break"] += not sound
        if not outline or style["visibility"] != "visible":
            return
        self.count(style, UNKEPT_OF_SHAPES)
        moved = [Subpath(each.points @ place.at[:2, :2].T + place.at[:2, 2], each.closed) for each in outline]
        self.segments += sum(len(each.points) // 3 for each in moved)
        (fill, graded), (stroke, ramp) = (self.color(style, kind, place, outline) for kind in ("fill", "stroke"))
        if fill and not graded and not stroke and not self.shapes and self.is_background(node, moved[0].points, fill):
            self.background = fill[:3]
            return
        first = len(self.shapes)
        if fill:
            paint = Paint.EVENODD if style["fill-rule"] == "evenodd" else Paint.NONZERO
            self.shapes.append(Shape(paint, fill, 0.0, [Subpath(each.points, True) for each in moved], self.layer, graded))
        if stroke:
            stretch = np.linalg.svd(place.at[:2, :2], compute_uv=False)
            self.line(place, stroke, sqrt(stretch.prod()), moved, outline, ramp)
            sharp = style["stroke-linejoin"] != "round" and any(map(has_corner, moved))
            self.left_out["sharp joins, now round"] += sharp
            self.left_out["uneven line widths, now even"] += stretch[0] > 1.01 * stretch[1]
        if fill and stroke and style["paint-order"].startswith(("stroke", "markers stroke")):
            self.shapes[first:] = [*self.shapes[first + 1:], self.shapes[first]]
        self.left_out["group opacities"] += bool(fill and stroke) and share(style.get("opacity", "1")) < 1

    def line(self, place: Place, color: tuple[float, ...], stretch: float, moved: list[Subpath],
             outline: list[Subpath], ramp: Ramp | None) -> None:
        """Add a line, ``stretch`` times as wide as its style says; of its dots, those with square caps as squares, which the
        painter of lines does not draw."""
        width = length(place.style["stroke-width"], elements.diagonal(place.view))
        width = 1.0 if width is None else max(width, 0.0)
        cap = CAPS.get(place.style["stroke-linecap"], Paint.BUTT)
        dots = [cap == Paint.SQUARE and not np.ptp(each.points, axis=0).any() for each in outline]
        if lines := [each for each, dot in zip(moved, dots, strict=True) if not dot]:
            self.shapes.append(Shape(cap, color, width * stretch, lines, self.layer, ramp))
        for each in (each for each, dot in zip(outline, dots, strict=True) if dot):
            corners = (each.points[0] + width / 2 * CORNERS) @ place.at[:2, :2].T + place.at[:2, 2]
            self.shapes.append(Shape(Paint.NONZERO, color, 0.0, [Subpath(corners, True)], self.layer, ramp))

    def color(self, style: dict[str, str], kind: str, place: Place,
              outline: list[Subpath]) -> tuple[tuple[float, float, float, float] | None, Ramp | None]:
        """What ``kind``, fill or stroke, is painted with; (None, None) for nothing."""
        value, found, ramp = style[kind], None, None
        if value.startswith("url("):
            link, _, value = value[4:].partition(")")
            node = self.ids.get(link.strip(" '\"").removeprefix("#"))
            if node is not None and node.tag in gradients.TAGS:
                found, ramp = gradients.read(node, self.ids, self.sheet, outline, place.at, place.view, self.left_out)
            else:
                self.left_out["patterns"] += 1
            value = value.strip().lower() or "none"
        if found is None and value != "none":
            found = color(style["color"] if value == "currentcolor" else value)
        return found and (*found[:3], found[3] * share(style[f"{kind}-opacity"]) * place.opacity), ramp

    def is_background(self, node: Node, points: np.ndarray, fill: tuple[float, ...]) -> bool:
        """Whether a shape under all others is one opaque color for the whole canvas."""
        corners = len(points) == 13 and all(len(np.unique(points[:, axis])) == 2 for axis in (0, 1))
        near = 1e-6 * max(self.canvas)
        return node.tag == "rect" and corners and fill[3] == 1 and self.background is None and \
            bool((points.min(0) <= near).all() and (points.max(0) >= np.array(self.canvas) - near).all())


def title(root: Node) -> str:
    """The document's own <title>, its spaces one each; "" without one."""
    return next((" ".join("".join(child.text).split()) for child in root.children if child.tag == "title"), "")


def share(text: str) -> float:
    """A number or a percentage, clipped to [0, 1]; what is neither is 1, as what is not said."""
    value = length(text, 1)
    return 1.0 if value is None else min(max(value, 0.0), 1.0)
