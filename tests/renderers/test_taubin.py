"""Taubin's smoothing: a wave's transfer function, no shrinking, and a mesh scene that is drawn as it is exported."""

import math

import pytest
import torch

from dreamgen.io.rng import stream
from renderers.camera import orbit
from renderers.ops.antialias import edges_of
from renderers.ops.taubin import LAMBDA, MU, taubin
from renderers.scenes.mesh import MESH, Config
from renderers.surface_terms import normal
from renderers.tetrahedra import Lattice, march


def strip(count: int) -> torch.Tensor:
    """[count, 4]: a ring of edges, each vertex with two neighbours; no triangles are needed."""
    a = torch.arange(count)
    b = (a + 1) % count
    return torch.stack([torch.minimum(a, b), torch.maximum(a, b), a, torch.full_like(a, -1)], 1).int()


@pytest.mark.parametrize("waves", [1, 3, 8, 16])
def test_a_wave_on_a_ring_is_multiplied_by_the_papers_transfer_function(waves):
    N, rounds = 32, 3
    wave = torch.cos(2 * math.pi * waves * torch.arange(N, dtype=torch.float64) / N)
    k = 1 - math.cos(2 * math.pi * waves / N)
    got = taubin(torch.stack([wave, 0 * wave, 0 * wave + 5], 1), strip(N), rounds, backend="reference")
    torch.testing.assert_close(got[:, 0], ((1 - LAMBDA * k) * (1 - MU * k)) ** rounds * wave)
    torch.testing.assert_close(got[:, 2], torch.full((N,), 5.0, dtype=torch.float64))


def test_a_ragged_ball_becomes_smooth_and_keeps_its_size():
    lattice = Lattice(24)
    nodes = lattice.positions()
    ball = march(lattice, (nodes.norm(dim=-1) - 0.3) * 24, nodes)
    edges = edges_of(ball.faces)
    ragged = ball.vertices * (1 + 0.02 * torch.randn(len(ball.vertices), 1, generator=torch.manual_seed(0)))
    calm = taubin(ragged, edges, 20)
    assert normal(calm, edges) < 0.1 * normal(ragged, edges)
    radius = calm.norm(dim=1)
    assert radius.mean() == pytest.approx(0.3, rel=0.005) and radius.std() < 0.4 * ragged.norm(dim=1).std()


def test_what_a_smooth_scene_draws_is_what_it_exports_and_what_its_distances_learn_from():
    small = dict(cells=12, levels=4, finest=32, log2_table=10)
    rough, calm = (MESH(Config(**small, smooth=rounds), stream(0, "scene")) for rounds in (0, 8))
    for scene in (rough, calm):
        scene.delta.data = 0.6 * torch.randn(scene.delta.shape, generator=torch.manual_seed(1))
    camera = orbit(torch.tensor([0.4]), torch.tensor([0.2]), torch.tensor([1.55]), torch.tensor([0.7]), (32, 32))
    vertices, faces = calm.surface()
    assert faces.shape == rough.surface()[1].shape
    torch.testing.assert_close(vertices, taubin(rough.surface()[0], edges_of(faces), 8))
    seen = calm.render(camera, 1.0, stream(0, "render"))
    torch.testing.assert_close(seen.surface.vertices.detach(), vertices)
    seen.opacity.sum().backward()
    assert calm.delta.grad.abs().sum() > 0 and torch.isfinite(calm.delta.grad).all()


def test_rounds_below_nothing_are_refused():
    with pytest.raises(ValueError, match="smooth: need >= 0, got -1"):
        Config(smooth=-1)
