"""Classifier-free guidance, Perp-Neg, rescale and clamp, against a prior in closed form."""

from dataclasses import replace

import pytest
import torch

from guidance.conditions import Query
from guidance.guided import decided, guided, perpendicular, predictions, rescaled, thresholded
from tests.ideal import IdealPrior

T = torch.tensor([100, 600])
rng = torch.Generator().manual_seed(0)
MEANS = {word: torch.randn(4, 4, 4, generator=rng, dtype=torch.float64) for word in ("yes", "no", "front", "side")}
X_T = torch.randn(2, 4, 4, 4, generator=rng, dtype=torch.float64)


@pytest.fixture
def prior():
    return IdealPrior(MEANS)


def query(prior, *repel, weight=1.5):
    words = {word: prior.condition([word]).expand(2) for word in ("yes", "no", *repel)}
    return Query(words["yes"], words["no"], tuple(words[r] for r in repel),
                 torch.full((len(repel), 2), weight, dtype=torch.float64) if repel else None)


def clean(prior, eps):
    return prior.schedule.x0_from(eps, X_T, T)


def test_scale_0_is_the_negative_and_scale_1_the_positive(prior):
    for scale, word in ((0, "no"), (1, "yes")):
        want = prior.closed_form(X_T, T, MEANS[word])
        assert (guided(prior, X_T, T, query(prior), scale) - want).abs().max() < 1e-12


def test_scale_goes_on_along_the_line(prior):
    zero, one, seven = (guided(prior, X_T, T, query(prior), scale) for scale in (0, 1, 7))
    assert (seven - (zero + 7 * (one - zero))).abs().max() < 1e-12


def test_all_branches_are_one_call(prior):
    guided(prior, X_T, T, query(prior, "front", "side"), 7.5)
    assert prior.asked == [8]


def test_scale_1_asks_for_the_positive_alone(prior):
    guided(prior, X_T, T, query(prior), 1.0)
    guided(prior, X_T, T, query(prior, "front"), 1.0)
    assert prior.asked == [2, 6]


def test_below_the_interval_the_scale_is_1_picture_by_picture(prior):
    least = float(T.max()) / len(prior.schedule)
    got = guided(prior, X_T, T, query(prior), 7.0, guided_from=least)
    plain, seven = (guided(prior, X_T, T, query(prior), scale) for scale in (1.0, 7.0))
    below = T < T.max()
    assert below.any() and not below.all()
    assert torch.allclose(got[below], plain[below]) and torch.allclose(got[~below], seven[~below])
    assert torch.equal(guided(prior, X_T, T, query(prior), 7.0, guided_from=0.0), seven)


@pytest.mark.parametrize(("guided_from", "rows"), [(0.0, 4), (0.6, 3), (0.7, 2)])
def test_below_the_interval_only_the_positive_is_asked_for(prior, guided_from, rows):
    guided(prior, X_T, T, query(prior), 7.0, guided_from=guided_from)
    assert prior.asked == [rows]


def test_what_repels_acts_below_the_interval_too(prior):
    least = float(T.max()) / len(prior.schedule)
    got = guided(prior, X_T, T, query(prior, "side"), 7.0, guided_from=least)
    one, seven = (guided(prior, X_T, T, query(prior, "side"), scale) for scale in (1.0, 7.0))
    below = T < T.max()
    assert torch.allclose(got[below], one[below]) and torch.allclose(got[~below], seven[~below])


def test_what_repels_acts_at_right_angles_to_the_prompt(prior):
    plain, repelled = (guided(prior, X_T, T, query(prior, *names), 7.5) for names in ((), ("front", "side")))
    asked = query(prior)
    eps_y, eps_u = predictions(prior, X_T, T, [asked.positive, asked.negative])
    change = repelled - plain
    assert change.abs().max() > 0.1
    assert ((change * (eps_y - eps_u)).sum((1, 2, 3)) / change.norm()).abs().max() < 1e-12


def test_a_repelled_word_pushes_away_from_itself(prior):
    plain, repelled = (guided(prior, X_T, T, query(prior, *names), 7.5) for names in ((), ("side",)))
    d_side = prior.closed_form(X_T, T, MEANS["side"]) - prior.closed_form(X_T, T, MEANS["no"])
    assert (((repelled - plain) * d_side).sum((1, 2, 3)) < 0).all()


def test_repelling_the_prompt_itself_does_nothing(prior):
    plain, repelled = (guided(prior, X_T, T, query(prior, *names), 7.5) for names in ((), ("yes",)))
    assert (repelled - plain).abs().max() < 1e-12


def test_nothing_is_lost_where_the_prompt_says_nothing():
    d_i = X_T
    assert torch.equal(perpendicular(d_i, torch.zeros_like(d_i)), d_i)


