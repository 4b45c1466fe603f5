"""A run's state in one file: tensors and JSON, no pickle; written beside, synced, and renamed, so a kill leaves a whole one.

    checkpoints/<stage>-<step>.safetensors    scene.*, method.*, optim.<i>.*; the metadata's "position" says where the run is

Random streams are functions of (seed, name, step), so the position is all that there is to say about randomness.
"""

import json
import warnings
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from ..errors import CheckpointError
from . import atomic

KEEP = 2            # newest files kept; the one before the newest is there if the newest is damaged by other hands


def write(folder: Path, name: str, tensors: dict[str, Tensor], position: dict, keep: int = KEEP) -> Path:
    """Write ``<folder>/<name>.safetensors`` atomically and drop all but the newest ``keep``; raises FileError."""
    data = save({k: v.detach().cpu().contiguous() for k, v in tensors.items()}, {"position": json.dumps(position)})
    (path,) = atomic.save({f"{name}.safetensors": data}, folder)
    for old in found(folder)[keep:]:
        old.unlink()
    return path


def read(folder: Path) -> tuple[dict[str, Tensor], dict] | None:
    """(tensors, position) of the newest whole checkpoint, or None where there is none; warns of a damaged newer one.

    Raises:
        CheckpointError: none is whole.
    """
    errors = []
    for path in found(folder):
        try:
            saved = open_one(path)
        except CheckpointError as error:
            errors.append(str(error))
            continue
        if errors:
            warnings.warn(f"{'; '.join(errors)}; going on from {path.name}, the one before", stacklevel=2)
        return saved
    if errors:
        raise CheckpointError("; ".join(errors))
    return None


def open_one(path: Path) -> tuple[dict[str, Tensor], dict]:
    """(tensors, position) of one file; raises CheckpointError."""
    try:
        with safe_open(path, "pt") as file:
            position = json.loads(file.metadata()["position"])
            return {key: file.get_tensor(key) for key in file.keys()}, position
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{path}: not a checkpoint of dreamgen, or a damaged one ({error})") from None


def found(folder: Path) -> list[Path]:
    """Checkpoints, newest first."""
    whole = (path for path in folder.glob("*.safetensors") if path.suffixes != [".partial", ".safetensors"])
    return sorted(whole, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def pack_optimizer(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Adam's state as named tensors: ``<parameter index>.<exp_avg|exp_avg_sq|step>``."""
    return {f"{i}.{key}": value for i, state in optimizer.state_dict()["state"].items() for key, value in state.items()}


def unpack_optimizer(optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        i, key = name.split(".", 1)
        state.setdefault(int(i), {})[key] = value
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    for weight, known in optimizer.state.items():
        for key, value in known.items():
            if value.shape == weight.shape and value.stride() != weight.stride():   # fused steps go through memory alone
                known[key] = torch.empty_like(weight, dtype=value.dtype).copy_(value)
