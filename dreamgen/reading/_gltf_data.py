"""The numbers and bytes of a glTF file: its chunks, buffers, views and accessors.

    normalised integers: c / (2^b - 1) unsigned, max(c / (2^(b-1) - 1), -1) signed;  sparse: some rows written over
"""

import json
import struct
from base64 import b64decode
from urllib.parse import unquote_to_bytes

import numpy as np

from ._beside import Beside
from .piece import Refused

KINDS = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
MOST = 50_000_000           # rows of an accessor
COMPRESSED = "EXT_meshopt_compression", "KHR_meshopt_compression"


class Gltf:
    """A parsed file: ``tree`` is its JSON."""

    def __init__(self, data: bytes, beside: Beside):
        self.beside = beside
        self.binary: bytes | None = None
        self.buffers: dict[int, bytes] = {}
        self.accessors: dict[int, np.ndarray] = {}
        text = self.chunks(data) if data[:4] == b"glTF" else data
        try:
            self.tree = json.loads(text.decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError):
            raise ValueError("no GLB file and no JSON" if data[:4] != b"glTF" else "its JSON is damaged") from None
        if not isinstance(self.tree, dict) or "asset" not in self.tree:
            raise ValueError("its JSON is no glTF: no asset")
        version = str(self.tree["asset"].get("version", ""))
        if not version.startswith("2."):
            raise Refused(f"is glTF {version or 'without a version'}, 2.0 is read")

    def chunks(self, data: bytes) -> bytes:
        """The JSON of a GLB file; keeps its binary chunk."""
        if len(data) < 20:
            raise ValueError("no GLB file")
        version, length = struct.unpack_from("<II", data, 4)
        if version != 2:
            raise Refused(f"is glTF {version}, 2.0 is read")
        if length > len(data):
            raise ValueError(f"cut short: {length} bytes declared, {len(data)} there")
        text, at = None, 12
        while at + 8 <= length:
            size, kind = struct.unpack_from("<I4s", data, at)
            if at + 8 + size > length:
                raise ValueError("cut short within a chunk")
            chunk = data[at + 8:at + 8 + size]
            if kind == b"JSON" and text is None:
                text = chunk
            elif kind == b"BIN\0" and self.binary is None:
                self.binary = chunk
            at += 8 + size
        if text is None:
            raise ValueError("no JSON in it")
        return text

    def entry(self, kind: str, index: int) -> dict:
        """``tree[kind][index]``, or ValueError."""
        rows = self.tree.get(kind, [])
        if not isinstance(index, int) or not 0 <= index < len(rows):
            raise ValueError(f"names {kind} {index} of {len(rows)}")
        return rows[index]

    def uri(self, name: str) -> bytes:
        """The bytes of a file beside, or of what stands in the name itself."""
        if not name.startswith("data:"):
            return self.beside.data(name)
        head, _, body = name.partition(",")
        return b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)

    def buffer(self, index: int) -> bytes:
        if index not in self.buffers:
            buffer = self.entry("buffers", index)
            if "uri" in buffer:
                data = self.uri(buffer["uri"])
            elif index == 0 and self.binary is not None:
                data = self.binary
            else:
                compressed = next((name for name in COMPRESSED if name in buffer.get("extensions", {})), None)
                if compressed:
                    raise Refused(f"is compressed by {compressed}, which is not read")
                raise ValueError(f"buffer {index} is nowhere")
            if len(data) < buffer["byteLength"]:
                raise ValueError(f"buffer {index} is cut short: {buffer['byteLength']} bytes declared, {len(data)} there")
            self.buffers[index] = data
        return self.buffers[index]

    def view(self, index: int) -> tuple[memoryview, int]:
        """The bytes of a view, and the bytes from row to row (0: rows touch)."""
        view = self.entry("bufferViews", index)
        start, length = view.get("byteOffset", 0), view["byteLength"]
        data = memoryview(self.buffer(view["buffer"]))
        if start < 0 or length < 0 or start + length > len(data):
            raise ValueError(f"view {index} goes beyond its buffer")
        return data[start:start + length], view.get("byteStride", 0)

    def rows(self, where: dict, kind: int, width: int, count: int) -> np.ndarray:
        """[count, width] in the file's own type."""
        data, stride = self.view(where["bufferView"])
        if kind not in KINDS:
            raise ValueError(f"componentType {kind} is none")
        dtype, start = np.dtype(KINDS[kind]), where.get("byteOffset", 0)
        stride = stride or dtype.itemsize * width
        if start < 0 or count and start + stride * (count - 1) + dtype.itemsize * width > len(data):
            raise ValueError(f"an accessor of {count} rows goes beyond its view")
        return np.ndarray((count, width), dtype, data, start, (stride, dtype.itemsize)).copy()

    def accessor(self, index: int, widths: tuple[int, ...]) -> np.ndarray:
        """[count, width], float64 or, where integers are not normalised, int64; ``widths``: those that will do."""
        if index not in self.accessors:
            self.accessors[index] = self.numbers(self.entry("accessors", index), index)
        found = self.accessors[index]
        if found.shape[1] not in widths:
            raise ValueError(f"accessor {index} has rows of {found.shape[1]}, need {' or '.join(map(str, widths))}")
        return found

    def numbers(self, accessor: dict, index: int) -> np.ndarray:
        count, kind, width = accessor["count"], accessor["componentType"], WIDTHS.get(accessor["type"])
        if width is None or kind not in KINDS or not 0 <= count <= MOST:
            raise ValueError(f"accessor {index} is {count} times {accessor['type']} of {kind}")
        if "bufferView" in accessor:
            found = self.rows(accessor, kind, width, count)
        else:
            found = np.zeros((count, width), KINDS[kind])
        if sparse := accessor.get("sparse"):
            at = self.rows(sparse["indices"], sparse["indices"]["componentType"], 1, sparse["count"])[:, 0]
            if (at >= count).any():
                raise ValueError(f"accessor {index} writes over a row that it does not have")
            found[at] = self.rows(sparse["values"], kind, width, sparse["count"])
        if found.dtype.kind == "f":
            return found.astype(np.float64)
        if not accessor.get("normalized"):
            return found.astype(np.int64)
        return np.maximum(found / np.iinfo(found.dtype).max, -1.0)
