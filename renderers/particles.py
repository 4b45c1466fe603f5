r"""Particles: K scenes of one kind that share a method, samples of one distribution (ProlificDreamer, arXiv:2305.16213).

    view b of a training step shows theta_k,    k = p(b mod n),    n = min(B, K),    p a random order of the K particles

With one view a step that is the paper's Algorithm 1: a particle and a camera are drawn, and VSD's one student learns
from whatever is shown. With K views or more every step shows every particle, and the student sees them side by side.

Each particle is a scene of its own, begun by its own draw. One that a step does not show gets no gradient (None, not
zero), so that Adam leaves its parameters, moments and count of steps alone: as if each had an optimiser of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module, ModuleList

from .camera import Camera
from .scene import Render, Scene, joined
from .sheet import Sheet


@dataclass(frozen=True)
class Shown(Render):
    """Pictures of several particles, and the render of each particle that they were taken from."""

    parts: tuple[tuple[int, Render], ...] = ()


class Particles(Module):
    """K scenes as one; ``particles`` are modules."""

    def __init__(self, particles: list[Scene]):
        super().__init__()
        self.particles: Sequence[Scene] = ModuleList(particles)  # type: ignore[assignment, arg-type]    # each is a Module
        self.failure_hints = particles[0].failure_hints

    def render(self, camera: Camera | Sheet, progress: float = 1.0, rng: torch.Generator | None = None) -> Shown:
        """In training B views, dealt out to the particles; without ``rng`` all B views of each, K B, one after the other."""
        B, K = len(camera), len(self.particles)
        if rng is None:
            rows, shown = [torch.arange(B)] * K, list(range(K))
        else:
            n = min(B, K)
            rows, shown = [torch.arange(i, B, n) for i in range(n)], torch.randperm(K, generator=rng)[:n].tolist()
        parts = [self.particles[k].render(camera[views], progress, rng) for k, views in zip(shown, rows, strict=True)]
        order = torch.cat(rows).argsort() if rng else slice(None)                   # back to the cameras' order
        every: dict[str, Any] = {name: x if x is None else x[order] for name, x in vars(joined(parts)).items()}
        return Shown(**every, parts=tuple(zip(shown, parts, strict=True)))

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """The particles' own, each for its share of the pictures, as the distillation's mean over pictures counts it."""
        out: dict[str, Tensor] = {}
        assert isinstance(render, Shown)
        for k, part in render.parts:
            for name, value in self.particles[k].regularizers(part).items():
                out[name] = out.get(name, 0) + len(part.rgb) / len(render.rgb) * value
        return out

    def param_groups(self) -> list[dict]:
        return [group for particle in self.particles for group in particle.param_groups()]

    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        for particle in self.particles:
            particle.after_step(step, progress, rng)


def each(scene: Scene) -> list[Scene]:
    """The particles of a scene; the scene itself, where it is one."""
    return list(scene.particles) if isinstance(scene, Particles) else [scene]
