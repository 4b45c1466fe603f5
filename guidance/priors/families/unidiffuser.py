r"""UniDiffuser (Bao et al., arXiv:2303.06555): one U-ViT for pictures and texts, each with a noise level of its own.

    a picture is (VAE latents, CLIP's image vector), a text is CLIP's states through a narrow linear map
    y:  the text at level 0;        no words at all: the text pure noise, at the last level (its eq. 6 and 7)

x0 has a plane more than the latents: it begins with the D numbers of the image vector and is zero from there on. Both
halves of the picture are distilled, each with its own noise, as the network was trained; what the padding says, eps =
x_t / sigma, is exact, and so asks for no change.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import UniDiffuserModel
from torch import Tensor
from transformers import CLIPVisionModelWithProjection

from ...conditions import Condition, Picture
from ...errors import PriorError
from ..loading.encoders import Tower
from ..loading.files import read_tensors
from ..loading.folder import load_part, pipeline, schedule_of, stored
from ..options import Options
from ..resize import resized
from ._frozen import Spec
from ._latent import Latent

PIPELINES = ("UniDiffuserPipeline",)
TOWER = Tower("text_encoder", "clip_tokenizer")
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)       # of CLIP's pictures


def recognises(folder: Path) -> bool:
    return pipeline(folder) in PIPELINES


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "UniDiffuser":
    spec = Spec("unet", UniDiffuserModel, (TOWER,), ("words",), None, ("vae", "text_decoder", "image_encoder"))
    return UniDiffuser(spec, folder, device, precision, options)


class UniDiffuser(Latent):
    """A ``Prior``; see guidance/priors/__init__.py."""

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        super().__init__(spec, folder, device, precision, options)
        self.prediction, self.schedule, _ = schedule_of(folder, folder.name)
        self.eye = load_part(CLIPVisionModelWithProjection, folder, "image_encoder", torch.float32).to(self.device)
        self.width = self.network.config.clip_img_dim          # D
        self.channels += 1
        self.narrow = narrowing(folder)

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, None]:
        """The narrowed states; of no words, noise and a mask without a token."""
        encoded = self.towered(0, texts)
        text = F.linear(encoded.text, *self.narrow)
        noise = torch.randn(text.shape[1:], generator=torch.Generator().manual_seed(0))
        nonempty = torch.tensor([bool(t) for t in texts])
        return torch.where(nonempty[:, None, None], text, noise), encoded.mask & nonempty[:, None], None

    def encode(self, picture: Picture) -> Tensor:
        """Raises PriorError for a scene that is made of latents: it has no image vector."""
        if getattr(picture, "latent", None) is not None:
            raise PriorError(f"prior '{self.name}': scene.latent: need 0, because x0 is latents and an image vector, got "
                             f"{picture.latent.shape[-1]}")
        x = self.shown(picture)
        image = resized(x / 2 + 0.5, self.eye.config.image_size)
        mean, std = (torch.tensor(c).view(3, 1, 1).to(x) for c in (MEAN, STD))
        return self.joined(self.latents(x), self.eye((image - mean) / std).image_embeds)

    def decode(self, x0: Tensor) -> tuple[Tensor, Tensor]:
        return super().decode(x0[:, :-1])

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        latents, vector = x_t[:, :-1], x_t[:, -1].flatten(1)[:, None, :self.width]
        latents, vector, text = self.inputs(latents, vector, condition.text)
        silent = (~condition.mask.any(1)).to(t) * len(self.schedule)
        eps, eps_vector, _ = self.network(latents, vector, text, timestep_img=t, timestep_text=silent)
        _, sigma = self.schedule.at(t, x_t)
        plane = (x_t / sigma)[:, -1:].flatten(1)
        plane = torch.cat([eps_vector[:, 0].to(plane), plane[:, self.width:]], 1).view_as(x_t[:, -1:])
        return torch.cat([eps.to(plane), plane], 1)

    def joined(self, latents: Tensor, vector: Tensor) -> Tensor:
        """[B, C, S, S] and [B, D] as [B, C + 1, S, S]."""
        B, _, S, _ = latents.shape
        return torch.cat([latents, F.pad(vector, (0, S * S - self.width)).view(B, 1, S, S)], 1)


def narrowing(folder: Path) -> tuple[Tensor, Tensor]:
    """Weight and bias of the linear map before the captions' decoder, of which nothing else is needed."""
    for file in stored(folder / "text_decoder")[1]:
        tensors = read_tensors(file)
        if "encode_prefix.weight" in tensors:
            return tensors["encode_prefix.weight"].float(), tensors["encode_prefix.bias"].float()
    raise PriorError(f"prior '{folder.name}': {folder / 'text_decoder'} has no encode_prefix.weight")
