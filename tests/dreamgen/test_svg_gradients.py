"""Gradients in files: what a file of others means, asked of resvg; what is written, read, cleaned and printed."""

import re
from collections import Counter

import numpy as np
import pypdfium2
import pytest
from drawings import random_drawing, resvg
from test_svg_read import difference, document

from dreamgen import formats
from dreamgen.formats import pdf
from dreamgen.svg import clean, picture, read
from dreamgen.svg.budget import changes
from dreamgen.svg.curves import of_drawing, of_shapes
from dreamgen.svg.shapes import Ramp, Shape
from renderers.drawing import Drawing, Gradient, Paint

STOPS = '<stop stop-color="red"/><stop offset=".4" stop-color="#0c4" stop-opacity=".6"/><stop offset="1" stop-color="navy"/>'
LINEAR = f'<linearGradient id="a">{STOPS}</linearGradient>'


def graded_drawing(seed: int, opaque: bool = False, lines: bool = True) -> Drawing:
    """A random drawing in which two of three paths have a gradient; ellipses and circles, larger and smaller than they."""
    rng = np.random.default_rng(seed)
    given, shapes = random_drawing(seed), []
    for n, shape in enumerate(of_drawing(given).shapes()):
        if n % 3 and (lines or not shape.paint.is_stroke):
            u, o = rng.normal(size=2) * 0.3 * min(given.size), rng.random(2) * given.size
            v = np.array([-u[1], u[0]]) if rng.random() < 0.5 else rng.normal(size=2) * 0.3 * min(given.size)
            K = int(rng.integers(2, 5))
            stops = np.concatenate([np.sort(rng.random((K, 1)), 0), rng.random((K, 3)),
                                    np.ones((K, 1)) if opaque else rng.uniform(0.2, 1, (K, 1))], 1)
            shape = Shape(shape.paint, shape.color, shape.width, shape.subpaths, shape.layer,
                          Ramp(Gradient(n % 3), np.stack([u, v, o], 1), stops))
        shapes.append(shape)
    return of_shapes(shapes).drawing(given.size, given.background)


def premultiplied(rgba: np.ndarray) -> np.ndarray:
    return np.concatenate([rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]], 2)


@pytest.mark.parametrize("inner", [
    LINEAR + '<path fill="url(#a)" d="M5 5H50V40Z"/>',
    LINEAR + '<g transform="rotate(20) scale(1 .5)"><circle fill="url(#a)" cx="40" cy="40" r="20"/></g>',
    LINEAR + '<radialGradient id="b" href="#a" cx=".3" r="60%"/><path fill="url(#b)" d="M5 5C60 0 60 60 20 50Z"/>',
    f'<linearGradient id="a" gradientUnits="userSpaceOnUse" x1="10" y1="5" x2="50%" y2="40">{STOPS}</linearGradient>'
    '<rect x="4" y="4" width="50" height="50" fill="url(#a)" opacity=".7"/>',
    f'<radialGradient id="a" gradientUnits="userSpaceOnUse" cx="30" cy="30" r="20" gradientTransform="skewX(20) scale(1 .6)">'
    f'{STOPS}</radialGradient><rect width="60" height="60" fill="url(#a)"/>',
    LINEAR + '<path stroke="url(#a)" stroke-width="8" fill="none" stroke-linejoin="round" d="M8 8L50 20 20 50"/>',
    LINEAR + '<path fill="none" stroke="url(#a) lime" stroke-width="4" d="M5 20H50"/>',
    f'<linearGradient id="a" gradientTransform="rotate(45 .5 .5)">{STOPS}</linearGradient>'
    '<ellipse fill="url(#a)" cx="32" cy="32" rx="30" ry="12"/>',
    f'<radialGradient id="a" r="0">{STOPS}</radialGradient><rect width="60" height="60" fill="url(#a)"/>',
    f'<radialGradient id="a" fr=".2">{STOPS}</radialGradient><rect width="60" height="60" fill="url(#a)"/>',
    '<linearGradient id="a"><stop offset=".5" stop-color="red"/><stop offset=".5" stop-color="blue"/></linearGradient>'
    '<path fill="url(#a)" d="M5 5H50V40Z"/>',
    '<linearGradient id="a"><stop offset=".8" stop-color="red"/><stop offset=".2" stop-color="blue"/></linearGradient>'
    '<path fill="url(#a)" d="M5 5H50V40Z"/>',
    '<linearGradient id="a"><stop stop-color="teal" stop-opacity=".5"/></linearGradient><path fill="url(#a)" d="M5 5H50V40Z"/>',
    '<g color="teal"><linearGradient id="a"><stop stop-color="currentColor"/><stop offset="1" style="stop-color:currentColor" '
    'color="red"/></linearGradient></g><path fill="url(#a)" color="lime" d="M5 5H50V40Z"/>',
    '<style>#a{color:tan} stop{stop-color:currentColor}</style><linearGradient id="b" href="#a" color="blue"/>'
    '<linearGradient id="a"><stop/></linearGradient><path fill="url(#b)" d="M5 5H50V40Z"/>',
    '<linearGradient id="a"/><path fill="url(#a)" d="M5 5H50V40Z"/><path fill="url(#a) tan" d="M5 50H50V60Z"/>',
])
def test_a_gradient_means_what_resvg_says(inner):
    data = document(inner)
    assert read(data, "f.svg").left_out == {}
    assert difference(data) <= 1 / 255


