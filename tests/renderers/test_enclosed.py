"""What a model encloses: the sides of its surface, holes, overlaps, sheets; and the mesh scenes that begin as it."""

import pytest
import torch

from renderers.distance import BAND
from renderers.enclosed import cut, ellipsoid, enclosed
from renderers.flexicubes import Cubes
from renderers.scenes import mesh
from renderers.tetrahedra import Lattice
from tests.cases.antialias import ball

SIZES = torch.tensor([0.61, 0.43, 0.52])
CORNERS = torch.tensor([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]) * SIZES
BOX = CORNERS[torch.tensor([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6], [0, 2, 6],
                            [0, 6, 4], [1, 5, 7], [1, 7, 3]])]              # [12, 3, 3]


def off_box(points):
    outside = points.abs() - SIZES / 2
    return outside.clamp(min=0).norm(dim=-1) + outside.amax(-1).clamp(max=0)


@pytest.mark.parametrize("lattice", [Lattice(20), Cubes(20)])
def test_twelve_large_triangles_give_the_boxes_distances_at_every_node(lattice):
    truth = off_box(lattice.positions()) * 20
    got = enclosed(lattice, BOX)
    sure = truth.abs() > 1e-4
    assert torch.equal((got > 0)[sure], (truth > 0)[sure])
    assert torch.allclose(got.abs(), truth.abs().clamp(max=BAND), atol=2e-3)


def test_holes_are_closed_overlaps_are_joined_and_the_winding_may_be_wrong():
    cubes = Cubes(20)
    whole = enclosed(cubes, BOX) <= 0
    assert torch.equal(enclosed(cubes, BOX[2:]) <= 0, whole), "without one side"
    assert torch.equal(enclosed(cubes, BOX.flip(1)) <= 0, whole), "inside out"
    other = BOX * 0.5 + torch.tensor([0.2, 0.1, 0.0])
    both = enclosed(cubes, torch.cat([BOX, other])) <= 0
    assert torch.equal(both, whole | (enclosed(cubes, other) <= 0)), "two that overlap"
    assert not (enclosed(cubes, BOX[:2]) <= 0).any(), "a sheet encloses nothing"


def test_a_ball_of_small_triangles_has_a_balls_distances():
    points, faces = ball(4)
    points = 0.3 * torch.nn.functional.normalize(points, dim=-1).float()
    lattice = Lattice(24)
    truth = (lattice.positions().norm(dim=-1) - 0.3) * 24
    got, near = enclosed(lattice, points[faces.long()]), truth.abs() < 0.9
    assert (got - truth)[near].abs().max() < 0.05


def test_cut_triangles_are_small_and_cover_the_same_area_and_too_many_are_refused(monkeypatch):
    small = cut(BOX.double() * 20)
    area = torch.linalg.cross(small[:, 1] - small[:, 0], small[:, 2] - small[:, 0]).norm(dim=-1).sum() / 2 / 400
    assert (small - small.roll(1, 1)).norm(dim=-1).max() <= 1
    assert float(area) == pytest.approx(2 * (0.61 * 0.43 + 0.43 * 0.52 + 0.61 * 0.52))
    monkeypatch.setattr("renderers.enclosed.MOST", 1000)
    with pytest.raises(ValueError, match="its triangles, cut to the size of scene.cells' cubes, are more than 1,000"):
        cut(BOX.double() * 128)


def test_an_ellipsoids_distance_is_true_at_its_ends_and_is_a_balls_of_a_ball():
    axes = torch.tensor([0.1, 0.3, 0.2])
    at = axes.diag()
    step = 1e-4 * torch.eye(3)
    assert ellipsoid(at, axes).abs().max() < 1e-6
    assert torch.allclose(ellipsoid(at + step, axes) / 1e-4, torch.ones(3), atol=0.01)
    points = torch.randn(50, 3, generator=torch.Generator().manual_seed(0))
    points[0] = 0
    assert torch.allclose(ellipsoid(points, torch.full((3,), 0.3)), points.norm(dim=-1) - 0.3, atol=1e-5)


def made(**settings):
    grid = dict(levels=4, base=4, finest=32, log2_table=10, hidden=8)
    return mesh.MESH(mesh.Config(cells=20, **grid, **settings), torch.Generator().manual_seed(0))


def test_a_scene_begins_as_an_ellipsoid():
    low, high = made(radius=0.2, stretch=(1, 2, 1.5)).surface()[0].aminmax(dim=0)
    assert torch.allclose(high, torch.tensor([0.2, 0.4, 0.3]), atol=0.005) and torch.allclose(low, -high, atol=1e-4)
    with pytest.raises(ValueError, match=r"stretch: need > 0, and with radius = 0.2 less than 0.5 m, got \[1, 3, 1\]"):
        mesh.Config(radius=0.2, stretch=(1, 3, 1))


@pytest.mark.parametrize("surface", ("tetrahedra", "flexicubes"))
def test_a_scene_begins_as_the_box_with_its_colors(surface):
    scene = made(surface=surface)
    rng = torch.Generator().manual_seed(1)
    points = (BOX[torch.arange(12).repeat_interleave(100)] * torch.rand(1200, 3, 1, generator=rng).softmax(1)).sum(1)
    rgb = torch.where(points[:, :1] > 0, torch.tensor([0.9, 0.1, 0.1]), torch.tensor([0.1, 0.2, 0.8]))
    assert scene.enclose(BOX, points, rgb) == 0
    vertices, faces = scene.surface()
    assert off_box(vertices).abs().mean() * 20 < 0.12 and len(faces) > 1000, "of a cube's edge"
    side = vertices[vertices[:, 0].abs() > 0.1]
    wanted = torch.where(side[:, :1] > 0, torch.tensor([0.9, 0.1, 0.1]), torch.tensor([0.1, 0.2, 0.8]))
    assert (scene.color(side) - wanted).abs().mean() < 0.1


def test_what_is_too_thin_is_told_and_what_encloses_nothing_or_lies_outside_is_refused():
    points, rgb = BOX.mean(1), torch.full((12, 3), 0.5)
    sheet = torch.tensor([[[-0.45, 0.33, -0.45], [0.45, 0.33, -0.45], [0.45, 0.33, 0.45]]])
    lost = made().enclose(torch.cat([BOX, sheet]), points, rgb)
    assert 0.15 < lost < 0.6, "of the area: 0.4 of 2 square metres"
    with pytest.raises(ValueError, match="encloses nothing: its surface is open, or thinner than a cube of scene.cells = 20"):
        made().enclose(sheet, points, rgb)
    with pytest.raises(ValueError, match="reaches 0.61 m from the middle along an axis, and the box ends at 0.5"):
        made().enclose(BOX * 2, points, rgb)
