"""The definition of ``rasterize``: every pixel of every triangle's bounding box in every picture at once; torch, any device."""

import torch
from torch import Tensor


def rasterize(pixels: Tensor, depths: Tensor, faces: Tensor, size: tuple[int, int], near: float,
              behind: Tensor) -> tuple[Tensor, ...]:
    (H, W), B, F, device = size, len(pixels), len(faces), faces.device
    faces = faces.long()
    corners, z = pixels[:, faces].flatten(0, 1), depths[:, faces].flatten(0, 1)     # [B F, 3, 2], [B F, 3]
    area = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])     # [B F]
    drawn = (z > near).all(-1) & z.isfinite().all(-1) & corners.isfinite().flatten(1).all(-1) & (area != 0)

    # One row for each (triangle, pixel of its bounding box).
    limit = torch.tensor([W, H], dtype=pixels.dtype, device=device)
    corners = torch.where(drawn[:, None, None], corners, 0)
    low = torch.minimum((corners.amin(1) - 0.5).ceil().clamp_min(0), limit).long()
    high = torch.minimum((corners.amax(1) - 0.5).floor() + 1, limit).clamp_min(0).long()
    box = (high - low).clamp_min(0)                                                 # [B F, 2]
    count = box.prod(-1) * drawn
    f = torch.repeat_interleave(torch.arange(B * F, device=device), count)          # [N]
    k = torch.arange(len(f), device=device) - (count.cumsum(0) - count)[f]
    x, y = low[f, 0] + k % box[f, 0], low[f, 1] + k // box[f, 0]

    p = torch.stack([x, y], -1).to(pixels.dtype) + 0.5
    a, b, c = (corners[f] - p[:, None]).unbind(1)
    e = torch.stack([_cross(b, c), _cross(c, a), _cross(a, b)], -1)                 # [N, 3]
    total = e[:, 0] + e[:, 1] + e[:, 2]
    inside = (e * area[f].sign()[:, None] >= 0).all(-1) & (total != 0)
    at = f // max(F, 1) * (H * W) + y * W + x                                       # of all B pictures' pixels
    f, e, total, at = f[inside], e[inside], total[inside], at[inside]
    w = e / z[f]
    w_total = w[:, 0] + w[:, 1] + w[:, 2]
    depth = total / w_total
    deeper = depth > behind.flatten()[at]
    f, w, w_total, at, depth = (t[deeper] for t in (f, w, w_total, at, depth))

    nearest = depth.new_full((B * H * W,), torch.inf).scatter_reduce(0, at, depth, "amin")
    candidate = torch.where(depth == nearest[at], f, B * F)
    winner = f.new_full((B * H * W,), B * F).scatter_reduce(0, at, candidate, "amin")
    won = (candidate == winner[at]) & (candidate < B * F)

    face = torch.full((B * H * W,), -1, dtype=torch.int32, device=device)
    bary, out = pixels.new_zeros(B * H * W, 3), pixels.new_zeros(B * H * W)
    face[at[won]] = (f[won] % max(F, 1)).int()
    bary[at[won]] = w[won] / w_total[won, None]
    out[at[won]] = depth[won]
    return face.view(B, H, W), bary.view(B, H, W, 3), out.view(B, H, W)


def _cross(u, v):
    return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
