"""The workloads of ``dreamgen bench``: each operation at sizes of a real run, on any device.

``WORKLOADS[op](device)`` yields them. Inputs are drawn on the CPU, so every device gets the same numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from renderers.camera import project, rays, ring
from renderers.drawing import Gradient, Paint, chains
from renderers.ops.antialias import antialias, edges_of
from renderers.ops.composite import composite
from renderers.ops.field import field
from renderers.ops.fill import fill
from renderers.ops.hashgrid import Layout, hashgrid
from renderers.ops.march import march
from renderers.ops.rasterize import rasterize
from renderers.ops.shadow import Lamps, shadow
from renderers.ops.splat import splat
from renderers.ops.taubin import taubin
from renderers.ops.varying import varying

STEP = 3**0.5 / 128     # world units: 128 samples along the box's diagonal


@dataclass(frozen=True)
class Workload:
    """One operation at one size.

    Attributes:
        size: in words.
        forward: backend, or None for the one that is chosen -> outputs; those that have a gradient are backpropagated from
            ones.
        leaves: what gets a gradient.
        after: called at the end of the backward, an optimiser's step.
    """

    size: str
    forward: Callable[[str | None], tuple[Tensor, ...]]
    leaves: tuple[Tensor, ...] = ()
    after: Callable[[], None] = lambda: None


def uniform(*shape: int) -> Tensor:
    return torch.rand(*shape, generator=torch.Generator().manual_seed(0))


def network(layout: Layout, device, hidden: int = 64) -> tuple[Tensor, ...]:
    """table, w1, w2, b2."""
    shapes = (layout.rows, 2), (hidden, layout.width), (4, hidden), (4,)
    return tuple((0.5 * (uniform(*shape) - 0.5)).to(device).requires_grad_() for shape in shapes)


def view_rays(views: int, device, size: int = 64) -> tuple[Tensor, Tensor]:
    return tuple(a.reshape(-1, 3).contiguous() for a in rays(ring(views, (size, size)).to(device)))


def ball(device, G: int = 64) -> Tensor:
    """[G, G, G] the cells of a ball that fills 78 % of the box's width."""
    at = (torch.arange(G, device=device) + 0.5) / G - 0.5
    x, y, z = torch.meshgrid(at, at, at, indexing="ij")
    return x * x + y * y + z * z < 0.39**2


def bench_hashgrid(device):
    layout, x = Layout(16, 16, 1024, 15), uniform(250_000, 3).to(device)
    table = network(layout, device)[0]
    moving = x.clone().requires_grad_()
    for points, leaves, what in ((x, (table,), "table"), (moving, (table, moving), "table and x")):
        yield Workload(f"250k points, 16 levels, 2^15 rows, gradient in {what}",
                       lambda backend, points=points: (hashgrid(points, table, layout, backend=backend),), leaves)


def bench_field(device):
    layout, x = Layout(16, 16, 1024, 15), uniform(60_000, 3).to(device)
    parameters = network(layout, device)
    yield Workload("60k points, 16 levels, 2^15 rows, hidden 64",
                   lambda backend: (field(x, *parameters, layout, backend=backend),), parameters)


def bench_march(device):
    (origins, directions), occupancy = view_rays(4, device), ball(device)
    jitter = torch.full((len(origins),), 0.5, device=device)

    def forward(backend):
        samples = march(origins, directions, occupancy, STEP, jitter, backend=backend)
        return samples.x, samples.t

    yield Workload(f"4 x 64x64 pixels, {len(forward(None)[1]) // 1000}k samples", forward)


def bench_composite(device):
    origins, directions = view_rays(4, device)
    samples = march(origins, directions, ball(device), STEP, torch.full((len(origins),), 0.5, device=device))
    M = len(samples.t)
    sigma, rgb = (20 * uniform(M)).to(device).requires_grad_(), uniform(M, 3).to(device).requires_grad_()

    def forward(backend):
        out = composite(sigma, rgb, samples.t, STEP, samples.offsets, backend=backend)
        return out.rgb, out.opacity, out.depth, out.weights

    yield Workload(f"4 x 64x64 pixels, {M // 1000}k samples", forward, (sigma, rgb))


