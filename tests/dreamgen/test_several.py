"""Several particles through the whole program: killed and resumed, judged, meshed, exported, compared."""

import json
from dataclasses import replace

import numpy as np
import pytest
import trimesh

from dreamgen import page
from dreamgen.__main__ import main
from dreamgen.errors import ConfigError, EmptyMesh
from dreamgen.export import load, mesh
from dreamgen.export.mesh import Config as Export
from dreamgen.io import checkpoint, images
from dreamgen.recipes import folders
from dreamgen.recipes.load import load as load_recipe
from dreamgen.recipes.recipe import Optim
from dreamgen.run import run
from dreamgen.state import agreeing, build, preview
from dreamgen.state.state import Work
from guidance.methods.vsd import Config as VSD
from tests.dreamgen.test_run import SCENE, assert_same, drain, make_recipe, parameters
from tests.tiny import make_prior

SMALL = Export(triangles=200, texture=32, resolution=16, turntable=2)


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


def two_particles(prior, out, steps=6, views=3):
    """A recipe of VSD; three views a step are two of one particle and one of the other."""
    recipe = make_recipe(prior, out)
    stage = recipe.stages[0]
    stage = replace(stage, scene=replace(SCENE, particles=2), guidance=VSD(adapt="all", strength=0.05),
                    cameras=replace(stage.cameras, views=views), optim=Optim(steps=steps))
    return replace(recipe, stages=[stage], export=SMALL)


@pytest.fixture(scope="module")
def finished(prior, tmp_path_factory):
    """A run of two stages and two candidates, to the end."""
    recipe = two_particles(prior, tmp_path_factory.mktemp("finished"))
    recipe = replace(recipe, stages=recipe.stages * 2, candidates=2, candidate_steps=0.5)
    folder = folders.create(recipe)
    drain(run(recipe, folder))
    return folder


def test_each_particle_leaves_a_glb(finished):
    models = [trimesh.load(finished / name, force="mesh") for name in ("asset.glb", "asset-1.glb")]
    assert all(len(model.faces) > 0 and np.isfinite(model.vertices).all() for model in models)
    assert models[0].vertices.shape != models[1].vertices.shape or not np.array_equal(*(m.vertices for m in models))
    kept = load(folders.recipe(finished), finished)
    assert [len(mesh.faces) for mesh in kept] == [len(model.faces) for model in models]


def test_the_record_has_numbers_of_each(finished):
    metrics = json.loads((finished / "run.json").read_text())["metrics"]
    assert len(metrics["agreements"]) == 2 and metrics["agreement"] == pytest.approx(np.mean(metrics["agreements"]))
    first, second = metrics, metrics["asset-1"]
    assert first["triangles"] > 0 < second["triangles"] and first["mesh"] != second["mesh"] and "left_out" not in metrics


def test_previews_sheet_and_page_show_both(finished):
    newest = sorted((finished / "previews").glob("*.png"))[-1]
    assert images.read(newest).shape == (2 * 128, 4 * 128, 3)
    assert 'href="asset-1.glb"' in page.html(finished)
    assert images.read(finished / "contact.png").shape[0] > 4 * 160


def test_another_format_is_written_of_each(finished, capsys):
    assert main(["export", str(finished), "--to", "stl,obj"]) == 0
    said = [line.rpartition("/")[2] for line in capsys.readouterr().out.splitlines()]
    assert {"asset.stl", "asset-1.stl", "asset.obj", "asset-1.obj", "asset-1.mtl", "asset-1.png"} <= set(said)
    assert "asset-1.mtl" in (finished / "asset-1.obj").read_text()


@pytest.mark.parametrize("views, killed_at", [(1, (1, 4)), (3, (3,))])
def test_a_killed_and_resumed_run_ends_bit_for_bit_as_the_uninterrupted_one(prior, tmp_path, views, killed_at):
    """With one view a step Adam has a state of only those particles that had a turn."""
    ends = []
    for kills in ((), killed_at):
        recipe = two_particles(prior, tmp_path / f"{len(kills)}", views=views)
        folder = folders.create(recipe)
        for step in (*kills, 6):
            drain(run(recipe, folder), until=step)
        ends.append(parameters(folder))
    assert_same(*ends)
    assert "scene.particles.1.table" in ends[0]


