"""The definition of ``varying``: torch, any dtype, any device."""

import torch
from torch import Tensor


def varying(face: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor, attributes: Tensor) -> Tensor:
    B, H, W = face.shape
    image, row, column = (face >= 0).nonzero().unbind(1)                        # [N] pixels that see something
    corners = faces.long()[face[image, row, column].long()]                     # [N, 3]
    p = torch.stack([column, row], -1).to(pixels.dtype) + 0.5
    a, b, c = (pixels[image[:, None], corners] - p[:, None]).unbind(1)
    e = torch.stack([_cross(b, c), _cross(c, a), _cross(a, b)], -1)
    w = e / depths[image[:, None], corners]
    bary = w / w.sum(-1, keepdim=True)
    seen = (bary[..., None] * attributes[corners]).sum(1)                       # [N, C]
    return attributes.new_zeros(B, H, W, attributes.shape[1]).index_put((image, row, column), seen)


def _cross(u: Tensor, v: Tensor) -> Tensor:
    return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
