"""With a capacity the picture of a NeRF and its gradient wait for nothing: they can be captured as a CUDA graph, and drawn again
with other numbers of samples. Has run on no GPU yet; tests/renderers/test_capacity.py draws the same on the CPU."""

import pytest
import torch

from renderers.ops.composite import composite
from renderers.ops.field import field
from renderers.ops.hashgrid import Layout
from renderers.ops.march import march
from tests.agree import assert_agree
from tests.cases.field import network
from tests.cases.hashgrid import points
from tests.cases.march import cone

pytestmark = pytest.mark.gpu
DEVICE = "cuda"
CAPACITY = 8192


def inputs(device):
    """Rays, an occupancy grid, jitter, and a field's parameters."""
    origins, directions, occupancy, step, jitter = cone(torch.float32)
    _, *parameters, layout, _ = network(torch.float32, *points(torch.float32, 1, Layout(6, 4, 64, 10)))
    return ([a.to(device) for a in (origins, directions, occupancy)], step, jitter.to(device),
            [p.detach().to(device).requires_grad_() for p in parameters], layout)


def drawn(rays, step, jitter, parameters, layout):
    """The rays' colors, and the gradient of a loss on them in each parameter."""
    samples = march(*rays, step, jitter, None, CAPACITY)
    raw = field(samples.x, *parameters, layout)
    colors = composite(raw[:, 0].exp(), raw[:, 1:].sigmoid(), samples.t, step, samples.offsets).rgb
    return colors.detach(), *torch.autograd.grad(colors.square().sum(), parameters)


def agree(got, want):
    for i, (a, b) in enumerate(zip(got, want, strict=True)):
        assert_agree(a.cpu(), b.cpu(), 2e-4, f"output {i}")


def test_a_picture_and_its_gradient_wait_for_nothing():
    arguments = inputs(DEVICE)
    drawn(*arguments)                                   # kernels are compiled, sizes of levels uploaded
    torch.cuda.set_sync_debug_mode("error")
    try:
        got = drawn(*arguments)
    finally:
        torch.cuda.set_sync_debug_mode("default")
    agree(got, drawn(*inputs("cpu")))


def test_a_graph_draws_again_with_other_samples():
    arguments = inputs(DEVICE)
    jitter = arguments[2]
    beside = torch.cuda.Stream()
    beside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(beside):
        drawn(*arguments)
    torch.cuda.current_stream().wait_stream(beside)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        got = drawn(*arguments)
    for value in (0.5, 0.0):
        jitter.fill_(value)
        graph.replay()
        agree(got, drawn(*arguments))
