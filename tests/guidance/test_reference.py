"""A picture that all views agree with: drawn or given, shown with every question but the negative ones."""

from dataclasses import dataclass
from math import radians

import pytest
import torch

from guidance import priors
from guidance.errors import PriorError
from guidance.guided import guided
from guidance.prompts import Prompts, Text
from guidance.reference import drawn, given
from tests.tiny import make_prior

ANGLES = torch.tensor([0.2, 2.0]), torch.tensor([0.1, 0.3])


@dataclass
class Pictures:
    rgb: torch.Tensor
    premultiplied: torch.Tensor
    opacity: torch.Tensor


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return priors.load(str(make_prior(tmp_path_factory.mktemp("prior"))), "cpu", "float32")


@pytest.fixture(scope="module")
def reference(prior):
    return drawn(prior, "a ball", radians(40), radians(15), torch.Generator().manual_seed(0), steps=3)[0]


def cut_out(opacity: torch.Tensor) -> Pictures:
    rgb = torch.full((*opacity.shape[:-1], 3), 0.5)
    return Pictures(rgb, rgb * opacity, opacity)


def test_what_is_drawn_is_the_priors_sample_from_that_side(prior, reference):
    condition = prior.condition(["a ball"], torch.tensor([radians(40)]), torch.tensor([radians(15)]))
    want = prior.sample(condition, 3, 4.0, torch.Generator().manual_seed(0))
    torch.testing.assert_close(reference.x0, want)
    assert reference.x0.shape == (1, 4, prior.size, prior.size)


def test_every_question_but_the_negative_ones_sees_it(prior, reference):
    texts = {"more": Text("{prompt}, again")}
    query = Prompts(prior, "a ball", "ugly", perp_neg=1.0, others=texts, reference=reference)(*ANGLES)
    pose = prior.pose(reference.azimuth, reference.elevation).expand(2, -1)
    for shown in (query.positive, query.plain, query.others["more"], *query.repel):
        torch.testing.assert_close(shown.reference_pose, pose)
        torch.testing.assert_close(shown.reference, reference.x0.expand(2, -1, -1, -1))
    for hidden in (query.negative, query.empty):
        assert not hidden.reference_pose.any()


def test_it_changes_what_the_prior_says_and_without_one_nothing_changes(prior, reference):
    x_t = torch.randn(2, 4, prior.size, prior.size, generator=torch.Generator().manual_seed(1))
    t = torch.tensor([500, 500])

    def answer(shown):
        with torch.no_grad():
            return guided(prior, x_t, t, Prompts(prior, "a ball", reference=shown)(*ANGLES), 3.0)

    other = given(prior, cut_out(torch.ones(1, 8, 8, 1) * (torch.arange(8) < 4).float().view(1, 1, 8, 1)), 0.0, 0.0)
    one, two, none = answer(reference), answer(other), answer(None)
    assert (one - none).norm() > 1e-3 * none.norm() and (one - two).norm() > 1e-3 * one.norm()


def test_a_prior_without_a_sight_and_a_picture_of_nothing_are_refused_in_one_sentence(prior, tmp_path):
    blind = priors.load(str(make_prior(tmp_path / "blind", sighted=False)), "cpu", "float32")
    assert prior.sees and not blind.sees
    with pytest.raises(PriorError, match="cannot be shown a picture; train one that can"):
        drawn(blind, "a ball", 0.0, 0.0, torch.Generator())
    with pytest.raises(ValueError, match="shows nothing"):
        given(prior, cut_out(torch.zeros(1, 8, 8, 1)), 0.0, 0.0)
    with pytest.raises(ValueError, match="opaque everywhere"):
        given(prior, cut_out(torch.ones(1, 8, 8, 1)), 0.0, 0.0)
    with pytest.raises(ValueError, match="need one picture, got 2"):
        given(prior, cut_out(torch.ones(2, 8, 8, 1)), 0.0, 0.0)
