"""``splat`` by gsplat, where it is installed (nerfstudio-project/gsplat 1.5.3, Apache-2.0).

Projection, blur, compensation and order are those of the definition. It is chosen only by name (``backend="gsplat"``) because
it differs: alpha below 1/255 is dropped in one step instead of fading, and a pixel's sum ends when less than 1e-4 of the light
is left. Of what ``shift`` moves into the picture nothing is drawn. It has run on no GPU from here.
"""

from math import ceil

import gsplat
import torch
from torch import Tensor

from . import BLUR, NEAR, Splatting, reference

RANK = -1
TILE = 16               # pixels


def splat(positions: Tensor, scales: Tensor, quaternions: Tensor, opacities: Tensor, colors: Tensor, view: Tensor,
          focal: Tensor, size: tuple[int, int], shift: Tensor, antialiased: bool) -> Splatting:
    (H, W), B, N = size, len(view), len(positions)
    if not B or not N:
        return reference.splat(positions, scales, quaternions, opacities, colors, view, focal, size, shift, antialiased)
    fine = torch.cat([positions, scales, quaternions, opacities[:, None], colors], 1).isfinite().all(1)
    positions, scales, colors = (torch.where(fine[:, None], each, 0) for each in (positions, scales, colors))
    quaternions, opacities = torch.where(fine[:, None], quaternions, 1), torch.where(fine, opacities, 0)

    radii, centers, depths, conics, compensations = gsplat.fully_fused_projection(
        positions, None, quaternions, scales, _square(view), _intrinsics(focal, size), W, H, eps2d=BLUR, near_plane=NEAR,
        calc_compensations=antialiased, opacities=opacities)
    centers = centers + shift
    kept = torch.where((radii > 0).all(-1), compensations, 0) if antialiased else 1     # those of the others were not written
    alphas = (opacities * kept).expand(B, N).contiguous()
    at = positions @ view[:, :, :3].transpose(1, 2) + view[:, None, :, 3]                       # [B, N, 3]
    values = torch.cat([colors.expand(B, N, 3), torch.linalg.vector_norm(at, dim=-1, keepdim=True)], -1)

    tiles = ceil(W / TILE), ceil(H / TILE)
    _, ids, order = gsplat.isect_tiles(centers.detach(), radii, depths.detach(), TILE, *tiles)
    offsets = gsplat.isect_offset_encode(ids, B, *tiles)
    out, opacity = gsplat.rasterize_to_pixels(centers, conics, values, alphas, W, H, TILE, offsets, order)
    return Splatting(out[..., :3], opacity, out[..., 3:])


def _square(view: Tensor) -> Tensor:
    """[B, 4, 4] of world to camera [B, 3, 4]."""
    return torch.cat([view, view.new_tensor([0.0, 0, 0, 1]).expand(len(view), 1, 4)], 1)


def _intrinsics(focal: Tensor, size: tuple[int, int]) -> Tensor:
    """[B, 3, 3] in pixels, (0, 0) the top-left corner."""
    H, W = size
    middle = torch.diag_embed(torch.stack([focal, focal, torch.ones_like(focal)], 1))
    return middle + middle.new_tensor([[0.0, 0, W / 2], [0, 0, H / 2], [0, 0, 0]])
