"""A run's reference: drawn from the seed or given, kept as a picture, the same after a resume, refused in one sentence."""

import json
from dataclasses import replace
from itertools import takewhile
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from test_run import drain, make_recipe, prior  # noqa: F401

from dreamgen import __main__
from dreamgen.errors import ConfigError
from dreamgen.io import images
from dreamgen.recipes.folders import REFERENCE, begun
from dreamgen.recipes.load import load
from dreamgen.recipes.recipe import Optim, Reference
from dreamgen.run import run
from dreamgen.state import reference
from dreamgen.state.preview import judge
from dreamgen.state.reference import SEEN, framed
from dreamgen.state.state import Work
from guidance.errors import PriorError
from renderers.scene import Render
from tests.tiny import make_prior


@pytest.fixture
def recipe(prior, tmp_path):  # noqa: F811
    return make_recipe(prior, tmp_path)


def half():
    """[8, 8, 4] red on the left, transparent on the right."""
    picture = np.zeros((8, 8, 4), np.uint8)
    picture[:, :4] = (200, 30, 30, 255)
    return picture


def opened(recipe):
    with begun(recipe) as folder:
        return Work(recipe, folder), folder


def test_it_is_drawn_from_the_seed_kept_and_the_same_again(recipe, tmp_path):
    (one, folder), (same, _), (other, _) = opened(recipe), opened(recipe), opened(replace(recipe, seed=1))
    assert torch.equal(one.reference.x0, same.reference.x0) and not torch.equal(one.reference.x0, other.reference.x0)
    kept = images.decode_rgba((folder / REFERENCE).read_bytes())
    assert kept.shape == (one.prior.size, one.prior.size, 4)
    premultiplied, opacity = one.prior.decode(one.reference.x0)
    want = (premultiplied / opacity.clamp(min=1e-6)).clamp(0, 1)[0] * 255
    assert np.abs(kept[..., :3] - want.numpy())[kept[..., 3] > 128].max() <= 1
    assert one.prompts.reference is one.reference
    before = one.reference
    one.equip()                                             # as the next stage does
    assert one.reference is before


def test_of_several_pictures_the_clearest_is_shown(recipe, monkeypatch):
    """The largest margin over other names; one picture alone is judged by nothing."""
    asked = []

    def judged(of, seen, prompt, others, azimuth, elevation, rng, draws):
        asked.append(len(seen.opacity))
        assert prompt == recipe.prompt and prompt not in others and len(azimuth) == len(elevation) == len(seen.rgb)
        return SimpleNamespace(margin=torch.tensor([0.1, 0.4, 0.2]))

    monkeypatch.setattr("dreamgen.state.agreeing.agreement", judged)
    monkeypatch.setattr("dreamgen.state.agreeing.other_names", lambda of, recipe: ["a chair", "a table"])
    want = [opened(replace(recipe, reference=Reference(pictures=1)))[0].reference.x0]
    assert not asked
    chosen = opened(replace(recipe, reference=Reference(pictures=3)))[0].reference.x0
    assert asked == [3] and not torch.equal(chosen, want[0])


def test_a_picture_of_ones_own_is_shown(recipe, tmp_path):
    picture = np.zeros((10, 20, 4), np.uint8)
    picture[2:8, 4:16] = (200, 30, 30, 255)
    path = images.write(tmp_path / "mine.png", picture)
    work, folder = opened(replace(recipe, reference=Reference(picture=str(path), azimuth_deg=0)))
    premultiplied, opacity = work.prior.decode(work.reference.x0)
    assert opacity.max() > 0.9 and opacity[0, 0].max() < 0.1        # wide, so nothing above
    assert float(premultiplied[..., 0].max()) == pytest.approx(200 / 255, abs=0.02)
    assert float(work.reference.azimuth) == 0 and (folder / REFERENCE).is_file()


