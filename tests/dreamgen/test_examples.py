"""The examples run as they stand there, in their shortest form, and leave what they say."""

import runpy
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
import trimesh
from test_api import SMALL

from dreamgen.io import images
from dreamgen.recipes import registry
from dreamgen.svg import read
from dreamgen.training import config
from guidance import priors
from renderers.sheet import upright
from tests.tiny import make_prior

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = {path.name[0]: path for path in sorted(FOLDER.glob("*.py"))}


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return str(make_prior(tmp_path_factory.mktemp("prior")))


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run an example by its number in an empty folder, with these words on its command line; what it prints, by lines."""
    def ran(number: int, *words: str) -> list[str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", [EXAMPLES[str(number)].name, *words])
        runpy.run_path(str(EXAMPLES[str(number)]), run_name="__main__")
        return capsys.readouterr().out.splitlines()
    return ran


def test_there_are_six_each_with_the_command_that_runs_it():
    assert sorted(EXAMPLES) == ["1", "2", "3", "4", "5", "6"]
    for number, path in EXAMPLES.items():
        text = path.read_text(encoding="utf-8")
        assert text.lstrip('r"').startswith(f"Example {number}: ") and f"    python examples/{path.name}" in text


def test_1_the_loss_moves_the_picture_and_is_a_kind_of_guidance(run, prior, tmp_path):
    assert run(1, "a box", "--prior", prior, "--steps", "3") == ["loss.png"]
    first = images.read(tmp_path / "loss.png")
    run(1, "a box", "--prior", prior, "--steps", "6")
    assert first.shape == (64, 64, 3) and (images.read(tmp_path / "loss.png") != first).mean() > 0.5
    assert registry.read("guidance", str(EXAMPLES["1"])).config().guidance == 20


def test_1_the_loss_is_conditional_outside_its_interval_and_guided_inside(prior):
    method = registry.exported("guidance", str(EXAMPLES["1"]), "Method")
    cfg = registry.exported("guidance", str(EXAMPLES["1"]), "Config")(guidance=5.0, low=0.4, high=0.6)
    frozen = priors.load(prior, precision="float32")
    y, empty = (frozen.condition([words]) for words in ("a box", ""))
    from guidance.conditions import Query
    rng = torch.Generator().manual_seed(0)
    x, eps = (torch.randn(3, frozen.channels, frozen.size, frozen.size, generator=rng) for _ in range(2))
    t = torch.tensor([100, 500, 900])
    with torch.no_grad():
        got = method(frozen, cfg).residual(x, t, eps, Query(y.expand(3), empty.expand(3)), None)
        eps_y, eps_0 = (frozen.eps(x, t, each.expand(3)) for each in (y, empty))
    s = torch.tensor([1.0, 5.0, 1.0]).view(3, 1, 1, 1)
    torch.testing.assert_close(got, eps_0 + s * (eps_y - eps_0) - eps, rtol=1e-4, atol=1e-4)


def test_2_the_scene_is_run_by_a_recipe(run, prior):
    with pytest.warns(UserWarning, match="2_scene.py has no pyramid; what the recipe says is left out"):
        (path,) = run(2, "a box", "--prior", prior, "--steps", "2")
    assert images.read(Path(path)).shape == (64, 64, 3)


def test_2_the_last_disc_hides_what_is_below_and_the_edge_has_a_gradient():
    name = str(EXAMPLES["2"])
    scene = registry.exported("scene", name, "Scene")(registry.exported("scene", name, "Config")(discs=2), torch.Generator())
    with torch.no_grad():
        scene.center.zero_()
        scene.radius.copy_(torch.tensor([0.8, 0.4]))
        scene.opacity.fill_(1.0)
        scene.color.copy_(torch.tensor([[1.0, 0, 0], [0, 1.0, 0]]))
    render = scene.render(upright((64, 64)))
    for (row, column), want in (((32, 32), (0, 1, 0)), ((32, 52), (1, 0, 0)), ((2, 2), (1, 1, 1))):
        assert render.rgb[0, row, column].tolist() == pytest.approx(want, abs=1e-3)
    render.opacity.sum().backward()
    assert scene.radius.grad[0] > 0 and scene.radius.grad[1] == pytest.approx(0, abs=1e-3)


def test_3_the_backend_agrees_with_the_definition(run):
    *rows, speed = run(3)
    assert [row.split()[0] for row in rows] == ["y", "dL/dx", "dL/da"] and speed.startswith("numba is ")


def test_3_the_definition_is_the_recursion_and_passes_finite_differences():
    module = runpy.run_path(str(EXAMPLES["3"]))
    x, a = torch.tensor([[1.0, 2.0, 3.0]], dtype=torch.float64), torch.tensor([0.5], dtype=torch.float64)
    assert module["recursive"](x, a, "reference").tolist() == [[1.0, 2.5, 4.25]]
    for backend in ("reference", "numba"):
        assert torch.autograd.gradcheck(partial(module["recursive"], backend=backend),
                                        (x.clone().requires_grad_(), a.clone().requires_grad_()))


def test_4_the_placed_copy_stands_on_the_floor(run, prior):
    first, second = run(4, "a box", "--prior", prior, "--height", "1.5", "--set", *SMALL)
    assert first.split(":")[0].endswith("asset.glb")
    mesh = trimesh.load(second.split(":")[0], force="mesh")
    assert mesh.bounds[:, 1] == pytest.approx([0, 1.5], abs=1e-5)
    assert mesh.bounds.mean(0)[[0, 2]] == pytest.approx([0, 0], abs=1e-5)


def test_5_a_prior_is_trained_and_sampled(run, monkeypatch):
    monkeypatch.setattr(config, "Config", partial(config.Config, fold=2, widths=(8, 16), mean_first=2))     # seconds
    lines = run(5, "--images", "8", "--size", "16", "--views", "2")
    assert [line.split()[3] for line in lines if line.startswith("+ ")] == ["render", "train", "sample"]
    assert images.read(Path("my_prior/samples.png")).std() > 0
    assert len(list(Path("my_prior/models").iterdir())) == 12


def test_6_the_second_drawing_has_the_paths_of_the_first_in_other_colors(run, prior):
    first, second = run(6, "a box", "--prior", prior, "--paths", "6", "--set", "stages.0.optim.steps=2",
                        "start={pictures: 1, steps: 2}", "stages.0.cameras={views: 1, size: 16}", "export.size=64")
    made, turned = (read(Path(path).read_bytes(), path).drawing for path in (first.split(":")[0], second))
    assert len(made.paths) == len(turned.paths) > 0 and made.points.shape == turned.points.shape
    np.testing.assert_allclose(made.colors[:, :3].max(1), turned.colors[:, :3].max(1), atol=0.02)     # lightness stays ...
    assert np.abs(made.colors - turned.colors).max() > 0.02 or np.ptp(made.colors[:, :3], 1).max() < 0.02