def test_full_rescale_keeps_the_conditional_standard_deviation(prior):
    want = clean(prior, prior.closed_form(X_T, T, MEANS["yes"])).std((1, 2, 3))
    got = clean(prior, guided(prior, X_T, T, query(prior), 30, rescale=1.0)).std((1, 2, 3))
    raw = clean(prior, guided(prior, X_T, T, query(prior), 30)).std((1, 2, 3))
    assert (got - want).abs().max() < 1e-12 and (raw > 2 * want).all()


def test_half_rescale_lies_half_way(prior):
    none, half, full = (clean(prior, guided(prior, X_T, T, query(prior), 30, rescale=phi)) for phi in (0.0, 0.5, 1.0))
    assert (half - (none + full) / 2).abs().max() < 1e-12


def test_clamp_keeps_the_clean_picture_in_range_and_the_rest_as_it_is(prior):
    free, kept = (clean(prior, guided(prior, X_T, T, query(prior), 7.5, clamp=c)) for c in (False, True))
    assert free.abs().max() > 1.5
    assert (kept - free.clamp(-1, 1)).abs().max() < 1e-12


def test_a_threshold_scales_what_exceeds_the_range_back_into_it(prior):
    """Imagen's: clip at the quantile q of |x0|, picture by picture, then divide by it; nothing where q < 1."""
    free, kept = (clean(prior, guided(prior, X_T, T, query(prior), 7.5, threshold=p)) for p in (0.0, 0.9))
    q = torch.stack([torch.quantile(x.abs().flatten(), 0.9) for x in free]).view(-1, 1, 1, 1)
    assert (q > 1).all() and (kept - free.clamp(-q, q) / q).abs().max() < 1e-12
    small = torch.full((2, 4, 4, 4), 0.5, dtype=torch.float64)
    assert torch.equal(thresholded(small, 0.9), small)


def test_latents_have_no_range(prior):
    free = guided(prior, X_T, T, query(prior), 7.5)
    prior.pixels = False
    assert torch.equal(guided(prior, X_T, T, query(prior), 7.5, clamp=True, threshold=0.9), free)


def test_right_angles_are_each_pictures_own():
    """Not of the batch: picture by picture the product is 0, also where the pictures differ in what they say."""
    d_i, d = (torch.randn(3, 4, 4, 4, generator=rng, dtype=torch.float64) for _ in range(2))
    left = perpendicular(d_i, d)
    assert (left * d).sum((1, 2, 3)).abs().max() < 1e-12
    assert all(torch.allclose(left[i:i + 1], perpendicular(d_i[i:i + 1], d[i:i + 1]), atol=1e-12) for i in range(3))


def test_a_weight_is_its_own_words_and_its_own_pictures(prior):
    """sum_i w_i (d_i at right angles), subtracted, times s: two words with two weights each."""
    asked = query(prior, "front", "side")
    asked = replace(asked, repel_weight=torch.tensor([[1.0, 0.0], [0.5, 2.0]], dtype=torch.float64))
    eps_y, eps_u, *eps_i = (prior.closed_form(X_T, T, MEANS[word]) for word in ("yes", "no", "front", "side"))
    front, side = (perpendicular(eps - eps_u, eps_y - eps_u) for eps in eps_i)
    want = eps_y - eps_u - torch.stack([front[0] + 0.5 * side[0], 2 * side[1]])
    assert (guided(prior, X_T, T, asked, 3.0) - eps_u - 3 * want).abs().max() < 1e-12


def test_a_threshold_is_each_pictures_own():
    x0 = torch.tensor([0.5, 4.0]).view(2, 1, 1, 1) * torch.linspace(-1, 1, 64).view(1, 4, 4, 4)
    assert torch.equal(thresholded(x0, 0.9)[0], x0[0]) and thresholded(x0, 0.9)[1].abs().max() == 1


def test_views_together_share_one_standard_deviation():
    x0, x0_y = (torch.randn(4, 4, 4, 4, generator=rng, dtype=torch.float64) * torch.arange(1, 5).view(-1, 1, 1, 1)
                 for _ in range(2))
    got = rescaled(x0, x0_y, 1.0, together=2)
    for pair in (slice(0, 2), slice(2, 4)):
        torch.testing.assert_close(got[pair], x0[pair] * x0_y[pair].std() / x0[pair].std())


@pytest.mark.parametrize("least", [0, int(T.min()) + 1, int(T.max()) + 1])
def test_levels_that_the_cpu_knows_decide_the_same_rows(least):
    """All, some or none of the pictures; of a scale of 1 none."""
    assert torch.equal(decided(7.0, T, least, T.clone()), decided(7.0, T, least))
    assert len(decided(7.0, T, least, T)) == int((T >= least).sum()) and len(decided(1.0, T, least, T)) == 0
