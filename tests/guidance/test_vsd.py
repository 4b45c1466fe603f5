r"""Variational score distillation against its closed form.

With a Gaussian student N(mu, tau^2), eps_phi = sigma (x_t - alpha mu) / V_tau, so

    E r = alpha sigma (x0 - m(s)) / V - alpha sigma (x0 - mu) / V_tau,        V_tau = alpha^2 tau^2 + sigma^2

which is 0 where the student is the guided prior, and SDS' where tau = 0 and mu = x0. A student of two particles at p_k
is the mixture of two such points; the expectation over eps is then an integral, done by quadrature.
"""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from guidance import priors
from guidance.conditions import Query
from guidance.methods.sds import SDS
from guidance.methods.sds import Config as SdsConfig
from guidance.methods.vsd import VSD, Config, Fit, Fits, described
from guidance.prompts import Prompts
from tests.guidance.closed import EPS, EPS2, PLAIN, X0, M, T, asked, close, expected, guided_mean, levels, prior
from tests.ideal import IdealMixture, IdealPrior, mean_over_eps

ANGLES = torch.tensor([0.0, 2.0])


class Points:
    """An exact student of the pictures ``at`` [N, C, H, W]: row by row, or (``mixed``) of all alike."""

    def __init__(self, schedule, at, mixed=False):
        self.schedule, self.at, self.mixed = schedule, at, mixed

    def eps(self, x_t, t, condition):
        if self.mixed:
            return IdealMixture(self.at.flatten().tolist(), std=0.0, size=1, channels=1).eps(x_t, t, condition)
        alpha, sigma = self.schedule.at(t, x_t)
        return (x_t - alpha * self.at) / sigma


def test_vsd_is_its_closed_form():
    student = IdealPrior(M, std=0.2)
    query = replace(asked(prior()), plain=student.condition(["target"]).expand(4))
    alpha, sigma, V = levels(T)
    want = alpha * sigma * ((X0 - guided_mean(7.5)) / V - (X0 - M["target"]) / (alpha**2 * 0.04 + sigma**2))
    close(expected(VSD(prior(), Config(**PLAIN), student), query), want)


def test_vsd_is_zero_at_its_optimum():
    """Where renderings are spread as the prior's pictures and the student knows it: for every eps, not in the mean."""
    of = prior()
    assert VSD(of, Config(**PLAIN, guidance_scale=1.0), student=prior()).grad(X0, asked(of), T, EPS).abs().max() < 1e-12


def test_of_a_point_mass_vsd_is_sds():
    of = prior()
    got = VSD(of, Config(**PLAIN), Points(of.schedule, X0)).grad(X0, asked(of), T, EPS)
    close(got, SDS(of, SdsConfig(**PLAIN, guidance_scale=7.5)).grad(X0, asked(of), T, EPS))


@pytest.mark.parametrize("t, where_sds_ends", [(50, 0.6), (200, 0.0)])
def test_two_particles_spread_over_two_modes_where_sds_collapses(t, where_sds_ends):
    """Modes at +-0.6, particles begin at 0.1 and 0.2: SDS takes both to the nearer mode or, noisier, between them."""
    nodes = 40
    of = IdealMixture((-0.6, 0.6), size=1, channels=1)
    it = of.condition(["it"]).expand(nodes)
    query, level, bare = Query(it, it), torch.full((nodes,), t), dict(clamp=False, rescale=0.0, weight="x0", guidance_scale=1.0)
    ends = {}
    for kind in ("sds", "vsd"):
        x = torch.tensor([0.1, 0.2], dtype=torch.float64).view(2, 1, 1, 1)
        for _ in range(60):
            student = Points(of.schedule, x, mixed=True)
            method = SDS(of, SdsConfig(**bare)) if kind == "sds" else VSD(of, Config(**bare), student)
            mean = [mean_over_eps(lambda eps, x0=one, method=method: method.grad(x0.expand(nodes, 1, 1, 1), query, level,
                                                                                 eps), nodes) for one in x]
            x = x - 0.5 * torch.stack(mean)
        ends[kind] = x.flatten()
    assert (ends["sds"] - where_sds_ends).abs().max() < 0.02
    assert (ends["vsd"] - torch.tensor([-0.6, 0.6])).abs().max() < 0.02


