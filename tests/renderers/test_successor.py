"""A scene begins from the scene before it, and says by its methods what else can be done with it."""

import pytest
import torch

from renderers.camera import ring
from renderers.particles import Particles
from renderers.scene import Field, Following, Paths, Sketched, Traced
from renderers.scenes import image, nerf, svg
from renderers.successor import successor

SMALL = nerf.Config(levels=2, finest=16, log2_table=8, hidden=8, samples=16, cells=8)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


class Cloud(torch.nn.Module):
    """Points on a field's surface, as a scene of another kind would begin."""

    def __init__(self):
        super().__init__()
        self.colors = torch.nn.Parameter(torch.zeros(8, 3))

    @torch.no_grad()
    def follow(self, before):
        if not isinstance(before, Field):
            raise ValueError("a cloud follows a field")
        self.colors.copy_(before.color(torch.linspace(-0.2, 0.2, 8)[:, None].expand(-1, 3)))


def test_a_scene_of_the_same_kind_takes_over_every_parameter():
    old, new = (Particles([nerf.NERF(SMALL, rng) for _ in range(2)]) for rng in (seeded(0), seeded(1)))
    assert successor(new, old) is new
    assert torch.equal(new.particles[1].render(ring(1, (8, 8))).rgb, old.particles[1].render(ring(1, (8, 8))).rgb)


def test_a_scene_of_another_kind_decides_itself_what_it_takes_over():
    before = nerf.NERF(SMALL, seeded())
    made = successor(Cloud(), before)
    assert isinstance(made, Following) and torch.equal(made.colors[0], before.color(torch.full((1, 3), -0.2))[0])


@pytest.mark.parametrize("new, old, why", [
    (lambda: image.IMAGE(image.Config(), seeded()), lambda: nerf.NERF(SMALL, seeded()),
     "IMAGE follows scenes of its own kind only"),
    (Cloud, lambda: image.IMAGE(image.Config(), seeded()), "a cloud follows a field"),
    (lambda: image.IMAGE(image.Config(size=32, pyramid=2), seeded()), lambda: image.IMAGE(image.Config(), seeded()),
     "^IMAGE takes over every parameter and needs as many; size is 32 and was 64, pyramid is 2 and was 1$"),
])
def test_what_cannot_follow_says_why(new, old, why):
    with pytest.raises(ValueError, match=why):
        successor(new(), old())


def test_each_kind_says_what_it_can_be_turned_into():
    drawing = svg.Scene(svg.Config(paths=4, hold=False), seeded())
    scenes = nerf.NERF(SMALL, seeded()), drawing, image.IMAGE(image.Config(), seeded())
    said = [[isinstance(scene, kind) for kind in (Field, Paths, Sketched, Traced)] for scene in scenes]
    assert said == [[True, False, False, False], [False, True, True, True], [False, False, True, False]]
