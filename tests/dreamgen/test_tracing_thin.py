"""Thin parts of a soft picture: they are faint, and without them a lamp comes apart."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, label
from test_tracing import BLUE, E, box, disc, over, soft

from dreamgen.svg import tracing
from dreamgen.svg.picture import picture
from dreamgen.svg.tracing import lines
from dreamgen.svg.tracing.crisp import silhouette

LOW, HIGH = np.array([20.0, 50]), np.array([44.0, 14])


def rod(x, y):
    """Whether a point is within 0.4 pixels of the line from LOW to HIGH."""
    way = (HIGH - LOW) / np.linalg.norm(HIGH - LOW)
    along, across = (x - LOW[0]) * way[0] + (y - LOW[1]) * way[1], (x - LOW[0]) * way[1] - (y - LOW[1]) * way[0]
    return (np.abs(across) < 0.4) & (along > 0) & (along < np.linalg.norm(HIGH - LOW))


def lamp(blur=0.0):
    """[E, E, 4] a foot, an arm less than a pixel wide and a head as heavy as the foot."""
    whole = over(soft(rod, BLUE), box(8, 50, 32, 57, BLUE), disc(46, 13, 7, BLUE))
    return gaussian_filter(whole, (blur, blur, 0)).astype(np.float32)


@pytest.mark.parametrize("blur", [0.0, 0.5])
def test_a_lamp_with_a_thin_arm_is_one_thing(blur):
    given = lamp(blur)
    assert label(gaussian_filter(given[..., 3], 0.6) > 0.5)[1] > 1              # apart, by what is half opaque
    drawing, _ = tracing.shapes(given, 24, 0)
    assert label(picture(drawing, 128)[..., 3] > 0.5, np.ones((3, 3)))[1] == 1


def test_a_close_up_of_thin_parts_shows_them():
    near, _ = tracing.closeup(over(soft(rod, BLUE), box(8, 50, 32, 57, BLUE)).astype(np.float32))
    assert (near[..., 3] > 0.2)[:len(near) // 3].any()                          # the arm's upper end


def test_what_has_no_thin_part_is_what_is_half_opaque():
    given = gaussian_filter(disc(32, 32, 20), (1.5, 1.5, 0))[..., 3]
    assert np.array_equal(silhouette(given, 0.7), gaussian_filter(given, 0.7) > 0.5)
    assert not silhouette(np.zeros((E, E)), 1.0).any()


def test_a_haze_is_no_thin_part():
    haze = 0.35 * box(4, 52, 60, 62)[..., 3]
    given = np.maximum(disc(32, 28, 18)[..., 3], haze)
    assert not silhouette(given, 0.6)[54:].any()


def test_a_thin_part_is_as_wide_as_it_must_be_to_be_seen():
    mask = silhouette(np.kron(lamp()[..., 3], np.ones((4, 4))), 2.5)
    row = mask[130]
    assert 0.02 * 256 <= row.sum() <= 0.035 * 256           # it leans


def test_a_region_loses_the_thin_ends_that_two_lines_would_fill():
    """A crescent beside a disc: its horns go to the disc, its middle and the outline stay; untrimmed it stays whole."""
    y, x = np.mgrid[:64, :64] + 0.5
    whole = np.hypot(x - 32, y - 32) < 26
    label = whole.astype(int)
    label[whole & (np.hypot(x - 42, y - 32) >= 26)] = 2
    made = lines.filled(label, 4.0, True)
    assert ((made > 0) == whole).all() and made[32, 10] == 2
    horns = (label == 2) & (np.abs(y - 32) > 24)
    assert horns.any() and not (made[horns] == 2).any()
    assert (lines.filled(label, 4.0) == label).all()
    assert not set(np.unique(lines.filled(label, 8.0, True))) - {0, 1}             # no disc of 8 fits into the crescent


def test_a_square_keeps_its_corners_when_thin_ends_are_taken():
    label = np.ones((40, 40), int)
    label[10:30, 10:30] = 2
    assert (lines.filled(label, 4.0, True) == label).all()


def test_a_line_ends_on_the_line_that_the_grid_has_moved():
    ring = np.array([(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)])
    closed = np.stack([np.stack([a, a, b, b]) for a, b in zip(ring, np.roll(ring, -1, 0), strict=True)])
    across = np.array([[(0.5, 0.22), (0.5, 0.4), (0.5, 0.6), (0.5, 0.7)]])
    [_, made] = lines.landed([lines.Line(closed, True), lines.Line(across, False)], 0.05)
    assert made.chain[0, 0] == pytest.approx([0.5, 0.2], abs=1e-9) and made.chain[0, 1] == pytest.approx([0.5, 0.38], abs=1e-9)
    assert made.chain[0, 3].tolist() == [0.5, 0.7]                                  # too far from any
