"""``antialias`` by nvdiffrast, where it is installed (NVlabs/nvdiffrast 0.4; NVIDIA's licence: research and evaluation only).

Its licence allows no commercial use, so it is chosen only by name (``backend="nvdiffrast"``). The blend is ours (Laine et al.,
arXiv:2011.03277, section 3.5), but it looks for silhouettes between neighbouring pixels of different triangles, and so misses
those of triangles that cover no pixel's centre. It has run on no GPU from here.
"""

import nvdiffrast.torch as dr
import torch
from torch import Tensor

from ..rasterize.nvdiffrast_cuda import clip
from . import reference

RANK = -1


def antialias(image: Tensor, face: Tensor, depth: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor,
              edges: Tensor) -> Tensor:
    if not len(faces) or not image.numel():
        return reference.antialias(image, face, depth, pixels, depths, faces, edges)
    positions = clip(pixels, depths.detach(), tuple(face.shape[1:]))
    with torch.no_grad():
        nearest = (positions[0, 0, 3] - positions[0, 0, 2]) / 2
        z = torch.where(face >= 0, 1 - 2 * nearest / depth, 0)
        seen = torch.stack([torch.zeros_like(z), torch.zeros_like(z), z, (face + 1).to(z)], -1).float().contiguous()
    return dr.antialias(image.float().contiguous(), seen, positions, faces.int().contiguous()).to(image)
