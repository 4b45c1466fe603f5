"""A picture becomes few whole shapes that a person could have drawn: corners, circles, symmetry, nothing torn."""

import numpy as np
import pytest

from dreamgen.svg import tracing
from dreamgen.svg.picture import picture
from dreamgen.svg.tracing import bezier, lines, oklab, outline
from dreamgen.svg.tracing.borders import borders
from dreamgen.svg.tracing.mirror import alike
from dreamgen.svg.tracing.regions import PALEST, Regions, palette, segment, without_thin
from dreamgen.svg.tracing.shading import LEAST, basis, moments
from dreamgen.svg.tracing.stack import stacked

E = 64
RED, BLUE, WHITE = (0.8, 0.1, 0.1), (0.1, 0.2, 0.8), (0.95, 0.95, 0.95)


def soft(inside, color):
    """[E, E, 4] premultiplied, of a function of x and y in pixels, antialiased by 8 x 8 samples."""
    y, x = (np.mgrid[:8 * E, :8 * E] + 0.5) / 8
    cover = inside(x, y).reshape(E, 8, E, 8).mean((1, 3))[..., None]
    return np.concatenate([cover * color, cover], 2)


def over(*layers):
    out = np.zeros((E, E, 4))
    for layer in layers:
        out = layer + (1 - layer[..., 3:]) * out
    return out


def disc(cx, cy, r, color=RED):
    return soft(lambda x, y: np.hypot(x - cx, y - cy) < r, color)


def box(x0, y0, x1, y1, color=RED):
    return soft(lambda x, y: (x > x0) & (x < x1) & (y > y0) & (y < y1), color)


def drawn(image, **more):
    return tracing.shapes(image, more.pop("budget", 24), 0, framed=False, **more)[0]


def psnr(drawing, image):
    seen = picture(drawing, E)
    seen = np.concatenate([seen[..., :3] * seen[..., 3:], seen[..., 3:]], 2)
    return -10 * np.log10(np.square(seen - image).mean())


def test_a_disc_is_a_circle_of_four_cubics():
    made = drawn(disc(30.3, 33.8, 20))
    assert len(made.paths) == 1 and len(made.paths.segments) == 4
    r = np.hypot(*(made.points[::3] * E - [30.3, 33.8]).T)
    assert abs(r - 20).max() < 0.4 and made.colors[0, :3] == pytest.approx(RED, abs=0.01)


def test_a_box_has_four_straight_sides_and_its_corners():
    made = drawn(box(10, 14, 52, 50))
    assert len(made.paths.segments) == 4
    corners = made.points[made.paths.segments[:, 0]] * E
    assert abs(np.sort(corners[:, 0]) - [10, 10, 52, 52]).max() < 0.7
    assert abs(np.sort(corners[:, 1]) - [14, 14, 50, 50]).max() < 0.7


def test_a_drop_has_one_corner_and_is_whole():
    drop = soft(lambda x, y: (np.hypot(x - 32, y - 40) < 15) | ((y > 8) & (y < 33) & (abs(x - 30) < (y - 8) * 0.5)), RED)
    made = drawn(drop)
    assert len(made.paths) == 1 and psnr(made, drop) > 22


def test_what_lies_on_a_shape_leaves_no_gap_and_the_shape_below_is_whole():
    image = over(disc(32, 32, 24), disc(26, 30, 7, BLUE))
    made = drawn(image)
    assert len(made.paths) == 2 and psnr(made, image) > 30
    assert made.colors[0, :3] == pytest.approx(RED, abs=0.02), "the large one is below"
    assert len(made.paths.closed) == 2, "a hole was left under the small one"


def test_a_shape_that_is_half_hidden_goes_on_under_what_hides_it():
    label = np.zeros((80, 80), int)
    label[10:70, 10:45], label[20:60, 45:70] = 1, 2
    (bottom, whole), (top, own) = stacked(Regions(label, np.zeros((2, 3))))
    assert (bottom, top) == (1, 2) and np.array_equal(own, label == 2)
    assert whole[40, 45:50].all() and not whole[:, 60:].any() and not (whole & (label == 0)).any()


