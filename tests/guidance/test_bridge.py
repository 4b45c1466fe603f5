"""SDS-Bridge's second stage against its closed form: r = alpha sigma (m_source - m_target) / V, without noise."""

import torch

from guidance.methods.bridge import BRIDGE, Config
from guidance.prompts import Prompts
from tests.guidance.closed import EPS, X0, M, T, asked, close, levels, prior
from tests.ideal import IdealPrior


def test_the_bridge_is_its_closed_form():
    alpha, sigma, V = levels(T)
    got = BRIDGE(prior(), Config()).grad(X0, asked(prior(), target="target", source="source"), T, EPS)
    close(got, alpha * sigma * (M["source"] - M["target"]) / V)


def test_both_texts_are_the_prompt_with_words_behind_it_seen_from_the_same_side():
    of = IdealPrior({"a cat, sharp, front view": 1.0, "a cat, foggy, front view": 2.0})
    texts = BRIDGE(of, Config(target="sharp", source="foggy")).texts()
    query = Prompts(of, "a cat", others=texts)(torch.zeros(1), torch.zeros(1))
    assert query.others["target"].text.mean() == 1.0 and query.others["source"].text.mean() == 2.0
