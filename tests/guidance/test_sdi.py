r"""Score distillation via inversion against its closed form.

Under guidance of scale -s the mean is m(-s), and a DDIM step multiplies u = x - alpha m(-s) by f, as in ISM's test. So
kappa is known, and with n = kappa + eta eps,   E r = sigma (alpha x0 + sigma kappa - alpha m(s)) / V - kappa.
"""

import pytest
import torch

from guidance.methods._base import Extra
from guidance.methods.sdi import SDI, Config
from tests.guidance.closed import EPS, PLAIN, X0, T, asked, close, expected, guided_mean, levels, prior
from tests.guidance.test_ism import factor

SETTINGS = Config(**PLAIN, guidance_scale=7.5, eta=0.3)


def kappa():
    mean = guided_mean(-7.5)
    steps = torch.tensor([1, 2, 6, 10])                                             # round(10 t), at least 1
    stops = [torch.div(T * steps.clamp(max=k), steps, rounding_mode="floor") for k in range(11)]
    u = levels(stops[0])[0] * (X0 - mean)
    for here, there in zip(stops, stops[1:], strict=False):
        u = torch.where((here < there).view(-1, 1, 1, 1), factor(here, there), 1.0) * u
    alpha, sigma, _ = levels(T)
    return (u + alpha * mean - alpha * X0) / sigma


def test_sdi_is_its_closed_form():
    alpha, sigma, V = levels(T)
    want = sigma * (alpha * X0 + sigma * kappa() - alpha * guided_mean(7.5)) / V - kappa()
    close(expected(SDI(prior(), SETTINGS), asked(prior())), want)


def test_weight_x0_is_the_step_to_the_clean_guess_from_the_inferred_noise():
    of = prior()
    method, query = SDI(of, Config(**{**PLAIN, "weight": "x0"}, eta=0.0)), asked(of)
    x_t = of.schedule.noise(X0, kappa(), T)
    close(method.grad(X0, query, T, EPS), X0 - of.schedule.x0_from(method.guided(x_t, T, query, Extra()), x_t, T))


def test_the_fresh_noise_is_a_share_of_the_inferred_one():
    of = prior()
    for eta in (0.0, 0.3):
        _, n = SDI(of, Config(**PLAIN, eta=eta)).noise(X0, T, EPS, asked(of), Extra())
        close(n, kappa() + eta * EPS)


def test_levels_fall_linearly_and_are_jittered():
    method = SDI(prior(), Config())
    draws = {p: torch.cat([method.draw(X0, p, torch.Generator().manual_seed(i))[0] for i in range(200)])
             for p in (0.0, 0.5, 0.999)}
    assert draws[0.0].unique().tolist() == [999]
    assert 600 <= draws[0.5].min() <= 602 and 628 <= draws[0.5].max() <= 633
    assert 200 <= draws[0.999].min() <= 203 and 225 <= draws[0.999].max() <= 234


@pytest.mark.parametrize("bad, words", [(dict(steps=0), "steps: need > 0, got 0"),
                                        (dict(eta=-1), "eta: need >= 0, got -1")])
def test_bad_settings_are_named(bad, words):
    with pytest.raises(ValueError, match=words):
        Config(**bad)