def test_a_symmetric_picture_gives_a_drawing_that_is_so_to_the_last_bit():
    eyes = [disc(32 + s * 9, 28, 4, BLUE) for s in (-1, 1)]
    ears = [soft(lambda x, y, s=s: (abs(x - 32 - s * 16) < 6 - (y - 4) * -0.2) & (y > 4) & (y < 20), RED) for s in (-1, 1)]
    image = over(*ears, disc(32, 34, 22), *eyes, box(26, 42, 38, 46, WHITE))
    assert alike(image) > 0.99
    made = drawn(image)
    points = {tuple(p) for p in made.points.astype(np.float64).round(6)}
    assert points == {(round(1 - x, 6), y) for x, y in points} and len(made.paths) >= 3


def test_a_thing_fills_its_canvas_and_the_frame_leads_back():
    image = disc(20, 40, 10)
    made, frame = tracing.shapes(image, 8, 0)
    low, high = made.points[::3].min(0), made.points[::3].max(0)
    assert low == pytest.approx([0.08, 0.08], abs=1e-3) and high == pytest.approx([0.92, 0.92], abs=1e-3)
    back = (made.points @ frame[:, :2].T + frame[:, 2]) * E
    assert back[::3].min(0) == pytest.approx([10, 30], abs=0.4) and made.size == (1.0, 1.0)


def test_a_small_thing_is_looked_at_closely():
    """Nine pixels wide, with a band of two: at the picture's own scale the band was less than a shape may be."""
    image = over(box(28, 20, 37, 44), box(28, 31, 37, 33.5, WHITE))
    assert len(tracing.shapes(image, 24, 0, framed=False)[0].paths) < len(tracing.shapes(image, 24, 0)[0].paths)


@pytest.mark.parametrize("thing", [disc(20, 40, 10), disc(32, 25, 8), box(3, 5, 61, 22)], ids=["aside", "symmetric", "wide"])
def test_a_close_up_shows_all_of_a_thing_and_leads_back(thing):
    near, place = tracing.closeup(thing)
    assert near.shape[0] == near.shape[1] and near[..., 3].sum() == pytest.approx(thing[..., 3].sum())
    y, x = np.mgrid[:len(near), :len(near)] + 0.5
    found = np.array([(near[..., 3] * x).sum(), (near[..., 3] * y).sum()]) / near[..., 3].sum() / len(near)
    y, x = (np.mgrid[:E, :E] + 0.5) / E
    meant = np.array([(thing[..., 3] * x).sum(), (thing[..., 3] * y).sum()]) / thing[..., 3].sum()
    assert place[:, :2] @ found + place[:, 2] == pytest.approx(meant, abs=1e-6)
    assert alike(near) == pytest.approx(alike(thing), abs=1e-9) or alike(thing) < tracing.SYMMETRIC


def test_shading_is_one_shape_and_the_budget_is_kept():
    rng = np.random.default_rng(0)
    noisy = disc(32, 32, 26)
    noisy[..., :3] *= (0.9 + 0.1 * rng.random((E, E, 1)))
    assert len(drawn(noisy).paths) == 1
    many = over(box(4, 4, 60, 60, WHITE), *(disc(12 + 13 * i, 12 + 13 * j, 5, (i / 4, j / 4, 0.5))
                                           for i in range(4) for j in range(4)))
    assert 10 <= len(drawn(many).paths) <= 17 and len(drawn(many, budget=4).paths) <= 4


def test_light_that_falls_off_over_a_round_thing_is_no_shape_and_a_step_of_the_same_size_is_one():
    y, x = np.mgrid[:E, :E] + 0.5
    ball = disc(32, 32, 26)
    lit = ball.copy()
    lit[..., :3] *= (1 - 0.6 * np.square(np.stack([x - 26, y - 22]) / 45).sum(0)).clip(0.3, 1)[..., None]
    assert len(drawn(lit).paths) == 1
    halves = ball.copy()
    halves[..., :3] *= np.where(x < 32, 1.0, 0.5)[..., None]
    assert len(drawn(halves).paths) == 2


