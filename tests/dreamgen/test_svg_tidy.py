"""A file written shorter looks the same to resvg, has lost nothing that is seen, and nothing that runs is left in it."""

import numpy as np
import pytest
from drawings import random_drawing, resvg

from dreamgen import __main__, formats
from dreamgen.errors import ConfigError
from dreamgen.svg import tidy
from dreamgen.svg.path_data import subpaths
from dreamgen.svg.shorten import joined, number, paint, path_data
from tests.dreamgen.test_svg_read import random_path

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 64 64" {}>'
SEEN = {
    "gradient": '<defs><linearGradient id="a"><stop stop-color="#ff0000"/><stop offset="1" style="stop-color:blue"/>'
                '</linearGradient><radialGradient id="unused"/></defs><rect width="50.00001" height="60" fill="url(#a)"/>',
    "gradient of another": '<linearGradient id="a"><stop stop-color="red"/><stop offset="1"/></linearGradient>'
                           '<radialGradient id="b" xlink:href="#a"/><circle cx="30" cy="30" r="20" style="fill:url(#b)"/>',
    "clip and mask": '<clipPath id="c"><circle cx="30" cy="30" r="20"/></clipPath><mask id="m"><rect width="40" height="64" '
                     'fill="white"/></mask><g clip-path="url(#c)"><rect mask="url(#m)" width="64" height="64"/></g>',
    "style sheet": '<style>/* a */ g > .x { fill : green }\n #i{stroke:red}</style><g><g><rect class="x" width="9" height="9"/>'
                   '</g><path class="x" id="i" d="M20 20 L 40 20 L 40 40"/></g>',
    "important": '<g style="fill:red !important; font-family:x"><rect width="30" height="30" fill="blue" style="fill:tan"/></g>',
    "pattern": '<pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><circle cx="4" cy="4" r="3"/></pattern>'
               '<rect width="64" height="64" fill="url( #p )"/>',
    "filter": '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><rect filter="url(#f)" x="9" y="9" width="30" '
              'height="30"/>',
    "symbol": '<symbol id="s" viewBox="0 0 1 1"><path d="M.123 .123h.7v.7z"/></symbol><use xlink:href="#s" width="60" '
              'height="60"/>',
    "enlarged": '<g transform="scale(1000)"><path d="M.001234 .001234L.051234 .031234 .012345 .061234z"/></g>',
    "enlarged by a style": '<g style="transform:scale(1000)"><path d="M.001234 .001234L.051234 .031234 .012345 .061234z"/></g>',
    "style before attribute": '<g transform="scale(1)" style="transform:scale(1000)"><path d="M.001234 .001234L.051234 .031234 '
                              '.012345 .061234z"/></g>',
    "enlarged by a rule": '<style>.a { transform:scale(10000) }</style><g class="a"><path d="M.0001234 .0001234L.0051234 '
                          '.0031234 .0012345 .0061234z"/></g>',
    "used where it is large": '<g transform="scale(.00001)"><path id="a" d="M1.234 1.234L51.234 31.234 12.345 61.234z"/></g>'
                              '<use xlink:href="#a"/><g transform="scale(1000)"><use xlink:href="#b"/></g>'
                              '<path id="b" d="M.001234 .041234L.021234 .051234 .012345 .061234z"/>',
    "clip of a box": '<clipPath id="c" clipPathUnits="objectBoundingBox"><path d="M0 0L.999999 .012345 .012345 .987654z"/>'
                     '</clipPath><g transform="scale(.01)"><g clip-path="url(#c)"><path d="M0 0h6400v6400H0z"/></g></g>',
    "line of what is enlarged": '<g stroke-width=".0004" stroke="red"><g transform="scale(10000)"><path d="M0 0L.005 .006000"/>'
                                '</g></g>',
    "a style that says nothing": '<rect width="30" height="30" fill="red" style="fill:reddish; "/>',
    "dashes": '<path d="M5 5 C 20 50 40 -20 60 50" fill="none" stroke="rgb(10, 20, 30)" stroke-dasharray="4,2" '
              'stroke-width="2px"/>',
    "em": '<g font-size="10"><rect x="1em" y="1em" width="4em" height="3em"/></g>',
    "empty group": '<g id="unused"/><g><g/></g><g filter="none"><rect width="5" height="5"/></g>',
    "inner viewport": '<svg x="5" y="5" width="40" height="40" viewBox="0 0 .1 .1"><circle cx=".05" cy=".05" r=".0412"/></svg>',
}


def document(inner, attributes=""):
    return (HEAD.format(attributes) + inner + "</svg>").encode()


def difference(one, two):
    return float(np.abs(resvg(one, 128) - resvg(two, 128)).max())


@pytest.mark.parametrize("inner", SEEN.values(), ids=SEEN)
def test_it_looks_the_same_and_is_shorter(inner):
    data = document(inner)
    made, left_out = tidy(data, "f.svg")
    assert resvg(data, 128)[..., 3].any() and difference(data, made) <= 2 / 255
    assert len(made) < len(data) and left_out == {}
    assert tidy(made, "f.svg")[0] == made, "a second time changes something"


