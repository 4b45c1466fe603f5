"""How a prior fits into so many gigabytes: what is moved, sliced, computed twice or kept in eight bits.

    network     stays on the device, or comes a layer at a time, when it would fill more than ROOM of the budget
    encoders    as they are; in int8; on the CPU: the first of these that fits while prompts are encoded
    VAE         float32 always; to save memory its activations are computed twice, and pictures go one at a time

The rest of the budget is for activations and for the scene.
"""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

ROOM = 0.6              # share of the budget that the network may fill
WHILE_ENCODING = 0.8    # share that a text encoder may fill; nothing else is there yet
FEW, SOME = 12, 16      # GB up to which the VAE has one picture at a time, and its activations are computed twice
LARGE = 1e9             # parameters from which an encoder is kept in bfloat16, and may be in int8


@dataclass(frozen=True)
class Plan:
    offload: bool = False                               # the network's layers come to the device when it is their turn
    sliced: bool = False                                # the VAE has one picture at a time
    twice: bool = False                                 # the VAE's activations are computed again on the way back
    encoders: Literal["device", "int8", "cpu"] = "device"


def plan(memory: int, device: str, network: float, encoder: float) -> Plan:
    """What to do about ``memory`` GB (0 = there is enough) for a network and a largest encoder of so many GB.

    A CPU has nothing to offload to, so there only the encoders and the activations are made smaller.
    """
    if not memory:
        return Plan()
    room, last = WHILE_ENCODING * memory, "cpu" if device != "cpu" else "int8"
    fits = "device" if encoder <= room else "int8" if encoder / 2 <= room else last
    return Plan(device != "cpu" and network > ROOM * memory, memory <= FEW, memory <= SOME, fits)


def dtype_for(precision: str, device: torch.device) -> torch.dtype:
    """``auto``: bfloat16 where the device computes with it, float16 on a GPU that does not, float32 elsewhere."""
    if precision != "auto":
        return getattr(torch, precision)
    if has_bfloat16(device):
        return torch.bfloat16
    return torch.float16 if device.type == "cuda" else torch.float32


def has_bfloat16(device: torch.device) -> bool:
    """Whether the device computes in bfloat16 instead of emulating it: a CPU with AMX or AVX512-BF16, a newer GPU."""
    if device.type == "cpu":
        return torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    return device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


class Int8Linear(nn.Module):
    """y = x W^T + b with W[i, j] = scale[i] weight[i, j], weight int8; exact to half a step of each row's 127."""

    def __init__(self, linear: nn.Linear):
        super().__init__()
        W = linear.weight.detach().float()
        scale = W.abs().amax(1, keepdim=True).clamp(min=torch.finfo(torch.float32).tiny) / 127
        self.register_buffer("weight", (W / scale).round().to(torch.int8))      # by this name T5 sees that it is int8
        self.register_buffer("scale", scale)
        self.bias = linear.bias

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.linear(x, (self.weight * self.scale).to(x.dtype), self.bias)


def to_int8(module: nn.Module) -> nn.Module:
    """``module`` with every Linear in it in int8, one after the other, so that two copies are never there."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, Int8Linear(child))
        else:
            to_int8(child)
    return module
