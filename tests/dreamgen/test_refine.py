"""A drawing of the user's is distilled: it is taken as it is, keeps its form, and what cannot be taken is said."""

from argparse import Namespace

import numpy as np
import pytest

from dreamgen import __main__, svg
from dreamgen.commands import run as command
from dreamgen.commands.svg import refined
from dreamgen.errors import ConfigError
from dreamgen.io import images
from dreamgen.recipes import folders
from dreamgen.recipes.load import load
from dreamgen.run import run
from dreamgen.state.from_drawing import MOST, SEEN, frame, read, squared
from tests.dreamgen.test_run import assert_same, drain, parameters
from tests.tiny import make_prior

HOUSE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30">
<rect width="60" height="30" fill="#e0f0ff"/>
<g fill="#c03020"><path d="M20 12H40V26H20Z"/></g><path fill="#402010" fill-opacity=".5" d="M18 12L30 4L42 12Z"/>
<text x="3" y="9">home</text></svg>"""
SMALL = ["prompt=a box", "stages.0.cameras={size: 16, views: 2}", "stages.0.optim.steps=6", "precision=float32",
         "checkpoint_seconds=1e-6", "export.growing=0", "previews=2", "preflight=false", "start.pictures=0"]


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture
def house(tmp_path):
    path = tmp_path / "house.svg"
    path.write_text(HOUSE)
    return path


def recipe(prior, file, out, *more):
    return load("text-to-svg", [*SMALL, f"prior={prior}", f"start.file={file}", f"out={out}", *more])


def test_a_drawing_is_taken_as_it_is_and_moves_without_losing_its_form(prior, house, tmp_path):
    made = recipe(prior, house, tmp_path / "runs", "export.size=60")
    folder = folders.create(made)
    notes = [report.note for report in drain(run(made, folder)) if report.note]
    assert any("begun from 2 paths of house.svg; not kept: texts 1" in note for note in notes)
    before, after = read(house)[0], svg.read((folder / "asset.svg").read_bytes(), "asset.svg").drawing
    assert after.size == (60, 60) and after.background == pytest.approx((0xe0 / 255, 0xf0 / 255, 1), abs=1e-6)
    assert len(after.paths) == 2 and after.layers.tolist() == [0, 1]
    assert after.colors[:, 3].tolist() == pytest.approx([1, 0.5], abs=1e-3)
    changed = np.abs(svg.picture(after, 60) - svg.picture(before, 60)).mean()
    assert 0 < changed < 0.05, "nothing was learnt, or the form was lost"


def test_a_resumed_refinement_goes_on_without_the_file(prior, house, tmp_path):
    whole = recipe(prior, house, tmp_path / "whole")
    drain(run(whole, straight := folders.create(whole)))
    part = recipe(prior, house, tmp_path / "part")
    reports = run(part, broken := folders.create(part))
    while next(reports).step < 3:
        pass
    reports.close()
    house.unlink()
    drain(run(part, broken))
    assert_same(parameters(straight), parameters(broken))


def test_the_prior_sees_it_in_the_middle_and_as_large_as_its_own_pictures(house):
    drawing = read(house)[0]
    at = frame(drawing)
    seen = drawing.points / drawing.size[0] @ at[:, :2].T + at[:, 2]
    low, high = seen.min(0), seen.max(0)
    assert (high - low).max() == pytest.approx(SEEN, abs=1e-6) and (low + high) / 2 == pytest.approx([0.5, 0.5], abs=1e-6)


def test_a_wide_drawing_lies_in_the_middle_of_a_square():
    wide = svg.read(HOUSE.encode(), "house").drawing
    square = squared(wide)
    assert square.size == (60, 60)
    np.testing.assert_allclose(square.points, wide.points + [0, 15], atol=1e-5)


@pytest.mark.parametrize("body, said", [
    ('<path d="M1 1L9 9" stroke="red"/><path d="M0 0H5V5Z"/>', "need filled paths only, got 1 lines"),
    ("", f"need 1 to {MOST:,} points of visible paths, got 0"),
    ("<path d='M0 0" + "L5 5L9 0" * MOST + "Z'/>", f"need 1 to {MOST:,} points")])
def test_what_cannot_be_refined_is_said(tmp_path, body, said):
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{body}</svg>')
    with pytest.raises(ConfigError, match=said):
        read(path)


@pytest.mark.parametrize("file, more, said", [
    ("no.svg", [], "start.file: .*no.svg: cannot be read"), ("a.png", [], "need an .svg for kind svg"),
    ("house.svg", ["stages.0.scene.style=sketch"], "need stages.0.scene.style=flat, got sketch"),
    ("house.svg", ["stages.0.scene.style=pixel"], "need stages.0.scene.style=flat and hold=true"),
    ("house.svg", ["start.pictures=2"], "pictures: need 0 with a file")])
def test_what_cannot_begin_from_a_drawing_is_said(prior, house, tmp_path, file, more, said):
    with pytest.raises(ConfigError, match=said):
        made = recipe(prior, tmp_path / file, tmp_path / "runs", *more)
        drain(run(made, folders.create(made)))


def test_the_commands_say_it_to_the_recipe(house, tmp_path, monkeypatch, capsys):
    assert __main__.main(["svg", "a house", "--refine", str(house), "--preset", "draft", "--show"]) == 0
    shown = capsys.readouterr().out
    assert f"file: {house}" in shown and "pictures: 0" in shown
    for more, said in ((["--style", "sketch"], "--style: need flat"), (["--paths", "9"], "--paths: need none")):
        assert __main__.main(["svg", "a house", "--refine", str(house), *more]) == 2
        assert said in capsys.readouterr().err
    assert refined("a.svg", "flat")["start.pictures"] == 0


def test_a_traced_picture_is_refined_in_one_command(tmp_path, monkeypatch, capsys):
    began: list[Namespace] = []
    monkeypatch.setattr(command, "go_on", lambda made, folder, quiet: began.append(made))
    monkeypatch.chdir(tmp_path)
    picture = np.zeros((24, 24, 4), np.uint8)
    picture[6:18, 6:18] = 200, 30, 30, 255
    images.write(tmp_path / "box.png", picture)
    words = ["vectorize", "box.png", "--paths", "4", "--refine", "a red box", "--seed", "3", "--quiet"]
    assert __main__.main(words) == 0 and capsys.readouterr().err == ""
    [made] = began
    assert made.start.file == str(tmp_path / "box.traced.svg") and made.prompt == "a red box" and made.seed == 3
    assert made.stages[0].scene.background == "none" and (tmp_path / "box.traced.svg").is_file()
    assert __main__.main([*words, "--out", "box.pdf"]) == 2
