"""Linear light to sRGB and back, IEC 61966-2-1.

    s = 12.92 l  below 0.0031308,  1.055 l^(1/2.4) - 0.055  above
"""

import numpy as np


def srgb(linear: np.ndarray) -> np.ndarray:
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def linear(srgb: np.ndarray) -> np.ndarray:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def to_bytes(colors: np.ndarray) -> np.ndarray:
    """uint8 of floats in [0, 1]; what is no number is white."""
    return np.rint(np.clip(np.nan_to_num(colors, nan=1.0), 0, 1) * 255).astype(np.uint8)


def unit(colors: np.ndarray, kind: np.dtype | None = None) -> np.ndarray:
    """Floats in [0, 1] of a file's numbers: integers by the range of their ``kind``, floats above 1 as bytes."""
    if kind is not None and kind.kind in "iu":
        return colors / np.iinfo(kind).max
    colors = np.asarray(colors, np.float64)
    return colors / 255 if colors.size and np.nanmax(colors) > 1 else colors
