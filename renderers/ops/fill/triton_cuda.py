r"""``fill`` on a GPU: the cover of each pixel of each path's box, then the paths over each other (``_over.triton_cuda``).

A program takes CELLS pixels of one path's box and all its chords, K at a time: the sum of what they add to the winding number
(``_inside.triton_cuda``), or the nearest one and the strip along it (``_line.triton_cuda``). In the backward it adds what its
pixels want of the chords' ends to their gradients, atomically, so that the order is not fixed. Colors of paths with a gradient
are the definition's, at all their cells at once. The CPU waits for the number of chords, for that of the cells and, where lines
have caps, for the vertices.
"""

from dataclasses import dataclass

import numpy as np
import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from ...drawing import Gradient, Paint, Paths
from .._launch import float32, launch
from ._chords import TOUCH, Chords, chords, lengthen
from ._gradient import shades
from ._inside.triton_cuda import moments, wind
from ._line.triton_cuda import CORNER, FAR, REACH, SQUARE, distances, strip
from ._over.triton_cuda import Over

RANK = 1
GRADIENTS = True
CELLS, K = 64, 16       # pixels of a path that a program takes, and chords at a time
TILE = 16               # pixels of a picture, across and down, that one takes in the end
EVENODD, BUTT = tl.constexpr(int(Paint.EVENODD)), tl.constexpr(int(Paint.BUTT))
EPS = tl.constexpr(TOUCH * float(np.finfo(np.float32).eps))


@dataclass(frozen=True)
class Cells:
    """The pixels of the boxes of P = B N paths, row by row, in T blocks of CELLS.

    Attributes:
        boxes: [P, 4] int32: left, top, and after the last right and bottom one.
        owners: [T] int32, the path of each block.
        starts: [P] int32, the first block of each path.
    """

    boxes: Tensor
    owners: Tensor
    starts: Tensor


def fill(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths, size: tuple[int, int],
         places: Tensor | None = None, stops: Tensor | None = None) -> Tensor:
    float32("fill", *(part[:0] for part in (points, colors, widths)))
    device = points.device
    table = chords(points, paths)
    weights = torch.as_tensor(table.weights, device=device).to(points)
    corners = points[:, torch.as_tensor(paths.segments[table.segment], device=device)]          # [B, V, 4, 2]
    vertices = (weights[..., None] * corners).sum(2)                                            # [B, V, 2]
    ends, capped = (torch.as_tensor(each, device=device) for each in _ends(table, vertices))    # [B, E, 2]
    lines = vertices.gather(1, ends.flatten(1)[..., None].expand(-1, -1, 2)).unflatten(1, (-1, 2))      # [B, E, 2, 2]
    owner, offsets, paint = (torch.as_tensor(each, device=device) for each in (
        np.repeat(np.arange(len(paths)), np.diff(table.offsets)), table.offsets.astype(np.int32), paths.paint.astype(np.int32)))
    with torch.no_grad():
        cells = _cells_of(lines, widths / 2, owner, paint, size)
    cover = _Cover.apply(lines, widths / 2, capped, offsets, paint, cells)
    found, firsts = colors.new_zeros(0, 4), cells.starts
    if places is not None and stops is not None:
        found, firsts = _shades(cells, places.flatten(0, 1), stops.flatten(0, 1), torch.as_tensor(paths.gradient, device=device))
    return Over.apply(cover, colors, found, firsts, cells.boxes, cells.starts, size, {"CELLS": CELLS, "TILE": TILE})


