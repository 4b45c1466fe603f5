r"""A path's gradient: the frame turned into what every backend reads, and its color at the pixels, by the definition.

    place = [u v]^-1 (I, -o)  [2, 3],     q = place (x, y, 1),     t = q_0  or  |q|
    c(t)  = c_1 + sum_k s_k (c_{k+1} - c_k),     s_k = clip((t - t_k) / max(t_{k+1} - t_k, STEEP), 0, 1)

(x, y) is the pixel's centre, as in resvg and Skia: a step between two stops at one place is not antialiased.
"""

import torch
from torch import Tensor

FLAT = 1e-9                 # square pixels: a frame of less area has t = 1 everywhere, so the color of its last stop
STEEP = 1e-6                # of t; nearer stops are a step
TINY = 1e-12                # squared: |q| has derivative 0 nearer to the centre


def places(frames: Tensor) -> Tensor:
    """[B, N, 2, 3] of ``frames`` [B, N, 2, 3], columns u, v, o in pixels; differentiable, but not where they are flat."""
    u, v, o = frames.unbind(-1)
    area = u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
    flat = ~(area.abs() > FLAT) | ~frames.isfinite().flatten(2).all(2)
    area = torch.where(flat, 1, area)
    rows = torch.stack([v[..., 1], -v[..., 0], -u[..., 1], u[..., 0]], -1).unflatten(-1, (2, 2)) / area[..., None, None]
    place = torch.cat([rows, -(rows * o[..., None, :]).sum(-1, keepdim=True)], -1)
    return torch.where(flat[..., None, None], place.new_tensor([[0, 0, 1], [0, 0, 0]]), place)


def shades(x: Tensor, y: Tensor, place: Tensor, stops: Tensor, radial: Tensor) -> Tensor:
    """[M, 4] straight sRGB and opacity at the pixels (x, y) [M] of ``place`` [M, 2, 3], ``stops`` [M, K, 5], ``radial`` [M]."""
    centre = torch.stack([x + 0.5, y + 0.5, torch.ones_like(x)], -1).to(place)
    q = (place * centre[:, None]).sum(-1)
    t = torch.where(radial, q.square().sum(-1).clamp_min(TINY).sqrt(), q[:, 0])
    offsets, colors = stops[..., 0], stops[..., 1:]
    share = ((t[:, None] - offsets[:, :-1]) / offsets.diff(dim=1).clamp_min(STEEP)).clamp(0, 1)
    return colors[:, 0] + (share[..., None] * colors.diff(dim=1)).sum(1)
