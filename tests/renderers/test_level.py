"""The level at which a field is cut, on balls whose silhouettes are known."""

import pytest
import torch

from renderers.camera import rays
from renderers.level import level_set
from renderers.scene import Render
from renderers.tetrahedra import Lattice

DENSITY = 60.0


class Ball:
    """As dense everywhere inside as DENSITY, nothing outside; its picture is the silhouette."""

    def __init__(self, radius: float):
        self.radius = radius

    def density(self, x):
        return DENSITY * (x.norm(dim=-1) < self.radius).float()

    def render(self, camera):
        origins, directions = rays(camera)
        nearest = origins - (origins * directions).sum(-1, keepdim=True) * directions
        opacity = (nearest.norm(dim=-1, keepdim=True) < self.radius).float()
        return Render(opacity.expand(*opacity.shape[:-1], 3), opacity, opacity.expand(*opacity.shape[:-1], 3))


@pytest.mark.parametrize("radius", [0.2, 0.35])
def test_a_ball_is_cut_where_it_ends(radius):
    lattice = Lattice(16)
    values, agreement = level_set(Ball(radius), lattice, torch.device("cpu"))
    away = lattice.positions().norm(dim=-1)
    edge = 1 / lattice.n
    assert agreement > 0.85 and len(values) == len(away)
    assert (values[away < radius - edge] < 0).all() and (values[away > radius + edge] > 0).all()


def test_of_nothing_there_is_no_surface():
    assert level_set(Ball(0.0), Lattice(8), torch.device("cpu")) is None
