"""The cascade: which properties an element ends up with.

    inherited  <  presentation attributes  <  rules of <style>, by *, tag, .class, #id  <  its own style
               <  important rules  <  what is important of its own style

In each of these, what a property cannot be is passed over. Rules with any other selector, and what stands in an
at-rule, are counted and left out. Source: SVG 2, chapter 6.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from .properties import COLORS, value_of
from .xml import Node

INITIAL = {"fill": "black", "fill-opacity": "1", "fill-rule": "nonzero", "stroke": "none", "stroke-opacity": "1",
           "stroke-width": "1", "stroke-linecap": "butt", "stroke-linejoin": "miter", "stroke-dasharray": "none",
           "color": "black", "visibility": "visible",
           "paint-order": "normal", "marker-start": "none", "marker-mid": "none", "marker-end": "none"}
OWN = ("opacity", "display", "clip-path", "mask", "filter", "mix-blend-mode", "transform", "transform-origin",
       "vector-effect", "overflow", "background", "background-color", "stop-color", "stop-opacity")   # these are not inherited
KNOWN = {*INITIAL, *OWN}
SIMPLE = re.compile(r"(\*)|([A-Za-z]+)|\.([\w-]+)|#([\w-]+)")
MAX_RULES = 10_000


class Sheet:
    """The rules of a document's ``<style>`` elements."""

    def __init__(self, texts: list[str], left_out: Counter):
        self.left_out = left_out
        self.rules: dict[str, dict[str, str]] = defaultdict(dict)       # "*", "path", ".red", "#sun" -> declarations
        self.important: dict[str, dict[str, str]] = defaultdict(dict)
        for selectors, body in islice(rules(without_comments("\n".join(texts))), MAX_RULES):
            normal, loud = (self.sound(declarations(body, important)) for important in (False, True))
            for selector in selectors.split(","):
                if SIMPLE.fullmatch(selector.strip()):
                    self.rules[selector.strip()] |= normal
                    self.important[selector.strip()] |= loud
                else:
                    left_out["style rules"] += 1

    def style(self, node: Node, parent: dict[str, str]) -> dict[str, str]:
        """The properties of ``node``, whose parent's are ``parent``; those of the root's parent are INITIAL."""
        given = self.sound((key, value) for key, value in node.attributes.items() if key in KNOWN)
        if "transform" in node.attributes:
            given["transform"] = node.attributes["transform"]       # a broken one leaves nothing to guess where
        names = ["*", node.tag, *(f".{name}" for name in node.attributes.get("class", "").split()[:50]),
                 f"#{node.attributes.get('id', '')}"]
        own = without_comments(node.attributes.get("style", ""))
        for important, rules in ((False, self.rules), (True, self.important)):
            for name in names if rules else ():
                given |= rules.get(name, {})
            given |= self.sound(declarations(own, important))
        found = {key: parent[key] for key in INITIAL if key in parent}
        of = {"inherit": parent, "initial": INITIAL, "unset": found, "revert": found}
        return found | {key: of[value].get(key, "") if value in of else value for key, value in given.items()}

    def sound(self, given: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Of (property, text) the values that their properties can have, the last of each."""
        found = {}
        for key, text in given:
            if (value := value_of(key, text)) is not None:
                found[key] = value
            elif key in COLORS:
                self.left_out["colors that are none"] += 1
        return found


def rules(text: str) -> Iterator[tuple[str, str]]:
    """The selectors of each rule and what it declares; an at-rule is one rule that declares nothing."""
    depth, before = 0, ""
    for piece in re.split(r"([{}])", text):
        if piece == "{":
            depth += 1
            if depth == 1 and before.startswith("@"):
                yield before, ""
        elif piece == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            before = piece.rpartition(";")[2].strip()           # behind an @import
        elif depth == 1 and not before.startswith("@"):
            yield before, piece


def without_comments(text: str) -> str:
    first, *rest = text.split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)


def declarations(text: str, important: bool) -> Iterator[tuple[str, str]]:
    """(property, text) of ``fill: red; opacity: .5``, those known here and those ``!important`` or those not."""
    for declaration in text.split(";"):
        key, colon, value = declaration.partition(":")
        value, loud, _ = value.partition("!")
        if colon and key.strip().lower() in KNOWN and bool(loud) == important:
            yield key.strip().lower(), value.strip()
