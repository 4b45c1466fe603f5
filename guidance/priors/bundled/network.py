r"""The network of the bundled family: construction, forward pass, files. Training and loading both use it.

    x0           = 2 (premultiplied RGB, opacity) - 1, in [-1, 1]
    pose         = (1, sin azimuth, cos azimuth, sin elevation); zeros if the camera is unknown
    class labels = (pose, pooled text)
    v = unet(x_t, mu(pooled text, pose); t, token states, class labels)                         without a sight
    tokens, summary = sight(reference, reference's pose)                zeros, masked out, without a reference
    v = unet(x_t, reference, mu(pooled text, summary, pose); t, token states and tokens, class labels and summary)

The pooled text enters where the pose enters, through the scale and shift of every layer: a network this small learns to
use these long before it learns to use cross-attention. They do not suffice for the camera. So the UNet also receives the
mean image mu of the caption and the camera (``mean.py``) as channels beside x_t. It may also receive a reference, another
view of the same object (``sight.py``); then all views show one design.

The UNet works on folded pixels: with fold f, x0 [4, S, S] enters as [4 f^2, S/f, S/f] (pixel_unshuffle). So does the
reference; mu has that size and adds four channels. Folding only permutes numbers, so noise and gradients stay the same,
and 128 pixels cost about as much as 32.
"""

import copy
import json
import os
import shutil
from dataclasses import dataclass
from math import gcd, isqrt
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import DDPMScheduler, UNet2DConditionModel
from torch import Tensor, nn

from ...conditions import Condition
from ...schedule import Schedule
from ..loading.files import CARD, read_tensors, write_card, write_tensors
from .mean import Mean
from .packed import pack
from .sight import Sight
from .text import pooled

CHANNELS = 4            # premultiplied red, green, blue; opacity
POSE = 4
TOKENS = 16             # of a text
SMALL = 64              # pixels of an edge, up to which the levels are those of the cosine schedule
HEAD = 4                # diffusers' attention_head_dim, which counts heads
GROUPS = 16             # of the group norms, or what the widths have in common
PARTS = ("unet/config.json", "unet/diffusion_pytorch_model.safetensors", "mean/config.json",
         "mean/diffusion_pytorch_model.safetensors", "scheduler/scheduler_config.json")
SIGHT_PARTS = "sight/config.json", "sight/diffusion_pytorch_model.safetensors"
TEXT_PARTS = "text/config.json", "text/model.safetensors", "text/tokenizer.json"       # of a folder that brings an encoder
README = "README.md"


@dataclass(frozen=True)
class Glance:
    """The features of B references.

    Attributes:
        folded: [B, 4 f^2, S/f, S/f]; [B, 4 f^2, 1, 1] zeros if no picture of the batch has a reference; no channels
            without a sight.
        tokens: [B, N, D] for the cross-attention; None if no picture of the batch has a reference.
        summary: [B, D], zeros for a picture without a reference; [B, 0] without a sight.
        shown: [B, 1] bool, whether a picture has a reference; None where ``tokens`` is.
    """

    folded: Tensor
    tokens: Tensor | None
    summary: Tensor
    shown: Tensor | None


