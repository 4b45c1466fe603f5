r"""An SVG file written shorter, with everything in it that can be seen: gradients, clips, masks, text and what else there is.

What is not understood is kept as it is. Left out is only what draws nothing: comments, metadata, what drawing programs
keep for themselves, ids and definitions that nothing refers to, empty groups; and, reported, what could do something:
scripts, handlers of events, foreign documents. Numbers are rounded to 1 / STEPS of the canvas where they are drawn, so an
element under a transform that enlarges it keeps more decimals, and all of them where it cannot be told by how much.
``shorten.py`` writes them.
"""

import re
from collections import Counter
from math import ceil, inf, log10
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from ..errors import ConfigError
from . import shorten, viewports
from .grammar import length, matrix, numbers
from .properties import value_of
from .style import OWN, without_comments
from .xml import Node, parse

STEPS = 2**15               # of a coordinate along the longer side, as in clean.py
ALL = 9                     # decimals, of a number that is not rounded
ROOM = 2                    # decimals more in what may be drawn anywhere, and larger: patterns, markers, clips
XML = "{http://www.w3.org/XML/1998/namespace}"
ACTIVE = {"script": "scripts", "foreignObject": "foreign documents"}
TEXT = ("text", "tspan", "textPath", "tref", "a", "title", "desc", "style")          # whose white space is content
ANYWHERE = ("defs", "pattern", "marker", "clipPath", "mask", "linearGradient", "radialGradient", "filter")
GEOMETRY = ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2")
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "image", "g", "svg")
PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
PRESENTATION = ("fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-linecap",
                "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "color", "visibility",
                "clip-rule", "marker-start", "marker-mid", "marker-end", "paint-order",
                *(name for name in OWN if not name.startswith(("transform", "mix-blend-mode", "background"))))
OF_TEXT = re.compile(r"-inkscape-.*|font.*|line-height|letter-spacing|word-spacing|text-.*|writing-mode|white-space|direction|"
                     r"unicode-bidi|dominant-baseline|baseline-shift|alignment-baseline|shape-.*inside|solid-.*")
IDLE = ("version", "baseProfile", "enable-background")                  # say nothing to a viewer of today
ENLARGES = re.compile(r"\b(?:transform|scale|zoom)\s*:([^;!}]*)")                   # in a style
DECLARATION = re.compile(r"(?:[^;(]|\([^()]*\)|\()+")             # a semicolon in url() ends none
REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)|^#(.+)$")


def tidy(data: bytes, where: str) -> tuple[bytes, dict[str, int]]:
    """The file anew, and what was left out that may have done something; the same bytes where nothing gets shorter.

    Raises:
        ConfigError: no SVG, broken XML, entities, more than the limits of xml.py.
    """
    root = parse(data, where)
    if root.tag != "svg":
        raise ConfigError(f"{where}:{root.line}: not SVG: the first element is <{root.tag[:60]}>")
    writer = _Writer(root)
    output = writer.write(root, writer.decimals, writer.scale, True).encode("utf-8")
    left_out = {what: n for what, n in sorted(writer.left_out.items()) if n}
    return (data if len(output) >= len(data) and not left_out else output), left_out


def growth(transform: np.ndarray) -> float:
    """By how much a transform [3, 3] lengthens at most."""
    return max(float(np.linalg.norm(transform[:2, :2], 2)), 1e-6)


