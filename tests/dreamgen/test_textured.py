"""`dreamgen texture`: a file comes out where it went in, with its places; a bad one is a sentence; a kill changes nothing."""

import json
import struct
import warnings
from dataclasses import replace

import numpy as np
import pytest
import torch
from gltf_files import quad
from solids import box, quarters, sphere

import dreamgen
from dreamgen import __main__, formats, reading
from dreamgen.errors import ConfigError
from dreamgen.io import checkpoint
from dreamgen.meshing.fill import filled
from dreamgen.meshing.given import given
from dreamgen.recipes import folders
from dreamgen.recipes.load import load
from dreamgen.run import run
from renderers.assets import Material, Mesh, Model
from tests.guidance.pipelines import save
from tests.tiny import make_prior

SMALL = ["stages.0.scene.texels=32", "stages.0.optim.steps=6", "stages.0.cameras={views: 2, size: 16}", "export.turntable=0",
         "precision=float32", "previews=1", "checkpoint_seconds=0.000001", "reference.use=false"]


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


def file(folder, kind="glb", mesh=None):
    for name, data in formats.write(mesh or box(), [kind], "thing").items():
        (folder / name).write_bytes(data)
    return folder / f"thing.{kind}"


def recipe(path, prior, out, *words):
    return load("texture", ["prompt=a red box", f"prior={prior}", f"out={out}", f"stages.0.scene.mesh={path}", *SMALL, *words])


def corners(path) -> np.ndarray:
    """[F, 3, 3] float32 positions of a file's triangles, in its order."""
    return np.concatenate([piece.vertices[piece.faces] for piece in reading.read(path, plain=True)]).astype(np.float32)


def places(path) -> np.ndarray:
    return np.concatenate([piece.uv[piece.faces] for piece in reading.read(path, plain=True, materials=True)]).astype(np.float32)


@pytest.mark.parametrize("kind", ["glb", "obj", "ply", "stl"])
def test_a_file_comes_out_where_it_went_in(kind, prior, tmp_path):
    odd = replace(box(), vertices=box().vertices * np.float32([1e-3, 1, 30]) + np.float32([5, -2, 0.1]))
    path = file(tmp_path, kind, odd)
    folder = folders.create(recipe(path, prior, tmp_path / "runs", "export.formats=[glb, obj]"))
    for _ in run(folders.recipe(folder), folder):
        pass
    for name in ("asset.glb", "asset.obj"):
        assert np.array_equal(corners(folder / name), corners(path))
        if kind in ("glb", "obj"):
            assert np.abs(places(folder / name) - places(path)).max() < 1e-7
        [piece] = reading.read(folder / name)
        assert piece.texture.shape[:2] == (32, 32) and len(np.unique(piece.texture[..., :3].reshape(-1, 3), axis=0)) > 5
    record = json.loads((folder / "run.json").read_text())
    assert record["metrics"]["triangles"] == 12 and 0 < record["metrics"]["texels_shown"] <= 1
    assert {"contact.png", "index.html", "given.npz", "mesh.npz"} <= {each.name for each in folder.iterdir()}


def test_parts_keep_their_materials_normal_maps_and_places(prior, tmp_path):
    bumps = np.full((4, 4, 3), (128, 128, 255), np.uint8)
    one = Material(texture=quarters(), normal=bumps, name="seat")
    two = Material((0.5, 0.5, 0.5, 1.0), quarters(), 1.0, name="legs")
    mesh = replace(box(), texture=None, materials=(one, two), part=np.int32([0] * 8 + [1] * 4))
    folder = folders.create(recipe(file(tmp_path, mesh=mesh), prior, tmp_path / "runs"))
    for _ in run(folders.recipe(folder), folder):
        pass
    made = reading.mesh(reading.read(folder / "asset.glb", materials=True))
    assert [material.name for material in made.materials] == ["seat", "legs"]
    assert np.array_equal(made.materials[0].normal, bumps) and made.materials[1].metallic == 0
    assert np.array_equal(made.part, mesh.part) and np.array_equal(made.uv[made.faces], mesh.uv[mesh.faces])


