r"""A drawing of N free paths, of one kind, that begin anew where nobody sees them.

    rgba = sum_n T_n a_n (c_n, 1),    a_n = opacity_n cover_n(points_n, width_n)                    (ops/fill)

Styles after VectorFusion (Jain et al., arXiv:2211.11319) and SVGDreamer (arXiv:2312.16476), and what each learns:

    iconography   closed chains of cubics, half seen through         points, colors, opacities
    flat          the same, opaque                                   points, colors
    sketch        black lines of one width                           points
    painting      strokes, round at their ends                       points, colors, opacities, widths
    pixel         the squares of a grid                              colors, opacities
    lowpoly       triangles that share their vertices                points, colors, opacities

Differentiable in what is learnt. The order of painting is not; it changes when a path that nobody sees any more begins anew
on top (``after_step``).
"""

from math import isqrt, pi

import numpy as np
import torch
from torch import Tensor
from torch.nn import Parameter

from ..drawing import Drawing, Paint, Paths, chains, fit, look
from ..ops.fill import fill
from ..scene import Render
from ..sheet import Sheet
from . import begin as start
from .crossing import flipped, xing
from .seen import of_what_is_seen, seen
from .settle import settled
from .shapes import circles, curves, polygons, smooth, spread, squares, triangulation
from .styles import BLOBS, LEARNT, STROKES, TILES

RATE = {"points": 0.1, "rgb": 1.0, "opacity": 1.0, "widths": 0.02}      # of the recipe's; canvases are not colors
SLOW = {"points": 0.03, "rgb": 0.3, "opacity": 0.3}     # of blobs: a tile cannot go far, they would lose their shape
TONE = 64                   # pixels of the picture that a sketch is shown over
OVERLAP = {"pixel": 0.15, "lowpoly": 0.006}     # of a tile over its neighbours: cells; canvases at a corner, 3 of 512
AWAY = -1.0                 # off the canvas, where a path begins anew
THINNEST = 0.002            # width of a stroke, canvases


