"""Words to a drawing through the same loop: begun from the prior's own picture, killed, resumed, kept, exported."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest
import torch

import dreamgen
from dreamgen import __main__, cameras
from dreamgen.cameras.flat import Config as Flat
from dreamgen.errors import ConfigError
from dreamgen.export import load as exported
from dreamgen.io import checkpoint, images
from dreamgen.io.rng import stream
from dreamgen.recipes import folders
from dreamgen.recipes.load import load
from dreamgen.run import run
from dreamgen.state.initial import calmed
from guidance.prompts import Prompts
from renderers.vector.free import FreeDrawing
from tests.dreamgen.test_run import assert_same, drain, parameters
from tests.ideal import IdealPrior
from tests.tiny import make_prior

SMALL = ["stages.0.optim.steps=9", "stages.0.cameras={size: 16, views: 2}", "start={pictures: 2, steps: 2}",
         "stages.0.scene.revive_every=2", "precision=float32", "checkpoint_seconds=1e-6", "previews=3",
         "export.growing=0"]


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


def make_recipe(prior, out, *more):
    words = ["prompt=a box", f"prior={prior}", f"out={out}", "stages.0.scene.style=painting", "stages.0.scene.paths=6"]
    return load("text-to-svg", [*words, *SMALL, *more])


@pytest.fixture(scope="module")
def straight(prior, tmp_path_factory):
    """A run that nothing interrupted: its folder and what it printed."""
    recipe = make_recipe(prior, tmp_path_factory.mktemp("straight"), "export.growing=12", "export.size=100")
    folder = folders.create(recipe)
    return folder, drain(run(recipe, folder))


def test_a_drawing_leaves_files_a_page_and_a_record(straight):
    folder, reports = straight
    left, asset = {path.name for path in folder.iterdir()}, folder / "asset.svg"
    assert {"asset.svg", "growing.mp4", "contact.png", "index.html", "run.json"} <= left
    assert 'viewBox="0 0 100 100"' in asset.read_text() and reports[-1].note == str(asset)
    assert f"<title>{folders.recipe(folder).prompt}</title>" in asset.read_text()
    metrics = json.loads((folder / "run.json").read_text())["metrics"]
    assert 0 < metrics["paths"] <= 6 and metrics["bytes"] == (folder / "asset.svg").stat().st_size
    assert metrics["color_error"] < 2 / 255, "the file does not look as the run did"
    page = (folder / "index.html").read_text()
    assert "asset.svg" in page and "growing.mp4" in page and "canvas id" not in page


def test_the_picture_that_it_began_from_is_shown_and_each_preview_is_one_picture(straight):
    folder, _ = straight
    names = sorted(path.name for path in (folder / "previews").iterdir())
    assert names == ["0-0-000003.png", "0-0-000006.png", "0-0-000009.png", "0-start.png"]
    assert images.read(folder / "previews" / names[0]).shape == (128, 128, 3)


@pytest.mark.parametrize("killed_at", [(1,), (2, 5)])
def test_a_killed_and_resumed_drawing_ends_bit_for_bit_as_the_uninterrupted_one(prior, tmp_path, straight, killed_at):
    recipe = make_recipe(prior, tmp_path)
    folder = folders.create(recipe)
    for step in (*killed_at, 9):
        drain(run(recipe, folder), until=step)
    assert_same(parameters(straight[0]), parameters(folder))


def test_every_candidate_begins_from_a_picture_of_its_own(prior, tmp_path):
    recipe = make_recipe(prior, tmp_path, "candidates=2")
    folder = folders.create(recipe)
    drain(run(recipe, folder), until=9)
    begun = [images.read(folder / "previews" / f"{seed}-start.png") for seed in (0, 1)]
    assert not np.array_equal(*begun) and checkpoint.read(folder / "checkpoints")[1]["chosen"]


@pytest.mark.parametrize("style", ("flat", "painting", "iconography"))
def test_each_particle_begins_from_another_picture_and_leaves_a_drawing(prior, tmp_path, style):
    words = ["stages.0.scene.particles=2", f"stages.0.scene.style={style}", "start.pictures=3", "export.growing=12",
             "stages.0.guidance={kind: vsd, adapt: all, strength: 0.05}"]
    recipe = make_recipe(prior, tmp_path / "whole", *words)
    folder = folders.create(recipe)
    drain(run(recipe, folder))
    begun = [images.read(folder / "previews" / f"0-start{k}.png") for k in ("", "-1")]
    assert not np.array_equal(*begun)
    kept = exported(recipe, folder)
    assert len(kept) == 2 and all(len(drawing.paths) for drawing in kept) and not np.array_equal(*(d.points for d in kept))
    metrics = json.loads((folder / "run.json").read_text())["metrics"]
    assert metrics["asset-1"]["bytes"] == (folder / "asset-1.svg").stat().st_size
    assert (folder / "growing.mp4").is_file() and "asset-1.svg" in (folder / "index.html").read_text()
    again = folders.create(other := make_recipe(prior, tmp_path / "killed", *words))
    for step in (4, 9):
        drain(run(other, again), until=step)
    assert_same(parameters(folder), parameters(again))


def test_a_particle_that_shows_nothing_is_named_and_leaves_no_file(prior, tmp_path, monkeypatch):
    recipe = make_recipe(prior, tmp_path, "stages.0.optim.steps=1", "stages.0.scene.particles=2", "export.growing=12")
    folder, seen = folders.create(recipe), iter(range(100))
    drawn = FreeDrawing.drawing
    monkeypatch.setattr(FreeDrawing, "drawing", lambda self, edge: hidden(drawn(self, edge), next(seen) == 0))
    notes = [report.note for report in drain(run(recipe, folder))]
    assert "particle 0 shows nothing, and no file is written of it" in notes
    assert (folder / "asset.svg").is_file() and not (folder / "asset-1.svg").exists() and (folder / "growing.mp4").is_file()


def hidden(drawing, hide):
    """``drawing``, its paths wholly transparent if ``hide``."""
    colors = drawing.colors * np.array([1, 1, 1, 0 if hide else 1], np.float32)
    return replace(drawing, colors=colors)


def test_an_empty_drawing_is_a_sentence_and_not_a_file(prior, tmp_path, monkeypatch):
    recipe = make_recipe(prior, tmp_path, "stages.0.optim.steps=1")
    folder = folders.create(recipe)
    monkeypatch.setattr(FreeDrawing, "dead", lambda self: torch.ones(len(self.order), dtype=torch.bool))
    with pytest.raises(ConfigError, match="the drawing is empty, none of its 6 paths can be seen"):
        drain(run(recipe, folder))
    assert not (folder / "asset.svg").exists()


def test_a_run_keeps_its_drawing_to_its_bytes_and_says_what_it_left_out(prior, tmp_path):
    recipe = make_recipe(prior, tmp_path, "stages.0.optim.steps=1", "export.bytes=500")
    folder = folders.create(recipe)
    drain(run(recipe, folder))
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["metrics"]
    assert told["bytes"] == len((folder / "asset.svg").read_bytes()) <= 500
    assert 1 <= told["paths"] < 6 and told["dropped"]["beyond the bytes"] >= 1


def test_a_scene_in_space_cannot_begin_from_a_picture():
    with pytest.raises(ConfigError, match=r"start\.pictures: need 0 for nerf, which cannot begin"):
        load("text-to-3d", ["prompt=a box", "start.pictures=1"])


def test_generate_svg_returns_what_it_left_on_disk(prior, tmp_path):
    made = dreamgen.generate_svg("a box", style="pixel", paths=16, size=64, transparent=True, preset="draft",
                                 prior=prior, out=tmp_path, overrides=SMALL)
    assert made.files == [made.folder / f"asset.{name}" for name in folders.recipe(made.folder).export.formats]
    assert made.svg == (made.folder / "asset.svg").read_text() and made.drawing.size == (64, 64)
    assert made.drawing.background is None and len(made.drawing.paths) == made.metrics["paths"] <= 16


def test_one_command_draws_another_exports_and_the_viewer_declines(prior, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert __main__.main(["svg", "a box", "--style", "sketch", "--paths", "3", "--prior", str(prior), *SMALL]) == 0
    said = capsys.readouterr()
    folder = folders.find("last")
    assert said.out.splitlines()[0] == str(folder) and "9/9" in said.err and "drawn from the prior" in said.err
    assert __main__.main(["export", "last", "--to", "glb"]) == 2
    assert "--to: no 'glb'; have" in capsys.readouterr().err
    assert __main__.main(["export", "last", "--to", "svg"]) == 0
    capsys.readouterr()
    assert __main__.main(["export", "last", "--to", "svg,pdf", "--json"]) == 0
    about = json.loads(capsys.readouterr().out)
    assert [one["path"] for one in about["files"]] == [str(folder / "asset.svg"), str(folder / "asset.pdf")]
    assert about["files"][0]["bytes"] == (folder / "asset.svg").stat().st_size == about["metrics"]["bytes"]
    assert about["files"][0]["gzip"] == len(gzip.compress((folder / "asset.svg").read_bytes())) and about["prompt"] == "a box"
    assert __main__.main(["view", "last"]) == 2
    assert "draws on paper" in capsys.readouterr().err


WRONG = {
    "stages.0.cameras.kind=orbit": "stages.0.cameras.kind: no 'orbit'; have flat",
    "stages.0.cameras.fov_deg=[1, 2]": "stages.0.cameras.fov_deg: no such key; did you mean",
    "export.kind=mesh": "export.kind: no 'mesh'; have drawing",
    "export.texture=64": "export.texture: no such key; have formats, size",
    "export.formats=[glb]": "export.formats: no 'glb'; have",
    "stages.0.scene.style=flatt": "stages.0.scene.style: no 'flatt'; have",
    "stages.0.regularizers.orient=1": "stages.0.regularizers.orient: no 'orient'; have xing",
    "stages.0.cameras.tilt=1": "stages.0.cameras.tilt: need a share in [0, 1), got 1.0",
    "stages.0.cameras.crop=0": "stages.0.cameras.crop: need a share in (0, 1], got 0.0",
    "start.pictures=-1": "start.pictures: need >= 0, got -1",
    "export.size=0": "export.size: need > 0, got 0",
}


@pytest.mark.parametrize("word, answer", WRONG.items())
def test_what_fits_no_flat_scene_is_answered_with_one_line(word, answer):
    with pytest.raises(ConfigError) as error:
        load("text-to-svg", ["prompt=a box", word])
    assert str(error.value).startswith(f"command line: {answer}")


def test_a_checkerboard_is_calmed_away_and_a_plain_picture_is_left_alone():
    board = torch.zeros(8, 8, 4)
    board[::2, ::2] = board[1::2, 1::2] = 1.0
    torch.testing.assert_close(calmed(board)[1:-1, 1:-1], torch.full((6, 6, 4), 0.5))
    torch.testing.assert_close(calmed(torch.full((8, 8, 4), 0.3)), torch.full((8, 8, 4), 0.3))


def test_flat_views_stay_within_their_numbers():
    view = cameras.sample(Flat(views=64, tilt=0.5, tilted=0.5, crop=0.8), stream(0, "camera"))
    p = torch.tensor([[-1.0, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]])
    straight = (view.camera.homography[:, 2, :2].abs() < 1e-6).all(-1)
    assert 16 < straight.sum() < 48
    corners = p @ view.camera.homography[straight].mT
    assert corners[..., :2].abs().max() <= 1 + 1e-5
    torch.testing.assert_close(corners[:, 1, 0] - corners[:, 0, 0], torch.full((int(straight.sum()),), 1.6))


def test_views_that_nothing_changes_are_upright():
    assert cameras.sample(Flat(tilted=0.0, crop=1.0), stream(0, "camera")).camera.upright


def test_a_margin_zooms_out_and_keeps_the_picture_whole():
    view = cameras.sample(Flat(views=32, tilted=0.0, crop=1.0, margin=0.5), stream(0, "camera"))
    scale, shift = view.camera.homography[:, 0, 0], view.camera.homography[:, :2, 2]
    assert (scale >= 1).all() and scale.max() > 1.4 and (shift.abs().amax(1) <= scale - 1 + 1e-6).all()


def test_a_picture_without_a_camera_is_asked_about_without_view_or_pose():
    prompts = Prompts(IdealPrior({"a cat": 5.0, "a cat, front view": 1.0}), "a cat")
    query = cameras.standing(Flat(pose_conditioned=False), 8).query(prompts)
    assert len(query) == 1 and query.positive.text.unique().tolist() == [5.0] and not query.positive.pose.any()


def test_a_prior_that_hears_the_camera_is_told_one_for_a_flat_picture_too():
    seen = [cameras.sample(Flat(views=3), stream(0, "camera")), cameras.standing(Flat(seen_from_deg=(90.0, 30.0)), 8)]
    for view, (azimuth, elevation) in zip(seen, ((40.0, 15.0), (90.0, 30.0)), strict=True):
        assert view.azimuth.rad2deg().tolist() == pytest.approx([azimuth] * len(view.camera))
        assert view.elevation.rad2deg().tolist() == pytest.approx([elevation] * len(view.camera))
    prompts = Prompts(IdealPrior({"a cat": 5.0, "a cat, front view": 1.0}), "a cat", view_words=False)
    query = seen[1].query(prompts)
    assert query.positive.text.unique().tolist() == [5.0] and query.positive.pose.any()
