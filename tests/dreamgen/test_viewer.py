"""The viewer shows what is in the folder, from where the visitor looks, to this machine only."""

import json
import os
from dataclasses import replace

import numpy as np
import pytest
import torch
from clouds import ball

from dreamgen import __main__, formats
from dreamgen.commands import view as command
from dreamgen.formats._npz_splats import packed
from dreamgen.io import atomic, checkpoint, images
from dreamgen.recipes import folders
from dreamgen.recipes.load import load
from dreamgen.state import build
from renderers.assets import Mesh
from renderers.camera import ring

viser = pytest.importorskip("viser", reason="the viewer is an extra")

from dreamgen.show import viewer  # noqa: E402  (needs viser)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The folder of a run that has begun."""
    monkeypatch.chdir(tmp_path)
    small = [f"stages.0.scene.{word}" for word in ("levels=2", "finest=32", "log2_table=8", "samples=16", "cells=16")]
    return folders.create(load("text-to-3d", ["prompt=a *fox*", *small]))


@pytest.fixture
def opened(run):
    page = viewer.Viewer(run, "127.0.0.1", 18080)
    yield page
    page.server.stop()


def save_checkpoint(run, name: str, bias: float) -> None:
    recipe = folders.recipe(run)
    scene = build.scene(recipe.stages[0], 0, torch.device("cpu"))
    state = {key: torch.full_like(value, bias) if value.is_floating_point() else value
             for key, value in scene.state_dict().items()}
    checkpoint.write(run / "checkpoints", name, {f"scene.{key}": value for key, value in state.items()},
                     {"stage": 0, "seed": 0})


def triangle() -> Mesh:
    return Mesh(np.float32([[0, 0, 0], [1, 0, 0], [0, 1, 0]]), np.int32([[0, 1, 2]]), np.float32([[0, 0, 1]] * 3))


def test_a_run_that_has_only_begun_can_be_viewed(opened):
    opened.poll()
    assert "a *fox*" in opened.caption.content and opened.scene is None and opened.asset is None


def test_the_newest_preview_is_shown_at_its_four_cameras(opened, run):
    sides = np.concatenate([np.full((8, 8, 3), i * 60, np.uint8) for i in range(4)], 1)
    images.write(run / "previews/0-0-000010.png", sides)
    opened.poll()
    assert opened.picture.image.shape == (8, 32, 3)
    assert [int(frustum.image[0, 0, 0]) for frustum in opened.frusta] == [0, 60, 120, 180]
    np.testing.assert_allclose([frustum.position for frustum in opened.frusta], ring(4, (8, 8)).position, atol=1e-6)
    opened.cameras.value = False
    opened.poll()
    assert not any(frustum.visible for frustum in opened.frusta)


def test_of_several_particles_the_first_stands_at_the_cameras(opened, run):
    rows = [np.concatenate([np.full((8, 8, 3), i * 60 + row, np.uint8) for i in range(4)], 1) for row in (0, 5)]
    images.write(run / "previews/0-0-000010.png", np.concatenate(rows))
    opened.poll()
    assert opened.picture.image.shape == (16, 32, 3)
    assert [frustum.image.shape for frustum in opened.frusta] == [(8, 8, 3)] * 4
    assert [int(frustum.image[0, 0, 0]) for frustum in opened.frusta] == [0, 60, 120, 180]


def test_the_state_of_the_run_is_said(opened, run):
    row = {"stage": 0, "step": 30, "steps": 300, "seed": 4, "seconds": 12.0, "coverage": 0.25}
    (run / "history.jsonl").write_text(json.dumps(row) + '\n{"stage": 0, "st')
    opened.poll()
    assert "30 of 300" in opened.caption.content and "0.250" in opened.caption.content


def test_a_newer_checkpoint_replaces_the_scene(opened, run):
    save_checkpoint(run, "0-000010", 0.0)
    opened.poll()
    first = opened.scene
    opened.poll()
    assert first is not None and opened.scene is first
    save_checkpoint(run, "0-000020", 0.5)
    opened.poll()
    assert opened.scene is not first and all((p == 0.5).all() for p in opened.scene.parameters())


