"""A mesh in light, against the formula's closed forms and against where a highlight must be."""

from dataclasses import replace
from math import pi

import numpy as np
import pytest
import torch
from solids import box, sphere

from dreamgen.meshing import draw
from dreamgen.meshing.lit import draw_lit, gradients, shiny
from renderers.assets import Material
from renderers.camera import ring
from renderers.reflection import GROUND, SKY, SUN, shaded, sky
from renderers.srgb import decode

FRONT = ring(1, (96, 96), elevation_deg=0)


def ball(**about):
    return replace(sphere(32), texture=None, materials=(Material(**about),))


def one(*values: float) -> torch.Tensor:
    return torch.tensor([values])


def test_a_black_body_reflects_what_fresnel_says_at_the_middle():
    """n = v = l: D = 1 / (pi alpha^2), V = 1 / 4, F = f0, so that the light's share is SUN f0 / (4 alpha^2)."""
    up, rough = one(0.0, 1.0, 0.0), one(0.8)
    got = shaded(torch.zeros(1, 3), up, up, up, rough, one(0.0)) - shaded(torch.zeros(1, 3), up, up, -up, rough, one(0.0))
    torch.testing.assert_close(got, torch.full((1, 3), SUN * 0.04 / (4 * 0.8 ** 4)), rtol=1e-3, atol=1e-5)


def test_a_matte_body_has_the_cosine_of_the_light():
    n, v = one(0.0, 0.0, 1.0), one(0.0, 0.0, 1.0)
    half, none = (torch.nn.functional.normalize(one(*light), dim=-1) for light in ((3 ** 0.5, 0.0, 1.0), (1.0, 0.0, -1.0)))
    base, rough, metal = torch.full((1, 3), 0.5), one(1.0), one(0.0)
    got = shaded(base, n, v, half, rough, metal) - shaded(base, n, v, none, rough, metal)
    assert got[0, 0] == pytest.approx(0.5 * SUN * 0.5 * 0.96, rel=0.06)        # and a few hundredths that the surface reflects


def test_a_metal_has_no_matte_part():
    n = one(0.0, 0.0, 1.0)
    got = shaded(torch.zeros(1, 3), n, n, n, one(1.0), one(1.0))
    assert got.abs().max() < 0.05 and shaded(torch.ones(1, 3), n, n, n, one(1.0), one(1.0)).min() > 0.2


def test_a_rough_reflection_keeps_its_energy():
    """GGX's D integrates to 1 over the projected half sphere, whatever the roughness: seen as the mean over directions."""
    rng = torch.Generator().manual_seed(0)
    z = torch.rand(400_000, 1, generator=rng)
    for alpha in (0.3, 0.7):
        a2 = alpha ** 2
        d = a2 / (pi * (z ** 2 * (a2 - 1) + 1) ** 2)
        assert float((d * z).mean() * 2 * pi) == pytest.approx(1, rel=0.02)


def test_the_sky_is_brighter_above():
    d = torch.tensor([[0.0, 1, 0], [0, -1, 0], [1, 0, 0]])
    torch.testing.assert_close(sky(d, torch.tensor(0.2)), torch.tensor([[SKY], [GROUND], [(SKY + GROUND) / 2]]))


def test_only_what_depends_on_light_is_shiny():
    assert not shiny(sphere()) and not shiny(ball(roughness=1.0)) and shiny(ball(metallic=0.2)) and shiny(ball(roughness=0.5))
    assert shiny(ball(normal=np.full((2, 2, 3), 128, np.uint8)))


def test_a_highlight_is_halfway_between_viewer_and_light():
    """Of a ball seen from afar with the light at an angle a to the right: where the normal leans a / 2."""
    seen = draw_lit(ball(metallic=1.0, roughness=0.25), FRONT, turn=0.8, height=0.0).rgb[0].sum(-1)
    shape = draw(ball(), FRONT).opacity[0, :, :, 0]
    bright = (seen * shape > (seen * shape).max() - 0.05).nonzero().float().mean(0)
    middle, radius = shape.nonzero().float().mean(0), shape[48].sum() / 2
    assert float((bright[1] - middle[1]) / radius) == pytest.approx(np.sin(0.4), abs=0.08)
    assert abs(float(bright[0] - middle[0])) < 3


def test_a_normal_map_leans_towards_u():
    rows = np.full((2, 2, 3), (218, 128, 218), np.uint8)
    leaning = ball(roughness=0.9, normal=rows)
    right, left = (decode(draw_lit(leaning, FRONT, turn=side, height=0.0).rgb[0, 48, 48]) for side in (1.2, -1.2))
    assert float(right.mean()) > 1.5 * float(left.mean())


def test_a_box_has_gradients_along_its_texture():
    along, against = gradients(box(), torch.from_numpy(box().vertices), torch.from_numpy(box().faces))
    torch.testing.assert_close(along[0], torch.tensor([1 / 0.2, 0.0, 0.0]))         # its front: u to the right, v down
    torch.testing.assert_close(against[0], torch.tensor([0.0, -1 / 0.4, 0.0]))
