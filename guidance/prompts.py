r"""A prompt seen from an angle: view words interpolated by azimuth and elevation, and Perp-Neg's repelled views.

    text(azimuth, elevation) = sum_v p_v text("{prompt}, {v} view"),   v in front, side, back, overhead;  sum_v p_v = 1

p_v is 1 well within the angles at which the bundled prior's captions say v (front within 45 degrees of azimuth 0, back
beyond 135, overhead above 60 of elevation) and crosses over linearly around those borders, so that the text is
continuous and, nearly everywhere, one that the prior was trained with.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import radians
from types import MappingProxyType

import torch
from torch import Tensor

from .conditions import Condition, Query

VIEWS = ("front", "side", "back", "overhead")
FRONT, BACK, OVERHEAD = radians(45), radians(135), radians(60)
CROSS = radians(15)             # half the width of a crossing
NEAREST = 3                     # known names offered for a word that the prior never saw


@dataclass(frozen=True)
class Text:
    """A further text, which a method asks the prior about."""

    words: str                  # "{prompt}" in them stands for the prompt
    seen: bool = True           # with view words, where the prompt has them


class Prompts:
    """The questions to ask a prior about views of one prompt. Texts are encoded here, once.

    Args:
        prior: whose words these are.
        prompt: what to make.
        negative: what to move away from; "" is plain classifier-free guidance.
        view_words: say which side is seen; otherwise only the prior's pose, if it has one, knows.
        perp_neg: how hard the words of the other views repel (METHODS' -w), 0 = off, usually 0.5 to 4.
        others: a method's ``texts()``, by name.

    Raises:
        ValueError: an empty prompt, or perp_neg < 0, or perp_neg without view_words.
    """

    def __init__(self, prior, prompt: str, negative: str = "", view_words: bool = True, perp_neg: float = 0.0,
                 others: Mapping[str, Text] = MappingProxyType({})):
        prompt = " ".join(prompt.split())
        if not prompt:
            raise ValueError("prompt: need at least one word, got none")
        if perp_neg < 0:
            raise ValueError(f"perp_neg: need >= 0, got {perp_neg}")
        if perp_neg and not view_words:
            raise ValueError(f"perp_neg: need 0 without view_words, whose other views it repels, got {perp_neg}")
        for place, text in (("prompt", prompt), ("negative", negative)):
            if unknown := prior.unknown_words(text):
                near = ", ".join(name for name, _ in prior.nearest_words(text)[:NEAREST])
                warnings.warn(f"{place}: the prior '{prior.name}' was not trained with '{', '.join(unknown)}'"
                              + (f"; the nearest that it knows: {near}" if near else ""), stacklevel=2)
        self.prior, self.perp_neg, self.has_negative = prior, perp_neg, bool(negative)
        self.seen = {name: text.seen for name, text in others.items()}
        words = {"negative": negative, "empty": "", "prompt": prompt}
        words |= {f"other {name}": text.words.replace("{prompt}", prompt) for name, text in others.items()}
        viewed = {"prompt", *(f"other {name}" for name, seen in self.seen.items() if seen)} if view_words else set()
        viewed -= {name for name, text in words.items() if not text}    # no words about no side
        lists = {name: [text, *(seen_from(text, view) for view in VIEWS if name in viewed)]
                 for name, text in words.items()}               # one text, or five: as it is, and from each of VIEWS
        encoded = prior.condition([text for texts in lists.values() for text in texts])
        self.encoded = dict(zip(lists, encoded.split(map(len, lists.values()))))

    def __call__(self, azimuth: Tensor, elevation: Tensor) -> Query:
        """B questions for angles [B] in radians, on any device."""
        p = view_weights(azimuth, elevation)
        query = self.query(len(p), p, self.prior.pose(azimuth, elevation))
        if self.perp_neg:
            _, front, side, *_ = self.encoded["prompt"].split([1] * 5)          # their pose stays unknown
            weight = self.perp_neg * repel_weights(p).to(front.text)
            query = replace(query, repel=(front.expand(len(p)), side.expand(len(p))), repel_weight=weight)
        return replace(query, angles=torch.stack([azimuth, elevation], -1))

    def plain(self, B: int) -> Query:
        """B questions about pictures that have no camera: the prompt as it is, no view, no pose."""
        return self.query(B)

    def query(self, B: int, p: Tensor | None = None, pose: Tensor | None = None) -> Query:
        """Without Perp-Neg; ``p`` [B, V] mixes the views, ``pose`` [B, P] is the cameras', both may be unknown."""
        def placed(texts: Condition) -> Condition:
            return texts if pose is None else replace(texts, pose=pose.to(texts.text))

        def viewed(name: str) -> Condition:
            texts = self.encoded[name]
            return texts[:1].expand(B) if p is None or len(texts) == 1 else texts[1:].blend(p)

        others = {name: placed(viewed(f"other {name}")) if seen else viewed(f"other {name}")
                  for name, seen in self.seen.items()}
        return Query(placed(viewed("prompt")), self.encoded["negative"].expand(B),
                     empty=self.encoded["empty"].expand(B) if self.has_negative else None,
                     plain=placed(self.encoded["prompt"][:1].expand(B)), others=others)


def seen_from(prompt: str, view: str) -> str:
    """The prompt with view words, as in the captions that the bundled prior was trained with."""
    return f"{prompt}, {view} view"


def view_weights(azimuth: Tensor, elevation: Tensor) -> Tensor:
    """p [B, 4] of VIEWS, >= 0, sum 1, continuous in both angles [B] (radians)."""
    a = torch.atan2(azimuth.sin(), azimuth.cos()).abs()             # [0, pi] from the front
    front, back, overhead = 1 - crossing(a, FRONT), crossing(a, BACK), crossing(elevation, OVERHEAD)
    around = torch.stack([front, 1 - front - back, back], -1) * (1 - overhead)[:, None]
    return torch.cat([around, overhead[:, None]], -1)


def crossing(angle: Tensor, border: float) -> Tensor:
    """0 below ``border``, 1 above, a straight line of half-width CROSS between."""
    return ((angle - border) / (2 * CROSS) + 0.5).clamp(0, 1)


def repel_weights(p: Tensor) -> Tensor:
    """Weights [2, B] in [0, 1] of the repelled "front" and "side", from the positive view's p [B, 4].

    As METHODS A16's table at the four main views: a front repels "side", a side repels "front", a back repels
    "front" fully and "side" by half, a view from above neither. Between them it is continuous, unlike that table.
    """
    front, side, back, _ = p.unbind(-1)
    return torch.stack([side + back, front + back / 2])