class FreeDrawing(torch.nn.Module):
    """The scene of kind svg where nothing is held; see scenes/svg.py for its Config."""

    def __init__(self, cfg, rng: torch.Generator):
        super().__init__()
        self.cfg = cfg
        self.failure_hints = {"empty": "raise start.pictures or guidance.guidance_scale"}
        N, c = cfg.budget, cfg.cubics

        def uniform(low: float, high: float, *shape: int) -> Tensor:
            return low + (high - low) * torch.rand(*shape, generator=rng)

        triangles = torch.zeros(0, 3, dtype=torch.long)
        if cfg.style in BLOBS:
            points = circles(uniform(0.2, 0.8, N, 2), uniform(0.5, 1.5, N) * cfg.radius, c, 0.1, rng)
        elif cfg.style in STROKES:
            points = curves(uniform(0.2, 0.8, N, 2), uniform(0, pi, N), uniform(1, 3, N) * cfg.radius, c, 0.05, rng)
        elif cfg.style == "pixel":
            points, N = squares(isqrt(N), OVERLAP[cfg.style]), isqrt(N) ** 2
        else:
            points, triangles, free = triangulation(isqrt(N // 2), 0.25, rng)
            self.register_buffer("free", free)
            N = len(triangles)
        self.paths = self.chained(N)
        self.points = Parameter(points)                     # [N, K, 2], of triangles the vertices [V, 2]
        self.rgb = Parameter(torch.zeros(N, 3) if cfg.style == "sketch" else uniform(0, 1, N, 3))
        self.opacity = Parameter(uniform(0.7, 1, N) if "opacity" in LEARNT[cfg.style] else torch.ones(N))
        self.widths = Parameter(torch.full((N,), cfg.width))
        self.paper = Parameter(torch.ones(3))
        self.register_buffer("triangles", triangles)
        self.register_buffer("tone", torch.zeros(TONE, TONE, 4) if cfg.style == "sketch" else torch.zeros(0, 0, 4))
        self.register_buffer("order", torch.arange(N))      # of painting, the last one on top
        self.register_buffer("layers", torch.zeros(N, dtype=torch.int32))       # never falling in that order
        self.pull: Tensor | None = None                     # the newest training picture, for the gradient that it gets

    def chained(self, count: int) -> Paths:
        """``count`` paths of the style, their points packed."""
        if self.cfg.style in TILES:
            return polygons(4 if self.cfg.style == "pixel" else 3, count)
        closed = self.cfg.style in BLOBS
        return chains([self.cfg.cubics] * count, closed, Paint.NONZERO if closed else Paint.ROUND)

    def outlines(self) -> Tensor:
        """[N, K, 2] control points."""
        return spread(self.points[self.triangles], OVERLAP["lowpoly"]) if self.cfg.style == "lowpoly" else self.points

    @torch.no_grad()
    def written(self) -> Tensor:
        """[N] opacities as files have them: nothing of what is dead, all of a tile that is not."""
        return torch.where(self.dead(), 0.0, torch.ones_like(self.opacity) if self.cfg.style in TILES else self.opacity)

    def picture(self, size: tuple[int, int], opacity: Tensor) -> Tensor:
        """[H, W, 4] premultiplied sRGB and opacity, without background, of paths ``opacity`` [N]; differentiable."""
        points, widths = look(self.outlines()[self.order].flatten(0, 1), self.widths[self.order],
                              fit((1, 1), size).to(self.points))
        colors = torch.cat([self.rgb, opacity[:, None]], 1)[self.order]
        return fill(points, colors[None], widths, self.paths, size)[0]

    def render(self, camera: Sheet, progress: float = 1.0, rng: torch.Generator | None = None) -> Render:
        """With ``rng`` as it is learnt; without, as it would be written."""
        picture = self.picture(camera.size, self.opacity if rng is not None else self.written())
        if rng is not None and picture.requires_grad:
            picture.retain_grad()
            self.pull = picture
        return seen(picture, self.tone, self.cfg.background, self.paper, camera, rng)

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """xing (LIVE; of triangles, their folding), saturation (VectorFusion's, of what is opaque), entropy."""
        out = of_what_is_seen(render)
        if self.cfg.style == "lowpoly":
            out["xing"] = flipped(self.points[self.triangles])
        elif self.cfg.style != "pixel":
            out["xing"] = xing(self.points.flatten(0, 1)[torch.from_numpy(self.paths.segments).to(self.points.device)])
        return out

    def param_groups(self) -> list[dict]:
        learnt = [*LEARNT[self.cfg.style], *(["paper"] if self.cfg.background == "learned" else [])]
        thin = {"points": SLOW["points"]} if self.cfg.style in STROKES else {}      # they wriggle
        rate = RATE | (SLOW if self.cfg.style in BLOBS else thin)
        return [{"name": name, "params": [getattr(self, name)], "lr": rate.get(name, 0.1)} for name in learnt]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        """Back into range; paths that nobody sees begin anew on top, where the step's picture is pulled at most."""
        for color in (self.rgb, self.opacity, self.paper):
            color.clamp_(0, 1)
        self.widths.clamp_(min=THINNEST)
        if self.cfg.style == "lowpoly":
            fixed = triangulation(isqrt(self.cfg.budget // 2), 0.0, rng)[0].to(self.points)
            self.points.copy_(torch.where(self.free, self.points.clamp(0, 1), fixed))
        due = (step + 1) % self.cfg.revive_every == 0 and progress <= self.cfg.revive_until
        if due and self.cfg.style not in TILES and self.pull is not None:
            self.revive(self.dead(), rng)
        self.pull = None

    def dead(self) -> Tensor:
        """[N] bool: faint, small, or wholly off the canvas."""
        outlines = self.outlines()
        off = ((outlines < 0) | (outlines > 1)).all(1).any(-1)
        extent = outlines.amax(1) - outlines.amin(1)            # an area with a sign would miss a figure of eight
        small = extent.prod(-1) < self.cfg.dead_area if self.cfg.style in BLOBS else torch.zeros_like(off)
        return off | small | (self.opacity < (0.5 if self.cfg.style in TILES else self.cfg.dead_opacity))

    def revive(self, dead: Tensor, rng: torch.Generator) -> None:
        """Paths ``dead`` [N] bool anew, a layer above all others: small, in the color that is there."""
        if not (count := int(dead.sum())):
            return
        pulled = self.pull.grad.abs().sum(-1) if self.pull.grad is not None else torch.ones_like(self.pull[..., 3])
        radius = 0.5 * self.cfg.radius
        where = start.pick(pulled * start.room(self.pull.detach()[..., 3], radius), count, rng)
        color = start.straight(start.at(self.pull.detach().cpu(), where))
        if self.cfg.style in BLOBS:
            fresh = circles(where, torch.full((count,), radius), self.cfg.cubics, 0.1, rng)
        else:
            turn = pi * torch.rand(count, generator=rng)
            fresh = curves(where, turn, torch.full((count,), 4 * radius), self.cfg.cubics, 0.05, rng)
        self.points[dead] = fresh.to(self.points)
        if "rgb" in LEARNT[self.cfg.style]:
            self.rgb[dead] = color[:, :3].to(self.rgb)
        if "opacity" in LEARNT[self.cfg.style]:
            self.opacity[dead] = 0.7
        self.widths[dead] = self.cfg.width
        self.order.copy_(torch.cat([self.order[~dead[self.order]], self.order[dead[self.order]]]))
        self.layers[dead] = self.layers.max() + 1

    @property
    def capacity(self) -> int:
        return len(self.order)

    @property
    def traced(self) -> bool:
        return self.cfg.style in BLOBS

    @torch.no_grad()
    def adopt(self, drawing: Drawing) -> None:
        """Take over a drawing's paths, in their order; the others begin anew. ValueError for too many or another kind."""
        count, c = len(drawing.paths), self.cfg.cubics
        if count > len(self.order) or not np.array_equal(drawing.paths.segments, self.chained(count).segments):
            raise ValueError(f"svg: needs at most {len(self.order)} closed paths of {c} cubics, got {count} paths of "
                             f"{len(drawing.paths.segments)} cubics")
        scale = torch.tensor(drawing.size)
        self.points[:count] = (torch.from_numpy(drawing.points).view(count, 3 * c, 2) / scale).to(self.points)
        self.rgb[:count] = torch.from_numpy(drawing.colors[:, :3]).to(self.rgb)
        opacity = torch.from_numpy(drawing.colors[:, 3]).to(self.opacity)
        if "opacity" in LEARNT[self.cfg.style]:
            self.opacity[:count] = opacity
        else:
            self.points[:count][opacity < 0.5] = AWAY       # half there is not there in an opaque style
        self.points[count:] = AWAY
        if len(drawing.layers):
            self.layers[:count] = torch.from_numpy(drawing.layers).to(self.layers)
            self.layers[count:] = self.layers[:count].max()

    @torch.no_grad()
    def begin(self, picture: Tensor, rng: torch.Generator) -> None:
        """Lay tiles, strokes or lines after ``picture`` [h, w, 4], premultiplied sRGB and opacity."""
        picture, cfg, N = picture.cpu(), self.cfg, len(self.order)
        if cfg.style == "pixel":
            color = start.cells(picture, isqrt(N))
        elif cfg.style == "lowpoly":
            self.points[:], self.triangles[:] = settled(picture, *(t.cpu() for t in (self.points, self.triangles, self.free)))
            color = start.inside(picture, self.points[self.triangles].cpu())
        elif cfg.style == "sketch":
            self.points.copy_(smooth(start.contours(picture, N, cfg.cubics + 1, rng)))
            self.tone.copy_(start.resized(picture, (TONE, TONE)))
            return
        else:
            size = torch.linspace(3.0, 0.6, N)              # broad strokes below, fine ones above
            angle, strength = start.along(picture)
            where = torch.cat([start.pick(picture[..., 3], N // 2, rng), start.pick(strength, N - N // 2, rng)])
            turn = torch.atan2(*start.at(torch.stack([(2 * angle).sin(), (2 * angle).cos()], -1), where).unbind(-1)) / 2
            self.points.copy_(curves(where, turn, 2 * size * cfg.radius, cfg.cubics, 0.02, rng))
            self.widths.copy_(size * cfg.width)
            color = start.straight(start.at(picture, where))
        self.rgb.copy_(color[:, :3])
        self.opacity.copy_(color[:, 3])

    @torch.no_grad()
    def drawing(self, edge: float) -> Drawing:
        """The scene as an asset on a canvas ``edge`` units wide, without what is dead; no tile is half there."""
        left = self.order[~self.dead()[self.order]]
        points = self.outlines()[left].flatten(0, 1) * edge
        colors = torch.cat([self.rgb, self.written()[:, None]], 1)[left]
        background = None if self.cfg.background == "none" else tuple(self.paper.tolist())
        arrays = (each.cpu().numpy() for each in (points, colors, self.widths[left] * edge))
        return Drawing(self.chained(len(left)), *arrays, (edge, edge), background, self.layers[left].cpu().numpy())
