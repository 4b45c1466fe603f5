"""How many kinds of things are their own mirror image, by the measure with which a scene looks for that (renderers/mirror.py).

    python benchmarks/mirror.py             counts of dreamgen's own shapes, three variants each, and the names of the uneven
"""

from statistics import median

import numpy as np
import torch

from dreamgen.training.shapes import NAMES, make
from renderers.mirror import AXES, VOXELS, even, uneven

VARIANTS, POINTS = 3, 40_000


def surface(name: str, variant: int) -> torch.Tensor:
    """[R, R, R] bool: the voxels that hold points of a shape, scattered by area; its box in the middle, with a diagonal of 1."""
    rng = np.random.default_rng([variant, *name.encode()])
    mesh = make(name, rng, variant).mesh
    vertices = np.asarray(mesh.vertices, np.float64)
    low, high = vertices.min(0), vertices.max(0)
    corners = ((vertices - (low + high) / 2) / np.linalg.norm(high - low))[np.asarray(mesh.faces)]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    chosen = corners[rng.choice(len(area), POINTS, p=area / area.sum())]
    points = (chosen * rng.dirichlet([1, 1, 1], POINTS)[..., None]).sum(1)
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
