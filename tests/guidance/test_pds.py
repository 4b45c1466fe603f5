r"""Posterior distillation against its closed form, psi (x0 - source) + chi DDS.

With c0 = alpha_s beta_t / sigma_t^2 and c1 = sqrt(1 - beta_t)(sigma_s / sigma_t)^2, DDPM's posterior mean of x0^ and
x_t, and x0^ = (x_t - sigma eps^) / alpha:

    psi = (alpha_s - c0 - c1 alpha_t) / std,    chi = c0 sigma_t / (alpha_t std)
    std = (sigma_s / sigma_t) sqrt(beta_t)
"""

from dataclasses import replace

import pytest
import torch

from guidance.methods._base import Extra
from guidance.methods.dds import DDS
from guidance.methods.dds import Config as DdsConfig
from guidance.methods.pds import PDS, Config
from tests.guidance.closed import EPS, EPS2, FLOW, PLAIN, SOURCE, VP, X0, T, asked, close, prior
from tests.ideal import ABAR

EXTRA = Extra(noise=EPS2, source=SOURCE)


def parts(step):
    """psi and chi, from the betas, as diffusers' DDPM would have it."""
    abar, abar_s = (ABAR[t].view(-1, 1, 1, 1) for t in (T, T - step))
    beta = 1 - abar / ABAR[T - 1].view(-1, 1, 1, 1)
    std = ((1 - abar_s) / (1 - abar) * beta).sqrt()
    c0, c1 = abar_s.sqrt() * beta / (1 - abar), (1 - beta).sqrt() * (1 - abar_s) / (1 - abar)
    return (abar_s.sqrt() - c0 - c1 * abar.sqrt()) / std, c0 * ((1 - abar) / abar).sqrt() / std


@pytest.mark.parametrize("step", [1, 2, 5])
def test_pds_is_its_closed_form(step):
    query = asked(prior(), source="what it was")
    psi, chi = parts(step)
    delta = DDS(prior(), DdsConfig(**PLAIN, guidance_scale=100)).grad(X0, query, T, EPS, EXTRA)
    close(PDS(prior(), Config(**PLAIN, step=step)).grad(X0, query, T, EPS, EXTRA), psi * (X0 - SOURCE) + chi * delta)


def test_with_the_true_posterior_nothing_pulls_towards_the_source():
    psi, _ = parts(1)
    assert psi.abs().max() < 1e-12 and (parts(2)[0] > 0.003).all()


@pytest.mark.parametrize("schedule", [VP, FLOW], ids=["vp", "flow"])
def test_the_source_under_its_own_words_stays(schedule):
    of = prior(schedule)
    grad = PDS(of, Config(**PLAIN)).grad(X0, asked(of, source="it"), T, EPS, Extra(noise=EPS2, source=X0))
    assert grad.abs().max() < 1e-6


def test_the_least_level_has_a_posterior_too():
    of = prior()
    t = torch.zeros(4, dtype=torch.long)
    assert PDS(of, Config(**PLAIN)).grad(X0, asked(of, source="bad"), t, EPS, EXTRA).isfinite().all()


def test_a_step_of_nothing_is_refused():
    with pytest.raises(ValueError, match="step: need > 0, got 0"):
        Config(step=0)


def test_views_are_repelled_from_the_picture_and_not_from_its_source():
    """Perp-Neg says what the edited picture should not show; the source is what it is."""
    of = prior()
    query = asked(of, source="what it was")
    repelled = replace(query, repel=(of.condition(["bad"]).expand(4),), repel_weight=torch.ones(1, 4, dtype=torch.float64))
    method = PDS(of, Config(**PLAIN))
    plain, got = (method.grad(X0, q, T, EPS, EXTRA) for q in (query, repelled))
    own = of.asked[-2:]
    assert own == [12, 8] and not torch.allclose(plain, got)
