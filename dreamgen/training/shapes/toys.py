"""What one plays with; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE, TIMBER
from .parts import (WHITE, Colour, Part, ball, box, curve, dot, finished, lathe, moved,
                    pair, plate, ring, rod, shade, skin, stripes, tube, turned)

INK, RUBBER = (0.13, 0.13, 0.15), 0.35
ACCENTS = (0.97, 0.80, 0.32), (0.95, 0.93, 0.88), (0.93, 0.52, 0.38), (0.36, 0.62, 0.66), (0.42, 0.50, 0.74)


def accent(rng: Generator, hue: Colour, choices: tuple[Colour, ...] = ACCENTS) -> Colour:
    """One of ``choices`` that is seen on ``hue``."""
    seen = [c for c in choices if np.abs(np.subtract(c, hue)).sum() > 0.6] or [INK]
    return seen[rng.integers(len(seen))]


def sphere(colour: Colour, corners: int = 48) -> Part:
    """Of radius 1, fine enough to be painted upon."""
    a = np.linspace(-np.pi / 2, np.pi / 2, corners // 2 + 1)
    return lathe(np.stack([np.cos(a), np.sin(a)], -1), colour, corners=corners)


def heart(colour: Colour, thick: float = 0.6) -> Part:
    """A puffed heart about 2 wide, upright, facing +z: a ball sheared by the root of |x|."""
    one = sphere(colour, 40).turned("x", 90)
    x, y, z = one.vertices.T
    return replace(one, vertices=np.stack([x, 0.92 * y + 0.85 * (x * x + 0.004) ** 0.25 - 0.35, thick * z], -1))


def rolled(rng: Generator, parts: list[Part], tilt: float) -> list[Part]:
    return turned(turned(parts, "z", rng.uniform(-tilt, tilt)), "y", rng.uniform(0, 360))


# Balls

def banded_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Rubber with a white band between two lines."""
    line, wide = accent(rng, hue), rng.uniform(0.2, 0.3)
    skin = sphere(hue, 64).painted(lambda c: np.abs(c[:, 1]) < wide + 0.13, line)
    return rolled(rng, [skin.painted(lambda c: np.abs(c[:, 1]) < wide, WHITE).glossy(RUBBER)], 50)


def spot(wide: float, tilt: float, turn: float, color: Colour) -> Part:
    """A round patch upon the unit sphere, ``wide`` and ``tilt`` (from its top) in radians, ``turn`` in degrees."""
    profile = [(r * np.sin(a), r * np.cos(a)) for a, r in ((wide, 0.95), (wide, 1.0), (0.94 * wide, 1.015),
                                                          (wide / 2, 1.018), (0, 1.018))]
    return lathe(profile, color, corners=18).turned("x", np.degrees(tilt)).turned("y", turn)


def dotted_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Big dots all over: at the corners of an icosahedron."""
    color, wide = accent(rng, hue), rng.uniform(0.27, 0.36)
    spots = [spot(wide, tilt, turn, color) for tilt, start in ((1.107, 0), (2.034, 36)) for turn in
             np.arange(start, 360, 72)]
    skin = [sphere(hue, 36), spot(wide, 0, 0, color), spot(wide, np.pi, 0, color), *spots]
    return rolled(rng, finished(skin, "plain", gloss=RUBBER), 40)


def seamed_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Felt, with the seam of a tennis ball."""
    a = np.linspace(0, 2 * np.pi, 61)
    seam = np.stack([np.cos(a) + 0.36 * np.cos(3 * a), np.sin(a) - 0.36 * np.sin(3 * a), 0.96 * np.sin(2 * a)], -1)
    seam *= 0.985 / np.linalg.norm(seam, axis=1, keepdims=True)
    return rolled(rng, [sphere(hue, 36).finished("mottled", 0.1), tube(seam, 0.05, (0.95, 0.94, 0.9), 6)], 60)


def beach_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Panels in color and white around a tilted axis."""
    panels = int(rng.choice((3, 4)))
    skin = sphere(WHITE).painted(stripes(panels, 48), hue)
    return beach(rng, skin, accent(rng, hue))


def bright_beach_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Every other white panel in a color of its own."""
    skin = sphere(WHITE).painted(stripes(4, 48), hue)
    for k, color in enumerate(((0.98, 0.80, 0.28), (0.32, 0.62, 0.80))):
        sector = lambda c, k=k: np.floor((np.arctan2(c[:, 0], c[:, 2]) / np.pi - 1 / 48) * 4) % 8 == 1 + 4 * k
        skin = skin.painted(sector, color)
    return beach(rng, skin, WHITE)


