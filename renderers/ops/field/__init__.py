r"""A radiance field: the hash grid and one hidden layer, in one operation.

    f = hashgrid(x, table, layout, active)            [M, L F]
    y = w2 relu(w1 f) + b2                            [M, C]

Differentiable in ``x``, ``table``, ``w1``, ``w2`` and ``b2``, once (no second derivatives). In x the gradient jumps at
cell borders, see ``hashgrid``: take normals by finite differences over a step that suits the scene.
"""

import torch
from torch import Tensor

from ...checks import check
from .._dispatch import choose
from ..hashgrid import hashgrid
from ..hashgrid.layout import FEATURES, Layout
from . import reference


def field(x: Tensor, table: Tensor, w1: Tensor, w2: Tensor, b2: Tensor, layout: Layout, active: float | None = None,
          matrices: torch.dtype = torch.float32, *, backend: str | None = None) -> Tensor:
    """C raw channels at each position; what they mean and which activation they get is the scene's business.

    Args:
        x: [M, 3] in [0, 1].
        table: [S, F] features, F = 2, S = ``layout.rows``.
        w1: [H, L F] weights of the hidden layer, which has no bias.
        w2: [C, H] weights of the output.
        b2: [C] its bias.
        layout: sizes of the levels.
        active: how many levels count, in [0, L], see ``hashgrid``; None is all.
        matrices: float32 multiplies float32 (or what the tensors are); bfloat16 rounds f, w1, the hidden layer and w2 to it
            and sums in float32, as tensor cores do. Backend "numba" has float32 only. float16 is not taken: gradients of
            pictures are below its least number.

    Returns:
        [M, C].

    Raises:
        ValueError: a shape does not fit, or ``matrices`` is neither.
    """
    check("field", f"x [M 3], table [{layout.rows} {FEATURES}], w1 [H {layout.width}], w2 [C H], b2 [C]",
          x, table, w1, w2, b2)
    if matrices not in (torch.float32, torch.bfloat16):
        raise ValueError(f"field: matrices is {matrices}, want torch.float32 or torch.bfloat16")
    chosen = choose("field", x.device.type, backend)
    if chosen is reference and backend is None:         # no kernel does it all; the grid may have one of its own
        return reference.field(x, table, w1, w2, b2, layout, active, matrices, hashgrid)
    return chosen.field(x, table, w1, w2, b2, layout, active, matrices)
