r"""Rectified-flow distillation (Yang et al., arXiv:2406.03293), and its reverse form.

    r = v^(x_t, t, y) - (eps - x0),     v^ = eps^ - x0^,        x_t = (1 - sigma) x0 + sigma eps

v is the velocity of the straight path from picture to noise, what SD3 and Flux predict. In it r = (eps^ - eps) / (1 -
sigma): SDS, whose weight rises with the noise. With ``reverse`` (RFDS-Rev) the drawn noise is first moved to where the
prior thinks that x_t came from,

    eps <- eps + (1 - sigma)(v(x_t, t, y) - (eps - x0)) = eps(x_t, t, y),       without guidance

which costs a call of B rows more. Both work with any prior; on a variance-preserving one v^ is the same difference.
The official code draws an index, 300 to 980, of a scheduler that begins with the most noise: its 0.3 to 0.98 are t = 0.70
down to 0.02, which the shift of SD3 makes sigma = 0.875 to 0.058.
"""

from dataclasses import dataclass

from ..ramp import Ramp
from ._base import Distillation
from ._config import Guiding, Weight, ramp


@dataclass
class Config(Guiding):
    guidance_scale: Ramp = ramp(100.0)  # SD3's in the official code; 50 for InstaFlow
    t_min: Ramp = ramp(0.02)        # for InstaFlow 0.02, then 0.3 from a third of the steps on ...
    t_max: Ramp = ramp(0.70)        # ... and 0.98
    weight: Weight = "uniform"
    reverse: bool = False


class RFDS(Distillation):
    def noise(self, x0, t, eps, query, extra):
        x_t = self.prior.schedule.noise(x0, eps, t)
        if not self.cfg.reverse:
            return x_t, eps
        eps = self.prior.eps(x_t, t, query.positive)
        return self.prior.schedule.noise(x0, eps, t), eps

    def residual(self, x_t, t, eps, query, extra):
        schedule, eps_hat = self.prior.schedule, self.guided(x_t, t, query, extra)
        v_hat = eps_hat - schedule.x0_from(eps_hat, x_t, t)
        return v_hat - (eps - schedule.x0_from(eps, x_t, t))


Method = RFDS
