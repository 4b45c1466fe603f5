"""Mirror symmetry: found on solids that are known, kept by fields and meshes, and part of their state."""

import pytest
import torch

from renderers.mirror import Symmetry, even, surface, uneven
from renderers.scenes import mesh, nerf
from renderers.successor import successor

SMALL = {"levels": 4, "finest": 64, "log2_table": 10, "hidden": 8}


def density(parts):
    """1/metre, at points [N, 3], of balls (x, y, z, radius)."""
    def of(points):
        inside = torch.zeros(len(points), dtype=torch.bool)
        for *middle, radius in parts:
            inside |= (points - torch.tensor(middle)).norm(dim=-1) < radius
        return 100.0 * inside
    return of


BODY = (0.0, 0.0, 0.0, 0.2)
SOLIDS = {"ball": ([BODY], 0), "two ears": ([BODY, (0.2, 0.2, 0.05, 0.1), (-0.2, 0.2, 0.05, 0.1)], 0),
          "a handle": ([BODY, (0.3, 0.0, 0.0, 0.12)], 2), "a handle in front": ([BODY, (0.0, 0.0, 0.3, 0.12)], 0),
          "a handle aslant": ([BODY, (0.22, 0.0, 0.22, 0.12)], None)}


@pytest.mark.parametrize(("parts", "axis"), SOLIDS.values(), ids=SOLIDS)
def test_found(parts, axis):
    assert even(surface(density(parts), torch.device("cpu"))) == axis


def test_nothing_is_not_even():
    assert uneven(torch.zeros(50, 50, 50, dtype=torch.bool), 0) == 1


def test_a_small_difference_is_even():
    """Pictures of the two sides never agree to the pixel."""
    parts = [BODY, (0.2, 0.2, 0.05, 0.1), (-0.215, 0.21, 0.05, 0.1)]
    assert even(surface(density(parts), torch.device("cpu"))) == 0


def image(points, axis):
    mirrored = points.clone()
    mirrored[:, axis] *= -1
    return mirrored


@pytest.mark.parametrize(("mirror", "axis"), [("x", 0), ("z", 2)])
def test_a_field_is_its_image(mirror, axis):
    scene = nerf.Scene(nerf.Config(mirror=mirror, **SMALL), torch.Generator().manual_seed(0))
    scene.table.data.normal_(generator=torch.Generator().manual_seed(1))
    points = torch.rand(500, 3, generator=torch.Generator().manual_seed(2)) - 0.5
    other = image(points, axis)
    assert torch.equal(scene.color(points), scene.color(other)) and torch.equal(scene.density(points), scene.density(other))
    assert not torch.equal(scene.color(points), scene.color(image(points, 2 - axis)))


@pytest.mark.parametrize(("mirror", "axis"), [("x", 0), ("z", 2)])
def test_a_mesh_is_its_image(mirror, axis):
    scene = mesh.Scene(mesh.Config(cells=9, mirror=mirror, **SMALL), torch.Generator().manual_seed(0))
    rng = torch.Generator().manual_seed(1)
    for parameter in (scene.delta, scene.offset, scene.table):
        parameter.data.normal_(generator=rng)
    vertices, _ = scene.surface()
    assert torch.cdist(vertices.double(), image(vertices, axis).double()).min(1).values.max() < 1e-6
    assert torch.equal(scene.color(vertices), scene.color(image(vertices, axis)))


def test_a_fields_finding_goes_on_to_the_mesh():
    cfg = nerf.Config(mirror="auto", mirror_from=0.5, blob=30.0, bias=-10.0, **SMALL)
    before = nerf.Scene(cfg, torch.Generator().manual_seed(0))
    before.after_step(1, 0.4, torch.Generator())
    assert not before.symmetry.looked
    before.occupancy.refresh(lambda x: before.sigma(before.evaluate(x)[0]), 0.5, torch.Generator())
    before.after_step(1, 0.5, torch.Generator())
    assert before.symmetry.looked and before.symmetry.axis == 0
    for mirror, axis in (("auto", 0), ("none", None), ("z", 2)):
        after = mesh.Scene(mesh.Config(cells=9, mirror=mirror, **SMALL), torch.Generator().manual_seed(0))
        assert successor(after, before).symmetry.axis == axis


def test_part_of_the_state():
    found = Symmetry("auto")
    found.look(density([BODY, (0.3, 0.0, 0.0, 0.12)]), torch.device("cpu"))
    again, silent, said = Symmetry("auto"), Symmetry("none"), Symmetry("x")
    for one in (again, silent):
        one.load_state_dict(found.state_dict())
    assert (again.axis, again.looked, silent.axis) == (2, True, 2)
    with pytest.raises(ValueError, match="^mirror: what is its own image across z can go on as z, auto or none, got x$"):
        said.load_state_dict(found.state_dict())
    said.load_state_dict(Symmetry("none").state_dict())
    assert said.axis == 0


@pytest.mark.parametrize("kind", [nerf, mesh])
def test_what_follows_its_own_kind_keeps_the_half_that_was_not_learnt(kind):
    settings = SMALL | ({"cells": 9} if kind is mesh else {})
    before, after = (kind.Scene(kind.Config(mirror=mirror, **settings), torch.Generator().manual_seed(k))
                     for k, mirror in enumerate(("x", "none")))
    for parameter in before.parameters():
        parameter.data.normal_(generator=torch.Generator().manual_seed(2))
    points = torch.rand(500, 3, generator=torch.Generator().manual_seed(3)) - 0.5
    again = successor(kind.Scene(kind.Config(**settings), torch.Generator()), successor(after, before))     # as a resumed run
    assert torch.equal(again.color(points), before.color(points))
    if kind is mesh:
        assert torch.equal(again.surface()[0], before.surface()[0])
    else:
        assert torch.equal(again.density(points), before.density(points))


def test_a_mesh_of_both_sides_has_the_colors_of_a_mirrored_field_on_both():
    before = nerf.Scene(nerf.Config(mirror="x", blob=30, radius=0.3, bias=-2, **SMALL), torch.Generator().manual_seed(0))
    before.table.data[:] = 3 * torch.randn(before.table.shape, generator=torch.Generator().manual_seed(1))
    for _ in range(2):
        before.after_step(0, 0.0, torch.Generator().manual_seed(0))
    after = successor(mesh.Scene(mesh.Config(cells=16, **SMALL), torch.Generator().manual_seed(1)), before)
    points = after.surface()[0]
    away = (after.color(points) - before.color(points)).abs().mean(1)
    left, right = away[points[:, 0] < 0].mean(), away[points[:, 0] > 0].mean()
    assert after.symmetry.axis is None and left < 1.5 * right and left < 0.1


def test_a_state_from_before_there_were_mirrors():
    scene = nerf.Scene(nerf.Config(mirror="auto", **SMALL), torch.Generator().manual_seed(0))
    state = scene.state_dict()
    state = {name: value for name, value in state.items() if "symmetry" not in name}
    scene.load_state_dict(state)
    assert not scene.symmetry.looked


def test_flexicubes_have_no_mirror():
    with pytest.raises(ValueError, match="mirror: need 'none' with surface: flexicubes"):
        mesh.Config(mirror="auto", surface="flexicubes")
