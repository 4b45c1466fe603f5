r"""A picture of a finished mesh with its materials under one light and a sky: the same formula as page/mesh.js.

    seen = base (1 - metal) (E n.l (1 - F) / pi + A(n)) + F D V E n.l + (F0 a + b) A(r) + glow

D is GGX with alpha = roughness^2, V Smith's term for it, F Schlick's (glTF 2.0, appendix B.3); a and b are Karis's fit of the
split sum's table (2014); A is a sky that is brighter above, E / pi = SUN. All in linear light, encoded at the end.
"""

from dataclasses import replace
from math import cos, pi, sin

import torch
from torch import Tensor
from torch.nn.functional import normalize

from renderers.assets import Material, Mesh
from renderers.camera import Camera, project, rays
from renderers.ops.rasterize import interpolate, rasterize
from renderers.scene import Render
from renderers.srgb import decode, encode

from .shade import SUPERSAMPLES, base_color, pooled, sampled

SKY, GROUND, SUN = 0.4, 0.1, 0.85           # of A above and below, of E / pi
TURN, HEIGHT = -0.5, 0.7                    # the light's place in the camera's axes: above the viewer's left shoulder


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
    axes = camera.c2w[:, :3, :3] @ torch.tensor([sin(turn) * cos(height), sin(height), cos(turn) * cos(height)], device=device)
    light = axes[:, None].expand(-1, fine.size[0] * fine.size[1], -1).flatten(0, 1)
    color = encode((shaded(base, n, view, light, *rough_metal.T[..., None]) + glow).clamp(0, 1)).view(*fragments.face.shape, 3)
    premultiplied, opacity = pooled(color * covered), pooled(covered)
    return Render(premultiplied, opacity, premultiplied).over(1.0)


def shaded(base: Tensor, n: Tensor, v: Tensor, light: Tensor, rough: Tensor, metal: Tensor) -> Tensor:
    """[N, 3] linear light of base colors [N, 3] with unit normals, directions to the viewer and to the light, all [N, 3]."""
    h, f0 = normalize(v + light, dim=-1), torch.lerp(torch.full_like(base, 0.04), base, metal)
    nl, nh, vh = (_dot(*pair).clamp_min(0) for pair in ((n, light), (n, h), (v, h)))
    nv, a2 = _dot(n, v).clamp_min(1e-4), (rough ** 2).clamp_min(0.002) ** 2
    smith = 0.5 / (nl * (a2 + (1 - a2) * nv ** 2).sqrt() + nv * (a2 + (1 - a2) * nl ** 2).sqrt()).clamp_min(1e-6)
    fresnel = f0 + (1 - f0) * (1 - vh) ** 5
    ggx = a2 / (pi * (nh ** 2 * (a2 - 1) + 1) ** 2)
    r0, r1, r2, r3 = 1 - rough, 0.0425 - 0.0275 * rough, 1.04 - 0.572 * rough, 0.022 * rough - 0.04
    fit = torch.minimum(r0 ** 2, torch.exp2(-9.28 * nv)) * r0 + r1
    split = f0 * (r2 - 1.04 * fit) + 1.04 * fit + r3
    mirrored = 2 * _dot(n, v) * n - v
    return base * (1 - metal) * (SUN * nl * (1 - fresnel) + sky(n, torch.tensor(0.9))) \
        + fresnel * (SUN * pi * nl * ggx * smith) + split * sky(mirrored, rough)


def sky(d: Tensor, blur: Tensor) -> Tensor:
    """[N, 1] light from the directions d [N, 3]."""
    t = ((d[:, 1:2] + 0.1 + blur) / (0.2 + 2 * blur)).clamp(0, 1)
    return GROUND + (SKY - GROUND) * t * t * (3 - 2 * t)


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


def _dot(a: Tensor, b: Tensor) -> Tensor:
    return (a * b).sum(-1, keepdim=True)
