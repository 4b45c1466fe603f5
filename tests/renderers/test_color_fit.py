"""A mesh that follows Gaussians takes over their colors, and the same bits each time."""

import copy

import torch

from renderers.scenes.gaussians import GAUSSIANS
from renderers.scenes.gaussians import Config as Gaussians
from renderers.scenes.mesh import MESH, Config


def followed():
    """A mesh after Gaussians on a ball, red on the right and blue on the left."""
    before = GAUSSIANS(Gaussians(count=2000, cap=2000), torch.Generator().manual_seed(0))
    points = torch.nn.functional.normalize(torch.randn(2000, 3, generator=torch.Generator().manual_seed(1)), dim=1) * 0.3
    red, blue = torch.tensor([0.9, 0.1, 0.1]), torch.tensor([0.1, 0.1, 0.9])
    before.cover(points, torch.where(points[:, :1] > 0, red, blue))
    it = MESH(Config(cells=16, levels=6, finest=64, log2_table=11, hidden=16, shape=0), torch.Generator().manual_seed(0))
    gray = copy.deepcopy(it)
    it.follow(before)
    return it, gray, before


def test_the_mesh_has_the_surface_and_the_colors_of_the_gaussians():
    it, gray, before = followed()
    vertices, faces = it.surface()
    assert len(faces) > 300 and 0.28 < vertices.norm(dim=1).median() and vertices.norm(dim=1).max() < 0.36
    wanted = before.color(vertices)
    assert (gray.color(vertices) - wanted).abs().mean() > 0.3 and (it.color(vertices) - wanted).abs().mean() < 0.03
    assert all(parameter.grad is None for parameter in it.parameters())


def test_it_is_the_same_each_time():
    one, other = followed()[0], followed()[0]
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True))
