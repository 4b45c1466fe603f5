"""What one plays with; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (
    WHITE,
    Color,
    Part,
    ball,
    box,
    curve,
    finished,
    lathe,
    moved,
    pair,
    ring,
    shade,
    skin,
    stripes,
    tube,
    turned,
)

INK, RUBBER = (0.13, 0.13, 0.15), 0.35
ACCENTS = (0.97, 0.80, 0.32), (0.95, 0.93, 0.88), (0.93, 0.52, 0.38), (0.36, 0.62, 0.66), (0.42, 0.50, 0.74)


def accent(rng: Generator, hue: Color, choices: tuple[Color, ...] = ACCENTS) -> Color:
    """One of ``choices`` that is seen on ``hue``."""
    seen = [c for c in choices if np.abs(np.subtract(c, hue)).sum() > 0.6] or [INK]
    return seen[rng.integers(len(seen))]


def sphere(color: Color, corners: int = 48) -> Part:
    """Of radius 1, fine enough to be painted upon."""
    a = np.linspace(-np.pi / 2, np.pi / 2, corners // 2 + 1)
    return lathe(np.stack([np.cos(a), np.sin(a)], -1), color, corners=corners)


def heart(color: Color, thick: float = 0.6) -> Part:
    """A puffed heart about 2 wide, upright, facing +z: a ball sheared by the root of |x|."""
    one = sphere(color, 40).turned("x", 90)
    x, y, z = one.vertices.T
    return replace(one, vertices=np.stack([x, 0.92 * y + 0.85 * (x * x + 0.004) ** 0.25 - 0.35, thick * z], -1))


def rolled(rng: Generator, parts: list[Part], tilt: float) -> list[Part]:
    return turned(turned(parts, "z", rng.uniform(-tilt, tilt)), "y", rng.uniform(0, 360))


# Balls

def banded_ball(rng: Generator, hue: Color) -> list[Part]:
    """Rubber with a white band between two lines."""
    line, wide = accent(rng, hue), rng.uniform(0.2, 0.3)
    skin = sphere(hue, 64).painted(lambda c: np.abs(c[:, 1]) < wide + 0.13, line)
    return rolled(rng, [skin.painted(lambda c: np.abs(c[:, 1]) < wide, WHITE).glossy(RUBBER)], 50)


def spot(wide: float, tilt: float, turn: float, color: Color) -> Part:
    """A round patch upon the unit sphere, ``wide`` and ``tilt`` (from its top) in radians, ``turn`` in degrees."""
    profile = [(r * np.sin(a), r * np.cos(a)) for a, r in ((wide, 0.95), (wide, 1.0), (0.94 * wide, 1.015),
                                                          (wide / 2, 1.018), (0, 1.018))]
    return lathe(profile, color, corners=18).turned("x", np.degrees(tilt)).turned("y", turn)


def dotted_ball(rng: Generator, hue: Color) -> list[Part]:
    """Big dots all over: at the corners of an icosahedron."""
    color, wide = accent(rng, hue), rng.uniform(0.27, 0.36)
    spots = [spot(wide, tilt, turn, color) for tilt, start in ((1.107, 0), (2.034, 36)) for turn in
             np.arange(start, 360, 72)]
    skin = [sphere(hue, 36), spot(wide, 0, 0, color), spot(wide, np.pi, 0, color), *spots]
    return rolled(rng, finished(skin, "plain", gloss=RUBBER), 40)


def seamed_ball(rng: Generator, hue: Color) -> list[Part]:
    """Felt, with the seam of a tennis ball."""
    a = np.linspace(0, 2 * np.pi, 61)
    seam = np.stack([np.cos(a) + 0.36 * np.cos(3 * a), np.sin(a) - 0.36 * np.sin(3 * a), 0.96 * np.sin(2 * a)], -1)
    seam *= 0.985 / np.linalg.norm(seam, axis=1, keepdims=True)
    return rolled(rng, [sphere(hue, 36).finished("mottled", 0.1), tube(seam, 0.05, (0.95, 0.94, 0.9), 6)], 60)


def beach_ball(rng: Generator, hue: Color) -> list[Part]:
    """Panels in color and white around a tilted axis."""
    panels = int(rng.choice((3, 4)))
    skin = sphere(WHITE).painted(stripes(panels, 48), hue)
    return beach(rng, skin, accent(rng, hue))


def bright_beach_ball(rng: Generator, hue: Color) -> list[Part]:
    """Every other white panel in a color of its own."""
    skin = sphere(WHITE).painted(stripes(4, 48), hue)
    for k, color in enumerate(((0.98, 0.80, 0.28), (0.32, 0.62, 0.80))):
        sector = lambda c, k=k: np.floor((np.arctan2(c[:, 0], c[:, 2]) / np.pi - 1 / 48) * 4) % 8 == 1 + 4 * k
        skin = skin.painted(sector, color)
    return beach(rng, skin, WHITE)


def beach(rng: Generator, skin: Part, cap: Color) -> list[Part]:
    parts = [skin.glossy(0.45), *(ball((0.2, 0.04, 0.2), (0, y, 0), cap).glossy(0.3) for y in (0.985, -0.985)),
             lathe([(0.06, 0), (0.06, 0.08)], WHITE, (0, 1.0, 0))]
    return turned(turned(parts, "x", rng.uniform(20, 45)), "z", rng.uniform(-25, 25))


def football_panels() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Corners of the 12 pentagons and of the 20 hexagons of a truncated icosahedron, counter-clockwise, unit."""
    g = (1 + 5 ** 0.5) / 2
    tips = np.array([p for s in (1, -1) for t in (g, -g) for p in ((0, s, t), (s, t, 0), (t, 0, s))])
    near = np.abs(np.linalg.norm(tips[:, None] - tips, axis=-1) - 2) < 1e-6
    third = lambda i, j: (2 * tips[i] + tips[j]) / 3

    def ordered(points):
        points = np.array(points)
        c = points.mean(0) / np.linalg.norm(points.mean(0))
        u = points[0] - c * (points[0] @ c)
        return points[np.argsort(np.arctan2(points @ np.cross(c, u) / np.linalg.norm(u), points @ u
                                            / np.linalg.norm(u)))]

    pentagons = [ordered([third(i, j) for j in np.flatnonzero(near[i])]) for i in range(12)]
    hexagons = [ordered([third(a, b) for a in t for b in t if a != b]) for i in range(12) for j in range(i)
                for k in range(j) if near[i, j] and near[j, k] and near[i, k] for t in [(i, j, k)]]
    return pentagons, hexagons


