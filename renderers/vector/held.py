r"""A drawing that is improved and stays one: few shapes of any number of cubics, whose form is held.

    theta <- P(theta - lr grad),     P: smooth joints stay smooth, mirror images mirror images (smooth.py)

Learnt are the points, the colors of the palette (one a color, however many shapes have it), with ``gradients`` the frames
and the stops' colors of gradients, and, of lines, their one width. Opacity is 1, as in a drawing by hand, unless the
drawing that was taken over says otherwise. What is written fills the canvas; ``frame`` leads from there to where, and how
large, the prior saw the thing, and is used in training only. A shape whose loss changes the picture less than a shape must
is left out while the run goes on:

    pays_n = sum over pixels |picture - picture without n|^2 / number of pixels     >= PAYS

Styles: flat, filled shapes; outline and sketch, lines of one width and color.
"""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import Parameter

from ..drawing import Drawing, Paint, Paths, chains, fit, look, look_at_frames, only
from ..ops.fill import fill
from ..scene import Render
from ..sheet import Sheet
from . import begin as start
from .crossing import xing
from .seen import of_what_is_seen, seen
from .shapes import circles, curves
from .smooth import bend, joints, mirrored, mirrored_frames, pairs, smoothed, turned, twins

RATE = {"points": 0.02, "palette": 0.03, "width": 0.005,       # of the recipe's: a shape may move, not lose its form or color
        "frames": 0.02, "shades": 0.03}
PAYS = 4e-5                 # a disc of 1/60 of the edge in radius, in a contrast of 0.2
SAME = 2e-3                 # canvases and colors within which gradients are each other's mirror images
SEEN = 64                   # pixels of the picture in which a shape is to pay
EVERY = 10                  # steps
TONE = 128                  # pixels of the picture that lines are shown over
TOPOLOGY = ("segments", "subpaths", "offsets", "paint", "closed", "gradient")
ADDED = {"gradient": torch.int8, "frames": torch.float32, "shades": torch.float32, "stops": torch.float32, "pairs": torch.int64,
         "upright": torch.bool}         # not in checkpoints from before there were gradients


