r"""Does a picture show the prompt? Measured by the prior's denoising error (diffusion classifier, arXiv:2303.16203).

    e_n(t, eps) = mean |eps^(x_t, t, y_n) - eps|^2,      the lower, the better y_n explains the picture

All names share the same draws of (t, eps), so that differences come from the names and not from the noise. No guidance,
no gradient. Used to choose among candidates and in reports.
"""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from .conditions import Condition, Picture

T_RANGE = (0.2, 0.9)        # fractions of the schedule; below, all names give nearly the same error, above, the picture is lost
ROWS = 32                   # pictures in one call of the network, which bounds its memory


@dataclass(frozen=True)
class Agreement:
    """Scores of B pictures for N names, the prompt first.

    Attributes:
        errors: [B, N] mean denoising error, in units of the noise's variance.
        probability: [B] the chance that on a random draw the prompt explains the picture better than a random other
            name does: 1 always, 0.5 no better than any, 0 never.
        margin: [B] how much lower the prompt's error is than that of the best other name, as a share of it; negative
            where another name fits better.
    """

    errors: Tensor
    probability: Tensor
    margin: Tensor


@torch.no_grad()
def agreement(prior, pictures: Picture, prompt: str, others: list[str], azimuth: Tensor | None,
              elevation: Tensor | None, rng: torch.Generator, draws: int = 4) -> Agreement:
    """Judge B pictures; costs draws x B x (1 + len(others)) rows of the prior.

    Args:
        pictures: of any size.
        prompt: what they should show, without view words.
        others: names that they should not look like; at least one.
        azimuth: [B] radians, or None where the camera is unknown.
        elevation: the same.
        rng: draws t and eps.
        draws: (t, eps) pairs for each picture, their t spread evenly over T_RANGE.

    Raises:
        ValueError: no other name, or draws < 1.
    """
    others = [name for name in others if name != prompt]
    if not others or draws < 1:
        raise ValueError(f"agreement: need at least one other name and one draw, got {len(others)} and {draws}")
    x0 = prior.encode(pictures)
    B, names = len(x0), prior.condition([prompt, *others])
    pose = names.pose[:1].expand(B, -1) if azimuth is None else prior.pose(azimuth, elevation).to(names.pose)
    low, high = (prior.schedule.index(fraction) for fraction in T_RANGE)
    errors = []
    for k in range(draws):
        u = (k + torch.rand(B, generator=rng, device=rng.device)) / draws
        t = (low + u * (high - low)).long().to(x0.device)
        eps = torch.randn(x0.shape, generator=rng, device=rng.device, dtype=x0.dtype).to(x0.device)
        errors.append(denoising_errors(prior, x0, t, eps, names, pose))
    e = torch.stack(errors)                                                                         # [draws, B, N]
    mean = e.mean(0)
    wins = (e[..., :1] < e[..., 1:]).to(e) + 0.5 * (e[..., :1] == e[..., 1:]).to(e)
    best_other = mean[:, 1:].amin(1)
    return Agreement(mean, wins.mean((0, 2)), (best_other - mean[:, 0]) / best_other)


def denoising_errors(prior, x0: Tensor, t: Tensor, eps: Tensor, names: Condition, pose: Tensor) -> Tensor:
    """e [B, N] of B pictures under N names, at one (t, eps) each."""
    B, N = len(x0), len(names)
    x_t = prior.schedule.noise(x0, eps, t)
    picture, name = (i.flatten() for i in torch.meshgrid(torch.arange(B), torch.arange(N), indexing="ij"))
    out = []
    for b, n in zip(picture.split(ROWS), name.split(ROWS), strict=True):
        condition = replace(names[n], pose=pose[b])
        out.append((prior.eps(x_t[b], t[b], condition) - eps[b]).square().mean((1, 2, 3)))
    return torch.cat(out).view(B, N)
