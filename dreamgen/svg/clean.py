r"""Hygiene: a drawing rounded to what is visible, without what nobody sees.

A coordinate has the decimals with which 10^-d is at most 1 / 2^15 of the longer side, a colour eight bits, an opacity
three decimals. Left out, in this order, are paths that are not finite, transparent, empty (no area, no width), off the
canvas, hidden, or there twice:

    hidden   sum over the pixels of T_n a_n < VISIBLE,      T_n = prod_{m > n} (1 - a_m),   a_n = opacity_n cover_n
    twice    the same curves and paint as a path above: with nothing between them one path of colour c2 over c1;
             under an opaque one, none

``T_n a_n`` is how much of path n is in a pixel, and its sum the gradient of the picture in the colour of n.
"""

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil, isfinite, log10

import numpy as np
import torch

from renderers.drawing import Drawing, Paint, fit, look
from renderers.ops.fill import fill

from .shapes import Shape, Subpath, from_drawing, to_drawing

STEPS = 2**15               # of a coordinate along the longer side: 1/8 pixel of a picture of 4096
OPACITY_DECIMALS = 3
EDGE = 512                  # pixels of the picture in which a path is to be seen
VISIBLE = 0.02              # pixels of that picture, in sum
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
    d, dropped = decimals(size), Counter()
    kept: list[Shape] = []
    for shape in from_drawing(drawing):
        why = fault(shape, size) or fault(shape := rounded(shape, d), size)
        if why:
            dropped[why] += 1
        else:
            kept.append(shape)
    seen = visible(kept, size) >= VISIBLE
    dropped["hidden"] += int((~seen).sum())
    kept = [shape for shape, is_seen in zip(kept, seen) if is_seen]
    single = without_twins(kept)
    dropped["there twice"] += len(kept) - len(single)
    background = drawing.background and tuple(np.rint(np.clip(drawing.background, 0, 1) * 255) / 255)
    return Cleaned(to_drawing(single, size, background), {why: n for why, n in dropped.items() if n})


def canvas(size: tuple[float, float]) -> tuple[float, float]:
    """(width, height) with six significant digits, which is what the file says."""
    width, height = (float(f"{side:.6g}") for side in size)
    if not (isfinite(width) and isfinite(height) and min(width, height) > 0):
        raise ValueError(f"drawing: size is {size[0]:g} x {size[1]:g}, want two finite numbers above 0")
    return width, height


def decimals(size: tuple[float, float]) -> int:
    return max(ceil(log10(STEPS / max(size))), 0)


def rounded(shape: Shape, d: int) -> Shape:
    """``shape`` with d decimals, straight where it looks straight, and without cubics that have become points."""
    r, g, b, a = np.clip(shape.color, 0, 1)
    color = (*(np.rint(np.array([r, g, b]) * 255) / 255).tolist(), round(float(a), OPACITY_DECIMALS))
    width = round(shape.width, d) if shape.paint.is_stroke else 0.0
    return replace(shape, color=color, width=width, subpaths=[_rounded(each, d) for each in shape.subpaths])


def _rounded(each: Subpath, d: int) -> Subpath:
    p = each.cubics.round(d) + 0.0                                  # [S, 4, 2]; + 0.0 makes -0 a 0
    straight = _straight(p, 0.75 * 10.0**-d)
    p[straight, 1], p[straight, 2] = p[straight, 0], p[straight, 3]
    moves = (p != p[:, :1]).any(axis=(1, 2))
    p = p[moves] if moves.any() else p[:1]                          # one point alone is a dot, if its caps are round
    if each.closed and len(p) > 1 and (p[-1, 3] == p[0, 0]).all() and (p[-1, 1] == p[-1, 0]).all() and \
            (p[-1, 2] == p[-1, 3]).all():
        p = p[:-1]                                                  # the straight line back is what closing draws
    return Subpath(np.concatenate([p[0, :1], p[:, 1:].reshape(-1, 2)]), each.closed)


