"""``fill`` paints areas, lines and order as geometry says; an independent renderer sees the same pictures."""

from io import BytesIO

import numpy as np
import pytest
import resvg_py
import torch
from PIL import Image

from renderers.drawing import Drawing, Paint, Paths, chains, fit, join, look
from renderers.errors import BackendError
from renderers.ops.fill import fill
from tests.cases.fill import mixed

EACH = pytest.mark.parametrize("backend", ["numba", "reference"])


def polygon(corners, paint=Paint.NONZERO):
    """Points [1, P, 2] and the paths of one closed path of straight lines."""
    i = np.arange(len(corners))
    j = np.roll(i, -1)
    return torch.tensor([corners], dtype=torch.float32), Paths(np.stack([i, i, j, j], 1), np.array([0, len(i)]),
                                                               np.array([0, 1]), np.array([paint], np.int8),
                                                               np.array([True]))


def cover(points, paths, size, backend, width=1.0):
    """[H, W] of one black path."""
    color = torch.tensor([[[0.0, 0.0, 0.0, 1.0]]])
    return fill(points, color, torch.full((1, 1), float(width)), paths, size, backend=backend)[0, ..., 3]


def line(length, width, paint, backend, size=(24, 40), slope=0.0):
    start = torch.tensor([8.25, 11.75])
    end = start + length * torch.tensor([np.cos(slope), np.sin(slope)], dtype=torch.float32)
    points = torch.stack([start, start, end, end])[None]
    return cover(points, chains([1], False, paint), size, backend, width)


@EACH
def test_a_pixel_is_covered_by_the_area_within_it(backend):
    got = cover(*polygon([[1.25, 0.5], [3.5, 0.5], [3.5, 2.0], [1.25, 2.0]]), (3, 5), backend)
    column = torch.tensor([0, 0.75, 1, 0.5, 0])
    assert torch.allclose(got, torch.tensor([0.5, 1, 0])[:, None] * column, atol=1e-6)


@EACH
def test_the_two_rules_differ_where_a_path_winds_twice(backend):
    angle = torch.arange(5) * 2 * (2 * torch.pi / 5)
    star = (torch.stack([angle.sin(), -angle.cos()], 1) * 14 + 16).tolist()
    nonzero, evenodd = (cover(*polygon(star, paint), (32, 32), backend) for paint in (Paint.NONZERO, Paint.EVENODD))
    assert nonzero[16, 16] == 1 and evenodd[16, 16].abs() < 1e-5
    assert torch.allclose(nonzero[5, 16], evenodd[5, 16])


@EACH
def test_the_direction_of_a_path_does_not_matter(backend):
    corners = [[2.3, 1.1], [9.7, 3.2], [5.5, 10.4]]
    assert torch.allclose(*(cover(*polygon(way), (12, 12), backend) for way in (corners, corners[::-1])), atol=1e-6)


@EACH
def test_a_circle_of_four_cubics_has_its_area(backend):
    points, paths = circle(12.0, (16.3, 15.8))
    area = cover(points, paths, (32, 32), backend).sum()
    assert abs(area / (np.pi * 144) - 1) < 6e-3             # chords cut a little off


def circle(radius, centre):
    k = 0.5522847498        # the handle of a quarter, in radii
    quarter = torch.tensor([[1, 0], [1, k], [k, 1]])
    turn = torch.tensor([[0.0, 1.0], [-1.0, 0.0]])
    around = torch.cat([quarter @ torch.linalg.matrix_power(turn, n) for n in range(4)])
    return (around * radius + torch.tensor(centre))[None], chains([4], True, Paint.NONZERO)


@EACH
@pytest.mark.parametrize("slope", [0.0, 0.3])
@pytest.mark.parametrize(("paint", "more"), [(Paint.BUTT, 0), (Paint.SQUARE, 25.0), (Paint.ROUND, np.pi * 25 / 4)])
def test_a_line_covers_its_length_times_its_width_and_its_caps(backend, paint, more, slope):
    assert abs(line(18, 5, paint, backend, slope=slope).sum() - (18 * 5 + more)) < 0.3


@EACH
def test_a_line_thinner_than_a_pixel_is_as_faint_as_it_is_thin(backend):
    assert abs(line(20, 0.25, Paint.BUTT, backend, slope=0.2).sum() - 5) < 0.1


@EACH
def test_a_closed_line_has_no_ends(backend):
    points, paths = circle(8.0, (12.0, 12.0))
    ring = Paths(paths.segments, paths.subpaths, paths.paths, np.array([Paint.BUTT], np.int8), paths.closed)
    assert abs(cover(points, ring, (24, 24), backend, 3.0).sum() - 2 * np.pi * 8 * 3) < 1


@EACH
def test_later_paths_hide_earlier_ones_and_opacity_multiplies(backend):
    squares = torch.tensor([[[0, 0], [4, 0], [4, 4], [0, 4]]] * 2, dtype=torch.float32).flatten(0, 1)[None]
    paths = join([polygon(squares[0, :4].tolist())[1]] * 2, [4, 4])
    colors = torch.tensor([[[1.0, 0, 0, 1.0], [0, 0, 1.0, 0.25]]])
    rgba = fill(squares, colors, torch.zeros(1, 2), paths, (4, 4), backend=backend)
    assert torch.allclose(rgba[0, 2, 2], torch.tensor([0.75, 0, 0.25, 1.0]))


