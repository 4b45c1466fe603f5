"""What surrounds the paths of a file: its root, inner viewports, the cascade, its size on a page."""

import pytest

from dreamgen import __main__
from dreamgen.errors import ConfigError
from dreamgen.svg import read, sized
from dreamgen.svg.grammar import matrix
from tests.dreamgen.test_svg_read import difference, document

INNER = '<svg x="5" y="10" width="50" height="20" viewBox="0 0 10 10" preserveAspectRatio="{}"><rect x="2" y="2" width="6" ' \
        'height="6" fill="olive"/></svg>'
SAME = {
    "root transform": ('<rect width="30" height="30"/>', 'viewBox="0 0 64 64" transform="rotate(20 30 30)"'),
    "root not displayed": ('<rect width="30" height="30"/>', 'viewBox="0 0 64 64" display="none"'),
    "background": ('<rect width="30" height="30"/>', 'viewBox="0 0 64 64" style="background-color:#ffd700"'),
    "important": ('<style>.a{fill:green!important} #b{fill:red}</style><rect class="a" id="b" width="30" height="30"/>', None),
    "important before style": ('<style>rect{fill:green ! important}</style><rect style="fill:red" width="9" height="9"/>', None),
    "comment in style": ('<rect style="/* body */fill:green;/**/" width="30" height="30"/>', None),
    "stroke first": ('<circle cx="30" cy="30" r="15" fill="red" stroke="black" stroke-width="9" paint-order="stroke"/>', None),
    "fill first": ('<circle cx="30" cy="30" r="15" fill="red" stroke="black" stroke-width="9" paint-order="fill"/>', None),
    "dots": ('<path d="M30 30h0" stroke="red" stroke-width="20" stroke-linecap="square"/><path d="M9 9z" stroke="blue" '
             'stroke-width="8" stroke-linecap="round"/>', None),
    "turned square dot": ('<path transform="rotate(30 30 30)" d="M30 30h0" stroke="red" stroke-width="20" '
                          'stroke-linecap="square"/>', None),
    "shares of an inner viewport": ('<svg x="4" width="50" height="50" viewBox="0 0 9 9"><rect width="100%" height="100%"/></svg>'
                                    '<svg y="25%" width="50%" height="50%"><circle cx="50%" cy="50%" r="30%" fill="red"/></svg>',
                                    None),
    "shares of a line": ('<svg width="50" height="50" viewBox="0 0 9 9"><path stroke="red" stroke-width="20%" d="M0 5h9"/></svg>',
                         None),
    "shares of a gradient": ('<linearGradient id="a" gradientUnits="userSpaceOnUse" x2="100%"><stop stop-color="red"/><stop '
                             'offset="1"/></linearGradient><svg width="50" height="50" viewBox="0 0 10 10"><path '
                             'fill="url(#a)" d="M0 0h10v10z"/></svg>', None),
    **{align: (INNER.format(align), None) for align in
       ("none", "xMinYMin", "xMaxYMax", "xMidYMid meet", "xMinYMid", "xMaxYMin")},
}


@pytest.mark.parametrize("inner, root", SAME.values(), ids=SAME)
def test_resvg_sees_the_same(inner, root):
    data = document(inner, root or 'viewBox="0 0 64 64"')
    reading = read(data, "f.svg")
    assert {what for what in reading.left_out if "joins" not in what} == set() and difference(data) <= 1 / 255


def test_what_is_important_of_an_elements_own_style_wins():
    """CSS Cascade 4, section 6.4; resvg 0.45 says otherwise."""
    data = document('<style>rect{fill:red!important}</style><rect style="fill:blue!important" width="9" height="9"/>')
    assert read(data, "f.svg").drawing.colors[0].tolist() == [0, 0, 1, 1]


def test_shares_in_a_symbol_are_of_it_and_of_what_else_shows_a_shape_are_of_that():
    """SVG 2, section 8.2; resvg 0.45 takes those in a symbol of the root."""
    data = document('<symbol id="s" viewBox="0 0 10 10"><rect id="r" width="50%" height="50%"/></symbol>'
                    '<use href="#s" width="60" height="60"/><use href="#r"/>')
    one, two = read(data, "f.svg").drawing.points.reshape(2, -1, 2).max(1).tolist()
    assert (one, two) == ([30, 30], [32, 32])


def test_what_fills_an_inner_viewport_is_no_background():
    inner = '<svg width="50" height="50" viewBox="0 0 10 10"><rect width="100%" height="100%"/></svg>'
    drawing = read(document(inner, 'viewBox="0 0 100 100"'), "f.svg").drawing
    assert drawing.background is None and drawing.points.min(0).tolist() == [0, 0] and drawing.points.max(0).tolist() == [50, 50]


