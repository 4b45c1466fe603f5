r"""The outline of a mask as smooth closed curves with corners where corners are.

    line -> corners -> straight pieces, curved pieces -> cubics (bezier.py);  an ellipse where it is one

A point is a corner where the directions of the lines that fit the points REACH before and behind it differ by more than
CORNER, and by most in its neighbourhood. The blur that made the outline smooth has rounded it there, so the points
nearest to it are left out and it is put where the two lines meet. A corner that points outwards is one only between
sides that are straight: a foot or an ear is as round in a small, soft picture as a corner would be, and drawn with a corner
it is a spike.
"""

from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter
from skimage.measure import find_contours

from . import bezier, mirror

CORNER = np.deg2rad(50.0)
REACH = 1 / 22              # of the picture's edge: how far a corner looks along the outline
ROUNDED = 1 / 85            # ... and how much of it on either side the blur has rounded
STRAIGHT = 0.035            # of its length that a side may bow out beside a corner that points outwards ...
BENT = 0.25                 # ... and beside one that points inwards
FAR = 1.5, 2.5              # of ROUNDED: how far off the outline such a corner may lie
CIRCLE = 4 / 3 * np.tan(np.pi / 8)


def outlines(mask: np.ndarray, tolerance: float, blur: float, symmetric: bool = False) -> list[np.ndarray]:
    """Closed chains of cubics [S, 4, 2], in pixels, around ``mask`` [E, E] bool and its holes, the longest first.

    With ``symmetric`` a mask that is its own mirror image gets an outline that is so exactly, and of two masks that are
    each other's, the left one gets the mirror image of the right one's outline.
    """
    E = len(mask)
    if symmetric and mask[:, :E // 2].sum() > mask[:, E - E // 2:].sum():
        return [mirror.flipped(chain, E) for chain in outlines(mask[:, ::-1], tolerance, blur)]
    whole = symmetric and np.array_equal(mask, mask[:, ::-1])
    field = gaussian_filter(np.pad(mask, 2).astype(np.float64), blur)
    lines = [line[:-1, ::-1] - 1.5 for line in find_contours(field, 0.5) if len(line) > 12]     # x, y of pixel corners
    lines.sort(key=len, reverse=True)
    return [chain for line in lines for chain in drawn(even(line, 1.0), E, tolerance, whole)]


def drawn(line: np.ndarray, edge: float, tolerance: float, symmetric: bool) -> list[np.ndarray]:
    """The chains of one closed line of a mask that is ``symmetric``: its own, a twin's too, or none where it is the twin."""
    half = mirror.right_half(line, edge / 2) if symmetric else None
    if half is not None:
        return [symmetric_ring(line, half, edge, tolerance)]
    chain = curves(line, edge, tolerance)
    if not symmetric or line[:, 0].min() < edge / 2 < line[:, 0].max():
        return [chain]
    return [chain, mirror.flipped(chain, edge)] if line[:, 0].mean() > edge / 2 else []


def even(line: np.ndarray, step: float, closed: bool = True) -> np.ndarray:
    """[K, 2] points of the ``line`` about ``step`` apart; the last of one that is not ``closed`` is its last."""
    ring = np.concatenate([line, line[:1]]) if closed else line
    run = np.concatenate([[0.0], np.linalg.norm(np.diff(ring, axis=0), axis=1).cumsum()])
    wanted = np.linspace(0, run[-1], max(round(run[-1] / step), 8) if closed else max(round(run[-1] / step) + 1, 2),
                         endpoint=not closed)
    return np.stack([np.interp(wanted, run, ring[:, axis]) for axis in (0, 1)], 1)


def curves(line: np.ndarray, edge: float, tolerance: float) -> np.ndarray:
    """[S, 4, 2] cubics around the closed ``line`` of points a pixel apart."""
    round = ellipse(line, tolerance)
    if round is not None:
        return round
    found = corners(line, max(int(REACH * edge), 3), max(int(ROUNDED * edge), 1))
    if not found:
        return smooth_ring(line, tolerance)
    K, skip, pieces = len(line), max(int(ROUNDED * edge), 1), []
    places = [place for _, place in found]
    for (a, start), (b, end) in zip(found, [*found[1:], (found[0][0] + K, places[0])], strict=True):
        inner = line[np.arange(a + skip, b - skip + 1) % K] if b - a > 2 * skip + 1 else line[:0]
        points = np.concatenate([[start], inner, [end]])
        pieces.append(piece(points, tolerance))
    return np.concatenate(pieces)


def open_curves(line: np.ndarray, edge: float, tolerance: float, first: np.ndarray | None = None,
                last: np.ndarray | None = None) -> np.ndarray:
    """[S, 4, 2] cubics along the open ``line`` of points a pixel apart, with tangents at its ends where they are given."""
    reach, skip = max(int(REACH * edge), 3), max(int(ROUNDED * edge), 1)
    found = corners(line, reach, skip, closed=False)
    at = [0, *(k for k, _ in found), len(line) - 1]
    places = [line[0], *(place for _, place in found), line[-1]]
    pieces, count = [], len(at) - 1
    for n, (a, b) in enumerate(pairwise(at)):
        inner = line[a + (skip if n else 1):b - (skip if n < count - 1 else 1) + 1]
        points = np.concatenate([[places[n]], inner, [places[n + 1]]])
        pieces.append(piece(points, tolerance, first if n == 0 else None, last if n == count - 1 else None))
    return np.concatenate(pieces)


def symmetric_ring(line: np.ndarray, half: np.ndarray, edge: float, tolerance: float) -> np.ndarray:
    """[S, 4, 2] around a line whose right half is ``half``, and its mirror image."""
    round = ellipse(np.concatenate([half, half[::-1] * [-1, 1] + [edge, 0]]), tolerance)
    if round is not None:
        return round
    reach, skip = max(int(REACH * edge), 3), max(int(ROUNDED * edge), 1)
    found = [place for _, place in corners(line, reach, skip) if place[0] > edge / 2 + reach]
    at = [0, *sorted(int(np.square(half - place).sum(1).argmin()) for place in found), len(half) - 1]
    places = [half[k] for k in at]
    for place in found:
        places[int(np.argmin([np.square(place - other).sum() for other in places]))] = place
    pieces, last = [], len(at) - 2
    for k, (a, b) in enumerate(pairwise(at)):
        low, high = a + (skip if k else 1), b - (skip if k < last else 1)
        points = np.concatenate([[places[k]], half[low:high + 1], [places[k + 1]]])
        begins = mirror.level(points) if k == 0 else None
        ends = mirror.level(points[::-1]) if k == last else None
        pieces.append(piece(points, tolerance, begins, ends))
    right = np.concatenate(pieces)
    return joined(np.concatenate([right, mirror.flipped(right, edge)]))


def joined(chain: np.ndarray) -> np.ndarray:
    """The closed ``chain``, straight cubics that go on in one direction as one: those that cross the axis."""
    straight = (chain[:, 0] == chain[:, 1]).all(1) & (chain[:, 2] == chain[:, 3]).all(1)
    way = chain[:, 3] - chain[:, 0]
    way = way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-12)
    goes_on = straight & np.roll(straight, 1) & ((way * np.roll(way, 1, 0)).sum(1) > 1 - 1e-3)
    if goes_on.all():
        return chain
    chain, goes_on = (np.roll(each, -int(np.flatnonzero(~goes_on)[0]), 0) for each in (chain, goes_on))
    firsts = np.flatnonzero(~goes_on)
    out = chain[firsts].copy()
    out[:, 3] = chain[np.append(firsts[1:], len(chain)) - 1, 3]
    lines = np.diff(np.append(firsts, len(chain))) > 1
    out[lines, 2] = out[lines, 3]
    return out


