"""Gradients of ``fill``: colors by their equation, frames in views, and what does not fit."""

import numpy as np
import pytest
import torch

from renderers.drawing import Gradient, Paint, Paths, look, look_at_frames
from renderers.errors import BackendError
from renderers.ops.fill import fill
from tests.cases.fill import graded as graded_case

EACH = pytest.mark.parametrize("backend", ["numba", "reference"])
SQUARE = [[0, 0], [16, 0], [16, 16], [0, 16]]


def graded(kind, frame, stops, backend, opacity=1.0):
    """[16, 16, 4] of a square with one gradient."""
    i = np.arange(4)
    j = np.roll(i, -1)
    paths = Paths(np.stack([i, i, j, j], 1), np.array([0, 4]), np.array([0, 1]), np.array([Paint.NONZERO], np.int8),
                  np.array([True]), np.array([kind], np.int8))
    points = torch.tensor([SQUARE], dtype=torch.float32)
    return fill(points, torch.tensor([[[0.3, 0.3, 0.3, opacity]]]), torch.zeros(1, 1), paths, (16, 16),
                torch.tensor([[frame]]), torch.tensor([[stops]]), backend=backend)[0]


@EACH
def test_a_gradient_goes_from_stop_to_stop_and_stays_beyond_them(backend):
    red_to_blue = [[0.0, 1, 0, 0, 1], [1.0, 0, 0, 1, 1]]
    linear = graded(Gradient.LINEAR, [[8.0, 0, 4], [0, 8, 0]], red_to_blue, backend)
    t = ((torch.arange(16) + 0.5 - 4) / 8).clamp(0, 1)
    assert torch.allclose(linear[5, :, 2], t, atol=1e-6) and torch.allclose(linear[5, :, 0], 1 - t, atol=1e-6)
    assert torch.allclose(linear[0], linear[15]) and (linear[..., 3] == 1).all()
    radial = graded(Gradient.RADIAL, [[4.0, 0, 8], [0, 8, 8]], red_to_blue, backend, 0.5)
    y, x = torch.meshgrid(torch.arange(16) + 0.5, torch.arange(16) + 0.5, indexing="ij")
    t = (((x - 8) / 4).square() + ((y - 8) / 8).square()).sqrt().clamp(0, 1)
    assert torch.allclose(radial[..., 2], 0.5 * t, atol=1e-6) and torch.allclose(radial[..., 3], torch.full((16, 16), 0.5))


@EACH
def test_stops_of_several_opacities_are_mixed_without_premultiplying(backend):
    half = graded(Gradient.LINEAR, [[16.0, 0, 0.5], [0, 16, 0]], [[0.0, 1, 0, 0, 1], [1.0, 0, 0, 1, 0]], backend)[3, 8]
    assert torch.allclose(half, torch.tensor([0.25, 0, 0.25, 0.5]), atol=1e-6)


@EACH
@pytest.mark.parametrize("frame", [[[0.0, 0, 4], [0, 0, 4]], [[3.0, 6, 4], [1, 2, 4]], [[torch.nan, 0, 4], [0, 1, 4]]])
def test_a_frame_that_spans_nothing_has_the_color_of_its_last_stop(backend, frame):
    rgba = graded(Gradient.RADIAL, frame, [[0.0, 1, 0, 0, 1], [1.0, 0, 0.5, 1, 0.5]], backend)
    assert torch.allclose(rgba, torch.tensor([0, 0.25, 0.5, 0.5]))


def test_frames_move_with_the_view_as_points_do():
    frames, view = torch.tensor([[[4.0, 1, 8], [2, 5, 3]]]), torch.tensor([[[0.0, -2, 5], [3, 0.5, 1]]])
    places = torch.tensor([[0.3, -0.7, 1.0], [0, 0, 1]])                        # q of two points
    points = places @ frames[0].T
    moved = look_at_frames(frames, view)[0]
    assert torch.allclose(places @ moved[0].T, look(points, torch.ones(1), view)[0][0])


def test_a_backend_without_gradients_is_passed_over_or_told(monkeypatch):
    from renderers.ops.fill import numba_cpu
    monkeypatch.delattr(numba_cpu, "GRADIENTS")
    given = [[8.0, 0, 4], [0, 8, 0]], [[0.0, 1, 0, 0, 1], [1.0, 0, 0, 1, 1]]
    assert torch.equal(graded(Gradient.LINEAR, *given, None), graded(Gradient.LINEAR, *given, "reference"))
    with pytest.raises(BackendError, match="fill: backend 'numba' has no gradients, 1 paths have one"):
        graded(Gradient.LINEAR, *given, "numba")


@pytest.mark.parametrize(("change", "message"), [
    (lambda f, s: (None, s), "fill: 2 paths have a gradient, want frames and stops"),
    (lambda f, s: (f[:, :2], s), r"fill: frames is .*, want \[B=1, N=4, 2, 3\]"),
    (lambda f, s: (f, s[:, :, :0]), "fill: frames are .*, 0 stops .*, want 1 or more stops"),
    (lambda f, s: (f.double(), s), "fill: frames are torch.float64, 3 stops torch.float32"),
])
def test_a_gradient_that_does_not_fit_is_told(change, message):
    *given, frames, stops = graded_case(torch.float32, N=4, B=1, size=(9, 11))
    with pytest.raises(ValueError, match=message):
        fill(*given, *change(frames, stops))
