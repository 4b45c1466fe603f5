r"""Where a multi-resolution hash grid keeps its features: tiny-cuda-nn's sizes and order, without torch.

    scale_l = 2^(l log2 b) base - 1,    b = (finest / base)^(1 / (levels - 1))     b is tiny-cuda-nn's per_level_scale
    resolution_l = ceil(scale_l) + 1                                                vertices along an edge
    rows_l = min(resolution_l^3 rounded up to 8, 2^log2_size)

Levels follow one another in the table, coarsest first. A level whose vertices all fit is dense, its row x + r y + r^2 z
modulo rows_l; the others are hashed (``grid.h`` of NVlabs/tiny-cuda-nn, GridType Hash, linear interpolation).
"""

from dataclasses import dataclass
from functools import cached_property
from math import log2

import numpy as np

FEATURES = 2                        # F, features per level
PRIMES = (1, 2654435761, 805459861)     # of the hash (Instant-NGP, arXiv 2201.05989, section 3)


@dataclass(frozen=True)
class Layout:
    """The shape of a hash grid; equal layouts share checkpoints.

    Attributes:
        levels: L, >= 1.
        base: vertices along an edge of the coarsest level, >= 2.
        finest: the same of the finest level, >= base.
        log2_size: a level has at most 2^log2_size rows, 3 to 24.
    """

    levels: int = 16
    base: int = 16
    finest: float = 1024
    log2_size: int = 15

    def __post_init__(self):
        for name, low, value, high in (("levels", 1, self.levels, 64), ("base", 2, self.base, 2**20),
                                       ("finest", self.base, self.finest, 2**20), ("log2_size", 3, self.log2_size, 24)):
            if not low <= value <= high:
                raise ValueError(f"{name}: need {low} <= {name} <= {high}, got {value}")

    @property
    def width(self) -> int:
        """L F, the features of a point."""
        return self.levels * FEATURES

    @property
    def per_level_scale(self) -> float:
        return (self.finest / self.base) ** (1 / max(self.levels - 1, 1))

    @cached_property
    def scales(self) -> tuple[float, ...]:
        """Of each level, rounded as tiny-cuda-nn does, which works in float32."""
        growth = np.float32(log2(np.float32(self.per_level_scale)))
        level = np.arange(self.levels, dtype=np.float32)
        return tuple((np.exp2(level * growth) * np.float32(self.base) - np.float32(1)).tolist())

    @cached_property
    def resolutions(self) -> tuple[int, ...]:
        return tuple(int(np.ceil(scale)) + 1 for scale in self.scales)

    @cached_property
    def dense(self) -> tuple[bool, ...]:
        """Whether each level has a row for every vertex."""
        return tuple(r**3 <= 2**self.log2_size for r in self.resolutions)

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """L + 1 of them: level l has rows offsets[l] to offsets[l+1] of the table."""
        rows = [min(-(-(r**3) // 8) * 8, 2**self.log2_size) for r in self.resolutions]
        return (0, *np.cumsum(rows).tolist())

    @property
    def rows(self) -> int:
        """S, the rows of the table."""
        return self.offsets[-1]

    def fade(self, active: float | None) -> tuple[float, ...]:
        """Factor of each level when the first ``active`` of them count, the last in part; None is all."""
        return tuple(min(max(active - level, 0.0), 1.0) if active is not None else 1.0 for level in range(self.levels))
