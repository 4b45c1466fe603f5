"""From Python and from the command line, one call ends in an asset."""

import json

import numpy as np
import pytest

import dreamgen
from dreamgen import __main__
from dreamgen.export.mesh import load
from dreamgen.recipes import folders
from tests.tiny import make_prior

STAGE = {"scene": "{kind: nerf, levels: 3, finest: 32, log2_table: 9, hidden: 8, samples: 24, cells: 12}",
         "guidance": "{kind: sds, strength: 0.05}", "cameras": "{views: 2, size: 16}", "optim.steps": "12"}
SMALL = [*(f"stages.{i}.{key}={value}" for i in (0, 1) for key, value in STAGE.items()),
         "export={triangles: 300, texture: 64, resolution: 24, turntable: 0}"]


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


def test_generate_returns_what_it_left_on_disk(prior, tmp_path):
    asset = dreamgen.generate("a box", preset="draft", seed=3, prior=prior, out=tmp_path / "here", overrides=SMALL)
    assert asset.folder.parent == tmp_path / "here" and folders.recipe(asset.folder).seed == 3
    assert asset.files == [asset.folder / "asset.glb"] and asset.files[0].read_bytes()[:4] == b"glTF"
    assert asset.mesh.faces.shape == (asset.metrics["triangles"], 3)
    np.testing.assert_array_equal(asset.mesh.texture, load(asset.folder)[0].texture)
    assert asset.metrics == json.loads((asset.folder / "run.json").read_text())["metrics"]


def test_one_command_makes_an_asset_another_exports_it(prior, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert __main__.main(["3d", "a box", "--preset", "draft", "--prior", str(prior), *SMALL]) == 0
    said = capsys.readouterr()
    folder = folders.find("last")
    assert said.out.splitlines()[0] == str(folder) and "12/12" in said.err and (folder / "asset.glb").is_file()
    assert "stage 2 of 2" in said.err and said.err.endswith(f"{folder / 'index.html'} shows it in a browser\n")
    steps = json.loads((folder / "history.jsonl").read_text().splitlines()[-1])["seconds"]
    assert json.loads((folder / "run.json").read_text())["seconds"] > steps                 # the mesh takes its time, too
    assert __main__.main(["export", "a-box", "--to", "obj,.STL"]) == 0
    assert {"asset.obj", "asset.mtl", "asset.png", "asset.stl"} <= {path.name for path in folder.iterdir()}
    said = capsys.readouterr().out.splitlines()
    assert said == [str(folder / name) for name in ("asset.obj", "asset.png", "asset.mtl", "asset.stl")]
