"""View words follow the angles continuously; Perp-Neg repels the other views."""

from math import pi, radians

import pytest
import torch

from guidance.prompts import Prompts, Text, repel_weights, view_weights
from guidance.views import Texts, Views
from tests.ideal import IdealPrior

CAPTIONS = {"a cat, front view": 1.0, "a cat, side view": 2.0, "a cat, back view": 3.0, "a cat, overhead view": 4.0,
            "a cat": 5.0, "fog": 6.0}


def ask(azimuth_deg, elevation_deg=0.0, **more):
    """The query for one angle, and the number that stands for its positive text."""
    query = Prompts(IdealPrior(CAPTIONS), "a cat", **more)(degrees(azimuth_deg), degrees(elevation_deg))
    return query, query.positive.text.mean().item()


def degrees(*values):
    return torch.tensor([radians(v) for v in values], dtype=torch.float64)


@pytest.mark.parametrize("azimuth, elevation, text", [
    (0, 0, 1), (25, 20, 1), (-25, 0, 1), (90, 0, 2), (-90, 0, 2), (70, -10, 2), (270, 0, 2), (180, 0, 3), (-170, 10, 3),
    (540, 0, 3), (0, 85, 4), (180, 85, 4), (0, -85, 1)])
def test_the_four_views_have_their_own_words(azimuth, elevation, text):
    assert ask(azimuth, elevation)[1] == pytest.approx(text, abs=1e-6)


@pytest.mark.parametrize("azimuth, elevation, text", [(45, 0, 1.5), (-135, 0, 2.5), (90, 60, 3.0)])
def test_at_a_border_two_views_share(azimuth, elevation, text):
    assert ask(azimuth, elevation)[1] == pytest.approx(text, abs=1e-6)


def test_weights_are_odds():
    azimuth, elevation = torch.meshgrid(torch.linspace(-7, 7, 300), torch.linspace(-1.5, 1.5, 60), indexing="ij")
    p = view_weights(azimuth.flatten(), elevation.flatten())
    assert (p >= 0).all() and (p.sum(1) - 1).abs().max() < 1e-6


def test_weights_do_not_jump_anywhere_around_the_object():
    angle = torch.linspace(-2 * pi, 2 * pi, 20_001, dtype=torch.float64)
    step = (angle[1] - angle[0]).item()
    for p in (view_weights(angle, torch.full_like(angle, 0.3)), view_weights(torch.full_like(angle, 0.7), angle / 4)):
        steepest = (p[1:] - p[:-1]).abs().max() / step
        assert 0.1 < steepest < 2.0                     # per radian: 1 over 30 degrees is 1.9
        w = repel_weights(p)
        assert (w[:, 1:] - w[:, :-1]).abs().max() / step < 2.9


def test_left_and_right_are_alike():
    angle, level = torch.linspace(0, pi, 50), torch.zeros(50)
    torch.testing.assert_close(view_weights(angle, level), view_weights(-angle, level))


def test_repelled_views_at_the_main_angles():
    w = repel_weights(view_weights(degrees(0, 90, 180, 0), degrees(0, 0, 0, 85)))
    torch.testing.assert_close(w.T, torch.tensor([[0, 1], [1, 0], [1, 0.5], [0, 0]], dtype=torch.float64))


def test_perp_neg_is_off_unless_asked_for():
    assert ask(90)[0].repel == () and ask(90)[0].repel_weight is None
    query, _ = ask(180, perp_neg=2.0)
    assert [c.text.mean().item() for c in query.repel] == [1.0, 2.0]
    assert query.repel_weight.flatten().tolist() == pytest.approx([2.0, 1.0])


def test_without_view_words_the_prompt_stands_alone():
    assert {ask(a, view_words=False)[1] for a in (0, 90, 180)} == {5.0}


