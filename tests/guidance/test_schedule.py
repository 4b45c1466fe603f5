"""The forward process, and that whatever a network predicts arrives as the same eps."""

import pytest
import torch
from diffusers import DDIMScheduler, DDPMScheduler, FlowMatchEulerDiscreteScheduler

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


@pytest.mark.parametrize("shift", [1.0, 3.0])
def test_a_shifted_flow_has_diffusers_levels_and_its_networks_times(shift):
    want = FlowMatchEulerDiscreteScheduler(shift=shift)
    flow = Schedule.rectified_flow(1000, shift)
    torch.testing.assert_close(flow.sigma.float().flip(0), want.sigmas)
    torch.testing.assert_close(flow.time(T), want.timesteps.flip(0)[T])


def test_index_minus_one_is_the_clean_picture():
    x0, eps = pair()
    t = torch.tensor([-1, 3, -1, 500])
    for schedule in (VP, FLOW):
        alpha, sigma = schedule.at(t, x0)
        assert alpha[::2].flatten().tolist() == [1, 1] and sigma[::2].flatten().tolist() == [0, 0]
        assert torch.equal(alpha[1::2].flatten(), schedule.alpha[[3, 500]])
    assert torch.equal(VP.ddim(x0, eps, T, torch.full((4,), -1)), VP.x0_from(eps, x0, T))


@pytest.mark.parametrize("schedule", [VP, FLOW], ids=["vp", "flow"])
def test_levels_are_those_of_the_table_in_the_precision_of_the_picture(schedule):
    t = torch.tensor([0, -1, 20, 999, 500, -1])
    for dtype in (torch.float64, torch.float32, torch.bfloat16, torch.float64):     # each made once, and kept apart
        got = schedule.at(t, torch.empty((), dtype=dtype))
        for levels, table, end in zip(got, (schedule.alpha, schedule.sigma), (1, 0), strict=True):
            want = torch.where(t < 0, end, table[t.clamp(min=0)]).to(dtype)
            assert levels.dtype == dtype and levels.shape == (6, 1, 1, 1) and torch.equal(levels.flatten(), want)
    assert schedule == Schedule(schedule.alpha, schedule.sigma, {}) and "tables" not in repr(schedule)


def test_a_step_of_ddim_is_diffusers_step():
    x_t, eps = pair()
    scheduler = DDIMScheduler(beta_schedule="squaredcos_cap_v2", clip_sample=False)
    scheduler.set_timesteps(100)
    schedule = Schedule.from_alphas_cumprod(scheduler.alphas_cumprod)
    got = schedule.ddim(x_t, eps, torch.full((4,), 500), torch.full((4,), 490))
    want = scheduler.step(eps.float(), 500, x_t.float()).prev_sample
    torch.testing.assert_close(got.float(), want, atol=1e-5, rtol=1e-5)


def test_on_straight_paths_a_step_of_ddim_is_eulers():
    x_t, eps = pair()
    s = T - torch.tensor([1, 10, 100, 300])
    velocity = eps - FLOW.x0_from(eps, x_t, T)
    dt = (FLOW.sigma[s] - FLOW.sigma[T]).view(-1, 1, 1, 1)
    assert (FLOW.ddim(x_t, eps, T, s)[1:] - (x_t + dt * velocity)[1:]).abs().max() < 1e-12


def test_no_fraction_is_a_level_without_a_picture():
    assert FLOW.alpha[-1] == 0 and FLOW.index(1.0) == 998


def test_fractions_outside_the_schedule_are_its_ends():
    assert [VP.index(f) for f in (-1, 0, 0.5, 1, 2)] == [0, 0, 500, 999, 999]


def test_an_unknown_prediction_is_named():
    x0, eps = pair()
    with pytest.raises(ValueError, match="'velocity', have epsilon, sample, v_prediction, flow"):
        VP.eps_from("velocity", x0, x0, T)
