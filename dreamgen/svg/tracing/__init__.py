r"""A picture as a drawing that a person could have made: few whole shapes of one color each.

    picture -> close-up -> crisp -> regions -> (gradients) -> stack -> outlines -> drawing         one file each, in this order

The budget is an upper bound: a region lives while its contrast is worth its curves (regions.py), so a plain thing has one
or two shapes. What comes out fills the canvas up to MARGIN, and is symmetric where the picture is.
"""

from functools import partial

import numpy as np

from renderers.drawing import Drawing, Paint, Paths

from ..curves import with_ramps
from ..shapes import Ramp
from . import gradients, lines, oklab
from .crisp import crisp, large_parts, silhouette
from .mirror import alike
from .outline import outlines
from .regions import Regions, segment
from .stack import stacked

EDGE = 256                  # pixels of the longer side in which regions are found
OUTLINE, INNER = 2.5, 2.5   # pixels by which the outline and the borders inside are smoothed, standard deviation
LEVELLING = 0.05            # total variation, see crisp.py
BORDER, REGION = 0.006, 2.5         # what a pixel of border and a region cost, in squared OKLab x pixels
TOLERANCE = 1.5             # pixels that a curve may be off
SYMMETRIC = 0.97            # of ``alike``, from which on a thing is meant to be symmetric
PARTS = {"outline": 5, "sketch": 7}            # regions of which lines are drawn
NEAR = 0.08                 # of the edge, left around a thing that is looked at closely
MARGIN = 0.08               # of the canvas, left around the drawing


def shapes(picture: np.ndarray, budget: int, seed: int, framed: bool = True,
           graded: bool = False) -> tuple[Drawing, np.ndarray]:
    """At most ``budget`` filled shapes that look like ``picture``, on a canvas of 1 x 1, or as wide as it is.

    Args:
        picture: [h, w, 4] premultiplied sRGB and opacity in [0, 1].
        seed: of the clustering of colors.
        framed: fill the canvas, up to MARGIN; otherwise each thing stays where it is.
        graded: give shapes gradients where that is worth its bytes.

    Returns:
        the drawing, a layer a shape, without a background; and [2, 3] that leads from its canvas to where in the picture
        each point was.

    Raises:
        ValueError: nothing in the picture can be seen.
    """
    near, place = closeup(picture) if framed else (picture, np.eye(3)[:2])
    regions, symmetric, lab = found(near, budget, seed)
    ramps: list[Ramp | None] = [None] * len(regions.lab)
    if graded:
        regions, ramps = gradients.painted(regions, lab, BORDER, REGION, symmetric)
    rows = [(k, chains) for k, mask in stacked(regions)
            if (chains := outlines(mask, TOLERANCE, INNER, symmetric))]
    drawing, frame = assembled(rows, regions, ramps, framed)
    return drawing, after(place, frame)


def lined(style: str, picture: np.ndarray, budget: int, seed: int) -> tuple[Drawing, np.ndarray]:
    """At most ``budget`` lines in the ``style`` outline or sketch; otherwise as ``shapes``, framed."""
    hand = lines.HANDS[style]
    near, place = closeup(picture)
    regions, symmetric, _ = found(near, PARTS[style], seed)
    edge = len(regions.label)
    drawn = [lines.Line(line.chain / edge, line.closed) for line in lines.drawn(regions.label, hand, symmetric)]
    drawn = sorted((line for line in drawn if line.length >= lines.SHORT), key=lambda line: -line.length)[:budget]
    if not drawn:
        raise ValueError("nothing in the picture has an outline")
    frame = fitted(np.concatenate([line.chain.reshape(-1, 2) for line in drawn]), (1.0, 1.0))
    chains = [(line.chain - frame[:, 2]) / frame[0, 0] for line in drawn]
    if hand.grid:
        chains = [lines.snapped(chain, hand.grid) for chain in chains]
    drawn = [lines.Line(chain, line.closed) for chain, line in zip(chains, drawn, strict=True)]
    drawn = lines.landed(drawn, hand.grid) if hand.grid else drawn
    return lines.drawing(drawn, hand.width), after(place, frame)


