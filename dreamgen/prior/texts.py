"""The token states of every caption, computed once by the sentence encoder in the box, and kept beside the training."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import torch
from torch import Tensor

from guidance.conditions import Condition
from guidance.priors import _network, _text
from guidance.priors.bundled import TEXT

from .. import checkpoint
from .captions import Draw, poses


@dataclass(frozen=True)
class Texts:
    """N captions.

    Attributes:
        index: where a caption stands.
        states: [N, L, D] float16.
        mask: [N, L] bool.
    """

    index: dict[str, int]
    states: Tensor
    mask: Tensor

    def to(self, device: torch.device) -> "Texts":
        return Texts(self.index, self.states.to(device), self.mask.to(device))

    def condition(self, draws: list[Draw]) -> Condition:
        """What the network is told of a batch."""
        rows = torch.tensor([self.index[d.caption] for d in draws], device=self.states.device)
        text = self.states[rows].float()
        return Condition(text, self.mask[rows], poses(draws, _network.pose).to(text))


def encoded(captions: list[str], cache: Path) -> Texts:
    """The states of ``captions``, on the CPU; read from ``cache`` where they are those of the same captions."""
    key = sha256(json.dumps([captions, _network.TOKENS, (TEXT / "card.json").read_text(encoding="utf-8")]).encode())
    name = key.hexdigest()[:16]
    path = cache / f"{name}.safetensors"
    if path.is_file():
        tensors, _ = checkpoint.open_one(path)
    else:
        states, mask = _text.encode(TEXT, captions, _network.TOKENS)
        tensors = {"states": states.half(), "mask": mask}
        checkpoint.write(cache, name, tensors, {}, keep=1)
    return Texts({caption: i for i, caption in enumerate(captions)}, tensors["states"], tensors["mask"])
