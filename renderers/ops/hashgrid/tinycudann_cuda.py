"""``hashgrid`` by tiny-cuda-nn, where it is installed (NVlabs/tiny-cuda-nn 2.0, BSD-3-Clause).

The table is the one that ``layout`` describes in either, so a checkpoint serves both; ``table_of`` and ``params_of`` turn the
flat ``params`` of a ``tinycudann.Encoding`` into ours and back. It is chosen only by name (``backend="tinycudann"``): its
gradient of the table is a sum by atomics as that of our kernel, but tiny-cuda-nn cannot let levels fade in, so that features
of levels beyond ``active`` are computed and multiplied by 0. It has run on no GPU from here.
"""

from functools import cache

import tinycudann
import torch
from torch import Tensor
from torch.func import functional_call

from ...errors import BackendError
from . import reference
from .layout import FEATURES, Layout

RANK = -1


def hashgrid(x: Tensor, table: Tensor, layout: Layout, active: float | None = None) -> Tensor:
    if x.dtype != torch.float32 or table.dtype != torch.float32:
        raise ValueError(f"hashgrid: backend 'tinycudann' needs float32, got {x.dtype} and {table.dtype}")
    if not len(x):
        return reference.hashgrid(x, table, layout, active)
    features = functional_call(_encoding(layout, x.device), {"params": params_of(table)}, (x.clamp(0, 1),))
    features = features[:, :layout.width].float()
    if active is None:
        return features
    return features * x.new_tensor(layout.fade(active)).repeat_interleave(FEATURES)


def params_of(table: Tensor) -> Tensor:
    """[2 S] the ``params`` of a ``tinycudann.Encoding``, of a table [S, 2]."""
    return table.reshape(-1)


def table_of(params: Tensor, layout: Layout) -> Tensor:
    """[S, 2] float32, of an encoding's ``params`` [2 S] in float32 or float16. Raises ValueError for another layout's."""
    if params.shape != (FEATURES * layout.rows,):
        raise ValueError(f"hashgrid: {list(params.shape)} parameters, want [{FEATURES * layout.rows}] for {layout}")
    return params.float().view(layout.rows, FEATURES)


@cache
def _encoding(layout: Layout, device: torch.device) -> tinycudann.Encoding:
    config = {"otype": "Grid", "type": "Hash", "n_levels": layout.levels, "n_features_per_level": FEATURES,
              "log2_hashmap_size": layout.log2_size, "base_resolution": layout.base,
              "per_level_scale": layout.per_level_scale, "interpolation": "Linear"}
    with torch.cuda.device(device if device.type == "cuda" else -1):
        made = tinycudann.Encoding(3, config, dtype=torch.float32)
    if len(made.params) != FEATURES * layout.rows:
        raise BackendError(f"hashgrid: tinycudann has {len(made.params)} parameters for {layout}, "
                           f"want {FEATURES * layout.rows}: its version orders the table otherwise")
    return made
