r"""DeepFloyd IF (Imagen's design, Saharia et al., arXiv:2205.11487): cascaded diffusion over pixels, T5 for the text.

    stage I     x0 = the picture at 64 x 64
    stage II    x0 = the picture at 256 x 256, beside itself at 64 x 64, brought back up and noised to AUGMENT

Both predict eps and a variance, of which eps is taken. Stage II refines: what it is shown of the picture is its own
low resolution, through ``control``. Pixels need no VAE: its gradients are the cheapest there are.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import UNet2DConditionModel
from diffusers.loaders import StableDiffusionLoraLoaderMixin
from torch import Tensor, nn

from ...conditions import Condition, Picture, Query
from ...errors import PriorError
from ..loading.encoders import Tower
from ..loading.folder import pipeline, schedule_of
from ..options import Options
from ..resize import resized
from ._frozen import Frozen, Spec

PIPELINES = ("IFPipeline", "IFSuperResolutionPipeline")
TOWER = Tower(masked=True)
LOW = 4             # stage II enlarges by
AUGMENT = 250       # level of the noise on stage II's low resolution, as in its pipeline


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "DeepFloyd":
    spec = Spec("unet", UNet2DConditionModel, (TOWER,), ("lora", "words"), StableDiffusionLoraLoaderMixin)
    return DeepFloyd(spec, folder, device, precision, options)


class DeepFloyd(Frozen):
    """A ``Prior``; see guidance/priors/__init__.py."""

    channels = 3

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.prediction, self.schedule, _ = schedule_of(folder, folder.name)
        self.size = self.network.config.sample_size
        self.upscales = self.network.config.in_channels == 2 * self.channels
        self.augmentation = schedule_of(folder, folder.name, "image_noising_scheduler")[1] if self.upscales else None

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, None]:
        return super().read([text.lower().strip() for text in texts])       # as in its training

    def add(self, part: str, encoder: nn.Module, tokenizer) -> dict[str, str]:
        """As always, by the words' lower-case forms, which are what ``read`` has left of them."""
        return {token.lower(): spelled for token, spelled in super().add(part, encoder, tokenizer).items()}

    def control(self, picture: Picture, query: Query, rng: torch.Generator) -> Tensor | None:
        """Stage II: the low resolution, brought up and noised, [B, 3, S, S]."""
        if not self.upscales:
            return None
        with torch.no_grad():
            low = resized(self.shown(picture), self.size // LOW)
            up = F.interpolate(low, (self.size, self.size), mode="bilinear", align_corners=True)
            eps = torch.randn(up.shape, generator=rng, device=rng.device).to(up)
            return self.augmentation.noise(up, eps, torch.full((len(up),), AUGMENT))

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        level = None
        if self.upscales:
            if condition.control is None:
                raise PriorError(f"prior '{self.name}': refines pictures, and draws none from noise alone")
            x_t, level = torch.cat([x_t, condition.control], 1), torch.full_like(t, AUGMENT)
        x, text = self.inputs(x_t, condition.text)
        return self.network(x, t, text, class_labels=level).sample[:, :self.channels]
