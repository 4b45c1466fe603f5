"""The examples of CONTRIBUTING.md run as they stand there, each as the file that its first line names."""

import importlib.util
import io
import re
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import trimesh

from guidance.methods.sds import SDS
from guidance.methods.sds import Config as SDSConfig
from renderers.assets import Mesh
from renderers.sheet import upright
from tests.guidance.closed import EPS, X0, T, asked, close, prior

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"
EXAMPLES = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))


@pytest.fixture
def example(tmp_path, monkeypatch):
    """The example for ``path``, imported as if it stood there."""
    def imported(path: str):
        assert not (PAGE.parent / path).exists()
        name = path.removesuffix(".py").replace("/", ".")
        file = tmp_path / Path(path).name
        file.write_text(EXAMPLES[path], encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, file)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)      # dataclasses look their module up
        spec.loader.exec_module(module)
        return module
    return imported


def test_the_loss_has_its_share_of_the_gradient_of_sds(example):
    module = example("guidance/methods/half.py")
    of = prior()
    plain = SDS(of, SDSConfig(guidance_scale=7.0, rescale=0.0)).grad(X0, asked(of), T, EPS)
    close(module.HALF(of, module.Config(guidance_scale=7.0, rescale=0.0, share=0.25)).grad(X0, asked(of), T, EPS), 0.25 * plain)


def test_the_scene_is_drawn_and_pulled_towards_a_color(example):
    module = example("renderers/scenes/plain.py")
    scene = module.PLAIN(module.Config(level=0.25), torch.Generator())
    render = scene.render(upright((4, 6)))
    assert render.rgb.shape[1:] == (4, 6, 3) and render.opacity.shape[1:] == (4, 6, 1)
    assert scene.regularizers(render)["bright"].item() == pytest.approx(0.25)
    render.rgb[..., 0].mean().backward()
    assert scene.color.grad.tolist() == pytest.approx([1, 0, 0])
    assert [p is scene.color for group in scene.param_groups() for p in group["params"]] == [True]


def test_the_format_is_read_back_as_the_mesh_that_was_written(example):
    vertices = np.float32([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0.5]])
    faces = np.int32([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]])
    files = example("dreamgen/formats/off.py").write(Mesh(vertices, faces, normals=np.ones((4, 3), np.float32)), "thing")
    read = trimesh.load(io.BytesIO(files["thing.off"]), file_type="off", process=False)
    assert np.array_equal(read.vertices, vertices) and np.array_equal(read.faces, faces)


def test_no_example_is_left_out():
    assert len(EXAMPLES) == PAGE.read_text(encoding="utf-8").count("```python") == 3
