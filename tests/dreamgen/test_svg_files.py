"""What leaves as SVG, PDF, PNG and mp4, in the eyes of engines that are not ours."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from drawings import random_drawing, resvg
from solids import box

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.formats import mp4, png
from dreamgen.io import images
from dreamgen.svg import clean, picture, read
from dreamgen.svg.curves import of_drawing, of_shapes
from dreamgen.svg.shapes import Shape, Subpath
from renderers.drawing import Drawing, Paint

EDGE = 256
LIMIT = 2 / 255


def svg(drawing: Drawing) -> bytes:
    return formats.write(drawing, ["svg"])["asset.svg"]


def seen(drawing: Drawing, edge: int = EDGE) -> np.ndarray:
    """Premultiplied."""
    rgba = picture(drawing, edge)
    return np.concatenate([rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]], 2)


def polygon(*corners: tuple[float, float], color=(0, 0, 0, 1.0), layer=0, paint=Paint.NONZERO, width=0.0) -> Shape:
    ends = [*corners, *([corners[0]] if paint < Paint.BUTT else [])]
    points = [ends[0]] + [point for a, b in zip(ends, ends[1:], strict=False) for point in (a, b, b)]
    return Shape(paint, color, width, [Subpath(np.array(points, float), paint < Paint.BUTT)], layer)


def square(x: float, y: float, side: float, **paint) -> Shape:
    return polygon((x, y), (x + side, y), (x + side, y + side), (x, y + side), **paint)


def drawing(*shapes: Shape, size=(64.0, 64.0), background=None) -> Drawing:
    return of_shapes(list(shapes)).drawing(size, background)


@pytest.mark.parametrize("seed", range(50))
def test_the_file_looks_in_resvg_as_the_drawing_looks_here(seed):
    given = random_drawing(seed)
    other = resvg(svg(given), round(EDGE * given.size[0] / max(given.size)))
    assert np.abs(seen(given) - other).mean() <= LIMIT


@pytest.mark.parametrize("seed", range(50))
def test_a_file_that_is_read_and_written_again_is_the_same_to_the_byte(seed):
    file = svg(random_drawing(seed))
    reading = read(file, "asset.svg")
    assert reading.left_out == {}
    assert svg(reading.drawing) == file


@pytest.mark.parametrize("seed", range(0, 50, 6))
def test_a_pdf_looks_in_pdfium_as_the_drawing_looks_here(seed):
    given = replace(random_drawing(seed), background=(1.0, 0.9, 0.8))
    with pypdfium2.PdfDocument(formats.write(given, ["pdf"])["asset.pdf"]) as document:
        assert len(document) == 1
        scale = EDGE / max(document[0].get_size())
        other = document[0].render(scale=scale, rev_byteorder=True).to_numpy()[..., :3] / 255
    assert np.abs(seen(given)[..., :3] - other).mean() <= LIMIT


def test_what_is_clean_stays_as_it_is():
    once = clean(random_drawing(7))
    twice = clean(once.drawing)
    assert twice.dropped == {}
    assert np.array_equal(once.drawing.points, twice.drawing.points)


@pytest.mark.parametrize("why, shape", [
    ("not finite", square(np.nan, 5, 10)),
    ("not finite", square(5, 5, 10, color=(0, np.nan, 0, 1.0))),
    ("transparent", square(5, 5, 10, color=(1, 0, 0, 0.0004))),
    ("empty", polygon((5, 5), (25, 5), (45, 5))),
    ("empty", polygon((5, 5), (45, 45), paint=Paint.ROUND, width=1e-5)),
    ("off the canvas", square(64, 10, 10)),
    ("off the canvas", polygon((-3, 0), (-3, 60), paint=Paint.BUTT, width=5.9)),
    ("too far off", square(-1e8, -1e8, 2e8)),
    ("hidden", square(20, 20, 20)),
    ("hidden", polygon((5, 5), (25, 25), (45, 45))),
])
def test_what_nobody_sees_is_dropped_and_counted(why, shape):
    cover = square(0, 0, 64, color=(0.2, 0.4, 0.6, 1.0))
    cleaned = clean(drawing(square(1, 1, 3) if why != "hidden" else shape, *([shape] if why != "hidden" else [cover])))
    assert cleaned.dropped == {why: 1}
    assert len(cleaned.drawing.paths) == 1


def test_a_line_is_not_off_the_canvas_while_its_width_reaches_in():
    assert clean(drawing(polygon((-3, 0), (-3, 60), paint=Paint.BUTT, width=6.5))).dropped == {}


@pytest.mark.parametrize("seed", range(0, 50, 5))
def test_cleaning_is_not_seen(seed):
    given = random_drawing(seed)
    assert np.abs(seen(given) - seen(clean(given).drawing)).mean() <= 0.5 / 255


def test_an_opaque_path_hides_its_twin_below_even_with_others_between():
    red, blue = (1.0, 0, 0, 1.0), (0, 0, 1.0, 1.0)
    cleaned = clean(drawing(square(8.3, 8.3, 40, color=red), square(2, 2, 12), square(8.3, 8.3, 40, color=blue)))
    assert cleaned.dropped == {"there twice": 1}
    assert cleaned.drawing.colors[:, :3].tolist() == [[0, 0, 0], [0, 0, 1]]


def test_translucent_twins_become_one_path_of_the_same_look():
    under, over = square(8, 8, 40, color=(1.0, 0, 0, 0.5)), square(8, 8, 40, color=(0, 0, 1.0, 0.5))
    twins = drawing(under, over)
    cleaned = clean(twins)
    assert cleaned.dropped == {"there twice": 1}
    assert np.abs(seen(twins) - seen(cleaned.drawing)).max() <= LIMIT
    assert clean(drawing(under, square(2, 2, 12), over)).dropped == {}


def test_a_hole_that_has_become_a_point_is_gone_and_a_round_dot_is_kept():
    ring = square(8, 8, 40)
    ring.subpaths += square(20, 20, 1e-4).subpaths
    dot = polygon((50, 50), (50, 50), paint=Paint.ROUND, width=8.0)
    cleaned = of_drawing(clean(drawing(ring, dot)).drawing)
    assert len(cleaned) == 2 and len(cleaned.closed) == 2


def test_an_svg_says_only_what_is_needed_and_in_a_fixed_order():
    line = polygon((4, 4), (60, 50), paint=Paint.SQUARE, width=2, color=(0, 0, 0, 0.5), layer=3)
    given = drawing(square(8, 8, 16, color=(1, 0.5, 0, 0.25)), line, background=(1.0, 1.0, 1.0))
    assert svg(given).decode() == """\
