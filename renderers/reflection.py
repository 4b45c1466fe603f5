r"""A surface of a metallic-roughness material under one distant light and a sky, as glTF 2.0 has it (appendix B.3).

    seen = base (1 - metal) (E n.l (1 - F) / pi + A(n)) + F D V E n.l + (F0 a + b) A(r)

D is GGX with alpha = roughness^2, V Smith's term for it, F Schlick's, F0 = 0.04 (1 - metal) + base metal; A is a sky that is
brighter above, E / pi = SUN. (a, b) of the split sum (Karis, Real shading in Unreal Engine 4, 2013) is the share of a white
sky that is mirrored:

    a = int (1 - (1 - v.h)^5) D V n.l dl,      b = int (1 - v.h)^5 D V n.l dl

``integrated`` has them from a table of our own. ``fitted`` is Karis's short fit (2014), which the page and the turntable use;
it was made for another V and is off by 0.1 in the mean. All in linear light; differentiable in all but the table.
"""

from collections.abc import Callable
from functools import cache
from math import cos, pi, sin

import torch
from torch import Tensor
from torch.nn.functional import grid_sample, normalize

from .camera import Camera

SKY, GROUND, SUN = 0.4, 0.1, 0.85           # of A above and below, of E / pi
TURN, HEIGHT = -0.5, 0.7                    # the light's place in the camera's axes: above the viewer's left shoulder
SMOOTHEST = 0.002                           # alpha at the least
TABLE, SAMPLES = 32, 512                    # entries along roughness and along n.v; half vectors of each


def over_the_shoulder(camera: Camera, turn: float = TURN, height: float = HEIGHT) -> Tensor:
    """[B, 3] unit, to a light that goes with each camera, ``turn`` around the viewer and ``height`` above, in radians."""
    return camera.c2w[:, :3, :3] @ camera.c2w.new_tensor([sin(turn) * cos(height), sin(height), cos(turn) * cos(height)])


def fitted(rough: Tensor, nv: Tensor) -> tuple[Tensor, Tensor]:
    """(a, b), each [N, 1], by Karis's fit."""
    r0, r1, r2, r3 = 1 - rough, 0.0425 - 0.0275 * rough, 1.04 - 0.572 * rough, 0.022 * rough - 0.04
    fit = torch.minimum(r0 ** 2, torch.exp2(-9.28 * nv)) * r0 + r1
    return r2 - 1.04 * fit, 1.04 * fit + r3


def integrated(rough: Tensor, nv: Tensor) -> tuple[Tensor, Tensor]:
    """(a, b), each [N, 1], between the table's entries."""
    place = torch.cat([nv, rough], 1)[None, None] * 2 - 1
    found = grid_sample(table().to(rough)[None], place, align_corners=True, padding_mode="border")[0, :, 0]
    return found[0][:, None], found[1][:, None]


@cache
def table() -> Tensor:
    """[2, TABLE, TABLE] a and b by roughness, then n.v, both from 0 to 1; half vectors are drawn as D (n.h) has them."""
    axis = torch.linspace(0, 1, TABLE, dtype=torch.float64)
    alpha = (axis**2).clamp(min=SMOOTHEST)[:, None, None]
    cosine = axis.clamp(min=1e-3)[None, :, None]
    k = torch.arange(SAMPLES, dtype=torch.float64)
    u, turn = (k + 0.5) / SAMPLES, 2 * pi * (k * 0.6180339887498949 % 1)
    nh = ((1 - u) / (1 + (alpha**2 - 1) * u)).sqrt()
    vh = cosine * nh + (1 - cosine**2).sqrt() * (1 - nh**2).clamp(min=0).sqrt() * turn.cos()
    nl = (2 * vh * nh - cosine).clamp(min=0)
    weight = torch.where(vh > 0, 4 * smith(nl, cosine, alpha**2) * nl * vh / nh.clamp(min=1e-9), 0)
    away = (1 - vh.clamp(0, 1)) ** 5
    return torch.stack([(weight * (1 - away)).mean(-1), (weight * away).mean(-1)]).float()


def smith(nl: Tensor, nv: Tensor, a2: Tensor) -> Tensor:
    """V of cosines to the light and the viewer and alpha^2, of one shape."""
    return 0.5 / (nl * (a2 + (1 - a2) * nv ** 2).sqrt() + nv * (a2 + (1 - a2) * nl ** 2).sqrt()).clamp_min(1e-6)


def shaded(base: Tensor, n: Tensor, v: Tensor, light: Tensor, rough: Tensor, metal: Tensor,
           split: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]] = fitted) -> Tensor:
    """[N, 3] linear light of base colors [N, 3], roughness and metal [N, 1], with unit normals, directions to the viewer and
    to the light, all [N, 3]; ``split`` is ``fitted`` or ``integrated``."""
    h, f0 = normalize(v + light, dim=-1), torch.lerp(torch.full_like(base, 0.04), base, metal)
    nl, nh, vh = (_dot(*pair).clamp_min(0) for pair in ((n, light), (n, h), (v, h)))
    nv, a2 = _dot(n, v).clamp_min(1e-4), (rough ** 2).clamp_min(SMOOTHEST) ** 2
    fresnel = f0 + (1 - f0) * (1 - vh) ** 5
    ggx = a2 / (pi * (nh ** 2 * (a2 - 1) + 1) ** 2)
    a, b = split(rough, nv)
    mirrored = 2 * _dot(n, v) * n - v
    return base * (1 - metal) * (SUN * nl * (1 - fresnel) + sky(n, torch.tensor(0.9))) \
        + fresnel * (SUN * pi * nl * ggx * smith(nl, nv, a2)) + (f0 * a + b) * sky(mirrored, rough)


def sky(d: Tensor, blur: Tensor) -> Tensor:
    """[N, 1] light from the directions d [N, 3]."""
    t = ((d[:, 1:2] + 0.1 + blur) / (0.2 + 2 * blur)).clamp(0, 1)
    return GROUND + (SKY - GROUND) * t * t * (3 - 2 * t)


def _dot(a: Tensor, b: Tensor) -> Tensor:
    return (a * b).sum(-1, keepdim=True)