def parameters(folder):
    return {name: tensor for name, tensor in checkpoint.read(folder / "checkpoints")[0].items()}


@pytest.mark.parametrize("maps", ["texels", "woven"])
def test_a_killed_run_goes_on_to_the_same_bits_though_its_file_is_gone(maps, prior, tmp_path):
    path = file(tmp_path, "stl")                    # without places: the atlas is part of what is kept
    whole, killed = (folders.create(recipe(path, prior, tmp_path / name, f"stages.0.scene.maps={maps}")) for name in "ab")
    for _ in run(folders.recipe(whole), whole):
        pass
    reports = run(folders.recipe(killed), killed)
    for report in reports:
        if report.note is None and report.step == 3:
            reports.close()
            break
    path.unlink()
    for _ in run(folders.recipe(killed), killed):
        pass
    ours, theirs = parameters(whole), parameters(killed)
    assert ours.keys() == theirs.keys() and all(torch.equal(ours[name], theirs[name]) for name in ours)
    assert (whole / "asset.glb").read_bytes() == (killed / "asset.glb").read_bytes()


def test_from_python_and_from_the_command_line(prior, tmp_path, capsys, monkeypatch):
    path = file(tmp_path)
    asset = dreamgen.texture_mesh(path, "a red box", prior=prior, out=tmp_path / "here", overrides=SMALL, front=90)
    assert isinstance(asset.mesh, Model) and asset.files == [asset.folder / "asset.glb"]
    assert folders.recipe(asset.folder).stages[0].scene.front_deg == 90
    monkeypatch.chdir(tmp_path)
    words = ["texture", "thing.glb", "a red box", "--prior", str(prior), "--up", "z", "--quiet", *SMALL]
    assert __main__.main(words) == 0
    folder = folders.find("last")
    assert folder.name in capsys.readouterr().out and folders.recipe(folder).stages[0].scene.up == "z"
    assert __main__.main(["export", "last", "--to", "obj,ply,stl,png"]) == 0
    assert np.array_equal(corners(folder / "asset.obj"), corners(path))


def test_it_runs_on_a_tiny_stable_diffusion(tmp_path, monkeypatch):
    """Two steps of the preset for priors over latents, through the encoder."""
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path / "cache"))
    save("sd15", tmp_path / "sd15")
    words = ["preset=latent", "stages.0.scene.texels=32", "stages.0.optim.steps=2", "stages.0.cameras={views: 1, size: 16}"]
    made = load("texture", ["prompt=a box", f"prior={tmp_path / 'sd15'}", f"out={tmp_path}", "precision=float32", "previews=0",
                            f"stages.0.scene.mesh={file(tmp_path)}", "export.turntable=0", *words])
    folder = folders.create(made)
    for _ in run(made, folder):
        pass
    assert (folder / "asset.glb").is_file()


# ---- what is given


def test_triangles_without_places_lie_in_one_atlas_and_none_covers_another(tmp_path):
    made = given(file(tmp_path, "stl", sphere()), True, 128)
    assert len(made.materials) == 1 and 0 <= made.uv.min() <= made.uv.max() <= 1
    a, b, c = made.uv[made.faces].transpose(1, 0, 2)
    area = 0.5 * np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    assert area.min() > 0 and 0.2 < area.sum() < 1
    charts = len(np.unique(made.uv[made.faces].reshape(-1, 2).round(5), axis=0))
    assert charts < 1.5 * len(sphere().vertices), "triangles that touch lie together: the file's soup has been welded"


def test_places_that_say_nothing_are_made_anew(tmp_path):
    plain = replace(box(), uv=np.zeros_like(box().uv))
    assert np.ptp(given(file(tmp_path, mesh=plain), True, 64).uv) > 0.5
    for keep in (True, False):
        made = given(file(tmp_path), keep, 64)
        assert np.array_equal(made.uv[made.faces], box().uv[box().faces]) == keep


