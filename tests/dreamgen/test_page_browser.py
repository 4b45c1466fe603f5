"""The page in a real browser, where there is one: Gaussians as the renderer draws them, materials under a light that moves,
a drawing whose layers are switched."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from browser import Browser, installed
from clouds import ball
from solids import BLUE, GREEN, RED, YELLOW, box, sphere

from dreamgen import formats, page
from dreamgen.export.splats import draw
from dreamgen.io.atomic import save
from dreamgen.meshing.lit import draw_lit
from renderers.assets import Material
from renderers.camera import Camera, orbit
from renderers.splats import filtered

PAPER = torch.tensor([0xF2, 0xF2, 0xF0]) / 255
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="20" height="10">
  <title>two halves</title>
  <g id="layer-0"><path id="path-0" d="M0 0H10V10H0Z" fill="#dc141e"/><path id="path-1" d="M0 0H5V5H0Z" fill="#14c83c"/></g>
  <g id="layer-1"><path id="path-2" d="M10 0H20V10H10Z" fill="#1e3cd2"/></g>
</svg>
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    path = installed()
    if path is None:
        pytest.skip("no Chromium is installed")
    one = Browser(path, tmp_path_factory.mktemp("profile"))
    one.call("Emulation.setDeviceMetricsOverride", width=360, height=800, deviceScaleFactor=1, mobile=False)
    yield one
    one.close()


def near(picture: np.ndarray, color: tuple[int, int, int]) -> float:
    """The share of pixels of about that color."""
    return float((np.abs(picture.astype(int) - color).max(-1) <= 12).mean())


def set_value(browser: Browser, name: str, value: float) -> None:
    change = f"one.value = {value}; one.dispatchEvent(new Event('input'));"
    browser.evaluate(f"(one => {{ {change} }})(document.getElementById('{name}'))")


def click(browser: Browser, name: str) -> None:
    browser.evaluate(f"document.getElementById('{name}').click()")


def start(positions: np.ndarray, picture: np.ndarray) -> Camera:
    """Where the page's camera is at first."""
    low, high = torch.from_numpy(positions).amin(0), torch.from_numpy(positions).amax(0)
    camera = orbit(torch.tensor([0.5]), torch.tensor([0.25]), (high - low).norm()[None] / 2 / np.sin(np.pi / 9),
                   torch.tensor([2 * np.pi / 9], dtype=torch.float32), picture.shape[:2])
    c2w = camera.c2w.clone()
    c2w[:, :3, 3] += (low + high) / 2
    return Camera(c2w, camera.fov_y, camera.size)


# ---- Gaussians

