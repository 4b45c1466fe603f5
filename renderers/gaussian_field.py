r"""A density and a color everywhere, of 3D Gaussians, so that a surface can be found in them as in a NeRF's field.

    sigma(x) = sum_i tau_i / (sqrt(2 pi) s_i) exp(-d_i^T Sigma_i^-1 d_i / 2),    tau_i = -log(1 - o_i)
    c(x) = sum_i sigma_i c_i / sum_i sigma_i

s_i is the least of a Gaussian's scales: a ray along that axis through its centre crosses the optical depth tau_i and loses
the share o_i of its light, as in its picture. Scales below half a voxel are taken as that, or a thin one would fall between
voxels. The sums are made once on a grid of the box [-0.5, 0.5]^3; between voxels they are interpolated.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import avg_pool3d, grid_sample, interpolate

from .ops.splat.reference import rotation

CELLS = 128             # voxels along an edge
REACH = 3.0             # standard deviations
FARTHEST = 24           # voxels that a Gaussian reaches at most
PAIRS = 2**21           # of Gaussians and voxels at a time


@torch.no_grad()
def grid(positions: Tensor, scales: Tensor, quaternions: Tensor, opacities: Tensor, colors: Tensor,
         cells: int = CELLS) -> Tensor:
    """[4, cells, cells, cells]: density, 1 / metre, and color [0, 1] at the centres of the voxels, x first.

    Where there is no density the color is that of the neighbourhood.
    """
    device, voxel = positions.device, 1 / cells
    total = torch.zeros(cells**3, 4, device=device)
    scales = (scales.square() + (voxel / 2) ** 2).sqrt()
    tau = -torch.log1p(-opacities.clamp(max=0.99))
    peak = tau / (math.sqrt(2 * math.pi) * scales.amin(1))
    reach = (REACH * scales.amax(1) / voxel).ceil().clamp(1, FARTHEST).long()
    middle = ((positions + 0.5) * cells).floor().long()
    axes = rotation(quaternions) / scales[:, None]                          # d^T Sigma^-1 d = |axes^T d|^2
    for r in reach.unique().tolist():
        span = torch.arange(-r, r + 1, device=device)
        around = torch.cartesian_prod(span, span, span)
        for rows in (reach == r).nonzero()[:, 0].split(max(1, PAIRS // len(around))):
            at = middle[rows, None] + around                                # [n, K, 3]
            inside = ((at >= 0) & (at < cells)).all(-1)
            d = (at + 0.5) * voxel - 0.5 - positions[rows, None]
            power = (d @ axes[rows]).square().sum(-1)
            sigma = torch.where(power < REACH**2, peak[rows, None] * torch.exp(-power / 2), 0)[inside]
            index = ((at[..., 0] * cells + at[..., 1]) * cells + at[..., 2])[inside]
            owner = rows[:, None].expand(inside.shape)[inside]
            total.index_add_(0, index, torch.cat([sigma[:, None], sigma[:, None] * colors[owner]], 1))
    total = total.T.reshape(4, cells, cells, cells)
    return torch.cat([total[:1], spread(total)])


def spread(total: Tensor) -> Tensor:
    """[3, ...] colors of the sums [4, ...] where there are some, else of ever larger neighbourhoods."""
    weight, weighted = total[:1], total[1:]
    color = weighted / weight.clamp(min=1e-12)
    size = len(total[0]) // 2
    while size >= 1 and bool((weight <= 1e-6).any()):
        pooled = avg_pool3d(total[None], len(total[0]) // size)
        coarse = interpolate(pooled, size=total.shape[1:], mode="nearest")[0]
        missing = weight <= 1e-6
        color = torch.where(missing, coarse[1:] / coarse[:1].clamp(min=1e-12), color)
        weight = torch.where(missing, coarse[:1], weight)
        size //= 2
    return color.clamp(0, 1)


def sampled(values: Tensor, points: Tensor) -> Tensor:
    """[N, C] of a grid [C, R, R, R], x first, at world points [N, 3] between voxels; 0 outside of the box."""
    at = (2 * points).flip(-1)[None, None, None]                            # z first, [-1, 1] from edge to edge
    return grid_sample(values[None], at, align_corners=False)[0, :, 0, 0].T
