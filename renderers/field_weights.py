r"""The random start of a field: a hash grid's table, and the two layers behind it that ``ops/field`` takes.

    table ~ U(-1e-4, 1e-4)      w1 ~ U(-sqrt(6 / n), sqrt(6 / n)), n = 2 levels      w2 ~ U(-sqrt(3 / h), sqrt(3 / h)), h hidden

The table's range is Instant-NGP's (arXiv:2201.05989, section 3); w1's is He's (arXiv:1502.01852), as its layer is a ReLU's.
"""

import torch
from torch.nn import Parameter

from .ops.hashgrid import Layout

OUTPUTS = 4         # density and color


def drawn(layout: Layout, hidden: int, rng: torch.Generator) -> tuple[Parameter, Parameter, Parameter]:
    """table [rows, 2], w1 [hidden, 2 levels], w2 [4, hidden], drawn from ``rng`` in this order."""
    inputs = 2 * layout.levels

    def uniform(bound: float, *shape: int) -> Parameter:
        return Parameter(bound * (2 * torch.rand(*shape, generator=rng) - 1))

    return (uniform(1e-4, layout.rows, 2), uniform((6 / inputs) ** 0.5, hidden, inputs),
            uniform((3 / hidden) ** 0.5, OUTPUTS, hidden))
