r"""Interval score matching against its closed form.

Under the empty prompt's Gaussian, a DDIM step from s to t multiplies u = x - alpha m_0 by

    f(s, t) = (alpha_t alpha_s std^2 + sigma_t sigma_s) / V_s

so x_s and x_t are known, and r = sigma_t (x_t - alpha_t m(scale)) / V_t - sigma_s u_s / V_s. Nothing is random.
"""

import pytest
import torch

from guidance.methods._base import Extra
from guidance.methods.ism import ISM, Config
from guidance.ramp import Ramp
from tests.guidance.closed import EPS, EPS2, PLAIN, STD, X0, M, T, asked, close, guided_mean, levels, prior, still

SETTINGS = Config(**PLAIN, guidance_scale=7.5, delta=still(0.05), stride=0.2)


def factor(s, t):
    (alpha_s, sigma_s, V_s), (alpha_t, sigma_t, _) = levels(s), levels(t)
    return (alpha_t * alpha_s * STD**2 + sigma_t * sigma_s) / V_s


@pytest.mark.parametrize("negative", ["", "bad"])
def test_ism_is_its_closed_form(negative):
    """The path is the empty prompt's, also where guidance moves away from a negative one."""
    s = (T - 50).clamp(min=0)
    steps = torch.tensor([0, 1, 3, 5])                  # ceil(s / 200)
    stops = [torch.div(s * steps.clamp(max=k), steps.clamp(min=1), rounding_mode="floor") for k in range(6)]
    u_s = levels(stops[0])[0] * (X0 - M[""])
    for here, there in zip(stops, stops[1:], strict=False):
        u_s = torch.where((here < there).view(-1, 1, 1, 1), factor(here, there), 1.0) * u_s
    (alpha, sigma, V), (_, sigma_s, V_s) = levels(T), levels(s)
    x_t = factor(s, T) * u_s + alpha * M[""]
    want = sigma * (x_t - alpha * guided_mean(7.5, negative=negative)) / V - sigma_s * u_s / V_s
    close(ISM(prior(), SETTINGS).grad(X0, asked(prior(), negative), T, EPS), want)


def test_one_picture_at_one_level_has_one_gradient():
    of = prior()
    one, two = (ISM(of, SETTINGS).grad(X0, asked(of), T, eps) for eps in (EPS, EPS2))
    assert torch.equal(one, two)


def test_the_gradient_of_a_picture_does_not_depend_on_the_others_of_its_step():
    """So that processes that share the views of a step follow one that has them all."""
    of = prior()
    whole = ISM(of, SETTINGS).grad(X0, asked(of), T, EPS)
    close(torch.cat([ISM(of, SETTINGS).grad(X0[[i]], asked(of)[torch.tensor([i])], T[[i]], EPS[[i]]) for i in range(4)]), whole)


def test_an_exact_path_of_the_unguided_prior_has_nearly_no_gradient():
    """Guidance 0 asks what the path was made of: eps barely changes over a short interval, and not at all over none."""
    of = prior()
    sizes = [ISM(of, Config(**PLAIN, guidance_scale=0.0, delta=still(delta))).grad(X0, asked(of), T, EPS).abs().max()
             for delta in (0.0, 0.01, 0.05)]
    assert sizes[0] < 1e-12 < sizes[1] < sizes[2]


def test_strides_are_no_longer_than_asked_for_and_the_path_is_unguided():
    of = prior()
    ISM(of, SETTINGS).grad(X0, asked(of), T, EPS)
    assert of.asked == [4] * 6 + [8]                    # 5 strides, the interval, the guided call


def test_a_stride_of_nothing_is_refused():
    with pytest.raises(ValueError, match="stride: need > 0 and <= 1, got 0"):
        Config(stride=0)


def test_the_interval_follows_the_stage():
    """delta from 0.1 to 0.02: half way it is 0.06."""
    of = prior()
    moving, fixed = (ISM(of, Config(**PLAIN, delta=delta)) for delta in (Ramp(0.1, 0.02), still(0.06)))
    got = [moving.grad(X0, asked(of), T, EPS, Extra(progress)) for progress in (0.0, 0.5)]
    assert torch.equal(got[1], fixed.grad(X0, asked(of), T, EPS)) and not torch.allclose(got[0], got[1])
