"""``dreamgen runs`` on folders as runs leave them."""

import json
import os

import pytest

from dreamgen.__main__ import main
from dreamgen.io import images
from dreamgen.recipes.load import dump, load

PROMPTS = ["a red apple", "a blue sofa", "a lamp: tall"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A finished run, one that was killed, one that has just begun, newest last; and a folder that is no run."""
    monkeypatch.chdir(tmp_path)
    for k, name in enumerate(("runs/one", "runs/two", "other/three")):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "recipe.yaml").write_text(f"prompt: '{PROMPTS[k]}'\n")
        os.utime(folder / "recipe.yaml", ns=(k, k))
    (tmp_path / "runs/one/run.json").write_text(json.dumps({"prompt": "a red apple", "metrics": {"agreement": 1}}))
    (tmp_path / "runs/one/index.html").touch()
    (tmp_path / "runs/two/run.json").write_text(json.dumps({"prompt": "a blue sofa", "metrics": {}}))
    (tmp_path / "runs/two/history.jsonl").write_text('{"stage": 0, "step": 180, "steps": 180}\n'
                                                     '{"stage": 1, "step": 25, "steps": 60}\n{"sta')
    (tmp_path / "runs/empty").mkdir()
    return tmp_path


def test_each_run_is_a_line_with_its_state_the_newest_first(here, capsys):
    assert main(["runs"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "other/three  begun, stopped  a lamp: tall", "runs/two  stage 2, step 25 of 60, stopped  a blue sofa",
        "runs/one  finished  a red apple"]


def test_of_one_folder_and_as_json(here, capsys):
    assert main(["runs", "--out", "runs", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows == [{"folder": "runs/two", "state": "stage 2, step 25 of 60, stopped", "prompt": "a blue sofa"},
                    {"folder": "runs/one", "state": "finished", "prompt": "a red apple"}]


def test_where_there_is_none_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["runs"]) == 0
    assert capsys.readouterr().out == "no run in the folders here; `dreamgen 3d` makes one\n"
    assert main(["runs", "--out", "gone"]) == 2 and "--out: no folder gone" in capsys.readouterr().err


def test_a_run_without_a_readable_recipe_is_listed_all_the_same(here, capsys):
    (here / "other/three/recipe.yaml").write_text("prompt: [\n")
    assert main(["runs", "--out", "other"]) == 0
    assert capsys.readouterr().out == "other/three  begun, stopped  ?\n"


def test_an_export_of_the_last_run_in_what_it_has_not_names_the_newest_one_that_has_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for k, (name, recipe) in enumerate({"model": "text-to-3d", "drawing": "text-to-svg"}.items()):
        folder = tmp_path / "runs" / name
        folder.mkdir(parents=True)
        (folder / "recipe.yaml").write_text(dump(load(recipe, ["prompt=a red apple"])))
        os.utime(folder / "recipe.yaml", ns=(k, k))
    assert main(["export", "last", "--to", "obj"]) == 2
    said = capsys.readouterr().err
    assert "the last run, runs/drawing, is a drawing (" in said and "`dreamgen export runs/model --to obj`" in said
    assert main(["export", "drawing", "--to", "obj"]) == 2 and "--to: no 'obj'; have" in capsys.readouterr().err
    assert main(["export", "last", "--to", "obj,svg"]) == 2 and "--to: no 'obj'" in capsys.readouterr().err


def test_an_export_leaves_a_drawing_within_its_bytes_alone_and_gives_other_formats_its_canvas(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "runs" / "drawing"
    folder.mkdir(parents=True)
    (folder / "recipe.yaml").write_text(dump(load("text-to-svg", ["prompt=a red apple", "export.bytes=300"])))
    kept = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path fill="#369" d="M8 8H56V56H8"/></svg>'
    (folder / "asset.svg").write_bytes(kept)
    assert main(["export", "last", "--to", "svg,pdf,png"]) == 0
    assert capsys.readouterr().out.split() == [f"runs/drawing/asset.{kind}" for kind in ("svg", "pdf", "png")]
    assert (folder / "asset.svg").read_bytes() == kept
    assert b"/MediaBox [ 0 0 384 384 ]" in (folder / "asset.pdf").read_bytes()          # 512 pixels in points
    square = images.decode_rgba((folder / "asset.png").read_bytes())[..., 3] > 127
    assert square.mean() == pytest.approx((48 / 96)**2, abs=0.01)