def beach(rng: Generator, skin: Part, cap: Colour) -> list[Part]:
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


def panel(points: np.ndarray, color: Colour) -> Part:
    """A padded patch of the unit sphere with rounded edges."""
    edge = np.concatenate([a + np.linspace(0, 1, 3, endpoint=False)[:, None] * (b - a)
                           for a, b in zip(points, np.roll(points, -1, 0))])
    centre, rings = points.mean(0), []
    for share, radius in ((0.94, 0.93), (0.955, 0.975), (0.9, 1.0), (0.5, 1.0)):
        ring_ = centre + share * (edge - centre)
        rings.append(radius * ring_ / np.linalg.norm(ring_, axis=1, keepdims=True))
    return skin(np.stack(rings), color)


def sewn(rng: Generator, five: Colour, six: Colour, seam: Colour) -> list[Part]:
    pentagons, hexagons = football_panels()
    made = [panel(p, five) for p in pentagons] + [panel(p, six) for p in hexagons]
    return rolled(rng, [sphere(seam, 24).scaled(0.965, 0.965, 0.965), *made], 90)


def soccer_ball(rng: Generator, hue: Colour) -> list[Part]:
    return finished(sewn(rng, INK, (0.95, 0.95, 0.94), (0.45, 0.45, 0.46)), "plain", gloss=0.25)


def old_soccer_ball(rng: Generator, hue: Colour) -> list[Part]:
    """Of leather."""
    light = shade((0.80, 0.58, 0.36), rng.uniform(0.85, 1.1))
    return finished(sewn(rng, (0.32, 0.20, 0.13), light, (0.24, 0.15, 0.1)), "leather", 0.12, gloss=0.2)


def basketball(rng: Generator, hue: Colour) -> list[Part]:
    return ribbed(rng, sphere((0.86, 0.43, 0.15), 40))


def two_tone_basketball(rng: Generator, hue: Colour) -> list[Part]:
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

def string(rng: Generator, top: float, color: Colour) -> Part:
    s = rng.uniform(0.06, 0.12)
    return tube(curve([(0, top, 0), (s, top - 0.5, 0.03), (-s, top - 1.0, -0.03), (s, top - 1.5, 0)], 16), 0.035, color,
                6)


def balloon(rng: Generator, hue: Colour) -> list[Part]:
    long = rng.uniform(1.0, 1.2)
    body = lathe(curve([(0, -1.12 * long), (0.14, -1.06 * long), (0.68, -0.5), (0.95, 0.15), (0.66, 0.78), (0, 1.0)],
                       22), hue, corners=32)
    knot = lathe(curve([(0.2, -0.2), (0.12, -0.08), (0.06, 0.06)], 5), shade(hue, 0.85), (0, -1.08 * long, 0))
    return [body.glossy(0.55), knot.glossy(0.4), string(rng, -1.2 * long, (0.85, 0.84, 0.82))]


def printed_balloon(rng: Generator, hue: Colour) -> list[Part]:
    """Nearly round, with bands of dots; a curled ribbon."""
    color = accent(rng, hue)
    spots = [spot(0.2, tilt, turn + 30 * (k % 2), color) for k, tilt in enumerate((0.65, 1.2, 1.75))
             for turn in range(0, 360, 60)]
    body = [p.scaled(1, 1.1, 1).glossy(0.5) for p in (sphere(hue, 32), *spots)]
    a = np.linspace(0, 5 * np.pi, 40)
    curl = tube(np.stack([0.1 * np.sin(a), -1.2 - 0.085 * a, 0.1 * np.cos(a) - 0.1], -1), 0.04, color, 6)
    return [*body, lathe([(0.17, -0.16), (0.05, 0.05)], shade(hue, 0.85), (0, -1.1, 0)), curl]


def heart_balloon(rng: Generator, hue: Colour) -> list[Part]:
    """Of foil."""
    return [heart(hue, rng.uniform(0.45, 0.6)).glossy(0.75),
            lathe([(0.15, -0.14), (0.06, 0.06)], shade(hue, 0.8), (0, -1.08, 0)), string(rng, -1.15, (0.9, 0.88, 0.84))]


# Presents

