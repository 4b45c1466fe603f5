"""SVG files that mean harm, or that are none: a sentence or a bounded run, and nothing executed or fetched."""

import gzip
import socket
import urllib.request
import warnings
from collections import Counter
from importlib import import_module

import numpy as np
import pytest
from drawings import random_drawing
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamgen import __main__, formats, svg
from dreamgen.errors import ConfigError
from dreamgen.svg import xml
from dreamgen.svg.grammar import color, length, matrix, numbers
from dreamgen.svg.path_data import subpaths
from dreamgen.svg.style import Sheet

CANVAS = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 64 64">'
LEVELS = ["&a;" * 10, "&b;" * 10, "&c;" * 10]
BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{level}">' for name, level in zip("bcd", LEVELS, strict=True)) + "]>"
FETCH = CANVAS + """
<?xml-stylesheet href="http://127.0.0.1:9/a.css"?><style>@import url(http://127.0.0.1:9/b.css);
.a{fill:url(http://127.0.0.1:9/c.svg#d)}</style>
<script href="http://127.0.0.1:9/e.js">fetch("http://127.0.0.1:9")</script>
<image href="http://127.0.0.1:9/f.png"/><use href="http://127.0.0.1:9/g.svg#h"/><a href="javascript:alert(1)">
<path class="a" d="M0 0H9V9Z" onclick="alert(1)" filter="url(file:///etc/passwd)"/></a>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://127.0.0.1:9/"/></foreignObject></svg>"""


def doubling(inner: str) -> str:
    """Twelve levels of ten ``use`` each."""
    tens = "".join(f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * 10 + "</g>" for i in range(12))
    return f'{CANVAS}<g id="a0">{inner}</g>{tens}</svg>'


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*given, **named):
        raise AssertionError("reached for the network")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)


@pytest.mark.parametrize("data, sentence", [
    (b"", "the file is empty"),
    (b" \n ", "the file is empty"),
    (b"\x89PNG\r\n\x1a\n" + bytes(50), "not SVG but a PNG picture: `dreamgen vectorize`"),
    (b"\xff\xd8\xff\xe0", "not SVG but a JPEG picture"),
    (gzip.compress(b"<svg/>", mtime=0), "not SVG but compressed by gzip: unpack it first"),
    (b"hello", r"f.svg:1: not XML: syntax error"),
    (b"\0\0\0\0", "f.svg:1: not XML"),
    (b"<svg>\n<g>\n</svg>", "f.svg:3: not XML: mismatched tag"),
    (b"<svg><path", "f.svg:1: not XML: unclosed token"),
    (b'<svg id="\xe9"/>', "f.svg:1: not XML: not well-formed"),
    (b'<?xml version="1.0" encoding="klingon"?><svg/>', "not text in the encoding that it names .*klingon"),
    (b'<?xml version="1.0" encoding="hex"?><svg/>', "not text in the encoding that it names"),
    (b"<html><body/></html>", "f.svg:1: not SVG: the first element is <html>"),
    ((BOMB + "<svg>&d;</svg>").encode(), "f.svg:1: declares the entity 'a'"),
    (b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "declares the entity 'x'"),
    (b'<!DOCTYPE s [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><svg/>', "declares the entity 'x'"),
    (b"<svg>" + b"<g>" * 100_000, "f.svg:1: elements stand in each other 200 deep"),
    (b"<svg/>", "f.svg:1: the canvas has no size: need a viewBox .*, got neither"),
    (b'<svg width="100%" height="100%"/>', "the canvas has no size: .* got width='100%', height='100%'"),
    (b'<svg viewBox="0 0 nan 5"/>', "the canvas has no size: .* got viewBox='0 0 nan 5'"),
    (b'<svg viewBox="0 0 1e300 1e300"/>', r"the canvas is 1e\+300 x 1e\+300 from 0, 0; need sides from 0.001"),
    (b'<svg viewBox="0 0 -5 5"/>', "the canvas is -5 x 5"),
    (b'<svg viewBox="0 0 0 0"/>', "the canvas is 0 x 0"),
    (b'<svg viewBox="1e300 0 5 5"/>', r"the canvas is 5 x 5 from 1e\+300, 0"),
    (doubling('<path d="M0 0H9V9Z"/>').encode(), "f.svg:1: draws too much: at most 200 paths"),
    (doubling("").encode(), "f.svg:1: draws too much: .* in 5,000 elements"),
    (doubling(f'<path d="M0 0{"h1v1" * 20}"/>').encode(), "f.svg:1: draws too much: .* of 1,000 curves"),
    ((CANVAS + f'<path d="M0 0{"h1" * 1001}"/></svg>').encode(), "f.svg:1: draws too much: .* of 1,000 curves"),
    ((CANVAS + "".join(f'<g id="b{i + 1}"><use href="#b{i}"/></g>' for i in range(400, 0, -1)) + "</svg>").encode(),
     "elements stand in each other 300 deep, `use` included"),
    ((CANVAS + "<g/>" * 9_999 + "</svg>").encode(), "f.svg:1: at most 9,000 elements are read"),
    (b"<svg>" + b" " * 2**20 + b"</svg>", "f.svg: larger than 1 MiB"),
])
def test_what_cannot_be_read_is_one_sentence(data, sentence, monkeypatch):
    reader = import_module("dreamgen.svg.read")         # dreamgen.svg.read itself is the function
    monkeypatch.setattr(reader, "MAX_PATHS", 200)
    monkeypatch.setattr(reader, "MAX_SEGMENTS", 1000)
    monkeypatch.setattr(reader, "MAX_WORK", 5000)
    monkeypatch.setattr(xml, "MAX_BYTES", 2**20)
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 9000)
    with pytest.raises(ConfigError, match=sentence) as error:
        svg.read(data, "f.svg")
    assert str(error.value).startswith("f.svg:") and "\n" not in str(error.value) and len(str(error.value)) < 300


