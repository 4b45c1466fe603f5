"""A capacity of ``march`` changes no picture and no gradient; tests/gpu/test_gpu_graph.py captures this very picture on a GPU."""

import pytest
import torch

from renderers.ops.march import march
from tests.gpu import test_gpu_graph
from tests.gpu.test_gpu_graph import CAPACITY, drawn, inputs


@pytest.mark.parametrize("capacity", [None, CAPACITY - 1])
def test_what_is_captured_on_a_gpu_has_rows_to_spare_and_does_not_depend_on_them(capacity, monkeypatch):
    rays, step, jitter, parameters, layout = inputs("cpu")
    assert CAPACITY / 4 < int(march(*rays, step, jitter).found) < CAPACITY
    fixed = drawn(rays, step, jitter, parameters, layout)
    monkeypatch.setattr(test_gpu_graph, "CAPACITY", capacity)
    assert fixed[0].std() > 0 and all(g.abs().max() > 0 for g in fixed[1:])
    for a, b in zip(fixed, drawn(rays, step, jitter, parameters, layout), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_a_capacity_of_nothing_is_told():
    rays, step, jitter, *_ = inputs("cpu")
    with pytest.raises(ValueError, match="^march: capacity is 0, want >= 1$"):
        march(*rays, step, jitter, None, 0)
