r"""A picture as lines of one width: the outlines of its regions, each drawn once and only where it can be seen.

    visible_i = {p on the outline of S_i : p in no S_j above}               of the stack of whole shapes, see stack.py

outline    an icon's line: 1.25 of a grid of 24 wide, its joints on half units of that grid, corners where corners are
sketch     a hand's lines: thinner, looser, one a side, each drawn a little beyond its corner

Lines shorter than SHORT are left out, and so are the shortest ones beyond the budget.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt

from renderers.drawing import Drawing, Paint, Paths

from . import bezier
from .outline import outlines
from .regions import Regions
from .stack import stacked

SAMPLES = 24                # of a cubic, where it is asked whether it can be seen
SHORT = 0.05                # of the canvas
CORNER = np.cos(np.deg2rad(25.0))


@dataclass(frozen=True)
class Hand:
    """width: of a line, canvases. grid: joints lie on its multiples, canvases; 0 = anywhere. tolerance: in pixels of the
    picture. beyond: how far a line goes past a corner, canvases; then it ends there."""

    width: float
    grid: float
    tolerance: float
    beyond: float


HANDS = {"outline": Hand(1.25 / 24, 1 / 48, 2.0, 0.0), "sketch": Hand(0.014, 0.0, 2.5, 0.014)}


@dataclass(frozen=True)
class Line:
    """chain: [S, 4, 2] cubics end to end; closed: the last ends where the first begins."""

    chain: np.ndarray
    closed: bool

    @property
    def length(self) -> float:
        return float(np.linalg.norm(np.diff(self.chain, axis=1), axis=2).sum())


def visible(regions: Regions, hand: Hand, blur: float, symmetric: bool) -> list[Line]:
    """The lines of a stack, in pixels; none around what is so small that a line would fill it."""
    found, above = [], np.zeros(regions.label.shape, bool)
    least = 0.9 * hand.width * len(regions.label)
    for _, mask in reversed(stacked(regions)):
        if distance_transform_edt(np.pad(mask, 1)).max() < least:
            continue
        for chain in outlines(mask, hand.tolerance, blur, symmetric):
            found += seen_parts(chain, above, hand.tolerance)
        above |= mask
    return found


def seen_parts(chain: np.ndarray, above: np.ndarray, tolerance: float) -> list[Line]:
    """What of a closed chain is not under the mask ``above``."""
    t = np.arange(SAMPLES) / SAMPLES
    points = np.concatenate([bezier.at(cubic, t) for cubic in chain])
    high = np.array(above.shape[::-1]) - 1
    x, y = points.astype(int).clip(0, high).T
    hidden = above[y, x]
    if not hidden.any():
        return [Line(chain, True)]
    if hidden.all():
        return []
    start = int(np.flatnonzero(~hidden & np.roll(hidden, 1))[0])
    points, hidden = np.roll(points, -start, 0), np.roll(hidden, -start)
    edges = np.flatnonzero(np.diff(hidden.astype(int), prepend=1, append=1))
    runs = [points[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [Line(bezier.fit(distinct(run), tolerance), False) for run in runs if len(distinct(run)) >= 2]


def distinct(points: np.ndarray) -> np.ndarray:
    """Without those that repeat the one before."""
    return points[np.concatenate([[True], np.abs(np.diff(points, axis=0)).max(1) > 1e-6])]


def split(line: Line, beyond: float) -> list[Line]:
    """A hand's strokes: the line in pieces from corner to corner, each ``beyond`` longer at either end."""
    chain = line.chain
    into, out = ends(chain)
    corner = (into * np.roll(out, -1, 0)).sum(1) < CORNER           # behind cubic s
    corner[-1] |= not line.closed
    if not corner.any():
        return [line]
    last = int(np.flatnonzero(corner)[-1]) + 1
    chain, corner = np.roll(chain, -last, 0), np.roll(corner, -last)
    pieces = np.split(chain, np.flatnonzero(corner)[:-1] + 1)
    return [Line(longer(piece, beyond), False) for piece in pieces]


def ends(chain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[S, 2] unit directions in which each cubic arrives and leaves."""
    steps = np.diff(chain, axis=1)
    long = np.linalg.norm(steps, axis=2) > 1e-9
    rows = np.arange(len(chain))
    out, into = steps[rows, long.argmax(1)], steps[rows, 2 - long[:, ::-1].argmax(1)]
    return tuple(way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-12) for way in (into, out))


def longer(chain: np.ndarray, beyond: float) -> np.ndarray:
    """The chain with both its ends moved on."""
    chain, (into, out) = chain.copy(), ends(chain)
    chain[0, :2] -= beyond * out[0]
    chain[-1, 2:] += beyond * into[-1]
    return chain


def snapped(chain: np.ndarray, grid: float) -> np.ndarray:
    """The chain with its joints on multiples of ``grid`` and each handle as far from its joint as it was."""
    begin, end = (np.rint(chain[:, k] / grid) * grid - chain[:, k] for k in (0, 3))
    return chain + np.stack([begin, begin, end, end], 1)


def drawing(lines: list[Line], width: float) -> Drawing:
    """Black lines, round at their ends, on a canvas of 1 x 1; a layer a line."""
    points, segments, first = [np.zeros((0, 2))], [np.zeros((0, 4), np.int64)], 0
    for line in lines:
        n = 3 * len(line.chain)
        points += [line.chain[:, :3].reshape(-1, 2), *([] if line.closed else [line.chain[-1:, 3]])]
        rows = 3 * np.arange(len(line.chain))[:, None] + np.arange(4)
        segments.append(first + (rows % n if line.closed else rows))
        first += n + (not line.closed)
    N = len(lines)
    paths = Paths(np.concatenate(segments), np.cumsum([0, *(len(line.chain) for line in lines)]), np.arange(N + 1),
                  np.full(N, Paint.ROUND, np.int8), np.array([line.closed for line in lines], bool))
    return Drawing(paths, np.concatenate(points).astype(np.float32), np.tile(np.float32([0, 0, 0, 1]), (N, 1)),
                   np.full(N, width, np.float32), (1.0, 1.0), None, np.arange(N, dtype=np.int32))
