"""Every number of a paper's recipe beside the official one and the file that has it (official.py and official_gaussians.py): a
digit that changes fails."""

import pytest
import yaml

from dreamgen.recipes.load import load, recipes
from guidance.ramp import Ramp
from tests.dreamgen import official, official_gaussians
from tests.dreamgen.official import FRAMING

TABLE, HERE = official.TABLE | official_gaussians.TABLE, official.HERE | official_gaussians.HERE


def recipe(name):
    name, _, preset = name.partition("/")
    return load(name, ["prompt=x", *([f"preset={preset}"] if preset else [])])


def said(tree, key=""):
    """Dotted keys of all numbers in a recipe's text; a ramp is one."""
    if isinstance(tree, dict) and not {"start", "end"} <= set(tree):
        for name, inner in tree.items():
            yield from said(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(tree, list) and any(isinstance(inner, dict) for inner in tree):
        for i, inner in enumerate(tree):
            yield from said(inner, f"{key}.{i}")
    elif isinstance(tree, dict | list) or not isinstance(tree, bool) and str(tree).lstrip("-")[:1].isdigit():
        yield key


def near(a, b):
    if isinstance(a, Ramp):
        b = b if isinstance(b, Ramp) else Ramp(b, b)
        return all(near(x, y) for x, y in zip(vars(a).values(), vars(b).values(), strict=True))
    if isinstance(a, tuple | list):
        return all(near(x, y) for x, y in zip(a, b, strict=True))
    return a == b if isinstance(a, str | bool) else a == pytest.approx(b, rel=6e-3, abs=1e-12)


@pytest.mark.parametrize("name, source, official", [(name, *row) for name, rows in TABLE.items() for row in rows],
                         ids=[f"{name}: {source}" for name, rows in TABLE.items() for source, _ in rows])
def test_a_number_is_the_official_one(name, source, official):
    made = recipe(name)
    for key, number in official.items():
        at = made
        for part in key.split("."):
            at = at[int(part) if part.isdigit() else part] if isinstance(at, list | dict) else getattr(at, part)
        assert near(at, number), f"{name}: {key} is {at}, {source} has {number}"


@pytest.mark.parametrize("name", HERE)
def test_every_number_of_a_paper_has_its_source_or_is_said_to_be_ours(name):
    tree = yaml.safe_load(recipes()[name].read_text(encoding="utf-8"))
    del tree["presets"]
    tree.pop("export", None)
    known = {key for _, official in TABLE[name] for key in official} | HERE[name] | FRAMING
    assert set(said(tree)) <= known, f"{sorted(set(said(tree)) - known)}: no official number"


def test_a_wrong_digit_is_seen():
    assert near(Ramp(1, 2), Ramp(1, 2)) and near(7.5, 7.5) and near(Ramp(1, 1), 1) and near((1, 2), (1.0, 2.0))
    assert not any(near(*pair) for pair in ((75.0, 7.5), (Ramp(1, 2), Ramp(1, 2, 0.1)), (Ramp(1, 2), 1), ((1, 2), (1, 3)),
                                            ("exp", "softplus"), (True, False), (0.5, 0.51)))
