"""``rasterize`` by nvdiffrast, where it is installed (NVlabs/nvdiffrast 0.4; NVIDIA's licence: research and evaluation only).

Its licence allows no commercial use, so it is chosen only by name (``backend="nvdiffrast"``). It also differs: corners are
rounded to 1/16 of a pixel before it is decided which centres they cover, a centre on a border belongs to one side by the
direction of the edge, and of equally near triangles any may win. It has run on no GPU from here.
"""

from functools import cache

import nvdiffrast.torch as dr
import torch
from torch import Tensor

from ...errors import BackendError

RANK = -1
MOST = 2**24            # triangles: their number is returned as a float32


def rasterize(pixels: Tensor, depths: Tensor, faces: Tensor, size: tuple[int, int], near: float,
              behind: Tensor) -> tuple[Tensor, ...]:
    if behind.any():
        raise BackendError("rasterize: backend 'nvdiffrast' draws the nearest layer only; backend='reference' draws others")
    B, V = depths.shape
    faces = faces.long()
    fits = (depths > near) & depths.isfinite() & pixels.isfinite().all(-1)          # [B, V]
    view, face = fits[:, faces].all(-1).nonzero(as_tuple=True)                      # triangles are dropped whole
    if not len(view):
        return (torch.full((B, *size), -1, dtype=torch.int32, device=faces.device), pixels.new_zeros(B, *size, 3),
                pixels.new_zeros(B, *size))
    if len(view) >= MOST:
        raise BackendError(f"rasterize: backend 'nvdiffrast' draws fewer than {MOST} triangles, got {len(view)}")
    counts = torch.bincount(view, minlength=B)
    ranges = torch.stack([counts.cumsum(0) - counts, counts], 1).int().cpu()
    seen, _ = dr.rasterize(_context(pixels.device), clip(pixels, depths, size).flatten(0, 1),
                           (faces[face] + V * view[:, None]).int().contiguous(), size, ranges=ranges, grad_db=False)

    u, v, _, number = seen.unbind(-1)
    hit = number > 0
    face = face[(number.long() - 1).clamp(min=0)]                                   # [B, H, W]
    bary = torch.where(hit[..., None], torch.stack([u, v, 1 - u - v], -1), 0).to(pixels)
    corners = depths[torch.arange(B, device=face.device)[:, None, None, None], faces[face]]
    return torch.where(hit, face, -1).int(), bary, (bary * corners).sum(-1)


def clip(pixels: Tensor, depths: Tensor, size: tuple[int, int]) -> Tensor:
    """[B, V, 4] float32 homogeneous positions: +x right, +y down, w the depth, z / w from -1 at the nearest corner to 1."""
    H, W = size
    nearest = 0.99 * torch.where(depths > 0, depths, torch.inf).amin()
    x, y = (2 * pixels / pixels.new_tensor([W, H]) - 1).unbind(-1)
    return torch.stack([x * depths, y * depths, depths - 2 * nearest, depths], -1).float().contiguous()


@cache
def _context(device: torch.device) -> dr.RasterizeCudaContext:
    return dr.RasterizeCudaContext(device=device)
