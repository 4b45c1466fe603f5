"""``dreamgen prior words`` reads the list without loading what takes seconds."""

import json
import subprocess
import sys

from dreamgen.__main__ import main
from dreamgen.training.ask import rivals
from guidance import priors
from tests.tiny import make_prior

LIGHT = "import sys; from dreamgen.__main__ import main; code = main(['prior', 'words']); print('torch' in sys.modules, code)"


def test_the_words_in_the_box_are_its_cards_and_are_printed_without_torch():
    said = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True).stdout.splitlines()
    card = json.loads((priors.WEIGHTS / "bundled" / "card.json").read_text(encoding="utf-8"))
    assert said[:-1] == card["words"] and len(card["words"]) > 100 and said[-1] == "False 0"


def test_where_there_is_no_list_it_is_said_as_before(tmp_path, capsys):
    assert main(["prior", "words", "--prior", str(make_prior(tmp_path / "mine"))]) == 2
    assert "keeps no list of words" in capsys.readouterr().err
    assert main(["prior", "words", "--prior", "bundel"]) == 2 and "did you mean 'bundled'" in capsys.readouterr().err


def test_the_words_nearest_to_a_query_need_the_text_encoder_alone(monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was loaded")

    monkeypatch.setattr(priors, "load", refuse)
    assert main(["prior", "words", "sea turtle"]) == 0
    rows = capsys.readouterr().out.splitlines()
    cosines = [float(row.split()[0]) for row in rows]
    assert len(rows) == 12 and cosines == sorted(cosines, reverse=True) and rows[0].endswith("  turtle")


def test_a_rival_is_left_out_by_its_name_and_not_by_the_letters_in_it():
    words = ["egg", "eggplant", "chair", "armchair", "car", "carrot", "lamp", "desk", "desk lamp", "t-shirt"]
    for prompt, own in (("an eggplant", ["eggplant"]), ("a red armchair", ["armchair"]), ("a carrot", ["carrot"]),
                        ("A blue desk lamp.", ["desk lamp"]), ("a white t-shirt", ["t-shirt"]), ("a wooden chair", ["chair"]),
                        ("a car, an egg", ["egg", "car"]), ("a dragon", [])):
        assert rivals(prompt, words) == [word for word in words if word not in own], prompt
