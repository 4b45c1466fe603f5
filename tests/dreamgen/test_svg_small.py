"""A file within its bytes looks like the drawing, by our kernel and by resvg, and is written in few of them."""

from dataclasses import replace

import numpy as np
import pytest
from drawings import random_drawing, resvg

from dreamgen import formats, svg
from dreamgen.formats import _svg_small as small
from dreamgen.svg.curves import of_drawing, of_shapes
from dreamgen.svg.shapes import Ramp, Shape, Subpath
from dreamgen.svg.winding import nonzero
from renderers.drawing import Gradient, Paint


def polygon(points, closed=True):
    """Straight lines as cubics."""
    ring = np.concatenate([np.array(points, float), np.array(points[:1], float)])
    return Subpath(np.concatenate([ring[:1], *(np.stack([a, b, b]) for a, b in zip(ring[:-1], ring[1:], strict=True))]), closed)


def filled(*subpaths, paint=Paint.NONZERO, color=(0.2, 0.4, 0.6, 1.0)):
    return Shape(paint, color, 0.0, list(subpaths), 0)


def drawing_of(*shapes, size=(64.0, 64.0)):
    return of_shapes(list(shapes)).drawing(size, None)


def picture(drawing):
    seen = svg.picture(drawing, 128)
    return seen[..., :3] * seen[..., 3:] + 1 - seen[..., 3:]


def test_a_square_takes_the_bytes_that_a_person_would_need():
    square = drawing_of(filled(polygon([(8, 8), (56, 8), (56, 56), (8, 56)])))
    assert small.Writer(64, False).text(square) == \
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#369" d="M8 8H56V56H8"/></svg>'


def test_a_curve_that_mirrors_its_last_handle_is_an_s():
    wave = Subpath(np.array([(0, 32), (8, 8), (24, 8), (32, 32), (40, 56), (56, 56), (64, 32)], float), False)
    line = drawing_of(Shape(Paint.ROUND, (0, 0, 0, 1.0), 2.0, [wave], 0))
    assert 'd="M0 32C8 8 24 8 32 32s24 24 32 0"' in small.Writer(64, False).text(line)


def test_neighbours_of_one_paint_are_one_path_only_where_they_do_not_meet():
    def square(x, opacity=1.0):
        return filled(polygon([(x, 8), (x + 16, 8), (x + 16, 24), (x, 24)]), color=(1, 0, 0, opacity))
    for shapes, count in (((square(2), square(40)), 1), ((square(2), square(10)), 2), ((square(2, 0.5), square(40, 0.5)), 2)):
        drawing = drawing_of(*shapes)
        text = small.Writer(64, False).text(drawing)
        assert text.count("<path") == count
        assert np.abs(picture(svg.read(text.encode(), "x").drawing) - picture(drawing)).max() < 1e-3


@pytest.mark.parametrize("seed", range(6))
def test_resvg_and_we_see_what_the_drawing_shows(seed):
    drawing = svg.clean(random_drawing(seed)).drawing
    made, count = formats.within(drawing, 10**6)
    assert count == len(drawing.paths) and made == formats.write(drawing, ["svg"])["asset.svg"]
    made, count = formats.within(drawing, len(made) - 1)
    assert count == len(drawing.paths) and len(made) < 10**6
    ours, theirs = picture(svg.read(made, "x").drawing), resvg(made, 128)
    theirs = theirs[..., :3] + 1 - theirs[..., 3:]
    assert np.abs(ours - picture(drawing)).mean() < 1 / 255
    assert np.abs(ours - theirs).mean() < 2 / 255


@pytest.mark.parametrize("share", [0.6, 0.2])
def test_fewer_bytes_are_kept_to_and_coarser_coordinates_come_before_fewer_paths(share):
    drawing = svg.clean(random_drawing(2)).drawing
    whole = len(formats.write(drawing, ["svg"])["asset.svg"])
    made, count = formats.within(drawing, int(share * whole))
    assert len(made) <= share * whole and 1 <= count <= len(drawing.paths)
    if share == 0.6:
        assert count == len(drawing.paths)
    again = formats.within(drawing, int(share * whole))
    assert again == (made, count)


def test_more_bytes_are_never_worse():
    drawing = svg.clean(random_drawing(4)).drawing
    off = []
    for most in (500, 1200, 4000):
        made, _ = formats.within(drawing, most)
        off.append(float(np.square(picture(svg.read(made, "x").drawing) - picture(drawing)).mean()))
    assert all(later <= earlier + 1e-6 for earlier, later in zip(off[:-1], off[1:], strict=True)) and off[-1] < 1e-5


def test_a_hole_and_what_is_in_it_need_no_evenodd():
    rings = [polygon([(a, a), (64 - a, a), (64 - a, 64 - a), (a, 64 - a)]) for a in (4, 12, 20)]
    drawing = drawing_of(filled(*rings, paint=Paint.EVENODD))
    turned = nonzero(drawing)
    assert turned.paths.paint.tolist() == [Paint.NONZERO]
    assert np.abs(picture(turned) - picture(drawing)).max() < 1e-3
    assert "fill-rule" not in small.Writer(64, False).text(turned)


def test_a_figure_that_crosses_itself_stays_evenodd():
    star = polygon([(32 + 30 * np.sin(k * 4 * np.pi / 5), 32 - 30 * np.cos(k * 4 * np.pi / 5)) for k in range(5)])
    drawing = drawing_of(filled(star, paint=Paint.EVENODD))
    assert nonzero(drawing).paths.paint.tolist() == [Paint.EVENODD]
    assert nonzero(replace(drawing, title="star")).title == "star"
    assert 'fill-rule="evenodd"' in small.Writer(64, False).text(drawing)


def test_a_gradient_stays_one():
    ramp = Ramp(Gradient.LINEAR, np.array([[64.0, 0, 0], [0, 64, 0]]), np.array([[0, 1, 0, 0, 1.0], [1, 0, 0, 1, 1]]))
    square = replace(filled(polygon([(8, 8), (56, 8), (56, 56), (8, 56)])), ramp=ramp)
    drawing = of_shapes([square]).drawing((64.0, 64.0), None)
    made, count = formats.within(drawing, len(formats.write(drawing, ["svg"])["asset.svg"]) - 1)
    read = svg.read(made, "x").drawing
    assert count == 1 and of_drawing(read).gradient.tolist() == [Gradient.LINEAR]
    assert np.abs(picture(read) - picture(drawing)).max() < 2 / 255
