r"""Regions as a stack of whole shapes: each reaches under those above it, so that no gap shows and no sliver is left.

    order: by the area of the region with its holes filled, the largest at the bottom
    H_i  = the regions above i
    S_i  = i + {p in H_i: dist(p, i) <= REACH and dist(p, outside) >= TAPER dist(p, i)} + holes of i within H_i

The taper leads the hidden part away from the drawing's outline: it begins where the outline begins to be another's, so
nothing is open there, and no two shapes share an edge against the background, where both would be half seen.
"""

import numpy as np
from scipy.ndimage import binary_fill_holes, distance_transform_edt

from .regions import Regions

REACH = 1 / 12              # of the picture's edge
TAPER = 0.5


def order(regions: Regions) -> list[int]:
    """The numbers of the regions, from the bottom."""
    numbers = range(1, len(regions.lab) + 1)
    return sorted(numbers, key=lambda k: -int(binary_fill_holes(regions.label == k).sum()))


def stacked(regions: Regions) -> list[tuple[int, np.ndarray]]:
    """From the bottom: a region's number and the mask [E, E] bool of its whole shape."""
    numbers, found = order(regions), []
    outside = distance_transform_edt(regions.label > 0)
    for at, k in enumerate(numbers):
        own, above = regions.label == k, np.isin(regions.label, numbers[at + 1:])
        away = distance_transform_edt(~own)
        under = above & (away <= REACH * len(own)) & (outside >= TAPER * away)
        holes = binary_fill_holes(own) & ~own & (regions.label > 0)
        found.append((k, own | under | (holes & above)))
    return found
