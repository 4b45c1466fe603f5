"""What `dreamgen prior sample`, `words` and `score` do: draw prompts, list known words, score a picture."""

import re
import warnings
from dataclasses import dataclass
from math import radians
from pathlib import Path

import numpy as np
import torch

from guidance.agreement import Agreement, agreement
from guidance.conditions import Condition
from guidance.prompts import Prompts
from renderers.scene import Render

from ..errors import ConfigError
from ..io import images
from ..io.rng import stream
from .captions import described

ELEVATION = radians(15)         # of sampled views


def draw_sheet(prior, prompts: list[str], views: int, steps: int, scale: float = 4.0, sampler: str = "",
               seed: int = 0) -> np.ndarray:
    """A captioned sheet [H, W, 3] uint8 over white: a row per prompt, a column per view, evenly over a turn from the front.

    All views start from the same noise, so that they differ only by the camera. views = 0: one column, camera unknown.
    """
    asked = [Prompts(prior, prompt) for prompt in prompts] if views else []
    columns, heads = [], []
    for k in range(max(views, 1)):
        turn = 360 * k / max(views, 1)
        angles = torch.tensor([[radians(turn)], [ELEVATION]])
        condition = Condition.cat([at(*angles).positive for at in asked]) if views else prior.condition(prompts)
        x0 = prior.sample(condition, steps, scale, stream(seed, "sample"), sampler)
        columns.append(images.over_white(*(part.cpu().numpy() for part in prior.decode(x0))))
        heads.append(f"{turn:.0f} degrees" if views else "any side")
    return images.contact_sheet([list(row) for row in zip(*columns, strict=True)], prompts, heads)


def known_words(prior) -> list[str]:
    """Of its card; raises ConfigError where that has none."""
    words = prior.card.get("words", [])
    if not words:
        raise ConfigError(f"prior '{prior.name}': keeps no list of words, as its text encoder reads any; those in the box and "
                          "those that `dreamgen prior train` writes do")
    return words


def rivals(prompt: str, words: list[str]) -> list[str]:
    """The words but those that the prompt shows, of which "a red desk lamp" shows "desk lamp", not "lamp" and not "desk"."""
    def within(word: str, text: str) -> bool:
        return f" {word} " in f" {text} "

    text = " ".join(re.findall(r"[\w'-]+", prompt.lower()))
    shown = [word for word in words if within(word, text)]
    return [word for word in words if word not in shown or any(word != other and within(word, other) for other in shown)]


@dataclass(frozen=True)
class Score:
    """How well a picture shows the prompt; ``ranking`` has the prompt and the other names, the likeliest first."""

    verdict: Agreement
    ranking: list[tuple[str, float]]


def score(prior, image: Path, prompt: str, azimuth_deg: float | None = None, elevation_deg: float | None = None,
          draws: int = 4, seed: int = 0, against: list[str] | None = None) -> Score:
    """Judge a picture of any size against other names, by default every word that the prior knows; raises ConfigError
    for no picture, and for no other name."""
    if not against and not prior.card.get("words"):
        raise ConfigError(f"prior '{prior.name}': keeps no list of words; say what else it could be, --against 'a green "
                          "chair' 'a lamp'")
    others = against or [described(word, None) for word in rivals(prompt, known_words(prior))]
    if not [name for name in others if name != prompt]:
        raise ConfigError(f"'{prompt}': there is no other name to compare it with; say what else it could be, --against "
                          "'a green chair' 'a lamp'")
    try:
        straight = images.decode_rgba(image.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigError(f"{image}: {error.strerror if isinstance(error, OSError) else error}") from None
    x = torch.from_numpy(straight.astype(np.float32) / 255)[None].to(prior.condition([prompt]).text.device)
    opacity = x[..., 3:]
    if prior.opacity and opacity.min() == 1:
        warnings.warn(f"{image}: has no transparency, and the prior '{prior.name}' knows things cut out over it; cut it out "
                      "for a verdict that can be trusted", stacklevel=2)
    premultiplied = x[..., :3] * opacity
    picture = Render(premultiplied, opacity, premultiplied).over(1.0)
    angles = [None, None]
    if azimuth_deg is not None:
        angles = [torch.tensor([radians(degrees)]) for degrees in (azimuth_deg, elevation_deg or 0.0)]
    verdict = agreement(prior, picture, prompt, others, *angles, stream(seed, "score"), draws)
    names = [prompt, *(name for name in others if name != prompt)]
    ranking = sorted(zip(names, verdict.errors[0].tolist(), strict=True), key=lambda pair: pair[1])
    return Score(verdict, ranking)
