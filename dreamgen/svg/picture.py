"""A drawing as pixels, by the same kernel that drew it in the run: coverage is analytic, so any size is antialiased."""

import numpy as np
import torch
from torch import Tensor

from renderers.drawing import Drawing, fit, look, look_at_frames
from renderers.ops.fill import fill


def picture_size(drawing: Drawing, edge: int) -> tuple[int, int]:
    """(H, W) with the longer side ``edge``."""
    width, height = drawing.size
    return tuple(max(round(edge * side / max(width, height)), 1) for side in (height, width))


def painted(drawing: Drawing, size: tuple[int, int], colors: Tensor | None = None, stops: Tensor | None = None) -> Tensor:
    """[H, W, 4] premultiplied sRGB and opacity of the paths alone; differentiable in ``colors`` and ``stops``, the
    drawing's own if None."""
    view = fit(drawing.size, size)
    points, widths = look(torch.from_numpy(drawing.points), torch.from_numpy(drawing.widths), view)
    colors = torch.from_numpy(drawing.colors) if colors is None else colors
    if not len(drawing.frames):
        return fill(points, colors[None], widths, drawing.paths, size)[0]
    stops = torch.from_numpy(drawing.stops) if stops is None else stops
    frames = look_at_frames(torch.from_numpy(drawing.frames), view)
    return fill(points, colors[None], widths, drawing.paths, size, frames, stops[None])[0]


@torch.no_grad()
def picture(drawing: Drawing, edge: int) -> np.ndarray:
    """[H, W, 4] float32, straight sRGB and opacity; over the drawing's background, if it has one, with opacity 1.

    Args:
        edge: pixels of the longer side, >= 1.
    """
    rgba = painted(drawing, picture_size(drawing, edge)).numpy()
    if drawing.background is not None:
        rgba[..., :3] += (1 - rgba[..., 3:]) * np.float32(drawing.background)
        rgba[..., 3] = 1
    return np.concatenate([rgba[..., :3] / np.maximum(rgba[..., 3:], 1e-6), rgba[..., 3:]], axis=2)