def test_a_rounded_end_is_no_spike_and_a_notch_stays_sharp():
    """Two legs with round feet: nothing is drawn beyond them, and between them there is a corner."""
    legs = soft(lambda x, y: (abs(abs(x - 32) - 9) < 8.5) & (y > 10) & (y < 46)
                | (np.hypot(abs(x - 32) - 9, y - 46) < 8.5) | (abs(x - 32) < 17.5) & (y > 10) & (y < 30), RED)
    made = drawn(legs)
    assert made.points[made.paths.segments[:, 0], 1].max() * E < 54.5 + 0.7
    assert psnr(made, legs) > 24


def test_white_on_paper_is_a_light_grey_and_white_on_something_else_is_white():
    snow, eye = drawn(disc(32, 32, 20, (1, 1, 1))), drawn(over(disc(32, 32, 24), disc(32, 32, 9, (1, 1, 1))))
    assert oklab.of_srgb(snow.colors[0, :3].astype(float))[0] == pytest.approx(PALEST, abs=1e-3)
    assert eye.colors[1, :3].min() > 0.99


def test_a_quadratic_is_fitted_to_each_region_and_to_two_as_one():
    rng = np.random.default_rng(1)
    parts, colors = np.zeros((20, 24), int), rng.random((20, 24, 3))
    parts[:, :12], parts[:10, 12:], parts[10:, 12:18] = 1, 2, 3
    found = moments(parts, colors)
    joined = found.error(0, 2)
    for rows, got in (((1,), found.error(0)), ((3,), found.error(2)), ((1, 3), joined)):
        b, c = basis(parts.shape)[np.isin(parts, rows)], colors[np.isin(parts, rows)]
        b, c = np.concatenate([b, LEAST**0.5 * np.eye(6)[1:]]), np.concatenate([c, np.zeros((5, 3))])
        assert got == pytest.approx(np.square(c - b @ np.linalg.lstsq(b, c, rcond=None)[0]).sum(), rel=1e-6)
    found.join(0, 2)
    assert found.error(0) == pytest.approx(joined) and found.error(2) == 0


def test_borders_are_drawn_once_and_meet():
    """Three regions side by side: a line around them, and two that end on it."""
    label = np.zeros((60, 60), int)
    label[10:50, 10:25], label[10:50, 25:40], label[10:50, 40:50] = 1, 2, 3
    found = borders(label)
    assert sorted(line.closed for line in found) == [False, False, True]
    ring = next(line.points for line in found if line.closed)
    for line in (line.points for line in found if not line.closed):
        for end in (line[0], line[-1]):
            assert np.linalg.norm(ring - end, axis=1).min() < 1e-9
        assert abs(line[:, 0] - line[:, 0].mean()).max() < 0.1 and len(line) == 41


def test_a_symmetric_map_has_symmetric_lines_that_cross_the_axis_in_one():
    label = np.zeros((64, 64), int)
    label[10:54, 8:56], label[30:54, 8:56], label[14:20, 14:20], label[14:20, 44:50] = 1, 2, 3, 4
    hand = lines.HANDS["sketch"]
    made = lines.drawn(label, hand, True)
    assert sorted(line.closed for line in made) == [False, True, True, True]
    points = {tuple(p) for line in made for p in line.chain.reshape(-1, 2).round(6)}
    assert points == {(round(64 - x, 6), y) for x, y in points}


def test_a_line_does_not_fill_what_it_outlines():
    label = np.zeros((64, 64), int)
    label[10:54, 10:54], label[20:24, 16:48] = 1, 2
    label[40:43, 20:40] = 0
    assert set(np.unique(lines.filled(label, 3.0))) == {0, 1} and lines.filled(label, 3.0)[41, 30] == 1
    assert set(np.unique(lines.filled(label, 1.0))) == {0, 1, 2} and lines.filled(label, 1.0)[41, 30] == 0