def test_a_particle_that_shows_nothing_is_left_out_and_if_all_do_it_is_an_error(prior, tmp_path, monkeypatch):
    recipe, empty, real = two_particles(prior, tmp_path, steps=1), [0], mesh.renders
    folder = folders.create(recipe)
    monkeypatch.setattr(mesh, "renders", lambda work, camera: [
        replace(seen, opacity=0 * seen.opacity) if k in empty else seen for k, seen in enumerate(real(work, camera))])
    notes = [report.note or "" for report in drain(run(recipe, folder))]
    assert any(note.startswith("particle 0 is left out: choose_threshold: all 16 held-out views") for note in notes)
    assert (folder / "asset.glb").is_file() and not (folder / "asset-1.glb").exists()
    assert json.loads((folder / "run.json").read_text())["metrics"]["left_out"] == [0]
    empty.append(1)
    with pytest.raises(EmptyMesh):
        drain(run(recipe, folder))


def test_the_prior_judges_each_from_the_cameras_that_showed_it(prior, tmp_path, monkeypatch):
    recipe, asked = two_particles(prior, tmp_path), []
    work = Work(recipe, folders.create(recipe))
    work.prior.card = {"words": ["desk", "lamp"]}
    real = agreeing.agreement
    monkeypatch.setattr(agreeing, "agreement", lambda *given: asked.append(given) or real(*given))
    assert len(preview.judgements(work)) == 2 and all(0 <= score <= 1 for score in preview.judgements(work))
    _, seen, _, names, azimuth, elevation, *_ = asked[0]
    assert len(seen.rgb) == len(azimuth) == len(elevation) == 8 and azimuth[:4].equal(azimuth[4:]) and len(names) == 2
    work.reference = None                       # else agreement with the reference decides
    assert preview.judge(work) == pytest.approx(np.mean(preview.judgements(work)))


def test_one_particle_is_the_scene_that_it_always_was(prior, tmp_path):
    recipe = make_recipe(prior, tmp_path)
    scene = build.scene(recipe.stages[0], 0, "cpu")
    assert type(scene).__name__ == "NERF" and not any("particles" in name for name in scene.state_dict())
    several = build.scene(two_particles(prior, tmp_path).stages[0], 0, "cpu").state_dict()
    assert all(value.equal(several[f"particles.0.{name}"]) for name, value in scene.state_dict().items())


WRONG = {
    "stages.1.scene.particles=2": "stages.1.scene.particles: need 1, as the first stage has, got 2",
    "stages.0.scene.particles=0": "stages.0.scene.particles: need > 0, got 0",
}


@pytest.mark.parametrize("word, answer", WRONG.items())
def test_what_cannot_be_is_answered_with_one_line(word, answer):
    with pytest.raises(ConfigError) as error:
        load_recipe("text-to-nerf", ["prompt=a box", word])
    assert answer in str(error.value)


def test_views_of_one_object_are_not_dealt_out_to_several():
    words = [f"stages.{i}.{word}" for i in (0, 1) for word in ("scene.particles=2", "guidance={kind: mvsds}")]
    with pytest.raises(ConfigError, match="0.scene.particles: need 1 for mvsds, whose views are of one object, got 2"):
        load_recipe("text-to-nerf", ["prompt=a box", *words])


def test_pictures_begin_from_the_priors_picture_each_with_its_own_noise(prior, tmp_path):
    recipe = load_recipe("text-to-image", [
        "prompt=a box", f"prior={prior}", f"out={tmp_path}", "precision=float32", "previews=0", "stages.0.scene.size=8",
        "stages.0.scene.pyramid=1", "stages.0.scene.particles=2", "stages.0.cameras={size: 8, views: 2}",
        "stages.0.optim.steps=2", "start={pictures: 1, steps: 2}"])
    folder = folders.create(recipe)
    drain(run(recipe, folder))
    state, _ = checkpoint.read(folder / "checkpoints")
    first, second = (state[f"scene.particles.{k}.theta.0"] for k in (0, 1))
    assert 0 < (first - second).abs().mean() < 0.3 and (folder / "asset-1.png").is_file()
    assert len(load(recipe, folder)) == 2


def test_methods_are_compared_on_particles_in_3d(prior, tmp_path, capsys):
    small = [f"stages.{i}.{word}" for i in (0, 1) for word in (
        "scene.levels=3", "scene.log2_table=9", "scene.samples=24", "scene.cells=12", "cameras.size=8")]
    assert main(["compare", "a box", "--prior", str(prior), "--recipe", "text-to-nerf", "--particles", "2", "--steps", "2",
                 "--methods", "vsd", "--seeds", "1", "--out", str(tmp_path / "sheet.png"), "--set", *small]) == 0
    head, row, _ = capsys.readouterr().out.splitlines()
    assert head.split()[-1] == "diversity" and float(row.split()[-1]) > 0
    one = json.loads((tmp_path / "sheet.json").read_text())["recipes"]["vsd"]["stages"]
    assert [stage["scene"]["particles"] for stage in one] == [2, 2]
    assert images.read(tmp_path / "sheet.png").shape[0] > 2 * 96
