"""DDIM inversion against the probability flow, which is known for Gaussian pictures."""

import pytest
import torch

from guidance.inversion import invert
from tests.guidance.closed import FLOW, VP, X0, M, T, asked, close, levels, prior


@pytest.mark.parametrize("schedule", [VP, FLOW], ids=["vp", "flow"])
def test_many_steps_follow_the_probability_flow(schedule):
    """It keeps (x_t - alpha m) / sqrt(V): the picture keeps its place among the prior's, in standard deviations."""
    of = prior(schedule)
    start, end = (levels(t, schedule) for t in (torch.zeros_like(T), T))
    want = end[0] * M["it"] + (end[2] / start[2]).sqrt() * start[0] * (X0 - M["it"])
    found = [invert(schedule, lambda x, t: of.eps(x, t, asked(of).positive), X0, T, torch.full_like(T, steps))
             for steps in (10, 100, 900)]
    errors = [(x_t - want).abs().max() for x_t in found]
    assert errors[0] > 7 * errors[1] and errors[2] < 0.03       # a method of the first order


def test_going_back_the_same_way_returns_the_picture():
    of = prior()

    def eps(x, t):
        return of.eps(x, t, asked(of).positive)

    x, steps = invert(VP, eps, X0, T, torch.full_like(T, 900)), 900
    for k in range(steps, 0, -1):
        here, there = (torch.div(T * i, steps, rounding_mode="floor") for i in (k, k - 1))
        x = VP.ddim(x, eps(x, here), here, there)
    assert (x - VP.at(0 * T, X0)[0] * X0).abs().max() < 0.03


def test_no_steps_give_the_picture_at_the_least_level():
    close(invert(VP, None, X0, 0 * T, 0 * T), VP.alpha[0] * X0)


def test_a_picture_is_inverted_alike_whoever_is_inverted_with_it():
    of, steps = prior(), torch.tensor([1, 2, 4, 5])

    def inverted(rows):
        return invert(VP, lambda x, t: of.eps(x, t, asked(of).positive[rows]), X0[rows], T[rows], steps[rows])

    close(inverted(torch.arange(4)), torch.cat([inverted(torch.tensor([i])) for i in range(4)]))
