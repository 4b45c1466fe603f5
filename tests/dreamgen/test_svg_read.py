"""What a file of others means: resvg is asked, and what cannot be kept is counted."""

import numpy as np
import pytest
from drawings import resvg

from dreamgen.svg import picture, read
from dreamgen.svg.path_data import subpaths
from renderers.drawing import Paint

EDGE = 128
NUMBERS = {"L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}


def document(inner: str, attributes: str = 'viewBox="0 0 64 64"') -> bytes:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>'
            f"{inner}</svg>").encode()


def difference(data: bytes) -> float:
    """Mean absolute difference of resvg's picture and ours, premultiplied."""
    rgba = picture(read(data, "f.svg").drawing, EDGE)
    return float(np.abs(np.concatenate([rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]], 2) - resvg(data, EDGE)).mean())


def random_path(rng: np.random.Generator) -> str:
    """Every command, absolute and relative; the flags of arcs without spaces, numbers with as few as allowed."""
    data = f"M{rng.uniform(10, 50):.2f},{rng.uniform(10, 50):.2f}"
    for _ in range(rng.integers(2, 7)):
        command = rng.choice(list("LlHhVvCcSsQqTtAaMm"))
        place = (lambda n: rng.uniform(5, 60, n)) if command.isupper() else (lambda n: rng.normal(size=n) * 12)
        if command in "Aa":
            radii = rng.uniform(2, 25, 2)
            data += f"{command}{radii[0]:.1f} {radii[1]:.1f} {rng.normal() * 90:.0f} {rng.integers(2)}{rng.integers(2)}"
            data += " ".join(f"{value:.2f}" for value in place(2))
        else:
            data += command + "".join(f"{value:+.2f}" for value in place(NUMBERS.get(command.upper(), 2)))
        data += "z" if rng.random() < 0.15 else ""
    return data


@pytest.mark.parametrize("seed", range(40))
def test_path_data_means_what_resvg_says(seed):
    rng = np.random.default_rng(seed)
    data = document(f'<path d="{random_path(rng)}" fill-rule="evenodd" fill="#c33"/>'
                    f'<path d="{random_path(rng)}" fill="none" stroke="navy" stroke-linejoin="round"/>')
    assert read(data, "f.svg").left_out == {}
    assert difference(data) <= 1 / 255


@pytest.mark.parametrize("inner", [
    '<rect x="5" y="9" width="40" height="20" fill="teal"/>',
    '<rect x="5" y="9" width="40" height="20" rx="30" ry="4"/><rect x="50%" y="50%" width="25%" height="10mm" rx="3"/>',
    '<circle cx="30" cy="30" r="20"/><ellipse cx="50" cy="20" rx="9" ry="15" fill="tan"/><circle r="25%" fill="red"/>',
    '<line x1="3" y1="4" x2="60" y2="50" stroke="purple" stroke-width="5" stroke-linecap="round"/>',
    '<polyline points="5,5 30 20,10 50" fill="#0a0" stroke="#000" stroke-linejoin="round"/>'
    '<polygon points="40 40 60 40 50 60"/>',
    '<g transform="translate(30 10) rotate(30) scale(2 1) skewX(10)"><rect width="10" height="20"/></g>',
    '<g transform="matrix(.5 .2 -.3 .8 20 5) rotate(20, 10 10)skewY(5)"><circle cx="20" cy="20" r="15"/></g>',
    '<g transform="scale(3)"><path d="M5 5L15 9" stroke="red" stroke-width="2" stroke-linecap="square"/></g>',
    '<g fill="red" stroke="blue" stroke-linejoin="round" stroke-width="4"><path d="M9 9H50V40Z"/>'
    '<path d="M9 50H50" fill="none" stroke="inherit"/></g>',
    '<path d="M0 0H40V40H0Z" fill="green" opacity=".5"/><path d="M20 20H60V60H20Z" fill-opacity="30%"/>',
    '<style>.a,.b{fill:red} #i{fill:blue} path{fill:lime} /* .a{fill:black} */ *{stroke:none}</style>'
    '<path class="x a" d="M0 0H20V20Z"/><path id="i" class="b" d="M20 20H40V40Z"/><path d="M40 40H60V60Z" fill="red"/>',
    '<style>@import "x.css";#a{fill:red}@media print{#a{fill:blue} #b{fill:blue}} #c{fill:tan}</style>'
    '<path id="a" d="M0 0H20V20Z"/><path id="b" d="M20 20H40V40Z"/><path id="c" d="M40 40H60V60Z"/>',
    '<style>path{fill:red}</style><style>path{fill:tan}</style><path id="a" d="M0 0H20V20Z"/><use href="#a" x="9"/>'
    '<path id="a" d="M40 40H60V60Z"/>',
    '<path style="fill:#f80 !important;fill-opacity:.5" fill="blue" d="M0 0H60V60Z"/>',
    '<g color="#808"><path fill="currentColor" d="M0 0H60V60Z"/></g>',
    '<path fill="hsl(200, 60%, 40%)" d="M0 0H60V30Z"/><path fill="rgba(10%, 50%, 90%, .5)" d="M0 60H60V30Z"/>',
    '<defs><path id="p" d="M0 0H9V9Z"/></defs><use href="#p" x="10" y="5"/><use xlink:href="#p" transform="scale(2)"/>',
    '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol>'
    '<use href="#s" x="8" y="4" width="40" height="20"/>',
    '<svg x="10" y="20" width="40" height="20" viewBox="0 0 10 10"><rect width="10" height="10" fill="olive"/></svg>',
    '<switch><foreignObject requiredExtensions="x"/><path d="M0 0H60V60Z"/></switch>',
    '<g display="none"><path d="M0 0H9V9Z"/></g><path visibility="hidden" d="M0 30H9V39Z"/><circle r="9"/>',
    '<rect width="64" height="64" fill="#fed"/><path d="M5 5H50V50Z"/>',
])
def test_an_element_means_what_resvg_says(inner):
    assert difference(document(inner)) <= 1 / 255


