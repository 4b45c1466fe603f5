"""A field, and how it looked from held-out cameras, to a textured mesh.

    density grid -> visibility depth -> threshold -> surface -> smooth -> decimate -> unwrap -> bake
"""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from renderers.assets import Mesh
from renderers.camera import Camera
from renderers.checks import check
from renderers.scene import Field, Surfaced

from ..errors import EmptyMesh
from .bake import CHUNK, bake, head_on
from .optimized import optimized_asset
from .report import Budget, MeshReport, timed
from .simplify import decimate, smooth
from .surface import Surface, extract, normals
from .threshold import choose_threshold, iou, silhouette
from .unwrap import SECONDS, unwrap

TOLERANCE = 0.001       # IoU that smoothing may cost


@torch.no_grad()
def mesh_asset(field: Field | Surfaced, camera: Camera, opacity: Tensor, export: Budget,
               unwrap_seconds: float = SECONDS) -> tuple[Mesh, MeshReport]:
    """The field's surface as a textured mesh; of a scene that is a mesh already, its own (``optimized``).

    Args:
        field: asked on the device of ``camera``.
        camera: B held-out views ...
        opacity: [B, H, W, 1] ... and what the field's own render showed there, in [0, 1].
        export: ``resolution`` of the density grid, ``triangles`` and ``texture`` of the mesh.
        unwrap_seconds: after which xatlas is given up.

    Raises:
        EmptyMesh: there is nothing to see; no mesh, and no file may be written.
    """
    check("mesh_asset", "opacity [B H W 1], c2w [B 4 4]", opacity, camera.c2w)
    if isinstance(field, Surfaced):
        return optimized_asset(field, camera, opacity, export, unwrap_seconds)
    device, seconds = camera.c2w.device, {}
    views, masks = camera.to("cpu"), opacity[..., 0].cpu() > 0.5
    with timed(seconds, "density"):
        density = sample(field, export.resolution, device)
    with timed(seconds, "threshold"):
        choice = choose_threshold(density, masks, views)
    with timed(seconds, "surface"):
        surface, smoothed = _calmed(extract(choice.log_depth, choice.threshold), masks, views)
        vertices, faces = decimate(surface.vertices, surface.faces, export.triangles)
        if not len(faces):
            raise EmptyMesh(f"mesh_asset: of {len(surface.faces)} triangles none fits a budget of {export.triangles}")
        agreement = iou(silhouette(vertices, faces, views), masks)
    with timed(seconds, "unwrap"):
        atlas = unwrap(vertices, faces, export.texture, seconds=unwrap_seconds)
    with timed(seconds, "bake"):
        points, outward = vertices[atlas.remap], normals(vertices, faces)[atlas.remap]
        texture = bake(atlas, points, outward, export.texture,
                       head_on(field.density, field.color, 1 / export.resolution, device))
    mesh = Mesh(points, atlas.faces, outward, atlas.uv, texture)
    return mesh, MeshReport(choice.threshold, choice.blur, agreement, len(faces), surface.dropped, smoothed, atlas.method,
                        atlas.reason, atlas.gutter, seconds)


def sample(field: Field, resolution: int, device: torch.device) -> np.ndarray:
    """[R, R, R] float32 density at the centres of the box's voxels, x first. Raises EmptyMesh if it is not finite."""
    centres = (torch.arange(resolution, device=device) + 0.5) / resolution - 0.5
    slab = max(1, CHUNK // resolution**2)
    planes = [field.density(torch.cartesian_prod(x, centres, centres)).view(len(x), resolution, resolution).cpu()
              for x in centres.split(slab)]
    density = torch.cat(planes).float().numpy()
    if not np.isfinite(density).all():
        bad = int((~np.isfinite(density)).sum())
        raise EmptyMesh(f"mesh_asset: the density is not finite at {bad} of {density.size} points")
    return density


def _calmed(surface: Surface, masks: Tensor, camera: Camera) -> tuple[Surface, bool]:
    """The surface smoothed, if its silhouettes agree as well as before."""
    calm = replace(surface, vertices=smooth(surface.vertices, surface.faces))
    before, after = (iou(silhouette(s.vertices, s.faces, camera), masks) for s in (surface, calm))
    return (calm, True) if after >= before - TOLERANCE else (surface, False)
