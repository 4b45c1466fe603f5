"""The table is tiny-cuda-nn's: its sizes, its order, its hash."""

import pytest
import torch

from renderers.ops._dispatch import backends
from renderers.ops.hashgrid import Layout, hashgrid

BACKENDS = list(backends("hashgrid", "cpu"))


def row_of(vertex, resolution, rows):
    """As ``grid.h`` does it, in 32-bit unsigned arithmetic, one vertex at a time."""
    x, y, z = vertex
    if resolution**3 <= rows:
        return (x + resolution * (y + resolution * z)) % rows
    return (x ^ (y * 2654435761 % 2**32) ^ (z * 805459861 % 2**32)) % rows


def test_whole_scales_give_the_published_resolutions():
    """per_level_scale 2 from base 16: a level has 16 2^l vertices along an edge; the first two fit into 2^15 rows."""
    layout = Layout(levels=5, base=16, finest=256, log2_size=15)
    assert layout.per_level_scale == 2
    assert layout.scales == (15, 31, 63, 127, 255)
    assert layout.resolutions == (16, 32, 64, 128, 256)
    assert layout.dense == (True, True, False, False, False)
    assert layout.offsets == (0, 4096, 4096 + 32768, 4096 + 2 * 32768, 4096 + 3 * 32768, 4096 + 4 * 32768)


def test_a_dense_level_is_rounded_up_to_eight_rows():
    layout = Layout(levels=2, base=3, finest=5, log2_size=10)
    assert layout.resolutions == (3, 5) and layout.offsets == (0, 32, 32 + 128)


def test_the_finest_of_instant_ngp():
    """Base 16, per_level_scale 1.3819: 16 levels up to 2048 (Instant-NGP, table 1)."""
    layout = Layout(levels=16, base=16, finest=2048, log2_size=19)
    assert layout.per_level_scale == pytest.approx(1.38191, abs=1e-5)
    assert layout.resolutions[:6] == (16, 23, 31, 43, 59, 81)
    assert layout.dense == (True,) * 5 + (False,) * 11
    assert layout.rows == sum((4096, 12168, 29792, 79512, 205384)) + 11 * 2**19


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("log2_size", [7, 15])
def test_at_a_vertex_the_feature_is_that_vertexs_row(backend, log2_size):
    layout = Layout(levels=3, base=4, finest=16, log2_size=log2_size)
    table = torch.arange(2.0 * layout.rows).view(-1, 2)
    vertices = torch.randint(1, 4, (20, 3), generator=torch.Generator().manual_seed(0))
    for level, (scale, resolution) in enumerate(zip(layout.scales, layout.resolutions, strict=True)):
        features = hashgrid((vertices - 0.5) / scale, table, layout, backend=backend)[:, 2 * level:2 * level + 2]
        first, last = layout.offsets[level:level + 2]
        want = [first + row_of(v, resolution, last - first) for v in vertices.tolist()]
        assert torch.allclose(features, table[want], rtol=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
def test_between_vertices_the_feature_is_trilinear(backend):
    layout = Layout(levels=1, base=8, finest=8, log2_size=12)
    r = layout.resolutions[0]
    z, y, x = torch.meshgrid(*[torch.arange(r, dtype=torch.float32)] * 3, indexing="ij")
    table = torch.stack([1 + 2 * x - y + 3 * z, x], -1).view(-1, 2)                 # linear in the vertex
    points = 0.9 * torch.rand(50, 3, generator=torch.Generator().manual_seed(0))    # away from the wrapped border
    p = points * layout.scales[0] + 0.5
    features = hashgrid(points, table, layout, backend=backend)
    assert torch.allclose(features[:, 0], 1 + 2 * p[:, 0] - p[:, 1] + 3 * p[:, 2], rtol=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
def test_levels_fade_in_one_after_the_other(backend):
    layout = Layout(levels=4, base=4, finest=32, log2_size=9)
    rng = torch.Generator().manual_seed(0)
    x, table = torch.rand(30, 3, generator=rng), torch.randn(layout.rows, 2, generator=rng, requires_grad=True)
    whole = hashgrid(x, table, layout, backend=backend)
    faded = hashgrid(x, table, layout, 2.25, backend=backend)
    factors = torch.tensor([1, 1, 0.25, 0]).repeat_interleave(2)
    assert torch.allclose(faded, whole * factors)
    gradient, = torch.autograd.grad(faded.square().sum(), table)
    assert not gradient[layout.offsets[3]:].any() and gradient[:layout.offsets[3]].any()


@pytest.mark.parametrize("backend", BACKENDS)
def test_positions_that_are_not_numbers_stay_inside_the_table(backend):
    layout = Layout(levels=2, base=2, finest=64, log2_size=18)
    table = torch.randn(layout.rows, 2, generator=torch.Generator().manual_seed(0))
    wild = torch.tensor([[float("nan")] * 3, [float("inf")] * 3, [-1e30, 1e30, 0.5]])
    features = hashgrid(wild[1:], table, layout, backend=backend)
    assert torch.equal(features, hashgrid(wild[1:].clamp(0, 1), table, layout, backend=backend))
    if backend != "reference":          # where torch raises IndexError by itself, a kernel must not read elsewhere
        assert hashgrid(wild[:1].repeat(100, 1), table, layout, backend=backend).shape == (100, 4)


def test_a_layout_tells_what_it_cannot_be():
    with pytest.raises(ValueError, match=r"^finest: need 16 <= finest <= 1048576, got 8$"):
        Layout(finest=8)


def test_a_table_of_the_wrong_layout_is_told():
    with pytest.raises(ValueError, match=r"hashgrid: table is \[10, 2\], want \[64, 2\]"):
        hashgrid(torch.rand(3, 3), torch.rand(10, 2), Layout(1, 4, 4, 9))