def test_a_hole_is_a_hole_and_a_speck_is_nothing():
    ring = soft(lambda x, y: (np.hypot(x - 32, y - 32) < 26) & (np.hypot(x - 32, y - 32) > 12), RED)
    made = drawn(over(ring, disc(5, 5, 1.5)))
    assert len(made.paths) == 1 and len(made.paths.closed) == 2 and picture(made, E)[32, 32, 3] == 0


def test_a_band_of_mixed_colors_between_two_is_no_region():
    parts = np.ones((256, 256), int)
    parts[:, 125:130], parts[:, 130:] = 2, 3
    assert set(np.unique(without_thin(parts))) == {1, 3}


def test_an_empty_picture_is_told():
    with pytest.raises(ValueError, match="nothing in the picture is more than half opaque"):
        tracing.shapes(np.zeros((16, 16, 4)), 4, 0)


def test_regions_cost_what_they_are_worth():
    lab = np.zeros((60, 60, 3))
    lab[:, :, 0], lab[20:40, 20:40, 1] = 0.5, 0.2
    inside = np.ones((60, 60), bool)
    assert len(segment(inside, lab, 9, 0.004, 1.2, 1.0, 0).lab) == 2
    assert len(segment(inside, lab, 9, 0.004, 1e3, 1.0, 0).lab) == 1


def test_colors_that_look_alike_are_one():
    lab = np.array([[0.5, 0, 0], [0.52, 0, 0], [0.9, 0, 0]])
    assert palette(lab, np.array([3, 1, 1]))[:, 0].tolist() == pytest.approx([0.505, 0.505, 0.9])


def test_light_on_white_is_one_color_and_on_what_is_colored_two():
    for hue, colors in ((0.0, 1), (0.1, 2)):
        lab = np.array([[0.9, hue, 0], [0.82, hue, 0]])
        assert len(np.unique(palette(lab, np.array([1, 1]))[:, 0])) == colors


def test_oklab_is_ottossons():
    table = {(1, 1, 1): (1, 0, 0), (1, 0, 0): (0.62796, 0.22486, 0.12585), (0, 0, 1): (0.45201, -0.03246, -0.31153)}
    for rgb, lab in table.items():
        assert oklab.of_srgb(np.array(rgb, float)) == pytest.approx(np.array(lab), abs=1e-4)
    colors = np.random.default_rng(0).random((20, 3))
    np.testing.assert_allclose(oklab.to_srgb(oklab.of_srgb(colors)), colors, atol=1e-6)


def test_a_cubic_is_found_again_from_its_points():
    cubic = np.array([[0, 0], [10, 30], [40, 30], [50, 0.0]])
    line = outline.even(np.concatenate([bezier.at(cubic, np.linspace(0, 1, 400)), [[50, -40], [0, -40]]]), 1.0)
    line = line[:int(np.argmax(line[:, 1] < -0.5))]
    found = bezier.fit(line, 0.3)
    assert len(found) == 1
    near = np.linalg.norm(bezier.at(found[0], np.linspace(0, 1, 50))[:, None] - bezier.at(cubic, np.linspace(0, 1, 900)), axis=2)
    assert near.min(1).max() < 0.4


def test_a_line_that_is_cut_stays_smooth_and_near():
    t = np.linspace(0, 4 * np.pi, 300)
    wave = np.stack([20 * t, 30 * np.sin(t)], 1)
    found = bezier.fit(wave, 0.5)
    assert 2 <= len(found) <= 12 and (found[1:, 0] == found[:-1, 3]).all()
    into, out = found[:-1, 3] - found[:-1, 2], found[1:, 1] - found[1:, 0]
    cosine = (into * out).sum(1) / (np.linalg.norm(into, axis=1) * np.linalg.norm(out, axis=1))
    assert cosine.min() > 0.999
    dense = np.concatenate([bezier.at(each, np.linspace(0, 1, 60)) for each in found])
    assert np.linalg.norm(dense[:, None] - wave, axis=2).min(1).max() < 1.5
