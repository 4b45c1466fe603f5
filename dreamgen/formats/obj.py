"""Wavefront OBJ with its MTL and PNG, three files that must stay together: for tools that read nothing newer.

The texture's origin is at the bottom left here, so v is turned over. Without a texture, colours stand behind the
vertices.
"""

from trimesh.exchange.obj import export_obj
from trimesh.visual import ColorVisuals, TextureVisuals
from trimesh.visual.material import SimpleMaterial

from dreamgen.io.images import to_image
from renderers.assets import Mesh

from ._mesh import checked, to_trimesh, uv_from_bottom

ACCEPTS = (Mesh,)

WHITE, BLACK = [255, 255, 255], [0, 0, 0]


def write(asset: Mesh, name: str = "asset") -> dict[str, bytes]:
    """``{name.obj, name.mtl, name.png: bytes}``, or the OBJ alone without a texture; raises ValueError as glb does."""
    mesh = checked(asset, "obj")
    if mesh.texture is None:
        visual = None if mesh.colors is None else ColorVisuals(vertex_colors=mesh.colors)
    else:
        material = SimpleMaterial(image=to_image(mesh.texture), name=name, diffuse=WHITE, ambient=WHITE, specular=BLACK,
                                  glossiness=0.0)
        visual = TextureVisuals(uv=uv_from_bottom(mesh), material=material)
    text, files = export_obj(to_trimesh(mesh, visual), include_normals=True, return_texture=True,
                             mtl_name=f"{name}.mtl", header="dreamgen, +y up, front +z, metres")
    return {f"{name}.obj": text.encode("utf-8"), **files}
