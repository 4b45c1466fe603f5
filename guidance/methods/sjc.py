r"""Score Jacobian chaining (Wang et al., SJC, arXiv:2212.00774), by perturb-and-average scoring.

    r = (x0 - D(x0 + s n, s)) / s,      s = sigma / alpha,      n = eps,      D = the prior's clean guess

D's argument is x_t / alpha. The score of the pictures blurred by s is -r / s: weight "score" gives the paper's
gradient; its code multiplies that by s, which is "uniform", the default. Without ``reduced``, (x0 + s n - D) / s =
eps^: the same expectation, since n has mean 0, and more noise. With it, r = eps^ - eps, so that SJC is SDS under
another weight and range of t, which the paper found by another way.
"""

from dataclasses import dataclass

from ..ramp import Ramp
from ._base import Distillation
from ._config import Guiding, Weight, ramp


@dataclass
class Config(Guiding):
    guidance_scale: Ramp = ramp(100.0)
    t_min: Ramp = ramp(0.01)
    t_max: Ramp = ramp(0.97)
    weight: Weight = "uniform"
    reduced: bool = True            # subtract the drawn noise, whose mean is 0


class SJC(Distillation):
    def residual(self, x_t, t, eps, query, extra):
        alpha, sigma = self.prior.schedule.at(t, x_t)
        s, z = sigma / alpha, x_t / alpha
        D = self.prior.schedule.x0_from(self.guided(x_t, t, query, extra), x_t, t)
        return (z - s * eps - D) / s if self.cfg.reduced else (z - D) / s


Method = SJC
