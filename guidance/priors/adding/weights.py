"""What is added to a prior's weights when it is loaded: LoRA, melted into the network, and new words of its encoders.

    W <- W + weight (alpha / r) B A             Hu et al., arXiv:2106.09685
    embedding[token] <- what was learnt         Gal et al., textual inversion, arXiv:2208.01618

Melted in, they cost nothing in a step, and VSD's own LoRA meets a plain network. diffusers' loaders read the formats
(its own, kohya's, peft's). DreamBooth weights need nothing here: a whole folder or file is a prior like any other.
"""

import hashlib
import re
from pathlib import Path

import torch
from torch import Tensor, nn

from ...errors import PriorError
from ..loading.files import fingerprint, read_tensors
from ..loading.hub import add_on
from ..options import Options

SAFE = "*.safetensors"


def file_of(given: str, offline: bool) -> Path:
    """The safetensors file of an add-on: the file itself, the only one in a folder, or that of a hub's id."""
    path = Path(given).expanduser()
    if path.is_file() and path.suffix == ".safetensors":
        return path
    if path.is_file():
        raise PriorError(f"prior: {path} is no .safetensors file; a pickled one can run code, and is not read")
    if not path.is_dir():
        if not re.fullmatch(r"[\w-][\w.-]*/[\w.-]+", given):
            raise PriorError(f"prior: '{given}' is no file, folder or hub id")
        path = add_on(given, (SAFE,), offline)
    files = sorted(path.glob(SAFE))
    if len(files) != 1:
        raise PriorError(f"prior: need one .safetensors file in {path}, found "
                         f"{', '.join(f.name for f in files) or 'none'}; name the file itself")
    return files[0]


def digest_of(options: Options) -> str:
    """A hash of what is added to network and encoders, "" for nothing."""
    parts = [*(f"lora {fingerprint(file_of(x.path, options.offline))} {x.weight}" for x in options.lora),
             *(f"word {fingerprint(file_of(x.path, options.offline))} {x.token}" for x in options.words)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest() if parts else ""


def with_lora(network: nn.Module, part: str, loader: type | None, options: Options) -> nn.Module:
    """``network`` with each LoRA's share melted into its weights."""
    for lora in options.lora:
        state, alphas = read_lora(lora.path, loader, network, options.offline)
        if not any(key.startswith(part + ".") for key in state):
            raise PriorError(f"prior: the LoRA '{lora.path}' has nothing for '{part}', its first key is "
                             f"'{next(iter(state), 'missing')}'")
        try:
            network.load_lora_adapter(state, prefix=part, network_alphas=alphas, adapter_name="added")
        except (RuntimeError, ValueError, KeyError) as error:
            raise misfit(lora.path, error) from None
        network.fuse_lora(lora_scale=lora.weight, adapter_names=["added"])
        network.unload_lora()
    return network.requires_grad_(False)


def to_encoder(loader: type | None, options: Options):
    """What ``encoders.encode`` calls to add LoRA and words to an encoder and its tokenizer."""

    def add(part: str, encoder: nn.Module, tokenizer) -> dict[str, str]:
        for lora in options.lora:
            state, alphas = read_lora(lora.path, loader, None, options.offline)
            if any(key.startswith(part + ".") for key in state):
                try:
                    loader.load_lora_into_text_encoder(state, alphas, encoder, prefix=part, lora_scale=lora.weight)
                except (RuntimeError, ValueError, KeyError) as error:
                    raise misfit(lora.path, error) from None
        return {word.token: add_word(word.token, read_word(word.path, encoder, options.offline), encoder, tokenizer)
                for word in options.words}

    return add


def read_lora(path: str, loader: type | None, network: nn.Module | None, offline: bool) -> tuple[dict, dict | None]:
    """The tensors of a LoRA under diffusers' names, and its alphas where the format has them apart."""
    tensors = read_tensors(file_of(path, offline))
    try:
        read = loader.lora_state_dict(tensors, unet_config=network and network.config)
    except (RuntimeError, ValueError, KeyError) as error:
        raise misfit(path, error) from None
    return read if isinstance(read, tuple) else (read, None)


def misfit(path: str, error: Exception) -> PriorError:
    return PriorError(f"prior: the LoRA '{path}' does not fit this network: {str(error).strip().splitlines()[0]}")


def read_word(path: str, encoder: nn.Module, offline: bool) -> Tensor | None:
    """The vectors [K, D] that a file has for an encoder of D features; None if it has them for another one alone.

    diffusers writes {token: vector}; A1111 {"emb_params": vectors}; for SDXL, {"clip_l": ..., "clip_g": ...}.
    """
    width = encoder.get_input_embeddings().weight.shape[1]
    tensors = {key: t if t.ndim == 2 else t[None] for key, t in read_tensors(file_of(path, offline)).items()}
    fitting = [t for t in tensors.values() if t.shape[-1] == width]
    if not fitting and len(tensors) == 1:
        (vectors,) = tensors.values()
        raise PriorError(f"prior: the word in '{path}' has {vectors.shape[-1]} features, and the text encoder {width}")
    return fitting[0] if fitting else None


@torch.no_grad()
def add_word(token: str, vectors: Tensor | None, encoder: nn.Module, tokenizer) -> str:
    """How ``token`` is spelled from now on: as K new tokens in a row, or as before for an encoder without vectors."""
    if vectors is None:
        return token
    names = [token, *(f"{token}_{k}" for k in range(1, len(vectors)))]
    if set(names) & set(tokenizer.get_vocab()):
        raise PriorError(f"prior: the word '{token}' is in the tokenizer already; give another, as '<my-{token}>'")
    tokenizer.add_tokens(names)
    encoder.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    weight = encoder.get_input_embeddings().weight
    for name, vector in zip(names, vectors):
        weight[tokenizer.convert_tokens_to_ids(name)] = vector.to(weight)
    return " ".join(names)
