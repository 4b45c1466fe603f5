r"""Asynchronous score distillation (Ma et al., ScaleDreamer, arXiv:2407.02040): VSD without a student.

    r = eps^(x_t, t, y) - eps(x_t', t', y),     t' = t + U(0, eta) (t - t_min),     the same noise in x_t and x_t'

A diffusion model predicts noise better at higher levels. So the frozen prior at a slightly higher level stands in for
VSD's student, which would predict better than the prior at the same level.
"""

from dataclasses import dataclass, replace

import torch

from ..ramp import Ramp, at
from ..ranges import fraction
from ._base import Distillation
from ._config import Guiding, Weight, ramp


@dataclass
class Config(Guiding):
    t_min: Ramp = ramp(0.5, 0.02)
    t_max: Ramp = ramp(0.98, 0.5)
    weight: Weight = "sigma2"
    eta: Ramp = ramp(0.1)

    def __post_init__(self):
        super().__post_init__()
        fraction(eta=self.eta)


class ASD(Distillation):
    def extra(self, x0, t, progress, rng, source):
        schedule = self.prior.schedule
        later = at(self.cfg.eta, progress) * torch.rand(len(t), generator=rng, device=rng.device).to(t.device)
        level = t + (later * (t - schedule.index(self.cfg.t_min(progress)))).long()
        return replace(super().extra(x0, t, progress, rng, source), level=level.clamp(max=schedule.index(1.0)))

    def residual(self, x_t, t, eps, query, extra):
        x0 = self.prior.schedule.x0_from(eps, x_t, t)
        x_later = self.prior.schedule.noise(x0, eps, extra.level)
        return self.guided(x_t, t, query, extra) - self.prior.eps(x_later, extra.level, query.positive)


Method = ASD
