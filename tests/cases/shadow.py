"""Inputs of ``shadow`` by name: ``CASES[name](dtype) -> (points, normals, lamps, weights, bias)``."""

import torch
import torch.nn.functional as F

from renderers.camera import look_at
from renderers.ops.shadow import Lamps

FAR = 4.0


def scene(dtype, N, K=7, C=3, E=16, seed=0, blocked=0.5):
    """Points in a box, lamps all around; texels beyond the scene, or with a surface at about its middle."""
    rng = torch.Generator().manual_seed(seed)
    points = torch.rand(N, 3, generator=rng) - 0.5
    normals = F.normalize(torch.randn(N, 3, generator=rng), dim=-1)
    w = F.normalize(torch.randn(K, 3, generator=rng), dim=-1)
    c2w = look_at(w * FAR, torch.zeros(K, 3), torch.tensor([0.1, 0.2, 1.0]).expand(K, 3))
    turn = c2w[:, :3, :3].transpose(1, 2)
    move = -torch.einsum("kij,kj->ki", turn, c2w[:, :3, 3])
    depth = torch.where(torch.rand(K, E, E, generator=rng) < blocked, FAR + 0.3 * torch.randn(K, E, E, generator=rng), 2 * FAR)
    weights = torch.rand(K, C, generator=rng)
    return (points.to(dtype), normals.to(dtype), Lamps(turn.to(dtype), move.to(dtype), E * FAR / 2, depth.to(dtype)),
            weights.to(dtype), 0.01)


def non_contiguous(dtype):
    points, normals, lamps, weights, bias = scene(dtype, 20)
    return points.t().contiguous().t(), normals[:, None].repeat(1, 2, 1)[:, 0], lamps, weights.t().contiguous().t(), bias


CASES = {
    "few": lambda dtype: scene(dtype, 5),
    "typical": lambda dtype: scene(dtype, 3000, K=48, E=64),
    "nothing in the way": lambda dtype: scene(dtype, 50, blocked=0.0),
    "no points": lambda dtype: scene(dtype, 0),
    "one lamp, one sum": lambda dtype: scene(dtype, 30, K=1, C=1),
    "beyond the maps": lambda dtype: (lambda p, *rest: (3 * p, *rest))(*scene(dtype, 50)),
    "non-contiguous": non_contiguous,
}