def bow(size: float, color: Colour) -> list[Part]:
    """Two loops, two tails and a knot, standing on y = 0."""
    loop = curve([(0, 0.04), (0.24, 0.3), (0.5, 0.36), (0.56, 0.2), (0.34, 0.08), (0, 0.03)], 14)
    loop = tube(np.insert(loop, 2, 0, axis=1), 0.05, color, 8).scaled(z=2.6)
    tail = tube([(0, 0.05, 0.02), (0.2, 0.06, 0.18), (0.44, 0.03, 0.34)], [0.05, 0.07, 0.09], color, 8).scaled(y=0.5)
    return [p.scaled(size, size, size).glossy(0.3)
            for p in (*pair(loop, tail), ball((0.12, 0.1, 0.15), (0, 0.08, 0), shade(color, 0.92)))]


def gift_box(rng: Generator, hue: Colour) -> list[Part]:
    high, ribbon = rng.uniform(0.65, 0.95), accent(rng, hue)
    low = high - 0.2
    return [box((1, low, 1), (0, low / 2, 0), hue, 0.04), box((1.1, 0.24, 1.1), (0, high - 0.1, 0), shade(hue, 1.12), 0.15),
            *(box(s, (0, y, 0), ribbon, 0.1) for wide, y, tall in ((1.03, low / 2, low), (1.14, high - 0.1, 0.27))
              for s in ((0.2, tall, wide), (wide, tall, 0.2))), *moved(bow(rng.uniform(0.95, 1.15), ribbon), 0, high)]


def patterned_gift(rng: Generator, hue: Colour) -> list[Part]:
    """Flat and wide, in printed paper, with a bow of four loops."""
    wide, high, ribbon = rng.uniform(1.2, 1.4), rng.uniform(0.5, 0.65), accent(rng, hue)
    paper = str(rng.choice(("dots", "stripes_x", "plaid")))
    body = box((wide, high, 1), (0, high / 2, 0), hue, 0.06).finished(paper, 0.14, shade(hue, 1.45), gloss=0.15)
    return [body, box((0.2, high + 0.04, 1.04), (0, high / 2, 0), ribbon, 0.1),
            box((wide + 0.04, high + 0.04, 0.2), (0, high / 2, 0), ribbon, 0.1),
            *moved(bow(0.95, ribbon), 0, high + 0.01), *moved(turned(bow(0.85, ribbon), "y", 90), 0, high + 0.02)]


def round_gift(rng: Generator, hue: Colour) -> list[Part]:
    """A hat box."""
    high, ribbon = rng.uniform(0.7, 1.0), accent(rng, hue)
    low, lid = high - 0.22, shade(hue, 0.8)
    return [lathe([(0.53, 0), (0.55, 0.02), (0.55, low)], hue, corners=40).finished("stripes_x", 0.11, shade(hue, 1.3)),
            lathe([(0.6, low), (0.6, high - 0.02), (0.57, high)], lid, corners=40),
            box((0.2, low, 1.13), (0, low / 2, 0), ribbon, 0.1), box((0.2, 0.27, 1.24), (0, high - 0.11, 0), ribbon, 0.1),
            *moved(bow(1.05, ribbon), 0, high)]


# Games

SPOTS = {1: [(0, 0)], 2: [(1, 1), (-1, -1)], 3: [(1, 1), (0, 0), (-1, -1)], 4: [(1, 1), (-1, -1), (1, -1), (-1, 1)],
         5: [(0, 0), (1, 1), (-1, -1), (1, -1), (-1, 1)], 6: [(x, y) for x in (1, -1) for y in (1, 0, -1)]}


def die(hue: Colour, soft: float, wide: float = 0.11) -> list[Part]:
    """Of edge 1 around the origin."""
    made, pip = [box((1, 1, 1), (0, 0, 0), hue, soft).glossy(0.45)], INK if sum(hue) > 1.5 else WHITE
    for count, axis, angle in ((1, "y", 0), (6, "y", 180), (2, "y", 90), (5, "y", -90), (3, "x", -90), (4, "x", 90)):
        made += [ball((wide, wide, 0.03), (0.25 * x, 0.25 * y, 0.49), pip, 12).turned(axis, angle)
                 for x, y in SPOTS[count]]
    return made


def dice(rng: Generator, hue: Colour) -> list[Part]:
    return die(hue, rng.uniform(0.14, 0.24), rng.uniform(0.1, 0.125))


