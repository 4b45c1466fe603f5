"""Binary little-endian PLY: of a mesh, with normals and a color for each vertex, for point and scan tools, which know no
textures; of Gaussians, as 3D Gaussian Splatting has them (_ply_splats.py).

A textured mesh gives each vertex the color of the texel under it; the colors are then as fine as the mesh is.
"""

from trimesh.exchange.ply import export_ply
from trimesh.visual import ColorVisuals

from renderers.assets import Mesh, Model, Splats

from . import _ply_splats
from ._mesh import checked, to_trimesh, vertex_colors, warn_of_loss

ACCEPTS = (Mesh, Model, Splats)


def write(asset: Mesh | Splats, name: str = "asset") -> dict[str, bytes]:
    """``{name.ply: bytes}``; raises ValueError for an empty or a broken asset."""
    if isinstance(asset, Splats):
        return {f"{name}.ply": _ply_splats.write(asset)}
    mesh = checked(asset, "ply")
    colors = vertex_colors(mesh)
    warn_of_loss(mesh, "ply")
    visual = None if colors is None else ColorVisuals(vertex_colors=colors)
    return {f"{name}.ply": export_ply(to_trimesh(mesh, visual), vertex_normal=True)}
