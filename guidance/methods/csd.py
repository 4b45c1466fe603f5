r"""Classifier score distillation (Yu et al., arXiv:2310.19415): only the score of the implicit classifier.

    r = eps(x_t, t, y) - eps(x_t, t) - a (eps(x_t, t, n) - eps(x_t, t)),        n = the negative prompt

The drawn noise does not appear: at a large scale s, SDS is s times this residual plus a term that CSD omits. Without a
negative prompt a = 0. The official code moves a from 0 to 1 over the first half (in its notation u = -a, n = a - 1).
With ``normalize``, the gradient of all pictures of a step together has the norm ``strength`` before it is divided by
their number. The official code does so, and its regularizers' weights are chosen for it.
"""

from dataclasses import dataclass
from typing import ClassVar

from ..guided import predictions
from ..ramp import Ramp
from ..ranges import not_negative
from ._base import Distillation
from ._config import Distilling, Weight, ramp


@dataclass
class Config(Distilling):
    hears: ClassVar[tuple[str, ...]] = ("negative",)

    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98, 0.5, 0.5, 0.5)
    weight: Weight = "uniform"
    away: Ramp = ramp(0, 1, 0, 0.5)         # a, weight of the negative prompt
    normalize: bool = False                 # scale the gradient of each step to the norm ``strength``

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
