r"""A picture of a finished mesh with its materials under one light and a sky: the same formula as page/mesh.js.

    seen = encode(shaded(base, n, v, l, rough, metal) + glow),        ``shaded`` of ``renderers/reflection.py``
"""

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import normalize

from renderers.assets import Material, Mesh
from renderers.camera import Camera, project, rays
from renderers.ops.rasterize import interpolate, rasterize
from renderers.reflection import HEIGHT, TURN, over_the_shoulder, shaded
from renderers.scene import Render
from renderers.srgb import decode, encode

from .shade import SUPERSAMPLES, base_color, pooled, sampled


def shiny(mesh: Mesh) -> bool:
    """Whether anything of it depends on the light: else its colors are the picture, and are shown as they are."""
    return any(material.metallic_roughness is not None or material.normal is not None or material.metallic > 0
               or material.roughness < 1 for _, material in mesh.worn)


@torch.no_grad()
def draw_lit(mesh: Mesh, camera: Camera, turn: float = TURN, height: float = HEIGHT) -> Render:
    """``mesh`` seen by ``camera``, over white; not differentiable.

    Args:
        turn: of the light around the viewer, radians; 0 is from where the viewer is.
        height: of the light above the viewer, radians.
    """
    device, (H, W) = camera.c2w.device, camera.size
    fine = camera.resized((H * SUPERSAMPLES, W * SUPERSAMPLES))
    vertices, faces = torch.from_numpy(mesh.vertices).to(device), torch.from_numpy(mesh.faces).to(device)
    fragments = rasterize(*project(fine, vertices), faces, fine.size)
    covered = (fragments.face >= 0)[..., None].float()
    n = normalize(interpolate(fragments, faces, torch.from_numpy(mesh.normals).to(device)), dim=-1)
    base = decode(base_color(mesh, fragments, faces)).flatten(0, 2)
    rough_metal, n, glow = worn(mesh, fragments.face.flatten().long(), fragments, faces, vertices, n.flatten(0, 2))
    view = -rays(fine)[1].flatten(0, 2)
    light = over_the_shoulder(camera, turn, height)[:, None].expand(-1, fine.size[0] * fine.size[1], -1).flatten(0, 1)
    color = encode((shaded(base, n, view, light, *rough_metal.T[..., None]) + glow).clamp(0, 1)).view(*fragments.face.shape, 3)
    premultiplied, opacity = pooled(color * covered), pooled(covered)
    return Render(premultiplied, opacity, premultiplied).over(1.0)


def worn(mesh: Mesh, face: Tensor, fragments, faces: Tensor, vertices: Tensor, n: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """[N, 2] roughness and metal, [N, 3] normals by their maps, [N, 3] glow, of the samples."""
    device = n.device
    uv = None if mesh.uv is None else interpolate(fragments, faces, torch.from_numpy(mesh.uv).to(device)).flatten(0, 2)
    surface, glow, n = torch.zeros(len(n), 2, device=device), torch.zeros_like(n), n.clone()
    part = torch.zeros(len(faces), dtype=torch.int64)
    for k, (numbers, _) in enumerate(mesh.worn):
        part[torch.from_numpy(numbers)] = k
    part = part.to(device)[face.clamp_min(0)]
    for k, (_, material) in enumerate(mesh.worn):
        here = (part == k).nonzero().squeeze(1)
        surface[here] = torch.tensor([material.roughness, material.metallic], device=device)
        glow[here] = torch.tensor(material.emissive, device=device)
        if material.metallic_roughness is not None:
            surface[here] *= _picture(material, material.metallic_roughness, uv[here])[:, 1:]
        if material.emissive_texture is not None:
            glow[here] *= decode(_picture(material, material.emissive_texture, uv[here]))
        if material.normal is not None:
            scale = torch.tensor([material.normal_scale, material.normal_scale, 1.0], device=device)
            c = (_picture(material, material.normal, uv[here]) * 2 - 1) * scale
            along, against = (slopes[face[here].clamp_min(0)] for slopes in gradients(mesh, vertices, faces))
            size = torch.maximum(along.norm(dim=-1, keepdim=True), against.norm(dim=-1, keepdim=True)).clamp_min(1e-12)
            n[here] = normalize((along * c[:, :1] - against * c[:, 1:2]) / size + n[here] * c[:, 2:], dim=-1)
    return surface, n, glow


def gradients(mesh: Mesh, vertices: Tensor, faces: Tensor) -> tuple[Tensor, Tensor]:
    """[F, 3] each: how u and how v grow along each face. v grows downwards in the picture."""
    corner, uv = vertices[faces.long()], torch.from_numpy(mesh.uv).to(vertices.device)[faces.long()]
    a, b = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    (du, dv), (eu, ev) = (uv[:, 1] - uv[:, 0]).T[..., None], (uv[:, 2] - uv[:, 0]).T[..., None]
    across = torch.linalg.cross(a, b)
    area = (across ** 2).sum(-1, keepdim=True).clamp_min(1e-20)
    x, y = torch.linalg.cross(b, across) / area, torch.linalg.cross(across, a) / area
    return x * du + y * eu, x * dv + y * ev


def _picture(material: Material, picture, uv: Tensor) -> Tensor:
    return sampled(replace(material, texture=picture), uv)
