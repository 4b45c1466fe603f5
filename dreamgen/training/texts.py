"""The token states of all captions, computed once by the bundled sentence encoder and stored in the training's folder."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import torch
from torch import Tensor

from guidance.conditions import Condition
from guidance.priors import bundled
from guidance.priors.bundled.text import TEXT

from ..io import checkpoint
from .captions import Draws

PART = 4096             # captions at a time, which bounds the memory that float32 states take


@dataclass(frozen=True)
class Texts:
    """N captions.

    Attributes:
        states: [N, L, D] float16.
        mask: [N, L] bool.
    """

    states: Tensor
    mask: Tensor

    def to(self, device: torch.device) -> "Texts":
        return Texts(self.states.to(device), self.mask.to(device))

    def condition(self, draws: Draws, reference: Tensor | None = None) -> Condition:
        """The conditions of a batch; ``reference`` [B, 4, S, S] has zeros for pictures without a reference."""
        text = self.states[draws.caption].float()
        pose = bundled.network.pose(draws.azimuth, draws.elevation) * draws.pose[:, None]
        there = (draws.reference >= 0)[:, None]
        seen_from = bundled.network.pose(draws.reference_azimuth, draws.reference_elevation) * there
        return Condition(text, self.mask[draws.caption], pose.to(text), reference=reference,
                         reference_pose=None if reference is None else seen_from.to(text))


def encoded(captions: list[str], cache: Path, device: str | torch.device = "cpu") -> Texts:
    """The states of ``captions``, computed on ``device`` and handed out on the CPU; ``cache`` keeps them."""
    card = (TEXT / "card.json").read_text(encoding="utf-8")
    key = sha256(json.dumps([captions, bundled.network.TOKENS, card]).encode())
    name = key.hexdigest()[:16]
    path = cache / f"{name}.safetensors"
    if path.is_file():
        tensors, _ = checkpoint.open_one(path)
    else:
        parts = [halved(captions[i:i + PART], device) for i in range(0, len(captions), PART)]
        states, mask = (torch.cat(part) for part in zip(*parts, strict=True))
        tensors = {"states": states, "mask": mask}
        checkpoint.write(cache, name, tensors, {}, keep=1)
    return Texts(tensors["states"], tensors["mask"])


def halved(captions: list[str], device: str | torch.device) -> tuple[Tensor, Tensor]:
    states, mask = bundled.text.encode(TEXT, captions, bundled.network.TOKENS, device)
    return states.half(), mask
