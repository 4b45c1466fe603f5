"""Niantic's .spz, version 3: about 20 bytes a Gaussian, then gzip. A tenth of the PLY of a capture, a third of ours.

    header: NGSP, 3, N (uint32 each), degree of harmonics, fractional bits, flags, 0 (uint8 each); then of all N
    position 3 x int24 (fixed point),   opacity uint8,   color 3 x uint8 (255 (0.15 f_dc + 0.5)),
    scale 3 x uint8 (16 (ln s + 10)),   rotation uint32 (the smallest three of q, a sign and nine bits each)

The axes are the world's (right, up, back). Version 4 packs the same numbers with zstd, which Python 3.13 does not have;
its readers read version 3. Source: nianticlabs/spz, src/cc/load-spz.cc, packGaussians.
"""

import gzip
from math import ceil, log2

import numpy as np

from renderers.assets import Splats
from renderers.splats import opacities

from ._splats import checked

ACCEPTS = (Splats,)

HEADER = np.dtype([("magic", "S4"), ("version", "<u4"), ("count", "<u4"), ("degree", "u1"), ("fraction", "u1"),
                   ("flags", "u1"), ("reserved", "u1")])
ANTIALIASED = 1             # of the flags: optimised with opacity compensation
FINEST = 16                 # fractional bits at most: 15 micrometres
COLOR = 0.15                # of f_dc; wider than [0, 1], so that what is a bit beyond it survives
STEPS = 511                 # of a rotation's part, 0 to 1 / sqrt(2)


def write(asset: Splats, name: str = "asset") -> dict[str, bytes]:
    """``{name.spz: bytes}``; raises ValueError for empty or broken Gaussians, or one that is more than 8,388 km away."""
    splats = checked(asset, "spz")
    farthest = float(np.abs(splats.positions).max())
    fraction = min(FINEST, 23 - ceil(log2(max(farthest, 1e-30) * 1.001)))
    if fraction < 0:
        raise ValueError(f"spz: a Gaussian is {farthest:.3g} m from the origin, and 24 bits reach {2 ** 23} m")
    fixed = np.rint(splats.positions.astype(np.float64) * 2 ** fraction).astype("<i4")
    header = np.array((b"NGSP", 3, len(fixed), 0, fraction, ANTIALIASED, 0), HEADER)
    parts = [fixed.view("u1").reshape(-1, 3, 4)[..., :3], to_byte(255 * opacities(splats)),
             to_byte(255 * (COLOR * splats.colors + 0.5)), to_byte(16 * (splats.log_scales + 10)),
             smallest_three(splats.quaternions)]
    data = header.tobytes() + b"".join(part.tobytes() for part in parts)
    return {f"{name}.spz": gzip.compress(data, mtime=0)}


def to_byte(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def smallest_three(wxyz: np.ndarray) -> np.ndarray:
    """[N] uint32: the number of the largest part of x y z w in the upper two bits, then the other three in order."""
    q = np.roll(wxyz, -1, axis=1).astype(np.float64)
    q /= np.linalg.norm(q, axis=1, keepdims=True)
    largest = np.abs(q).argmax(1)
    q *= np.where(np.take_along_axis(q, largest[:, None], 1) < 0, -1, 1)        # -q is the same rotation
    packed = largest.astype(np.uint32)
    for i in range(4):
        part = np.uint32(512) * (q[:, i] < 0) + np.rint(STEPS * np.abs(q[:, i]) * np.sqrt(2)).astype(np.uint32)
        packed = np.where(largest == i, packed, (packed << np.uint32(10)) | part.astype(np.uint32))
    return packed.astype("<u4")
