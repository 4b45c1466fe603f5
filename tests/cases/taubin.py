"""Inputs of ``taubin`` by name: ``CASES[name](dtype) -> (vertices, edges, rounds)``."""

import torch

from renderers.ops.antialias import edges_of
from renderers.tetrahedra import Lattice, march


def soup(dtype, rounds=2):
    """Two vertices without an edge, and an edge of three triangles."""
    vertices = torch.randn(12, 3, dtype=dtype, generator=torch.Generator().manual_seed(0)).requires_grad_()
    return vertices, edges_of(torch.tensor([[0, 1, 2], [2, 1, 3], [3, 1, 4], [2, 1, 5], [6, 7, 8], [8, 7, 9]])), rounds


def ball(dtype, rounds=20):
    """Ragged, of a lattice's triangles."""
    lattice = Lattice(12)
    nodes = lattice.positions()
    mesh = march(lattice, (nodes.norm(dim=-1) - 0.3) * 12, nodes)
    ragged = mesh.vertices * (1 + 0.02 * torch.randn(len(mesh.vertices), 1, generator=torch.Generator().manual_seed(0)))
    return ragged.detach().to(dtype).requires_grad_(), edges_of(mesh.faces), rounds


def non_contiguous(dtype):
    vertices, edges, rounds = soup(dtype)
    return vertices.detach().t().contiguous().t().requires_grad_(), edges.t().contiguous().t(), rounds


def loop(dtype):
    """Edges from a vertex to itself, of triangles without area."""
    vertices, edges, rounds = soup(dtype)
    return vertices, torch.cat([torch.tensor([[5, 5, 2, -1], [0, 0, 1, -1]], dtype=torch.int32), edges]), rounds


CASES = {"small": soup, "typical": ball, "no rounds": lambda dtype: soup(dtype, 0), "non-contiguous": non_contiguous,
         "loop": loop, "no edges": lambda dtype: (soup(dtype)[0], torch.zeros(0, 4, dtype=torch.int32), 3)}
