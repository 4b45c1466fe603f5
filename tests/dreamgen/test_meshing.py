"""From fields whose shape and colour are formulas to textured meshes that look the same."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
import trimesh
from torch import Tensor

from dreamgen.meshing import EmptyMesh, draw, mesh_asset, unwrap
from dreamgen.meshing.bake import bake
from dreamgen.meshing.simplify import decimate, repair, smooth
from dreamgen.meshing.shield import DIRECTIONS, shield
from dreamgen.meshing.surface import Surface, extract, log_depth, normals, volume
from dreamgen.meshing.threshold import choose_threshold, iou, silhouette
from dreamgen.finish.mesh import Config as Export
from renderers.assets import Mesh
from renderers.camera import Camera, rays, ring
from renderers.ops.rasterize import rasterize
from tests.dreamgen.solids import BLUE, GREEN, RED, YELLOW, box

EXPORT = Export(triangles=3000, texture=256, resolution=48)
VIEWS = ring(6, (64, 64), elevation_deg=20)


def sphere(p):
    return p.norm(dim=-1) - 0.35


def torus(p):
    return torch.hypot(torch.hypot(p[:, 0], p[:, 2]) - 0.27, p[:, 1]) - 0.12


def blobs(p):
    """A large one and a floater."""
    large, small = ((p - torch.tensor(centre)).norm(dim=-1) for centre in ([-0.1, 0, 0], [0.4, 0.3, 0]))
    return torch.minimum(large - 0.3, small - 0.03)


def shell(p):
    return (p.norm(dim=-1) - 0.33).abs() - 0.05


@dataclass
class Solid:
    """Dense inside a signed distance, fading out over two centimetres; its colour is a smooth function of the place."""

    distance: Callable[[Tensor], Tensor]
    peak: float = 400.0

    def density(self, p: Tensor) -> Tensor:
        return self.peak * torch.sigmoid(-self.distance(p) / 0.005)

    def colour(self, p: Tensor) -> Tensor:
        return 0.5 + 0.4 * torch.sin(8 * p + torch.tensor([0.0, 1.0, 2.0]))

    def render(self, camera: Camera, samples: int = 160) -> tuple[Tensor, Tensor]:
        """Premultiplied colour [B, H, W, 3] and opacity [B, H, W, 1], by quadrature."""
        origin, direction = rays(camera)
        t = torch.linspace(0.85, 2.25, samples)
        T, colour = torch.ones(*origin.shape[:-1], 1), torch.zeros_like(origin)
        for step in t:
            p = (origin + direction * step).reshape(-1, 3)
            alpha = 1 - torch.exp(-self.density(p) * float(t[1] - t[0])).view_as(T)
            colour += T * alpha * self.colour(p).view_as(colour)
            T = T * (1 - alpha)
        return colour, 1 - T


class Nothing(Solid):
    def density(self, p: Tensor) -> Tensor:
        return torch.zeros(len(p))


def grid(field: Solid, resolution: int = 40) -> np.ndarray:
    centres = (torch.arange(resolution) + 0.5) / resolution - 0.5
    return field.density(torch.cartesian_prod(centres, centres, centres)).view((resolution,) * 3).numpy()


def surface_of(field: Solid, threshold: float = 0.5, resolution: int = 40) -> Surface:
    return extract(log_depth(shield(grid(field, resolution))), threshold)


def ball(subdivisions: int, radius: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    mesh = trimesh.creation.icosphere(subdivisions, radius=radius)
    return mesh.vertices.astype(np.float32), mesh.faces.astype(np.int32)


def tangle(vertices: int, faces: int) -> tuple[np.ndarray, np.ndarray]:
    """Random triangles between random points: most vertices and many edges belong to too many of them."""
    rng = np.random.default_rng(1)
    return (rng.uniform(-0.5, 0.5, (vertices, 3)).astype(np.float32),
            rng.integers(0, vertices, (faces, 3)).astype(np.int32))


def welded(mesh) -> trimesh.Trimesh:
    """The atlas's seams closed again."""
    result = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    result.merge_vertices(merge_tex=True, merge_norm=True)
    return result


@pytest.fixture(scope="module")
def made():
    """The torus as an asset: (field, mesh, report)."""
    field = Solid(torus)
    mesh, report = mesh_asset(field, VIEWS, field.render(VIEWS)[1], EXPORT)
    return field, mesh, report


