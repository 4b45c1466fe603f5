r"""Paint cubic Bezier paths, filled or stroked, over each other: color and opacity of every pixel.

    rgba = sum_n T_n a_n (c_n, 1),    a_n = opacity_n cover_n,    T_n = prod_{m > n} (1 - a_m)       path N-1 is on top

``cover`` is that of the pixel, a unit square, by the path, whose cubics are flattened to chords at most TOLERANCE
away. With omega the winding number,

    w = integral of omega over the pixel        (exact)
    cover = min(|w|, 1)                         nonzero
    cover = |w - 2 round(w / 2)|                evenodd

which is the covered area wherever omega takes two neighbouring values in the pixel, so everywhere but in pixels where
a path's own edges cross or nearly touch. A line of width 2r covers, with s the distance of the pixel's centre from the
nearest chord and h the share of the pixel on one side of a straight edge,

    cover = h(r - s) - h(-r - s)                the strip along that chord
    h(s)  = integral_{-inf}^s of |u| < |n_x| / 2 box  *  |u| < |n_y| / 2 box                   n: the edge's unit normal

Joins are round. Around a round cap s is the distance from the end point; at a butt or square one the strip goes on,
cut across at 0 or r beyond the end.

A path with a gradient (renderers/drawing.py has its equation) has at each pixel the color c_n of its stops there, and
opacity_n times their opacity.

Differentiable in points, colors, widths, frames and stops; edges have their gradient, the integral over them:
dw/dp = integral over the edges within the pixel of (dx/dp . n) ds.
"""

from torch import Tensor

from ...checks import check
from ...drawing import Paths
from ...errors import BackendError
from .._dispatch import choose
from ._chords import drawable
from ._gradient import places


def fill(points: Tensor, colors: Tensor, widths: Tensor, paths: Paths, size: tuple[int, int],
         frames: Tensor | None = None, stops: Tensor | None = None, *, backend: str | None = None) -> Tensor:
    """Draw ``paths`` B times.

    Args:
        points: [B, P, 2] as (x, y) in pixels, (0, 0) the image's top-left corner; ``renderers.drawing.look`` gives
            them. A path with a point that is not finite is not drawn.
        colors: [B, N, 4] straight sRGB and opacity, in [0, 1]; not checked, not clipped.
        widths: [B, N] of the strokes in pixels, below 0 as 0; a filled path ignores its own.
        paths: of N paths, indices below P.
        size: (H, W).
        frames: [B, N, 2, 3] the columns u, v, o of gradients, in pixels; ``renderers.drawing.look_at_frames`` gives them.
            Needed where a path has a gradient. Where u and v span nothing, the color is that of the last stop.
        stops: [B, N, K, 5] t, never falling, then straight sRGB and opacity in [0, 1]; not checked, not clipped. K is at
            least 1; a path with fewer stops repeats its last one.
        backend: "reference", "numba", ...; default the fastest, of those that have gradients where a path has one.

    Returns:
        [B, H, W, 4] color times opacity, and opacity. Over a background: rgba[..., :3] + (1 - rgba[..., 3:]) * rgb.

    Raises:
        ValueError: a shape or a dtype that does not fit, an index outside P, a gradient without its frame or stops.
        BackendError: a backend that has no gradients was named for a path that has one.
    """
    sizes = check("fill", "points [B P 2], colors [B N 4], widths [B N]", points, colors, widths)
    if sizes["N"] != len(paths):
        raise ValueError(f"fill: colors are of {sizes['N']} paths, want N = {len(paths)}")
    if len(paths) and paths.segments.max() >= sizes["P"]:
        raise ValueError(f"fill: segments name point {paths.segments.max()}, want at most P-1 = {sizes['P'] - 1}")
    if not points.dtype == colors.dtype == widths.dtype:
        raise ValueError(f"fill: points are {points.dtype}, colors {colors.dtype} and widths {widths.dtype}, want one")
    points, colors, widths = drawable(points, colors, widths, paths)
    module = choose("fill", points.device.type, backend)
    if not (graded := int((paths.gradient > 0).sum())):
        return module.fill(points, colors, widths, paths, size)
    if frames is None or stops is None:
        raise ValueError(f"fill: {graded} paths have a gradient, want frames and stops")
    check("fill", "widths [B N], frames [B N 2 3], stops [B N K 5]", widths, frames, stops)
    if not stops.shape[2] or not frames.dtype == stops.dtype == points.dtype:
        raise ValueError(f"fill: frames are {frames.dtype}, {stops.shape[2]} stops {stops.dtype}, want 1 or more stops, "
                         f"all {points.dtype}")
    if not hasattr(module, "GRADIENTS"):
        if backend is not None:
            raise BackendError(f"fill: backend {backend!r} has no gradients, {graded} paths have one")
        module = choose("fill", points.device.type, "reference")
    return module.fill(points, colors, widths, paths, size, places(frames), stops)
