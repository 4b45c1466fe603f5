"""What is legal Python in a Config works, or is refused by a sentence; never an internal error."""

import shutil
import sys

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes import registry
from dreamgen.recipes.load import dump, load

LEGAL = {
    "another file's Config": ("from . import sds\n@dataclass\nclass Config(sds.Config):\n    scale: float = 3.0", "weight", "x0"),
    "its name": ("from .sds import Config as Base\n@dataclass\nclass Config(Base):\n    scale: float = 3.0", "rescale", 0.7),
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
    registry.read.cache_clear()

    def write(text: str, *overrides: str):
        later = "from __future__ import annotations\n" if "__future__" in text else ""
        head = "from dataclasses import dataclass, field\nfrom ._config import Guiding\n"
        registry.read.cache_clear()
        (folder / "mine.py").write_text(later + head + text.removeprefix(later))
        return load("text-to-3d", ["prompt=a cat", "stages.0.guidance={kind: mine}", "stages.1.guidance={kind: mine}", *overrides])
    yield write
    registry.read.cache_clear()


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
