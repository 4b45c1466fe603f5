r"""A scene's colors made those of another one, on a surface, where their parameters cannot be copied.

    theta <- argmin  mean_i |c_theta(x_i) - c(x_i)|^2,      x_i: vertices and middles of triangles; Adam

A mesh that follows Gaussians has the surface of their field but a hash grid of its own, which would begin gray; so has one
that begins from a file, whose points have their colors.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import Parameter

STEPS, RATE = 100, 0.02


def fit(parameters: list[Parameter], evaluate: Callable[[Tensor], Tensor], vertices: Tensor, faces: Tensor,
        color: Callable[[Tensor], Tensor]) -> None:
    """Move ``parameters``, in place, until ``evaluate`` says about what ``color`` says; they are left without gradients.

    Args:
        evaluate: points [M, 3] in the world -> sRGB [M, 3], differentiable in the parameters.
        vertices: [V, 3] in the world. faces: [F, 3], one at least.
        color: as ``evaluate``, needs no gradient.
    """
    points = torch.cat([vertices, vertices[faces.long()].mean(1)]).detach()
    with torch.no_grad():
        wanted = color(points)
    fit_points(parameters, evaluate, points, wanted)


def fit_points(parameters: list[Parameter], evaluate: Callable[[Tensor], Tensor], points: Tensor, wanted: Tensor) -> None:
    """As ``fit``, to the sRGB ``wanted`` [M, 3] at ``points`` [M, 3] in the world."""
    optimizer = torch.optim.Adam(parameters, lr=RATE, betas=(0.9, 0.99), eps=1e-15, fused=True)
    with torch.enable_grad():
        for _ in range(STEPS):
            optimizer.zero_grad()
            (evaluate(points) - wanted).square().mean().backward()
            optimizer.step()
    optimizer.zero_grad()
