"""The records that guidance works on: pictures, conditions of a prior, and all the conditions of one step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, Protocol

import torch
from torch import Tensor


class Picture(Protocol):
    """B pictures, row 0 at the top, sRGB; a renderer's ``Render`` fits. Differentiable."""

    rgb: Tensor                 # [B, H, W, 3] in [0, 1], over the scene's background
    premultiplied: Tensor       # [B, H, W, 3] color times opacity, without background
    opacity: Tensor             # [B, H, W, 1] in [0, 1]


class Source(Protocol):
    """What a reference is made of, and known by; ``reference.Reference`` fits."""

    def shown(self, prior: Any, condition: "Condition") -> "Condition":
        """``condition`` of B pictures, this shown with each."""


@dataclass(frozen=True)
class Condition:
    """What B pictures should show, encoded for a prior.

    Attributes:
        text: [B, L, D] token states.
        mask: [B, L] bool, False where there is no token.
        pose: [B, P] the camera's features, all zero where it is unknown.
        pooled: [B, Q] one vector per text, for networks that take both (SDXL, SD3, Flux).
        control: [B, K, H, W] further input made from the picture itself (ControlNet, an upscaler); see ``Prior.control``.
        reference: [B, C, S, S] another view of the same object, encoded by the prior; zeros for none.
        reference_pose: [B, P] features of that view's camera; zeros for none.
        source: what ``reference`` was made of, where it is one and the same in all rows that are shown one; a prior knows by
            it, without a look at the numbers, what it has computed already. None: none, several, or unknown.
    """

    text: Tensor
    mask: Tensor
    pose: Tensor
    pooled: Tensor | None = None
    control: Tensor | None = None
    reference: Tensor | None = None
    reference_pose: Tensor | None = None
    source: Source | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, rows) -> "Condition":
        """The rows of a slice or an index tensor, still a batch."""
        chosen: dict[str, Any] = {name: part[rows] for name, part in self.parts().items() if part is not None}
        return replace(self, **chosen)

    def expand(self, B: int) -> "Condition":
        """One condition, B times."""
        return self[torch.zeros(B, dtype=torch.long, device=self.text.device)]

    def blend(self, p: Tensor) -> "Condition":
        """B mixtures of these V texts with weights ``p`` [B, V], >= 0; a row's mask unites those of its texts with a weight
        above 0, and its camera is unknown."""
        p = p.to(self.text)
        mask = ((p > 0)[:, :, None] & self.mask).any(1)
        pooled = None if self.pooled is None else p @ self.pooled
        unknown = self.pose.new_zeros(len(p), self.pose.shape[1])
        return Condition(torch.einsum("bv,vld->bld", p, self.text), mask, unknown, pooled)

    def split(self, counts: Iterable[int]) -> "list[Condition]":
        """Consecutive parts with ``counts`` rows."""
        ends = list(accumulate(counts))
        return [self[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def seeing(self, control: Tensor | None) -> "Condition":
        """The same with ``control`` [B, K, H, W], or without for None."""
        return replace(self, control=control)

    def parts(self) -> dict[str, Tensor | None]:
        """What has a row for each picture, by name."""
        return {name: part for name, part in vars(self).items() if name != "source"}

    def showing(self, reference: Tensor | None, pose: Tensor | None, source: Source | None = None) -> "Condition":
        """The same with a ``reference`` [B, C, S, S] and its camera's ``pose`` [B, P], or without for None."""
        return replace(self, reference=reference, reference_pose=pose, source=source)

    @staticmethod
    def cat(conditions: "list[Condition]") -> "Condition":
        """Concatenate. If only some have a reference, the others get zeros, which stand for none.

        Raises:
            ValueError: only some have ``pooled`` or ``control``, for which zeros would be wrong.
        """
        rows, counts = [c.parts() for c in conditions], list(map(len, conditions))
        together: dict[str, Any] = {name: joined(name, tuple(row[name] for row in rows), counts) for name in rows[0]}
        sources = [c.source for c in conditions if c.reference is not None]
        one = sources[0] if sources and all(source is sources[0] for source in sources) else None
        return Condition(**together, source=one)


def joined(name: str, parts: tuple[Tensor | None, ...], counts: list[int]) -> Tensor | None:
    """The field ``name`` of several conditions with ``counts`` rows, concatenated; None if none has it."""
    like = next((part for part in parts if part is not None), None)
    if like is None:
        return None
    if not name.startswith("reference") and any(part is None for part in parts):
        raise ValueError(f"Condition.cat: {name}: need it of all conditions or of none, "
                         f"got it of {sum(part is not None for part in parts)} of {len(parts)}")
    return torch.cat([like.new_zeros(count, *like.shape[1:]) if part is None else part
                      for part, count in zip(parts, counts, strict=True)])


@dataclass(frozen=True)
class Query:
    """All conditions that guidance needs for B pictures.

    Attributes:
        positive: B conditions to move towards.
        negative: B conditions to move away from: the empty prompt, or the user's negative one.
        repel: K batches of B conditions that repel at right angles to ``positive`` (Perp-Neg); usually none.
        repel_weight: [K, B] >= 0, their weights; None without ``repel``.
        empty: B times the empty prompt; None if ``negative`` is the empty prompt.
        plain: B times the prompt without view words; None if ``positive`` has none either.
        angles: [B, 2] azimuth and elevation of the cameras, radians; None if they are unknown.
        others: further batches of B conditions by name, for a method's ``texts``.
        viewpoint: [B] int64 on the CPU, which of the cameras' fixed viewpoints; None of cameras without any.
    """

    positive: Condition
    negative: Condition
    repel: tuple[Condition, ...] = ()
    repel_weight: Tensor | None = None
    empty: Condition | None = None
    plain: Condition | None = None
    angles: Tensor | None = None
    others: Mapping[str, Condition] = field(default_factory=dict)
    viewpoint: Tensor | None = None

    def __len__(self) -> int:
        return len(self.positive)

    def __getitem__(self, rows) -> "Query":
        """The rows of a slice or an index tensor, still a batch."""
        chosen = self.each(lambda condition: condition[rows])
        return replace(chosen, repel_weight=None if self.repel_weight is None else self.repel_weight[:, rows],
                       angles=None if self.angles is None else self.angles[rows],
                       viewpoint=None if self.viewpoint is None else self.viewpoint[
                           rows.cpu() if isinstance(rows, Tensor) else rows])

    @property
    def nothing(self) -> Condition:
        """B times the empty prompt."""
        return self.negative if self.empty is None else self.empty

    def seeing(self, control: Tensor | None) -> "Query":
        """The same conditions with ``control`` [B, K, H, W]; see ``Prior.control``."""
        return self if control is None else self.each(lambda condition: condition.seeing(control))

    def each(self, change: Callable[[Condition], Condition]) -> "Query":
        """``change`` applied to every condition."""
        return replace(self, positive=change(self.positive), negative=change(self.negative),
                       repel=tuple(map(change, self.repel)), empty=self.empty and change(self.empty),
                       plain=self.plain and change(self.plain),
                       others={name: change(condition) for name, condition in self.others.items()})
