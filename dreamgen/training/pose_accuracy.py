r"""Pose accuracy: how much the camera input lowers a network's error. It shows long before the samples do.

    pose accuracy = 1 - e(y, c) / e(y),    e(.) = mean |v^(x_t, t, .) - v|^2 over held-out views and levels t of LEVELS

y is the caption and c the camera. 0: the network does not use the camera. The largest possible value depends on the
objects: 0 for balls, about 0.5 for chairs.
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
LEVELS = 0.95, 0.88         # fractions of the schedule, where the visible side is decided


class PoseAccuracy:
    """Measures it on up to VIEWS held-out views with a camera, drawn from ``held_out`` alike for all names.

    Args:
        held_out: views that are not trained on.
        captions, texts: the training's captions and their token states.
        seed: chooses the views and the noise.
        prediction: what the network predicts, as in ``Schedule.target``.
    """

    def __init__(self, held_out: Data, captions: Captions, texts: Texts, seed: int,
                 prediction: str = "v_prediction"):
        index = {text: i for i, text in enumerate(captions.texts)}
        asked = [described(held_out.spoken.get(row.name, row.name), row.colour if tints_for(row.name) else None)
                 for row in held_out.rows]
        rows = [i for i, row in enumerate(held_out.rows) if row.azimuth is not None and asked[i] in index]
        order = torch.randperm(len(rows), generator=stream(seed, "hearing")).tolist()
        rows = sorted(rows[k] for k in order[:VIEWS])
        device = texts.states.device
        self.x0 = held_out.pictures[rows].to(device).float() / 127.5 - 1
        chosen = [held_out.rows[i] for i in rows]
        at = torch.tensor([index[asked[i]] for i in rows], device=device, dtype=torch.long)
        angles = torch.tensor([[row.azimuth, row.elevation] for row in chosen]).view(-1, 2)
        self.with_camera = Condition(texts.states[at].float(), texts.mask[at], bundled.network.pose(*angles.T).to(device))
        self.seed, self.prediction = seed, prediction

    @torch.no_grad()
    def __call__(self, network: Module, schedule: Schedule) -> float | None:
        """The pose accuracy of ``network``; None without a view to measure it on."""
        if not len(self.x0):
            return None
        without_camera = Condition(self.with_camera.text, self.with_camera.mask, torch.zeros_like(self.with_camera.pose))
        error, error_without = (self.error(network, schedule, y) for y in (self.with_camera, without_camera))
        return 1 - error / error_without

    def error(self, network: Module, schedule: Schedule, y: Condition) -> float:
        """e(y), summed over LEVELS."""
        total = 0.0
        for k, fraction in enumerate(LEVELS):
            t = torch.full((len(self.x0),), schedule.index(fraction), device=self.x0.device)
            eps = torch.randn(self.x0.shape, generator=stream(self.seed, "hearing noise", k)).to(self.x0)
            v = network(schedule.noise(self.x0, eps, t), t, y)
            total += float((v - schedule.target(self.prediction, self.x0, eps, t)).square().mean())
        return total
