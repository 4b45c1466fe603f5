"""``composite`` by nerfacc, where it is installed (nerfstudio-project/nerfacc 0.5.3, MIT).

It is chosen only by name (``backend="nerfacc"``): it takes 1 - exp(-tau) literally, so thin samples lose digits, and adds up
rays by atomics. Its ``traverse_grids`` is not ``march``: it adds up t step by step, so that samples at the borders of cells
differ, and it knows nothing of what hides what. It has run on no GPU from here.
"""

import nerfacc
import torch
from torch import Tensor
from torch.nn.functional import pad

from . import Composite, reference

RANK = -1


def composite(sigma: Tensor, rgb: Tensor, t: Tensor, delta: float, offsets: Tensor) -> Composite:
    R, M = len(offsets) - 1, int(offsets[-1])           # rows that are a ray's: a GPU is waited for
    if not M:
        return reference.composite(sigma, rgb, t, delta, offsets)
    rest = len(sigma) - M
    sigma, rgb, t = sigma[:M], rgb[:M], t[:M]
    counts = offsets.diff()
    ray = torch.arange(R, device=sigma.device).repeat_interleave(counts, output_size=M)
    start = torch.zeros_like(sigma)                     # only the difference counts: delta, without the rounding of t + delta
    w, _, _ = nerfacc.render_weight_from_density(start, start + delta, sigma.contiguous(),
                                                 packed_info=torch.stack([offsets[:-1], counts], 1))
    color, opacity, depth = (nerfacc.accumulate_along_rays(w, values, ray_indices=ray, n_rays=R)
                              for values in (rgb, None, t.detach()[:, None]))
    return Composite(color, opacity[:, 0], depth[:, 0], pad(w, (0, rest)))
