"""Binary little-endian PLY with normals and a colour for each vertex: for point and scan tools, which know no textures.

A textured mesh gives each vertex the colour of the texel under it; the colours are then as fine as the mesh is.
"""

from trimesh.exchange.ply import export_ply
from trimesh.visual import ColorVisuals

from renderers.assets import Mesh

from ._mesh import checked, to_trimesh, vertex_colors

ACCEPTS = (Mesh,)


def write(asset: Mesh, name: str = "asset") -> dict[str, bytes]:
    """``{name.ply: bytes}``; raises ValueError for an empty or a broken mesh."""
    mesh = checked(asset, "ply")
    colors = vertex_colors(mesh)
    visual = None if colors is None else ColorVisuals(vertex_colors=colors)
    return {f"{name}.ply": export_ply(to_trimesh(mesh, visual), vertex_normal=True)}
