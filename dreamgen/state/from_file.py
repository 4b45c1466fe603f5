r"""What Gaussians or a mesh begin from: a file of the user's. Of Gaussians they take all of them, of a mesh points of its
surface; a mesh takes what a mesh encloses, and its colors. A held drawing begins from one (from_drawing.py).

    x' = R (x - c) / d,    s' = s / d       c the middle and d the diagonal of the object's box, with ``start.fit``

So the object has the place and the size of those in the prior's pictures. R turns the file's ``start.up`` upwards and its
front, at ``start.front_deg``, to the front, about the file's origin without ``start.fit``. The box is that of a mesh's
vertices, and of Gaussians the one around the middle 98 % of their centres along each axis, since in captures some lie far
off. The file is read when the run begins: a checkpoint has the Gaussians, so a resume needs the file no more.

GaussianDreamer (arXiv:2310.08529, section 3.2) and LucidDreamer (arXiv:2311.11284, section 4.2) begin from Shap-E's and
Point-E's objects in the same way.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import torch

from renderers.assets import Splats
from renderers.particles import each
from renderers.scene import Enclosing, Given, Traced
from renderers.splats import product, rotations, turned
from renderers.vector.held import HeldDrawing

from .. import reading
from ..errors import ConfigError
from ..io.report import Report
from ..io.rng import stream
from ..reading import splats
from ..reading.scattered import scattered
from ..recipes.registry import kind_of
from . import from_drawing
from .state import Work

OUTER = 0.01            # share of the centres that lies beyond the box, at each end of each axis
COLORED = 50_000        # points of a mesh's surface, whose colors a mesh scene takes
HALF = 0.5**0.5
UPWARDS = {"y": (1, 0, 0, 0), "z": (HALF, -HALF, 0, 0), "x": (HALF, 0, 0, HALF)}       # quaternions w x y z, front to +z


def begin(work: Work) -> Iterator[Report]:
    """Begin the first scene from ``start.file``; yields a note. Raises ConfigError, one sentence."""
    cfg, scene = work.recipe.start, work.stage.scene
    particles = each(work.scene)
    if isinstance(particles[0], HeldDrawing):
        if (cfg.up, cfg.front_deg) != ("y", 0):
            raise ConfigError("start.up, start.front_deg: need none for a drawing, which has no third axis")
        yield from from_drawing.begin(work)
        return
    if not isinstance(particles[0], Given | Enclosing):
        raise ConfigError(f"start.file: {from_drawing.NEEDED}, got {scene.style}" if isinstance(particles[0], Traced) else
                          f"start.file: need none for {kind_of(scene)}, which cannot begin from a model, got {cfg.file}")
    path, turn = Path(cfg.file).expanduser(), to_front(cfg.up, cfg.front_deg)
    try:
        found, notes = read(path)
        if isinstance(found, Splats):
            if not isinstance(particles[0], Given):
                raise ValueError(f"Gaussians, and {kind_of(scene)} begins from a mesh")
            for particle in particles:
                particle.assume(turned(fitted(found) if cfg.fit else found, turn))
            kind = f"{len(found.positions):,} Gaussians"
        else:
            count = scene.count if isinstance(particles[0], Given) else COLORED
            points, rgb = scattered(found, count, stream(work.position.seed, "start/file"))
            middle, diagonal = box([piece.vertices[np.unique(piece.faces)] for piece in found]) if cfg.fit else (0.0, 1.0)

            def placed(x: np.ndarray) -> torch.Tensor:
                return torch.from_numpy((x - middle) / diagonal @ rotations(np.array([turn]))[0].T).float()

            for particle in particles:
                if isinstance(particle, Given):
                    particle.cover(placed(points), torch.from_numpy(rgb))
                    kind = f"{count:,} points of the mesh"
                else:
                    corners = np.concatenate([piece.vertices[piece.faces] for piece in found])
                    lost = particle.enclose(placed(corners), placed(points), torch.from_numpy(rgb))
                    kind = "what the mesh encloses"
                    notes += [f"{lost:.0%} of its surface is too thin for scene.cells = {scene.cells}"] if lost >= 0.01 else []
    except OSError as error:
        raise ConfigError(f"start.file: {path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise ConfigError(f"start.file: {path}: {error}") from None
    yield work.note("; ".join([f"begun from {kind} in {path.name}", *dict.fromkeys(notes)]))


def to_front(up: str, front_deg: float) -> tuple[float, float, float, float]:
    """The quaternion, w x y z, from a file's axes to the world's."""
    half = radians(front_deg) / 2
    w, x, y, z = product(np.array([cos(half), 0, -sin(half), 0]), np.array(UPWARDS[up]))
    return float(w), float(x), float(y), float(z)


def read(path: Path) -> tuple[Splats | list[reading.Piece], list[str]]:
    """The Gaussians of a file, or else the pieces of its mesh, and notes of what was dropped.

    Raises:
        ValueError: one phrase: neither of them.
        OSError: it cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix not in (suffixes := dict.fromkeys((*splats.SUFFIXES, *reading.SUFFIXES))):
        raise ValueError(f"neither Gaussians nor a mesh; have {', '.join(suffixes)}")
    if suffix not in reading.SUFFIXES:
        return splats.read(path)
    if suffix not in splats.SUFFIXES:
        return pieces(path)
    try:
        return splats.read(path)
    except ValueError as gaussians:
        try:
            return pieces(path)
        except ValueError as mesh:
            raise ValueError(f"as Gaussians: {gaussians}; as a mesh: {mesh}") from None


def pieces(path: Path) -> tuple[list[reading.Piece], list[str]]:
    found = reading.read(path, plain=True)
    return found, [phrase for piece in found for phrase in piece.left_out]


def fitted(found: Splats) -> Splats:
    """``found`` with the middle of its box at the origin and its diagonal 1; raises ValueError without an extent."""
    low, high = np.quantile(found.positions, (OUTER, 1 - OUTER), axis=0)
    middle, diagonal = box([np.stack([low, high])])
    return replace(found, positions=((found.positions - middle) / diagonal).astype(np.float32),
                   log_scales=(found.log_scales - np.log(diagonal)).astype(np.float32), pixel=found.pixel / diagonal)


def box(points: list[np.ndarray]) -> tuple[np.ndarray, float]:
    """The middle [3] and the diagonal of the box around arrays [N, 3]; raises ValueError for one without an extent."""
    together = np.concatenate(points).astype(np.float64)
    low, high = together.min(0), together.max(0)
    diagonal = float(np.linalg.norm(high - low))
    if not diagonal > 0:
        raise ValueError("has no extent, all of it is at one point")
    return (low + high) / 2, diagonal
