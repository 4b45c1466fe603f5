"""The judge is judged: planted faults must be found, rounding must pass."""

import pytest
import torch

from tests.agree import assert_agree

TOL = 1e-2


@pytest.fixture
def want():
    rng = torch.Generator().manual_seed(0)
    return torch.randn(50, 3, generator=rng) * torch.logspace(-2, 0, 50)[:, None]


def with_row(tensor, row, value):
    changed = tensor.clone()
    changed[row] = value
    return changed


FAULTS = {
    "sign": lambda w: -w,
    "zero": torch.zeros_like,
    "scale of 0.2 %": lambda w: 1.002 * w,
    "rows shifted by one": lambda w: w.roll(1, 0),
    "a small row dropped": lambda w: with_row(w, 3, 0),
    "a large row dropped": lambda w: with_row(w, -1, 0),
    "one NaN": lambda w: with_row(w, 7, float("nan")),
    "one infinity": lambda w: with_row(w, 7, float("inf")),
    "a row too few": lambda w: w[:-1],
    "transposed": lambda w: w.t(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault, want):
    with pytest.raises(AssertionError, match="grad"):
        assert_agree(FAULTS[fault](want), want, TOL, "grad")


def test_the_same_and_rounding_noise_pass(want):
    assert_agree(want.clone(), want, 1e-12)
    assert_agree(want + 1e-6 * torch.randn(want.shape, generator=torch.Generator().manual_seed(1)), want, TOL)


def test_a_scale_error_passes_element_by_element_and_fails_as_a_whole(want):
    with pytest.raises(AssertionError, match=r"1\.00200. x the reference overall"):
        assert_agree(1.002 * want, want, TOL)


def test_the_worst_element_is_named(want):
    with pytest.raises(AssertionError, match=r"grad\[49, 0\]: 0, want"):
        assert_agree(with_row(want, (-1, 0), 0), want, TOL, "grad")


def test_integers_must_be_equal():
    assert_agree(torch.arange(5), torch.arange(5), TOL)
    with pytest.raises(AssertionError, match="offsets: 1 of 5 differ"):
        assert_agree(with_row(torch.arange(5), 2, 3), torch.arange(5), TOL, "offsets")


def test_where_zero_is_wanted_only_almost_zero_will_do():
    assert_agree(torch.zeros(4), torch.zeros(4), TOL)
    with pytest.raises(AssertionError):
        assert_agree(torch.full((4,), 0.1), torch.zeros(4), TOL)


def test_empty_agrees_with_empty():
    assert_agree(torch.zeros(0, 3), torch.zeros(0, 3), TOL)
