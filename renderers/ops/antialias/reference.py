"""The definition of ``antialias``: every crossing of every silhouette at once; torch, any dtype, any device."""

import torch
from torch import Tensor

from . import NEARNESS, SLOPES


def antialias(image: Tensor, face: Tensor, depth: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor,
              edges: Tensor) -> Tensor:
    B, H, W, C = image.shape
    with torch.no_grad():
        at, other, line, view, a, b, r = crossings(face, depth, pixels, depths, faces, edges.long())
    c = crossing(pixels, view, a, b, r, line)
    alpha = (c - ((c.detach() - 0.5).floor() + 0.5) - 0.5)[:, None]
    flat = image.reshape(-1, C)
    return flat.index_add(0, torch.where(alpha[:, 0] > 0, other, at), alpha * (flat[at] - flat[other])).view(B, H, W, C)


def crossing(pixels: Tensor, view: Tensor, a: Tensor, b: Tensor, r: Tensor, line: Tensor) -> Tensor:
    """[K] where edges from ``a`` to ``b`` cross a line of pixel centres, along the axis ``r`` [K]: 0 for rows."""
    ra, qa, rb, qb = pixels[view, a, r], pixels[view, a, 1 - r], pixels[view, b, r], pixels[view, b, 1 - r]
    return ra + (line.to(pixels) + 0.5 - qa) / (qb - qa) * (rb - ra)


def crossings(face: Tensor, depth: Tensor, pixels: Tensor, depths: Tensor, faces: Tensor,
              edges: Tensor) -> tuple[Tensor, ...]:
    """Of each crossing that is seen: its two pixels, of all B pictures' ones, the lower first; the line of centres; view,
    edge's ends a and b, axis r."""
    B, H, W = face.shape
    view, edge, steep = silhouettes(pixels, depths, edges)
    a, b = edges[edge, :2].unbind(1)
    r, lines, across = torch.where(steep, 0, 1), torch.where(steep, H, W), torch.where(steep, W, H)
    ends = pixels[view, a, 1 - r], pixels[view, b, 1 - r]
    first = (torch.minimum(*ends) - 0.5).ceil().clamp(min=0).minimum(lines.to(pixels)).long()
    last = (torch.maximum(*ends) - 0.5).ceil().clamp(min=0).minimum(lines.to(pixels)).long()

    # One row for each (silhouette, line of pixel centres that it crosses).
    count = last - first
    k = torch.repeat_interleave(torch.arange(len(count), device=count.device), count)
    line = first[k] + torch.arange(len(k), device=k.device) - (count.cumsum(0) - count)[k]
    view, a, b, edge, r, across, steep = (x[k] for x in (view, a, b, edges[edge], r, across, steep))
    c = crossing(pixels, view, a, b, r, line)
    low = (c - 0.5).floor().nan_to_num(-1)
    fits = (low >= 0) & (low + 1 < across)
    c, low, line, view, a, b, edge, r, steep = (x[fits] for x in (c, low, line, view, a, b, edge, r, steep))

    here, q = low.long(), line.to(pixels) + 0.5
    at = view * H * W + torch.where(steep, line * W + here, here * W + line)
    other = at + torch.where(steep, 1, W)
    ra, qa, rb, qb = pixels[view, a, r], pixels[view, a, 1 - r], pixels[view, b, r], pixels[view, b, 1 - r]
    m = edge[:, 2]
    inside_is_low = pixels[view, m, r] < ra + (pixels[view, m, 1 - r] - qa) / (qb - qa) * (rb - ra)
    inside, outside = torch.where(inside_is_low, at, other), torch.where(inside_is_low, other, at)
    z = 1 / (1 / depths[view, a] + (q - qa) / (qb - qa) * (1 / depths[view, b] - 1 / depths[view, a]))
    p = torch.stack([torch.where(steep, c, q), torch.where(steep, q, c)], -1)
    kept = seen(z, p, view, edge, inside, outside, face, depth, pixels, depths, faces)
    return tuple(x[kept] for x in (at, other, line, view, a, b, r))


def silhouettes(pixels: Tensor, depths: Tensor, edges: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """[K] view, edge, and whether it is rather vertical, of those whose triangles lie on one side of it."""
    a, b, m, o = edges.unbind(1)
    pa, pb, pm, po = (pixels[:, v] for v in (a, b, m, o.clamp(min=0)))
    one, two = _cross(pb - pa, pm - pa), _cross(pb - pa, po - pa)
    border = o < 0
    front = torch.stack([depths[:, v] for v in (a, b, m)]).amin(0).minimum(
        torch.where(border, torch.inf, depths[:, o.clamp(min=0)])) > 0
    finite = torch.stack([p.isfinite().all(-1) for p in (pa, pb, pm)]).all(0) & (border | po.isfinite().all(-1))
    view, edge = (front & finite & (one != 0) & (border | (one * two > 0))).nonzero().unbind(1)
    along = (pb - pa)[view, edge].abs()
    return view, edge, along[:, 1] >= along[:, 0]


def seen(z: Tensor, p: Tensor, view: Tensor, edge: Tensor, inside: Tensor, outside: Tensor, face: Tensor, depth: Tensor,
         pixels: Tensor, depths: Tensor, faces: Tensor) -> Tensor:
    """[K] bool: is the crossing at ``p`` [K, 2], at depth ``z`` [K], of ``edge`` [K, 4] what these two pixels show?"""
    (H, W), face, depth = face.shape[1:], face.flatten().long(), depth.flatten()
    behind = (face[outside] < 0) | (depth[outside] > z)
    if not len(faces):
        return torch.zeros_like(behind)
    there = depth[inside]
    centre = torch.stack([inside % (H * W) % W, inside % (H * W) // W], -1).to(pixels) + 0.5
    ahead = 1 / nearness_of(faces.long()[face[inside].clamp(min=0)], p, view, pixels, depths)
    one = nearness_of(edge[:, :3], centre, view, pixels, depths)
    two = nearness_of(torch.cat([edge[:, :2], edge[:, 3:].clamp(min=0)], 1), centre, view, pixels, depths)
    own = 1 / torch.where(edge[:, 3] < 0, one, torch.where(two > one, two, one))
    tolerance = torch.maximum(SLOPES * (ahead - there).abs(), (own - z).abs()) + NEARNESS * z
    return behind & (face[inside] >= 0) & (((z - there).abs() <= tolerance) | ~(ahead > 0) | ~(own > 0))


def nearness_of(corners: Tensor, p: Tensor, view: Tensor, pixels: Tensor, depths: Tensor) -> Tensor:
    """[K] one over the depth that the planes of triangles ``corners`` [K, 3] have at ``p`` [K, 2]."""
    a, b, c = (pixels[view[:, None], corners] - p[:, None]).unbind(1)
    e = _cross(b, c), _cross(c, a), _cross(a, b)
    za, zb, zc = depths[view[:, None], corners].unbind(1)
    return (e[0] / za + e[1] / zb + e[2] / zc) / (e[0] + e[1] + e[2])


def _cross(u: Tensor, v: Tensor) -> Tensor:
    return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
