r"""The surface of a field, as signed values at the nodes of a lattice: the level whose silhouettes are the field's own.

    tau = argmax over levels of  mean over views of  |S and M| / |S or M|,    s = log tau - log depth

Depth is the optical depth to the outside (``visibility_depth``), as in the export of a field, S what the surface at that level
covers and M where the field's own picture is ``opaque``. Parts much smaller than the largest are left out.
"""

import math

import numpy as np
import torch
from scipy.ndimage import label
from torch import Tensor

from .camera import Camera, project, ring
from .ops.rasterize import rasterize
from .tetrahedra import Lattice, march
from .visibility_depth import visibility_depth

LEVELS = (0.02, 3.0, 10)            # optical depths: lowest, highest, how many, evenly in the logarithm
THINNEST, THICKEST = 1e-3, 10.0     # told apart
VIEWS, SIZE = 8, 64                 # pictures that choose, and their pixels
KEEP = 0.01                         # of the largest part's nodes


@torch.no_grad()
def level_set(field, lattice: Lattice, device: torch.device, opaque: float = 0.5) -> tuple[Tensor, float] | None:
    """([N] values at the nodes, > 0 outside; the silhouettes' mean IoU), or None where nothing of ``field`` is opaque.

    ``field`` has a ``density`` (``scene.Field``) and is drawn; see ``Scene``.
    ``opaque``: the least opacity of what its pictures show.
    """
    camera = ring(VIEWS, (SIZE, SIZE)).to(device)
    masks = torch.cat([field.render(camera[i:i + 1]).opacity[..., 0] > opaque for i in range(VIEWS)])
    axis = torch.arange(2 * lattice.n + 1, device=device) / (2 * lattice.n) - 0.5
    rows = [field.density(torch.cartesian_prod(x[None], axis, axis)) for x in axis]
    depth = torch.from_numpy(visibility_depth(torch.stack(rows).view(3 * [len(axis)]).cpu().numpy()))
    value = depth.clamp(THINNEST, THICKEST).log()
    value = torch.cat([value[::2, ::2, ::2].flatten(), value[1::2, 1::2, 1::2].flatten()]).to(device)    # at the nodes
    value[lattice.border().to(device)] = math.log(THINNEST)
    best = None
    if masks.any():
        for tau in torch.logspace(math.log10(LEVELS[0]), math.log10(LEVELS[1]), LEVELS[2]).tolist():
            s = parted(lattice, math.log(tau) - value)
            agreement = iou(lattice, s, masks, camera)
            if agreement > (best[1] if best else 0):
                best = s, agreement
    return best


def iou(lattice: Lattice, s: Tensor, masks: Tensor, camera: Camera) -> float:
    """Mean over views of the silhouettes' intersection over union with ``masks`` [B, H, W]."""
    surface = march(lattice, s, lattice.positions(s.device))
    drawn = rasterize(*project(camera, surface.vertices), surface.faces, camera.size).face >= 0
    both, either = (drawn & masks).flatten(1).sum(1), (drawn | masks).flatten(1).sum(1)
    return float((both / either.clamp(min=1)).mean())


def parted(lattice: Lattice, s: Tensor) -> Tensor:
    """``s`` [N] without parts that have less than KEEP of the largest one's corners: there it is turned to outside."""
    corners, _ = lattice.parts(s)
    number, count = label((corners <= 0).cpu().numpy(), np.ones((3, 3, 3)))
    sizes = np.bincount(number.ravel(), minlength=count + 1)[1:]
    small = torch.from_numpy(np.isin(number, 1 + np.flatnonzero(sizes < KEEP * sizes.max(initial=0)))).to(s.device)
    near = torch.nn.functional.max_pool3d(small[None, None].float(), 2, 1)[0, 0] > 0           # centres beside one
    drop = torch.cat([small.flatten(), near.flatten()])
    return torch.where(drop, s.abs().clamp(min=1e-3), s)
