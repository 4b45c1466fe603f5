"""Asynchronous score distillation against its closed form, at a later level t' that is given.

    E r = alpha sigma (x0 - m(s)) / V - alpha' sigma' (x0 - m_y) / V'
"""

import torch

from guidance.methods.asd import ASD, Config
from tests.guidance.closed import EPS, PLAIN, X0, M, T, asked, close, expected, guided_mean, levels, prior, still

LATER = torch.tensor([31, 270, 655, 999])


def test_asd_is_its_closed_form():
    (alpha, sigma, V), (alpha2, sigma2, V2) = levels(T), levels(LATER)
    want = alpha * sigma * (X0 - guided_mean(7.5)) / V - alpha2 * sigma2 * (X0 - M["it"]) / V2
    close(expected(ASD(prior(), Config(**PLAIN)), asked(prior()), level=LATER), want)


def test_both_pictures_hold_the_same_noise():
    """At t' = t and without guidance nothing is left, whatever the noise."""
    of = prior()
    method = ASD(of, Config(**PLAIN, guidance_scale=1.0, eta=0.0))
    extra = method.extra(X0, T, 0.0, torch.Generator(), None)
    assert torch.equal(extra.level, T) and method.grad(X0, asked(of), T, EPS, extra).abs().max() < 1e-12


def test_the_second_level_lies_later_by_up_to_a_tenth_of_the_way_from_the_least():
    method = ASD(prior(), Config(t_min=still(0.02), t_max=still(0.98)))
    t = torch.full((4000,), 520)
    ahead = method.extra(X0, t, 0.0, torch.Generator().manual_seed(0), None).level - t
    assert ahead.min() == 0 and ahead.max() == 49 and abs(ahead.double().mean() - 24.5) < 1
    assert method.extra(X0, torch.tensor([999]), 0.0, torch.Generator(), None).level.item() == 999
