r"""What no view has shown of a texture, filled in; and no line along the seams.

    inside a chart, not shown:  mean color of the NEAREST shown texels in space, whichever chart they are on
    outside of all charts:      the color of the nearest texel inside one, so that nothing bleeds in at a seam or in a mip
"""

from dataclasses import replace

import numpy as np
import torch
from scipy.ndimage import distance_transform_edt
from scipy.spatial import cKDTree

from renderers.assets import Material, Mesh
from renderers.ops.rasterize import interpolate, rasterize

NEAREST = 8
MOST = 200_000              # shown texels that are asked


def filled(mesh: Mesh, shown: list[np.ndarray]) -> tuple[Mesh, float]:
    """``mesh`` with its textures filled, and the share of texels inside charts that were shown.

    Args:
        shown: [H, W] bool of each worn material's texture.
    """
    charts = [chart(mesh, numbers, material) for numbers, material in mesh.worn]
    known = [inside & visible for (inside, _), visible in zip(charts, shown, strict=True)]
    points = np.concatenate([where[one] for (_, where), one in zip(charts, known, strict=True)])
    colors = np.concatenate([material.texture[one, :3] for (_, material), one in zip(mesh.worn, known, strict=True)])
    if len(points):
        few = slice(None, None, -(-len(points) // MOST))
        tree, colors = cKDTree(points[few]), colors[few].astype(np.float32)
    done = {}
    for (_, material), (inside, where), one in zip(mesh.worn, charts, known, strict=True):
        texture, lacking = material.texture[..., :3].copy(), inside & ~one
        if lacking.any() and len(points):
            near = tree.query(where[lacking], min(NEAREST, len(colors)))[1].reshape(int(lacking.sum()), -1)
            texture[lacking] = np.rint(colors[near].mean(1))
        if inside.any():
            row, column = distance_transform_edt(~inside, return_distances=False, return_indices=True)
            texture = texture[row, column]
        done[id(material)] = replace(material, texture=np.dstack([texture, material.texture[..., 3:]]))
    total = sum(int(inside.sum()) for inside, _ in charts)
    materials = tuple(done.get(id(material), material) for material in mesh.materials)
    return replace(mesh, materials=materials), len(points) / max(total, 1)


def chart(mesh: Mesh, numbers: np.ndarray, material: Material) -> tuple[np.ndarray, np.ndarray]:
    """[H, W] bool: the texels with a surface on them; [H, W, 3] where it is. A repeated picture is folded into one."""
    size = material.texture.shape[:2]
    uv = torch.from_numpy(mesh.uv[mesh.faces[numbers]])                                 # [F, 3, 2]
    if "clamp" not in material.wrap:
        uv = uv - uv.mean(1, keepdim=True).floor()
    faces = torch.arange(3 * len(numbers)).view(-1, 3)
    pixels = uv.reshape(1, -1, 2) * torch.tensor([size[1], size[0]])
    fragments = rasterize(pixels.float(), torch.ones_like(pixels[..., 0]), faces, size)
    corners = torch.from_numpy(mesh.vertices[mesh.faces[numbers]].reshape(-1, 3))
    return (fragments.face[0] >= 0).numpy(), interpolate(fragments, faces, corners)[0].numpy()