def closeup(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The square around what is more than half opaque in ``picture`` [h, w, 4], and its thin parts, with NEAR of its edge
    left around, and [2, 3] that leads from it to the picture, both canvases of 1 x 1. About the middle column where that
    is an axis.
    """
    inside = large_parts(silhouette(picture[..., 3], 0.0))
    if not inside.any():
        return picture, np.eye(3)[:2]
    h, w = inside.shape
    (top, left), (bottom, right) = (f(np.argwhere(inside), axis=0) + i for f, i in ((np.min, 0), (np.max, 1)))
    middle = w / 2 if alike(picture) >= SYMMETRIC else (left + right) / 2
    wide = 2 * max(right - middle, middle - left)
    side = 2 * int(np.ceil(max(wide, bottom - top) * (0.5 + NEAR)))
    x, y = int(np.floor(middle - side / 2)), int(np.floor((top + bottom - side) / 2))
    around = np.pad(picture, ((side, side), (side, side), (0, 0)))
    return (around[y + side:y + 2 * side, x + side:x + 2 * side],
            np.array([[side / max(h, w), 0, x / max(h, w)], [0, side / max(h, w), y / max(h, w)]]))


def after(place: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """[2, 3] the map ``frame`` and then ``place``."""
    return place @ np.concatenate([frame, [[0, 0, 1]]])


def found(picture: np.ndarray, budget: int, seed: int) -> tuple[Regions, bool, np.ndarray]:
    """The regions of ``picture``, whether they are symmetric, and the colors [E, E, 3] that they are of, OKLab."""
    symmetric = alike(picture) >= SYMMETRIC
    sharp = crisp(picture, EDGE, OUTLINE, LEVELLING)
    return segment(sharp.inside, sharp.lab, budget, BORDER, REGION, INNER, seed, symmetric), symmetric, sharp.lab


def assembled(rows: list[tuple[int, list[np.ndarray]]], regions: Regions, ramps: list[Ramp | None],
              framed: bool) -> tuple[Drawing, np.ndarray]:
    """The outlines of regions, from the bottom, as a drawing; and where it was."""
    edge = max(regions.label.shape)
    chains = [chain / edge for _, group in rows for chain in group]
    size = tuple(side / edge for side in regions.label.shape[::-1])
    frame = fitted(np.concatenate(chains).reshape(-1, 2), size) if framed and chains else np.eye(3)[:2]
    rgb = oklab.to_srgb(regions.lab[[k - 1 for k, _ in rows]]).reshape(-1, 3)
    points, paths = packed(chains, [len(group) for _, group in rows])
    points = (points - frame[:, 2]) / frame[0, 0]
    N = len(rows)
    drawing = Drawing(paths, points.astype(np.float32), np.concatenate([rgb, np.ones((N, 1))], 1).astype(np.float32),
                      np.zeros(N, np.float32), (1.0, 1.0) if framed else size, None, np.arange(N, dtype=np.int32))
    moved = [ramp and Ramp(ramp.kind, (ramp.frame / edge - [[0, 0, x] for x in frame[:, 2]]) / frame[0, 0], ramp.stops)
             for ramp in (ramps[k - 1] for k, _ in rows)]
    return with_ramps(drawing, moved), frame


def packed(chains: list[np.ndarray], counts: list[int]) -> tuple[np.ndarray, Paths]:
    """[P, 2] points and the evenodd paths of closed ``chains`` [S, 4, 2], ``counts[n]`` of them to a path."""
    points, segments, first = [np.zeros((0, 2))], [np.zeros((0, 4), np.int64)], 0
    for chain in chains:
        n = 3 * len(chain)
        points.append(chain[:, :3].reshape(-1, 2))
        segments.append(first + (3 * np.arange(len(chain))[:, None] + np.arange(4)) % n)
        first += n
    N = len(counts)
    return np.concatenate(points), Paths(np.concatenate(segments), np.cumsum([0, *map(len, chains)]),
                                         np.cumsum([0, *counts]), np.full(N, Paint.EVENODD, np.int8),
                                         np.full(len(chains), True))


def fitted(points: np.ndarray, size: tuple[float, float]) -> np.ndarray:
    """[2, 3] from a canvas of 1 x 1 that ``points`` [P, 2] fill up to MARGIN, centred, to where they are."""
    low, high = points.min(0), points.max(0)
    scale = float((high - low).max()) / (1 - 2 * MARGIN)
    corner = (low + high) / 2 - scale / 2
    return np.array([[scale, 0, corner[0]], [0, scale, corner[1]]])


MAKERS = {"flat": shapes, "outline": partial(lined, "outline"), "sketch": partial(lined, "sketch")}