def _straight(p: np.ndarray, tolerance: float) -> np.ndarray:
    """[S] whether a cubic's handles lie on its chord and within it."""
    chord = p[:, 3] - p[:, 0]
    long = np.linalg.norm(chord, axis=1)
    along = chord / np.maximum(long, 1e-300)[:, None]
    handles = p[:, 1:3] - p[:, :1]                                  # [S, 2, 2]
    beside = np.abs(handles[..., 0] * along[:, None, 1] - handles[..., 1] * along[:, None, 0])
    reach = (handles * along[:, None]).sum(-1)
    return (long > 0) & (beside <= tolerance).all(1) & (reach >= -tolerance).all(1) & \
        (reach <= long[:, None] + tolerance).all(1)


def fault(shape: Shape, size: tuple[float, float]) -> str | None:
    """Why ``shape`` cannot be seen on a canvas of ``size``, by what it is alone; None if it may be."""
    p = shape.points
    if not (np.isfinite(p).all() and np.isfinite(shape.color).all() and isfinite(shape.width)):
        return "not finite"
    if not shape.color[3] > 0:
        return "transparent"
    low, high = p.min(0), p.max(0)
    if max(-low.min(), high.max()) > REACH * max(size):
        return "too far off"
    if (not shape.width > 0) if shape.paint.is_stroke else (low == high).any():
        return "empty"
    grow = shape.width * (0.7072 if shape.paint == Paint.SQUARE else 0.5) if shape.paint.is_stroke else 0.0
    return "off the canvas" if (high + grow <= 0).any() or (low - grow >= size).any() else None


def visible(shapes: list[Shape], size: tuple[float, float]) -> np.ndarray:
    """[N] pixels in which each path is seen, by what they show of it, in a picture whose longer side is EDGE.

    From the top down, a block at a time, so that neither memory nor what is under an opaque path costs more.
    """
    weights = np.zeros(len(shapes))
    scale = EDGE / max(size)
    H, W = (max(round(side * scale), 1) for side in size[::-1])
    above = torch.ones(H, W)                                        # T of what has been drawn
    end = len(shapes)
    while end and above.max() > 1e-3:
        start, room = end, BLOCK
        while start and room > 0:
            start -= 1
            extent = np.ptp(np.clip(shapes[start].points, 0, size), axis=0) * scale + 2 + shapes[start].width * scale
            room -= int(extent.prod())
        block = to_drawing(shapes[start:end], size, None)
        points, widths = look(torch.from_numpy(block.points), torch.from_numpy(block.widths), fit(size, (H, W)))
        colors = torch.from_numpy(block.colors)[None].requires_grad_()
        with torch.enable_grad():
            rgba = fill(points, colors, widths, block.paths, (H, W))
            (rgba[0, ..., 0] * above).sum().backward()
        weights[start:end] = colors.grad[0, :, 0].double().numpy()
        above *= 1 - rgba[0, ..., 3].detach()
        end = start
    return weights


def without_twins(shapes: list[Shape]) -> list[Shape]:
    """No two paths of the same curves where one can be had."""
    kept: list[Shape] = []                                          # from the top down
    opaque: set[tuple] = set()
    for shape in reversed(shapes):
        key = _key(shape)
        if key in opaque:
            continue
        if kept and _key(kept[-1]) == key and kept[-1].layer == shape.layer:
            kept[-1] = shape = replace(shape, color=_over(kept[-1].color, shape.color))
        else:
            kept.append(shape)
        if shape.color[3] == 1:
            opaque.add(key)
    return kept[::-1]


def _key(shape: Shape) -> tuple:
    return shape.paint, shape.width, *((each.closed, each.points.tobytes()) for each in shape.subpaths)


def _over(top: tuple, under: tuple) -> tuple[float, float, float, float]:
    """One paint for two, rounded as paints are."""
    a = top[3] + under[3] * (1 - top[3])
    rgb = (np.array(top[:3]) * top[3] + np.array(under[:3]) * under[3] * (1 - top[3])) / a
    return *(np.rint(rgb * 255) / 255).tolist(), round(a, OPACITY_DECIMALS)
