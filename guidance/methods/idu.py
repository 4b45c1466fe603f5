r"""Iterative dataset update (Haque et al., Instruct-NeRF2NeRF, arXiv:2303.12789, section 4.2): finished pictures, kept.

    V_k <- DDIM from x_t = alpha x_k + sigma eps, guided, shown view k       once in each of ``rounds`` equal parts of the stage
    w r = clip(x_k - V_k, +-c)                                               under weight "x0", in every step

SDS denoises once in each step, so its target is a blurred mean of pictures, and another one each time. Here the
prior finishes a picture of each viewpoint and the scene is fitted to it for many steps, which cost nothing of the prior.
The level falls with progress: at t = 1 a picture owes nothing to the scene, and the first round is a reconstruction from
samples, as in One-2-3-45 (Liu et al., arXiv:2306.16928); later ones repair what the scene has made of them, as in
DreamGaussian's second stage (arXiv:2309.16653, section 3.3).

Each picture has an edge or a leg in a slightly other place. ``clip`` c makes the loss Huber's, whose minimum is near what most
of the views show; a square's is the mean of all, which is fog, and thin things are lost in it. (The paper's code takes an L1 loss
and LPIPS.)

The views of one thing must agree: the first round needs a prior that hears the camera and sees a reference (the bundled
one); with others begin at a level at which the scene still shows through. Needs cameras with viewpoints (``around``), one
particle and one process. The paper draws one view anew every 10 steps at a random level; t is the same for all here.
"""

import warnings
from dataclasses import dataclass, replace
from typing import ClassVar

import torch
from torch import Tensor

from ..conditions import Query
from ..denoise import denoised
from ..errors import MethodError
from ..ramp import Ramp
from ..ranges import positive
from ._base import Distillation, Extra
from ._config import Guiding, Timesteps, ramp

NOTHING = Extra()
SHOWS = 0.9             # above this level a picture keeps little of what it was noised from


@dataclass
class Config(Guiding):
    keeps: ClassVar[bool] = True

    guidance_scale: Ramp = ramp(3.0)
    t_min: Ramp = ramp(0.3)         # where t ends
    t_max: Ramp = ramp(1.0)         # where it begins
    timesteps: Timesteps = "linear"
    steps: int = 12                 # DDIM steps from t = 1; from a lower t in proportion fewer
    rounds: int = 1

    def __post_init__(self):
        super().__post_init__()
        positive(steps=self.steps, rounds=self.rounds)


class IDU(Distillation):
    def __init__(self, prior, cfg: Config):
        super().__init__(prior, cfg)
        if cfg.t_max.start > SHOWS and not prior.sees:
            warnings.warn(f"idu: the prior '{prior.name}' is shown no reference, so its pictures of two sides may be of two "
                          "things; take the recipe text-to-nerf, or t_max 0.6 in a later stage", stacklevel=2)
        self.kept: dict[int, tuple[int, Tensor]] = {}       # by viewpoint: the round in which it was drawn; V [C, H, W]

    @torch.no_grad()
    def grad(self, x0: Tensor, query: Query, t: Tensor, eps: Tensor, extra: Extra = NOTHING) -> Tensor:
        if query.viewpoint is None:
            raise MethodError("idu: keeps a picture of each viewpoint, and these cameras have none; need cameras.kind: around")
        views, now = query.viewpoint.tolist(), int(extra.progress * self.cfg.rounds)
        due = [row for row, view in enumerate(views) if view not in self.kept or self.kept[view][0] != now]
        if due:
            rows = torch.tensor(due, device=x0.device)
            asked = replace(query, viewpoint=None)[rows]            # those are on the CPU, and would have to wait for rows
            drawn = self.finished(x0[rows], asked, t[rows], eps[rows], extra)
            self.kept.update({views[row]: (now, picture) for row, picture in zip(due, drawn, strict=True)})
        alpha, sigma = self.prior.schedule.at(t, x0)
        return self.weighted(alpha / sigma * (x0 - torch.stack([self.kept[view][1] for view in views])), t, extra)

    def finished(self, x0: Tensor, query: Query, t: Tensor, eps: Tensor, extra: Extra) -> Tensor:
        """V [B, C, H, W]: the pictures ``x0`` noised to t and denoised again."""
        schedule = self.prior.schedule
        known = t.cpu()                 # a GPU is waited for here, and not again in each of the steps
        steps = max(round(self.cfg.steps * int(known.max()) / len(schedule)), 1)
        x_t = schedule.noise(x0, eps, t)
        return denoised(schedule, lambda x, t_k, known_k: self.guided(x, t_k, query, extra, known_k), x_t, t, steps, known)

    def state_dict(self) -> dict[str, Tensor]:
        return {name: value for view, (drawn, picture) in self.kept.items()
                for name, value in ((f"picture.{view}", picture), (f"round.{view}", torch.tensor(drawn)))}

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Raises KeyError where a picture lacks its round."""
        views = [int(name.removeprefix("picture.")) for name in state if name.startswith("picture.")]
        device = self.prior.condition([""]).text.device
        self.kept = {view: (int(state[f"round.{view}"]), state[f"picture.{view}"].to(device)) for view in views}


Method = IDU
