"""Inputs of ``rasterize`` by name: ``CASES[name](dtype) -> (pixels, depths, faces, size)``."""

import torch


def soup(dtype, triangles=300, views=2, size=(37, 53), seed=0):
    """Random triangles, some behind the camera, some half outside the picture."""
    rng = torch.Generator().manual_seed(seed)
    pixels = torch.rand(views, 3 * triangles, 2, generator=rng, dtype=dtype) * 80 - 12
    depths = torch.rand(views, 3 * triangles, generator=rng, dtype=dtype) * 4 - 0.4
    return pixels, depths, torch.arange(3 * triangles).view(-1, 3), size


def grid(dtype, cells=24, size=(64, 64)):
    """A tilted height field whose corners fall on pixel centres: every shared edge and corner is a tie."""
    v, u = torch.meshgrid(torch.arange(cells + 1), torch.arange(cells + 1), indexing="ij")
    pixels = torch.stack([u, v], -1).view(1, -1, 2).to(dtype) * 2 + 4.5
    depths = 2 + 0.01 * u.reshape(1, -1).to(dtype) + 0.1 * torch.sin(v.reshape(1, -1).to(dtype))
    corner = (torch.arange(cells)[:, None] * (cells + 1) + torch.arange(cells)).reshape(-1, 1)
    quad = corner + torch.tensor([0, cells + 1, cells + 2, 1])
    return pixels, depths, torch.cat([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]]), size


def coincident(dtype):
    """One triangle three times, the last one seen from its back."""
    pixels = torch.tensor([[[1, 1], [14, 2], [3, 13]]], dtype=dtype)
    return pixels, torch.full((1, 3), 2.0, dtype=dtype), torch.tensor([[0, 1, 2], [0, 1, 2], [2, 1, 0]]), (16, 16)


def degenerate(dtype):
    """A point, a line, a corner that is not finite, a corner at infinity's doorstep, and one good triangle."""
    pixels = torch.tensor([[[2, 2], [2, 2], [8, 8], [5, 5], [9, 1], [1, 9], [float("nan"), 3], [1e30, 4]]], dtype=dtype)
    faces = torch.tensor([[0, 1, 1], [0, 2, 3], [4, 5, 6], [4, 5, 7], [0, 4, 5]])
    return pixels, torch.ones(1, 8, dtype=dtype), faces, (10, 12)


def empty(dtype):
    pixels, depths = torch.zeros(2, 0, 2, dtype=dtype), torch.zeros(2, 0, dtype=dtype)
    return pixels, depths, torch.zeros(0, 3, dtype=torch.int64), (5, 7)


CASES = {"soup": soup, "grid": grid, "coincident": coincident, "degenerate": degenerate, "empty": empty}
