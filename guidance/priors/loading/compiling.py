"""A prior's network by torch.compile: one pass over its layers writes kernels for this machine, the first time for minutes.

The values are the same to rounding. What is compiled is the UNet or the transformer; encoders, a VAE and a student of VSD's are
not. On the one CPU that we tried nothing was gained.
"""

import shutil

import torch

from ...errors import PriorError

COMPILERS = "c++", "g++", "clang++", "cl"


def lacking(device: str | torch.device) -> str:
    """What torch.compile would need on ``device``, a phrase; "" for nothing."""
    if torch.device(device).type == "cpu" and not any(map(shutil.which, COMPILERS)):
        return f"needs a C++ compiler, and none of {', '.join(COMPILERS)} is on the PATH"
    return ""


def have_compiled(prior, device: str | torch.device) -> None:
    """Have the network of ``prior`` compiled when it is first called; raises PriorError where that cannot be."""
    problem, plan = lacking(device), getattr(prior, "plan", None)
    if plan is not None and plan.offload:
        problem = "not with a memory through which the network's layers move; need a larger one, or 0"
    if problem:
        raise PriorError(f"prior '{prior.name}': compile: {problem}")
    getattr(prior.network, "unet", prior.network).compile()
