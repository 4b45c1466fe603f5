r"""The field's colors, written into the atlas of its surface.

A texel sees what an eye above it would see of the field, looking straight down on the surface:

    color = sum_i T_i alpha_i c_i / sum_i T_i alpha_i
    alpha_i = 1 - exp(-sigma_i h),    T_i = prod_{j<i} (1 - alpha_j)

over points along the inward normal, h apart, until little light is left. (The color at the surface alone, where a soft
field has hardly begun, fits the render 2 to 3 dB worse.) Every texel outside the charts takes the color of the nearest
one inside, so no background is left to bleed in.
"""

from collections.abc import Callable

import numpy as np
import torch
from scipy.ndimage import distance_transform_edt
from torch import Tensor

from renderers.ops.rasterize import interpolate, rasterize

from .unwrap import Atlas

START, STEP, STEPS = -1.0, 1.0, 12      # voxels along the inward normal
OPAQUE = 0.02                           # transmittance at which a ray ends
FAINT = 1e-4                            # alpha of emptiness: a ray that meets nothing takes its points' mean color
CHUNK = 1 << 18                         # points asked of the field at once


def bake(atlas: Atlas, vertices: np.ndarray, normals: np.ndarray, texture: int,
         color: Callable[[Tensor, Tensor], Tensor]) -> np.ndarray:
    """[texture, texture, 3] uint8 sRGB.

    Args:
        vertices, normals: [N, 3] of the atlas's vertices (already remapped).
        color: (points [M, 3], outward unit normals [M, 3]) -> [M, 3] sRGB in [0, 1].
    """
    faces = torch.from_numpy(atlas.faces)
    uv = torch.from_numpy(atlas.uv)[None]
    fragments = rasterize(uv * texture, torch.ones_like(uv[..., 0]), faces, (texture, texture))
    inside = fragments.face[0] >= 0
    points = interpolate(fragments, faces, torch.from_numpy(vertices))[0][inside]
    outward = torch.nn.functional.normalize(interpolate(fragments, faces, torch.from_numpy(normals))[0][inside], dim=-1)
    image = np.zeros((texture, texture, 3), np.uint8)
    image[inside.numpy()] = (color(points, outward).clamp(0, 1) * 255).round().byte().cpu().numpy()
    row, column = distance_transform_edt(~inside.numpy(), return_distances=False, return_indices=True)
    return image[row, column]


def head_on(density: Callable[[Tensor], Tensor], color: Callable[[Tensor], Tensor], voxel: float,
            device: torch.device) -> Callable[[Tensor, Tensor], Tensor]:
    """The ``color`` that ``bake`` asks for, of a field: ``density`` [M], 1/metre, and ``color`` [M, 3] at points."""
    h = STEP * voxel

    def look(points: Tensor, outward: Tensor) -> Tensor:
        points, outward = points.to(device), outward.to(device)
        total, T = torch.zeros_like(points), points.new_ones(len(points), 1)
        open_ = torch.arange(len(points), device=device)                    # texels whose ray still goes on
        for i in range(STEPS):
            p = (points[open_] - outward[open_] * (START * voxel + i * h)).clamp(-0.5, 0.5)
            alpha = (-torch.expm1(-density(p)[:, None] * h)).clamp_min(FAINT)
            total[open_] += T[open_] * alpha * color(p)
            T[open_] *= 1 - alpha
            open_ = open_[T[open_, 0] > OPAQUE]
            if not len(open_):
                break
        return (total / (1 - T)).cpu()

    @torch.no_grad()
    def chunked(points: Tensor, outward: Tensor) -> Tensor:
        return torch.cat([look(p, n) for p, n in zip(points.split(CHUNK), outward.split(CHUNK), strict=True)])

    return chunked