class _Writer:
    def __init__(self, root: Node):
        self.root, self.left_out = root, Counter()
        box = numbers(root.attributes.get("viewBox", ""))
        sides = box[2:] if len(box) == 4 else [length(root.attributes.get(name, ""), 0) or 0 for name in ("width", "height")]
        self.sides = [max(side, 1e-3) for side in sides]
        self.decimals = min(max(ceil(log10(STEPS / max(self.sides))), 0), ALL - 1)
        every, waiting, self.largest = [], [(root, 1.0)], 1.0
        while waiting:
            node, scale = waiting.pop()
            every.append(node)
            scale *= self.enlargement(node)
            if "href" in node.attributes or any("url(" in value for value in node.attributes.values()):
                self.largest = max(self.largest, scale)             # where what it refers to is drawn
            waiting += [(child, scale) for child in node.children]
        self.styled = any(node.tag == "style" for node in every)
        relative = re.compile(r"\d\s*(em|rem|ex|ch)\b")
        self.has_text = any(node.tag == "text" for node in every) or any(relative.search(value) for node in every
            for value in node.attributes.values())     # or lengths that are of a text's size
        self.linked = any("href" in node.attributes for node in every)
        css = " ".join(text for node in every if node.tag == "style" for text in node.text)
        self.named = {name for name in re.findall(r"#([\w-]+)", css)}
        for node in every:
            self.named |= {(one or two).strip() for value in node.attributes.values() for one, two in REFERENCE.findall(value)}
            for name in ("aria-labelledby", "aria-describedby"):
                self.named |= {*node.attributes.get(name, "").split()}
            for name in ("begin", "end"):                               # of an animation: "button.click"
                self.named |= {*re.findall(r"([\w-]+)\.", node.attributes.get(name, ""))}
        unknown = ENLARGES.search(without_comments(css)) or any(node.tag == "animateTransform" for node in every)
        self.scale = inf if unknown else 1.0

    def enlargement(self, node: Node) -> float:
        """By how much an element lengthens what is in it at most; infinite where it cannot be told."""
        own = [node.attributes[name] for name in ("transform",) if name in node.attributes]
        said = ENLARGES.findall(without_comments(node.attributes.get("style", ""))) or own
        by = max((inf if each is None else growth(each) for each in map(matrix, said)), default=1.0)
        if node.tag in ("svg", "symbol") and node is not self.root:
            by *= growth(viewports.frame(node, self.sides))
        return by * max(self.sides) if "objectBoundingBox" in node.attributes.values() else by

    def write(self, node: Node, decimals: int, scale: float, top: bool = False) -> str:
        """The text of an element and what is in it; "" where it draws nothing."""
        if node.tag in ACTIVE:
            self.left_out[ACTIVE[node.tag]] += 1
            return ""
        if node.tag.startswith("{") or node.tag == "metadata" or node.tag == "defs" and not self.used(node):
            return ""
        if node.attributes.get("id") in self.named:                 # also drawn elsewhere, and perhaps larger
            scale = max(scale, self.largest)
        scale *= self.enlargement(node)
        here = min(max(decimals + ceil(log10(min(max(scale, 1e-6), 10**ALL))), 0), ALL)
        inner = decimals + ROOM if node.tag in ANYWHERE else decimals
        plain = node.tag not in TEXT
        content = "".join(self.write(part, inner, scale) if isinstance(part, Node) else self.text(node, part)
                          for part in node.content if self.needed(node, part, plain))
        given = self.attributes(node, here + (ROOM if node.tag in ANYWHERE else 0), top)
        if not content and self.idle(node, given):
            return ""
        if node.tag == "g" and not given and not self.styled:       # a rule may count on what stands in what
            return content
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in given.items())
        return f"<{node.tag}{attributes}>{content}</{node.tag}>" if content else f"<{node.tag}{attributes}/>"

    def needed(self, node: Node, part: "Node | str", plain: bool) -> bool:
        """Whether a part of an element can matter: white space in text, of definitions those that are used."""
        if isinstance(part, str):
            return not plain or bool(part.strip())
        return node.tag != "defs" or part.tag in ("style", "script") or self.used(part)

    def used(self, node: Node) -> bool:
        """Whether something refers to an element or to one in it; a style sheet or script in it counts."""
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one.attributes.get("id") in self.named or one.tag in ("style", "script"):
                return True
            waiting += one.children
        return False

    def text(self, node: Node, part: str) -> str:
        if node.tag == "style":
            part = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", part, flags=re.DOTALL)).strip()
            part = re.sub(r"\s*([{};,])\s*", r"\1", part)
        return escape(part)

    def idle(self, node: Node, given: dict[str, str]) -> bool:
        """Whether an element with nothing in it draws nothing, whatever refers to it."""
        return node.tag in ("defs", "g", "title", "desc", "style") and not {"id", "filter"} & given.keys()

    def attributes(self, node: Node, decimals: int, top: bool) -> dict[str, str]:
        given = {"xmlns": "http://www.w3.org/2000/svg"} if top else {}
        if top and self.linked:
            given["xmlns:xlink"] = "http://www.w3.org/1999/xlink"
        for name, value in self.separated(node).items():
            if name.startswith("on"):
                self.left_out["handlers of events"] += 1
            elif name == "href" and value.strip().lower().startswith("javascript:"):
                self.left_out["scripts"] += 1
            elif name in IDLE or name == "id" and value not in self.named or name == "class" and not self.styled:
                continue
            elif not self.has_text and name != "style" and OF_TEXT.fullmatch(name):
                continue
            else:
                given["xlink:href" if name == "href" else name] = self.value(node.tag, name, value, decimals)
        given |= {f"xml:{name.removeprefix(XML)}": value for name, value in node.foreign.items() if name.startswith(XML)
                  and (name != f"{XML}space" or self.has_text)}
        return given

    def separated(self, node: Node) -> dict[str, str]:
        """The attributes, with what ``style`` says among them where no rule of a style sheet could come between."""
        given = dict(node.attributes)
        if self.styled or "style" not in given:
            return given
        rest = []
        for declaration in DECLARATION.findall(without_comments(given.pop("style"))):
            name, colon, value = (part.strip() for part in declaration.partition(":"))
            if not colon or not self.has_text and OF_TEXT.fullmatch(name):
                continue
            plain = "!" not in value and "(" not in value.replace("url(", "").replace("rgb", "")
            if plain and name in PRESENTATION and value_of(name, value) is not None:
                given[name] = value
            else:
                rest.append(f"{name}:{value}")
        return given | ({"style": ";".join(rest)} if rest else {})

    def value(self, tag: str, name: str, value: str, decimals: int) -> str:
        if tag == "path" and name == "d":
            return shorten.path_data(value, decimals)
        if name == "points" and tag in ("polyline", "polygon"):
            return shorten.list_of_numbers(value, decimals)
        if name in PAINTS:
            return shorten.paint(value)
        inherited = name == "stroke-width"                          # by what may be drawn larger
        if (inherited or name in GEOMETRY and tag in SHAPES) and re.fullmatch(r"-?\d*\.?\d+(px)?", value.strip()):
            return shorten.number(float(value.strip().removesuffix("px")), ALL if inherited else decimals)
        return " ".join(value.split()) if name in ("transform", "viewBox", "style") else value