def piece(points: np.ndarray, tolerance: float, first: np.ndarray | None = None,
          last: np.ndarray | None = None) -> np.ndarray:
    """From corner to corner, with tangents where they are given: a straight line where it is one.

    An outline with a single corner, as of a drop, leads from it back to it.
    """
    a, b = points[0], points[-1]
    chord = b - a
    length = np.linalg.norm(chord)
    normal = np.array([-chord[1], chord[0]]) / max(length, 1e-9)
    if len(points) == 2 or length > 1e-6 and np.abs((points - a) @ normal).max() <= 1.2 * tolerance:
        return np.stack([a, a, b, b])[None]
    return bezier.fit(points, tolerance, first, last)


def smooth_ring(line: np.ndarray, tolerance: float) -> np.ndarray:
    """Of a line without a corner: begun where it bends least, with one tangent."""
    K, r = len(line), bezier.REACH
    before, after = np.roll(line, r, 0), np.roll(line, -r, 0)
    bend = np.linalg.norm(before + after - 2 * line, axis=1)
    k = int(bend.argmin())
    points = line[np.arange(k, k + K + 1) % K]
    way = after[k] - before[k]
    way = way / max(np.linalg.norm(way), 1e-12)
    return bezier.fit(points, tolerance, way, -way)


def corners(line: np.ndarray, reach: int, rounded: int, closed: bool = True) -> list[tuple[int, np.ndarray]]:
    """(index, place [2]) of the corners of a line, in order; of one that is not ``closed`` none near its ends."""
    K = len(line)
    if K < 4 * reach:
        reach = max(K // 6, 2)
    offsets = np.arange(rounded, rounded + reach)
    ahead = line[(np.arange(K)[:, None] + offsets) % K]
    behind = line[(np.arange(K)[:, None] - offsets) % K]
    out, into = ahead[:, -1] - ahead[:, 0], behind[:, 0] - behind[:, -1]
    turn = np.arctan2(into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0], (into * out).sum(1))
    outwards = turn * area(line) > 0 if closed else np.ones(K, bool)
    found, taken = [], np.zeros(K, bool)
    if not closed:
        turn[:rounded + reach] = turn[K - rounded - reach:] = 0
    for k in np.argsort(-np.abs(turn)):
        if abs(turn[k]) < CORNER:
            break
        if taken[k]:
            continue
        taken[np.arange(k - reach, k + reach + 1) % K] = True
        bent, far = (STRAIGHT, FAR[0]) if outwards[k] else (BENT, FAR[1])
        place = meeting(behind[k], ahead[k], line[k], bent * reach, far * rounded)
        if place is not None:
            found.append((int(k), place))
    return sorted(found, key=lambda each: each[0])


