"""A process of torchrun's other than the first one: it takes its share of a run and says nothing (dreamgen/state/ranks.py)."""

import os
import sys
from collections import deque
from typing import TYPE_CHECKING

from ..errors import ConfigError

if TYPE_CHECKING:
    from ..recipes.recipe import Recipe


def several() -> int:
    """How many processes torchrun has started; 1 without it."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def follows() -> bool:
    """Whether this is one of several processes, and not the first."""
    return several() > 1 and os.environ.get("RANK", "0") != "0"


def follow(recipe: "Recipe") -> None:
    """Make this process's share of a run whose folder the first one has. What all processes find wrong, that one says."""
    from ..run import run
    from ..state.ranks import Parted
    try:
        deque(run(recipe, None), maxlen=0)
    except (ConfigError, Parted):
        sys.exit(2)