def test_the_negative_prompt_is_moved_away_from_and_its_camera_is_unknown():
    query, _ = ask(30, negative="fog")
    assert query.negative.text.mean() == 6.0 and not query.negative.pose.any()
    assert query.positive.pose[0].tolist() == pytest.approx([torch.tensor(radians(30)).cos().item(), 0.0])


def test_the_plain_prompt_stands_beside_the_viewed_one_and_both_know_the_camera():
    query, _ = ask(180)
    assert query.plain.text.mean() == 5.0 and torch.equal(query.plain.pose, query.positive.pose)
    torch.testing.assert_close(query.angles, degrees(180, 0)[None])


def test_the_empty_prompt_is_known_apart_from_a_negative_one():
    plain, against = ask(0)[0], ask(0, negative="fog")[0]
    assert plain.empty is None and plain.nothing is plain.negative
    assert against.empty.text.mean() == 0.0 and against.nothing is against.empty and not against.empty.pose.any()


def test_a_picture_without_a_camera_is_asked_about_without_views():
    others = {"fat": Text("{prompt}"), "bad": Text("fog", view_words=False)}
    query = Prompts(IdealPrior(CAPTIONS), "a cat", others=others).plain(2)
    assert len(query) == 2 and query.positive.text.mean() == 5.0 and not query.positive.pose.any()
    assert query.others["fat"].text.mean() == 5.0 and query.others["bad"].text.mean() == 6.0 and query.angles is None


def test_a_methods_texts_are_viewed_as_the_prompt_is_unless_they_say_no():
    query, _ = ask(180, others={"same": Text("{prompt}"), "bad": Text("fog", view_words=False)})
    assert query.others["same"].text.mean() == 3.0 and torch.equal(query.others["same"].pose, query.positive.pose)
    assert query.others["bad"].text.mean() == 6.0 and not query.others["bad"].pose.any()


def test_a_text_without_words_has_no_views():
    query, _ = ask(180, others={"source": Text("")})
    assert query.others["source"].text.mean() == 0.0 and torch.equal(query.others["source"].pose, query.positive.pose)


def test_what_is_seen_reaches_every_condition():
    control = torch.ones(1, 3, 2, 2)
    query = ask(0, negative="fog", perp_neg=1.0, others={"bad": Text("fog")})[0]
    seen = query.seeing(control)
    conditions = [seen.positive, seen.negative, seen.empty, seen.plain, *seen.repel, *seen.others.values()]
    assert len(conditions) == 7 and all(condition.control is control for condition in conditions)
    assert query.seeing(None) is query


def test_a_view_may_have_a_text_of_its_own():
    own = Texts(back="the tail of {prompt}", side="fog")
    prior = IdealPrior(CAPTIONS | {"the tail of a cat": 7.0, "the tail of a cat, sharp": 8.0})
    others = {"target": Text("{prompt}, sharp")}
    asked = Prompts(prior, "a cat", texts=own, others=others)(degrees(0, 90, 180), degrees(0, 0, 0))
    assert asked.positive.text.mean((1, 2)).tolist() == pytest.approx([1.0, 6.0, 7.0])
    assert asked.others["target"].text[2].mean().item() == pytest.approx(8.0)
    assert asked.plain.text.mean().item() == pytest.approx(5.0)
    with pytest.raises(ValueError, match="texts: need none without view_words"):
        Prompts(prior, "a cat", view_words=False, texts=own)


def test_texts_are_encoded_once():
    prior = IdealPrior(CAPTIONS)
    prompts = Prompts(prior, "a cat")
    for _ in range(3):
        prompts(torch.zeros(2), torch.zeros(2))
    assert len(prior.encoded) == 1


def test_a_query_can_be_taken_apart():
    prior = IdealPrior(CAPTIONS)
    query = Prompts(prior, "a cat", perp_neg=1.0)(degrees(0, 90, 180), degrees(0, 0, 0))
    part = query[1:]
    assert len(query) == 3 and len(part) == 2
    assert torch.equal(part.repel_weight, query.repel_weight[:, 1:])
    assert torch.equal(part.repel[0].text, query.repel[0].text[1:])
    assert torch.equal(part.angles, query.angles[1:]) and len(part.plain) == 2


