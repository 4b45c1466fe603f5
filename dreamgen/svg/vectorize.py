r"""A picture as layered paths (LIVE: Ma et al., arXiv:2206.04655): put paths where the error is, fit all, again.

    L = mean over pixels of w (|d_black|^2 + |d_white|^2) / 2 + XING xing       d: drawing - picture, over black, white

Layers hold 1, 2, 4, 8, ... paths. Each new path is put on the largest regions of like error: a circle in the region's
deepest place. As in LIVE, w keeps what lies far from all regions so far from pulling at paths that are not meant for it
(there a distance to contours, here to regions); the last stretch, with all paths, fits the whole picture with w = 1. A
path that fades or shrinks away is put anew, on top.
"""

import time
from collections.abc import Iterator
from math import cos, pi

import numpy as np
import torch
from scipy.ndimage import distance_transform_edt, label
from torch import Tensor
from torch.nn.functional import interpolate

from renderers.drawing import Drawing, Paint, Paths, chains
from renderers.ops.fill import fill
from renderers.vector.crossing import xing
from renderers.vector.shapes import circles

from ..io.report import Report

EDGE = 160                  # pixels of the longer side that is fitted; larger pictures are averaged down
ENOUGH = 8 * EDGE           # pixels of the longer side, more of which need not be read
CUBICS = 4                  # of a path
LAYER, LAST = 80, 240       # steps of a layer, and of the last stretch with all paths
POINT, COLOR = 1 / 160, 0.02        # Adam's steps at their largest: parts of the longer side, color and opacity
XING = 1e-4                 # LIVE's 0.01 on a loss 100 times ours
ALIKE = 1 / 3, 2.0, 1 / 255         # how far apart alike errors are: at most, in root mean square errors, at least
NEAR = 0.1                  # longer sides around a region where its paths are pulled fully
FAINT, SMALL = 0.03, 1.0    # opacity, and area of its box in pixels, below which a path is put anew
OPAQUE = 0.98               # opacity above which a pixel has none behind


def vectorize(image: np.ndarray, paths: int, rng: torch.Generator, size: tuple[int, int] | None = None) -> Drawing:
    """At most ``paths`` closed paths of 4 cubics that look like ``image``; the same for the same arguments.

    Args:
        image: [H, W, 3] or [H, W, 4] straight sRGB and opacity, float in [0, 1], any size.
        paths: how many, > 0.
        rng: shakes the circles that paths begin as.
        size: (H, W) of the drawing; the picture's without it.

    Returns:
        a drawing of W x H units, layers from the bottom; its background is the most common color of a picture without
        transparency, else None.

    Raises:
        ValueError: an array that is no picture, no path.
    """
    tracing = Tracing(image, paths, rng, size)
    for _ in tracing.run():
        pass
    return tracing.drawing()


