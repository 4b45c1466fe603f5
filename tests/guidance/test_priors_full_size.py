"""Priors at their published widths: the gradient is diffusers' own, parts have the precision they must, encoders are freed."""

import pytest

from benchmarks.full_size import rows_of
from guidance.priors.loading import registry
from tests.guidance.full_size import empty, parts
from tests.guidance.published import KINDS

ENTRY = {"deepfloyd": "if-m"}       # its name in our list


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path / "cache"))


def check(rows):
    exact, half = rows
    for row, precision in ((exact, "float32"), (half, "bfloat16")):
        assert (row["precision"], row["network"], row["VAE"]) == (precision, precision, "float32")
    assert exact["encoders"] == "float32, freed"
    assert float(exact["error"]) < 1e-4
    assert float(half["error"]) < 2 * float(half["rounding"]) < 0.1         # not more than bfloat16 itself is off
    return exact, half


def test_a_prior_as_wide_as_published_has_diffusers_gradient(tmp_path):
    """Stable Diffusion 1.5, two of its four levels."""
    check(rows_of("sd15", tmp_path, ["float32", "bfloat16"], shallow=True, pixels=64))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_stable_diffusion_whole_has_diffusers_gradient(tmp_path):
    exact, half = check(rows_of("sd15", tmp_path, ["float32", "bfloat16"], shallow=False, pixels=128))
    assert 2.5 < half["peak GB"] < exact["peak GB"] - 1 < 5         # of parameters alone 2.2 and 3.9 with the encoder gone


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_configurations_have_as_many_parameters_as_our_list_says(kind):
    config = next(config for part, config in parts(kind).items() if part in ("unet", "transformer"))
    count = sum(weight.numel() for weight in empty(config).parameters())
    assert count * 2 / 1e9 == pytest.approx(registry.ENTRIES[ENTRY.get(kind, kind)].gigabytes("bfloat16"), rel=0.08)