def test_hard_edges_stay_hard_without_the_file_s_normals(tmp_path):
    path = tmp_path / "a.off"
    vertices = "\n".join(f"{x} {y} {z}" for x in (0, 1) for y in (0, 1) for z in (0, 1))
    path.write_text(f"OFF\n8 6 0\n{vertices}\n4 0 1 3 2\n4 4 6 7 5\n4 0 4 5 1\n4 2 3 7 6\n4 0 2 6 4\n4 1 5 7 3\n")
    made = given(path, True, 64)
    flat = np.cross(*(made.vertices[made.faces[:, k]] - made.vertices[made.faces[:, 0]] for k in (1, 2)))
    assert np.allclose(made.normals[made.faces], flat[:, None], atol=1e-5)


def fault(name: str, folder):
    """A bad file."""
    path = folder / f"{name}.glb"
    if name == "no_faces":
        path = folder / "a.obj"
        path.write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\n")
    elif name == "points":
        path = folder / "a.ply"
        path.write_text("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
                        "end_header\n0 0 0\n")
    elif name in ("nan", "huge", "point"):
        path = folder / "a.off"
        number = {"nan": "nan", "huge": "1e30", "point": "0"}[name]
        path.write_text(f"OFF\n3 1 0\n0 0 0\n{number} 0 0\n0 {number} 0\n3 0 1 2\n")
    elif name == "draco":
        built = quad()
        built.tree["extensionsRequired"] = ["KHR_draco_mesh_compression"]
        path.write_bytes(built.bytes())
    elif name == "empty":
        path.write_bytes(b"")
    elif name == "no_mesh":
        path.write_bytes(struct.pack("<4sIII4s", b"glTF", 2, 20 + 28, 28, b"JSON") + b'{"asset":{"version":"2.0"}} ')
    return path


@pytest.mark.parametrize("name, says", [
    ("no_faces", "no faces"), ("points", "no faces: it is a cloud of points"), ("nan", "a vertex is not finite"),
    ("huge", r"its coordinates reach 1e\+30, at most 1e\+18"), ("draco", "needs KHR_draco_mesh_compression, which is not read"),
    ("empty", "cannot be read"), ("no_mesh", "no faces")])
def test_a_file_that_cannot_be_textured_is_one_sentence(name, says, tmp_path):
    with pytest.raises(ConfigError, match=says) as error:
        given(fault(name, tmp_path), True, 64)
    assert "\n" not in str(error.value) and str(error.value).startswith(str(tmp_path))


def test_a_run_that_is_refused_leaves_no_folder(prior, tmp_path, capsys):
    words = ["texture", str(fault("point", tmp_path)), "a box", "--prior", str(prior), "--out", str(tmp_path / "runs"), *SMALL]
    assert __main__.main(words) == 2
    assert "scene.mesh: has no extent" in capsys.readouterr().err and not list((tmp_path / "runs").iterdir())
    assert __main__.main(["texture", str(tmp_path / "thing.glg"), "a box"]) == 2
    assert "no such file" in capsys.readouterr().err


def test_a_texture_that_cannot_be_read_is_not_needed(tmp_path):
    data = formats.write(box(), ["glb"])["asset.glb"]
    start = data.index(b"\x89PNG")
    (tmp_path / "a.glb").write_bytes(data[:start] + b"\0" * 40 + data[start + 40:])
    with pytest.warns(UserWarning, match="a.glb: its texture picture cannot be read and is left out"):
        made = given(tmp_path / "a.glb", True, 64)
    assert np.array_equal(made.uv[made.faces], box().uv[box().faces])


