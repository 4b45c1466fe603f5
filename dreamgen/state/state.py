"""A run in progress: the models of the current stage, where it stands, and how both are saved and restored."""

import copy
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from math import radians
from pathlib import Path

from torch import Generator, Tensor

from guidance import priors
from guidance.alike import alike
from renderers.scene import Render
from renderers.successor import successor

from .. import cameras
from ..errors import CheckpointError, ConfigError
from ..io import checkpoint
from ..io.report import Report, memory_mb
from ..io.rng import stream
from ..recipes.recipe import Recipe, Stage
from . import build, reference
from .health import Health
from .history import History
from .pinned import pinned
from .ranks import ALONE, Ranks


@dataclass
class Position:
    """All of a run's state that is not a tensor; goes through JSON."""

    seed: int                                               # of the attempt that is running
    stage: int = 0
    step: int = 0                                           # done in this stage
    deaths: int = 0                                         # attempts that collapsed
    used: int = 1                                           # seeds used so far: seed, seed + 1, ...
    scores: dict[str, float] = field(default_factory=dict)  # of the candidates judged so far, by seed
    chosen: bool = False                                    # the candidates have been judged
    started: bool = False                                   # the first scene has begun from a picture; see initial.py
    seen_from_deg: list[float] | None = None                # azimuth and elevation, where the start has chosen them
    seconds: float = 0.0
    rows: int = 0                                           # of history.jsonl
    precision: str = "auto"                                 # of the prior: once chosen, it stays the same for the run
    health: dict = field(default_factory=dict)


