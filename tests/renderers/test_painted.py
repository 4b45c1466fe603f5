"""Light on a metallic-roughness material, and a mesh scene that learns one."""

from math import pi

import pytest
import torch
from torch.nn.functional import normalize

from renderers.camera import ring
from renderers.reflection import TABLE, integrated, over_the_shoulder, shaded, smith, table
from renderers.scenes import mesh, nerf
from renderers.srgb import encode
from renderers.successor import successor

GRID = dict(levels=3, base=2, finest=8, log2_table=10, hidden=16)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def made(seed=0, **settings):
    return mesh.MESH(mesh.Config(**dict(cells=10, shape=0, background="black", material="pbr", **GRID) | settings), seeded(seed))


@pytest.mark.parametrize("rough, nv", [(0.3, 0.7), (0.6, 0.3), (1.0, 0.05), (0.8, 1.0)])
def test_the_split_sum_is_the_mirrored_share_of_a_white_sky(rough, nv):
    """By another estimator: directions to the light uniform over the hemisphere, a fine midpoint rule."""
    k = (torch.arange(1000, dtype=torch.float64) + 0.5) / 1000
    z, turn = k[:, None], 2 * pi * k[None]
    light = torch.stack([(1 - z**2).sqrt() * turn.cos(), (1 - z**2).sqrt() * turn.sin(), z.expand(1000, 1000)], -1)
    view = torch.tensor([(1 - nv**2) ** 0.5, 0, nv], dtype=torch.float64)
    h = normalize(light + view, dim=-1)
    nh, vh, nl, a2 = h[..., 2], (h * view).sum(-1), light[..., 2], rough**4
    share = a2 / (pi * (nh**2 * (a2 - 1) + 1) ** 2) * smith(nl, torch.full_like(nl, nv), torch.full_like(nl, a2)) * nl * 2 * pi
    a, b = integrated(torch.tensor([[rough]]), torch.tensor([[nv]]))
    assert float(a) == pytest.approx(float((share * (1 - (1 - vh) ** 5)).mean()), abs=0.012)
    assert float(b) == pytest.approx(float((share * (1 - vh) ** 5).mean()), abs=0.003)


def test_nothing_mirrors_more_than_all_of_the_light_and_a_mirror_all_of_it():
    whole = table().sum(0)
    assert whole.shape == (TABLE, TABLE) and whole.max() < 1.002 and whole[0, 1:].min() > 0.98


def test_light_has_gradients_of_finite_differences_in_all_that_is_learnt():
    n = normalize(torch.tensor([[0.1, 0.9, 0.3], [0.4, 0.2, 0.8]]).double(), dim=-1)
    v, light = (normalize(torch.tensor(way).double(), dim=-1).expand(2, 3) for way in ([0.2, 0.5, 1.0], [-0.3, 1.0, 0.6]))
    inputs = [torch.tensor([[0.7, 0.3, 0.2], [0.2, 0.4, 0.6]]), torch.tensor([[0.37], [0.61]]), torch.tensor([[0.3], [0.8]])]
    inputs = [one.double().requires_grad_() for one in inputs]
    assert torch.autograd.gradcheck(lambda base, rough, metal: shaded(base, n, v, light, rough, metal, integrated), inputs)


def test_a_picture_without_a_generator_has_the_light_over_the_shoulder():
    """In the middle of a ball's picture n = v: the formula by hand, of a dull white body."""
    scene = made(radius=0.3, cells=24)
    with torch.no_grad():
        scene.w2.zero_()
        scene.b2.copy_(torch.tensor([0, 30.0, 30, 30, 30, -30]))           # white, rough, no metal
    camera = ring(2, (33, 33), elevation_deg=20)
    away, light = normalize(camera.position, dim=-1), over_the_shoulder(camera)
    one = torch.ones(2, 1)
    want = encode(shaded(torch.ones(2, 3), away, away, light, one, 0 * one, integrated).clamp(0, 1))
    assert torch.allclose(scene.render(camera).rgb[:, 16, 16].detach(), want, atol=0.02)
    assert torch.equal(scene.color(torch.zeros(1, 3)), torch.ones(1, 3))
    assert torch.allclose(scene.material(torch.zeros(1, 3)), torch.tensor([[1.0, 0]]))
    assert made(material="color").material(torch.zeros(1, 3)) is None


LIGHTS, VIEWS = 3, [ring(2, (24, 24), elevation_deg=k * 37 % 100 - 50, start_deg=k * 67) for k in range(6)]


def test_a_known_roughness_and_metal_are_recovered_from_renders_under_three_lights():
    """Of a ball with a known shape; its color is not known either. Three generators draw the lights of each view."""
    target, scene, rough, metal = made(), made(seed=1), 0.3, 0.9
    with torch.no_grad():
        target.w2.zero_()
        logits = torch.logit(torch.tensor([0.8, 0.5, 0.3, (rough - 0.08) / 0.92, metal]))
        target.b2.copy_(torch.cat([torch.zeros(1), logits]))
    with torch.no_grad():
        wanted = [[target.render(view, 0.0, seeded(light)).premultiplied for light in range(LIGHTS)] for view in VIEWS]
    optimizer = torch.optim.Adam([{"params": g["params"], "lr": 0.03 * g["lr"]} for g in scene.param_groups()], eps=1e-15)
    for step in range(96):
        optimizer.zero_grad()
        for light, want in enumerate(wanted[step % 6]):
            (scene.render(VIEWS[step % 6], 0.0, seeded(light)).premultiplied - want).square().mean().backward()
        optimizer.step()
    points = scene.surface()[0]
    got, color = scene.material(points), scene.color(points)
    assert (got[:, 0] - rough).abs().mean() < 0.02 and (got[:, 1] - metal).abs().mean() < 0.05
    assert (color - torch.tensor([0.8, 0.5, 0.3])).abs().mean() < 0.02


def test_a_material_takes_over_a_fields_colors():
    field = nerf.NERF(nerf.Config(samples=32, cells=16, blob=30, radius=0.3, bias=-2, density="exp", **GRID), seeded(1))
    for _ in range(2):
        field.after_step(0, 0.0, seeded())
    scene = successor(made(shape=1), field)
    assert torch.equal(scene.w2[:4], field.w2) and torch.equal(scene.table, field.table) and not scene.w2[4:].any()
    assert scene.material(torch.zeros(1, 3))[0, 1] < 0.2, "hardly a metal"


def test_a_material_takes_over_a_color_of_its_own_kind_and_not_the_other_way():
    before = made(seed=1, material="color", shape=1)
    with torch.no_grad():
        before.delta.sub_(0.4)
    scene = successor(made(seed=2), before)
    assert torch.equal(scene.w2[:4], before.w2) and torch.equal(scene.b2[4:], made().b2[4:])
    assert torch.equal(scene.surface()[0], before.surface()[0])
    with pytest.raises(ValueError, match="MESH takes over every parameter and needs as many; material is color and was pbr"):
        successor(made(material="color"), scene)


def test_lambertian_light_and_a_material_are_not_asked_for_together():
    with pytest.raises(ValueError, match="shaded: need 0 with material: pbr, whose pictures have light always, got 0.5"):
        mesh.Config(material="pbr", shaded=0.5)
