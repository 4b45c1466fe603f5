r"""OKLab (Ottosson 2020, "A perceptual color space for image processing"): equal distances look about equally far apart.

    lms = M1 linear(rgb),    Lab = M2 cbrt(lms),    linear(c) = sRGB's transfer function, inverted

L is 0 for black and 1 for white; a (green to red) and b (blue to yellow) are within about 0.4 of 0. A just noticeable
difference is near 0.02.
"""

import numpy as np

M1 = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
               [0.2119034982, 0.6806995451, 0.1073969566],
               [0.0883024619, 0.2817188376, 0.6299787005]])
M2 = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
               [1.9779984951, -2.4285922050, 0.4505937099],
               [0.0259040371, 0.7827717662, -0.8086757660]])


def of_srgb(rgb: np.ndarray) -> np.ndarray:
    """[..., 3] Lab of sRGB [..., 3] in [0, 1]."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((np.maximum(rgb, 0) + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ M1.T) @ M2.T


def to_srgb(lab: np.ndarray) -> np.ndarray:
    """[..., 3] sRGB, clipped to [0, 1], of Lab [..., 3]."""
    linear = ((lab @ np.linalg.inv(M2).T) ** 3) @ np.linalg.inv(M1).T
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)
    return encoded.clip(0, 1)
