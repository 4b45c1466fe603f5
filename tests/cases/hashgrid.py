"""Inputs of ``hashgrid`` by name: ``CASES[name](dtype) -> (x, table, layout, active)``."""

import torch

from renderers.ops.hashgrid.layout import Layout

LAYOUT = Layout(levels=5, base=4, finest=24, log2_size=9)       # two dense levels, three hashed
DENSE = Layout(levels=2, base=2, finest=8, log2_size=12)


def points(dtype, M, layout=LAYOUT, active=None, seed=0):
    rng = torch.Generator().manual_seed(seed)
    x = torch.rand(M, 3, generator=rng).to(dtype).requires_grad_()
    return x, torch.randn(layout.rows, 2, generator=rng).to(dtype).requires_grad_(), layout, active


def borders(dtype):
    """The corners of the cube, and points outside it, where x gets no gradient."""
    _, table, layout, active = points(dtype, 0)
    corners = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 3)
    outside = torch.tensor([[-0.1, 0.5, 0.5], [0.3, 1.2, -3.0], [2.0, 2.0, 2.0]])
    return torch.cat([corners, outside]).to(dtype).requires_grad_(), table, layout, active


def non_contiguous(dtype):
    x, table, layout, active = points(dtype, 100)
    x, table = x.detach().t().contiguous().t(), table.detach().repeat(1, 2)[:, 1:3]
    return x.requires_grad_(), table.requires_grad_(), layout, active


CASES = {
    "small": lambda dtype: points(dtype, 5, Layout(3, 3, 9, 6), 2.4),
    "typical": lambda dtype: points(dtype, 1000),
    "more than one job": lambda dtype: points(dtype, 9000, Layout(2, 4, 12, 9)),
    "empty": lambda dtype: points(dtype, 0),
    "one element": lambda dtype: points(dtype, 1),
    "all dense": lambda dtype: points(dtype, 300, DENSE),
    "one level": lambda dtype: points(dtype, 70, Layout(1, 16, 16, 8)),
    "fading": lambda dtype: points(dtype, 300, active=3.25),
    "no levels": lambda dtype: points(dtype, 70, active=0.0),
    "borders": borders,
    "non-contiguous": non_contiguous,
}
