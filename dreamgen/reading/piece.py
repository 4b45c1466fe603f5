"""What every reader gives: a piece of a model, of one material.

    seen = color * colors * texture, lit,  +  glow * glow_texture

all of it sRGB; the files' linear numbers (glTF's) have been turned into it.
"""

from dataclasses import dataclass

import numpy as np

from renderers.assets import Material

GREY = (0.75, 0.75, 0.75, 1.0)          # of what has no color of its own
BLACK = (0.0, 0.0, 0.0)
REPEAT, CLAMP, MIRROR = "repeat", "clamp", "mirror"


class Refused(ValueError):
    """One phrase: what the file has or lacks, so that it cannot be shown as its author meant it."""


@dataclass(frozen=True)
class Piece:
    """Triangles in the file's own axes and units.

    Attributes:
        vertices: [V, 3] float64.
        faces: [F, 3] int64 into vertices, wound as in the file.
        color: sRGB and opacity, in [0, 1].
        colors: [V, 3] uint8 sRGB, multiplied with ``color``, or None.
        uv: [V, 2], origin at the pictures' top left; None where the file has none.
        texture: [H, W, 3 or 4] uint8 sRGB, straight alpha, a hole where alpha < 0.5; None without a picture.
        wrap: what is beyond [0, 1], along u and v: REPEAT, CLAMP or MIRROR.
        glow: sRGB in [0, 1], seen without any light.
        glow_texture: [H, W, 3] uint8 sRGB, multiplied with ``glow``, or None; at the same uv.
        normals: [V, 3] as the file has them, of any length; or None.
        material: all that the file says of it, at the same uv, where that was asked for; None without one.
        left_out: phrases, what of it is not in ``material``, and of the first piece, what the model does without.
    """

    vertices: np.ndarray
    faces: np.ndarray
    color: tuple[float, float, float, float] = GREY
    colors: np.ndarray | None = None
    uv: np.ndarray | None = None
    texture: np.ndarray | None = None
    wrap: tuple[str, str] = (REPEAT, REPEAT)
    glow: tuple[float, float, float] = BLACK
    glow_texture: np.ndarray | None = None
    normals: np.ndarray | None = None
    material: Material | None = None
    left_out: tuple[str, ...] = ()