def test_nothing_is_executed_fetched_or_handed_on():
    reading = svg.read(FETCH.encode(), "f.svg")
    assert reading.left_out["scripts"] == 2 and reading.left_out["images"] == 1
    written = formats.write(reading.drawing, ["svg"])["asset.svg"].decode()
    assert not any(word in written for word in ("127", "script", "click", "href", "file:", "image", "url"))


def test_a_document_type_is_not_looked_up():
    public = ('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">' + CANVAS +
              '<path d="M0 0H9V9Z"/></svg>')
    assert len(svg.read(public.encode(), "f.svg").drawing.paths) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_a_file_is_read_in_the_encoding_that_it_names(encoding):
    named = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{named}"?>{CANVAS}<path id="\xe9" d="M0 0H9V9Z"/></svg>'.encode(encoding)
    assert len(svg.read(data, "f.svg").drawing.paths) == 1


@pytest.mark.parametrize("inner, dropped", [
    ('<path d="M-1e30 0H1e30V1e30Z"/>', "too far off"),
    ('<circle cx="9" cy="9" r="1e38"/>', "too far off"),
    ('<path d="M0 0H9V9Z" transform="scale(1e200) scale(1e150)"/>', None),
    ('<g transform="scale(1e200)"><path d="M1 1H9V9Z" transform="scale(1e200)"/></g>', "not finite"),
    ('<path d="M0 0L1e308 1e308V5Z" transform="scale(9)"/>', "not finite"),
    ('<path d="M0 0H9V9" stroke="red" fill="none" stroke-width="1e300"/>', "not finite"),
    ('<g transform="scale(0)"><path d="M0 0H9V9Z"/></g>', "empty")])
def test_numbers_without_measure_leave_no_path_and_no_warning(inner, dropped):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cleaned = svg.clean(svg.read(f"{CANVAS}{inner}</svg>".encode(), "f.svg").drawing)
    assert len(cleaned.drawing.paths) == 0
    assert cleaned.dropped == ({dropped: 1} if dropped else {})


