"""Settings given in Python as ``key=value``, as the command line has them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Overrides = Mapping[str, Any] | list[str] | tuple[str, ...]


def settings(overrides: Overrides, above: str = "") -> Iterator[str]:
    """``key=value`` of maps in maps, as on the command line; what is written so already as it is."""
    if not isinstance(overrides, Mapping):
        yield from [overrides] if isinstance(overrides, str) else overrides
        return
    for name, value in overrides.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and value:
            yield from settings(value, f"{key}.")
        else:
            yield f"{key}={value if isinstance(value, str | Path) else json.dumps(value)}"
