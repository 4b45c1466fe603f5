r"""Multi-view SDS against its closed form.

    w r = x0 - (phi std_y / std^ + 1 - phi) x0^
    x0^ = m(s) + alpha std^2 (x_t - alpha m(s)) / V,    x0_y likewise of m_y

with the standard deviations over all pictures of a group. With phi = 0, E w r = sigma^2 (x0 - m(s)) / V.
"""

import pytest
import torch

from guidance.errors import MethodError
from guidance.methods.mvsds import MVSDS, Config
from tests.guidance.closed import EPS, STD, X0, M, T, asked, close, expected, guided_mean, levels, prior

PLAIN = dict(clamp=False, guidance_scale=50.0)


def test_without_rescale_mvsds_is_its_closed_form():
    _, sigma, V = levels(T)
    close(expected(MVSDS(prior(), Config(**PLAIN, rescale=0.0)), asked(prior())), sigma**2 * (X0 - guided_mean(50)) / V)


@pytest.mark.parametrize("views", [1, 2, 4])
def test_the_rescale_is_of_the_whole_group(views):
    alpha, sigma, V = levels(T)
    x_t = alpha * X0 + sigma * EPS
    x0_hat, x0_y = (m + alpha * STD**2 * (x_t - alpha * m) / V for m in (guided_mean(50), M["it"]))
    ratio = torch.cat([(x0_y[i:i + views].std() / x0_hat[i:i + views].std()).expand(views) for i in range(0, 4, views)])
    want = X0 - (0.7 * ratio.view(-1, 1, 1, 1) + 0.3) * x0_hat
    close(MVSDS(prior(), Config(**PLAIN, rescale=0.7, views=views)).grad(X0, asked(prior()), T, EPS), want)


def test_the_views_of_a_group_share_their_level_and_groups_do_not():
    t, eps = MVSDS(prior(), Config(views=2)).draw(X0, 0.9, torch.Generator().manual_seed(0))
    assert t[0] == t[1] and t[2] == t[3] and t[0] != t[2]
    assert not torch.equal(eps[0], eps[1])


def test_pictures_that_make_no_whole_group_are_refused():
    with pytest.raises(MethodError, match="mvsds: need a multiple of guidance.views = 3 pictures a step, got 4"):
        MVSDS(prior(), Config(views=3)).draw(X0, 0.0, torch.Generator())
