"""A number that changes during a stage, as a function of progress = step / steps in [0, 1)."""

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass
class Ramp:
    """``start`` until progress ``begin``, ``end`` from ``finish`` on, straight lines through ``via`` between.

    A recipe may write a bare number where a Ramp is expected: one that stays put.
    """

    start: float
    end: float
    begin: float = 0.0              # progress, [0, 1]
    finish: float = 1.0             # progress, [begin, 1]; finish = begin is a hard switch
    at: list[float] = field(default_factory=list)       # progress of corners between begin and finish, in rising order ...
    via: list[float] = field(default_factory=list)      # ... and the value at each

    def __post_init__(self):
        if not 0 <= self.begin <= self.finish <= 1:
            raise ValueError(f"begin: need 0 <= begin <= finish <= 1, got {self.begin}, {self.finish}")
        if len(self.at) != len(self.via):
            raise ValueError(f"via: need a value for each of at, {len(self.at)}, got {len(self.via)}")
        places = [self.begin, *self.at, self.finish]
        if places != sorted(places):
            raise ValueError(f"at: need rising progress from begin to finish, {self.begin} to {self.finish}, got {self.at}")

    def __call__(self, progress: float) -> float:
        if progress >= self.finish:
            return self.end
        if progress <= self.begin:
            return self.start
        places, values = [self.begin, *self.at, self.finish], self.values
        after = bisect_right(places, progress)
        x0, x1, y0, y1 = places[after - 1], places[after], values[after - 1], values[after]
        return y0 + (progress - x0) / (x1 - x0) * (y1 - y0)

    @property
    def values(self) -> list[float]:
        """Its corners' values; all others lie between."""
        return [self.start, *self.via, self.end]


def at(value: float | Ramp, progress: float) -> float:
    """A Ramp's value at ``progress``; a number stays put."""
    return value(progress) if isinstance(value, Ramp) else value
