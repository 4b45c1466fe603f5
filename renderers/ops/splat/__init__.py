r"""Splatting of anisotropic 3D Gaussians: projection and front-to-back compositing.

EWA splatting (Zwicker et al. 2001) as in 3D Gaussian Splatting (arXiv:2308.04079).

    Sigma' = A A^T + blur I,   A = J W R diag(s)       2D covariance, pixels^2; J is the projection's Jacobian at the centre
    o' = o rho,   rho = sqrt(det(A A^T) / det Sigma')  opacity compensation (Mip-Splatting, arXiv:2311.16493), at least 0.005
    alpha = fade(min(0.99, o' exp(-d^T Sigma'^-1 d / 2)))            d from the projected centre to the pixel's centre
    rgb = sum_i alpha_i T_i c_i,    T_i = prod_{j<i} (1 - alpha_j),    opacity = 1 - T_N           nearest centre first

The order is that of the centres' depth along the viewing axis, ties by index; it has no gradient. J is taken at the
centre cut to 1.3 times the field of view, as in gsplat, so that a large Gaussian beside the picture does not smear over
it. fade(a) = a clip(255 a - 1, 0, 1): 3DGS drops alpha below 1/255 in one step; here it goes to 0 between 2/255 and
1/255, so that the value is continuous and the gradient exact. A backend may leave out what is seen by less than
1e-8 of the light.

A Gaussian is not drawn whose centre is nearer than ``NEAR`` along the viewing axis, or with a number that is not finite.

Differentiable in all that describes the Gaussians, and in ``shift``, which is added to the projected centres: zeros that
require a gradient receive the screen-space gradient by which 3DGS and gsplat decide where to add Gaussians. Not
differentiable in the camera.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ...camera import Camera
from ...checks import check
from .._dispatch import choose

BLUR = 0.3              # pixels^2, the variance of 3DGS's reconstruction filter
NEAR = 0.01             # world units along the viewing axis
MARGIN = 1.3            # of the field of view, in which J is taken
THRESHOLD = 1 / 255     # alpha that is not drawn; at twice that fade is over
LARGEST = 0.99          # alpha
LEAST = 0.005           # rho


@dataclass(frozen=True)
class Splatting:
    """B pictures of N Gaussians.

    Attributes:
        rgb: [B, H, W, 3] color, premultiplied by opacity; no background.
        opacity: [B, H, W, 1] in [0, 1].
        depth: [B, H, W, 1] distance of the centres from the camera, world units, premultiplied by opacity.
    """

    rgb: Tensor
    opacity: Tensor
    depth: Tensor


def splat(positions: Tensor, scales: Tensor, quaternions: Tensor, opacities: Tensor, colors: Tensor, camera: Camera,
          shift: Tensor | None = None, antialiased: bool = True, *, backend: str | None = None) -> Splatting:
    """Draw Gaussians.

    Args:
        positions: [N, 3] centres in the world.
        scales: [N, 3] standard deviations along the Gaussian's own axes, world units, >= 0.
        quaternions: [N, 4] w x y z of any length but 0; they turn the Gaussian's own axes into the world's.
        opacities: [N] in [0, 1].
        colors: [N, 3] sRGB.
        camera: B views.
        shift: [B, N, 2] pixels, added to the projected centres; None is 0.
        antialiased: False leaves out the compensation: rho = 1, as 3DGS and its viewers draw.
    """
    if shift is None:
        shift = positions.new_zeros(len(camera), len(positions), 2)
    check("splat", "positions [N 3], scales [N 3], quaternions [N 4], opacities [N], colors [N 3], c2w [B 4 4], shift [B N 2]",
          positions, scales, quaternions, opacities, colors, camera.c2w, shift)
    view, focal = seen_from(camera)
    return choose("splat", positions.device.type, backend).splat(positions, scales, quaternions, opacities, colors, view,
                                                                 focal, camera.size, shift, antialiased)


def seen_from(camera: Camera) -> tuple[Tensor, Tensor]:
    """[B, 3, 4] from the world to +x right, +y down, +z forward, the axes of pixels; and the focal lengths [B], pixels."""
    turn = camera.c2w[:, :3, :3].transpose(1, 2) * camera.c2w.new_tensor([1.0, -1.0, -1.0])[:, None]
    return torch.cat([turn, -turn @ camera.position[:, :, None]], -1), camera.focal
