"""Sentences as token states, by a BERT encoder that is loaded to encode and then freed; all-MiniLM-L6-v2 is bundled.

The weights may be plain, or packed by ``pack_text.py``: int8 with a scale a row.
"""

import warnings
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from ...errors import PriorError
from ..loading.files import check_card, read_json, read_tensors
from .pack_text import unpacked

TEXT = Path(__file__).parents[2] / "weights" / "text"       # the encoder of folders that bring none
TAIL = 4                # tokens kept at the end of a text that is too long: ", front view" and the closing mark
BATCH = 64              # texts at a time


def encode(folder: Path, texts: list[str], length: int,
           device: str | torch.device = "cpu") -> tuple[Tensor, Tensor]:
    """Token states [N, length, D] float32 and mask [N, length] bool of ``texts``, on the CPU, computed on ``device``.

    A text of more than ``length`` tokens loses its middle, with a warning: its view words stay.
    """
    check_card(folder)
    tokens = tokenizer(folder)(texts)["input_ids"]
    too_long = [text for text, ids in zip(texts, tokens, strict=True) if len(ids) > length]
    if too_long:
        warnings.warn(f"prompt: this prior reads {length - 2} tokens, and leaves out the middle of "
                      f"'{too_long[0][:80]}'", stacklevel=2)
    tokens = [ids if len(ids) <= length else ids[:length - TAIL] + ids[-TAIL:] for ids in tokens]
    ids = torch.tensor([row + [0] * (length - len(row)) for row in tokens])
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in tokens])
    encoder = model(folder).to(device)
    with torch.no_grad():
        states = [encoder(input_ids=i.to(device), attention_mask=m.to(device)).last_hidden_state.cpu()
                  for i, m in zip(ids.split(BATCH), mask.split(BATCH), strict=True)]
    return torch.cat(states), mask.bool()


def pooled(text: Tensor, mask: Tensor) -> Tensor:
    """Sentences [B, D] of length 1, the mean over the tokens of ``text`` [B, L, D], as sentence-transformers pools."""
    there = mask[..., None].to(text)
    return F.normalize((text * there).sum(1) / there.sum(1), dim=-1)


def nearest(folder: Path, prompt: str, names: list[str], length: int) -> list[tuple[str, float]]:
    """``names`` and the cosines of their sentences with that of ``prompt``, the nearest first."""
    sentences = pooled(*encode(folder, [prompt, *names], length))
    return sorted(zip(names, (sentences[1:] @ sentences[0]).tolist(), strict=True), key=lambda pair: -pair[1])


def tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    if not (folder / "tokenizer.json").is_file():
        raise PriorError(f"prior: {folder / 'tokenizer.json'} is missing")
    return PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))


def model(folder: Path) -> BertModel:
    """The encoder in float32, for inference."""
    encoder = BertModel(BertConfig(**read_json(folder / "config.json")), add_pooling_layer=False)
    state = unpacked(read_tensors(folder / "model.safetensors"))
    missing = encoder.load_state_dict(state, strict=False).missing_keys
    if missing:
        raise PriorError(f"prior: {folder / 'model.safetensors'} lacks {len(missing)} tensors, {missing[0]} the first")
    return encoder.eval().requires_grad_(False)
