r"""Regions with a gradient instead of one color, where it explains their colors better for its bytes.

    E      = sum over the region's pixels |c(t) - lab|^2          lab OKLab, lightness by SHADE; c mixes in sRGB, as SVG does
    worth  = E_flat - E - BYTE (HEAD + K STOP)                    K = 2 or 3 stops, evenly apart
    linear   along the direction in which a plane through the colors rises most, as far as the region goes
    radial   argmin over the centre of what is left (Nelder and Mead 1965), out to the farthest pixel

The stops are least squares. Two neighbours are joined as long as one gradient for both is cheaper than two paints and the
border between them: what was bands of shading becomes one shape.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import binary_dilation
from scipy.optimize import minimize

from renderers.drawing import Gradient

from ..shapes import Ramp
from . import oklab
from .regions import PALEST, SHADE, Regions

BYTE = 0.008                # squared OKLab x pixels: a region costs about 4.3 of them, and its path about 525 bytes
HEAD, STOP = 130, 46        # bytes of a gradient and of each stop
COUNTS = (2, 3)             # of stops
SAMPLE = 1500               # pixels that the centre is found with
TRIES = 60                  # centres
WEIGHTS = np.array([SHADE, 1, 1])


@dataclass(frozen=True)
class Fit:
    """cost: E and what the gradient's bytes are worth; ramp: in pixels of the picture, None for one color."""

    cost: float
    ramp: Ramp | None


def painted(regions: Regions, lab: np.ndarray, border: float, region: float,
            symmetric: bool) -> tuple[Regions, list[Ramp | None]]:
    """``regions`` of a picture of colors ``lab`` [E, E, 3], joined where that pays, and the gradient of each that has one.

    Args:
        border, region: what a pixel of border and a region cost, as in regions.py.
        symmetric: whether they are their own mirror image about the middle column.
    """
    lab = (lab + lab[:, ::-1]) / 2 if symmetric else lab
    label = regions.label.copy()
    colors = {k + 1: row for k, row in enumerate(regions.lab)}
    fits = {k: fitted(label == k, lab, symmetric) for k in colors}
    tried: dict[tuple[int, int], float] = {}
    while not symmetric and len(colors) > 1:            # a pair and its mirror image would have to be joined at once
        for (i, j), length in borders(label).items():
            if (i, j) not in tried:
                union = fitted((label == i) | (label == j), lab, symmetric)
                tried[i, j] = union.cost - fits[i].cost - fits[j].cost - border * length - region
        best = min(tried, key=lambda pair: tried[pair], default=None)
        if best is None or tried[best] >= 0:
            break
        i, j = best
        label[label == j] = i
        colors.pop(j), fits.pop(j)
        fits[i] = fitted(label == i, lab, symmetric)
        tried = {pair: gain for pair, gain in tried.items() if not {i, j} & {*pair}}
    numbers = sorted(colors)
    beside = {*np.unique(label[binary_dilation(label == 0) & (label > 0)]).tolist()}
    ramps = [paler(fits[k].ramp) if k in beside else fits[k].ramp for k in numbers]
    return Regions(np.searchsorted(numbers, label) + (label > 0), np.array([colors[k] for k in numbers])), ramps


def borders(label: np.ndarray) -> dict[tuple[int, int], int]:
    """How many pixels' edges the regions i < j share."""
    found: dict[tuple[int, int], int] = {}
    for a, b in ((label[:, 1:], label[:, :-1]), (label[1:], label[:-1])):
        touching = (a != b) & (a > 0) & (b > 0)
        pairs, lengths = np.unique(np.sort(np.stack([a[touching], b[touching]], 1), 1), axis=0, return_counts=True)
        for (i, j), length in zip(pairs.tolist(), lengths.tolist(), strict=True):
            found[i, j] = found.get((i, j), 0) + length
    return found


