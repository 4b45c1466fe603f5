"""What a recipe says: plain dataclasses, torch-free, so that a wrong key is answered before anything heavy loads.

A recipe is a prompt, a prior, a list of stages {scene, guidance, cameras, optim, penalties}, an export and a seed.
``scene`` and ``guidance`` are chosen by ``kind:``; their Config stands at the top of the file of that name in
``renderers/scenes`` or ``guidance/methods``.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from guidance.ramp import Ramp


def positive(**values: float) -> None:
    """Raise ValueError("field: need > 0, got ...") for the first value that is not."""
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name}: need > 0, got {value}")


@dataclass
class Cameras:
    """The distribution of training cameras, around the origin; see dreamgen/cameras.py."""

    views: int = 4                                  # cameras a step, spread evenly in azimuth, then jittered
    size: int = 64                                  # pixels, square
    azimuth_jitter_deg: float = 20.0                # each view's own, +-, degrees
    elevation_mean_deg: float = 20.0                # normal distribution ...
    elevation_std_deg: float = 15.0
    elevation_deg: tuple[float, float] = (-10.0, 60.0)      # ... clipped to this range
    distance: tuple[float, float] = (1.55, 1.55)    # metres from the origin, uniform
    fov_deg: tuple[float, float] = (40.0, 40.0)     # vertical, uniform

    def __post_init__(self):
        positive(views=self.views, size=self.size)
        for name, (low, high), floor, ceiling in (("elevation_deg", self.elevation_deg, -89, 89),
                                                  ("distance", self.distance, 0.9, 100), ("fov_deg", self.fov_deg, 1, 120)):
            if not floor <= low <= high <= ceiling:
                raise ValueError(f"{name}: need {floor} <= low <= high <= {ceiling}, got {low}, {high}")


@dataclass
class Optim:
    """Adam (torch's fused, dense one) and the length of the stage."""

    steps: int = 1000
    lr: float = 0.01                                # the grid's; other groups have their multiple of it
    betas: tuple[float, float] = (0.9, 0.99)
    eps: float = 1e-15                              # as in Instant-NGP: rarely touched rows take full steps
    clip: float = 1.0                               # gradient norm over all parameters, 0 = never

    def __post_init__(self):
        positive(steps=self.steps, lr=self.lr, eps=self.eps)
        if self.clip < 0:
            raise ValueError(f"clip: need >= 0, got {self.clip}")


@dataclass
class Stage:
    scene: Any = None                               # <kind>.Config, chosen by `kind:`
    guidance: Any = None                            # <kind>.Config, chosen by `kind:`
    cameras: Cameras = field(default_factory=Cameras)
    optim: Optim = field(default_factory=Optim)
    penalties: dict[str, Ramp] = field(default_factory=dict)        # the scene's regularisers by name, and their weight


@dataclass
class Export:
    """What is written when the last stage ends."""

    formats: list[str] = field(default_factory=lambda: ["glb"])
    triangles: int = 20_000                         # budget after decimation
    texture: int = 1024                             # pixels, square
    resolution: int = 128                           # marching-cubes cells along an edge of the box
    turntable: int = 48                             # frames of turntable.mp4, 0 = none

    def __post_init__(self):
        positive(triangles=self.triangles, texture=self.texture, resolution=self.resolution)
        if self.turntable < 0:
            raise ValueError(f"turntable: need >= 0, got {self.turntable}")


@dataclass
class Prompt:
    """How the words become conditions; see guidance/prompts.py."""

    negative: str = ""                              # what the picture should not be
    view_words: bool = True                         # append "front view", "side view", ... interpolated by azimuth
    perp_neg: float = 0.0                           # Perp-Neg weight of the other views' words, 0 = off, METHODS.md A16


@dataclass
class Recipe:
    prompt: str                                     # what the asset should be, in words
    seed: int = 0
    prior: str = "bundled"                          # a name in guidance/priors, or the folder of a prior
    prompts: Prompt = field(default_factory=Prompt)
    stages: list[Stage] = field(default_factory=list)
    export: Export = field(default_factory=Export)
    candidates: int = 1                             # short first stages with seeds seed, seed+1, ...; the best goes on
    candidate_steps: float = 0.3                    # how short, as a fraction of the first stage
    retries: int = 2                                # new seeds after a dead run (empty, full, flat, NaN)
    checkpoint_seconds: float = 20.0                # at most this much work is lost to a kill -9
    device: str = "auto"                            # auto, cpu, cuda, mps
    precision: Literal["auto", "float32", "bfloat16"] = "auto"      # of the prior; auto times both, so runs that must
                                                    # be alike to the bit, on a machine busy with other things, name one
    out: str = "runs"                               # the folder in which the run's folder is made

    def __post_init__(self):
        if not self.prompt.strip():
            raise ValueError('prompt: need a word, as in prompt="a red armchair", got only spaces')
        if not re.fullmatch(r"auto|cpu|mps|cuda(:\d+)?", self.device):
            raise ValueError(f"device: need auto, cpu, mps, cuda or cuda:0, got {self.device!r}")
        positive(candidates=self.candidates, candidate_steps=self.candidate_steps,
                 checkpoint_seconds=self.checkpoint_seconds)
        if self.candidate_steps > 1:
            raise ValueError(f"candidate_steps: need a fraction in (0, 1], got {self.candidate_steps}")
        for name in ("seed", "retries"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}: need >= 0, got {getattr(self, name)}")
        if not self.stages:
            raise ValueError("stages: need at least one")
