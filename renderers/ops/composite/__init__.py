r"""Front-to-back volume compositing along rays of any number of samples (Max 1995; NeRF, arXiv 2003.08934, eq. 3).

    T_i = exp(-delta sum_{j<i} sigma_j)            transmittance before sample i
    w_i = T_i (1 - exp(-sigma_i delta))            its weight; the sums below run over a ray's samples
    rgb = sum w_i c_i      opacity = sum w_i       depth = sum w_i t_i

The samples of ray r are rows offsets[r] to offsets[r+1], nearest first; rows from the last offset on are no ray's (``march``
with a capacity): their weight is 0, and they get no gradient. All four outputs are differentiable in
``sigma`` and ``rgb``; ``t``, ``delta`` and ``offsets`` receive no gradient. No ray is cut short: an opaque sample hides
what follows.
"""

from dataclasses import dataclass

from torch import Tensor

from ...checks import check
from .._dispatch import choose


@dataclass(frozen=True)
class Composite:
    """What R rays of M samples see.

    Attributes:
        rgb: [R, 3] color, premultiplied by opacity; no background.
        opacity: [R] in [0, 1].
        depth: [R] distance along the ray, the unit of ``t``, premultiplied by opacity: 0 where nothing is.
        weights: [M] each sample's share of its ray, in [0, 1].
    """

    rgb: Tensor
    opacity: Tensor
    depth: Tensor
    weights: Tensor


def composite(sigma: Tensor, rgb: Tensor, t: Tensor, delta: float, offsets: Tensor, *,
              backend: str | None = None) -> Composite:
    """Sum up the samples of each ray.

    Args:
        sigma: [M] density, 1 / world unit, >= 0.
        rgb: [M, 3] color of each sample.
        t: [M] its distance from the ray's origin, world units.
        delta: length of each sample's segment, world units, > 0.
        offsets: [R + 1] int64, 0 first, never falling, M at most.
    """
    check("composite", "sigma [M], rgb [M 3], t [M], offsets [R+1]", sigma, rgb, t, offsets)
    return choose("composite", sigma.device.type, backend).composite(sigma, rgb, t, delta, offsets)