class Network(nn.Module):
    """v [B, 4, S, S] float32 of x_t [B, 4, S, S] at the levels t [B]; differentiable in x_t and the weights."""

    def __init__(self, unet: UNet2DConditionModel, mean: Mean, sight: Sight | None = None):
        super().__init__()
        self.unet, self.mean, self.sight = unet, mean, sight
        self.fold = isqrt(unet.config.out_channels // CHANNELS)
        self.size = unet.config.sample_size * self.fold

    @property
    def dtype(self) -> torch.dtype:
        return self.unet.conv_in.weight.dtype           # diffusers' own property walks all modules: a fifth of a small call

    @property
    def device(self) -> torch.device:
        return self.unet.conv_in.weight.device

    def look(self, condition: Condition) -> Glance:
        """The reference's features; without a reference they are zeros, and the sight is not run."""
        B, like = len(condition), dict(dtype=self.dtype, device=self.device)
        if self.sight is None:
            return Glance(torch.zeros(B, 0, 1, 1, **like), None, torch.zeros(B, 0, **like), None)
        if condition.reference is None:
            folded = torch.zeros(B, CHANNELS * self.fold**2, 1, 1, **like)
            return Glance(folded, None, torch.zeros(B, self.sight.config.states, **like), None)
        pose = condition.reference_pose.to(**like)
        shown = pose[:, :1]
        folded = F.pixel_unshuffle(condition.reference.to(**like), self.fold) * shown[..., None, None]
        tokens, summary = self.sight(folded, pose)
        return Glance(folded, tokens, summary * shown, shown > 0)

    def mean_image(self, condition: Condition, glance: Glance | None = None) -> Tensor:
        """mu [B, 4, s, s]; differentiable in the weights."""
        glance = glance or self.look(condition)
        caption = torch.cat([sentence(condition).to(self.dtype), glance.summary.to(self.dtype)], -1)
        return self.mean(caption, condition.pose.to(self.dtype))

    def forward(self, x_t: Tensor, t: Tensor, condition: Condition, mean_image: Tensor | None = None,
                glance: Glance | None = None) -> Tensor:
        """v; ``mean_image`` and ``glance`` are computed unless they are given."""
        glance = glance or self.look(condition)
        mu = self.mean_image(condition, glance) if mean_image is None else mean_image
        x = F.pixel_unshuffle(x_t, self.fold)
        if mu.shape[-1] != x.shape[-1]:
            mu = F.interpolate(mu, x.shape[-2:], mode="bilinear", align_corners=False)
        folded = glance.folded.expand(-1, -1, *x.shape[-2:])
        x = torch.cat([x.to(self.dtype), folded.to(self.dtype), mu.to(self.dtype)], 1)
        x = x.contiguous(memory_format=layout(self.unet.conv_in.weight))
        labels = torch.cat([condition.pose.to(self.dtype), sentence(condition).to(self.dtype),
                            glance.summary.to(self.dtype)], -1)
        text, mask = condition.text.to(self.dtype), condition.mask
        if glance.tokens is not None:
            text = torch.cat([text, glance.tokens.to(self.dtype)], 1)
            mask = torch.cat([mask, glance.shown.expand(-1, glance.tokens.shape[1])], 1)
        out = self.unet(x, t, encoder_hidden_states=text, encoder_attention_mask=mask, class_labels=labels).sample
        return F.pixel_shuffle(out.float(), self.fold)


def make(size: int, fold: int, widths: tuple[int, ...], states: int, sight: bool = True) -> Network:
    """A network for x0 of ``size`` pixels, with torch's own random weights but for the pose's, which are larger.

    Among D text features of unit variance, the pose's four would be a hundredth of what the class embedding hears, and
    a short training ends before it has learnt to tell views apart. Scaled by sqrt(D / 4), they are half of it.

    Args:
        size: S, a multiple of fold * 2^max(1, len(widths) - 1).
        fold: f >= 1.
        widths: channels of each level, the finest first; the finest quarter of the levels, and at least one of
            several, is without attention.
        states: D, the width of the token states.
        sight: whether it can be shown a reference.
    """
    plain = max(1, len(widths) // 4) if len(widths) > 1 else 0
    attending = len(widths) - plain
    folded = CHANNELS * fold**2
    unet = UNet2DConditionModel(
        sample_size=size // fold, in_channels=(1 + sight) * folded + CHANNELS, out_channels=folded,
        block_out_channels=tuple(widths), layers_per_block=1, norm_num_groups=gcd(GROUPS, *widths),
        down_block_types=("DownBlock2D",) * plain + ("CrossAttnDownBlock2D",) * attending,
        up_block_types=("CrossAttnUpBlock2D",) * attending + ("UpBlock2D",) * plain,
        cross_attention_dim=states, attention_head_dim=HEAD, resnet_time_scale_shift="scale_shift",
        class_embed_type="projection", projection_class_embeddings_input_dim=POSE + (1 + sight) * states)
    with torch.no_grad():
        unet.class_embedding.linear_1.weight[:, :POSE] *= (states / POSE) ** 0.5
    mean = Mean((1 + sight) * states, CHANNELS, size // fold)
    return Network(unet, mean, Sight(folded, size // fold, states, POSE) if sight else None)


def make_scheduler(prediction: str = "v_prediction", size: int = SMALL) -> DDPMScheduler:
    """1000 levels of the cosine schedule; what the network predicts is one of guidance.schedule.PRESERVING.

    Of a larger picture the same noise hides less, since neighbouring pixels tell of each other; so above SMALL pixels
    snr' = snr (SMALL / size)^2 (Hoogeboom et al., simple diffusion, arXiv:2301.11093, equation 4).
    """
    plain = DDPMScheduler(beta_schedule="squaredcos_cap_v2", prediction_type=prediction)
    if size <= SMALL:
        return plain
    alphas = plain.alphas_cumprod.double()
    snr = alphas / (1 - alphas) * (SMALL / size) ** 2
    alphas = snr / (1 + snr)
    betas = 1 - alphas / torch.cat([torch.ones(1), alphas[:-1]])
    return DDPMScheduler(trained_betas=betas.tolist(), prediction_type=prediction)


def scheduler_of(scheduler_config: dict) -> DDPMScheduler:
    return DDPMScheduler.from_config(scheduler_config)


def schedule_of(scheduler_config: dict) -> Schedule:
    return Schedule.from_alphas_cumprod(scheduler_of(scheduler_config).alphas_cumprod)


def sentence(condition: Condition) -> Tensor:
    """The pooled text [B, D] at unit variance."""
    return pooled(condition.text, condition.mask) * condition.text.shape[-1] ** 0.5


def layout(weight: Tensor) -> torch.memory_format:
    """The order in memory of a convolution's ``weight``, which its pictures had better have too."""
    last = torch.channels_last
    return last if weight.is_contiguous(memory_format=last) else torch.contiguous_format


def pose(azimuth: Tensor, elevation: Tensor) -> Tensor:
    """[B, 4] of angles [B] in radians."""
    return torch.stack([torch.ones_like(azimuth), azimuth.sin(), azimuth.cos(), elevation.sin()], -1)


def parts(folder: Path) -> tuple[str, ...]:
    """The files of the prior in ``folder`` that decide what it says."""
    sight = SIGHT_PARTS if (folder / SIGHT_PARTS[0]).is_file() else ()
    return (*PARTS, *sight, *(name for name in TEXT_PARTS if (folder / name).is_file()))


def write(folder: Path, network: Network, scheduler: DDPMScheduler, facts: dict, readme: str,
          int8: bool = False) -> None:
    """Make ``folder`` a prior's: float16 weights, scheduler, README.md and card; other files in it are left alone.

    ``int8``: weights in half of that room (packed.py).

    A kill at any moment leaves a folder that loads: the card goes first and comes last, and without one nothing is
    compared. ``network`` stays as it is.
    """
    beside = folder / ".partial"
    shutil.rmtree(beside, ignore_errors=True)
    half = copy.deepcopy(network).half()
    half.unet.save_pretrained(beside / "unet")
    half.mean.save_pretrained(beside / "mean")
    if half.sight is not None:
        half.sight.save_pretrained(beside / "sight")
    for path in beside.glob("*/*.safetensors") if int8 else ():
        write_tensors(pack(read_tensors(path)), path)
    scheduler.save_pretrained(beside / "scheduler")
    for path in beside.glob("*/config.json"):           # diffusers notes the folder that a part was loaded from
        config = json.loads(path.read_text(encoding="utf-8"))
        config.pop("_name_or_path", None)
        path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (beside / README).write_text(readme, encoding="utf-8")
    write_card(beside, facts)
    (folder / CARD).unlink(missing_ok=True)
    if half.sight is None:
        shutil.rmtree(folder / "sight", ignore_errors=True)             # of another network that was here
    for name in (*parts(beside), README, CARD):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(beside / name, folder / name)
    shutil.rmtree(beside)
