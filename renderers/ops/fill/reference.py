"""The definition of ``fill``: torch, any dtype, any device.

It works on lists, not on dense pictures: of the pieces of chords that lie within one pixel, of the pixels that a path
may touch. Nothing loops over paths; so it is also the backend of a GPU.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ...drawing import Gradient, Paint, Paths
from ._chords import TOUCH, chords, lengthen
from ._gradient import shades

GRADIENTS = True
REACH = 0.75                # pixels: more than half the diagonal of a pixel


@dataclass(frozen=True)
class Touched:
    """Pixels that paths touch, [M] each: the picture's index b * N + n of the path, row, column, cover."""

    path: Tensor
    y: Tensor
    x: Tensor
    cover: Tensor


def fill(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths, size: tuple[int, int],
         places: Tensor | None = None, stops: Tensor | None = None) -> Tensor:
    B, N = widths.shape
    device = points.device
    table = chords(points, paths)
    corners = points[:, torch.as_tensor(paths.segments[table.segment], device=device)]          # [B, V, 4, 2]
    weights = torch.as_tensor(table.weights, device=device).to(points)
    vertices = (weights[..., None] * corners).sum(2)                                            # [B, V, 2]

    owner = torch.arange(N, device=device).repeat_interleave(torch.as_tensor(table.offsets, device=device).diff())
    paint = torch.as_tensor(paths.paint, device=device)
    ends, capped = (torch.as_tensor(each, device=device)
                    for each in lengthen(table, vertices.detach().cpu().numpy()))               # [B, E, 2]
    stroked = paint[owner] >= Paint.BUTT                                                        # [E]

    def of(which: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The chords' owners [B E] as b * N + n, and their two ends [B E, 2]."""
        both = vertices[torch.arange(B, device=device)[:, None, None], ends[:, which]].flatten(0, 1)
        return (torch.arange(B, device=device)[:, None] * N + owner[which]).flatten(), both[:, 0], both[:, 1]

    evenodd = (paint == Paint.EVENODD).repeat(B)
    beyond = torch.where(paint == Paint.SQUARE, 1, 0).repeat(B)
    filled = _fills(*of(~stroked), evenodd, size)
    lines = _strokes(*of(stroked), capped[:, stroked].flatten(0, 1), widths.flatten() / 2, beyond, size)
    touched = Touched(*(torch.cat([getattr(part, name) for part in (filled, lines)]) for name in ("path", "y", "x", "cover")))
    paints = colors.flatten(0, 1)[touched.path]
    if places is not None:
        paints = _graded(touched, paints, places.flatten(0, 1), stops.flatten(0, 1),
                         torch.as_tensor(paths.gradient, device=device).repeat(B))
    return _paint(touched, paints, N, (B, *size))


def _graded(touched: Touched, paints: Tensor, places: Tensor, stops: Tensor, gradient: Tensor) -> Tensor:
    """``paints`` [M, 4], those of paths with a gradient as it is at their pixel, times their opacity."""
    [at] = (gradient[touched.path] != Gradient.NONE).nonzero(as_tuple=True)
    path = touched.path[at]
    found = shades(touched.x[at], touched.y[at], places[path], stops[path], gradient[path] == Gradient.RADIAL)
    found = torch.cat([found[:, :3], paints[at, 3:] * found[:, 3:]], 1)
    return paints.index_put((at,), found)


def _fills(path: Tensor, a: Tensor, b: Tensor, evenodd: Tensor, size: tuple[int, int]) -> Touched:
    """The inside of each path, from its chords a -> b [E, 2]."""
    low, high, first = _boxes(path, a.detach(), b.detach(), len(evenodd), size)
    width, height = (high - low).clamp_min(0).unbind(1)
    piece, y, x, t0, t1 = _pieces(path, a.detach(), b.detach(), low, high)
    area = torch.zeros(int(first[-1]) + 1, dtype=a.dtype, device=a.device)      # the last is for what leaves a box

    # The piece's dy counts for its row's pixels by their share to its right: part of its own, all of the next.
    p = path[piece]
    d = (b - a).detach()[piece]
    middle = (a.detach()[piece] + 0.5 * (t0 + t1)[:, None] * d)[:, 0] - x
    dy = (t1 - t0) * d[:, 1]
    at = first[p] + (y - low[p, 1]) * width[p] + x - low[p, 0]
    inside, more = x >= low[p, 0], x + 1 < high[p, 0]
    left = torch.where(inside, middle, 1)                       # what lies left of the box counts for all its columns
    spare = len(area) - 1
    area = area.index_add(0, torch.where(inside, at, spare), dy * (1 - left))
    area = area.index_add(0, torch.where(more, at + 1, spare), dy * left)

    moved = torch.zeros_like(area)                              # zero, but its gradient is the integral over the edge
    m1 = (t1 * t1 - t0 * t0) / 2
    m0 = t1 - t0 - m1
    move = m0[:, None] * (a - a.detach())[piece] + m1[:, None] * (b - b.detach())[piece]
    moved = moved.index_add(0, torch.where(inside, at, spare), move[:, 1] * d[:, 0] - move[:, 0] * d[:, 1])

    owner, y, x = _cells(low, width, height)
    w = _running(area[:-1], x - low[owner, 0]) + moved[:-1]
    folded = torch.where(evenodd[owner], w - 2 * (w.detach() / 2).round(), w)
    touch = TOUCH * torch.finfo(w.dtype).eps
    kink = (folded.abs() < touch) | (folded.abs() > 1 + torch.where(evenodd[owner], -touch, touch))
    cover = torch.where(kink, folded.detach(), folded).abs()
    return Touched(owner, y, x, cover - (cover.detach() - 1).clamp_min(0))      # min would drop a rounded 1's gradient


def _boxes(path, a, b, count, size) -> tuple[Tensor, Tensor, Tensor]:
    """Each path's pixels, from ``low`` up to ``high`` [count, 2], and where they begin in a packed list."""
    far = torch.full((count, 2), torch.inf, dtype=a.dtype, device=a.device)
    index = path[:, None].expand(-1, 2)
    canvas = torch.tensor(size[::-1], device=a.device)
    low = far.scatter_reduce(0, index, torch.minimum(a, b), "amin").floor()
    low = low.clamp(torch.zeros_like(canvas), canvas).long()
    high = (-far).scatter_reduce(0, index, torch.maximum(a, b), "amax").floor().add(1)
    high = high.clamp(torch.zeros_like(canvas), canvas).long()
    areas = (high - low).clamp_min(0).prod(1)
    return low, high, torch.cat([areas.new_zeros(1), areas.cumsum(0)])


def _pieces(path, a, b, low, high) -> tuple[Tensor, ...]:
    """Cut the chords at the pixels' borders: chord, row, column, and from which to which part t of the chord.

    Column low - 1 stands for all that is left of a box.
    """
    low, high, d = low[path], high[path], b - a

    def crossing(value, chord, axis):
        return ((value - a[chord, axis]) / d[chord, axis]).clamp(0, 1)

    def between(one, other, chord, axis):
        level = d[chord, axis] == 0             # never crosses: all of it is between
        return torch.where(level, 0, torch.minimum(one, other)), torch.where(level, 1, torch.maximum(one, other))

    top = torch.minimum(a, b)[:, 1].floor().long()
    bottom = torch.maximum(torch.maximum(a, b)[:, 1].ceil().long(), top + 1)
    chord, y = _ranges(torch.maximum(top, low[:, 1]), torch.minimum(bottom, high[:, 1]))
    t0, t1 = between(crossing(y, chord, 1), crossing(y + 1, chord, 1), chord, 1)

    x = torch.stack([a[chord, 0] + t * d[chord, 0] for t in (t0, t1)])
    left = torch.minimum(torch.maximum(x.amin(0).floor().long(), low[chord, 0] - 1), high[chord, 0])
    right = torch.minimum(torch.maximum(x.amax(0).ceil().long(), left + 1), high[chord, 0])
    row, x = _ranges(left, right)
    chord, y, t0, t1 = chord[row], y[row], t0[row], t1[row]
    enter = torch.where(x < low[chord, 0], -torch.inf, x.to(a.dtype))
    lowest, highest = between(crossing(enter, chord, 0), crossing(x + 1, chord, 0), chord, 0)
    t0, t1 = torch.maximum(t0, lowest), torch.minimum(t1, highest)
    return chord, y, x, t0, torch.maximum(t0, t1)


def _strokes(path, a, b, capped, radius, beyond, size) -> Touched:
    """The line of each path: at each pixel the strip along the nearest chord."""
    H, W = size
    with torch.no_grad():
        reach = (radius * (1 + beyond * 0.415) + REACH)[path][:, None]          # a square cap's corner is at sqrt(2) r
        canvas = torch.tensor((W, H), device=a.device)
        low = (torch.minimum(a, b) - reach).floor().clamp(torch.zeros_like(canvas), canvas).long()
        high = (torch.maximum(a, b) + reach).ceil().clamp(torch.zeros_like(canvas), canvas).long()
        width, height = (high - low).clamp_min(0).unbind(1)
        chord, y, x = _cells(low, width, height)
        along, across = _nearest(torch.stack([x, y], 1) + 0.5, a[chord], b[chord])
        distance = across.square().sum(1)
        cell, member = ((path[chord] * H + y) * W + x).unique(return_inverse=True)
        least = distance.new_full((len(cell),), torch.inf).scatter_reduce(0, member, distance, "amin")
        index = torch.arange(len(chord), device=a.device)
        index = torch.where(distance == least[member], index, len(chord))       # of equally near ones the first
        index = index.new_full((len(cell),), len(chord)).scatter_reduce(0, member, index, "amin")
        chord, y, x = chord[index], y[index], x[index]
    owner = path[chord]
    centre = torch.stack([x, y], 1) + 0.5
    return Touched(owner, y, x, _strip(centre.to(a), a[chord], b[chord], capped[chord], radius[owner], beyond[owner]))


def _nearest(p, a, b) -> tuple[Tensor, Tensor]:
    """Where on the chord (0 at a, 1 at b) the point nearest to p is, and from there to p [M, 2]."""
    d = b - a
    t = (((p - a) * d).sum(1) / d.square().sum(1).clamp_min(1e-12)).clamp(0, 1)[:, None]
    return t[:, 0], torch.where(t < 1, p - a - t * d, p - b)


def _strip(p, a, b, capped, r, beyond) -> Tensor:
    """[M] how much a line of radius r along a -> b covers of the pixel with centre p."""
    along, across = _nearest(p, a, b)
    d = b - a
    length = d.square().sum(1).clamp_min(1e-12).sqrt()
    u = d / length[:, None]
    normal = torch.stack([-u[:, 1], u[:, 0]], 1)
    flat = ((along > 0) & (along < 1)) | (capped[:, 0] & (along == 0)) | (capped[:, 1] & (along == 1))
    round_s = across.square().sum(1).clamp_min(1e-12).sqrt()
    n = torch.where(flat[:, None], normal, across / round_s[:, None])
    s = torch.where(flat, ((p - a) * normal).sum(1), round_s)
    cover = _half(r - s, n) - _half(-r - s, n)
    for end, outward, cut in ((a, -u, capped[:, 0]), (b, u, capped[:, 1])):
        cover = cover * torch.where(cut, _half(beyond * r - ((p - end) * outward).sum(1), outward), 1)
    return torch.where(capped.any(1) & (d == 0).all(1), 0, cover)


def _half(s, n) -> Tensor:
    """The share of a pixel on the inner side of a straight edge with unit normal n [M, 2], s inside of its centre."""
    wide, slim = n.abs().amax(1).clamp_min(0.5), n.abs().amin(1)         # at least sqrt(1/2) but for dots
    ramp, end = (wide - slim) / 2, (wide + slim) / 2
    rest = torch.where(s.abs() < end, end - s.abs(), 0)
    corner = rest.square() / (2 * wide * slim).clamp_min(1e-12)
    corner = torch.where(s < 0, corner, 1 - corner)
    return torch.where(s.abs() <= ramp, 0.5 + s / wide, corner)


def _paint(touched: Touched, paints: Tensor, N: int, shape: tuple[int, int, int]) -> Tensor:
    """Lay ``paints`` [M, 4] over each other in the paths' order: a step is each pixel's lowest path still to come."""
    B, H, W = shape
    path, cover = touched.path, touched.cover
    pixel = (path // max(N, 1) * H + touched.y) * W + touched.x
    order = (pixel * N + path % max(N, 1)).argsort()
    counts = pixel.bincount(minlength=B * H * W)
    place = torch.arange(len(order), device=paints.device) - (counts.cumsum(0) - counts)[pixel[order]]
    picture = paints.new_zeros(B * H * W, 4)
    for step in order[place.argsort(stable=True)].split(place.bincount().tolist()):
        alpha = (cover[step] * paints[step, 3])[:, None]
        source = torch.cat([paints[step, :3], torch.ones_like(alpha)], 1)
        at = pixel[step]
        picture = picture.index_put((at,), picture[at] * (1 - alpha) + alpha * source)
    return picture.view(*shape, 4)


def _ranges(first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """For each i the integers first[i] to last[i] - 1: (i, integer), one after the other."""
    counts = (last - first).clamp_min(0)
    index = torch.arange(len(counts), device=counts.device).repeat_interleave(counts)
    start = counts.cumsum(0) - counts
    return index, torch.arange(len(index), device=counts.device) - start[index] + first[index]


def _cells(low: Tensor, width: Tensor, height: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The pixels of each box, row by row: (box, y, x)."""
    box, cell = _ranges(torch.zeros_like(width), width * height)
    return box, low[box, 1] + cell // width[box], low[box, 0] + cell % width[box]


def _running(values: Tensor, column: Tensor) -> Tensor:
    """The sum of ``values`` since the last ``column`` 0, itself included: windings from their changes along a row."""
    row = (column == 0).cumsum(0) - 1
    shape = (int(row[-1]) + 1, int(column.max()) + 1) if len(row) else (0, 0)
    return values.new_zeros(shape).index_put((row, column), values).cumsum(1)[row, column]
