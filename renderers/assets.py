"""What a finished scene hands to an exporter: plain numpy arrays, no torch, no files."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Mesh:
    """A triangle mesh, in the world's axes (+y up, front +z, metres), faces counter-clockwise seen from outside.

    Attributes:
        vertices: [V, 3] float32.
        faces: [F, 3] int32 into vertices.
        normals: [V, 3] float32, unit, outward.
        uv: [V, 2] float32 in [0, 1], origin at the texture's **top left** (glTF), or None without a texture.
        texture: [H, W, 3] uint8 sRGB, or None.
        colors: [V, 3] uint8 sRGB, for formats without textures, or None.
    """

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray | None = None
    texture: np.ndarray | None = None
    colors: np.ndarray | None = None


@dataclass(frozen=True)
class Raster:
    """A picture of pixels.

    Attributes:
        rgba: [H, W, 4] float32, straight sRGB and opacity in [0, 1], row 0 at the top.
    """

    rgba: np.ndarray
