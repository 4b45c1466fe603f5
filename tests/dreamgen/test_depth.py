"""One meaning of depth, in every scene and in the picture of a finished mesh: see ``renderers.scene.Render``."""

from importlib import import_module

import pytest
import torch

from dreamgen import formats
from dreamgen.meshing.shade import draw
from dreamgen.recipes import registry
from dreamgen.recipes.recipe import Optim, Stage
from dreamgen.state import build
from renderers.camera import rays, ring
from renderers.sheet import upright
from tests.dreamgen.solids import box


@pytest.mark.parametrize("kind", registry.names("scene"))
def test_what_a_scene_half_shows_is_as_far_as_it_is(kind, tmp_path):
    module = import_module(f"renderers.scenes.{kind}")
    given = {}
    if registry.read("scene", kind).asset == "Model":
        (tmp_path / "box.glb").write_bytes(formats.write(box(), ["glb"], "box")["box.glb"])
        given = {"mesh": str(tmp_path / "box.glb")}
    scene = build.scene(Stage(module.Config(**given), optim=Optim(1)), 0, torch.device("cpu"))
    if module.CAMERA == "Sheet":
        assert scene.render(upright((16, 16))).depth is None                # a sheet of paper is at no distance
        return
    seen = scene.render(ring(2, (24, 24)))
    there = seen.opacity > 0.01
    assert (seen.opacity[there] < 0.5).any() and (seen.opacity[there] > 0.5).any()
    assert (seen.depth[there] > 1.55 - 0.87).all() and (seen.depth[there] < 1.55 + 0.87).all()     # inside the box
    assert (seen.depth[seen.opacity == 0] == 0).all()


def test_the_depth_of_a_mesh_is_the_distance_along_the_ray():
    """A box whose front lies at z = 0.3: origin + depth * direction is there, in covered and in half covered pixels."""
    camera = ring(1, (31, 31), elevation_deg=0)
    seen = draw(box(), camera)
    origins, directions = rays(camera)
    z = (origins + seen.depth * directions)[..., 2:]
    whole, part = seen.opacity == 1, (seen.opacity > 0) & (seen.opacity < 1)
    assert whole.any() and part.any() and (seen.depth[seen.opacity == 0] == 0).all()
    torch.testing.assert_close(z[whole], torch.full_like(z[whole], 0.3), atol=2e-3, rtol=0)
    torch.testing.assert_close(z[part], torch.full_like(z[part], 0.3), atol=2e-2, rtol=0)
