"""PNG: of a mesh its base colors, to paint over and to put back beside the OBJ; of a drawing the picture, at any size; of
a picture itself."""

from dreamgen.io.images import png
from dreamgen.svg.picture import picture
from renderers.assets import Mesh, Model, Raster
from renderers.drawing import Drawing

from ._mesh import checked

ACCEPTS = (Mesh, Model, Drawing, Raster)

EDGE = 1024                 # pixels of a drawing's longer side


def write(asset: Mesh | Drawing | Raster, name: str = "asset", edge: int = EDGE) -> dict[str, bytes]:
    """``{name.png: bytes}``: a texture or picture as it is; a drawing ``edge`` pixels long, clear where nothing is.

    Raises:
        ValueError: an empty or a broken mesh, one without a texture, a drawing without a size.
    """
    if isinstance(asset, Drawing):
        pixels = picture(asset, edge)
        return {f"{name}.png": png(pixels if asset.background is None else pixels[..., :3])}
    if isinstance(asset, Raster):
        return {f"{name}.png": png(asset.rgba)}
    mesh = checked(asset, "png")
    textures = [material.texture for _, material in mesh.worn if material.texture is not None]
    if not textures:
        raise ValueError("png: the mesh has no texture; its colors are on the vertices, which ply keeps")
    names = [name] if len(textures) == 1 else [f"{name}_{k}" for k in range(len(textures))]
    return {f"{one}.png": png(texture) for one, texture in zip(names, textures, strict=True)}
