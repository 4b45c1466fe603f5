"""The settings that methods share. Torch-free, because recipes are read before torch is imported."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ..ramp import Ramp
from ..ranges import fraction, not_negative

Weight = Literal["uniform", "sigma2", "alpha_sigma2", "inverse_sigma2", "score", "x0"]          # w(t), see _base.py
Timesteps = Literal["random", "linear", "sqrt", "dreamtime"]


def ramp(start: float, end: float | None = None, begin: float = 0.0, finish: float = 1.0) -> Ramp:
    """A Config's field whose default is this Ramp; without ``end`` it is constant."""
    return field(default_factory=lambda: Ramp(start, start if end is None else end, begin, finish))


@dataclass
class Distilling:
    """Settings of every method: the levels of noise, and the weight and bounds of the gradient."""

    edits: ClassVar[bool] = False       # whether the method starts from a picture, the ``source`` of ``losses``
    keeps: ClassVar[bool] = False       # whether it keeps a picture of each viewpoint, ``Query.viewpoint``
    hears: ClassVar[tuple[str, ...]] = ()       # of a recipe's ``prompts``: "negative", "perp_neg"

    t_min: Ramp = ramp(0.3, 0.1)        # least noise, fraction of the schedule
    t_max: Ramp = ramp(0.98, 0.48)      # most noise
    timesteps: Timesteps = "random"       # how t is chosen, see timesteps.py
    dreamtime: tuple[float, float] = (0.5, 0.125)       # m and s of "dreamtime", fractions of the schedule
    jitter: float = 0.0             # up to this is added to t, fraction of the schedule
    weight: Weight = "x0"           # w(t)
    strength: float = 1.0           # factor of the gradient, which is a sum over pixels and a mean over pictures
    clip: Ramp = ramp(0)            # bound on each element of w r, 0 = none
    clip_norm: float = 0.0          # bound on the L2 norm of w r, picture by picture, 0 = none

    def __post_init__(self):
        fraction(t_min=self.t_min, t_max=self.t_max, jitter=self.jitter)
        if self.t_min.start > self.t_max.start or self.t_min.end > self.t_max.end:
            raise ValueError(f"t_min: need t_min <= t_max, got {self.t_min.start}, {self.t_min.end} "
                             f"and {self.t_max.start}, {self.t_max.end}")
        if not self.dreamtime[1] > 0:
            raise ValueError(f"dreamtime: need a width > 0, got {self.dreamtime[1]}")
        not_negative(strength=self.strength, clip=self.clip, clip_norm=self.clip_norm)


@dataclass
class Guiding(Distilling):
    """Settings of a method with classifier-free guidance, see guided.py."""

    hears: ClassVar[tuple[str, ...]] = ("negative", "perp_neg")

    guidance_scale: Ramp = ramp(7.5)  # s
    guided_from: float = 0.0        # fraction of the schedule; at the levels below, s = 1: less detail is made up, fewer specks
    rescale: float = 0.0            # phi, [0, 1]: how far the standard deviation of x0^ is moved to that of x0_y, 0 = off
    clamp: bool = True              # clamp x0^ to [-1, 1]; only for priors over pixels
    threshold: float = 0.0          # dynamic threshold: quantile of |x0^| that is scaled to 1, such as 0.995; 0 = off

    def __post_init__(self):
        super().__post_init__()
        not_negative(guidance_scale=self.guidance_scale)
        fraction(guided_from=self.guided_from, rescale=self.rescale, threshold=self.threshold)
