"""What every format of Gaussians needs: the asset checked once, its 3D filter baked in."""

import numpy as np

from renderers.assets import Splats
from renderers.splats import filtered

WIDTHS = {"positions": 3, "log_scales": 3, "quaternions": 4, "opacity_logits": None, "colors": 3}


def checked(splats: Splats, where: str) -> Splats:
    """``splats`` with the 3D filter in them, or ValueError with the first thing that no reader could make sense of."""
    N = len(splats.positions)
    if not N:
        raise ValueError(f"{where}: there are no Gaussians, and an empty file helps nobody")
    for name, width in WIDTHS.items():
        array, shape = getattr(splats, name), (N,) if width is None else (N, width)
        if array.shape != shape:
            raise ValueError(f"{where}: {name} is {list(array.shape)}, want {list(shape)}")
        bad = ~np.isfinite(array).reshape(N, -1).all(axis=1)
        if bad.any():
            raise ValueError(f"{where}: {name} has {bad.sum()} rows that are not finite, the first is row {bad.argmax()}")
    length = np.linalg.norm(splats.quaternions, axis=1)
    if (off := np.abs(length - 1) > 1e-3).any():
        raise ValueError(f"{where}: quaternions need unit length, row {off.argmax()} has {length[off.argmax()]:.3g}")
    if not (np.isfinite(splats.pixel) and splats.pixel >= 0):
        raise ValueError(f"{where}: pixel is {splats.pixel}, want metres >= 0")
    return filtered(splats)

