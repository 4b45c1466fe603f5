r"""``varying`` on a GPU: a program takes PIXELS pixels, CHANNELS of their attributes at a time.

With s_i = g . A_i and s = sum_i b_i s_i, the mean that the pixel sees, as in ``numba_cpu``,

    dL/dA_i = b_i g,    dL/dw_i = (s_i - s) / sum_j w_j,    dL/de_i = dL/dw_i / z_i,    dL/dz_i = -dL/dw_i w_i / z_i

and e is bilinear in the corners. The weights are computed again in the backward. Its sums over pixels are atomic additions,
whose order is not fixed; no fused multiply-adds, because e is a difference that vanishes at a triangle's edge.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._launch import float32, launch

RANK = 1
PIXELS, CHANNELS = 64, 8            # of a program, and of the attributes at a time


def varying(face: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor, attributes: Tensor) -> Tensor:
    return _Varying.apply(face, pixels, depths, faces, attributes)


class _Varying(torch.autograd.Function):
    @staticmethod
    def forward(ctx, face, pixels, depths, faces, attributes):
        pixels, depths, attributes = float32("varying", pixels, depths, attributes)
        inputs = face.contiguous(), pixels, depths, faces.int().contiguous(), attributes
        out = attributes.new_empty(*face.shape, attributes.shape[1])
        _run(_forward, inputs, out)
        ctx.save_for_backward(*inputs)
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        inputs = ctx.saved_tensors
        (g,) = float32("varying", g)
        gradients = [torch.zeros_like(inputs[k]) for k in (1, 2, 4)]
        _run(_backward, inputs, g, *gradients)
        return None, gradients[0], gradients[1], None, gradients[2]


def _run(kernel, inputs, *more) -> None:
    face, _, depths, _, attributes = inputs
    B, H, W = face.shape
    launch(kernel, (triton.cdiv(H * W, PIXELS), B), *inputs, *more, H * W, W, depths.shape[1], attributes.shape[1],
           PIXELS=PIXELS, CHANNELS=CHANNELS, enable_fp_fusion=False)


@triton.jit(do_not_specialize=["P", "W", "V", "C"])
def _forward(face_ptr, pixels_ptr, depths_ptr, faces_ptr, attributes_ptr, out_ptr, P, W, V, C, PIXELS: tl.constexpr,
             CHANNELS: tl.constexpr):
    at, there, hit, i, j, k, px, py = _seen(face_ptr, faces_ptr, P, W, PIXELS)
    view = tl.program_id(1) * V
    ax, ay, za, bx, by, zb, cx, cy, zc, wa, wb, wc = _corners(pixels_ptr, depths_ptr, view + i, view + j, view + k, px, py, hit)
    whole = wa + wb + wc
    wa, wb, wc = wa / whole, wb / whole, wc / whole
    start = C * 0
    while start < C:
        c = start + tl.arange(0, CHANNELS)[None, :]
        ok = hit[:, None] & (c < C)
        value = (wa[:, None] * tl.load(attributes_ptr + C * i[:, None] + c, ok, 0.0)
                 + wb[:, None] * tl.load(attributes_ptr + C * j[:, None] + c, ok, 0.0)
                 + wc[:, None] * tl.load(attributes_ptr + C * k[:, None] + c, ok, 0.0))
        tl.store(out_ptr + C * at[:, None] + c, tl.where(ok, value, 0.0), there[:, None] & (c < C))
        start += CHANNELS


@triton.jit(do_not_specialize=["P", "W", "V", "C"])
def _backward(face_ptr, pixels_ptr, depths_ptr, faces_ptr, attributes_ptr, g_ptr, g_pixels_ptr, g_depths_ptr, g_attributes_ptr,
              P, W, V, C, PIXELS: tl.constexpr, CHANNELS: tl.constexpr):
    at, _, hit, i, j, k, px, py = _seen(face_ptr, faces_ptr, P, W, PIXELS)
    view = tl.program_id(1) * V
    ax, ay, za, bx, by, zb, cx, cy, zc, wa, wb, wc = _corners(pixels_ptr, depths_ptr, view + i, view + j, view + k, px, py, hit)
    whole = wa + wb + wc
    ba, bb, bc = wa / whole, wb / whole, wc / whole
    sa = tl.zeros((PIXELS,), tl.float32)
    sb = tl.zeros((PIXELS,), tl.float32)
    sc = tl.zeros((PIXELS,), tl.float32)
    start = C * 0
    while start < C:
        c = start + tl.arange(0, CHANNELS)[None, :]
        ok = hit[:, None] & (c < C)
        at_i, at_j, at_k = C * i[:, None] + c, C * j[:, None] + c, C * k[:, None] + c
        g = tl.load(g_ptr + C * at[:, None] + c, ok, 0.0)
        sa += tl.sum(g * tl.load(attributes_ptr + at_i, ok, 0.0), 1)
        sb += tl.sum(g * tl.load(attributes_ptr + at_j, ok, 0.0), 1)
        sc += tl.sum(g * tl.load(attributes_ptr + at_k, ok, 0.0), 1)
        tl.atomic_add(g_attributes_ptr + at_i, ba[:, None] * g, ok, sem="relaxed")
        tl.atomic_add(g_attributes_ptr + at_j, bb[:, None] * g, ok, sem="relaxed")
        tl.atomic_add(g_attributes_ptr + at_k, bc[:, None] * g, ok, sem="relaxed")
        start += CHANNELS
    s = ba * sa + bb * sb + bc * sc
    da, db, dc = (sa - s) / whole / za, (sb - s) / whole / zb, (sc - s) / whole / zc        # dL/de
    i, j, k = view + i, view + j, view + k
    tl.atomic_add(g_pixels_ptr + 2 * i, dc * by - db * cy, hit, sem="relaxed")
    tl.atomic_add(g_pixels_ptr + 2 * i + 1, db * cx - dc * bx, hit, sem="relaxed")
    tl.atomic_add(g_pixels_ptr + 2 * j, da * cy - dc * ay, hit, sem="relaxed")
    tl.atomic_add(g_pixels_ptr + 2 * j + 1, dc * ax - da * cx, hit, sem="relaxed")
    tl.atomic_add(g_pixels_ptr + 2 * k, db * ay - da * by, hit, sem="relaxed")
    tl.atomic_add(g_pixels_ptr + 2 * k + 1, da * bx - db * ax, hit, sem="relaxed")
    tl.atomic_add(g_depths_ptr + i, -da * wa, hit, sem="relaxed")
    tl.atomic_add(g_depths_ptr + j, -db * wb, hit, sem="relaxed")
    tl.atomic_add(g_depths_ptr + k, -dc * wc, hit, sem="relaxed")


@triton.jit
def _seen(face_ptr, faces_ptr, P, W, PIXELS: tl.constexpr):
    """This program's pixels, which there are, which see a triangle, its corners, and the pixels' centres."""
    pixel = tl.program_id(0) * PIXELS + tl.arange(0, PIXELS)
    at, there = tl.program_id(1) * P + pixel, pixel < P
    f = tl.load(face_ptr + at, there, -1)
    hit = f >= 0
    return (at, there, hit, tl.load(faces_ptr + 3 * f, hit, 0), tl.load(faces_ptr + 3 * f + 1, hit, 0),
            tl.load(faces_ptr + 3 * f + 2, hit, 0), (pixel % W).to(tl.float32) + 0.5, (pixel // W).to(tl.float32) + 0.5)


@triton.jit
def _corner(pixels_ptr, depths_ptr, v, px, py, hit):
    """The way from the pixel's centre to a corner, and its depth."""
    x, y = tl.load(pixels_ptr + 2 * v, hit, 0.0), tl.load(pixels_ptr + 2 * v + 1, hit, 0.0)
    return x - px, y - py, tl.load(depths_ptr + v, hit, 1.0)


@triton.jit
def _corners(pixels_ptr, depths_ptr, i, j, k, px, py, hit):
    """The three corners i, j, k as ``_corner`` tells them, and their weights before these are divided by their sum."""
    ax, ay, za = _corner(pixels_ptr, depths_ptr, i, px, py, hit)
    bx, by, zb = _corner(pixels_ptr, depths_ptr, j, px, py, hit)
    cx, cy, zc = _corner(pixels_ptr, depths_ptr, k, px, py, hit)
    return (ax, ay, za, bx, by, zb, cx, cy, zc,
            (bx * cy - by * cx) / za, (cx * ay - cy * ax) / zb, (ax * by - ay * bx) / zc)
