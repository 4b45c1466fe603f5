r"""A batch of pinhole cameras, and the rays and pixels that go with them.

    p_cam = c2w^-1 p_world,    u = W/2 + f x_cam / -z_cam,    v = H/2 - f y_cam / -z_cam,    f = H / (2 tan(fov_y / 2))

A camera looks along its own -z, +x right, +y up; pixel (0, 0) is the top-left one and its centre is (0.5, 0.5).
"""

from dataclasses import dataclass
from math import tau

import torch
from torch import Tensor

from .checks import check
from .framing import DISTANCE, FOV_DEG


@dataclass(frozen=True)
class Camera:
    """B pinhole cameras of one image size.

    Attributes:
        c2w: [B, 4, 4] camera to world, a rotation and a translation.
        fov_y: [B] vertical field of view, radians.
        size: (H, W) pixels.
    """

    c2w: Tensor
    fov_y: Tensor
    size: tuple[int, int]

    def __post_init__(self):
        check("Camera", "c2w [B 4 4], fov_y [B]", self.c2w, self.fov_y)

    def __len__(self) -> int:
        return len(self.c2w)

    def __getitem__(self, rows) -> "Camera":
        """The cameras of a slice or an index tensor, still a batch."""
        return Camera(self.c2w[rows], self.fov_y[rows], self.size)

    def to(self, device: torch.device | str) -> "Camera":
        return Camera(self.c2w.to(device), self.fov_y.to(device), self.size)

    def resized(self, size: tuple[int, int]) -> "Camera":
        return Camera(self.c2w, self.fov_y, size)

    @property
    def focal(self) -> Tensor:
        """[B] focal length in pixels."""
        return self.size[0] / (2 * torch.tan(self.fov_y / 2))

    @property
    def position(self) -> Tensor:
        """[B, 3] in the world."""
        return self.c2w[:, :3, 3]


def rays(camera: Camera) -> tuple[Tensor, Tensor]:
    """Origins and unit directions through the pixel centres, both [B, H, W, 3], in the world."""
    H, W = camera.size
    v, u = torch.meshgrid(torch.arange(H, device=camera.c2w.device) + 0.5,
                          torch.arange(W, device=camera.c2w.device) + 0.5, indexing="ij")
    f = camera.focal[:, None, None]
    d_cam = torch.stack([(u - W / 2) / f, (H / 2 - v) / f, -torch.ones_like(f).expand(-1, H, W)], -1)
    d_world = torch.einsum("bij,bhwj->bhwi", camera.c2w[:, :3, :3], d_cam)
    return camera.position[:, None, None].expand_as(d_world), torch.nn.functional.normalize(d_world, dim=-1)


def project(camera: Camera, points: Tensor) -> tuple[Tensor, Tensor]:
    """Pixels [B, N, 2] as (u, v) and depths [B, N] along -z_cam of world points [N, 3]; differentiable in the points.

    A depth <= 0 is behind the camera, and its pixel means nothing.
    """
    H, W = camera.size
    p_cam = torch.einsum("bji,bnj->bni", camera.c2w[:, :3, :3], points - camera.position[:, None])
    depth = -p_cam[..., 2]
    scale = camera.focal[:, None] / depth
    return torch.stack([W / 2 + scale * p_cam[..., 0], H / 2 - scale * p_cam[..., 1]], -1), depth


def look_at(position: Tensor, target: Tensor, up: Tensor) -> Tensor:
    """c2w [B, 4, 4] of cameras at ``position`` [B, 3] that look at ``target`` [B, 3].

    ``up`` [B, 3] points upwards in the image; it must not be parallel to the line of sight.
    """
    back = torch.nn.functional.normalize(position - target, dim=-1)
    right = torch.nn.functional.normalize(torch.linalg.cross(up, back), dim=-1)
    c2w = torch.eye(4, dtype=position.dtype, device=position.device).repeat(len(position), 1, 1)
    c2w[:, :3] = torch.stack([right, torch.linalg.cross(back, right), back, position], -1)
    return c2w


def orbit(azimuth: Tensor, elevation: Tensor, distance: Tensor, fov_y: Tensor, size: tuple[int, int]) -> Camera:
    """Cameras on a sphere around the origin, looking at it; angles [B] in radians, |elevation| < pi/2."""
    position = distance[:, None] * torch.stack([azimuth.sin() * elevation.cos(), elevation.sin(),
                                                azimuth.cos() * elevation.cos()], -1)
    up = torch.tensor([0.0, 1.0, 0.0], dtype=position.dtype, device=position.device).expand_as(position)
    return Camera(look_at(position, torch.zeros_like(position), up), fov_y, size)


def ring(views: int, size: tuple[int, int], elevation_deg: float = 15.0, distance: float = DISTANCE,
         fov_y_deg: float = FOV_DEG, start_deg: float = 0.0) -> Camera:
    """``views`` cameras evenly around the object, the first at azimuth ``start_deg``.

    For turntables, contact sheets and held-out views.
    """
    azimuth = torch.arange(views) * (tau / views) + start_deg * tau / 360
    full = torch.ones(views)
    return orbit(azimuth, full * elevation_deg * tau / 360, full * distance, full * fov_y_deg * tau / 360, size)
