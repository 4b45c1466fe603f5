"""What is legal Python in a Config works, or is refused by a sentence; never an internal error."""

import os
import shutil
import sys

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes import registry
from dreamgen.recipes.load import dump, load

LEGAL = {
    "another file's Config": ("from . import sds\n@dataclass\nclass Config(sds.Config):\n    guidance_scale: float = 3.0", "weight", "x0"),
    "its name": ("from .sds import Config as Base\n@dataclass\nclass Config(Base):\n    guidance_scale: float = 3.0", "rescale", 0.7),
    "an enum": ("from enum import Enum\nclass Mode(Enum):\n    FAST = 1\n    SLOW = 2\n"
                "@dataclass\nclass Config(Guiding):\n    mode: Mode = Mode.SLOW", "mode.name", "SLOW"),
    "nothing or a number": ("@dataclass\nclass Config(Guiding):\n    most: int | None = None", "most", None),
    "a quoted type": ("@dataclass\nclass Config(Guiding):\n    most: 'float' = 2.0", "most", 2.0),
    "later annotations": ("from __future__ import annotations\n@dataclass\nclass Config(Guiding):\n    most: float = 2.0", "most", 2.0),
    "a constant of constants": ("A, B = 1.0, 2.0\nC = A + B\n@dataclass\nclass Config(Guiding):\n    most: float = C", "most", 3.0),
    "a function": ("def twice(x):\n    return 2 * x\n@dataclass\nclass Config(Guiding):\n    most: float = twice(2.0)\n"
                   "    def __post_init__(self):\n        self.most = twice(self.most)", "most", 8.0),
    "a field named as a heavy function": ("from torch import sqrt\n@dataclass\nclass Config(Guiding):\n    sqrt: float = 1.0", "sqrt", 1.0),
    "a heavy import in a method": ("@dataclass\nclass Config(Guiding):\n    most: float = 1.0\n    def tensor(self):\n"
                                   "        import torch\n        return torch.tensor(self.most)", "most", 1.0),
    "whole numbers to choose from": ("from typing import Literal\n@dataclass\nclass Config(Guiding):\n    most: Literal[1, 2] = 2", "most", 2),
    "a dataclass of its own": ("@dataclass\nclass Light:\n    power: float = 5.0\n@dataclass\nclass Config(Guiding):\n"
                               "    light: Light = field(default_factory=Light)", "light.power", 5.0),
}
REFUSED = {
    "import torch\n@dataclass\nclass Config(Guiding):\n    most: float = torch.pi": "mine.py:3: the Config needs 'torch' of torch; "
    "it may need the standard library",
    "if True:\n    A = 1.0\n@dataclass\nclass Config(Guiding):\n    most: float = A": "mine.py:3: the Config needs 'A', which is bound "
    "inside another statement",
    "A = [1.0]\nA.append(2.0)\n@dataclass\nclass Config(Guiding):\n    most: float = A[-1]": "mine.py:4: changes 'A'",
    "@dataclass\nclass Config(Guiding):\n    most: set[int] = field(default_factory=set)": "Config.most: Unexpected type annotation",
    "@dataclass\nclass Config(Guiding):\n    most: int | str = 1": "Config.most: a setting has one type",
    "@dataclass\nclass Config(Guiding):\n    most: float = 1 / 0": "its Config cannot be read: ZeroDivisionError",
    "class Config(Guiding):\n    most: float = 1.0": "has no dataclass Config",
    "@dataclass\nclass Settings(Guiding):\n    most: float = 1.0": "has no dataclass Config",
    "class Config(": "mine.py:3: not Python",
}


@pytest.fixture
def method(tmp_path, monkeypatch):
    """A function that writes the file of a new method, and returns a recipe with it."""
    folder = tmp_path / "methods"
    shutil.copytree(registry.folder("guidance"), folder)
    here = registry.folder
    monkeypatch.setattr(registry, "folder", lambda section: folder if section == "guidance" else here(section))
    registry.parsed.cache_clear()

    def write(text: str, *overrides: str):
        later = "from __future__ import annotations\n" if "__future__" in text else ""
        head = "from dataclasses import dataclass, field\nfrom ._config import Guiding\n"
        registry.parsed.cache_clear()
        (folder / "mine.py").write_text(later + head + text.removeprefix(later))
        return load("text-to-3d", ["prompt=a cat", "stages.0.guidance={kind: mine}", "stages.1.guidance={kind: mine}", *overrides])
    yield write
    registry.parsed.cache_clear()


@pytest.mark.parametrize("text, name, want", LEGAL.values(), ids=LEGAL)
def test_legal_python_in_a_config_works(method, tmp_path, text, name, want):
    recipe = method(text)
    value = recipe.stages[0].guidance
    for part in name.split("."):
        value = getattr(value, part)
    assert value == want and "dreamgen.recipes.mine" not in sys.modules
    (tmp_path / "again.yaml").write_text(dump(recipe), encoding="utf-8")
    if name != "most" or want != 8.0:                   # a Config that doubles itself does so each time it is read
        assert dump(load(tmp_path / "again.yaml")) == dump(recipe)


