"""The definition of ``rasterize``: every pixel of every triangle's bounding box at once; torch, any device."""

import torch
from torch import Tensor


def rasterize(pixels: Tensor, depths: Tensor, faces: Tensor, size: tuple[int, int], near: float,
              behind: Tensor) -> tuple[Tensor, ...]:
    views = [_one(p, d, faces.long(), size, near, b) for p, d, b in zip(pixels, depths, behind)]
    return tuple(torch.stack(fields) for fields in zip(*views))


def _one(pixels, depths, faces, size, near, behind):
    H, W = size
    corners, z = pixels[faces], depths[faces]                                       # [F, 3, 2], [F, 3]
    area = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])     # [F]
    drawn = (z > near).all(-1) & z.isfinite().all(-1) & corners.isfinite().flatten(1).all(-1) & (area != 0)

    # One row for each (triangle, pixel of its bounding box).
    limit = torch.tensor([W, H], dtype=pixels.dtype, device=pixels.device)
    corners = torch.where(drawn[:, None, None], corners, 0)
    low = torch.minimum(corners.amin(1).floor().clamp_min(0), limit).long()
    high = torch.minimum(corners.amax(1).floor() + 1, limit).clamp_min(0).long()
    box = (high - low).clamp_min(0)                                                 # [F, 2]
    count = box.prod(-1) * drawn
    f = torch.repeat_interleave(torch.arange(len(faces), device=faces.device), count)           # [N]
    k = torch.arange(len(f), device=faces.device) - torch.repeat_interleave(count.cumsum(0) - count, count)
    x, y = low[f, 0] + k % box[f, 0], low[f, 1] + k // box[f, 0]

    p = torch.stack([x, y], -1).to(pixels.dtype) + 0.5
    a, b, c = (corners[f] - p[:, None]).unbind(1)
    e = torch.stack([_cross(b, c), _cross(c, a), _cross(a, b)], -1)                 # [N, 3]
    total = e[:, 0] + e[:, 1] + e[:, 2]
    inside = (e * area[f].sign()[:, None] >= 0).all(-1) & (total != 0)
    f, e, total, at = f[inside], e[inside], total[inside], (y * W + x)[inside]
    w = e / z[f]
    w_total = w[:, 0] + w[:, 1] + w[:, 2]
    depth = total / w_total
    deeper = depth > behind.flatten()[at]
    f, w, w_total, at, depth = (t[deeper] for t in (f, w, w_total, at, depth))

    nearest = depth.new_full((H * W,), torch.inf).scatter_reduce(0, at, depth, "amin")
    candidate = torch.where(depth == nearest[at], f, len(faces))
    winner = f.new_full((H * W,), len(faces)).scatter_reduce(0, at, candidate, "amin")
    won = (candidate == winner[at]) & (candidate < len(faces))

    face = torch.full((H * W,), -1, dtype=torch.int32, device=faces.device)
    bary, out = pixels.new_zeros(H * W, 3), pixels.new_zeros(H * W)
    face[at[won]] = f[won].int()
    bary[at[won]] = w[won] / w_total[won, None]
    out[at[won]] = depth[won]
    return face.view(H, W), bary.view(H, W, 3), out.view(H, W)


def _cross(u, v):
    return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
