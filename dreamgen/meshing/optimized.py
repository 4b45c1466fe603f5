"""A surface that was optimised as a mesh, to a textured mesh: floaters out -> decimate to the budget -> unwrap -> bake.

Nothing is meshed again: the triangles are the scene's own, unless the budget has fewer. A texel's color is the scene's at
its place on the surface, which is what the run has drawn; of a scene with a material it is the base color, without light,
and a second picture has roughness (G) and metal (B).
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from renderers.assets import Material, Mesh
from renderers.camera import Camera
from renderers.scene import Reflecting, Surfaced

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

        def baked(look: Callable[[Tensor], Tensor]) -> np.ndarray:
            def each(at: Tensor, _: Tensor) -> Tensor:
                return torch.cat([look(part.to(device)).cpu() for part in at.split(CHUNK)])

            return bake(atlas, points, outward, export.texture, each)

        texture = baked(scene.color)
        mesh = Mesh(points, atlas.faces, outward, atlas.uv, texture)
        if isinstance(scene, Reflecting) and scene.material(torch.zeros(1, 3, device=device)) is not None:
            surface = baked(lambda at: torch.nn.functional.pad(scene.material(at), (1, 0)))
            worn = Material(texture=texture, metallic=1.0, metallic_roughness=surface)
            mesh = replace(mesh, texture=None, materials=(worn,))
    return mesh, MeshReport(0.0, 0.0, agreement, len(faces), dropped, False, atlas.method, atlas.reason, atlas.gutter, seconds)
