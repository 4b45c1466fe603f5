"""How the Triton backends start a kernel: on the tensors' own GPU, and not at all where there is nothing to do.

Triton builds a small launcher with a C compiler when a kernel first runs. Without one the import of this file fails, and
with it that of every Triton backend: a machine that has no compiler runs the definitions, as if Triton were missing.
"""

import os
import shutil
import sysconfig
from pathlib import Path

import torch
from torch import Tensor

INTERPRETED = os.environ.get("TRITON_INTERPRET") == "1"     # kernels run as Python, on CPU tensors: for tests

if not INTERPRETED:
    if not (os.environ.get("CC") or shutil.which("gcc") or shutil.which("clang")):
        raise ImportError("triton needs a C compiler for its launcher: gcc, clang or $CC")
    _header = Path(sysconfig.get_paths("posix_prefix")["include"]) / "Python.h"
    if not _header.exists():
        raise ImportError(f"triton needs Python's headers for its launcher: {_header} is missing")


def launch(kernel, programs: tuple[int, ...], *args, **constants) -> None:
    """Run ``kernel`` on the GPU of its first tensor, ``programs`` of them; of 0 none. Constants may name Triton's options."""
    if all(programs):
        with torch.cuda.device_of(args[0]):
            kernel[programs](*args, **{"enable_fp_fusion": True, **constants})


def float32(op: str, *tensors: Tensor) -> tuple[Tensor, ...]:
    """``tensors`` made contiguous. Raises ValueError unless they are float32."""
    for tensor in tensors:
        if tensor.dtype != torch.float32:
            raise ValueError(f"{op}: backend 'triton' needs float32, got {tensor.dtype}; backend='reference' takes any dtype")
    return tuple(tensor.detach().contiguous() for tensor in tensors)
