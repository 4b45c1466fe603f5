r"""What a held drawing begins from: a drawing of the user's, an SVG file, that is then distilled.

    x_view = s u + (1/2 - s c)          u in the unit square;  c the middle of what is drawn, s = SEEN / its longer side

Its paths are taken as they are, in their order, with their colors, opacities and layers; they move and keep their form
(renderers/vector/held.py). On the canvas the drawing stays where it is; with ``start.fit`` the prior sees it as large, and
as much in the middle, as the things in its own pictures. It is told the side on which it finds the prompt most probable:

    side = argmin_v e(t, eps; prompt, v)                e: guidance/agreement.py
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from renderers.drawing import Drawing
from renderers.particles import each
from renderers.scene import Render
from renderers.vector.held import HeldDrawing

from .. import svg
from ..errors import ConfigError
from ..io.report import Report
from ..io.rng import stream
from ..svg.xml import MAX_BYTES
from .agreeing import agreeing
from .drawn import VIEWS, angles
from .state import Work

NEEDED = "need stages.0.scene.style=flat and hold=true to begin from a drawing"         # of a scene of paths that is not held
SEEN = 0.62                 # of the view: the longer side of a thing in the prior's pictures
SIDES = ("front", "corner", "side")
DRAWS, NAMES = 4, 6         # (t, eps) of the verdict on a side, and names beside the prompt
MOST = 4000                 # points; the search for mirror images compares each with each


def begin(work: Work) -> Iterator[Report]:
    """Begin the first scene from ``start.file``, its particles, ``HeldDrawing`` ones, alike; yields a note. Raises ConfigError,
    one sentence."""
    cfg, particles = work.recipe.start, each(work.scene)
    if particles[0].lines:
        raise ConfigError(f"start.file: need stages.0.scene.style=flat, got {work.stage.scene.style}; a drawing of filled paths "
                          f"is refined, lines alone tell the prior too little")
    path = Path(cfg.file).expanduser()
    drawing, left_out = read(path)
    for particle in particles:
        particle.adopt(drawing, torch.from_numpy(frame(drawing)).float() if cfg.fit else None)
    notes = [f"begun from {len(drawing.paths)} paths of {path.name}"]
    if left_out:
        notes.append("not kept: " + ", ".join(f"{what} {n:,}" for what, n in left_out.items()))
    if (graded := int((drawing.paths.gradient > 0).sum())) and not work.stage.scene.gradients:
        notes.append(f"{graded} gradients stay as they are; --gradients improves them too")
    if drawing.background is None and work.stage.scene.background != "none":
        notes.append("it has no background and gets a white one; --transparent leaves it out")
    side = best_side(work, particles[0])
    if side:
        work.look_from(VIEWS[side])
        notes.append(f"taken for its {side} view")
    yield work.note("; ".join(notes))


def read(path: Path) -> tuple[Drawing, dict[str, int]]:
    """The visible filled paths of a file on a square canvas, and what was left out. Raises ConfigError, one sentence."""
    if path.suffix.lower() != ".svg":
        raise ConfigError(f"start.file: need an .svg for kind svg, got {path}; `dreamgen vectorize` makes one of a picture")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"start.file: {path}: cannot be read ({error.strerror})") from None
    reading = svg.read(data, str(path))
    drawing = svg.clean(reading.drawing).drawing
    if strokes := int((drawing.paths.paint >= 2).sum()):
        raise ConfigError(f"start.file: {path}: need filled paths only, got {strokes} lines; make outlines of them first")
    if not len(drawing.paths) or len(drawing.points) > MOST:
        raise ConfigError(f"start.file: {path}: need 1 to {MOST:,} points of visible paths, got {len(drawing.points):,}")
    return squared(drawing), reading.left_out


def squared(drawing: Drawing) -> Drawing:
    """``drawing`` in the middle of a canvas as wide as high."""
    edge = max(drawing.size)
    shift = (edge - np.array(drawing.size)) / 2
    frames = drawing.frames + np.concatenate([np.zeros((2, 2)), shift[:, None]], 1) if len(drawing.frames) else drawing.frames
    return replace(drawing, points=(drawing.points + shift).astype(np.float32), frames=frames.astype(np.float32),
                   size=(edge, edge))


def frame(drawing: Drawing) -> np.ndarray:
    """[2, 3] from a square drawing, as the unit square, to where the prior sees it."""
    points = drawing.points / drawing.size[0]
    low, high = points.min(0), points.max(0)
    scale = SEEN / max(float((high - low).max()), 1e-6)
    shift = 0.5 - scale * (low + high) / 2
    return np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])


@torch.no_grad()
def best_side(work: Work, scene: HeldDrawing) -> str:
    """The one of SIDES from which the prior finds the prompt most probable; "" where it knows no other names."""
    size = work.prior.resolution
    rgba = scene.picture((size, size), scene.opacity, learning=True).expand(len(SIDES), -1, -1, -1)
    render = Render(rgba[..., :3], rgba[..., 3:], rgba[..., :3]).over(1.0)
    rng = stream(work.position.seed, "start/side")
    found = agreeing(work.prior, work.recipe, render, *angles(list(SIDES)), rng, NAMES, DRAWS)
    return "" if found is None else SIDES[int(found.errors[:, 0].argmin())]
