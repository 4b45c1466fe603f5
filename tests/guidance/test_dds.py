"""Delta denoising against its closed form: the noise cancels, r = alpha sigma [(x0 - source) - (m(s) - m_s(s))] / V."""

from dataclasses import replace

import pytest
import torch

from guidance.errors import MethodError
from guidance.methods._base import Extra
from guidance.methods.dds import DDS, Config
from guidance.prompts import Prompts
from tests.guidance.closed import EPS, PLAIN, SOURCE, X0, T, asked, close, guided_mean, levels, prior
from tests.ideal import IdealPrior


def test_dds_is_its_closed_form():
    alpha, sigma, V = levels(T)
    query = asked(prior(), source="what it was")
    got = DDS(prior(), Config(**PLAIN)).grad(X0, query, T, EPS, Extra(source=SOURCE))
    close(got, alpha * sigma * (X0 - SOURCE - guided_mean(7.5) + guided_mean(7.5, "what it was")) / V)


def test_the_source_under_its_own_words_stays():
    query = asked(prior(), source="it")
    assert not DDS(prior(), Config(**PLAIN)).grad(X0, query, T, EPS, Extra(source=X0)).any()


def test_without_a_source_there_is_a_sentence():
    with pytest.raises(MethodError, match="dds: edits a picture and needs that picture as it was; got none"):
        DDS(prior(), Config()).extra(X0, T, 0.0, torch.Generator(), None)


def test_the_sources_words_are_seen_from_the_same_side():
    of = IdealPrior({"a dog, back view": 3.0})
    texts = DDS(of, Config(source="a dog")).texts()
    query = Prompts(of, "a cat", others=texts)(torch.full((1,), torch.pi), torch.zeros(1))
    assert query.others["source"].text.mean() == 3.0 and torch.equal(query.others["source"].pose, query.positive.pose)


def test_views_are_repelled_from_the_picture_and_not_from_its_source():
    """Perp-Neg says what the edited picture should not show; the source is what it is."""
    of = prior()
    query = asked(of, source="what it was")
    repelled = replace(query, repel=(of.condition(["bad"]).expand(4),), repel_weight=torch.ones(1, 4, dtype=torch.float64))
    method = DDS(of, Config(**PLAIN))
    plain, got = (method.grad(X0, q, T, EPS, Extra(source=SOURCE)) for q in (query, repelled))
    own = of.asked[-2:]
    assert own == [12, 8] and not torch.allclose(plain, got)
