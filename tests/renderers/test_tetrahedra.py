"""Marching tetrahedra, distances and regularizers against bodies whose answers are known."""

import pytest
import torch

from renderers import surface_terms as terms
from renderers.distance import BAND, redistanced, to_triangle
from renderers.level import parted
from renderers.ops.antialias import edges_of
from renderers.tetrahedra import TABLE, Lattice, march
from tests.cases.antialias import ball

LATTICE = Lattice(16)
NODES = LATTICE.positions()


def sphere(radius=0.3, at=(0.0, 0.0, 0.0), lattice=LATTICE):
    return (lattice.positions() - torch.tensor(at)).norm(dim=-1) * lattice.n - radius * lattice.n


def volume(vertices, faces):
    a, b, c = vertices[faces.long()].double().unbind(1)
    return float((a * torch.linalg.cross(b, c)).sum() / 6)


def test_a_single_tetrahedron_is_cut_outward_in_all_sixteen_cases():
    """Every triangle's normal points from the inside corners to the outside ones; four corners out or in leave none."""
    corners = torch.tensor([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=torch.float64)        # positive
    for case in range(16):
        inside = torch.tensor([case >> i & 1 for i in range(4)], dtype=torch.bool)
        count = int((TABLE[case, :, 0, 0] >= 0).sum())
        assert count == min(int(inside.sum()), 4 - int(inside.sum()))
        for pairs in TABLE[case, :count]:
            assert (inside[pairs[:, 0]] != inside[pairs[:, 1]]).all()
            p = corners[pairs].mean(1)
            normal = torch.linalg.cross(p[1] - p[0], p[2] - p[0])
            assert normal @ (corners[~inside].mean(0) - corners[inside].mean(0)) > 0


def test_all_tetrahedra_are_positive_and_fill_the_inner_box():
    every = torch.cat([LATTICE.crossed(torch.arange(LATTICE.count) % 2 == k) for k in (0, 1)]).unique(dim=0)
    a, b, c, d = NODES[every].double().unbind(1)
    volumes = (torch.linalg.cross(b - a, c - a) * (d - a)).sum(-1) / 6
    assert (volumes > 0).all() and volumes.std() < 1e-9
    assert float(volumes[0]) == pytest.approx(1 / (12 * 16**3))


@pytest.mark.parametrize("shape, handles", [
    (sphere(), 0), (torch.minimum(sphere(0.2, (-0.12, 0, 0)), sphere(0.2, (0.12, 0, 0))), 0),
    (((NODES[:, :2].norm(dim=-1) - 0.25).square() + NODES[:, 2].square()).sqrt() * 16 - 0.12 * 16, 1)])
def test_the_surface_is_closed_outward_and_has_the_handles_of_the_body(shape, handles):
    found = march(LATTICE, shape, NODES)
    edges = edges_of(found.faces)
    assert (edges[:, 3] >= 0).all() and len(edges) * 2 == len(found.faces) * 3
    assert len(found.vertices) - len(edges) + len(found.faces) == 2 - 2 * handles
    assert volume(found.vertices, found.faces) > 0


def test_a_spheres_volume_and_its_change_with_the_radius_are_the_spheres():
    lattice = Lattice(32)
    grow = torch.zeros((), requires_grad=True)
    found = march(lattice, sphere(0.3, (0.01, 0.02, -0.01), lattice) - grow * 32, lattice.positions())
    a, b, c = found.vertices[found.faces.long()].unbind(1)
    whole = (a * torch.linalg.cross(b, c)).sum() / 6
    assert float(whole.detach()) == pytest.approx(4 / 3 * torch.pi * 0.3**3, rel=0.005)
    assert float(torch.autograd.grad(whole, grow)[0]) == pytest.approx(4 * torch.pi * 0.3**2, rel=0.01)


def test_a_random_body_within_the_border_is_closed():
    s = torch.randn(LATTICE.count, generator=torch.Generator().manual_seed(0))
    found = march(LATTICE, torch.where(LATTICE.border(), 1.0, s), NODES)
    directed = torch.cat([found.faces[:, [i, (i + 1) % 3]] for i in range(3)]).tolist()
    assert len(found.faces) > 10_000 and len({tuple(e) for e in directed}) == len(directed), "each way of an edge once"
    assert {(b, a) for a, b in directed} == {(a, b) for a, b in directed}


def test_nothing_inside_is_no_surface():
    found = march(LATTICE, torch.ones(LATTICE.count), NODES)
    assert found.faces.shape == (0, 3) and found.vertices.shape == (0, 3)


def test_distances_are_true_ones_near_the_surface_whatever_the_slope_was():
    s = sphere()
    found = march(LATTICE, s * (3 + torch.sin(40 * NODES[:, 0])), NODES)
    again = redistanced(LATTICE, s, found.vertices, found.faces, NODES)
    near = s.abs() < BAND
    assert (again - s)[near].abs().mean() < 0.03 and (again - s)[near].abs().max() < 0.25
    assert torch.equal(again > 0, s > 0) and again.abs().max() == BAND
    moved = march(LATTICE, again, NODES).vertices.norm(dim=-1) - 0.3
    assert moved.abs().mean() * 16 < 0.04 and moved.abs().max() * 16 < 0.12, "of a cube's edge"


def test_the_distance_to_a_triangle_is_to_its_plane_edge_or_corner():
    triangle = torch.tensor([[0.0, 0, 0], [2, 0, 0], [0, 2, 0]])
    points = torch.tensor([[0.5, 0.5, 0.7], [1.0, -3, 0], [-3, -4, 0], [2, 2, 0]])
    got = to_triangle(points, triangle.expand(4, 3, 3))
    assert torch.allclose(got, torch.tensor([0.7, 3, 5, 2**0.5]), atol=1e-5)
    sliver = torch.tensor([[[0.0, 0, 0], [1, 0, 0], [3, 0, 0]]])
    assert float(to_triangle(torch.tensor([[0.0, 1, 0]]), sliver)[0]) == pytest.approx(1)


def test_small_parts_are_left_out_and_large_ones_kept():
    s = torch.minimum(torch.minimum(sphere(0.2, (-0.15, 0, 0)), sphere(0.15, (0.25, 0, 0))), sphere(0.04, (0.25, 0.35, 0.35)))
    kept = parted(LATTICE, s)
    gone = (s <= 0) & (kept > 0)
    assert gone.any() and (NODES[gone] - torch.tensor([0.25, 0.35, 0.35])).norm(dim=-1).max() < 0.05
    assert torch.equal(kept[~gone] <= 0, (s <= 0)[~gone])


def test_smoothing_keeps_a_constant_inside_and_is_the_mean_of_the_other_kind():
    inner = ~LATTICE.border()
    assert torch.allclose(LATTICE.smoothed(torch.ones(LATTICE.count))[inner], torch.ones(int(inner.sum())))
    one = torch.zeros(LATTICE.count)
    one[LATTICE.corners + 8 * 256 + 8 * 16 + 8] = 1                 # a centre
    assert sorted(LATTICE.smoothed(one).unique().tolist()) == [0, 1 / 16, 1 / 2]


def test_a_plane_has_no_regularizers_and_a_rough_one_has():
    v, u = torch.meshgrid(torch.linspace(0, 1, 9), torch.linspace(0, 1, 9), indexing="ij")
    corner = (torch.arange(8)[:, None] * 9 + torch.arange(8)).reshape(-1, 1)
    faces = torch.cat([corner + torch.tensor([0, 10, 9]), corner + torch.tensor([0, 1, 10])])
    flat = torch.stack([u, v, torch.zeros(9, 9)], -1).view(-1, 3)
    rough = flat + torch.tensor([0, 0, 1.0]) * 0.05 * torch.rand(81, 1, generator=torch.Generator().manual_seed(0))
    edges = edges_of(faces)
    assert terms.normal(flat, edges) == pytest.approx(0, abs=1e-6) and terms.normal(rough, edges) > 0.01
    assert terms.laplacian(rough, edges) > terms.laplacian(flat, edges)
    normals = terms.vertex_normals(flat, faces)
    assert torch.allclose(normals.abs(), torch.tensor([0, 0, 1.0]).expand(81, 3))


def test_two_planes_at_a_right_angle_have_one_for_their_edge():
    points = torch.tensor([[0.0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]])
    assert float(terms.normal(points, edges_of(torch.tensor([[0, 1, 2], [1, 0, 3]])))) == pytest.approx(1)


def test_a_true_distance_has_no_eikonal_term_and_its_double_has_one():
    assert float(terms.eikonal(sphere(), LATTICE)) < 1e-3
    assert float(terms.eikonal(2 * sphere(), LATTICE)) == pytest.approx(1, abs=0.05)


def test_the_sign_term_falls_where_a_crossing_is_undone():
    s = torch.tensor([-0.2, 0.3])
    ends = torch.tensor([[0, 1]])
    assert terms.sign(torch.tensor([0.2, 0.3]), ends) < terms.sign(s, ends)


def test_a_relative_term_has_its_own_direction_and_the_length_that_was_asked():
    points, faces = ball(1)
    points = points.float().requires_grad_()
    value = terms.laplacian(points, edges_of(faces))
    own, = torch.autograd.grad(value, points, retain_graph=True)
    scaled, = torch.autograd.grad(0.5 * terms.relative(value, points, torch.tensor(3.0)), points)
    assert float(scaled.norm()) == pytest.approx(1.5, rel=1e-4)
    assert torch.nn.functional.cosine_similarity(own.flatten(), scaled.flatten(), dim=0) > 1 - 1e-5


def test_a_triangle_alone_has_no_bend():
    points = torch.rand(3, 3, dtype=torch.float64, requires_grad=True)
    value = terms.normal(points, edges_of(torch.tensor([[0, 1, 2]])))
    value.backward()
    assert value == 0 and not points.grad.any()
