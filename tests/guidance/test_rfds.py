r"""Rectified-flow distillation against its closed form, on straight paths: alpha = 1 - sigma.

    r = (eps^ - eps) / (1 - sigma),         E r = sigma (x0 - m(s)) / V

Reverse: eps' = eps(x_t, y) = sigma (x_t - alpha m_y) / V replaces eps; its mean is e = alpha sigma (x0 - m_y) / V, and
    E r = [sigma (alpha x0 + sigma e - alpha m(s)) / V - e] / (1 - sigma)
"""

import pytest
import torch

from guidance.methods.rfds import RFDS, Config
from guidance.methods.sds import SDS
from guidance.methods.sds import Config as SdsConfig
from guidance.schedule import Schedule
from tests.guidance.closed import EPS, FLOW, PLAIN, VP, X0, M, T, asked, close, expected, guided_mean, levels, prior

ALPHA, SIGMA, V = levels(T, FLOW)
OF = prior(FLOW, "flow")


def test_rfds_is_its_closed_form():
    close(expected(RFDS(OF, Config(**PLAIN)), asked(OF)), SIGMA * (X0 - guided_mean(100)) / V)


def test_the_reverse_form_is_its_closed_form():
    e = ALPHA * SIGMA * (X0 - M["it"]) / V
    want = (SIGMA * (ALPHA * X0 + SIGMA * e - ALPHA * guided_mean(7)) / V - e) / ALPHA
    close(expected(RFDS(OF, Config(**PLAIN, guidance_scale=7, reverse=True)), asked(OF)), want)


def test_the_reverse_noise_is_where_the_unguided_velocity_leads():
    """eps + (1 - sigma)(v - (eps - x0)), the official code's step."""
    x_t = FLOW.noise(X0, EPS, T)
    eps_y = OF.eps(x_t, T, asked(OF).positive)
    v = eps_y - FLOW.x0_from(eps_y, x_t, T)
    _, got = RFDS(OF, Config(reverse=True)).noise(X0, T, EPS, asked(OF), None)
    close(got, EPS + ALPHA * (v - (EPS - X0)))


@pytest.mark.parametrize("schedule, factor", [(FLOW, 1 / ALPHA), (VP, 1 + levels(T)[1] / levels(T)[0])],
                         ids=["flow", "vp"])
def test_rfds_is_sds_with_another_weight(schedule, factor):
    of = prior(schedule)
    sds = SDS(of, SdsConfig(**PLAIN, guidance_scale=100)).grad(X0, asked(of), T, EPS)
    close(RFDS(of, Config(**PLAIN)).grad(X0, asked(of), T, EPS), factor * sds)
    assert torch.isfinite(sds).all()


def test_the_default_levels_are_the_official_sigmas_not_their_mirror_image():
    """Indices 300 and 980 of SD3's scheduler, whose timesteps descend from 1000: sigma 0.875 and 0.058 with shift 3."""
    cfg, sd3 = Config(), Schedule.rectified_flow(1000, shift=3.0)
    t = torch.tensor([sd3.index(cfg.t_min(0)), sd3.index(cfg.t_max(0))])
    sigma = sd3.at(t, X0)[1].flatten()
    torch.testing.assert_close(sigma, torch.tensor([0.058, 0.875], dtype=sigma.dtype), atol=4e-3, rtol=0)
