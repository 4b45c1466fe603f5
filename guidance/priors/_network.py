r"""The network of the bundled family: made, called, and written to a folder. Training and loading both go through here.

    x0 = 2 (premultiplied RGB, opacity) - 1 in [-1, 1]
    pose = (1, sin azimuth, cos azimuth, sin elevation), or zeros where the camera is unknown
    class labels = (pose, pooled text)
    v = unet(x_t, mu(pooled text, pose); t, token states, class labels)

A network this small hears a sentence through every layer's scale and shift long before its cross-attention has learnt
to listen; so the pooled text goes where the pose goes. Neither way does it learn to hear the camera; it is shown the
mean picture mu of what was asked for (``_mean.py``) beside x_t. It may work on folded pixels: with fold f, x0 [4, S, S]
enters as [4 f^2, S/f, S/f] (pixel_unshuffle), and mu at that size as four channels more. Folding only rearranges
numbers, so noise and gradients are the same; it makes a prior of 64 pixels cost about what one of 32 costs.
"""

import copy
import os
import shutil
from math import gcd, isqrt
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import DDPMScheduler, UNet2DConditionModel
from torch import Tensor, nn

from ..conditions import Condition
from ..schedule import Schedule
from ._files import CARD, write_card
from ._mean import Mean

CHANNELS = 4            # premultiplied red, green, blue; opacity
POSE = 4
TOKENS = 16             # of a text
HEAD = 4                # diffusers' attention_head_dim, which counts heads
GROUPS = 16             # of the group norms, or what the widths have in common
PARTS = ("unet/config.json", "unet/diffusion_pytorch_model.safetensors", "mean/config.json",
         "mean/diffusion_pytorch_model.safetensors", "scheduler/scheduler_config.json")
COARSER = 2             # mu has half the folded picture's size
README = "README.md"


class Network(nn.Module):
    """v [B, 4, S, S] float32 of x_t [B, 4, S, S] at the levels t [B]; differentiable in x_t and the weights."""

    def __init__(self, unet: UNet2DConditionModel, mean: Mean):
        super().__init__()
        self.unet, self.mean = unet, mean
        self.fold = isqrt(unet.config.out_channels // CHANNELS)
        self.size = unet.config.sample_size * self.fold

    @property
    def dtype(self) -> torch.dtype:
        return self.unet.dtype

    @property
    def device(self) -> torch.device:
        return self.unet.device

    def mu(self, condition: Condition) -> Tensor:
        """The mean picture [B, 4, s, s], half the folded one's size; differentiable in the weights."""
        return self.mean(sentence(condition).to(self.dtype), condition.pose.to(self.dtype))

    def forward(self, x_t: Tensor, t: Tensor, condition: Condition, mu: Tensor | None = None) -> Tensor:
        """``mu`` where it is known already."""
        mu = self.mu(condition) if mu is None else mu
        mu = F.interpolate(mu, scale_factor=COARSER, mode="bilinear", align_corners=False)
        x = torch.cat([F.pixel_unshuffle(x_t, self.fold), mu], 1).to(self.dtype, memory_format=torch.channels_last)
        labels = torch.cat([condition.pose, sentence(condition)], -1).to(self.dtype)
        out = self.unet(x, t, encoder_hidden_states=condition.text.to(self.dtype),
                        encoder_attention_mask=condition.mask, class_labels=labels).sample
        return F.pixel_shuffle(out.float(), self.fold)


def make(size: int, fold: int, widths: tuple[int, ...], states: int) -> Network:
    """A network for x0 of ``size`` pixels, with torch's own random weights but for the pose's, which are larger.

    Among D text features of unit variance, the pose's four would be a hundredth of what the class embedding hears, and
    a short training ends before it has learnt to tell views apart. Scaled by sqrt(D / 4), they are half of it.

    Args:
        size: S, a multiple of fold * 2^max(1, len(widths) - 1).
        fold: f >= 1.
        widths: channels of each level, the finest first; the coarser half of the levels has cross-attention.
        states: D, the width of the token states.
    """
    plain = len(widths) // 2
    coarse = len(widths) - plain
    unet = UNet2DConditionModel(
        sample_size=size // fold, in_channels=CHANNELS * fold**2 + CHANNELS, out_channels=CHANNELS * fold**2,
        block_out_channels=tuple(widths), layers_per_block=1, norm_num_groups=gcd(GROUPS, *widths),
        down_block_types=("DownBlock2D",) * plain + ("CrossAttnDownBlock2D",) * coarse,
        up_block_types=("CrossAttnUpBlock2D",) * coarse + ("UpBlock2D",) * plain,
        cross_attention_dim=states, attention_head_dim=HEAD, resnet_time_scale_shift="scale_shift",
        class_embed_type="projection", projection_class_embeddings_input_dim=POSE + states)
    with torch.no_grad():
        unet.class_embedding.linear_1.weight[:, :POSE] *= (states / POSE) ** 0.5
    return Network(unet, Mean(states, CHANNELS, size // fold // COARSER))


def make_scheduler() -> DDPMScheduler:
    """1000 levels of the cosine schedule, predicting v."""
    return DDPMScheduler(beta_schedule="squaredcos_cap_v2", prediction_type="v_prediction")


def schedule_of(scheduler_config: dict) -> Schedule:
    return Schedule.from_alphas_cumprod(DDPMScheduler.from_config(scheduler_config).alphas_cumprod)


def sentence(condition: Condition) -> Tensor:
    """The pooled text [B, D] at unit variance."""
    return pooled(condition.text, condition.mask) * condition.text.shape[-1] ** 0.5


def pooled(text: Tensor, mask: Tensor) -> Tensor:
    """Sentences [B, D] of length 1, the mean over the tokens of ``text`` [B, L, D], as sentence-transformers pools."""
    there = mask[..., None].to(text)
    return F.normalize((text * there).sum(1) / there.sum(1), dim=-1)


def pose(azimuth: Tensor, elevation: Tensor) -> Tensor:
    """[B, 4] of angles [B] in radians."""
    return torch.stack([torch.ones_like(azimuth), azimuth.sin(), azimuth.cos(), elevation.sin()], -1)


def write(folder: Path, network: Network, scheduler: DDPMScheduler, facts: dict, readme: str) -> None:
    """Make ``folder`` a prior's: float16 weights, scheduler, README.md and card; other files in it are left alone.

    A kill at any moment leaves a folder that loads: the card goes first and comes last, and without one nothing is
    compared. ``network`` stays as it is.
    """
    beside = folder / ".partial"
    shutil.rmtree(beside, ignore_errors=True)
    half = copy.deepcopy(network).half()
    half.unet.save_pretrained(beside / "unet")
    half.mean.save_pretrained(beside / "mean")
    scheduler.save_pretrained(beside / "scheduler")
    (beside / README).write_text(readme, encoding="utf-8")
    write_card(beside, facts)
    (folder / CARD).unlink(missing_ok=True)
    for name in (*PARTS, README, CARD):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(beside / name, folder / name)
    shutil.rmtree(beside)
