"""Which values a property may have: what it cannot be, CSS reads past as if it had not been said.

Source: SVG 2, chapters 11 and 13; CSS Color 4; CSS Cascade 4, section 7.3.
"""

import re
from collections.abc import Callable

from .grammar import color, length, matrix
from .path_data import NUMBER

GLOBAL = ("inherit", "initial", "unset", "revert")              # each property may be these
COLORS = ("fill", "stroke", "color", "stop-color")
URL = re.compile(r"url\([^)]*\)(.*)", re.DOTALL)
SHARE = re.compile(rf"{NUMBER}\s*%?")


def value_of(name: str, text: str) -> str | None:
    """``text`` as the property ``name`` has it, words in lower case; None for what it cannot be.

    What is only counted, and ``display``, may be anything.
    """
    text = text.strip()
    value = text if "(" in text else text.lower()               # an id has its own case, and stands in url()
    check = CHECKS.get(name)
    return value if check is None or value in GLOBAL or check(value) else None


def one_of(*words: str) -> Callable[[str], bool]:
    return words.__contains__


def is_color(value: str) -> bool:
    return color(value) is not None


def is_color_of_stop(value: str) -> bool:
    return value == "currentcolor" or is_color(value)


def is_paint(value: str) -> bool:
    link = URL.fullmatch(value)
    value = link[1].strip().lower() or "none" if link else value
    return value == "none" or is_color_of_stop(value)


def is_share(value: str) -> bool:
    return SHARE.fullmatch(value) is not None


def is_width(value: str) -> bool:
    size = length(value, 1)
    return size is not None and size >= 0


def are_dashes(value: str) -> bool:
    return value == "none" or all(map(is_width, re.split(r"[\s,]+", value)))


def is_transform(value: str) -> bool:
    return matrix(value) is not None


CHECKS = {"fill": is_paint, "stroke": is_paint, "color": is_color, "stop-color": is_color_of_stop,
          **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), is_share),
          "fill-rule": one_of("nonzero", "evenodd"), "visibility": one_of("visible", "hidden", "collapse"),
          "stroke-width": is_width, "stroke-dasharray": are_dashes, "stroke-linecap": one_of("butt", "round", "square"),
          "stroke-linejoin": one_of("miter", "miter-clip", "round", "bevel", "arcs"), "transform": is_transform}
