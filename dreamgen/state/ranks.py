r"""One run on several processes, as `torchrun` starts them: each draws its share of a step's views. Alone, there is one.

    process r of n:     views r b to (r + 1) b of the B = n b of the step
    g = 1/n sum_r g_r,  g_r the gradient of the mean loss over the share of r

All processes hold the whole scene and make the same step. The random numbers of a view are those that one process would
have drawn for it (``renderers/draws.py``), so n processes follow one with all views, up to the rounding of the sum. What
is not a mean over views is a mean over shares (NeRF's z_variance).

The first process owns the run's folder. The others work in folders of their own that are thrown away; they begin with
copies of its checkpoints. If one dies, all end, and the first one's newest checkpoint is whole.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

from guidance.conditions import Query
from guidance.methods._base import Distillation
from guidance.priors import Prior
from renderers.draws import portion
from renderers.scene import Pulled, Render, Scene

from ..cameras import View
from ..errors import ConfigError, RunError
from ..recipes.recipe import Recipe, Stage
from ..recipes.registry import kind_of
from .health import Dead

MINUTES = 30            # that a process waits for the others: the first one may be fetching a prior
LEFT = ("asset", "turntable", "growing", "contact", "index", "run.json", "history")        # of a folder, not sent


class Parted(RunError):
    """Another process of the run has died."""


@dataclass(frozen=True)
class Ranks:
    """Process ``rank`` of ``count``; ``local`` is its number on its machine, and so its GPU's."""

    rank: int = 0
    count: int = 1
    local: int = 0

    @property
    def first(self) -> bool:
        return self.rank == 0

    def fitted(self, recipe: Recipe) -> Recipe:
        """The recipe with this process's own GPU; raises ConfigError for one that cannot be divided."""
        if self.count == 1:
            return recipe
        for i, stage in enumerate(recipe.stages):
            self.check(stage, f"stages.{i}")
        cuda = torch.cuda.is_available() and recipe.device in ("auto", "cuda")
        mine = replace(recipe, device=f"cuda:{self.local}") if cuda else recipe
        return mine if self.first else replace(mine, previews=0, checkpoint_seconds=1e9)

    def check(self, stage: Stage, place: str) -> None:
        group = getattr(stage.guidance, "views", 1)
        if stage.cameras.views % (self.count * group):
            raise ConfigError(f"{place}.cameras.views: need a multiple of {self.count * group}, for {self.count} processes, "
                              f"got {stage.cameras.views}")
        if stage.guidance.keeps:
            raise ConfigError(f"{place}.guidance.kind: {kind_of(stage.guidance)} runs on one process: the pictures that it keeps "
                              f"are not shared, got {self.count}")
        if getattr(stage.guidance, "normalize", False):
            raise ConfigError(f"{place}.guidance.normalize: need false on several processes, of which each knows the norm "
                              f"of its own views alone, got true on {self.count}")
        if stage.particles > 1:
            raise ConfigError(f"{place}.scene.particles: need 1 on several processes, got {stage.particles}")

    def prior(self, load: Callable[[str], Prior], precision: str) -> Prior:
        """The first process's prior, then the others': it is fetched once, and has one precision, which ``auto`` chose."""
        if self.count == 1:
            return load(precision)
        if self.first:
            prior = load(precision)
            self.text(prior.precision)
            return prior
        return load(self.text(""))

    @contextmanager
    def folder(self, folder: Path | None) -> Iterator[Path]:
        """The run's folder in the first process; in the others a temporary one with what the run goes on from."""
        if self.count == 1:
            yield folder
            return
        if self.first != (folder is not None):
            raise ConfigError("several processes make one run by `dreamgen 3d`, `svg`, `run` and `resume`, not from Python")
        if self.first:
            found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((*LEFT, "."))
                     and path.parent.name in (folder.name, "checkpoints", "candidates")]
            found.sort(key=lambda path: path.stat().st_mtime_ns)
            self.send({path.relative_to(folder).as_posix(): path.read_bytes() for path in found})
            yield folder
            return
        with tempfile.TemporaryDirectory(prefix="dreamgen-rank-") as temporary:
            for age, (name, data) in enumerate(self.send(None).items()):
                path = Path(temporary) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                os.utime(path, (age, age))              # by time the newest checkpoint is found: the same here as there
            yield Path(temporary)

    def send(self, files: dict[str, bytes] | None) -> dict[str, bytes]:
        """From the first process to all: files by name, oldest first."""
        sizes = self.text(json.dumps({name: len(data) for name, data in files.items()}) if files is not None else "")
        data = self.bytes(b"".join(files.values()) if files is not None else b"", sum(json.loads(sizes).values()))
        out, at = {}, 0
        for name, size in json.loads(sizes).items():
            out[name], at = data[at:at + size], at + size
        return out

    def text(self, message: str) -> str:
        """What the first process says."""
        if self.count == 1:
            return message
        length = torch.tensor([len(message.encode())], device=self.device)
        self.call(dist.broadcast, length, 0)
        return self.bytes(message.encode(), int(length)).decode()

    def bytes(self, data: bytes, size: int) -> bytes:
        held = torch.empty(size, dtype=torch.uint8, device=self.device)
        if self.first and size:
            held.copy_(torch.frombuffer(bytearray(data), dtype=torch.uint8))
        if size:
            self.call(dist.broadcast, held, 0)
        return held.cpu().numpy().tobytes()

    @property
    def device(self) -> torch.device:
        """Where messages between processes lie."""
        return torch.device(f"cuda:{self.local}" if dist.get_backend() == "nccl" else "cpu")

    def call(self, collective: Any, tensor: Tensor, *more: Any) -> None:
        """A collective operation on ``tensor``, in place; raises Parted."""
        try:
            collective(tensor, *more)
        except RuntimeError as error:
            raise Parted(f"process {self.rank} of {self.count}: another process of the run has died "
                         f"({' '.join(str(error).split())[:120]}); the newest checkpoint is whole") from None

    # ---- of a step

    def view(self, whole: View) -> View:
        """This process's share of a step's views."""
        if self.count == 1:
            return whole
        rows = self.rows(len(whole.camera))
        angles = (None if each is None else each[rows] for each in (whole.azimuth, whole.elevation, whole.viewpoint))
        return View(whole.camera[rows], *angles)

    def rows(self, B: int) -> slice:
        b = B // self.count
        return slice(self.rank * b, (self.rank + 1) * b)

    def portion(self, rng: torch.Generator) -> torch.Generator:
        return rng if self.count == 1 else portion(rng, self.rank, self.count)

    def losses(self, method: Distillation, render: Render, query: Query, progress: float, rng: torch.Generator,
               source: Render | None) -> dict[str, Tensor]:
        """``method.losses`` of this process's pictures, with their part of the numbers that are drawn for all."""
        if self.count == 1:
            return method.losses(render, query, progress, rng, source)
        x0 = method.prior.encode(render)
        query = query.seeing(method.prior.control(render, query, rng))
        whole = x0.new_zeros(1).expand(len(x0) * self.count, *x0.shape[1:])         # its shape alone is looked at
        t, eps = method.draw(whole, progress, rng)
        extra = method.extra(whole, t, progress, rng, source)
        with self.one_student(method):
            return method.terms(render, x0, query, *(self.mine(each, len(whole)) for each in (t, eps, extra)))

    def mine(self, value: Any, B: int) -> Any:
        """The rows of this process, of every tensor with ``B`` rows in ``value``."""
        if isinstance(value, Tensor):
            return value[self.rows(B)] if value.ndim and len(value) == B else value
        if isinstance(value, tuple):
            return tuple(self.mine(each, B) for each in value)
        if is_dataclass(value):
            return replace(value, **{field.name: self.mine(getattr(value, field.name), B) for field in fields(value)})
        return value

    @torch.no_grad()
    def average(self, gradients: Iterable[Tensor | None]) -> None:
        """Make each gradient the mean over the processes, in one message."""
        held = [g for g in gradients if g is not None]
        if self.count == 1 or not held:
            return
        message = torch.cat([g.flatten() for g in held]).to(self.device)
        self.call(dist.all_reduce, message)
        for g, mean in zip(held, (message / self.count).split([g.numel() for g in held]), strict=True):
            g.copy_(mean.view_as(g))

    def average_scene(self, scene: Scene) -> None:
        """The gradients of its parameters, and that at which its ``after_step`` looks besides."""
        pulled = [scene.pull.grad] if isinstance(scene, Pulled) and scene.pull is not None else []
        self.average([*(p.grad for p in scene.parameters()), *pulled])

    @contextmanager
    def one_student(self, method: Distillation) -> Iterator[None]:
        """Within it the optimiser of a method that learns (VSD's student) takes the mean gradient of all processes."""
        optimizer = getattr(method, "optimizer", None)
        if optimizer is None:
            yield
            return
        learnt = [p for group in optimizer.param_groups for p in group["params"]]
        hook = optimizer.register_step_pre_hook(lambda *step: self.average([p.grad for p in learnt]))
        try:
            yield
        finally:
            hook.remove()

    @contextmanager
    def collapsing_together(self) -> Iterator[None]:
        """Raise Dead in all processes where one has seen its share of the views collapse."""
        caught = None
        try:
            yield
        except Dead as dead:
            caught = dead
        if self.mean(float(caught is not None))[0] > 0:
            raise caught or Dead("the views of another process have collapsed")

    def asked(self, stop: bool) -> bool:
        """Whether one of the processes was asked to stop: a signal does not reach all in the same step."""
        return self.mean(float(stop))[0] > 0

    def mean(self, *numbers: float) -> list[float]:
        """Of each number over the processes; the same in all of them."""
        if self.count == 1:
            return list(numbers)
        message = torch.tensor(numbers, dtype=torch.float64, device=self.device)
        self.call(dist.all_reduce, message)
        return (message / self.count).tolist()

    @torch.no_grad()
    def check_alike(self, scene: Scene, step: int) -> None:
        """Raises RunError where the scenes of the processes differ: one whose ``after_step`` follows its own views only."""
        if self.count == 1:
            return
        parameters = list(scene.parameters())
        here = torch.tensor([sum(p.numel() for p in parameters), sum(float(p.double().sum()) for p in parameters)],
                            dtype=torch.float64, device=self.device)
        least, most = here.clone(), here.clone()
        self.call(dist.all_reduce, least, dist.ReduceOp.MIN)
        self.call(dist.all_reduce, most, dist.ReduceOp.MAX)
        if not torch.equal(least, most):
            raise RunError(f"step {step}: the processes have drifted apart; the scene {kind_of(scene)} does not run on several")


ALONE = Ranks()


def joined() -> Ranks:
    """The processes that torchrun has started, this one among them; alone where it has not. Raises RunError."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return ALONE
    ranks = Ranks(int(os.environ["RANK"]), count, int(os.environ.get("LOCAL_RANK", "0")))
    if not dist.is_initialized():
        if torch.cuda.is_available():
            torch.cuda.set_device(ranks.local)
        try:
            dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo", timeout=timedelta(minutes=MINUTES))
        except (RuntimeError, ValueError) as error:
            raise RunError(f"process {ranks.rank} of {count}: cannot join the others ({str(error).splitlines()[0]})") from None
    return ranks
