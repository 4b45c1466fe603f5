r"""One Gaussian picture world for the tests of all methods, and what they have in common.

    x0 of words y ~ N(m_y, std^2):      eps(x_t, y) = sigma (x_t - alpha m_y) / V,      V = alpha^2 std^2 + sigma^2

Guidance of scale s shifts the mean: m(s) = m_u + s (m_y - m_u). A method whose residual is affine in eps has, as its
expectation over eps, the average over a pair +eps, -eps, which is exact: ``expected``.
"""

import torch

from guidance.conditions import Query
from guidance.methods._base import Extra
from guidance.ramp import Ramp
from guidance.schedule import Schedule
from tests.ideal import ABAR, IdealPrior

STD = 0.5
T = torch.tensor([30, 250, 600, 980])
rng = torch.Generator().manual_seed(0)
X0, EPS, EPS2, SOURCE = (torch.randn(4, 4, 4, 4, generator=rng, dtype=torch.float64) for _ in range(4))
WORDS = ("it", "", "not it", "bad", "source", "target", "what it was")
M = {word: torch.randn(4, 4, 4, generator=rng, dtype=torch.float64) for word in WORDS}
VP, FLOW = Schedule.from_alphas_cumprod(ABAR), Schedule.rectified_flow(1000, 3.0)
PLAIN = dict(weight="uniform", clamp=False, rescale=0.0)        # of methods with guidance: nothing but the residual


def prior(schedule=VP, prediction="epsilon"):
    return IdealPrior(M, std=STD, schedule=schedule, prediction=prediction)


def asked(of, negative="", **others):
    """"it", against "", or against ``negative`` with "" known too; ``others``: name = words."""
    say = {words: of.condition([words]).expand(len(X0)) for words in ("it", "", negative, *others.values())}
    return Query(say["it"], say[negative], empty=say[""] if negative else None,
                 others={name: say[words] for name, words in others.items()}, viewpoint=torch.arange(len(X0)))


def guided_mean(scale, positive="it", negative=""):
    return M[negative] + scale * (M[positive] - M[negative])


def levels(t, schedule=VP):
    """alpha, sigma, V of the levels ``t``."""
    alpha, sigma = schedule.at(t, X0)
    return alpha, sigma, alpha**2 * STD**2 + sigma**2


def expected(method, query, **extra):
    """E over eps of ``method.grad`` at X0 and T, for what is affine in eps (and in the second noise)."""
    noise = extra.pop("noise", None)
    return sum(method.grad(X0, query, T, sign * EPS, Extra(**extra, noise=None if noise is None else sign * noise))
               for sign in (1, -1)) / 2


def close(got, want):
    assert ((got - want).abs().max() / want.abs().max()) < 1e-9


def still(value):
    return Ramp(value, value)


