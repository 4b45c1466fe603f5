r"""Stable Diffusion 1.x and 2.x (Rombach et al., arXiv:2112.10752), their turbo and LCM descendants, as guidance.

    UNet2DConditionModel(x_t, t, CLIP states) = eps or v, as the scheduler's configuration says

A latent consistency model (Luo et al., arXiv:2310.04378) says x0 instead, through its boundary condition, and takes the
guidance scale w that it was distilled with as an input:

    f = c_skip x_t + c_out (x_t - sigma eps) / alpha
    c_skip = d^2 / ((k t)^2 + d^2),   c_out = k t / sqrt((k t)^2 + d^2)

with d = 0.5 and k the scheduler's timestep_scaling. Its eps is the noise that f leaves in x_t. Such a network, and a
turbo one, has guidance melted in: use it with ``scale`` near 1.
"""

import hashlib
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from diffusers.loaders import StableDiffusionLoraLoaderMixin
from torch import Tensor, nn

from ...conditions import Condition, Picture, Query
from ..adding.controlnet import Control, residuals, shown
from ..adding.image_prompt import ImagePrompt
from ..loading.encoders import Tower
from ..loading.folder import pipeline, schedule_of
from ..options import Options
from ._frozen import Spec
from ._latent import Latent

PIPELINES = ("StableDiffusionPipeline", "LatentConsistencyModelPipeline")
OPTIONS = ("pixels", "guidance", "lora", "words", "controlnet", "image")
W = 8.5                 # LCM's guidance input where none is asked for, as in its pipeline
SIGMA_DATA = 0.5        # d


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "SD":
    spec = Spec("unet", UNet2DConditionModel, (Tower(),), OPTIONS, StableDiffusionLoraLoaderMixin, ("vae",))
    return SD(spec, folder, device, precision, options)


class SD(Latent):
    """A ``Prior``; see guidance/priors/__init__.py. Raises PriorError for broken parts."""

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.prediction, self.schedule, scheduler = schedule_of(folder, folder.name)
        lcm = scheduler.get("_class_name") == "LCMScheduler"
        self.consistency = scheduler.get("timestep_scaling", 10.0) if lcm else 0.0      # k
        self.controls = [Control(each, self.network, self.device, self.dtype, options.offline) for each in options.controlnet]
        if added := [each.id for each in (*self.controls, self.image_prompt) if each]:
            self.id = hashlib.sha256(" ".join([self.id, *added]).encode()).hexdigest()[:16]

    def adapted(self, network: nn.Module) -> nn.Module:
        image = self.options.image
        self.image_prompt = ImagePrompt(image, network, self.device, self.options.offline) if image.picture else None
        return network

    def control(self, picture: Picture, query: Query, rng: torch.Generator) -> Tensor | None:
        pictures = [shown(control.sees, picture, query, self.resolution) for control in self.controls]
        return torch.cat(pictures, 1) if pictures else None

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        x, text = self.inputs(x_t, condition.text)
        added = self.micro(condition)
        down, mid = residuals(self.controls, x, t, text, condition.control, added)
        if self.image_prompt:
            added = {**added, "image_embeds": self.image_prompt.rows(condition.pose[:, 0], self.dtype)}
        value = self.network(x, t, text, timestep_cond=self.embedded_guidance(len(x)), added_cond_kwargs=added or None,
                             down_block_additional_residuals=down, mid_block_additional_residual=mid).sample
        return self.bounded(value, x_t, t) if self.consistency else value

    def micro(self, condition: Condition) -> dict[str, Tensor]:
        """What the network hears besides the text's states; SDXL hears more."""
        return {}

    def embedded_guidance(self, B: int) -> Tensor | None:
        """Sines and cosines [B, width] of 1000 w, for a network with guidance as an input."""
        width = self.network.config.time_cond_proj_dim
        if width is None:
            return None
        frequency = torch.exp(torch.arange(width // 2) * -(torch.tensor(10000.0).log() / (width // 2 - 1)))
        angles = 1000 * ((self.options.guidance or W) - 1) * frequency
        return torch.cat([angles.sin(), angles.cos()]).expand(B, -1).to(self.device, self.dtype)

    def bounded(self, value: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
        """The prediction that says the same as LCM's boundary condition does of its own, as ``prediction`` has it."""
        eps = self.schedule.eps_from(self.prediction, value.float(), x_t, t)
        kt = self.consistency * t.view(-1, 1, 1, 1).float()
        f = (SIGMA_DATA**2 * x_t + kt * (kt**2 + SIGMA_DATA**2).sqrt() * self.schedule.x0_from(eps, x_t, t)) \
            / (kt**2 + SIGMA_DATA**2)
        alpha, sigma = self.schedule.at(t, x_t)
        return self.schedule.target(self.prediction, f, (x_t - alpha * f) / sigma, t)