def area(line: np.ndarray) -> float:
    """Of the closed ``line``, positive if it turns from +x to +y."""
    x, y = line.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def meeting(before: np.ndarray, after: np.ndarray, near: np.ndarray, bent: float, most: float) -> np.ndarray | None:
    """Where the lines through two rows of points meet, at most ``most`` from ``near``; None where a row is ``bent`` more."""
    (p, u, bent1), (q, v, bent2) = (direction(points) for points in (before, after))
    if max(bent1, bent2) > bent:
        return None
    det = u[0] * v[1] - u[1] * v[0]
    if abs(det) < 0.2:
        return near
    t = ((q - p)[0] * v[1] - (q - p)[1] * v[0]) / det
    place = p + t * u
    away = place - near
    far = np.linalg.norm(away)
    return place if far <= most else near + away * most / far


def direction(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """The line of least squares: a point, a unit direction, and the largest distance from it."""
    middle = points.mean(0)
    _, _, (u, n) = np.linalg.svd(points - middle, full_matrices=False)
    return middle, u, float(np.abs((points - middle) @ n).max())


def ellipse(line: np.ndarray, tolerance: float) -> np.ndarray | None:
    """[4, 4, 2] the ellipse of the line's moments, if no point is farther than ``tolerance`` from it."""
    middle = line.mean(0)
    _, s, (u, v) = np.linalg.svd(line - middle, full_matrices=False)
    for _ in range(2):                              # even points lie denser along the flat sides
        a, b = np.abs((line - middle) @ u).max(), np.abs((line - middle) @ v).max()
        middle = middle + sum(((line - middle) @ w).max() + ((line - middle) @ w).min() for w in (u,)) / 2 * u
        middle = middle + ((((line - middle) @ v).max() + ((line - middle) @ v).min()) / 2) * v
    if a < 1.1 * b:
        a = b = (a + b) / 2
        u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    x, y = (line - middle) @ u / a, (line - middle) @ v / b
    off = np.abs(np.hypot(x, y) - 1) * min(a, b)
    if off.max() > 1.6 * tolerance:
        return None
    ring = [(a * u, b * v), (b * v, -a * u), (-a * u, -b * v), (-b * v, a * u)]
    return np.stack([np.stack([p, p + CIRCLE * q, q + CIRCLE * p, q]) for p, q in ring]) + middle
