r"""Where shapes go in a given picture: colors of cells, strokes along what is alike, lines along what is not.

    J = G * (grad I grad I^T)       the structure tensor; its small eigenvector runs along an edge, its large one across

A picture is [h, w, 4], premultiplied sRGB and opacity, as a ``Render`` has them. Nothing here is differentiated.
"""

from math import pi

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, grid_sample, interpolate, pad

FINE = 128              # pixels of an edge at which lines are traced
REACH = 20              # of them that a line goes each way: no more than its few cubics can follow
FAINT = 0.15            # of the strongest edge's strength, below which a line ends
NEAR = 4.0              # of them around a line, within which no other one begins


def at(picture: Tensor, points: Tensor) -> Tensor:
    """[..., C] of ``picture`` [h, w, C] at ``points`` [..., 2] of the unit square, bilinearly."""
    where = (points.reshape(1, 1, -1, 2) * 2 - 1).to(picture)
    read = grid_sample(picture.permute(2, 0, 1)[None], where, "bilinear", "border", align_corners=False)
    return read[0, :, 0].T.reshape(*points.shape[:-1], -1)


def straight(picture: Tensor) -> Tensor:
    """Color without its opacity [..., 3], and opacity [..., 1]; what is not there is grey."""
    rgb, a = picture.split((3, 1), -1)
    color = torch.where(a > 0.02, rgb / a.clamp(min=0.02), torch.full_like(rgb, 0.5))
    return torch.cat([color, a], -1).clamp(0, 1)


def resized(picture: Tensor, size: tuple[int, int]) -> Tensor:
    """[H, W, 4], with a filter."""
    planes = picture.permute(2, 0, 1)[None]
    return interpolate(planes, size, mode="bilinear", antialias=True, align_corners=False)[0].permute(1, 2, 0)


def cells(picture: Tensor, grid: int) -> Tensor:
    """[grid^2, 4] straight colors and opacities of a grid's cells, row by row: the mean over each."""
    small = interpolate(picture.permute(2, 0, 1)[None], (grid, grid), mode="area")
    return straight(small[0].permute(1, 2, 0).reshape(-1, 4))


def inside(picture: Tensor, corners: Tensor) -> Tensor:
    """[N, 4] straight colors and opacities of triangles [N, 3, 2]: the mean over ten points of each."""
    k = torch.tensor([(i, j, 3 - i - j) for i in range(4) for j in range(4 - i)])
    weights = (0.7 * k / 3 + 0.1).to(corners)                                               # [10, 3], off the border
    return straight(at(picture, torch.einsum("ks,nsc->nkc", weights, corners)).mean(1))


def along(picture: Tensor, blur: int = 2) -> tuple[Tensor, Tensor]:
    """Angle [h, w] in which a picture changes least, radians, and how much it changes across, [h, w] >= 0."""
    planes = pad(picture.permute(2, 0, 1)[None], (1, 1, 1, 1), mode="replicate")
    gx = (planes[..., 1:-1, 2:] - planes[..., 1:-1, :-2]) / 2
    gy = (planes[..., 2:, 1:-1] - planes[..., :-2, 1:-1]) / 2
    tensor = torch.stack([(gx * gx).sum(1), (gy * gy).sum(1), (gx * gy).sum(1)], 1)          # [1, 3, h, w]
    xx, yy, xy = avg_pool2d(pad(tensor, (blur,) * 4, mode="replicate"), 2 * blur + 1, 1)[0]
    strength = ((gx * gx).sum(1) + (gy * gy).sum(1))[0].sqrt()
    return 0.5 * torch.atan2(2 * xy, xx - yy) + pi / 2, strength


def pick(weights: Tensor, count: int, rng: torch.Generator) -> Tensor:
    """[count, 2] points of the unit square, drawn by ``weights`` [h, w] >= 0, anywhere in a pixel; evenly if all 0."""
    h, w = weights.shape
    flat = weights.flatten().double().clamp(min=0).cpu()
    flat = flat if flat.sum() > 0 else torch.ones_like(flat)
    pixel = torch.multinomial(flat, count, replacement=True, generator=rng)
    yx = torch.stack([pixel % w, pixel // w], -1) + torch.rand(count, 2, generator=rng)
    return (yx / torch.tensor([w, h])).float()


def room(opacity: Tensor, radius: float) -> Tensor:
    """[h, w] in [0, 1]: near 1 where a shape of ``radius`` lies on what is opaque, 0 where a tenth would stick out.

    On an edge, where every picture is pulled most, it would be a wart.
    """
    reach = max(round(radius * max(opacity.shape)), 1)
    around = avg_pool2d(pad(opacity[None, None], (reach,) * 4), 2 * reach + 1, 1)[0, 0]
    return ((around - 0.9) / 0.1).clamp(0, 1)


def contours(picture: Tensor, count: int, nodes: int, rng: torch.Generator) -> Tensor:
    """[count, nodes, 2] points along lines that follow the picture's edges, the strongest first, no two the same.

    Each begins at an edge, goes both ways along it as long as there is one, and leaves its neighbourhood to no other.
    Of twice as many, the longest are kept.
    """
    angle, strength = along(resized(picture, (FINE, FINE)), 2)
    h, w = strength.shape
    left = strength.clone()
    y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    pixels = torch.stack([x, y], -1) + 0.5
    lines = []
    for _ in range(2 * count):
        start = pick((left / left.max().clamp(min=1e-6)) ** 4, 1, rng)[0] * torch.tensor([w, h])
        ways = [walk(angle, left, start, turn, FAINT * float(strength.max()), REACH) for turn in (1, -1)]
        line = torch.stack([*reversed(ways[1][1:]), *ways[0]])
        near = torch.cdist(pixels.view(-1, 2), line).amin(1).view(h, w)
        left = left * (near > NEAR)
        lines.append(line)
    lines.sort(key=len, reverse=True)                           # points lie a pixel apart
    return torch.stack([resampled(line, nodes) for line in lines[:count]]) / torch.tensor([w, h])


def walk(angle: Tensor, strength: Tensor, start: Tensor, turn: int, least: float, steps: int) -> list[Tensor]:
    """Points [2] in pixels, one apart, from ``start`` along ``angle`` while ``strength`` is at least ``least``."""
    h, w = angle.shape
    place, heading, line = start, None, [start]
    for _ in range(steps):
        x, y = (int(v) for v in place)
        if not (0 <= x < w and 0 <= y < h) or strength[y, x] < least and len(line) > 2:
            break
        step = turn * torch.stack([angle[y, x].cos(), angle[y, x].sin()])
        heading = step if heading is None else step * (1.0 if step @ heading >= 0 else -1.0)
        place = place + heading
        line.append(place)
    return line


def resampled(line: Tensor, nodes: int) -> Tensor:
    """[nodes, 2] at even distances along the polyline ``line`` [K, 2]."""
    length = torch.cat([line.new_zeros(1), line.diff(dim=0).norm(dim=-1).cumsum(0)])
    wanted = torch.linspace(0, float(length[-1]), nodes)
    i = torch.searchsorted(length, wanted).clamp(1, max(len(line) - 1, 1)).clamp(max=len(line) - 1)
    low = (i - 1).clamp(min=0)
    share = ((wanted - length[low]) / (length[i] - length[low]).clamp(min=1e-6)).clamp(0, 1)
    return line[low] + share[:, None] * (line[i] - line[low])
