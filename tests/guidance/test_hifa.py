r"""HiFA against its closed form.

Under the guided Gaussian of mean m = m(s), n even DDIM steps multiply u = x - alpha m by F = prod f, the last of them
to the clean picture, f = alpha_s std^2 / V_s. So x0^ = m + F (x_t - alpha m), and E (x0 - x0^) = (1 - F alpha)(x0 - m).
"""

from types import SimpleNamespace

import pytest
import torch

from guidance.methods._base import Extra
from guidance.methods.hifa import HIFA, Config
from guidance.methods.sds import SDS
from guidance.methods.sds import Config as SdsConfig
from tests.guidance.closed import EPS, PLAIN, STD, X0, T, asked, close, expected, guided_mean, levels, prior
from tests.guidance.test_ism import factor

X0_WEIGHT = {**PLAIN, "weight": "x0"}


def through(steps):
    """F of ``steps`` even steps from T to the clean picture."""
    stops = [torch.div((T + 1) * (steps - k), steps, rounding_mode="floor") - 1 for k in range(steps)]
    F = torch.ones_like(X0)
    for here, there in zip(stops, stops[1:], strict=False):
        F = F * factor(here, there)
    alpha_s, _, V_s = levels(stops[-1])
    return F * alpha_s * STD**2 / V_s


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_hifa_is_its_closed_form(steps):
    F = through(steps)
    want = 0.05 * (1 - F * levels(T)[0]) * (X0 - guided_mean(100))
    close(expected(HIFA(prior(), Config(**X0_WEIGHT, steps=steps)), asked(prior())), want)


def test_with_one_step_hifa_is_sds():
    of = prior()
    one = HIFA(of, Config(**X0_WEIGHT, guidance_scale=7, steps=1, strength=1.0)).grad(X0, asked(of), T, EPS)
    close(one, SDS(of, SdsConfig(**X0_WEIGHT, guidance_scale=7)).grad(X0, asked(of), T, EPS))


def test_few_levels_make_no_more_of_the_steps_than_they_can():
    t = torch.tensor([0, 1, 2, 3])
    x0_hat = HIFA(prior(), Config(**X0_WEIGHT | {"clamp": True}, steps=4)).denoised(X0, t, asked(prior()), Extra())
    assert x0_hat.isfinite().all()


class Latents:
    """The same world behind an "encoder" that halves: x0 = picture / 2."""

    def __init__(self):
        self.inner, self.pixels = prior(), False
        self.schedule, self.eps, self.control = self.inner.schedule, self.inner.eps, self.inner.control

    def encode(self, picture):
        return torch.cat([picture.rgb, picture.rgb[..., :1]], -1).permute(0, 3, 1, 2) / 2

    def decode(self, x0):
        return 2 * x0[:, :3].permute(0, 2, 3, 1), torch.ones(len(x0), 4, 4, 1)


@pytest.mark.parametrize("weight, w", [("x0", lambda alpha, sigma: 1), ("sigma2", lambda alpha, sigma: alpha * sigma)])
def test_behind_an_encoder_the_picture_is_compared_with_the_decoded_guess(weight, w):
    of = Latents()
    method = HIFA(of, Config(**PLAIN | {"weight": weight}, guidance_scale=7.0, pixels=0.1))
    rgb = torch.rand(4, 4, 4, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0)).requires_grad_()
    picture, query = SimpleNamespace(rgb=rgb), asked(of.inner)
    losses = method.losses(picture, query, 0.3, torch.Generator().manual_seed(1))
    t, eps = method.draw(of.encode(picture), 0.3, torch.Generator().manual_seed(1))
    x0 = of.encode(picture).detach()
    x0_hat = method.denoised(of.schedule.noise(x0, eps, t), t, query, Extra())
    (got,) = torch.autograd.grad(losses["pixels"], rgb, retain_graph=True)
    w = w(*of.schedule.at(t, x0)) * torch.ones_like(x0[:, :1, :1, :1])
    close(got, 0.05 * 0.1 * w * (rgb.detach() - of.decode(x0_hat)[0]) / 4)
    (got,) = torch.autograd.grad(losses["distill"], rgb)
    error = 0.05 * w * (x0 - x0_hat) / 4 / 2
    error[:, 0] += error[:, 3]
    close(got, error[:, :3].permute(0, 2, 3, 1))


def test_the_false_colors_of_a_scene_of_latents_are_compared_with_nothing():
    of = Latents()
    picture = SimpleNamespace(rgb=torch.rand(4, 4, 4, 3, dtype=torch.float64), latent=X0.permute(0, 2, 3, 1))
    assert list(HIFA(of, Config()).losses(picture, asked(of.inner), 0.0, torch.Generator())) == ["distill"]


def test_for_pixels_the_second_term_is_left_out():
    picture = SimpleNamespace(premultiplied=torch.rand(4, 4, 4, 3), opacity=torch.rand(4, 4, 4, 1))
    assert list(HIFA(prior(), Config()).losses(picture, asked(prior()), 0.0, torch.Generator())) == ["distill"]


def test_bad_settings_are_named():
    with pytest.raises(ValueError, match="steps: need > 0, got 0"):
        Config(steps=0)
