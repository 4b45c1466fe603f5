r"""ControlNet (Zhang et al., arXiv:2302.05543): a second network that receives depth, normals or edges of the picture.

    depth     1 / distance, from 0 (the farthest point, and nothing) to 1 (the nearest), as MiDaS draws it
    normal    in the camera's frame; red to the left, green up, blue to the camera, as ControlNet 1.1 was trained
    canny     edges of the picture, white on black (Canny 1986)

These inputs carry no gradient.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import ControlNetModel
from torch import Tensor, nn

from ... import conditions
from ...errors import PriorError
from ..loading.files import read_json
from ..loading.folder import digest, load_part
from ..loading.hub import add_on
from ..options import ControlNet
from ..resize import resized

FILES = ("config.json", "diffusion_pytorch_model.safetensors")
ALIKE = {"cross_attention_dim": "text's width", "block_out_channels": "levels' width", "layers_per_block": "layers of a level",
         "in_channels": "number of channels", "addition_embed_type": "further condition"}       # of a network and its ControlNet
LOW, HIGH = 0.2, 0.4            # Canny's thresholds on the gradient of a picture in [0, 1], per pixel
NOTHING = (0.5, 0.5, 1.0)       # the color of a normal where nothing is: towards the camera


class Control:
    """One ControlNet on a device, frozen; ``id`` is a digest of its weights and settings. Raises PriorError."""

    def __init__(self, wanted: ControlNet, network: nn.Module, device: torch.device, dtype: torch.dtype, offline: bool):
        folder = Path(wanted.path).expanduser()
        if not folder.is_dir():
            folder = add_on(wanted.path, FILES, offline)
        check(wanted.path, read_json(folder / "config.json"), network.config)
        self.network = load_part(ControlNetModel, folder.parent, folder.name, dtype).to(device)
        self.sees, self.weight = wanted.sees, wanted.weight
        self.id = digest(folder.parent, (folder.name,), f"{self.sees} {self.weight}")


def check(path: str, config: dict, network: dict) -> None:
    """Raise PriorError unless a ControlNet of this configuration is one for this network."""
    if (kind := config.get("_class_name")) != ControlNetModel.__name__:
        raise PriorError(f"prior: the ControlNet '{path}' is of the class {kind}, and {ControlNetModel.__name__} is read")
    for key, what in ALIKE.items():
        wanted, here = plain(config.get(key)), plain(network.get(key))
        if wanted != here:
            raise PriorError(f"prior: the ControlNet '{path}' was made for another network: its {what} is {wanted}, and this "
                             f"one's is {here}")


def plain(value):
    """A setting as it compares: JSON has no tuples."""
    return list(value) if isinstance(value, tuple) else value


def residuals(controls: list[Control], x: Tensor, t: Tensor, text: Tensor, pictures: Tensor | None,
              added: dict[str, Tensor]) -> tuple[tuple[Tensor, ...] | None, Tensor | None]:
    """The ControlNets' additions to the UNet's skip connections and middle block; (None, None) without any.

    Args:
        seen: [B, 3 K, R, R] the inputs of the K ControlNets, in their order.
        added: further conditions of the network, as diffusers names them (SDXL).
    """
    down, mid = None, None
    if pictures is None:
        return down, mid
    for control, picture in zip(controls, pictures.chunk(len(controls), 1), strict=True):
        more, middle = control.network(x, t, text, picture.to(x), conditioning_scale=control.weight,
                                       added_cond_kwargs=added or None, return_dict=False)
        down = more if down is None else [a + b for a, b in zip(down, more, strict=True)]
        mid = middle if mid is None else mid + middle
    return tuple(down), mid


@torch.no_grad()
def shown(sees: str, picture: conditions.Picture, query: conditions.Query, side: int) -> Tensor:
    """The input [B, 3, side, side] in [0, 1] of a ControlNet of the kind ``sees``."""
    if sees == "canny":
        return edges(resized(picture.rgb.permute(0, 3, 1, 2).float(), side)).expand(-1, 3, -1, -1)
    drawn = getattr(picture, sees, None)
    if drawn is None:
        raise PriorError(f"prior: a ControlNet for {sees} needs a scene that draws it at every step, this one does "
                         "not; 'canny' needs the picture alone")
    covered = picture.opacity.permute(0, 3, 1, 2).float()
    if sees == "depth":
        return resized(nearness(drawn.permute(0, 3, 1, 2).float(), covered), side).expand(-1, 3, -1, -1)
    if query.angles is None:
        raise PriorError("prior: a ControlNet for normals needs to know the camera's angles, and here there are none")
    return resized(facing(drawn.float(), covered, query.angles), side)


def nearness(depth: Tensor, covered: Tensor) -> Tensor:
    """1 / depth [B, 1, H, W] stretched to [0, 1] over what is covered, picture by picture; 0 elsewhere."""
    there = (covered > 0.5) & (depth > 0)
    near = 1 / depth.clamp(min=1e-6)
    low = torch.where(there, near, torch.inf).amin((2, 3), keepdim=True)
    high = torch.where(there, near, -torch.inf).amax((2, 3), keepdim=True)
    return torch.where(there, (near - low) / (high - low).clamp(min=1e-6), 0)


def facing(normal: Tensor, covered: Tensor, angles: Tensor) -> Tensor:
    """World normals [B, H, W, 3], premultiplied by opacity, as colors [B, 3, H, W]; cameras at ``angles`` [B, 2]."""
    azimuth, elevation = angles.to(normal).unbind(-1)
    zero = torch.zeros_like(azimuth)
    right = torch.stack([azimuth.cos(), zero, -azimuth.sin()], -1)
    back = torch.stack([azimuth.sin() * elevation.cos(), elevation.sin(), azimuth.cos() * elevation.cos()], -1)
    up = torch.linalg.cross(back, right)
    frame = torch.stack([-right, up, back], 1)                                              # [B, 3, 3]
    n = F.normalize(torch.einsum("bkc,bhwc->bkhw", frame, normal), dim=1)
    nothing = torch.tensor(NOTHING).view(3, 1, 1).to(n)
    return torch.where(covered > 0.5, n / 2 + 0.5, nothing)


def edges(x: Tensor) -> Tensor:
    """Canny's edges [B, 1, H, W], 0 or 1, of pictures [B, 3, H, W] in [0, 1]."""
    grey = x.mean(1, keepdim=True)
    ramp = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]).to(x) / 16                               # a Gaussian of sigma 1
    smooth = F.conv2d(F.pad(grey, (2, 2, 2, 2), mode="replicate"), torch.outer(ramp, ramp)[None, None])
    sobel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).to(x) / 4                  # difference over two pixels
    both = torch.stack([sobel, sobel.T])[:, None]
    gx, gy = F.conv2d(F.pad(smooth, (1, 1, 1, 1), mode="replicate"), both).unbind(1)
    strength = torch.hypot(gx, gy)
    sector = (torch.atan2(gy, gx) / (torch.pi / 4)).round().long() % 4                     # the way the gradient points
    around = F.pad(strength, (1, 1, 1, 1))
    H, W = strength.shape[-2:]
    at = [around[:, 1 + dy:1 + dy + H, 1 + dx:1 + dx + W] for dy, dx in ((0, 1), (1, 1), (1, 0), (1, -1))]
    opposite = [around[:, 1 - dy:1 - dy + H, 1 - dx:1 - dx + W] for dy, dx in ((0, 1), (1, 1), (1, 0), (1, -1))]
    ahead, behind = (torch.stack(side).gather(0, sector[None])[0] for side in (at, opposite))
    crest = (strength >= ahead) & (strength > behind)
    weak, strong = (crest & (strength > low) for low in (LOW / 2, HIGH / 2))
    return connected(strong, weak)[:, None].to(x)


def connected(seed: Tensor, field: Tensor) -> Tensor:
    """The pixels [B, H, W] of ``field`` that a path within it joins to ``seed``."""
    while True:
        grown = (F.max_pool2d(seed[:, None].float(), 3, 1, 1)[:, 0] > 0) & field | seed
        if torch.equal(grown, seed):
            return grown
        seed = grown