@pytest.mark.parametrize("inner", [
    '<g style="--c:red;-webkit-transform:scale(2)"><path fill="var(--c)" d="M0 0H5V9z"/></g>',     # resvg knows neither
    '<g style="transform:scale(var(--s))"><path d="M.1234567 0V.7654321z"/></g>',
    '<style>.a{scale:1000}</style><path class="a" d="M.1234567 0V.7654321z"/>',
    '<g style="background:url(data:image/png;base64,iVBO)"><path d="M0 0H5V9z"/></g>',
    '<path d="M.1234567 0V.7654321z"><animateTransform attributeName="transform" type="scale" to="999"/></path>'])
def test_what_is_not_understood_stays(inner):
    assert tidy(document(inner), "f.svg")[0].decode().endswith(f'viewBox="0 0 64 64">{inner}</svg>')


@pytest.mark.parametrize("seed", range(12))
def test_path_data_is_the_same_path_in_fewer_characters(seed):
    data = random_path(np.random.default_rng(seed))
    made = path_data(data, 2)
    one, two = (document(f'<path d="{d}" fill-rule="evenodd"/>') for d in (data, made))
    assert len(made) < len(data) and np.abs(resvg(one, 128) - resvg(two, 128)).mean() < 1 / 255


def test_roundings_do_not_add_up():
    [line], sound = subpaths(path_data("M0 0" + "l.004 .004" * 1000, 2))
    assert sound and line.points[-1] == pytest.approx([4, 4], abs=0.006)


@pytest.mark.parametrize("broken", ["M0 0L1", "L1 1", "M0 0 Q1 1", "M0 0Zx", "M0 0L1e999 5", "hello", ""])
def test_broken_path_data_stays_as_it_is(broken):
    assert path_data(broken, 2) == broken


def test_what_is_written_is_what_a_parser_reads():
    assert [number(v, 2) for v in (0.5, -0.5, 3, -0.001, 1.999, 120)] == [".5", "-.5", "3", "0", "2", "120"]
    assert joined(["1", ".5", ".5", "-3", ".2", "4"]) == "1 .5.5-3 .2 4"
    assert [paint(c) for c in ("#FF0000", "rgb(255,255,255)", "white", "url(#a)", "none", "rgba(0,0,0,.5)", "#808080")] == \
        ["red", "#fff", "#fff", "url(#a)", "none", "rgba(0,0,0,.5)", "gray"]


def test_what_could_run_is_left_out_and_said_and_what_draws_nothing_is_left_out():
    made, left_out = tidy(document(
        '<script>x()</script><!-- c --><metadata>m</metadata><i:v xmlns:i="urn:i" i:w="1"/><title>A &amp; b</title>'
        '<a href="javascript:x()"><rect id="r" onclick="x()" width="9" height="9" i:z="" xmlns:i="urn:i"/></a>'
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">t</p></foreignObject>', 'width="24" height="24"'), "f.svg")
    assert left_out == {"foreign documents": 1, "handlers of events": 1, "scripts": 2}
    assert made.decode() == ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                             'viewBox="0 0 64 64" width="24" height="24"><title>A &amp; b</title><a>'
                             '<rect width="9" height="9"/></a></svg>')


def test_text_keeps_its_spaces_and_its_fonts():
    made = tidy(document('<text x="5" y="20" font-size="9" style="font-family:serif">a <tspan> b</tspan>  c</text>'), "f.svg")[0]
    assert b'>a <tspan> b</tspan>  c</text>' in made and b'font-size="9"' in made and b"font-family" in made


@pytest.mark.parametrize("seed", range(4))
def test_our_own_files_get_shorter_too_and_nothing_grows(seed):
    [data] = formats.write(random_drawing(seed), ["svg"]).values()
    made, _ = tidy(data, "f.svg")
    assert len(made) < 0.95 * len(data) and np.abs(resvg(data, 128) - resvg(made, 128)).mean() < 1 / 255
    assert len(tidy(made, "f.svg")[0]) <= len(made)


def test_no_svg_is_told():
    with pytest.raises(ConfigError, match="f.svg:1: not SVG: the first element is <html>"):
        tidy(b"<html/>", "f.svg")


def test_the_command_keeps_what_is_seen(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    data = document(SEEN["gradient"])
    (tmp_path / "in.svg").write_bytes(data)
    assert __main__.main(["svg-clean", "in.svg", "--keep"]) == 0
    made = (tmp_path / "in.clean.svg").read_bytes()
    assert capsys.readouterr().out == f"in.clean.svg: {len(made):,} bytes of {len(data):,}\n" and b"linearGradient" in made
    assert __main__.main(["svg-clean", "in.svg", "--keep", "--out", "in.png"]) == 2
    assert capsys.readouterr().err == "dreamgen: --keep: needs an .svg, got in.png; other formats have plain paths only\n"
