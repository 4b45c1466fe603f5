r"""Weights as int8, a quarter of float32's size, for a prior that is part of a wheel.

    q = round(w / s),    s = max |w| / 127 over a row of w (the weights of one output)

Matrices are int8 with a float32 scale per row; small and one-dimensional tensors are float16. The error of a weight is at
most s / 2, which is 0.4 % of the largest weight of its row. Weights are unpacked when they are read; no arithmetic is
done in int8.
"""

from pathlib import Path

import torch
from torch import Tensor

from ..loading.files import read_tensors, tensor_names

INT8, SCALE = ".int8", ".scale"
SMALL = 4096                        # numbers, up to which a tensor stays as it is
MOST = 127


def pack(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """``name.int8`` and ``name.scale`` for each large matrix, float16 for the rest."""
    packed = {}
    for name, w in weights.items():
        if not w.is_floating_point() or w.ndim < 2 or w.numel() <= SMALL:
            packed[name] = w.half().contiguous() if w.is_floating_point() else w.contiguous()
            continue
        rows = w.float().flatten(1)
        scale = (rows.abs().amax(1, keepdim=True) / MOST).clamp(min=1e-30)
        q = (rows / scale).round().clamp(-MOST, MOST)
        packed[name + INT8] = q.to(torch.int8).view(w.shape).contiguous()
        packed[name + SCALE] = scale.view(-1, *[1] * (w.ndim - 1)).contiguous()
    return packed


def unpack(packed: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights, float32 where they were packed."""
    weights = {}
    for name, value in packed.items():
        if name.endswith(INT8):
            weights[name.removesuffix(INT8)] = value.float() * packed[name.removesuffix(INT8) + SCALE]
        elif not name.endswith(SCALE) or name.removesuffix(SCALE) + INT8 not in packed:
            weights[name] = value
    return weights


def is_packed(path: Path) -> bool:
    return any(name.endswith(INT8) for name in tensor_names(path))


def read(path: Path) -> dict[str, Tensor]:
    return unpack(read_tensors(path))
