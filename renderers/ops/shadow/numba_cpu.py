"""``shadow`` on the CPU: one point after the other, nothing stored between the lamps."""

import numpy as np
from numba import njit, prange
from torch import Tensor

from . import Lamps, Light

RANK = 1


def shadow(points: Tensor, normals: Tensor, lamps: Lamps, weights: Tensor, bias: float) -> Light:
    seen, free = points.new_zeros(len(points), weights.shape[1]), points.new_zeros(len(points), weights.shape[1])
    tensors = points, normals, lamps.turn, lamps.move, lamps.depth, weights
    arrays = [t.detach().contiguous().numpy() for t in tensors]
    kind = arrays[0].dtype.type
    half = kind(lamps.depth.shape[1] / 2)
    _shadow(*arrays, kind(lamps.focal), kind(bias), half, seen.numpy(), free.numpy())
    return Light(seen, free)


@njit(parallel=True, cache=True)
def _shadow(points, normals, turn, move, depth, weights, focal, bias, half, seen, free):
    K, E = depth.shape[0], depth.shape[1]
    for n in prange(points.shape[0]):
        p, a = points[n], normals[n]
        for k in range(K):
            t = turn[k]
            cosine = a[0] * t[2, 0] + a[1] * t[2, 1] + a[2] * t[2, 2]
            if cosine <= 0:
                continue
            x = t[0, 0] * p[0] + t[0, 1] * p[1] + t[0, 2] * p[2] + move[k, 0]
            y = t[1, 0] * p[0] + t[1, 1] * p[1] + t[1, 2] * p[2] + move[k, 1]
            z = t[2, 0] * p[0] + t[2, 1] * p[1] + t[2, 2] * p[2] + move[k, 2]
            scale = focal / -z
            column = min(max(int(np.floor(half + scale * x)), 0), E - 1)
            row = min(max(int(np.floor(half - scale * y)), 0), E - 1)
            visible = -z < depth[k, row, column] + bias
            for c in range(weights.shape[1]):
                light = weights[k, c] * cosine
                free[n, c] += light
                if visible:
                    seen[n, c] += light
