r"""Points where a field takes light that comes from the outside: most on its surface, and in its fog as many as that takes.

    P(voxel) ~ exp(-tau) (1 - exp(-sigma a)),     tau: the optical depth to the outside (``visibility_depth``), a: a voxel's edge

A short NeRF has thin things as fog, in which there is no surface; a level set would leave them out.
"""

import math

import torch
from torch import Tensor

from .density_control import targets
from .scene import Field
from .visibility_depth import visibility_depth

SURFACE = math.log(2)   # optical depth to the outside: half of the light is lost
VOXELS = 96             # along an edge of the box


@torch.no_grad()
def drawn(field: Field, count: int, rng: torch.Generator, device: torch.device) -> tuple[Tensor, Tensor]:
    """Points [count, 3] in the world, on ``device``, and the density [count], 1 / metre, of the voxels that they are in.

    Raises ValueError where nothing hides half of the light.
    """
    at = (torch.arange(VOXELS, device=device) + 0.5) / VOXELS - 0.5
    density = torch.cat([field.density(torch.cartesian_prod(x[None], at, at)) for x in at]).view(3 * [VOXELS]).cpu()
    depth = torch.from_numpy(visibility_depth(density.numpy()))
    if not (depth > SURFACE).any():
        raise ValueError("the field before shows nothing that hides half of the light")
    taken = torch.exp(-depth) * -torch.expm1(-density / VOXELS)
    chosen = targets(taken.flatten(), count, rng)
    voxel = torch.stack(torch.unravel_index(chosen, taken.shape), 1)
    return ((voxel + torch.rand(count, 3, generator=rng)) / VOXELS - 0.5).to(device), density.flatten()[chosen].to(device)
