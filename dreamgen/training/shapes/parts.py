r"""Colored closed surfaces, of which the shapes are put together; units are whatever a shape likes, +y up, front +z.

All but ``box`` and ``prism`` are one thing, a skin over rings of points:

    lathe   ring_k = (r_k cos a, y_k, r_k sin a)        tube   ring_k = p_k + r_k (u_k cos a + v_k sin a)
    loft    ring_k = (c_k + w_k cos a, y_k + h_k sin a, z_k), squared off at will

Faces are counter-clockwise seen from outside, and every edge of a part belongs to two of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import cos, pi, radians, sin, tau

import numpy as np

from ..finishes import PLAIN, Finish
from .palette import WOOD as WOOD
from .palette import Color
from .polygons import ears

Point = tuple[float, float, float]

BARK, LEAF, GRASS = (0.42, 0.27, 0.15), (0.22, 0.55, 0.20), (0.40, 0.68, 0.25)
DARK, TYRE, STEEL, GLASS = (0.16, 0.16, 0.18), (0.13, 0.13, 0.14), (0.66, 0.68, 0.72), (0.50, 0.72, 0.86)
WHITE, CREAM, GOLD, LIGHT = (0.96, 0.96, 0.95), (0.96, 0.89, 0.74), (0.95, 0.76, 0.20), (1.00, 0.93, 0.62)
RED, ORANGE, YELLOW, BRICK = (0.85, 0.13, 0.11), (0.95, 0.50, 0.08), (0.96, 0.82, 0.14), (0.70, 0.32, 0.24)
STONE, EARTH, PINK, BROWN = (0.66, 0.65, 0.62), (0.72, 0.38, 0.24), (0.95, 0.58, 0.66), (0.45, 0.27, 0.13)

AROUND = 24             # corners of a ring
SAME = 6                # decimals within which two corners are one


@dataclass(frozen=True)
class Part:
    """A closed surface.

    Attributes:
        vertices: [V, 3] float64.
        faces: [F, 3] int into vertices.
        colors: [F, 3] float sRGB in [0, 1].
        finish: what the surface shows besides them.
        grain: [V, 3] where the vertices were before the part was moved: the coordinates of the finish.
    """

    vertices: np.ndarray
    faces: np.ndarray
    colors: np.ndarray
    finish: Finish = PLAIN
    grain: np.ndarray | None = None

    def __post_init__(self):
        if self.grain is None:
            object.__setattr__(self, "grain", self.vertices)

    def finished(self, kind: str, size: float = 0.1, second: Color = Finish.second, amount: float = 1.0,
                 gloss: float = 0.0) -> "Part":
        """With another surface; see ``finishes.Finish``."""
        return replace(self, finish=Finish(kind, size, second, amount, gloss))

    def glossy(self, gloss: float) -> "Part":
        return replace(self, finish=replace(self.finish, gloss=gloss))

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> "Part":
        return replace(self, vertices=self.vertices + (x, y, z))

    def scaled(self, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> "Part":
        """About the origin; a negative factor mirrors, and the faces stay outside."""
        faces = self.faces if x * y * z > 0 else self.faces[:, ::-1]
        return replace(self, vertices=self.vertices * (x, y, z), faces=faces)

    def turned(self, axis: str, degrees: float) -> "Part":
        """About an axis through the origin, "x", "y" or "z", counter-clockwise seen against it."""
        i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
        c, s, vertices = cos(radians(degrees)), sin(radians(degrees)), self.vertices.copy()
        vertices[:, i] = c * self.vertices[:, i] - s * self.vertices[:, j]
        vertices[:, j] = s * self.vertices[:, i] + c * self.vertices[:, j]
        return replace(self, vertices=vertices)

    def painted(self, where: Callable[[np.ndarray], np.ndarray], color: Color) -> "Part":
        """In ``color`` where ``where(centres [F, 3])`` holds, [F] bool."""
        chosen = where(self.vertices[self.faces].mean(1))
        return replace(self, colors=np.where(chosen[:, None], color, self.colors))


def moved(parts: Iterable[Part], x: float = 0.0, y: float = 0.0, z: float = 0.0) -> list[Part]:
    return [part.moved(x, y, z) for part in parts]


def finished(parts: Iterable[Part], kind: str, size: float = 0.1, second: Color = Finish.second, amount: float = 1.0,
             gloss: float = 0.0) -> list[Part]:
    return [part.finished(kind, size, second, amount, gloss) for part in parts]


def turned(parts: Iterable[Part], axis: str, degrees: float) -> list[Part]:
    return [part.turned(axis, degrees) for part in parts]


def pair(*parts: Part) -> list[Part]:
    """Left and right: each part and its mirror image in x."""
    return [side for part in parts for side in (part, part.scaled(x=-1))]


def four(*parts: Part) -> list[Part]:
    """Each part and its mirror images in x and z: the legs of a table."""
    return [side for part in pair(*parts) for side in (part, part.scaled(z=-1))]


def around(part: Part, count: int, start: float = 0.0) -> list[Part]:
    """``count`` copies, evenly turned about the vertical axis, the first by ``start`` degrees."""
    return [part.turned("y", start + 360 * k / count) for k in range(count)]


def stripes(count: int, corners: int = AROUND) -> Callable[[np.ndarray], np.ndarray]:
    """Every other one of ``2 count`` sectors around the vertical axis, for ``painted``; their borders are edges of a
    lathe of ``corners``, if 2 count divides it."""
    return lambda c: np.floor((np.arctan2(c[:, 0], c[:, 2]) / pi - 1 / corners) * count) % 2 == 0


def shade(color: Color, factor: float) -> Color:
    """Darker below 1; above 1 lighter, towards white."""
    if factor <= 1:
        return tuple(c * factor for c in color)
    return tuple(c + (1 - c) * min(factor - 1, 1.0) for c in color)


def part(vertices, faces, color: Color) -> Part:
    """Equal corners made one, and faces without area left out."""
    vertices = np.asarray(vertices, float).reshape(-1, 3)
    _, first, index = np.unique(vertices.round(SAME) + 0.0, axis=0, return_index=True, return_inverse=True)
    faces = index.reshape(-1)[np.asarray(faces, int).reshape(-1, 3)]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)]
    return Part(vertices[first], faces, np.broadcast_to(np.asarray(color, float), (len(faces), 3)))


def skin(rings: np.ndarray, color: Color, closed: bool = False) -> Part:
    """Over rings [K, N, 3], each counter-clockwise seen against the way they go; ends are capped, or joined."""
    K, N = rings.shape[:2]
    ids = np.arange(K * N).reshape(K, N)
    low, high = (ids, np.roll(ids, -1, 0)) if closed else (ids[:-1], ids[1:])
    a, b, c, d = low, np.roll(low, -1, 1), np.roll(high, -1, 1), high
    faces = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    vertices = rings.reshape(-1, 3)
    if not closed:
        vertices = np.concatenate([vertices, rings[[0, -1]].mean(1)])
        for ring, centre, turn in ((ids[0], K * N, -1), (ids[-1], K * N + 1, 1)):
            ends = np.stack([ring, np.roll(ring, -1)][::turn], -1)
            faces.append(np.insert(ends, 0, centre, axis=1))
    return part(vertices, np.concatenate(faces), color)


def lathe(profile, color: Color, at: Point = (0, 0, 0), corners: int = AROUND, closed: bool = False) -> Part:
    """``profile`` [(radius, y), ...] turned about the vertical axis through ``at``, its outside upwards, capped.

    A radius below 0 is 0: smooth curves overshoot at the axis.
    """
    r, y = np.asarray(profile, float).T[:, :, None]
    r = np.maximum(r, 0)
    a = np.linspace(0, tau, corners, endpoint=False) + pi / corners
    return skin(np.stack([r * np.sin(a), y + 0 * a, r * np.cos(a)], -1), color, closed).moved(*at)


def ball(size: float | Point, at: Point, color: Color, corners: int = 20) -> Part:
    """An ellipsoid of half axes ``size``."""
    size = (size,) * 3 if isinstance(size, int | float) else size
    a = np.linspace(-pi / 2, pi / 2, corners // 2 + 1)
    return lathe(np.stack([np.cos(a), np.sin(a)], -1), color, corners=corners).scaled(*size).moved(*at)


def dot(size: float | Point, at: Point, color: Color) -> Part:
    """A ball too small for its corners to be seen: an eye, a seed, a lamp."""
    return ball(size, at, color, 8)


def ring(radius: float, thickness: float, at: Point, color: Color) -> Part:
    """A torus that lies flat; both radii of circles' middles and tubes."""
    a = np.linspace(0, tau, 10, endpoint=False)
    return lathe(np.stack([radius + thickness * np.cos(a), thickness * np.sin(a)], -1), color, at, closed=True)


