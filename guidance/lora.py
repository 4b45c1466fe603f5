r"""A trainable copy of a prior: its network with low-rank additions (Hu et al., LoRA, arXiv:2106.09685), through peft.

    W x  <-  W x + B A x,       A [rank, in] random, B [out, rank] = 0, so that the copy begins equal to the prior
    A    ~   N(0, 1 / rank^2), as in diffusers' LoRA and ProlificDreamer; or U(-1, 1) / sqrt(in), as in torch's layers
    e_t  <-  e_t + MLP(pose),   e_t the network's time embedding: a camera input, which the prior need not have

The copy is a module tree of its own around the prior's tensors, which stay frozen. So it needs memory only for A and B,
and the prior's network is unchanged. The only file that imports peft.
"""

import copy
from typing import Any

import torch
from peft import LoraConfig, inject_adapter_in_model
from torch import Tensor, nn

from .conditions import Condition
from .errors import MethodError

# As diffusers names them: the layers of attention, and the module whose output is e_t.
ATTENTION = ("to_q", "to_k", "to_v", "to_out.0", "add_q_proj", "add_k_proj", "add_v_proj", "to_add_out")
TIME = ("time_embedding", "timestep_embedder")
POSE = 4                                            # features of a camera, of every prior's ``pose``


class Student:
    """eps_phi: a trainable copy of ``prior``.

    Args:
        prior: unchanged.
        rank: of the additions.
        everywhere: add to every linear layer and convolution, not only to the attention.
        rng: initialises A and the MLP.
        drawn: distribution of A: "normal", which is wider and lets a student learn faster, or "uniform".

    Raises:
        MethodError: the network is moved to the device layer by layer; or it has no attention layers of diffusers'
            names, and ``everywhere`` is false.
    """

    def __init__(self, prior, rank: int, everywhere: bool, rng: torch.Generator, drawn: str = "normal"):
        if comes_in_parts(prior.network):
            raise MethodError("guidance.kind: vsd trains its student through the whole network, which prior_options.memory "
                              f"brings to the device a layer at a time; give '{prior.name}' more memory, or take a "
                              "smaller prior, or asd, which trains nothing")
        network = sharing_copy(prior.network)
        names = [name for name, module in network.named_modules() if isinstance(module, nn.Linear | nn.Conv2d)]
        names = [name for name in names if everywhere or name.endswith(ATTENTION)]
        if not names:
            raise MethodError(f"adapt: need 'all' for {type(network).__name__}, which has no attention of a known name")
        with torch.random.fork_rng([]):             # peft draws A from the global stream; it is drawn again below
            inject_adapter_in_model(LoraConfig(r=rank, lora_alpha=rank, target_modules=names), network)
        self.twin = copy.copy(prior)
        self.twin.network = network
        self.weights: dict[str, nn.Parameter] = {}
        for name, weight in network.named_parameters():
            if "lora_" in name:
                weight.data = torch.zeros_like(weight, dtype=torch.float32)
                if "lora_A" in name:
                    weight.data = begun(weight, rng) if drawn == "uniform" else wide(weight, rank, rng)
                self.weights[name] = weight
        self.camera: nn.Module | None = None
        self.pose = torch.zeros(())                 # [B, D] MLP(pose) of the conditions that are asked now
        if (time := time_embedding(network)) is not None:
            last: Any = time.linear_2               # a linear layer, or peft's around one
            with torch.random.fork_rng([]):
                self.camera = camera_mlp(last.out_features, rng).to(last.weight.device)
            self.weights |= {f"camera.{name}": weight for name, weight in self.camera.named_parameters()}
            time.register_forward_hook(lambda module, given, e_t: e_t + self.pose.to(e_t))

    def eps(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        """As ``Prior.eps``; differentiable in ``weights``."""
        if self.camera is not None:
            self.pose = self.camera(condition.pose.float())
        return self.twin.eps(x_t, t, condition)


def comes_in_parts(network: nn.Module) -> bool:
    """Whether diffusers moves the layers one by one (priors/loading/memory.py).

    Then a layer's weights are gone when the backward pass needs them, and a copy's ``forward`` is still the original's.
    """
    return any(hasattr(module, "_diffusers_hook") for module in network.modules())


def sharing_copy(network: nn.Module) -> nn.Module:
    """A copy of the modules that shares their tensors."""
    tensors = [*network.parameters(), *network.buffers()]
    return copy.deepcopy(network, {id(tensor): tensor for tensor in tensors})


def begun(weight: Tensor, rng: torch.Generator) -> Tensor:
    """Initial weights, float32, uniform as in torch's linear layers."""
    bound = weight[0].numel() ** -0.5
    return (bound * (2 * torch.rand(weight.shape, generator=rng) - 1)).to(weight.device)


def wide(weight: Tensor, rank: int, rng: torch.Generator) -> Tensor:
    """Initial A, float32, as in diffusers: normal with standard deviation 1 / rank."""
    return (torch.randn(weight.shape, generator=rng) / rank).to(weight.device)


def time_embedding(network: nn.Module) -> nn.Module | None:
    """The time embedding, whose output is [B, D]; None for a network without one."""
    return next((module for name, module in network.named_modules()
                 if name.endswith(TIME) and hasattr(module, "linear_2")), None)


def camera_mlp(width: int, rng: torch.Generator) -> nn.Module:
    """[B, POSE] -> [B, width], 0 at the start."""
    first, last = nn.Linear(POSE, width), nn.Linear(width, width)
    with torch.no_grad():
        first.bias.zero_()
        last.bias.zero_()
        first.weight.copy_(begun(first.weight, rng))
        last.weight.zero_()
    return nn.Sequential(first, nn.SiLU(), last)
