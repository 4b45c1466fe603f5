"""A run whose last stage is a mesh: it follows the field, a kill changes nothing, and its files are its own triangles."""

import os
import signal
import subprocess
import sys
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest
import torch

from dreamgen import reading
from dreamgen.cameras.orbit import Config as Cameras
from dreamgen.errors import EmptyMesh, RunError
from dreamgen.export.mesh import Config as Export
from dreamgen.export.mesh import load
from dreamgen.formats import glb
from dreamgen.io import checkpoint
from dreamgen.meshing import draw, mesh_asset
from dreamgen.meshing.lit import draw_lit, shiny
from dreamgen.recipes.folders import create
from dreamgen.recipes.recipe import Optim, Recipe, Stage
from dreamgen.run import run, step
from dreamgen.state.state import Work
from guidance.methods.sds import Config as SDS
from guidance.ramp import Ramp
from renderers.camera import ring
from renderers.scenes.mesh import MESH
from renderers.scenes.mesh import Config as Mesh
from renderers.scenes.nerf import Config as NeRF
from tests.tiny import make_prior

STEPS = 14                  # more than the pictures after which regularizers begin, and two renewals
GRID = dict(levels=3, finest=32, log2_table=9, hidden=8)
FIELD, SURFACE = NeRF(samples=24, cells=12, refresh=3, blob=30, bias=-2, **GRID), Mesh(cells=12, renew=5, shaded=0.5, **GRID)


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture
def recipe(prior, tmp_path):
    def stage(scene, steps, **regularizers):
        return Stage(scene, SDS(strength=0.05), Cameras(views=2, size=16), Optim(steps=steps), regularizers)

    last = stage(SURFACE, STEPS, normal=Ramp(0.2, 0.2), sign=Ramp(0.1, 0.0), laplacian=Ramp(0.1, 0.1), eikonal=Ramp(0.1, 0.1))
    return Recipe("a box", prior=str(prior), stages=[stage(FIELD, 2), last], out=str(tmp_path / "runs"), precision="float32",
                  checkpoint_seconds=1e-6, previews=1, preflight=False,
                  export=Export(triangles=100_000, texture=64, resolution=24, turntable=2))


def parameters(folder):
    tensors, _ = checkpoint.read(folder / "checkpoints")
    return {name: tensor for name, tensor in tensors.items() if name.startswith(("scene.", "optim."))}


def killed(recipe, *at):
    """The state of a run that was stopped after those steps of its mesh stage, without warning, and each time resumed."""
    folder = create(recipe)
    for until in (*at, STEPS):
        reports = run(recipe, folder)
        for report in reports:
            if report.note is None and report.stage == 1 and report.step == until:
                reports.close()
                break
    return parameters(folder)


@pytest.mark.parametrize("surface", ("tetrahedra", "flexicubes"))
def test_a_mesh_stage_killed_and_resumed_ends_bit_for_bit_as_the_uninterrupted_one(recipe, surface):
    last = recipe.stages[1]
    deviation = {"deviation": Ramp(0.25, 0.25)} if surface == "flexicubes" else {}
    recipe = replace(recipe, stages=[recipe.stages[0], replace(last, scene=replace(last.scene, surface=surface),
                                                               regularizers=last.regularizers | deviation)])
    straight, broken = killed(recipe), killed(recipe, 1, 6, 11)
    assert straight.keys() == broken.keys() and {"scene.delta", "scene.start", "scene.guided"} <= straight.keys()
    assert [name for name in straight if not torch.equal(straight[name], broken[name])] == []
    assert straight["scene.delta"].any() and straight["scene.guided"][0] == STEPS


def test_a_weight_of_a_regularizer_that_the_surface_does_not_have_is_refused(recipe):
    last = replace(recipe.stages[1], regularizers={"deviation": Ramp(0.25, 0.25)})
    with pytest.raises(ValueError, match=r"need 0 with surface: tetrahedra, got 0.25; have normal, lapl"):
        replace(recipe, stages=[recipe.stages[0], last])
    replace(recipe, stages=[recipe.stages[0], replace(last, scene=replace(SURFACE, surface="flexicubes"))])


