r"""``fill`` by diffvg, where it is installed (Li et al. 2020, Differentiable Vector Graphics Rasterization).

It samples what the others integrate: SAMPLES^2 points a pixel, and points on edges for their gradients, so its values
carry noise and it is chosen only by name (``backend="pydiffvg"``), to compare with. Its lines have round caps; others
raise BackendError. PyPI has no wheels of it: https://github.com/BachiLi/diffvg says how to build one.
"""

import numpy as np
import pydiffvg
import torch
from torch import Tensor

from ...drawing import Paint, Paths
from ...errors import BackendError

RANK = -1
SAMPLES = 4


def fill(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths, size: tuple[int, int]) -> Tensor:
    if other := {Paint.BUTT, Paint.SQUARE} & set(paths.paint.tolist()):
        raise BackendError(f"fill: backend 'pydiffvg' has round caps only, got {Paint(min(other)).name.lower()}")
    pydiffvg.set_device(points.device)
    pictures = [_picture(*each, paths, size) for each in zip(points.float(), colors.float(), widths.float(), strict=True)]
    return torch.stack(pictures).to(points) if pictures else points.new_zeros(0, *size, 4)


def _picture(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths, size: tuple[int, int]) -> Tensor:
    """[H, W, 4] premultiplied, of one of the B."""
    if not len(paths):
        return points.new_zeros(*size, 4)
    shapes, groups = [], []
    for n, paint in enumerate(map(Paint, paths.paint)):
        first = len(shapes)
        shapes += [_shape(points, widths[n], paths, u, paint) for u in range(paths.paths[n], paths.paths[n + 1])]
        ids = torch.arange(first, len(shapes))
        groups.append(pydiffvg.ShapeGroup(ids, None, stroke_color=colors[n]) if paint.is_stroke else
                      pydiffvg.ShapeGroup(ids, colors[n], use_even_odd_rule=paint == Paint.EVENODD))
    H, W = size
    scene = pydiffvg.RenderFunction.serialize_scene(W, H, shapes, groups)
    black = points.new_tensor([0.0, 0, 0, 1]).expand(*size, 4).contiguous()
    over_black, alone = (pydiffvg.RenderFunction.apply(W, H, SAMPLES, SAMPLES, 0, below, *scene)
                         for below in (black, None))
    return torch.cat([over_black[..., :3], alone[..., 3:]], -1)     # alone, each sample's color was divided by opacity


def _shape(points: Tensor, width: Tensor, paths: Paths, u: int, paint: Paint) -> "pydiffvg.Path":
    """Subpath ``u``: cubics, each by its first three points, the end, and a line back where the start is elsewhere."""
    segments = paths.segments[paths.subpaths[u]:paths.subpaths[u + 1]]
    handles = np.full(len(segments), 2)
    index = segments[:, :3].ravel()
    closed = bool(paths.closed[u]) or not paint.is_stroke
    if not closed or segments[-1, 3] != segments[0, 0]:
        index = np.append(index, segments[-1, 3])
        handles = np.append(handles, 0) if closed else handles
    return pydiffvg.Path(torch.from_numpy(handles), points[torch.from_numpy(index)].contiguous(), closed,
                         stroke_width=width / 2)            # its stroke_width is the radius