def panel(points: np.ndarray, color: Color) -> Part:
    """A padded patch of the unit sphere with rounded edges."""
    edge = np.concatenate([a + np.linspace(0, 1, 3, endpoint=False)[:, None] * (b - a)
                           for a, b in zip(points, np.roll(points, -1, 0))])
    centre, rings = points.mean(0), []
    for share, radius in ((0.94, 0.93), (0.955, 0.975), (0.9, 1.0), (0.5, 1.0)):
        ring_ = centre + share * (edge - centre)
        rings.append(radius * ring_ / np.linalg.norm(ring_, axis=1, keepdims=True))
    return skin(np.stack(rings), color)


def sewn(rng: Generator, five: Color, six: Color, seam: Color) -> list[Part]:
    pentagons, hexagons = football_panels()
    made = [panel(p, five) for p in pentagons] + [panel(p, six) for p in hexagons]
    return rolled(rng, [sphere(seam, 24).scaled(0.965, 0.965, 0.965), *made], 90)


def soccer_ball(rng: Generator, hue: Color) -> list[Part]:
    return finished(sewn(rng, INK, (0.95, 0.95, 0.94), (0.45, 0.45, 0.46)), "plain", gloss=0.25)


def old_soccer_ball(rng: Generator, hue: Color) -> list[Part]:
    """Of leather."""
    light = shade((0.80, 0.58, 0.36), rng.uniform(0.85, 1.1))
    return finished(sewn(rng, (0.32, 0.20, 0.13), light, (0.24, 0.15, 0.1)), "leather", 0.12, gloss=0.2)


def basketball(rng: Generator, hue: Color) -> list[Part]:
    return ribbed(rng, sphere((0.86, 0.43, 0.15), 40))


def two_tone_basketball(rng: Generator, hue: Color) -> list[Part]:
    return ribbed(rng, sphere((0.80, 0.40, 0.16), 48).painted(lambda c: c[:, 0] * c[:, 1] > 0, (0.92, 0.76, 0.52)))


def ribbed(rng: Generator, ball_: Part) -> list[Part]:
    """With the black ribs of a basketball: two great circles, and two bows."""
    a = np.linspace(0, 2 * np.pi, 49)
    bow = np.stack([0.62 + 0.14 * np.cos(2 * a), np.sin(a), np.cos(a)], -1)
    bow *= 0.985 / np.linalg.norm(bow, axis=1, keepdims=True)
    lines = [ring(0.985, 0.042, (0, 0, 0), INK).turned("x", 90), ring(0.985, 0.042, (0, 0, 0), INK).turned("z", 90),
             *pair(tube(bow, 0.042, INK, 6))]
    return rolled(rng, [ball_.finished("leather", 0.05, amount=1.2, gloss=0.15), *lines], 40)


# Balloons

def string(rng: Generator, top: float, color: Color) -> Part:
    s = rng.uniform(0.06, 0.12)
    return tube(curve([(0, top, 0), (s, top - 0.5, 0.03), (-s, top - 1.0, -0.03), (s, top - 1.5, 0)], 16), 0.035, color,
                6)


def balloon(rng: Generator, hue: Color) -> list[Part]:
    long = rng.uniform(1.0, 1.2)
    body = lathe(curve([(0, -1.12 * long), (0.14, -1.06 * long), (0.68, -0.5), (0.95, 0.15), (0.66, 0.78), (0, 1.0)],
                       22), hue, corners=32)
    knot = lathe(curve([(0.2, -0.2), (0.12, -0.08), (0.06, 0.06)], 5), shade(hue, 0.85), (0, -1.08 * long, 0))
    return [body.glossy(0.55), knot.glossy(0.4), string(rng, -1.2 * long, (0.85, 0.84, 0.82))]


