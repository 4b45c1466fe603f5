r"""Lambertian light for training: a flat object shaded as if round shows that it is flat (DreamFusion, App. A.2).

    c = albedo (ambient + diffuse max(0, n . l)),    ambient = 0.1, diffuse = 0.9
"""

import torch
from torch import Tensor
from torch.nn.functional import normalize

from .camera import Camera
from .draws import per_view

AMBIENT, DIFFUSE = 0.1, 0.9         # DreamFusion's
GROUND, SKY, KEY, FILL = 0.50, 0.86, 0.34, 0.13         # those of dreamgen/training/lighting.py
KEY_FROM = (0.0, 0.78, 0.62)


def lambert(albedo: Tensor, normal: Tensor, to_light: Tensor) -> Tensor:
    """[M, 3] shaded color of albedo [M, 3], unit normal [M, 3] and directions to the light [M, 3] of any length."""
    cosine = (normal * normalize(to_light, dim=-1)).sum(-1, keepdim=True)
    return albedo * (AMBIENT + DIFFUSE * cosine.clamp(min=0))


def random_light(camera: Camera, rng: torch.Generator) -> Tensor:
    """A light a camera, [B, 3] in the world: its direction is normal around the camera's, its distance U(0.8, 1.5)."""
    B = len(camera)
    scatter, distance = per_view(rng, B, 3, draw=torch.randn), 0.8 + 0.7 * per_view(rng, B, 1)
    return normalize(camera.position + scatter.to(camera.position), dim=-1) * distance.to(camera.position)


def studio(normal: Tensor, away: Tensor) -> Tensor:
    r"""[M, 1] light that stands still in the world, as the bundled prior's training pictures have it, without shadows.

        g + (s - g)(1/2 + n_y / 3) + k max(0, n . L) + f n . v,     the sky's radiance growing from g below to s above

    Args:
        normal: [M, 3] unit, of either side; turned to the viewer.
        away: [M, 3] unit, to the camera.
    """
    facing = (normal * away).sum(-1, keepdim=True)
    normal, facing = torch.where(facing < 0, -normal, normal), facing.abs()
    key = (normal * normalize(torch.tensor(KEY_FROM).to(normal), dim=0)).sum(-1, keepdim=True).clamp(min=0)
    return GROUND + (SKY - GROUND) * (0.5 + normal[:, 1:2] / 3) + KEY * key + FILL * facing
