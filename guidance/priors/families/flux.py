r"""FLUX.1 (Black Forest Labs, 2024): a rectified flow through a transformer over 2 x 2 patches of latents.

    x_t = (1 - sigma) x0 + sigma eps,      the network says eps - x0 at the time sigma
    states = T5's;   pooled = CLIP-L's;    dev also hears a guidance scale, which was distilled into it

That embedded guidance alone binds a scene too weakly to its text, so guidance is classifier-free in two passes as for
every prior here, and the embedded one stays at its usual EMBEDDED unless the recipe's ``guidance`` says otherwise.
"""

from pathlib import Path

import torch
from diffusers import FluxTransformer2DModel
from diffusers.loaders import FluxLoraLoaderMixin
from torch import Tensor

from ...conditions import Condition
from ..loading.encoders import Tower
from ..loading.folder import flow_of, pipeline
from ..options import Options
from ._frozen import Spec
from ._latent import Latent

PIPELINES = ("FluxPipeline",)
CLIP, T5 = Tower(), Tower("text_encoder_2", "tokenizer_2", 512)
EMBEDDED = 3.5          # guidance of dev's pipeline
PIXELS = 1024           # its configuration does not say for which pictures it was made


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "Flux":
    spec = Spec("transformer", FluxTransformer2DModel, (CLIP, T5), ("pixels", "guidance", "lora", "words"),
                FluxLoraLoaderMixin, ("vae",))
    return Flux(spec, folder, device, precision, options)


class Flux(Latent):
    """A ``Prior``; see guidance/priors/__init__.py."""

    prediction = "flow"

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.schedule = flow_of(folder, tokens=(self.size // 2) ** 2)

    def native(self) -> int:
        return PIXELS

    def patch(self) -> int:
        return 2                # as ``packed`` has it; the configuration says 1

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        t5 = self.towered(1, texts)
        return t5.text, t5.mask, self.towered(0, texts).pooled

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        x, text, pooled = self.inputs(x_t, condition.text, condition.pooled)
        guidance = None
        if self.network.config.guidance_embeds:
            guidance = torch.full((len(x),), self.options.guidance or EMBEDDED, device=x.device)
        places = torch.zeros(text.shape[1], 3, device=x.device)                 # a text has no place in the picture
        value = self.network(packed(x), text, pooled, self.schedule.time(t) / 1000, grid(self.size // 2, x), places,
                             guidance).sample
        return unpacked(value, self.size)


def packed(x: Tensor) -> Tensor:
    """[B, C, S, S] as [B, S/2 S/2, 4 C] patches of 2 x 2, each channel's four together."""
    B, C, S, _ = x.shape
    return x.view(B, C, S // 2, 2, S // 2, 2).permute(0, 2, 4, 1, 3, 5).reshape(B, S * S // 4, 4 * C)


def unpacked(x: Tensor, S: int) -> Tensor:
    """``packed``'s inverse."""
    B, _, D = x.shape
    return x.view(B, S // 2, S // 2, D // 4, 2, 2).permute(0, 3, 1, 4, 2, 5).reshape(B, D // 4, S, S)


def grid(n: int, like: Tensor) -> Tensor:
    """(0, row, column) of each patch, [n n, 3]."""
    rows, columns = torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij")
    return torch.stack([torch.zeros(n, n), rows, columns], -1).view(n * n, 3).to(like.device)
