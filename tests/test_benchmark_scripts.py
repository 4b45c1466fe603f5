"""Scripts of benchmarks/ that are seldom run: what they take for granted of the program is so."""

import importlib.util
import io
import json
import sys
import types
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from dreamgen.recipes.load import load
from dreamgen.state.ranks import Ranks
from dreamgen.training.icons import SOURCE

ROOT = Path(__file__).parents[1]


def script(name: str):
    """A file of benchmarks/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_recipe_of_ranks_runs_on_two_processes():
    recipe = load(script("ranks").RECIPE, ["prompt=a red apple"])
    assert Ranks(rank=0, count=2).fitted(recipe).stages[0].cameras.views == recipe.stages[0].cameras.views


def test_vectorize_finds_the_icons_of_a_data_set(tmp_path, monkeypatch):
    for name in ("vtracer", "resvg_py"):                    # that it is compared with: not needed to read
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    vectorize, picture = script("vectorize"), io.BytesIO()
    Image.new("RGBA", (64, 64), (255, 0, 0, 255)).save(picture, "png")
    rows = [{"file": "a.png", "name": f"icon {k}", "source": SOURCE} for k in range(vectorize.EVERY + 1)]
    rows.insert(1, {"file": "a.png", "name": "chair", "source": "my models"})
    with ZipFile(tmp_path / "icons.zip", "w") as file:
        file.writestr("metadata.jsonl", "\n".join(map(json.dumps, rows)))
        file.writestr("a.png", picture.getvalue())
    found = vectorize.read(tmp_path / "icons.zip")
    assert list(found) == ["icon 0", f"icon {vectorize.EVERY}"]
    assert found["icon 0"].shape == (64, 64, 4) and found["icon 0"][0, 0] == pytest.approx(np.array([1, 0, 0, 1]))
