"""Methods side by side on a tiny prior: every cell counted, the same again, one line for what is wrong."""

import json

import numpy as np
import pytest

from dreamgen.__main__ import main
from dreamgen.io import images
from dreamgen.tools.compare import CELL, Cell, Comparison, table
from tests.tiny import make_prior


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


THREE = ("a box", "--methods", "sds,vsd,ism", "--seeds", "2", "--set", "vsd.lr=0.01")


def compare(prior, out, *words):
    """Exit code; two steps on small pictures."""
    words = [*words, *(() if "--set" in words else ["--set"])]
    return main(["compare", "--prior", str(prior), "--steps", "2", "--out", str(out / "sheet.png"), *words,
                 "stages.0.scene.size=8", "stages.0.cameras.size=8", "stages.0.scene.pyramid=1"])


@pytest.fixture(scope="module")
def made(prior, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    assert compare(prior, folder, *THREE) == 0
    return folder


def test_every_seed_and_method_is_a_cell(made):
    record = json.loads((made / "sheet.json").read_text("utf-8"))
    assert {(run["seed"], run["method"]) for run in record["runs"]} == {
        (seed, method) for seed in (0, 1) for method in ("sds", "vsd", "ism")}
    assert record["recipes"]["vsd"]["stages"][0]["guidance"]["lr"] == 0.01 and record["prior_id"]
    assert images.read(made / "sheet.png").shape[1] == 3 * (CELL + 6) + 6


def test_evaluations_are_rows_of_the_network_a_picture(made):
    runs = json.loads((made / "sheet.json").read_text("utf-8"))["runs"]
    each = {run["method"]: run["evaluations"] for run in runs}
    assert each["sds"] == 2                                 # the prompt and nothing
    assert each["vsd"] == 4                                 # and the student, asked and trained
    assert each["ism"] > 3                                  # and the inversion


def test_the_rows_of_every_factor_of_a_product_count(prior, tmp_path):
    assert compare(f"0.5 * {prior} + 0.5 * {prior}", tmp_path, "a box", "--methods", "sds,vsd", "--seeds", "1") == 0
    runs = json.loads((tmp_path / "sheet.json").read_text("utf-8"))["runs"]
    assert [run["evaluations"] for run in runs] == [4, 8]


def test_a_method_may_be_a_file_from_anywhere(prior, tmp_path, monkeypatch):
    """With no more than SDS's own residual, it draws what SDS draws; its settings go by the file's name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text("from dataclasses import dataclass\nfrom .sds import SDS, Config as Base\n@dataclass\n"
                                      "class Config(Base):\n    share: float = 0.5\nMethod = SDS\n")
    assert compare(prior, tmp_path, "a box", "--methods", "sds,./mine.py", "--seeds", "1", "--set", "mine.share=0.25") == 0
    record = json.loads((tmp_path / "sheet.json").read_text("utf-8"))
    assert record["recipes"]["mine"]["stages"][0]["guidance"]["share"] == 0.25
    sds, mine = (run["agreement"] for run in record["runs"])
    assert [run["method"] for run in record["runs"]] == ["sds", "mine"] and mine == sds


def test_the_same_words_give_the_same_sheet(prior, made, tmp_path):
    assert compare(prior, tmp_path, *THREE) == 0
    assert (tmp_path / "sheet.png").read_bytes() == (made / "sheet.png").read_bytes()


def test_the_table_is_on_standard_output(prior, tmp_path, capsys):
    assert compare(prior, tmp_path, "a box", "a cone", "--methods", "sds", "--seeds", "1", "--particles", "3") == 0
    head, row, path = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "method" and row.split()[:2] == ["sds", "2"] and path.endswith("sheet.png")
    assert float(row.split()[-1]) > 0, "three particles are diverse"


@pytest.mark.parametrize("words, message", [
    (["--methods", "vds"], "--methods: no 'vds'; have "), (["--methods", ","], "--methods: need one"),
    (["--methods", "sds,csd,sds"], "need one or more, each once"),
    (["--set", "sds.guidance_scal=3", "--set", "sds.guidance_scale=5"], "did you mean"),
    (["--set", "prompts.perp_neg=-1"], "prompts.perp_neg: need >= 0, got -1"),
    (["--set", "prompts.perp_neg=1"], "prompts.perp_neg: need 0, or view_words=true"),
    (["--methods", "mvsds", "--particles", "2"], "need 1 for mvsds, whose views are of one object, got 2"),
    (["--methods", "mvsds", "--set", "stages.0.cameras.views=3"], "need a multiple of guidance.views = 4, got 3"),
    (["--seeds", "0"], "--seeds: need at least 1"), (["--out", "sheet.jpg"], "--out: need a name that ends in .png"),
    (["--methods", "csd", "--set", "csd.scale=3"], "no such key"),
    (["--methods", "csd", "--set", "vsd.lr=3"], "--set: vsd is not one of --methods, csd"),
    (["--recipe", "text-to-imag"], "did you mean 'text-to-image'"), (["--methods", "dds"], "edits what is there"),
    (["--set", "prior_options.lora=[{path: none}]"], "has no option 'lora'")])
def test_what_is_wrong_is_one_line(words, message, prior, capsys):
    assert main(["compare", "a box", "--prior", str(prior), *words]) == 2
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert error.startswith("dreamgen: ") and message in error


def cell(method, seed, value, died=""):
    grey = None if died else np.full((1, 1, 4, 4, 4), value, np.float32)
    return Cell("a box", method, seed, grey, agreement=value, died=died)


class Named:
    name, id, precision = "tiny", "0", "float32"


def test_diversity_is_the_distance_of_a_methods_variants_and_a_dead_run_is_told():
    comparison = Comparison({"sds": None, "vsd": None, "csd": None}, ["a box"], [0, 1, 2], Named())
    comparison.cells += [cell("sds", 0, 0.2), cell("sds", 1, 0.6), cell("vsd", 0, 0.5),
                         cell("vsd", 1, 0.0, "empty: nothing"), cell("csd", 0, 0.0, "empty: nothing")]
    sds, vsd, csd = comparison.summary()
    assert sds["diversity"] == pytest.approx(0.4) and sds["agreement"] == pytest.approx(0.4)
    assert vsd["diversity"] is None and vsd["died"] == 1 and csd["runs"] == 0
    assert "1 (+1 died)" in table([sds, vsd, csd]).splitlines()[2]
    assert comparison.sheet().shape[1] == 3 * (CELL + 6) + 6
