"""Score distillation sampling, exact against a prior in closed form."""

from dataclasses import replace
from types import SimpleNamespace
from typing import get_args, get_type_hints

import pytest
import torch

from guidance.conditions import Query
from guidance.methods._base import WEIGHTS, Extra, clipped
from guidance.methods.sds import SDS, Config
from guidance.ramp import Ramp
from tests.ideal import IdealFolded, IdealMixture, IdealPrior

PLAIN = Config(guidance_scale=1.0, rescale=0.0, clamp=False, weight="sigma2")
T = torch.tensor([20, 300, 600, 980])
rng = torch.Generator().manual_seed(0)
X0, EPS = (torch.randn(4, 4, 4, 4, generator=rng, dtype=torch.float64) for _ in range(2))
MEAN = torch.randn(4, 4, 4, generator=rng, dtype=torch.float64)


def asked(prior, B=4):
    return Query(prior.condition(["it"]).expand(B), prior.condition([""]).expand(B))


@pytest.mark.parametrize("weight", WEIGHTS)
def test_sds_over_a_pair_of_opposite_noises_is_its_closed_form(weight):
    prior = IdealPrior({"it": MEAN}, std=0.5)
    method = SDS(prior, replace(PLAIN, weight=weight))
    got = sum(method.grad(X0, asked(prior), T, e) for e in (EPS, -EPS)) / 2
    alpha, sigma = prior.schedule.at(T, X0)
    w = {"uniform": 1, "sigma2": sigma**2, "alpha_sigma2": alpha * sigma**2, "inverse_sigma2": sigma**-2,
         "score": alpha / sigma, "x0": sigma / alpha}[weight]
    want = w * alpha * sigma * (X0 - MEAN) / (alpha**2 * 0.25 + sigma**2)
    assert ((got - want).abs() / want.abs().max()).max() < 1e-12


def test_the_loss_has_the_gradient_over_the_batch():
    prior = IdealPrior({"it": MEAN})
    method, x0 = SDS(prior, PLAIN), X0.clone().requires_grad_()
    (got,) = torch.autograd.grad(method.loss(x0, asked(prior), T, EPS), x0)
    assert torch.equal(got, method.grad(X0, asked(prior), T, EPS) / 4)


def test_weight_x0_is_the_step_to_the_clean_guess():
    prior = IdealPrior({"it": MEAN})
    method = SDS(prior, Config())               # rescaled and clamped too
    alpha, sigma = prior.schedule.at(T, X0)
    x_t = prior.schedule.noise(X0, EPS, T)
    eps_hat = method.guided(x_t, T, asked(prior), Extra())
    want = X0 - (x_t - sigma * eps_hat) / alpha
    assert (method.grad(X0, asked(prior), T, EPS) - want).abs().max() < 1e-11
    assert (X0 - want).abs().max() < 1 + 1e-11


def test_config_offers_every_weight():
    assert get_args(get_type_hints(Config)["weight"]) == tuple(WEIGHTS)


def test_folded_pixels_change_nothing():
    grads = [SDS(prior, Config()).grad(X0, asked(prior), T, EPS)
             for prior in (IdealPrior({"it": MEAN}), IdealFolded({"it": MEAN}))]
    assert (grads[0] - grads[1]).abs().max() < 1e-12


def test_t_stays_in_its_range_and_the_range_moves_with_progress():
    method, seen = SDS(IdealPrior(), Config()), {}
    for progress in (0.0, 0.999):
        stream = torch.Generator().manual_seed(1)
        seen[progress] = torch.cat([method.draw(X0, progress, stream)[0] for _ in range(500)])
    assert 300 <= seen[0.0].min() <= 305 and 975 <= seen[0.0].max() <= 980
    assert 100 <= seen[0.999].min() <= 105 and 475 <= seen[0.999].max() <= 481
    assert abs(seen[0.0].double().mean() - 640) < 5


def test_every_picture_sees_every_level():
    stream = torch.Generator().manual_seed(1)
    first = torch.stack([SDS(IdealPrior(), Config()).draw(X0, 0.0, stream)[0] for _ in range(500)])[:, 0]
    assert first.min() < 320 and first.max() > 960


