"""Any prompt has a safe folder, and a run is found by what one remembers of it."""

import errno
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamgen.errors import ConfigError, FileError
from dreamgen.recipes import folders
from dreamgen.recipes.load import load

HOSTILE = ["a" * 2000, "word " * 400, '/:*?"<>|\\', "../../etc/passwd", "line\nline\0", "🦊🦊", "con", "nul.txt", "..",
           "~", "-rf", "$HOME", "una casa señorial", "ein Stuhl.", "椅子"]


@pytest.fixture
def make(tmp_path, monkeypatch):
    """A function that creates a run of a prompt under ./runs."""
    monkeypatch.chdir(tmp_path)
    return lambda prompt, *overrides: folders.create(load("text-to-3d", [f"prompt={prompt}", *overrides]))


@pytest.mark.parametrize("prompt", HOSTILE)
def test_a_hostile_prompt_makes_a_safe_folder_that_remembers_it(make, prompt):
    folder = make(prompt)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]{1,40}-[0-9a-f]{6}", folder.name)
    assert folders.recipe(folder).prompt == prompt
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@given(st.text())
def test_a_slug_is_safe_on_every_platform(prompt):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folders.slug(prompt)) and len(folders.slug(prompt)) <= folders.SLUG


def test_a_slug_keeps_what_can_be_read():
    assert folders.slug("A Café's  red/armchair!") == "a-cafe-s-red-armchair"


def test_the_same_recipe_again_is_another_folder(make):
    first, second, third = make("a fox"), make("a fox"), make("a fox")
    assert (second.name, third.name) == (f"{first.name}-2", f"{first.name}-3")


def test_another_setting_is_another_hash(make):
    assert make("a fox").name != make("a fox", "seed=1").name


def test_a_run_is_found_by_path_by_part_and_as_the_last(make):
    fox, hare = make("a red fox"), make("a brown hare")
    for when, run in enumerate((fox, hare)):
        os.utime(run / folders.RECIPE, (when, when))
    assert folders.find("last") == hare
    assert folders.find(str(fox)) == folders.find(f"{fox}/recipe.yaml") == fox
    assert folders.find("red-fox") == folders.find(fox.name) == fox
    assert folders.find(hare.name[-6:]) == hare


@pytest.mark.parametrize("name, answer", [
    ("zebra", "no run 'zebra' in runs or another folder here; have "),
    ("a-", "2 runs in runs or another folder here have 'a-' in their name: "),
    ("", "no run '' in runs"), ("runs", "runs: not a run's folder: no recipe.yaml, found ")])
def test_a_run_that_cannot_be_told_is_an_error(make, name, answer):
    make("a red fox"), make("a brown hare")
    with pytest.raises(ConfigError) as error:
        folders.find(name)
    assert str(error.value).startswith(answer) and "\n" not in str(error.value)


def test_a_full_disk_leaves_no_folder_behind_that_last_would_find(make, tmp_path, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = make("a cat")
    monkeypatch.setattr("dreamgen.io.atomic.write_synced", full)
    with pytest.raises(FileError, match="No space left"):
        make("a dog")
    assert folders.find("last", before.parent) == before and len(list(before.parent.iterdir())) == 1


def test_an_out_that_is_a_file_is_an_error(make, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="out: .*file"):
        make("a fox", "out=file")
