r"""What the priors over latents share: a variational autoencoder (Rombach et al., arXiv:2112.10752).

    x0 = (E(picture) - shift) scale,        picture = D(x0 / scale + shift),        E the posterior's mean

Encoder and decoder compute in float32 whatever the network does, because the encoder's gradient and SDXL's decoder
overflow float16. The mean, not a sample, is used, so that a step has no noise but the method's.
"""

from pathlib import Path

import torch
from diffusers import AutoencoderKL
from torch import Tensor

from ...conditions import Picture
from ...errors import PriorError
from ..loading.folder import load_part
from ..options import Options
from ..resize import resized
from ._frozen import Frozen, Spec


class Latent(Frozen):
    """A ``Prior`` over latents; subclasses set ``prediction`` and ``schedule``, and implement ``predict``. Raises PriorError
    for pictures of a side that the network cannot cut into its tokens."""

    pixels = False

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.vae = load_part(AutoencoderKL, folder, "vae", torch.float32).to(self.device)
        c = self.vae.config
        self.factor = 2 ** (len(c.block_out_channels) - 1)         # pixels a latent, along a side
        self.scale, self.shift = c.scaling_factor, c.shift_factor or 0.0
        self.channels = c.latent_channels
        pixels, token = options.pixels or self.native(), self.factor * self.patch()
        if pixels % token:
            raise PriorError(f"prior '{self.name}': pixels: need a multiple of {token}, got {pixels}")
        self.size = pixels // self.factor
        if self.plan.twice:
            self.vae.enable_gradient_checkpointing()
            self.vae.train()                    # diffusers checkpoints in training only; it has no dropout, so no harm
        if self.plan.sliced:
            self.vae.enable_slicing()

    @property
    def resolution(self) -> int:
        return self.size * self.factor

    def encode(self, picture: Picture) -> Tensor:
        if (latent := getattr(picture, "latent", None)) is not None:        # a scene that is made of latents itself
            return resized(latent.permute(0, 3, 1, 2).float(), self.size)
        return self.latents(self.shown(picture))

    def latents(self, x: Tensor) -> Tensor:
        """x0 [B, C, S, S] of pictures [B, 3, R, R] in [-1, 1]; differentiable."""
        return (self.vae.encode(x).latent_dist.mean - self.shift) * self.scale

    def decode(self, x0: Tensor) -> tuple[Tensor, Tensor]:
        return super().decode(self.vae.decode(x0 / self.scale + self.shift).sample)

    def native(self) -> int:
        """The side in pixels of the pictures that the network was made for."""
        return self.network.config.sample_size * self.factor

    def patch(self) -> int:
        """Latents along a side of what the network takes as one token; a UNet takes each alone."""
        return 1
