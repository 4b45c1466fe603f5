"""A traced shape gets a gradient where that explains its colors for its bytes, and bands of one become one shape."""

import numpy as np
import pytest

from dreamgen import formats
from dreamgen.svg import picture
from dreamgen.svg.tracing import gradients, oklab, shapes
from dreamgen.svg.tracing.regions import Regions
from renderers.drawing import Gradient

E = 64
Y, X = np.mgrid[:E, :E] + 0.5
DARK, LIGHT = np.array([0.1, 0.2, 0.5]), np.array([0.7, 0.85, 1.0])


def disc(t: np.ndarray) -> np.ndarray:
    """[E, E, 4] a disc whose color goes with ``t`` from LIGHT to DARK."""
    a = (np.hypot(X - 32, Y - 32) < 24)[..., None]
    rgb = LIGHT + t.clip(0, 1)[..., None] * (DARK - LIGHT)
    return np.concatenate([rgb * a, a], 2).astype(np.float32)


def off(drawing, given) -> float:
    """Mean difference of a drawing that was not moved from the middle of what it is of."""
    ours = picture(drawing, E)[24:40, 24:40, :3]
    return float(np.abs(ours - given[24:40, 24:40, :3]).mean())


@pytest.mark.parametrize("kind, t", [(Gradient.LINEAR, (Y - 8) / 48), (Gradient.RADIAL, np.hypot(X - 26, Y - 24) / 34)])
def test_shading_becomes_a_gradient_of_its_kind(kind, t):
    given = disc(t)
    plain, _ = shapes(given, 24, 0, framed=False)
    graded, _ = shapes(given, 24, 0, framed=False, graded=True)
    assert not plain.paths.gradient.any() and graded.paths.gradient.tolist() == [kind]
    assert off(graded, given) < 0.02 < off(plain, given)
    if kind == Gradient.RADIAL:
        assert np.hypot(*(graded.frames[0, :, 2] * E - [26, 24])) < 3


def test_one_color_gets_no_gradient():
    drawing, _ = shapes(disc(np.full((E, E), 0.4)), 24, 0, graded=True)
    assert not drawing.paths.gradient.any() and not len(drawing.frames)


def test_a_framed_gradient_is_where_its_shape_is():
    given = disc((Y - 8) / 48)
    drawing, _ = shapes(given, 24, 0, graded=True)
    seen = picture(drawing, 128)[..., :3]
    assert np.abs(seen[20, 64] - LIGHT).max() < 0.12 and np.abs(seen[108, 64] - DARK).max() < 0.12
    assert formats.write(drawing, ["svg"])["asset.svg"].count(b"<path") == 1


def test_bands_that_one_gradient_explains_become_one_region_and_others_stay():
    t = (Y - 8) / 48
    lab = oklab.of_srgb(disc(t)[..., :3].astype(float) * 0 + LIGHT + t.clip(0, 1)[..., None] * (DARK - LIGHT))
    lab = np.kron(lab, np.ones((4, 4, 1)))                      # pixels, of which the costs are, as many as a picture has
    label = np.kron(np.where(np.hypot(X - 32, Y - 32) < 24, 1 + (t * 3).clip(0, 2.9).astype(int), 0), np.ones((4, 4), int))
    means = np.array([lab[label == k].mean(0) for k in (1, 2, 3)])
    joined, ramps = gradients.painted(Regions(label, means), lab, 0.006, 2.5, False)
    assert len(joined.lab) == len(ramps) == 1 and ramps[0].kind == Gradient.LINEAR
    other = lab.copy()
    other[label == 3] = oklab.of_srgb(np.array([1.0, 0.2, 0.1]))
    stays, _ = gradients.painted(Regions(label, means), other, 0.006, 2.5, False)
    assert len(stays.lab) == 2 and set(np.unique(stays.label)) == {0, 1, 2}


def test_of_a_symmetric_picture_gradients_are_symmetric():
    mask = np.hypot(X - 20, Y - 32) < 10
    label = mask + 2 * mask[:, ::-1]
    lab = oklab.of_srgb(LIGHT + ((X + 0.6 * Y) / 80).clip(0, 1)[..., None] * (DARK - LIGHT))
    lab[:, 32:] = lab[:, :32][:, ::-1]
    big, wide = np.kron(label, np.ones((4, 4), int)), np.kron(lab, np.ones((4, 4, 1)))
    _, ramps = gradients.painted(Regions(big, np.zeros((2, 3))), wide, 0.006, 2.5, True)
    left, right = ramps
    assert left.kind == right.kind and np.allclose(left.stops, right.stops)
    assert np.allclose(gradients.flipped(left, 4 * E).frame, right.frame)
    assert np.allclose(left.frame[:, 1], [-left.frame[1, 0], left.frame[0, 0]])


def test_no_stop_beside_the_paper_is_lighter_than_the_palest():
    white = disc(np.full((E, E), 0.0))
    white[..., :3] = white[..., 3:] * (1 - 0.5 * ((Y - 8) / 48).clip(0, 1))[..., None]
    drawing, _ = shapes(white, 24, 0, graded=True)
    assert drawing.paths.gradient.any()
    assert oklab.of_srgb(drawing.stops[..., 1:4].astype(float))[..., 0].max() <= 0.93 + 1e-3
