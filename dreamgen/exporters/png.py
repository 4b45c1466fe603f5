"""The texture alone, as a PNG: to paint over, and to put back beside the OBJ."""

from dreamgen.pictures import png
from renderers.assets import Mesh

from ._mesh import checked

ACCEPTS = Mesh


def write(asset: Mesh, name: str = "asset") -> dict[str, bytes]:
    """``{name.png: bytes}``; raises ValueError for an empty or a broken mesh, and for one without a texture."""
    mesh = checked(asset, "png")
    if mesh.texture is None:
        raise ValueError("png: the mesh has no texture; its colours are on the vertices, which ply keeps")
    return {f"{name}.png": png(mesh.texture)}
