r"""Mirror symmetry: a scene that learns the half in front of a plane, and has it on both sides.

    theta(.., -x_k, ..) = theta(.., x_k, ..)  for x_k >= 0             k: x, left and right; z, front and back
    uneven_k = share of the surface from whose mirror image the surface is farther than NEAR

Most things that people make, and animals, are the same on the left and on the right. Pictures that a prior draws of the two
sides never agree to the pixel. Folded, they are pictures of one half, which has twice as many of them, and a leg that one
picture lacks is in its image. (Symmetry tells the shape behind a single picture in Wu et al., arXiv:1911.11130.)

``auto`` looks once, when the shape is there: x if that is even, z if that is much more even, as of a jug with its handle at the
side, else none. ``benchmarks/mirror.py`` counts the kinds of things that are even.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import max_pool3d

from .visibility_depth import visibility_depth

AXES = {"x": 0, "z": 2}
SOLID = 0.3                 # optical depth from which a voxel is of the thing
VOXELS, NEAR = 64, 1        # along an edge of the box; voxels
EVEN = 0.1                  # largest share that is even


class Symmetry(torch.nn.Module):
    """Across which ``axis`` a scene is its own image: None, 0 or 2. Part of a scene's state: what goes on from a scene that has
    learnt one half has its other half in no other way. ``mirror``: none, x, z or auto."""

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
            self.axis, self.looked = even(surface(density, device)), True

    def take(self, other: "Symmetry") -> None:
        """Where it is to be found, and another scene of the same thing has found it: that one's."""
        if self.auto and (other.looked or not other.auto):
            self.axis, self.looked = other.axis, True

    def get_extra_state(self) -> Tensor:
        return torch.tensor([self.looked, -1 if self.axis is None else self.axis])

    def set_extra_state(self, state: Tensor) -> None:
        """Raises ValueError for the state of what is its image across another axis than this is to be."""
        looked, axis = state.tolist()
        if self.auto:
            self.looked, self.axis = bool(looked), None if axis < 0 else axis
        elif axis >= 0 and self.axis not in (None, axis):
            was, mine = (name for one in (axis, self.axis) for name in AXES if AXES[name] == one)
            raise ValueError(f"mirror: what is its own image across {was} can go on as {was}, auto or none, got {mine}")
        elif axis >= 0:
            self.axis = axis


def complete(symmetry: Symmetry, state: dict[str, Tensor], prefix: str, *_) -> None:
    """Let a state be read that was written before scenes had a symmetry."""
    state.setdefault(f"{prefix}_extra_state", symmetry.get_extra_state())


@torch.no_grad()
def surface(density: Callable[[Tensor], Tensor], device: torch.device) -> Tensor:
    """[R, R, R] bool on the CPU: the voxels of the box in which an eye outside sees the thing, and not through it."""
    middle = (torch.arange(VOXELS, device=device) + 0.5) / VOXELS - 0.5
    rows = [density(torch.cartesian_prod(x[None], middle, middle)) for x in middle]
    solid = torch.from_numpy(visibility_depth(torch.stack(rows).view(3 * [VOXELS]).float().cpu().numpy())) >= SOLID
    return solid & around(~solid, 1)


def even(surface: Tensor) -> int | None:
    """The axis across which ``surface`` [R, R, R] is its own image; None if it is across neither."""
    shares = {axis: uneven(surface, axis) for axis in AXES.values()}
    x, z = shares.values()
    best = AXES["z"] if z < x / 2 and x > EVEN / 2 else AXES["x"]
    return best if shares[best] <= EVEN else None


def uneven(surface: Tensor, axis: int) -> float:
    """Share of ``surface`` [R, R, R] whose mirror image is farther than NEAR voxels from it; 1 of none."""
    return float((surface & ~around(surface, NEAR).flip(axis)).sum() / surface.sum()) if surface.any() else 1.0


def around(voxels: Tensor, reach: int) -> Tensor:
    """[R, R, R] bool, in a cube around any of ``voxels``, ``reach`` in each direction."""
    return max_pool3d(voxels.float()[None, None], 2 * reach + 1, 1, reach)[0, 0] > 0
