r"""What keeps a triangle mesh calm: regularizers of a surface and of the distances that it is made of.

    normal       mean over edges of 1 - n_1 . n_2, the two triangles' unit normals    (nvdiffrec; ProlificDreamer's normal)
    laplacian    mean over vertices of |mean of the neighbours - x|^2                 (umbrella operator; nvdiffrec)
    sign         mean over crossing edges of BCE(s_a, [s_b > 0]) + BCE(s_b, [s_a > 0])            (nvdiffrec, DMTet)
    eikonal      mean over cubes' centers with |s| < 0.5 of (|grad s| - 1)^2                      (Gropp et al. 2020)

and FlexiCubes' own, which comes with its surface.

The papers' weights stand against a guidance that is a sum over latents at their scale; here another prior's is some hundred
times smaller or larger. So a term's gradient is scaled to the guidance's (``relative``): a weight of 0.1 is a tenth of it.
"""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, normalize

from .flexicubes import Cubes
from .ops.taubin.reference import umbrella
from .tetrahedra import Lattice, take

FIRST = 8               # pictures whose gradients say how large the guidance's is
MEMORY = 0.8            # of its running mean


def face_normals(vertices: Tensor, faces: Tensor) -> Tensor:
    """[F, 3] of the length of twice the area, outward."""
    a, b, c = take(vertices, faces.long()).unbind(1)
    return torch.linalg.cross(b - a, c - a)


def vertex_normals(vertices: Tensor, faces: Tensor) -> Tensor:
    """[V, 3] unit, the mean of the adjoining triangles' by area."""
    each = face_normals(vertices, faces)
    total = torch.zeros_like(vertices)
    for corner in faces.long().unbind(1):
        total = total.index_add(0, corner, each)
    return normalize(total, dim=-1, eps=1e-12)


def normal(vertices: Tensor, edges: Tensor) -> Tensor:
    """``edges`` [N, 4] of ``ops.antialias.edges_of``; those with one triangle do not count; 0 if all have."""
    counts = (edges[:, 3] >= 0).to(vertices)
    a, b, m, o = take(vertices, edges.long().clamp(min=0)).unbind(1)
    one = normalize(torch.linalg.cross(b - a, m - a), dim=-1, eps=1e-12)
    two = normalize(torch.linalg.cross(o - a, b - a), dim=-1, eps=1e-12)
    return (counts * (1 - (one * two).sum(-1))).sum() / counts.sum().clamp(min=1)


def laplacian(vertices: Tensor, edges: Tensor) -> Tensor:
    return umbrella(vertices, edges).square().sum(-1).mean()


def sign(s: Tensor, ends: Tensor) -> Tensor:
    """``s`` [N] at the nodes, in edges of a cube; ``ends`` [E, 2] nodes of the edges that cross the surface."""
    a, b = take(s, ends).unbind(1)
    return binary_cross_entropy_with_logits(a, (b > 0).to(a)) + binary_cross_entropy_with_logits(b, (a > 0).to(b))


def eikonal(s: Tensor, lattice: Lattice | Cubes) -> Tensor:
    """The gradient at cubes' centres, from the eight corners."""
    corners, centres = lattice.parts(s)
    d = [corners.diff(dim=axis) for axis in range(3)]
    mean = [(d[0][:, :-1, :-1] + d[0][:, 1:, :-1] + d[0][:, :-1, 1:] + d[0][:, 1:, 1:]) / 4,
            (d[1][:-1, :, :-1] + d[1][1:, :, :-1] + d[1][:-1, :, 1:] + d[1][1:, :, 1:]) / 4,
            (d[2][:-1, :-1] + d[2][1:, :-1] + d[2][:-1, 1:] + d[2][1:, 1:]) / 4]
    near = (centres.detach().abs() < 0.5).to(s)
    length = torch.stack(mean).square().sum(0).clamp(min=1e-12).sqrt()
    return (near * (length - 1).square()).sum() / near.sum().clamp(min=1)


def measured(tensor: Tensor, guided: Tensor) -> Tensor:
    """``tensor``; ``guided`` [2] notes how many gradients have passed it and the running mean of their norms."""
    if not tensor.requires_grad:
        return tensor
    tensor = tensor.view_as(tensor)

    def note(g: Tensor) -> None:
        keep = MEMORY * (guided[0] > 0)
        guided[1] = keep * guided[1] + (1 - keep) * g.norm()
        guided[0] += 1

    tensor.register_hook(note)
    return tensor


def relative(value: Tensor, tensor: Tensor, length: Tensor) -> Tensor:
    """``value``, with a gradient in ``tensor`` that has the norm ``length`` and the direction of its own."""
    way, = torch.autograd.grad(value, tensor, retain_graph=True)
    along = (tensor * (way * (length / way.norm().clamp(min=1e-20)))).sum()
    return value.detach() + along - along.detach()
