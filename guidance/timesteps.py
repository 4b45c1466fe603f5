r"""The level of noise of a step: t as a function of progress u in [0, 1).

    random      t ~ U[t_min(u), t_max(u)]          a fixed range, one that shrinks (MVDream), or a hard switch
                                                   (ProlificDreamer, arXiv:2305.16213): whatever the two Ramps say
    linear      t = a + (b - a) u                  DreamGaussian, arXiv:2309.16653
    sqrt        t = a + (b - a) sqrt(u)            HiFA, arXiv:2305.18766
    dreamtime   sum_{t' >= t} p(t') = u            DreamTime, arXiv:2306.12422
                p ~ sigma / alpha exp(-(t / T - m)^2 / 2 s^2)  between b and a, which dwells around m

a = t_max(0) and b = t_min(1). The last three are deterministic and decrease; ``jitter`` adds U(0, jitter) T (SDI).
"""

import torch
from torch import Tensor

from .methods._config import Distilling
from .schedule import Schedule


def levels(cfg: Distilling, schedule: Schedule, progress: float, u: Tensor, jitter: Tensor) -> Tensor:
    """t [B], int64, on the CPU.

    Args:
        u: [B] in [0, 1), the place of each picture's level within the range; used by "random" only.
        jitter: [B] in [0, 1), the share of ``cfg.jitter`` that is added.
    """
    if cfg.timesteps == "random":
        low, high = schedule.index(cfg.t_min(progress)), schedule.index(cfg.t_max(progress))
        high = max(low, high)
        t = (low + u.double() * (high + 1 - low)).long().clamp(max=high)
    else:
        high, low = schedule.index(cfg.t_max.start), schedule.index(cfg.t_min.end)
        t = torch.full(u.shape, falling(cfg, schedule, low, high, progress))
    return (t + (jitter.double() * cfg.jitter * len(schedule)).long()).clamp(max=schedule.index(1.0))


def falling(cfg: Distilling, schedule: Schedule, low: int, high: int, progress: float) -> int:
    """The level of one of the deterministic schedules, from ``high`` down to ``low``."""
    if cfg.timesteps == "dreamtime":
        return dreamtime(schedule, low, high, *cfg.dreamtime, progress)
    way = progress**0.5 if cfg.timesteps == "sqrt" else progress
    return round(high + (low - high) * way)


def dreamtime(schedule: Schedule, low: int, high: int, m: float, s: float, progress: float) -> int:
    """argmin_t | sum_{t' >= t} p(t') - progress |."""
    t = torch.arange(low, high + 1)
    fraction = t / len(schedule)
    p = (schedule.sigma / schedule.alpha)[t] * torch.exp(-((fraction - m) ** 2) / (2 * s**2))
    behind = p.flip(0).cumsum(0).flip(0) / p.sum()
    return int(t[(behind - progress).abs().argmin()])