def two_dice(rng: Generator, hue: Colour) -> list[Part]:
    """Thrown, side by side."""
    left, right = (turned(turned(die(hue, 0.18), axis, 90), "y", rng.uniform(*turn))
                   for axis, turn in (("x", (15, 35)), ("z", (50, 75))))
    return [*moved(left, -0.68, 0, -0.1), *moved(right, 0.68, 0, 0.15)]


def leaning_dice(rng: Generator, hue: Colour) -> list[Part]:
    """One on its corner, as if it rolled."""
    return turned(turned(die(hue, 0.3), "x", rng.uniform(25, 38)), "z", rng.uniform(30, 45))


def lacquered(parts: list[Part]) -> list[Part]:
    return finished(parts, "wood", 0.13, amount=0.7, gloss=0.35)


def foot(hue: Colour, wide: float = 0.52) -> list[Part]:
    """The turned base of a chessman, 0.36 high."""
    return [lathe([(wide - 0.04, 0), (wide, 0.04), (wide, 0.12), *curve([(wide - 0.04, 0.18), (wide - 0.12, 0.2),
                                                                        (wide - 0.14, 0.28), (wide - 0.2, 0.36)], 9)],
                  hue, corners=32), ring(wide - 0.05, 0.06, (0, 0.15, 0), shade(hue, 0.9))]


def pawn(rng: Generator, hue: Colour) -> list[Part]:
    head, high = rng.uniform(0.27, 0.32), rng.uniform(0.95, 1.1)
    return lacquered([*foot(hue), lathe(curve([(0.36, 0.3), (0.2, 0.55), (0.15, high)], 9), hue),
                      lathe(curve([(0.12, high - 0.08), (0.3, high - 0.01), (0.3, high + 0.04), (0.12, high + 0.1)], 9),
                            shade(hue, 0.92)), ball(head, (0, high + head * 0.93, 0), hue, 28)])


def modern_pawn(rng: Generator, hue: Colour) -> list[Part]:
    """A slim cone under a big ball."""
    head, high = rng.uniform(0.33, 0.38), rng.uniform(1.0, 1.2)
    return lacquered([lathe([(0.46, 0), (0.5, 0.05), (0.47, 0.12), (0.13, high)], hue, corners=32),
                      ball(head, (0, high + head * 0.7, 0), hue, 28)])


def stout_pawn(rng: Generator, hue: Colour) -> list[Part]:
    """Turned in many rings, with a button on its head."""
    wide = rng.uniform(0.3, 0.36)
    return lacquered([*foot(hue, 0.56), lathe(curve([(0.4, 0.32), (wide, 0.55), (0.2, 0.8), (0.18, 0.95)], 9), hue),
                      *(ring(r, 0.07, (0, y, 0), shade(hue, 0.9)) for r, y in ((0.33, 0.42), (0.2, 0.9))),
                      lathe([(0.15, 0.9), (0.32, 1.0), (0.32, 1.06), (0.2, 1.1)], hue),
                      ball((0.34, 0.3, 0.34), (0, 1.34, 0), hue, 28), ball(0.08, (0, 1.66, 0), shade(hue, 0.9), 12)])


def knight(rng: Generator, hue: Colour) -> list[Part]:
    """The head of a horse, carved from a thick board."""
    ear = rng.uniform(1.78, 1.9)
    profile = curve([(-0.38, 0.34), (-0.46, 0.75), (-0.42, 1.15), (-0.22, 1.5), (-0.06, ear), (0.08, 1.58), (0.28, 1.42),
                     (0.56, 1.1), (0.6, 0.93), (0.44, 0.84), (0.22, 0.97), (0.06, 0.9), (0.12, 0.68), (0.34, 0.34)], 40)
    mane = curve([(-0.4, 0.4), (-0.56, 0.8), (-0.5, 1.2), (-0.28, 1.6), (-0.1, 1.72), (-0.1, 1.45), (-0.28, 1.2),
                  (-0.32, 0.8), (-0.3, 0.4)], 26)
    head = [plate(profile, 0.4, (0, 0, 0), hue, 0.1), plate(mane, 0.5, (0, 0, 0), shade(hue, 0.72), 0.06),
            *(ball((0.08, 0.08, 0.05), (0.14, 1.32, side * 0.2), INK, 12) for side in (1, -1)),
            *(ball((0.05, 0.04, 0.03), (0.48, 1.0, side * 0.19), INK, 8) for side in (1, -1)),
            *(rod((0.02, 1.5, side * 0.15), (-0.03, ear + 0.06, side * 0.17), 0.1, hue, 0.02) for side in (1, -1))]
    return lacquered([*foot(hue), *turned(head, "y", -90)])