@pytest.mark.parametrize("inner, root, said", [
    ('<svg x="5" y="5" width="20" height="20"><circle cx="20" cy="20" r="9"/></svg>', "", "clips of inner viewports"),
    ('<symbol id="s" viewBox="0 0 9 9"><circle cx="9" cy="9" r="5"/></symbol><use href="#s" width="20" height="20"/>', "",
     "clips of inner viewports"),
    ('<rect x="1em" width="4em" height="3em"/>', 'font-size="10"', "lengths in em, as of 16 units"),
    ('<rect width="9" height="9"/><rect x="5" width="9" height="9"/>', 'opacity=".5"', "group opacities"),
    ('<rect width="9" height="9"/>', 'clip-path="url(#c)"', "clips"),
    ('<rect width="9" height="9"/>', 'style="background:rgba(0,0,0,.5)"', "half transparent backgrounds")])
def test_what_is_not_kept_is_said(inner, root, said):
    assert read(document(inner, f'viewBox="0 0 64 64" {root}'), "f.svg").left_out == {said: 1}


@pytest.mark.parametrize("inner", [
    '<svg x="5" y="5" width="20" height="20" overflow="visible"><circle cx="20" cy="20" r="9"/></svg>',
    '<svg x="5" y="5" width="20" height="20"><circle cx="10" cy="10" r="9"/></svg>',
    '<rect x="1em" width="4em" height="3em"/>'])
def test_what_is_kept_is_not(inner):
    assert read(document(inner), "f.svg").left_out == {}


@pytest.mark.parametrize("text, same", [
    ("translateX(4px) translateY(5px)", "translate(4 5)"), ("rotate(.5turn)", "rotate(180)"),
    ("scaleX(2)scaleY(3)", "scale(2 3)"), ("rotate(100grad,1,2)", "rotate(90 1 2)"), ("translate(1in)", "translate(96)"),
    ("rotate(1-2.5.5)", "rotate(1 -2.5 .5)")])
def test_transforms_of_css(text, same):
    assert matrix(text) == pytest.approx(matrix(same))


@pytest.mark.parametrize("text", ["rotate(1em)", "scale(2px 1deg)", "translate(3em)", "translate3d(1,2,3)", "scale(50%)"])
def test_a_transform_that_is_not_understood_is_none(text):
    assert matrix(text) is None


@pytest.mark.parametrize("root", ['width="210mm" height="297mm" viewBox="0 0 210 297"', 'viewBox="0 0 24 24"',
                                  'width="24" height="24" viewBox="0 0 512 512" preserveAspectRatio="none"',
                                  'width="50" height="40"'])
def test_a_file_keeps_its_place_on_a_page(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.svg").write_bytes(document('<rect width="9" height="9"/>', root))
    assert __main__.main(["svg-clean", "in.svg"]) == 0
    made = (tmp_path / "in.clean.svg").read_bytes()
    given = read((tmp_path / "in.svg").read_bytes(), "in").sizes
    assert read(made, "out").sizes == given and all(f'{name}="{value}"' in made.decode() for name, value in given.items())
    assert sized(made, given) == made or len(given) > 0


def test_the_namespaces_that_drawing_programs_abbreviate_are_read():
    data = b'<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY st0 "fill:#00FF00;">]>' \
           b'<svg xmlns="&ns;" viewBox="0 0 9 9"><rect style="&st0;" width="5" height="5"/></svg>'
    [color] = read(data, "f.svg").drawing.colors.tolist()
    assert color == [0, 1, 0, 1]


@pytest.mark.parametrize("declared", ['<!ENTITY a "b"><!ENTITY c "&a;&a;">', f'<!ENTITY a "{"x" * 201}">',
                                      "".join(f'<!ENTITY a{i} "b">' for i in range(101)), '<!ENTITY a "&#60;g/>">'])
def test_entities_that_could_grow_are_refused(declared):
    with pytest.raises(ConfigError, match="f.svg:1: declares the entity 'a0?', and these are refused unless"):
        read(f"<!DOCTYPE svg [{declared}]><svg viewBox='0 0 9 9'/>".encode(), "f.svg")


def test_short_entities_cannot_make_a_file_grow_without_end():
    data = f'<!DOCTYPE svg [<!ENTITY a "{"x" * 200}">]><svg viewBox="0 0 9 9"><title>{"&a;" * 400_000}</title></svg>'
    with pytest.raises(ConfigError, match="grow beyond 64 MiB|amplification"):
        read(data.encode(), "f.svg")
