r"""Iterative dataset update against its closed form, and what it keeps.

As in HiFA's test n even DDIM steps multiply u = x - alpha m by F; so V = m + F (x_t - alpha m), and over a pair of noises
E (x0 - V) = (1 - F alpha)(x0 - m).
"""

from dataclasses import replace

import pytest
import torch

from guidance.conditions import Cutout
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


def test_inside_a_silhouette_the_picture_has_it_and_what_lies_beside_it_is_left_as_it_is():
    one = method(prior(), inside=True)
    color, shape = torch.rand(2, 4, 4, 3, dtype=torch.float64), torch.zeros(2, 4, 4, 1, dtype=torch.float64)
    shape[:, 1:] = 1
    shape[:, 1] = 0.5                                                       # an edge
    opacity = torch.ones_like(shape)
    opacity[:, 3] = 0.2                                                     # the picture's thing ends there
    opacity[:, 2] = 0.8
    gray = 0.3 * shape.expand_as(color)
    drawn, seen = Cutout(color * opacity, color * opacity, opacity), Cutout(gray, gray, shape)
    premultiplied, kept = one.prior.decode(one.within(one.prior.encode(drawn), one.prior.encode(seen)))
    close(kept, shape)
    close(premultiplied[:, :3], (shape * color)[:, :3])
    close(premultiplied[:, 3], seen.premultiplied[:, 3])


def test_the_pictures_of_a_model_are_kept_inside_its_silhouette():
    of = prior()
    one = method(of, inside=True)
    one.grad(X0, viewed(of, 0, 1, 2, 3), T, EPS)
    kept = torch.stack([one.kept[view][1] for view in range(4)])
    close(kept[:, 3:], X0[:, 3:])


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
    with pytest.warns(UserWarning, match="the prior 'ideal' is shown no reference.*take text-to-nerf or texture-sds"):
        IDU(prior(), Config())
