r"""Vertex attributes at the pixels of a rasterized mesh, perspective-correct: a shader's varyings.

With p the pixel's centre, a, b, c the corners of the triangle that it sees and z their depths, as in ``rasterize``,

    e_a = (b - p) x (c - p),    e_b = (c - p) x (a - p),    e_c = (a - p) x (b - p)
    w_i = e_i / z_i,            out = sum_i w_i A_i / sum_i w_i

Differentiable in the attributes, in ``pixels`` and in ``depths``: where a corner moves, the attribute slides under the
pixel. Which triangle a pixel sees is given and has no gradient; ``antialias`` adds that of the silhouettes. Where
attributes are all that is wanted to be differentiable, ``rasterize.interpolate`` does without the corners.
"""

import torch
from torch import Tensor

from ...checks import check
from .._dispatch import choose


def varying(face: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor, attributes: Tensor,
            backend: str | None = None) -> Tensor:
    """[B, H, W, C]; 0 where there is no triangle.

    Args:
        face: [B, H, W] int32 index of the triangle that a pixel sees, -1 for none: ``Fragments.face``.
        pixels: [B, V, 2] corners as (u, v) in pixels, as ``rasterize`` was given them.
        depths: [B, V] their depths, > 0 for every triangle that is seen.
        faces: [F, 3] int32 or int64 indices into V.
        attributes: [V, C], shared by the B views.
        backend: "reference", "numba", ...; default the fastest.

    Raises:
        ValueError: a shape that does not fit, or a triangle outside F.
    """
    check("varying", "face [B H W], pixels [B V 2], depths [B V], faces [F 3], attributes [V C]",
          face, pixels, depths, faces, attributes)
    if face.dtype != torch.int32:
        raise ValueError(f"varying: face is {face.dtype}, want torch.int32")
    if face.numel() and int(face.max()) >= len(faces):
        raise ValueError(f"varying: face reaches {int(face.max())}, want at most F-1 = {len(faces) - 1}")
    return choose("varying", pixels.device.type, backend).varying(face, pixels, depths, faces, attributes)
