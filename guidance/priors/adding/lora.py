r"""LoRA, merged into the weights that it was trained for (Hu et al., arXiv:2106.09685).

    W <- W + weight scale B A,      scale = alpha / r, with rsLoRA alpha / sqrt(r), and 1 if no alpha is given

diffusers' converters translate the names (its own, kohya's, peft's). alpha is a tensor beside A and B, or in the file's
metadata, or in peft's adapter_config.json. The sum is computed here: any number of LoRAs in any order, and a tensor
that fits nothing is reported. A merged LoRA costs nothing in a step, and VSD's own LoRA starts from a plain network.
"""

import json
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers.utils import convert_unet_state_dict_to_peft
from torch import Tensor, nn

from ...errors import PriorError
from ..loading.contents import LORA, unread
from ..loading.files import heading, read_json, read_tensors
from .found import PREFIX, file_of, settings_beside

A, B, ALPHA = ".lora_A.weight", ".lora_B.weight", ".alpha"
PEFT_SETTINGS = "lora_adapter_metadata"          # where diffusers keeps peft's settings, in a file's head
INNER = "text_model."                   # a CLIP's names have it or not, by the age of what wrote them
OF_TEXT = {                     # diffusers' older names in a CLIP
    f".to_{name}_lora.": f".{name}_proj.lora." for name in ("q", "k", "v", "out")} | {".lora_linear_layer.": ".lora."}
UNREADABLE = (RuntimeError, ValueError, KeyError, TypeError, IndexError, AttributeError)


@dataclass(frozen=True)
class Change:
    """What a LoRA adds to one weight: scale B A, with A [r, in, ...] and B [out, r, ...]."""

    a: Tensor
    b: Tensor
    scale: float

    @property
    def size(self) -> tuple[int, int]:
        return len(self.b), self.a[0].numel()

    def of(self, weight: Tensor) -> Tensor:
        return self.scale * (self.b.float().flatten(1) @ self.a.float().flatten(1)).view_as(weight)


def read(path: str, loader: type, config, parts: tuple[str, ...], offline: bool) -> dict[str, dict[str, Change]]:
    """{part: {module: change}} of a LoRA; a name without a part belongs to the first of ``parts``, the network.

    Args:
        loader: diffusers' mixin whose names the file has.
        config: of the network, by which the names of SDXL's blocks are counted.

    Raises:
        PriorError: no LoRA, one of a kind that is not read, half a pair, weights that are not finite.
    """
    file = file_of(path, offline)
    tensors = read_tensors(file)
    if (kind := unread(tensors)) or not any(any(mark in name for mark in LORA) for name in tensors):
        raise PriorError(f"prior: the LoRA '{path}' "
                         + (f"is a {kind}, which is not read" if kind else nothing_for(parts, tensors)))
    try:
        got = loader.lora_state_dict(tensors, unet_config=config, return_alphas=True)     # Flux drops them if not asked
        state, alphas = got if isinstance(got, tuple) else (got, None)
        named = {part: {} for part in parts}
        for key, value in {**state, **(alphas or {})}.items():
            part, _, rest = key.removeprefix(PREFIX).partition(".")
            part, rest = (part, rest) if part in parts else (parts[0], key.removeprefix(PREFIX))
            named[part][rest] = value
        named = {part: renamed(values, text=part != parts[0]) for part, values in named.items()}
    except UNREADABLE as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise PriorError(f"prior: the LoRA '{path}' cannot be read: {reason}") from None
    settings = settings_of(file, parts)
    return {part: changes_of(path, values, settings[part]) for part, values in named.items()}


def renamed(values: dict[str, Any], text: bool) -> dict[str, Any]:
    """Under the names of the modules, each with A, B or ALPHA at its end."""
    values = {key.replace(".default.weight", ".weight"): value for key, value in values.items()}
    for theirs, ours in OF_TEXT.items() if text else ():
        values = {key.replace(theirs, ours): value for key, value in values.items()}
    return {key.removeprefix(INNER): value for key, value in convert_unet_state_dict_to_peft(values).items()}


