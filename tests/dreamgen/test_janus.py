"""A thing with the same face on both sides is found out, one with a front is not."""

import json
from dataclasses import replace

import numpy as np
import pytest
import solids
from tiny import make_prior

from dreamgen.export.mesh import ARRAYS
from dreamgen.formats._npz import packed
from dreamgen.io import images
from dreamgen.tools import janus


def run(folder, mesh, prompt):
    folder.mkdir(parents=True)
    (folder / ARRAYS).write_bytes(packed(mesh))
    (folder / "run.json").write_text(json.dumps({"prompt": prompt, "seed": 3}))
    return folder


def test_the_same_face_twice_is_alike_and_two_faces_are_not(tmp_path):
    same = janus.look(run(tmp_path / "box", solids.box(), "a die"))                # all its faces show one picture
    face = np.full((32, 32, 3), 200, np.uint8)
    face[8:24, 12:20] = 0                                                           # in the middle of the front
    other = janus.look(run(tmp_path / "sphere", replace(solids.sphere(), texture=face), "a globe"))
    assert janus.twice(same) > 0.95 and janus.twice(other) < 0.85


def test_renders_are_counted_by_what_they_are_and_by_what_they_are_taken_for():
    verdicts = [janus.Verdict("a", "a chair", 0, ["front", "side", "back", "side"], 0.5),
                janus.Verdict("b", "a chair", 1, ["front", "front", "front", "side"], 0.9)]
    assert janus.confusion(verdicts).tolist() == [[2, 0, 0], [1, 3, 0], [1, 0, 1]]
    assert janus.table(verdicts).endswith("6 of 8 sides right\n")


def test_one_command_judges_all_finished_runs_in_a_folder(tmp_path, capsys):
    prior = make_prior(tmp_path / "prior")
    for name, mesh in (("one", solids.box()), ("deep/two", solids.sphere())):
        run(tmp_path / "runs" / name, mesh, "a chair")
    (tmp_path / "runs" / "unfinished").mkdir()
    words = [tmp_path / "runs", "--out", tmp_path / "out", "--prior", prior, "--device", "cpu"]
    assert janus.main([*map(str, words)]) == 0
    said, kept = capsys.readouterr().out, json.loads((tmp_path / "out" / "janus.json").read_text())
    assert said.count("a chair, seed 3") == 2 and "of 8 sides right" in said
    assert sorted(v["run"] for v in kept["runs"]) == ["one", "two"] and np.sum(kept["confusion"]) == 8
    sheet = images.read(tmp_path / "out" / "janus.png")
    assert sheet.shape[1] > 4 * 128 and sheet.min() < 100


@pytest.mark.parametrize("words, said", [
    (["--prior", "bundeld"], "did you mean 'bundled'?"), ([], "no finished run in it")])
def test_mistakes_are_one_sentence(tmp_path, capsys, words, said):
    if words:
        run(tmp_path / "runs", solids.box(), "a die")
    with pytest.raises(SystemExit) as stop:
        janus.main([str(tmp_path), "--out", str(tmp_path / "out"), *words])
    assert stop.value.code == 2 and said in capsys.readouterr().err
