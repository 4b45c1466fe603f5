r"""Paths over each other on a GPU, a tile of pixels at a time.

With alpha_n the cover of path n times its opacity, T_n the light that the paths above it let through, and P_{n-1} what lies
below it, premultiplied,

    P_n = P_{n-1} + alpha_n ((c_n, 1) - P_{n-1}),      dL/dalpha_n = T_n g . ((c_n, 1) - P_{n-1}),      dL/dc_n = T_n alpha_n g

The backward goes down the paths for T, which it leaves in their cells, and then up again for P: 1 - alpha may be 0, so that
nothing can be divided by it. Gradients of colors are atomic additions, whose order is not fixed.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from ..._launch import float32, launch


class Over(torch.autograd.Function):
    """[B, H, W, 4] of the paths' cover in their cells (``fill.triton_cuda.Cells``), colors [B, N, 4], and where paths have a
    gradient ``shades`` [G, 4] of their cells, which begin at the blocks ``firsts`` [B N], -1 for a path without."""

    @staticmethod
    def forward(ctx, cover, colors, shades, firsts, boxes, starts, size, widths):
        (H, W), (B, N), colors = size, colors.shape[:2], colors.contiguous()
        picture = cover.new_empty(B, H, W, 4)
        paths = cover, colors, shades.contiguous(), firsts, boxes, starts
        ctx.programs, ctx.how = (-(-H // widths["TILE"]) * -(-W // widths["TILE"]), B), {"GRADED": len(shades) > 0, **widths}
        launch(_paint, ctx.programs, *paths, N, H, W, picture, **ctx.how)
        ctx.save_for_backward(*paths)
        ctx.sizes = N, H, W
        return picture

    @staticmethod
    @once_differentiable
    def backward(ctx, g: Tensor):
        cover, colors, shades, *_ = paths = ctx.saved_tensors
        (g,) = float32("fill", g)
        through, g_cover = torch.empty_like(cover), torch.empty_like(cover)
        g_colors, g_shades = torch.zeros_like(colors), torch.zeros_like(shades)
        launch(_through, ctx.programs, *paths, *ctx.sizes, through, **ctx.how)
        launch(_unpaint, ctx.programs, *paths, *ctx.sizes, g, through, g_cover, g_colors, g_shades, **ctx.how)
        return g_cover, g_colors, g_shades, None, None, None, None, None


@triton.jit(do_not_specialize=["N", "H", "W"])
def _paint(cover_ptr, colors_ptr, shades_ptr, firsts_ptr, boxes_ptr, starts_ptr, N, H, W, picture_ptr, CELLS: tl.constexpr,
           TILE: tl.constexpr, GRADED: tl.constexpr):
    left, top, x, y, pixel, inside = _tile(H, W, TILE)
    red = tl.zeros((TILE * TILE,), tl.float32)
    green = tl.zeros((TILE * TILE,), tl.float32)
    blue = tl.zeros((TILE * TILE,), tl.float32)
    opacity = tl.zeros((TILE * TILE,), tl.float32)
    p, last = tl.program_id(1) * N, tl.program_id(1) * N + N
    while p < last:
        cell, there, shown = _part(boxes_ptr, p, left, top, x, y, TILE)
        if shown:
            cover = tl.load(cover_ptr + tl.load(starts_ptr + p) * CELLS + cell, there, 0.0)
            r, g, b, o, _ = _color(colors_ptr, shades_ptr, firsts_ptr, p, cell, there, CELLS, TILE, GRADED)
            red += cover * o * (r - red)
            green += cover * o * (g - green)
            blue += cover * o * (b - blue)
            opacity += cover * o * (1 - opacity)
        p += 1
    tl.store(picture_ptr + 4 * pixel, red, inside)
    tl.store(picture_ptr + 4 * pixel + 1, green, inside)
    tl.store(picture_ptr + 4 * pixel + 2, blue, inside)
    tl.store(picture_ptr + 4 * pixel + 3, opacity, inside)


@triton.jit(do_not_specialize=["N", "H", "W"])
def _through(cover_ptr, colors_ptr, shades_ptr, firsts_ptr, boxes_ptr, starts_ptr, N, H, W, through_ptr, CELLS: tl.constexpr,
             TILE: tl.constexpr, GRADED: tl.constexpr):
    left, top, x, y, _, _ = _tile(H, W, TILE)
    T = tl.full((TILE * TILE,), 1.0, tl.float32)
    first, p = tl.program_id(1) * N, tl.program_id(1) * N + N - 1
    while p >= first:
        cell, there, shown = _part(boxes_ptr, p, left, top, x, y, TILE)
        if shown:
            at = tl.load(starts_ptr + p) * CELLS + cell
            r, g, b, o, own = _color(colors_ptr, shades_ptr, firsts_ptr, p, cell, there, CELLS, TILE, GRADED)
            tl.store(through_ptr + at, T, there)
            T *= 1 - tl.load(cover_ptr + at, there, 0.0) * o
        p -= 1


@triton.jit(do_not_specialize=["N", "H", "W"])
def _unpaint(cover_ptr, colors_ptr, shades_ptr, firsts_ptr, boxes_ptr, starts_ptr, N, H, W, g_ptr, through_ptr, g_cover_ptr,
             g_colors_ptr, g_shades_ptr, CELLS: tl.constexpr, TILE: tl.constexpr, GRADED: tl.constexpr):
    left, top, x, y, pixel, inside = _tile(H, W, TILE)
    g_red = tl.load(g_ptr + 4 * pixel, inside, 0.0)
    g_green = tl.load(g_ptr + 4 * pixel + 1, inside, 0.0)
    g_blue = tl.load(g_ptr + 4 * pixel + 2, inside, 0.0)
    g_opacity = tl.load(g_ptr + 4 * pixel + 3, inside, 0.0)
    red = tl.zeros((TILE * TILE,), tl.float32)
    green = tl.zeros((TILE * TILE,), tl.float32)
    blue = tl.zeros((TILE * TILE,), tl.float32)
    opacity = tl.zeros((TILE * TILE,), tl.float32)
    p, last = tl.program_id(1) * N, tl.program_id(1) * N + N
    while p < last:
        cell, there, shown = _part(boxes_ptr, p, left, top, x, y, TILE)
        if shown:
            at = tl.load(starts_ptr + p) * CELLS + cell
            cover, T = tl.load(cover_ptr + at, there, 0.0), tl.load(through_ptr + at, there, 0.0)
            r, g, b, o, own = _color(colors_ptr, shades_ptr, firsts_ptr, p, cell, there, CELLS, TILE, GRADED)
            d = T * (g_red * (r - red) + g_green * (g - green) + g_blue * (b - blue) + g_opacity * (1 - opacity))
            seen, color = T * cover * o, g_colors_ptr + 4 * p
            tl.store(g_cover_ptr + at, d * o, there)
            block = -1
            if GRADED:
                block = tl.load(firsts_ptr + p)
            if block >= 0:
                shade = g_shades_ptr + 4 * (block * CELLS + cell)
                tl.store(shade, seen * g_red, there)
                tl.store(shade + 1, seen * g_green, there)
                tl.store(shade + 2, seen * g_blue, there)
                tl.store(shade + 3, d * cover * tl.load(colors_ptr + 4 * p + 3), there)
            else:
                tl.atomic_add(color, tl.sum(seen * g_red, 0), sem="relaxed")
                tl.atomic_add(color + 1, tl.sum(seen * g_green, 0), sem="relaxed")
                tl.atomic_add(color + 2, tl.sum(seen * g_blue, 0), sem="relaxed")
            tl.atomic_add(color + 3, tl.sum(d * cover * own, 0), sem="relaxed")
            red += cover * o * (r - red)
            green += cover * o * (g - green)
            blue += cover * o * (b - blue)
            opacity += cover * o * (1 - opacity)
        p += 1


@triton.jit
def _tile(H, W, TILE: tl.constexpr):
    """The first column and row of this program's pixels; theirs, their numbers, and which of them are in the picture."""
    across = (W + TILE - 1) // TILE
    left, top = tl.program_id(0) % across * TILE, tl.program_id(0) // across * TILE
    i = tl.arange(0, TILE * TILE)
    x, y = left + i % TILE, top + i // TILE
    return left, top, x, y, (tl.program_id(1) * H + y) * W + x, (x < W) & (y < H)


