"""``rasterize`` on the CPU: bands of rows in parallel, each with its own part of the depth buffer.

A band visits the triangles in their order, so the result is the same for every number of threads. No ``fastmath``: a
contracted multiply-add would break the exact sign change of an edge that two triangles share, and open cracks.
"""

import numpy as np
import torch
from numba import get_num_threads, njit, prange
from torch import Tensor

RANK = 1
BANDS_PER_THREAD = 4        # the object rarely covers all rows alike


def rasterize(pixels: Tensor, depths: Tensor, faces: Tensor, size: tuple[int, int], near: float,
              behind: Tensor) -> tuple[Tensor, ...]:
    B, (H, W) = len(pixels), size
    face = torch.full((B, H, W), -1, dtype=torch.int32)
    bary, depth = pixels.new_zeros(B, H, W, 3), pixels.new_zeros(B, H, W)
    if not len(faces):
        return face, bary, depth
    dtype = pixels.detach().numpy().dtype
    corners = tuple(t.detach().contiguous().numpy() for t in (pixels, depths, faces.int()))
    rows = np.empty((B, len(faces), 2), np.int32)
    _rows(*corners, dtype.type(near), H, rows)
    bands = max(1, -(-BANDS_PER_THREAD * get_num_threads() // B))
    centres = np.arange(max(H, W, 1)).astype(dtype) + dtype.type(0.5)
    _draw(*corners, rows, centres, bands, behind.contiguous().numpy(), face.numpy(), bary.numpy(), depth.numpy())
    return face, bary, depth


@njit(parallel=True, cache=True)
def _rows(pixels, depths, faces, near, H, rows):
    """The first row of each triangle whose centres it may hold, and the one after the last; (0, 0) if it is not drawn."""
    for job in prange(pixels.shape[0] * faces.shape[0]):
        image, t = job // faces.shape[0], job % faces.shape[0]
        low, high, drawn = np.inf, -np.inf, True
        for k in range(3):
            v = faces[t, k]
            x, y, z = pixels[image, v, 0], pixels[image, v, 1], depths[image, v]
            drawn = drawn and z > near and np.isfinite(x) and np.isfinite(y) and np.isfinite(z)
            low, high = min(low, y), max(high, y)
        rows[image, t, 0] = int(min(max(np.ceil(low - 0.5), 0.0), float(H))) if drawn else 0
        rows[image, t, 1] = int(min(max(np.floor(high - 0.5) + 1.0, 0.0), float(H))) if drawn else 0


@njit(parallel=True, cache=True)
def _draw(pixels, depths, faces, rows, centres, bands, behind, face, bary, depth):
    B, H, W = face.shape
    half = centres[0]
    for job in prange(B * bands):
        image, band = job // bands, job % bands
        top, bottom = band * H // bands, (band + 1) * H // bands
        for t in range(faces.shape[0]):
            first, last = max(rows[image, t, 0], top), min(rows[image, t, 1], bottom)
            if first >= last:
                continue
            i, j, k = faces[t, 0], faces[t, 1], faces[t, 2]
            ax, ay, az = pixels[image, i, 0], pixels[image, i, 1], depths[image, i]
            bx, by, bz = pixels[image, j, 0], pixels[image, j, 1], depths[image, j]
            cx, cy, cz = pixels[image, k, 0], pixels[image, k, 1], depths[image, k]
            left = int(min(max(np.ceil(min(ax, bx, cx) - half), 0.0), float(W)))
            right = int(min(max(np.floor(max(ax, bx, cx) - half) + 1.0, 0.0), float(W)))
            if left >= right:
                continue
            area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
            if area == 0:
                continue
            for y in range(first, last):
                dya, dyb, dyc = ay - centres[y], by - centres[y], cy - centres[y]
                for x in range(left, right):
                    dxa, dxb, dxc = ax - centres[x], bx - centres[x], cx - centres[x]
                    ea, eb, ec = dxb * dyc - dyb * dxc, dxc * dya - dyc * dxa, dxa * dyb - dya * dxb
                    if not (ea >= 0 and eb >= 0 and ec >= 0 if area > 0 else ea <= 0 and eb <= 0 and ec <= 0):
                        continue
                    total = ea + eb + ec
                    if total == 0:
                        continue
                    wa, wb, wc = ea / az, eb / bz, ec / cz
                    w = wa + wb + wc
                    z = total / w
                    if z > behind[image, y, x] and (face[image, y, x] < 0 or z < depth[image, y, x]):
                        face[image, y, x], depth[image, y, x] = t, z
                        bary[image, y, x, 0], bary[image, y, x, 1], bary[image, y, x, 2] = wa / w, wb / w, wc / w
