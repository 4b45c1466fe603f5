r"""Variational score distillation (Wang et al., ProlificDreamer, arXiv:2305.16213).

SDS fits one picture; VSD fits the distribution of the renderings, whose score a student estimates:

    r(x_t, t, eps, y) = eps^(x_t, t, y) - eps_phi(x_t, t, y, pose)
    phi <- AdamW(phi, grad E_{t', eps'} |eps_phi(x_t', t', y, pose) - eps'|^2)

    eps_phi   a LoRA of the prior (lora.py), trained on the same renderings by an optimiser of its own, unguided; its
              text is the prompt without view words, its camera a further input that is dropped at random

If all renderings are one picture, an exact student predicts eps_phi = eps, and VSD is SDS. Several particles share one
student, which pushes them apart. At the start the student equals the prior; then r is only what guidance adds.
"""

from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from ..conditions import Condition
from ..lora import Student
from ..ramp import Ramp
from ..ranges import fraction, positive
from ._base import Distillation, Extra, normal
from ._config import Guiding, Weight, ramp


@dataclass
class Config(Guiding):
    t_min: Ramp = ramp(0.02)
    t_max: Ramp = ramp(0.98, 0.5, 0.2, 0.2)
    weight: Weight = "sigma2"
    rank: int = 4                   # of the LoRA
    adapt: Literal["attention", "all"] = "attention"        # which layers have one
    drawn: Literal["normal", "uniform"] = "normal"          # how A is initialised, see lora.py: normal learns faster
    lr: float = 1e-4                # of the student
    lora_steps: int = 1             # optimiser steps of the LoRA per step of the scene
    fit_in: Literal["auto", "eps", "v", "sample"] = "auto"      # what its error is measured in; see ``measured_in``
    pose_dropout: float = 0.1       # share of pictures for which it does not receive the camera

    def __post_init__(self):
        super().__post_init__()
        fraction(pose_dropout=self.pose_dropout)
        positive(rank=self.rank, lr=self.lr, lora_steps=self.lora_steps)


@dataclass(frozen=True)
class Fit:
    """One step of the student on B pictures.

    Attributes:
        t: [B] levels.
        eps: [B, C, H, W] noise.
        pose_conditioned: [B, 1] 1 where the student receives the camera, else 0.
    """

    t: Tensor
    eps: Tensor
    pose_conditioned: Tensor


@dataclass(frozen=True)
class Fits(Extra):
    fits: tuple[Fit, ...] = ()


class VSD(Distillation):
    """``student``: anything with ``eps``, such as another prior, which then stays as it is; None: a LoRA that is trained."""

    def __init__(self, prior, cfg: Config, student=None):
        super().__init__(prior, cfg)
        self.student = student
        self.fit_in = measured_in(prior) if cfg.fit_in == "auto" else cfg.fit_in
        self.optimizer: torch.optim.Optimizer | None = None
        if student is None:
            self.student = Student(prior, cfg.rank, cfg.adapt == "all", torch.Generator().manual_seed(0),
                                   cfg.drawn)
            self.optimizer = torch.optim.AdamW(self.student.weights.values(), lr=cfg.lr)

    def residual(self, x_t, t, eps, query, extra):
        return self.guided(x_t, t, query, extra) - self.student.eps(x_t, t, described(query))

    def terms(self, picture, x0, query, t, eps, extra):
        losses = super().terms(picture, x0, query, t, eps, extra)
        if self.optimizer is None:                      # a student that was given, and is not trained
            return losses
        for fit in extra.fits:
            condition = described(query)
            condition = replace(condition, pose=condition.pose * fit.pose_conditioned)
            self.optimizer.zero_grad(set_to_none=True)
            error = self.fit_loss(x0.detach(), condition, fit.t, fit.eps)
            error.backward()
            self.optimizer.step()
            self.metrics["student"] = error.detach()
        return losses

    def fit_loss(self, x0: Tensor, condition: Condition, t: Tensor, eps: Tensor) -> Tensor:
        """The student's denoising error on x0 [B, C, H, W]; differentiable in the student."""
        error = self.student.eps(self.prior.schedule.noise(x0, eps, t), t, condition) - eps
        alpha, sigma = self.prior.schedule.at(t, x0)
        if self.fit_in == "v":
            error = error / alpha                       # eps = ... + alpha v, of both kinds of schedule
        elif self.fit_in == "sample":
            error = error * sigma / alpha               # eps = (x_t - alpha x0) / sigma
        return error.square().mean()

    def extra(self, x0, t, progress, rng, source):
        if self.optimizer is None:
            return Fits(progress)
        B, last = len(x0), self.prior.schedule.index(1.0)
        draws = [(torch.rand(B, generator=rng, device=rng.device), normal(x0, rng),
                  torch.rand(B, 1, generator=rng, device=rng.device)) for _ in range(self.cfg.lora_steps)]
        return Fits(progress, fits=tuple(
            Fit((u * (last + 1)).long().to(x0.device), noise, (u_pose >= self.cfg.pose_dropout).to(x0))
            for u, noise, u_pose in draws))

    def state_dict(self) -> dict[str, Tensor]:
        if self.optimizer is None:
            return {}
        adam = self.optimizer.state_dict()["state"]
        return {**{f"student.{name}": weight for name, weight in self.student.weights.items()},
                **{f"adam.{i}.{key}": value for i, state in adam.items() for key, value in state.items()}}

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Raises ValueError or KeyError where the tensors are not of this method and prior."""
        if self.optimizer is None:
            return super().load_state_dict(state)
        adam: dict[int, dict[str, Tensor]] = {}
        for name in state:
            if name.startswith("adam."):
                _, i, key = name.split(".")
                adam.setdefault(int(i), {})[key] = state[name]
        with torch.no_grad():
            for name, weight in self.student.weights.items():
                weight.copy_(state[f"student.{name}"])
        self.optimizer.load_state_dict({"state": adam, "param_groups": self.optimizer.state_dict()["param_groups"]})


def measured_in(prior) -> str:
    """eps, as in the paper (the official code takes v); of a prior that predicts the clean picture that, as the error of its eps
    has no bound at low levels, where sigma is small, and a student fitted to it diverges."""
    return "sample" if prior.prediction == "sample" else "eps"


def described(query) -> Condition:
    """The student's conditions: the prompt without view words, and the cameras."""
    return query.positive if query.plain is None else query.plain


Method = VSD
