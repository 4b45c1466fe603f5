r"""Hygiene: a drawing rounded to what is visible, without what nobody sees.

A coordinate has the decimals with which 10^-d is at most 1 / 2^15 of the longer side, a color eight bits, an opacity
and a stop's place three decimals; a gradient of one color is that color. Left out, in this order, are paths that are not
finite, transparent, empty (no area, no width), off the canvas, hidden, or there twice:

    hidden   sum over the pixels of T_n a_n < VISIBLE,      T_n = prod_{m > n} (1 - a_m),   a_n = opacity_n cover_n
    twice    the same curves and paint as a path above: with nothing between them one path of color c2 over c1;
             under an opaque one, none

``T_n a_n`` is how much of path n is in a pixel, and its sum the gradient of the picture in the color of n.
"""

from dataclasses import dataclass, replace
from math import ceil, isfinite, log10

import numpy as np
import torch

from renderers.drawing import Drawing, Gradient, Paint

from .curves import Curves, of_drawing
from .picture import painted

STEPS = 2**15               # of a coordinate along the longer side: 1/8 pixel of a picture of 4096
OPACITY_DECIMALS = 3
ROUND = 1e-3                # of its radius that an ellipse of colors may differ from a circle
EDGE = 256                  # pixels of the picture in which a path is to be seen
VISIBLE = 0.005             # pixels of that picture, in sum
REACH = 1e4                 # longer sides that a path may reach beyond the canvas
BLOCK = 2**25               # pixels of the paths' bounding boxes that are drawn at a time


@dataclass(frozen=True)
class Cleaned:
    """A drawing, and how many paths were dropped, by the reason."""

    drawing: Drawing
    dropped: dict[str, int]


def clean(drawing: Drawing) -> Cleaned:
    """``drawing`` as its file will have it; what is clean comes back as it is.

    Raises:
        ValueError: a canvas that is not finite or has no area.
    """
    size = canvas(drawing.size)
    curves, dropped = drop_faults(of_drawing(drawing), size, {})
    curves, dropped = drop_faults(rounded(curves, decimals(size)), size, dropped)
    visible_paths = visible(curves, size) >= VISIBLE
    single = without_twins(curves.only(visible_paths))
    dropped |= {"hidden": int((~visible_paths).sum()), "there twice": int(visible_paths.sum()) - len(single)}
    background = drawing.background and tuple(eight_bits(np.array(drawing.background)).tolist())
    cleaned = replace(single.drawing(size, background), title=in_one_line(drawing.title))
    return Cleaned(cleaned, {why: n for why, n in dropped.items() if n})


def in_one_line(text: str) -> str:
    """Single spaces, and nothing that cannot be seen: XML has no place for a control character."""
    return " ".join("".join(filter(str.isprintable, word)) for word in text.split())


def canvas(size: tuple[float, float]) -> tuple[float, float]:
    """(width, height) with six significant digits, which is what the file says."""
    width, height = (float(f"{side:.6g}") for side in size)
    if not (isfinite(width) and isfinite(height) and min(width, height) > 0):
        raise ValueError(f"drawing: size is {size[0]:g} x {size[1]:g}, want two finite numbers above 0")
    return width, height


def decimals(size: tuple[float, float]) -> int:
    return max(ceil(log10(STEPS / max(size))), 0)


def eight_bits(rgb: np.ndarray) -> np.ndarray:
    return np.rint(rgb.clip(0, 1) * 255) / 255


def drop_faults(curves: Curves, size: tuple[float, float], dropped: dict[str, int]) -> tuple[Curves, dict[str, int]]:
    """Without the paths that cannot be seen by what they are alone, and how many there are, added to ``dropped``."""
    low, high = curves.box()
    width = np.where(curves.is_stroke, curves.widths, 0)
    grow = (width * np.where(curves.paint == Paint.SQUARE, 0.7072, 0.5))[:, None]       # a square's corner is farther
    every = [low, high, curves.colors, width[:, None], curves.frames.reshape(len(low), 6), *np.moveaxis(curves.stops, 1, 0)]
    with np.errstate(invalid="ignore"):
        faults = {
            "not finite": ~np.isfinite(np.concatenate(every, 1)).all(1),
            "transparent": (curves.colors[:, 3] <= 0) | (curves.gradient > 0) & (curves.stops[..., 4] <= 0).all(1),
            "too far off": (np.maximum(-low, high) > REACH * max(size)).any(1),
            "empty": np.where(curves.is_stroke, width <= 0, (low == high).any(1)),
            "off the canvas": (high + grow <= 0).any(1) | (low - grow >= size).any(1)}
    keep = np.ones(len(curves), bool)
    counts = dict(dropped)
    for why, faulty in faults.items():
        counts[why] = counts.get(why, 0) + int((keep & faulty).sum())
        keep &= ~faulty
    return curves.only(keep), counts


