"""IP-Adapter (Ye et al., arXiv:2308.06721): a picture as a prompt, through cross-attention of its own.

Positive conditions get the picture, negative ones none, as in classifier-free guidance. A condition counts as positive if
it has a camera pose. diffusers reads the adapter and builds its attention.
"""

from pathlib import Path

import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline
from diffusers.utils import load_image
from torch import Tensor, nn

from ...errors import PriorError
from ..loading.files import fingerprint
from ..loading.hub import add_on
from ..loading.quiet import quiet
from ..options import ImagePrompt as Wanted


class ImagePrompt:
    """Adds the adapter to ``network`` (changing it) and holds the picture's vectors; ``id`` names the files of all of it and the
    weight. Raises PriorError."""

    def __init__(self, wanted: Wanted, network: nn.Module, device: torch.device, offline: bool):
        folder, file = Path(wanted.path).expanduser(), Path(wanted.picture).expanduser()
        if not file.is_file():
            raise PriorError(f"prior: image.picture: there is no file '{wanted.picture}'")
        if not folder.is_dir():
            files = (f"{wanted.folder}/{wanted.file}", f"{wanted.folder}/image_encoder/*")
            folder = add_on(wanted.path, files, offline)
        scheduler = DDIMScheduler(steps_offset=1, clip_sample=False)        # the pipeline wants one, and we do not
        pipe = StableDiffusionPipeline(None, None, None, network, scheduler, None, None, None, False)
        try:
            picture = load_image(str(file))
            with quiet():
                pipe.load_ip_adapter(folder, wanted.folder, wanted.file, local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise PriorError(f"prior: cannot use the IP-Adapter in {folder / wanted.folder / wanted.file}: "
                             f"{(str(error).strip().splitlines() or [type(error).__name__])[0]}") from None
        pipe.set_ip_adapter_scale(wanted.weight)
        pipe.image_encoder.to(device=device, dtype=torch.float32)
        with torch.no_grad():
            (both,) = pipe.prepare_ip_adapter_image_embeds([picture], None, device, 1, True)
        self.nothing, self.vectors = both.float().chunk(2)
        network.requires_grad_(False)
        eye = sorted(part for part in (folder / wanted.folder / "image_encoder").glob("*") if part.is_file())
        self.id = " ".join([*map(fingerprint, [file, folder / wanted.folder / wanted.file, *eye]), f"{wanted.weight}"])

    def rows(self, asked: Tensor, dtype: torch.dtype) -> list[Tensor]:
        """The picture's vectors for the rows where ``asked`` [B] is 1, those of no picture where it is 0."""
        share = asked.view(-1, *[1] * (self.vectors.ndim - 1)).to(self.vectors)
        return [(share * self.vectors + (1 - share) * self.nothing).to(dtype)]
