"""What the Configs of several scenes check alike. Torch-free, because recipes are read before torch is imported.

Each raises ValueError for the first of the named fields that is out of range or not a number.
"""

from typing import Any

GRID = {"levels": (1, 64), "base": (2, 2**20), "finest": (2, 2**20), "log2_table": (3, 24)}    # of ops/hashgrid/layout.py


def positive(cfg: Any, *names: str) -> None:
    for name in names:
        if not getattr(cfg, name) > 0:
            raise ValueError(f"{name}: need > 0, got {getattr(cfg, name)}")


def not_negative(cfg: Any, *names: str) -> None:
    for name in names:
        if not getattr(cfg, name) >= 0:
            raise ValueError(f"{name}: need >= 0, got {getattr(cfg, name)}")


def fractions(cfg: Any, *names: str) -> None:
    within(cfg, **dict.fromkeys(names, (0, 1)))


def within(cfg: Any, **ranges: tuple[float, float]) -> None:
    """Least and largest value by name, both allowed."""
    for name, (least, most) in ranges.items():
        if not least <= getattr(cfg, name) <= most:
            raise ValueError(f"{name}: need {least} to {most}, got {getattr(cfg, name)}")
