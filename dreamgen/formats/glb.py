"""glTF 2.0 in one binary file: the one that Blender, Unity, Godot, Windows and the web open by a double click.

+y up, front +z, metres, counter-clockwise faces: glTF's axes are the world's, so nothing is turned. A material is a
primitive of the one mesh; its pictures are embedded as PNG: base color and glow in sRGB, metallic-roughness (G, B) and
normals linear. A mesh that says nothing of its material is a rough dielectric, lit, one-sided. Source: Khronos, glTF 2.0
specification, section 3.9. Gaussians are written by _glb_splats.py, alone or beside a mesh.
"""

import numpy as np
import trimesh
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from dreamgen.io.images import to_image
from dreamgen.reading._colors import linear
from renderers.assets import Material, Mesh, Model, Splats

from . import _glb_splats
from ._mesh import checked, parts, to_trimesh, uv_from_bottom

ACCEPTS = (Mesh, Model, Splats)

VERTEX_DATA, INDEX_DATA = 34962, 34963          # bufferView.target: ARRAY_BUFFER, ELEMENT_ARRAY_BUFFER
WRAPS = {"clamp": 33071, "repeat": 10497, "mirror": 33648}
FILTERS = {"magFilter": 9729,                   # LINEAR
           "minFilter": 9987}                   # LINEAR_MIPMAP_LINEAR
COLOR = "_COLOR_LINEAR"                         # trimesh writes names of one's own with an underscore in front
PICTURES = {"texture": "baseColorTexture", "metallic_roughness": "metallicRoughnessTexture",
            "normal": "normalTexture", "emissive_texture": "emissiveTexture"}


def write(asset: Mesh | Splats, name: str = "asset") -> dict[str, bytes]:
    """``{name.glb: bytes}``, the same bytes for the same asset; raises ValueError for an empty or a broken one."""
    if isinstance(asset, Splats):
        mesh = None if asset.surface is None else write(asset.surface, name)[f"{name}.glb"]
        return {f"{name}.glb": _glb_splats.write(asset, name, mesh)}
    mesh = checked(asset, "glb")
    model, materials = trimesh.Scene(), []
    for k, (part, material) in enumerate(parts(mesh)):
        model.add_geometry(drawn(part, material, k), node_name=str(k), geom_name=str(k))
        materials.append(material)
    data = model.export(file_type="glb", include_normals=True,
                        tree_postprocessor=lambda tree: finish(tree, " ".join(mesh.title.split()) or name, materials))
    return {f"{name}.glb": data}


def drawn(part: Mesh, material: Material, k: int) -> trimesh.Trimesh:
    """A part with the pictures of its material; ``k`` is the name by which ``finish`` knows it again."""
    pictures = {PICTURES[kind]: to_image(picture) for kind, picture in material.pictures.items()}
    worn = PBRMaterial(name=str(k), doubleSided=bool(material.double_sided), **pictures)
    model = to_trimesh(part, TextureVisuals(uv=None if part.uv is None else uv_from_bottom(part), material=worn))
    if material.texture is None and part.colors is not None:
        model.vertex_attributes[COLOR] = linear(part.colors / 255).astype(np.float32)      # 8 bits would band in the dark
    return model


def finish(tree: dict, name: str, materials: list[Material]) -> None:
    """Complete trimesh's JSON in place: one mesh at one node, names, generator, samplers, factors, what each view is for."""
    tree["asset"]["generator"] = "dreamgen"
    primitives = [primitive for mesh in sorted(tree["meshes"], key=lambda mesh: int(mesh["name"]))
                  for primitive in mesh["primitives"]]
    tree["meshes"], tree["nodes"] = [{"name": name, "primitives": primitives}], [{"name": name, "mesh": 0}]
    tree["scenes"], tree["scene"] = [{"nodes": [0]}], 0
    wraps = list(dict.fromkeys(material.wrap for material in materials if material.pictures))
    if wraps:
        tree["samplers"] = [{**FILTERS, "wrapS": WRAPS[u], "wrapT": WRAPS[v]} for u, v in wraps]
    for written in tree["materials"]:
        material = materials[int(written["name"])]
        written["name"] = material.name or name
        say(written, material)
        infos = [written.get("pbrMetallicRoughness", {}).get(key, written.get(key)) for key in PICTURES.values()]
        for info in filter(None, infos):
            texture = tree["textures"][info["index"]]
            texture["sampler"] = wraps.index(material.wrap)
            tree["images"][texture["source"]]["name"] = name
    for primitive in primitives:
        attributes = primitive["attributes"]
        if COLOR in attributes:
            attributes["COLOR_0"] = attributes.pop(COLOR)
        for accessor in attributes.values():
            tree["bufferViews"][tree["accessors"][accessor]["bufferView"]]["target"] = VERTEX_DATA
        tree["bufferViews"][tree["accessors"][primitive["indices"]]["bufferView"]]["target"] = INDEX_DATA


def say(written: dict, material: Material) -> None:
    """What trimesh rounds or leaves out of a material: factors, alpha, the normals' scale."""
    base = written.setdefault("pbrMetallicRoughness", {})
    base["metallicFactor"], base["roughnessFactor"] = float(material.metallic), float(material.roughness)
    if tuple(material.color) != (1.0, 1.0, 1.0, 1.0):
        base["baseColorFactor"] = list(map(float, material.color))
    if any(material.emissive):
        written["emissiveFactor"] = list(map(float, material.emissive))
    if material.normal is not None and material.normal_scale != 1:
        written["normalTexture"]["scale"] = float(material.normal_scale)
    if material.alpha != "OPAQUE":
        written["alphaMode"] = material.alpha
    if material.alpha == "MASK" and material.cutoff != 0.5:
        written["alphaCutoff"] = float(material.cutoff)
