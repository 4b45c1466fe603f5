"""``antialias`` against truths of its own: exact areas, sixteen times as many pixels, and another estimator."""

import pytest
import torch
from torch.nn.functional import avg_pool2d

from renderers.camera import project, ring
from renderers.ops._dispatch import backends
from renderers.ops.antialias import antialias, edges_of
from renderers.ops.rasterize import rasterize
from renderers.ops.varying import varying
from tests.cases.antialias import ball

BACKENDS = pytest.mark.parametrize("backend", list(backends("antialias", "cpu")))
CUBE = (torch.tensor([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=torch.float64),
        torch.tensor([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1],
                      [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]]))


def turned(points, seed=4):
    """Turned at random, the same way for a seed."""
    q = torch.linalg.qr(torch.randn(3, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)))[0]
    return points @ q


def draw(pixels, depths, faces, attributes, size, backend=None):
    """[B, H, W, C + 1]: the attributes and the mask, mixed at silhouettes."""
    seen = rasterize(pixels.detach(), depths.detach(), faces, size, backend=backend)
    color = varying(seen.face, pixels, depths, faces, attributes, backend=backend)
    image = torch.cat([color, (seen.face >= 0)[..., None].to(color)], -1)
    return antialias(image, seen.face, seen.depth, pixels, depths, faces, edges_of(faces), backend=backend)


def flat(points, size, scale=0.4):
    """Pixels and depths of an orthographic view along z, ``scale`` of the picture for a unit."""
    pixels = points[..., :2] * scale * size + size / 2 + torch.tensor([0.13, -0.21]).to(points)
    return pixels[None], (3 - points[..., 2])[None]


@BACKENDS
@pytest.mark.parametrize("size", [48, 128, 256])
@pytest.mark.parametrize("name, shape", [("sphere of 128", ball(2)), ("sphere of 8192", ball(5)), ("box", CUBE)])
def test_a_mask_grows_with_its_scale_as_its_area_does(name, shape, size, backend):
    """Of a convex body the area is half of its triangles', so d area / d scale = 2 area, exactly."""
    points, faces = turned(shape[0]) * (0.6 if name == "box" else 1), shape[1]
    scale = torch.ones((), dtype=torch.float32, requires_grad=True)
    pixels, depths = flat(points.float(), size)
    middle = torch.tensor([size / 2, size / 2])
    moved = middle + (pixels - middle) * scale
    a, b, c = moved.detach().double()[0, faces].unbind(1)
    u, v = b - a, c - a
    area = float((u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]).abs().sum() / 4)
    mask = draw(moved, depths, faces, points.float(), (size, size), backend)[..., -1]
    assert float(mask.sum()) == pytest.approx(area, rel=0.01)
    assert float(torch.autograd.grad(mask.sum(), scale)[0]) == pytest.approx(2 * area, rel=0.02)


def sampled(points, faces, attributes, size, camera=None, factor=16):
    """[H, W, C + 1] the same picture, the mean of factor^2 hard samples a pixel; float64."""
    if camera is None:
        pixels, depths = flat(points, size)
    else:
        pixels, depths = project(camera, points)
    seen = rasterize(pixels * factor, depths, faces, (size * factor, size * factor), backend="numba")
    color = varying(seen.face, pixels * factor, depths, faces, attributes, backend="reference")
    image = torch.cat([color, (seen.face >= 0)[..., None].to(color)], -1)
    return avg_pool2d(image.permute(0, 3, 1, 2), factor)[0].permute(1, 2, 0)


def tee():
    """A large square in two halves that meets a third triangle in the middle of its edge: a T-junction."""
    points = torch.tensor([[-0.8, -0.6, 0], [0.1, -0.7, 0], [0.1, 0.7, 0], [-0.8, 0.6, 0], [0.1, 0.0, 0], [0.9, -0.5, 0.1],
                           [0.9, 0.6, 0.1]], dtype=torch.float64)
    return points, torch.tensor([[0, 1, 2], [0, 2, 3], [4, 5, 6]])


def pair():
    """A ball before another one."""
    points, faces = ball(3)
    return torch.cat([points * 0.9, points * 0.45 + torch.tensor([0.35, 0.2, 1.2])]), torch.cat([faces, faces + len(points)])


def scene(name):
    if name in ("tee", "pair"):
        return {"tee": tee, "pair": pair}[name]()
    points, faces = {"cube": CUBE, "ball": ball(3), "subpixel": ball(5), "vertex": CUBE}[name]
    return turned(points) * 0.6, faces


