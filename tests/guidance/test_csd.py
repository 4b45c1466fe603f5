"""Classifier score distillation against its closed form; it has no noise in it, so there is nothing to average.

    eps_y - eps_0 = -alpha sigma (m_y - m_0) / V,       r = -alpha sigma [(m_y - m_0) - a (m_n - m_0)] / V
"""

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes.load import load
from dreamgen.state.ranks import Ranks
from guidance.methods._base import Extra
from guidance.methods.csd import CSD, Config
from guidance.ramp import Ramp
from tests.guidance.closed import EPS, EPS2, X0, M, T, asked, close, levels, prior


def toward(word):
    alpha, sigma, V = levels(T)
    return -alpha * sigma * (M[word] - M[""]) / V


@pytest.mark.parametrize("progress, a", [(0.0, 0.0), (0.25, 0.5), (0.8, 1.0)])
def test_csd_is_its_closed_form(progress, a):
    got = CSD(prior(), Config()).grad(X0, asked(prior(), negative="not it"), T, EPS, Extra(progress))
    close(got, toward("it") - a * toward("not it"))


def test_without_a_negative_prompt_csd_is_the_classifiers_score():
    close(CSD(prior(), Config()).grad(X0, asked(prior()), T, EPS, Extra(0.8)), toward("it"))


def test_the_drawn_noise_plays_no_part():
    of = prior()
    one, two = (CSD(of, Config()).grad(X0, asked(of), T, eps) for eps in (EPS, EPS2))
    close(one, two)


def test_a_prompt_that_says_nothing_has_no_gradient():
    of = prior()
    empty = asked(of)
    assert not CSD(of, Config()).grad(X0, type(empty)(empty.negative, empty.negative), T, EPS).any()


def test_only_what_is_needed_is_asked():
    of = prior()
    CSD(of, Config()).grad(X0, asked(of), T, EPS)
    CSD(of, Config()).grad(X0, asked(of, negative="not it"), T, EPS)
    assert of.asked == [8, 12]


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="away: need >= 0, got -1"):
        Config(away=Ramp(-1, 0))


def test_normalized_a_steps_gradient_has_one_length_and_its_direction():
    """The official code's: the whole batch's norm, before the mean over pictures; ``strength`` stays a factor."""
    of, query = prior(), asked(prior())
    plain, one, half = (CSD(of, cfg).grad(X0, query, T, EPS) for cfg in (
        Config(), Config(normalize=True), Config(normalize=True, strength=0.5)))
    close(one, plain / plain.norm())
    close(half, one / 2)
    assert not CSD(of, Config(normalize=True, strength=0)).grad(X0, query, T, EPS).any()


def test_several_processes_which_see_parts_of_a_steps_norm_refuse_to_normalize():
    recipe = load("csd", ["prompt=a cat", "stages.0.cameras.views=2"])
    with pytest.raises(ConfigError, match="stages.0.guidance.normalize: need false on several processes, .* got true on 2"):
        Ranks(0, 2).fitted(recipe)
