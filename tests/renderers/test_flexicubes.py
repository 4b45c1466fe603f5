"""FlexiCubes: closed, outward and manifold whatever the numbers are; its gradients; near to bodies with sharp edges."""

import pytest
import torch

from renderers.distance import to_triangle
from renderers.flexicubes import ENDS, JOINED, PATCH, WEIGHTS, Cubes, dual, edges_of_face
from renderers.ops.antialias import edges_of
from renderers.tetrahedra import Lattice, march

CUBES = Cubes(16)
NODES = CUBES.positions()
PLAIN = torch.zeros(16**3, WEIGHTS)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def sphere(radius=0.3, at=(0.0, 0.0, 0.0), lattice=CUBES):
    return (lattice.positions() - torch.tensor(at)).norm(dim=-1) * lattice.n - radius * lattice.n


def closed(faces):
    """Whether each edge lies in two triangles, once in each direction."""
    directed = torch.cat([faces[:, [i, (i + 1) % 3]] for i in range(3)]).tolist()
    return len({tuple(e) for e in directed}) == len(directed) and {(b, a) for a, b in directed} == {(a, b) for a, b in directed}


def fans(faces, count):
    """[count] how many triangles a vertex has, and how many of them a walk around it from one of them meets."""
    after = {}
    for face in faces.tolist():
        for i in range(3):
            after[face[i], face[(i + 1) % 3]] = face[(i + 2) % 3]
    first = {}
    for a, b in after:
        first.setdefault(a, b)
    walked = torch.zeros(count, dtype=torch.long)
    for a, b in first.items():
        at = b
        while True:
            walked[a] += 1
            at = after[a, at]
            if at == b:
                break
    return torch.bincount(faces.flatten().long(), minlength=count), walked


def test_every_crossing_edge_is_in_a_patch_and_a_patch_is_one_polygon():
    """Around a patch two of its edges meet in each face that it passes: as many edges as faces, counted by both."""
    for rule in (0, 1):
        for case in range(256):
            inside = torch.tensor([case >> c & 1 for c in range(8)])
            assert torch.equal(PATCH[rule, case] >= 0, inside[ENDS[:, 0]] != inside[ENDS[:, 1]])
            names = PATCH[rule, case][PATCH[rule, case] >= 0].unique().tolist()
            assert names == list(range(len(names)))
            for name in names:
                shared = sum(int((PATCH[rule, case, edges_of_face(face)] == name).sum()) for face in range(6))
                assert shared == 2 * int((PATCH[rule, case] == name).sum()) and (PATCH[rule, case] == name).sum() >= 3


def test_the_second_rule_parts_what_the_first_one_joins():
    assert (JOINED >= 0).sum() == 36
    for case in (JOINED >= 0).nonzero()[:, 0].tolist():
        edges = edges_of_face(int(JOINED[case]))
        assert len(PATCH[0, case, edges].unique()) == 1 and len(PATCH[1, case, edges].unique()) == 2


@pytest.mark.parametrize("shape, handles", [
    (sphere(), 0), (torch.minimum(sphere(0.2, (-0.12, 0, 0)), sphere(0.2, (0.12, 0, 0))), 0),
    (((NODES[:, :2].norm(dim=-1) - 0.25).square() + NODES[:, 2].square()).sqrt() * 16 - 0.12 * 16, 1)])
def test_the_dual_surface_is_closed_outward_and_has_the_handles_of_the_body(shape, handles):
    found = dual(CUBES, shape, NODES, PLAIN)
    edges = edges_of(found.faces)
    assert closed(found.faces) and len(edges) * 2 == len(found.faces) * 3
    assert len(found.vertices) - len(edges) + len(found.faces) == 2 - 2 * handles
    a, b, c = found.vertices[found.faces.long()].double().unbind(1)
    assert (a * torch.linalg.cross(b, c)).sum() > 0
    assert torch.equal(shape[found.ends[:, 0]] > 0, shape[found.ends[:, 1]] <= 0), "ends are the two sides"


@pytest.mark.parametrize("seed", (0, 1))
def test_a_random_body_and_random_weights_are_a_manifold(seed):
    """Half of all ambiguous cases next to each other: no edge of four triangles, no vertex where two fans meet."""
    cubes = Cubes(10)
    s = torch.where(cubes.border(), 1.0, torch.randn(cubes.count, generator=seeded(seed)))
    found = dual(cubes, s, cubes.positions(), torch.randn(10**3, WEIGHTS, generator=seeded(seed + 9)))
    assert len(found.faces) > 3000 and closed(found.faces)
    triangles, walked = fans(found.faces, len(found.vertices))
    assert torch.equal(triangles, walked) and (triangles >= 3).all()


def test_nothing_inside_is_no_dual_surface():
    found = dual(CUBES, torch.ones(CUBES.count), NODES, PLAIN)
    assert found.faces.shape == (0, 3) and found.vertices.shape == (0, 3) and found.deviation == 0


def test_a_spheres_dual_surface_changes_as_the_sphere_does():
    cubes, grow = Cubes(32), torch.zeros((), requires_grad=True)
    found = dual(cubes, sphere(0.3, (0.01, 0.02, -0.01), cubes) - grow * 32, cubes.positions(), torch.zeros(32**3, WEIGHTS))
    a, b, c = found.vertices[found.faces.long()].unbind(1)
    whole = (a * torch.linalg.cross(b, c)).sum() / 6
    assert float(whole.detach()) == pytest.approx(4 / 3 * torch.pi * 0.3**3, rel=0.015), "a little smaller: means lie within"
    assert float(torch.autograd.grad(whole, grow)[0]) == pytest.approx(4 * torch.pi * 0.3**2, rel=0.02)