def test_a_step_sees_each_quarter_of_the_levels_once():
    stream = torch.Generator().manual_seed(1)
    for _ in range(20):
        t, _ = SDS(IdealPrior(), Config(t_min=Ramp(0, 0), t_max=Ramp(0.999, 0.999))).draw(X0, 0.0, stream)
        assert (t // 250).sort().values.tolist() == [0, 1, 2, 3]


def test_an_empty_range_is_one_level():
    t, _ = SDS(IdealPrior(), Config(t_min=Ramp(0.4, 0.4), t_max=Ramp(0.4, 0.4))).draw(X0, 0.0, torch.Generator())
    assert t.tolist() == [400] * 4


def test_one_stream_gives_one_draw():
    draws = [SDS(IdealPrior(), Config()).draw(X0, 0.0, torch.Generator().manual_seed(5)) for _ in range(2)]
    assert all(torch.equal(a, b) for a, b in zip(*draws, strict=True))


def test_clip_bounds_elements_and_clip_norm_pictures():
    sizes = torch.tensor([0.01, 1, 100]).view(-1, 1, 1, 1)
    g = torch.randn(3, 4, 8, 8, generator=torch.Generator().manual_seed(0)) * sizes
    assert clipped(g, 0, 0) is g
    assert clipped(g, 0.5, 0).abs().max() == 0.5
    bound = clipped(g, 0, 2.0)
    assert torch.equal(bound[0], g[0])
    torch.testing.assert_close(bound.flatten(1).norm(dim=1)[1:], torch.tensor([2.0, 2.0]))
    torch.testing.assert_close(torch.nn.functional.cosine_similarity(bound.flatten(1), g.flatten(1)), torch.ones(3))


def test_strength_scales_the_gradient():
    prior = IdealPrior({"it": MEAN})
    one, third = (SDS(prior, replace(PLAIN, strength=s)).grad(X0, asked(prior), T, EPS) for s in (1.0, 0.25))
    assert torch.equal(third, one / 4)


@pytest.mark.parametrize("bad, words", [
    (dict(guidance_scale=-1), "guidance_scale: need >= 0, got -1"),
    (dict(clip=Ramp(-1, 0)), "clip: need >= 0, got -1"),
    (dict(rescale=1.5), r"rescale: need \[0, 1\], got 1.5"),
    (dict(t_max=Ramp(1.2, 0.5)), r"t_max: need fractions in \[0, 1\], got 1.2, 0.5"),
    (dict(t_min=Ramp(0.5, 0.5)), "t_min: need t_min <= t_max, got 0.5, 0.5 and 0.98, 0.48")])
def test_a_bad_value_is_answered_with_its_name_and_range(bad, words):
    with pytest.raises(ValueError, match=words):
        Config(**bad)


def descend(prior, x, cfg, steps=150, lr=0.1):
    """A picture of parameters under SDS, as the loop drives it."""
    opacity, stream = torch.full((2, 4, 4, 1), 0.5), torch.Generator().manual_seed(0)
    x = x.clone().requires_grad_()
    optimizer = torch.optim.Adam([x], lr=lr, betas=(0.5, 0.9))
    for step in range(steps):
        picture = SimpleNamespace(rgb=None, premultiplied=x, opacity=opacity)
        optimizer.zero_grad()
        SDS(prior, cfg).losses(picture, asked(prior, 2), step / steps, stream)["distill"].backward()
        optimizer.param_groups[0]["lr"] = lr * (1 - step / steps)
        optimizer.step()
    return x.detach()


def test_a_picture_ends_at_the_mean_of_what_the_prompt_means():
    start = torch.rand(2, 4, 4, 3, generator=torch.Generator().manual_seed(1))
    x = descend(IdealPrior({"it": 0.5}, std=0.05), start, PLAIN)
    assert (x - 0.75).abs().max() < 0.02                # x0 = 0.5 is color 0.75


def test_of_two_meanings_a_picture_chooses_the_nearer():
    prior = IdealMixture((-0.6, 0.6))
    start = torch.stack([torch.full((4, 4, 3), 0.3), torch.full((4, 4, 3), 0.7)])
    x = descend(prior, start, replace(PLAIN, t_min=Ramp(0.02, 0.02), t_max=Ramp(0.3, 0.3)))
    assert (x[0] - 0.2).abs().max() < 0.05 and (x[1] - 0.8).abs().max() < 0.05