def printed_balloon(rng: Generator, hue: Color) -> list[Part]:
    """Nearly round, with bands of dots; a curled ribbon."""
    color = accent(rng, hue)
    spots = [spot(0.2, tilt, turn + 30 * (k % 2), color) for k, tilt in enumerate((0.65, 1.2, 1.75))
             for turn in range(0, 360, 60)]
    body = [p.scaled(1, 1.1, 1).glossy(0.5) for p in (sphere(hue, 32), *spots)]
    a = np.linspace(0, 5 * np.pi, 40)
    curl = tube(np.stack([0.1 * np.sin(a), -1.2 - 0.085 * a, 0.1 * np.cos(a) - 0.1], -1), 0.04, color, 6)
    return [*body, lathe([(0.17, -0.16), (0.05, 0.05)], shade(hue, 0.85), (0, -1.1, 0)), curl]


def heart_balloon(rng: Generator, hue: Color) -> list[Part]:
    """Of foil."""
    return [heart(hue, rng.uniform(0.45, 0.6)).glossy(0.75),
            lathe([(0.15, -0.14), (0.06, 0.06)], shade(hue, 0.8), (0, -1.08, 0)), string(rng, -1.15, (0.9, 0.88, 0.84))]


# Presents

def bow(size: float, color: Color) -> list[Part]:
    """Two loops, two tails and a knot, standing on y = 0."""
    loop = curve([(0, 0.04), (0.24, 0.3), (0.5, 0.36), (0.56, 0.2), (0.34, 0.08), (0, 0.03)], 14)
    loop = tube(np.insert(loop, 2, 0, axis=1), 0.05, color, 8).scaled(z=2.6)
    tail = tube([(0, 0.05, 0.02), (0.2, 0.06, 0.18), (0.44, 0.03, 0.34)], [0.05, 0.07, 0.09], color, 8).scaled(y=0.5)
    return [p.scaled(size, size, size).glossy(0.3)
            for p in (*pair(loop, tail), ball((0.12, 0.1, 0.15), (0, 0.08, 0), shade(color, 0.92)))]


def gift_box(rng: Generator, hue: Color) -> list[Part]:
    high, ribbon = rng.uniform(0.65, 0.95), accent(rng, hue)
    low = high - 0.2
    return [box((1, low, 1), (0, low / 2, 0), hue, 0.04), box((1.1, 0.24, 1.1), (0, high - 0.1, 0), shade(hue, 1.12),
                                                              0.15),
            *(box(s, (0, y, 0), ribbon, 0.1) for wide, y, tall in ((1.03, low / 2, low), (1.14, high - 0.1, 0.27))
              for s in ((0.2, tall, wide), (wide, tall, 0.2))), *moved(bow(rng.uniform(0.95, 1.15), ribbon), 0, high)]


def patterned_gift(rng: Generator, hue: Color) -> list[Part]:
    """Flat and wide, in printed paper, with a bow of four loops."""
    wide, high, ribbon = rng.uniform(1.2, 1.4), rng.uniform(0.5, 0.65), accent(rng, hue)
    paper = str(rng.choice(("dots", "stripes_x", "plaid")))
    body = box((wide, high, 1), (0, high / 2, 0), hue, 0.06).finished(paper, 0.14, shade(hue, 1.45), gloss=0.15)
    return [body, box((0.2, high + 0.04, 1.04), (0, high / 2, 0), ribbon, 0.1),
            box((wide + 0.04, high + 0.04, 0.2), (0, high / 2, 0), ribbon, 0.1),
            *moved(bow(0.95, ribbon), 0, high + 0.01), *moved(turned(bow(0.85, ribbon), "y", 90), 0, high + 0.02)]


def round_gift(rng: Generator, hue: Color) -> list[Part]:
    """A hat box."""
    high, ribbon = rng.uniform(0.7, 1.0), accent(rng, hue)
    low, lid = high - 0.22, shade(hue, 0.8)
    return [lathe([(0.53, 0), (0.55, 0.02), (0.55, low)], hue, corners=40).painted(stripes(10, 40), shade(hue, 1.3)),
            lathe([(0.6, low), (0.6, high - 0.02), (0.57, high)], lid, corners=40),
            box((0.2, low, 1.13), (0, low / 2, 0), ribbon, 0.1),
            box((0.2, 0.27, 1.24), (0, high - 0.11, 0), ribbon, 0.1),
            *moved(bow(1.05, ribbon), 0, high)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "ball": (ANY, banded_ball, dotted_ball, seamed_ball),
    "beach ball": (ANY, beach_ball, bright_beach_ball),
    "soccer ball": (NONE, soccer_ball, old_soccer_ball),
    "basketball": (NONE, basketball, two_tone_basketball),
    "balloon": (ANY, balloon, printed_balloon, heart_balloon),
    "gift box": (ANY, gift_box, patterned_gift, round_gift),
}