def round_knight(rng: Generator, hue: Colour) -> list[Part]:
    """A horse's neck and head in the round, its mane in tufts."""
    neck = tube(np.insert(curve([(0.3, -0.02), (0.72, -0.16), (1.15, -0.2), (1.5, 0.02)], 12), 0, 0, axis=1),
                np.linspace(0.36, 0.25, 12), hue, 16).scaled(x=0.85)
    snout = tube([(0, 1.56, -0.12), (0, 1.5, 0.04), (0, 1.32, 0.3), (0, 1.12, 0.52), (0, 1.06, 0.6)],
                 [0.12, 0.27, 0.22, 0.17, 0.1], hue, 16).scaled(x=0.85)
    tufts = [ball((0.1, 0.15, 0.14), (0, y, z), shade(hue, 0.7), 12)
             for y, z in curve([(1.78, 0.02), (1.6, -0.26), (1.25, -0.42), (0.85, -0.4), (0.5, -0.36)], 8)]
    ears = pair(rod((0.13, 1.66, -0.02), (0.17, rng.uniform(1.92, 2.02), 0.0), 0.09, hue, 0.02))
    face = pair(ball((0.05, 0.08, 0.08), (0.19, 1.5, 0.16), INK, 12), dot((0.03, 0.045, 0.045), (0.13, 1.16, 0.55), INK))
    return lacquered([*foot(hue), neck, snout, *tufts, *ears, *face])


TILES = {"y": WHITE, "-y": (0.96, 0.82, 0.22), "z": (0.80, 0.20, 0.18), "-z": (0.93, 0.50, 0.16),
         "x": (0.20, 0.38, 0.72), "-x": (0.25, 0.62, 0.36)}


def cubies(tile, wide: float, layers: tuple[int, ...] = (-1, 0, 1)) -> list[Part]:
    """Small cubes in ``layers``, their outer sides in color; ``tile(side)`` gives the next one."""
    made = []
    for x in (-1, 0, 1):
        for y in layers:
            for z in (-1, 0, 1):
                made.append(box((0.97, 0.97, 0.97), (x, y, z), INK, 0.08))
                for sign, (axis, at) in ((s, a) for a in (("x", x), ("y", y), ("z", z)) for s in (1, -1)):
                    if at == sign:
                        place = [x, y, z]
                        k = "xyz".index(axis)
                        place[k] += 0.49 * sign
                        size = [wide] * 3
                        size[k] = 0.05
                        made.append(box(size, place, tile(axis if sign > 0 else "-" + axis)).glossy(0.4))
    return made


def solved_cube(rng: Generator, hue: Colour) -> list[Part]:
    return cubies(TILES.__getitem__, rng.uniform(0.8, 0.88))


def twisted_cube(rng: Generator, hue: Colour) -> list[Part]:
    """Its top turned halfway."""
    wide, turn = rng.uniform(0.8, 0.88), rng.choice((-1, 1)) * rng.uniform(25, 45)
    return [*cubies(TILES.__getitem__, wide, (-1, 0)), *turned(cubies(TILES.__getitem__, wide, (1,)), "y", turn)]


def mixed_cube(rng: Generator, hue: Colour) -> list[Part]:
    colors = list(TILES.values())
    return cubies(lambda side: colors[rng.integers(6)], rng.uniform(0.8, 0.88))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "ball": (ANY, banded_ball, dotted_ball, seamed_ball),
    "beach ball": (ANY, beach_ball, bright_beach_ball),
    "soccer ball": (NONE, soccer_ball, old_soccer_ball),
    "basketball": (NONE, basketball, two_tone_basketball),
    "balloon": (ANY, balloon, printed_balloon, heart_balloon),
    "gift box": (ANY, gift_box, patterned_gift, round_gift),
    "dice": (ANY, dice, two_dice, leaning_dice),
    "chess pawn": (TIMBER, pawn, modern_pawn, stout_pawn),
    "chess knight": (TIMBER, knight, round_knight),
    "puzzle cube": (NONE, solved_cube, twisted_cube, mixed_cube),
}
