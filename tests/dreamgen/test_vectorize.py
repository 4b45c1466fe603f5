"""A picture becomes few paths that look like it; nothing else becomes anything."""

import numpy as np
import pytest

from dreamgen.__main__ import main
from dreamgen.io import images
from dreamgen.io.rng import stream
from dreamgen.svg import picture, read
from dreamgen.svg.vectorize import Tracing, regions, vectorize

EDGE = 40


def scene(opaque=False):
    """A red disc, a blue square on it, half transparent, and nothing or a yellow ground around: [40, 40, 4]."""
    y, x = np.mgrid[:EDGE, :EDGE] + 0.5
    image = np.zeros((EDGE, EDGE, 4), np.float32)
    if opaque:
        image[:] = 0.9, 0.8, 0.2, 1
    image[(x - 20) ** 2 + (y - 22) ** 2 < 14**2] = 0.8, 0.1, 0.1, 1
    image[(abs(x - 12) < 6) & (abs(y - 10) < 5)] = 0.1, 0.2, 0.7, 1 if opaque else 0.5
    return image


def psnr(drawing, image):
    over = [rgba[..., :3] * rgba[..., 3:] + 1 - rgba[..., 3:] for rgba in (picture(drawing, EDGE), image)]
    return -10 * np.log10(np.square(over[0] - over[1]).mean())


@pytest.fixture(scope="module")
def traced():
    return vectorize(scene(), 4, stream(0, "test"))


def test_a_few_paths_look_like_the_picture(traced):
    assert len(traced.paths) <= 4 and psnr(traced, scene()) > 24


def test_what_is_transparent_stays_transparent(traced):
    rgba = picture(traced, EDGE)
    assert traced.background is None and rgba[2, 38, 3] < 0.02 and abs(rgba[7, 10, 3] - 0.5) < 0.1


def test_the_same_seed_gives_the_same_bits(traced):
    again = vectorize(scene(), 4, stream(0, "test"))
    assert np.array_equal(again.points, traced.points) and np.array_equal(again.colors, traced.colors)


def test_the_ground_of_an_opaque_picture_is_the_background():
    drawing = vectorize(scene(opaque=True), 3, stream(0, "test"))
    assert np.allclose(drawing.background, (0.9, 0.8, 0.2), atol=0.01) and psnr(drawing, scene(opaque=True)) > 24


def test_a_drawing_has_the_units_of_its_picture():
    wide = np.repeat(np.repeat(scene(), 8, 0), 12, 1)
    drawing = vectorize(wide, 1, stream(0, "test"))
    x, y = drawing.points.mean(0)
    assert drawing.size == (480, 320) and abs(x / 240 - 1) < 0.2 and abs(y / 176 - 1) < 0.2


def test_layers_double_and_reports_count_to_the_end():
    tracing = Tracing(scene(), 3, stream(0, "test"))
    reports = list(tracing.run())
    assert tracing.drawing().layers.tolist() == sorted(tracing.drawing().layers)
    assert reports[-1].step == reports[-1].steps and reports[-1].losses["error"] < 0.1 * reports[0].losses["error"]


def test_an_empty_picture_needs_no_path():
    assert len(vectorize(np.zeros((9, 9, 4), np.float32), 5, stream(0, "test")).paths) == 0


def test_the_worst_region_comes_first():
    error = np.zeros((10, 10, 4), np.float32)
    error[1:3, 1:3] = 0.9
    error[5:9, 5:9] = -0.8
    first, second = regions(error, 2)
    assert first[5:9, 5:9].all() and first.sum() == 16 and second.sum() == 4


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3)])
def test_an_array_that_is_no_picture_is_told(shape):
    with pytest.raises(ValueError, match=r"^vectorize: the picture is .*, want \[H, W, 3 or 4\]$"):
        vectorize(np.zeros(shape, np.float32), 4, stream(0, "test"))


def test_the_command_writes_an_svg_beside_the_picture(tmp_path, capsys):
    source = images.write(tmp_path / "disc.png", scene())
    assert main(["vectorize", str(source), "--paths", "2"]) == 0
    made = tmp_path / "disc.traced.svg"
    assert len(read(made.read_bytes(), "disc").drawing.paths) == 2
    said = capsys.readouterr()
    assert said.out.startswith(f"{made}: 2 paths in 2 layers, ") and said.err.startswith("loading the program\n")


@pytest.mark.parametrize(("arguments", "said"), [
    (["none.png"], "none.png: cannot be read (No such file or directory)"),
    (["text.png"], "text.png: not a picture"),
    (["disc.png", "--paths", "0"], "--paths: need 1 to 4096, got 0"),
    (["disc.png", "--out", "disc.svgg"],
     "--out: need a name that ends in .mp4, .pdf, .png or .svg, got 'disc.svgg'; did you mean '.svg'?"),
    (["disc.png", "--out", "tea"], "--out: need a name that ends in .mp4, .pdf, .png or .svg, got 'tea'"),
    (["disc.png", "--out", "disc.png"], "--out: disc.png is the picture itself"),
    (["drawn.svg"], "drawn.svg: not a picture; `dreamgen svg-clean` is for drawings"),
])
def test_what_cannot_be_is_told_in_one_line(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    images.write(tmp_path / "disc.png", scene())
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "drawn.svg").write_text("<svg/>")
    assert main(["vectorize", *arguments]) == 2
    assert capsys.readouterr().err == f"dreamgen: {said}\n"


def test_a_drawing_beside_its_picture_is_not_written_over(tmp_path):
    """A PNG that was exported from an SVG has its name, and so has a run's."""
    images.write(tmp_path / "asset.png", np.full((32, 32, 3), 200, np.uint8))
    (tmp_path / "asset.svg").write_text("<svg/>")
    assert main(["vectorize", str(tmp_path / "asset.png")]) == 0
    assert (tmp_path / "asset.svg").read_text() == "<svg/>" and (tmp_path / "asset.traced.svg").is_file()