@pytest.fixture
def bundled(made):
    return priors.load(made, precision="float32")


def question(of):
    return Prompts(of, "a red cat")(ANGLES, 0 * ANGLES)


def picture(seed=0):
    rgba = torch.rand(2, 16, 16, 4, generator=torch.Generator().manual_seed(seed))
    return SimpleNamespace(rgb=None, premultiplied=rgba[..., :3].requires_grad_(), opacity=rgba[..., 3:])


def step(method, i):
    losses = method.losses(picture(i), question(method.prior), 0.1, torch.Generator().manual_seed(i))
    return losses["distill"].item()


def test_at_the_start_the_student_is_the_prior_so_that_only_guidance_is_left(bundled):
    method, query = VSD(bundled, Config(guidance_scale=1.0, clamp=False)), question(bundled)
    x0 = bundled.encode(picture()).detach()
    same = replace(query, plain=None)               # the student's text is the plain prompt
    assert method.grad(x0, same, T[:2], torch.randn_like(x0)).abs().max() < 1e-5
    assert method.grad(x0, query, T[:2], torch.randn_like(x0)).abs().max() > 1e-3


def test_the_students_steps_leave_the_prior_and_the_picture_alone(bundled):
    before = {name: weight.clone() for name, weight in bundled.network.state_dict().items()}
    method, p = VSD(bundled, Config(lr=0.1)), picture()
    losses = method.losses(p, question(bundled), 0.1, torch.Generator())
    assert p.premultiplied.grad is None
    sum(losses.values()).backward()
    assert p.premultiplied.grad.isfinite().all() and p.premultiplied.grad.any()
    after = bundled.network.state_dict()
    assert before.keys() == after.keys() and all(torch.equal(before[name], after[name]) for name in before)
    assert all(weight.grad is None for weight in bundled.network.parameters())


@pytest.mark.parametrize("fit_in", ["eps", "v", "sample"])
def test_the_student_learns_the_pictures_that_it_is_shown(bundled, fit_in):
    """On fixed draws its error falls below what the prior's was, with which it began."""
    method, query = VSD(bundled, Config(lr=0.03, lora_steps=12, adapt="all", fit_in=fit_in)), question(bundled)
    x0 = bundled.encode(picture()).detach().repeat(4, 1, 1, 1)
    t, eps = torch.linspace(100, 900, 8).long(), torch.randn(x0.shape, generator=torch.Generator().manual_seed(3))
    condition = described(query)[torch.arange(8) % 2]
    with torch.no_grad():
        before = method.fit_loss(x0, condition, t, eps)
        with torch.enable_grad():
            method.losses(picture(), query, 0.1, torch.Generator().manual_seed(0))
        assert method.fit_loss(x0, condition, t, eps) < 0.95 * before
        error = method.metrics["student"]
        assert method.metrics.keys() == {"t", "student"} and error > 0 and error.grad_fn is None


def test_resuming_gives_the_same_bits(bundled):
    whole, begun = (VSD(bundled, Config(lr=0.01, lora_steps=2)) for _ in range(2))
    want = [step(whole, i) for i in range(4)]
    assert [step(begun, i) for i in range(2)] == want[:2]
    saved = {name: value.clone() for name, value in begun.state_dict().items()}
    resumed = VSD(bundled, Config(lr=0.01, lora_steps=2))
    resumed.load_state_dict(saved)
    assert [step(resumed, i) for i in range(2, 4)] == want[2:]
    assert all(torch.equal(value, resumed.state_dict()[name]) for name, value in whole.state_dict().items())


def test_anothers_state_is_refused(bundled):
    with pytest.raises(KeyError, match="student"):
        VSD(bundled, Config()).load_state_dict({"adam.0.step": torch.zeros(())})


