"""The forward process, and that whatever a network predicts arrives as the same eps."""

import pytest
import torch
from diffusers import DDPMScheduler

from guidance.schedule import PREDICTIONS, Schedule
from tests.ideal import ABAR

VP, FLOW = Schedule.from_alphas_cumprod(ABAR), Schedule.rectified_flow(1000)
T = torch.tensor([0, 20, 500, 990])


def pair():
    rng = torch.Generator().manual_seed(0)
    return (torch.randn(4, 3, 5, 5, generator=rng, dtype=torch.float64) for _ in range(2))


def test_the_two_kinds_of_schedule_keep_their_sums():
    assert torch.allclose(VP.alpha**2 + VP.sigma**2, torch.ones(1000, dtype=torch.float64), atol=1e-15)
    assert torch.allclose(FLOW.alpha + FLOW.sigma, torch.ones(1000, dtype=torch.float64), atol=1e-15)


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_every_prediction_gives_the_same_eps(prediction):
    x0, eps = pair()
    schedule = FLOW if prediction == "flow" else VP
    alpha, sigma = schedule.at(T, x0)
    predicted = {"epsilon": eps, "sample": x0, "v_prediction": alpha * eps - sigma * x0, "flow": eps - x0}[prediction]
    assert torch.equal(schedule.target(prediction, x0, eps, T), predicted)
    got = schedule.eps_from(prediction, predicted, schedule.noise(x0, eps, T), T)
    assert (got - eps).abs().max() < 1e-11


def test_noise_is_diffusers_noise():
    x0, eps = (v.float() for v in pair())
    scheduler = DDPMScheduler(beta_schedule="squaredcos_cap_v2")
    got = Schedule.from_alphas_cumprod(scheduler.alphas_cumprod).noise(x0, eps, T)
    assert got.dtype == torch.float32
    torch.testing.assert_close(got, scheduler.add_noise(x0, eps, T), atol=1e-6, rtol=1e-5)


def test_x0_from_undoes_noise():
    x0, eps = pair()
    assert (VP.x0_from(eps, VP.noise(x0, eps, T), T) - x0).abs().max() < 1e-12


def test_fractions_outside_the_schedule_are_its_ends():
    assert [VP.index(f) for f in (-1, 0, 0.5, 1, 2)] == [0, 0, 500, 999, 999]


def test_an_unknown_prediction_is_named():
    x0, eps = pair()
    with pytest.raises(ValueError, match="'velocity', have epsilon, sample, v_prediction, flow"):
        VP.eps_from("velocity", x0, x0, T)
