"""Samples lie where they should: in the box, in occupied cells, a step apart."""

import pytest
import torch

from renderers.ops._dispatch import backends
from renderers.ops.march import HIDDEN, march
from tests.cases.march import CASES, STEP

BACKENDS = pytest.mark.parametrize("backend", list(backends("march", "cpu")))


def ray_of(samples):
    return torch.arange(len(samples.offsets) - 1).repeat_interleave(samples.offsets.diff())


@BACKENDS
def test_samples_lie_on_their_rays_in_occupied_cells(backend):
    origins, directions, occupancy, step, jitter = CASES["typical"](torch.float32)
    samples = march(origins, directions, occupancy, step, jitter, backend=backend)
    ray = ray_of(samples)
    assert len(samples.t) > 1000
    assert torch.allclose(samples.x - 0.5, origins[ray] + samples.t[:, None] * directions[ray], atol=1e-6)
    assert ((samples.x >= 0) & (samples.x <= 1)).all()
    assert occupancy[tuple((samples.x * len(occupancy)).long().clamp_max(len(occupancy) - 1).unbind(1))].all()


@BACKENDS
def test_samples_are_whole_steps_apart_and_none_is_missing(backend):
    origins, directions, occupancy, step, jitter = CASES["typical"](torch.float32)
    full = march(origins, directions, torch.ones_like(occupancy), step, jitter, backend=backend)
    half = march(origins, directions, occupancy, step, jitter, backend=backend)
    rest = march(origins, directions, ~occupancy, step, jitter, backend=backend)
    same_ray = ray_of(full)[1:] == ray_of(full)[:-1]
    assert torch.allclose(full.t.diff()[same_ray], torch.tensor(step), atol=1e-5)
    assert torch.equal(half.offsets + rest.offsets, full.offsets)


@BACKENDS
def test_a_ray_along_an_axis_crosses_the_box_which_is_closed_below_and_open_above(backend):
    samples = march(*CASES["along the axes"](torch.float32), backend=backend)
    counts = samples.offsets.diff().tolist()
    # middle, in the upper face (outside), beside, on the lower edge (inside), away, along x, from inside
    assert counts == [64, 0, 0, 64, 0, 64, 32]
    assert torch.allclose(samples.t[:64], 1.5 + STEP * (torch.arange(64) + 0.5))
    z = 1 - STEP * (torch.arange(64) + 0.5)
    assert torch.allclose(samples.x[:64], torch.stack([torch.full((64,), 0.5)] * 2 + [z], 1))


@BACKENDS
def test_the_axes_of_the_occupancy_are_x_y_z(backend):
    occupancy = torch.zeros(4, 4, 4, dtype=torch.bool)
    occupancy[3, 1, 0] = True
    seen = []
    for x, y, z in torch.cartesian_prod(*[torch.arange(4)] * 3).tolist():
        centre = (torch.tensor([[x, y, z]]) + 0.5) / 4 - 0.5
        samples = march(centre, torch.tensor([[0, 0, 1.0]]), occupancy, 0.1, torch.zeros(1), backend=backend)
        seen += [(x, y, z)] if len(samples.t) and samples.t[0] == 0 else []
    assert seen == [(3, 1, 0)]


@BACKENDS
def test_jitter_shifts_by_parts_of_a_step(backend):
    origins, directions, occupancy, step, jitter = CASES["along the axes"](torch.float32)
    early, late = (march(origins[:1], directions[:1], occupancy, step, torch.tensor([j]), backend=backend)
                   for j in (0.0, 0.75))
    assert torch.allclose(late.t - early.t, torch.tensor(0.75 * step), atol=1e-6)


@BACKENDS
def test_a_ray_ends_where_what_it_has_passed_hides_the_rest(backend):
    origins, directions, occupancy, step, jitter = CASES["along the axes"](torch.float32)
    along_z = origins[:1], directions[:1]
    tau = torch.full((4, 4, 4), HIDDEN / 10)
    tau[:, :, 3] = 0                                        # the nearest quarter hides nothing
    samples = march(*along_z, occupancy, step, jitter[:1], tau, backend=backend)
    assert len(samples.t) == 16 + 10
    occupancy[:, :, 1:3] = 0                                # nor does what is empty
    samples = march(*along_z, occupancy, step, jitter[:1], tau, backend=backend)
    assert len(samples.t) == 16 + 10


def test_a_step_that_leads_nowhere_is_told():
    args = list(CASES["one element"](torch.float32))
    args[3] = 0.0
    with pytest.raises(ValueError, match=r"^march: step is 0\.0, want > 0$"):
        march(*args)
