r"""Taubin's smoothing of a triangle mesh (Curve and surface smoothing without shrinkage, ICCV 1995), differentiable.

    L x = mean of the neighbours' x - x,        x <- x + lambda L x,    x <- x + mu L x,        ``rounds`` times

A wave whose L x is -k x is multiplied by (1 - lambda k)(1 - mu k) a round: by 1 below the pass band 1/lambda + 1/mu = 0.11,
where a plain mean of neighbours would shrink the mesh, and by almost nothing at k = 1 and above, where the jags of
a lattice lie.
"""

from torch import Tensor

from ...checks import check
from .._dispatch import choose

LAMBDA, MU = 0.5, -0.53


def taubin(vertices: Tensor, edges: Tensor, rounds: int, backend: str | None = None) -> Tensor:
    """[V, 3] where the ``vertices`` [V, 3] lie after ``rounds`` >= 0; one without an edge stays. Differentiable in ``vertices``.

    Args:
        edges: [N, 4] int32 of ``ops.antialias.edges_of``: the first two columns are the ends. An edge of three triangles
            is there twice, and counts twice.
        backend: "reference", "numba", ...; default the fastest.

    Raises:
        ValueError: a shape that does not fit.
    """
    check("taubin", "vertices [V 3], edges [N 4]", vertices, edges)
    if not rounds or not len(edges):
        return vertices
    return choose("taubin", vertices.device.type, backend).taubin(vertices, edges, rounds)
