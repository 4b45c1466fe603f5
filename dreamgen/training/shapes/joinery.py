"""What furniture is made of and with: woods and metals, boards, turned rods, cushions, and bent sheets."""

import numpy as np
from numpy.random import Generator

from .parts import Color, Part, Point, ball, box, part, tube

OAK, WALNUT, BEECH, MAHOGANY = (0.72, 0.53, 0.33), (0.43, 0.28, 0.18), (0.83, 0.66, 0.45), (0.46, 0.21, 0.14)
WOODS = OAK, WALNUT, BEECH, MAHOGANY
BRASS, CHROME, IRON = (0.84, 0.66, 0.34), (0.74, 0.76, 0.79), (0.20, 0.20, 0.22)
LINEN, CHARCOAL, SAGE, CLAY = (0.93, 0.89, 0.82), (0.25, 0.26, 0.29), (0.58, 0.66, 0.54), (0.80, 0.48, 0.36)
ACCENTS = LINEN, SAGE, CLAY, (0.88, 0.69, 0.36), (0.36, 0.46, 0.58)


def pick(rng: Generator, *options):
    return options[int(rng.integers(len(options)))]


def grained(color: Color) -> float:
    """How much of the grain is seen: all of it on the browns of wood, little through paint."""
    r, g, b = color
    return 1.0 if r > g > b and 0.35 < 1 - b / r < 0.8 else 0.35


def board(size: Point, at: Point, color: Color, soft: float = 0.15, grain: float = 0.07, kind: str = "") -> Part:
    """A box of wood, its grain along its longest edge where ``kind`` does not say otherwise."""
    return wooden(box(size, at, color, soft), kind or ("wood_x", "wood", "wood_z")[int(np.argmax(size))], grain)


def wooden(made: Part, kind: str = "wood", grain: float = 0.07) -> Part:
    return made.finished(kind, grain, amount=grained(made.colors[0]), gloss=0.15)


def polished(made: Part, gloss: float = 0.9) -> Part:
    return made.finished("metal", 0.1, gloss=gloss)


def covered(made: list[Part], cloth: str, size: float = 0.045) -> list[Part]:
    """In "fabric", "knit" or "leather"."""
    return [p.finished(cloth, size, gloss=0.35 if cloth == "leather" else 0.0) for p in made]


def spindle(start: Point, end: Point, radius: float, color: Color, turns=(1, 0.8, 1, 0.75, 1.1, 0.7)) -> Part:
    """A turned rod; ``turns`` are its radii on the way, in units of ``radius``."""
    way = np.linspace(start, end, len(turns))
    return wooden(tube(way, radius * np.asarray(turns, float), color))


def cushion(size: Point, at: Point, color: Color, flat: float = 0.55, square: float = 0.3, corners: int = 28) -> Part:
    """A filled bag of edges ``size``, thin in y: ``flat`` 1 is a lens and towards 0 a slab, ``square`` its outline."""
    made = ball(1.0, (0, 0, 0), color, corners)
    x, y, z = np.abs(made.vertices).T + 1e-9
    reach = ((x**(2 / square) + z**(2 / square))**(square / flat) + y**(2 / flat))**(-flat / 2)
    return part(made.vertices * reach[:, None] * np.divide(size, 2), made.faces, color).moved(*at)


def sheet(grid: np.ndarray, thick: float, color: Color) -> Part:
    """A bent board through the points [K, N, 3]; its front looks along d/dk x d/dn."""
    along, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    out = np.cross(along, across)
    out *= thick / 2 / np.linalg.norm(out, axis=-1, keepdims=True)
    K, N = grid.shape[:2]
    front = np.arange(K * N).reshape(K, N)
    back = front + K * N
    quads = [(front[:-1, :-1], front[1:, :-1], front[1:, 1:], front[:-1, 1:]),
             (back[:-1, :-1], back[:-1, 1:], back[1:, 1:], back[1:, :-1])]
    rim = np.concatenate([front[:-1, 0], front[-1, :-1], front[:0:-1, -1], front[0, :0:-1]])
    after = np.roll(rim, -1)
    quads.append((after, rim, rim + K * N, after + K * N))
    faces = []
    for quad in quads:
        a, b, c, d = (corner.reshape(-1) for corner in quad)
        faces += [np.stack([a, b, c], -1), np.stack([a, c, d], -1)]
    return part(np.concatenate([(grid + out).reshape(-1, 3), (grid - out).reshape(-1, 3)]), np.concatenate(faces),
                color)