@pytest.mark.parametrize("text, why", REFUSED.items())
def test_what_cannot_be_read_is_refused_by_a_sentence(method, text, why):
    with pytest.raises(ConfigError) as error:
        method(text)
    assert why in str(error.value) and "\n" not in str(error.value)


def test_an_enum_is_written_by_name_and_answered_with_its_names(method):
    text = LEGAL["an enum"][0]
    assert method(text, "stages.0.guidance.mode=FAST").stages[0].guidance.mode.name == "FAST"
    with pytest.raises(ConfigError, match="stages.0.guidance.mode: no 'SLOWER'; have FAST, SLOW; did you mean 'SLOW'"):
        method(text, "stages.0.guidance.mode=SLOWER")
    assert method(LEGAL["whole numbers to choose from"][0], "stages.0.guidance.most=1").stages[0].guidance.most == 1


ANYWHERE = """
from dataclasses import dataclass
import torch
from ._base import Distillation
from .sds import Config as Base

@dataclass
class Config(Base):
    share: float = 0.5

class Half(Distillation):
    def residual(self, x_t, t, eps, query, extra):
        return self.cfg.share * (self.guided(x_t, t, query, extra) - eps)

Method = Half
"""


def test_a_file_from_anywhere_is_a_kind(tmp_path, monkeypatch):
    """Its defaults and its settings are known before torch is; the recipe that a run keeps finds it from elsewhere."""
    (tmp_path / "mine.py").write_text(ANYWHERE)
    monkeypatch.chdir(tmp_path)
    words = ["prompt=a cat", *(f"stages.{i}.guidance.kind=./mine.py" for i in (0, 1)), "stages.1.guidance.share=0.25"]
    recipe = load("text-to-3d", words)
    first, second = (stage.guidance for stage in recipe.stages)
    assert (first.share, second.share, first.guidance_scale) == (0.5, 0.25, load("text-to-3d", ["prompt=a cat"]).stages[0].guidance.guidance_scale)
    assert registry.kind_of(first) == str(tmp_path / "mine.py")
    (tmp_path / "kept.yaml").write_text(dump(recipe), encoding="utf-8")
    monkeypatch.chdir("/")
    again = load(tmp_path / "kept.yaml")
    assert dump(again) == dump(recipe)
    method = registry.exported("guidance", registry.kind_of(again.stages[1].guidance), "Method")
    assert method.__name__ == "Half" and registry.kind_of(registry.exported("guidance", str(tmp_path / "mine.py"), "Config")()) \
        == str(tmp_path / "mine.py")


def test_a_file_that_was_changed_is_read_and_imported_again(tmp_path):
    path = tmp_path / "mine.py"
    for share in (0.5, 0.75):
        path.write_text(ANYWHERE.replace("0.5", str(share)))
        os.utime(path, ns=(0, int(share * 100)))
        assert registry.read("guidance", str(path)).config().share == share
        assert registry.exported("guidance", str(path), "Config")().share == share


@pytest.mark.parametrize("text, why", [
    (None, "mine.py: no such file"), (ANYWHERE.replace("Method = Half", ""), "mine.py: has no 'Method'; a file of "
                                      "guidance.methods exports Config, Method"),
    ("x = 1", "has no dataclass Config"), ("class", "mine.py:1: not Python"),
    (ANYWHERE.replace(".sds import", ".mime import"), "the Config needs 'Base' of guidance.methods.mime")])
def test_a_file_that_is_no_method_is_refused_where_it_was_named(tmp_path, monkeypatch, text, why):
    monkeypatch.chdir(tmp_path)
    if text is not None:
        (tmp_path / "mine.py").write_text(text)
    with pytest.raises(ConfigError) as error:
        load("text-to-3d", ["prompt=a cat", "stages.0.guidance.kind=mine.py"])
    assert why in str(error.value) and str(error.value).startswith("command line: stages.0.guidance.kind: ")


def test_cameras_from_anywhere_must_fit_the_scene(tmp_path):
    flat = (registry.folder("cameras") / "flat.py").read_text()
    (tmp_path / "mine.py").write_text(flat)
    assert registry.kind_of(load("text-to-svg", ["prompt=a cat", f"stages.0.cameras.kind={tmp_path / 'mine.py'}"])
                            .stages[0].cameras) == str(tmp_path / "mine.py")
    with pytest.raises(ConfigError, match="mine.py does not fit nerf; have around, orbit"):
        load("text-to-3d", ["prompt=a cat", f"stages.0.cameras.kind={tmp_path / 'mine.py'}"])
