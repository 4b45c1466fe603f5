"""Pictures drawn into plain arrays: whole parts or none, the same from one process or two, one variant held out."""

import json
import os
import shutil
import signal
from dataclasses import replace

import numpy as np
import pytest
from shapes import CPU, TINY

from dreamgen.__main__ import main
from dreamgen.errors import ConfigError, RunError
from dreamgen.io import checkpoint
from dreamgen.training import procedural, raw, shapes
from dreamgen.training.look import Look
from dreamgen.training.raw import load, write
from dreamgen.training.render import draw
from dreamgen.training.train import train

LOOK = Look(views=4, size=16, samples=1)
NAMES = ("ball", "barrel", "vase")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Two designs of three shapes; tests leave it alone."""
    folder = tmp_path_factory.mktemp("raw") / "pictures"
    assert write(folder, 2, LOOK, names=NAMES) == 24
    return folder


def files(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_drawn_is_read_with_its_rows(drawn):
    data, held = load(drawn, 16), load(drawn, 16, held=True)
    assert data.pictures.shape == held.pictures.shape == (12, 4, 16, 16) and data.names == held.names == [*NAMES]
    assert {row.object for row in data.rows} == {f"{name}-1" for name in NAMES}
    assert {row.object for row in held.rows} == {f"{name}-0" for name in NAMES}         # another variant of each
    assert (data.pictures[:, :3] <= data.pictures[:, 3:]).all()                         # premultiplied
    assert all(row.creator == procedural.CREATOR and row.licence == procedural.LICENCE for row in data.rows)
    assert len({row.file for row in [*data.rows, *held.rows]}) == 24
    assert data.digest() == load(drawn, 16).digest() != held.digest()


def test_a_picture_is_the_shape_from_the_angles_of_its_row(drawn):
    data = load(drawn, 16)
    for k in (0, 5, 11):
        row = data.rows[k]
        name, variant = row.object.rsplit("-", 1)
        shape = shapes.make(name, np.random.default_rng([LOOK.seed, int(variant), *name.encode()]), int(variant))
        (image,) = draw(shape.parts, [row.azimuth], [row.elevation], 16, samples=1)
        straight = image.astype(int)
        straight[..., :3] = np.rint(straight[..., :3] * (straight[..., 3:] / 255))
        assert np.abs(straight.transpose(2, 0, 1) - data.pictures[k].numpy()).max() <= 1
        assert row.colour == shape.color and row.name == name


def test_words_choose_the_shapes_and_how_they_are_said(drawn):
    data = load(drawn, 16, {"vase": "flower vase"})
    assert data.names == ["vase"] and data.spoken == {"vase": "flower vase"} and len(data.rows) == 4
    whole = load(drawn, 16)
    assert [row.file for row in data.rows] == [row.file for row in whole.rows if row.name == "vase"]
    assert (data.pictures == whole.pictures[[row.name == "vase" for row in whole.rows]]).all()
    assert data.digest() != whole.digest()


def test_a_drawing_that_was_stopped_goes_on_to_the_same_files(drawn, tmp_path, monkeypatch):
    """Killed within the second part, after its pictures and before its rows."""
    real, parts = raw.atomic.save, []

    def killed(data, folder):
        if "part" in next(iter(data)):
            parts.append(data)
            if len(parts) == 2:
                raise KeyboardInterrupt
        return real(data, folder)

    monkeypatch.setattr(raw.atomic, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a", 2, LOOK, names=NAMES)
    monkeypatch.undo()
    assert raw.count(tmp_path / "a") == 12
    before = os.stat(tmp_path / "a" / "part-0000-00.npy").st_mtime_ns
    assert write(tmp_path / "a", 2, LOOK, names=NAMES) == 24
    assert files(tmp_path / "a") == files(drawn)
    assert os.stat(tmp_path / "a" / "part-0000-00.npy").st_mtime_ns == before               # not drawn again


def test_more_designs_are_added_and_the_old_ones_stay(drawn, tmp_path):
    write(tmp_path / "a", 1, LOOK, names=NAMES)
    with pytest.raises(ConfigError, match="no usable picture"):
        load(tmp_path / "a", 16)                                                            # all of it is held out
    write(tmp_path / "a", 2, LOOK, names=NAMES)
    assert files(tmp_path / "a") == files(drawn)


def test_time_ends_a_drawing_between_two_parts(tmp_path):
    assert write(tmp_path / "a", 2, LOOK, seconds=1e-9, names=NAMES) == 0 and raw.there(tmp_path / "a")
    assert write(tmp_path / "a", 2, LOOK, processes=2, seconds=1e-9, names=NAMES) == 0


def test_two_processes_draw_what_one_draws(drawn, tmp_path):
    assert write(tmp_path / "a", 2, LOOK, processes=2, names=NAMES) == 24
    assert files(tmp_path / "a") == files(drawn)


def test_parts_are_design_by_design_and_a_few_names_each(tmp_path):
    jobs = raw.jobs(tmp_path, 2, LOOK, "cpu", shapes.NAMES[:20])
    assert [(job.variant, len(job.names)) for job in jobs] == [(0, 16), (0, 4), (1, 16), (1, 4)]
    assert len({job.path for job in jobs}) == 4 and jobs[0].names + jobs[1].names == tuple(shapes.NAMES[:20])


def test_a_shape_that_cannot_be_made_is_named_and_left_out(tmp_path, monkeypatch, capsys):
    def make(name, rng, variant, real=raw.make):
        if name == "barrel":
            raise ValueError("the outline crosses itself")
        return real(name, rng, variant)

    monkeypatch.setattr(raw, "make", make)
    assert write(tmp_path / "a", 2, LOOK, names=NAMES) == 16
    assert capsys.readouterr().err.splitlines() == [f"barrel {k}: the outline crosses itself" for k in (0, 1)]
    assert load(tmp_path / "a", 16).names == ["ball", "vase"]


def test_other_shapes_or_another_look_are_refused(drawn, tmp_path, monkeypatch):
    before = files(drawn)
    for look, names in ((replace(LOOK, seed=1), NAMES), (LOOK, ("ball", "barrel", "apple")), (LOOK, NAMES[:2])):
        with pytest.raises(ConfigError, match="holds pictures of other shapes, other words or another look; draw into another"):
            write(drawn, 2, look, names=names)
    monkeypatch.setattr(procedural, "code", lambda: "changed")
    with pytest.raises(ConfigError, match="holds pictures of other shapes"):
        write(drawn, 2, LOOK, names=NAMES)
    assert files(drawn) == before


def test_a_folder_from_before_its_words_were_kept_goes_on_and_takes_no_others(drawn, tmp_path):
    shutil.copytree(drawn, tmp_path / "a")
    about = json.loads((drawn / raw.ABOUT).read_text())
    del about["names"]
    (tmp_path / "a" / raw.ABOUT).write_text(json.dumps(about))
    key = load(tmp_path / "a", 16).key
    with pytest.raises(ConfigError, match="other words"):
        write(tmp_path / "a", 2, LOOK, names=("ball", "apple"))
    assert write(tmp_path / "a", 2, LOOK, names=NAMES) == 24
    assert load(tmp_path / "a", 16).key == key, "a training that has begun on it goes on"


def test_what_a_kill_has_left_beside_a_part_is_no_part(drawn, tmp_path):
    shutil.copytree(drawn, tmp_path / "a")
    for k in (0, 1):
        (tmp_path / "a" / f"part-000{k}-01.partial.json").write_text('[{"name": "ba')
    assert raw.count(tmp_path / "a") == 24 and raw.parts(tmp_path / "a") == 2 and len(raw.held_rows(tmp_path / "a")) == 12
    assert load(tmp_path / "a", 16).digest() == load(drawn, 16).digest()


def killed(job):
    """As by a machine out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.timeout(120)
