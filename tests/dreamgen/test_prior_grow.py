"""A prior that begins at twice the size of another."""

import shutil
from dataclasses import replace

import pytest
import torch
from shapes import CPU, SIZE, TINY, make

from dreamgen import __main__
from dreamgen.training.state import State
from dreamgen.training.train import train
from guidance import priors
from guidance.conditions import Condition
from guidance.priors import PriorError, bundled
from guidance.priors.bundled.grow import grown
from guidance.priors.bundled.network import SMALL, make_scheduler, schedule_of

STATES = 384


def fresh(sight: bool):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return bundled.network.make(SIZE, 2, (8, 16), STATES, sight)


def asked(rng: torch.Generator) -> Condition:
    return Condition(torch.randn(2, 5, STATES, generator=rng), torch.ones(2, 5, dtype=torch.bool),
                     torch.randn(2, 4, generator=rng))


def twice(x):
    return x.repeat_interleave(2, -1).repeat_interleave(2, -2)


@pytest.mark.parametrize("sight", [False, True])
@pytest.mark.parametrize("flip", [False, True])
def test_a_grown_network_says_of_four_equal_pixels_what_the_other_says_of_their_sum(sight, flip):
    rng = torch.Generator().manual_seed(1)
    small, y, t = fresh(sight), asked(rng), torch.tensor([300, 900])
    large = grown(small, flip)
    x = torch.randn(2, 4, SIZE, SIZE, generator=rng)
    with torch.no_grad():
        want = twice(small(x, t, y)) * (-1 if flip else 1)
        torch.testing.assert_close(large(twice(x) / 2, t, y), want, atol=1e-5, rtol=1e-4)
    assert (large.size, large.fold) == (2 * SIZE, 4) and large.sight is not None


def test_a_sight_that_was_there_sees_a_larger_reference_as_before():
    rng = torch.Generator().manual_seed(2)
    small, y, t = fresh(True), asked(rng), torch.tensor([300, 900])
    x, shown, pose = (torch.randn(2, 4, SIZE, SIZE, generator=rng) for _ in range(2)), None, torch.ones(2, 4)
    x, shown = x
    with torch.no_grad():
        want = twice(small(x, t, y.showing(shown, pose)))
        got = grown(small, False)(twice(x) / 2, t, y.showing(twice(shown), pose))
    torch.testing.assert_close(got, want, atol=1e-5, rtol=1e-4)


def test_the_schedule_of_a_larger_size_has_the_same_noise_in_the_sum_of_its_pixels():
    def snr(size):
        schedule = schedule_of(make_scheduler(size=size).config)
        alpha, sigma = schedule.at(torch.arange(len(schedule)), torch.zeros((), dtype=torch.float64))
        return (alpha / sigma).square().flatten()
    torch.testing.assert_close(4 * snr(2 * SMALL), snr(SMALL), rtol=1e-3, atol=0)
    assert torch.equal(snr(SMALL // 4), snr(SMALL))


def test_a_training_from_half_the_size_is_one_of_a_prior_that_sees(tmp_path, monkeypatch, capsys):
    data = make(tmp_path / "data")
    list(train(data, tmp_path / "small", replace(TINY, images=8), CPU))
    shutil.rmtree(tmp_path / "small/checkpoints")
    large = tmp_path / "large"
    command = ["prior", "train", str(data), "--out", str(large), "--from", str(tmp_path / "small"), "--size", str(2 * SIZE)]
    __main__.main([*command, "--prediction", "sample", "--images", "24"])
    prior = priors.load(large, "cpu", "float32")
    assert (prior.size, prior.network.fold, prior.sees) == (2 * SIZE, 4, True)
    assert prior.scheduler_config["prediction_type"] == "sample" and prior.card["trained_on_pictures"] == 32
    y = prior.condition(["a red ball"], torch.zeros(1), torch.zeros(1))
    assert prior.sample(y, 2, 2.0).isfinite().all()


def test_new_weights_are_a_function_of_the_seed_and_other_sizes_are_refused(tmp_path):
    bundled.network.write(tmp_path / "small", fresh(False), make_scheduler(), {}, "")
    cfg = replace(TINY, size=2 * SIZE, fold=4, origin=str(tmp_path / "small"))
    one, two, other = (State(replace(cfg, seed=seed), tmp_path / "out", STATES, CPU).network for seed in (0, 0, 1))
    assert torch.equal(one.sight.where, two.sight.where) and not torch.equal(one.sight.where, other.sight.where)
    with pytest.raises(PriorError, match="or size and fold twice its own"):
        State(replace(cfg, size=4 * SIZE, fold=8), tmp_path / "out", STATES, CPU)
