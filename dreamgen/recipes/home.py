"""Where a recipe has the number that somebody types as an option: ``--steps`` is stages.0.optim.steps."""

from collections.abc import Iterator
from typing import Any

from .load import load, plain
from .registry import FOLDERS
from .renamed import NAMES
from .settings import join


def home(recipe: str, word: str) -> str | None:
    """The first key of a recipe that ends in ``word``, one that every recipe has before one of a kind's own: ``steps`` are
    those of the optimiser before those of a loss. None if there is none. Raises ConfigError as ``load``."""
    word = next((names[word] for names in NAMES.values() if word in names), word)
    found = [key for key in keys(plain(load(recipe, ["prompt=x"]))) if key.rpartition(".")[2] == word]
    return min(found, key=lambda key: any(part in FOLDERS for part in key.split(".")), default=None)


def keys(value: Any, key: str = "") -> Iterator[str]:
    """The dotted keys of nested maps and lists, in their order."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield join(key, str(name))
        if isinstance(inner, dict | list):
            yield from keys(inner, join(key, str(name)))