def bench_shadow(device):
    """Maps without a surface in them: what stands in the way changes nothing of the work."""
    rng = torch.Generator().manual_seed(0)
    K, E, N = 48, 160, 50_000
    camera = ring(K, (E, E)).to(device)
    turn = camera.c2w[:, :3, :3].transpose(1, 2).contiguous()
    move = -torch.einsum("kij,kj->ki", turn, camera.position)
    lamps = Lamps(turn, move, float(camera.focal[0]), torch.full((K, E, E), 9.0, device=device))
    points = torch.rand(N, 3, generator=rng).to(device) - 0.5
    normals = torch.nn.functional.normalize(torch.randn(N, 3, generator=rng), dim=-1).to(device)
    weights = torch.rand(K, 3, generator=rng).to(device)
    yield Workload("50k points, 48 lamps of 160x160",
                   lambda backend: (shadow(points, normals, lamps, weights, 0.01, backend=backend).seen,))


def globe(size: int, device, views: int = 1) -> tuple[Tensor, ...]:
    """A sphere of 2 x 100 x 100 triangles: points, faces, and its pixels and depths in pictures of ``size``."""
    v, u = torch.meshgrid(torch.linspace(0, torch.pi, 101), torch.linspace(0, 2 * torch.pi, 101), indexing="ij")
    points = 0.45 * torch.stack([v.sin() * u.cos(), v.cos(), v.sin() * u.sin()], -1).view(-1, 3)
    corner = (torch.arange(100)[:, None] * 101 + torch.arange(100)).reshape(-1, 1)
    faces = torch.cat([corner + torch.tensor([0, 102, 101]), corner + torch.tensor([0, 1, 102])])
    points, faces = points.to(device), faces.int().to(device)
    return points, faces, *project(ring(views, (size, size)).to(device), points)


def bench_rasterize(device):
    _, faces, pixels, depths = globe(256, device)

    def forward(backend):
        fragments = rasterize(pixels, depths, faces, (256, 256), backend=backend)
        return fragments.bary, fragments.depth

    yield Workload("20k triangles, 256x256", forward)


def bench_varying(device):
    points, faces, pixels, depths = globe(256, device)
    leaves = pixels.requires_grad_(), depths.requires_grad_(), points.requires_grad_()
    face = rasterize(pixels, depths, faces, (256, 256)).face
    yield Workload("20k triangles, 256x256, 3 channels",
                   lambda backend: (varying(face, *leaves[:2], faces, leaves[2], backend=backend),), leaves)


def bench_taubin(device):
    points, faces, *_ = globe(64, device)
    leaf, edges = points.requires_grad_(), edges_of(faces)
    yield Workload("20k triangles, 40 rounds", lambda backend: (taubin(leaf, edges, 40, backend=backend),), (leaf,))


def bench_antialias(device):
    points, faces, pixels, depths = globe(256, device)
    fragments, edges = rasterize(pixels, depths, faces, (256, 256)), edges_of(faces)
    leaves = varying(fragments.face, pixels, depths, faces, points).requires_grad_(), pixels.requires_grad_()
    yield Workload("20k triangles, 256x256, 3 channels",
                   lambda backend: (antialias(leaves[0], fragments.face, fragments.depth, leaves[1], depths, faces, edges,
                                              backend=backend),), leaves)


def bench_surface(device):
    """A whole picture of a mesh, and the gradient to its corners and colors: rasterize, varying, antialias."""
    for size in (256, 512):
        points, faces, pixels, depths = globe(size, device)
        leaves, edges = (pixels.requires_grad_(), depths.requires_grad_(), points.requires_grad_()), edges_of(faces)

        def forward(backend, leaves=leaves, faces=faces, edges=edges, size=size):
            pixels, depths, points = leaves
            fragments = rasterize(pixels, depths, faces, (size, size), backend=backend)
            image = varying(fragments.face, pixels, depths, faces, points, backend=backend)
            return (antialias(image, fragments.face, fragments.depth, pixels, depths, faces, edges, backend=backend),)

        yield Workload(f"20k triangles, {size}x{size}, 3 channels", forward, leaves)


