"""Inputs of ``antialias`` by name: ``CASES[name](dtype) -> (image, face, depth, pixels, depths, faces, edges)``."""

import torch

from renderers.camera import project, ring
from renderers.ops.antialias import edges_of
from renderers.ops.rasterize import rasterize
from tests.cases import rasterize as drawn


def leaves(pixels, depths, faces, size, channels=4):
    seen = rasterize(pixels, depths, faces, size, backend="reference")
    image = torch.rand(*seen.face.shape, channels, generator=torch.Generator().manual_seed(2)).to(pixels)
    return (image.requires_grad_(), seen.face, seen.depth, pixels.requires_grad_(), depths, faces, edges_of(faces))


def sheets(dtype, count=30, size=(40, 52), views=2, seed=0):
    """Tilted rectangles at different depths. No corner and no crossing is near a line through the pixels' centres, so
    that a small step changes nothing but the mixture."""
    rng = torch.Generator().manual_seed(seed)
    corner = torch.tensor([[0, 0], [1, 0], [1, 1], [0, 1]])
    low = torch.stack([torch.randint(-3, n, (views, count), generator=rng) for n in size[::-1]], -1)
    extent = torch.randint(2, 14, (views, count, 2), generator=rng)
    place = low[:, :, None] + extent[:, :, None] * corner + 0.5
    place = place + 0.2 + 0.6 * torch.rand(views, count, 4, 2, generator=rng)
    depths = torch.arange(1, count + 1).repeat_interleave(4).to(dtype).expand(views, -1)
    quad = torch.arange(count)[:, None] * 4
    faces = torch.cat([quad + torch.tensor([0, 1, 2]), quad + torch.tensor([0, 2, 3])])
    return leaves(place.reshape(views, -1, 2).to(dtype), depths.contiguous(), faces, size)


def ball(subdivisions=2):
    """(vertices [V, 3], faces [F, 3]) of an octahedron, subdivided onto the unit sphere, closed, outward."""
    points = torch.tensor([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], dtype=torch.float64)
    faces = torch.tensor([[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]])
    for _ in range(subdivisions):
        pairs = torch.stack([faces, faces.roll(-1, 1)], -1).sort(-1).values.reshape(-1, 2)
        unique, inverse = torch.unique(pairs, dim=0, return_inverse=True)
        middle = (inverse + len(points)).view(-1, 3)
        points = torch.cat([points, torch.nn.functional.normalize(points[unique].mean(1), dim=-1)])
        (a, b, c), (ab, bc, ca) = faces.unbind(1), middle.unbind(1)
        faces = torch.cat([torch.stack(t, 1) for t in ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))])
    return points, faces


def sphere(dtype, subdivisions=2, size=(48, 48), radius=0.4, views=2):
    points, faces = ball(subdivisions)
    pixels, depths = project(ring(views, size), (radius * points).float())
    return leaves(pixels.to(dtype), depths.to(dtype), faces, size)


def two(dtype):
    """A small ball before a large one, which it hides in part."""
    points, faces = ball(2)
    camera = ring(1, (48, 48))
    front = camera.position[0].double() * 0.35 + torch.tensor([0.1, 0.05, 0])
    pixels, depths = project(camera, torch.cat([0.4 * points, 0.12 * points + front]).float())
    return leaves(pixels.to(dtype), depths.to(dtype), torch.cat([faces, faces + len(points)]), (48, 48))


def subpixel(dtype):
    """Triangles of a third of a pixel."""
    return sphere(dtype, subdivisions=5, size=(24, 24), views=1)


def broken(dtype):
    """Corners that are not finite, edges of one triangle and of three, a triangle behind the camera."""
    pixels, depths, faces, size = drawn.degenerate(dtype)
    depths[0, 8 % depths.shape[1]] = -1
    return leaves(pixels, depths, torch.cat([faces, faces[-1:], torch.tensor([[0, 4, 6]])]), size)


def border(dtype):
    """A triangle with borders alone; vertex 0, which an index of -1 might be read as, is nowhere."""
    pixels = torch.tensor([[[float("nan"), 3], [2.3, 1.6], [9.4, 3.2], [4.2, 8.7]]], dtype=dtype)
    return leaves(pixels, torch.ones(1, 4, dtype=dtype), torch.tensor([[1, 2, 3]]), (10, 12))


CASES = {"small": lambda dtype: sheets(dtype, count=3, size=(9, 11), views=1), "typical": sheets, "sphere": sphere,
         "two": two, "subpixel": subpixel, "broken": broken, "border": border,
         "empty": lambda dtype: leaves(*drawn.empty(dtype))}