def motion(name, points):
    """d points / d s of a change of shape whose derivative is asked."""
    if name == "vertex":
        out = torch.zeros_like(points)
        out[points.norm(dim=-1).argmax()] = torch.tensor([0.7, -0.5, 0.2], dtype=points.dtype)
        out[0] += torch.tensor([-0.6, 0.8, 0.0], dtype=points.dtype)
        return out
    if name == "pair":                      # the small ball alone moves, over the large one and over nothing
        still, way = torch.zeros(len(points) // 2, 3), torch.tensor([[0.8, 0.4, 0.0]])
        return torch.cat([still, way.expand(len(points) // 2, 3)]).to(points)
    turn = torch.stack([-points[:, 1], points[:, 0], torch.zeros_like(points[:, 0])], -1)
    return 0.5 * turn + torch.tensor([0.6, -0.8, 0.3], dtype=points.dtype)


@pytest.mark.parametrize("name", ["cube", "vertex", "ball", "subpixel", "pair", "tee"])
def test_the_gradient_is_that_of_a_picture_of_sixteen_times_as_many_pixels(name):
    """Of a smooth function of the picture: a difference of two supersampled pictures, in float64, against backpropagation."""
    size, h = 64, 0.02
    points, faces = scene(name)
    rng = torch.Generator().manual_seed(1)
    color = 0.5 + 0.4 * torch.sin(3 * points + torch.rand(3, generator=rng).double())
    y, x = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    weight = torch.stack([torch.sin(x / 9 + k) * torch.cos(y / 8 - k) + 0.5 for k in range(4)], -1).double()
    way = motion(name, points)

    change = weight * sum(sign * sampled(points + sign * h * way, faces, color, size) for sign in (1, -1)) / (2 * h)
    s = torch.zeros((), requires_grad=True)
    pixels, depths = flat((points.float() + s * way.float()), size)
    image = draw(pixels, depths, faces, color.float(), (size, size))[0]
    got = float(torch.autograd.grad((weight.float() * image).sum(), s)[0])
    assert abs(got - float(change.sum())) < 0.05 * float(change.abs().sum())


def test_where_bodies_cut_through_each_other_only_their_silhouettes_have_a_gradient():
    """The border between them is no edge: a red square that sinks into a white one shrinks, and nothing says so."""
    square = torch.tensor([[-0.7, -0.7, 0], [0.7, -0.7, 0], [0.7, 0.7, 0], [-0.7, 0.7, 0]])
    slanted = square * torch.tensor([0.5, 0.5, 0.0]) + square[:, :1] * torch.tensor([[0.0, 0.0, 1.0]])
    faces = torch.tensor([[0, 1, 2], [0, 2, 3], [4, 5, 6], [4, 6, 7]])
    color = torch.cat([torch.ones(4, 1), torch.zeros(4, 1)])
    sink = torch.zeros((), requires_grad=True)
    points = torch.cat([square, slanted + sink * torch.tensor([0.0, 0.0, -1.0])])
    pixels, depths = flat(points, 40)
    image = draw(pixels, depths, faces, color, (40, 40))
    gradient, = torch.autograd.grad(image[..., 0].sum(), sink)
    assert 0 < float(image[..., 0].detach().sum()) < float(image[..., 1].detach().sum()) and abs(float(gradient)) < 1e-3


def edge_gradients(image, g, seen, pixels, depths, faces):
    """[B, V, 2]: the edge-gradient estimator (Pidhorskyi et al., "Rasterized Edge Gradients", ECCV 2024) without its
    intersections: for each pair of neighbouring pixels that see different triangles,

        f = sum over channels of (high - low) (g_low + g_high) / 2

    and if the centre of one of the two, moved to the other's triangle, lies inside of it while the reverse does not, that
    triangle overhangs and is pushed by -f, spread to its corners by the weights there.
    """
    B, H, W, C = image.shape
    out = torch.zeros_like(pixels)
    y, x = torch.meshgrid(torch.arange(H), torch.arange(W), indexing="ij")
    for axis, (dy, dx) in enumerate(((0, 1), (1, 0))):
        low = (slice(None), slice(0, H - dy), slice(0, W - dx))
        high = (slice(None), slice(dy, H), slice(dx, W))
        force = ((image[high] - image[low]) * (g[low] + g[high]) / 2).sum(-1)
        differ = seen.face[low] != seen.face[high]

        def within(own, other, place):
            """Does the triangle that ``own`` sees contain the centre at ``place``, nearer than what is seen there?"""
            corners = faces[seen.face[own].clamp(min=0).long()]
            p = torch.stack([x[place[1:]], y[place[1:]]], -1).to(pixels) + 0.5
            view = torch.arange(B)[:, None, None, None]
            a, b, c = (pixels[view, corners] - p[:, :, None]).unbind(-2)
            e = [u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0] for u, v in ((b, c), (c, a), (a, b))]
            inside = torch.stack([k >= 0 for k in e]).all(0) | torch.stack([k <= 0 for k in e]).all(0)
            return (seen.face[own] >= 0) & inside

        low_holds_high, high_holds_low = within(low, high, high), within(high, low, low)
        nearer = (seen.face[high] < 0) | ((seen.face[low] >= 0) & (seen.depth[low] < seen.depth[high]))
        for own, hides in ((low, nearer), (high, ~nearer)):
            alone = hides & ~(low_holds_high | high_holds_low)
            overhang = differ & (alone | (high_holds_low if own is low else low_holds_high))
            # the neighbour of one closed surface is no overhang: what is behind must lie well behind
            deep = (seen.depth[low] - seen.depth[high]).abs() > 0.15
            overhang &= deep | (seen.face[low] < 0) | (seen.face[high] < 0)
            image_, row, column = overhang.nonzero().unbind(1)
            at = (image_, row + (dy if own is high else 0), column + (dx if own is high else 0))
            for corner in range(3):
                v = faces[seen.face[at].long(), corner]
                out.index_put_((at[0], v, torch.full_like(v, axis)), -force[image_, row, column] * seen.bary[at][:, corner],
                               accumulate=True)
    return out


@pytest.mark.parametrize("name", ["ball", "pair"])
def test_another_estimator_says_the_same_in_the_mean(name):
    """Of silhouettes alone: the mask of one ball, and of two the color of the nearer one, moved in twelve directions."""
    size = 96
    points, faces = scene(name)
    mark = torch.zeros(len(points), 1)
    mark[len(points) // 2 if name == "pair" else 0:] = 1
    pixels, depths = flat(points.float(), size)
    pixels.requires_grad_()
    image = draw(pixels, depths, faces, mark, (size, size))
    y, x = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    g = torch.sin(x / 17 + 0.4)[None, ..., None] * torch.cos(y / 14)[None, ..., None] * torch.tensor([1.0, 0.0])
    ours, = torch.autograd.grad(image, pixels, g)
    with torch.no_grad():
        seen = rasterize(pixels, depths, faces, (size, size))
        hard = torch.cat([varying(seen.face, pixels, depths, faces, mark), (seen.face >= 0)[..., None].float()], -1)
        theirs = edge_gradients(hard, g, seen, pixels, depths, faces)
    moving = mark[:, 0] > 0
    angles = torch.arange(12) * torch.pi / 6
    ways = torch.stack([angles.cos(), angles.sin()], -1)
    a, b = ((part[0, moving].sum(0) * ways).sum(-1) for part in (ours, theirs))
    assert torch.nn.functional.cosine_similarity(a, b, dim=0) > 0.995
    assert float(a.norm() / b.norm()) == pytest.approx(1, abs=0.06)


def test_an_offset_cube_is_found_from_its_silhouettes():
    """Place and size, from eight masks, within a twentieth of a pixel's width."""
    camera = ring(8, (48, 48))
    points, faces = CUBE[0].float() * 0.2, CUBE[1]

    def masks(place, scale):
        pixels, depths = project(camera, points * scale + place)
        return draw(pixels, depths, faces, points, camera.size)[..., -1]

    truth, wide = torch.tensor([0.06, -0.09, 0.11]), 1.2
    with torch.no_grad():
        want = masks(truth, wide)
    place, scale = torch.zeros(3, requires_grad=True), torch.ones((), requires_grad=True)
    adam = torch.optim.Adam([place, scale], lr=0.01)
    for step in range(150):
        adam.param_groups[0]["lr"] = 0.01 * (1 - step / 150)
        adam.zero_grad()
        (masks(place, scale) - want).square().mean().backward()
        adam.step()
    pixel = 2 * 1.55 * 0.364 / 48
    assert (place.detach() - truth).abs().max() < pixel / 20 and float(scale) == pytest.approx(wide, abs=0.01)


@BACKENDS
def test_a_background_may_come_after_for_premultiplied_colors(backend):
    points, faces = scene("pair")
    pixels, depths = flat(points.float(), 40)
    color = 0.5 + 0.4 * torch.sin(3 * points.float())
    image = draw(pixels, depths, faces, color, (40, 40), backend)
    seen = rasterize(pixels, depths, faces, (40, 40))
    hard = varying(seen.face, pixels, depths, faces, color)
    background = torch.tensor([0.9, 0.2, 0.5])
    before = antialias(torch.where((seen.face >= 0)[..., None], hard, background), seen.face, seen.depth, pixels, depths,
                       faces, edges_of(faces), backend=backend)
    after = image[..., :3] + (1 - image[..., 3:]) * background
    assert torch.allclose(before, after, atol=1e-6)


def test_edges_name_both_triangles_once():
    points, faces = ball(1)
    edges = edges_of(faces)
    assert len(edges) == len(faces) * 3 // 2 and (edges[:, 0] < edges[:, 1]).all() and (edges[:, 3] >= 0).all()
    for a, b, m, o in edges.tolist():
        corners = [sorted(f) for f in faces.tolist() if a in f and b in f]
        assert sorted([sorted([a, b, m]), sorted([a, b, o])]) == sorted(corners)


def test_a_border_has_one_triangle_and_an_edge_of_three_has_a_pair_and_one_more():
    assert edges_of(torch.tensor([[0, 1, 2]])).tolist() == [[0, 1, 2, -1], [0, 2, 1, -1], [1, 2, 0, -1]]
    fan = edges_of(torch.tensor([[0, 1, 2], [1, 0, 3], [0, 1, 4]]))
    assert [row for row in fan.tolist() if row[:2] == [0, 1]] == [[0, 1, 2, 3], [0, 1, 4, -1]]
