"""The commands that train a prior and ask it, and what a training refuses: one sentence each."""

import json
import shutil
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from shapes import CPU, SIZE, TINY, row, write
from test_cli import TRIAL, python
from test_prior_train import log

from dreamgen import __main__
from dreamgen.errors import ConfigError, FileError, RunError
from dreamgen.io import checkpoint, images
from dreamgen.io.lock import LOCK, alone
from dreamgen.training import config, state
from dreamgen.training.config import Config
from dreamgen.training.train import train
from guidance import priors


@pytest.mark.parametrize("change, said", [
    ({"size": 20, "widths": (8, 16, 16)}, "size: need a multiple of 8"), ({"batch": 0}, "batch: need at least 1"),
    ({"minutes": 3.0}, "either minutes or images"), ({"images": 0}, "either minutes or images"),
    ({"precision": "half"}, "precision: need"), ({"min_snr": -1.0}, "min_snr: need"),
    ({"lr": 0.0}, "lr: need above 0"), ({"flat": 1.5}, "flat: need a share")])
def test_wrong_numbers_are_one_sentence(change, said):
    with pytest.raises(ConfigError, match=said):
        replace(TINY, **change)


def test_a_loss_that_is_no_number_stops_before_it_is_saved(shapes, tmp_path):
    with pytest.raises(RunError, match=r"step 3: the loss is no longer a number"):
        list(train(shapes, tmp_path, replace(TINY, lr=float("inf")), CPU))
    assert not checkpoint.found(tmp_path / "checkpoints")


def test_bad_files_are_named_while_it_trains_on_the_rest(shapes, tmp_path):
    whole = {"a.png": images.decode_rgba((shapes / "apple.png").read_bytes()), "b.png": b"no picture"}
    folder = write(tmp_path / "set", whole, [row("a.png", "apple"), row("b.png", "pear"), row("c.png", "plum")])
    notes = [r.note for r in train(folder, tmp_path / "out", replace(TINY, images=8), CPU) if r.note]
    assert notes[1:3] == ["skipped b.png: not a picture", "skipped c.png: missing"] and "skipped 2 in all" in notes[3]
    assert (tmp_path / "out" / "skipped.txt").read_text().splitlines() == ["b.png: not a picture", "c.png: missing"]


def test_a_folder_in_use_and_a_folder_without_a_training_are_refused(shapes, trained, tmp_path):
    with pytest.raises(ConfigError, match="already holds a training; --resume"):
        next(train(shapes, trained, TINY, CPU))
    with pytest.raises(ConfigError, match="holds no checkpoint"):
        next(train(shapes, tmp_path, TINY, CPU, resume=True))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("resume", [False, True])
def test_a_folder_where_another_training_is_at_work_is_refused(shapes, tmp_path, resume):
    with alone(tmp_path), pytest.raises(FileError, match="is at work in it"):
        list(train(shapes, tmp_path, TINY, CPU, resume))
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def main_says(capsys, *words) -> list[str]:
    """The lines on standard error about what is done."""
    assert __main__.main([*map(str, words)]) == 0
    return [line for line in capsys.readouterr().err.splitlines() if "done" in line]


def test_the_commands_resume_draw_list_and_judge(shapes, trained, tmp_path, capsys, monkeypatch):
    folder = shutil.copytree(trained, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)

    def said(*words):
        assert __main__.main(["prior", *map(str, words)]) == 0
        return capsys.readouterr().out

    assert said("train", shapes, "--out", folder, "--resume", "--images", 168, "--device", "cpu") == f"{folder}\n"
    assert log(folder)[-1]["seen"] == 168 and config.read(folder).images == 168
    here = ("--prior", folder, "--device", "cpu")
    assert said("words", *here).split("\n") == ["bush", "chair", "red apple", ""]
    assert said("words", "a crimson apple", *here).splitlines()[0].endswith("  red apple")
    assert said("sample", "a red apple", "--views", 2, "--steps", 2, "--sampler", "ddim", *here) == "a-red-apple.png\n"
    sheet = images.read(tmp_path / "a-red-apple.png")
    assert said("sample", "a chair", "--views", 0, "--steps", 2, "--grid", "x.png", *here) == "x.png\n"
    assert sheet.shape[1] > 1.5 * images.read(tmp_path / "x.png").shape[1]
    judged = said("score", shapes / "apple.png", "a red apple", "--draws", 2, *here)
    assert " of 3;" in judged and len(judged.splitlines()) == 4
    images.write(tmp_path / "opaque.png", np.zeros((SIZE, SIZE, 3), np.uint8))
    with pytest.warns(UserWarning, match="opaque.png: has no transparency"):
        said("score", "opaque.png", "a red apple", "--draws", 1, *here)
    assert main_says(capsys, "prior", "train", shapes, "--out", folder, "--resume", "--device", "cpu") == [
        "all of its 168 pictures are done; more of them go on with it"]


def test_the_command_takes_the_size_of_the_network_that_it_begins_with(shapes, trained, tmp_path, monkeypatch, capsys):
    shutil.copytree(trained / "texts", tmp_path / "mine" / "texts")
    words = ["prior", "train", str(shapes), "--from", str(trained), "--batch", "8", "--device", "cpu"]
    with monkeypatch.context() as patch:
        patch.setattr(config, "Config", partial(Config, mean_first=0, mean_batch=8, precision="float32"))
        asked, loaded = [], state.loaded
        patch.setattr(state, "loaded", lambda *given: asked.append(given) or loaded(*given))
        assert __main__.main([*words, "--out", str(tmp_path / "mine"), "--images", "8"]) == 0
    assert len(asked) == 1                      # it is read once, by the command, and the training has it from there
    cfg = config.read(tmp_path / "mine")
    assert (cfg.size, cfg.fold, cfg.widths) == (SIZE, TINY.fold, TINY.widths)
    assert priors.load(tmp_path / "mine").card["trained_on_pictures"] == TINY.images + 8
    capsys.readouterr()
    assert __main__.main([*words, "--out", str(tmp_path / "o"), "--size", "48"]) == 2
    assert f"--size: that of {trained} is {SIZE}, and may be twice that; got 48" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_wrong_command_lines_get_one_line_without_torch(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "words.txt").write_text("\n")
    wrong = [
        ("train", "required: data"),
        ("train set", "required: --out"),
        ("train nowhere --out o", "nowhere: no such folder"),
        ("train set --out o --minuts 3", "did you mean '--minutes'?"),
        ("train set --out o --size 20", "size: need a multiple of 32"),
        ("train set --out o --minutes 3 --images 3", "not allowed with"),
        ("train set --out o --minutes 0", "either minutes or images"),
        ("train set --out o --resume", "no training to resume"),
        ("train set --out o --words words.txt", "names nothing"),
        ("train set --out o --words x.txt", "cannot read x.txt"),
        ("smple cat", "did you mean 'sample'?"),
        ("sample", "required: prompt"),
        ("sample cat --views -1", "--views: need at least 0"),
        ("score no.png cat", "no.png: no such file"),
        ("score no.png cat --elevation 3", "needs --azimuth")]
    done = python("-c", TRIAL, cwd=tmp_path, stdin=json.dumps([["prior", *words.split()] for words, _ in wrong]))
    assert done.returncode == 0, done.stderr
    for (words, answer), (code, said, _, torch_is_in) in zip(wrong, json.loads(done.stdout), strict=True):
        assert code == 2 and said.count("\n") == 1 and answer in said and not torch_is_in, (words, code, said)
    assert not (tmp_path / "o").exists()