@EACH
def test_the_gradient_of_an_area_is_its_boundary(backend):
    """Growing a shape by a part of itself adds twice that part of its area; moving it adds nothing."""
    points, paths = circle(10.0, (16.1, 15.7))
    points.requires_grad_()
    area = cover(points, paths, (32, 32), backend).sum()
    gradient, = torch.autograd.grad(area, points)
    outward = points.detach() - torch.tensor([16.1, 15.7])
    assert abs((gradient * outward).sum() / (2 * area) - 1) < 1e-4
    assert gradient.sum(1).abs().max() < 1e-3


@EACH
def test_what_is_beside_the_canvas_changes_nothing(backend):
    size = (16, 20)
    inside, paths = polygon([[3.2, 2], [15, 4.4], [8, 13]])
    alone = cover(inside, paths, size, backend)
    beside = torch.cat([inside, inside + torch.tensor([40.0, 0]), inside - torch.tensor([0, 40.0])], 1)
    colors, widths = torch.tensor([0.0, 0, 0, 1]).expand(1, 3, 4), torch.zeros(1, 3)
    rgba = fill(beside, colors, widths, join([paths] * 3, [3] * 3), size, backend=backend)
    assert torch.equal(rgba[0, ..., 3], alone)


@EACH
@pytest.mark.parametrize("wrong", [torch.nan, torch.inf, 1e30])
def test_a_path_with_an_impossible_point_is_left_out(backend, wrong):
    points, paths = polygon([[3.2, 2], [15, 4.4], [8, 13]])
    two = torch.cat([points, points + 2], 1)
    two[0, 4, 1] = wrong
    two.requires_grad_()
    colors = torch.tensor([0.0, 0, 0, 1]).expand(1, 2, 4)
    rgba = fill(two, colors, torch.zeros(1, 2), join([paths] * 2, [3, 3]), (16, 20), backend=backend)
    assert torch.equal(rgba[0, ..., 3], cover(points, paths, (16, 20), backend))
    gradient, = torch.autograd.grad(rgba.square().sum(), two)
    assert gradient.isfinite().all() and gradient[0, :3].any() and not gradient[0, 3:].any()


@EACH
def test_pictures_of_a_batch_do_not_mix(backend):
    points, colors, widths, paths, size = (each.detach() if isinstance(each, torch.Tensor) else each
                                           for each in mixed(torch.float32, N=10, B=3))
    together = fill(points, colors, widths, paths, size, backend=backend)
    for b in range(3):
        alone = fill(points[b:b + 1], colors[b:b + 1], widths[b:b + 1], paths, size, backend=backend)
        assert torch.allclose(alone[0], together[b], atol=0.06)     # a batch shares its number of chords


def test_views_move_points_and_widen_lines():
    points, widths = torch.tensor([[10.0, 20.0]]), torch.tensor([3.0])
    assert torch.equal(look(points, widths, fit((100, 200), (400, 50)))[0], torch.tensor([[[5.0, 40.0]]]))
    view = torch.tensor([[[0.0, -2, 5], [2, 0, 1]]])
    moved, wide = look(points, widths, view)
    assert torch.allclose(moved, torch.tensor([[[-35.0, 21.0]]])) and torch.allclose(wide, torch.tensor([[6.0]]))


def random_drawing(seed, edge=160):
    points, colors, widths, paths, _ = mixed(torch.float32, N=20, B=1, size=(edge, edge), radius=28.0, seed=seed)
    return Drawing(paths, *(each[0].detach().numpy() for each in (points, colors, widths)), (edge, edge))


def as_svg(drawing):
    """The drawing in the words of the standard, unrounded."""
    elements = []
    for n, paint in enumerate(map(Paint, drawing.paths.paint)):
        words = []
        for u in range(drawing.paths.paths[n], drawing.paths.paths[n + 1]):
            cubics = drawing.points[drawing.paths.segments[drawing.paths.subpaths[u]:drawing.paths.subpaths[u + 1]]]
            words.append("M{} {}".format(*cubics[0, 0]))
            words += ["C{} {} {} {} {} {}".format(*cubic[1:].ravel()) for cubic in cubics]
            words += "Z" * int(drawing.paths.closed[u])
        rgb = "rgb({}%,{}%,{}%)".format(*(100 * drawing.colors[n, :3]))
        how = (f'fill="none" stroke="{rgb}" stroke-opacity="{drawing.colors[n, 3]}" stroke-width="{drawing.widths[n]}" '
               f'stroke-linecap="{paint.name.lower()}" stroke-linejoin="round"' if paint.is_stroke else
               f'fill="{rgb}" fill-opacity="{drawing.colors[n, 3]}" fill-rule="{paint.name.lower()}"')
        elements.append(f'<path d="{"".join(words)}" {how}/>')
    width, height = drawing.size
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{"".join(elements)}</svg>'


