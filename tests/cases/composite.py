"""Inputs of ``composite`` by name: ``CASES[name](dtype) -> (sigma, rgb, t, delta, offsets)``."""

import torch

DELTA = 0.02


def rays(dtype, counts, density=30.0, seed=0):
    """Rays with so many samples each, densities uniform up to ``density``."""
    rng = torch.Generator().manual_seed(seed)
    M = sum(counts)
    sigma = (density * torch.rand(M, generator=rng)).to(dtype).requires_grad_()
    rgb = torch.rand(M, 3, generator=rng).to(dtype).requires_grad_()
    place = torch.cat([torch.zeros(0), *(torch.arange(n) + 0.5 for n in counts)])
    return sigma, rgb, (1 + DELTA * place).to(dtype), DELTA, torch.tensor([0, *counts]).cumsum(0)


def opaque_first(dtype):
    sigma, rgb, *rest = rays(dtype, [5, 4])
    return sigma.detach().index_fill(0, torch.tensor([0, 5]), 1e6).requires_grad_(), rgb, *rest


def zero_density(dtype):
    return rays(dtype, [6, 3], density=0.0)


def thin(dtype):
    """So thin that 1 - exp(-tau), taken literally, would keep three digits."""
    return rays(dtype, [40, 30], density=1e-3)


def non_contiguous(dtype):
    sigma, rgb, t, delta, offsets = rays(dtype, [9, 8, 7])
    sigma = sigma.detach()[:, None].repeat(1, 2)[:, 0].requires_grad_()
    return sigma, rgb.detach().t().contiguous().t().requires_grad_(), t[:, None].repeat(1, 3)[:, 1], delta, offsets


def rows_of_no_ray(dtype):
    """Behind the last ray's samples, as ``march`` leaves them where its capacity is too large."""
    *parts, offsets = rays(dtype, [9, 0, 8, 7])
    return *parts, offsets.clamp(max=17)[:4]


CASES = {
    "small": lambda dtype: rays(dtype, [3, 0, 4]),
    "typical": lambda dtype: rays(dtype, [37, 0, 64, 1, 0, *[20] * 150]),
    "empty": lambda dtype: rays(dtype, [0, 0, 0]),
    "no rays": lambda dtype: rays(dtype, []),
    "one element": lambda dtype: rays(dtype, [1]),
    "opaque first sample": opaque_first,
    "zero density": zero_density,
    "thin": thin,
    "non-contiguous": non_contiguous,
    "rows of no ray": rows_of_no_ray,
}