<svg height="64" viewBox="0 0 64 64" width="64" xmlns="http://www.w3.org/2000/svg">
  <rect fill="#ffffff" height="64" id="background" width="64"/>
  <g id="layer-0">
    <path d="M8 8H24V24H8Z" fill="#ff8000" fill-opacity="0.25" id="path-0"/>
  </g>
  <g id="layer-1">
    <path d="M4 4L60 50" fill="none" id="path-1" stroke="#000000" stroke-linecap="square" stroke-linejoin="round" \
stroke-opacity="0.5" stroke-width="2"/>
  </g>
</svg>
"""


@pytest.mark.parametrize("seed", range(0, 50, 7))
def test_ids_are_unique_attributes_sorted_and_nothing_but_paths_is_drawn(seed):
    given = random_drawing(seed)
    file = svg(given)
    root = ElementTree.fromstring(file)
    ids = [node.get("id") for node in root.iter() if node is not root]
    assert len(ids) == len(set(ids)) and None not in ids
    assert all(list(node.keys()) == sorted(node.keys()) for node in root.iter())
    kinds = {node.tag.partition("}")[2] for node in root.iter()}
    assert kinds == {"svg", "g", "path"} | ({"rect"} if given.background else set())


@pytest.mark.parametrize("side, most", [(1.0, 5), (24.0, 4), (512.0, 2), (5000.0, 1), (1e6, 0)])
def test_coordinates_have_the_decimals_that_can_be_seen(side, most):
    part = side / 7
    file = svg(drawing(polygon((part, part), (2 * part, part), (part, 2 * part)), size=(side, side))).decode()
    found = [len(number.partition(".")[2]) for number in re.findall(r"[\d.]+", re.search(r' d="([^"]*)"', file)[1])]
    assert max(found) == most


def test_a_drawing_of_nothing_is_a_file_of_nothing():
    empty = drawing(background=(0.0, 0.5, 1.0))
    files = formats.write(empty, formats.formats("Drawing"))
    assert b"#0080ff" in files["asset.svg"] and b"<path" not in files["asset.svg"]
    assert svg(read(files["asset.svg"], "asset.svg").drawing) == files["asset.svg"]


@pytest.mark.parametrize("size", [(0.0, 5.0), (5.0, np.inf), (np.nan, 5.0)])
def test_a_canvas_without_a_size_is_one_sentence(size):
    with pytest.raises(ValueError, match="drawing: size is .*, want two finite numbers above 0"):
        svg(drawing(square(1, 1, 2), size=size))


def test_every_format_of_a_drawing_is_written_and_repeats_to_the_byte():
    assert formats.formats("Drawing") == ["mp4", "pdf", "png", "svg"]
    first = formats.write(random_drawing(1), formats.formats("Drawing"))
    assert first == formats.write(random_drawing(1), formats.formats("Drawing"))
    assert sorted(first) == ["asset.mp4", "asset.pdf", "asset.png", "asset.svg"]


@pytest.mark.parametrize("title, said", [("a <red> apple & a pear", "a <red> apple & a pear"), ("  two\nlines\x00 ", "two lines"),
                                         ("\N{RED APPLE} \u00e0 c\u00f4t\u00e9", "\N{RED APPLE} \u00e0 c\u00f4t\u00e9")])
def test_what_it_shows_is_the_title_of_the_svg_and_of_the_pdf_and_comes_back(title, said):
    titled = replace(drawing(square(8, 8, 16)), title=title)
    file = svg(titled)
    root = ElementTree.fromstring(file)
    assert root[0].tag == "{http://www.w3.org/2000/svg}title" and root[0].text == said
    again = read(file, "asset.svg")
    assert again.drawing.title == said and not again.left_out and svg(again.drawing) == file
    assert pdf_title(titled) == said


def test_without_words_there_is_no_title_but_the_pdfs_name():
    assert b"<title" not in svg(drawing(square(8, 8, 16)))
    assert pdf_title(drawing(square(8, 8, 16))) == "asset"


def pdf_title(of: Drawing) -> str:
    document = pypdfium2.PdfDocument(formats.write(of, ["pdf"])["asset.pdf"])
    try:
        return document.get_metadata_dict()["Title"]
    finally:
        document.close()


@pytest.mark.parametrize("asset, wanted, sentence", [
    (random_drawing(0), "glb",
     "^glb: writes a Mesh or a Model or a Splats, got a Drawing; for a Drawing have mp4, pdf, png, svg$"),
    (box(), "svg", "^svg: writes a Drawing, got a Mesh; for a Mesh have glb, obj, ply, png, stl, usdz$")])
def test_a_format_of_another_kind_of_asset_is_one_sentence(asset, wanted, sentence):
    with pytest.raises(ConfigError, match=sentence):
        formats.write(asset, [wanted])


def test_a_png_has_any_size_and_is_transparent_where_nothing_is():
    shown = drawing(square(0, 0, 32, color=(1.0, 0, 0, 0.5)), size=(64.0, 32.0))
    pixels = images.decode_rgba(png.write(shown, "asset", 100)["asset.png"])
    assert pixels.shape == (50, 100, 4)
    assert pixels[25, 25].tolist() == [255, 0, 0, 128] and pixels[25, 75, 3] == 0
    over = images.decode_rgba(png.write(replace(shown, background=(0, 0, 1.0)), "asset", 100)["asset.png"])
    assert over[25, 25].tolist() == [128, 0, 128, 255] and over[25, 75].tolist() == [0, 0, 255, 255]


def test_an_mp4_grows_from_the_background_to_the_whole_picture():
    given = replace(random_drawing(5), background=(1.0, 0.5, 0.0))
    frames = list(mp4.frames(given))
    assert len(frames) == len(given.paths) + 1 + mp4.HOLD
    assert np.ptp(frames[0].reshape(-1, 3), axis=0).max() == 0
    assert np.array_equal(frames[-1], images.to_uint8(picture(given, mp4.EDGE)[..., :3]))
    assert formats.write(given, ["mp4"])["asset.mp4"][4:8] == b"ftyp"
