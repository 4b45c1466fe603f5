"""``dreamgen runs`` on folders as runs leave them."""

import json
import os

import pytest

from dreamgen.__main__ import main


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A finished run, one that was killed, one that has just begun, newest last; and a folder that is no run."""
    monkeypatch.chdir(tmp_path)
    for k, name in enumerate(("runs/one", "runs/two", "other/three")):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "recipe.yaml").write_text("prompt: x\n")
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
        "other/three  begun  ?", "runs/two  stage 2, step 25 of 60  a blue sofa", "runs/one  finished  a red apple"]


def test_of_one_folder_and_as_json(here, capsys):
    assert main(["runs", "--out", "runs", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows == [{"folder": "runs/two", "state": "stage 2, step 25 of 60", "prompt": "a blue sofa"},
                    {"folder": "runs/one", "state": "finished", "prompt": "a red apple"}]


def test_where_there_is_none_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["runs"]) == 0
    assert capsys.readouterr().out == "no run in the folders here; `dreamgen 3d` makes one\n"
    assert main(["runs", "--out", "gone"]) == 2 and "--out: no folder gone" in capsys.readouterr().err