def bench_fill(device):
    """Random closed paths of four cubics, also with radial gradients, and lines of three."""
    filled, line, plain, radial = Paint.NONZERO, Paint.ROUND, Gradient.NONE, Gradient.RADIAL
    for N, radius, paint, kind in ((64, 28, filled, plain), (256, 14, filled, plain), (64, 60, filled, plain),
                                   (64, 28, line, plain), (64, 28, filled, radial)):
        joints = 10 if paint.is_stroke else 12
        angle = torch.arange(joints) / 12 * 2 * torch.pi
        spread = radius * (0.5 + uniform(N, joints, 1)) * torch.stack([angle.cos(), angle.sin()], -1)
        centres = 224 * uniform(N, 1, 2)
        points = (centres + spread).view(1, -1, 2).to(device).requires_grad_()
        colors = (0.3 + 0.7 * uniform(1, N, 4)).to(device).requires_grad_()
        widths = torch.full((1, N), 4.0, device=device, requires_grad=True)
        paths = chains([joints // 3] * N, not paint.is_stroke, paint)
        leaves = points, colors, widths
        if kind:
            paths = replace(paths, gradient=np.full(N, kind, np.int8))
            frames = torch.cat([(radius * torch.eye(2)).expand(N, 2, 2), centres.mT], 2)[None]
            stops = torch.cat([torch.linspace(0, 1, 3).expand(1, N, 3)[..., None], 0.3 + 0.7 * uniform(1, N, 3, 4)], -1)
            leaves += tuple(each.to(device).requires_grad_() for each in (frames, stops))

        def forward(backend, leaves=leaves, paths=paths):
            return (fill(*leaves[:3], paths, (224, 224), *leaves[3:], backend=backend),)

        what = "lines" if paint.is_stroke else "paths with radial gradients" if kind else "closed paths"
        yield Workload(f"{N} {what} of radius {radius}, 224x224", forward, leaves)


def bench_splat(device):
    """Gaussians that fill a ball as densely as that many can, from their 3D parameters."""
    rng = torch.Generator().manual_seed(0)
    camera = ring(1, (128, 128)).to(device)
    for N in (5_000, 20_000, 80_000):
        normal = torch.randn(N, 10, generator=rng)
        shape = 0.175 * N ** (-1 / 3) * (0.3 * normal[:, 3:6]).exp()
        leaves = [part.contiguous().to(device).requires_grad_() for part in
                  (0.175 * normal[:, :3], shape, normal[:, 6:], 0.1 + 0.7 * uniform(N), uniform(N, 3))]

        def forward(backend, leaves=leaves):
            out = splat(*leaves, camera, backend=backend)
            return out.rgb, out.opacity, out.depth

        yield Workload(f"{N // 1000}k Gaussians, 128x128", forward, leaves)


def bench_nerf(device):
    """A whole iteration but for the loss: march, field, composite, their backward, Adam."""
    layout, occupancy = Layout(16, 16, 1024, 15), ball(device)
    for views in (1, 4):
        origins, directions = view_rays(views, device)
        jitter = torch.full((len(origins),), 0.5, device=device)
        parameters = network(layout, device)
        adam = torch.optim.Adam(parameters, 1e-4, fused=True)
        M = len(march(origins, directions, occupancy, STEP, jitter).t)

        def forward(backend, origins=origins, directions=directions, jitter=jitter, parameters=parameters):
            samples = march(origins, directions, occupancy, STEP, jitter, backend=backend)
            raw = field(samples.x, *parameters, layout, backend=backend)
            out = composite(raw[:, 0].exp(), raw[:, 1:].sigmoid(), samples.t, STEP, samples.offsets, backend=backend)
            return out.rgb, out.opacity

        yield Workload(f"{views} x 64x64 pixels, {M // 1000}k samples, hidden 64", forward, parameters, adam.step)


WHOLE = {"nerf": "field", "surface": "rasterize"}          # of several operations, and the one whose backends a CPU is asked for
WORKLOADS = {"hashgrid": bench_hashgrid, "field": bench_field, "march": bench_march, "composite": bench_composite,
             "rasterize": bench_rasterize, "splat": bench_splat, "varying": bench_varying, "antialias": bench_antialias,
             "taubin": bench_taubin, "surface": bench_surface, "shadow": bench_shadow, "fill": bench_fill, "nerf": bench_nerf}
