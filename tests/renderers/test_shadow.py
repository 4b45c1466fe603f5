"""Light past what stands in the way: every backend as the definition, and the definition as one sees it."""

import pytest
import torch

from renderers.ops._dispatch import backends
from renderers.ops.shadow import Lamps, shadow
from tests.agree import assert_agree
from tests.cases.shadow import CASES

FAST = [name for name in backends("shadow", "cpu") if name != "reference"]
UP = torch.tensor([[[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]])       # world to a camera above, looking down


@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("case", CASES)
def test_a_fast_backend_is_the_definition(case, backend):
    got, want = (shadow(*CASES[case](torch.float64), backend=name) for name in (backend, "reference"))
    for name, one, other in zip(("seen", "free"), got, want):
        assert_agree(one, other, 1e-9, name)


@pytest.mark.parametrize("backend", ["reference", *FAST])
def test_a_lamp_above_a_plate_lights_its_top_and_not_what_lies_below(backend):
    E = 8
    depth = torch.full((1, E, E), 100.0)
    depth[0, :, :4] = 10.0                                  # a plate at height 0 covers the left half
    lamps = Lamps(UP, torch.tensor([[0.0, 0.0, -10.0]]), 40.0, depth)
    points = torch.tensor([[-0.5, 0.0, 0.0], [-0.5, -0.4, 0.0], [0.5, -0.4, 0.0], [-0.5, -0.4, 0.0]])
    up, tilted = torch.tensor([0.0, 1.0, 0.0]), torch.tensor([0.6, 0.8, 0.0])
    normals = torch.stack([up, up, tilted, -up])
    seen, free = shadow(points, normals, lamps, torch.tensor([[2.0]]), 0.01, backend=backend)
    assert free.flatten().tolist() == pytest.approx([2.0, 2.0, 1.6, 0.0])
    assert seen.flatten().tolist() == pytest.approx([2.0, 0.0, 1.6, 0.0])


def test_shapes_that_do_not_fit_are_named():
    points, normals, lamps, weights, bias = CASES["small"](torch.float32)
    with pytest.raises(ValueError, match="normals"):
        shadow(points, normals[:-1], lamps, weights, bias)
