"""The little languages inside SVG's attributes, but for path data: transforms, lengths, colors.

What a text means is a value or None, never a guess: the caller counts what it had to leave out. Every pattern matches a
text in one way only, so that none can be made to search. Source: SVG 2, chapters 7 and 8; CSS Color 4, section 4.
"""

import re
from colorsys import hls_to_rgb
from math import isfinite, pi

import numpy as np

from ..io.images import named_color
from .path_data import NUMBER, NUMBERS

FUNCTION = re.compile(r"[\s,]*([A-Za-z]+)\s*\(([^()]*)\)")
LENGTH = re.compile(rf"({NUMBER})\s*([a-zA-Z%]*)")
JOINED = re.compile(rf"(?!(?<=\d)\d)({NUMBER})(?=[-+.])")          # a number that another follows at once; tried once a number
UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "q": 96 / 101.6, "in": 96,
         "em": 16, "rem": 16, "ex": 8, "ch": 8}                 # CSS pixels; text at the size it has by default
ANGLES = {"deg": 1, "grad": 0.9, "rad": 180 / pi, "turn": 360}          # degrees
HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
COLOR_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")


def matrix(text: str) -> np.ndarray | None:
    """[3, 3] of a transform list, the first the outermost; None where it is broken or not finite."""
    whole, at = np.eye(3), 0
    text = text.strip()
    if text in ("", "none"):
        return whole
    while at < len(text):
        found = FUNCTION.match(text, at)
        given = arguments(found[1], found[2]) if found else None
        factor = None if given is None else _function(found[1], given)
        if factor is None:
            return None
        with np.errstate(all="ignore"):
            whole, at = whole @ factor, found.end()
    return whole if np.isfinite(whole).all() else None


def arguments(name: str, text: str) -> list[float] | None:
    """The numbers of a transform, lengths in pixels and angles in degrees; None where one is neither."""
    angles, values = name.startswith(("rotate", "skew")), []
    for at, word in enumerate(re.split(r"[\s,]+", JOINED.sub(r"\1 ", text.strip()))):
        found = LENGTH.fullmatch(word)
        unit = found and found[2].lower()
        factor = UNITS.get(unit) if unit in ("", "px") else ANGLES.get(unit) if angles and not at else \
            UNITS.get(unit) if name.startswith("translate") and unit not in ("em", "rem", "ex", "ch") else None
        if word and (not found or factor is None):
            return None
        values += [float(found[1]) * factor] if word else []
    return values


def _function(name: str, given: list[float]) -> np.ndarray | None:
    turn = np.deg2rad(given[0]) if given and isfinite(given[0]) else 0.0
    c, s = np.cos(turn), np.sin(turn)
    match name, given:
        case "matrix", [a, b, c, d, e, f]:
            rows = [[a, c, e], [b, d, f]]
        case "translate", [x, *rest] if len(rest) < 2:
            rows = [[1, 0, x], [0, 1, rest[0] if rest else 0]]
        case "translateX", [x]:
            rows = [[1, 0, x], [0, 1, 0]]
        case "translateY", [y]:
            rows = [[1, 0, 0], [0, 1, y]]
        case "scaleX", [x]:
            rows = [[x, 0, 0], [0, 1, 0]]
        case "scaleY", [y]:
            rows = [[1, 0, 0], [0, y, 0]]
        case "scale", [x, *rest] if len(rest) < 2:
            rows = [[x, 0, 0], [0, rest[0] if rest else x, 0]]
        case "rotate", [_]:
            rows = [[c, -s, 0], [s, c, 0]]
        case "rotate", [_, x, y]:
            rows = [[c, -s, x - c * x + s * y], [s, c, y - s * x - c * y]]
        case "skewX", [_]:
            rows = [[1, np.tan(turn), 0], [0, 1, 0]]
        case "skewY", [_]:
            rows = [[1, 0, 0], [np.tan(turn), 1, 0]]
        case _:
            return None
    return np.array([*rows, [0, 0, 1]], np.float64)


def length(text: str, whole: float) -> float | None:
    """User units of ``12``, ``3mm`` or ``50%`` of ``whole``; None where it is none or not finite."""
    found = LENGTH.fullmatch(text.strip())
    unit = found and found[2].lower()
    if not found or unit not in UNITS and unit != "%":
        return None
    value = float(found[1]) * (whole / 100 if unit == "%" else UNITS[unit])
    return value if isfinite(value) else None


def numbers(text: str) -> list[float]:
    """The finite numbers in a list such as ``points`` or ``viewBox``, up to the first that is not."""
    found = []
    for number in NUMBERS.findall(text):
        if not isfinite(float(number)):
            break
        found.append(float(number))
    return found


def color(text: str) -> tuple[float, float, float, float] | None:
    """sRGB and opacity, each in [0, 1], of a name, ``#f80``, ``rgb()`` or ``hsl()``; None for what is no color."""
    text = text.strip().lower()
    if text == "transparent":
        return 0.0, 0.0, 0.0, 0.0
    if HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
        r, g, b, *a = (int(digits[i:i + 2], 16) / 255 for i in range(0, len(digits), 2))
        return r, g, b, a[0] if a else 1.0
    if found := COLOR_FUNCTION.fullmatch(text):
        return _color_function(found[1], re.split(r"[\s,/]+", found[2].strip()))
    named = named_color(text)
    return (*named, 1.0) if named else None


def _color_function(kind: str, parts: list[str]) -> tuple[float, float, float, float] | None:
    whole = (255, 255, 255) if kind == "rgb" else (360, 1, 1)
    found = [re.fullmatch(rf"({NUMBER})(%|deg)?", part) for part in parts]
    if len(parts) not in (3, 4) or not all(found):
        return None
    a, b, c = (float(one[1]) / (100 if one[2] == "%" else part) for one, part in zip(found, whole, strict=False))
    opacity = float(found[3][1]) / (100 if found[3][2] == "%" else 1) if len(found) == 4 else 1.0
    if kind == "hsl":
        a, b, c = hls_to_rgb(a % 1, min(max(c, 0), 1), min(max(b, 0), 1)) if isfinite(a) else (0, 0, 0)
    return *(min(max(value, 0.0), 1.0) for value in (a, b, c)), min(max(opacity, 0.0), 1.0)
