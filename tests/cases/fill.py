"""Inputs of ``fill`` by name: ``CASES[name](dtype) -> (points, colors, widths, paths, size)``, then frames, stops."""

from dataclasses import replace

import numpy as np
import torch

from renderers.drawing import Paint, Paths, chains, join


def random_paint(N, B, rng, dtype):
    colors = torch.rand(B, N, 4, generator=rng) * torch.tensor([1, 1, 1, 0.7]) + torch.tensor([0, 0, 0, 0.3])
    widths = 0.5 + 5 * torch.rand(B, N, generator=rng)
    return colors.to(dtype).requires_grad_(), widths.to(dtype).requires_grad_()


def mixed(dtype, N=24, B=2, size=(40, 52), radius=9.0, cubics=4, paints=tuple(Paint), seed=0):
    """Blobs that cross themselves, and lines, over and beyond the canvas; the paints take turns."""
    rng = torch.Generator().manual_seed(seed)
    parts = [chains([cubics], not Paint(paint).is_stroke, Paint(paint)) for paint in (paints * N)[:N]]
    lengths = [int(part.segments.max()) + 1 for part in parts]
    H, W = size
    points = []
    for part, n in zip(parts, lengths, strict=True):
        # Blobs go round twice at times. Lines do not: where one runs beside itself, rounding says which part is nearer.
        turns = 1 if part.paint[0] >= Paint.BUTT else torch.randint(1, 3, (B, 1), generator=rng)
        angle = torch.arange(n) / n * 2 * torch.pi * turns
        spread = radius * (0.4 + 1.2 * torch.rand(B, n, 1, generator=rng))
        centre = torch.rand(B, 1, 2, generator=rng) * torch.tensor([W, H])
        points.append(centre + spread * torch.stack([angle.cos(), angle.sin()], -1))
    points = torch.cat(points, 1).to(dtype).requires_grad_()
    return points, *random_paint(N, B, rng, dtype), join(parts, lengths), size


def ring(dtype, paint=Paint.NONZERO, turned=True):
    """A square with a square hole: two subpaths of lines, the inner one the other way round if ``turned``."""
    outer = [[4, 4], [20, 4], [20, 16], [4, 16]]
    inner = [[8, 7.5], [8, 12.5], [16, 12.5], [16, 7.5]]
    points = torch.tensor([outer + (inner if turned else inner[::-1])], dtype=dtype)
    line = np.array([[i, i, j, j] for k in (0, 4) for i, j in zip(range(k, k + 4), [k + 1, k + 2, k + 3, k], strict=True)])
    paths = Paths(line, np.array([0, 4, 8]), np.array([0, 2]), np.array([paint], np.int8), np.array([True, True]))
    return points.requires_grad_(), *random_paint(1, 1, torch.Generator().manual_seed(0), dtype), paths, (20, 24)


def degenerate(dtype):
    """Dots, lines without width, a blob of no area, one far off the canvas, one not finite, one out of all bounds."""
    rng = torch.Generator().manual_seed(0)
    parts = [chains([1] * 8, True, Paint.NONZERO), chains([1] * 3, False, Paint.ROUND), chains([1], False, Paint.BUTT)]
    points = 4 + 8 * torch.rand(1, 24 + 16, 2, generator=rng)
    points[:, 0:3] = 5.0                                    # a point
    points[:, 3:6, 1] = 7.0                                 # on a line
    points[:, 6:9] += 1000
    points[:, 9, 0] = torch.nan
    points[:, 12, 1] = torch.inf
    points[:, 15] = 1e30
    points[:, 18] = -9e5
    points[:, 24:28] = 6.0                                  # a dot
    points[:, 36:40] = 9.0                                  # a dot that a butt cap hides
    colors, widths = random_paint(12, 1, rng, dtype)
    widths = widths.detach().index_fill(1, torch.tensor([9]), 0.0).requires_grad_()
    return points.to(dtype).requires_grad_(), colors, widths, join(parts, [24, 12, 4]), (16, 18)


