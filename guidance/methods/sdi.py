r"""Score distillation via inversion (Lukoianov et al., arXiv:2405.15891): DDIM, written for the clean picture.

    kappa = (x_t' - alpha x0) / sigma,      x_t' = the picture inverted by DDIM under guidance of scale -s
    r     = eps^(alpha x0 + sigma n, t, y) - n,         n = kappa + eta eps

SDS draws its noise anew at every step; DDIM keeps the one that its picture came from, and SDI infers it. Weight "x0" is
the paper's, |x0 - x0^|^2. Levels fall linearly and are jittered. Costs round(steps t / T) + 1 guided calls,
t the largest of the step's.
"""

from dataclasses import dataclass

from ..guided import guided
from ..inversion import invert
from ..ramp import Ramp, at
from ..ranges import not_negative, positive
from ._base import Distillation
from ._config import Guiding, Timesteps, ramp


@dataclass
class Config(Guiding):
    t_min: Ramp = ramp(0.2)         # where t ends; 0.25 in the code
    t_max: Ramp = ramp(1.0)         # where it begins; 0.98 in the code
    timesteps: Timesteps = "linear"
    jitter: float = 1 / 30
    inversion_scale: Ramp = ramp(-7.5)
    steps: int = 10                 # of an inversion through the whole schedule
    eta: Ramp = ramp(0.3)           # share of fresh noise

    def __post_init__(self):
        super().__post_init__()
        not_negative(eta=self.eta)
        positive(steps=self.steps)


class SDI(Distillation):
    def noise(self, x0, t, eps, query, extra):
        schedule = self.prior.schedule

        def backwards(x, level):
            return guided(self.prior, x, level, query, at(self.cfg.inversion_scale, extra.progress))

        steps = (self.cfg.steps * t / len(schedule)).round().long().clamp(min=1)
        x_t = invert(schedule, backwards, x0, t, steps)
        alpha, sigma = schedule.at(t, x0)
        n = (x_t - alpha * x0) / sigma + at(self.cfg.eta, extra.progress) * eps
        return schedule.noise(x0, n, t), n

    def residual(self, x_t, t, eps, query, extra):
        return self.guided(x_t, t, query, extra) - eps


Method = SDI