def test_three_hundred_parts_are_three_hundred_materials_or_one_atlas(tmp_path):
    many = [Material((k / 300, 0.5, 0.5, 1.0), name=f"part {k}") for k in range(300)]
    plain = box()
    mesh = Mesh(np.concatenate([plain.vertices + np.float32([k % 20, k // 20, 0]) for k in range(300)]),
                np.concatenate([plain.faces + 24 * k for k in range(300)]), np.tile(plain.normals, (300, 1)),
                np.tile(plain.uv, (300, 1)), materials=tuple(many), part=np.repeat(np.arange(300, dtype=np.int32), 12))
    kept = given(file(tmp_path, mesh=mesh), True, 64)
    assert len(kept.materials) == 300 and kept.materials[299].name == "part 299"
    joined = given(file(tmp_path, mesh=mesh), False, 64)
    assert len(joined.materials) == 1 and np.array_equal(joined.vertices[joined.faces], mesh.vertices[mesh.faces])


@pytest.mark.slow
def test_two_million_triangles_are_a_bounded_run(tmp_path, monkeypatch):
    monkeypatch.setattr("dreamgen.meshing.given.SECONDS", 30.0)
    n = 1000
    y, x = np.mgrid[:n + 1, :n + 1].astype(np.float32)
    a = (np.arange(n)[:, None] * (n + 1) + np.arange(n)).ravel()
    faces = np.concatenate([np.stack([a, a + n + 1, a + 1], 1), np.stack([a + 1, a + n + 1, a + n + 2], 1)]).astype(np.int32)
    vertices = np.stack([x.ravel(), y.ravel(), np.sin(x / 50).ravel()], 1)
    path = file(tmp_path, "stl", Mesh(vertices, faces, np.ones_like(vertices)))
    with pytest.warns(UserWarning, match="xatlas took more than 30 s; every triangle has a place of its own"):
        made = given(path, True, 512)
    assert len(made.faces) == 2_000_000


# ---- filling


def test_what_was_not_shown_takes_the_color_of_what_is_near_in_space():
    """A box painted by height on five sides, and nothing known of the sixth: red below, blue above."""
    mesh = replace(box((1.0, 1.0, 1.0)), texture=None, colors=None)
    sides = tuple(Material(name=str(k)) for k in range(6))
    mesh = replace(mesh, materials=sides, part=np.repeat(np.arange(6), 2).astype(np.int32))
    height = np.linspace(1, 0, 16)[:, None, None]
    by_height = np.rint(255 * np.concatenate([1 - height, 0 * height, height], 2)).astype(np.uint8).repeat(16, 1)
    pictures = [by_height, by_height, by_height, by_height, np.uint8([[[0, 0, 255]]]).repeat(16, 0).repeat(16, 1),
                np.uint8([[[255, 0, 0]]]).repeat(16, 0).repeat(16, 1)]
    shown = [np.ones((16, 16), bool) for _ in range(6)]
    pictures[0], shown[0] = np.zeros_like(by_height), np.zeros((16, 16), bool)
    worn = tuple(replace(material, texture=picture) for material, picture in zip(mesh.materials, pictures, strict=True))
    made, share = filled(replace(mesh, materials=worn), shown)
    error = np.abs(made.materials[0].texture.astype(int) - by_height)[:, [0, -1]]      # at the edges; further in, from further
    assert share == pytest.approx(5 / 6) and error.max() < 60 and error.mean() < 20
    assert all(np.array_equal(made.materials[k].texture, pictures[k]) for k in range(1, 6))


def test_colors_reach_over_the_border_of_a_chart():
    mesh = sphere()
    texture = np.zeros((32, 32, 3), np.uint8)
    texture[:, :16] = 200
    small = replace(mesh, uv=mesh.uv * np.float32([0.4, 1.0]) + np.float32([0.05, 0]), texture=texture)
    made, _ = filled(replace(small, texture=None, materials=(Material(texture=texture),)), [np.ones((32, 32), bool)])
    assert (made.materials[0].texture[:, 16:] == 200).all(), "no texel of the background is left to bleed in"


def test_nothing_shown_is_left_as_it_is():
    texture = np.full((8, 8, 3), 128, np.uint8)
    made, share = filled(replace(sphere(), texture=None, materials=(Material(texture=texture),)), [np.zeros((8, 8), bool)])
    assert share == 0 and np.array_equal(made.materials[0].texture, texture)


def test_no_warning_for_a_plain_file(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        given(file(tmp_path), True, 64)
