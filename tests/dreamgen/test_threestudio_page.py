"""The keys that docs/coming-from-threestudio.md translates to exist, and hold what the page gives them."""

import re
from pathlib import Path

import pytest

from dreamgen.recipes.load import dump, load

PAGE = Path(__file__).parents[2] / "docs" / "coming-from-threestudio.md"
TABLE = PAGE.read_text(encoding="utf-8").partition("## Keys")[2].partition("\n## ")[0]
KEYS = [word.replace('"', "") for row in TABLE.splitlines() if row.count(" | ") == 2
        for word in re.findall(r"`([a-z][\w.]*=[^`]*)`", row.split(" | ")[1])]


@pytest.mark.parametrize("word", KEYS)
def test_the_key_is_taken_by_the_recipe_of_dreamfusion(word):
    prompt = () if word.startswith("prompt=") else ("prompt=a chair",)
    assert load("dreamfusion", ["preset=sd", *prompt, word]).stages


def test_every_row_of_the_table_is_read():
    assert len(KEYS) > 40


def test_the_ramp_of_the_page_is_the_one_of_the_recipe():
    text = dump(load("dreamfusion", ["preset=sd", "prompt=a chair"]))
    assert "{start: 10.0, end: 1000.0, begin: 0.0, finish: 0.5}" in text
    assert "{start: 10, end: 1000, begin: 0, finish: 0.5}" in PAGE.read_text(encoding="utf-8")
