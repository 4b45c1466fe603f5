"""A number that changes during a stage: before ``begin``, between, and from ``finish`` on."""

import pytest

from guidance.ramp import Ramp
from guidance.ranges import fraction, not_negative, positive


@pytest.mark.parametrize("progress, value", [(0.0, 3.0), (0.1, 3.0), (0.25, 3.0), (0.3, 2.8), (0.5, 2.0),
                                             (0.75, 1.0), (1.0, 1.0)])
def test_it_stays_then_moves_in_a_straight_line_then_stays(progress, value):
    assert Ramp(3.0, 1.0, 0.25, 0.75)(progress) == pytest.approx(value, abs=1e-12)


def test_without_begin_and_finish_it_takes_the_whole_stage():
    assert [Ramp(0.0, 4.0)(progress) for progress in (0.0, 0.25, 1.0)] == [0.0, 1.0, 4.0]


def test_where_begin_is_finish_it_switches_at_once():
    assert [Ramp(1.0, 2.0, 0.5, 0.5)(progress) for progress in (0.499, 0.5, 0.501)] == [1.0, 2.0, 2.0]


@pytest.mark.parametrize("begin, finish", [(-0.1, 1.0), (0.6, 0.5), (0.0, 1.1)])
def test_a_ramp_that_runs_backwards_or_out_of_the_stage_is_refused(begin, finish):
    with pytest.raises(ValueError, match=f"begin: need 0 <= begin <= finish <= 1, got {begin}, {finish}"):
        Ramp(0.0, 1.0, begin, finish)


def test_the_ends_of_the_ranges_belong_to_them_or_not():
    not_negative(a=0, b=Ramp(0, 1), c=Ramp(1, 0))
    fraction(a=0, b=1, c=Ramp(0, 1), d=Ramp(1, 0))
    positive(a=1e-9)
    for check, value in ((positive, 0), (not_negative, Ramp(1, -1e-9)), (not_negative, Ramp(-1e-9, 1)), (not_negative, -1e-9),
                         (fraction, Ramp(0, 1.1)), (fraction, Ramp(1.1, 0)), (fraction, Ramp(-0.1, 1)), (fraction, Ramp(1, -0.1)),
                         (fraction, 1.1), (fraction, -0.1), (positive, float("nan")), (not_negative, float("nan"))):
        with pytest.raises(ValueError, match="^given: need "):
            check(given=value)
