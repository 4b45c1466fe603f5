r"""Stable Diffusion XL (Podell et al., arXiv:2307.01952): two text encoders and micro-conditioning.

    states = (CLIP-L, OpenCLIP-G), each from the layer before the last;   pooled = OpenCLIP-G's projected one
    the UNet also hears (original height, width, crop top, left, target height, width)

Every picture is said to be whole and of the size at which it is shown. The VAE computes in float32, as it must.
"""

from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from diffusers.loaders import StableDiffusionXLLoraLoaderMixin
from torch import Tensor

from ...conditions import Condition
from ..loading.encoders import Tower
from ..loading.folder import index, pipeline
from ..options import Options
from . import sd
from ._frozen import Spec

PIPELINES = ("StableDiffusionXLPipeline",)
TOWERS = (Tower(layer=-2), Tower("text_encoder_2", "tokenizer_2", layer=-2))


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "SDXL":
    spec = Spec("unet", UNet2DConditionModel, TOWERS, sd.OPTIONS, StableDiffusionXLLoraLoaderMixin, ("vae",))
    return SDXL(spec, folder, device, precision, options)


class SDXL(sd.SD):
    """A ``Prior``; see guidance/priors/__init__.py."""

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.empty_is_zero = index(folder).get("force_zeros_for_empty_prompt", True)

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        """The states of both encoders beside each other; those of no words are zeros, as in its training."""
        first, second = self.towered(0, texts), self.towered(1, texts)
        text, pooled = torch.cat([first.text, second.text], -1), second.pooled
        if self.empty_is_zero:
            nonempty = torch.tensor([bool(t) for t in texts])
            text, pooled = text * nonempty[:, None, None], pooled * nonempty[:, None]
        return text, first.mask, pooled

    def micro(self, condition: Condition) -> dict[str, Tensor]:
        R = float(self.resolution)
        sizes = torch.tensor([R, R, 0, 0, R, R], device=self.device).expand(len(condition), -1)
        text, sizes = self.inputs(condition.pooled, sizes)
        return {"text_embeds": text, "time_ids": sizes}
