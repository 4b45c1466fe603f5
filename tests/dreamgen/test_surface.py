"""From a field's optical depth to a closed surface of few triangles."""

import numpy as np
import pytest
import torch
import trimesh

from dreamgen.meshing.simplify import decimate, repair, smooth, without_floaters
from dreamgen.meshing.surface import Surface, extract, log_depth, volume
from dreamgen.meshing.threshold import choose_threshold, silhouette
from renderers.visibility_depth import DIRECTIONS, visibility_depth
from tests.dreamgen.fields import VIEWS, Solid, ball, grid, shell, sphere, tangle, torus


def surface_of(field: Solid, threshold: float = 0.5, resolution: int = 40) -> Surface:
    return extract(log_depth(visibility_depth(grid(field, resolution))), threshold)


def test_the_threshold_is_the_one_whose_silhouette_was_seen():
    """A ball of mist has any silhouette one likes; the masks say which."""
    class Mist(Solid):
        def density(self, p):
            return 60 * torch.exp(-(p.norm(dim=-1) / 0.15) ** 2)

    for radius in (0.2, 0.3):
        choice = choose_threshold(grid(Mist(sphere)), silhouette(*ball(4, radius), VIEWS), VIEWS)
        surface = extract(choice.log_depth, choice.threshold)
        assert choice.iou > 0.94
        assert np.linalg.norm(surface.vertices, axis=1).mean() == pytest.approx(radius, rel=0.04)


def test_a_voxel_is_as_deep_as_the_easiest_way_out():
    """The definition, ray by ray: half the voxel itself, all that lie before it, and half a step of emptiness."""
    density = np.random.default_rng(0).uniform(0, 50, (5, 5, 5)).astype(np.float32)
    depth = visibility_depth(density)
    for voxel in np.ndindex(5, 5, 5):
        ways = []
        for direction in DIRECTIONS:
            step, tau, place = np.linalg.norm(direction) / 5, -density[voxel] / 2, np.array(voxel)
            while (0 <= place).all() and (place < 5).all():
                tau += density[tuple(place)]
                place = place - direction
            ways.append(step * tau)
        assert depth[voxel] == pytest.approx(min(ways), rel=1e-5)


def test_depth_turns_with_the_field():
    density = np.random.default_rng(1).exponential(10, (6, 6, 6)).astype(np.float32)
    turned, depth = (array.transpose(2, 0, 1)[:, ::-1] for array in (density, visibility_depth(density)))
    assert np.allclose(visibility_depth(turned), depth, rtol=1e-5)


@pytest.mark.parametrize("threshold", [0.05, 0.5])
def test_the_surface_lies_where_the_optical_depth_is_the_threshold(threshold):
    """Uniform density: the depth under a box's face is density times distance."""
    field = Solid(lambda p: p.abs().amax(-1) - 0.3, peak=40)
    field.density = lambda p: 40.0 * (p.abs().amax(-1) < 0.3)
    surface = surface_of(field, threshold)
    middle = surface.vertices[(np.abs(surface.vertices[:, :2]) < 0.1).all(1) & (surface.vertices[:, 2] > 0)]
    assert len(middle) and np.abs(middle[:, 2] - (0.3 - threshold / 40)).max() < 0.5 / 40


def test_a_surface_closes_where_the_field_runs_out_of_the_box():
    surface = surface_of(Solid(lambda p: p[:, 0] - 0.1))
    assert volume(surface.vertices, surface.faces) == pytest.approx(0.6, rel=0.06)
    assert trimesh.Trimesh(surface.vertices, surface.faces).is_watertight
    assert np.abs(surface.vertices).max() < 0.5 + 0.5 / 40


def test_what_nobody_can_see_is_solid_and_a_hole_stays_a_hole():
    hollow, ringed = surface_of(Solid(shell)), surface_of(Solid(torus))
    radius = 0.386                      # where the optical depth is 1/2
    assert volume(hollow.vertices, hollow.faces) == pytest.approx(4 / 3 * np.pi * radius**3, rel=0.05)
    assert trimesh.Trimesh(hollow.vertices, hollow.faces).body_count == 1
    assert trimesh.Trimesh(ringed.vertices, ringed.faces).euler_number == 0


