"""Fields whose shape and color are formulas, and meshes that are trying."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
import trimesh
from torch import Tensor

from renderers.camera import Camera, rays, ring

VIEWS = ring(6, (64, 64), elevation_deg=20)


def sphere(p):
    return p.norm(dim=-1) - 0.35


def torus(p):
    return torch.hypot(torch.hypot(p[:, 0], p[:, 2]) - 0.27, p[:, 1]) - 0.12


def blobs(p):
    """A large one and a floater."""
    large, small = ((p - torch.tensor(centre)).norm(dim=-1) for centre in ([-0.1, 0, 0], [0.4, 0.3, 0]))
    return torch.minimum(large - 0.3, small - 0.03)


def shell(p):
    return (p.norm(dim=-1) - 0.33).abs() - 0.05


@dataclass
class Solid:
    """Dense inside a signed distance, fading out over two centimetres; its color is a smooth function of the place."""

    distance: Callable[[Tensor], Tensor]
    peak: float = 400.0

    def density(self, p: Tensor) -> Tensor:
        return self.peak * torch.sigmoid(-self.distance(p) / 0.005)

    def color(self, p: Tensor) -> Tensor:
        return 0.5 + 0.4 * torch.sin(8 * p + torch.tensor([0.0, 1.0, 2.0]))

    def render(self, camera: Camera, samples: int = 160) -> tuple[Tensor, Tensor]:
        """Premultiplied color [B, H, W, 3] and opacity [B, H, W, 1], by quadrature."""
        origin, direction = rays(camera)
        t = torch.linspace(0.85, 2.25, samples)
        T, color = torch.ones(*origin.shape[:-1], 1), torch.zeros_like(origin)
        for step in t:
            p = (origin + direction * step).reshape(-1, 3)
            alpha = 1 - torch.exp(-self.density(p) * float(t[1] - t[0])).view_as(T)
            color += T * alpha * self.color(p).view_as(color)
            T = T * (1 - alpha)
        return color, 1 - T


class Nothing(Solid):
    def density(self, p: Tensor) -> Tensor:
        return torch.zeros(len(p))


def grid(field: Solid, resolution: int = 40) -> np.ndarray:
    centres = (torch.arange(resolution) + 0.5) / resolution - 0.5
    return field.density(torch.cartesian_prod(centres, centres, centres)).view((resolution,) * 3).numpy()


def ball(subdivisions: int, radius: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    mesh = trimesh.creation.icosphere(subdivisions, radius=radius)
    return mesh.vertices.astype(np.float32), mesh.faces.astype(np.int32)


def tangle(vertices: int, faces: int) -> tuple[np.ndarray, np.ndarray]:
    """Random triangles between random points: most vertices and many edges belong to too many of them."""
    rng = np.random.default_rng(1)
    return (rng.uniform(-0.5, 0.5, (vertices, 3)).astype(np.float32),
            rng.integers(0, vertices, (faces, 3)).astype(np.int32))
