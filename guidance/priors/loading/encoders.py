"""Prompts as token states, cached on disk. Encoders are loaded only for prompts that are not cached, and freed afterwards.

A cached prompt is a file named by a hash of the encoder's and tokenizer's files, of the additions to them, and of the text, in
``$DREAMGEN_CACHE``, else ``$XDG_CACHE_HOME/dreamgen``, else ``~/.cache/dreamgen``.
"""

import gc
import hashlib
import json
import os
import warnings
import weakref
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoTokenizer, CLIPTextModel, CLIPTextModelWithProjection, T5EncoderModel

from ...errors import PriorError
from .files import fingerprint, read_json, read_tensors, write_tensors
from .folder import deciding, load_part, stored
from .memory import LARGE, Plan, to_int8
from .quiet import quiet

KINDS = {kind.__name__: kind for kind in (CLIPTextModel, CLIPTextModelWithProjection, T5EncoderModel)}
SPIECE = {"sentencepiece": "sentencepiece", "protobuf": "google"}       # packages that read a spiece.model, by module
TABLES = (".json", ".txt", ".model")        # a tokenizer's files: of words, merges, settings, sentencepiece
TAIL = 6            # tokens kept at the end of a text that is too long: ", front view" and the closing mark
MELTED = "3"        # raised when an addition is read anew, so that what was kept of the older reading is not taken
Additions = Callable[[str, nn.Module, object], dict[str, str]]      # (part, encoder, tokenizer) -> spellings of words


@dataclass(frozen=True)
class Tower:
    """One text encoder of a prior, and how its states are read."""

    encoder: str = "text_encoder"
    tokenizer: str = "tokenizer"
    length: int = 77                # tokens
    layer: int = -1                 # of the states: the last, normalised; -2: the one before, as it is
    masked: bool = False            # attend to the text's tokens alone, not to the padding


@dataclass(frozen=True)
class Encoded:
    """N texts: states [N, L, D] and pooled [N, Q] (None of a T5) in float32, mask [N, L] bool; on the CPU."""

    text: Tensor
    mask: Tensor
    pooled: Tensor | None


def cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("DREAMGEN_CACHE") or Path(home) / "dreamgen")


def encode(folder: Path, tower: Tower, texts: list[str], device: torch.device, plan: Plan, added: str = "",
           add: Additions | None = None) -> Encoded:
    """The texts encoded by ``tower``; the encoder is loaded only for texts that are not on disk.

    Args:
        added: a hash of what ``add`` adds, "" for nothing.

    Raises:
        PriorError: a broken or missing encoder or tokenizer.
    """
    read = [fingerprint(file) for file in files(folder, tower)]
    key = json.dumps([read, asdict(tower), plan.encoders == "int8", f"{MELTED} {added}" if added else ""])
    places = {text: cache() / "prompts" / (hashlib.sha256((key + text).encode()).hexdigest()[:32] + ".safetensors")
              for text in texts}
    found = {text: cached for text, place in places.items() if (cached := recall(place))}
    if new := [text for text in places if text not in found]:
        for text, states in zip(new, fresh(folder, tower, new, device, plan, add), strict=True):
            found[text] = states
            keep(states, places[text])
    rows = [found[text] for text in texts]
    pooled = torch.stack([row["pooled"] for row in rows]) if "pooled" in rows[0] else None
    text, mask = (torch.stack([row[part] for row in rows]) for part in ("text", "mask"))
    return Encoded(text, mask.bool(), pooled)


def files(folder: Path, tower: Tower) -> list[Path]:
    """Those that decide how ``tower`` reads a text: the encoder's weights and configuration, the tokenizer's tables.

    Raises:
        PriorError: an encoder without weights, or without a configuration.
    """
    tables = (folder / tower.tokenizer).glob("*")
    return [*deciding(folder / tower.encoder), *sorted(f for f in tables if f.suffix in TABLES)]


