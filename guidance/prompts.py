r"""A prompt seen from an angle: view words interpolated by azimuth and elevation, and Perp-Neg's repelled views.

    text(azimuth, elevation) = sum_v p_v text("{prompt}, {v} view"),   v in front, side, back, overhead;  sum_v p_v = 1

p_v is 1 well within the angles at which the bundled prior's captions say v (front within 45 degrees of azimuth 0, back
beyond 135, overhead above 60 of elevation) and crosses over linearly around those borders, so that the text is
continuous and, nearly everywhere, one that the prior was trained with.
"""

import warnings
from math import radians

import torch
from torch import Tensor

from .conditions import Condition, Query

VIEWS = ("front", "side", "back", "overhead")
FRONT, BACK, OVERHEAD = radians(45), radians(135), radians(60)
CROSS = radians(15)             # half the width of a crossing
NEAREST = 3                     # known names offered for a word that the prior never saw


class Prompts:
    """The questions to ask a prior about views of one prompt. Texts are encoded here, once.

    Args:
        prior: whose words these are.
        prompt: what to make.
        negative: what to move away from; "" is plain classifier-free guidance.
        view_words: say which side is seen; otherwise only the prior's pose, if it has one, knows.
        perp_neg: how hard the words of the other views repel (METHODS' -w), 0 = off, usually 0.5 to 4.

    Raises:
        ValueError: an empty prompt, or perp_neg < 0, or perp_neg without view_words.
    """

    def __init__(self, prior, prompt: str, negative: str = "", view_words: bool = True, perp_neg: float = 0.0):
        prompt = " ".join(prompt.split())
        if not prompt:
            raise ValueError("prompt: need at least one word, got none")
        if perp_neg < 0:
            raise ValueError(f"perp_neg: need >= 0, got {perp_neg}")
        if perp_neg and not view_words:
            raise ValueError(f"perp_neg: need 0 without view_words, whose other views it repels, got {perp_neg}")
        if unknown := prior.unknown_words(prompt):
            near = ", ".join(name for name, _ in prior.nearest_words(prompt)[:NEAREST])
            warnings.warn(f"prompt: the prior '{prior.name}' was not trained with '{', '.join(unknown)}'"
                          + (f"; the nearest that it knows: {near}" if near else ""), stacklevel=2)
        self.prior, self.view_words, self.perp_neg = prior, view_words, perp_neg
        texts = [seen_from(prompt, view) for view in VIEWS] if view_words else [prompt]
        encoded = prior.condition([prompt, *texts, negative])
        self.prompt, self.views, self.negative = encoded[:1], encoded[1:-1], encoded[-1:]

    def __call__(self, azimuth: Tensor, elevation: Tensor) -> Query:
        """B questions for angles [B] in radians, on any device."""
        text, B = self.views.text, len(azimuth)
        p = view_weights(azimuth, elevation).to(text) if self.view_words else text.new_ones(B, 1)       # [B, V]
        mask = self.views.mask.any(0).expand(B, -1)     # captions differ by one word, and so, as a rule, not in length
        pose = self.prior.pose(azimuth, elevation).to(text)
        positive = Condition(torch.einsum("bv,vld->bld", p, text), mask, pose)
        repel, weight = (), None
        if self.perp_neg:
            repel = (self.views[:1].expand(B), self.views[1:2].expand(B))       # front, side; their pose stays unknown
            weight = self.perp_neg * repel_weights(p)
        return Query(positive, self.negative.expand(B), repel, weight)


    def plain(self, B: int) -> Query:
        """B questions about pictures that have no camera: the prompt as it is, no view, no pose."""
        return Query(self.prompt.expand(B), self.negative.expand(B))


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
