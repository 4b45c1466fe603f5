"""Data sets as they are made: nothing twice, nothing lost to a kill, nobody uncredited, and what is bad is named."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
import trimesh
from gltf_files import quad
from PIL import Image
from test_cli import TRIAL, python

from dreamgen import __main__
from dreamgen.training import assemble, data, render
from dreamgen.training.album import Album
from dreamgen.training.models import name_of
from dreamgen.training.procedural import procedural

FEW = ("--views", "3", "--size", "16", "--samples", "1")


def block(path, color=(200, 40, 30, 255), size=(1, 1, 1)):
    mesh = trimesh.creation.box(size)
    mesh.visual.face_colors = color
    path.parent.mkdir(parents=True, exist_ok=True)
    mesh.export(path)


def command(*words) -> int:
    return __main__.main(["prior", *map(str, words)])


def rows(folder) -> list[dict]:
    return [json.loads(line) for line in (folder / "metadata.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def meshes(tmp_path):
    block(tmp_path / "in" / "red_block-01.ply")
    block(tmp_path / "in" / "more" / "BlueBlock.glb", (30, 40, 200, 255))
    block(tmp_path / "in" / "armchair" / "scene.ply")
    (tmp_path / "in" / "broken.glb").write_bytes(b"glTF")
    return tmp_path / "in"


def test_a_folder_of_meshes_becomes_data_that_a_training_reads(meshes, tmp_path, capsys):
    out = tmp_path / "out"
    assert command("render", meshes, "--out", out, "--creator", "Ann", "--licence", "CC0", *FEW) == 0
    said = capsys.readouterr()
    assert said.out == f"{out}\n" and "skipped in/broken.glb: cannot be read (no GLB file)" in said.err
    assert said.err.endswith("3 models drawn, 0 had been before, 1 skipped; 9 pictures in all\n")
    read = data.load(out, 16)
    assert not read.skipped and read.names == ["armchair", "blue block", "red block"] and len(read.rows) == 9
    assert {row.creator for row in read.rows} == {"Ann"} and len({row.object for row in read.rows}) == 3
    assert all(row.azimuth is not None for row in read.rows)
    red = read.pictures[[row.name == "red block" for row in read.rows]]
    assert (red[:, 0].amax((1, 2)) > 3 * red[:, 2].amax((1, 2))).all()
    assert "my models (CC0): Ann" in (out / "ATTRIBUTION.md").read_text()


def test_the_same_command_again_draws_only_what_has_changed(meshes, tmp_path, capsys):
    out = tmp_path / "out"
    for _ in range(2):
        assert command("render", meshes, "--out", out, *FEW) == 0
    assert "0 models drawn, 3 had been before" in capsys.readouterr().err
    before = rows(out)
    block(meshes / "red_block-01.ply", (0, 200, 0, 255), (1, 3, 1))
    block(meshes / "new.ply")
    assert command("render", meshes, "--out", out, *FEW) == 0
    assert "2 models drawn, 2 had been before" in capsys.readouterr().err
    after = rows(out)
    assert len(after) == 12 and len({row["file"] for row in after}) == 12
    assert {row["file"] for row in before} < {row["file"] for row in after}
    assert command("render", meshes, "--out", out, *FEW[2:], "--views", 1) == 0
    assert len(rows(out)) == len(list(out.rglob("*.webp"))) == 4                    # fewer views: no old ones remain


def test_a_stopped_rendering_goes_on_to_the_same_pictures(meshes, tmp_path, monkeypatch, capsys):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    assert command("render", meshes, "--out", whole, *FEW) == 0
    add = Album.add

    def killed(album, *args):
        if album.rows:
            raise KeyboardInterrupt
        add(album, *args)

    monkeypatch.setattr(Album, "add", killed)
    assert command("render", meshes, "--out", stopped, *FEW) == 130
    assert "the same command again goes on" in capsys.readouterr().err
    monkeypatch.undo()
    with open(stopped / "metadata.jsonl", "a") as file:
        file.write('{"file": "in/cut')                                              # killed in the middle of a line
    assert command("render", meshes, "--out", stopped, *FEW) == 0
    assert "2 models drawn, 1 had been before" in capsys.readouterr().err
    assert {path.relative_to(whole): path.read_bytes() for path in whole.rglob("*") if path.is_file()} == \
        {path.relative_to(stopped): path.read_bytes() for path in stopped.rglob("*") if path.is_file()}


def test_a_zip_holds_what_the_folder_would(meshes, tmp_path):
    assert command("render", meshes, "--out", tmp_path / "out", *FEW) == 0
    assert command("render", meshes, "--out", tmp_path / "out.zip", *FEW) == 0
    with ZipFile(tmp_path / "out.zip") as file:
        assert {name: file.read(name) for name in file.namelist()} == {
            path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
            for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert data.load(tmp_path / "out.zip", 16).digest() == data.load(tmp_path / "out", 16).digest()
    assert not (tmp_path / "out.partial").exists()


def test_names_come_from_the_user_from_the_file_or_from_its_folder(meshes, tmp_path):
    (tmp_path / "names.txt").write_text("red_block-01.ply = red  toy Brick\n\nmore/BlueBlock = pedestal\n")
    assert command("render", meshes, "--out", tmp_path / "a", "--names", tmp_path / "names.txt", *FEW) == 0
    assert data.load(tmp_path / "a", 16).names == ["armchair", "pedestal", "red toy brick"]
    assert command("render", meshes, "--out", tmp_path / "b", "--name", "brick", *FEW) == 0
    assert data.load(tmp_path / "b", 16).names == ["brick"]


@pytest.mark.parametrize("path, name", [
    ("chairs/garden_chair-02.glb", "garden chair"), ("red apple v3.obj", "red apple"), ("TeddyBear.obj", "teddy bear"),
    ("armchair/scene.gltf", "armchair"), ("x/Model01.obj", "x"), ("chair2.obj", "chair"), ("SUV.obj", "suv"),
    ("café_table.ply", "café table"), ("07.stl", ""), ("scene.glb", "")])
def test_a_file_says_its_name(path, name):
    assert name_of(Path(path)) == name


def test_a_model_without_a_name_is_skipped_and_a_set_of_nothing_refused(tmp_path, capsys):
    block(tmp_path / "07.ply")
    assert command("render", tmp_path / "07.ply", "--out", tmp_path / "out", *FEW) == 2
    assert "nothing to draw; the first of 1 reasons: 07.ply: its name says nothing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name_are_two_objects(tmp_path):
    for folder in ("a", "b"):
        block(tmp_path / folder / "cup.ply")
    both = tmp_path / "a" / "cup.ply", tmp_path / "b" / "cup.ply"
    assert command("render", *both, both[0], "--out", tmp_path / "out", *FEW) == 0
    assert {row["object"] for row in rows(tmp_path / "out")} == {"cup.ply", "cup.ply-2"}


def test_wrong_options_get_one_line_without_torch(tmp_path):
    block(tmp_path / "cup.ply")
    (tmp_path / "names.txt").write_text("cup.ply garden chair\n")
    (tmp_path / "old.zip").write_bytes(b"")
    (tmp_path / "x.tgz").write_bytes(b"")
    light = [
        ("render cup.ply", "required: --out"), ("render gone --out o", "gone: no such file or folder"),
        ("render cup.ply --out o --views 0", "--views: need 1 to"),
        ("render cup.ply --out o --size 9999", "--size: need"),
        ("render cup.ply --out o --up w", "--up: need x, y or z"),
        ("render cup.ply --out o --up z --front z", "--front: need an axis at a right angle"),
        ("render cup.ply --out o --names names.txt", "names.txt:1: need `chair_02.glb = garden chair`"),
        ("render cup.ply --out o --names no.txt", "cannot read no.txt"),
        ("render cup.ply --out o --nmae cup", "'--name'"),
        ("data --out o", "need --furniture, --emoji or --shapes"), ("data --out o --shapes -1", "--shapes: need 0"),
        ("data --out o --emoji x.tgz", "need both"), ("data --out o --furniture f.deb", "f.deb: no such file")]
    done = python("-c", TRIAL, cwd=tmp_path, stdin=json.dumps([["prior", *words.split()] for words, _ in light]))
    assert done.returncode == 0, done.stderr
    for (words, answer), (code, said, _, torch) in zip(light, json.loads(done.stdout), strict=True):
        assert code == 2 and said.count("\n") == 1 and answer in said and not torch, (words, code, said)
    assert not (tmp_path / "o").exists()


def test_wrong_files_get_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    block(tmp_path / "cup.ply")
    (tmp_path / "empty").mkdir()
    (tmp_path / "names.txt").write_text("cap.ply = cup\n")
    for name in ("old.zip", "x.tgz", "f.deb"):
        (tmp_path / name).write_bytes(b"no archive")
    for words, answer in [
            ("render empty --out o", "empty: no mesh in this folder; have .glb"),
            ("render cup.ply --out old.zip", "old.zip: exists; give another name"),
            ("render cup.ply --out o --names names.txt", "no mesh file is 'cap.ply'; did you mean 'cup.ply'?"),
            ("data --out o --furniture f.deb", "f.deb: not a whole .deb or .sh3f of furniture (no Debian package)"),
            ("data --out o --emoji x.tgz --emojibase x.tgz", "x.tgz: not a whole package of npm's")]:
        assert command(*words.split()) == 2, words
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and answer in said, said


def test_shapes_say_their_color(tmp_path):
    thing = next(procedural(1))
    assert thing.key == "shapes/armchair-00" and thing.row["colour"] and thing.row["licence"] == "Apache-2.0"
    assert thing.parts()[0].faces.shape[1] == 3


def test_a_bad_file_in_a_folder_is_named_and_the_others_are_drawn(tmp_path, capsys, monkeypatch):
    built, folder = quad(), tmp_path / "in"
    built.primitive["mode"] = 1                         # lines
    block(folder / "a good.ply")
    (folder / "b lines.glb").write_bytes(built.bytes())
    block(folder / "c good.ply", (30, 40, 200, 255))
    block(folder / "d odd.ply", (30, 40, 201, 255))
    drawn = render.draw

    def trips(parts, *rest):
        if (parts[0].colors == 201).any():
            raise IndexError("index 7 is out of bounds")
        return drawn(parts, *rest)

    monkeypatch.setattr(assemble, "draw", trips)
    assert command("render", folder, "--out", tmp_path / "out", *FEW) == 0
    said = capsys.readouterr().err
    assert "skipped in/b lines.glb: no faces: all is points, lines or wholly transparent\n" in said
    assert "skipped in/d odd.ply: cannot be drawn (IndexError: index 7 is out of bounds)\n" in said
    assert said.endswith("2 models drawn, 0 had been before, 2 skipped; 6 pictures in all\n")
    assert {row["name"] for row in rows(tmp_path / "out")} == {"a good", "c good"}


def test_a_model_of_another_folder_never_takes_the_place_of_one_of_the_same_name(tmp_path, capsys):
    colors = {"anna": (200, 40, 30, 255), "ben": (30, 40, 200, 255)}
    for who, color in colors.items():
        block(tmp_path / who / "chairs" / "chair.ply", color)
        assert command("render", tmp_path / who / "chairs", "--out", tmp_path / "out", *FEW) == 0
    read = data.load(tmp_path / "out", 16)
    assert [row.object for row in read.rows] == ["chairs/chair.ply"] * 3 + ["chairs/chair.ply-2"] * 3
    assert (read.pictures[:3, 0].amax((1, 2)) > read.pictures[:3, 2].amax((1, 2))).all(), "anna's is still there"
    assert (read.pictures[3:, 2].amax((1, 2)) > read.pictures[3:, 0].amax((1, 2))).all()
    block(tmp_path / "ben" / "chairs" / "chair.ply", (0, 200, 0, 255))                      # a change is ben's alone
    assert command("render", tmp_path / "ben" / "chairs", "--out", tmp_path / "out", *FEW) == 0
    assert {row["object"]: row["origin"] for row in rows(tmp_path / "out")} == {
        f"chairs/chair.ply{end}": str(tmp_path / who / "chairs" / "chair.ply") for who, end in (("anna", ""), ("ben", "-2"))}
    (tmp_path / "anna").rename(tmp_path / "annas")                                          # moved, and else unchanged
    capsys.readouterr()
    assert command("render", tmp_path / "annas" / "chairs", "--out", tmp_path / "out", *FEW) == 0
    assert "0 models drawn, 1 had been before" in capsys.readouterr().err and len(rows(tmp_path / "out")) == 6


def test_an_album_from_before_origins_were_kept_goes_on(tmp_path, capsys):
    for folder in ("a", "b"):
        block(tmp_path / folder / "cup.ply")
    out, both = tmp_path / "out", (tmp_path / "a" / "cup.ply", tmp_path / "b" / "cup.ply")
    assert command("render", *both, "--out", out, *FEW) == 0
    old = [{key: value for key, value in row.items() if key != "origin"} for row in rows(out)]
    (out / "metadata.jsonl").write_text("".join(json.dumps(row) + "\n" for row in old))
    capsys.readouterr()
    assert command("render", *reversed(both), "--out", out, *FEW) == 0
    assert "0 models drawn, 2 had been before" in capsys.readouterr().err and rows(out) == old
    block(both[0], (0, 200, 0, 255))
    assert command("render", *both, "--out", out, *FEW) == 0
    assert "1 models drawn, 1 had been before" in capsys.readouterr().err and len(rows(out)) == 6


def test_a_change_of_a_material_or_a_picture_makes_the_models_pictures_anew(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    block(folder / "lamp.obj")
    block(folder / "cup.obj")
    lamp = (folder / "lamp.obj").read_text().splitlines()
    named = [line for line in lamp if not line.startswith(("mtllib", "usemtl"))]
    (folder / "lamp.obj").write_text("\n".join(["mtllib lamp.mtl", "usemtl one", *named]))
    (folder / "lamp.mtl").write_text("newmtl one\nKd 0.8 0.1 0.1\n")

    def drawn() -> str:
        assert command("render", folder, "--out", out, *FEW) == 0
        return capsys.readouterr().err.split(",")[0]
    assert drawn() == "2 models drawn" and drawn() == "0 models drawn"
    (folder / "lamp.mtl").write_text("newmtl one\nKd 0.1 0.1 0.75\nmap_Kd maps/wood.png\n")
    (folder / "maps").mkdir()
    Image.new("RGB", (4, 4), (200, 30, 30)).save(folder / "maps" / "wood.png")
    assert drawn() == "1 models drawn"
    Image.new("RGB", (4, 4), (30, 30, 200)).save(folder / "maps" / "wood.png")
    (folder / "readme.txt").write_text("of no model")
    assert drawn() == "1 models drawn" and drawn() == "0 models drawn"