@triton.jit
def _part(boxes_ptr, p, left, top, x, y, TILE: tl.constexpr):
    """The cells of path ``p`` at these pixels, which of them there are, and whether there is one."""
    box = boxes_ptr + 4 * p
    x0, y0, x1, y1 = tl.load(box), tl.load(box + 1), tl.load(box + 2), tl.load(box + 3)
    shown = (x0 < left + TILE) & (left < x1) & (y0 < top + TILE) & (top < y1)
    return (y - y0) * (x1 - x0) + x - x0, (x >= x0) & (x < x1) & (y >= y0) & (y < y1), shown


@triton.jit
def _color(colors_ptr, shades_ptr, firsts_ptr, p, cell, there, CELLS: tl.constexpr, TILE: tl.constexpr, GRADED: tl.constexpr):
    """[pixels] the color of path ``p``, its opacity, and how much of that is not the path's own but its gradient's."""
    one = tl.full((TILE * TILE,), 1.0, tl.float32)
    color = colors_ptr + 4 * p
    r, g, b, own = one * tl.load(color), one * tl.load(color + 1), one * tl.load(color + 2), one
    if GRADED:
        block = tl.load(firsts_ptr + p)
        if block >= 0:
            shade = shades_ptr + 4 * (block * CELLS + cell)
            r, g, b = tl.load(shade, there, 0.0), tl.load(shade + 1, there, 0.0), tl.load(shade + 2, there, 0.0)
            own = tl.load(shade + 3, there, 0.0)
    return r, g, b, own * tl.load(color + 3), own