@pytest.mark.parametrize("attributes", ['viewBox="-20 -10 100 50"', 'width="80" height="40"',
                                        'width="1in" height="48px"', 'viewBox="5 5 32 16" width="300" height="150"'])
def test_the_canvas_is_the_view_box_or_the_size(attributes):
    data = document('<path d="M0 0L50 8 20 30Z" fill="crimson"/>', attributes)
    assert difference(data) <= 1 / 255


@pytest.mark.parametrize("inner, what", [
    ("<text>hi</text>", "texts"),
    ('<image href="http://localhost/x.png" width="9" height="9"/>', "images"),
    ("<script>alert(1)</script>", "scripts"),
    ('<path onclick="alert(1)" d="M0 0H9V9Z"/>', "scripts"),
    ("<foreignObject/>", "<foreignObject>"),
    ('<path d="M0 0H9V9Z"><title>t</title></path><animate/>', "animations"),
    ('<path clip-path="url(#c)" d="M0 0H9V9Z"/>', "clips"),
    ('<path style="mask:url(#c)" d="M0 0H9V9Z"/>', "masks"),
    ('<path filter="url(#c)" d="M0 0H9V9Z"/>', "filters"),
    ('<path stroke="red" stroke-dasharray="3 2" d="M0 0H9"/>', "dashes"),
    ('<path marker-end="url(#m)" d="M0 0H9"/>', "markers"),
    ('<path fill="url(#nowhere)" d="M0 0H9V9Z"/>', "patterns"),
    ('<path fill="bogus" d="M0 0H9V9Z"/>', "colors that are none"),
    ('<path d="M0 0H9V9Z" transform="spin(3)"/>', "elements with a broken transform"),
    ('<path d="M0 0H9V9 L nan 3"/>', "broken path data, drawn up to the break"),
    ('<circle r="oops"/>', "broken path data, drawn up to the break"),
    ('<path stroke="red" d="M0 0H9V9" stroke-linejoin="miter"/>', "sharp joins, now round"),
    ('<g transform="scale(1 3)"><path stroke="red" d="M0 0H9"/></g>', "uneven line widths, now even"),
    ('<g opacity=".5"><path d="M0 0H9V9Z"/><path d="M0 0H9V9Z"/></g>', "group opacities"),
    ('<use href="other.svg#x"/>', "links that lead nowhere, to other files or in a circle"),
    ('<g id="a"><use href="#a"/></g>', "links that lead nowhere, to other files or in a circle"),
    ("<style>g path{fill:red}</style>", "style rules"),
    ("<style>@media print{path{fill:red}}</style>", "style rules"),
])
def test_what_cannot_be_kept_is_counted(inner, what):
    assert read(document(inner), "f.svg").left_out == {what: 1}


def test_a_fallback_color_is_taken_where_the_paint_is_not_there():
    assert np.allclose(read(document('<path fill="url(#x) lime" d="M0 0H9V9Z"/>'), "f").drawing.colors, [[0, 1, 0, 1]])


