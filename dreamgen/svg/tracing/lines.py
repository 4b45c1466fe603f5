r"""A picture as lines of one width: the borders of its regions, each drawn once, joined where they meet (borders.py).

    borders -> corners -> cubics (outline.py);  on a symmetric map the right half, and its mirror image

outline    an icon's line: a unit of a grid of 24 wide, its joints on half units of that grid, corners where corners are
sketch     a hand's lines: thinner and looser

A region that a line would fill is drawn as a part of its neighbour, and so is the thin end of one, where its two lines
would be a blot. Lines shorter than SHORT are left out, and so are the
shortest ones beyond the budget.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt
from scipy.ndimage import label as components

from renderers.drawing import Drawing, Paint, Paths

from . import bezier, mirror
from .borders import Border, borders
from .outline import curves, even, open_curves

SHORT = 0.05                # of the canvas
STEPS = 33                  # places of a cubic that a line may end on
CORNER = 0.5                # radii: a right angle reaches 0.41 beyond the disc that touches both its sides


@dataclass(frozen=True)
class Hand:
    """width: of a line, canvases. grid: joints lie on its multiples, canvases; 0 = anywhere. tolerance: in pixels of the
    picture. trimmed: regions lose their thin ends."""

    width: float
    grid: float
    tolerance: float
    trimmed: bool


HANDS = {"outline": Hand(1 / 24, 1 / 48, 2.0, True), "sketch": Hand(0.014, 0.0, 2.0, False)}


@dataclass(frozen=True)
class Line:
    """chain: [S, 4, 2] cubics end to end; closed: the last ends where the first begins."""

    chain: np.ndarray
    closed: bool

    @property
    def length(self) -> float:
        return float(np.linalg.norm(np.diff(self.chain, axis=1), axis=2).sum())


def drawn(label: np.ndarray, hand: Hand, symmetric: bool) -> list[Line]:
    """The lines of a map of regions [E, E], 0 outside, in pixels."""
    edge = len(label)
    found = []
    for border in borders(filled(label, 0.75 * hand.width * edge, hand.trimmed), edge // 2 if symmetric else None):
        found += fitted(border, edge, hand.tolerance, symmetric)
    return found


def filled(label: np.ndarray, least: float, trimmed: bool = False) -> np.ndarray:
    """``label`` without what two lines of a border would fill: holes and regions that no disc of radius ``least`` fits into,
    and if ``trimmed`` the thin ends of the other regions. They go to the nearest of what is left."""
    gaps, count = components(label == 0)
    small = [k for k in range(1, count + 1) if not wide(gaps == k, least).any()]
    inside, kept = (label > 0) | np.isin(gaps, small), np.zeros_like(label)
    for k in range(1, int(label.max()) + 1):
        own = label == k
        broad = wide(own, least)
        kept[broad if trimmed else own & broad.any()] = k
    if not kept.any():
        return inside.astype(label.dtype)
    nearest = distance_transform_edt(kept == 0, return_distances=False, return_indices=True)
    return np.where(inside, kept[tuple(nearest)], 0)


def wide(mask: np.ndarray, radius: float) -> np.ndarray:
    """Of ``mask`` [h, w] bool what discs of ``radius`` within it cover, and a rim of CORNER of that, for its corners."""
    centers = distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1] >= radius
    if not centers.any():
        return centers
    return mask & (distance_transform_edt(~centers) < (1 + CORNER) * radius)


def fitted(border: Border, edge: int, tolerance: float, symmetric: bool) -> list[Line]:
    """A border's line, and on a symmetric map its mirror image, as one where they meet on the axis."""
    if border.closed:
        chain = curves(even(border.points, 1.0), edge, tolerance)
        return [Line(chain, True), *([Line(mirror.flipped(chain, edge), True)] if symmetric else [])]
    points = even(border.points if border.on_axis[0] or not border.on_axis[1] else border.points[::-1], 1.0, closed=False)
    begins = mirror.level(points) if any(border.on_axis) else None
    ends = mirror.level(points[::-1]) if all(border.on_axis) else None
    chain = open_curves(points, edge, tolerance, begins, ends)
    if not symmetric:
        return [Line(chain, False)]
    other = mirror.flipped(chain, edge)
    if not any(border.on_axis):
        return [Line(chain, False), Line(other, False)]
    return [Line(np.concatenate([other, chain]), all(border.on_axis))]


def snapped(chain: np.ndarray, grid: float) -> np.ndarray:
    """The chain with its joints on multiples of ``grid`` and each handle as far from its joint as it was."""
    begin, end = (np.rint(chain[:, k] / grid) * grid - chain[:, k] for k in (0, 3))
    return chain + np.stack([begin, begin, end, end], 1)


def landed(lines: list[Line], reach: float) -> list[Line]:
    """Open ends on the nearest place of the other lines, where that is within ``reach``: the grid moves a line's joints, but
    not the places between them where others end on it."""
    t = np.linspace(0, 1, STEPS)
    places = [np.concatenate([bezier.at(cubic, t) for cubic in line.chain]) for line in lines]
    out = []
    for n, line in enumerate(lines):
        chain, others = line.chain.copy(), [place for k, place in enumerate(places) if k != n]
        for piece, end, handle in () if line.closed or not others else ((0, 0, 1), (-1, 3, 2)):
            away = np.concatenate(others) - chain[piece, end]
            off = away[np.square(away).sum(1).argmin()]
            if np.linalg.norm(off) <= reach:
                chain[piece, [end, handle]] += off
        out.append(Line(chain, line.closed))
    return out


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
