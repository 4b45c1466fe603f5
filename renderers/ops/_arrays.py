"""What the numba backends see of a tensor: C-contiguous float32 that shares its memory. One signature to compile."""

import numpy as np
import torch
from torch import Tensor


def array(op: str, tensor: Tensor) -> np.ndarray:
    """``tensor`` as an array; a copy only if it is not contiguous. Raises ValueError unless it is float32."""
    if tensor.dtype != torch.float32:
        raise ValueError(f"{op}: backend 'numba' needs float32, got {tensor.dtype}; "
                         "backend='reference' takes any dtype")
    return tensor.detach().contiguous().numpy()
