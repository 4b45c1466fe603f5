r"""Classifier score distillation (Yu et al., arXiv:2310.19415): the implicit classifier's score, and nothing else.

    r = eps(x_t, t, y) - eps(x_t, t) - a (eps(x_t, t, n) - eps(x_t, t)),        n = the negative prompt

The drawn noise does not appear: SDS at a large scale s is s times this plus what CSD leaves out. a = 0 where there is
no negative prompt; the official code moves a from 0 to 1 over the first half, in its letters u = -a and n = a - 1.
With ``normalize`` the gradient of a step's pictures, all together, has the norm ``strength`` before it is divided by
their number: the official code's, against which the weights of its penalties were chosen.
"""

from dataclasses import dataclass

from ..guided import predictions
from ..ramp import Ramp
from ..ranges import not_negative
from ._base import Distillation
from ._config import Distilling, Weight, ramp


@dataclass
class Config(Distilling):
    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98, 0.5, 0.5, 0.5)
    weight: Weight = "uniform"
    away: Ramp = ramp(0, 1, 0, 0.5)         # a
    normalize: bool = False                 # the gradient of a step to one length

    def __post_init__(self):
        super().__post_init__()
        not_negative(away=self.away)


class CSD(Distillation):
    def weighted(self, r, t, extra):
        g = super().weighted(r, t, extra)
        return self.cfg.strength * g / (g.norm() + 1e-8) if self.cfg.normalize else g

    def residual(self, x_t, t, eps, query, extra):
        if query.empty is None:
            eps_y, eps_0 = predictions(self.prior, x_t, t, [query.positive, query.nothing])
            return eps_y - eps_0
        eps_y, eps_0, eps_n = predictions(self.prior, x_t, t, [query.positive, query.empty, query.negative])
        return eps_y - eps_0 - self.cfg.away(extra.progress) * (eps_n - eps_0)


Method = CSD
