"""A drawing as pixels, by the same kernel that drew it in the run: coverage is analytic, so any size is antialiased."""

import numpy as np
import torch

from renderers.drawing import Drawing, fit, look
from renderers.ops.fill import fill


def picture_size(drawing: Drawing, edge: int) -> tuple[int, int]:
    """(H, W) with the longer side ``edge``."""
    width, height = drawing.size
    return tuple(max(round(edge * side / max(width, height)), 1) for side in (height, width))


@torch.no_grad()
def picture(drawing: Drawing, edge: int) -> np.ndarray:
    """[H, W, 4] float32, straight sRGB and opacity; over the drawing's background, if it has one, with opacity 1.

    Args:
        edge: pixels of the longer side, >= 1.
    """
    size = picture_size(drawing, edge)
    points, widths = look(torch.from_numpy(drawing.points), torch.from_numpy(drawing.widths), fit(drawing.size, size))
    rgba = fill(points, torch.from_numpy(drawing.colors)[None], widths, drawing.paths, size)[0].numpy()
    if drawing.background is not None:
        rgba[..., :3] += (1 - rgba[..., 3:]) * np.float32(drawing.background)
        rgba[..., 3] = 1
    return np.concatenate([rgba[..., :3] / np.maximum(rgba[..., 3:], 1e-6), rgba[..., 3:]], axis=2)
