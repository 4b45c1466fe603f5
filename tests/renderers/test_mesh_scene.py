"""The mesh scene: what it begins as, what its pictures give back, how it stays alive."""

import math
import warnings

import pytest
import torch

from renderers import surface_terms
from renderers.camera import ring
from renderers.ops.antialias import edges_of
from renderers.particles import Particles
from renderers.scene import Field, Following, Surfaced
from renderers.scenes import image, mesh, nerf
from renderers.successor import successor
from renderers.surface_terms import FIRST

GRID = dict(levels=3, base=4, finest=16, log2_table=8, hidden=8)
SMALL = dict(cells=16, **GRID)


def made(seed=0, **settings):
    return mesh.MESH(mesh.Config(**SMALL | settings), torch.Generator().manual_seed(seed))


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def adam(scene, lr=0.05):
    return torch.optim.Adam([{"params": g["params"], "lr": lr * g["lr"]} for g in scene.param_groups()], eps=1e-15)


def learn(scene, loss, steps, size=(32, 32)):
    optimizer = adam(scene)
    for step in range(steps):
        render = scene.render(ring(4, size, elevation_deg=step * 37 % 120 - 60, start_deg=step * 17), step / steps, seeded(step))
        optimizer.zero_grad()
        loss(render).backward()
        optimizer.step()
        scene.after_step(step, step / steps, seeded(step))


def test_it_begins_as_a_ball_whose_picture_is_a_balls():
    scene = made(radius=0.3)
    render = scene.render(ring(2, (64, 64)))
    seen = 64 / 2 / math.tan(math.radians(20)) * math.tan(math.asin(0.3 / 1.55))        # radius in pixels
    assert float(render.opacity.detach().sum((1, 2, 3)).mean()) == pytest.approx(math.pi * seen**2, rel=0.02)
    middle = render.depth[:, 31:33, 31:33].detach()
    assert torch.allclose(middle, torch.full_like(middle, 1.25), atol=0.01)
    towards = ring(2, (64, 64)).position / 1.55
    assert torch.allclose(render.normal[:, 32, 32].detach(), towards, atol=0.1)


def test_a_picture_keeps_the_conventions_of_a_render():
    scene = made()
    render = scene.render(ring(3, (40, 40)), 0.5, seeded())
    assert render.rgb.shape == (3, 40, 40, 3) and 0 <= render.opacity.min() and render.opacity.max() <= 1
    assert (render.premultiplied <= render.opacity + 1e-6).all() and (render.premultiplied >= 0).all()
    assert (render.depth[render.opacity == 0] == 0).all()
    between = (render.opacity > 0.02) & (render.opacity < 0.98)
    assert between.any() and (render.depth[between] > 1).all(), "a half seen edge is as far as the object"
    assert isinstance(scene, Surfaced) and isinstance(scene, Following) and not isinstance(scene, Field)


@pytest.mark.parametrize("want, surface", [(0.25, "tetrahedra"), (0.38, "tetrahedra"), (0.38, "flexicubes")])
def test_silhouettes_alone_move_the_surface_to_where_they_are(want, surface):
    """From a ball of 0.32 to a smaller or larger one, which is seen in its masks alone."""
    target = made(radius=want).render(ring(4, (32, 32))).opacity.detach()
    scene = made(radius=0.32, surface=surface)
    learn(scene, lambda render: (render.opacity - target).square().sum(), 110)
    radii = scene.surface()[0].norm(dim=-1)
    assert float(radii.mean()) == pytest.approx(want, abs=0.02)


def test_it_learns_a_color():
    scene = made()
    red = torch.tensor([0.9, 0.2, 0.1])
    learn(scene, lambda render: (render.premultiplied - red * render.opacity.detach()).square().mean(), 80)
    assert torch.allclose(scene.color(scene.surface()[0]).mean(0), red, atol=0.1)


def test_a_fixed_surface_stays_to_the_last_bit_and_has_no_regularizers():
    scene = made(shape=0)
    before = [part.clone() for part in scene.surface()]
    learn(scene, lambda render: render.opacity.sum() + render.premultiplied.sum(), 10)
    assert all(torch.equal(a, b) for a, b in zip(before, scene.surface(), strict=True))
    assert scene.regularizers(scene.render(ring(1, (16, 16)), 0.5, seeded())) == {}
    assert [group["name"] for group in scene.param_groups()] == ["table", "layers"]


