"""A prior of one's own, the whole way: a dozen model files, their pictures, a training, an asset."""

import json
from collections import Counter
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import trimesh
from shapes import CPU, TINY, make
from test_api import SMALL

from dreamgen import __main__
from dreamgen.export.mesh import load
from dreamgen.recipes import folders
from dreamgen.training import config, data
from dreamgen.training.train import train

COLORS = {"red": (200, 25, 20), "green": (20, 160, 40), "blue": (25, 45, 210)}
THINGS = {"ball": (trimesh.creation.icosphere, "glb"), "box": (trimesh.creation.box, "ply"),
          "rod": (lambda: trimesh.creation.capsule(2, 0.4), "obj"),
          "ring": (lambda: trimesh.creation.torus(1, 0.35), "glb")}


@pytest.fixture(scope="module")
def meshes(tmp_path_factory):
    """Twelve files, red_ball.glb to blue_ring.glb, and two that are no good."""
    folder = tmp_path_factory.mktemp("meshes")
    for color, rgb in COLORS.items():
        for thing, (shape, kind) in THINGS.items():
            mesh = shape()
            mesh.visual.vertex_colors = np.tile([*rgb, 255], (len(mesh.vertices), 1))
            if kind == "glb":           # vertex colors are linear there
                mesh.visual.vertex_colors = np.tile([*np.rint((np.array(rgb) / 255) ** 2.2 * 255), 255],
                                                    (len(mesh.vertices), 1)).astype(np.uint8)
            mesh.export(folder / f"{color}_{thing}.{kind}")
    (folder / "cut.glb").write_bytes((folder / "red_ball.glb").read_bytes()[:500])
    (folder / "empty.obj").write_text("")
    return folder


def said(capsys, *words) -> str:
    assert __main__.main([*map(str, words)]) == 0
    return capsys.readouterr().out.strip()


def test_a_folder_of_meshes_becomes_a_prior_that_a_run_takes(meshes, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config, "Config", partial(config.Config, fold=2, widths=(8, 16), mean_first=50))     # seconds
    assert said(capsys, "prior", "render", meshes, "--out", "set", "--views", 4, "--size", 16) == "set"
    assert Counter(row.name for row in data.load(tmp_path / "set", 16).rows) == {
        f"{color} {thing}": 4 for color in COLORS for thing in THINGS}
    (tmp_path / "set" / next((tmp_path / "set").rglob("*.webp"))).write_bytes(b"gone bad")
    assert said(capsys, "prior", "train", "set", "--out", "mine", "--size", 16, "--images", 16, "--batch", 8,
                "--device", "cpu") == "mine"
    assert (tmp_path / "mine" / "skipped.txt").read_text().endswith("not a picture\n")
    assert said(capsys, "prior", "words", "a crimson ball", "--prior", "mine", "--device", "cpu").count("\n") == 11
    said(capsys, "3d", "a red ball", "--preset", "draft", "--prior", "mine", *SMALL, "previews=1",
         "stages.0.optim.steps=6", "stages.1.optim.steps=6")
    folder = folders.find("last")
    assert json.loads((folder / "run.json").read_text())["metrics"]["triangles"] == len(load(folder)[0].faces) > 0


def test_a_picture_that_goes_bad_between_two_sessions_is_named_and_the_training_goes_on(tmp_path):
    folder, out = make(tmp_path / "set"), tmp_path / "out"
    list(train(folder, out, replace(TINY, images=8), CPU))
    (folder / "bush.png").write_bytes(b"gone bad")
    (folder / "chair60.png").unlink()
    with open(folder / "metadata.jsonl", "a") as file:
        file.write('{"file": "half a li')
    reports = list(train(folder, out, replace(TINY, images=24), CPU, resume=True))
    notes = " | ".join(report.note or "" for report in reports)
    for bad in ("bush.png: not a picture", "chair60.png: missing", "metadata.jsonl:6: not JSON"):
        assert f"skipped {bad}" in notes
    assert f"{folder} is not what {out} was trained on so far" in notes
    assert reports[-1].seen == 24 and np.isfinite(reports[-1].loss)


@pytest.mark.slow
def test_in_a_minute_the_prior_has_learnt_its_colors_and_the_asset_has_them(meshes, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config, "Config", partial(config.Config, fold=2, widths=(32, 64), warmup=20))
    said(capsys, "prior", "render", meshes, "--out", "set.zip", "--views", 12, "--size", 16)
    said(capsys, "prior", "train", "set.zip", "--out", "mine", "--size", 16, "--images", 1000, "--batch", 8,
         "--device", "cpu")
    for k, color in enumerate(COLORS):
        said(capsys, "3d", f"a {color} ball", "--preset", "draft", "--prior", "mine", "--seed", 1, *SMALL,
             "previews=1", "stages.0.optim.steps=40")
        texture = load(folders.find("last"))[0].texture.reshape(-1, 3).astype(float)
        assert int(texture.mean(0).argmax()) == k, (color, texture.mean(0))
