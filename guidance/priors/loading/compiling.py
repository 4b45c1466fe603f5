"""A prior's network by torch.compile: one pass over its layers writes kernels for this machine, the first time for minutes.

The values are the same to rounding. What is compiled is the UNet or the transformer; encoders, a VAE and a student of VSD's are
not. On the one CPU that we tried nothing was gained.
"""

import shutil
from importlib.util import find_spec

import torch

from ...errors import PriorError

COMPILERS = "c++", "g++", "clang++", "cl"


def lacking(device: str | torch.device) -> str:
    """What torch.compile would need on ``device``, a phrase; "" for nothing."""
    if torch.device(device).type != "cpu":
        return "" if find_spec("triton") else "needs Triton on a GPU, and it is not installed"
    if any(map(shutil.which, COMPILERS)):
        return ""
    return f"needs a C++ compiler, and none of {', '.join(COMPILERS)} is on the PATH"


def have_compiled(prior) -> None:
    """Have the network of ``prior`` compiled when it is first called; raises PriorError if its layers are moved."""
    plan = getattr(prior, "plan", None)
    if plan is not None and plan.offload:
        raise PriorError(f"prior '{prior.name}': compile: cannot be used when prior_options.memory moves the network layer by "
                         "layer; raise it, or set 0")
    getattr(prior.network, "unet", prior.network).compile()
