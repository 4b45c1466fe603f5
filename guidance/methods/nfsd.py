r"""Noise-free score distillation (Katzir et al., arXiv:2310.17590): SDS without its noise.

    r = d_D + s d_C,        d_C = eps(x_t, t, y) - eps(x_t, t)                          towards the prompt
                            d_D = eps(x_t, t)                       where t < 0.2 T     towards the prior's pictures
                                  eps(x_t, t) - eps(x_t, t, bad)    elsewhere

eps(x_t, t) = d_D + the noise; at high levels the noise is taken away with the help of what the prior says of a text
about bad pictures, which is nearly the noise alone. There is no official code.
"""

from dataclasses import dataclass

from ..guided import predictions
from ..prompts import Text
from ..ramp import Ramp, at
from ..ranges import fraction, not_negative
from ._base import Distillation
from ._config import Distilling, Weight, ramp


@dataclass
class Config(Distilling):
    guidance_scale: Ramp = ramp(7.5)  # s
    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98)
    weight: Weight = "sigma2"
    bad: str = "unrealistic, blurry, low quality, out of focus, ugly, low contrast, dull, dark, low-resolution, gloomy"
    below: float = 0.2              # fraction of the schedule below which the prior's own noise is small enough
    factor: float = 1.0             # on d_D above that; 3 in threefiner

    def __post_init__(self):
        super().__post_init__()
        not_negative(guidance_scale=self.guidance_scale, factor=self.factor)
        fraction(below=self.below)


class NFSD(Distillation):
    def texts(self):
        return {"bad": Text(self.cfg.bad, view_words=False)}

    def residual(self, x_t, t, eps, query, extra):
        conditions = [query.positive, query.nothing, query.others["bad"]]
        eps_y, eps_0, eps_bad = predictions(self.prior, x_t, t, conditions)
        low = (t < self.cfg.below * len(self.prior.schedule)).to(x_t).view(-1, 1, 1, 1)
        d_D = low * eps_0 + (1 - low) * self.cfg.factor * (eps_0 - eps_bad)
        return d_D + at(self.cfg.guidance_scale, extra.progress) * (eps_y - eps_0)


Method = NFSD