def tube(points, radius, color: Color, corners: int = 10) -> Part:
    """A round rod along ``points`` [K, 3]; ``radius`` is one number or one a point."""
    p = np.asarray(points, float)
    along = np.gradient(p, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    u = np.eye(3)[np.abs(along).max(0).argmin()]
    a, rings = np.linspace(0, tau, corners, endpoint=False), []
    for centre, way, r in zip(p, along, np.broadcast_to(radius, len(p))):
        u = u - way * (u @ way)                         # carried along, so that the rod does not twist
        u /= np.linalg.norm(u)
        rings.append(centre + r * (np.outer(np.cos(a), u) + np.outer(np.sin(a), np.cross(way, u))))
    return skin(np.stack(rings), color)


def rod(start: Point, end: Point, radius: float, color: Color, tip: float | None = None, corners: int = 12) -> Part:
    """A cylinder between two points; ``tip`` is the radius at the end, 0 for a cone."""
    return tube([start, end], [radius, radius if tip is None else tip], color, corners)


def loft(sections, color: Color, square: float = 1.0, corners: int = AROUND) -> Part:
    """Along z, over ``sections`` [(z, y, half width, half height), ...] with z growing.

    ``square`` is the exponent's inverse: 1 an ellipse, towards 0 a rectangle.
    """
    z, y, w, h = np.asarray(sections, float).T[:, :, None]
    a = np.linspace(0, tau, corners, endpoint=False) + pi / corners
    x_unit, y_unit = (np.sign(f) * np.abs(f) ** square for f in (np.cos(a), np.sin(a)))
    return skin(np.stack([w * x_unit, y + h * y_unit, z + 0 * a], -1), color)


def box(size: Point, at: Point, color: Color, soft: float = 0.0) -> Part:
    """Of edges ``size`` around ``at``, rounded with a radius of ``soft`` (at most 0.5) times the shortest of them."""
    half = np.asarray(size, float) / 2
    radius = min(soft, 0.5) * 2 * half.min()
    line = np.tan(np.linspace(-pi / 4, pi / 4, 6 if soft else 2))       # an even number: none of them is 0
    n = len(line)
    a, b = (grid.reshape(-1) for grid in np.meshgrid(line, line, indexing="ij"))
    sides = [np.insert(np.stack([a, b], -1), axis, side, axis=1) for axis in range(3) for side in (-1.0, 1.0)]
    out = np.concatenate(sides)
    unit = out / np.linalg.norm(out, axis=1, keepdims=True)
    i, j = (grid.reshape(-1) for grid in np.meshgrid(np.arange(n - 1), np.arange(n - 1), indexing="ij"))
    corner = i * n + j
    quads = np.concatenate([np.stack([corner, corner + n, corner + n + 1, corner + 1], -1) + k * n * n
                            for k in range(6)])
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    p, q, r = out[faces].transpose(1, 0, 2)
    inwards = (np.cross(q - p, r - p) * (p + q + r)).sum(1) < 0
    faces[inwards] = faces[inwards, ::-1]
    return part(np.sign(out) * (half - radius) + radius * unit, faces, color).moved(*at)


def prism(outline, depth: float, at: Point, color: Color) -> Part:
    """``outline`` [(x, y), ...], which may not cross itself, ``depth`` thick around z = 0, then moved."""
    flat = np.asarray(outline, float)
    x, y = flat.T
    flat = flat if x @ np.roll(y, -1) > y @ np.roll(x, -1) else flat[::-1]          # counter-clockwise
    n, around_it = len(flat), np.arange(len(flat))
    vertices = np.concatenate([np.insert(flat, 2, side * depth / 2, axis=1) for side in (1, -1)])
    caps = np.array(ears(flat))
    after = np.roll(around_it, -1)
    walls = [np.stack([around_it, around_it + n, after], -1), np.stack([after, around_it + n, after + n], -1)]
    return part(vertices, np.concatenate([caps, caps[:, ::-1] + n, *walls]), color).moved(*at)


def curve(points, count: int = 16) -> np.ndarray:
    """[count, D] along a smooth line through ``points`` [K, D] (Catmull and Rom 1974)."""
    p = np.asarray(points, float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, len(p) - 3, count)
    k = np.minimum(t.astype(int), len(p) - 4)
    u = (t - k)[:, None]
    a, b, c, d = (p[k + i] for i in range(4))
    return b + u / 2 * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)))