def test_a_broken_checkpoint_leaves_the_page_as_it_is(opened, run):
    save_checkpoint(run, "0-000010", 0.0)
    opened.poll()
    scene = opened.scene
    for path in (run / "checkpoints").iterdir():
        path.write_bytes(b"cut off")
    opened.poll()
    assert opened.scene is scene


def test_the_asset_is_shown_when_it_is_there_and_the_scene_on_demand(opened, run):
    atomic.save(formats.write(triangle(), ["glb"]), run)
    opened.poll()
    assert opened.show.value == viewer.ASSET and opened.asset.visible
    opened.show.value = viewer.FIELD
    opened.poll()
    assert not opened.asset.visible


def test_a_visitor_sees_the_scene_as_our_own_camera_does(run):
    recipe = folders.recipe(run)
    scene = build.scene(recipe.stages[0], 0, torch.device("cpu"))
    camera = ring(1, (viewer.HEIGHT, viewer.HEIGHT), start_deg=30)
    wxyz = viewer.SO3.from_matrix(camera.c2w[0, :3, :3].numpy() @ viewer.FROM_VISER).wxyz
    got = viewer.draw(scene, camera.position[0].numpy(), wxyz, float(camera.fov_y), 1.0, torch.device("cpu"))
    with torch.no_grad():
        want = images.to_uint8(scene.render(camera).rgb[0].numpy())
    assert np.ptp(want) > 10 and np.abs(got.astype(int) - want).max() <= 2


def test_the_server_listens_on_this_machine_only(opened):
    assert opened.server.get_host() == command.LOCAL == "127.0.0.1"


def test_without_viser_one_line_names_the_extra(run, monkeypatch, capsys):
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    assert __main__.main(["view", "last"]) == 2
    assert "`pip install viser`" in capsys.readouterr().err
    assert os.listdir(run) == [folders.RECIPE]


def test_gaussians_are_sent_as_they_are_kept(opened, run):
    atomic.save({"splats.npz": packed(ball(200)), "asset.glb": formats.write(triangle(), ["glb"])["asset.glb"]}, run)
    opened.poll()
    sent = opened.asset
    assert isinstance(sent, viser.GaussianSplatHandle) and sent.visible and opened.show.value == viewer.ASSET
    opened.show.value = viewer.FIELD
    opened.poll()
    assert not sent.visible


def test_a_file_of_gaussians_is_served_where_it_is(monkeypatch, tmp_path, capsys):
    far = replace(ball(100), positions=ball(100).positions * 10 + np.float32([50, 0, 0]))
    (tmp_path / "cloud.ply").write_bytes(formats.write(far, ["ply"])["asset.ply"])
    begun = []

    class Seen(Exception):
        pass

    def stop(_):
        raise Seen

    made = viewer._server
    monkeypatch.setattr(viewer, "_server", lambda *args: begun.append(made(*args)) or begun[-1])
    monkeypatch.setattr(viewer.time, "sleep", stop)
    with pytest.raises(Seen):
        command.view_file(tmp_path / "cloud.ply", "127.0.0.1", 18090)
    np.testing.assert_allclose(begun[0].initial_camera.look_at, [50, 0, 0], atol=1)
    assert 8 < np.linalg.norm(np.subtract(begun[0].initial_camera.position, [50, 0, 0])) < 15
    assert "cloud.ply" in capsys.readouterr().out


def test_what_is_no_file_of_gaussians_is_said(tmp_path, capsys):
    (tmp_path / "mesh.glb").write_bytes(formats.write(triangle(), ["glb"])["asset.glb"])
    assert __main__.main(["view", str(tmp_path / "mesh.glb")]) == 2
    assert "mesh.glb: no Gaussians: no primitive has KHR_gaussian_splatting" in capsys.readouterr().err
