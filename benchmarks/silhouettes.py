"""Pictures of a mesh with smooth silhouettes, and their gradient: ours beside DEODR's, in one process and on one thread.

    pip install deodr && python benchmarks/silhouettes.py

A sphere of 32,768 triangles with three colors a corner. Both draw it, from corners on the screen, and take the gradient of
a sum over the picture in the corners and the colors. DEODR (de La Gorce et al., PAMI 2011; BSD licence; a wheel with C++ for
the CPU) blends a ramp over silhouette edges, in float64. Which edges there are, both know before; which of them are
silhouettes, each finds within the clock.

The last two columns say how well the area of the mask follows its scale: gradient over 2 area, which is 1 for a sphere.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import argparse
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))

from renderers.ops.antialias import antialias, edges_of
from renderers.ops.rasterize import rasterize
from renderers.ops.varying import varying
from renderers.threads import set_threads
from tests.cases.antialias import ball


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--sizes", default="128,256,512", help="pixels, default %(default)s")
    options.add_argument("--rounds", type=int, default=20, help="of each, in turns; default %(default)s")
    options.add_argument("--subdivisions", type=int, default=6, help="of an octahedron: 8 * 4^n triangles; default %(default)s")
    args = options.parse_args()
    set_threads(1)
    points, faces = ball(subdivisions=args.subdivisions)
    points = points.float()
    print(f"{len(faces)} triangles; CPU milliseconds, medians\n")
    print("| pixels | ours | DEODR | DEODR / ours | area, ours | area, DEODR |\n|---|---|---|---|---|---|")
    for size in map(int, args.sizes.split(",")):
        pixels = points[:, :2] * 0.4 * size + size / 2 + torch.tensor([0.13, -0.21])
        depths = 3 - points[:, 2]
        colors = torch.cat([(points[:, :2] + 1) / 2, torch.ones(len(points), 1)], 1)       # the last one is the mask
        makers = ours(pixels, depths, faces, colors, size), deodr(pixels, depths, faces, colors, size)
        answers = [make() for make in makers]
        times = [[], []]
        for _ in range(args.rounds):
            for make, seconds in zip(makers, times, strict=True):
                before = time.process_time()
                make()
                seconds.append(time.process_time() - before)
        a, b = (1e3 * statistics.median(seconds) for seconds in times)
        middle = pixels - torch.tensor([size / 2, size / 2])
        areas = [float((gradient * middle).sum() / (2 * mask)) for mask, gradient in answers]
        print(f"| {size} | {a:.2f} | {b:.2f} | {b / a:.2f} | {areas[0]:.4f} | {areas[1]:.4f} |", flush=True)


def ours(pixels, depths, faces, colors, size):
    """() -> (area of the mask, its gradient in the corners)."""
    pixels, depths, faces = pixels[None].clone().requires_grad_(), depths[None], faces.int()
    colors, edges = colors.clone().requires_grad_(), edges_of(faces)

    def make():
        pixels.grad = colors.grad = None
        seen = rasterize(pixels.detach(), depths, faces, (size, size))
        image = varying(seen.face, pixels, depths, faces, colors)
        image = antialias(image, seen.face, seen.depth, pixels, depths, faces, edges)
        mask = image[..., 2].sum()
        mask.backward()
        return float(mask.detach()), pixels.grad[0]

    return make


def deodr(pixels, depths, faces, colors, size):
    from deodr.differentiable_renderer import Scene2D
    from deodr.triangulated_mesh import TriMesh
    corners = pixels.double().numpy()
    u, v = (corners[faces[:, k]] - corners[faces[:, 0]] for k in (1, 2))
    faces = faces.numpy().astype(np.uint32)
    clockwise = bool((u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])[depths.numpy()[faces].mean(1) < 3].mean() > 0)
    mesh = TriMesh(faces, np.column_stack([corners, depths.numpy()]), clockwise=clockwise)
    count = len(faces)
    none, flags = np.zeros(count, bool), np.zeros((count, 3), bool)
    scene = Scene2D(faces, faces, corners, depths.double().numpy(), none, np.zeros((len(corners), 2)), np.zeros(len(corners)),
                    colors.double().numpy(), none, flags, size, size, 3, np.zeros((0, 0, 3)), background_color=np.zeros(3),
                    clockwise=clockwise, backface_culling=True, integer_pixel_centers=False)
    ones = np.zeros((size, size, 3))
    ones[..., 2] = 1

    def make():
        scene.clear_gradients()
        scene.edgeflags = mesh.edge_on_silhouette(corners)
        image, _ = scene.render()
        scene.render_backward(ones.copy())
        return float(image[..., 2].sum()), torch.from_numpy(scene.ij_b.copy())

    return make


if __name__ == "__main__":
    main()
