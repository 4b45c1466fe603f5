"""The table of a batch: each row a whole recipe, and each wrong one named with its line before the first one runs."""

from pathlib import Path

import pytest

from dreamgen.__main__ import main
from dreamgen.batch.rows import WrongRows, rows
from dreamgen.errors import ConfigError
from dreamgen.recipes.load import load

SVG, MESH = "text-to-svg", "text-to-3d"


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_keys_of_the_recipe_and_an_empty_cell_leaves_its_own(tmp_path):
    path = file(tmp_path, "p.csv", "prompt,seed,style,stages.0.optim.steps\na red apple,3,lowpoly,7\n"
                                   '"a sofa, blue",,,\n')
    first, second = rows(path, SVG, ["preset=draft", "seed=9"])
    assert (first.recipe.prompt, first.recipe.seed, first.recipe.stages[0].scene.style) == ("a red apple", 3, "lowpoly")
    assert first.recipe.stages[0].optim.steps == 7 and first.place == f"{path}:2"
    assert (second.recipe.prompt, second.recipe.seed, second.recipe.stages[0].scene.style) == ("a sofa, blue", 9, "flat")
    assert second.recipe.stages[0].optim.steps == load(SVG, ["prompt=x", "preset=draft"]).stages[0].optim.steps != 7
    assert first.name.startswith("a-red-apple-3-") and first.name != second.name


def test_the_same_rows_in_every_format_and_in_python_have_the_same_folders(tmp_path):
    texts = {"p.csv": "prompt,seed\na cat,1\nthe dog,0\n", "p.tsv": "seed\tprompt\n1\ta cat\n\n0\tthe dog\n",
             "semicolons.csv": "\ufeffprompt;seed\r\na cat;1\r\nthe dog;0\r\n",
             "p.jsonl": '{"prompt": "a cat", "seed": 1}\n"the dog"\n'}
    named = [[row.name for row in rows(file(tmp_path, name, text), SVG, [])] for name, text in texts.items()]
    named.append([row.name for row in rows([{"prompt": "a cat", "seed": 1}, "the dog"], SVG, [])])
    assert all(each == named[0] for each in named)
    plain = rows(file(tmp_path, "p.txt", "# two animals\na cat\n\n  the dog\n"), SVG, [], [0, 1])
    assert [(row.recipe.prompt, row.recipe.seed, row.place[-1]) for row in plain] == [
        ("a cat", 0, "2"), ("a cat", 1, "2"), ("the dog", 0, "4"), ("the dog", 1, "4")]
    assert plain[1].name == named[0][0]


def test_a_row_may_have_a_recipe_of_its_own_and_maps_in_maps(tmp_path):
    path = file(tmp_path, "p.jsonl", '{"prompt": "a cat", "recipe": "text-to-svg", "export": {"size": 64}}\n'
                                     '{"prompt": "a cat"}\n')
    drawn, made = rows(path, MESH, ["preset=draft"])
    assert drawn.recipe.export.size == 64 and made.recipe.export == load(MESH, ["prompt=x", "preset=draft"]).export


def test_every_wrong_row_is_named_with_its_line_and_the_nearest_guess(tmp_path):
    path = file(tmp_path, "p.csv", 'prompt,sed,style,prior\na fox,,flat,\na cat,1,,\na dog,,flatt,\n,,,\n ,,x,\n'
                                   "a cup,,,bundeld\na pig,,\na fox,,flat,\n")
    with pytest.raises(WrongRows) as error:
        rows(path, SVG, [])
    said = [(line.removeprefix(f"{path}:").partition(":")[0], line) for line in error.value.lines]
    assert [number for number, _ in said] == ["3", "4", "6", "7", "8", "9"] and error.value.total == 7
    for (_, line), part in zip(said, ["sed: no such key; did you mean 'seed'?", "did you mean 'flat'?", "prompt: need a word",
                                      "did you mean 'bundled'?", "need 4 cells", f"the same as {path}:2"], strict=True):
        assert part in line


WRONG = {
    "none.csv": ("prompt,seed\n", "no rows in it"),
    "head.csv": ("promt,seed\na,1\n", ":1: need a header with the column 'prompt', got promt, seed; is it 'promt'?"),
    "twice.csv": ("prompt,seed,seed\na,1,2\n", ":1: the column 'seed' is there twice"),
    "quote.csv": ('prompt\n"a cat\n', "not a table: unexpected end of data"),
    "a.jsonl": ('{"prompt": "a"\n', ":1: not JSON: "),
    "b.jsonl": ("[1]\n", ":1: need an object, as"),
    "out.csv": ("prompt,out\na,b\n", ":2: out: all rows of a batch go to --out"),
    "image.csv": ("prompt,image\na cat,no.png\n", ":2: reference.picture: no such file, no.png"),
    "seed.csv": ("prompt,seed\na cat,x\n", ":2: seed: need a whole number, got 'x'"),
    "sheet.xlsx": ("", "need one of .csv, .tsv, .jsonl, .txt, got '.xlsx'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_table_is_answered_with_one_line(name, tmp_path):
    text, answer = WRONG[name]
    with pytest.raises(ConfigError) as error:
        rows(file(tmp_path, name, text), MESH, [])
    assert answer in str(error.value)


def test_a_seed_of_the_row_and_seeds_for_all_contradict_each_other():
    with pytest.raises(ConfigError, match=r"rows\[0\]: seed: the row has its own"):
        rows([{"prompt": "a", "seed": 1}], MESH, [], [0, 1])


def test_the_command_says_each_wrong_row_and_runs_none(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file(tmp_path, "p.csv", "prompt,seed\na cat,x\na dog,1\na fox,y\n")
    assert main(["batch", "p.csv"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == ["dreamgen: p.csv:2: seed: need a whole number, got 'x'",
                    "dreamgen: p.csv:4: seed: need a whole number, got 'y'",
                    "dreamgen: p.csv: 2 of 3 rows are wrong; nothing was run"]
    assert not (tmp_path / "assets").exists()
    assert main(["batch", "p.csv", "--seeds", "1,x"]) == main(["batch", "p.csv", "steps"]) == 2


def test_a_thousand_rows_share_one_reading(monkeypatch):
    from dreamgen.batch import rows as module
    asked, real = [], module.load.load
    monkeypatch.setattr(module.load, "load", lambda *given: asked.append(given) or real(*given))
    made = rows([{"prompt": f"object {i}", "seed": i} for i in range(1000)], MESH, ["preset=draft"])
    assert len(asked) == 1 and made[7].recipe.seed == 7 and made[7].recipe.prompt == "object 7"
    assert made[7].recipe == real(MESH, ["preset=draft", "prompt=object 7", "seed=7"])
