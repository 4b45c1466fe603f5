r"""A prompt for a view: view words interpolated by azimuth and elevation, and Perp-Neg's repelled views.

    text(azimuth, elevation) = sum_v p_v text("{prompt}, {v} view"),   v in front, side, back, overhead;  sum_v p_v = 1

p_v is 1 inside the range of angles that ``Views`` gives to v and changes linearly around the borders. By default the
borders are those of the bundled prior's captions (front within 45 degrees of azimuth 0, back beyond 135, overhead above
60 degrees of elevation). So the text is continuous, and nearly everywhere one that the prior was trained with.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

import torch
from torch import Tensor

from .conditions import Condition, Query
from .reference import Reference
from .repel import around, repel_weights
from .views import Texts, Views

VIEWS = tuple(field.name for field in fields(Texts))
DEFAULT_VIEWS, NO_TEXTS = Views(), Texts()
NEAREST = 3                     # known names offered for a word that the prior was not trained with


@dataclass(frozen=True)
class Text:
    """A further text that a method needs."""

    words: str                  # "{prompt}" in it is replaced by the prompt
    view_words: bool = True     # gets view words if the prompt does


class Prompts:
    """The conditions of a prior for views of one prompt. The texts are encoded once, here.

    Args:
        prior: encodes the texts.
        prompt: what to make.
        negative: what to move away from; "" is plain classifier-free guidance.
        view_words: append "front view" and the like; otherwise only the prior's pose input, if any, depends on the view.
        perp_neg: strength with which the other views' words repel, 0 = off, usually 0.5 to 4.
        others: a method's ``texts()``, by name.
        reference: a view of the object, part of every condition but the negative ones.
        views: the angles of the view words.
        texts: of single views, instead of the prompt with its view words.

    Raises:
        ValueError: an empty prompt, or perp_neg < 0, or perp_neg or texts without view_words.
    """

    def __init__(self, prior, prompt: str, negative: str = "", view_words: bool = True, perp_neg: float = 0.0,
                 others: Mapping[str, Text] = MappingProxyType({}), reference: Reference | None = None,
                 views: Views = DEFAULT_VIEWS, texts: Texts = NO_TEXTS):
        prompt = " ".join(prompt.split())
        if not prompt:
            raise ValueError("prompt: need at least one word, got none")
        if perp_neg < 0:
            raise ValueError(f"perp_neg: need >= 0, got {perp_neg}")
        if perp_neg and not view_words:
            raise ValueError(f"perp_neg: need 0 without view_words, whose other views it repels, got {perp_neg}")
        own = {view: text.replace("{prompt}", prompt) for view, text in vars(texts).items() if text}
        if own and not view_words:
            raise ValueError(f"texts: need none without view_words, for which they stand, got one for {', '.join(own)}")
        for place, text in (("prompt", prompt), ("negative", negative), *((f"texts.{view}", own[view]) for view in own)):
            if unknown := prior.unknown_words(text):
                near = ", ".join(name for name, _ in prior.nearest_words(text)[:NEAREST])
                warnings.warn(f"{place}: the prior '{prior.name}' was not trained with '{', '.join(unknown)}'"
                              + (f"; the nearest that it knows: {near}" if near else ""), stacklevel=2)
        self.prior, self.perp_neg, self.has_negative = prior, perp_neg, bool(negative)
        self.reference, self.views = reference, views
        self.with_view_words = {name: text.view_words for name, text in others.items()}
        words = {"negative": negative, "empty": "", "prompt": "{prompt}"}
        words |= {f"other {name}": text.words for name, text in others.items()}
        viewed = {"prompt", *(f"other {name}" for name, view in self.with_view_words.items() if view)}
        viewed = viewed if view_words else set()
        viewed -= {name for name, text in words.items() if not text}    # an empty text gets no view words

        def from_view(text: str, view: str) -> str:
            return text.replace("{prompt}", own[view]) if view in own else seen_from(text.replace("{prompt}", prompt), view)

        lists = {name: [text.replace("{prompt}", prompt), *(from_view(text, view) for view in VIEWS if name in viewed)]
                 for name, text in words.items()}               # one text, or five: as it is, and from each of VIEWS
        encoded = prior.condition([text for texts in lists.values() for text in texts])
        self.encoded = dict(zip(lists, encoded.split(map(len, lists.values())), strict=True))

    def __call__(self, azimuth: Tensor, elevation: Tensor) -> Query:
        """Conditions for B cameras at angles [B] in radians, on any device."""
        p = view_weights(azimuth, elevation, self.views)
        query = self.query(len(p), p, self.prior.pose(azimuth, elevation))
        if self.perp_neg:
            _, front, side, *_ = self.encoded["prompt"].split([1] * 5)          # their pose stays unknown
            weight = self.perp_neg * repel_weights(p, azimuth, self.views.repel).to(front.text)
            repel = tuple(self.with_reference(side.expand(len(p))) for side in (front, side))
            query = replace(query, repel=repel, repel_weight=weight)
        return replace(query, angles=torch.stack([azimuth, elevation], -1))

    def plain(self, B: int) -> Query:
        """Conditions for B pictures without a camera: the plain prompt, no view words, no pose."""
        return self.query(B)

    def query(self, B: int, p: Tensor | None = None, pose: Tensor | None = None) -> Query:
        """Conditions without Perp-Neg; ``p`` [B, V] are the views' weights and ``pose`` [B, P] the cameras', or None."""
        def placed(texts: Condition) -> Condition:
            return texts if pose is None else replace(texts, pose=pose.to(texts.text))

        def viewed(name: str) -> Condition:
            texts = self.encoded[name]
            return texts[:1].expand(B) if p is None or len(texts) == 1 else texts[1:].blend(p)

        others = {name: placed(viewed(f"other {name}")) if with_view else viewed(f"other {name}")
                  for name, with_view in self.with_view_words.items()}
        show, hide = self.with_reference, self.without_reference
        return Query(show(placed(viewed("prompt"))), hide(self.encoded["negative"].expand(B)),
                     empty=hide(self.encoded["empty"].expand(B)) if self.has_negative else None,
                     plain=show(placed(self.encoded["prompt"][:1].expand(B))),
                     others={name: show(condition) for name, condition in others.items()})

    def with_reference(self, condition: Condition) -> Condition:
        return condition if self.reference is None else self.reference.shown(self.prior, condition)

    def without_reference(self, condition: Condition) -> Condition:
        return condition if self.reference is None else self.reference.hidden(condition)


def seen_from(prompt: str, view: str) -> str:
    """The prompt with view words, as in the captions that the bundled prior was trained with."""
    return f"{prompt}, {view} view"


def view_weights(azimuth: Tensor, elevation: Tensor, views: Views = DEFAULT_VIEWS) -> Tensor:
    """p [B, 4] of VIEWS, >= 0, sum 1, continuous in both angles [B] (radians) but where ``views`` has a switch."""
    a = around(azimuth)
    if views.blend == "quarters":
        front, back = (1 - a).clamp(min=0), (a - 1).clamp(min=0)
    else:
        front = 1 - crossing(90 * a, views.front_deg, views.crossing_deg)
        back = crossing(90 * a, 180 - views.back_deg, views.crossing_deg)
    overhead = crossing(elevation.rad2deg(), views.overhead_deg, views.crossing_deg)
    beside = torch.stack([front, 1 - front - back, back], -1) * (1 - overhead)[:, None]
    return torch.cat([beside, overhead[:, None]], -1)


def crossing(angle: Tensor, border: float, half: float) -> Tensor:
    """0 below ``border``, 1 above, a straight line of half-width ``half`` between; all in degrees."""
    return ((angle - border) / (2 * half) + 0.5).clamp(0, 1) if half else (angle >= border).to(angle)
