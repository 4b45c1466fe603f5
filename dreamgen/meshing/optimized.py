"""A surface that was optimised as a mesh, to a textured mesh: floaters out -> decimate to the budget -> unwrap -> bake.

Nothing is meshed again: the triangles are the scene's own, unless the budget has fewer. A texel's color is the scene's at
its place on the surface, which is what the run has drawn.
"""

import numpy as np
import torch
from torch import Tensor

from renderers.assets import Mesh
from renderers.camera import Camera
from renderers.scene import Surfaced

from ..errors import EmptyMesh
from .bake import CHUNK, bake
from .report import Budget, MeshReport, timed
from .simplify import decimate, without_floaters
from .surface import normals
from .threshold import iou, silhouette
from .unwrap import SECONDS, unwrap


@torch.no_grad()
def optimized_asset(scene: Surfaced, camera: Camera, opacity: Tensor, export: Budget,
                    unwrap_seconds: float = SECONDS) -> tuple[Mesh, MeshReport]:
    """As ``mesh_asset``; raises EmptyMesh where the scene has no surface."""
    device, seconds = camera.c2w.device, {}
    views, masks = camera.to("cpu"), opacity[..., 0].cpu() > 0.5
    with timed(seconds, "surface"):
        vertices, faces = (part.cpu().numpy() for part in scene.surface())
        if not np.isfinite(vertices).all():
            wild = int((~np.isfinite(vertices)).any(1).sum())
            raise EmptyMesh(f"mesh_asset: {wild} of {len(vertices)} vertices are not finite")
        dropped = 0
        if len(faces):
            faces, dropped = without_floaters(vertices, faces)
            vertices, faces = decimate(vertices, faces, export.triangles)
        if not len(faces):
            raise EmptyMesh("mesh_asset: the scene has no surface")
        agreement = iou(silhouette(vertices, faces, views), masks)
    with timed(seconds, "unwrap"):
        atlas = unwrap(vertices, faces, export.texture, seconds=unwrap_seconds)
    with timed(seconds, "bake"):
        points, outward = vertices[atlas.remap], normals(vertices, faces)[atlas.remap]

        def color(at: Tensor, _: Tensor) -> Tensor:
            return torch.cat([scene.color(part.to(device)).cpu() for part in at.split(CHUNK)])

        texture = bake(atlas, points, outward, export.texture, color)
    mesh = Mesh(points, atlas.faces, outward, atlas.uv, texture)
    return mesh, MeshReport(0.0, 0.0, agreement, len(faces), dropped, False, atlas.method, atlas.reason, atlas.gutter, seconds)
