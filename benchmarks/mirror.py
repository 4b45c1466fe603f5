"""How many kinds of things are their own mirror image, by the measure with which a scene looks for that (renderers/mirror.py).

    python benchmarks/mirror.py             counts of dreamgen's own shapes, three variants each, and the names of the uneven
"""

from statistics import median

import numpy as np
import torch

from dreamgen.reading.piece import Piece
from dreamgen.reading.scattered import scattered
from dreamgen.training.shapes import NAMES, make
from renderers.mirror import AXES, VOXELS, even, uneven

VARIANTS, POINTS = 3, 40_000


def surface(name: str, variant: int) -> torch.Tensor:
    """[R, R, R] bool: the voxels that hold points of a shape, scattered by area."""
    mesh = make(name, np.random.default_rng([variant, *name.encode()]), variant).mesh          # of diagonal 1, in the middle
    points, _ = scattered([Piece(mesh.vertices, mesh.faces)], POINTS, torch.Generator().manual_seed(variant))
    grid = torch.zeros(3 * [VOXELS], dtype=torch.bool)
    grid[tuple(((points + 0.5) * VOXELS).astype(int).clip(0, VOXELS - 1).T)] = True
    return grid


def main() -> None:
    kinds: dict[int | None, list[str]] = {axis: [] for axis in (*AXES.values(), None)}
    for name in NAMES:
        found = [surface(name, k) for k in range(VARIANTS)]
        axes = [even(one) for one in found]
        axis = max(set(axes), key=axes.count)
        kinds[axis].append(name + "".join(f" {median(uneven(one, across) for one in found):.2f}" for across in AXES.values()))
    print(f"of {len(NAMES)} kinds {len(kinds[0])} are their own image across x, {len(kinds[2])} across z")
    for axis, title in ((2, "across z"), (None, "across neither")):
        print(f"\n{title}, with the shares that are uneven across x and z:")
        print(", ".join(kinds[axis]))


if __name__ == "__main__":
    main()
