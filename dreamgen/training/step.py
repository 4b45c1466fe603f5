r"""One training step, entirely on the device: nothing is copied back.

    loss = mean_B  w(t) | v^ - v |^2,      v^ the network's v, or (alpha x_t - x0^) / max(sigma, SIGMA_MIN) of its x0^
    error = mean_B | mu - x0 |^2           of the mean picture, on a batch of its own
    weights <- AdamW,     average <- average + (1 - d) (weights - average)

On a GPU, launching some thousand small kernels from Python takes longer than their arithmetic: 202 ms with 160 pictures,
154 ms with 512 (an H200, benchmarks/gpu_run). With ``graph`` the step is recorded once and replayed as one launch (CUDA
graphs). What changes from step to step, the random numbers and the learning rate, is copied into fixed buffers first.
"""

from contextlib import nullcontext

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel

from guidance.schedule import Schedule

from ..io.rng import stream
from . import augment
from .captions import NUMBERS, Captions, numbers
from .processes import Processes
from .state import State
from .texts import Texts

PART = 4096             # pictures made smaller at once
WARM_UP = 3             # eager steps before a graph is recorded
SIGMA_MIN = 0.2         # x0^ near the clean picture weighs no more than at this level (Li and He, arXiv:2511.13720, have 0.05)


class Step:
    """Called with a learning rate, trains ``state`` by one batch and returns its loss [], still on the device.

    Args:
        pictures: [N, 4, S, S] uint8 on the device of the training.
        prediction: what the network says, "v_prediction" or "sample".
        graph: record the step as a CUDA graph; only for one process.
    """

    def __init__(self, state: State, captions: Captions, pictures: Tensor, texts: Texts, team: Processes,
                 schedule: Schedule, prediction: str, graph: bool = False):
        self.state, self.captions, self.pictures, self.texts = state, captions, pictures, texts
        self.team, self.schedule, self.prediction = team, schedule, prediction
        self.small = reduced(pictures, state.network.mean.config.size)
        self.device, cfg = pictures.device, state.cfg
        self.graph = torch.cuda.CUDAGraph() if graph and team.count == 1 and self.device.type == "cuda" else None
        self.recorded, self.eager_steps = False, 0
        B, S = cfg.batch // team.count, pictures.shape[-1]
        like = dict(device=self.device)
        self.numbers, self.mean_numbers = (torch.empty(n, NUMBERS, dtype=torch.float64, **like)
                                           for n in (B, len(range(team.rank, cfg.mean_batch, team.count))))
        self.level = torch.empty(B, **like)
        self.eps = torch.empty(B, 4, S, S, **like)
        self.loss = torch.zeros((), **like)

    def __call__(self, lr: float) -> Tensor:
        state, cfg, position, share = self.state, self.state.cfg, self.state.position, self.team.share
        self.numbers.copy_(share(numbers(cfg.batch, stream(cfg.seed, "pictures", position.step))))
        self.level.copy_(share(torch.rand(cfg.batch, generator=stream(cfg.seed, "t", position.step))))
        # Drawn where it is used: a large batch's noise takes a CPU longer than the step takes a GPU.
        there = torch.Generator(self.device).manual_seed(stream(cfg.seed, "eps", position.step).initial_seed())
        self.eps.copy_(share(torch.randn((cfg.batch, *self.eps.shape[1:]), generator=there, device=self.device)))
        self.mean_numbers.copy_(share(numbers(cfg.mean_batch, stream(cfg.seed, "mean", position.mean_step))))
        state.set_lr(lr)
        if self.graph is None or self.eager_steps < WARM_UP:
            self.compute()
            self.eager_steps += 1
        else:
            if not self.recorded:
                self.record()
            self.graph.replay()
        position.step += 1
        position.mean_step += 1
        position.seen += cfg.batch
        return self.loss.clone()

    def record(self) -> None:
        """Keep ``compute`` as the graph; nothing is computed yet."""
        self.state.optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(self.graph):
            self.compute()
        self.recorded = True

    def mean_alone(self, lr: float) -> None:
        """A step of the mean picture only, before the others."""
        cfg, position = self.state.cfg, self.state.position
        self.state.refresh()
        self.mean_numbers.copy_(self.team.share(numbers(cfg.mean_batch, stream(cfg.seed, "mean", position.mean_step))))
        self.state.set_lr(lr)
        error = self.learn_mean()
        self.state.collect()
        self.team.average([p for p in self.state.network.parameters() if p.grad is not None], error)
        self.state.descend()
        position.mean_step += 1

    def compute(self) -> None:
        """Gradients, AdamW and the average, from the numbers in their places to ``loss``."""
        state, cfg, schedule = self.state, self.state.cfg, self.schedule
        draws = self.captions.of(self.numbers)
        x0 = augment.batch(self.pictures, draws)
        condition = self.texts.condition(draws, augment.reference(self.pictures, draws))
        t = (len(schedule) * self.level**cfg.high_noise).long().clamp(max=len(schedule) - 1)
        # A CPU's flash attention makes a step a fifth longer: there are 64 tokens at most.
        attention = sdpa_kernel(SDPBackend.MATH) if self.device.type == "cpu" else nullcontext()
        state.refresh()
        network = state.working
        with attention:
            glance = network.look(condition)
            mu = network.mean_image(condition, glance).detach()
            output = network(schedule.noise(x0, self.eps, t), t, condition, mu, glance)
        errors = (output - schedule.target(self.prediction, x0, self.eps, t)).square().mean((1, 2, 3))
        if self.prediction == "sample":
            sigma = schedule.at(t, x0)[1].flatten()
            errors = errors / sigma.clamp(min=SIGMA_MIN).square()
        (errors * min_snr(schedule, t, cfg.min_snr)).mean().backward()
        self.learn_mean()
        state.collect()
        loss = self.team.average([*state.network.parameters()], errors.detach().mean())
        state.descend()
        state.follow()
        self.loss.copy_(loss)

    def learn_mean(self) -> Tensor:
        """Add the gradient of the mean picture's error; the error []."""
        draws = self.captions.of(self.mean_numbers)
        mu = self.state.working.mean_image(self.texts.condition(draws, augment.reference(self.pictures, draws)))
        error = (mu.float() - augment.batch(self.small, draws)).square().mean()
        error.backward()
        return error.detach()


def reduced(pictures: Tensor, size: int) -> Tensor:
    """[N, 4, S, S] uint8 as [N, 4, size, size]."""
    edge = pictures.shape[-1] // size
    return torch.cat([F.avg_pool2d(part.float(), edge).round().to(torch.uint8) for part in pictures.split(PART)])


def min_snr(schedule: Schedule, t: Tensor, gamma: float) -> Tensor:
    """w [B] of v-prediction's error; 1 with gamma = 0."""
    alpha, sigma = schedule.at(t, torch.empty((), device=t.device))
    snr = (alpha / sigma).square().flatten()
    return snr.clamp(max=gamma) / (snr + 1) if gamma else torch.ones_like(snr)