def test_no_reference_where_it_is_not_wanted_or_cannot_be_shown(recipe, tmp_path):
    assert opened(replace(recipe, reference=Reference(use=False)))[0].reference is None
    blind = str(make_prior(tmp_path / "blind", sighted=False))
    work, folder = opened(replace(recipe, prior=blind))
    assert work.reference is None and not (folder / REFERENCE).exists()
    path = str(images.write(tmp_path / "mine.png", half()))
    with pytest.raises(PriorError, match="cannot be shown a picture"):
        opened(replace(recipe, prior=blind, reference=Reference(picture=path, weight=0)))
    work, folder = opened(replace(recipe, prior=blind, reference=Reference(picture=path)))          # as a loss it can be
    assert work.reference is None and work.pinned is not None and (folder / REFERENCE).is_file()


@pytest.mark.parametrize("picture, said", [(np.full((8, 8, 3), 99, np.uint8), "opaque everywhere"), (None, "No such file")])
def test_a_picture_that_cannot_be_used_is_one_sentence(recipe, tmp_path, picture, said):
    path = tmp_path / "mine.png" if picture is None else images.write(tmp_path / "mine.png", picture)
    with pytest.raises(ConfigError, match=f"reference.picture: .*{said}"):          # before a prior is looked for
        opened(replace(recipe, prior="nowhere", reference=Reference(picture=str(path))))


def test_it_is_on_the_page_before_the_first_step(recipe):
    with begun(recipe) as folder:
        notes = [report.note for report in takewhile(lambda report: report.note, run(recipe, folder))]
        assert notes[-1] == f"{folder / REFERENCE}: what all views are to agree with; another --seed draws another"
        assert '<img src="reference.png"' in (folder / "index.html").read_text(encoding="utf-8")


class Shown:
    """A scene that is one picture [S, S, 4] from wherever it is seen, and remembers from where."""

    def __init__(self, rgba):
        self.rgba, self.cameras = rgba, []

    def render(self, camera, *given):
        self.cameras.append(camera)
        premultiplied, opacity = self.rgba[None].split((3, 1), -1)
        return Render(premultiplied, opacity, premultiplied)


def test_how_alike_the_priors_samples_are_is_kept_and_said_where_it_is_not_sure(recipe, monkeypatch):
    monkeypatch.setattr(Work, "alike", 0.51234)
    with begun(recipe) as folder:
        notes = [report.note for report in takewhile(lambda report: report.note, run(recipe, folder))]
    assert any(note.startswith("the prior is not sure what this looks like: its own samples are 51% alike") for note in notes)
    assert json.loads((folder / "run.json").read_text())["samples_alike"] == 0.512
    assert "<th>samples alike</th><td>0.512</td>" in (folder / "index.html").read_text(encoding="utf-8")


def test_a_candidate_is_judged_by_its_likeness_to_the_reference_from_the_references_camera(recipe):
    """1 for the reference itself, 0 for nothing, a half for a thing half as dense; the side that it was seen from."""
    work, _ = opened(replace(recipe, reference=Reference(azimuth_deg=90, elevation_deg=0, steps=2)))
    wanted = torch.cat(work.prior.decode(work.reference.x0), -1)[0]
    for scene, score in ((wanted, 1.0), (0 * wanted, 0.0), (0.5 * wanted, 0.5)):
        work.scene = Shown(scene)
        assert judge(work) == pytest.approx(score, abs=1e-5)
    (camera,) = work.scene.cameras
    place = camera.c2w[0, :3, 3]                            # on +x, level
    assert place[0] > 1 and place[1:].abs().max() < 1e-5
    work.scene, work.reference = Shown(wanted), None
    assert judge(work) == 0.5                               # the prior's verdict, which knows no other names: not the likeness


def test_a_thing_is_brought_to_the_size_that_its_box_has_in_the_priors_pictures():
    """A ball of the largest size in a box of diagonal 1 m is 1 / sqrt(3) m wide; wherever it was, it is in the middle."""
    v, u = np.mgrid[:300, :400]
    ball = ((v - 100) ** 2 + (u - 270) ** 2 < 60**2)[..., None] * np.uint8([9, 9, 9, 255])
    square = framed(ball)
    rows, columns = (np.flatnonzero(square[..., 3].any(axis)) for axis in (1, 0))
    assert len(rows) / len(square) * SEEN == pytest.approx(3**-0.5, rel=0.01)
    assert abs(rows.mean() - columns.mean()) < 1 and abs(rows.mean() - len(square) / 2) < 1
    small = np.zeros((8, 8, 4), np.uint8)
    small[2, 3] = 255
    assert framed(small).any() and framed(small).shape[0] >= 1