@pytest.mark.parametrize("style", [
    "", "fill:bogus", "fill:#12345", "fill:rgb(1,2)", "fill:url(#x) bogus", "fill:", "fill", "fill:red;fill:bogus"])
def test_a_declaration_that_is_none_leaves_what_was_said_before(style):
    inner = f'<g fill="lime"><path fill="red" style="{style}" d="M0 0H9V9Z"/></g>'
    assert np.allclose(read(document(inner), "f").drawing.colors, [[1, 0, 0, 1]])


@pytest.mark.parametrize("said, of_width_and_opacity", [
    ("", (4, 0.5)), ("stroke-width:-1;stroke-opacity:3mm", (4, 0.5)), ("stroke-width:wide;stroke-opacity:", (4, 0.5)),
    ("stroke-width:2PX;stroke-opacity:25%", (2, 0.25)), ("stroke-width:initial;stroke-opacity:unset", (1, 0.75)),
    ("stroke-width:inherit;stroke-opacity:revert", (8, 0.75))])
def test_what_a_property_cannot_be_is_passed_over(said, of_width_and_opacity):
    inner = (f'<style>.a{{{said}}}</style><g stroke-width="8" stroke-opacity=".75"><path class="a" stroke="RED" '
             'fill="None" stroke-width="4" stroke-opacity=".5" stroke-linejoin="Round" d="M0 0H9V9Z"/></g>')
    reading = read(document(inner), "f")
    assert (reading.drawing.widths[0], reading.drawing.colors[0, 3]) == of_width_and_opacity
    assert len(reading.drawing.paths) == 1 and not reading.left_out


def test_what_no_property_can_be_is_inherited_and_counted():
    reading = read(document('<g fill="lime"><path fill="bogus" d="M0 0H9V9Z"/></g>'), "f")
    assert np.allclose(reading.drawing.colors, [[0, 1, 0, 1]]) and reading.left_out == {"colors that are none": 1}


def test_fill_and_stroke_of_an_element_are_two_paths():
    drawing = read(document('<path fill="red" stroke="blue" stroke-linecap="round" d="M0 0H9V9Z"/>'), "f").drawing
    assert drawing.paths.paint.tolist() == [Paint.NONZERO, Paint.ROUND]


def test_top_level_groups_are_layers_and_loose_shapes_between_them_too():
    path = '<path d="M0 0H9V9Z"/>'
    drawing = read(document(f"{path}{path}<g>{path}<g>{path}</g></g><g/><g>{path}</g>{path}"), "f.svg").drawing
    assert drawing.layers.tolist() == [0, 0, 1, 1, 2, 3]


def test_only_a_rect_under_all_that_is_opaque_and_covers_the_canvas_is_the_background():
    def background(inner):
        return read(document(inner), "f.svg").drawing.background
    assert background('<rect width="100%" height="64" fill="blue"/>') == (0, 0, 1)
    assert background('<rect width="64" height="63"/>') is None
    assert background('<rect width="64" height="64" opacity=".9"/>') is None
    assert background('<path d="M0 0H9V9Z"/><rect width="64" height="64"/>') is None
    assert background('<g transform="rotate(45 32 32)"><rect x="-64" y="-64" width="200" height="200"/></g>') is None


@pytest.mark.parametrize("data, drawn, sound", [
    ("M0 0L5 5", 1, True), ("M0 0 5 5 9 9", 2, True), ("M0,0,5,5", 1, True), ("m1 1h5z", 2, True), ("", 0, True),
    ("M0 0", 0, True), ("L5 5", 0, False), ("hello", 0, False), ("M0 0L5", 0, False), ("M0 0L5 5X7 7", 1, False),
    ("M0 0L5 5 1e999 3", 1, False), ("M0 0A5 5 0 2 1 9 9", 0, False), ("M0 0A0 5 0 0 1 9 9", 1, True),
    ("M0 0A5 5 0 119 9", 2, True), ("M0 0 L5 5, nan 3", 1, False), ("M1-.5.5l1e1-2", 0, False),
    ("M1-.5l1e1-2.5.5-3", 2, True), ("M0 0L 1 1;2 2", 1, False)])
def test_path_data_is_drawn_up_to_its_fault(data, drawn, sound):
    found, is_sound = subpaths(data)
    assert sum(len(each.cubics) for each in found) == drawn
    assert is_sound == sound
