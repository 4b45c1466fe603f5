"""The state of a training: network, running average of its weights, optimiser, counters.

    average <- d average + (1 - d) weights,     d = min(ema, (1 + step) / (10 + step))
    working <- bfloat16(weights),     gradient = float32(d loss / d working)

In bfloat16 the arithmetic is done by a working copy, and the float32 weights take its gradients (Micikevicius et al.,
arXiv:1710.03740, 3.1). Under autocast, casts and float32 norms are half of a GPU's step (benchmarks/gpu_run).
"""

import copy
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from guidance import priors
from guidance.priors import PriorError, bundled
from guidance.priors.bundled.grow import grown
from guidance.priors.bundled.network import Network
from guidance.priors.loading.compiling import lacking
from guidance.priors.loading.memory import has_bfloat16

from ..errors import CheckpointError, ConfigError
from ..io import checkpoint
from ..io.rng import stream
from ..state.history import History
from .config import Config

CHECKPOINTS, LOG = "checkpoints", "log.jsonl"
MEAN_LR = 2e-3              # of the mean picture, while the other is at cfg.lr
BETAS = (0.9, 0.99)         # a batch of 24 is a noisy one: the second moment forgets in 100 steps


@dataclass
class Counters:
    """All of the state that is not a tensor; goes through JSON."""

    step: int = 0
    mean_step: int = 0                                      # of the mean picture, which begins before
    seen: int = 0                                           # pictures
    minutes: float = 0.0                                    # over all sessions
    origin: str = ""                                        # what the weights began as, in words
    inherited: int = 0                                      # pictures that those were trained on
    held_out_after: int = 0                                 # of all of these, seen before any view was held out
    data: str = ""                                          # digest of the data
    rows: int = 0                                           # of log.jsonl
    losses: list[float] = field(default_factory=list)       # since the last of them


def loaded(origin: str, device: str | torch.device) -> priors.Prior:
    """The prior that a training begins with; raises PriorError where it is of another family."""
    prior = priors.load(origin, device, "float32")
    if not isinstance(getattr(prior, "network", None), Network):
        raise PriorError(f"--from {origin}: need a prior of dreamgen's own kind, such as bundled")
    return prior


def in_bfloat16(precision: str, device: torch.device) -> bool:
    """Whether to compute in bfloat16; "auto" says so on CUDA, and on a CPU that need not emulate it."""
    if precision != "auto":
        return precision == "bfloat16"
    return has_bfloat16(device) if device.type == "cpu" else device.type == "cuda"


def layout(device: torch.device) -> torch.memory_format:
    """Of convolutions' weights: CUDA's group norm would copy every picture out of channels_last and back."""
    return torch.contiguous_format if device.type == "cuda" else torch.channels_last


@contextmanager
def drawn_weights(seed: int):
    """New weights are a function of the seed: torch draws them from its global generator."""
    with torch.random.fork_rng(devices=[]):
        torch.set_rng_state(stream(seed, "weights").get_state())
        yield


