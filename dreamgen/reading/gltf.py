"""glTF 2.0, as text or in one file (GLB): its core, and the extensions of ``KNOWN``.

The JSON is read before anything else: what a file requires and is not known is refused by its name, and so is what is
compressed. Points and lines are not drawn. A mesh at several nodes, instances included, is a piece at each.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ._beside import Beside
from ._gltf_data import Gltf
from ._gltf_material import GLOSSY, WEBP, Materials
from ._gltf_scene import INSTANCING, globals_of, joints, morphed, places, shown, skinned
from ._polygons import strip, within
from .piece import Piece, Refused

DRACO = "KHR_draco_mesh_compression"
KNOWN = {"KHR_texture_transform", "KHR_mesh_quantization", "KHR_materials_transmission", "KHR_node_visibility",
         "KHR_materials_emissive_strength", GLOSSY, WEBP, INSTANCING,
         # and what changes no color, or little:
         "KHR_materials_unlit", "KHR_materials_ior", "KHR_materials_specular", "KHR_materials_clearcoat",
         "KHR_materials_sheen", "KHR_materials_volume", "KHR_materials_iridescence", "KHR_materials_anisotropy",
         "KHR_materials_dispersion", "KHR_materials_variants", "KHR_lights_punctual", "KHR_xmp_json_ld"}
TRIANGLES, STRIP, FAN = 4, 5, 6


def read(data: bytes, beside: Beside) -> Iterator[Piece]:
    file = Gltf(data, beside)
    if unknown := [name for name in file.tree.get("extensionsRequired", []) if name not in KNOWN]:
        raise Refused(f"needs {', '.join(unknown)}, which is not read")
    world, materials = globals_of(file), Materials(file)
    primitives = 0                                      # primitives of any kind
    faces = 0
    for index in shown(file):
        node = file.entry("nodes", index)
        if "mesh" not in node:
            continue
        mesh = file.entry("meshes", node["mesh"])
        skin = joints(file, file.entry("skins", node["skin"]), world) if "skin" in node else None
        matrices = np.eye(4)[None] if skin is not None else places(file, node, world[index])
        weights = node.get("weights", mesh.get("weights", []))
        for primitive in mesh["primitives"]:
            primitives += 1
            piece = at_rest(file, materials, primitive, weights, skin)
            for matrix in matrices if piece is not None else ():
                faces += len(piece.faces)
                yield moved(piece, matrix)
    if primitives and not faces:
        raise Refused("no faces: all is points, lines or wholly transparent")


def at_rest(file: Gltf, materials: Materials, primitive: dict, weights: list[float], skin) -> Piece | None:
    """A primitive in its mesh's axes, or posed by its skin; None where it has no face."""
    attributes, mode = primitive["attributes"], primitive.get("mode", TRIANGLES)
    if mode not in (TRIANGLES, STRIP, FAN) or "POSITION" not in attributes:
        if not 0 <= mode <= FAN:
            raise ValueError(f"a primitive's mode is {mode}")
        return None
    if DRACO in primitive.get("extensions", {}) and not plainly(file, primitive):
        raise Refused(f"is compressed by {DRACO}, which is not read")
    vertices = file.accessor(attributes["POSITION"], (3,)).astype(np.float64)
    index = np.arange(len(vertices)) if "indices" not in primitive else file.accessor(primitive["indices"], (1,))[:, 0]
    faces = triangles(within(index.astype(np.int64), len(vertices)), mode)
    vertices = morphed(file, primitive, weights, vertices)
    if skin is not None:
        vertices = skinned(file, attributes, skin, vertices)
    rows = {name: file.accessor(attributes[name], widths).astype(np.float64) for name, widths in
            (("COLOR_0", (3, 4)), *((name, (2,)) for name in attributes if name.startswith("TEXCOORD_")),
             *((("NORMAL", (3,)),) if file.beside.materials else ())) if name in attributes}
    if wrong := next((name for name, row in rows.items() if len(row) != len(vertices)), None):
        raise ValueError(f"{len(rows[wrong])} rows of {wrong} for {len(vertices)} vertices")
    look = materials.look(primitive.get("material"), frozenset(
        int(name.removeprefix("TEXCOORD_")) for name in rows if name.startswith("TEXCOORD_")))
    worn = materials.worn(look, rows.get("COLOR_0"))
    if worn is None:
        return None
    bent = skin is not None or "targets" in primitive       # where the normals at rest are others
    piece = Piece(vertices, faces, glow=look.glow, normals=None if bent else rows.get("NORMAL"), material=look.material,
                  left_out=look.left_out, **worn)
    if f"TEXCOORD_{look.where.set}" not in rows:
        return piece
    uv = np.nan_to_num(look.where.of(rows[f"TEXCOORD_{look.where.set}"]), posinf=0.0, neginf=0.0)
    return replace(piece, uv=uv, wrap=look.where.wrap, glow_texture=look.glow_texture)


def plainly(file: Gltf, primitive: dict) -> bool:
    """Whether all of a compressed primitive is there uncompressed as well."""
    needed = [*primitive["attributes"].values(), *([primitive["indices"]] if "indices" in primitive else [])]
    return all("bufferView" in file.entry("accessors", index) for index in needed)


def triangles(index: np.ndarray, mode: int) -> np.ndarray:
    """[F, 3] of the indices of a primitive."""
    if mode == TRIANGLES:
        if len(index) % 3:
            raise ValueError(f"{len(index)} corners of triangles")
        return index.reshape(-1, 3)
    if len(index) < 3:
        return np.zeros((0, 3), np.int64)
    if mode == STRIP:
        return strip(index)
    return np.stack([np.full(len(index) - 2, index[0]), index[1:-1], index[2:]], 1)


def moved(piece: Piece, matrix: np.ndarray) -> Piece:
    """``piece`` in the scene; a mirror turns its faces over."""
    turn, normals = matrix[:3, :3], piece.normals
    mirrored = np.linalg.det(turn) < 0
    if normals is not None:
        normals = normals @ np.linalg.pinv(turn)            # by the inverse's transpose, which keeps them upright
    return replace(piece, vertices=piece.vertices @ turn.T + matrix[:3, 3], normals=normals,
                   faces=piece.faces[:, ::-1] if mirrored else piece.faces)
