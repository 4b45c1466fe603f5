"""STL: triangles, by bytes or by words, and the face colors of VisCAM and Magics.

    binary: 80 bytes, a count n, n x (normal, three corners, 16 bits);  color: 15 bits of those 16
"""

import re
from collections.abc import Iterator

import numpy as np

from ._beside import Beside
from ._words import numbers
from .piece import GREY, Piece

HEAD = 84
FACET = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("bits", "<u2")])
OWN = 1 << 15               # VisCAM: this face has a color; Magics: it has the object's


def read(data: bytes, beside: Beside) -> Iterator[Piece]:
    declared = int.from_bytes(data[80:HEAD], "little") if len(data) >= HEAD else -1
    if len(data) != HEAD + declared * FACET.itemsize and re.match(rb"\s*solid\b", data, re.IGNORECASE) \
            and re.search(rb"\bfacet\b", data[:4096], re.IGNORECASE):
        yield words(data)
    else:
        yield binary(data, declared)


def binary(data: bytes, declared: int) -> Piece:
    if declared < 0:
        raise ValueError("no STL file, or cut short")
    if len(data) < HEAD + declared * FACET.itemsize:
        raise ValueError(f"cut short: {declared} faces declared, {(len(data) - HEAD) // FACET.itemsize} there")
    facets = np.frombuffer(data, FACET, declared, HEAD)
    vertices = facets["corners"].reshape(-1, 3).astype(np.float64)
    faces, colors = np.arange(len(vertices)).reshape(-1, 3), face_colors(data[:80], facets["bits"])
    if colors is None:
        return Piece(vertices, faces)
    return Piece(vertices, faces, (1.0, 1.0, 1.0, 1.0), np.repeat(colors, 3, axis=0))


def face_colors(head: bytes, bits: np.ndarray) -> np.ndarray | None:
    """[F, 3] uint8, or None where the file has no colors."""
    low, middle, high = (((bits >> shift) & 31) * (255 / 31) for shift in (0, 5, 10))
    at = head.find(b"COLOR=")
    if at >= 0 and at + 10 <= len(head):            # Magics
        own, otherwise = bits & OWN == 0, np.frombuffer(head, np.uint8, 3, at + 6)
        colors = np.stack([low, middle, high], 1)
        own &= bits > 0                             # nobody has painted a face that is all zeros
    else:                                           # VisCAM, SolidView
        own, otherwise = bits & OWN != 0, np.array(GREY[:3]) * 255
        colors = np.stack([high, middle, low], 1)
        if not own.any():
            return None
    return np.rint(np.where(own[:, None], colors, otherwise)).astype(np.uint8)


def words(data: bytes) -> Piece:
    corners, facets, ended = [], 0, False
    for line in data.decode("latin-1").lower().replace("\r", "\n").split("\n"):
        line = line.lstrip()
        if line.startswith("vertex"):
            corners += line.split()[1:]
        elif line.startswith("facet"):
            facets += 1
        elif line.startswith("endsolid"):
            ended = True
    if not ended:
        raise ValueError(f"cut short: no endsolid after {facets} faces")
    if len(corners) != 9 * facets:
        raise ValueError(f"{facets} faces need {9 * facets} numbers, {len(corners)} are there")
    vertices = numbers(corners).reshape(-1, 3)
    return Piece(vertices, np.arange(len(vertices)).reshape(-1, 3))
