"""A number that changes during a stage, as a function of progress = step / steps in [0, 1)."""

from dataclasses import dataclass


@dataclass
class Ramp:
    """``start`` until progress ``begin``, ``end`` from ``finish`` on, a straight line between.

    A recipe may write a bare number where a Ramp is expected: one that stays put.
    """

    start: float
    end: float
    begin: float = 0.0              # progress, [0, 1]
    finish: float = 1.0             # progress, [begin, 1]; finish = begin is a hard switch

    def __post_init__(self):
        if not 0 <= self.begin <= self.finish <= 1:
            raise ValueError(f"begin: need 0 <= begin <= finish <= 1, got {self.begin}, {self.finish}")

    def __call__(self, progress: float) -> float:
        if progress >= self.finish:
            return self.end
        if progress <= self.begin:
            return self.start
        return self.start + (progress - self.begin) / (self.finish - self.begin) * (self.end - self.start)
