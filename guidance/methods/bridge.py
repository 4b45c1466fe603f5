r"""The second stage of SDS-Bridge (McAllister et al., arXiv:2406.09417): from the present pictures to better ones.

    r = eps(x_t, t, "y, target") - eps(x_t, t, "y, source")

SDS uses the unconditional prediction as a model of the present picture. That is wrong, because the picture already looks
like y, only badly. Here words describe what is bad. A recipe's first stage is SDS; this one follows it, without guidance.
"""

from dataclasses import dataclass

from ..guided import predictions
from ..prompts import Text
from ..ramp import Ramp
from ._base import Distillation
from ._config import Distilling, Weight, ramp


@dataclass
class Config(Distilling):
    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98)
    weight: Weight = "uniform"
    target: str = "detailed high resolution, high quality, sharp"
    source: str = ("oversaturated, smooth, pixelated, cartoon, foggy, hazy, blurry, bad structure, noisy, "
                   "malformed")


class BRIDGE(Distillation):
    def texts(self):
        return {name: Text("{prompt}, " + words)
                for name, words in (("target", self.cfg.target), ("source", self.cfg.source))}

    def residual(self, x_t, t, eps, query, extra):
        conditions = [query.others["target"], query.others["source"]]
        eps_target, eps_source = predictions(self.prior, x_t, t, conditions)
        return eps_target - eps_source


Method = BRIDGE