def test_gaussians_look_as_the_renderer_draws_them(browser, tmp_path):
    save(formats.write(ball(), ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    got = browser.picture("viewer")
    want = draw(filtered(ball()), start(ball().positions, got), antialiased=True).over(PAPER).rgb[0] * 255
    assert np.abs(got[4:-4, 4:-4] - want[4:-4, 4:-4].numpy()).mean() < 1.5      # the canvas has a border of a pixel
    assert browser.evaluate("document.getElementById('shading').parentElement.hidden")
    assert browser.said == []


def test_gaussians_are_sorted_anew_when_the_camera_turns(browser, tmp_path):
    save(formats.write(ball(), ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    before = browser.picture("viewer")
    event = "new PointerEvent(kind, {pointerId: 1, clientX: 314 * i})"            # half a turn
    drag = f"['pointerdown', 'pointermove'].forEach((kind, i) => c.dispatchEvent({event}))"
    browser.evaluate(f"(c => {{ c.setPointerCapture = () => 0; {drag}; }})(document.getElementById('viewer'))")
    browser.picture("viewer")
    after = browser.picture("viewer")
    middle = before.shape[0] // 2
    # at the front it is blue, at the back dark: half a turn about +y shows the other side, not the first one through it
    assert before[middle, middle, 2] > before[middle, middle].mean() and after[middle, middle, 2] < 128


def test_a_mesh_beside_the_gaussians_can_be_shown_instead(browser, tmp_path):
    save(formats.write(replace(ball(500), surface=box()), ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    assert near(browser.picture("viewer"), RED) < 0.005
    click(browser, "gaussians")
    shown = browser.picture("viewer")
    assert all(near(shown, color) > 0.005 for color in (RED, GREEN, BLUE, YELLOW)), "the box is not shown"


# ---- materials

def ball_of(material: Material):
    return replace(sphere(24), texture=None, materials=(material,))


def brightest(picture: np.ndarray) -> tuple[float, float]:
    """(column, row) of the middle of the brightest pixels within the canvas's border, -1 to 1 from edge to edge."""
    light = picture[2:-2, 2:-2].astype(float).sum(-1) * (np.abs(picture[2:-2, 2:-2].astype(int) - [0xF2, 0xF2, 0xF0]).max(-1) > 2)
    rows, columns = np.nonzero(light >= light.max() - 6)
    return tuple(2 * at.mean() / len(light) - 1 for at in (columns, rows))


BUMPY = np.random.default_rng(0).integers((90, 90, 200), (166, 166, 255), (8, 8, 3)).astype(np.uint8)
MATERIALS = {"gold": Material(color=(0.9, 0.6, 0.2, 1.0), metallic=1.0, roughness=0.35),
             "lacquer": Material(color=(0.5, 0.05, 0.05, 1.0), roughness=0.4, emissive=(0.0, 0.0, 0.1)),
             "bumps": Material(color=(0.6, 0.6, 0.6, 1.0), roughness=0.9, normal=BUMPY, normal_scale=0.7)}


@pytest.mark.parametrize("name", MATERIALS)
def test_the_turntable_has_the_page_s_light(name, browser, tmp_path):
    mesh = ball_of(MATERIALS[name])
    save(formats.write(mesh, ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    got = browser.picture("viewer")
    want = draw_lit(mesh, start(mesh.vertices, got)).over(PAPER).rgb[0].numpy() * 255
    assert np.abs(got[4:-4, 4:-4] - want[4:-4, 4:-4]).mean() < 2


def test_a_highlight_follows_the_light(browser, tmp_path):
    gold = Material(color=(0.9, 0.6, 0.2, 1.0), metallic=1.0, roughness=0.35)
    save(formats.write(ball_of(gold), ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    assert browser.evaluate("document.getElementById('shading').checked"), "a metal is shown lit"
    set_value(browser, "light-height", 0)
    set_value(browser, "light-turn", 0.9)
    right = brightest(browser.picture("viewer"))
    set_value(browser, "light-turn", -0.9)
    left = brightest(browser.picture("viewer"))
    assert right[0] > 0.1 and left[0] < -0.1 and abs(right[0] + left[0]) < 0.1
    set_value(browser, "light-turn", 0)
    set_value(browser, "light-height", 0.9)
    assert brightest(browser.picture("viewer"))[1] < -0.1


def test_roughness_spreads_the_highlight_and_a_picture_of_it_is_read(browser, tmp_path):
    def spread(material: Material) -> float:
        save(formats.write(ball_of(material), ["glb"]), tmp_path)
        browser.open(page.write(tmp_path).as_uri(), "viewer")
        set_value(browser, "light-turn", 0)
        set_value(browser, "light-height", 0)
        light = browser.picture("viewer")[100:-100, 100:-100].astype(float).mean(-1)
        return float((light > light.max() * 0.8).mean())

    gray = Material(color=(0.5, 0.5, 0.5, 1.0), metallic=1.0, roughness=0.3)
    half = np.full((4, 4, 3), (0, 128, 255), np.uint8)
    assert spread(gray) < 0.8 * spread(replace(gray, roughness=0.6))
    by_picture = spread(replace(gray, roughness=1.0, metallic_roughness=half))
    assert abs(by_picture - spread(replace(gray, roughness=0.5))) < 0.02


def test_without_shading_the_base_color_is_what_is_seen(browser, tmp_path):
    red = Material(color=(0.5, 0.05, 0.05, 1.0), metallic=0.0, roughness=0.4)
    save(formats.write(ball_of(red), ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    click(browser, "shading")
    assert near(browser.picture("viewer"), (188, 63, 63)) > 0.2             # linear 0.5 and 0.05 in sRGB; the ball covers 0.24


def test_a_normal_map_tilts_the_light_as_its_tangents_say(browser, tmp_path):
    """Normals leaning along +u, to the right on a ball's front, look more at a light from the right; +y is against v, up."""
    def brightness(normal: tuple[int, int, int], turn: float, height: float) -> float:
        matte = Material(color=(0.6, 0.6, 0.6, 1.0), roughness=0.9, normal=np.full((4, 4, 3), normal, np.uint8))
        save(formats.write(ball_of(matte), ["glb"]), tmp_path)
        browser.open(page.write(tmp_path).as_uri(), "viewer")
        set_value(browser, "light-turn", turn)
        set_value(browser, "light-height", height)
        picture = browser.picture("viewer")
        middle = picture.shape[0] // 2
        return float(picture[middle - 10:middle + 10, middle - 10:middle + 10].mean())

    right, flat = (218, 128, 218), (128, 128, 255)
    assert brightness(right, 1.2, 0) > brightness(flat, 1.2, 0) + 10 > brightness(right, -1.2, 0) + 20
    assert brightness((128, 218, 218), 0, 1.2) > brightness(flat, 0, 1.2) + 10


def test_a_turntable_turns(browser, tmp_path):
    save(formats.write(box(), ["glb"]), tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "viewer")
    before = browser.picture("viewer")
    click(browser, "turning")
    browser.picture("viewer")
    assert np.abs(browser.picture("viewer").astype(int) - before).mean() > 1


# ---- drawings

@pytest.fixture
def drawn(browser, tmp_path):
    save({"asset.svg": DRAWING}, tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "drawing")
    return browser


def shares(browser: Browser) -> list[float]:
    return [round(near(browser.picture("drawing"), color), 2) for color in (RED, GREEN, BLUE)]


def test_layers_are_switched_on_and_off(drawn):
    labels = drawn.evaluate("[...document.querySelectorAll('#layers label')].map(one => one.textContent)")
    assert labels == ["layer-1", "layer-0, 2 shapes"]
    whole = shares(drawn)
    assert whole == pytest.approx([0.19, 0.06, 0.25], abs=0.02)
    drawn.evaluate("document.querySelectorAll('#layers input')[1].click()")
    assert shares(drawn) == pytest.approx([0, 0, 0.25], abs=0.02)
    click(drawn, "all-layers")
    assert shares(drawn) == [0, 0, 0]
    click(drawn, "all-layers")
    assert shares(drawn) == whole


def test_the_drawing_grows_path_by_path(drawn):
    set_value(drawn, "grown", 1)
    assert shares(drawn) == pytest.approx([0.25, 0, 0], abs=0.02)
    assert drawn.evaluate("document.getElementById('grown-says').textContent") == "the first 1 of 3"
    click(drawn, "grow")
    drawn.wait("document.getElementById('grown-says').textContent === 'all 3'")
    assert shares(drawn)[2] == pytest.approx(0.25, abs=0.02)


def test_the_paper_is_light_or_dark(drawn):
    click(drawn, "paper-dark")
    assert near(drawn.picture("drawing"), (0x1D, 0x1D, 0x20)) > 0.4
    click(drawn, "paper-light")
    assert near(drawn.picture("drawing"), (0xF2, 0xF2, 0xF0)) > 0.4


def test_the_clipboard_gets_the_file_or_what_is_shown_of_it(drawn):
    drawn.evaluate("navigator.clipboard.writeText = (text) => { window.taken = text; return Promise.resolve(); }")
    click(drawn, "copy-svg")
    drawn.wait("window.taken")
    assert drawn.evaluate("window.taken").encode() == DRAWING
    drawn.evaluate("document.querySelectorAll('#layers input')[0].click()")
    drawn.evaluate("window.taken = ''")
    click(drawn, "copy-svg")
    drawn.wait("window.taken")
    taken = drawn.evaluate("window.taken")
    assert "path-1" in taken and "path-2" not in taken and "style" not in taken and "data-off" not in taken


def test_what_a_foreign_drawing_would_do_is_left_out(browser, tmp_path):
    hostile = DRAWING.replace(b"</svg>", b"""<script>window.owned = 1</script><foreignObject><p>text</p></foreignObject>
<g id="bad"><path id="x" d="M0 0H1" onclick="window.owned = 1" fill="url(https://elsewhere/x)"/><image href="file:///etc/passwd"/></g></svg>""")
    save({"asset.svg": hostile}, tmp_path)
    browser.open(page.write(tmp_path).as_uri(), "drawing")
    inside = browser.evaluate("document.getElementById('drawing').innerHTML")
    assert 'id="x"' in inside and not any(word in inside for word in ("script", "foreignObject", "onclick", "elsewhere", "image"))
    assert browser.evaluate("window.owned") is None
    save({"asset.svg": b"<html>no</html>"}, tmp_path)
    browser.call("Page.navigate", url=page.write(tmp_path).as_uri())
    browser.wait("document.getElementById('copy-says')?.textContent.includes('not a drawing')")