def rounded(curves: Curves, d: int) -> Curves:
    """With d decimals, straight where it looks straight, and without cubics that have become points."""
    p = curves.cubics.round(d) + 0.0                                # + 0.0 makes -0 a 0
    straight = is_straight(p, 0.75 * 10.0**-d)
    p[straight, 1], p[straight, 2] = p[straight, 0], p[straight, 3]
    opacity = curves.colors[:, 3:].clip(0, 1).round(OPACITY_DECIMALS)
    colors = np.concatenate([eight_bits(curves.colors[:, :3]), opacity], 1)
    curves = replace(curves, cubics=p, colors=colors, widths=np.where(curves.is_stroke, curves.widths, 0).round(d))
    curves = rounded_gradients(curves, d)

    points = (p == p[:, :1]).all((1, 2))
    first = curves.starts()[0]
    dot = np.bincount(curves.subpath, ~points, len(curves.path)) == 0
    points[first[:-1][dot]] = False                                 # a dot is seen, if its caps are round
    curves = curves.without(points)
    alone = np.bincount(curves.path, ~dot, len(curves))[curves.path] == 0
    curves = curves.only_subpaths(~dot | alone | curves.is_stroke[curves.path])

    p, first = curves.cubics, curves.starts()[0]
    last = first[1:] - 1
    back = curves.closed & (np.diff(first) > 1) & (p[last, 3] == p[first[:-1], 0]).all(1) & \
        (p[last, 1] == p[last, 0]).all(1) & (p[last, 2] == p[last, 3]).all(1)
    return curves.without(np.isin(np.arange(len(p)), last[back]))    # the straight line back is what closing draws


def rounded_gradients(curves: Curves, d: int) -> Curves:
    """Frames with d decimals, as the file says them; a gradient of one color, or of a frame without area, as a color."""
    if not curves.gradient.any():
        return replace(curves, frames=0 * curves.frames, stops=curves.stops[:, :0])
    linear, radial = curves.gradient == Gradient.LINEAR, curves.gradient == Gradient.RADIAL
    frames, stops = canonical(curves.frames, linear).round(d) + 0.0, curves.stops.copy()
    stops[..., 1:4] = eight_bits(stops[..., 1:4])
    stops[..., 4] = stops[..., 4].clip(0, 1).round(OPACITY_DECIMALS)
    stops[..., 0] = np.maximum.accumulate(stops[..., 0].clip(0, 1), 1).round(3)
    u, v = frames[..., 0], frames[..., 1]
    v[linear] = turned(u[linear])
    flat = u[:, 0] * v[:, 1] == u[:, 1] * v[:, 0]
    one = (stops[..., 1:] == stops[:, :1, 1:]).all((1, 2)) | flat
    plain = (linear | radial) & one
    colors = curves.colors.copy()
    colors[plain, :3] = stops[plain, -1, 1:4]
    colors[plain, 3] = (colors[plain, 3] * stops[plain, -1, 4]).round(OPACITY_DECIMALS)
    left = np.where(plain, Gradient.NONE, curves.gradient).astype(np.int8)
    none = left == Gradient.NONE
    frames[none], stops[none] = 0, 0
    stops = stops[:, :max((distinct(row) for row in stops[~none]), default=0)]
    colors[~none, :3] = eight_bits(stops[~none, :, 1:4].mean(1)) if stops.shape[1] else 0     # means nothing, but the same
    return replace(curves, colors=colors, gradient=left, frames=frames, stops=stops)


def distinct(stops: np.ndarray) -> int:
    """How many of ``stops`` [K, 5] there are without the repetitions of the last one."""
    return int(np.flatnonzero((stops != stops[-1]).any(1)).max(initial=-1)) + 2


