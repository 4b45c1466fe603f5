r"""Path data, the ``d`` of a path: every command as cubic Bezier curves, in float64.

    line       p0, p0, p1, p1
    quadratic  p0, p0 + 2/3 (q - p0), p1 + 2/3 (q - p1), p1
    arc        a cubic each quarter turn, its handles 4/3 tan(angle / 4) radii long: 3e-4 of a radius beside it at most

Time and memory are linear in the text, whatever it says. (svgelements, the parser that was tried first, is quadratic in
``zzzz...``.) Source: SVG 2, chapter 9 and appendix B.2.4, whose names are used for the arc.
"""

import re
from array import array
from collections.abc import Iterator
from math import atan2, ceil, cos, hypot, isfinite, pi, radians, sin, sqrt, tan

import numpy as np

from .shapes import Subpath

NUMBER = r"(?>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)"       # atomic: a match is never taken back
NUMBERS = re.compile(NUMBER)
COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
GAP = r"[\s,]*+"
ARC = re.compile(GAP.join([f"({NUMBER})"] * 3 + ["([01])"] * 2 + [f"({NUMBER})"] * 2))
SPACE = re.compile(GAP)
ROW = re.compile(f"(?:{GAP}{NUMBER})*+{GAP}")
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}
SPACES = " \t\r\n\f,"


def subpaths(data: str) -> tuple[list[Subpath], bool]:
    """The curves of ``data``, one Subpath each M, and whether it is sound; one that is not is drawn up to its fault."""
    pen, at = Pen(), len(data) - len(data.lstrip())
    for command in COMMAND.finditer(data):
        if command.start() != at:
            break                                               # something that is no command, at the very beginning
        at = command.end()
        if not pen.command(command[1], command[2]):
            return pen.lift(), False
    return pen.lift(), at == len(data)


def most_segments(data: str) -> int:
    """A bound of the number of cubics in ``data``, without making them."""
    return sum(1 for _ in NUMBERS.finditer(data)) + data.count("Z") + data.count("z")


class Pen:
    """Where the drawing of a path has come to."""

    def __init__(self):
        self.found: list[Subpath] = []
        self.points = array("d")            # x, y, x, y, ... of the open subpath
        self.start = self.at = (0.0, 0.0)   # of the subpath; of the pen
        self.handle = None                  # the last control point, if the last command was a curve of ``family``
        self.family = ""
        self.begun = False

    def command(self, letter: str, text: str) -> bool:
        """Draw a letter with all its arguments, up to the first that is not sound; whether all were."""
        kind, relative = letter.upper(), letter.islower()
        if not self.begun and kind != "M":
            return False
        if kind == "Z":
            self.lift(closed=True)
            self.family = ""
            return not text.strip(SPACES)
        rows, sound = arguments(kind, text)
        for row in rows:
            if not all(map(isfinite, row)):
                return False
            self.draw(kind, row, relative)
            if kind == "M":
                kind = "L"                  # further pairs after an M are lines
        return sound

    def draw(self, kind: str, row: tuple[float, ...], relative: bool) -> None:
        x, y = self.at
        dx, dy = self.at if relative else (0.0, 0.0)
        if kind == "M":
            self.lift()
            self.start = self.at = (row[0] + dx, row[1] + dy)
            self.begun, self.family = True, ""
            return
        if kind == "H":
            self.cubic(x, y, row[0] + dx, y, row[0] + dx, y)
        elif kind == "V":
            self.cubic(x, y, x, row[0] + dy, x, row[0] + dy)
        elif kind == "A":
            for cubic in arc(self.at, row[:5], (row[5] + dx, row[6] + dy)):
                self.cubic(*cubic)
        else:
            p = [value + (dy if i % 2 else dx) for i, value in enumerate(row)]
            if kind == "L":
                self.cubic(x, y, *p, *p)
            elif kind in "CS":
                p = p if kind == "C" else [*self.mirrored("C"), *p]
                self.cubic(*p)
                self.handle = p[2:4]
            else:
                qx, qy, ex, ey = p if kind == "Q" else [*self.mirrored("Q"), *p]
                self.cubic(x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y),
                           ex + 2 / 3 * (qx - ex), ey + 2 / 3 * (qy - ey), ex, ey)
                self.handle = [qx, qy]
        self.family = "C" if kind in "CS" else "Q" if kind in "QT" else ""

    def mirrored(self, family: str) -> tuple[float, float]:
        """The last handle, turned about the pen; the pen's place where the last command was of another family."""
        x, y = self.at
        return (2 * x - self.handle[0], 2 * y - self.handle[1]) if self.family == family else (x, y)

    def cubic(self, *ends: float) -> None:
        if not self.points:
            self.points.extend(self.at)     # after a Z without an M, the next subpath begins where that one did
            self.start = self.at
        self.points.extend(ends)
        self.at = ends[-2:]

    def lift(self, closed: bool = False) -> list[Subpath]:
        """End the open subpath, with a straight line back if it is to be ``closed``; everything found so far."""
        if closed and self.begun and not self.points and self.at == self.start and not self.family:
            self.points.extend((*self.at, *self.at, *self.at, *self.at))        # a dot: "M9 9z"
        if self.points:
            if closed and self.at != self.start:
                self.cubic(*self.at, *self.start, *self.start)
            points = np.array(self.points).reshape(-1, 2)
            if np.isfinite(points).all():
                self.found.append(Subpath(points, closed))
            self.points = array("d")
        self.at = self.start if closed else self.at
        return self.found


