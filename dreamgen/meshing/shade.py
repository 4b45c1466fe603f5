"""A picture of a finished mesh: its base colors, unlit, for previews, contact sheets and the check of what was written."""

import torch
from torch import Tensor

from renderers.assets import Material, Mesh
from renderers.camera import Camera, project, rays
from renderers.ops.rasterize import Fragments, interpolate, rasterize
from renderers.scene import Render
from renderers.srgb import decode, encode

SUPERSAMPLES = 2        # per pixel along each axis
WRAPS = {"clamp": lambda x: x, "repeat": lambda x: x % 1, "mirror": lambda x: 1 - (x % 2 - 1).abs()}


@torch.no_grad()
def draw(mesh: Mesh, camera: Camera, background: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> Render:
    """``mesh`` seen by ``camera``, over ``background`` (sRGB in [0, 1]); not differentiable.

    Seen is the base color: a material's picture, read bilinearly, times its factor; of a mesh without either, its vertex
    colors. Opacity is the pixel's coverage on a 2 x 2 grid: cut-outs and glass are drawn whole.

    Raises:
        ValueError: the mesh has no materials, no texture and no colors.
    """
    device = camera.c2w.device
    H, W = camera.size
    faces = torch.from_numpy(mesh.faces).to(device)
    pixels, depths = project(camera, torch.from_numpy(mesh.vertices).to(device))
    fragments = rasterize(pixels * SUPERSAMPLES, depths, faces, (H * SUPERSAMPLES, W * SUPERSAMPLES))
    covered = (fragments.face >= 0)[..., None].float()
    color = base_color(mesh, fragments, faces)
    premultiplied, opacity = pooled(color * covered), pooled(covered)
    depth = pooled(_distance(fragments, camera) * covered) / opacity.clamp_min(1e-6)
    return Render(premultiplied, opacity, premultiplied, depth).over(torch.tensor(background, device=device))


def _distance(fragments: Fragments, camera: Camera) -> Tensor:
    """[B, H, W, 1] along the ray through each sample; a fragment's depth is along the camera's axis."""
    directions = rays(camera.resized(tuple(fragments.depth.shape[1:])))[1]
    along = -torch.einsum("bhwi,bi->bhw", directions, camera.c2w[:, :3, 2])
    return (fragments.depth / along)[..., None]


def base_color(mesh: Mesh, fragments: Fragments, faces: Tensor) -> Tensor:
    """[B, H, W, 3] sRGB of the samples: by the materials, else the vertex colors; anything where there is no triangle."""
    if not mesh.materials and (mesh.texture is None or mesh.uv is None):
        if mesh.colors is None:
            raise ValueError("draw: the mesh has neither materials, a texture nor vertex colors, want one of them")
        return interpolate(fragments, faces, torch.from_numpy(mesh.colors).to(faces.device) / 255)
    device, worn = fragments.face.device, mesh.worn
    uv = None if mesh.uv is None else interpolate(fragments, faces, torch.from_numpy(mesh.uv).to(device)).flatten(0, 2)
    color = torch.zeros(fragments.face.numel(), 3, device=device)
    part = torch.zeros(len(faces), dtype=torch.int64)
    for k, (numbers, _) in enumerate(worn):
        part[torch.from_numpy(numbers)] = k
    part = part.to(device)[fragments.face.flatten().clamp_min(0).long()]
    for k, (_, material) in enumerate(worn):
        here = (part == k).nonzero().squeeze(1)
        factor = torch.tensor(material.color[:3], device=device)
        if material.texture is None:
            color[here] = encode(factor)
            continue
        texel = sampled(material, uv[here])
        color[here] = texel if (factor == 1).all() else encode(decode(texel) * factor)
    return color.view(*fragments.face.shape, 3)


def sampled(material: Material, uv: Tensor) -> Tensor:
    """[N, 3] sRGB at places [N, 2], bilinear; texel centres at +0.5."""
    inside = torch.stack([WRAPS[wrap](axis) for wrap, axis in zip(material.wrap, uv.unbind(-1), strict=True)], -1)
    image = torch.from_numpy(material.texture[..., :3]).to(uv.device).permute(2, 0, 1)[None].float() / 255
    color = torch.nn.functional.grid_sample(image, inside[None, None] * 2 - 1, padding_mode="border", align_corners=False)
    return color[0, :, 0].T


def pooled(image: Tensor) -> Tensor:
    return torch.nn.functional.avg_pool2d(image.permute(0, 3, 1, 2), SUPERSAMPLES).permute(0, 2, 3, 1)
