r"""Multi-view score distillation (Shi et al., MVDream, arXiv:2308.16512, sec. 3.3 and A.1).

    w r = x0 - x0^,     x0^ = phi std_y / std^ x0^_cfg + (1 - phi) x0^_cfg

SDS in its x0 form for ``views`` pictures of one object at a time: they share the level t, and the standard deviations
of the rescale are those of the whole group. A prior that draws the views together (MVDream) sees them as neighbours in
the batch; with any other prior each view stands alone, and this is SDS with common levels.
"""

from dataclasses import dataclass

from ..errors import MethodError
from ..guided import guided
from ..ramp import Ramp, at
from ..ranges import positive
from ._base import Distillation
from ._config import Guiding, ramp


@dataclass
class Config(Guiding):
    guidance_scale: Ramp = ramp(50.0)
    rescale: float = 0.5            # phi; 0.7 in the paper's text, as its README says
    t_min: Ramp = ramp(0.98, 0.02, 0, 0.8)
    t_max: Ramp = ramp(0.98, 0.5, 0, 0.8)
    views: int = 4

    def __post_init__(self):
        super().__post_init__()
        positive(views=self.views)


class MVSDS(Distillation):
    def draw(self, x0, progress, rng):
        views = self.cfg.views
        if len(x0) % views:
            raise MethodError(f"mvsds: need a multiple of guidance.views = {views} pictures a step, got {len(x0)}")
        t, eps = super().draw(x0, progress, rng)
        return t[::views].repeat_interleave(views), eps

    def residual(self, x_t, t, eps, query, extra):
        cfg = self.cfg
        return guided(self.prior, x_t, t, query, at(cfg.guidance_scale, extra.progress), guided_from=cfg.guided_from,
                      rescale=cfg.rescale, clamp=cfg.clamp, threshold=cfg.threshold, together=cfg.views) - eps


Method = MVSDS
