"""Noise-free score distillation against its closed form.

    E d_C = -alpha sigma (m_y - m_0) / V
    E d_D = alpha sigma (x0 - m_0) / V                  below 0.2 T
            alpha sigma (m_bad - m_0) / V               above: eps_0 - eps_bad, and no noise is left
"""

import torch

from guidance.methods.nfsd import NFSD, Config
from guidance.prompts import Prompts
from tests.guidance.closed import EPS, EPS2, X0, M, T, asked, close, expected, levels, prior

SETTINGS = Config(weight="uniform", guidance_scale=7.5, factor=3.0)


def test_nfsd_is_its_closed_form():
    alpha, sigma, V = levels(T)
    low = torch.tensor([True, False, False, False]).view(-1, 1, 1, 1)
    d_D = torch.where(low, X0 - M[""], 3 * (M["bad"] - M[""]))
    want = alpha * sigma / V * (d_D - 7.5 * (M["it"] - M[""]))
    close(expected(NFSD(prior(), SETTINGS), asked(prior(), bad="bad")), want)


def test_at_high_levels_no_noise_is_left():
    method, query = NFSD(prior(), SETTINGS), asked(prior(), bad="bad")
    one, two = (method.grad(X0, query, T, eps) for eps in (EPS, EPS2))
    close(one[1:], two[1:])
    assert (one[0] - two[0]).abs().max() > 0.01


def test_its_bad_words_are_asked_for_without_view_words():
    method = NFSD(of := prior(), Config(bad="bad"))
    query = Prompts(of, "it", others=method.texts())(torch.zeros(2), torch.zeros(2))
    assert torch.equal(query.others["bad"].text[0].flatten(), M["bad"].flatten())
    assert not query.others["bad"].pose.any() and query.positive.pose.any()
