"""Small glTF files, put together by hand: a quad with whatever is asked for."""

import json
import struct

import numpy as np

QUAD = np.float32([[-0.5, -0.5, 0], [0.5, -0.5, 0], [0.5, 0.5, 0], [-0.5, 0.5, 0]])
CORNERS = np.uint16([0, 1, 2, 0, 2, 3])
UV = np.float32([[0, 1], [1, 1], [1, 0], [0, 0]])
TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
CODES = {"i1": 5120, "u1": 5121, "i2": 5122, "u2": 5123, "u4": 5125, "f4": 5126}


class Builder:
    """One GLB file that grows: ``tree`` is its JSON, to be changed at will."""

    def __init__(self):
        self.binary = b""
        self.tree = {"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
                     "meshes": [{"primitives": [{"attributes": {}}]}], "accessors": [], "bufferViews": []}
        self.primitive = self.tree["meshes"][0]["primitives"][0]

    def view(self, data: bytes) -> int:
        self.tree["bufferViews"].append({"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data)})
        self.binary += data + b"\0" * (-len(data) % 4)
        return len(self.tree["bufferViews"]) - 1

    def add(self, rows: np.ndarray, normalized: bool = False) -> int:
        """The number of a new accessor."""
        rows = np.asarray(rows)
        self.tree["accessors"].append({
            "bufferView": self.view(rows.tobytes()), "componentType": CODES[rows.dtype.str[1:]], "count": len(rows),
            "type": TYPES[rows[0].size], **({"normalized": True} if normalized else {})})
        return len(self.tree["accessors"]) - 1

    def wear(self, **material) -> None:
        self.tree["materials"] = [material]
        self.primitive["material"] = 0

    def picture(self, data: bytes, **sampler) -> dict:
        """A textureInfo."""
        self.tree.setdefault("images", []).append({"bufferView": self.view(data), "mimeType": "image/png"})
        self.tree.setdefault("samplers", []).append(sampler)
        textures = self.tree.setdefault("textures", [])
        textures.append({"source": len(self.tree["images"]) - 1, "sampler": len(self.tree["samplers"]) - 1})
        return {"index": len(textures) - 1}

    def bytes(self) -> bytes:
        self.tree["buffers"] = [{"byteLength": len(self.binary)}]
        text = json.dumps(self.tree).encode()
        text += b" " * (-len(text) % 4)
        return struct.pack("<4sIIII", b"glTF", 2, 28 + len(text) + len(self.binary), len(text), 0x4E4F534A) + text \
            + struct.pack("<II", len(self.binary), 0x004E4942) + self.binary


def quad(**attributes: np.ndarray) -> Builder:
    """The quad with attributes by name; what is of integers is normalised."""
    built = Builder()
    built.primitive["attributes"]["POSITION"] = built.add(QUAD)
    built.primitive["indices"] = built.add(CORNERS)
    for name, rows in attributes.items():
        built.primitive["attributes"][name] = built.add(rows, rows.dtype.kind != "f" and not name.startswith("JOINTS"))
    return built