@pytest.mark.parametrize("inner, what", [
    ('<linearGradient id="a" x2=".3" spreadMethod="reflect">', "repetitions of gradients"),
    ('<radialGradient id="a" fx=".2">', "focal points of gradients, now in the middle"),
    ('<linearGradient id="a">' + STOPS * 6, "gradients of more than 16 stops, now their mean color")])
def test_what_of_a_gradient_is_not_kept_is_counted(inner, what):
    end = f"{STOPS}</{inner[1:].split(' ')[0]}>"
    assert read(document(f'{inner}{end}<path fill="url(#a)" d="M5 5H50V40Z"/>'), "f.svg").left_out == {what: 1}


def test_a_repetition_that_nobody_sees_is_not_counted():
    inner = LINEAR.replace('id="a"', 'id="a" spreadMethod="repeat"') + '<rect fill="url(#a)" width="9" height="9"/>'
    assert read(document(inner), "f.svg").left_out == {}


def test_many_stops_become_their_mean():
    stops = '<stop stop-color="red"/><stop offset="50%" style="stop-color:blue"/>' + '<stop offset="1" stop-color="blue"/>' * 15
    data = document(f'<linearGradient id="a">{stops}</linearGradient><path fill="url(#a)" d="M0 0H9V9Z"/>')
    drawing = read(data, "f.svg").drawing
    assert np.allclose(drawing.colors, [[0.25, 0, 0.75, 1]]) and not drawing.paths.gradient.any()


@pytest.mark.parametrize("seed", range(12))
def test_the_file_looks_in_resvg_as_the_drawing_looks_here(seed):
    given = graded_drawing(seed)
    file = formats.write(given, ["svg"])["asset.svg"]
    assert (clean(given).drawing.paths.gradient > 0).any() and b"<linearGradient" in file or b"<radialGradient" in file
    other = resvg(file, round(256 * given.size[0] / max(given.size)))
    assert np.abs(premultiplied(picture(given, 256)) - other).mean() <= 2 / 255


@pytest.mark.parametrize("seed", range(12))
def test_a_file_that_is_read_and_written_again_is_the_same_to_the_byte(seed):
    file = formats.write(graded_drawing(seed), ["svg"])["asset.svg"]
    reading = read(file, "asset.svg")
    assert reading.left_out == {} and formats.write(reading.drawing, ["svg"])["asset.svg"] == file
    ids = re.findall(rb' id="([^"]+)"', file)
    assert len(ids) == len(set(ids))
    assert {*re.findall(rb"url\(#([^)]+)\)", file)} == {one for one in ids if one.startswith(b"gradient-")}


@pytest.mark.parametrize("seed", range(4))
def test_a_pdf_looks_in_pdfium_as_the_drawing_looks_here(seed):
    given = graded_drawing(seed, opaque=True, lines=False)
    page = pypdfium2.PdfDocument(formats.write(given, ["pdf"])["asset.pdf"])[0]
    other = np.asarray(page.render(scale=256 / max(page.get_size())).to_pil().convert("RGB"), np.float32) / 255
    ours = premultiplied(picture(given, 256))
    ours = ours[..., :3] + (1 - ours[..., 3:])
    assert np.abs(ours - other[:ours.shape[0], :ours.shape[1]]).mean() <= 2 / 255


