r"""Soft light that stands still in the world: a sky brighter than the ground, a key light from the front above.

    ambient(n, p) = sum_k S(w_k) max(0, n . w_k) V_k(p) / sum_k max(0, n . w_k)     over DIRECTIONS around the sphere
    key(n, p)     = max(0, n . L) mean_j V_j(p)                                     over KEYS around L: a soft shadow
    color         = base * (ambient + KEY key + FILL n . v) + shine

V_k(p) is 1 where the model does not stand between p and the direction w_k (a depth map for each), so ambient is what
is called ambient occlusion: cushions, fingers and window frames are told apart by it. S grows from the ground to the
sky. Every direction has its mirror image in x: a mirrored picture is lit as a picture of the mirrored model.
"""

from math import atan, pi, sqrt

import torch
import torch.nn.functional as F
from torch import Tensor

from renderers.camera import Camera, look_at, project
from renderers.ops.rasterize import rasterize
from renderers.ops.shadow import Lamps, shadow

DIRECTIONS, KEYS = 40, 8
TOWARDS = 0.0, 0.78, 0.62           # to the key light
SPREAD = 0.16                       # radius of the key's directions around it: how soft its shadow is
GROUND, SKY = 0.50, 0.86            # light from below and from above
KEY, FILL = 0.34, 0.13
EDGE = 160                          # texels of a depth map
FAR, WIDE = 40.0, 1.06              # a camera so far away is parallel; its view's width, for a diagonal of 1
BIAS = 0.012                        # of the depth, and along the normal: no surface shadows itself


def directions() -> Tensor:
    """[DIRECTIONS + KEYS, 3] unit: a spiral over the sphere and its mirror image, then a disc around the key."""
    half = DIRECTIONS // 2
    k = torch.arange(half) + 0.5
    y, a = 1 - 2 * k / half, pi * (1 + sqrt(5)) * k
    r = (1 - y * y).sqrt()
    one = torch.stack([r * a.cos().abs(), y, r * a.sin()], -1)
    b = (torch.arange(KEYS // 2) + 0.5) * (pi / (KEYS // 2)) - pi / 2
    disc = torch.tensor(TOWARDS) + SPREAD * torch.stack([b.cos(), b.sin() * 0.6, -b.sin() * 0.75], -1)
    flip = torch.tensor([-1.0, 1.0, 1.0])
    return F.normalize(torch.cat([one, one * flip, disc, disc * flip]), dim=-1)


class Lighting:
    """What of the sky each point of a model sees: depth maps of ``vertices`` [V, 3] in a box of diagonal 1."""

    def __init__(self, vertices: Tensor, faces: Tensor):
        w = directions().to(vertices)
        up = torch.tensor([0.0, 0.0, 1.0]).to(w).expand_as(w)           # none of the directions is +z
        fov = torch.full_like(w[:, 0], 2 * atan(WIDE / 2 / FAR))
        cameras = Camera(look_at(w * FAR, torch.zeros_like(w), up), fov, (EDGE, EDGE))
        pixels, depths = project(cameras, vertices)
        half = len(w) // 2                                              # in two goes, for the memory
        depth = torch.cat([rasterize(pixels[part], depths[part], faces, (EDGE, EDGE)).depth
                           for part in (slice(half), slice(half, None))])
        turn = cameras.c2w[:, :3, :3].transpose(1, 2)                   # world to camera
        move = -torch.einsum("kij,kj->ki", turn, cameras.position)
        self.lamps = Lamps(turn, move, EDGE * FAR / WIDE, torch.where(depth > 0, depth, 2 * FAR))
        sky = GROUND + (SKY - GROUND) * (0.5 + 0.5 * w[:, 1])
        of_sky = (torch.arange(len(w), device=w.device) < DIRECTIONS).to(w)
        self.weights = torch.stack([sky * of_sky, of_sky, (1 - of_sky) / KEYS], -1)     # the sky, its norm, the key


def lit(lighting: Lighting, base: Tensor, p: Tensor, normal: Tensor, flat: Tensor, away: Tensor, gloss: Tensor) -> Tensor:
    """[N, 3] colors of points under the light.

    Args:
        base: [N, 3] sRGB, their own color.
        p: [N, 3] where they are; normal, flat: [N, 3] unit, smooth and of the face; away: [N, 3] unit, to the camera.
        gloss: [N] in [0, 1].
    """
    arriving = shadow(p + BIAS * flat, normal, lighting.lamps, lighting.weights, BIAS)
    ambient, key = arriving.seen[:, 0] / arriving.free[:, 1].clamp(min=1e-6), arriving.seen[:, 2]
    facing = (normal * away).sum(-1).clamp(0, 1)
    light = ambient + KEY * key + FILL * facing

    # Shine: the key light's image, and the sky's in what is polished.
    towards = F.normalize(torch.tensor(TOWARDS).to(p), dim=0)
    half = F.normalize(away + towards, dim=-1)
    spot = (normal * half).sum(-1).clamp(min=0) ** (12 + 60 * gloss) * (key > 0.02) * gloss
    mirrored = 2 * (normal * away).sum(-1, keepdim=True) * normal - away
    above = (mirrored[:, 1] * 0.5 + 0.5).clamp(0, 1)
    polish = ((gloss - 0.7) / 0.3).clamp(0, 1)                          # only metal reflects its own color
    reflected = 0.35 + 0.85 * above * above * (3 - 2 * above)
    light = light * (1 - 0.55 * polish) + 0.55 * polish * reflected * (0.4 + 0.6 * ambient)
    return (base * light[:, None] + 0.35 * spot[:, None]).clamp(0, 1)
