r"""Pictures drawn from a prior by diffusers' samplers, to see what it knows; distillation does not need them.

    eps^ = eps_u + s (eps_y - eps_u)    at t >= guided_from of the schedule,        eps^ = eps_y    below

What is drawn is decided at high noise. At low noise guidance enlarges the errors of the network, which a small one has at
every edge: specks, and colors driven to black and white. Of 20 steps a fifth of the calls are saved.

From MANY steps on, the usual sampler adds noise in each (SDE-DPM-Solver++, Lu et al., arXiv:2211.01095): what a small network
has got wrong at one level is drowned at the next and decided anew, where the path of an ODE keeps it. With few steps there is
no time for that, and the ODE is cleaner (Song et al., arXiv:2010.02502, table 1).
"""

import difflib

import torch
from diffusers import DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler
from torch import Tensor

from ..conditions import Condition, Query
from ..errors import PriorError
from ..guided import guided

SAMPLERS = {"sde-dpm++": (DPMSolverMultistepScheduler, {"algorithm_type": "sde-dpmsolver++"}),
            "dpm++": (DPMSolverMultistepScheduler, {}), "ddim": (DDIMScheduler, {}), "ddpm": (DDPMScheduler, {})}
MANY = 16


def chosen(sampler: str, have: tuple[str, ...]) -> str:
    """The named one of ``have``, or the first for no name; raises PriorError for another."""
    if sampler and sampler not in have:
        guess = difflib.get_close_matches(sampler, have, 1)
        raise PriorError(f"sampler: '{sampler}', have {', '.join(have)}"
                         + (f"; did you mean '{guess[0]}'?" if guess else ""))
    return sampler or have[0]


@torch.no_grad()
def sample(prior, scheduler_config: dict, query: Query, steps: int, scale: float, rng: torch.Generator,
           sampler: str, guided_from: float = 0.0) -> Tensor:
    """x0 [B, C, S, S] from noise drawn with ``rng``; the sampler sees the guided eps, whatever the network predicts.

    Args:
        guided_from: fraction of the schedule; the levels below follow the condition alone, in half the time. What a picture
            is has been decided by then, and guidance only adds specks (Kynkäänniemi et al., arXiv:2404.07724).
    """
    kind, changes = SAMPLERS[chosen(sampler or ("sde-dpm++" if steps >= MANY else "dpm++"), tuple(SAMPLERS))]
    changes = {**changes, "prediction_type": "epsilon", "timestep_spacing": "trailing"}        # trailing: begin at pure noise
    scheduler = kind.from_config({**scheduler_config, **changes})
    scheduler.set_timesteps(steps)
    device = query.positive.text.device
    x_t = torch.randn((len(query), prior.channels, prior.size, prior.size), generator=rng, device=rng.device).to(device)
    x_t = x_t * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        eps = guided(prior, x_t, t.to(device).expand(len(query)), query, scale, guided_from=guided_from)
        x_t = scheduler.step(eps, t, x_t, generator=rng).prev_sample
    return x_t


@torch.no_grad()
def ddim(prior, y: Condition, empty: Condition, steps: int, scale: float, rng: torch.Generator) -> Tensor:
    """x0 [B, C, S, S] from noise in ``steps`` equal ones through the prior's own schedule, of whichever kind.

    x_s = alpha_s x0^ + sigma_s eps^ (DDIM, Song et al., arXiv:2010.02502, eq. 12 without noise): for a rectified flow,
    Euler's method along its velocity.
    """
    schedule, device = prior.schedule, y.text.device
    levels = torch.linspace(schedule.index(1.0), -1, steps + 1).round().long()
    x = torch.randn((len(y), prior.channels, prior.size, prior.size), generator=rng, device=rng.device).to(device)
    each = levels.to(device)[:, None].expand(-1, len(y))
    return schedule.along(x, lambda x, t: guided(prior, x, t, Query(y, empty), scale), each)
