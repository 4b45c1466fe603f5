r"""Lambertian light for training: a flat object shaded as if round shows that it is flat (DreamFusion, App. A.2).

    c = albedo (ambient + diffuse max(0, n . l)),    ambient = 0.1, diffuse = 0.9
"""

import torch
from torch import Tensor
from torch.nn.functional import normalize

from .camera import Camera

AMBIENT, DIFFUSE = 0.1, 0.9         # DreamFusion's


def lambert(albedo: Tensor, normal: Tensor, to_light: Tensor) -> Tensor:
    """[M, 3] shaded colour of albedo [M, 3], unit normal [M, 3] and directions to the light [M, 3] of any length."""
    cosine = (normal * normalize(to_light, dim=-1)).sum(-1, keepdim=True)
    return albedo * (AMBIENT + DIFFUSE * cosine.clamp(min=0))


def random_light(camera: Camera, rng: torch.Generator) -> Tensor:
    """A light a camera, [B, 3] in the world: its direction is normal around the camera's, its distance U(0.8, 1.5)."""
    B = len(camera)
    scatter, distance = torch.randn(B, 3, generator=rng), 0.8 + 0.7 * torch.rand(B, 1, generator=rng)
    return normalize(camera.position + scatter.to(camera.position), dim=-1) * distance.to(camera.position)
