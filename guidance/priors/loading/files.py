"""The files of a prior's folder: read with one-sentence errors, checked against the card that lists their digests.

``card.json`` says what a prior is, in facts of its author's choosing, and has ``files``: {path: sha256}.
"""

import hashlib
import json
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from ...errors import BrokenFile, PriorError

CARD = "card.json"
WHOLE, PIECES, PIECE = 2**26, 64, 2**20          # bytes hashed whole; how many pieces of a larger file, and how large
FLOATING = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
            "F8_E4M3": torch.bfloat16, "F8_E5M2": torch.bfloat16}       # a file's types, and in which of ours their values fit


def read_json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PriorError(f"prior: cannot read {path}: {error}") from None


def read_tensors(path: Path) -> dict[str, Tensor]:
    check_tensors(path)
    return load_file(path)


def tensor_names(path: Path) -> list[str]:
    with safe_open(path, framework="pt") as file:
        return list(file.keys())


def write_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    save_file(tensors, path)


def check_tensors(path: Path) -> None:
    """Raise PriorError unless ``path`` is a whole safetensors file."""
    if not path.is_file():
        found = ", ".join(sorted(p.name for p in path.parent.glob("*"))) or "nothing"
        raise PriorError(f"prior: {path} is missing, found {found}")
    try:
        with safe_open(path, framework="pt"):
            pass
    except SafetensorError as error:
        size = path.stat().st_size
        raise BrokenFile(f"prior: {path} is truncated or no safetensors file ({size:,} bytes; {error})") from None


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_card(folder: Path) -> dict[str, Any]:
    """The card of ``folder``, empty without one; raise PriorError where a listed file is not the listed one."""
    if not (folder / CARD).is_file():
        return {}
    card = read_json(folder / CARD)
    for name, want in card.get("files", {}).items():
        if not (folder / name).is_file():
            raise BrokenFile(f"prior: {folder / name} is missing, and {CARD} lists it")
        if (got := sha256(folder / name)) != want:
            raise BrokenFile(f"prior: {folder / name} is not the file that {CARD} lists "
                             f"(sha256 {got[:12]}..., want {want[:12]}...)")
    return card


def write_card(folder: Path, facts: dict[str, Any]) -> None:
    """Write ``card.json``: the facts, and the digest of every other file under ``folder``."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / CARD]
    card = {**facts, "files": {path.relative_to(folder).as_posix(): sha256(path) for path in files}}
    (folder / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def fingerprint(path: Path) -> str:
    """A hexadecimal digest: of all of a small file; of a large one its size, its head and pieces all through it.

    Another training changes every piece; a byte that fell over in a large file may go unseen.
    """
    size = path.stat().st_size
    if size <= WHOLE:
        return sha256(path)
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for i in range(PIECES):
            file.seek(i * (size - PIECE) // (PIECES - 1))
            digest.update(file.read(PIECE))
    return digest.hexdigest()


@dataclass(frozen=True)
class Heading:
    """The head of a safetensors file: shapes by name, what its author says of it, and the type of its largest tensor of
    floating numbers (float32 without one)."""

    shapes: dict[str, list[int]] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    dtype: torch.dtype = torch.float32


def heading(path: Path) -> Heading:
    """Raises PriorError for a file that is missing or no safetensors."""
    check_tensors(path)
    with safe_open(path, framework="pt") as file:
        slices = {key: file.get_slice(key) for key in file.keys()}
        shapes = {key: each.get_shape() for key, each in slices.items()}
        kinds = [(prod(shapes[key]), kind) for key, each in slices.items() if (kind := each.get_dtype()) in FLOATING]
        return Heading(shapes, file.metadata() or {}, FLOATING[max(kinds)[1]] if kinds else torch.float32)


def parameters(path: Path) -> int:
    """The number of values in a safetensors file, from its head alone."""
    return sum(map(prod, heading(path).shapes.values()))