@pytest.mark.parametrize("surface", ("tetrahedra", "flexicubes"))
def test_regularizers_are_as_large_as_the_guidance(surface):
    scene = made(surface=surface)
    scale = 37.0
    for _ in range(FIRST):
        (scale * scene.render(ring(2, (32, 32)), 0.0, seeded()).opacity.sum()).backward()
    render = scene.render(ring(2, (32, 32)), 0.0, seeded())
    terms = scene.regularizers(render)
    assert set(terms) == set(mesh.REGULARIZERS) - set(scene.cfg.lacks)
    guided, = torch.autograd.grad(scale * render.opacity.sum(), render.surface.vertices, retain_graph=True)
    for name in ("normal", "laplacian"):            # in the vertices; those of the distances by the other tests
        gradient, = torch.autograd.grad(terms[name], render.surface.vertices, retain_graph=True)
        assert float(gradient.norm()) == pytest.approx(float(guided.norm()), rel=0.05)


def test_terms_take_rows_so_that_threads_do_not_change_the_gradient():
    """The gradient of indexing (IndexBackward) is summed in any order, see ``tetrahedra.take``."""
    scene = made()
    s = scene.distance()
    surface = scene.surface_of(s)
    edges = edges_of(surface.faces)
    total = (surface_terms.normal(surface.vertices, edges) + surface_terms.laplacian(surface.vertices, edges)
             + surface_terms.sign(s, surface.ends) + surface_terms.vertex_normals(surface.vertices, surface.faces).sum())
    found = [total.grad_fn]
    for node in found:
        found += [before for before, _ in node.next_functions if before is not None and before not in found]
    assert "IndexSelectBackward0" in (names := {node.name() for node in found}) and "IndexBackward0" not in names


@pytest.mark.parametrize("surface", ("tetrahedra", "flexicubes"))
def test_renewal_leaves_the_surface_and_makes_true_distances(surface):
    """Five times, at nodes that have moved."""
    scene = made(radius=0.3, surface=surface)
    with torch.no_grad():
        scene.offset.copy_(torch.randn(scene.offset.shape, generator=seeded()))
        scene.start.copy_((scene.places().norm(dim=-1) - 0.3) * 16)
        scene.delta.add_(scene.start)               # twice the slope, the same surface
    before = scene.surface()[0]
    for _ in range(5):
        scene.renew(scene.distance().detach())
    near = scene.start.abs() < 0.9
    truth = (scene.places().norm(dim=-1) - 0.3) * 16
    assert (scene.surface()[0].norm(dim=-1) - before.norm(dim=-1)).abs().mean() * 16 < 0.03
    assert (scene.start - truth)[near].abs().mean() < 0.1 and not scene.delta.any()


def test_a_step_that_empties_it_is_undone_once_and_said():
    scene = made()
    scene.offset.data.normal_(generator=seeded())
    scene.render(ring(1, (16, 16)), 0.0, seeded())
    whole = scene.surface()
    with torch.no_grad():
        scene.delta.fill_(100)
    assert not len(scene.surface()[1])
    with pytest.warns(UserWarning, match="without a surface; the last one is back, and steps are half as long"):
        render = scene.render(ring(1, (16, 16)), 0.0, seeded())
    assert render.opacity.max() == 1 and all(torch.equal(a, b) for a, b in zip(scene.surface(), whole, strict=True))
    with torch.no_grad():
        scene.delta.fill_(1.0)
    assert torch.allclose((scene.distance() - scene.start)[~scene.border], torch.tensor(0.5)), "half as long"
    with torch.no_grad():
        scene.delta.fill_(1000)
    with warnings.catch_warnings(action="error"):
        empty = scene.render(ring(1, (16, 16)), 0.0, seeded())
    assert not empty.opacity.any()
    empty.rgb.sum().backward()                      # the loop's step goes on, and its health ends the run
    assert "vanished twice" in scene.failure_hints["empty"]


def begun(radius=0.3, red=False):
    """A field with a ball in it."""
    field = nerf.NERF(nerf.Config(samples=64, cells=32, blob=30, radius=radius, bias=-2, density="exp", **GRID), seeded(1))
    if red:
        with torch.no_grad():
            field.b2[1:] = torch.tensor([3.0, -3.0, -3.0])
    for _ in range(2):
        field.after_step(0, 0.0, seeded())
    return field