class HeldDrawing(torch.nn.Module):
    """The scene of kind svg for flat, outline and sketch; see scenes/svg.py for its Config."""

    traced = True

    def __init__(self, cfg, rng: torch.Generator):
        super().__init__()
        self.cfg, N = cfg, cfg.budget
        self.failure_hints = {"empty": "raise start.pictures or guidance.guidance_scale"}
        self.lines = cfg.style != "flat"
        where, size = 0.2 + 0.6 * torch.rand(N, 2, generator=rng), cfg.radius * (0.5 + torch.rand(N, generator=rng))
        if self.lines:
            turn = torch.pi * torch.rand(N, generator=rng)
            points = curves(where, turn, 3 * size, cfg.cubics, 0.05, rng)
        else:
            points = circles(where, size, cfg.cubics, 0.1, rng)
        paint = Paint.ROUND if self.lines else Paint.NONZERO
        colors = torch.zeros(N, 3) if self.lines else torch.rand(N, 3, generator=rng)
        self.points, self.palette = Parameter(points.flatten(0, 1)), Parameter(colors)
        self.width, self.paper = Parameter(torch.tensor([cfg.width])), Parameter(torch.ones(3))
        self.frames, self.shades = Parameter(torch.zeros(0, 2, 3)), Parameter(torch.zeros(0, 0, 4))     # of gradients, [N ...]
        for name in (*TOPOLOGY, "color_of", "opacity", "layers", "joints", "twins", "stops", "pairs", "upright"):
            self.register_buffer(name, torch.zeros(0))
        self.register_buffer("frame", torch.tensor([[1.0, 0, 0], [0, 1, 0]]))   # of the unit square, to the training view
        self.register_buffer("tone", torch.zeros(TONE, TONE, 4) if self.lines else torch.zeros(0, 0, 4))
        self._tie(chains([cfg.cubics] * N, not self.lines, paint), torch.arange(N), torch.ones(N),
                  torch.zeros(N, dtype=torch.int32))
        self._register_load_state_dict_pre_hook(self._resize)

    def _tie(self, paths: Paths, color_of: Tensor, opacity: Tensor, layers: Tensor) -> None:
        """Take ``paths`` of the points as they are now, which say what is smooth and what symmetric."""
        points, device = self.points.detach().cpu().double().numpy(), self.points.device
        arrays = (paths.segments, paths.subpaths, paths.paths, paths.paint, paths.closed, paths.gradient)
        found = dict(zip(TOPOLOGY, map(torch.from_numpy, arrays), strict=True), color_of=color_of, opacity=opacity, layers=layers,
                     joints=torch.from_numpy(joints(points, paths)), twins=torch.from_numpy(twins(points, paths)))
        frames, shades, kinds = (each.detach().cpu() for each in (self.frames, self.shades, found["gradient"]))
        found["pairs"] = torch.from_numpy(pairs(found["twins"].numpy(), paths))[:len(frames)]
        away = (mirrored_frames(frames, found["pairs"], kinds) - frames).abs().amax() if len(frames) else 0
        if away > SAME or len(frames) and (shades - shades[found["pairs"]]).abs().amax() > SAME:
            found["pairs"] = found["pairs"][:0]         # light from one side on a symmetric thing
        found["upright"] = (turned(frames[..., 0]) - frames[..., 1]).abs().amax(1) <= 1e-3 * frames[..., 0].norm(dim=1)
        for name, value in found.items():
            setattr(self, name, value.to(device))

    def _resize(self, state: dict, prefix: str, *_) -> None:
        """A checkpoint's drawing has its own number of points, colors and shapes; an old one has no gradients."""
        N = len(state.get(prefix + "opacity", self.opacity))
        for name, dtype in ADDED.items():
            shape = {"gradient": (N,), "frames": (0, 2, 3), "shades": (0, 0, 4)}.get(name, (0,))
            state.setdefault(prefix + name, torch.zeros(shape, dtype=dtype))
        for name in (*self._parameters, *self._buffers):
            mine, saved = getattr(self, name), state.get(prefix + name)
            if saved is not None and saved.shape != mine.shape or saved is not None and saved.dtype != mine.dtype:
                mine.data = torch.empty_like(saved, device=mine.device)

    @property
    def paths(self) -> Paths:
        return Paths(*(getattr(self, name).cpu().numpy() for name in TOPOLOGY))

    @property
    def capacity(self) -> int:
        return max(self.cfg.budget, len(self.opacity))

    def picture(self, size: tuple[int, int], opacity: Tensor, learning: bool = False) -> Tensor:
        """[H, W, 4] premultiplied sRGB and opacity, without background, of shapes ``opacity`` [N]; differentiable."""
        view = fit((1, 1), size).to(self.points)
        if learning:
            view = view @ torch.cat([self.frame, self.frame.new_tensor([[0, 0, 1]])])
        points, widths = look(self.points, self.width.expand(len(opacity)), view)
        colors = torch.cat([self.palette[self.color_of], opacity[:, None]], 1)
        if not len(self.frames):
            return fill(points, colors[None], widths, self.paths, size)[0]
        stops = torch.cat([self.stops[..., None], self.shades], -1)
        return fill(points, colors[None], widths, self.paths, size, look_at_frames(self.frames, view), stops[None])[0]

    def render(self, camera: Sheet, progress: float = 1.0, rng: torch.Generator | None = None) -> Render:
        """With ``rng`` as it is learnt; without, as it would be written."""
        picture = self.picture(camera.size, self.opacity, learning=rng is not None)
        return seen(picture, self.tone, self.cfg.background, self.paper, camera, rng)

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """xing (LIVE), bend (smooth.py), saturation (VectorFusion's, of what is opaque), entropy."""
        cubics = self.points[self.segments]
        return {"xing": xing(cubics), "bend": bend(cubics), **of_what_is_seen(render)}

    def param_groups(self) -> list[dict]:
        learnt = ["points", *(["width"] if self.lines else ["palette"]), *(["frames", "shades"] if self.cfg.gradients else []),
                  *(["paper"] if self.cfg.background == "learned" else [])]
        return [{"name": name, "params": [getattr(self, name)], "lr": RATE.get(name, 0.1)} for name in learnt]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        """Back into range and into form; what does not pay any more is left out."""
        for color in (self.palette, self.paper, self.shades):
            color.clamp_(0, 1)
        self.width.clamp_(min=0.25 * self.cfg.width, max=4 * self.cfg.width)
        self.points.copy_(mirrored(smoothed(mirrored(self.points, self.twins), self.joints), self.twins))
        if self.cfg.gradients and len(self.frames):
            if len(self.pairs):
                self.frames.copy_(mirrored_frames(self.frames, self.pairs, self.gradient))
                self.shades.copy_((self.shades + self.shades[self.pairs]) / 2)
            self.frames[self.upright, :, 1] = turned(self.frames[self.upright, :, 0])
        if (step + 1) % EVERY == 0 and progress <= self.cfg.revive_until:
            self.opacity[self.pays() < PAYS] = 0

    @torch.no_grad()
    def pays(self) -> Tensor:
        """[N] mean squared change of the picture if a shape were not there."""
        N = len(self.opacity)
        without = self.opacity * (1 - torch.eye(N, device=self.opacity.device))
        whole = self.picture((SEEN, SEEN), self.opacity)
        change = [(self.picture((SEEN, SEEN), row) - whole).square().sum(-1).mean() for row in without]
        return torch.stack(change) if change else self.opacity

    @torch.no_grad()
    def adopt(self, drawing: Drawing, frame: Tensor | None = None) -> None:
        """Become ``drawing``: its paths in its order, whatever their number of cubics.

        Args:
            frame: [2, 3] from the drawing, of the unit square, to where the prior should see it; where it is if None.

        Raises:
            ValueError: fills in a style of lines, or lines in flat.
        """
        if ((drawing.paths.paint >= Paint.BUTT) != self.lines).any():
            raise ValueError(f"svg: {self.cfg.style} needs {'lines' if self.lines else 'filled paths'} only")
        device = self.points.device
        colors, color_of = np.unique(drawing.colors[:, :3], axis=0, return_inverse=True)
        self.points.data = (torch.from_numpy(drawing.points).float() / torch.tensor(drawing.size)).to(device)
        self.palette.data = torch.from_numpy(colors).float().to(device)
        if self.lines and len(drawing.widths):
            self.width.data = torch.tensor([float(drawing.widths.mean()) / max(drawing.size)], device=device)
        self.frames.data = (torch.from_numpy(drawing.frames).float() / max(drawing.size)).to(device)
        self.shades.data = torch.from_numpy(drawing.stops[..., 1:]).float().to(device)
        self.stops = torch.from_numpy(drawing.stops[..., 0]).float().to(device)
        layers = drawing.layers if len(drawing.layers) else np.zeros(len(drawing.paths), np.int32)
        self._tie(drawing.paths, torch.from_numpy(color_of.reshape(-1)), torch.from_numpy(drawing.colors[:, 3]).float(),
                  torch.from_numpy(layers))
        if frame is not None:
            self.frame.copy_(frame)
        if drawing.background is not None:
            self.paper.data = torch.tensor(drawing.background).float().to(device)

    @torch.no_grad()
    def shade(self, picture: Tensor) -> None:
        """Show lines to the prior over ``picture`` [h, w, 4], premultiplied sRGB and opacity, from which they are."""
        if self.lines:
            self.tone.copy_(start.resized(picture, (TONE, TONE)))

    @torch.no_grad()
    def drawing(self, edge: float) -> Drawing:
        """The scene as an asset on a canvas ``edge`` units wide, without what does not pay."""
        keep = (self.opacity > 0).cpu().numpy()
        colors = torch.cat([self.palette[self.color_of], self.opacity[:, None]], 1).cpu().numpy()[keep]
        background = None if self.cfg.background == "none" else tuple(self.paper.tolist())
        width = np.full(int(keep.sum()), float(self.width) * edge, np.float32)
        paths, layers = only(self.paths, keep), self.layers.cpu().numpy()[keep]
        drawing = Drawing(paths, (self.points * edge).cpu().numpy(), colors, width, (edge, edge), background, layers)
        if not paths.gradient.any():
            return drawing
        stops = torch.cat([self.stops[..., None], self.shades], -1)
        return replace(drawing, frames=(self.frames * edge).cpu().numpy()[keep], stops=stops.cpu().numpy()[keep])
