"""``rasterize``: tiny rasters drawn by hand pin the axes, then the backends agree with the definition."""

import pytest
import torch

from renderers.camera import project, ring
from renderers.ops._dispatch import backends
from renderers.ops.rasterize import interpolate, rasterize
from tests.cases.rasterize import CASES

BACKENDS = list(backends("rasterize", "cpu"))


def picture(fragments, view=0):
    return ["".join("." if f < 0 else str(f) for f in row) for row in fragments.face[view].tolist()]


def draw(backend, corners, faces=((0, 1, 2),), depths=None, size=(4, 6), **more):
    pixels = torch.tensor([corners], dtype=torch.float32)
    depths = torch.ones(1, len(corners)) if depths is None else torch.tensor([depths], dtype=torch.float32)
    return rasterize(pixels, depths, torch.tensor(faces), size, backend=backend, **more)


@pytest.mark.parametrize("backend", BACKENDS)
def test_u_is_the_column_v_the_row_and_centres_are_at_a_half(backend):
    assert picture(draw(backend, [[0, 0], [6, 0], [0, 3]])) == ["00000.", "000...", "0.....", "......"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_edge_belongs_to_its_triangle(backend):
    assert picture(draw(backend, [[1.5, 0.5], [4.5, 0.5], [1.5, 3.5]])) == [".0000.", ".000..", ".00...", ".0...."]


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_back_of_a_triangle_is_drawn_too(backend):
    assert picture(draw(backend, [[0, 3], [6, 0], [0, 0]])) == ["00000.", "000...", "0.....", "......"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_nearer_triangle_hides_the_farther_whatever_their_order(backend):
    corners = [[0, 0], [6, 0], [0, 4], [0, 0], [6, 0], [6, 4]]
    near_second = draw(backend, corners, [[0, 1, 2], [3, 4, 5]], [3, 3, 3, 2, 2, 2])
    near_first = draw(backend, corners, [[3, 4, 5], [0, 1, 2]], [3, 3, 3, 2, 2, 2])
    assert picture(near_second) == ["011111", "001111", "00..11", "0....1"]
    swapped = torch.where(near_first.face < 0, near_first.face, 1 - near_first.face)
    assert (near_second.face == swapped).all() and torch.equal(near_second.depth, near_first.depth)


@pytest.mark.parametrize("backend", BACKENDS)
def test_behind_a_layer_lies_the_next(backend):
    corners, depths = [[0, 0], [6, 0], [0, 4], [0, 0], [6, 0], [6, 4]], [2, 2, 2, 3, 3, 3]
    first = draw(backend, corners, [[0, 1, 2], [3, 4, 5]], depths)
    second = draw(backend, corners, [[0, 1, 2], [3, 4, 5]], depths, behind=first.depth)
    third = draw(backend, corners, [[0, 1, 2], [3, 4, 5]], depths, behind=second.depth.clamp_min(2))
    assert picture(first) == ["000001", "000011", "00..11", "0....1"]
    assert picture(second) == [".1111.", "..11..", "......", "......"]
    assert picture(third) == [".....1", "....11", "....11", ".....1"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_of_equally_near_triangles_the_first_wins(backend):
    fragments = rasterize(*CASES["coincident"](torch.float32), backend=backend)
    assert set(fragments.face.unique().tolist()) == {-1, 0}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_corner_at_or_before_the_near_plane_drops_the_triangle(backend):
    corners = [[0, 0], [6, 0], [0, 3]]
    assert (draw(backend, corners, depths=[1, 1, 0.5], near=0.5).face == -1).all()
    assert (draw(backend, corners, depths=[1, 1, -3]).face == -1).all()
    assert (draw(backend, corners, depths=[1, 1, 0.51], near=0.5).face == 0).any()


@pytest.mark.parametrize("backend", BACKENDS)
def test_triangles_without_area_or_not_finite_are_dropped(backend):
    fragments = rasterize(*CASES["degenerate"](torch.float32), backend=backend)
    assert set(fragments.face.unique().tolist()) == {-1, 3, 4}
    assert fragments.bary.isfinite().all() and fragments.depth.isfinite().all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_empty_mesh_is_an_empty_picture(backend):
    fragments = rasterize(*CASES["empty"](torch.float32), backend=backend)
    assert fragments.face.shape == (2, 5, 7) and (fragments.face == -1).all() and not fragments.bary.any()


@pytest.mark.parametrize("backend", BACKENDS)
def test_shared_edges_leave_no_crack(backend):
    rng = torch.Generator().manual_seed(3)
    v, u = torch.meshgrid(torch.linspace(0, 64, 30), torch.linspace(0, 64, 30), indexing="ij")
    jitter = (torch.rand(30, 30, 2, generator=rng) - 0.5) * 1.5
    jitter[[0, -1]] = 0
    jitter[:, [0, -1]] = 0
    corner = (torch.arange(29)[:, None] * 30 + torch.arange(29)).reshape(-1, 1)
    quad = corner + torch.tensor([0, 30, 31, 1])
    faces = torch.cat([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]])
    fragments = rasterize((torch.stack([u, v], -1) + jitter).view(1, -1, 2), torch.ones(1, 900), faces, (64, 64),
                          backend=backend)
    assert (fragments.face >= 0).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_world_points_come_back_where_they_were(backend):
    """Perspective-correct: the corners' world positions, interpolated, project to the pixel's own centre."""
    camera = ring(3, (40, 48))
    rng = torch.Generator().manual_seed(1)
    points = torch.rand(60, 3, generator=rng) - 0.5
    faces = torch.arange(60).view(-1, 3)
    fragments = rasterize(*project(camera, points), faces, camera.size, backend=backend)
    world = interpolate(fragments, faces, points)
    for view in range(3):
        seen = fragments.face[view] >= 0
        pixel, depth = project(camera[view:view + 1], world[view][seen])
        row, column = seen.nonzero().unbind(1)
        assert torch.allclose(pixel[0], torch.stack([column, row], 1) + 0.5, atol=2e-3)
        assert torch.allclose(depth[0], fragments.depth[view][seen], atol=1e-5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("backend", [name for name in BACKENDS if name != "reference"])
def test_backends_agree_with_the_definition_to_the_last_bit(backend, case, dtype):
    got, want = (rasterize(*CASES[case](dtype), backend=name) for name in (backend, "reference"))
    assert got.face.dtype == torch.int32 and got.bary.dtype == got.depth.dtype == dtype
    for field in ("face", "bary", "depth"):
        assert torch.equal(getattr(got, field), getattr(want, field)), field


@pytest.mark.parametrize("backend", BACKENDS)
def test_several_views_in_one_call_are_those_of_single_calls(backend):
    """One of them of nothing: all of its triangles are behind the camera."""
    pixels, depths, faces, size = CASES["soup"](torch.float32, views=5)
    depths[2] = -depths[2].abs()
    behind = torch.rand(5, *size, generator=torch.Generator().manual_seed(1)) * 2
    together = rasterize(pixels, depths, faces, size, behind=behind, backend=backend)
    assert [int((face >= 0).any()) for face in together.face] == [1, 1, 0, 1, 1]
    for k in range(5):
        alone = rasterize(pixels[k:k + 1], depths[k:k + 1], faces, size, behind=behind[k:k + 1], backend=backend)
        reference = rasterize(pixels[k:k + 1], depths[k:k + 1], faces, size, behind=behind[k:k + 1],
                              backend="reference")
        for name in vars(together):
            assert torch.equal(getattr(together, name)[k], getattr(alone, name)[0]), (name, k)
            assert torch.equal(getattr(alone, name), getattr(reference, name)), (name, k)


@pytest.mark.parametrize("backend", [name for name in BACKENDS if name != "reference"])
def test_backends_agree_on_the_second_layer(backend):
    pixels, depths, faces, size = CASES["soup"](torch.float32)
    behind = rasterize(pixels, depths, faces, size, backend="reference").depth
    got, want = (rasterize(pixels, depths, faces, size, behind=behind, backend=name) for name in (backend, "reference"))
    assert (want.face >= 0).any() and all(torch.equal(getattr(got, name), getattr(want, name)) for name in vars(want))


def test_a_depth_for_each_pixel_is_wanted():
    with pytest.raises(ValueError, match=r"behind is \[1, 4, 5\] of torch.float32, want \[1, 4, 6\] of torch.float32"):
        draw("reference", [[0, 0], [6, 0], [0, 3]], behind=torch.zeros(1, 4, 5))


def test_interpolation_has_the_gradient_of_a_weighted_sum():
    pixels, depths, faces, size = CASES["soup"](torch.float64, triangles=6, views=1, size=(9, 9))
    fragments = rasterize(pixels, depths, faces, size)
    attributes = torch.randn(18, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True)
    assert torch.autograd.gradcheck(lambda a: interpolate(fragments, faces, a), attributes)


def test_a_near_plane_at_the_camera_is_told():
    with pytest.raises(ValueError, match="near is 0, want > 0"):
        draw("reference", [[0, 0], [6, 0], [0, 3]], near=0)


def test_an_index_outside_the_vertices_is_told():
    with pytest.raises(ValueError, match=r"faces span 0 to 3, want 0 to V-1 = 2"):
        draw("reference", [[0, 0], [6, 0], [0, 3]], [[0, 1, 3]])