def fitted(mask: np.ndarray, lab: np.ndarray, symmetric: bool) -> Fit:
    """The paint of the pixels ``mask`` [E, E] that costs least."""
    E = mask.shape[1]
    whole = symmetric and np.array_equal(mask, mask[:, ::-1])
    if symmetric and not whole and mask[:, :E // 2].sum() > mask[:, E - E // 2:].sum():
        other = fitted(mask[:, ::-1], lab[:, ::-1], symmetric)
        return Fit(other.cost, other.ramp and flipped(other.ramp, E))
    y, x = np.nonzero(mask)
    p, colors = np.stack([x, y], 1) + 0.5, lab[mask]
    choices = [Fit(float((np.square(colors - colors.mean(0)) * WEIGHTS**2).sum()), None)]
    for place in (linear, radial):
        for count in COUNTS:
            frame = place(p, colors * WEIGHTS, count, E / 2 if whole else None)
            if frame is not None:
                choices.append(stopped(Gradient.LINEAR if place is linear else Gradient.RADIAL, frame, p, colors, count))
    return min(choices, key=lambda fit: fit.cost)


def linear(p: np.ndarray, colors: np.ndarray, count: int, axis: float | None) -> np.ndarray | None:
    """[2, 3] the frame of a linear gradient of the pixels ``p`` [n, 2]; None where they have no slope."""
    middle = p.mean(0)
    slope, *_ = np.linalg.lstsq(np.concatenate([p - middle, np.ones((len(p), 1))], 1), colors, rcond=None)
    way = np.linalg.svd(slope[:2])[0][:, 0] if axis is None else np.array([0.0, 1.0])
    t = (p - middle) @ way
    if np.ptp(t) < 1 or not np.abs(slope[:2]).max() > 0:
        return None
    o, u = middle + t.min() * way, np.ptp(t) * way
    o = o if axis is None else np.array([axis, o[1]])
    return np.stack([u, [-u[1], u[0]], o], 1)


def radial(p: np.ndarray, colors: np.ndarray, count: int, axis: float | None) -> np.ndarray | None:
    """[2, 3] the frame of a radial gradient, its centre on x = ``axis`` if that is not None."""
    some = np.linspace(0, len(p) - 1, min(SAMPLE, len(p))).astype(int)
    q, c = p[some], colors[some]
    low, high = q.min(0), q.max(0)
    if (high - low).min() < 1:
        return None

    def centre(free: np.ndarray) -> np.ndarray:
        return free if axis is None else np.array([axis, free[0]])

    def left(free: np.ndarray) -> float:
        t = np.linalg.norm(q - centre(free), axis=1)
        H = hats(t / t.max(), count)
        return float(np.square(c - H @ np.linalg.lstsq(H, c, rcond=None)[0]).sum())

    bright = q[c[:, 0] >= np.quantile(c[:, 0], 0.9)].mean(0)        # light is a likely centre
    begin = bright if axis is None else bright[1:]
    reach = (high - low)[2 - len(begin):] / 4
    simplex = np.concatenate([begin[None], begin + np.diag(reach)])
    found = minimize(left, begin, method="Nelder-Mead", options={"maxfev": TRIES, "initial_simplex": simplex})
    o = centre(found.x)
    if (np.abs(o - (low + high) / 2) > (high - low)).any():
        return None                                                 # so far off that it is a linear one
    r = float(np.linalg.norm(p - o, axis=1).max())
    return np.array([[r, 0, o[0]], [0, r, o[1]]])


def stopped(kind: Gradient, frame: np.ndarray, p: np.ndarray, colors: np.ndarray, count: int) -> Fit:
    """The best stops of a gradient with that ``frame``, and what it costs."""
    q = (p - frame[:, 2]) @ np.linalg.inv(frame[:, :2]).T
    H = hats(q[:, 0] if kind == Gradient.LINEAR else np.hypot(q[:, 0], q[:, 1]), count)
    rgb = np.linalg.lstsq(H, oklab.to_srgb(colors), rcond=None)[0].clip(0, 1)
    error = float((np.square(oklab.of_srgb(H @ rgb) - colors) * WEIGHTS**2).sum())
    stops = np.concatenate([np.linspace(0, 1, count)[:, None], rgb, np.ones((count, 1))], 1)
    return Fit(error + BYTE * (HEAD + count * STOP), Ramp(kind, frame, stops))


def hats(t: np.ndarray, count: int) -> np.ndarray:
    """[n, count] how much each of ``count`` even stops has of the color at ``t`` [n]."""
    at = t.clip(0, 1)[:, None] * (count - 1) - np.arange(count)
    return np.maximum(1 - np.abs(at), 0)


def paler(ramp: Ramp | None) -> Ramp | None:
    """``ramp`` with no stop lighter than PALEST, which white paper would not show."""
    if ramp is None:
        return None
    lab = oklab.of_srgb(ramp.stops[:, 1:4])
    lab[:, 0] = np.minimum(lab[:, 0], PALEST)
    return Ramp(ramp.kind, ramp.frame, np.concatenate([ramp.stops[:, :1], oklab.to_srgb(lab), ramp.stops[:, 4:]], 1))


def flipped(ramp: Ramp, edge: float) -> Ramp:
    """``ramp`` mirrored about x = edge / 2; of a circle u stays."""
    u, _, o = ramp.frame.T
    u = u * ([-1, 1] if ramp.kind == Gradient.LINEAR else [1, 1])
    return Ramp(ramp.kind, np.stack([u, [-u[1], u[0]], [edge - o[0], o[1]]], 1), ramp.stops)
