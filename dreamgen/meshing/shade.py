"""A picture of a finished mesh: textured, unlit, for previews, contact sheets and the check of what was written."""

import torch
from torch import Tensor

from renderers.assets import Mesh
from renderers.camera import Camera, project, rays
from renderers.ops.rasterize import Fragments, interpolate, rasterize
from renderers.scene import Render

SUPERSAMPLES = 2        # per pixel along each axis


@torch.no_grad()
def draw(mesh: Mesh, camera: Camera, background: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> Render:
    """``mesh`` seen by ``camera``, over ``background`` (sRGB in [0, 1]); not differentiable.

    Its texture is read bilinearly, or else its vertex colours; opacity is the pixel's coverage on a 2 x 2 grid.

    Raises:
        ValueError: the mesh has neither a texture nor colours.
    """
    if mesh.colors is None and (mesh.texture is None or mesh.uv is None):
        raise ValueError("draw: the mesh has neither a texture nor vertex colours, want one of them")
    device = camera.c2w.device
    H, W = camera.size
    faces = torch.from_numpy(mesh.faces).to(device)
    pixels, depths = project(camera, torch.from_numpy(mesh.vertices).to(device))
    fragments = rasterize(pixels * SUPERSAMPLES, depths, faces, (H * SUPERSAMPLES, W * SUPERSAMPLES))
    seen = (fragments.face >= 0)[..., None].float()
    colour = _texture(mesh, fragments, faces) if mesh.texture is not None and mesh.uv is not None else \
        interpolate(fragments, faces, torch.from_numpy(mesh.colors).to(device) / 255)
    premultiplied, opacity = _pooled(colour * seen), _pooled(seen)
    depth = _pooled(_distance(fragments, camera) * seen) / opacity.clamp_min(1e-6)
    return Render(premultiplied, opacity, premultiplied, depth).over(torch.tensor(background, device=device))


def _distance(fragments: Fragments, camera: Camera) -> Tensor:
    """[B, H, W, 1] along the ray through each sample; a fragment's depth is along the camera's axis."""
    directions = rays(camera.resized(tuple(fragments.depth.shape[1:])))[1]
    along = -torch.einsum("bhwi,bi->bhw", directions, camera.c2w[:, :3, 2])
    return (fragments.depth / along)[..., None]


def _texture(mesh: Mesh, fragments: Fragments, faces: Tensor) -> Tensor:
    device = fragments.face.device
    uv = interpolate(fragments, faces, torch.from_numpy(mesh.uv).to(device))
    image = torch.from_numpy(mesh.texture).to(device).permute(2, 0, 1)[None].float() / 255
    flat = uv.reshape(1, 1, -1, 2) * 2 - 1                              # texel centres at +0.5: align_corners=False
    colour = torch.nn.functional.grid_sample(image, flat, padding_mode="border", align_corners=False)
    return colour[0, :, 0].T.view(*uv.shape[:3], 3)


def _pooled(image: Tensor) -> Tensor:
    return torch.nn.functional.avg_pool2d(image.permute(0, 3, 1, 2), SUPERSAMPLES).permute(0, 2, 3, 1)
