r"""PixArt-alpha and -Sigma (Chen et al., arXiv:2310.00426, arXiv:2403.04692): a diffusion transformer with T5 states.

    PixArtTransformer2DModel(x_t, t, T5 states) = (eps, variance), of which eps is taken

The 1024-pixel alpha also hears the picture's size and shape.
"""

from pathlib import Path

import torch
from diffusers import PixArtTransformer2DModel
from torch import Tensor

from ...conditions import Condition
from ..loading.encoders import Tower
from ..loading.folder import pipeline, schedule_of
from ..options import Options
from ._frozen import Spec
from ._latent import Latent

PIPELINES = {"PixArtAlphaPipeline": 120, "PixArtSigmaPipeline": 300}       # and the tokens that they read


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "PixArt":
    tower = Tower(length=PIPELINES[pipeline(folder)], masked=True)
    spec = Spec("transformer", PixArtTransformer2DModel, (tower,), ("pixels",), None, ("vae",))
    return PixArt(spec, folder, device, precision, options)


class PixArt(Latent):
    """A ``Prior``; see guidance/priors/__init__.py."""

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.prediction, self.schedule, _ = schedule_of(folder, folder.name)

    def patch(self) -> int:
        return self.network.config.patch_size

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, None]:
        return super().read([text.lower().strip() for text in texts])       # as in its training

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        x, text = self.inputs(x_t, condition.text)
        value = self.network(x, encoder_hidden_states=text, timestep=t, added_cond_kwargs=self.shape(x),
                             encoder_attention_mask=condition.mask.to(x)).sample
        return value[:, :self.channels]

    def shape(self, x: Tensor) -> dict[str, Tensor | None]:
        """Height, width and their ratio, for a network that hears them."""
        if not self.network.use_additional_conditions:
            return {"resolution": None, "aspect_ratio": None}
        R = float(self.resolution)
        size = torch.tensor([[R, R]]).expand(len(x), -1)
        return {"resolution": size.to(x), "aspect_ratio": torch.ones(len(x), 1).to(x)}
