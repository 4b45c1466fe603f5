"""The definition of ``field``: torch, any dtype, any device."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import linear

from ..hashgrid.layout import Layout
from ..hashgrid.reference import hashgrid


def field(x: Tensor, table: Tensor, w1: Tensor, w2: Tensor, b2: Tensor, layout: Layout,
          active: float | None = None, matrices: torch.dtype = torch.float32,
          grid: Callable[..., Tensor] = hashgrid) -> Tensor:
    f = grid(x, table, layout, active)
    if matrices == torch.float32:
        return linear(linear(f, w1).relu(), w2, b2)
    f, w1, w2 = (each.to(matrices) for each in (f, w1, w2))
    return linear(linear(f, w1).relu().to(b2), w2.to(b2), b2)
