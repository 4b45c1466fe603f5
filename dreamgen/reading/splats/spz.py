"""Niantic's .spz, versions 2 and 3; formats/spz.py has the layout. In version 2 a rotation is x y z of three bytes, w >= 0."""

import zlib

import numpy as np

from renderers.assets import Splats
from renderers.splats import logits

from .._beside import Beside
from ..piece import Refused
from ._limits import at_most, harmonics

HEADER = np.dtype([("magic", "S4"), ("version", "<u4"), ("count", "<u4"), ("degree", "u1"), ("fraction", "u1"),
                   ("flags", "u1"), ("reserved", "u1")])
COEFFICIENTS = (0, 3, 8, 15, 24)        # spherical harmonics beyond degree 0, by degree
COLOR, STEPS = 0.15, 511


def read(data: bytes, beside: Beside) -> tuple[Splats, list[str]]:
    if data[:4] == b"NGSP":
        raise Refused(f"is SPZ version {int.from_bytes(data[4:8], 'little')}, versions 2 and 3 are read")
    stream = zlib.decompressobj(wbits=31)
    start = stream.decompress(data, HEADER.itemsize)
    if len(start) < HEADER.itemsize:
        raise ValueError("cut short within its header")
    header = np.frombuffer(start, HEADER)[0]
    if header["magic"] != b"NGSP":
        raise ValueError("not SPZ: it does not begin with NGSP")
    if header["version"] not in (2, 3):
        raise Refused(f"is SPZ version {header['version']}, versions 2 and 3 are read")
    if header["degree"] >= len(COEFFICIENTS):
        raise ValueError(f"spherical harmonics of degree {header['degree']}")
    N, turn = at_most(int(header["count"])), 3 if header["version"] == 2 else 4
    size = N * (9 + 1 + 3 + 3 + turn)
    body = stream.decompress(stream.unconsumed_tail, size)      # harmonics stand behind it, and are not unpacked
    if len(body) < size:
        raise ValueError(f"cut short: {N} Gaussians declared, {size} bytes, {len(body)} there")
    ends = np.cumsum([9 * N, N, 3 * N, 3 * N])
    position, alpha, color, scale, rotation = np.split(np.frombuffer(body, np.uint8), ends)
    fixed = np.zeros((3 * N, 4), np.uint8)
    fixed[:, 1:] = position.reshape(-1, 3)                      # in the upper bytes, so that the sign is one
    metres = fixed.view("<i4").astype(np.float64) / 2.0 ** (8 + int(header["fraction"]))
    quaternions = first_three(rotation.reshape(N, 3)) if turn == 3 else smallest_three(rotation.view("<u4"))
    return Splats(metres.reshape(N, 3), scale.reshape(N, 3) / np.float32(16) - 10, quaternions, logits(alpha / 255),
                  (color.reshape(N, 3) / np.float32(255) - 0.5) / COLOR), harmonics(int(header["degree"]))


def smallest_three(packed: np.ndarray) -> np.ndarray:
    """[N, 4] w x y z."""
    largest, q, left = packed >> 30, np.zeros((len(packed), 4)), packed.copy()
    for i in (3, 2, 1, 0):                                      # x y z w; the last one stands lowest
        part = np.where(left & 512, -1, 1) * (left & 511) / (STEPS * np.sqrt(2))
        q[:, i] = np.where(largest == i, 0, part)
        left = np.where(largest == i, left, left >> 10)
    rest = np.sqrt(np.maximum(1 - (q ** 2).sum(1), 0))
    q[np.arange(len(q)), largest] = rest
    return np.roll(q, 1, axis=1)


def first_three(packed: np.ndarray) -> np.ndarray:
    """[N, 4] w x y z."""
    xyz = packed / 127.5 - 1
    return np.concatenate([np.sqrt(np.maximum(1 - (xyz ** 2).sum(1, keepdims=True), 0)), xyz], 1)
