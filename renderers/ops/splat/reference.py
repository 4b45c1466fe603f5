"""The definition of ``splat``: torch, any dtype, any device; tile after tile, so that pixels x Gaussians fit into memory."""

from dataclasses import dataclass

import torch
from torch import Tensor

from . import BLUR, LARGEST, LEAST, MARGIN, NEAR, THRESHOLD, Splatting

TILE = 16               # pixels


@dataclass(frozen=True)
class Projection:
    """M Gaussians of one picture that are drawn, nearest first.

    Attributes:
        center: [M, 2] pixels.
        conic: [M, 3] xx, xy, yy of the inverse of the 2D covariance.
        reach: [M, 2] pixels, half the box outside of which alpha is 0.
        opacity: [M] with compensation.
        values: [M, 4] color and distance from the camera.
    """

    center: Tensor
    conic: Tensor
    reach: Tensor
    opacity: Tensor
    values: Tensor


def splat(positions: Tensor, scales: Tensor, quaternions: Tensor, opacities: Tensor, colors: Tensor, view: Tensor,
          focal: Tensor, size: tuple[int, int], shift: Tensor, antialiased: bool) -> Splatting:
    pictures = []
    for b in range(len(view)):
        every = torch.cat([positions, scales, quaternions, opacities[:, None], colors, shift[b]], 1)
        depth = positions @ view[b, 2, :3] + view[b, 2, 3]
        drawn = ((depth > NEAR) & every.isfinite().all(1)).nonzero()[:, 0]
        drawn = drawn[depth[drawn].argsort(stable=True)]
        pictures.append(compose(project(every[drawn], view[b], focal[b], size, antialiased), size))
    out = torch.stack(pictures) if pictures else positions.new_zeros(0, *size, 5)
    return Splatting(out[..., :3], out[..., 3:4], out[..., 4:])


def project(every: Tensor, view: Tensor, focal: Tensor, size: tuple[int, int], antialiased: bool) -> Projection:
    """``every`` [M, 16]: position, scales, quaternion, opacity, color, shift."""
    position, scale, quaternion, opacity, color, shift = every.split((3, 3, 4, 1, 3, 2), 1)
    H, W = size
    t = position @ view[:, :3].T + view[:, 3]
    x, y, z = t.unbind(1)
    limit = MARGIN / (2 * focal)
    at = torch.stack([(x / z).clamp(-limit * W, limit * W), (y / z).clamp(-limit * H, limit * H)], 1)
    zero = torch.zeros_like(z)
    J = torch.stack([focal / z, zero, -focal * at[:, 0] / z, zero, focal / z, -focal * at[:, 1] / z], 1).view(-1, 2, 3)
    A = J @ view[:, :3] @ rotation(quaternion) * scale[:, None]                     # [M, 2, 3]
    a, b = A.unbind(1)
    xx, xy, yy = (a * a).sum(1), (a * b).sum(1), (b * b).sum(1)
    sharp = torch.linalg.cross(a, b).square().sum(1)                                # det(A A^T), without cancellation
    det = sharp + BLUR * (xx + yy) + BLUR**2
    xx, yy = xx + BLUR, yy + BLUR
    if antialiased:
        opacity = opacity * (sharp / det).clamp(min=LEAST**2).sqrt()[:, None]
    opacity = opacity[:, 0]
    with torch.no_grad():
        squared = 2 * (opacity / THRESHOLD).clamp(min=1).log()
        reach = (squared[:, None] * torch.stack([xx, yy], 1)).sqrt()
    center = torch.stack([W / 2 + focal * x / z, H / 2 + focal * y / z], 1) + shift
    conic = torch.stack([yy, -xy, xx], 1) / det[:, None]
    return Projection(center, conic, reach, opacity, torch.cat([color, t.square().sum(1, keepdim=True).sqrt()], 1))


def rotation(quaternion: Tensor) -> Tensor:
    """[M, 3, 3] of quaternions [M, 4], w x y z."""
    w, x, y, z = torch.nn.functional.normalize(quaternion, dim=1).unbind(1)
    return torch.stack([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
                        2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
                        2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)], 1).view(-1, 3, 3)


def compose(p: Projection, size: tuple[int, int]) -> Tensor:
    """[H, W, 5]: premultiplied color, opacity, premultiplied distance."""
    H, W = size
    rows = [torch.cat([compose_tile(p, top, left, min(TILE, H - top), min(TILE, W - left))
                       for left in range(0, W, TILE)], 1) for top in range(0, H, TILE)]
    return torch.cat(rows)


def compose_tile(p: Projection, top: int, left: int, height: int, width: int) -> Tensor:
    low, high = p.center.new_tensor([left, top]), p.center.new_tensor([left + width, top + height])
    here = ((p.center + p.reach > low) & (p.center - p.reach < high)).all(1).nonzero()[:, 0]
    center, conic = p.center[here, :, None], p.conic[here, :, None]
    v, u = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    dx = u.flatten().to(center) + left - center[:, 0]                               # [K, P]
    dy = v.flatten().to(center) + top - center[:, 1]
    power = conic[:, 0] * dx * dx / 2 + conic[:, 1] * dx * dy + conic[:, 2] * dy * dy / 2
    alpha = (p.opacity[here, None] * torch.exp(-power)).clamp(max=LARGEST)
    alpha = alpha * (alpha / THRESHOLD - 1).clamp(0, 1)
    T = torch.cat([alpha.new_ones(1, height * width), 1 - alpha]).cumprod(0)        # [K + 1, P]
    weight = T[:-1] * alpha
    rgb, distance = (weight.T @ p.values[here]).split((3, 1), 1)
    return torch.cat([rgb, 1 - T[-1][:, None], distance], 1).view(height, width, 5)
