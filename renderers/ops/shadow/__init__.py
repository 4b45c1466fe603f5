r"""How much light of K far lamps arrives at a point, past what stands in the way: shadow maps (Williams 1978).

    free_c(p, n) = sum_k W_kc max(0, n . w_k)                 seen_c(p, n) = sum_k W_kc max(0, n . w_k) V_k(p)
    V_k(p) = 1 if z_k(p) < D_k[pixel_k(p)] + bias, else 0

w_k is the direction to lamp k, the back axis of its camera; z_k and pixel_k are the depth of p and the texel in which
lamp k sees it; D_k is the depth of the nearest surface there, beyond all of the scene where there is none. The columns
c are as many sums over the same lamps as are wanted. With lamps all over the sky seen / free is ambient occlusion; with
lamps close together seen is a soft shadow.

Not differentiable.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ...checks import check
from .._dispatch import choose


@dataclass(frozen=True)
class Lamps:
    """K cameras that look from the lamps at the scene, with what they see.

    Attributes:
        turn: [K, 3, 3] rotation from the world to each camera, whose -z looks at the scene; its last row is w_k.
        move: [K, 3] translation, after the rotation.
        focal: focal length in texels.
        depth: [K, E, E] depth of the nearest surface, square maps.
    """

    turn: Tensor
    move: Tensor
    focal: float
    depth: Tensor


@dataclass(frozen=True)
class Light:
    """What arrives at N points, C sums of it.

    Attributes:
        seen: [N, C] past what stands in the way.
        free: [N, C] if nothing did.
    """

    seen: Tensor
    free: Tensor


@torch.no_grad()
def shadow(points: Tensor, normals: Tensor, lamps: Lamps, weights: Tensor, bias: float, *,
           backend: str | None = None) -> Light:
    """Light at points; not differentiable.

    Args:
        points: [N, 3] world, where the light arrives.
        normals: [N, 3] unit.
        lamps: K of them.
        weights: [K, C].
        bias: >= 0, world units, by which a point may lie behind the surface that a lamp sees: its own.
    """
    check("shadow", "points [N 3], normals [N 3], turn [K 3 3], move [K 3], depth [K E E], weights [K C]", points,
          normals, lamps.turn, lamps.move, lamps.depth, weights)
    return choose("shadow", points.device.type, backend).shadow(points, normals, lamps, weights, bias)
