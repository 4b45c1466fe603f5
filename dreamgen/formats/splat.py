"""antimatter15's .splat: 32 bytes a Gaussian, no header, for small viewers on the web.

    position 3 x float32,   scale 3 x float32 (metres),   RGBA 4 x uint8 (sRGB, opacity),   rotation 4 x uint8 (w x y z)

A part of a rotation q is stored as 128 q + 128. The largest come first, by opacity times volume, so that a viewer that
still loads shows the shape. The axes are those of the PLY: +y down. Source: antimatter15/splat, convert.py.
"""

import numpy as np

from renderers.assets import Splats
from renderers.splats import opacities, rdf, rgb, scales

from ._splats import checked

ACCEPTS = (Splats,)

ROW = np.dtype([("position", "<f4", 3), ("scale", "<f4", 3), ("rgba", "u1", 4), ("rotation", "u1", 4)])


def write(asset: Splats, name: str = "asset") -> dict[str, bytes]:
    """``{name.splat: bytes}``; raises ValueError for empty or broken Gaussians."""
    splats = rdf(checked(asset, "splat"))
    opacity = opacities(splats)
    order = np.argsort(-opacity * np.exp(splats.log_scales.sum(1, dtype=np.float64)), kind="stable")
    rows = np.empty(len(order), ROW)
    rows["position"], rows["scale"] = splats.positions, scales(splats)
    rows["rgba"] = np.rint(255 * np.concatenate([rgb(splats), opacity[:, None]], 1))
    rows["rotation"] = np.clip(np.rint(128 * splats.quaternions + 128), 0, 255)       # 1 would be 256
    return {f"{name}.splat": rows[order].tobytes()}