class State:
    """``network``, trained, and ``average``, published: both float32 on ``device``. ``working`` computes: ``network`` itself,
    or its copy in bfloat16. ``origin`` is the prior ``cfg.origin``, where it is loaded already; its network is then the
    training's.

    Raises CheckpointError, and ConfigError where there is no compiler for ``cfg.compile``.
    """

    def __init__(self, cfg: Config, folder: Path, states: int, device: torch.device, origin: priors.Prior | None = None):
        if cfg.compile and (problem := lacking(device)):
            raise ConfigError(f"--compile: {problem}")
        self.cfg, self.folder = cfg, folder
        saved = checkpoint.read(folder / CHECKPOINTS)
        self.position = Counters()
        if cfg.origin:
            published = saved is not None and (folder / bundled.network.PARTS[0]).is_file()
            name = str(folder) if published else cfg.origin
            self.network = self.adopted(name, loaded(name, device) if published or origin is None else origin)
        else:
            with drawn_weights(cfg.seed):
                self.network = bundled.network.make(cfg.size, cfg.fold, cfg.widths, states)
        self.network.to(device, memory_format=layout(device))
        self.working = self.network
        if in_bfloat16(cfg.precision, device):
            self.working = copy.deepcopy(self.network).bfloat16()
        self.average = copy.deepcopy(self.network).requires_grad_(False).eval()
        parts = [{"params": part, "full": lr} for part, lr in zip(self.parts(), (cfg.lr, MEAN_LR), strict=True)]
        recorded = cfg.graph and device.type == "cuda"          # then the rates are read where the weights are
        lr = torch.tensor(cfg.lr, device=device) if recorded else cfg.lr
        self.optimizer = torch.optim.AdamW(parts, lr=lr, betas=BETAS, weight_decay=cfg.weight_decay, fused=True,
                                           capturable=recorded)
        for group in self.optimizer.param_groups if recorded else ():
            group["lr"] = lr.clone()
        self.rate = torch.zeros((), device=device)              # 1 - d, of the average
        if saved is not None:
            self.restore(*saved)
        if cfg.compile:
            self.working.unet.compile()
        self.log = History(folder / LOG, self.position.rows)

    def adopted(self, origin: str, prior: priors.Prior) -> Network:
        """The network of the prior that is called ``origin``, to begin with; raises PriorError where it is of another make."""
        network, cfg = prior.network, self.cfg
        prediction = prior.scheduler_config["prediction_type"]
        grows = (cfg.size, cfg.fold) == (2 * network.size, 2 * network.fold)
        if grows:
            with drawn_weights(cfg.seed):
                network = grown(network, flip=prediction != cfg.prediction)
        shape = network.size, network.fold, tuple(network.unet.config.block_out_channels)
        if shape != (cfg.size, cfg.fold, tuple(cfg.widths)):
            raise PriorError(f"--from {origin}: its network is of another size; size, fold and widths must be its own, "
                             "or size and fold twice its own")
        if prediction != cfg.prediction and not grows:
            raise PriorError(f"--from {origin}: its network predicts {prediction}, and this training {cfg.prediction}")
        self.position.inherited = prior.card.get("trained_on_pictures", 0)
        self.position.held_out_after = prior.card.get("held_out_after", self.position.inherited)
        self.position.origin = f"{prior.name} {prior.id} ({self.position.inherited:,} pictures)"
        return network.requires_grad_(True).train()

    @torch.no_grad()
    def refresh(self) -> None:
        """Give ``working`` the weights, before a step."""
        if self.working is not self.network:
            torch._foreach_copy_([*self.working.parameters()], [*self.network.parameters()])

    @torch.no_grad()
    def collect(self) -> None:
        """Give the weights the gradients of ``working``, where it has any."""
        if self.working is self.network:
            return
        pairs = [(weight, copied) for weight, copied in zip(self.network.parameters(), self.working.parameters(), strict=True)
                 if copied.grad is not None]
        for weight, _ in pairs:
            weight.grad = torch.empty_like(weight)
        torch._foreach_copy_([weight.grad for weight, _ in pairs], [copied.grad for _, copied in pairs])
        for _, copied in pairs:
            copied.grad = None

    def parts(self) -> tuple[list[Tensor], list[Tensor]]:
        """The parameters of the denoiser with its sight, and of the mean picture."""
        network = self.network
        sight = [] if network.sight is None else network.sight.parameters()
        return [*network.unet.parameters(), *sight], [*network.mean.parameters()]

    def size(self) -> int:
        """Parameters."""
        return sum(weight.numel() for weight in self.network.parameters())

    def set_lr(self, lr: float) -> None:
        """For the next step: ``lr`` is the unet's, the mean picture's its own."""
        for group in self.optimizer.param_groups:
            value = group["full"] * lr / self.cfg.lr
            group["lr"] = group["lr"].fill_(value) if isinstance(group["lr"], Tensor) else value
        step = self.position.step + 1
        self.rate.fill_(1 - min(self.cfg.ema, (1 + step) / (10 + step)))

    def descend(self) -> None:
        """A step of the parts that have a gradient, each clipped by itself."""
        for part in self.parts():
            torch.nn.utils.clip_grad_norm_(part, self.cfg.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)

    @torch.no_grad()
    def follow(self) -> None:
        """Let the average follow the weights, after a step."""
        average, weights = [*self.average.parameters()], [*self.network.parameters()]
        further = torch._foreach_sub(weights, average)
        torch._foreach_mul_(further, self.rate)
        torch._foreach_add_(average, further)

    def tensors(self) -> dict[str, Tensor]:
        return {**{f"network.{k}": v for k, v in self.network.state_dict().items()},
                **{f"average.{k}": v for k, v in self.average.state_dict().items()},
                **{f"optim.{k}": v for k, v in checkpoint.pack_optimizer(self.optimizer).items()}}

    def save(self) -> Path:
        self.position.rows = self.log.sync()
        return checkpoint.write(self.folder / CHECKPOINTS, f"{self.position.step:07d}", self.tensors(),
                                asdict(self.position))

    def restore(self, tensors: dict[str, Tensor], position: dict) -> None:
        part = {kind: {k.partition(".")[2]: v for k, v in tensors.items() if k.partition(".")[0] == kind}
                for kind in ("network", "average", "optim")}
        try:
            # A checkpoint that does not say is of a time when every view was trained on.
            before = position.get("inherited", 0) + position["seen"]
            self.position = Counters(**{"held_out_after": before, **position})
            self.network.load_state_dict(part["network"])
            self.average.load_state_dict(part["average"])
            checkpoint.unpack_optimizer(self.optimizer, part["optim"])
        except (RuntimeError, KeyError, ValueError, TypeError) as error:
            raise CheckpointError(f"{self.folder}: the checkpoint is not of this training "
                                             f"({str(error).splitlines()[-1].strip()})") from None
