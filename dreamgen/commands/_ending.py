"""What a drawing's file is to be, by its ending."""

from pathlib import Path

from ..errors import ConfigError
from ..recipes import registry


def ending(out: Path) -> str:
    """The format of a drawing's file ``out``: "svg", "png", ...; raises ConfigError for a name that ends in none."""
    from ..recipes.settings import nearest
    kind, known = out.suffix.lower(), [f".{name}" for name in registry.names("format") if "Drawing" in registry.accepts(name)]
    if kind not in known:
        have = f"{', '.join(known[:-1])} or {known[-1]}"
        raise ConfigError(f"--out: need a name that ends in {have}, got '{out}'{nearest(kind, known)}")
    return kind.removeprefix(".")
