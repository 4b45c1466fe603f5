r"""Front, side, back: does a sample show the requested side, and does the prior use the camera input?

    shown(sample) = argmin_v d(sample, v)            v in the held-out front, side and back of one object
    side(picture) = argmin_v  sum_t e_v(t) / std_v e_v(t),      v in front, left side, right side, back
    e_v(t) = mean | eps^(x_t, t, "a name, v view", pose of v) - eps |^2

d compares opacity and shading, not color: shading is brightness minus its mean over the object, divided by its standard
deviation. The object is the one of that name that the three samples fit best together. Only objects whose sides differ
count: each of their own training views must be nearer to its side than CLEAR times the next one. A ball has no front.
"""

from math import radians

import torch
import torch.nn.functional as F
from torch import Tensor

from guidance.conditions import Condition
from guidance.prompts import seen_from

from ..data import SOLID
from ..split import ELEVATION, MIDDLES

EDGE = 16                   # pixels of the pictures that are compared: below the scale of a leg, above that of an arm
DARK, SPREAD = 0.01, 0.05   # least opacity that is divided by; least spread of the brightness
CLEAR = 0.8
AROUND = {"front": (0,), "side": (90, -90), "back": (180,)}        # degrees
LEVELS = (0.45, 0.6, 0.75, 0.9)   # as fractions of the schedule; below, a picture gives its side away


def look(x: Tensor) -> Tensor:
    """[N, D] what is compared of [N, 4, S, S] in [0, 1], premultiplied."""
    opacity = x[:, 3:]
    light = x[:, :3].mean(1, keepdim=True) / opacity.clamp(min=DARK)
    solid = (opacity > SOLID).to(x)
    count = solid.sum((1, 2, 3), keepdim=True).clamp(min=1)
    mean = (light * solid).sum((1, 2, 3), keepdim=True) / count
    spread = ((light - mean).square() * solid).sum((1, 2, 3), keepdim=True).div(count).sqrt().clamp(min=SPREAD)
    shading = (light - mean) / spread * opacity / 2
    return F.interpolate(torch.cat([shading, opacity], 1), (EDGE, EDGE), mode="area").flatten(1)


def shown(samples: Tensor, models: Tensor) -> list[int]:
    """Which side each of three samples [3, 4, S, S] of one name looks like, by K objects of it [K, 3, 4, S, S]."""
    mine, theirs = look(samples), look(models.flatten(0, 1)).view(len(models), len(MIDDLES), -1)
    d = torch.cdist(mine.expand(len(models), -1, -1), theirs)                   # [K, samples, sides]
    return d[int(d.amin(-1).sum(-1).argmin())].argmin(-1).tolist()


def differ(trained: Tensor, held: Tensor) -> bool:
    """Whether the sides of an object, [3, 4, S, S] twice, are clearly told apart."""
    d = torch.cdist(look(trained), look(held))
    others = d.masked_fill(torch.eye(len(d), dtype=torch.bool, device=d.device), torch.inf)
    return bool((d.diagonal() < CLEAR * others.amin(1)).all())


def to_the_right(x: Tensor, azimuth: float) -> Tensor:
    """A view [4, S, S] from the left as one from the right, mirrored as in training."""
    return x.flip(-1) if -radians(175) < azimuth < -radians(5) or radians(185) < azimuth < radians(355) else x


def asked(prior, phrase: str) -> list[Condition]:
    """Front, side (from the right) and back of "a chair", as a run asks for them: words and camera."""
    return [view(prior, phrase, side, around[0]) for side, around in AROUND.items()]


def view(prior, phrase: str, side: str, degrees: float) -> Condition:
    return prior.condition([seen_from(phrase, side)], torch.tensor([radians(degrees)]), torch.tensor([ELEVATION]))


@torch.no_grad()
def side_of(prior, x0: Tensor, phrase: str, rng: torch.Generator) -> list[int]:
    """Which side (an index into MIDDLES) the prior takes each picture x0 [B, C, S, S] of ``phrase`` for.

    Costs B x 4 x LEVELS rows of the prior: left and right are asked for apart, and the better one counts.
    """
    views = [(k, view(prior, phrase, side, degrees))
             for k, (side, around) in enumerate(AROUND.items()) for degrees in around]
    condition, B = Condition.cat([c for _, c in views]), len(x0)
    error = torch.zeros(B, len(views))
    for fraction in LEVELS:
        t = torch.full((B,), prior.schedule.index(fraction), device=x0.device)
        eps = torch.randn(x0.shape, generator=rng).to(x0)
        x_t = prior.schedule.noise(x0, eps, t)
        for b in range(B):
            rows = torch.full((len(views),), b, device=x0.device)
            e = (prior.eps(x_t[rows], t[rows], condition) - eps[rows]).square().mean((1, 2, 3))
            error[b] += (e / e.std()).cpu()
    best = torch.stack([error[:, [j for j, (k, _) in enumerate(views) if k == side]].amin(1)
                        for side in range(len(AROUND))], 1)
    return best.argmin(1).tolist()