def empty(dtype):
    zeros = [torch.zeros(2, *shape, dtype=dtype) for shape in ((0, 2), (0, 4), (0,))]
    return *zeros, chains([], True, Paint.NONZERO), (5, 7)


def non_contiguous(dtype):
    points, colors, widths, paths, size = mixed(dtype, N=5)
    points = points.detach().mT.contiguous().mT.requires_grad_()
    colors = colors.detach()[:1].expand(2, -1, -1).requires_grad_()
    return points, colors, widths.detach().mT.contiguous().mT.requires_grad_(), paths, size


def graded(dtype, N=12, B=2, size=(48, 48), K=3, seed=2):
    """``mixed`` with gradients, whose kinds take turns: some smaller than their path, some larger, the last one flat."""
    points, colors, widths, paths, size = mixed(dtype, N, B, size, 0.25 * size[0], seed=seed)
    rng = torch.Generator().manual_seed(seed)
    kinds = (np.arange(N) % 3).astype(np.int8)
    turn = 2 * torch.pi * torch.rand(B, N, generator=rng)
    long = (0.15 + 0.5 * torch.rand(B, N, generator=rng)) * size[0]
    u = long[..., None] * torch.stack([turn.cos(), turn.sin()], -1)
    v = (0.4 + torch.rand(B, N, 1, generator=rng)) * torch.stack([-u[..., 1], u[..., 0]], -1) + 0.2 * u
    o = torch.tensor(size[::-1]) * torch.rand(B, N, 2, generator=rng)
    if N > 5:
        v[:, -1] = u[:, -1] = 0
    offsets = torch.cumsum(0.1 + torch.rand(B, N, K, generator=rng), -1) / K - 0.2
    opacities = 0.3 + 0.7 * torch.rand(B, N, K, 1, generator=rng)
    stops = torch.cat([offsets[..., None], torch.rand(B, N, K, 3, generator=rng), opacities], -1)
    frames = torch.stack([u, v, o], -1)
    frames, stops = (each.to(dtype).requires_grad_() for each in (frames, stops))
    return points, colors, widths, replace(paths, gradient=kinds), size, frames, stops


def steps(dtype):
    """Stops at one place, a single stop, and stops that are repeated."""
    points, colors, widths, paths, size, frames, stops = graded(dtype, N=6, B=1, seed=3)
    stops = stops.detach().clone()
    stops[:, 1, 1, 0] = stops[:, 1, 0, 0] + 0.3
    stops[:, 1, 2, 0] = stops[:, 1, 1, 0]
    stops[:, 2, 1:] = stops[:, 2, :1]
    return points, colors, widths, paths, size, frames, stops.requires_grad_()


CASES = {
    "small": lambda dtype: mixed(dtype, N=5, B=2, size=(6, 7), radius=2.0, cubics=2),
    "typical": lambda dtype: mixed(dtype, N=12, B=2, size=(48, 48), radius=12.0, seed=1),
    "blobs": lambda dtype: mixed(dtype, N=60, B=1, size=(64, 64), paints=(Paint.NONZERO, Paint.EVENODD)),
    "lines": lambda dtype: mixed(dtype, N=30, B=1, size=(64, 64), paints=(Paint.BUTT, Paint.ROUND, Paint.SQUARE)),
    "larger than the canvas": lambda dtype: mixed(dtype, N=10, B=1, size=(20, 24), radius=30.0),
    "hole": ring,
    "hole by evenodd": lambda dtype: ring(dtype, Paint.EVENODD, turned=False),
    "outlined": lambda dtype: ring(dtype, Paint.ROUND),
    "degenerate": degenerate,
    "gradients": graded,
    "small gradients": lambda dtype: graded(dtype, N=4, B=1, size=(9, 11), seed=4),
    "stops at one place": steps,
    "empty": empty,
    "non-contiguous": non_contiguous,
}
