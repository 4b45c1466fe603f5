"""What the prior itself says of pictures of a run: do they show the prompt, or something else that it knows?

It is asked by guidance/agreement.py. The other names are drawn from the words on its card, the same ones for a whole run.
"""

import torch
from torch import Tensor

from guidance import priors
from guidance.agreement import Agreement, agreement
from guidance.conditions import Picture

from ..io.rng import stream
from ..recipes.recipe import Recipe

OTHERS = 15                 # names that the prompt is told from


def agreeing(prior: priors.Prior, recipe: Recipe, pictures: Picture, azimuth: Tensor | None, elevation: Tensor | None,
             rng: torch.Generator, names: int = OTHERS, draws: int = 4, prompt: str = "") -> Agreement | None:
    """The verdict on B pictures; None where the prior has no list of words to tell the prompt from.

    Args:
        azimuth, elevation: [B] radians, or None where the camera is unknown.
        rng: draws the levels and the noise.
        names: beside the prompt, at most OTHERS.
        draws: (t, eps) pairs for each picture.
        prompt: what they should show; "" is the recipe's.
    """
    others = other_names(prior, recipe)[:names]
    return agreement(prior, pictures, prompt or recipe.prompt, others, azimuth, elevation, rng, draws) if others else None


def other_names(prior: priors.Prior, recipe: Recipe) -> list[str]:
    """Names that the prior knows and that are not the prompt's, the same ones for the whole run."""
    known = [name for name in prior.card.get("words", []) if name not in recipe.prompt]
    return [f"a {known[i]}" for i in torch.randperm(len(known), generator=stream(recipe.seed, "others"))[:OTHERS]]