def test_gradients_are_those_of_finite_differences():
    cubes = Cubes(4)
    s = torch.where(cubes.border(), 1.0, torch.randn(cubes.count, generator=seeded(3))).double()
    s = s + s.sign() * 0.2                                      # no step of a difference changes which edges cross
    inputs = [s, cubes.positions().double(), torch.randn(4**3, WEIGHTS, generator=seeded(4)).double()]
    first = dual(cubes, *inputs)
    cotangent = torch.randn(first.vertices.shape, generator=seeded(5)).double()

    def value(*inputs):
        found = dual(cubes, *inputs)
        return (found.vertices * cotangent).sum() + found.deviation

    for tensor in inputs:
        tensor.requires_grad_()
    for k, gradient in enumerate(torch.autograd.grad(value(*inputs), inputs)):
        way = torch.randn(gradient.shape, generator=seeded(6 + k)).double()
        ahead, behind = (value(*[x.detach() + h * way if i == k else x.detach() for i, x in enumerate(inputs)])
                         for h in (1e-6, -1e-6))
        assert float((gradient * way).sum()) == pytest.approx(float(ahead - behind) / 2e-6, rel=1e-5)


def test_weights_pull_a_vertex_towards_a_crossing_and_stay_within_the_crossings():
    """beta of one edge up: the vertex goes there; alpha of a corner up: crossings leave it, as if it lay deeper."""
    cubes, s = Cubes(4), sphere(0.3, lattice=Cubes(4))
    plain = dual(cubes, s, cubes.positions(), torch.zeros(4**3, WEIGHTS))
    weights = torch.zeros(4**3, WEIGHTS)
    weights[:, 8:12] = 5                                        # along x
    pulled = dual(cubes, s, cubes.positions(), weights)
    assert torch.equal(plain.faces, pulled.faces)
    box = plain.vertices.abs().amax(), pulled.vertices.abs().amax()
    assert box[1] <= 0.3 + 1e-6 and not torch.allclose(plain.vertices, pulled.vertices, atol=1e-3)
    deeper = torch.zeros(4**3, WEIGHTS)
    deeper[:, 0] = 1                                            # of the corners that come first in their cubes
    assert not torch.allclose(dual(cubes, s, cubes.positions(), deeper).vertices, plain.vertices, atol=1e-3)


def test_equal_weights_deviate_least_on_regular_patches():
    weights = torch.randn(16**3, WEIGHTS, generator=seeded())
    assert 0 < dual(CUBES, sphere(), NODES, PLAIN).deviation < dual(CUBES, sphere(), NODES, weights).deviation


TURN, _ = torch.linalg.qr(torch.tensor([[1.0, 0.3, 0.2], [-0.2, 1.0, 0.5], [0.1, -0.4, 1.0]]))
HALF = 0.25                                                     # of a box's edge that is turned against the lattice


def off_box(points):
    """[N] signed distance of points [N, 3] to it."""
    outside = (points @ TURN).abs() - HALF
    return outside.clamp(min=0).norm(dim=-1) + outside.amax(-1).clamp(max=0)


def edge_error(surface_of, groups, steps=60):
    """Mean distance, in thousandths of a metre, from points of the box's edges to the surface, after its corners, middles of
    edges and centres were pulled to the box."""
    optimizer = torch.optim.Adam(groups)
    for _ in range(steps):
        corners = (mesh := surface_of()).vertices.index_select(0, mesh.faces.flatten().long()).view(-1, 3, 3)
        samples = torch.cat([mesh.vertices, corners.mean(1), (corners.roll(1, 1) + corners).flatten(0, 1) / 2])
        optimizer.zero_grad()
        off_box(samples).square().mean().backward()
        optimizer.step()
    along = torch.linspace(-HALF, HALF, 9)
    edges = torch.cat([torch.stack([along, torch.full_like(along, u), torch.full_like(along, v)], 1).roll(axis, 1)
                       for axis in range(3) for u in (-HALF, HALF) for v in (-HALF, HALF)]) @ TURN.T
    triangles = 1000 * mesh.vertices.detach()[mesh.faces.long()]
    return float(torch.stack([to_triangle(point.expand(len(triangles), 3), triangles).min() for point in 1000 * edges]).mean())


def test_a_turned_box_gets_sharper_edges_than_from_tetrahedra_of_as_many_nodes():
    """And with fewer triangles; fitted alike. As many unknowns and other bodies: benchmarks/surfaces.py."""
    error, triangles = {}, {}
    for grid in (Cubes(8), Lattice(7)):
        places = grid.positions()
        s, offset = (off_box(places) * grid.n).requires_grad_(), torch.zeros(grid.count, 3, requires_grad=True)
        weights = torch.zeros(grid.n**3, WEIGHTS, requires_grad=True)

        def surface(grid=grid, places=places, s=s, offset=offset, weights=weights):
            nodes = places + 0.3 / grid.n * offset.tanh()
            return dual(grid, s, nodes, weights) if isinstance(grid, Cubes) else march(grid, s, nodes)

        moved = [(s, 0.01), (offset, 0.03), *([(weights, 0.1)] if isinstance(grid, Cubes) else [])]
        error[type(grid)] = edge_error(surface, [{"params": [tensor], "lr": lr} for tensor, lr in moved])
        triangles[type(grid)] = len(surface().faces)
    assert triangles[Cubes] < 0.7 * triangles[Lattice] and error[Cubes] < 0.8 * error[Lattice], error
