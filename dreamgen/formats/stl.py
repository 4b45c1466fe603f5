"""Binary STL: triangles and nothing else, for slicers, which read metres as millimetres: the format has no unit."""

from trimesh.exchange.stl import export_stl

from renderers.assets import Mesh, Model

from ._mesh import checked, to_trimesh, warn_of_loss

ACCEPTS = (Mesh, Model)


def write(asset: Mesh, name: str = "asset") -> dict[str, bytes]:
    """``{name.stl: bytes}``; raises ValueError for an empty or a broken mesh."""
    mesh = checked(asset, "stl")
    warn_of_loss(mesh, "stl")
    return {f"{name}.stl": export_stl(to_trimesh(mesh))}
