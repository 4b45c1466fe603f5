"""Which cells of the box [-0.5, 0.5]^3 hold something: a grid that follows a density and lets a march skip the rest.

    s = sigma(a random point of the cell),    peak   <- max(0.9 peak, s),    occupied = dilate(peak > threshold)
                                              steady <- min(s, 0.7 steady + 0.3 s)

The dilation by one cell lets an object grow outwards: samples are taken where there is nothing yet, next to something.
``steady``, slow to rise and quick to fall, says what a cell hides, so that a march ends inside an object and not behind it.
"""

from collections.abc import Callable

import torch
from torch import Tensor

DECAY = 0.9             # a cell is forgotten after some twenty refreshes without density; Instant-NGP uses 0.95 over 16 steps
TRUST = 0.3             # of a new density in ``steady``
CHUNK = 1 << 16         # points evaluated at a time


class Occupancy(torch.nn.Module):
    """``cells`` [G, G, G] uint8, indexed [x, y, z]; at the start everything inside the ball is occupied."""

    cells: Tensor
    peak: Tensor                # [G, G, G] 1 / metre
    steady: Tensor              # [G, G, G] 1 / metre

    def __init__(self, size: int):
        super().__init__()
        at = (torch.arange(size) + 0.5) / size - 0.5
        x, y, z = torch.meshgrid(at, at, at, indexing="ij")
        self.register_buffer("cells", (x * x + y * y + z * z < 0.25).to(torch.uint8))
        self.register_buffer("peak", torch.zeros(size, size, size))
        self.register_buffer("steady", torch.zeros(size, size, size))

    @torch.no_grad()
    def refresh(self, density: Callable[[Tensor], Tensor], threshold: float, rng: torch.Generator) -> None:
        """Look at one random point of each cell; ``density`` takes [N, 3] in the unit cube, ``threshold`` is 1 / metre."""
        G = len(self.peak)
        corner = torch.stack(torch.meshgrid(*[torch.arange(G, device=self.peak.device)] * 3, indexing="ij"), -1).view(-1, 3)
        x = (corner + torch.rand(corner.shape, generator=rng).to(self.peak)) / G
        sigma = torch.cat([density(part) for part in x.split(CHUNK)]).view_as(self.peak)
        self.peak.copy_(torch.maximum(DECAY * self.peak, sigma))
        self.steady.copy_(torch.minimum(sigma, self.steady.lerp(sigma, TRUST)))
        occupied = (self.peak > threshold).float()
        self.cells.copy_(torch.nn.functional.max_pool3d(occupied[None, None], 3, 1, 1)[0, 0])

    def holds(self, x: Tensor) -> Tensor:
        """[N] bool: x [N, 3] in the unit cube lies in an occupied cell."""
        G = len(self.cells)
        i = (x * G).long().clamp(0, G - 1)
        return (self.cells[i[:, 0], i[:, 1], i[:, 2]] > 0) & ((x >= 0) & (x <= 1)).all(-1)
