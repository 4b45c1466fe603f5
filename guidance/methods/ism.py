r"""Interval score matching (Liang et al., LucidDreamer, arXiv:2311.11284): SDS along a path of the prior's own.

    r = eps^(x_t, t, y) - eps(x_s, s),      s = t - delta

x_s is the picture inverted by DDIM without any prompt, in strides of ``stride`` or shorter, and x_t one step further.
The path belongs to the picture, so that the same picture at the same t gets the same gradient: no average over noise.
Costs 1 + ceil(s / stride) unguided calls, s the largest of the step's, and a guided one. Weight "x0" is the code's
sqrt((1 - abar) / abar).
"""

from dataclasses import dataclass

from ..inversion import invert
from ..ramp import Ramp
from ..ranges import fraction
from ._base import Distillation
from ._config import Guiding, ramp


@dataclass
class Config(Guiding):
    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98, 0.5, 0, 0.3)
    delta: Ramp = ramp(0.05)        # fraction of the schedule; the code's goes from 0.1 to 0.08
    stride: float = 0.2             # fraction of the schedule

    def __post_init__(self):
        super().__post_init__()
        fraction(delta=self.delta)
        if not 0 < self.stride <= 1:
            raise ValueError(f"stride: need > 0 and <= 1, got {self.stride}")


class ISM(Distillation):
    def noise(self, x0, t, eps, query, extra):
        schedule, T = self.prior.schedule, len(self.prior.schedule)

        def unguided(x, level):
            return self.prior.eps(x, level, query.nothing)

        s = (t - round(self.cfg.delta(extra.progress) * T)).clamp(min=0)
        x_s = invert(schedule, unguided, x0, s, (s / (self.cfg.stride * T)).ceil().long())
        eps_s = unguided(x_s, s)
        return schedule.ddim(x_s, eps_s, s, t), eps_s

    def residual(self, x_t, t, eps, query, extra):
        return self.guided(x_t, t, query, extra) - eps


Method = ISM