@pytest.mark.parametrize("count", [2000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_of_any_number_of_opaque_squares_the_one_that_is_seen_is_left(count):
    squares = "".join(f'<path d="M0 0H64V64H0Z" fill="#{i:06x}"/>' for i in range(count))
    drawing = svg.read(f"{CANVAS}{squares}</svg>".encode(), "f.svg").drawing
    assert len(drawing.paths) == count
    cleaned = svg.clean(drawing)
    assert cleaned.dropped == {"hidden": count - 1}
    last = (count - 1).to_bytes(3, "big")
    assert np.allclose(cleaned.drawing.colors[0, :3] * 255, list(last))


@pytest.mark.parametrize("text", ["0", " ", "-", ",", "A", "1", "1e", ".", "1.", "z", "M", "h1", "t1 1",
                                  "a1 1 0 1 1 1 1", "\0", "e", "+", "(", "rgb(", "\xe9", "translate(1)", "/*", "{"])
def test_no_text_makes_a_grammar_search(text):
    long = text * (100_000 // len(text))
    for data in (long, f"M0 0{long}", f"M0 0L{long}!"):
        subpaths(data)
    for said in (long, f"{long}!", f"rgb({long})", f"translate({long})"):
        matrix(said), length(said, 1.0), color(said), numbers(said)
    Sheet([long], Counter())


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 9), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(
    ["<g>", "</g>", "NaN", "1e999", "-", "\"", "&amp;", "&#0;", "url(#path-0)", "M", "z", "<use href='#layer-0'/>", "",
     " ", "matrix(1 0 0", "99999999999", "<!--", "]]>", "scale(1e400)"])), min_size=1, max_size=8), st.booleans())
def test_a_file_damaged_anywhere_is_read_or_refused(seed, damages, cut):
    text = formats.write(random_drawing(seed), ["svg"])["asset.svg"].decode()
    for place, damage in damages:
        at = int(place * len(text))
        text = text[:at] + damage + text[at + 3 * cut:]
    try:
        svg.clean(svg.read(text.encode(), "f.svg").drawing)
    except ConfigError as error:
        assert str(error).startswith("f.svg:") and "\n" not in str(error)


def test_svg_clean_writes_what_is_seen_and_says_what_is_not_kept(tmp_path, capsys):
    (tmp_path / "in.svg").write_text(f'{CANVAS}<script/><circle r="9"/><path d="M0 70H9V99Z"/><text>hi</text></svg>')
    assert __main__.main(["svg-clean", str(tmp_path / "in.svg")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{tmp_path / 'in.clean.svg'}: 1 of 2 paths, ")
    assert said[1:] == ["not kept: scripts 1; texts 1", "dropped: off the canvas 1"]
    once = (tmp_path / "in.clean.svg").read_bytes()
    assert __main__.main(["svg-clean", str(tmp_path / "in.clean.svg"), "--out", str(tmp_path / "again.svg")]) == 0
    assert (tmp_path / "again.svg").read_bytes() == once


@pytest.mark.parametrize("arguments, sentence", [
    (["in.svg", "--out", "x.pgn"], "--out: need a name that ends in .mp4, .pdf, .png or .svg, got 'x.pgn'; did you mean '.png'?"),
    (["in.svg", "--out", "x.glb"], "--out: need a name that ends in .mp4, .pdf, .png or .svg, got 'x.glb'"),
    (["in.svg", "--size", "5"], "--size: need 1 to 8192 pixels for a .png, got 5 for in.clean.svg"),
    (["in.svg", "--out", "x.png", "--size", "0"], "--size: need 1 to 8192 pixels for a .png, got 0 for x.png"),
    (["away.svg"], "away.svg: cannot be read (No such file or directory)"),
    (["."], ".: cannot be read (Is a directory)"),
    (["in.svg"], "in.svg: the file is empty")])
def test_svg_clean_answers_a_mistake_with_one_line(arguments, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.svg").touch()
    assert __main__.main(["svg-clean", *arguments]) == 2
    assert capsys.readouterr().err == f"dreamgen: {sentence}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["in.svg"]
