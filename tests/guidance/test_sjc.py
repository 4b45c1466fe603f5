"""Score Jacobian chaining against its closed form.

    E r = E (z - s n - D) / s = E eps^ = alpha sigma (x0 - m(scale)) / V,       with or without the drawn noise
"""

import pytest
import torch

from guidance.methods.sds import SDS
from guidance.methods.sds import Config as SdsConfig
from guidance.methods.sjc import SJC, Config
from tests.guidance.closed import EPS, PLAIN, X0, T, asked, close, expected, guided_mean, levels, prior


@pytest.mark.parametrize("reduced", [True, False])
def test_sjc_is_its_closed_form(reduced):
    alpha, sigma, V = levels(T)
    got = expected(SJC(prior(), Config(**PLAIN, guidance_scale=100, reduced=reduced)), asked(prior()))
    close(got, alpha * sigma * (X0 - guided_mean(100)) / V)


def test_the_papers_weight_gives_the_score_of_the_blurred_pictures():
    """-r / s is the gradient of log N(x0; m, std^2 + s^2), the density of pictures blurred by s, averaged."""
    alpha, sigma, _ = levels(T)
    method = SJC(prior(), Config(**{**PLAIN, "weight": "score"}, guidance_scale=1))
    close(-expected(method, asked(prior())), (guided_mean(1) - X0) / (0.5**2 + (sigma / alpha) ** 2))


def test_with_its_noise_subtracted_sjc_is_sds():
    of = prior()
    one, two = (method.grad(X0, asked(of), T, EPS)
                for method in (SJC(of, Config(**PLAIN, guidance_scale=7)), SDS(of, SdsConfig(**PLAIN, guidance_scale=7))))
    close(one, two)


def test_the_drawn_noise_only_adds_variance():
    of = prior()
    spread = [torch.stack([SJC(of, Config(**PLAIN, guidance_scale=1, reduced=reduced)).grad(X0, asked(of), T, sign * EPS)
                           for sign in (1, -1)]).var(0).mean() for reduced in (True, False)]
    assert spread[0] < spread[1]
