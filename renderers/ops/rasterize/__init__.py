r"""Which triangle does each pixel's centre see, and where in it.

With p the pixel's centre, a, b, c a triangle's corners on the screen and z_a, z_b, z_c their depths,

    e_a = (b - p) x (c - p),    e_b = (c - p) x (a - p),    e_c = (a - p) x (b - p)
    p is inside                 if no e has the sign opposite to (b - a) x (c - a)
    w_i   = e_i / z_i
    bary  = w / (w_a + w_b + w_c)                               perspective-correct
    depth = (e_a + e_b + e_c) / (w_a + w_b + w_c)

e is twice the area opposite the corner. The nearest triangle wins; of equally near ones, that of the lowest index. The
edges belong to a triangle, and e changes its sign exactly when its two corners are swapped, so a centre on a shared
edge is never missed. Both sides of a triangle are drawn. With depths of 1 it is orthographic: a texture's atlas is
baked with pixels = uv * size.

Not differentiable: silhouettes have no gradient here. ``interpolate`` is differentiable in its attributes.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ...checks import check
from .._dispatch import choose


@dataclass(frozen=True)
class Fragments:
    """What each pixel sees.

    Attributes:
        face: [B, H, W] int32 index of the triangle, -1 where there is none.
        bary: [B, H, W, 3] weights of its corners, >= 0, sum 1; 0 where there is none.
        depth: [B, H, W] along -z of the camera, 0 where there is none.
    """

    face: Tensor
    bary: Tensor
    depth: Tensor


@torch.no_grad()
def rasterize(pixels: Tensor, depths: Tensor, faces: Tensor, size: tuple[int, int], near: float = 1e-3,
              behind: Tensor | None = None, backend: str | None = None) -> Fragments:
    """Draw one mesh B times; not differentiable.

    Args:
        pixels: [B, V, 2] corners as (u, v) in pixels, (0, 0) the image's top-left corner; ``renderers.camera.project``
            gives them.
        depths: [B, V] their depths, of the same dtype.
        faces: [F, 3] int32 or int64 indices into V.
        size: (H, W).
        near: > 0; a triangle with a corner at depth <= near is dropped whole, not clipped; so is one with a corner that
            is not finite and one without area.
        behind: [B, H, W] a depth for each pixel, of the same dtype; only what lies deeper is drawn. With the depth of
            an earlier call, the next layer: depth peeling (Everitt 2001). None draws everything.
        backend: "reference", "numba", ...; default the fastest.

    Raises:
        ValueError: a shape or a dtype that does not fit, or an index outside V.
    """
    sizes = check("rasterize", "pixels [B V 2], depths [B V], faces [F 3]", pixels, depths, faces)
    if pixels.dtype != depths.dtype or not pixels.is_floating_point():
        raise ValueError(f"rasterize: pixels are {pixels.dtype} and depths {depths.dtype}, want one floating type")
    low, high = torch.stack(faces.aminmax()).tolist() if len(faces) else (0, -1)
    if low < 0 or high >= sizes["V"]:
        raise ValueError(f"rasterize: faces span {low} to {high}, want 0 to V-1 = {sizes['V'] - 1}")
    if not near > 0:
        raise ValueError(f"rasterize: near is {near}, want > 0")
    if behind is None:
        behind = pixels.new_zeros(len(pixels), *size)
    elif behind.shape != (len(pixels), *size) or behind.dtype != pixels.dtype:
        raise ValueError(f"rasterize: behind is {list(behind.shape)} of {behind.dtype}, want "
                         f"{[len(pixels), *size]} of {pixels.dtype}")
    module = choose("rasterize", pixels.device.type, backend)
    return Fragments(*module.rasterize(pixels, depths, faces, size, near, behind))


def interpolate(fragments: Fragments, faces: Tensor, attributes: Tensor) -> Tensor:
    """[B, H, W, C] of ``attributes`` [V, C], 0 where there is no triangle; differentiable in ``attributes``."""
    if not len(faces):
        return attributes.new_zeros(*fragments.face.shape, attributes.shape[1])
    corners = attributes[faces.long()[fragments.face.clamp_min(0).long()]]          # [B, H, W, 3, C]
    return (fragments.bary[..., None] * corners).sum(-2)
