r"""A product of several priors: pictures that all of them find plausible.

    p(x_t | y) ~ prod_k p_k(x_t | y)^{w_k},     sum_k w_k = 1       =>      eps(x_t, t, y) = sum_k w_k eps_k(x_t, t, y)

A weighted sum of scores: of one network with and without a ControlNet, of a general and a personal one. The priors
share x0 and the levels; their texts may be read by different encoders, and lie side by side in one Condition.
"""

import copy
import hashlib

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..conditions import Condition, Picture, Query
from ..errors import PriorError
from ..schedule import Schedule
from .sampling import chosen, ddim

SAME = ("size", "resolution", "channels", "pixels", "opacity")


class Product:
    """A ``Prior``; see guidance/priors/__init__.py.

    Args:
        priors: two or more; the first one encodes and decodes, and alone may be shown more of the picture (control).
        weights: as many, > 0; brought to a sum of 1.

    Raises:
        PriorError: priors whose x0 or levels are not the same; weights that are not positive.
    """

    def __init__(self, priors: list, weights: list[float]):
        first = priors[0]
        for prior in priors[1:]:
            if differs := [name for name in SAME if getattr(prior, name) != getattr(first, name)]:
                name = differs[0]
                raise PriorError(f"prior '{prior.name}': need the {name} of '{first.name}', {getattr(first, name)}, "
                                 f"for a product, got {getattr(prior, name)}")
            if not same_levels(prior.schedule, first.schedule):
                raise PriorError(f"prior '{prior.name}': its levels of noise are not those of '{first.name}', for a "
                                 "product")
        if (least := min(weights)) <= 0:
            raise PriorError(f"prior '{priors[weights.index(least)].name}': need a weight > 0, got {least}")
        self.priors, self.weights = priors, [w / sum(weights) for w in weights]
        self.name = " + ".join(f"{w:g} * {prior.name}" for w, prior in zip(self.weights, priors, strict=True))
        ids = " ".join(f"{w:g} {prior.id}" for w, prior in zip(self.weights, priors, strict=True))
        self.id = hashlib.sha256(ids.encode()).hexdigest()[:16]
        self.card, self.schedule = first.card, first.schedule
        said = [prior.prediction for prior in priors]
        self.prediction = "sample" if "sample" in said else said[0]         # one error without bound makes the sum's so
        self.size, self.resolution, self.channels, self.pixels, self.opacity = (getattr(first, name) for name in SAME)
        self.sees = all(prior.sees for prior in priors)
        self.network = nn.ModuleList([prior.network for prior in priors])
        self.encode, self.decode, self.pose = first.encode, first.decode, first.pose
        self.nearest_words = first.nearest_words
        self.shapes = [(y.text.shape[1:], 0 if y.pooled is None else y.pooled.shape[1])
                       for y in (prior.condition([""]) for prior in priors)]

    @property
    def precision(self) -> str:
        return self.priors[0].precision

    def control(self, picture: Picture, query: Query, rng: torch.Generator) -> Tensor | None:
        return self.priors[0].control(picture, query, rng)

    def eps(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        total = 0
        for w, prior, network, part in zip(self.weights, self.priors, self.network, self.parts(condition), strict=True):
            factor = copy.copy(prior)
            factor.network = network                # of this very product, which may be a student's
            total = total + w * factor.eps(x_t, t, part)
        return total

    def condition(self, prompts: list[str], azimuth: Tensor | None = None,
                  elevation: Tensor | None = None) -> Condition:
        conditions = [prior.condition(prompts, azimuth, elevation) for prior in self.priors]
        width = max(shape[1] for shape, _ in self.shapes)
        pooled = [y.pooled for y in conditions if y.pooled is not None]
        return Condition(torch.cat([F.pad(y.text, (0, width - y.text.shape[2])) for y in conditions], 1),
                         torch.cat([y.mask for y in conditions], 1), conditions[0].pose,
                         torch.cat(pooled, 1) if pooled else None)

    def parts(self, condition: Condition) -> list[Condition]:
        """What ``condition`` is to each of the priors."""
        parts, row, column = [], 0, 0
        for (length, width), pooled in self.shapes:
            parts.append(Condition(condition.text[:, row:row + length, :width], condition.mask[:, row:row + length],
                                   condition.pose, condition.pooled[:, column:column + pooled] if pooled else None,
                                   None if parts else condition.control, condition.reference, condition.reference_pose,
                                   condition.source))
            row, column = row + length, column + pooled
        return parts

    def unknown_words(self, prompt: str) -> list[str]:
        """Those that none of them knows."""
        first, *others = (prior.unknown_words(prompt) for prior in self.priors)
        return [word for word in first if all(word in other for other in others)]

    def sample(self, condition: Condition, steps: int, scale: float, rng: torch.Generator, sampler: str = "") -> Tensor:
        chosen(sampler, ("ddim",))
        return ddim(self, condition, self.condition([""]).expand(len(condition)), steps, scale, rng)


def same_levels(one: Schedule, two: Schedule) -> bool:
    return len(one) == len(two) and bool((one.sigma - two.sigma).abs().max() < 1e-4)