class Work:
    """``scene``, ``method``, ``prompts``, ``optimizer`` of the current stage, and the position.

    ``prior`` is the recipe's, where it is loaded already; else it is loaded, which raises what that raises. ``ranks`` are
    the processes that make the run, and which of them this is. ``tell`` hears what takes a while and is no step.
    """

    def __init__(self, recipe: Recipe, folder: Path, prior: priors.Prior | None = None, ranks: Ranks = ALONE,
                 tell: Callable[[str], object] = str):
        self.recipe, self.folder, self.ranks, self.tell = recipe, folder, ranks, tell
        self.device = build.device(recipe.device)
        self.picture = reference.given(recipe, folder)                  # the user's: refused before a prior is loaded
        saved = checkpoint.read(folder / "checkpoints")
        self.position = Position(recipe.seed, precision=recipe.precision) if saved is None else Position(**saved[1])
        self.began = time.monotonic() - self.position.seconds           # as if all sessions had been one
        if prior is None:
            tell(f"loading the prior {recipe.prior}")
        self.prior = prior or ranks.prior(lambda precision: priors.load(recipe.prior, self.device, precision,
                                                                        recipe.prior_options), self.position.precision)
        self.position.precision = self.prior.precision
        self.reference_of: int | None = None            # the seed whose reference it is
        if saved is None:
            self.begin(recipe.seed)
        else:
            self.restore(*saved)
        self.history = History(folder / "history.jsonl", self.position.rows)

    @property
    def stage(self) -> Stage:
        return self.recipe.stages[self.position.stage]

    @property
    def progress(self) -> float:
        """How much of the current stage is done, 0 to 1."""
        return self.position.step / self.stage.optim.steps

    def rng(self, name: str) -> Generator:
        """For one of the draws of the step that comes."""
        return stream(self.position.seed, f"{self.position.stage}/{name}", self.position.step)

    def seen(self) -> tuple[cameras.View, Render]:
        """This process's share of the step's views, and what the scene shows there."""
        view = self.ranks.view(cameras.sample(self.stage.cameras, self.rng("camera"))).to(self.device)
        return view, self.scene.render(view.camera, self.progress, self.ranks.portion(self.rng("render")))

    @cached_property
    def alike(self) -> float | None:
        """How alike quick samples of the prior are, 0 to 1; None of one whose pictures have a background."""
        seen_from = self.recipe.reference
        return alike(self.prior, self.recipe.words, radians(seen_from.azimuth_deg), radians(seen_from.elevation_deg),
                     stream(self.recipe.seed, "alike")) if self.prior.opacity else None

    def held(self, progress: float) -> Tensor | float:
        """The loss of the user's picture; 0 without one."""
        return 0.0 if self.pinned is None else self.pinned.loss(self.scene, progress, self.position.step)

    def regularized(self, regularizers: dict[str, Tensor], progress: float) -> Tensor | float:
        """The stage's weighted sum of those that its scene has now."""
        return sum(ramp(progress) * regularizers[name] for name, ramp in self.stage.regularizers.items() if name in regularizers)

    def begin(self, seed: int) -> None:
        """Start from nothing with ``seed``; deaths, scores and the clock go on."""
        before = self.position
        self.position = Position(seed, deaths=before.deaths, used=before.used, scores=before.scores,
                                 chosen=before.chosen, seconds=before.seconds, rows=before.rows,
                                 precision=before.precision)
        self.scene = build.scene(self.stage, seed, self.device, self.folder)
        self.equip()

    def advance(self) -> None:
        """Go on to the next stage, whose scene takes over from this one."""
        before = self.scene
        self.position.stage, self.position.step, self.position.health = self.position.stage + 1, 0, {}
        try:
            self.scene = successor(build.scene(self.stage, self.position.seed, self.device, self.folder), before)
        except ValueError as error:
            raise ConfigError(f"stages.{self.position.stage}.scene: cannot start from the stage before ({error})") from None
        self.equip()

    def equip(self) -> None:
        self.method = build.method(self.stage, self.prior)
        self.keep_source()
        if self.reference_of != self.position.seed:
            self.reference_of = self.position.seed
            self.reference = reference.make(self.recipe, self.prior, self.position.seed, self.folder, self.picture, self.tell)
        self.pinned = pinned(self.recipe, self.stage, self.picture, self.prior.size, self.device)
        self.prompts = build.prompts(self.recipe, self.prior, self.method, self.reference)
        self.optimizer = build.optimizer(self.stage.optim, self.scene.param_groups())
        self.health = Health(**self.position.health)

    def keep_source(self) -> None:
        """For a method that edits: the scene as it is now, which the stage then starts from."""
        self.source = copy.deepcopy(self.scene).requires_grad_(False) if self.stage.guidance.edits else None

    def look_from(self, degrees: tuple[float, float]) -> None:
        """Say to the prior, from now on and after a resume, that a flat scene is seen from this azimuth and elevation."""
        self.position.seen_from_deg = list(degrees)
        for stage in self.recipe.stages:
            stage.cameras = replace(stage.cameras, seen_from_deg=tuple(degrees))

    def note(self, text: str, agreement: float | None = None) -> Report:
        """What is said between steps."""
        at = self.position
        return Report(at.stage, at.step, self.stage.optim.steps, at.seed, at.seconds, agreement=agreement,
                      memory_mb=memory_mb(), note=text)

    def tensors(self) -> dict[str, Tensor]:
        return {**{f"scene.{k}": v for k, v in self.scene.state_dict().items()},
                **{f"source.{k}": v for k, v in (self.source.state_dict() if self.stage.guidance.edits else {}).items()},
                **{f"method.{k}": v for k, v in self.method.state_dict().items()},
                **{f"optim.{k}": v for k, v in checkpoint.pack_optimizer(self.optimizer).items()}}

    def save(self, where: str = "checkpoints", name: str | None = None, keep: int = checkpoint.KEEP) -> Path:
        position = self.position
        position.health, position.rows = asdict(self.health), self.history.sync()
        name = name or f"{position.stage}-{position.step:06d}"
        return checkpoint.write(self.folder / where, name, self.tensors(), asdict(position), keep)

    def recall(self, where: str, name: str) -> None:
        """Go back to a state saved under ``name``; the clock, the history and the scores stay."""
        now = self.position
        self.restore(*checkpoint.open_one(self.folder / where / f"{name}.safetensors"))
        self.position.seconds, self.position.rows = now.seconds, now.rows
        self.position.scores, self.position.used, self.position.deaths = now.scores, now.used, now.deaths

    def restore(self, tensors: dict[str, Tensor], position: dict) -> None:
        """Raises CheckpointError where the tensors are not this recipe's."""
        self.position = Position(**position)
        if self.position.seen_from_deg:
            self.look_from(self.position.seen_from_deg)
        self.scene = build.scene(self.stage, self.position.seed, self.device, self.folder)
        self.equip()
        part = {kind: {k.partition(".")[2]: v for k, v in tensors.items() if k.partition(".")[0] == kind}
                for kind in ("scene", "source", "method", "optim")}
        try:
            self.scene.load_state_dict(part["scene"])
            if self.stage.guidance.edits:
                self.source.load_state_dict(part["source"])
            self.method.load_state_dict(part["method"])
            checkpoint.unpack_optimizer(self.optimizer, part["optim"])
        except (RuntimeError, KeyError, ValueError) as error:
            raise CheckpointError(f"{self.folder}: the checkpoint is not of this recipe "
                                             f"({str(error).splitlines()[-1].strip()})") from None
