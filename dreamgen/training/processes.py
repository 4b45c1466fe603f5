"""Several processes that train one network together, as started by `torchrun` or `accelerate launch`; without those, one.

    g = 1/n sum_i g_i,      g_i the gradient of process i's share of the batch

Every process draws the random numbers of the whole batch and uses every n-th picture of it. So n processes give the
training of one process, up to the rounding of the sum. The first process keeps the time, writes files and reports.
"""

import torch
from accelerate import PartialState
from accelerate.utils import broadcast, reduce
from torch import Tensor

from ..errors import ConfigError


class Processes:
    """Attributes: ``count``; ``rank`` of this one, 0 the first; ``device``, its own where several share a machine."""

    def __init__(self, device: torch.device, batch: int):
        self.state = PartialState(cpu=device.type == "cpu")
        self.count, self.rank = self.state.num_processes, self.state.process_index
        self.device = self.state.device if self.count > 1 else device
        if batch % self.count:
            raise ConfigError(f"--batch: need a multiple of the {self.count} processes, got {batch}")

    @property
    def first(self) -> bool:
        return self.rank == 0

    def share(self, rows):
        """This process's part of a batch: a list, or a tensor's rows."""
        return rows[self.rank::self.count]

    def in_turn(self):
        """A context that the first process leaves before the others enter."""
        return self.state.main_process_first()

    def agree(self, minutes: float, stop: bool) -> tuple[float, bool]:
        """What the first process says: clocks differ, and Ctrl-C does not reach all of them in the same step."""
        if self.count == 1:
            return minutes, stop
        agreed = broadcast(torch.tensor([minutes, stop], dtype=torch.float64, device=self.device))
        return float(agreed[0]), bool(agreed[1])

    @torch.no_grad()
    def average(self, parameters: list[Tensor], loss: Tensor) -> Tensor:
        """Make every gradient, and ``loss`` [], the mean over the processes, in one message; returns the loss."""
        if self.count == 1:
            return loss
        message = torch.cat([*(p.grad.flatten() for p in parameters), loss.view(1)])
        mean = reduce(message, "mean").split([*(p.numel() for p in parameters), 1])
        for p, g in zip(parameters, mean, strict=False):
            p.grad.copy_(g.view_as(p))
        return mean[-1][0]
