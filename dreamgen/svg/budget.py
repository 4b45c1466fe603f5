r"""A drawing in a budget of bytes: the paths whose loss is seen least are left out.

    change_n = sum over pixels |T_n a_n ((c_n, 1) - below_n)|^2 / number of pixels       = |picture - picture without n|^2
    a_n = opacity_n cover_n,   T_n = prod_{m > n} (1 - a_m),   below_n = the picture of the paths under n

exact, as painting over is linear in what is below. After each quarter of the paths the changes are measured anew, because
what is left may show what was hidden.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch

from renderers.drawing import Drawing

from .curves import of_drawing
from .picture import painted, picture_size

EDGE = 64                   # pixels of the longer side of the picture in which a path's loss is to be seen
SHARE = 4                   # of the paths at most one in so many is left out before the rest are measured anew


def within(drawing: Drawing, most: int, length: Callable[[Drawing], int]) -> Drawing:
    """``drawing`` with as many of its paths as ``most`` bytes hold, one at least; itself where all of them fit.

    Args:
        most: bytes.
        length: of the file that a drawing becomes, bytes.
    """
    while len(drawing.paths) > 1 and length(drawing) > most:
        rank = changes(drawing).argsort(kind="stable").argsort()
        low, high = 1, max(len(rank) // SHARE, 1)
        while low < high:                                       # the fewest that have to go, if that is enough
            middle = (low + high) // 2
            low, high = (low, middle) if length(subset(drawing, rank >= middle)) <= most else (middle + 1, high)
        drawing = subset(drawing, rank >= low)
    return drawing


def subset(drawing: Drawing, those: np.ndarray) -> Drawing:
    """The paths where ``those`` [N] bool, and no points but theirs."""
    return replace(of_drawing(drawing).only(those).drawing(drawing.size, drawing.background), title=drawing.title)


@torch.no_grad()
def changes(drawing: Drawing) -> np.ndarray:
    """[N] change_n of color and opacity, without the background."""
    H, W = picture_size(drawing, EDGE)
    single = np.eye(len(drawing.paths), dtype=bool)
    alone = [painted(subset(drawing, row), (H, W)) for row in single]         # a_n (c_n, 1)
    below, found = torch.zeros(H, W, 4), []
    for each in alone:
        found.append(each - each[..., 3:] * below)
        below = below + found[-1]
    through = torch.ones(H, W, 1)
    for n in reversed(range(len(alone))):
        found[n] = float((through * found[n]).square().sum() / (H * W))
        through = through * (1 - alone[n][..., 3:])
    return np.array(found)