def test_what_a_pdf_has_otherwise_is_said(tmp_path, capsys):
    from dreamgen.__main__ import main
    file = tmp_path / "a.svg"
    file.write_bytes(document(LINEAR + '<path fill="url(#a)" d="M5 5H50V40Z"/><path stroke="url(#a)" fill="none" '
                                       'stroke-linejoin="round" d="M5 5H50V40Z"/>'))
    assert main(["svg-clean", str(file), "--out", str(tmp_path / "a.pdf")]) == 0
    said = capsys.readouterr().out
    assert "gradients of lines, now their mean color 1" in said and "opacities of stops, now their mean 1" in said
    assert pdf.simplified(read(file.read_bytes(), "a").drawing)


def square(color, ramp=None) -> Shape:
    [shape] = of_drawing(read(document('<path d="M8 8H56V56H8Z"/>'), "f").drawing).shapes()
    return Shape(Paint.NONZERO, color, 0.0, shape.subpaths, 0, ramp)


def ramp(*stops) -> Ramp:
    return Ramp(Gradient.LINEAR, np.array([[40.0, 0, 10], [0, 40, 10]]), np.array(stops, float))


def test_a_gradient_of_one_color_is_that_color_and_repeated_stops_are_one():
    plain = ramp((0, 1, 0, 0, 0.5), (1, 1, 0, 0, 0.5))
    cleaned = clean(of_shapes([square((0, 0, 0, 0.5), plain)]).drawing((64.0, 64.0), None)).drawing
    assert not cleaned.paths.gradient.any() and not len(cleaned.frames)
    assert np.allclose(cleaned.colors, [[1, 0, 0, 0.25]])
    twice = ramp((0, 1, 0, 0, 1), (1, 0, 0, 1, 1), (1, 0, 0, 1, 1))
    assert clean(of_shapes([square((0, 0, 0, 1), twice)]).drawing((64.0, 64.0), None)).drawing.stops.shape == (1, 2, 5)


def test_what_is_under_a_translucent_stop_is_kept_and_under_an_opaque_gradient_dropped():
    below = square((0, 1, 0, 1))
    seen, hidden = (of_shapes([below, square((0, 0, 0, 1), ramp((0, 1, 0, 0, a), (1, 0, 0, 1, 1)))]).drawing((64.0, 64.0), None)
                    for a in (0.5, 1))
    assert len(clean(seen).drawing.paths) == 2
    assert len(clean(hidden).drawing.paths) == 1
    nothing = of_shapes([square((0, 0, 0, 1), ramp((0, 1, 0, 0, 0), (1, 0, 0, 1, 0)))]).drawing((64.0, 64.0), None)
    assert clean(nothing).dropped == {"transparent": 1}


def test_a_change_is_that_of_the_picture_without_the_path():
    given = graded_drawing(3)
    found, whole = changes(given), premultiplied(picture(clean(given).drawing, 64))
    assert found.shape == (len(given.paths),) and (found >= 0).all() and found.max() > 1e-3 and whole.any()
    shapes = of_drawing(given).shapes()
    n = int(found.argmax())
    without = of_shapes([shape for k, shape in enumerate(shapes) if k != n]).drawing(given.size, None)
    all_of_it = of_shapes(shapes).drawing(given.size, None)
    change = premultiplied(picture(all_of_it, 64)) - premultiplied(picture(without, 64))
    assert np.isclose(found[n], np.square(change).sum() / change[..., 0].size, rtol=1e-3)


def test_stops_of_a_stranger_are_read_in_their_order_and_within_their_range():
    from dreamgen.svg.gradients import stops_of
    from dreamgen.svg.style import Sheet
    from dreamgen.svg.xml import parse
    node = parse(document('<linearGradient><stop offset="-1"/><stop offset="70%"/><stop offset=".3"/><stop offset="9"/>'
                          '<stop offset="oops" stop-opacity="7"/></linearGradient>'), "f").children[0]
    found = stops_of(node, Sheet([], Counter()))
    assert np.allclose(found[:, 0], [0, 0.7, 0.7, 1, 1]) and (found[:, 4] == 1).all()
