"""The prior as a judge of what a picture shows."""

from types import SimpleNamespace

import pytest
import torch

from guidance import agreement as module
from guidance.agreement import agreement
from tests.ideal import IdealPrior

MEANS = {"an apple": 0.5, "a bed": -0.5, "a cup": -0.2}


def pictures(*x0):
    flat = torch.tensor(x0, dtype=torch.float64).view(-1, 1, 1, 1) / 2 + 0.5
    return SimpleNamespace(rgb=None, premultiplied=flat.expand(-1, 4, 4, 3), opacity=flat.expand(-1, 4, 4, 1))


def judge(prompt, others, *x0, seed=0, draws=4):
    prior, rng = IdealPrior(MEANS, std=0.1), torch.Generator().manual_seed(seed)
    return agreement(prior, pictures(*x0), prompt, others, None, None, rng, draws)


def test_a_picture_agrees_with_its_own_name_and_not_with_others():
    good = judge("an apple", ["a bed", "a cup"], 0.5, 0.45)
    assert good.probability.tolist() == [1.0, 1.0] and (good.margin > 0.01).all() and good.errors.shape == (2, 3)
    bad = judge("a bed", ["an apple", "a cup"], 0.5)
    assert bad.probability.item() == 0 and bad.margin.item() < -0.01


def test_between_two_others_the_odds_are_between():
    assert judge("a cup", ["an apple", "a bed"], 0.5, draws=8).probability.item() == 0.5


def test_names_that_mean_the_same_are_even():
    got = judge("a thing", ["something"], 0.3)
    assert got.probability.item() == 0.5 and got.margin.item() == 0.0


def test_the_size_of_a_call_does_not_matter(monkeypatch):
    whole = judge("an apple", ["a bed", "a cup"], 0.5, 0.1, -0.3)
    monkeypatch.setattr(module, "ROWS", 2)
    assert torch.equal(judge("an apple", ["a bed", "a cup"], 0.5, 0.1, -0.3).errors, whole.errors)


def test_the_prompt_is_not_its_own_rival():
    assert judge("an apple", ["an apple", "a bed"], 0.5).errors.shape == (1, 2)
    with pytest.raises(ValueError, match="at least one other name and one draw, got 0 and 4"):
        judge("an apple", ["an apple"], 0.5)
