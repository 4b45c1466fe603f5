"""Which recipe a prior gets where none is named: the same from the command, from Python and in a row of a batch."""

import pytest
import yaml

import dreamgen
from dreamgen import api
from dreamgen.__main__ import main
from dreamgen.batch.rows import rows
from dreamgen.recipes.by_prior import by_prior
from guidance import priors

WANTED = [(None, "text-to-3d"), ("bundled", "text-to-3d"), ("seeing", "text-to-3d"), ("./seeing", "text-to-3d"),
          ("blind", "text-to-nerf"), ("sd15", "text-to-nerf"), ("someone/something", "text-to-nerf"), ("gone", "text-to-nerf"),
          ("0.7 * bundled + 0.3 * seeing", "text-to-3d"), ("0.7 * bundled + 0.3 * blind", "text-to-nerf")]
METHODS = {"text-to-3d": "idu", "text-to-nerf": "sds"}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with a prior that can be shown a picture, and one that cannot."""
    monkeypatch.chdir(tmp_path)
    for name in ("seeing/unet/config.json", "seeing/scheduler/scheduler_config.json", "seeing/sight/config.json",
                 "blind/unet/config.json", "blind/scheduler/scheduler_config.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


def words(prior):
    return [] if prior is None else [f"prior={prior}"]


@pytest.mark.parametrize(("prior", "recipe"), WANTED)
def test_a_prior_that_can_be_shown_a_picture_gets_the_recipe_for_it(prior, recipe):
    assert by_prior(["seed=3", *words(prior)]) == recipe


def test_the_last_prior_counts_and_what_is_no_setting_does_not():
    assert by_prior(["prior=bundled", "prior=sd15", "nonsense"]) == "text-to-nerf"
    assert by_prior(["prior_options.x=sd15"]) == "text-to-3d"


def test_the_files_tell_of_our_own_prior_what_it_says_when_it_is_loaded():
    assert priors.sees("bundled") is priors.load("bundled").sees is True


@pytest.mark.parametrize(("given", "method"), [
    ([], "idu"), (["--as", "nerf"], "sds"), (["--prior", "sd15"], "sds"), (["prior=sd15"], "sds"), (["--prior", "seeing"], "idu"),
    (["--as", "mesh", "--prior", "sd15"], "idu"), (["--as", "gaussians"], "idu"),
    (["--as", "gaussians", "--prior", "sd15"], "sds")])
def test_the_command_takes_it(given, method, capsys):
    assert main(["3d", "a fox", *given, "--show"]) == 0
    assert [stage["guidance"]["kind"] for stage in yaml.safe_load(capsys.readouterr().out)["stages"]] == [method] * 2


@pytest.mark.parametrize(("given", "recipe"), [
    ({}, "text-to-3d"), ({"prior": "sd15"}, "text-to-nerf"), ({"overrides": {"prior": "sd15"}}, "text-to-nerf"),
    ({"prior": "sd15", "recipe": "text-to-3d"}, "text-to-3d")])
def test_python_takes_it(given, recipe, monkeypatch):
    class Taken(Exception):
        pass

    def taken(recipe, *_):
        raise Taken(recipe)

    monkeypatch.setattr(api, "_run", taken)
    with pytest.raises(Taken, match=f"^{recipe}$"):
        dreamgen.generate("a fox", **given)


def test_a_row_of_a_batch_takes_it_unless_it_or_the_batch_names_one():
    given = [{"prompt": "a fox"}, {"prompt": "a fox", "prior": "blind"},
             {"prompt": "a fox", "prior": "blind", "recipe": "text-to-svg"}]
    assert [row.base for row in rows(given, None, [])] == ["text-to-3d", "text-to-nerf", "text-to-svg"]
    assert [row.base for row in rows(given[:1], None, ["prior=blind"])] == ["text-to-nerf"]
    made = rows(given[1:2], "dreamfusion", [])
    assert [row.base for row in made] == ["dreamfusion"]
    assert [stage.guidance.__class__.__module__.rpartition(".")[2] for stage in rows(given[:2], None, [])[1].recipe.stages] \
        == [METHODS["text-to-nerf"]] * 2


def test_an_option_that_is_a_setting_is_named_though_no_recipe_is(capsys):
    with pytest.raises(SystemExit):
        main(["batch", "p.csv", "--steps", "3"])
    assert "stages.0.optim.steps=..." in capsys.readouterr().err
