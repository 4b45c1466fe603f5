"""What a prior was not trained with is said before the first step, once, whatever is made."""

import warnings
from dataclasses import replace

import pytest
import test_flat
import test_run

from dreamgen.recipes.folders import begun
from dreamgen.run import run
from guidance.priors.families.bundled import Bundled
from tests.tiny import make_prior

MAKERS = {"3d": test_run.make_recipe, "candidates": lambda *given: replace(test_run.make_recipe(*given), candidates=2),
          "svg": test_flat.make_recipe}


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.mark.parametrize("kind", MAKERS)
def test_an_unknown_word_is_said_before_the_first_step_and_once(kind, prior, tmp_path, monkeypatch):
    monkeypatch.setattr(Bundled, "unknown_words", lambda self, text: ["xyzzy"] if text else [])
    monkeypatch.setattr(Bundled, "nearest_words", lambda self, text: [("ball", 0.9), ("box", 0.8)])
    recipe = MAKERS[kind](prior, tmp_path)
    with begun(recipe) as folder, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")                    # as the command line has it
        reports = run(recipe, folder)
        notes = [next(reports).note]
        assert notes[0].startswith("prior "), "the first thing that a run says"
        said = [str(warning.message) for warning in caught if "not trained with" in str(warning.message)]
        while notes[-1]:                                    # preflight builds every stage's prompts anew
            notes.append(next(reports).note)
        again = [warning for warning in caught if "not trained with" in str(warning.message)]
        reports.close()
    assert len(said) == len(again) == 1 and said[0].endswith("was not trained with 'xyzzy'; the nearest that it knows: ball, box")
