r"""The forward process of a prior, and the four quantities that a network may predict.

    x_t = alpha_t x0 + sigma_t eps

    variance preserving   alpha^2 + sigma^2 = 1     v = alpha eps - sigma x0      (Salimans and Ho, arXiv:2202.00512)
    rectified flow        alpha + sigma = 1         flow = eps - x0               (Liu et al., arXiv:2209.03003)

``eps_from`` converts every prediction to eps, so a method need not know what the network predicts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import torch
from torch import Tensor

PRESERVING = ("epsilon", "sample", "v_prediction")      # predictions on a variance-preserving path, by diffusers' names
PREDICTIONS = (*PRESERVING, "flow")


@dataclass(frozen=True)
class Schedule:
    """T levels of noise, index 0 the least; index -1 is the clean picture.

    Attributes:
        alpha: [T] float64, the share of the picture, falling.
        sigma: [T] float64, the share of the noise, rising.
    """

    alpha: Tensor
    sigma: Tensor
    tables: dict = field(default_factory=dict, repr=False, compare=False)      # both levels' [T + 1], by device and dtype

    @classmethod
    def from_alphas_cumprod(cls, abar: Tensor) -> "Schedule":
        """Variance preserving, from diffusers' ``alphas_cumprod`` [T]: alpha^2 = abar, sigma^2 = 1 - abar."""
        abar = abar.double().cpu()
        return cls(abar.sqrt(), (1 - abar).sqrt())

    @classmethod
    def rectified_flow(cls, T: int = 1000, shift: float = 1.0) -> "Schedule":
        """Straight paths; ``shift`` > 1 has more of its levels noisy, as diffusers' FlowMatchEulerDiscreteScheduler.

        sigma = shift u / (1 + (shift - 1) u) for u = 1/T ... 1 (Esser et al., Stable Diffusion 3, arXiv:2403.03206,
        eq. 23); the last level is pure noise, alpha = 0.
        """
        u = torch.arange(1, T + 1, dtype=torch.float64) / T
        sigma = shift * u / (1 + (shift - 1) * u)
        return cls(1 - sigma, sigma)

    def __len__(self) -> int:
        return len(self.alpha)

    def index(self, fraction: float) -> int:
        """The level at ``fraction`` in [0, 1] of the schedule; never one with alpha = 0, which is pure noise."""
        last = len(self) - 1 - int(self.alpha[-1] == 0)
        return min(max(round(fraction * len(self)), 0), last)

    def at(self, t: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
        """alpha and sigma of the levels ``t`` [B] (-1: 1 and 0), each [B, 1, 1, 1], in dtype and device of ``like``."""
        key = like.device, like.dtype
        if key not in self.tables:              # made once: a step asks up to ten times, and each copy waits for the device
            ends = self.alpha.new_ones(1), self.sigma.new_zeros(1)
            self.tables[key] = tuple(torch.cat([level, end]).to(like)
                                     for level, end in zip((self.alpha, self.sigma), ends, strict=True))
        t = t.to(like.device)
        return tuple(table[t].view(-1, 1, 1, 1) for table in self.tables[key])

    def time(self, t: Tensor) -> Tensor:
        """The time input of a rectified flow's network at the levels ``t`` [B]: 1000 sigma, float32."""
        return 1000 * self.at(t, torch.empty((), device=t.device))[1].flatten()

    def noise(self, x0: Tensor, eps: Tensor, t: Tensor) -> Tensor:
        """x_t [B, C, H, W]; differentiable in ``x0`` and ``eps``."""
        alpha, sigma = self.at(t, x0)
        return alpha * x0 + sigma * eps

    def x0_from(self, eps: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
        """x0^ = (x_t - sigma eps) / alpha [B, C, H, W]; ill-conditioned where alpha is near 0."""
        alpha, sigma = self.at(t, x_t)
        return (x_t - sigma * eps) / alpha

    def ddim(self, x_t: Tensor, eps: Tensor, t: Tensor, s: Tensor) -> Tensor:
        """x_s, one step from ``x_t`` along the probability flow, to less noise or to more (inversion).

        DDIM with eta = 0 (Song et al., arXiv:2010.02502, eq. 12); for a rectified flow the same formula is Euler's step.
        """
        return self.noise(self.x0_from(eps, x_t, t), eps, s)

    def along(self, x: Tensor, eps: Callable[[Tensor, Tensor], Tensor], levels: Iterable[Tensor]) -> Tensor:
        """``x`` [B, C, H, W] at the first of ``levels``, [B] each, taken to the last by a ``ddim`` step from each to the next.

        Args:
            eps: (x_t [B, C, H, W], t [B]) -> [B, C, H, W]; called once a step.
        """
        for t, s in pairwise(levels):
            x = self.ddim(x, eps(x, t), t, s)
        return x

    def target(self, prediction: str, x0: Tensor, eps: Tensor, t: Tensor) -> Tensor:
        """The network's training target [B, C, H, W] for ``noise(x0, eps, t)``; ``eps_from`` is its inverse."""
        alpha, sigma = self.at(t, x0)
        if prediction == "epsilon":
            return eps
        if prediction == "sample":
            return x0
        if prediction == "v_prediction":
            return alpha * eps - sigma * x0
        if prediction == "flow":
            return eps - x0
        raise ValueError(f"prediction_type: '{prediction}', have {', '.join(PREDICTIONS)}")

    def eps_from(self, prediction: str, value: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
        """eps [B, C, H, W] from a network's output ``value``; ``prediction`` is one of PREDICTIONS."""
        alpha, sigma = self.at(t, x_t)
        if prediction == "epsilon":
            return value
        if prediction == "sample":
            return (x_t - alpha * value) / sigma
        if prediction == "v_prediction":
            return sigma * x_t + alpha * value          # uses alpha^2 + sigma^2 = 1
        if prediction == "flow":
            return x_t + alpha * value                  # uses alpha + sigma = 1
        raise ValueError(f"prediction_type: '{prediction}', have {', '.join(PREDICTIONS)}")