@pytest.mark.parametrize("prompt", ["", "   ", "\n\t"])
def test_a_prompt_without_words_is_refused(prompt):
    with pytest.raises(ValueError, match="prompt: need at least one word, got none"):
        Prompts(IdealPrior(), prompt)


def test_perp_neg_is_refused_where_it_means_nothing():
    with pytest.raises(ValueError, match="perp_neg: need >= 0, got -2"):
        Prompts(IdealPrior(), "a cat", perp_neg=-2)
    with pytest.raises(ValueError, match="perp_neg: need 0 without view_words"):
        Prompts(IdealPrior(), "a cat", view_words=False, perp_neg=2)


def test_a_word_that_the_prior_never_saw_is_named():
    said = "prompt: the prior 'ideal' was not trained with 'xyzzy'; the nearest that it knows: cat, dog, horse$"
    with pytest.warns(UserWarning, match=said):
        Prompts(IdealPrior(), "a xyzzy cat")
    with pytest.warns(UserWarning, match="negative: the prior 'ideal' was not trained with 'xyzzy'"):
        Prompts(IdealPrior(), "a cat", negative="xyzzy")


OFFICIAL = {        # |azimuth| -> front, side: stable-dreamfusion's nerf/utils.py (negative_w = -2), threestudio's base.py
    "stable-dreamfusion": {0: (0, 2), 15: (0, 0.378), 45: (0.736, 0.013), 75: (1.433, 0), 90: (2, 0), 135: (2, 0.0067),
                           180: (2, 1)},
    "threestudio": {0: (0, 1.574), 15: (0.211, 1.254), 45: (0.689, 0.689), 75: (1.254, 0.211), 89.99: (1.574, 0),
                    135: (1.746, 0.173), 180: (1.967, 0.394)}}


@pytest.mark.parametrize("kind, azimuth, want", [(kind, *row) for kind, rows in OFFICIAL.items() for row in rows.items()])
def test_perp_negs_official_weights(kind, azimuth, want):
    perp_neg = {"stable-dreamfusion": 2.0, "threestudio": 1.0}[kind]
    for side in (azimuth, -azimuth):
        query, _ = ask(side, perp_neg=perp_neg, views=Views(repel=kind))
        assert query.repel_weight.flatten().tolist() == pytest.approx(want, abs=1e-3)
    assert not ask(azimuth, 85, perp_neg=perp_neg, views=Views(repel=kind))[0].repel_weight.any()


@pytest.mark.parametrize("azimuth, text", [(0, 1), (15, 1 + 1 / 6), (45, 1.5), (-90, 2), (135, 2.5), (180, 3)])
def test_quarters_blend_the_text_over_ninety_degrees(azimuth, text):
    assert ask(azimuth, views=Views(blend="quarters"))[1] == pytest.approx(text, abs=1e-6)


@pytest.mark.parametrize("azimuth, elevation, text", [(29, 0, 1), (31, 0, 2), (149, 0, 2), (-151, 0, 3), (0, 41, 1), (0, 42, 4)])
def test_borders_are_settings_and_a_crossing_of_nothing_is_a_switch(azimuth, elevation, text):
    views = Views(front_deg=30, back_deg=30, overhead_deg=41.8, crossing_deg=0)
    assert ask(azimuth, elevation, views=views)[1] == pytest.approx(text, abs=1e-6)


def test_views_out_of_range_are_named():
    with pytest.raises(ValueError, match="front_deg: need 0 to 90, got 100"):
        Views(front_deg=100)
    with pytest.raises(ValueError, match="crossing_deg: need >= 0, got -1"):
        Views(crossing_deg=-1)
