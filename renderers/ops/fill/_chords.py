r"""Cubics as chords, the same for every backend: how many, between which vertices, and which paths cannot be drawn.

    n = ceil( sqrt( 3/4 max(|p0 - 2 p1 + p2|, |p1 - 2 p2 + p3|) / TOLERANCE ) )

chords, equally long in t, stay within TOLERANCE of a cubic (Wang's bound).
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...drawing import Paint, Paths

TOLERANCE = 1 / 16          # pixels; an edge's pixels are off by 6 % at worst, where a cubic bends most
MOST = 256                  # chords of a cubic
FAR = 1e6                   # pixels: beyond, float32 has no pixels left
END = 1.0                   # pixels: half a pixel's diagonal, and a margin
TOUCH = 16                  # roundings; w so near to a kink of ``cover`` is on it: derivative 0, but inwards from 1


@dataclass(frozen=True)
class Chords:
    """N paths as E chords between V vertices; numpy arrays.

    Attributes:
        segment: [V] int64, the cubic that a vertex lies on.
        weights: [V, 4] float64 of the cubic's four points: its position there.
        ends: [E, 2] int64, the vertices that a chord leads from and to, ordered by path.
        capped: [E, 2] bool: the line ends there, in a butt or square cap.
        offsets: [N + 1] int64: path n is the chords offsets[n] to offsets[n + 1].
    """

    segment: np.ndarray
    weights: np.ndarray
    ends: np.ndarray
    capped: np.ndarray
    offsets: np.ndarray


def chords(points: Tensor, paths: Paths) -> Chords:
    """The chords of ``paths``, as many as the largest of the B drawings [B, P, 2] needs."""
    counts = _counts(points, paths)
    S, U = len(counts), len(paths.closed)
    per_subpath = np.add.reduceat(counts, paths.subpaths[:-1]) if U else np.zeros(0, np.int64)
    stroked = np.repeat(paths.paint, np.diff(paths.paths)) >= Paint.BUTT                        # [U]
    open_line = stroked & ~paths.closed

    # A vertex at each chord's start, one more at each subpath's end.
    last = np.zeros(S, np.int64)
    last[paths.subpaths[1:] - 1] = 1
    segment = np.repeat(np.arange(S), counts + last)
    step = np.arange(len(segment)) - np.repeat(np.cumsum(counts + last) - (counts + last), counts + last)
    t = step / counts[segment]
    u = 1 - t
    weights = np.stack([u * u * u, 3 * t * u * u, 3 * t * t * u, t * t * t], 1)

    # A chord from each vertex to the next, and from a subpath's last to its first unless the line is open.
    start = np.cumsum(per_subpath + 1) - (per_subpath + 1)
    ends = np.arange(len(segment))[:, None] + np.arange(2)
    closing = start + per_subpath
    ends[closing, 1] = start
    capped = np.zeros(ends.shape, bool)
    square_cut = open_line & (np.repeat(paths.paint, np.diff(paths.paths)) != Paint.ROUND)
    capped[start, 0] = capped[closing - 1, 1] = square_cut
    keep = np.ones(len(ends), bool)
    keep[closing[open_line]] = False
    per_path = np.add.reduceat(per_subpath + ~open_line, paths.paths[:-1]) if len(paths) else per_subpath
    return Chords(segment, weights, ends[keep], capped[keep], np.concatenate([[0], np.cumsum(per_path)]))


def lengthen(table: Chords, vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``ends`` and ``capped`` [B, E, 2] between ``vertices`` [B, V, 2], the chords at caps at least END long.

    A cap cuts the pixels that are nearest to its chord; short ones, where a handle lies near its joint, would leave it
    too few. So the chord at a cap leads to the nearest vertex that is far enough, and those on the way are the same.
    """
    ends, capped = (np.repeat(each[None], len(vertices), 0) for each in (table.ends, table.capped))
    first, last = (np.flatnonzero(table.capped[:, side]) for side in (0, 1))
    if not len(first):
        return ends, capped
    b = np.arange(len(vertices))[:, None]
    for side, at, way in ((0, first, 1), (1, last, -1)):
        cap, more = table.ends[at, side], np.zeros((len(vertices), len(at)), np.int64)
        while True:
            reached = table.ends[at + way * more, 1 - side]
            short = np.square(vertices[b, reached] - vertices[:, cap]).sum(-1) < END**2
            short &= more < last - first
            if not short.any():
                break
            more += short
        for k in range(more.max() + 1):
            picture, line = np.nonzero((k <= more) & (more > 0))
            chord = at[line] + way * k
            ends[picture, chord, side], ends[picture, chord, 1 - side] = cap[line], reached[picture, line]
            capped[picture, chord, side] = True
    return ends, capped


def drawable(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths) -> tuple[Tensor, Tensor, Tensor]:
    """The same, but that widths are >= 0 and that a path with a number that is not finite, or FAR, has opacity 0."""
    stroked = torch.as_tensor(paths.paint >= Paint.BUTT, device=points.device)
    lost = ~(points.abs() <= FAR).all(-1)                                                       # [B, P]
    gone = ~(widths <= FAR) & stroked                                                           # [B, N]
    if lost.any():
        segments = torch.as_tensor(paths.segments, device=points.device)
        owner = np.repeat(np.arange(len(paths)), np.diff(paths.subpaths[paths.paths]))
        hit = lost[:, segments].any(-1).int()                                                   # [B, S]
        gone = gone | (gone.int().index_add(1, torch.as_tensor(owner, device=points.device), hit) > 0)
        points = points.masked_fill(lost[..., None], 0)
    if gone.any():
        colors = colors.masked_fill(gone[..., None], 0)
    return points, colors, widths.masked_fill(gone | ~stroked, 0).clamp_min(0)


@torch.no_grad()
def _counts(points: Tensor, paths: Paths) -> np.ndarray:
    """[S] int64, how many chords each cubic gets."""
    segments = torch.as_tensor(paths.segments, device=points.device)
    p0, p1, p2, p3 = points[:, segments].unbind(2)                                              # each [B, S, 2]
    bend = torch.maximum((p0 - 2 * p1 + p2).norm(dim=-1), (p1 - 2 * p2 + p3).norm(dim=-1)).amax(0)
    counts = (0.75 / TOLERANCE * bend).sqrt().ceil().clamp(1, MOST).long().cpu().numpy()
    straight = (paths.segments[:, 0] == paths.segments[:, 1]) & (paths.segments[:, 2] == paths.segments[:, 3])
    return np.where(straight, 1, counts)