def test_a_sponge_behind_a_rough_veil_becomes_one_calm_surface():
    class Sponge(Solid):
        def density(self, p):
            holes = torch.sin(61 * p[:, 0] + 1) * torch.sin(53 * p[:, 1]) * torch.sin(67 * p[:, 2] + 2) > 0.1
            return 150.0 * (p.norm(dim=-1) + 0.03 * torch.sin(40 * p.prod(-1) * 20) < 0.35) * ~holes

    field = Sponge(sphere)
    plain = extract(np.log(np.maximum(grid(field, 64), 1e-3)), 20.0)
    choice = choose_threshold(grid(field, 64), field.render(VIEWS)[1][..., 0], VIEWS)
    shielded = extract(choice.log_depth, choice.threshold)
    rough, calm = (trimesh.Trimesh(s.vertices, s.faces) for s in (plain, shielded))
    assert choice.iou > 0.95 and choice.blur > 0 and calm.body_count == 1
    assert rough.area > 2 * calm.area and abs(rough.euler_number) > 20 * abs(calm.euler_number)


def test_smoothing_keeps_the_volume_and_calms_the_surface():
    rng = np.random.default_rng(0)
    ball = trimesh.creation.icosphere(4, radius=0.4)
    noisy = (ball.vertices + 0.004 * rng.normal(size=ball.vertices.shape)).astype(np.float32)
    calm = smooth(noisy, ball.faces)
    assert volume(calm, ball.faces) == pytest.approx(ball.volume, rel=0.01)
    assert np.linalg.norm(calm, axis=1).std() < 0.5 * np.linalg.norm(noisy, axis=1).std()


def test_decimating_a_rough_surface_leaves_it_closed():
    rng = torch.Generator().manual_seed(0)
    noise = torch.randn(1, 1, 20, 20, 20, generator=rng)
    bumps = torch.nn.functional.interpolate(noise, size=(64,) * 3, mode="trilinear")
    centres = (torch.arange(64) + 0.5) / 64 - 0.5
    distance = torch.cartesian_prod(centres, centres, centres).norm(dim=-1).view(64, 64, 64) - 0.33
    surface = extract(-(distance + 0.06 * bumps[0, 0]).numpy() * 50, 1.0)
    vertices, faces = decimate(surface.vertices, surface.faces, 2000)
    solid = trimesh.Trimesh(vertices, faces, process=False)
    assert len(faces) <= 2000 and solid.is_watertight and solid.is_winding_consistent
    assert solid.volume == pytest.approx(volume(surface.vertices, surface.faces), rel=0.02)


def test_two_boxes_that_share_an_edge_are_separated_there():
    cube = trimesh.creation.box((0.2, 0.2, 0.2))
    both = trimesh.util.concatenate([cube, cube.copy().apply_translation([0.2, 0.2, 0])])
    both.merge_vertices()
    assert len(both.vertices) == 14 and not both.is_watertight
    vertices, faces = repair(both.vertices.astype(np.float32), both.faces.astype(np.int32))
    apart = trimesh.Trimesh(vertices, faces, process=False)
    assert len(vertices) == 16 and len(faces) == 24 and apart.is_watertight


def test_a_tangle_keeps_to_the_budget():
    _, few = decimate(*tangle(400, 5000), 600)
    assert 0 < len(few) <= 600


def test_floaters_and_bubbles_are_left_out_and_counted_and_a_second_large_part_is_not():
    """Icospheres, far from each other or inside one another; a radius of 0.1 has 0.037 of the volume of one of 0.3."""
    ball = trimesh.creation.icosphere(2, 1.0)

    def parts(*of: tuple[float, float, bool]) -> tuple[np.ndarray, np.ndarray]:
        """(radius, x, inside out) each."""
        vertices = np.concatenate([ball.vertices * radius + [x, 0, 0] for radius, x, _ in of]).astype(np.float32)
        faces = np.concatenate([(ball.faces[:, ::-1] if turned else ball.faces) + len(ball.vertices) * k
                                for k, (_, _, turned) in enumerate(of)]).astype(np.int32)
        return vertices, faces

    vertices, faces = parts((0.3, 0.0, False), (0.1, 0.6, False), (0.02, 1.0, False), (0.01, -1.0, False), (0.1, 0.0, True))
    kept, dropped = without_floaters(vertices, faces)
    assert dropped == 3 and len(kept) == 2 * len(ball.faces)
    np.testing.assert_array_equal(kept, faces[:len(kept)])
    same, none = without_floaters(*parts((0.3, 0.0, False)))
    assert none == 0 and len(same) == len(ball.faces)
    inside_out, none = without_floaters(*parts((0.3, 0.0, True)))
    assert none == 0 and len(inside_out) == len(ball.faces), "what has no inside is left as it is"
