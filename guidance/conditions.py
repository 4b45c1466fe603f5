"""The records that cross into guidance: what a picture is, what it should show, and what a prior is asked."""

from dataclasses import dataclass, replace
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
        pose: [B, P] the camera's features, all zero where it is unknown.
        pooled: [B, Q] one vector a text, for networks that hear both (SDXL, SD3, Flux).
        control: [B, K, H, W] what the network is shown of the picture itself, besides x_t; see ``Prior.control``.
    """

    text: Tensor
    mask: Tensor
    pose: Tensor
    pooled: Tensor | None = None
    control: Tensor | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, rows) -> "Condition":
        """The conditions of a slice or an index tensor, still a batch."""
        return Condition(*(None if part is None else part[rows] for part in self.parts()))

    def expand(self, B: int) -> "Condition":
        """One condition, B times."""
        return self[torch.zeros(B, dtype=torch.long, device=self.text.device)]

    def blend(self, p: Tensor) -> "Condition":
        """B mixtures of these V texts by ``p`` [B, V]; their masks united, the camera unknown."""
        p = p.to(self.text)
        mask = self.mask.any(0).expand(len(p), -1)
        pooled = None if self.pooled is None else p @ self.pooled
        return Condition(torch.einsum("bv,vld->bld", p, self.text), mask, self.pose.new_zeros(len(p), self.pose.shape[1]),
                         pooled)

    def seeing(self, control: Tensor | None) -> "Condition":
        """With ``control`` [B, K, H, W], or none."""
        return replace(self, control=control)

    def parts(self) -> tuple[Tensor | None, ...]:
        return self.text, self.mask, self.pose, self.pooled, self.control

    @staticmethod
    def cat(conditions: "list[Condition]") -> "Condition":
        return Condition(*(None if each[0] is None else torch.cat(each)
                           for each in zip(*(c.parts() for c in conditions), strict=True)))


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