@pytest.mark.parametrize("shape", [sphere, torus, blobs])
def test_the_mesh_has_the_silhouettes_of_the_field_is_closed_outward_and_within_its_budget(shape):
    field = Solid(shape)
    mesh, report = mesh_asset(field, VIEWS, field.render(VIEWS)[1], EXPORT)
    unseen = ring(5, (64, 64), elevation_deg=50, start_deg=31)
    agreement = iou(silhouette(mesh.vertices, mesh.faces, unseen), field.render(unseen)[1][..., 0] > 0.5)
    solid = welded(mesh)
    assert report.iou >= 0.95 and agreement >= 0.95
    assert solid.is_watertight and solid.is_winding_consistent and solid.volume > 0
    assert 0 < len(mesh.faces) == report.triangles <= EXPORT.triangles
    assert report.dropped == (shape is blobs) and solid.body_count == 1


def test_normals_are_unit_and_point_away_from_the_inside(made):
    _, mesh, _ = made
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)
    ring_centre = mesh.vertices * [1, 0, 1] * 0.27 / np.linalg.norm(mesh.vertices * [1, 0, 1], axis=1, keepdims=True)
    assert ((mesh.vertices - ring_centre) * mesh.normals).sum(1).min() > 0


def test_the_textured_mesh_looks_like_the_field_from_views_it_has_not_seen(made):
    field, mesh, _ = made
    camera = ring(4, (64, 64), elevation_deg=40, start_deg=20)
    colour, opacity = field.render(camera)
    picture = draw(mesh, camera)
    inside = ((opacity > 0.99) & (picture.opacity == 1))[..., 0]
    psnr = -10 * (picture.rgb - colour)[inside].square().mean().log10()
    assert psnr > 32, f"{psnr:.1f} dB"
    whole = -10 * (picture.rgb - (colour + 1 - opacity)).square().mean().log10()
    assert whole > 24, f"{whole:.1f} dB with the silhouettes"


def test_the_texture_has_no_background_and_its_gutters_the_nearest_charts_colour(made):
    _, mesh, report = made
    uv = torch.from_numpy(mesh.uv)[None]
    assert 0 <= mesh.uv.min() and mesh.uv.max() <= 1
    size = EXPORT.texture
    flat = torch.tensor([0.2, 0.4, 0.6])
    atlas = unwrap.Atlas(np.arange(len(mesh.uv)), mesh.faces, mesh.uv, report.gutter, report.unwrap)
    plain = bake(atlas, mesh.vertices, mesh.normals, size, lambda p, n: flat.expand(len(p), 3))
    assert (plain == (flat * 255).round().numpy()).all()
    drawn = rasterize(uv * size, torch.ones_like(uv[..., 0]), torch.from_numpy(mesh.faces), (size, size))
    inside = (drawn.face >= 0)[0]
    assert 0.3 < inside.float().mean() < 1
    inner = {tuple(c) for c in mesh.texture[inside.numpy()]}
    assert {tuple(c) for c in mesh.texture[~inside.numpy()]} <= inner


def test_the_same_field_gives_the_same_bytes(made):
    field, mesh, _ = made
    again, _ = mesh_asset(field, VIEWS, field.render(VIEWS)[1], EXPORT)
    for name in ("vertices", "faces", "normals", "uv", "texture"):
        assert getattr(again, name).tobytes() == getattr(mesh, name).tobytes(), name


def test_the_arrays_are_what_an_exporter_expects(made):
    _, mesh, report = made
    assert [a.dtype for a in (mesh.vertices, mesh.faces, mesh.normals, mesh.uv, mesh.texture)] == \
        [np.float32, np.int32, np.float32, np.float32, np.uint8]
    assert len(mesh.vertices) == len(mesh.normals) == len(mesh.uv) and mesh.texture.shape == (256, 256, 3)
    assert list(report.seconds) == ["density", "threshold", "surface", "unwrap", "bake"]


def test_an_empty_field_is_an_error():
    with pytest.raises(EmptyMesh, match="nothing lies deeper than 0 "):
        mesh_asset(Nothing(sphere), VIEWS, Solid(sphere).render(VIEWS)[1], EXPORT)


def test_a_field_that_no_view_sees_is_an_error():
    with pytest.raises(EmptyMesh, match="all 6 held-out views are empty"):
        mesh_asset(Solid(sphere), VIEWS, torch.full((6, 64, 64, 1), 0.3), EXPORT)


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
    depth = shield(density)
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
    turned, depth = (array.transpose(2, 0, 1)[:, ::-1] for array in (density, shield(density)))
    assert np.allclose(shield(turned), depth, rtol=1e-5)


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


