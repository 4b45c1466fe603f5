"""Compositing obeys the physics that it discretises."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.ops._dispatch import backends
from renderers.ops.composite import composite
from tests.cases.composite import CASES, rays

BACKENDS = pytest.mark.parametrize("backend", list(backends("composite", "cpu")))


@BACKENDS
@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(0, 40), max_size=6), density=st.sampled_from([0.0, 1.0, 50.0, 1e5]),
       seed=st.integers(0, 99))
def test_weights_are_shares(backend, counts, density, seed):
    out = composite(*rays(torch.float32, counts, density, seed), backend=backend)
    assert (out.weights >= 0).all() and (out.opacity <= 1 + 1e-6).all()
    assert (out.rgb <= out.opacity[:, None] + 1e-6).all()


@BACKENDS
def test_a_homogeneous_medium_absorbs_exponentially(backend):
    sigma, rgb, t, delta, offsets = rays(torch.float32, [50, 100])
    out = composite(torch.full_like(sigma, 3.0), rgb, t, delta, offsets, backend=backend)
    assert torch.allclose(out.opacity, 1 - torch.exp(-3.0 * delta * torch.tensor([50.0, 100.0])))


@BACKENDS
def test_splitting_a_segment_in_two_changes_nothing(backend):
    sigma, rgb, t, delta, offsets = rays(torch.float32, [20, 15])
    whole = composite(sigma, rgb, t, delta, offsets, backend=backend)
    halves = composite(sigma.repeat_interleave(2), rgb.repeat_interleave(2, 0), t.repeat_interleave(2), delta / 2,
                       2 * offsets, backend=backend)
    for name in ("rgb", "opacity", "depth"):
        assert torch.allclose(getattr(whole, name), getattr(halves, name), atol=1e-6), name


@BACKENDS
def test_an_opaque_sample_hides_what_is_behind(backend):
    sigma, rgb, t, delta, offsets = CASES["opaque first sample"](torch.float32)
    out = composite(sigma, rgb, t, delta, offsets, backend=backend)
    assert torch.equal(out.rgb, rgb[offsets[:-1]]) and torch.equal(out.depth, t[offsets[:-1]])
    assert torch.equal(out.weights.nonzero().flatten(), offsets[:-1])
    gradient, = torch.autograd.grad(out.rgb.sum(), sigma)
    assert not gradient.any()


@BACKENDS
def test_rays_do_not_mix(backend):
    sigma, rgb, t, delta, offsets = CASES["typical"](torch.float32)
    together = composite(sigma, rgb, t, delta, offsets, backend=backend)
    for r in (0, 1, 2, 7):
        part = slice(int(offsets[r]), int(offsets[r + 1]))
        alone = composite(sigma[part], rgb[part], t[part], delta, torch.tensor([0, part.stop - part.start]),
                          backend=backend)
        assert torch.allclose(alone.rgb[0], together.rgb[r], atol=1e-6)
        assert torch.allclose(alone.weights, together.weights[part], atol=1e-6)


@pytest.mark.parametrize("offsets", [[0, 4, 9], [1, 4, 5], [0, 6, 5]])
def test_offsets_that_would_lead_astray_are_told(offsets):
    sigma, rgb, t, delta, _ = rays(torch.float32, [5])
    with pytest.raises(ValueError, match=r"^composite: offsets must rise from 0 to M=5, got"):
        composite(sigma, rgb, t, delta, torch.tensor(offsets), backend="numba")