def plate(outline, depth: float, at: Point, color: Color, soft: float = 0.04) -> Part:
    """A ``prism`` with its edges rounded off by ``soft``, at most half of ``depth`` and of its narrowest place."""
    flat = np.asarray(outline, float)
    x, y = flat.T
    flat = flat if x @ np.roll(y, -1) > y @ np.roll(x, -1) else flat[::-1]
    n = len(flat)
    way = np.roll(flat, -1, 0) - flat
    out = np.stack([way[:, 1], -way[:, 0]], -1) / np.linalg.norm(way, axis=1, keepdims=True)
    before = np.roll(out, 1, 0)
    miter = (out + before) / np.maximum(1 + (out * before).sum(1, keepdims=True), 0.5)
    bend = [(soft * (1 - cos(a)), depth / 2 - soft + soft * sin(a)) for a in (0, pi / 4, pi / 2)]
    levels = [(inset, -z) for inset, z in bend[::-1]] + bend
    rings = np.stack([np.insert(flat - inset * miter, 2, z, axis=1) for inset, z in levels])
    ids = np.arange(len(levels) * n).reshape(len(levels), n)
    a, b, c, d = ids[:-1], np.roll(ids[:-1], -1, 1), np.roll(ids[1:], -1, 1), ids[1:]
    caps = np.array(ears(flat))
    faces = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3), caps[:, ::-1],
             caps + ids[-1, 0]]
    return part(rings.reshape(-1, 3), np.concatenate(faces), color).moved(*at)


def cut(profile, *heights: float) -> np.ndarray:
    """``profile`` [(radius, y), ...] of growing y with corners at ``heights`` too, where colors are to change."""
    r, y = np.asarray(profile, float).T
    new = np.array([h for h in heights if y.min() < h < y.max()])
    at = np.searchsorted(y, new)
    return np.insert(np.stack([r, y], -1), at, np.stack([np.interp(new, y, r), new], -1), axis=0)
