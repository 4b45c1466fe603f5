"""From Python and from the command line, one call ends in an asset."""

import json
import re
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest

import dreamgen
from dreamgen import __main__, api, errors
from dreamgen.export.mesh import load
from dreamgen.io import images
from dreamgen.recipes import folders
from dreamgen.recipes.load import load as load_recipe
from tests.tiny import make_prior

STAGE = {"scene": "{kind: nerf, levels: 3, finest: 32, log2_table: 9, hidden: 8, samples: 24, cells: 12}",
         "guidance": "{kind: sds, strength: 0.05}", "cameras": "{views: 2, size: 16}", "optim.steps": "12", "regularizers": "{}"}
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
    assert asset.mesh.title == "a box" and re.search(rb'"name": ?"a box"', asset.files[0].read_bytes())
    np.testing.assert_array_equal(asset.mesh.texture, load(asset.folder)[0].texture)
    assert asset.metrics == json.loads((asset.folder / "run.json").read_text())["metrics"]


def test_overrides_may_be_a_map_of_pythons_own_values():
    given = {"stages": {0: {"optim": {"steps": 800}}}, "export.formats": ["glb", "obj"], "prompts.view_words": False,
             "seed": 7, "reference": {"picture": Path("a b.png")}, "prompts.negative": "true"}
    assert list(api.settings(given)) == ["stages.0.optim.steps=800", 'export.formats=["glb", "obj"]',
                                         "prompts.view_words=false", "seed=7", "reference.picture=a b.png",
                                         "prompts.negative=true"]
    assert list(api.settings(["seed=7"])) == list(api.settings("seed=7")) == ["seed=7"]
    loaded = load_recipe("text-to-3d", ["prompt=x", *api.settings({"export.formats": ["glb", "obj"], "seed": 7})])
    assert (loaded.export.formats, loaded.seed) == (["glb", "obj"], 7)


@pytest.mark.parametrize("call, says", [
    (lambda: dreamgen.generate("a fox", preset="drft"), r"^generate: preset: no 'drft'"),
    (lambda: dreamgen.generate("a fox", image="no-fox.png"), "no-fox.png: no such file"),
    (lambda: dreamgen.generate("a fox", overrides={"stages.0.optim.stepz": 1}), "^generate: .* did you mean 'steps'"),
    (lambda: dreamgen.generate_svg("a fox", style="flatt"), r"^generate_svg: .*style: no 'flatt'"),
    (lambda: dreamgen.generate_svg("a fox", paths=0), "^paths: need 1 or more, got 0"),
])
def test_a_wrong_call_is_told_as_a_call(call, says):
    with pytest.raises(dreamgen.ConfigError, match=says):
        call()


def test_every_error_can_be_caught_by_its_name():
    kinds = {name: one for name, one in vars(errors).items() if isinstance(one, type)}
    ours = {name for name, one in kinds.items() if issubclass(one, errors.DreamgenError)}
    assert ours <= {*dreamgen.__all__}


def test_a_notebook_shows_the_result_and_repr_is_one_line(tmp_path):
    image = images.write(tmp_path / "contact.png", np.zeros((2, 2, 3)))
    asset = dreamgen.Asset(tmp_path, [tmp_path / "a<b.glb"], np.zeros(9), {"agreement": 1.0})
    shown = asset._repr_html_()
    assert b64encode(image.read_bytes()).decode() in shown and "a&lt;b.glb" in shown
    image.unlink()
    assert asset._repr_html_().endswith("a&lt;b.glb")
    vector = dreamgen.Vector(tmp_path, [tmp_path / "a.svg"], "<svg/>", np.zeros(9), {})
    assert vector._repr_svg_() == "<svg/>"
    for one in (asset, vector):
        assert "array" not in repr(one) and "agreement" not in repr(one) and str(tmp_path) in repr(one)


def test_one_command_makes_an_asset_another_exports_it(prior, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert __main__.main(["3d", "a box", "--preset", "draft", "--prior", str(prior), *SMALL]) == 0
    said = capsys.readouterr()
    folder = folders.find("last")
    assert said.out.splitlines()[0] == str(folder) and "12/12" in said.err and (folder / "asset.glb").is_file()
    assert "stage 2 of 2" in said.err and said.err.endswith(f"{folder / 'index.html'} shows it in a browser\n")
    steps = json.loads((folder / "history.jsonl").read_text().splitlines()[-1])["seconds"]
    assert json.loads((folder / "run.json").read_text())["seconds"] > steps             # the mesh takes its time
    assert __main__.main(["export", "a-box", "--to", "obj,.STL"]) == 0
    assert {"asset.obj", "asset.mtl", "asset.png", "asset.stl"} <= {path.name for path in folder.iterdir()}
    assert 'href="asset.stl"' in (folder / "index.html").read_text()
    captured = capsys.readouterr()
    assert "metres, a slicer takes them for millimetres; scale by 1000" in captured.err
    said = captured.out.splitlines()
    assert said == [str(folder / name) for name in ("asset.obj", "asset.mtl", "asset.png", "asset.stl")]