def _ends(table: Chords, vertices: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """``lengthen``, which looks at the vertices only where a line is capped."""
    there = vertices.detach().cpu().numpy() if table.capped.any() else np.zeros((len(vertices), 0, 2))
    return lengthen(table, there)


def _cells_of(lines: Tensor, radius: Tensor, owner: Tensor, paint: Tensor, size: tuple[int, int]) -> Cells:
    """From chords [B, E, 2, 2] of paths ``owner`` [E]: the pixels that they may touch."""
    B, N = radius.shape
    far = torch.where(paint >= Paint.BUTT, radius * torch.where(paint == Paint.SQUARE, CORNER.value, 1.0) + REACH.value, 0)
    index = owner[:, None].expand(B, -1, 2)
    nothing = lines.new_full((B, N, 2), torch.inf)
    low = nothing.scatter_reduce(1, index, lines.amin(2), "amin") - far[..., None]
    high = (-nothing).scatter_reduce(1, index, lines.amax(2), "amax") + far[..., None]
    limit = lines.new_tensor(size[::-1])
    low, high = low.floor().clamp(min=0).minimum(limit), (high.floor() + 1).clamp(min=0).minimum(limit)
    boxes = torch.cat([low, high.maximum(low)], -1).long().flatten(0, 1)
    blocks = ((boxes[:, 2:] - boxes[:, :2]).prod(1) + CELLS - 1) // CELLS
    owners = torch.arange(B * N, device=lines.device).repeat_interleave(blocks, output_size=int(blocks.sum()))
    return Cells(boxes.int().contiguous(), owners.int(), (blocks.cumsum(0) - blocks).int())


def _shades(cells: Cells, places: Tensor, stops: Tensor, gradient: Tensor) -> tuple[Tensor, Tensor]:
    """[G, 4] colors at the cells of paths with a ``gradient`` [N], block by block, and [P] int32 the first block of each."""
    graded = gradient.repeat(len(places) // len(gradient)) != Gradient.NONE                     # [P]
    block = graded[cells.owners.long()].nonzero()[:, 0]
    path = cells.owners[block].long()
    j = (block - cells.starts[path])[:, None] * CELLS + torch.arange(CELLS, device=block.device)        # [blocks, CELLS]
    left, top, right, _ = cells.boxes[path, :, None].unbind(1)
    path = path.repeat_interleave(CELLS)
    found = shades((left + j % (right - left)).flatten(), (top + j // (right - left)).flatten(), places[path], stops[path],
                   gradient[path % len(gradient)] == Gradient.RADIAL)
    firsts = torch.searchsorted(block, cells.starts.long()).int()
    return found, torch.where(graded, firsts, -1)


class _Cover(torch.autograd.Function):
    """[T CELLS] the cover of the cells; what lies behind the last one of a path is not written."""

    @staticmethod
    def forward(ctx, lines, radius, capped, offsets, paint, cells):
        lines, radius = float32("fill", lines, radius)
        T, E, N = len(cells.owners), lines.shape[1], len(paint)
        shape = lines, capped.contiguous().view(torch.uint8), offsets, paint, radius, cells.boxes, cells.owners, cells.starts
        cover, slope = lines.new_empty(T * CELLS), lines.new_empty(T * CELLS)
        nearest = torch.empty(T * CELLS, dtype=torch.int32, device=lines.device)
        launch(_cover, (T,), *shape, E, N, cover, slope, nearest, CELLS=CELLS, K=K, enable_fp_fusion=False,
               maxnreg=96)          # left to itself, ptxas makes do with 80 on sm_89 and spills two
        ctx.save_for_backward(slope, nearest, *shape)
        return cover

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        slope, nearest, *shape = ctx.saved_tensors
        lines, _, _, paint, radius, _, owners, _ = shape
        g_lines, g_radius = torch.zeros_like(lines), torch.zeros_like(radius)
        launch(_uncover, (len(owners),), *shape, lines.shape[1], len(paint), g, slope, nearest, g_lines, g_radius, CELLS=CELLS,
               K=K)
        return g_lines, g_radius, None, None, None, None


@triton.jit(do_not_specialize=["E", "N"])
def _cover(lines_ptr, capped_ptr, offsets_ptr, paint_ptr, radius_ptr, boxes_ptr, owners_ptr, starts_ptr, E, N, cover_ptr,
           slope_ptr, nearest_ptr, CELLS: tl.constexpr, K: tl.constexpr):
    p, kind, e, end, x, y, ok = _cells(offsets_ptr, paint_ptr, boxes_ptr, owners_ptr, starts_ptr, E, N, CELLS)
    upper, lower = tl.min(y, 0), tl.max(y, 0) + 1
    nearest = tl.full((CELLS,), -1, tl.int32)
    if kind >= BUTT:
        r = tl.load(radius_ptr + p)
        square = kind == SQUARE
        best = tl.full((CELLS,), FAR, tl.float32)
        while e < end:
            ax, ay, bx, by, there = _chords(lines_ptr, e, end, K)
            there = there & (tl.minimum(ay, by) - 2 * r - 2 < lower) & (tl.maximum(ay, by) + 2 * r + 2 > upper)
            if tl.max(there.to(tl.int32), 0) > 0:
                d = distances(x[:, None], y[:, None], ax[None, :], ay[None, :], bx[None, :], by[None, :], there[None, :], r,
                              square)
                least = tl.min(d, 1)
                nearest = tl.where(least < best, e + tl.argmin(d, 1), nearest)
                best = tl.minimum(best, least)
            e += K
        hit = ok & (nearest >= 0)
        ax, ay, bx, by, cut_a, cut_b = _chord(lines_ptr, capped_ptr, nearest, hit)
        share, _, _, _, _, _ = strip(x, y, ax, ay, bx, by, cut_a, cut_b, r, square)
        nothing = (cut_a | cut_b) & (ax == bx) & (ay == by)
        nearest = tl.where(hit & ~nothing, nearest, -1)
        cover = tl.where(nearest >= 0, share, 0.0)
        slope = tl.full((CELLS,), 1.0, tl.float32)
    else:
        w = tl.zeros((CELLS,), tl.float32)
        while e < end:
            ax, ay, bx, by, there = _chords(lines_ptr, e, end, K)
            if tl.max((there & (tl.minimum(ay, by) < lower) & (tl.maximum(ay, by) > upper)).to(tl.int32), 0) > 0:
                w += tl.sum(wind(x[:, None], y[:, None], ax[None, :], ay[None, :], bx[None, :], by[None, :]), 1)
            e += K
        even = kind == EVENODD
        w = tl.where(even, w - 2 * tl.floor(0.5 * w + 0.5), w)
        cover = tl.minimum(tl.abs(w), 1.0)
        free = (tl.abs(w) >= EPS) & (tl.abs(w) <= tl.where(even, 1 - EPS, 1 + EPS))
        slope = tl.where(free, tl.where(w > 0, 1.0, -1.0), 0.0)
    cell = tl.program_id(0) * CELLS + tl.arange(0, CELLS)
    tl.store(cover_ptr + cell, cover, ok)
    tl.store(slope_ptr + cell, slope, ok)
    tl.store(nearest_ptr + cell, nearest, ok)


@triton.jit(do_not_specialize=["E", "N"])
def _uncover(lines_ptr, capped_ptr, offsets_ptr, paint_ptr, radius_ptr, boxes_ptr, owners_ptr, starts_ptr, E, N, g_cover_ptr,
             slope_ptr, nearest_ptr, g_lines_ptr, g_radius_ptr, CELLS: tl.constexpr, K: tl.constexpr):
    p, kind, e, end, x, y, ok = _cells(offsets_ptr, paint_ptr, boxes_ptr, owners_ptr, starts_ptr, E, N, CELLS)
    upper, lower = tl.min(y, 0), tl.max(y, 0) + 1
    cell = tl.program_id(0) * CELLS + tl.arange(0, CELLS)
    g = tl.load(g_cover_ptr + cell, ok, 0.0) * tl.load(slope_ptr + cell, ok, 0.0)
    if kind >= BUTT:
        r = tl.load(radius_ptr + p)
        nearest = tl.load(nearest_ptr + cell, ok, -1)
        hit = nearest >= 0
        ax, ay, bx, by, cut_a, cut_b = _chord(lines_ptr, capped_ptr, nearest, hit)
        _, g_ax, g_ay, g_bx, g_by, g_r = strip(x, y, ax, ay, bx, by, cut_a, cut_b, r, kind == SQUARE)
        to = g_lines_ptr + 4 * nearest
        hit = hit & (g != 0)
        tl.atomic_add(to, g * g_ax, hit, sem="relaxed")
        tl.atomic_add(to + 1, g * g_ay, hit, sem="relaxed")
        tl.atomic_add(to + 2, g * g_bx, hit, sem="relaxed")
        tl.atomic_add(to + 3, g * g_by, hit, sem="relaxed")
        tl.atomic_add(g_radius_ptr + p, tl.sum(tl.where(hit, g * g_r, 0.0), 0), sem="relaxed")
    else:
        while e < end:
            ax, ay, bx, by, there = _chords(lines_ptr, e, end, K)
            if tl.max((there & (tl.minimum(ay, by) < lower) & (tl.maximum(ay, by) >= upper)).to(tl.int32), 0) > 0:
                at_a, at_b = moments(x[:, None], y[:, None], ax[None, :], ay[None, :], bx[None, :], by[None, :])
                at_a, at_b = tl.sum(g[:, None] * at_a, 0), tl.sum(g[:, None] * at_b, 0)
                to = g_lines_ptr + 4 * (e + tl.arange(0, K))
                passes = there & ((at_a != 0) | (at_b != 0))
                tl.atomic_add(to, (ay - by) * at_a, passes, sem="relaxed")
                tl.atomic_add(to + 1, (bx - ax) * at_a, passes, sem="relaxed")
                tl.atomic_add(to + 2, (ay - by) * at_b, passes, sem="relaxed")
                tl.atomic_add(to + 3, (bx - ax) * at_b, passes, sem="relaxed")
            e += K


@triton.jit
def _cells(offsets_ptr, paint_ptr, boxes_ptr, owners_ptr, starts_ptr, E, N, CELLS: tl.constexpr):
    """This program's path (of all pictures' ones), its paint, its chords from the first up to the last, and the pixels."""
    p = tl.load(owners_ptr + tl.program_id(0))
    n, chords = p % N, p // N * E
    left, top = tl.load(boxes_ptr + 4 * p), tl.load(boxes_ptr + 4 * p + 1)
    width = tl.load(boxes_ptr + 4 * p + 2) - left
    j = (tl.program_id(0) - tl.load(starts_ptr + p)) * CELLS + tl.arange(0, CELLS)
    ok = j < width * (tl.load(boxes_ptr + 4 * p + 3) - top)
    return (p, tl.load(paint_ptr + n), chords + tl.load(offsets_ptr + n), chords + tl.load(offsets_ptr + n + 1),
            (left + j % width).to(tl.float32), (top + j // width).to(tl.float32), ok)


@triton.jit
def _chords(lines_ptr, e, end, K: tl.constexpr):
    """[K] the ends of the chords from ``e`` on, and which of them there are; the others are (0, 0) to (0, 0)."""
    i = e + tl.arange(0, K)
    at, ok = lines_ptr + 4 * i, i < end
    return tl.load(at, ok, 0.0), tl.load(at + 1, ok, 0.0), tl.load(at + 2, ok, 0.0), tl.load(at + 3, ok, 0.0), ok


@triton.jit
def _chord(lines_ptr, capped_ptr, e, ok):
    """The ends of chords ``e``, and whether a line is cut across there."""
    at = lines_ptr + 4 * e
    return (tl.load(at, ok, 0.0), tl.load(at + 1, ok, 0.0), tl.load(at + 2, ok, 0.0), tl.load(at + 3, ok, 0.0),
            tl.load(capped_ptr + 2 * e, ok, 0) != 0, tl.load(capped_ptr + 2 * e + 1, ok, 0) != 0)
