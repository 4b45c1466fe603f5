"""Schedules of the level: each from its definition."""

import pytest
import torch

from guidance.methods._config import Distilling
from guidance.ramp import Ramp
from guidance.timesteps import dreamtime, falling, levels
from tests.guidance.closed import FLOW, VP, still

U = torch.linspace(0, 0.999, 200)
NONE = torch.zeros(200)


def at(progress, **settings):
    return levels(Distilling(**settings), VP, progress, U, NONE)


@pytest.mark.parametrize("progress, low, high", [(0.0, 20, 980), (0.19, 20, 980), (0.2, 20, 500), (0.9, 20, 500)])
def test_a_hard_switch_lowers_the_most_noise_at_once(progress, low, high):
    t = at(progress, t_min=still(0.02), t_max=Ramp(0.98, 0.5, 0.2, 0.2))
    assert (t.min(), t.max()) == (low, high)


@pytest.mark.parametrize("progress, low, high", [(0.0, 980, 980), (0.4, 500, 740), (0.8, 20, 500), (1.0, 20, 500)])
def test_a_shrinking_interval_moves_both_ends(progress, low, high):
    t = at(progress, t_min=Ramp(0.98, 0.02, 0, 0.8), t_max=Ramp(0.98, 0.5, 0, 0.8))
    assert t.min() == low and high - 2 <= t.max() <= high


@pytest.mark.parametrize("kind, progress, t", [("linear", 0, 980), ("linear", 0.25, 740), ("linear", 1, 20),
                                               ("sqrt", 0, 980), ("sqrt", 0.25, 500), ("sqrt", 1, 20)])
def test_linear_and_sqrt_fall_from_the_first_most_to_the_last_least(kind, progress, t):
    assert at(progress, timesteps=kind, t_min=Ramp(0.9, 0.02), t_max=Ramp(0.98, 0.5)).unique().tolist() == [t]


@pytest.mark.parametrize("schedule", [VP, FLOW], ids=["vp", "flow"])
def test_dreamtime_passes_each_level_when_the_weights_above_it_are_used_up(schedule):
    """By definition: the share of W at or above t is progress, to within the half of one level's share."""
    t = torch.arange(20, 981)
    W = (schedule.sigma / schedule.alpha)[t] * torch.exp(-((t / 1000 - 0.5) ** 2) / (2 * 0.125**2))
    W = W / W.sum()
    for progress in (0.0, 0.1, 0.5, 0.9, 0.999):
        now = dreamtime(schedule, 20, 980, 0.5, 0.125, progress)
        behind = W[t >= now].sum()
        assert abs(behind - progress) <= W.max()
    times = [dreamtime(schedule, 20, 980, 0.5, 0.125, k / 200) for k in range(200)]
    assert times == sorted(times, reverse=True) and len(set(times)) > 150


def test_dreamtime_dwells_around_its_middle():
    cfg = Distilling(timesteps="dreamtime", dreamtime=(0.3, 0.05), t_min=still(0.02), t_max=still(0.98))
    times = torch.tensor([falling(cfg, VP, 20, 980, k / 1000) for k in range(1000)])
    assert ((times - 300).abs() < 150).double().mean() > 0.95


def test_jitter_adds_up_to_its_share_and_stays_on_the_schedule():
    jitter = torch.linspace(0, 0.999, 200)
    half, whole = (Distilling(timesteps="linear", jitter=0.1, t_max=still(top), t_min=still(0.1)) for top in (0.5, 1.0))
    t = levels(half, VP, 0.0, U, jitter)
    assert t.min() == 500 and 595 <= t.max() <= 600
    assert levels(whole, FLOW, 0.0, U, jitter).max() == 998             # 999 is pure noise on a straight path


@pytest.mark.parametrize("bad, words", [
    (dict(jitter=1.5), r"jitter: need \[0, 1\], got 1.5"),
    (dict(dreamtime=(0.5, 0.0)), "dreamtime: need a width > 0, got 0"),
    (dict(strength=-1), "strength: need >= 0, got -1"), (dict(clip=Ramp(1, -1)), "clip: need >= 0, got -1")])
def test_bad_settings_are_named(bad, words):
    with pytest.raises(ValueError, match=words):
        Distilling(**bad)