def test_the_pictures_view_is_held_by_a_loss(recipe, tmp_path):
    """weight * strength * S^2 * mean over pixels of |seen - picture|^2, of the view from the picture's camera."""
    path = str(images.write(tmp_path / "mine.png", half()))
    recipe = replace(recipe, reference=Reference(picture=path, azimuth_deg=90, elevation_deg=0, weight=3))
    work, folder = opened(recipe)
    scene = Shown(work.pinned.wanted[0] + 0.5)
    expected = 3 * recipe.stages[0].guidance.strength * work.prior.size**2 * 4 * 0.25
    assert float(work.pinned.loss(scene, 1.0, 0)) == pytest.approx(expected)
    assert scene.cameras[0].position[0, 0] > 1 and scene.cameras[0].size == work.pinned.wanted.shape[1:3] == (16, 16)
    assert opened(replace(recipe, reference=replace(recipe.reference, weight=0)))[0].pinned is None


def test_a_run_keeps_its_picture_whatever_becomes_of_the_file(recipe, tmp_path):
    path = images.write(tmp_path / "mine.png", half())
    recipe = replace(recipe, reference=Reference(picture=str(path)))
    work, folder = opened(recipe)
    path.unlink()
    again = Work(recipe, folder)
    assert torch.equal(work.pinned.wanted, again.pinned.wanted) and torch.equal(work.reference.x0, again.reference.x0)
    with pytest.raises(ConfigError, match="reference.picture: .*mine.png: No such file or directory$"):
        opened(recipe)
    assert not list((tmp_path / "runs").glob("*-2"))            # refused before it has begun: nothing is left


def test_a_large_picture_is_made_smaller_at_once(recipe, tmp_path):
    large = np.zeros((3000, 40, 4), np.uint8)
    large[100:2900, 5:35] = 255
    _, folder = opened(replace(recipe, reference=Reference(picture=str(images.write(tmp_path / "large.png", large)))))
    assert max(images.read(folder / "picture.png").shape) < 1400


def test_a_run_with_a_picture_learns_it_and_resumes_to_the_same_bits(recipe, tmp_path):
    path = str(images.write(tmp_path / "mine.png", half()))
    longer = replace(recipe.stages[0], optim=Optim(steps=40, lr=0.03), regularizers={})
    recipe = replace(recipe, reference=Reference(picture=path, weight=20, azimuth_deg=0), stages=[longer])

    def ended(recipe, kill=None):
        with begun(recipe) as folder:
            if kill:
                drain(run(recipe, folder), kill)
            drain(run(recipe, folder))
            return Work(recipe, folder)

    whole, killed = ended(recipe), ended(recipe, 7)
    assert all(torch.equal(a, b) for a, b in zip(whole.tensors().values(), killed.tensors().values(), strict=True))

    def error(work):
        with torch.no_grad():
            return float(whole.pinned.loss(work.scene, 1.0, 0))

    without = ended(replace(recipe, reference=replace(recipe.reference, weight=0)))
    assert error(whole) < 0.7 * error(without)


def test_a_picture_for_a_drawing_is_refused(tmp_path):
    """It had been left out without a word."""
    recipe = load("text-to-svg", ["prompt=a box", "reference.picture=mine.png"])
    with pytest.raises(ConfigError, match="reference.picture: need none for a scene of kind svg"):
        reference.given(recipe, tmp_path)


def test_a_picture_that_is_not_there_is_said_before_anything_is_loaded(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    images.write(tmp_path / "bear.png", half())
    assert __main__.main(["3d", "a bear", "--image", "baer.png"]) == 2
    assert "baer.png: no such file; did you mean 'bear.png'?" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()
