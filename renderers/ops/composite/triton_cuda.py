r"""``composite`` on a GPU: a program takes a few rays, 32 samples of each at a time; no temporaries but T.

With dL/dw_i = u_i = g_rgb . c_i + g_opacity + g_depth t_i + g_weights_i, as in ``numba_cpu``,

    dL/dsigma_i = delta (T_{i+1} u_i - sum_{j>i} w_j u_j),        dL/dc_i = w_i g_rgb.

The forward keeps T_{i+1}, and the backward begins at the far end: each ray is read once, nothing is divided by a vanishing T
and nothing is taken off a total. Sums before and behind a sample are sums without it, shifted by one place: a dense sample
would leave its rounding in a difference. Offsets are not checked, since the GPU would have to be waited for; wrong ones read
and write nothing outside the tensors.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._launch import float32, launch
from .._scan import sum_after
from . import Composite

RANK = 1
RAYS, K = 8, 32         # of a program: a warp has two rays


def composite(sigma: Tensor, rgb: Tensor, t: Tensor, delta: float, offsets: Tensor) -> Composite:
    return Composite(*_Composite.apply(sigma, rgb, t, float(delta), offsets))


class _Composite(torch.autograd.Function):
    @staticmethod
    def forward(ctx, sigma, rgb, t, delta, offsets):
        sigma, rgb, t = float32("composite", sigma, rgb, t)
        offsets = offsets.contiguous()
        R, M = len(offsets) - 1, len(sigma)
        color, opacity, depth = sigma.new_empty(R, 3), sigma.new_empty(R), sigma.new_empty(R)
        weights, past = sigma.new_zeros(M), sigma.new_empty(M)         # zero: there may be rows that are no ray's
        launch(_forward, (triton.cdiv(R, RAYS),), sigma, rgb, t, offsets, delta, R, M, color, opacity, depth, weights, past,
               RAYS=RAYS, K=K)
        ctx.save_for_backward(rgb, t, offsets, weights, past)
        ctx.delta = delta
        return color, opacity, depth, weights

    @staticmethod
    @once_differentiable
    def backward(ctx, *g):
        rgb, t, offsets, weights, past = ctx.saved_tensors
        R, M = len(offsets) - 1, len(weights)
        g_sigma, g_rgb = torch.zeros_like(weights), torch.zeros_like(rgb)
        launch(_backward, (triton.cdiv(R, RAYS),), rgb, t, offsets, ctx.delta, R, M, weights, past,
               *float32("composite", *g), g_sigma, g_rgb, RAYS=RAYS, K=K)
        return g_sigma, g_rgb, None, None, None


@triton.jit(do_not_specialize=["R", "M"])
def _forward(sigma_ptr, rgb_ptr, t_ptr, offsets_ptr, delta, R, M, color_ptr, opacity_ptr, depth_ptr, weights_ptr, past_ptr,
             RAYS: tl.constexpr, K: tl.constexpr):
    r, first, last = _rays(offsets_ptr, R, M, RAYS)
    before = tl.zeros((RAYS,), tl.float32)          # optical depth of the samples that were read
    red = tl.zeros((RAYS,), tl.float32)
    green = tl.zeros((RAYS,), tl.float32)
    blue = tl.zeros((RAYS,), tl.float32)
    total = tl.zeros((RAYS,), tl.float32)
    distance = tl.zeros((RAYS,), tl.float32)
    longest = tl.max(last - first, 0)
    start = longest * 0
    while start < longest:          # not range(): the interpreter makes no loop's bound of what was read
        i, ok = _chunk(first, last, start, K)
        tau = delta * tl.load(sigma_ptr + i, ok, 0.0)
        tau_before = delta * tl.load(sigma_ptr + i - 1, ok & (i > first[:, None] + start), 0.0)
        depth = before[:, None] + tl.cumsum(tau_before, 1)
        w = tl.exp(-depth) * _opacity(tau)
        tl.store(weights_ptr + i, w, ok)
        tl.store(past_ptr + i, tl.exp(-(depth + tau)), ok)
        red += tl.sum(w * tl.load(rgb_ptr + 3 * i, ok, 0.0), 1)
        green += tl.sum(w * tl.load(rgb_ptr + 3 * i + 1, ok, 0.0), 1)
        blue += tl.sum(w * tl.load(rgb_ptr + 3 * i + 2, ok, 0.0), 1)
        total += tl.sum(w, 1)
        distance += tl.sum(w * tl.load(t_ptr + i, ok, 0.0), 1)
        before += tl.sum(tau, 1)
        start += K
    tl.store(color_ptr + 3 * r, red, r < R)
    tl.store(color_ptr + 3 * r + 1, green, r < R)
    tl.store(color_ptr + 3 * r + 2, blue, r < R)
    tl.store(opacity_ptr + r, total, r < R)
    tl.store(depth_ptr + r, distance, r < R)


@triton.jit(do_not_specialize=["R", "M"])
def _backward(rgb_ptr, t_ptr, offsets_ptr, delta, R, M, weights_ptr, past_ptr, g_color_ptr, g_opacity_ptr, g_depth_ptr,
              g_weights_ptr, g_sigma_ptr, g_rgb_ptr, RAYS: tl.constexpr, K: tl.constexpr):
    r, first, last = _rays(offsets_ptr, R, M, RAYS)
    red = tl.load(g_color_ptr + 3 * r, r < R, 0.0)[:, None]
    green = tl.load(g_color_ptr + 3 * r + 1, r < R, 0.0)[:, None]
    blue = tl.load(g_color_ptr + 3 * r + 2, r < R, 0.0)[:, None]
    g_total = tl.load(g_opacity_ptr + r, r < R, 0.0)[:, None]
    g_distance = tl.load(g_depth_ptr + r, r < R, 0.0)[:, None]
    behind = tl.zeros((RAYS,), tl.float32)          # sum of w u of the samples that were read
    start = (tl.max(last - first, 0) - 1) // K * K
    while start >= 0:
        i, ok = _chunk(first, last, start, K)
        w = tl.load(weights_ptr + i, ok, 0.0)
        u = (red * tl.load(rgb_ptr + 3 * i, ok, 0.0) + green * tl.load(rgb_ptr + 3 * i + 1, ok, 0.0)
             + blue * tl.load(rgb_ptr + 3 * i + 2, ok, 0.0) + g_total
             + g_distance * tl.load(t_ptr + i, ok, 0.0) + tl.load(g_weights_ptr + i, ok, 0.0))
        tl.store(g_rgb_ptr + 3 * i, w * red, ok)
        tl.store(g_rgb_ptr + 3 * i + 1, w * green, ok)
        tl.store(g_rgb_ptr + 3 * i + 2, w * blue, ok)
        after = behind[:, None] + sum_after(w * u, K)
        tl.store(g_sigma_ptr + i, delta * (tl.load(past_ptr + i, ok, 0.0) * u - after), ok)
        behind += tl.sum(w * u, 1)
        start -= K


@triton.jit
def _rays(offsets_ptr, R, M, RAYS: tl.constexpr):
    """This program's rays, and where the samples of each begin and end."""
    r = tl.program_id(0) * RAYS + tl.arange(0, RAYS)
    first = tl.maximum(tl.load(offsets_ptr + r, r < R, 0), 0)
    return r, first, tl.minimum(tl.load(offsets_ptr + r + 1, r < R, 0), M)


@triton.jit
def _chunk(first, last, start, K: tl.constexpr):
    """[RAYS, K] the samples from number ``start`` of each ray on, and which of them there are."""
    i = first[:, None] + start + tl.arange(0, K)[None, :]
    return i, i < last[:, None]


@triton.jit
def _opacity(tau):
    """1 - exp(-tau), by its series where the difference would lose digits."""
    series = tau * (1 - tau / 2 * (1 - tau / 3 * (1 - tau / 4 * (1 - tau / 5 * (1 - tau / 6)))))
    return tl.where(tau < 0.25, series, 1 - tl.exp(-tau))
