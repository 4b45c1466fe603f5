r"""``varying`` on the CPU: bands of rows in parallel, the weights computed again in the backward.

With s_i = g . A_i and s = sum_i b_i s_i, the mean that the pixel sees,

    dL/dA_i = b_i g,    dL/dw_i = (s_i - s) / sum_j w_j,    dL/de_i = dL/dw_i / z_i,    dL/dz_i = -dL/dw_i w_i / z_i

and e is bilinear in the corners. Each band sums into arrays of its own, and their number does not depend on the number
of threads: the same input gives the same bits.
"""

import numpy as np
import torch
from numba import njit, prange
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._arrays import array
from .._exact import EXACT

RANK = 1
BANDS = 4               # of a call with one view; with more views, so many bands in all, but one a view at least
f32 = np.float32


def varying(face: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor, attributes: Tensor) -> Tensor:
    return _Varying.apply(face, pixels, depths, faces, attributes)


class _Varying(torch.autograd.Function):
    @staticmethod
    def forward(ctx, face, pixels, depths, faces, attributes):
        out = attributes.new_empty(*face.shape, attributes.shape[1])
        ctx.save_for_backward(face, pixels, depths, faces, attributes)
        _forward(*_inputs(face, pixels, depths, faces, attributes), out.numpy())
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        inputs = _inputs(*ctx.saved_tensors)
        (B, V), C, bands = inputs[2].shape, inputs[4].shape[1], max(1, BANDS // max(len(inputs[0]), 1))
        g_corners, g_attributes = np.zeros((B, bands, V, 3), np.float32), np.zeros((B, bands, V, C), np.float32)
        _backward(*inputs, array("varying", g), g_corners, g_attributes)
        g_corners, g_attributes = torch.from_numpy(g_corners.sum(1)), torch.from_numpy(g_attributes.sum((0, 1)))
        return None, g_corners[..., :2], g_corners[..., 2], None, g_attributes


def _inputs(face, pixels, depths, faces, attributes):
    return (face.contiguous().numpy(), array("varying", pixels), array("varying", depths),
            faces.int().contiguous().numpy(), array("varying", attributes))


@njit(parallel=True, fastmath=EXACT, cache=True)
def _forward(face, pixels, depths, faces, attributes, out):
    B, H, W = face.shape
    C = attributes.shape[1]
    for line in prange(B * H):
        image, y = line // H, line % H
        py = f32(y) + f32(0.5)
        for x in range(W):
            t = face[image, y, x]
            if t < 0:
                for c in range(C):
                    out[image, y, x, c] = f32(0)
                continue
            i, j, k = faces[t, 0], faces[t, 1], faces[t, 2]
            px = f32(x) + f32(0.5)
            ax, ay = pixels[image, i, 0] - px, pixels[image, i, 1] - py
            bx, by = pixels[image, j, 0] - px, pixels[image, j, 1] - py
            cx, cy = pixels[image, k, 0] - px, pixels[image, k, 1] - py
            wa, wb, wc = ((bx * cy - by * cx) / depths[image, i], (cx * ay - cy * ax) / depths[image, j],
                          (ax * by - ay * bx) / depths[image, k])
            whole = f32(1) / (wa + wb + wc)
            wa, wb, wc = wa * whole, wb * whole, wc * whole
            for c in range(C):
                out[image, y, x, c] = wa * attributes[i, c] + wb * attributes[j, c] + wc * attributes[k, c]


@njit(parallel=True, fastmath=EXACT, cache=True)
def _backward(face, pixels, depths, faces, attributes, g, g_corners, g_attributes):
    B, H, W = face.shape
    C, bands = attributes.shape[1], g_corners.shape[1]
    for job in prange(B * bands):
        image, band = job // bands, job % bands
        to_corners, to_attributes = g_corners[image, band], g_attributes[image, band]
        for y in range(band * H // bands, (band + 1) * H // bands):
            py = f32(y) + f32(0.5)
            for x in range(W):
                t = face[image, y, x]
                if t < 0:
                    continue
                i, j, k = faces[t, 0], faces[t, 1], faces[t, 2]
                px = f32(x) + f32(0.5)
                ax, ay = pixels[image, i, 0] - px, pixels[image, i, 1] - py
                bx, by = pixels[image, j, 0] - px, pixels[image, j, 1] - py
                cx, cy = pixels[image, k, 0] - px, pixels[image, k, 1] - py
                za, zb, zc = f32(1) / depths[image, i], f32(1) / depths[image, j], f32(1) / depths[image, k]
                wa, wb, wc = (bx * cy - by * cx) * za, (cx * ay - cy * ax) * zb, (ax * by - ay * bx) * zc
                whole = f32(1) / (wa + wb + wc)
                sa, sb, sc = f32(0), f32(0), f32(0)
                for c in range(C):
                    q = g[image, y, x, c]
                    to_attributes[i, c] += wa * whole * q
                    to_attributes[j, c] += wb * whole * q
                    to_attributes[k, c] += wc * whole * q
                    sa += q * attributes[i, c]
                    sb += q * attributes[j, c]
                    sc += q * attributes[k, c]
                s = (wa * sa + wb * sb + wc * sc) * whole
                da, db, dc = (sa - s) * whole * za, (sb - s) * whole * zb, (sc - s) * whole * zc
                to_corners[i, 0] += db * -cy + dc * by
                to_corners[i, 1] += db * cx - dc * bx
                to_corners[j, 0] += da * cy - dc * ay
                to_corners[j, 1] += dc * ax - da * cx
                to_corners[k, 0] += db * ay - da * by
                to_corners[k, 1] += da * bx - db * ax
                to_corners[i, 2] -= da * wa
                to_corners[j, 2] -= db * wb
                to_corners[k, 2] -= dc * wc
