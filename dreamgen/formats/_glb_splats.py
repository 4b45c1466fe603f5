"""Gaussians in glTF 2.0, by the extension KHR_gaussian_splatting: alone, or as a second node beside a mesh.

    a primitive of POINTS with POSITION and, prefixed by the extension's name and a colon,
    ROTATION (x y z w),   SCALE (metres),   OPACITY (0 to 1),   SH_DEGREE_0_COEF_0 (f_dc)

all float32, in glTF's axes, which are the world's. COLOR_0, linear light and opacity, is for readers that do not know the
extension: they draw points. Source: KhronosGroup/glTF, extensions/2.0/Khronos/KHR_gaussian_splatting (a release candidate
as of July 2026); its drafts stored the logarithm of the scale.
"""

import json
import struct

import numpy as np

from dreamgen.reading._colors import linear
from renderers.assets import Splats
from renderers.splats import opacities, rgb, scales

from ._splats import checked

NAME = "KHR_gaussian_splatting"
ELLIPSE = {"kernel": "ellipse", "colorSpace": "srgb_rec709_display", "projection": "perspective",
           "sortingMethod": "cameraDistance"}
VERTEX_DATA, POINTS = 34962, 0
FLOAT, SHORT = 5126, 5123
TYPES = {1: "SCALAR", 3: "VEC3", 4: "VEC4"}
JSON_CHUNK, BINARY_CHUNK = b"JSON", b"BIN\0"


def write(asset: Splats, name: str = "asset", mesh: bytes | None = None) -> bytes:
    """The file, with all that the GLB ``mesh`` has in front; raises ValueError for empty or broken Gaussians."""
    splats = checked(asset, "glb")
    tree, binary = unpacked(mesh) if mesh is not None else (empty(), b"")
    attributes = {}
    for semantic, rows in columns(splats).items():
        attributes[semantic] = len(tree["accessors"])
        normalized = rows.dtype.kind == "u"
        tree["accessors"].append({"bufferView": len(tree["bufferViews"]), "count": len(rows), "type": TYPES[rows.shape[1]],
                                  "componentType": SHORT if normalized else FLOAT}
                                 | ({"normalized": True} if normalized else {})
                                 | ({"min": rows.min(0).tolist(), "max": rows.max(0).tolist()} if semantic == "POSITION" else {}))
        tree["bufferViews"].append({"buffer": 0, "byteOffset": len(binary), "byteLength": rows.nbytes,
                                    "target": VERTEX_DATA})
        binary += rows.tobytes()                        # of four bytes a multiple each, as accessors must be aligned
    primitive = {"mode": POINTS, "attributes": attributes, "extensions": {NAME: ELLIPSE}}
    tree["scenes"][0]["nodes"].append(len(tree["nodes"]))
    tree["nodes"].append({"name": f"{name} splats", "mesh": len(tree["meshes"])})
    tree["meshes"].append({"name": f"{name} splats", "primitives": [primitive]})
    tree["extensionsUsed"] = [*tree.get("extensionsUsed", []), NAME]
    tree["buffers"] = [{"byteLength": len(binary)}]
    return packed(tree, binary)


def columns(splats: Splats) -> dict[str, np.ndarray]:
    """[N, 1, 3 or 4] by attribute, each in the type in which it is stored."""
    colors, opacity = rgb(splats), opacities(splats)[:, None]
    q = np.roll(splats.quaternions.astype(np.float64), -1, axis=1)
    q /= np.linalg.norm(q, axis=1, keepdims=True)
    return {"POSITION": splats.positions.astype("<f4"),
            "COLOR_0": np.rint(65535 * np.concatenate([linear(colors), opacity], 1)).astype("<u2"),
            f"{NAME}:ROTATION": q.astype("<f4"), f"{NAME}:SCALE": scales(splats).astype("<f4"),
            f"{NAME}:OPACITY": opacity.astype("<f4"), f"{NAME}:SH_DEGREE_0_COEF_0": splats.colors.astype("<f4")}


def empty() -> dict:
    return {"asset": {"version": "2.0", "generator": "dreamgen"}, "scene": 0, "scenes": [{"nodes": []}], "nodes": [],
            "meshes": [], "accessors": [], "bufferViews": []}


def unpacked(glb: bytes) -> tuple[dict, bytes]:
    """The JSON and the binary chunk of a GLB file that this program wrote."""
    length, = struct.unpack_from("<I", glb, 12)
    return json.loads(glb[20:20 + length]), glb[28 + length:]


def packed(tree: dict, binary: bytes) -> bytes:
    text = json.dumps(tree, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 4)
    binary += bytes(-len(binary) % 4)
    return b"".join([struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(binary)),
                     struct.pack("<I4s", len(text), JSON_CHUNK), text,
                     struct.pack("<I4s", len(binary), BINARY_CHUNK), binary])