@pytest.mark.parametrize("surface", ("tetrahedra", "flexicubes"))
def test_it_follows_a_field_with_its_silhouettes_and_its_colors(surface):
    field = begun(red=True)
    scene = successor(made(cells=24, surface=surface), field)
    views = ring(6, (64, 64), start_deg=10)
    with torch.no_grad():
        ours, theirs = scene.render(views), field.render(views)
    a, b = ours.opacity > 0.5, theirs.opacity > mesh.THIN
    assert float((a & b).sum() / (a | b).sum()) > 0.95
    assert scene.color(torch.zeros(1, 3))[0, 0] > 0.9 and torch.equal(scene.table, field.table)
    corners, _ = scene.lattice.parts(scene.start)
    assert corners.diff(dim=0).abs().max() <= 1.1, "true distances, in edges of a cube"


def test_a_field_that_shows_nothing_leaves_the_ball_and_says_so():
    field = nerf.NERF(nerf.Config(samples=16, cells=8, blob=0, bias=-20, **GRID), seeded(1))
    with pytest.warns(UserWarning, match="the stage before shows nothing; the mesh begins as a ball of radius 0.35"):
        scene = successor(made(), field)
    assert torch.equal(scene.surface()[0], made().surface()[0])


def test_it_follows_a_mesh_of_its_own_kind_and_no_picture():
    old = made(seed=1)
    with torch.no_grad():
        old.delta.sub_(0.7)
    new = successor(made(seed=2, shape=0, picture="normal"), old)
    assert all(torch.equal(a, b) for a, b in zip(old.surface(), new.surface(), strict=True))
    with pytest.raises(ValueError, match="a mesh follows a field or a mesh, and IMAGE is neither"):
        successor(made(), image.IMAGE(image.Config(size=8), seeded()))
    with pytest.raises(ValueError, match="MESH takes over every parameter and needs as many; cells is 8 and was 16"):
        successor(made(cells=8), old)


def test_another_stage_has_whole_steps_and_a_guidance_of_its_own_and_a_resumed_one_has_not():
    old = made(seed=1)
    with torch.no_grad():
        old.delta.sub_(0.8)
        old.lost += 1
        old.guided.copy_(torch.tensor([20.0, 3.0]))
    new, resumed = successor(made(seed=2), old), made(seed=3)
    assert torch.equal(new.surface()[0], old.surface()[0])
    inside, before = ~new.border, new.distance().detach()
    new.delta.data.sub_(0.5)
    assert torch.allclose((before - new.distance())[inside], torch.tensor(0.5)) and new.guided.tolist() == [0, 0]
    resumed.load_state_dict(old.state_dict())
    assert resumed.lost == 1 and resumed.guided.tolist() == [20, 3]


def test_normals_are_a_picture_of_where_the_surface_looks():
    world, camera = (made(picture="normal", frame=frame).render(ring(4, (33, 33))).premultiplied[:, 16, 16].detach()
                     for frame in ("world", "camera"))
    assert torch.allclose(camera, torch.tensor([0.5, 0.5, 1.0]).expand(4, 3), atol=0.1)
    assert torch.allclose(world, (ring(4, (33, 33)).position / 1.55 + 1) / 2, atol=0.1)


@pytest.mark.parametrize("surface", ("tetrahedra", "flexicubes"))
def test_its_state_is_all_of_it(surface):
    """A scene that is loaded in the middle goes on to the same bits."""
    def loss(render):
        return (render.opacity * torch.linspace(-1, 1, 32)[:, None, None]).sum() + render.premultiplied.square().sum()

    one = made(surface=surface)
    learn(one, loss, 9)
    assert surface == "tetrahedra" or one.weights.any()
    two = made(seed=5, surface=surface)
    two.load_state_dict(one.state_dict())
    for scene in (one, two):
        scene.zero_grad()
        render = scene.render(ring(2, (32, 32)), 0.5, seeded(3))
        (loss(render) + 0.1 * sum(scene.regularizers(render).values())).backward()
    for (name, a), (_, b) in zip(one.named_parameters(), two.named_parameters(), strict=True):
        assert torch.equal(a.grad, b.grad), name


def test_particles_may_be_meshes():
    scene = Particles([made(seed=k) for k in range(2)])
    render = scene.render(ring(2, (16, 16)), 0.0, seeded())
    assert render.rgb.shape == (2, 16, 16, 3) and scene.regularizers(render) == {}


@pytest.mark.parametrize("wrong, said", [({"cells": 3}, "cells: need 4 to 128, got 3"), ({"shape": -1}, "shape: need >= 0"),
                                         ({"log2_table": 30}, "^log2_table: need 3 to 24, got 30"),
                                         ({"radius": 0}, "radius: need > 0"), ({"shaded": 2}, "shaded: need 0 to 1")])
def test_settings_out_of_range_are_told(wrong, said):
    with pytest.raises(ValueError, match=said):
        mesh.Config(**wrong)
