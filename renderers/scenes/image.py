r"""A picture that is its own parameters: the shortest way from a method's gradient to something to look at.

    picture = sum_l up(theta_l),    l = 0 ... L-1 levels, each of half the size before

theta are pixels, premultiplied sRGB with or without an opacity, or the latents of a prior. Level 0 alone (L = 1) is the
picture itself; coarser levels let Adam move large areas at once.

Differentiable in theta. Pixels are brought back into range after each step; latents have no range.
"""

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn import Parameter, ParameterList

from ..draws import per_view
from ..scene import Render
from ..sheet import Sheet, read, viewed
from ._config import not_negative, positive

CAMERA = "Sheet"
ASSET = "Raster"
REGULARIZERS = ("variation",)
FALSE_COLOR = 6.0          # latents, of about unit variance, from black to white where no decoder is at hand


@dataclass
class Config:
    size: int = 64                  # pixels of an edge, or latents
    particles: int = 1              # pictures that share the method; see renderers/particles.py
    opacity: bool = True            # theta has one: for priors that have one, too; else the picture fills its frame
    latent: int = 0                 # channels of the prior's latents: Stable Diffusion 4, SD3 and Flux 16; 0 = pixels
    pyramid: int = 1                # L
    spread: float = 0.1             # standard deviation of theta at the start, every level's; 1 suits latents
    background: Literal["white", "random"] = "white"        # random: in training

    def __post_init__(self):
        positive(self, "size", "particles", "pyramid")
        not_negative(self, "latent", "spread")
        if self.size % 2 ** (self.pyramid - 1):
            raise ValueError(f"pyramid: need a size that halves {self.pyramid - 1} times, got {self.size}")


class IMAGE(torch.nn.Module):
    def __init__(self, cfg: Config, rng: torch.Generator):
        super().__init__()
        self.cfg = cfg
        self.failure_hints = {"empty": "raise guidance.guidance_scale"} if cfg.opacity and not cfg.latent else {}
        start = [0.0] * cfg.latent or ([0.25] * 3 + [0.5] if cfg.opacity else [0.5] * 3)
        sizes = [cfg.size // 2**level for level in range(cfg.pyramid)]
        noise = [cfg.spread * torch.randn(1, len(start), size, size, generator=rng) for size in sizes]
        noise[-1] += torch.tensor(start)[:, None, None]
        self.theta = ParameterList(map(Parameter, noise))       # [1, C, S / 2^l, S / 2^l]

    def planes(self) -> Tensor:
        """[1, C, S, S]."""
        finest, *coarser = self.theta
        return finest + sum(F.interpolate(level, finest.shape[-2:], mode="bilinear") for level in coarser)

    def render(self, camera: Sheet, progress: float = 1.0, rng: torch.Generator | None = None) -> Render:
        planes = self.planes()
        if self.cfg.latent:
            x = read(planes, camera)
            rgb = (x[..., :3] / FALSE_COLOR + 0.5).clamp(0, 1)
            return Render(rgb, torch.ones_like(rgb[..., :1]), rgb, latent=x)
        if not self.cfg.opacity:
            planes = torch.cat([planes, torch.ones_like(planes[:, :1])], 1)
        random = rng is not None and self.cfg.background == "random"
        behind = per_view(rng, len(camera), 1, 1, 3).to(planes) if random else None
        return viewed(planes[0].permute(1, 2, 0), camera, behind)

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """variation: the mean absolute difference of neighbours."""
        x = torch.cat([render.premultiplied, render.opacity], -1) if render.latent is None else render.latent
        return {"variation": x.diff(dim=1).abs().mean() + x.diff(dim=2).abs().mean()}

    def param_groups(self) -> list[dict]:
        return [{"name": "theta", "params": list(self.theta), "lr": 1.0}]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        """Pixels back into range: opacity in [0, 1], premultiplied color in [0, opacity]."""
        if self.cfg.latent:
            return
        x = self.planes()
        most = x[:, 3:].clamp(0, 1) if self.cfg.opacity else torch.ones_like(x[:, :1])
        inside = [x[:, :3].clamp(min=0).minimum(most), *([most] if self.cfg.opacity else [])]
        self.theta[0] += torch.cat(inside, 1) - x

    @torch.no_grad()
    def begin(self, picture: Tensor, rng: torch.Generator) -> None:
        """Start from ``picture`` [h, w, 4], premultiplied sRGB and opacity, with noise on it.

        Raises:
            ValueError: theta are latents.
        """
        if self.cfg.latent:
            raise ValueError("start.pictures: need 0 where scene.latent is not")
        x = picture.permute(2, 0, 1)[None].to(self.theta[0])
        if not self.cfg.opacity:
            x = x[:, :3] + 1 - x[:, 3:]
        x = F.interpolate(x, (self.cfg.size,) * 2, mode="bilinear", antialias=True, align_corners=False)
        for level in self.theta:
            level.copy_(self.cfg.spread * torch.randn(level.shape, generator=rng))
        self.theta[0] += x
        self.after_step(0, 0.0, rng)


Scene = IMAGE