@torch.no_grad()
def fresh(folder: Path, tower: Tower, texts: list[str], device: torch.device, plan: Plan,
          add: Additions | None) -> list[dict[str, Tensor]]:
    """The states of each text; the encoder is freed when this returns."""
    tokens, model = tokenizer(folder, tower), encoder(folder, tower)
    spelled = add(tower.encoder, model, tokens) if add else {}
    if plan.encoders == "int8" and (is_large(folder / tower.encoder) or isinstance(model, T5EncoderModel)):
        model = to_int8(model)                  # after what is added, which is exact
    where = torch.device("cpu") if plan.encoders == "cpu" else device
    model.to(where)
    rows = []
    for text in texts:                          # one at a time: a T5-XXL with all its activations is large enough
        for word, spelling in spelled.items():
            text = text.replace(word, spelling)
        ids, mask = numbers(tokens, text, tower.length)
        out = model(input_ids=ids.to(where), attention_mask=mask.to(where) if tower.masked else None,
                    output_hidden_states=tower.layer != -1)
        states = out.last_hidden_state if tower.layer == -1 else out.hidden_states[tower.layer]
        row = {"text": states[0].float().cpu(), "mask": mask[0].to(torch.uint8)}
        if not isinstance(model, T5EncoderModel):
            pooled = out.text_embeds if isinstance(model, CLIPTextModelWithProjection) else out.pooler_output
            row["pooled"] = pooled[0].float().cpu()
        rows.append(row)
    alive = weakref.ref(model)
    del model, out, states
    if alive():                                 # something in it points back at it
        gc.collect()
    if where.type == "cuda":
        torch.cuda.empty_cache()
    return rows


def encoder(folder: Path, tower: Tower) -> nn.Module:
    """The text encoder on the CPU: float32, or bfloat16 if it is a large one."""
    names = read_json(folder / tower.encoder / "config.json").get("architectures") or ["none"]
    if names[0] not in KINDS:
        raise PriorError(f"prior: {folder / tower.encoder} is of the class {names[0]}, have {', '.join(KINDS)}")
    return load_part(KINDS[names[0]], folder, tower.encoder,
                     torch.bfloat16 if is_large(folder / tower.encoder) else torch.float32)


def is_large(part: Path) -> bool:
    return sum(f.stat().st_size for f in stored(part)[1]) > 2 * LARGE       # two bytes a value at least


def tokenizer(folder: Path, tower: Tower):
    place = folder / tower.tokenizer
    missing = [package for package, module in SPIECE.items() if not find_spec(module)]
    if missing and any(place.glob("*.model")) and not (place / "tokenizer.json").is_file():
        raise PriorError(f"prior: the tokenizer in {place} needs {' and '.join(missing)}: "
                         "`pip install sentencepiece protobuf`")
    try:
        with quiet():
            return AutoTokenizer.from_pretrained(place, local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = ", ".join(sorted(p.name for p in place.glob("*"))) or "none"
        reason = (str(error).strip().splitlines() or ["no reason"])[-1]
        raise PriorError(f"prior: cannot read the tokenizer in {place}, found {found}: {reason}") from None


def numbers(tokens, text: str, length: int) -> tuple[Tensor, Tensor]:
    """The tokens and the mask [1, length] of a text; a longer one loses its middle, with a warning."""
    ids = tokens(text)["input_ids"]
    if len(ids) > length:
        warnings.warn(f"prompt: this prior reads {length} tokens, and leaves out the middle of '{text[:80]}'",
                      stacklevel=2)
        ids = ids[:length - TAIL] + ids[-TAIL:]
    fill = length - len(ids)
    pad = tokens.pad_token_id if tokens.pad_token_id is not None else 0
    return torch.tensor([ids + [pad] * fill]), torch.tensor([[1] * len(ids) + [0] * fill])


def recall(place: Path) -> dict[str, Tensor] | None:
    """What lies at ``place``; None if nothing does, or if it is damaged, as by a kill or a full disk."""
    try:
        return read_tensors(place) if place.is_file() else None
    except PriorError:
        return None


def keep(states: dict[str, Tensor], place: Path) -> None:
    """Write beside and rename, so that what is there is whole; a disk that cannot be written is no error."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(f".{os.getpid()}")
        write_tensors({name: tensor.contiguous() for name, tensor in states.items()}, beside)
        os.replace(beside, place)
    except OSError as error:
        warnings.warn(f"prompts are encoded anew each time: {place.parent} cannot be written ({error.strerror})",
                      stacklevel=2)
