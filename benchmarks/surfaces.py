r"""How near marching tetrahedra and FlexiCubes come to bodies that are known, with as many unknowns, nodes or triangles.

    python benchmarks/surfaces.py [--cells 16] [--steps 150]

A ball of radius 0.3 and a box of edge 0.5, turned against the lattice. Distances begin true. They, the nodes' offsets and
FlexiCubes' weights are then fitted by Adam to

    min  mean over points x of the triangles, uniform by area, drawn anew each step, of d(x)^2

with d the body's distance. Told in thousandths of a metre, before and after the fit: the mean distance of the triangles'
points from the body, and the mean distance of points of the box's edges from the triangles (for the ball: of its surface).
"""

import argparse
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[1]))

from renderers.distance import to_triangle
from renderers.flexicubes import WEIGHTS, Cubes, dual
from renderers.tetrahedra import Lattice, march, take

RADIUS, HALF = 0.3, 0.25
TURN, _ = torch.linalg.qr(torch.tensor([[1.0, 0.3, 0.2], [-0.2, 1.0, 0.5], [0.1, -0.4, 1.0]]))
SAMPLES = 20_000
RATES = {"distances": 0.01, "offsets": 0.03, "weights": 0.1}


def off_ball(points):
    return points.norm(dim=-1) - RADIUS


def off_box(points):
    outside = (points @ TURN).abs() - HALF
    return outside.clamp(min=0).norm(dim=-1) + outside.amax(-1).clamp(max=0)


def on_ball():
    return RADIUS * torch.nn.functional.normalize(torch.randn(300, 3, generator=torch.Generator().manual_seed(1)), dim=-1)


def on_edges():
    along = torch.linspace(-HALF, HALF, 25)
    return torch.cat([torch.stack([along, torch.full_like(along, u), torch.full_like(along, v)], 1).roll(axis, 1)
                      for axis in range(3) for u in (-HALF, HALF) for v in (-HALF, HALF)]) @ TURN.T


def scattered(mesh, rng):
    """[SAMPLES, 3] points of the triangles, uniform by area; differentiable."""
    triangles = take(mesh.vertices, mesh.faces.long())
    a, b, c = triangles.unbind(1)
    area = torch.linalg.cross(b - a, c - a).detach().norm(dim=-1)
    which = torch.multinomial(area, SAMPLES, replacement=True, generator=rng)
    r, s = torch.rand(2, SAMPLES, 1, generator=rng)
    corner = triangles.index_select(0, which)
    return (1 - r.sqrt()) * corner[:, 0] + r.sqrt() * (1 - s) * corner[:, 1] + r.sqrt() * s * corner[:, 2]


def errors(mesh, off, truth):
    """(mean distance of the mesh from the body, of ``truth`` from the mesh), in thousandths."""
    with torch.no_grad():
        there = off(scattered(mesh, torch.Generator().manual_seed(2))).abs().mean()
        triangles = 1000 * mesh.vertices[mesh.faces.long()]
        back = torch.stack([to_triangle(point.expand(len(triangles), 3), triangles).min() for point in 1000 * truth]).mean()
    return 1000 * float(there), float(back)


def fitted(kind, n, off, truth, steps):
    grid = (Cubes if kind == "flexicubes" else Lattice)(n)
    places, rng = grid.positions(), torch.Generator().manual_seed(0)
    unknown = {"distances": (off(places) * n).requires_grad_(), "offsets": torch.zeros(grid.count, 3, requires_grad=True)}
    if kind == "flexicubes":
        unknown["weights"] = torch.zeros(n**3, WEIGHTS, requires_grad=True)

    def surface():
        nodes = places + 0.3 / n * unknown["offsets"].tanh()
        return (march(grid, unknown["distances"], nodes) if kind == "tetrahedra" else
                dual(grid, unknown["distances"], nodes, unknown["weights"]))

    before = errors(surface(), off, truth)
    optimizer = torch.optim.Adam([{"params": [tensor], "lr": RATES[name]} for name, tensor in unknown.items()])
    begin = time.process_time()
    for _ in range(steps):
        optimizer.zero_grad()
        (off(scattered(surface(), rng)) * n).square().mean().backward()
        optimizer.step()
    seconds = (time.process_time() - begin) / steps
    mesh = surface()
    return (sum(map(torch.numel, unknown.values())), grid.count, len(mesh.faces), *before, *errors(mesh, off, truth),
            1000 * seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=int, default=16, help="of FlexiCubes; tetrahedra get lattices to match")
    parser.add_argument("--steps", type=int, default=150)
    options = parser.parse_args()
    n = options.cells
    sizes = [("flexicubes", n, ""), ("tetrahedra", round(n * 1.46), "as many unknowns"),
             ("tetrahedra", round(n * 0.8), "as many nodes"), ("tetrahedra", round(n * 0.69), "as many triangles")]
    torch.set_num_threads(1)
    print("body | kind | cells | unknowns | nodes | triangles | mean before | edges before | mean | edges | CPU ms a step")
    for body, off, truth in (("ball", off_ball, on_ball()), ("box", off_box, on_edges())):
        for kind, cells, why in sizes:
            unknowns, nodes, faces, *numbers, ms = fitted(kind, cells, off, truth, options.steps)
            print(f"{body} | {kind}{why and ', ' + why} | {cells} | {unknowns:,} | {nodes:,} | {faces:,} | "
                  + " | ".join(f"{number:.2f}" for number in numbers) + f" | {ms:.0f}", flush=True)


if __name__ == "__main__":
    main()
