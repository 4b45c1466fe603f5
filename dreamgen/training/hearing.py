r"""Does a network in training hear the camera? One number, which tells long before its samples do.

    heard = 1 - e(y, c) / e(y),    e(.) = mean |v^(x_t, t, .) - v|^2 over held-out views and levels t of LEVELS

0: the camera says nothing to it. What it could be at most depends on the things: 0 for balls, about 0.5 for chairs.
"""

import torch
from torch.nn import Module

from guidance.conditions import Condition
from guidance.priors import bundled
from guidance.schedule import Schedule

from ..io.rng import stream
from .captions import Captions, described, tints_for
from .data import Data
from .texts import Texts

VIEWS = 32
LEVELS = 0.95, 0.88         # of the schedule, where it is decided which side is seen


class Hearing:
    """Holds the views of ``spared`` that are asked for, every name alike; ``said`` has the states of ``captions``."""

    def __init__(self, spared: Data, captions: Captions, said: Texts, seed: int,
                 prediction: str = "v_prediction"):
        index = {text: i for i, text in enumerate(captions.texts)}
        asked = [described(spared.spoken.get(row.name, row.name), row.colour if tints_for(row.name) else None)
                 for row in spared.rows]
        rows = [i for i, row in enumerate(spared.rows) if row.azimuth is not None and asked[i] in index]
        order = torch.randperm(len(rows), generator=stream(seed, "hearing")).tolist()
        rows = sorted(rows[k] for k in order[:VIEWS])
        device = said.states.device
        self.x0 = spared.pictures[rows].to(device).float() / 127.5 - 1
        chosen = [spared.rows[i] for i in rows]
        at = torch.tensor([index[asked[i]] for i in rows], device=device, dtype=torch.long)
        angles = torch.tensor([[row.azimuth, row.elevation] for row in chosen]).view(-1, 2)
        self.told = Condition(said.states[at].float(), said.mask[at], bundled.network.pose(*angles.T).to(device))
        self.seed, self.prediction = seed, prediction

    @torch.no_grad()
    def __call__(self, network: Module, schedule: Schedule) -> float | None:
        """``heard`` of weights; None where there is no view to ask for."""
        if not len(self.x0):
            return None
        untold = Condition(self.told.text, self.told.mask, torch.zeros_like(self.told.pose))
        with_camera, without = (self.error(network, schedule, y) for y in (self.told, untold))
        return 1 - with_camera / without

    def error(self, network: Module, schedule: Schedule, y: Condition) -> float:
        total = 0.0
        for k, fraction in enumerate(LEVELS):
            t = torch.full((len(self.x0),), schedule.index(fraction), device=self.x0.device)
            eps = torch.randn(self.x0.shape, generator=stream(self.seed, "hearing noise", k)).to(self.x0)
            v = network(schedule.noise(self.x0, eps, t), t, y)
            total += float((v - schedule.target(self.prediction, self.x0, eps, t)).square().mean())
        return total