def test_the_fit_is_on_all_levels_and_some_cameras_are_not_told():
    method = VSD(prior(), Config(lora_steps=500), student=prior())
    method.optimizer = object()                     # what it would train with is of no matter here
    fits = method.extra(X0, T, 0.9, torch.Generator().manual_seed(0), None).fits
    t, told = torch.cat([fit.t for fit in fits]), torch.cat([fit.pose_conditioned for fit in fits])
    assert t.min() < 5 and t.max() > 994 and abs(t.double().mean() - 499.5) < 20
    assert abs(told.mean() - 0.9) < 0.02 and isinstance(fits[0], Fit)


@pytest.mark.parametrize("prediction, fit_in", [("epsilon", "eps"), ("v_prediction", "eps"), ("sample", "sample")])
def test_the_student_of_a_prior_that_predicts_the_clean_picture_is_measured_in_that(prediction, fit_in):
    of = prior(prediction=prediction)
    assert VSD(of, Config(), student=of).fit_in == fit_in and VSD(of, Config(fit_in="v"), student=of).fit_in == "v"


def test_the_loss_is_the_error_in_what_was_asked_for():
    of = prior()
    alpha, sigma, V = levels(T)
    error = sigma * (alpha * X0 + sigma * EPS2 - alpha * M["it"]) / V - EPS2
    for fit_in, want in (("eps", error), ("v", error / alpha), ("sample", error * sigma / alpha)):
        got = VSD(of, Config(fit_in=fit_in), student=prior()).fit_loss(X0, asked(of).positive, T, EPS2)
        torch.testing.assert_close(got, want.square().mean())


@pytest.mark.parametrize("bad, words", [(dict(rank=0), "rank: need > 0, got 0"), (dict(lr=0), "lr: need > 0, got 0"),
                                        (dict(pose_dropout=2), r"pose_dropout: need \[0, 1\], got 2")])
def test_bad_settings_are_named(bad, words):
    with pytest.raises(ValueError, match=words):
        Config(**bad)


class Heard:
    """A student of one weight that keeps what it was asked."""

    def __init__(self, schedule):
        self.schedule, self.weights, self.asked = schedule, {"w": torch.zeros((), requires_grad=True)}, []

    def eps(self, x_t, t, condition):
        self.asked.append((x_t, t, condition))
        return self.weights["w"] * x_t


def test_the_student_is_fitted_with_the_cameras_that_it_is_told():
    """And with the picture, level and noise of the fit, once a fit; the residual's call is told every camera."""
    of = prior()
    heard = Heard(of.schedule)
    method = VSD(of, Config(**PLAIN), heard)
    method.optimizer = torch.optim.SGD(heard.weights.values(), lr=0.1)
    told, t = torch.tensor([[1.0], [0.0], [1.0], [0.0]]), torch.tensor([5, 100, 500, 900])
    pose = torch.arange(1.0, 9).view(4, 2).double()
    query = asked(of)
    query = replace(query, positive=replace(query.positive, pose=pose))
    method.terms(None, X0.clone().requires_grad_(), query, T, EPS, Fits(fits=(Fit(t, EPS2, told),)))
    assert method.metrics["student"].item() == pytest.approx(EPS2.square().mean().item())          # of w = 0
    (_, _, seen), (x_t, level, fitted) = heard.asked
    assert torch.equal(seen.pose, pose) and torch.equal(fitted.pose, told * pose)
    assert torch.equal(level, t) and torch.equal(x_t, of.schedule.noise(X0, EPS2, t)) and not x_t.requires_grad
    slope = (2 * -EPS2 * x_t).mean()                    # of mean (w x_t - eps)^2 at w = 0
    torch.testing.assert_close(heard.weights["w"].detach().double(), -0.1 * slope, rtol=1e-5, atol=0)


def test_without_a_word_the_most_noise_falls_by_half_after_a_fifth_as_prolificdreamers():
    cfg = Config()
    assert [cfg.t_max(progress) for progress in (0.0, 0.19, 0.2, 0.9)] == [0.98, 0.98, 0.5, 0.5]
    assert {cfg.t_min(progress) for progress in (0.0, 0.5, 1.0)} == {0.02}
