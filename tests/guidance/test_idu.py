r"""Iterative dataset update against its closed form, and what it keeps.

As in HiFA's test n even DDIM steps multiply u = x - alpha m by F; so V = m + F (x_t - alpha m), and over a pair of noises
E (x0 - V) = (1 - F alpha)(x0 - m).
"""

from dataclasses import replace

import pytest
import torch

from guidance.errors import MethodError
from guidance.methods._base import Extra
from guidance.methods.idu import IDU, Config
from guidance.ramp import Ramp
from tests.guidance.closed import EPS, PLAIN, X0, T, asked, close, guided_mean, levels, prior
from tests.guidance.test_hifa import through

LOW = {**PLAIN, "weight": "x0", "t_max": Ramp(0.8, 0.8)}


def method(of, **settings):
    return IDU(of, Config(**LOW | settings))


def viewed(of, *views):
    return replace(asked(of), viewpoint=torch.tensor(views))


@pytest.mark.parametrize("steps", [1, 3])
def test_idu_is_its_closed_form(steps):
    calls = max(round(steps * 980 / 1000), 1)
    F = through(calls)
    got = sum(method(prior(), steps=steps).grad(X0, viewed(prior(), 0, 1, 2, 3), T, sign * EPS) for sign in (1, -1)) / 2
    close(got, (1 - F * levels(T)[0]) * (X0 - guided_mean(3)))


def test_a_picture_is_drawn_once_a_round_and_the_scene_is_fitted_to_it():
    of = prior()
    one = method(of, rounds=2, steps=2)
    first = one.grad(X0, viewed(of, 5, 0, 7, 2), T, EPS, Extra(0.1))
    asks = len(of.asked)
    again = one.grad(X0 + 1, viewed(of, 2, 5, 0, 7), T.roll(1), EPS, Extra(0.4))
    assert len(of.asked) == asks
    close(again, first.roll(1, 0) + (X0 - X0.roll(1, 0)) + 1)
    one.grad(X0, viewed(of, 5, 0, 7, 9), T, EPS, Extra(0.4))                    # one viewpoint is new
    assert set(of.asked[asks:]) == {2}, "its rows with and without the words, no other's"
    asks = len(of.asked)
    one.grad(X0, viewed(of, 5, 0, 7, 2), T, EPS, Extra(0.5))                    # another round: all anew
    assert set(of.asked[asks:]) == {8}


def test_what_it_keeps_goes_through_a_checkpoint():
    of = prior()
    one, other = method(of), method(of)
    query = viewed(of, 5, 0, 7, 2)
    one.grad(X0, query, T, EPS)
    other.load_state_dict(one.state_dict())
    asks = len(of.asked)
    assert torch.equal(other.grad(X0, query, T, EPS), one.grad(X0, query, T, EPS)) and len(of.asked) == asks
    with pytest.raises(KeyError, match="round.5"):
        other.load_state_dict({"picture.5": X0[0]})


def test_it_needs_viewpoints_and_at_first_a_prior_that_sees():
    with pytest.raises(MethodError, match="need cameras.kind: around"):
        method(prior()).grad(X0, replace(asked(prior()), viewpoint=None), T, EPS)
    with pytest.warns(UserWarning, match="the prior 'ideal' is shown no reference.*take the recipe text-to-nerf"):
        IDU(prior(), Config())
