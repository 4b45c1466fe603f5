"""Niantic's .spz, versions 2 to 4; formats/spz.py has the layout of version 3. In version 2 a rotation is x y z of three
bytes, w >= 0. Version 4 has the numbers of 3 in streams of their own, each packed by zstd:

    32 bytes: NGSP, 4, N (uint32 each), degree, fractional bits, flags, streams (uint8 each), at (uint32), 12 zeros;
    at ``at`` for each stream (packed, unpacked) bytes (uint64 each), then the streams: positions, opacities, colors,
    scales, rotations, harmonics

It needs the package zstandard, which viser brings along. Source: nianticlabs/spz, README.md.
"""

import zlib
from importlib.util import find_spec

import numpy as np

from renderers.assets import Splats
from renderers.splats import logits

from .._beside import Beside
from ..piece import Refused
from ._limits import at_most, harmonics

HEADER = np.dtype([("magic", "S4"), ("version", "<u4"), ("count", "<u4"), ("degree", "u1"), ("fraction", "u1"),
                   ("flags", "u1"), ("reserved", "u1")])
HEADER_4 = np.dtype([*HEADER.descr[:-1], ("streams", "u1"), ("at", "<u4"), ("reserved", "V12")])
WIDTHS = 9, 1, 3, 3, 4                  # bytes a Gaussian of the streams that are read
COEFFICIENTS = (0, 3, 8, 15, 24)        # spherical harmonics beyond degree 0, by degree
COLOR, STEPS = 0.15, 511
ANTIALIASED = 1                         # of the flags: optimized with opacity compensation, as ours are
PLAIN = "optimized without opacity compensation; a run draws with it, so what is smaller than a pixel looks fainter in a run"


def read(data: bytes, beside: Beside) -> tuple[Splats, list[str]]:
    header, body, turn = streams(data) if data[:4] == b"NGSP" else single(data)
    N, notes = int(header["count"]), harmonics(int(header["degree"]))
    notes += [] if header["flags"] & ANTIALIASED else [PLAIN]
    position, alpha, color, scale, rotation = np.split(np.frombuffer(body, np.uint8), np.cumsum([9 * N, N, 3 * N, 3 * N]))
    fixed = np.zeros((3 * N, 4), np.uint8)
    fixed[:, 1:] = position.reshape(-1, 3)                      # in the upper bytes, so that the sign is one
    metres = fixed.view("<i4").astype(np.float64) / 2.0 ** (8 + int(header["fraction"]))
    quaternions = first_three(rotation.reshape(N, 3)) if turn == 3 else smallest_three(rotation.view("<u4"))
    return Splats(metres.reshape(N, 3), scale.reshape(N, 3) / np.float32(16) - 10, quaternions, logits(alpha / 255),
                  (color.reshape(N, 3) / np.float32(255) - 0.5) / COLOR), notes


def single(data: bytes) -> tuple[np.void, bytes, int]:
    """Of versions 2 and 3: the header, what stands before the harmonics, and the bytes of a rotation."""
    stream = zlib.decompressobj(wbits=31)
    start = stream.decompress(data, HEADER.itemsize)
    if len(start) < HEADER.itemsize:
        raise ValueError("cut short within its header")
    header = checked(np.frombuffer(start, HEADER)[0], (2, 3))
    turn = 3 if header["version"] == 2 else 4
    size = int(header["count"]) * (9 + 1 + 3 + 3 + turn)
    body = stream.decompress(stream.unconsumed_tail, size) if size else b""       # no more is unpacked
    return header, whole(body, size), turn


def streams(data: bytes) -> tuple[np.void, bytes, int]:
    """The same of version 4."""
    if len(data) < HEADER_4.itemsize:
        raise ValueError("cut short within its header")
    header = checked(np.frombuffer(data, HEADER_4, 1)[0], (4,))
    if find_spec("zstandard") is None:
        raise Refused("is SPZ version 4, which needs zstandard: `pip install zstandard`; versions 2 and 3 need nothing")
    from zstandard import ZstdDecompressor, ZstdError
    at, count = int(header["at"]), int(header["streams"])
    if count < len(WIDTHS) or at + 16 * count > len(data):
        raise ValueError(f"has {count} streams, whose table goes beyond its end")
    sizes, body = np.frombuffer(data, "<u8", 2 * count, at).reshape(count, 2), []
    at += 16 * count
    for (packed, _), width in zip(sizes.tolist(), WIDTHS, strict=False):        # harmonics stand behind them
        size = width * int(header["count"])
        try:
            with ZstdDecompressor().stream_reader(data[at:at + packed]) as reader:
                body.append(whole(reader.read(size), size))
        except ZstdError as error:
            raise ValueError(str(error)) from None
        at += packed
    return header, b"".join(body), 4


def checked(header: np.void, versions: tuple[int, ...]) -> np.void:
    if header["magic"] != b"NGSP":
        raise ValueError("not SPZ: it does not begin with NGSP")
    if header["version"] not in versions:
        raise Refused(f"is SPZ version {header['version']}, versions 2 to 4 are read")
    if header["degree"] >= len(COEFFICIENTS):
        raise ValueError(f"spherical harmonics of degree {header['degree']}")
    at_most(int(header["count"]))
    return header


def whole(body: bytes, size: int) -> bytes:
    if len(body) < size:
        raise ValueError(f"cut short: {size} bytes of Gaussians declared, {len(body)} there")
    return body


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