def settings_of(file: Path, parts: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """peft's settings of each part, as the file's head or the folder's adapter_config.json has them; mostly none."""
    beside = next(map(read_json, settings_beside(file)), {})
    flat = json.loads(heading(file).metadata.get(PEFT_SETTINGS) or "{}")
    return {part: {key.removeprefix(f"{part}."): value for key, value in flat.items() if key.startswith(f"{part}.")}
            or beside for part in parts}


def changes_of(path: str, values: dict[str, Any], settings: dict[str, Any]) -> dict[str, Change]:
    """The pairs of one part, by module."""
    changes = {}
    alphas = {key.removesuffix(ALPHA).removesuffix(A).removesuffix(B): float(value)
              for key, value in values.items() if key.endswith(ALPHA)}
    for module in dict.fromkeys(key.removesuffix(A).removesuffix(B) for key in values if not key.endswith(ALPHA)):
        a, b = values.get(module + A), values.get(module + B)
        if a is None or b is None:
            raise PriorError(f"prior: the LoRA '{path}' has {module}, which is no pair of matrices; that is not read")
        if not (a.isfinite().all() and b.isfinite().all()):
            raise PriorError(f"prior: the LoRA '{path}' has weights that are not finite, in {module}")
        alpha = alphas.get(module, alpha_of(settings, module))
        r = len(a) ** 0.5 if settings.get("use_rslora") else len(a)
        changes[module] = Change(a, b, 1.0 if alpha is None else alpha / r)
    return changes


def alpha_of(settings: dict[str, Any], module: str) -> float | None:
    """The alpha of a module by peft's settings: that of a pattern that ends its name, else the common one."""
    for pattern, alpha in (settings.get("alpha_pattern") or {}).items():
        if re.match(rf"(.*\.)?({pattern})$", module):
            return alpha
    return settings.get("lora_alpha")


def check(path: str, changes: dict[str, dict[str, Change]], shapes: dict[str, dict[str, list[int]]]) -> None:
    """Warn of what fits nothing in a prior with weights of these shapes, by part; raise PriorError where all of it does,
    or where something has another size."""
    every = [(part, module) for part, pairs in changes.items() for module in pairs]
    stray = [(part, module) for part, module in every if f"{module}.weight" not in shapes[part]]
    if len(stray) == len(every):
        raise PriorError(f"prior: the LoRA '{path}' {nothing_for(tuple(changes), [module for _, module in every])}")
    for part, module in sorted(set(every) - set(stray), key=lambda place: "attn2.to_k" not in place[1]):
        (rows, columns), want = changes[part][module].size, shapes[part][f"{module}.weight"]
        here = want[0], torch.Size(want[1:]).numel()
        if (rows, columns) != here:
            mismatch = (f"made for a network of {columns}-wide text, and this one's is {here[1]} wide"
                    if module.endswith("attn2.to_k") and columns != here[1]
                    else f"its {module} is {rows} x {columns}, and here it is {here[0]} x {here[1]}")
            raise PriorError(f"prior: the LoRA '{path}' does not fit this network: {mismatch}")
    if stray:
        warnings.warn(f"the LoRA '{path}': {2 * len(stray)} of {2 * len(every)} tensors fit nothing in this network, "
                      f"{'.'.join(stray[0])} the first; the others are used", stacklevel=2)


def nothing_for(parts: tuple[str, ...], names) -> str:
    places = "' or '".join(parts)
    return f"has nothing for '{places}', its first key is '{next(iter(names), 'missing')}'"


@torch.no_grad()
def melt(module: nn.Module, changes: dict[str, Change], weight: float) -> None:
    """Add the changes to the module's weights; those for other modules are skipped (``check`` reports them)."""
    inside = {name.removeprefix(INNER): each for name, each in module.named_modules()}
    for name, change in changes.items():
        if name in inside:
            W = inside[name].weight
            W.copy_(W.float() + weight * change.of(W))
