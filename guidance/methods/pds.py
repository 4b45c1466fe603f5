r"""Posterior distillation sampling (Koo et al., arXiv:2311.13831): edit a picture, and keep the rest of it.

    r = z(x0, y) - z(source, y_s),      z(x0, y) = (x_s - mu(x_t, x0^(x_t, y))) / std,      s = t - step
      = psi (x0 - source) + chi (eps^(x_t, y) - eps^(s_t, y_s))

    x_t = alpha_t x0 + sigma_t eps,     x_s = alpha_s x0 + sigma_s eps',     the same eps and eps' for both pictures
    mu  = a (sigma_s / sigma_t)^2 x_t + alpha_s v / sigma_t^2 x0^,      std = sigma_s sqrt(v) / sigma_t
    a   = alpha_t / alpha_{t-1},        v = sigma_t^2 - a^2 sigma_{t-1}^2 (beta_t, where variance preserving)

z is the noise of DDPM's step from x_t to x_s; chi times the bracket is DDS. mu and std are the true posterior's for a
step of one level, and then psi = 0 and PDS is DDS under another weight. The pull towards the source, psi > 0, which the
paper is about, comes of the official code's step of two levels with one level's beta; it is the default here. psi / chi
falls with t: a range of t with less of its low end lets the picture change more.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from ..prompts import Text
from ..ramp import Ramp
from ..ranges import positive
from ._base import Distillation, normal
from ._config import Guiding, Weight, ramp
from .dds import before


@dataclass
class Config(Guiding):
    edits: ClassVar[bool] = True
    guidance_scale: Ramp = ramp(100.0)
    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98)
    weight: Weight = "uniform"
    step: int = 2                   # levels of the prior's schedule
    source: str = ""                # what the source shows, in words

    def __post_init__(self):
        super().__post_init__()
        positive(step=self.step)


class PDS(Distillation):
    def texts(self):
        return {"source": Text(self.cfg.source)}

    def extra(self, x0, t, progress, rng, source):
        return replace(super().extra(x0, t, progress, rng, source), source=self.encoded(source), noise=normal(x0, rng))

    def residual(self, x_t, t, eps, query, extra):
        x0 = self.prior.schedule.x0_from(eps, x_t, t)
        s_t = self.prior.schedule.noise(extra.source, eps, t)
        return self.z(x0, x_t, t, query, extra) - self.z(extra.source, s_t, t, before(query), extra)

    def z(self, x0, x_t, t, query, extra):
        schedule = self.prior.schedule
        s = (t - self.cfg.step).clamp(min=0)
        (alpha_t, sigma_t), (alpha_1, sigma_1), (alpha_s, sigma_s) = (schedule.at(u, x0) for u in (t, t - 1, s))
        a = alpha_t / alpha_1
        v = sigma_t**2 - a**2 * sigma_1**2
        x0_hat = schedule.x0_from(self.guided(x_t, t, query, extra), x_t, t)
        mu = a * sigma_s**2 / sigma_t**2 * x_t + alpha_s * v / sigma_t**2 * x0_hat
        return (schedule.noise(x0, extra.noise, s) - mu) * sigma_t / (sigma_s * v.sqrt())


Method = PDS
