"""Rows of a scene's parameters, and Adam's moments of the same rows: split, cloned, relocated and removed together.

    parameter' = parameter[index],    m' = m[index],  v' = v[index],  both 0 where a row is fresh

One call says all of that: an index that leaves out a row removes it, one that has it twice clones it. A parameter stays
the same object, so the optimiser, its groups and their learning rates need not know. The count of steps is of the whole
parameter and goes on, as in gsplat (strategy/ops.py); a fresh row's first steps are then smaller by Adam's bias
correction than a new parameter's would be.
"""

import torch
from torch import Tensor
from torch.nn import Parameter

MOMENTS = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")


@torch.no_grad()
def take(optimizer: torch.optim.Optimizer, parameters: list[Parameter], index: Tensor, fresh: Tensor) -> None:
    """Give each of ``parameters`` the rows ``index`` of what it had, in place; gradients are dropped.

    Args:
        optimizer: Adam of these parameters; one that it does not know, or that has made no step, has no moments.
        parameters: [N, ...] each, of the same N.
        index: [M] int64 into the rows.
        fresh: [M] bool: rows whose moments begin at 0.

    Raises:
        ValueError: parameters of different lengths, or an index outside of them.
    """
    lengths = {len(p) for p in parameters}
    if len(lengths) != 1:
        raise ValueError(f"take: parameters of {sorted(lengths)} rows, want one number")
    low, high = torch.stack(index.aminmax()).tolist() if len(index) else (0, -1)
    if low < 0 or high >= min(lengths):
        raise ValueError(f"take: rows {low} to {high}, have {min(lengths)}")
    for parameter in parameters:
        state = optimizer.state.get(parameter, {})
        for name in MOMENTS:
            if name in state:
                moment = state[name][index]
                state[name] = moment.masked_fill(fresh.view(-1, *[1] * (moment.ndim - 1)), 0)
        parameter.data = parameter.data[index]
        parameter.grad = None
