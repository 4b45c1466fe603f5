"""From fields whose shape and color are formulas to textured meshes that look the same."""

import numpy as np
import pytest
import torch
import trimesh

from dreamgen.errors import EmptyMesh
from dreamgen.export.mesh import Config as Export
from dreamgen.meshing import draw, mesh_asset, unwrap
from dreamgen.meshing.bake import bake
from dreamgen.meshing.surface import normals
from dreamgen.meshing.threshold import iou, silhouette
from renderers.assets import Mesh
from renderers.camera import ring
from renderers.ops.rasterize import rasterize
from tests.dreamgen.fields import VIEWS, Nothing, Solid, ball, blobs, sphere, torus
from tests.dreamgen.solids import BLUE, GREEN, RED, YELLOW, box

EXPORT = Export(triangles=3000, texture=256, resolution=48)


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
    color, opacity = field.render(camera)
    picture = draw(mesh, camera)
    inside = ((opacity > 0.99) & (picture.opacity == 1))[..., 0]
    psnr = -10 * (picture.rgb - color)[inside].square().mean().log10()
    assert psnr > 32, f"{psnr:.1f} dB"
    whole = -10 * (picture.rgb - (color + 1 - opacity)).square().mean().log10()
    assert whole > 24, f"{whole:.1f} dB with the silhouettes"


def test_the_texture_has_no_background_and_its_gutters_the_nearest_charts_color(made):
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


def test_a_texel_takes_what_lies_behind_a_thin_veil():
    """Red under a green mist of optical depth 0.1: mostly red; the surface alone would be green."""
    class Veiled(Solid):
        def density(self, p):
            r = p.norm(dim=-1)
            return torch.where(r < 0.3, 800.0, torch.where(r < 0.32, 5.0, 0.0))

        def color(self, p):
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


def test_a_mesh_without_color_has_no_picture():
    vertices, faces = ball(1)
    with pytest.raises(ValueError, match="neither materials, a texture nor vertex colors"):
        draw(Mesh(vertices, faces, normals(vertices, faces)), ring(1, (8, 8)))
