"""Gaussians as a PLY of 3D Gaussian Splatting, the file that every viewer of splats reads.

    x y z   f_dc_0..2   opacity (logit)   scale_0..2 (natural logarithm)   rot_0..3 (w x y z)

all float32, little endian, a row for each Gaussian. +y points down and +z away from the viewer, as in the captures for
which the format was made; viewers turn it upright. The comment says that they were optimised with opacity compensation
(Brush, SuperSplat and splat-transform heed it). Source: graphdeco-inria/gaussian-splatting, scene/gaussian_model.py,
save_ply.
"""

import numpy as np

from renderers.assets import Splats
from renderers.splats import rdf

from ._splats import checked

COLUMNS = ("x", "y", "z", "f_dc_0", "f_dc_1", "f_dc_2", "opacity", "scale_0", "scale_1", "scale_2",
           "rot_0", "rot_1", "rot_2", "rot_3")


def write(asset: Splats) -> bytes:
    """The file; raises ValueError for empty or broken Gaussians."""
    splats = rdf(checked(asset, "ply"))
    rows = np.concatenate([splats.positions, splats.colors, splats.opacity_logits[:, None], splats.log_scales,
                           splats.quaternions], 1).astype("<f4")
    header = ["ply", "format binary_little_endian 1.0", "comment dreamgen", "comment SplatRenderMode: mip",
              f"element vertex {len(rows)}", *(f"property float {name}" for name in COLUMNS), "end_header", ""]
    return "\n".join(header).encode("ascii") + rows.tobytes()