def test_a_process_that_is_killed_ends_the_drawing_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(raw, "draw_part", killed)
    with pytest.raises(RunError, match="a: a process of 2 was killed .*out of memory.*; the same command again goes on"):
        write(tmp_path / "a", 2, LOOK, processes=2, names=NAMES)


def test_what_cannot_be_trained_on_is_one_sentence(drawn, tmp_path):
    with pytest.raises(ConfigError, match="--size: the pictures in .* are of 16 pixels, got 32"):
        load(drawn, 32)
    with pytest.raises(ConfigError, match="no picture is named 'vse'; did you mean 'vase'"):
        load(drawn, 16, {"vse": "vse"})
    (tmp_path / raw.ABOUT).write_text('{"look"')
    with pytest.raises(ConfigError, match="raw.json: damaged"):
        load(tmp_path, 16)


def test_a_training_takes_them_and_never_the_variant_that_is_held_out(drawn, tmp_path):
    reports = list(train(drawn, tmp_path, replace(TINY, images=16), CPU))
    assert "12 pictures of 3 names; 12 more are held out" in reports[0].note
    assert reports[-1].seen == 16 and np.isfinite(reports[-1].loss) and reports[-1].pose_accuracy is not None
    assert json.loads((tmp_path / "card.json").read_text())["words"] == [*NAMES]
    card = (tmp_path / "README.md").read_text()
    assert "dreamgen's shapes (Apache-2.0), dreamgen: ball, barrel, vase" in card
    assert "| held out | from the first picture on: of each name variant 0, all views" in card and "split.py" not in card


