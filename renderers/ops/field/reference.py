"""The definition of ``field``: torch, any dtype, any device."""

from collections.abc import Callable

from torch import Tensor
from torch.nn.functional import linear

from ..hashgrid.layout import Layout
from ..hashgrid.reference import hashgrid


def field(x: Tensor, table: Tensor, w1: Tensor, w2: Tensor, b2: Tensor, layout: Layout,
          active: float | None = None, grid: Callable[..., Tensor] = hashgrid) -> Tensor:
    return linear(linear(grid(x, table, layout, active), w1).relu(), w2, b2)
