"""What a run of Gaussians leaves behind, from a scene that is known: files, mesh, pictures, numbers; and what is read back."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from clouds import ball

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.export import splats as export
from dreamgen.io import images
from dreamgen.io.report import Report
from dreamgen.reading import read as models
from dreamgen.reading import splats as reading
from renderers.assets import Splats
from renderers.scene import Field, Splatted


class Cloud(torch.nn.Module):
    """A scene that is a ball of Gaussians."""

    def __init__(self, count: int):
        super().__init__()
        self.ball = ball(count)

    def splats(self) -> Splats:
        return self.ball

    def render(self, camera, progress=1.0, rng=None):
        return export.draw(self.ball, camera, antialiased=True)


class Solid(Cloud):
    """The same with a density and a color."""

    def density(self, points):
        return 300.0 * (points.norm(dim=-1) < 0.35)

    def color(self, points):
        return torch.full_like(points, 0.5)


def work(scene, folder, **config) -> SimpleNamespace:
    recipe = SimpleNamespace(export=export.Config(turntable=0, texture=64, triangles=500, resolution=32, **config))
    return SimpleNamespace(recipe=recipe, folder=folder, device=torch.device("cpu"), scene=scene,
                           stage=SimpleNamespace(cameras=SimpleNamespace(size=64)),
                           note=lambda text, agreement=None: Report(0, 0, 0, 0, 0.0, {}, note=text))


def kept(*args, **config):
    """What ``keep`` returns, and its notes."""
    notes, phases = [], export.keep(work(*args, **config))
    while True:
        try:
            notes.append(next(phases).note)
        except StopIteration as end:
            return end.value, notes


def test_the_protocols_are_those_that_the_export_asks_for():
    assert isinstance(Cloud(3), Splatted) and not isinstance(Cloud(3), Field) and isinstance(Solid(3), Field)


def test_a_run_leaves_gaussians_a_mesh_and_a_sheet(tmp_path):
    what, notes = kept(Solid(1500), tmp_path, formats=["ply", "glb", "splat", "spz"])
    names = {path.name for path in what.paths}
    assert names == {"asset.ply", "asset.glb", "asset.splat", "asset.spz", "asset-mesh.glb", "splats.npz"}
    assert notes == ["making the mesh", "writing files"] and what.paths[0].name == "asset.ply"
    assert what.metrics["gaussians"] == 1500 and what.metrics["files"]["asset.ply"] == (tmp_path / "asset.ply").stat().st_size
    assert 0 < what.metrics["file_error"] < 2.5 / 255
    assert what.metrics["silhouette_iou"] > 0.9 and what.metrics["triangles"] <= 500
    piece, = models(tmp_path / "asset-mesh.glb")
    assert 0.3 < np.linalg.norm(piece.vertices, axis=1).mean() < 0.4
    assert images.read(tmp_path / "contact.png").shape[0] > 300


def test_the_numbers_of_the_run_are_kept_without_the_filter_and_exported_with_it(tmp_path):
    kept(Cloud(200), tmp_path)
    loaded, = export.load(tmp_path)
    np.testing.assert_array_equal(loaded.log_scales, ball(200).log_scales)
    assert loaded.pixel == ball(200).pixel and loaded.surface is None
    again = formats.write(loaded, ["ply"])["asset.ply"]
    assert again == (tmp_path / "asset.ply").read_bytes()


def test_a_mesh_inside_the_file_stays_there_when_it_is_exported_again(tmp_path):
    what, _ = kept(Solid(300), tmp_path, formats=["glb"], surface="inside")
    assert {path.name for path in what.paths} == {"asset.glb", "splats.npz", "surface.npz"}
    assert models(tmp_path / "asset.glb")
    assert reading.read(tmp_path / "asset.glb")[1] == ["a mesh beside the Gaussians is left out"]
    assert formats.write(export.load(tmp_path)[0], ["glb"])["asset.glb"] == (tmp_path / "asset.glb").read_bytes()


def test_gaussians_without_a_density_are_kept_without_a_mesh(tmp_path):
    what, notes = kept(Cloud(300), tmp_path, formats=["ply"])
    assert {path.name for path in what.paths} == {"asset.ply", "splats.npz"} and notes == ["writing files"]


def test_an_empty_density_costs_the_mesh_alone(tmp_path):
    class Empty(Solid):
        def density(self, points):
            return torch.zeros(len(points))

    what, notes = kept(Empty(300), tmp_path, formats=["ply"])
    assert {path.name for path in what.paths} == {"asset.ply", "splats.npz"}
    assert notes[1].startswith("the Gaussians are kept without a mesh: ")


def test_a_run_that_has_not_ended_has_none(tmp_path):
    with pytest.raises(ConfigError, match=r"no splats\.npz"):
        export.load(tmp_path)
