r"""Score distillation sampling (Poole et al., DreamFusion, arXiv:2209.14988, eq. 3).

    r(x_t, t, eps, y) = eps^(x_t, t, y) - eps

    eps^      the prior's noise under classifier-free guidance of scale s, rescaled and clamped as guided.py says

With weight "x0" the gradient is x0 - x0^, the step from the picture to the prior's clean guess (MVDream,
arXiv:2308.16512, A.1): w r = (sigma / alpha)(eps^ - eps) = x0 - (x_t - sigma eps^) / alpha.
"""

from dataclasses import dataclass, field
from typing import Literal

from ..guided import guided
from ..ramp import Ramp
from ._base import Distillation


@dataclass
class Config:
    scale: float = 10.0             # classifier-free guidance s
    rescale: float = 0.7            # phi, [0, 1]: how far the standard deviation is brought back, 0 = off
    clamp: bool = True              # keep the prior's guess of x0 within [-1, 1]; for priors over pixels
    t_min: Ramp = field(default_factory=lambda: Ramp(0.3, 0.1))         # least noise, fraction of the schedule
    t_max: Ramp = field(default_factory=lambda: Ramp(0.98, 0.48))       # most noise
    weight: Literal["uniform", "sigma2", "alpha_sigma2", "inverse_sigma2", "x0"] = "x0"     # w(t)
    strength: float = 1.0           # factor on the gradient, which is a sum over pixels and a mean over pictures
    clip: float = 0.0               # bound on each element of the gradient, 0 = none
    clip_norm: float = 0.0          # bound on its L2 norm, picture by picture, 0 = none

    def __post_init__(self):
        for name, ramp in (("t_min", self.t_min), ("t_max", self.t_max)):
            if not (0 <= ramp.start <= 1 and 0 <= ramp.end <= 1):
                raise ValueError(f"{name}: need fractions in [0, 1], got {ramp.start}, {ramp.end}")
        if self.t_min.start > self.t_max.start or self.t_min.end > self.t_max.end:
            raise ValueError(f"t_min: need t_min <= t_max, got {self.t_min.start}, {self.t_min.end} "
                             f"and {self.t_max.start}, {self.t_max.end}")
        if not 0 <= self.rescale <= 1:
            raise ValueError(f"rescale: need [0, 1], got {self.rescale}")
        for name, value in (("scale", self.scale), ("strength", self.strength), ("clip", self.clip),
                            ("clip_norm", self.clip_norm)):
            if value < 0:
                raise ValueError(f"{name}: need >= 0, got {value}")


class SDS(Distillation):
    def residual(self, x_t, t, eps, query):
        return guided(self.prior, x_t, t, query, self.cfg.scale, rescale=self.cfg.rescale, clamp=self.cfg.clamp) - eps
