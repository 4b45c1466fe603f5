r"""Score distillation sampling (Poole et al., DreamFusion, arXiv:2209.14988, eq. 3).

    r(x_t, t, eps, y) = eps^(x_t, t, y) - eps

    eps^      the prior's noise under classifier-free guidance of scale s, rescaled and clamped as guided.py says

With weight "x0" the gradient is x0 - x0^, the step from the picture to the prior's clean guess (MVDream,
arXiv:2308.16512, A.1): w r = (sigma / alpha)(eps^ - eps) = x0 - (x_t - sigma eps^) / alpha.
"""

from dataclasses import dataclass

from ..ramp import Ramp
from ._base import Distillation
from ._config import Guiding, ramp


@dataclass
class Config(Guiding):
    guidance_scale: Ramp = ramp(10.0)  # s; the paper's is 100, which rescale and a prior over pixels make unnecessary
    rescale: float = 0.7


class SDS(Distillation):
    def residual(self, x_t, t, eps, query, extra):
        return self.guided(x_t, t, query, extra) - eps


Method = SDS
