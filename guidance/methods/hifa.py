r"""HiFA's form of score distillation (Zhu and Zhuang, arXiv:2305.18766): distances to a picture denoised further.

    L = w/2 |x0 - x0^|^2 + w lambda/2 |picture - decode(x0^)|^2,      x0^ = DDIM from x_t in ``steps`` guided steps

With one step this is SDS under weight "x0". In the letters of the base, r = (alpha / sigma)(x0 - x0^), so that the w of both
terms is w(t) alpha / sigma, 1 under weight "x0" (the official code, too, weights both alike). The second term is for
latents, where it asks for more than the first; for a prior over pixels it is the first again, and a scene that is made of
latents has false colors: for both it is left out. Levels fall with the square root of progress.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from ..denoise import denoised
from ..ramp import Ramp
from ..ranges import not_negative, positive
from ._base import WEIGHTS, Distillation
from ._config import Guiding, Timesteps, ramp


@dataclass
class Config(Guiding):
    guidance_scale: Ramp = ramp(100.0)
    t_min: Ramp = ramp(0.3)         # where t ends
    t_max: Ramp = ramp(0.98)        # where it begins
    timesteps: Timesteps = "sqrt"
    strength: float = 0.05
    steps: int = 4
    pixels: float = 0.1             # lambda

    def __post_init__(self):
        super().__post_init__()
        not_negative(pixels=self.pixels)
        positive(steps=self.steps)


class HIFA(Distillation):
    def residual(self, x_t, t, eps, query, extra):
        return self.error(self.denoised(x_t, t, query, extra), x_t, t, eps)

    def denoised(self, x_t, t, query, extra):
        """x0^ [B, C, H, W], in even steps down to the clean picture."""
        return denoised(self.prior.schedule, lambda x, t_k, known_k: self.guided(x, t_k, query, extra, known_k), x_t, t,
                        self.cfg.steps)

    def error(self, x0_hat, x_t, t, eps):
        """(alpha / sigma)(x0 - x0^), as the noise that x0^ would mean, less ``eps``."""
        alpha, sigma = self.prior.schedule.at(t, x_t)
        return (x_t - alpha * x0_hat) / sigma - eps

    def terms(self, picture, x0, query, t, eps, extra):
        if self.prior.pixels or not self.cfg.pixels or getattr(picture, "latent", None) is not None:
            return super().terms(picture, x0, query, t, eps, extra)
        with torch.no_grad():
            x_t, eps = self.noise(x0.detach(), t, eps, query, extra)
            x0_hat = self.denoised(x_t, t, query, extra)
            grad = self.weighted(self.error(x0_hat, x_t, t, eps), t, extra)
            want = self.prior.decode(x0_hat)[0].permute(0, 3, 1, 2)
        rgb = picture.rgb.permute(0, 3, 1, 2)
        if rgb.shape != want.shape:
            rgb = F.interpolate(rgb, want.shape[-2:], mode="bilinear", antialias=True, align_corners=False)
        alpha, sigma = self.prior.schedule.at(t, rgb)
        w = self.cfg.strength * self.cfg.pixels * WEIGHTS[self.cfg.weight](alpha, sigma) * alpha / sigma
        return {"distill": (grad * x0).sum() / len(x0), "pixels": (w / 2 * (rgb - want).square()).sum() / len(x0)}


Method = HIFA
