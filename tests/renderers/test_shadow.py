"""Light past what stands in the way, as one sees it; that the backends agree is in test_ops.py."""

import pytest
import torch

from renderers.ops._dispatch import backends
from renderers.ops.shadow import Lamps, shadow
from tests.cases.shadow import CASES

FAST = [name for name in backends("shadow", "cpu") if name != "reference"]
UP = torch.tensor([[[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]])       # world to a camera above, looking down


@pytest.mark.parametrize("backend", ["reference", *FAST])
def test_a_lamp_above_a_plate_lights_its_top_and_not_what_lies_below(backend):
    E = 8
    depth = torch.full((1, E, E), 100.0)
    depth[0, :, :4] = 10.0                                  # a plate at height 0 covers the left half
    lamps = Lamps(UP, torch.tensor([[0.0, 0.0, -10.0]]), 40.0, depth)
    points = torch.tensor([[-0.5, 0.0, 0.0], [-0.5, -0.4, 0.0], [0.5, -0.4, 0.0], [-0.5, -0.4, 0.0]])
    up, tilted = torch.tensor([0.0, 1.0, 0.0]), torch.tensor([0.6, 0.8, 0.0])
    normals = torch.stack([up, up, tilted, -up])
    light = shadow(points, normals, lamps, torch.tensor([[2.0]]), 0.01, backend=backend)
    assert light.free.flatten().tolist() == pytest.approx([2.0, 2.0, 1.6, 0.0])
    assert light.seen.flatten().tolist() == pytest.approx([2.0, 0.0, 1.6, 0.0])


def test_shapes_that_do_not_fit_are_named():
    points, normals, lamps, weights, bias = CASES["few"](torch.float32)
    with pytest.raises(ValueError, match="normals"):
        shadow(points, normals[:-1], lamps, weights, bias)