def overlap_and_gap(atlas: unwrap.Atlas, size: int) -> tuple[float, float]:
    """Share of the triangles' area that others cover, and the least distance in px between texels of two charts."""
    uv, faces = torch.from_numpy(atlas.uv)[None], torch.from_numpy(atlas.faces)
    drawn = rasterize(uv * size, torch.ones_like(uv[..., 0]), faces, (size, size)).face[0].numpy()
    a, b, c = (atlas.uv[atlas.faces] * size).astype(float).transpose(1, 0, 2)
    area = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]).sum() / 2
    edges = np.concatenate([atlas.faces[:, :2], atlas.faces[:, 1:]])
    chart = trimesh.graph.connected_component_labels(edges, len(atlas.uv))
    where = np.where(drawn >= 0, chart[atlas.faces[:, 0]][drawn], -1)
    gap = np.inf
    for dy in range(12):
        for dx in range(-12, 13):
            one, other = where[dy:, max(dx, 0):size + min(dx, 0)], where[:size - dy, max(-dx, 0):size - max(dx, 0)]
            if ((one != other) & (one >= 0) & (other >= 0)).any():
                gap = min(gap, np.hypot(dx, dy))
    return 1 - (drawn >= 0).sum() / area, gap


@pytest.mark.parametrize(("method", "seconds"), [("xatlas", 60.0), ("grid", 0.001)])
def test_charts_do_not_overlap_and_are_a_gutter_apart(method, seconds):
    vertices, faces = ball(2)
    atlas = unwrap.unwrap(vertices, faces, 512, seconds=seconds)
    assert atlas.method == method and atlas.gutter >= 8
    assert (atlas.remap[atlas.faces] == faces).all() and atlas.uv.min() >= 0 and atlas.uv.max() <= 1
    overlap, gap = overlap_and_gap(atlas, 512)
    assert abs(overlap) < 0.02 and gap >= 8


def test_the_grids_gutter_narrows_before_its_triangles_vanish():
    _, faces = ball(4)
    atlas = unwrap.unwrap(ball(4)[0], faces, 256, seconds=0.001)
    uv = torch.from_numpy(atlas.uv)[None]
    drawn = rasterize(uv * 256, torch.ones_like(uv[..., 0]), torch.from_numpy(atlas.faces), (256, 256)).face
    assert len(faces) == 5120 and 0 < atlas.gutter < 8 and len(drawn.unique()) > 0.99 * len(faces)


@pytest.mark.parametrize(("worker", "reason"), [("import time\ntime.sleep(60)", "more than 0.5 s"),
                                                ("raise SystemExit('no such wheel')", "no such wheel"),
                                                ("import os\nos.abort()", "exit status"),
                                                ("print('not arrays')", "could not be used")])
def test_an_unwrap_that_hangs_or_dies_or_lies_is_replaced_and_told(worker, reason, tmp_path: Path, monkeypatch):
    (tmp_path / "worker.py").write_text(worker)
    monkeypatch.setattr(unwrap, "WORKER", tmp_path / "worker.py")
    start = time.monotonic()
    atlas = unwrap.unwrap(*ball(1), 128, seconds=0.5 if "sleep" in worker else 20.0)
    assert atlas.method == "grid" and reason in atlas.reason and time.monotonic() - start < 20


def test_a_noisy_tangle_is_unwrapped_within_its_time():
    start = time.monotonic()
    atlas = unwrap.unwrap(*decimate(*tangle(2000, 8000), 4000), 512, seconds=1.0)
    assert len(atlas.faces) > 0 and np.isfinite(atlas.uv).all() and time.monotonic() - start < 10


def test_a_texel_takes_what_lies_behind_a_thin_veil():
    """Red under a green mist of optical depth 0.1: mostly red; the surface alone would be green."""
    class Veiled(Solid):
        def density(self, p):
            r = p.norm(dim=-1)
            return torch.where(r < 0.3, 800.0, torch.where(r < 0.32, 5.0, 0.0))

        def colour(self, p):
            red = (p.norm(dim=-1, keepdim=True) < 0.3).float()
            return red * torch.tensor([1.0, 0, 0]) + (1 - red) * torch.tensor([0, 1.0, 0])

    field = Veiled(sphere)
    mesh, _ = mesh_asset(field, VIEWS, field.render(VIEWS)[1], EXPORT)
    assert mesh.texture[..., 0].mean() > 200 > 60 > mesh.texture[..., 1].mean()


def test_the_picture_of_a_mesh_puts_the_textures_top_left_where_uv_is_zero():
    picture = draw(box(), ring(1, (64, 64), elevation_deg=0))
    rgb = (picture.rgb[0] * 255).round().numpy()
    seen = [tuple(rgb[y, x].astype(int)) for y, x in ((28, 30), (28, 34), (36, 30), (36, 34))]
    assert seen == [RED, GREEN, BLUE, YELLOW]
    assert (rgb[0, 0] == 255).all() and picture.opacity[0, 0, 0] == 0 and picture.opacity[0, 32, 32] == 1


def test_a_mesh_without_colour_has_no_picture():
    vertices, faces = ball(1)
    with pytest.raises(ValueError, match="neither a texture nor vertex colours"):
        draw(Mesh(vertices, faces, normals(vertices, faces)), ring(1, (8, 8)))
