"""The definition of ``hashgrid``: torch, any dtype, any device."""

import torch
from torch import Tensor

from .layout import PRIMES, Layout


def hashgrid(x: Tensor, table: Tensor, layout: Layout, active: float | None = None) -> Tensor:
    x = x.clamp(0, 1)
    levels = zip(layout.scales, layout.resolutions, layout.dense, layout.offsets[:-1], layout.offsets[1:],
                 layout.fade(active), strict=True)
    return torch.cat([_level(x, table[first:last], scale, resolution, dense) * fade
                      for scale, resolution, dense, first, last, fade in levels], 1)


def _level(x: Tensor, rows: Tensor, scale: float, resolution: int, dense: bool) -> Tensor:
    p = x * scale + 0.5
    cell = p.detach().floor()
    u = p - cell
    w = _corners(torch.stack([1 - u, u], -1), torch.mul)                                # [M, 8]
    vertex = torch.stack([cell, cell + 1], -1).long()                                   # [M, 3, 2]
    factors = (1, resolution, resolution**2) if dense else PRIMES
    terms = torch.stack([vertex[:, axis] * factor for axis, factor in enumerate(factors)], 1)
    row = _corners(terms, torch.add if dense else torch.bitwise_xor)
    return (torch.nn.functional.embedding(row % len(rows), rows) * w[..., None]).sum(1)


def _corners(axes: Tensor, join) -> Tensor:
    """[M, 3, 2], a value for either side of each axis -> [M, 8], the three values of each corner joined."""
    x, y, z = axes.unbind(1)
    return join(join(x[:, None, None, :], y[:, None, :, None]), z[:, :, None, None]).flatten(1)