class Tracing:
    """What ``vectorize`` does, step by step: ``run`` to the end, then ask for the ``drawing``."""

    def __init__(self, image: np.ndarray, paths: int, rng: torch.Generator, size: tuple[int, int] | None = None):
        if image.ndim != 3 or image.shape[2] not in (3, 4) or 0 in image.shape:
            raise ValueError(f"vectorize: the picture is {list(image.shape)}, want [H, W, 3 or 4]")
        if paths < 1:
            raise ValueError(f"vectorize: paths is {paths}, want at least 1")
        self.shape, self.budget, self.rng = size or image.shape[:2], paths, rng
        self.target = premultiplied(np.asarray(image, np.float32))              # [h, w, 4]
        self.edge = max(self.target.shape[:2])
        self.background = common_color(self.target)                             # [3], or None
        self.near = torch.zeros(self.target.shape[:2])                          # w
        self.points, self.colors = torch.zeros(0, 3 * CUBICS, 2), torch.zeros(0, 4)
        self.layers = np.zeros(0, np.int32)

    def run(self, seed: int = 0) -> Iterator[Report]:
        """A report per step, of ``seed``; its stage is the layer, its loss is named "error"."""
        began, layer, size = time.monotonic(), 0, 1
        while True:
            self.prune()
            more = self.budget - len(self.points)
            last = more <= size
            if not self.grow(min(size, more), layer):
                last = True                                                     # nothing is wrong any more
            if last:
                self.near.fill_(1)
            steps = LAST if last else LAYER
            for step, error in enumerate(self.fit(steps), 1):
                yield Report(layer, step, steps, seed, time.monotonic() - began, {"error": error})
            if last:
                return
            layer, size = layer + 1, 2 * size

    def fit(self, steps: int) -> Iterator[float]:
        """Move all paths; yields the error of each step."""
        points, colors, paths = self.points.requires_grad_(), self.colors.requires_grad_(), closed(len(self.points))
        segments = torch.from_numpy(paths.segments)
        adam = torch.optim.Adam([{"params": [points], "lr": POINT * self.edge}, {"params": [colors], "lr": COLOR}],
                                betas=(0.9, 0.9), eps=1e-9, fused=True)
        start = [group["lr"] for group in adam.param_groups]
        for step in range(steps):
            for group, most in zip(adam.param_groups, start, strict=True):
                group["lr"] = most * min(1.0, (step + 1) / 5) * 0.5 * (1.05 + 0.95 * cos(pi * step / steps))
            black, opacity = (self.painted(points, colors, paths) - self.target).split((3, 1), -1)
            error = (self.near * (black.square() + (black - opacity).square()).sum(-1) / 2).mean()
            loss = error + XING * xing(points.view(-1, 2)[segments])
            adam.zero_grad()
            loss.backward()
            adam.step()
            with torch.no_grad():
                colors.clamp_(0, 1)
            yield float(error.detach())
        self.points, self.colors = points.detach(), colors.detach()

    def painted(self, points: Tensor, colors: Tensor, paths: Paths) -> Tensor:
        """[h, w, 4] premultiplied, over the background if there is one."""
        widths = torch.zeros(1, len(points))
        rgba = fill(points.view(1, -1, 2), colors[None], widths, paths, self.target.shape[:2])[0]
        if self.background is None:
            return rgba
        below = torch.cat([self.background, torch.ones(1)])
        return rgba + (1 - rgba[..., 3:]) * below

    @torch.no_grad()
    def grow(self, count: int, layer: int) -> bool:
        """Put ``count`` paths where the error is; False if there is none."""
        error = self.target - self.painted(self.points, self.colors, closed(len(self.points)))
        found = regions(error.numpy(), count)
        for inside in found:
            depth = distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1]
            y, x = np.unravel_index(depth.argmax(), depth.shape)
            centre = torch.tensor([[float(x) + 0.5, float(y) + 0.5]])
            radius = torch.tensor([max(float(depth[y, x]), 1.0)])
            where = torch.from_numpy(inside)
            color = self.target[where].mean(0)
            color = torch.cat([color[:3] / color[3:].clamp_min(1e-3), color[3:]])
            self.points = torch.cat([self.points, circles(centre, radius, CUBICS, 0.02, self.rng)])
            self.colors = torch.cat([self.colors, color.clamp(0, 1)[None]])
            self.layers = np.append(self.layers, np.int32(layer))
            away = torch.from_numpy(distance_transform_edt(~inside).astype(np.float32)) / (NEAR * self.edge)
            self.near = torch.maximum(self.near, (1.5 - away).clamp(0, 1))
        return bool(found)

    @torch.no_grad()
    def prune(self) -> None:
        """Give up the paths that show nothing."""
        extent = self.points.amax(1) - self.points.amin(1)      # an area with a sign would miss a figure of eight
        shows = (self.colors[:, 3] > FAINT) & (extent.prod(1) > SMALL)
        self.points, self.colors, self.layers = self.points[shows], self.colors[shows], self.layers[shows.numpy()]

    def drawing(self) -> Drawing:
        """The paths so far, in the drawing's units."""
        (H, W), (h, w) = self.shape, self.target.shape[:2]
        N = len(self.points)
        points = self.points.view(-1, 2) * torch.tensor([W / w, H / h])
        background = None if self.background is None else tuple(self.background.tolist())
        return Drawing(closed(N), points.numpy(), self.colors.numpy(), np.zeros(N, np.float32), (W, H), background,
                       self.layers)


def closed(count: int) -> Paths:
    """``count`` paths of CUBICS each."""
    return chains([CUBICS] * count, True, Paint.NONZERO)


def premultiplied(image: np.ndarray) -> Tensor:
    """[h, w, 4] color times opacity, and opacity, of a straight picture; the longer side at most EDGE."""
    rgb, a = image[..., :3], image[..., 3:] if image.shape[2] == 4 else np.ones_like(image[..., :1])
    planes = torch.from_numpy(np.concatenate([rgb * a, a], 2)).permute(2, 0, 1)[None]
    H, W = image.shape[:2]
    scale = EDGE / max(H, W)
    if scale < 1:
        planes = interpolate(planes, (max(round(scale * H), 1), max(round(scale * W), 1)), mode="area")
    return planes[0].permute(1, 2, 0).contiguous()


def common_color(picture: Tensor) -> Tensor | None:
    """[3] the middle of the most common colors of an opaque picture; None for one that is seen through."""
    if (picture[..., 3] < OPAQUE).any():
        return None
    colors = picture[..., :3].reshape(-1, 3)
    code = (colors * 7.99).long() @ torch.tensor([64, 8, 1])
    return colors[code == code.mode().values].median(0).values


def regions(error: np.ndarray, count: int) -> list[np.ndarray]:
    """Up to ``count`` masks [h, w] of connected pixels of like error, of ``error`` [h, w, 4]; the worst first."""
    most, relative, least = ALIKE
    step = max(min(most, relative * float(np.sqrt(np.square(error).mean()))), least)
    alike = np.rint(error / step).astype(np.int64)
    alike -= alike.min()
    code = alike @ (alike.max() + 1) ** np.arange(4)
    code[(np.abs(error) < step / 2).all(-1)] = -1
    weight = np.square(error).sum(-1)
    found = []
    for value in np.unique(code[code >= 0]):
        parts, n = label(code == value)
        sums = np.bincount(parts.ravel(), weight.ravel(), n + 1)
        found += [(float(sums[i]), value, i, parts) for i in range(1, n + 1)]
    found.sort(key=lambda each: -each[0])
    return [parts == i for _, _, i, parts in found[:count]]
