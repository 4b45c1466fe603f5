r"""What every score-distillation method shares; a method is its ``residual``.

    grad_x0 L = E_{t, eps} [ w(t) r(x_t, t, eps, y) ],      x_t = alpha_t x0 + sigma_t eps

The prior's Jacobian is dropped on purpose (Poole et al., DreamFusion, arXiv:2209.14988, section 3). Methods that compute
their noise instead of drawing it (ISM, SDI, RFDS-Rev) override ``noise``; those that need more than t and eps override
``extra``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ..conditions import Picture, Query
from ..errors import MethodError
from ..guided import guided
from ..prompts import Text
from ..ramp import at
from ..timesteps import levels
from ._config import Distilling

WEIGHTS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {      # w(alpha, sigma); abar = alpha^2 in DDPM's letters
    "uniform": lambda alpha, sigma: torch.ones_like(sigma),
    "sigma2": lambda alpha, sigma: sigma**2,                    # 1 - abar: DreamFusion
    "alpha_sigma2": lambda alpha, sigma: alpha * sigma**2,      # Latent-NeRF, Fantasia3D
    "inverse_sigma2": lambda alpha, sigma: 1 / sigma**2,        # Fantasia3D, second strategy for appearance
    "score": lambda alpha, sigma: alpha / sigma,                # makes eps' error the score of x_t / alpha: SJC's paper
    "x0": lambda alpha, sigma: sigma / alpha,                   # makes an error in eps one in x0: MVDream; also ISM's
}


@dataclass(frozen=True)
class Extra:
    """Inputs that only some methods use.

    Attributes:
        progress: of the stage, [0, 1).
        level: [B] a second level (ASD).
        noise: [B, C, H, W] a second noise (PDS, SDI).
        source: [B, C, H, W] the x0 that an editing method starts from (DDS, PDS).
    """

    progress: float = 0.0
    level: Tensor | None = None
    noise: Tensor | None = None
    source: Tensor | None = None


class Distillation:
    """A loss on pictures from a frozen ``prior``; a subclass implements ``residual``.

    ``cfg`` is the Config at the top of the method's file; it has at least the fields of ``_config.Distilling``.
    """

    cfg: Any

    def __init__(self, prior, cfg: Distilling):
        self.prior, self.cfg = prior, cfg
        self.metrics: dict[str, Tensor] = {}    # scalars of the last step, for the run's curves

    def texts(self) -> dict[str, Text]:
        """Further texts that the method needs; ``Query.others`` has their conditions under the same names."""
        return {}

    def state_dict(self) -> dict[str, Tensor]:
        """The method's own trained weights and optimiser state (VSD's student); most methods have none."""
        return {}

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        if state:
            raise ValueError(f"{type(self).__name__}: has no state, got {', '.join(sorted(state)[:3])}")

    def residual(self, x_t: Tensor, t: Tensor, eps: Tensor, query: Query, extra: Extra) -> Tensor:
        """r [B, C, H, W]: the prior's prediction at x_t minus what the method compares it with.

        Args:
            x_t: [B, C, H, W] noised pictures, as ``noise`` returns them.
            t: [B] levels.
            eps: [B, C, H, W] the noise in x_t, as ``noise`` returns it.
            query: the conditions, B rows.
            extra: as ``extra`` returns it.
        """
        raise NotImplementedError

    def noise(self, x0: Tensor, t: Tensor, eps: Tensor, query: Query, extra: Extra) -> tuple[Tensor, Tensor]:
        """x_t and the noise that is passed to ``residual``, both [B, C, H, W]."""
        return self.prior.schedule.noise(x0, eps, t), eps

    def losses(self, picture: Picture, query: Query, progress: float, rng: torch.Generator,
               source: Picture | None = None) -> dict[str, Tensor]:
        """Scalar losses by name, to be summed; differentiable in the picture.

        Args:
            picture: B pictures of any size; they are resized to the prior's.
            query: what they should show, B rows.
            progress: of the stage, [0, 1).
            rng: draws t and eps, on its own device.
            source: for a method that ``edits``, the B pictures before the edit, from the same cameras.
        """
        x0 = self.prior.encode(picture)
        query = query.seeing(self.prior.control(picture, query, rng))
        t, eps = self.draw(x0, progress, rng)
        self.metrics = {"t": t.float().mean() / len(self.prior.schedule)}      # a fraction, as in a recipe
        return self.terms(picture, x0, query, t, eps, self.extra(x0, t, progress, rng, source))

    def terms(self, picture: Picture, x0: Tensor, query: Query, t: Tensor, eps: Tensor,
              extra: Extra) -> dict[str, Tensor]:
        """The losses for given t and eps."""
        return {"distill": self.loss(x0, query, t, eps, extra)}

    def loss(self, x0: Tensor, query: Query, t: Tensor, eps: Tensor, extra: Extra = Extra()) -> Tensor:
        """A scalar whose gradient in ``x0`` is ``grad`` / B. Its value has no meaning; do not plot it."""
        return (self.grad(x0.detach(), query, t, eps, extra) * x0).sum() / len(x0)

    @torch.no_grad()
    def grad(self, x0: Tensor, query: Query, t: Tensor, eps: Tensor, extra: Extra = Extra()) -> Tensor:
        """strength * w(t) r, clipped, [B, C, H, W]; carries no gradient itself."""
        x_t, eps = self.noise(x0, t, eps, query, extra)
        return self.weighted(self.residual(x_t, t, eps, query, extra), t, extra)

    def weighted(self, r: Tensor, t: Tensor, extra: Extra) -> Tensor:
        cfg, w = self.cfg, WEIGHTS[self.cfg.weight](*self.prior.schedule.at(t, r))
        return cfg.strength * clipped(w * r, cfg.clip(extra.progress), cfg.clip_norm)

    def guided(self, x_t: Tensor, t: Tensor, query: Query, extra: Extra, known: Tensor | None = None) -> Tensor:
        """eps^ [B, C, H, W] by classifier-free guidance; needs a Config with the fields of ``_config.Guiding``.

        ``known`` is ``t`` once more, on the CPU, where it is known there.
        """
        cfg = self.cfg
        return guided(self.prior, x_t, t, query, at(cfg.guidance_scale, extra.progress), guided_from=cfg.guided_from,
                      rescale=cfg.rescale, clamp=cfg.clamp, threshold=cfg.threshold, known=known)

    def draw(self, x0: Tensor, progress: float, rng: torch.Generator) -> tuple[Tensor, Tensor]:
        """Levels t [B] and noise eps [B, C, H, W].

        Random levels are stratified: the range is cut into B parts, and each picture gets a level of another part. So
        every step has high and low levels.
        """
        t = levels(self.cfg, self.prior.schedule, progress, stratified(len(x0), rng),
                   torch.rand(len(x0), generator=rng, device=rng.device) if self.cfg.jitter else torch.zeros(len(x0)))
        return t.to(x0.device), normal(x0, rng)

    def extra(self, x0: Tensor, t: Tensor, progress: float, rng: torch.Generator, source: Picture | None) -> Extra:
        """The method's further inputs of a step, drawn with ``rng`` after t and eps."""
        return Extra(progress)

    def encoded(self, source: Picture | None) -> Tensor:
        """x0 of the source; raises MethodError if an editing method was given none."""
        if source is None:
            raise MethodError(f"{type(self).__name__.lower()}: edits a picture and needs that picture as it was; got none")
        with torch.no_grad():
            return self.prior.encode(source)


def stratified(B: int, rng: torch.Generator) -> Tensor:
    """[B] random numbers, one in each of the B equal parts of [0, 1), in random order; on the CPU."""
    return ((torch.randperm(B, generator=rng, device=rng.device)
             + torch.rand(B, generator=rng, device=rng.device)) / B).cpu()


def normal(like: Tensor, rng: torch.Generator) -> Tensor:
    return torch.randn(like.shape, generator=rng, device=rng.device, dtype=like.dtype).to(like.device)


def clipped(g: Tensor, clip: float, clip_norm: float) -> Tensor:
    """``g`` [B, C, H, W] with each element clamped to +-clip, then each picture's L2 norm to clip_norm; 0 = no bound."""
    if clip:
        g = g.clamp(-clip, clip)
    if clip_norm:
        norm = g.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
        g = g * (clip_norm / norm.clamp(min=clip_norm))
    return g
