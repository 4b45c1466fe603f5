"""glTF 2.0 in one binary file: the one that Blender, Unity, Godot, Windows and the web open by a double click.

+y up, front +z, metres, counter-clockwise faces: glTF's axes are the world's, so nothing is turned. The texture is
embedded as an sRGB PNG; the material is a rough dielectric, lit, one-sided. Source: Khronos, glTF 2.0 specification.
"""

import numpy as np
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from dreamgen.io.images import to_image
from renderers.assets import Mesh

from ._mesh import checked, to_trimesh, uv_from_bottom

ACCEPTS = (Mesh,)

VERTEX_DATA, INDEX_DATA = 34962, 34963          # bufferView.target: ARRAY_BUFFER, ELEMENT_ARRAY_BUFFER
SAMPLER = {"magFilter": 9729,                   # LINEAR
           "minFilter": 9987,                   # LINEAR_MIPMAP_LINEAR
           "wrapS": 33071, "wrapT": 33071}      # CLAMP_TO_EDGE: charts must not bleed over the atlas' border
COLOR = "_COLOR_LINEAR"                         # trimesh writes names of one's own with an underscore in front


def write(asset: Mesh, name: str = "asset") -> dict[str, bytes]:
    """``{name.glb: bytes}``, the same bytes for the same mesh; raises ValueError for an empty or a broken mesh."""
    mesh = checked(asset, "glb")
    material = PBRMaterial(name=name, metallicFactor=0.0, roughnessFactor=1.0, doubleSided=False)
    if mesh.texture is None:
        visual = TextureVisuals(material=material)
    else:
        material.baseColorTexture = to_image(mesh.texture)
        visual = TextureVisuals(uv=uv_from_bottom(mesh), material=material)
    model = to_trimesh(mesh, visual)
    if mesh.texture is None and mesh.colors is not None:
        model.vertex_attributes[COLOR] = linear(mesh.colors)
    data = model.export(file_type="glb", include_normals=True, tree_postprocessor=lambda tree: finish(tree, name))
    return {f"{name}.glb": data}


def finish(tree: dict, name: str) -> None:
    """Complete trimesh's JSON in place: names, generator, sampler, what each buffer view is for."""
    tree["asset"]["generator"] = "dreamgen"
    for node in (*tree["nodes"], *tree["meshes"]):
        node["name"] = name
        node.pop("extras", None)
    if "textures" in tree:
        tree["samplers"] = [SAMPLER]
        tree["images"][0]["name"] = name
        tree["textures"][0]["sampler"] = 0
    primitive = tree["meshes"][0]["primitives"][0]
    attributes = primitive["attributes"]
    if COLOR in attributes:
        attributes["COLOR_0"] = attributes.pop(COLOR)
    for accessor in attributes.values():
        tree["bufferViews"][tree["accessors"][accessor]["bufferView"]]["target"] = VERTEX_DATA
    tree["bufferViews"][tree["accessors"][primitive["indices"]]["bufferView"]]["target"] = INDEX_DATA


def linear(srgb: np.ndarray) -> np.ndarray:
    """[V, 3] uint8 sRGB -> float32 linear (IEC 61966-2-1), as COLOR_0 is; eight linear bits would band in the dark."""
    s = srgb.astype(np.float32) / 255
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4).astype(np.float32)
