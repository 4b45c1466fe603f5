"""The records that cross into guidance: what a picture is, what it should show, and what a prior is asked."""

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor


class Picture(Protocol):
    """B pictures, row 0 at the top, sRGB; a renderer's ``Render`` fits. Differentiable."""

    rgb: Tensor                 # [B, H, W, 3] in [0, 1], over the scene's background
    premultiplied: Tensor       # [B, H, W, 3] colour times opacity, without background
    opacity: Tensor             # [B, H, W, 1] in [0, 1]


@dataclass(frozen=True)
class Condition:
    """What B pictures should show, in the form that a prior reads.

    Attributes:
        text: [B, L, D] token states.
        mask: [B, L] bool, False where there is no token.
        pose: [B, P] the camera's features, all zero where it is unknown; P = 0 for a prior that knows no cameras.
    """

    text: Tensor
    mask: Tensor
    pose: Tensor

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, rows) -> "Condition":
        """The conditions of a slice or an index tensor, still a batch."""
        return Condition(self.text[rows], self.mask[rows], self.pose[rows])

    def expand(self, B: int) -> "Condition":
        """One condition, B times."""
        return self[torch.zeros(B, dtype=torch.long, device=self.text.device)]

    @staticmethod
    def cat(conditions: "list[Condition]") -> "Condition":
        return Condition(torch.cat([c.text for c in conditions]), torch.cat([c.mask for c in conditions]),
                         torch.cat([c.pose for c in conditions]))


@dataclass(frozen=True)
class Query:
    """What guidance asks of a prior about B pictures.

    Attributes:
        positive: B conditions to move towards.
        negative: B conditions to move away from: the empty prompt, or the user's negative one.
        repel: K batches of B conditions, each pushed off at right angles to ``positive`` (Perp-Neg); usually none.
        repel_weight: [K, B] >= 0, how hard; None without ``repel``.
    """

    positive: Condition
    negative: Condition
    repel: tuple[Condition, ...] = ()
    repel_weight: Tensor | None = None

    def __len__(self) -> int:
        return len(self.positive)

    def __getitem__(self, rows) -> "Query":
        weight = None if self.repel_weight is None else self.repel_weight[:, rows]
        return Query(self.positive[rows], self.negative[rows], tuple(c[rows] for c in self.repel), weight)
