r"""Delta denoising score (Hertz et al., arXiv:2304.07090): edit a picture, by the difference of two distillations.

    r = eps^(x_t, t, y) - eps^(s_t, t, y_s),        s_t = alpha source + sigma eps

with the same t and eps for the picture and for the source, the picture before the edit, which ``y_s`` describes. What
is wrong with SDS's gradient is wrong with both and cancels: a picture that is the source, under the same words, stays.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from ..prompts import Text
from ..ramp import Ramp
from ._base import Distillation
from ._config import Guiding, Weight, ramp


@dataclass
class Config(Guiding):
    edits: ClassVar[bool] = True
    t_min: Ramp = ramp(0.05)
    t_max: Ramp = ramp(0.95)
    weight: Weight = "uniform"
    source: str = ""                # what the source shows, in words


class DDS(Distillation):
    def texts(self):
        return {"source": Text(self.cfg.source)}

    def extra(self, x0, t, progress, rng, source):
        return replace(super().extra(x0, t, progress, rng, source), source=self.encoded(source))

    def residual(self, x_t, t, eps, query, extra):
        s_t = self.prior.schedule.noise(extra.source, eps, t)
        return self.guided(x_t, t, query, extra) - self.guided(s_t, t, before(query), extra)


def before(query):
    """The question about the source."""
    return replace(query, positive=query.others["source"], repel=(), repel_weight=None)


Method = DDS
