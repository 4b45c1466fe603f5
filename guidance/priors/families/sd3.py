r"""Stable Diffusion 3 and 3.5 (Esser et al., arXiv:2403.03206): a rectified flow through a multimodal transformer.

    x_t = (1 - sigma) x0 + sigma eps,      the network says eps - x0 at the time 1000 sigma
    states = (CLIP-L, OpenCLIP-G) beside each other, padded in width to T5's, then T5's; pooled = both CLIPs' projected

Guidance is classifier-free, in two passes, as for every prior here. A folder without T5 (text_encoder_3) works: zeros
stand for its states, as in the paper.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import SD3Transformer2DModel
from diffusers.loaders import SD3LoraLoaderMixin
from torch import Tensor

from ...conditions import Condition
from ..loading.encoders import Tower
from ..loading.folder import flow_of, pipeline
from ..options import Options
from ._frozen import Spec, towers_in
from ._latent import Latent

PIPELINES = ("StableDiffusion3Pipeline",)
TOWERS = (Tower(layer=-2), Tower("text_encoder_2", "tokenizer_2", layer=-2),
          Tower("text_encoder_3", "tokenizer_3", 256))


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "SD3":
    spec = Spec("transformer", SD3Transformer2DModel, towers_in(folder, TOWERS), ("pixels", "lora", "words"),
                SD3LoraLoaderMixin, ("vae",))
    return SD3(spec, folder, device, precision, options)


class SD3(Latent):
    """A ``Prior``; see guidance/priors/__init__.py."""

    prediction = "flow"

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.schedule = flow_of(folder, tokens=(self.size // self.patch()) ** 2)

    def patch(self) -> int:
        return self.network.config.patch_size

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        clips = [self.towered(i, texts) for i in (0, 1)]
        width, N = self.network.config.joint_attention_dim, len(texts)
        clip = torch.cat([c.text for c in clips], -1)
        if len(self.spec.towers) == 3:
            t5 = self.towered(2, texts)
            long, mask = t5.text, t5.mask
        else:
            long, mask = torch.zeros(N, TOWERS[2].length, width), torch.zeros(N, TOWERS[2].length, dtype=torch.bool)
        text = torch.cat([F.pad(clip, (0, width - clip.shape[-1])), long], 1)
        return text, torch.cat([clips[0].mask, mask], 1), torch.cat([c.pooled for c in clips], -1)

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        x, text, pooled = self.inputs(x_t, condition.text, condition.pooled)
        return self.network(x, text, pooled, self.schedule.time(t)).sample
