"""A batch of conditions is cut, repeated and joined with all that it holds, another view of the thing, too."""

from dataclasses import replace

import pytest
import torch

from guidance.conditions import Condition, Query
from guidance.reference import Reference

B, D, P = 3, 5, 4


def drawn(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def condition(seed=0, B=B) -> Condition:
    text, mask, pose = drawn(B, 2, D, seed=seed), torch.ones(B, 2, dtype=torch.bool), drawn(B, P, seed=seed + 1)
    return Condition(text, mask, pose)


def full(seed=0, B=B) -> Condition:
    """With every part that there can be."""
    whole = replace(condition(seed, B), pooled=drawn(B, D, seed=seed + 2), control=drawn(B, 1, 2, 2, seed=seed + 3))
    return whole.showing(drawn(B, 4, 2, 2, seed=seed + 4), drawn(B, P, seed=seed + 5))


def same(one: Condition, other: Condition) -> bool:
    return all(a is b is None or torch.equal(a, b) for a, b in zip(*columns(one, other), strict=True))


def columns(*conditions: Condition) -> list[list[torch.Tensor | None]]:
    return [list(condition.parts().values()) for condition in conditions]


def test_nothing_is_left_out_of_the_parts():
    whole = full()
    assert {*whole.parts(), "source"} == {*vars(whole)}
    assert all(part is not None and len(part) == B == len(whole) for part in whole.parts().values())


def test_rows_are_taken_of_every_part():
    whole, picked = full(), torch.tensor([2, 0])
    for rows in (slice(1, 3), picked):
        assert all(torch.equal(got, want[rows]) for got, want in zip(*columns(whole[rows], whole), strict=True))
    assert condition()[1:].reference is None is condition()[1:].reference_pose


def test_one_is_repeated_with_its_reference():
    one = full(B=1).expand(4)
    assert all(torch.equal(got, part.expand_as(got)) and len(got) == 4
               for got, part in zip(*columns(one, full(B=1)), strict=True))


def test_what_is_joined_is_split_again():
    parts = [full(seed, B=seed + 1) for seed in range(3)]
    joined = Condition.cat(parts)
    assert len(joined) == 6 and all(same(got, want) for got, want in zip(joined.split([1, 2, 3]), parts, strict=True))
    assert Condition.cat([condition(), condition(1)]).reference is None


def test_what_has_no_reference_is_joined_as_shown_none():
    seeing = condition(seed=7).showing(drawn(B, 4, 2, 2), drawn(B, P, seed=1))
    for parts in ([condition(B=2), seeing], [seeing, condition(B=2)]):
        joined = Condition.cat(parts)
        for got, part in zip(joined.split(map(len, parts)), parts, strict=True):
            want = part if part is seeing else part.showing(torch.zeros(2, 4, 2, 2), torch.zeros(2, P))
            assert same(got, want)
    with pytest.raises(ValueError, match="Condition.cat: control: need it of all conditions or of none, got it of 1 of 2"):
        Condition.cat([condition(), condition().seeing(drawn(B, 1, 2, 2))])


def test_a_reference_is_shown_and_taken_away_and_the_rest_stays():
    plain, picture, pose = condition(), drawn(B, 4, 2, 2), drawn(B, P)
    seeing = plain.showing(picture, pose)
    assert seeing.reference is picture and seeing.reference_pose is pose
    assert plain.reference is None and same(seeing.showing(None, None), plain)
    assert same(seeing.seeing(None), seeing)


def test_who_is_shown_is_known_of_what_is_cut_and_joined_as_long_as_it_is_one():
    one, other = (Reference(drawn(1, 4, 2, 2, seed=seed), torch.zeros(1), torch.zeros(1)) for seed in (0, 0))
    shown, again, another = (condition().showing(drawn(B, 4, 2, 2), drawn(B, P), source) for source in (one, one, other))
    nobody, unknown = condition(), condition().showing(drawn(B, 4, 2, 2), drawn(B, P))
    assert shown[1:].source is shown.expand(4).source is Condition.cat([shown, again[:1], nobody]).source is one
    assert all(c.source is None for c in (Condition.cat([shown, another]), Condition.cat([unknown, shown]), nobody,
                                          shown.showing(None, None), Condition.cat([nobody, nobody]), shown.blend(torch.eye(B))))


def test_a_mixture_of_texts_shows_nothing():
    assert full().blend(torch.eye(B)[:2]).reference is None


def test_a_mixture_has_the_tokens_of_the_texts_that_are_in_it_and_no_others():
    masks = torch.tensor([[True, False, False], [True, True, False], [True, True, True]])
    texts = Condition(drawn(3, 3, D), masks, drawn(3, P))
    mixed = texts.blend(torch.tensor([[1.0, 0, 0], [0, 1, 0], [0.5, 0.5, 0], [0.9, 0, 0.1]]))
    assert torch.equal(mixed.mask, masks[[0, 1, 1, 2]])
    torch.testing.assert_close(mixed.text[:2], texts.text[:2])


def test_every_question_is_shown_the_reference():
    picture, pose = drawn(B, 4, 2, 2), drawn(B, P)
    query = Query(condition(), condition(1), (condition(2),), torch.ones(1, B), condition(3), condition(4),
                  others={"style": condition(5)}).each(lambda c: c.showing(picture, pose))
    asked = (query.positive, query.negative, *query.repel, query.empty, query.plain, query.others["style"])
    assert all(c.reference is picture and c.reference_pose is pose for c in asked)
    assert torch.equal(query[1:].others["style"].reference, picture[1:])
