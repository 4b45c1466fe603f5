"""How alike samples are: by hand, by the seed, and of the prior in the box for a word that it knows and one that it does not."""

from types import SimpleNamespace

import pytest
import torch

from guidance import priors
from guidance.alike import UNSURE, alike, likeness
from guidance.conditions import Condition
from tests.tiny import make_prior


def picture(left, right, opacity=1.0):
    """[4, 4, 4]: a gray of ``left`` beside one of ``right``."""
    rgb = torch.tensor([left, left, right, right]).view(1, 4, 1).expand(4, 4, 3)
    return torch.cat([rgb * opacity, torch.full((4, 4, 1), opacity)], -1)


def test_likeness_is_the_share_of_both_in_either():
    one = picture(0.5, 0.25)
    assert likeness(one, one) == 1 and likeness(one, 0 * one) == 0
    assert likeness(one, 0.5 * one).item() == pytest.approx(0.5)
    least, most = 3 * (0.25 + 0.1) + 2, 3 * (0.5 + 0.2) + 2                 # three colors of two halves, and the opacities
    assert likeness(picture(0.5, 0.1), picture(0.25, 0.2)).item() == pytest.approx(least / most)
    assert torch.equal(likeness(torch.stack([one, one]), torch.stack([one, 0 * one])), torch.tensor([1.0, 0.0]))


def test_it_is_the_mean_over_the_pairs_of_samples_from_the_side_that_is_asked():
    asked = []

    def condition(prompts, azimuth, elevation):
        asked.append((prompts, float(azimuth), float(elevation)))
        return Condition(torch.zeros(1, 1, 1), torch.ones(1, 1, dtype=torch.bool), torch.zeros(1, 4))

    def sample(condition, steps, scale, rng):
        asked.append((len(condition), steps))
        return torch.stack([picture(1.0, 1.0), picture(1.0, 1.0), 0 * picture(1.0, 1.0)])
    prior = SimpleNamespace(condition=condition, sample=sample, decode=lambda x0: (x0[..., :3], x0[..., 3:]))
    assert alike(prior, "a ball", 0.5, 0.25, torch.Generator(), samples=3, steps=2) == pytest.approx(1 / 3)
    assert asked == [(["a ball"], 0.5, 0.25), (3, 2)]


def test_the_same_seed_gives_the_same_number(tmp_path):
    prior = priors.load(str(make_prior(tmp_path / "prior")), "cpu", "float32")
    one, same, other = (alike(prior, "a ball", 0.7, 0.3, torch.Generator().manual_seed(seed), 3, 2) for seed in (0, 0, 1))
    assert one == same != other and 0 < one < 1


def test_the_prior_in_the_box_is_surer_of_an_apple_than_of_a_skeleton():
    prior = priors.load("bundled", "cpu", "float32")
    known, unknown = (alike(prior, prompt, 0.7, 0.26, torch.Generator().manual_seed(0))
                      for prompt in ("a red apple", "a skeleton"))
    assert prior.unknown_words("a skeleton") and unknown < UNSURE < known and known - unknown > 0.15
