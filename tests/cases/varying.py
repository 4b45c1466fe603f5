"""Inputs of ``varying`` by name: ``CASES[name](dtype) -> (face, pixels, depths, faces, attributes)``."""

import torch

from renderers.ops.rasterize import rasterize
from tests.cases import rasterize as drawn


def leaves(pixels, depths, faces, size, channels=3):
    face = rasterize(pixels, depths, faces, size, backend="reference").face
    attributes = torch.randn(pixels.shape[1], channels, generator=torch.Generator().manual_seed(5)).to(pixels)
    return face, pixels.requires_grad_(), depths.requires_grad_(), faces, attributes.requires_grad_()


def small(dtype):
    return leaves(*drawn.soup(dtype, triangles=4, size=(7, 9)))


def typical(dtype):
    """A tilted height field, its corners off the pixels' centres."""
    pixels, depths, faces, size = drawn.grid(dtype, cells=7)
    return leaves(pixels * 3.3 + 0.21, depths, faces, size)


def slivers(dtype):
    """Random triangles of all shapes, in three views."""
    return leaves(*drawn.soup(dtype, triangles=40, views=3))


def non_contiguous(dtype):
    face, pixels, depths, faces, attributes = typical(dtype)
    attributes = attributes.detach().t().contiguous().t().requires_grad_()
    return face, pixels.detach().flip(1).flip(1).requires_grad_(), depths, faces, attributes


CASES = {"small": small, "typical": typical, "one channel": lambda dtype: leaves(*drawn.soup(dtype, triangles=9), channels=1),
         "slivers": slivers, "non-contiguous": non_contiguous, "empty": lambda dtype: leaves(*drawn.empty(dtype))}
