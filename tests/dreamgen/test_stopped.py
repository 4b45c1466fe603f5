"""Ctrl-C is answered by a sentence and exit code 130, whatever is at work."""

import pytest

from dreamgen.__main__ import main
from dreamgen.tools import compare, doctor
from tests.tiny import make_prior


def stops(*_, **__):
    raise KeyboardInterrupt


def test_a_command_without_a_sentence_of_its_own_says_stopped(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "examine", stops)
    assert main(["doctor", "--json"]) == 130 and capsys.readouterr().err == "\ndreamgen: stopped\n"


@pytest.mark.parametrize(("before", "said"), [(0, "stopped before the first run had ended"),
                                              (1, "sheet.png shows the 1 run that had ended")])
def test_a_comparison_keeps_the_runs_that_had_ended(before, said, tmp_path, monkeypatch, capsys):
    ended, real = [], compare.distilled

    def made(work, method, counter):
        if len(ended) == before:
            raise KeyboardInterrupt
        ended.append(method)
        return (yield from real(work, method, counter))

    monkeypatch.setattr(compare, "distilled", made)
    words = ["compare", "a box", "--prior", str(make_prior(tmp_path / "prior")), "--methods", "sds,csd", "--seeds", "1",
             "--steps", "1", "--out", str(tmp_path / "sheet.png"), "--set", "stages.0.scene.size=8", "stages.0.cameras.size=8",
             "stages.0.scene.pyramid=1"]
    assert main(words) == 130 and said in capsys.readouterr().err
    assert (tmp_path / "sheet.png").exists() == (tmp_path / "sheet.json").exists() == (before == 1)


@pytest.mark.parametrize(("saved", "said"), [(False, "before the first checkpoint; the same command begins anew"),
                                             (True, "--resume` goes on")])
def test_a_training_goes_on_from_a_checkpoint_alone(saved, said, tmp_path, monkeypatch, capsys):
    def train(source, out, *_):
        if saved:
            (out / "checkpoints").mkdir(parents=True)
            (out / "checkpoints/000001.safetensors").touch()
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("dreamgen.training.train.train", train)
    assert main(["prior", "train", str(tmp_path), "--out", str(tmp_path / "mine")]) == 130
    assert said in capsys.readouterr().err
