"""Rows of parameters and of Adam's moments, taken together."""

import pytest
import torch

from renderers.rows import take


def trained(rows=5, steps=3):
    parameters = [torch.nn.Parameter(torch.arange(rows * k, dtype=torch.float32).view(rows, k) + 1) for k in (3, 1)]
    other = torch.nn.Parameter(torch.ones(7))
    adam = torch.optim.Adam([{"params": [p], "lr": 0.1} for p in (*parameters, other)], fused=True)
    for _ in range(steps):
        adam.zero_grad()
        (sum(p.square().sum() for p in parameters) + other.sum()).backward()
        adam.step()
    return parameters, other, adam


def test_values_and_moments_follow_the_index_and_fresh_rows_begin_anew():
    parameters, other, adam = trained()
    before = [(p.detach().clone(), adam.state[p]["exp_avg"].clone(), adam.state[p]["exp_avg_sq"].clone()) for p in parameters]
    index, fresh = torch.tensor([4, 0, 0, 2]), torch.tensor([False, False, True, False])
    take(adam, parameters, index, fresh)
    for p, (value, first, second) in zip(parameters, before, strict=True):
        assert torch.equal(p, value[index]) and p.grad is None
        for name, moment in (("exp_avg", first), ("exp_avg_sq", second)):
            want = moment[index]
            want[2] = 0
            assert torch.equal(adam.state[p][name], want) and want[1].abs().min() > 0
    assert len(adam.state[other]["exp_avg"]) == 7


def test_the_optimizer_goes_on_with_the_new_rows():
    parameters, _, adam = trained()
    take(adam, parameters, torch.tensor([1, 1, 3]), torch.tensor([False, False, False]))
    adam.zero_grad()
    sum(p.square().sum() for p in parameters).backward()
    adam.step()
    assert all(torch.equal(p[0], p[1]) for p in parameters) and len(parameters[0]) == 3


def test_rows_left_alone_step_as_if_nothing_had_happened():
    (one, _), _, adam = trained()
    (same, _), _, untouched = trained()
    take(adam, [one], torch.tensor([0, 1, 2, 3, 4, 4]), torch.tensor([False] * 5 + [True]))
    for p, optimizer in ((one, adam), (same, untouched)):
        optimizer.zero_grad()
        p.square().sum().backward()
        optimizer.step()
    assert torch.equal(one[:5], same)


def test_wrong_rows_are_told():
    parameters, other, adam = trained()
    with pytest.raises(ValueError, match=r"take: rows 0 to 5, have 5"):
        take(adam, parameters, torch.tensor([0, 5]), torch.zeros(2, dtype=torch.bool))
    with pytest.raises(ValueError, match=r"take: parameters of \[5, 7\] rows, want one number"):
        take(adam, [parameters[0], other], torch.tensor([0]), torch.zeros(1, dtype=torch.bool))