@pytest.mark.slow
def test_kill_9_in_a_mesh_stage(recipe, tmp_path):
    """Against a process that nobody killed: it has as many threads."""
    folders = create(recipe), create(replace(recipe, out=str(tmp_path / "straight")))
    commands = [[sys.executable, "-m", "dreamgen", "resume", str(folder)] for folder in folders]
    for wait in (7.0, 9.0):
        child = subprocess.Popen(commands[0], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    broken, straight = (parameters(folder) for folder in folders)
    assert [name for name in straight if not torch.equal(straight[name], broken[name])] == []


def test_its_files_are_its_own_triangles_baked_with_its_colors(recipe):
    folder = create(recipe)
    list(run(recipe, folder))
    work = Work(recipe, folder)
    assert isinstance(work.scene, MESH)
    vertices, faces = (part.numpy() for part in work.scene.surface())
    (kept,) = load(folder)
    assert len(kept.faces) == len(faces)
    a, b = (np.unique(np.sort(points[corners].round(5).reshape(-1, 9), axis=1), axis=0)
            for points, corners in ((vertices, faces), (kept.vertices, kept.faces)))
    assert np.allclose(a, b, atol=1e-4), "not meshed again"
    assert (folder / "turntable.mp4").stat().st_size and (folder / "asset.glb").is_file()

    views = ring(4, (192, 192))
    with torch.no_grad():
        seen, drawn = work.scene.render(views), draw(kept, views)
    both, either = torch.minimum(seen.opacity, drawn.opacity), torch.maximum(seen.opacity, drawn.opacity)
    assert float(both.sum() / either.sum()) > 0.99
    sure = (seen.opacity > 0.99) & (drawn.opacity > 0.99)
    assert float(((seen.premultiplied - drawn.premultiplied).abs() * sure).sum() / sure.sum() / 3) < 0.03, "its colors, baked"


def test_a_budget_below_its_triangles_decimates_and_an_empty_one_is_told(recipe, tmp_path):
    work = Work(recipe, tmp_path)
    work.advance()
    views = ring(4, (32, 32))
    opacity = work.scene.render(views).opacity.detach()
    mesh, report = mesh_asset(work.scene, views, opacity, replace(recipe.export, triangles=200))
    assert 0 < len(mesh.faces) <= 200 and report.triangles == len(mesh.faces) and report.iou > 0.9
    with torch.no_grad():
        work.scene.delta.fill_(1e3)
    with pytest.raises(EmptyMesh, match="the scene has no surface"):
        mesh_asset(work.scene, views, opacity, recipe.export)


def test_a_material_is_kept_without_light_and_shown_in_it(recipe, tmp_path):
    """Base color in one picture, roughness and metal in another; the file has both, and the turntable the light."""
    scene = MESH(replace(SURFACE, material="pbr", shaded=0), torch.Generator().manual_seed(0))
    with torch.no_grad():
        scene.w2.zero_()
        scene.b2.copy_(torch.cat([torch.zeros(1), torch.logit(torch.tensor([0.8, 0.5, 0.3, (0.4 - 0.08) / 0.92, 0.7]))]))
    views = ring(4, (48, 48))
    with torch.no_grad():
        seen = scene.render(views)
    mesh, _ = mesh_asset(scene, views, seen.opacity, recipe.export)
    (material,) = mesh.materials
    assert np.abs(material.texture.astype(int) - [204, 128, 76]).max() <= 1
    assert np.abs(material.metallic_roughness.astype(int) - [0, 102, 178]).max() <= 1
    assert material.metallic == material.roughness == 1
    (tmp_path / "a.glb").write_bytes(glb.write(mesh)["asset.glb"])
    (piece,) = reading.read(tmp_path / "a.glb", materials=True)
    assert np.abs(piece.material.metallic_roughness[..., 1:].astype(int) - [102, 178]).max() <= 1
    in_file = draw_lit(mesh, views)
    sure = (seen.opacity > 0.99) & (in_file.opacity > 0.99)
    assert shiny(mesh) and float(((seen.premultiplied - in_file.premultiplied).abs() * sure).sum() / sure.sum() / 3) < 0.03


def test_a_surface_that_vanishes_twice_ends_the_run_in_a_sentence(recipe, monkeypatch):
    def vanish(self, step, progress, rng):
        with torch.no_grad():
            self.delta.fill_(1e3)

    monkeypatch.setattr(MESH, "after_step", vanish)
    second = replace(recipe.stages[1], optim=Optim(steps=80), regularizers={})
    long = replace(recipe, retries=0, stages=[recipe.stages[0], second])
    with warnings.catch_warnings(record=True) as said, pytest.raises(RunError, match="empty: .*the surface has vanished twice"):
        warnings.simplefilter("always")
        list(run(long, create(long)))
    assert sum("without a surface; the last one is back" in str(one.message) for one in said) == 1


def test_every_step_of_a_mesh_stage_reports_its_regularizers(recipe, tmp_path):
    work = Work(recipe, tmp_path)
    work.advance()
    for work.position.step in range(STEPS):
        report = step(work)
    assert set(report.losses) == {"normal", "laplacian", "sign", "eikonal"} and report.gradient > 0
