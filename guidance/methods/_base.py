r"""What every score-distillation method shares; a method is its ``residual``.

    grad_x0 L = E_{t, eps} [ w(t) r(x_t, t, eps, y) ],      x_t = alpha_t x0 + sigma_t eps

The prior's Jacobian is dropped on purpose (Poole et al., DreamFusion, arXiv:2209.14988, section 3).
"""

from collections.abc import Callable

import torch
from torch import Tensor

from ..conditions import Picture, Query

WEIGHTS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {      # w(alpha, sigma); abar = alpha^2 in DDPM's letters
    "uniform": lambda alpha, sigma: torch.ones_like(sigma),
    "sigma2": lambda alpha, sigma: sigma**2,                    # 1 - abar: DreamFusion
    "alpha_sigma2": lambda alpha, sigma: alpha * sigma**2,      # Latent-NeRF, Fantasia3D
    "inverse_sigma2": lambda alpha, sigma: 1 / sigma**2,        # Fantasia3D, second strategy for appearance
    "x0": lambda alpha, sigma: sigma / alpha,                   # makes an error in eps one in x0: MVDream; also ISM's
}


class Distillation:
    """A loss over pictures from ``prior``; subclasses say what ``residual`` is.

    ``cfg`` is the Config at the top of the method's file. All have t_min and t_max (Ramps, fractions of the schedule),
    weight (a key of WEIGHTS), strength, clip and clip_norm.
    """

    def __init__(self, prior, cfg):
        self.prior, self.cfg = prior, cfg

    def param_groups(self) -> list[dict]:
        """What the method itself learns (VSD's LoRA), as a scene's; most learn nothing."""
        return []

    def state_dict(self) -> dict[str, Tensor]:
        return {}

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        if state:
            raise ValueError(f"{type(self).__name__}: has no state, got {', '.join(sorted(state)[:3])}")

    def residual(self, x_t: Tensor, t: Tensor, eps: Tensor, query: Query) -> Tensor:
        """r [B, C, H, W]: what the prior makes of x_t, less what it should be compared with."""
        raise NotImplementedError

    def losses(self, picture: Picture, query: Query, progress: float, rng: torch.Generator) -> dict[str, Tensor]:
        """Scalars by name, to be added up; differentiable in the picture.

        Args:
            picture: B pictures of any size; they are brought to the prior's.
            query: what they should show, B rows.
            progress: of the stage, [0, 1).
            rng: draws t and eps, on whatever device it lives.
        """
        x0 = self.prior.encode(picture)
        t, eps = self.draw(x0, progress, rng)
        return {"distill": self.loss(x0, query, t, eps)}

    def loss(self, x0: Tensor, query: Query, t: Tensor, eps: Tensor) -> Tensor:
        """A scalar whose gradient in ``x0`` is ``grad`` / B. Its value means nothing; do not plot it."""
        return (self.grad(x0.detach(), query, t, eps) * x0).sum() / len(x0)

    @torch.no_grad()
    def grad(self, x0: Tensor, query: Query, t: Tensor, eps: Tensor) -> Tensor:
        """strength w(t) r, clipped; [B, C, H, W]."""
        x_t = self.prior.schedule.noise(x0, eps, t)
        w = WEIGHTS[self.cfg.weight](*self.prior.schedule.at(t, x0))
        return clipped(self.cfg.strength * w * self.residual(x_t, t, eps, query), self.cfg.clip, self.cfg.clip_norm)

    def draw(self, x0: Tensor, progress: float, rng: torch.Generator) -> tuple[Tensor, Tensor]:
        """Levels t [B] and noise eps [B, C, H, W].

        Each t is uniform in [t_min, t_max]; together they are stratified, one in each B-th of the range in random
        order, so that a step sees coarse and fine levels alike.
        """
        B, schedule = len(x0), self.prior.schedule
        low, high = schedule.index(self.cfg.t_min(progress)), schedule.index(self.cfg.t_max(progress))
        u = (torch.randperm(B, generator=rng, device=rng.device) + torch.rand(B, generator=rng, device=rng.device)) / B
        t = (low + u.double() * (max(high, low) + 1 - low)).long().clamp(max=max(high, low))
        eps = torch.randn(x0.shape, generator=rng, device=rng.device, dtype=x0.dtype)
        return t.to(x0.device), eps.to(x0.device)


def clipped(g: Tensor, clip: float, clip_norm: float) -> Tensor:
    """``g`` [B, C, H, W], each element within +-clip, then each picture's L2 norm within clip_norm; 0 = no bound."""
    if clip:
        g = g.clamp(-clip, clip)
    if clip_norm:
        norm = g.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
        g = g * (clip_norm / norm.clamp(min=clip_norm))
    return g
