"""How models are drawn, and their orientation. Free of torch, so that a wrong argument is answered at once."""

from dataclasses import dataclass

import numpy as np

from ..errors import ConfigError

AXES = {sign + axis: (1 if sign == "+" else -1) * np.eye(3)[i] for sign in "+-" for i, axis in enumerate("xyz")}


@dataclass(frozen=True)
class Look:
    """The pictures of every model."""

    views: int = 24
    size: int = 128         # pixels of an edge
    samples: int = 3        # of a pixel along each axis
    seed: int = 0           # of the angles

    def __post_init__(self):
        for name, least, most in (("views", 1, 10_000), ("size", 1, 4096), ("samples", 1, 16), ("seed", 0, 2**63)):
            if not least <= getattr(self, name) <= most:
                raise ConfigError(f"--{name}: need {least} to {most}, got {getattr(self, name)}")


def turned(up: str = "+y", front: str = "+z") -> np.ndarray:
    """[3, 3] from axes where ``up`` and ``front`` ("+x" ... "-z") are so called to the world's; raises ConfigError."""
    for name, axis in (("up", up), ("front", front)):
        if axis not in AXES:
            raise ConfigError(f"--{name}: need x, y or z, or -x, -y, -z; got {axis.removeprefix('+')!r}")
    if up[1] == front[1]:
        raise ConfigError(f"--front: need an axis at a right angle to --up, which is {up}, got {front}")
    return np.stack([np.cross(AXES[up], AXES[front]), AXES[up], AXES[front]])