def test_the_command_draws_arrays_that_train_takes_and_goes_on(tmp_path, capsys):
    (tmp_path / "words.txt").write_text("apple\nball\n", encoding="utf-8")
    command = ["prior", "data", "--out", str(tmp_path / "set"), "--arrays", "--views", "2", "--size", "16", "--samples", "1",
               "--device", "cpu", "--words", str(tmp_path / "words.txt"), "--shapes"]
    assert main([*command, "1"]) == 0 and "4 pictures" in capsys.readouterr().out
    assert main([*command, "2"]) == 0 and "8 pictures" in capsys.readouterr().out
    assert len(load(tmp_path / "set", 16).rows) == 4                        # variant 0 is held out


@pytest.mark.parametrize("more, said", [(["--jobs", "0"], "--jobs: need at least 1, got 0"),
                                        (["--emoji", __file__, "--emojibase", __file__], "--emoji: not with --arrays"),
                                        (["--words", "words.txt"], "there is no shape 'aple'; did you mean 'apple'?")])
def test_what_arrays_cannot_be_made_of_is_one_sentence(tmp_path, capsys, monkeypatch, more, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text("aple\n", encoding="utf-8")
    assert main(["prior", "data", "--out", str(tmp_path / "set"), "--arrays", "--shapes", "1", *more]) == 2
    assert said in capsys.readouterr().err


def test_what_is_drawn_while_it_trains_is_trained_on_too(drawn, tmp_path):
    """Twice the parts are there at the second report: they are read anew, and the counts go on."""
    data, out = tmp_path / "data", tmp_path / "out"
    shutil.copytree(drawn, data)
    cfg = replace(TINY, images=96, report_steps=2, mean_first=1, widths=(8, 16))
    notes, steps = [], []
    for report in train(data, out, cfg, CPU):
        notes += [report.note] if report.note else []
        steps += [] if report.note else [report.step]
        if steps == [2]:
            write(data, 4, LOOK, names=NAMES)
    assert sum(note.startswith("more has been drawn: 36 pictures") for note in notes) == 1
    assert steps == [*range(2, 13, 2)] and checkpoint.read(out / "checkpoints")[1]["seen"] == 96