def arguments(kind: str, text: str) -> tuple[Iterator[tuple[float, ...]], bool]:
    """The arguments of a command ``kind`` in capitals, a row each time that it is meant, and whether ``text`` is sound."""
    return _arcs(text) if kind == "A" else _rows(text, TAKES[kind])


def _rows(text: str, n: int) -> tuple[Iterator[tuple[float, ...]], bool]:
    """The arguments, ``n`` at a time, and whether that was all there was."""
    end = ROW.match(text).end()
    values = [float(number) for number in NUMBERS.findall(text, 0, end)]
    return zip(*[iter(values)] * n, strict=False), bool(values) and len(values) % n == 0 and end == len(text)


def _arcs(text: str) -> tuple[Iterator[tuple[float, ...]], bool]:
    """As _rows; an arc's two flags need no space around them."""
    rows, at = [], SPACE.match(text).end()
    while at < len(text) and (found := ARC.match(text, at)):
        rows.append(tuple(map(float, found.groups())))
        at = SPACE.match(text, found.end()).end()
    return iter(rows), bool(rows) and at == len(text)


def arc(start: tuple[float, float], form: tuple[float, ...], end: tuple[float, float]) -> Iterator[tuple[float, ...]]:
    """The cubics, as six numbers each, of an elliptical arc of ``form`` (rx, ry, rotation in degrees, large, sweep)."""
    (x1, y1), (x2, y2) = start, end
    rx, ry, phi, large, sweep = abs(form[0]), abs(form[1]), radians(form[2] % 360), *form[3:]
    if start == end:
        return
    c, s = cos(phi), sin(phi)
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    if not (rx and ry) or not isfinite(hypot(dx / rx, dy / ry)):
        yield x1, y1, x2, y2, x2, y2                            # no radius: a straight line
        return
    u1, v1 = (c * dx + s * dy) / rx, (c * dy - s * dx) / ry     # x1', y1' where the ellipse is the unit circle
    far = hypot(u1, v1)
    if far > 1:                                                 # too small to reach: grown until it does
        rx, ry, u1, v1 = rx * far, ry * far, u1 / far, v1 / far
    to_centre = sqrt(max(1 / max(u1 * u1 + v1 * v1, 1e-300) - 1, 0)) * (-1 if large == sweep else 1)
    cu, cv = to_centre * v1, -to_centre * u1
    theta = atan2(v1 - cv, u1 - cu)
    turn = (atan2(-v1 - cv, -u1 - cu) - theta) % (2 * pi)
    turn = turn if sweep else turn - 2 * pi
    parts = max(ceil(abs(turn) / (pi / 2) - 1e-6), 1)
    k = 4 / 3 * tan(turn / parts / 4)
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2

    def place(u: float, v: float) -> tuple[float, float]:
        u, v = (u + cu) * rx, (v + cv) * ry
        return c * u - s * v + mx, s * u + c * v + my

    for part in range(parts):
        a, b = theta + turn * part / parts, theta + turn * (part + 1) / parts
        last = (x2, y2) if part == parts - 1 else place(cos(b), sin(b))
        yield *place(cos(a) - k * sin(a), sin(a) + k * cos(a)), *place(cos(b) + k * sin(b), sin(b) - k * cos(b)), *last
