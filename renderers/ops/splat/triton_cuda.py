r"""``splat`` on a GPU: projection by the definition, for all pictures at once; lists by two sorts; then a warp draws a tile.

A list holds the Gaussians that a tile of TILE x TILE pixels may see, nearest first. A program draws one tile, K Gaussians of
all its pixels at a time. With T_k the transmittance before Gaussian k, w_k = T_k alpha_k and v_k = g_rgb . c_k + g_opacity +
g_depth d_k, the change of the loss with w_k,

    dL/dalpha_k = T_k v_k - sum_{j>k} w_j v_j / (1 - alpha_k)

The forward keeps the last T of each pixel and how many Gaussians it has seen, and the backward begins there: T_k is the last
T over the product of 1 - alpha_j from k on. A pixel ends when less than HIDDEN of the light is left. A Gaussian's gradient is
summed over a tile's pixels in the program and over tiles by atomic additions, whose order is not fixed. The CPU waits once,
for the length of the lists.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.autograd.function import once_differentiable

from .._launch import float32, launch
from .._scan import sum_after
from . import LARGEST, NEAR, THRESHOLD, Splatting, reference

RANK = 1
TILE, K = 8, 4          # pixels, and Gaussians at a time: more would not fit into registers
FIELDS = 10             # of a projected Gaussian: center, conic, opacity, color, distance
HIDDEN = tl.constexpr(1e-8)         # transmittance, below which nothing more is drawn in a pixel
FADE, MOST = tl.constexpr(1 / THRESHOLD), tl.constexpr(LARGEST)


def splat(positions: Tensor, scales: Tensor, quaternions: Tensor, opacities: Tensor, colors: Tensor, view: Tensor,
          focal: Tensor, size: tuple[int, int], shift: Tensor, antialiased: bool) -> Splatting:
    float32("splat", *(part[:0] for part in (positions, scales, quaternions, opacities, colors, view, focal, shift)))
    if not len(view) or not len(positions):
        return reference.splat(positions, scales, quaternions, opacities, colors, view, focal, size, shift, antialiased)
    projected, reach, depth = _project(positions, scales, quaternions, opacities, colors, view, focal, size, shift, antialiased)
    with torch.no_grad():
        owners, starts = _lists(projected, reach, depth, size)
    return Splatting(*_Draw.apply(projected.flatten(0, 1), owners, starts, size, len(view)))


def _project(positions, scales, quaternions, opacities, colors, view, focal, size, shift, antialiased):
    """[B, N, FIELDS] differentiable, the reach [B, N, 2] and the depth [B, N], which is infinite where nothing is drawn."""
    B, N = shift.shape[:2]
    every = torch.cat([torch.cat([positions, scales, quaternions, opacities[:, None], colors], 1).expand(B, N, 14), shift], 2)
    depth = (every[..., :3] @ view[:, 2, :3, None])[..., 0] + view[:, 2, 3, None]
    drawn = (depth > NEAR) & every.isfinite().all(2)
    ahead = (view.new_tensor([0.0, 0.0, 1.0]) - view[:, None, :, 3]) @ view[:, :, :3]       # [B, 1, 3], of depth 1
    rest = torch.cat([ahead, ahead.new_tensor([0.0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]).expand(B, 1, 13)], 2)
    every = torch.where(drawn[..., None], every, rest)

    def one(every, view, focal):
        p = reference.project(every, view, focal, size, antialiased)
        return torch.cat([p.center, p.conic, p.opacity[:, None], p.values], 1), p.reach

    projected, reach = torch.vmap(one)(every, view, focal)
    drawn = drawn & (projected[..., 5] > THRESHOLD) & projected.isfinite().all(2) & reach.isfinite().all(2)
    return projected, reach, torch.where(drawn, depth, torch.inf)


def _lists(projected: Tensor, reach: Tensor, depth: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """Rows [E] int32 of the Gaussians that the tiles see, tile by tile; where each tile's begin, [B tiles + 1]."""
    B, N = depth.shape
    tiles = [-(-n // TILE) for n in size[::-1]]                                             # across, down
    limit = reach.new_tensor(tiles)
    low, high = (((projected[..., :2] + side * reach) / TILE).floor().add(more).clamp(min=0).minimum(limit).long().flatten(0, 1)
                 for side, more in ((-1, 0), (1, 1)))
    span = (high - low).clamp(min=0) * depth.isfinite().flatten()[:, None]
    order = (depth.argsort(dim=1, stable=True) + N * torch.arange(B, device=depth.device)[:, None]).flatten()
    counts = span.prod(1)[order]
    E = int(counts.sum())
    owners = order.repeat_interleave(counts, output_size=E)
    rank = torch.arange(E, device=depth.device) - (counts.cumsum(0) - counts).repeat_interleave(counts, output_size=E)
    width = span[owners, 0]
    row, column = low[owners, 1] + rank // width, low[owners, 0] + rank % width
    tile, place = ((owners // N * tiles[1] + row) * tiles[0] + column).int().sort(stable=True)
    bounds = torch.arange(B * tiles[0] * tiles[1] + 1, device=depth.device, dtype=torch.int32)
    return owners[place].int(), torch.searchsorted(tile, bounds)


class _Draw(torch.autograd.Function):
    @staticmethod
    def forward(ctx, projected, owners, starts, size, B):
        (H, W), projected = size, projected.contiguous()
        rgb, opacity, depth = (projected.new_empty(B, H, W, c) for c in (3, 1, 1))
        last, seen = projected.new_empty(B, H, W), torch.empty(B, H, W, dtype=torch.int32, device=projected.device)
        launch(_forward, (_tiles(size), B), projected, owners, starts, H, W, rgb, opacity, depth, last, seen,
               FIELDS=FIELDS, TILE=TILE, K=K, num_warps=1)
        ctx.save_for_backward(projected, owners, starts, last, seen)
        return rgb, opacity, depth

    @staticmethod
    @once_differentiable
    def backward(ctx, *g):
        projected, owners, starts, last, seen = ctx.saved_tensors
        B, H, W = last.shape
        g_projected = torch.zeros_like(projected)
        launch(_backward, (_tiles((H, W)), B), projected, owners, starts, H, W, *float32("splat", *g), last, seen, g_projected,
               FIELDS=FIELDS, TILE=TILE, K=K, num_warps=1)
        return g_projected, None, None, None, None


def _tiles(size: tuple[int, int]) -> int:
    return -(-size[0] // TILE) * -(-size[1] // TILE)


@triton.jit(do_not_specialize=["H", "W"])
def _forward(projected_ptr, owners_ptr, starts_ptr, H, W, rgb_ptr, opacity_ptr, depth_ptr, last_ptr, seen_ptr,
             FIELDS: tl.constexpr, TILE: tl.constexpr, K: tl.constexpr):
    k, end, x, y, pixel, inside = _tile(starts_ptr, H, W, TILE)
    T = inside.to(tl.float32)
    red = tl.zeros_like(T)
    green = tl.zeros_like(T)
    blue = tl.zeros_like(T)
    distance = tl.zeros_like(T)
    seen = tl.zeros_like(pixel)
    while (k < end) & (tl.max(T, 0) > HIDDEN):
        at, ok = _rows(owners_ptr, k, end, FIELDS, K)
        row = projected_ptr + at
        _, _, _, a = _alpha(row, ok, x, y)
        before = T[:, None] * tl.cumprod(1 - a, 1) / (1 - a)
        there = (before > HIDDEN) & ok[None, :]
        w = tl.where(there, before * a, 0.0)
        red += tl.sum(w * tl.load(row + 6, ok, 0.0)[None, :], 1)
        green += tl.sum(w * tl.load(row + 7, ok, 0.0)[None, :], 1)
        blue += tl.sum(w * tl.load(row + 8, ok, 0.0)[None, :], 1)
        distance += tl.sum(w * tl.load(row + 9, ok, 0.0)[None, :], 1)
        seen += tl.sum(there.to(tl.int32), 1)
        T = tl.min(tl.where(there, before * (1 - a), T[:, None]), 1)
        k += K
    tl.store(rgb_ptr + 3 * pixel, red, inside)
    tl.store(rgb_ptr + 3 * pixel + 1, green, inside)
    tl.store(rgb_ptr + 3 * pixel + 2, blue, inside)
    tl.store(opacity_ptr + pixel, 1 - T, inside)
    tl.store(depth_ptr + pixel, distance, inside)
    tl.store(last_ptr + pixel, T, inside)
    tl.store(seen_ptr + pixel, seen, inside)


@triton.jit(do_not_specialize=["H", "W"])
def _backward(projected_ptr, owners_ptr, starts_ptr, H, W, g_rgb_ptr, g_opacity_ptr, g_depth_ptr, last_ptr, seen_ptr,
              g_projected_ptr, FIELDS: tl.constexpr, TILE: tl.constexpr, K: tl.constexpr):
    first, end, x, y, pixel, inside = _tile(starts_ptr, H, W, TILE)
    T = tl.load(last_ptr + pixel, inside, 0.0)
    seen = tl.load(seen_ptr + pixel, inside, 0)
    g_red = tl.load(g_rgb_ptr + 3 * pixel, inside, 0.0)[:, None]
    g_green = tl.load(g_rgb_ptr + 3 * pixel + 1, inside, 0.0)[:, None]
    g_blue = tl.load(g_rgb_ptr + 3 * pixel + 2, inside, 0.0)[:, None]
    g_opacity = tl.load(g_opacity_ptr + pixel, inside, 0.0)[:, None]
    g_distance = tl.load(g_depth_ptr + pixel, inside, 0.0)[:, None]
    behind = tl.zeros_like(T)                       # sum of w v of the Gaussians that were read
    k = first + (tl.max(seen, 0) - 1) // K * K
    while k >= first:
        at, ok = _rows(owners_ptr, k, end, FIELDS, K)
        row = projected_ptr + at
        dx, dy, u, a = _alpha(row, ok, x, y)
        there = k + tl.arange(0, K)[None, :] < first + seen[:, None]
        a = tl.where(there, a, 0.0)
        before = T[:, None] / tl.cumprod(1 - a, 1, reverse=True)
        w = before * a
        v = (g_red * tl.load(row + 6, ok, 0.0)[None, :] + g_green * tl.load(row + 7, ok, 0.0)[None, :]
             + g_blue * tl.load(row + 8, ok, 0.0)[None, :] + g_distance * tl.load(row + 9, ok, 0.0)[None, :] + g_opacity)
        g_a = before * v - (behind[:, None] + sum_after(w * v, K)) / (1 - a)
        g = tl.where(there, g_a * u * _slope(u), 0.0)           # what changes with the logarithm of u
        behind += tl.sum(w * v, 1)
        T = tl.max(before, 1)

        to = g_projected_ptr + at
        xx = tl.load(row + 2, ok, 0.0)[None, :]
        xy = tl.load(row + 3, ok, 0.0)[None, :]
        yy = tl.load(row + 4, ok, 0.0)[None, :]
        tl.atomic_add(to, tl.sum(g * (xx * dx + xy * dy), 0), ok, sem="relaxed")
        tl.atomic_add(to + 1, tl.sum(g * (xy * dx + yy * dy), 0), ok, sem="relaxed")
        tl.atomic_add(to + 2, tl.sum(g * dx * dx, 0) * -0.5, ok, sem="relaxed")
        tl.atomic_add(to + 3, -tl.sum(g * dx * dy, 0), ok, sem="relaxed")
        tl.atomic_add(to + 4, tl.sum(g * dy * dy, 0) * -0.5, ok, sem="relaxed")
        tl.atomic_add(to + 5, tl.sum(g, 0) / tl.load(row + 5, ok, 1.0), ok, sem="relaxed")
        tl.atomic_add(to + 6, tl.sum(w * g_red, 0), ok, sem="relaxed")
        tl.atomic_add(to + 7, tl.sum(w * g_green, 0), ok, sem="relaxed")
        tl.atomic_add(to + 8, tl.sum(w * g_blue, 0), ok, sem="relaxed")
        tl.atomic_add(to + 9, tl.sum(w * g_distance, 0), ok, sem="relaxed")
        k -= K


@triton.jit
def _tile(starts_ptr, H, W, TILE: tl.constexpr):
    """Where this program's list begins and ends; its pixels' centres, their numbers, and which are in the picture."""
    across = (W + TILE - 1) // TILE
    tile = tl.program_id(0)
    here = starts_ptr + tl.program_id(1) * tl.num_programs(0) + tile
    i = tl.arange(0, TILE * TILE)
    x = tile % across * TILE + i % TILE
    y = tile // across * TILE + i // TILE
    return (tl.load(here).to(tl.int32), tl.load(here + 1).to(tl.int32), x + 0.5, y + 0.5,
            (tl.program_id(1) * H + y) * W + x, (x < W) & (y < H))


@triton.jit
def _rows(owners_ptr, k, end, FIELDS: tl.constexpr, K: tl.constexpr):
    """[K] where the rows of the Gaussians from entry ``k`` on begin, and which of them there are."""
    ok = k + tl.arange(0, K) < end
    return tl.load(owners_ptr + k + tl.arange(0, K), ok, 0).to(tl.int64) * FIELDS, ok


@triton.jit
def _alpha(row, ok, x, y):
    """[pixels, K] the way from the centre, opacity times Gaussian, and alpha."""
    dx = x[:, None] - tl.load(row, ok, 0.0)[None, :]
    dy = y[:, None] - tl.load(row + 1, ok, 0.0)[None, :]
    power = (0.5 * tl.load(row + 2, ok, 0.0)[None, :] * dx * dx + tl.load(row + 3, ok, 0.0)[None, :] * dx * dy
             + 0.5 * tl.load(row + 4, ok, 0.0)[None, :] * dy * dy)
    u = tl.load(row + 5, ok, 0.0)[None, :] * tl.exp(-power)
    a = tl.minimum(u, MOST)
    return dx, dy, u, a * tl.minimum(tl.maximum(a * FADE - 1, 0.0), 1.0)


@triton.jit
def _slope(u):
    """d alpha / d u: of the fade, and 0 beyond what is drawn."""
    over = u * FADE - 1
    return tl.where((over > 0) & (u < MOST), tl.where(over > 1, 1.0, 2 * over + 1), 0.0)
