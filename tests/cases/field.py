"""Inputs of ``field`` by name: ``CASES[name](dtype) -> (x, table, w1, w2, b2, layout, active)``."""

import torch

from renderers.ops.hashgrid.layout import Layout

from . import hashgrid


def network(dtype, x, table, layout, active, H=16, C=4, seed=1):
    rng = torch.Generator().manual_seed(seed)
    weights = (torch.randn(H, layout.width, generator=rng) / layout.width**0.5,
               torch.randn(C, H, generator=rng) / H**0.5, torch.randn(C, generator=rng))
    return x, table, *(w.to(dtype).requires_grad_() for w in weights), layout, active


def odd(dtype):
    """Widths that are no multiples of the kernels' tiles."""
    return network(dtype, *hashgrid.points(dtype, 150, Layout(3, 4, 12, 8)), H=7, C=3)


def non_contiguous(dtype):
    x, table, w1, w2, b2, layout, active = network(dtype, *hashgrid.non_contiguous(dtype))
    return x, table, *(w.detach().t().contiguous().t().requires_grad_() for w in (w1, w2)), b2, layout, active


def nerf(dtype):
    """A NeRF's widths."""
    return network(dtype, *hashgrid.points(dtype, 60, Layout(12, 16, 256, 10), 11.5), H=32)


CASES = {
    "small": lambda dtype: network(dtype, *hashgrid.points(dtype, 5, Layout(2, 3, 6, 6), 1.4), H=4, C=2),
    "odd widths": odd,
    "non-contiguous": non_contiguous,
    "nerf": nerf,
    **{name: (lambda dtype, make=hashgrid.CASES[name]: network(dtype, *make(dtype)))
       for name in ("typical", "empty", "one element", "fading", "no levels", "borders")},
}
HALF = {"nerf": lambda: (*nerf(torch.float32), torch.bfloat16)}         # with matrices in bfloat16, which numba has not
