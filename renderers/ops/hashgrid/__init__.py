r"""Multi-resolution hash encoding (Instant-NGP, arXiv 2201.05989); the table is tiny-cuda-nn's, and serves both.

    p = x scale_l + 1/2,   cell = floor(p),   u = p - cell                       at each level l, see ``layout.py``
    f_l(x) = fade_l sum over the cell's 8 corners c of  w_c(u) table[offset_l + row_l(cell + c)]       w_c trilinear

    row(v) = (v_x + r v_y + r^2 v_z) mod rows_l          where every vertex of the level has its row
           = (v_x xor 2654435761 v_y xor 805459861 v_z) mod rows_l                       elsewhere

Differentiable in ``table`` and ``x``. The gradient in x is that of the trilinear interpolation: it jumps at cell
borders. A position outside [0, 1] is moved to the border and gets no gradient along that axis.
"""

from torch import Tensor

from ...checks import check
from .._dispatch import choose
from .layout import FEATURES, Layout


def hashgrid(x: Tensor, table: Tensor, layout: Layout, active: float | None = None, *,
             backend: str | None = None) -> Tensor:
    """Features of each position.

    Args:
        x: [M, 3] in [0, 1].
        table: [S, F] features, F = 2, S = ``layout.rows``.
        layout: sizes of the levels.
        active: how many levels count, in [0, L], the last one in part: fade_l = clamp(active - l, 0, 1). The features
            beyond are 0 and get no gradient. None is all.

    Returns:
        [M, L F], coarsest level first, a level's features side by side.
    """
    check("hashgrid", f"x [M 3], table [{layout.rows} {FEATURES}]", x, table)
    return choose("hashgrid", x.device.type, backend).hashgrid(x, table, layout, active)
