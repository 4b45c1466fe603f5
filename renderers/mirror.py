r"""Mirror symmetry: a scene that learns the half in front of a plane, and has it on both sides.

    theta(.., -x_k, ..) = theta(.., x_k, ..)  for x_k >= 0             k: x, left and right; z, front and back
    uneven_k = share of the surface from whose mirror image the surface is farther than NEAR

Most things that people make, and animals, are the same on the left and on the right. Pictures that a prior draws of the two
sides never agree to the pixel. Folded, they are pictures of one half, which has twice as many of them, and a leg that one
picture lacks is in its image. (Symmetry tells the shape behind a single picture in Wu et al., arXiv:1911.11130.)

``auto`` looks once, when a rough shape is there: x if that is even, else z, else none. Of 228 kinds of models that we drew,
170 have an uneven_x below 0.02; mugs, watering cans, hammers, teapots and eggplants have 0.13 to 0.63, and an uneven_z of 0.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import max_pool3d

from .visibility_depth import visibility_depth

AXES = {"x": 0, "z": 2}
SOLID = 0.3                 # optical depth from which a voxel is of the thing
VOXELS, NEAR = 50, 2        # along an edge of the box; voxels
EVEN = 0.06                 # largest share that is even


class Symmetry(torch.nn.Module):
    """Across which ``axis`` a scene is its own image: None, 0 or 2. Part of a scene's state. ``mirror``: none, x, z or auto."""

    def __init__(self, mirror: str):
        super().__init__()
        self.auto, self.looked, self.axis = mirror == "auto", False, AXES.get(mirror)
        self.register_load_state_dict_pre_hook(complete)

    def folded(self, points: Tensor, middle: float = 0.0) -> Tensor:
        """[M, 3] ``points``, those behind the plane through ``middle`` moved to their images; differentiable."""
        if self.axis is None:
            return points
        sides = list(points.unbind(-1))
        sides[self.axis] = middle + (sides[self.axis] - middle).abs()
        return torch.stack(sides, -1)

    def look(self, density: Callable[[Tensor], Tensor], device: torch.device) -> None:
        """Where it is to be found, and was not: find it in a density [N], 1/metre, at points [N, 3] in the world."""
        if self.auto and not self.looked:
            self.axis, self.looked = even(solid(density, device)), True

    def take(self, other: "Symmetry") -> None:
        """Where it is to be found, and another scene of the same thing has found it: that one's."""
        if self.auto and (other.looked or not other.auto):
            self.axis, self.looked = other.axis, True

    def get_extra_state(self) -> Tensor:
        return torch.tensor([self.looked, -1 if self.axis is None else self.axis])

    def set_extra_state(self, state: Tensor) -> None:
        if self.auto:
            looked, axis = state.tolist()
            self.looked, self.axis = bool(looked), None if axis < 0 else axis


def complete(symmetry: Symmetry, state: dict[str, Tensor], prefix: str, *_) -> None:
    """Let a state be read that was written before scenes had a symmetry."""
    state.setdefault(f"{prefix}_extra_state", symmetry.get_extra_state())


@torch.no_grad()
def solid(density: Callable[[Tensor], Tensor], device: torch.device) -> Tensor:
    """[R, R, R] bool on the CPU: the voxels of the box that an eye outside sees as the thing, and those behind them."""
    middle = (torch.arange(VOXELS, device=device) + 0.5) / VOXELS - 0.5
    rows = [density(torch.cartesian_prod(x[None], middle, middle)) for x in middle]
    return torch.from_numpy(visibility_depth(torch.stack(rows).view(3 * [VOXELS]).float().cpu().numpy())) >= SOLID


def even(solid: Tensor) -> int | None:
    """The axis across which ``solid`` [R, R, R] is its own image, x before z; None if it is across neither."""
    return next((axis for axis in AXES.values() if uneven(solid, axis) <= EVEN), None)


def uneven(solid: Tensor, axis: int) -> float:
    """Share of the surface of ``solid`` [R, R, R] whose mirror image lies off it; 1 where there is none."""
    surface = solid & (max_pool3d((~solid).float()[None, None], 3, 1, 1)[0, 0] > 0)
    near = max_pool3d(surface.float()[None, None], 2 * NEAR + 1, 1, NEAR)[0, 0].flip(axis) > 0
    return float((surface & ~near).sum() / surface.sum()) if surface.any() else 1.0