def by_resvg(drawing):
    rgba = Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=as_svg(drawing))))).convert("RGBA")
    rgba = torch.from_numpy(np.asarray(rgba) / np.float32(255))
    return torch.cat([rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]], -1)


def by_us(drawing, scale=1):
    width, height = drawing.size
    size = scale * height, scale * width
    points, widths = look(torch.from_numpy(drawing.points), torch.from_numpy(drawing.widths), fit(drawing.size, size))
    return fill(points, torch.from_numpy(drawing.colors)[None], widths, drawing.paths, size)[0]


@pytest.mark.parametrize("seed", range(24))
def test_resvg_draws_the_same_picture(seed):
    drawing = random_drawing(seed)
    assert (by_resvg(drawing) - by_us(drawing)).abs().mean() <= 2 / 255


def test_the_picture_is_nearer_to_a_much_finer_one_than_resvgs_is():
    drawing = random_drawing(0)
    edge = int(drawing.size[0])
    fine = by_us(drawing, 8).view(edge, 8, edge, 8, 4).mean((1, 3))
    ours, theirs = ((picture - fine).abs().mean() for picture in (by_us(drawing), by_resvg(drawing)))
    assert ours < 0.4 * theirs and ours < 0.5 / 255


@pytest.mark.parametrize("paint", [Paint.NONZERO, Paint.EVENODD])
def test_diffvg_estimates_what_is_computed_here(paint):
    """Runs where pydiffvg is installed; its samples are noisy, so against a cotangent that changes slowly."""
    pytest.importorskip("pydiffvg")
    points, colors, widths, paths, size = mixed(torch.float32, N=8, B=1, size=(96, 96), radius=24.0, paints=(paint,))
    y, x = torch.meshgrid(torch.linspace(0, 3, 96), torch.linspace(0, 3, 96), indexing="ij")
    g = torch.stack([(x + y).sin(), (2 * x - y).cos(), (x * y).sin(), x.cos()], -1)[None]
    ours, theirs = (fill(points, colors, widths, paths, size, backend=name) for name in ("numba", "pydiffvg"))
    assert (ours - theirs).abs().mean() < 1 / 255
    gradients = (torch.autograd.grad(picture, (points, colors), g) for picture in (ours, theirs))
    for exact, estimate in zip(*gradients, strict=True):
        exact, estimate = exact.flatten(), estimate.flatten()
        assert torch.cosine_similarity(exact, estimate, 0) > 0.995
        assert abs(exact @ estimate / (estimate @ estimate) - 1) < 0.03


def test_diffvg_has_no_square_caps():
    pytest.importorskip("pydiffvg")
    with pytest.raises(BackendError, match="fill: backend 'pydiffvg' has round caps only, got square"):
        fill(*mixed(torch.float32, N=1, B=1, paints=(Paint.SQUARE,)), backend="pydiffvg")


SWEEP = [(N, edge, B) for N in (1, 64, 257, 1024) for edge in (64, 224, 600) for B in (1, 4)]


@pytest.mark.parametrize(("N", "edge", "B"), [
    pytest.param(N, edge, B, marks=[pytest.mark.slow] * (N * edge * B > 60_000)) for N, edge, B in SWEEP])
def test_any_number_of_paths_at_any_size_is_finite_with_its_gradient(N, edge, B):
    points, colors, widths, paths, size = mixed(torch.float32, N=N, B=B, size=(edge, edge), radius=0.15 * edge)
    rgba = fill(points, colors, widths, paths, size)
    assert rgba.isfinite().all() and 0 <= rgba.min() and rgba.max() <= 1 + 1e-5
    gradients = torch.autograd.grad(rgba.square().sum(), (points, colors, widths))
    assert all(gradient.isfinite().all() for gradient in gradients) and gradients[0].any() and gradients[1].any()


@pytest.mark.parametrize(("change", "message"), [
    (lambda p, c, w, t, s: (p, c[:, :2], w[:, :2], t, s), "fill: colors are of 2 paths, want N = 3"),
    (lambda p, c, w, t, s: (p[:, :5], c, w, t, s), "fill: segments name point .*, want at most P-1 = 4"),
    (lambda p, c, w, t, s: (p, c.double(), w, t, s), "fill: points are torch.float32, colors torch.float64"),
    (lambda p, c, w, t, s: (p[0], c, w, t, s), r"fill: points is \[.*\], want \[B, P, 2\]"),
])
def test_what_does_not_fit_is_told(change, message):
    with pytest.raises(ValueError, match=message):
        fill(*change(*mixed(torch.float32, N=3, B=1)))


def test_paths_that_make_no_sense_are_told():
    whole = chains([2, 3], True, Paint.NONZERO)
    with pytest.raises(ValueError, match=r"Paths: subpaths must rise in 2 steps from 0 to 5, got 2 steps from 0 to 4"):
        Paths(whole.segments, np.array([0, 2, 4]), whole.paths, whole.paint, whole.closed)
    with pytest.raises(ValueError, match="Paths: paint spans 0 to 9, want 0 to 4"):
        Paths(whole.segments, whole.subpaths, whole.paths, np.array([0, 9], np.int8), whole.closed)
