"""Folders of published pipelines with random weights, in diffusers' layout: their true sizes, no network.

    folder("sdxl", Path("out"))                 6.9 GB in float16; a layer's outputs are about as large as its inputs
"""

import json
from itertools import count
from math import prod
from pathlib import Path

import diffusers
import torch
import transformers
from safetensors.torch import save_file
from torch import Tensor, nn

from tests.guidance.pipelines import clip_tokenizer, t5_tokenizer
from tests.guidance.published import KINDS

POOL = 16_777_259           # random numbers that all weights are cut from; a prime, so that no two tensors are alike
TOKENIZERS = {"clip": (clip_tokenizer, "CLIPTokenizer"), "t5": (t5_tokenizer, "T5Tokenizer")}


def parts(kind: str, shallow: bool = False) -> dict[str, dict]:
    """The configuration of each part of ``kind`` that has weights."""
    known = KINDS[kind]
    return {part: config | (known.shallow.get(part, {}) if shallow else {}) for part, config in known.parts.items()}


def folder(kind: str, out: Path, shallow: bool = False) -> Path:
    """Write the pipeline ``kind`` to ``out``, float16, the same weights at every call."""
    known, draw = KINDS[kind], noise(torch.Generator().manual_seed(0))
    index = dict(known.more)
    for name, pads in known.tokenizers.items():
        make, kind_of = TOKENIZERS[pads]
        make().save_pretrained(out / name)
        index[name] = ["transformers", kind_of]
    for part, config in parts(kind, shallow).items():
        module = empty(config)
        (out / part).mkdir(parents=True)
        (out / part / "config.json").write_text(json.dumps(config, indent=2))
        stem = "diffusion_pytorch_model" if "_class_name" in config else "model"
        save_file({name: weight(name, tensor, draw) for name, tensor in module.state_dict().items()},
                  out / part / f"{stem}.safetensors", {"format": "pt"})
        index[part] = ["diffusers" if "_class_name" in config else "transformers", type(module).__name__]
    if kind == "unidiffuser":                       # its pipeline does not open without these
        transformers.GPT2Tokenizer(vocab={"<|endoftext|>": 0, "a": 1}, merges=[]).save_pretrained(out / "text_tokenizer")
        transformers.CLIPImageProcessor().save_pretrained(out / "clip_image_processor")
        index |= {"text_tokenizer": ["transformers", "GPT2Tokenizer"],
                  "clip_image_processor": ["transformers", "CLIPImageProcessor"]}
    (out / "scheduler").mkdir()
    (out / "scheduler/scheduler_config.json").write_text(json.dumps(known.scheduler, indent=2))
    index["scheduler"] = ["diffusers", known.scheduler["_class_name"]]
    (out / "model_index.json").write_text(json.dumps({"_class_name": known.pipeline, **index}, indent=2))
    return out


def empty(config: dict) -> nn.Module:
    """The module of a configuration, without memory for its weights."""
    with torch.device("meta"):
        if "_class_name" in config:
            return getattr(diffusers, config["_class_name"]).from_config(config)
        kind = getattr(transformers, config["architectures"][0])
        return kind(kind.config_class(**config))


def noise(rng: torch.Generator):
    """(shape, scale) -> normal numbers of that standard deviation in float16, cut from one pool: a hundred times faster."""
    pool, start = torch.randn(POOL, generator=rng).half(), count(step=101)
    places = iter(int(n) * 7919 % POOL for n in start)

    def draw(shape: torch.Size, scale: float) -> Tensor:
        n, first = prod(shape), next(places)
        turns = -(-(first + n) // POOL)
        return (pool.repeat(turns)[first:first + n] if turns > 1 else pool[first:first + n]).mul(scale).view(shape)

    return draw


def weight(name: str, tensor: Tensor, draw) -> Tensor:
    """What a trained network may have in a tensor of this name and shape: norms near 1, biases near 0, and matrices that keep
    the size of what passes through."""
    shape, leaf = tensor.shape, name.rpartition(".")[2]
    if leaf == "position_ids":
        return torch.arange(shape[-1]).view(shape)
    if tensor.ndim <= 1 or leaf == "bias":
        return draw(shape, 0.02) + (leaf == "weight")
    if tensor.ndim == 2 and leaf == "weight" and name.rpartition(".")[0].endswith(
            ("token_embedding", "shared", "embed_tokens", "wte", "position_embedding")):
        return draw(shape, 0.3 if "position" in name else 1.0)
    if "scale_shift_table" in name or "pos_embed" in name and "proj" not in name:
        return draw(shape, 0.3)
    return draw(shape, prod(shape[1:]) ** -0.5)
