r"""``composite`` on the CPU: one thread per group of rays, no temporaries.

Every output is linear in the weights, so with dL/dw_i = u_i = g_rgb . c_i + g_opacity + g_depth t_i + g_weights_i

    dL/dsigma_i = delta (T_{i+1} u_i - sum_{j>i} w_j u_j),        dL/dc_i = w_i g_rgb.

The backward sweeps a ray forwards for T_{i+1}, which it leaves where the gradient goes, and backwards for the sum
behind i: nothing is divided by a vanishing T and nothing is taken off a total.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._arrays import array
from .._exact import EXACT
from . import Composite

RANK = 1
RAYS = 64               # rays of one job
f32 = np.float32


def composite(sigma: Tensor, rgb: Tensor, t: Tensor, delta: float, offsets: Tensor) -> Composite:
    if offsets[0] != 0 or offsets[-1] > len(sigma) or (offsets.diff() < 0).any():
        raise ValueError(f"composite: offsets must rise from 0 to M={len(sigma)}, "
                         f"got {int(offsets[0])} to {int(offsets[-1])}")
    return Composite(*_Composite.apply(sigma, rgb, t, delta, offsets))


class _Composite(torch.autograd.Function):
    @staticmethod
    def forward(ctx, sigma, rgb, t, delta, offsets):
        R, M = len(offsets) - 1, len(sigma)
        out = sigma.new_empty(R, 3), sigma.new_empty(R), sigma.new_empty(R), sigma.new_empty(M)
        _forward(*_inputs(sigma, rgb, t, delta, offsets), *(a.numpy() for a in out))
        out[-1][offsets[-1]:] = 0
        ctx.save_for_backward(sigma, rgb, t, offsets, out[-1])
        ctx.delta = delta
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx, *g):
        sigma, rgb, t, offsets, weights = ctx.saved_tensors
        g_sigma, g_rgb = torch.empty(sigma.shape), torch.empty(rgb.shape)
        _backward(*_inputs(sigma, rgb, t, ctx.delta, offsets), *(array("composite", a) for a in (weights, *g)),
                  g_sigma.numpy(), g_rgb.numpy())
        g_sigma[offsets[-1]:], g_rgb[offsets[-1]:] = 0, 0
        return g_sigma, g_rgb, None, None, None


def _inputs(sigma, rgb, t, delta, offsets):
    return *(array("composite", a) for a in (sigma, rgb, t)), f32(delta), offsets.contiguous().numpy()


@njit(parallel=True, fastmath=EXACT, cache=True)
def _forward(sigma, rgb, t, delta, offsets, color, opacity, depth, weights):
    R = offsets.size - 1
    for job in prange((R + RAYS - 1) // RAYS):
        for r in range(job * RAYS, min(R, job * RAYS + RAYS)):
            T = f32(1)
            red = green = blue = total = distance = f32(0)
            for i in range(offsets[r], offsets[r + 1]):
                miss = np.expm1(-sigma[i] * delta)          # exp(-tau) - 1, exact for thin samples
                w = -T * miss
                red += w * rgb[i, 0]
                green += w * rgb[i, 1]
                blue += w * rgb[i, 2]
                total += w
                distance += w * t[i]
                weights[i] = w
                T += T * miss
            color[r, 0], color[r, 1], color[r, 2] = red, green, blue
            opacity[r] = total
            depth[r] = distance


@njit(parallel=True, fastmath=EXACT, cache=True)
def _backward(sigma, rgb, t, delta, offsets, weights, g_color, g_opacity, g_depth, g_weights, g_sigma, g_rgb):
    R = offsets.size - 1
    for job in prange((R + RAYS - 1) // RAYS):
        for r in range(job * RAYS, min(R, job * RAYS + RAYS)):
            first, last = offsets[r], offsets[r + 1]
            red, green, blue = g_color[r, 0], g_color[r, 1], g_color[r, 2]
            T = f32(1)
            for i in range(first, last):
                T *= np.exp(-sigma[i] * delta)
                g_sigma[i] = T
            behind = f32(0)
            for i in range(last - 1, first - 1, -1):
                w = weights[i]
                u = (red * rgb[i, 0] + green * rgb[i, 1] + blue * rgb[i, 2]
                     + g_opacity[r] + g_depth[r] * t[i] + g_weights[i])
                g_rgb[i, 0], g_rgb[i, 1], g_rgb[i, 2] = w * red, w * green, w * blue
                g_sigma[i] = delta * (g_sigma[i] * u - behind)
                behind += w * u