def canonical(frames: np.ndarray, linear: np.ndarray) -> np.ndarray:
    """``frames`` [N, 2, 3] of the same colors: of ``linear`` ones v is u turned, of circles too, and u lies along x."""
    u, v, o = np.moveaxis(frames, 2, 0)
    area = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    across = np.where(np.abs(area) > 0, area, 1)[:, None] * -turned(v) / np.maximum((v * v).sum(1), 1e-300)[:, None]
    along = np.where(linear[:, None] & (np.abs(area) > 0)[:, None], across, u)
    wide, high = np.linalg.norm(u, axis=1), np.linalg.norm(v, axis=1)
    circle = ~linear & (np.abs(wide - high) <= ROUND * wide) & (np.abs((u * v).sum(1)) <= ROUND * wide * high)
    along = np.where(circle[:, None], np.stack([wide, 0 * wide], 1), along)
    return np.stack([along, np.where((linear | circle)[:, None], turned(along), v), o], 2)


def turned(u: np.ndarray) -> np.ndarray:
    """[N, 2] a quarter of a turn from +x to +y."""
    return np.stack([-u[:, 1], u[:, 0]], 1)


def is_straight(p: np.ndarray, tolerance: float) -> np.ndarray:
    """[S] whether a cubic's handles lie on its chord and within it."""
    chord = p[:, 3] - p[:, 0]
    long = np.linalg.norm(chord, axis=1)
    along = chord / np.maximum(long, 1e-300)[:, None]
    handles = p[:, 1:3] - p[:, :1]                                  # [S, 2, 2]
    beside = np.abs(handles[..., 0] * along[:, None, 1] - handles[..., 1] * along[:, None, 0])
    reach = (handles * along[:, None]).sum(-1)
    return (long > 0) & (beside <= tolerance).all(1) & (reach >= -tolerance).all(1) & \
        (reach <= long[:, None] + tolerance).all(1)


def visible(curves: Curves, size: tuple[float, float]) -> np.ndarray:
    """[N] pixels in which each path is seen, by what they show of it, in a picture whose longer side is EDGE.

    From the top down, a block at a time, so that neither memory nor what is under an opaque path costs more.
    """
    weights, number = np.zeros(len(curves)), np.arange(len(curves))
    scale = EDGE / max(size)
    H, W = (max(round(side * scale), 1) for side in size[::-1])
    low, high = (np.clip(corner, 0, size) for corner in curves.box())
    areas = ((high - low + curves.widths[:, None]) * scale + 2).prod(1)
    above = torch.ones(H, W)                                        # T of what has been drawn
    end = len(curves)
    while end and above.max() > 1e-3:
        fitting = int(np.searchsorted(np.cumsum(areas[:end][::-1]), BLOCK))
        start = end - max(fitting, 1)
        block = curves.only((number >= start) & (number < end)).drawing(size, None)
        colors, stops = (torch.from_numpy(each).requires_grad_() for each in (block.colors, block.stops))
        with torch.enable_grad():
            rgba = painted(block, (H, W), colors, stops)
            (rgba[..., 0] * above).sum().backward()
        weights[start:end] = colors.grad[:, 0].double().numpy()
        if stops.grad is not None:
            weights[start:end] += stops.grad[..., 1].sum(1).double().numpy()
        above *= 1 - rgba[..., 3].detach()
        end = start
    return weights


def without_twins(curves: Curves) -> Curves:
    """No two paths of the same curves where one can be had."""
    cubics, subpaths = curves.starts()
    colors, keep = curves.colors.copy(), np.ones(len(curves), bool)
    opaque, above, upper = set(), None, -1                          # keys; the key and number of the path above
    for n in range(len(curves) - 1, -1, -1):
        u = slice(subpaths[n], subpaths[n + 1])
        key = (curves.cubics[cubics[u.start]:cubics[u.stop]].tobytes(), np.diff(cubics[u.start:u.stop + 1]).tobytes(),
               curves.closed[u].tobytes(), int(curves.paint[n]), float(curves.widths[n]))
        plain = curves.gradient[n] == Gradient.NONE
        if key in opaque:
            keep[n] = False
            continue
        if plain and key == above and curves.layers[n] == curves.layers[upper]:
            keep[n], colors[upper] = False, over(colors[upper], colors[n])
        else:
            above, upper = key if plain else None, n
        if colors[upper, 3] == 1 and (curves.gradient[upper] == Gradient.NONE or (curves.stops[upper, :, 4] == 1).all()):
            opaque.add(key)
    return replace(curves, colors=colors).only(keep)


def over(top: np.ndarray, under: np.ndarray) -> np.ndarray:
    """[4] one paint for two, rounded as paints are."""
    a = top[3] + under[3] * (1 - top[3])
    rgb = (top[:3] * top[3] + under[:3] * under[3] * (1 - top[3])) / a
    return np.array([*eight_bits(rgb), np.round(a, OPACITY_DECIMALS)])
