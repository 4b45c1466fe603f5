r"""Pixels at silhouettes, mixed by where the silhouette crosses them: the gradient of what hides what.

An edge is a silhouette if both of its triangles lie on one side of it on the screen. One that is rather vertical crosses
the line through the centres of a row of pixels at c, between the centres of two neighbours, low and high:

    delta = c - c_low,    alpha = delta - 1/2
    high += alpha (low - high)   if alpha > 0,        low += alpha (low - high)   otherwise

so that the pixel which the silhouette crosses shows as much of both sides as it holds. One that is rather horizontal
crosses columns, likewise. This is the blend of analytic antialiasing (Laine et al., arXiv:2011.03277, section 3.5), but
silhouettes are found by walking along the mesh's edges, so that triangles smaller than a pixel are not missed.

A crossing counts if it is seen: what the outer pixel sees lies deeper than the edge there, and what the inner pixel
sees lies about as deep as the edge. The surface between them turns from the plane of the edge's own triangle to that of
the triangle which the inner pixel sees, so its depth may change by as much as that of either plane (SLOPES times, of the
inner one), and by NEARNESS. The tolerance follows the local slope: coarse and fine meshes both keep their silhouettes.

Differentiable in the image and, at the crossings, in ``pixels``; not in depths. Where triangles cut through each other
the border is no edge of the mesh: it is not smoothed and has no gradient. Mix premultiplied colors with their opacity
before there is a background. Several edges in one pixel add up, so a value may leave its range by a little.
"""

import torch
from torch import Tensor

from ...checks import check
from .._dispatch import choose

SLOPES = 4.0            # on a sphere the depth changes by twice what the tangent plane says, next to its silhouette
NEARNESS = 0.01         # of the depth: a pixel at 64 pixels over 40 degrees


def antialias(image: Tensor, face: Tensor, depth: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor, edges: Tensor,
              backend: str | None = None) -> Tensor:
    """[B, H, W, C], ``image`` with its silhouettes mixed.

    Args:
        image: [B, H, W, C], one color for each pixel's centre.
        face: [B, H, W] of the ``Fragments`` that it was made from.
        depth: [B, H, W] of the same.
        pixels: [B, V, 2] corners, as ``rasterize`` was given them.
        depths: [B, V] of the corners.
        faces: [F, 3] int32 or int64 indices into V.
        edges: [N, 4] int32, ``edges_of(faces)``.
        backend: "reference", "numba", ...; default the fastest.

    Raises:
        ValueError: a shape that does not fit.
    """
    check("antialias", "image [B H W C], face [B H W], depth [B H W], pixels [B V 2], depths [B V], faces [F 3], edges [N 4]",
          image, face, depth, pixels, depths, faces, edges)
    return choose("antialias", image.device.type, backend).antialias(image, face, depth, pixels, depths,
                                                                         faces, edges)


@torch.no_grad()
def edges_of(faces: Tensor) -> Tensor:
    """[N, 4] int32: each edge's vertices a < b, and the corners opposite to it in its two triangles, the second -1
    at a border. An edge of three or more triangles is there once for each pair of them, in their order."""
    faces = faces.int()
    if not len(faces):
        return faces.new_zeros(0, 4)
    start, end, opposite = (faces.roll(-k, 1).reshape(-1) for k in range(3))
    a, b = torch.minimum(start, end), torch.maximum(start, end)
    key = a.long() * (b.max().long() + 1) + b
    key, order = torch.sort(key, stable=True)
    new = torch.ones_like(key, dtype=torch.bool)
    new[1:] = key[1:] != key[:-1]
    at = torch.arange(len(key), device=key.device)
    rank = at - torch.cummax(torch.where(new, at, 0), 0).values                 # among the edge's triangles
    first = (rank % 2 == 0).nonzero()[:, 0]
    second = (first + 1).clamp(max=len(key) - 1)
    paired = (second > first) & ~new[second]
    m = opposite[order[first]]
    o = torch.where(paired, opposite[order[second]], -1)
    return torch.stack([a[order[first]], b[order[first]], m, o], 1)
