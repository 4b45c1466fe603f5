"""Random numbers of which each view has its own, also where the views of a step are divided over processes.

    one process         u [B, ...] ~ rng
    process r of n      rows r b to (r + 1) b of u [n b, ...] ~ rng,      b = B / n

So n processes draw together what one draws alone. A scene that draws with its generator directly gets the same numbers
in every process, for other views: a step of its own right, but not the step of one process.
"""

from collections.abc import Callable

import torch
from torch import Tensor


class Portion(torch.Generator):
    """The generator of process ``rank``, from 0, of ``count``."""

    rank: int = 0
    count: int = 1


def portion(rng: torch.Generator, rank: int, count: int) -> Portion:
    """A Portion in the state of ``rng``, a generator on the CPU."""
    current = Portion()
    current.set_state(rng.get_state())
    current.rank, current.count = rank, count
    return current


def per_view(rng: torch.Generator, B: int, *shape: int, draw: Callable[..., Tensor] = torch.rand) -> Tensor:
    """[B, *shape] by ``draw``, torch.rand or torch.randn: this process's rows of what all processes draw together."""
    if not isinstance(rng, Portion):
        return draw(B, *shape, generator=rng)
    return draw(B * rng.count, *shape, generator=rng)[rng.rank * B:(rng.rank + 1) * B]


def normal_per_view(rng: torch.Generator, counts: list[int]) -> Tensor:
    """[sum of counts] normal numbers, ``counts`` [B] of each view, whose first ones do not depend on how many there are."""
    seeds = per_view(rng, len(counts), draw=lambda *shape, generator: torch.randint(2**62, shape, generator=generator))
    parts = (torch.randn(count, generator=torch.Generator().manual_seed(seed))
             for count, seed in zip(counts, seeds.tolist(), strict=True))
    return torch.cat(list(parts))
