"""Gaussians begin from a file: of Gaussians as they are, of a mesh on its surface; what cannot be used is one sentence."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from clouds import ball
from solids import BLUE, GREEN, RED, YELLOW, box, quarters
from test_run_gaussians import recipe

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.formats import glb, ply
from dreamgen.reading.piece import CLAMP, MIRROR, REPEAT, Piece, Refused
from dreamgen.reading.scattered import scattered
from dreamgen.recipes.folders import create
from dreamgen.recipes.recipe import Stage, Start
from dreamgen.run import run
from dreamgen.state import initial
from dreamgen.state.from_file import to_front
from dreamgen.state.state import Work
from guidance import priors
from renderers.camera import orbit
from renderers.ops.splat import splat
from renderers.scenes import texture
from renderers.scenes.gaussians import GAUSSIANS, ROWS, Config
from renderers.scenes.image import IMAGE
from renderers.scenes.image import Config as Image
from renderers.scenes.mesh import MESH
from renderers.scenes.mesh import Config as Mesh
from renderers.splats import Y0, rotations
from tests.tiny import make_prior

SQUARE = Piece(np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]), np.array([[0, 1, 2], [0, 2, 3]]), (1.0, 1, 1, 1),
               uv=np.array([[0.0, 1], [1, 1], [1, 0], [0, 0]]), texture=quarters())
COUNT = 400


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def begun(file, scene=None, **start):
    """(the scene, what is noted) after a run has begun from ``file``."""
    scene = scene or GAUSSIANS(Config(count=COUNT, cap=3000), rng())
    work = SimpleNamespace(position=SimpleNamespace(started=False, seed=0), scene=scene, stage=Stage(scene.cfg), note=str,
                           recipe=SimpleNamespace(start=Start(file=str(file), **start)), keep_source=lambda: None,
                           save=lambda: None)
    notes = list(initial.start(work))
    assert work.position.started and list(initial.start(work)) == []
    return scene, notes


def write(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_points_have_the_color_of_their_texel_and_each_triangle_its_share():
    points, rgb = scattered([SQUARE, Piece(SQUARE.vertices[:3] * [[3, 1, 1]] + 5, np.array([[0, 1, 2]]), (0.2, 0.3, 0.4, 1))],
                            5000, rng())
    square = points[:, 0] < 2
    assert square.mean() == pytest.approx(1 / 2.5, abs=0.02)                # areas of 1 and 1.5
    assert np.allclose(rgb[~square], (0.2, 0.3, 0.4))
    right, top = points[square, 0] >= 0.5, points[square, 1] >= 0.5
    for x, y, ink in ((0, 1, RED), (1, 1, GREEN), (0, 0, BLUE), (1, 0, YELLOW)):
        here = (right == x) & (top == y)
        assert here.mean() == pytest.approx(0.25, abs=0.03) and np.allclose(rgb[square][here], np.array(ink) / 255)
    assert (points[square, :2].min(0) >= 0).all() and (points[square, :2].max(0) <= 1).all() and not points[square, 2].any()


@pytest.mark.parametrize("wrap, inks", [((REPEAT, CLAMP), (RED, GREEN, RED, GREEN)),
                                        ((MIRROR, CLAMP), (RED, GREEN, GREEN, RED))])
def test_places_beyond_the_picture_are_wrapped(wrap, inks):
    wide = replace(SQUARE, uv=SQUARE.uv * [2, 0] + [0, -0.5], wrap=wrap)        # the upper row, twice
    points, rgb = scattered([wide], 300, rng())
    assert np.allclose(rgb, np.array(inks)[(points[:, 0] * 4).astype(int)] / 255)


def test_there_are_no_points_in_holes_nor_of_what_has_no_surface():
    alpha = np.full((32, 32, 1), 255, np.uint8)
    alpha[:, :20] = 0
    points, _ = scattered([replace(SQUARE, texture=np.concatenate([quarters(), alpha], 2))], 300, rng())
    assert len(points) == 300 and points[:, 0].min() >= 20 / 32
    with pytest.raises(Refused, match="nearly all of its surface is holes of its textures"):
        scattered([replace(SQUARE, texture=np.concatenate([quarters(), 0 * alpha], 2))], 10, rng())
    with pytest.raises(Refused, match="its triangles have no area"):
        scattered([replace(SQUARE, vertices=SQUARE.vertices * [[1, 0, 0]])], 10, rng())


def test_gaussians_are_those_of_the_file_and_parameters_stay_the_same_objects(tmp_path):
    cloud = replace(ball(900), pixel=0.0)                   # without the filter that a file for viewers has
    scene = GAUSSIANS(Config(count=COUNT, cap=3000), rng())
    before = [getattr(scene, name) for name in ROWS]
    _, notes = begun(write(tmp_path / "a.ply", ply.write(cloud)["asset.ply"]), scene, fit=False)
    assert notes == ["begun from 900 Gaussians in a.ply"]
    assert all(getattr(scene, name) is one for name, one in zip(ROWS, before, strict=True))
    assert len(scene.pulled) == len(scene.views) == 900
    got = scene.splats()
    for name in ROWS:
        sign = np.sign((got.quaternions * cloud.quaternions).sum(1, keepdims=True)) if name == "quaternions" else 1
        np.testing.assert_allclose(getattr(got, name), getattr(cloud, name) * sign, atol=2e-5)


def test_an_object_is_brought_to_the_middle_and_to_a_diagonal_of_one(tmp_path):
    cloud = replace(ball(900), pixel=0.0)
    positions, log_scales = 7 * cloud.positions + np.float32([1, 2, 3]), cloud.log_scales + np.float32(np.log(7))
    far = replace(cloud, positions=positions, log_scales=log_scales)
    scene, _ = begun(write(tmp_path / "far.ply", ply.write(far)["asset.ply"]))
    there, _ = begun(write(tmp_path / "near.ply", ply.write(cloud)["asset.ply"]))
    low, high = np.quantile(scene.positions.detach().numpy(), (0.01, 0.99), axis=0)
    assert np.allclose(low, -high, atol=1e-5) and np.linalg.norm(high - low) == pytest.approx(1, abs=1e-5)
    for name in ("positions", "log_scales"):
        torch.testing.assert_close(getattr(scene, name), getattr(there, name), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("up", "xyz")
@pytest.mark.parametrize("front_deg", (0, 30, -90))
def test_the_axes_are_those_of_a_model_that_is_textured(up, front_deg):
    w, x, y, z = to_front(up, front_deg)
    assert np.allclose(rotations(np.array([[w, x, y, z]]))[0], texture.turned(up, front_deg), atol=1e-7)


def test_a_file_is_turned_upright_and_its_front_to_the_front(tmp_path):
    file = write(tmp_path / "up.glb", glb.write(box((0.2, 0.4, 0.6)))["asset.glb"])             # 0.6 along its z
    points = begun(file, up="z", front_deg=90.0)[0].positions.detach()
    extent = (points.amax(0) - points.amin(0)) * np.linalg.norm([0.2, 0.4, 0.6])
    assert extent.tolist() == pytest.approx([0.4, 0.6, 0.2], abs=0.03)

    cloud = ball(900)
    file = write(tmp_path / "up.ply", ply.write(cloud)["asset.ply"])
    plain, turned = begun(file)[0], begun(file, up="x")[0]
    x, y, z = plain.positions.detach().unbind(1)
    assert torch.allclose(turned.positions, torch.stack([-y, x, z], 1), atol=1e-5)
    ahead = orbit(*torch.tensor([[0.0], [0.0], [1.55], [0.7]]), (24, 24))
    there, here = (splat(*it.appearance(), ahead).rgb for it in (plain, turned))
    assert torch.allclose(here, there.rot90(1, (1, 2)), atol=1e-3)          # seen along z: a quarter turn of the picture


def test_axes_of_no_file_and_of_a_drawing_are_refused():
    with pytest.raises(ValueError, match="up: need y without a file, whose axes it tells, got z"):
        Start(up="z")
    with pytest.raises(ValueError, match="front_deg: need 0 without a file, whose axes it tells, got 90"):
        Start(front_deg=90)


def test_a_mesh_is_covered_with_its_colors(tmp_path):
    mesh = box((0.2, 0.4, 0.6))
    scene, notes = begun(write(tmp_path / "box.glb", glb.write(mesh)["asset.glb"]))
    assert notes == ["begun from 400 points of the mesh in box.glb"] and len(scene.positions) == COUNT
    half = np.array([0.2, 0.4, 0.6]) / np.linalg.norm([0.2, 0.4, 0.6]) / 2
    points, rgb = scene.positions.detach().numpy(), (0.5 + Y0 * scene.colors.detach().numpy()) * 255
    assert (np.abs(points) <= half + 1e-5).all() and (np.abs(np.abs(points) - half).min(1) < 1e-5).all()
    off = np.abs(rgb[:, None] - np.array([RED, GREEN, BLUE, YELLOW])).max(2).min(1)
    assert (off < 1).all() and torch.allclose(scene.opacity_logits.sigmoid(), torch.tensor(0.8))


@pytest.mark.parametrize("name, data, said", [
    ("no.ply", None, r"start.file: .*no.ply: cannot be read \(No such file or directory\)"),
    ("a.jpg", b"", r"a.jpg: neither Gaussians nor a mesh; have .ply, .splat, .spz, .glb, .gltf, .obj, .stl, .off"),
    ("a.splat", b"x" * 31, r"a.splat: .+"), ("a.obj", b"v 0 0 0\n", r"a.obj: no faces"),
    ("a.ply", b"ply\n", r"a.ply: as Gaussians: .+; as a mesh: .+"),
    ("a.off", b"OFF\n3 1 0\n1 1 1\n1 1 1\n1 1 1\n3 0 1 2\n", r"a.off: its triangles have no area"),
    ("many.ply", ply.write(ball(3001))["asset.ply"], r"many.ply: 3,001 Gaussians; raise scene.cap, which is 3,000")])
def test_what_cannot_be_begun_from_is_said_in_one_sentence(name, data, said, tmp_path):
    if data is not None:
        write(tmp_path / name, data)
    with pytest.raises(ConfigError, match=said) as error:
        begun(tmp_path / name)
    assert "\n" not in str(error.value)


def test_a_scene_that_is_no_gaussians_and_a_start_of_two_kinds_are_refused(tmp_path):
    with pytest.raises(ConfigError, match="start.file: need none for image, which cannot begin from a model, got a.ply"):
        begun("a.ply", IMAGE(Image(size=8), rng()))
    with pytest.raises(ValueError, match="pictures: need 0 with a file, got 2"):
        Start(file="a.ply", pictures=2)


def test_a_run_goes_on_from_its_checkpoint_without_the_file(tmp_path):
    prior = make_prior(tmp_path / "prior")
    file = write(tmp_path / "a.ply", ply.write(ball(70))["asset.ply"])
    made = recipe(tmp_path, prior)
    made = replace(made, stages=made.stages[1:], start=Start(file=str(file)))
    folder = create(made)
    for report in (reports := run(made, folder)):
        if report.step == 1:
            reports.close()
            break
    file.unlink()
    work = Work(made, folder, priors.load(str(prior), "cpu", "float32"))
    assert work.position.started and work.position.step == 1 and len(work.scene.positions) == 70
    assert list(initial.start(work)) == []


def test_a_mesh_scene_begins_as_what_a_mesh_encloses_upright_and_in_its_colors(tmp_path):
    """A box of 0.2 x 0.4 x 0.6 whose z is up: fitted to a diagonal of 1, its longest side is y."""
    file = write(tmp_path / "box.glb", glb.write(box((0.2, 0.4, 0.6)))["asset.glb"])
    small = Mesh(cells=20, levels=4, finest=32, log2_table=10, hidden=8)
    scene, notes = begun(file, MESH(small, rng()), up="z")
    assert notes == ["begun from what the mesh encloses in box.glb"]
    vertices, faces = scene.surface()
    extent = (vertices.amax(0) - vertices.amin(0)) * np.linalg.norm([0.2, 0.4, 0.6])
    assert extent.tolist() == pytest.approx([0.2, 0.6, 0.4], abs=0.03) and len(faces) > 500
    off = (scene.color(vertices)[:, None] * 255 - torch.tensor([RED, GREEN, BLUE, YELLOW])).abs().amax(2).amin(1)
    assert off.median() < 60, "near one of its colors"


def test_what_a_file_lacks_is_noted(tmp_path):
    """A box as OBJ, without its library: for points of it, and for what it encloses."""
    data = formats.write(box(), ["obj"])["asset.obj"]
    lacks = "; asset.mtl, which it needs, is missing; its material "
    small = Mesh(cells=20, levels=4, finest=32, log2_table=10, hidden=8)
    for scene in (None, MESH(small, rng())):
        [note] = begun(write(tmp_path / "asset.obj", data), scene)[1]
        assert note.startswith("begun from ") and lacks in note and note.endswith(" is not in asset.mtl")


@pytest.mark.parametrize("name, data, said", [
    ("sheet.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "sheet.obj: encloses nothing: its surface is open, or thinner than"),
    ("a.ply", ply.write(ball(70))["asset.ply"], "a.ply: Gaussians, and mesh begins from a mesh")])
def test_what_a_mesh_scene_cannot_begin_from_is_said_in_one_sentence(name, data, said, tmp_path):
    with pytest.raises(ConfigError, match=said):
        begun(write(tmp_path / name, data), MESH(Mesh(cells=8, levels=3, finest=16, log2_table=8, hidden=8), rng()))
