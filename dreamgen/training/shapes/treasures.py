"""What one wins, finds and works magic with; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .parts import (
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    finished,
    four,
    lathe,
    moved,
    pair,
    plate,
    ring,
    rod,
    shade,
    tube,
    turned,
)
from .toys import INK, sphere

GILT, SILVER, BRONZE, IRON = (0.93, 0.71, 0.26), (0.80, 0.81, 0.84), (0.76, 0.48, 0.28), (0.36, 0.36, 0.39)
WALNUT, OAK, PAPER = (0.36, 0.22, 0.13), (0.60, 0.39, 0.21), (0.93, 0.88, 0.76)
JEWELS = (0.78, 0.14, 0.20), (0.16, 0.36, 0.74), (0.12, 0.56, 0.38), (0.52, 0.24, 0.66)


def polished(parts: list[Part], gloss: float = 0.95) -> list[Part]:
    return [p.glossy(gloss) for p in parts]


def star(outer: float, inner: float, points: int = 5) -> list[tuple[float, float]]:
    """Outline of a star with a tip upwards."""
    return [(r * np.sin(a), r * np.cos(a)) for k in range(2 * points)
            for r, a in [((outer, inner)[k % 2], k * np.pi / points)]]


def jewel(rng: Generator) -> Color:
    return JEWELS[rng.integers(len(JEWELS))]


# What one wins

def plinth(rng: Generator, wide: float, high: float, metal: Color) -> list[Part]:
    """Of wood or of marble, with a plate."""
    base = box((wide, high, wide), (0, high / 2, 0), WALNUT, 0.08).finished("wood_x", 0.12, gloss=0.3)
    if rng.random() < 0.4:
        base = base.finished("marble", 0.12, (0.85, 0.85, 0.85), gloss=0.4)
    return [base, box((wide * 0.6, high * 0.5, 0.04), (0, high / 2, wide / 2), metal, 0.2).glossy(0.8)]


def trophy(rng: Generator, hue: Color) -> list[Part]:
    """A cup with two handles."""
    metal, wide = (GILT, GILT, SILVER)[rng.integers(3)], rng.uniform(0.48, 0.58)
    handle = tube(curve([(wide * 0.92, 1.68, 0), (wide + 0.3, 1.68, 0), (wide + 0.3, 1.3, 0), (wide * 0.62, 1.02, 0)],
                        16), 0.065, metal)
    cup = lathe([*curve([(0.09, 0.75), (wide * 0.72, 0.95), (wide * 0.96, 1.35), (wide, 1.82)], 14),
                 (wide + 0.05, 1.86),
                 (wide + 0.02, 1.9), (wide - 0.05, 1.86), (wide - 0.1, 1.4), (0, 1.2)], metal, corners=36)
    return [*plinth(rng, 0.8, 0.34, metal),
            *polished([lathe([(0.34, 0.34), (0.32, 0.4), *curve([(0.22, 0.44), (0.1, 0.52), (0.09, 0.78)], 7)], metal),
                       ball((0.15, 0.1, 0.15), (0, 0.64, 0), metal), cup, *pair(handle)]),
            *(plate(star(0.2, 0.09), 0.06, (0, 1.42, z), shade(metal, 0.75), 0.02).glossy(0.9)
              for z in (wide, -wide))]


def star_trophy(rng: Generator, hue: Color) -> list[Part]:
    """A star above a slim stem."""
    metal, size = (GILT, SILVER, BRONZE)[rng.integers(3)], rng.uniform(0.5, 0.6)
    return [*plinth(rng, 0.85, 0.3, metal), *polished([
        lathe([(0.3, 0.3), (0.28, 0.36), *curve([(0.14, 0.42), (0.08, 0.7), (0.12, 1.05)], 8)], metal),
        ring(0.14, 0.05, (0, 0.5, 0), metal), plate(star(size, size * 0.46), 0.24, (0, 1.0 + size * 0.46, 0), metal,
                                                    0.1)])]


def lidded_trophy(rng: Generator, hue: Color) -> list[Part]:
    """A tall cup with a lid, ears and ribbons in a color."""
    metal, ribbon = (SILVER, GILT)[rng.integers(2)], jewel(rng)
    ear = tube(curve([(0.4, 1.6, 0), (0.66, 1.95, 0), (0.82, 1.7, 0), (0.62, 1.25, 0), (0.28, 1.05, 0)], 20), 0.06,
               metal)
    cup = lathe([*curve([(0.1, 0.85), (0.34, 1.05), (0.4, 1.3), (0.36, 1.62), (0.46, 1.78)], 14), (0.46, 1.84)], metal)
    lid = lathe([(0.47, 1.84), (0.45, 1.9), *curve([(0.4, 1.92), (0.26, 2.08), (0.08, 2.18)], 7)], metal)
    tail = pair(plate([(-0.07, 0), (0.07, 0), (0.1, -0.55), (0, -0.45), (-0.1, -0.55)], 0.06, (0, 0, 0), ribbon, 0.02)
                .turned("z", 12).moved(0.68, 1.18, 0.06))
    return [*(lathe([(r, y), (r - 0.02, y + 0.17)], INK, corners=32).glossy(0.4) for r, y in ((0.48, 0), (0.4, 0.17))),
            *polished([lathe([(0.32, 0.34), *curve([(0.28, 0.4), (0.1, 0.56), (0.09, 0.9)], 8)], metal),
                       ring(0.42, 0.035, (0, 0.17, 0), metal), ball(0.14, (0, 0.72, 0), metal), cup, lid,
                       ball(0.1, (0, 2.24, 0), metal, 14), ring(0.4, 0.03, (0, 1.36, 0), metal), *pair(ear)]), *tail]


LANDS = (                               # longitude, latitude and radius of discs that make up the continents, degrees
    (-100, 48, 19), (-112, 62, 16), (-85, 57, 13), (-103, 34, 13), (-100, 22, 7), (-150, 64, 9), (-74, 48, 8),
    (-42, 72, 10), (-88, 14, 5), (-62, -5, 16), (-52, -10, 14), (-64, -25, 12), (-69, -43, 8), (-72, 5, 8),
    (0, 20, 16), (20, 18, 17), (22, 0, 15), (25, -15, 13), (24, -28, 8), (42, 8, 8), (8, 9, 9), (47, -19, 4),
    (10, 48, 9), (25, 55, 13), (-4, 40, 6), (18, 66, 8), (-2, 54, 4), (45, 55, 15), (70, 58, 19), (100, 60, 19),
    (130, 62, 16), (160, 66, 9), (60, 36, 13), (85, 40, 16), (108, 35, 15), (78, 20, 10), (103, 18, 8), (46, 24, 9),
    (122, 46, 11), (138, 37, 4), (113, 0, 6), (101, 0, 5), (141, -5, 6), (134, -25, 12), (146, -27, 9), (121, -26, 9),
    (172, -42, 4))


def earth(rng: Generator, sea: Color, land: Color, ice: Color) -> Part:
    """Of radius 1, its axis leaning to the left; another side in front each time."""
    lon, lat, size = np.radians(np.array(LANDS, float)).T
    centres = np.stack([np.sin(lon) * np.cos(lat), np.sin(lat), np.cos(lon) * np.cos(lat)], -1)

    def is_land(c):
        c = c / np.linalg.norm(c, axis=1, keepdims=True)
        return (np.arccos((c @ centres.T).clip(-1, 1)) < size).any(1)

    skin = sphere(sea, 76).painted(is_land, land).painted(lambda c: (c[:, 1] < -0.93) | (c[:, 1] > 0.97), ice)
    return skin.turned("y", rng.uniform(-110, 100)).turned("z", 23).glossy(0.35)


def globe(rng: Generator, hue: Color) -> list[Part]:
    """On a desk, held by an arc."""
    metal, wood = (GILT, SILVER, BRONZE)[rng.integers(3)], (WALNUT, OAK)[rng.integers(2)]
    a = np.radians(np.linspace(113, 293, 28))
    arc = tube(np.stack([1.14 * np.cos(a), 1.14 * np.sin(a), 0 * a], -1), 0.065, metal).glossy(0.9)
    pins = [ball(0.1, (1.14 * s * np.cos(np.radians(113)), 1.14 * s * np.sin(np.radians(113)), 0), metal, 12)
            for s in (1, -1)]
    return [earth(rng, (0.22, 0.48, 0.76), (0.40, 0.62, 0.32), (0.95, 0.96, 0.97)), arc, *pins,
            rod((0, -1.6, 0), (0, -1.1, 0), 0.1, metal).glossy(0.9),
            lathe([(0.66, -1.8), (0.68, -1.74), (0.62, -1.66), *curve([(0.4, -1.62), (0.18, -1.54), (0.12, -1.44)], 6)],
                  wood, corners=32).finished("wood_x", 0.14, gloss=0.3)]


def old_globe(rng: Generator, hue: Color) -> list[Part]:
    """An antique one in a wooden frame on four legs."""
    wood = (WALNUT, OAK)[rng.integers(2)]
    frame = [lathe([(1.05, -0.09), (1.32, -0.09), (1.34, 0), (1.32, 0.07), (1.05, 0.07)], wood, corners=36,
                   closed=True),
             *around(tube(curve([(0, -0.05, 1.2), (0, -0.7, 1.16), (0, -1.1, 0.86), (0, -1.75, 0.98)], 10),
                          [0.09] * 5 + [0.12] * 4 + [0.07], wood), 4, 45),
             *(rod(tuple(np.array([s, 0, 1]) * 0.63 - (0, 1.25, 0)), tuple(np.array([-s, 0, -1]) * 0.63 - (0, 1.25, 0)),
                   0.07, wood) for s in (1, -1)), ball((0.16, 0.2, 0.16), (0, -1.25, 0), wood, 14)]
    return [earth(rng, (0.80, 0.70, 0.48), (0.56, 0.38, 0.20), (0.90, 0.84, 0.68)),
            ring(1.1, 0.06, (0, 0, 0), GILT).turned("x", 90).glossy(0.9), *finished(frame, "wood", 0.14, gloss=0.3)]


# Treasure chests

def lid(wide: float, wood: Color, metal: Color) -> list[Part]:
    """Half a barrel of slats, hinged along the x axis at its back, its front at z = 0.84."""
    slats = [box((wide, 0.2, 0.08), (0, 0, 0.4), wood, 0.2).finished("wood_x", 0.1).turned("x", -a)
             for a in np.linspace(12, 168, 7)]
    a = np.linspace(0, np.pi, 15)
    half = np.stack([np.cos(a), np.sin(a)], -1)
    ends = [plate(half * 0.41, 0.07, (0, 0, 0), wood, 0.01).turned("y", 90).moved(s * (wide / 2 - 0.05))
            for s in (1, -1)]
    band = np.concatenate([half * 0.47, half[::-1] * 0.38])
    bands = [plate(band, 0.14, (0, 0, 0), metal, 0.015).turned("y", 90).moved(s * wide * 0.34).glossy(0.7)
             for s in (1, -1)]
    rim = [box((wide + 0.05, 0.08, 0.1), (0, 0.03, z), metal).glossy(0.7) for z in (0.41, -0.41)]
    sides = [box((0.1, 0.08, 0.84), (s * wide / 2, 0.03, 0), metal).glossy(0.7) for s in (1, -1)]
    return moved([*slats, *ends, *bands, *rim, *sides], 0, 0, 0.42)


def trunk(wide: float, wood: Color, metal: Color) -> list[Part]:
    """What is below the lid, up to y = 0.55."""
    walls = [box((wide, 0.53, 0.08), (0, 0.275, s * 0.38), wood, 0.1) for s in (1, -1)]
    walls += [box((0.08, 0.53, 0.8), (s * (wide / 2 - 0.04), 0.275, 0), wood, 0.1) for s in (1, -1)]
    walls = [p.finished("planks", 0.18) for p in (*walls, box((wide - 0.1, 0.1, 0.75), (0, 0.08, 0), wood))]
    edges = [*four(box((0.12, 0.55, 0.12), (wide / 2 - 0.03, 0.275, 0.37), metal, 0.2)),
             *(box((wide + 0.04, 0.08, 0.05), (0, y, s * 0.41), metal) for y in (0.06, 0.51) for s in (1, -1)),
             *(box((0.05, 0.08, 0.84), (s * wide / 2, y, 0), metal) for y in (0.06, 0.51) for s in (1, -1)),
             *pair(box((0.14, 0.5, 0.05), (wide * 0.34, 0.28, 0.41), metal, 0.2))]
    handles = pair(ring(0.11, 0.035, (0, 0, 0), metal).turned("x", 90).turned("y", 90).moved(wide / 2 + 0.03, 0.26, 0))
    return [*walls, *polished([*edges, *handles], 0.7)]


def lock(metal: Color) -> list[Part]:
    return [box((0.24, 0.28, 0.08), (0, 0.48, 0.43), metal, 0.25).glossy(0.8),
            ball((0.045, 0.045, 0.03), (0, 0.5, 0.475), INK, 10), box((0.035, 0.09, 0.03), (0, 0.45, 0.47), INK)]


def tones(rng: Generator) -> tuple[float, Color, Color]:
    return rng.uniform(1.15, 1.4), (OAK, (0.48, 0.27, 0.15), WALNUT)[rng.integers(3)], (GILT, GILT,
                                                                                        IRON)[rng.integers(3)]


def chest(rng: Generator, hue: Color) -> list[Part]:
    """Closed."""
    wide, wood, metal = tones(rng)
    return [*trunk(wide, wood, metal), *moved(lid(wide, wood, metal), 0, 0.55, -0.42),
            *lock(GILT if metal == IRON else shade(GILT, 0.85))]


def open_chest(rng: Generator, hue: Color) -> list[Part]:
    """Full of gold and jewels."""
    wide, wood, metal = tones(rng)
    opened = moved(turned(lid(wide, wood, metal), "x", -rng.uniform(62, 80)), 0, 0.55, -0.42)
    heap = ball((wide / 2 - 0.08, 0.26, 0.34), (0, 0.46, 0), GILT).finished("scales", 0.08, gloss=0.5)
    coin = lathe([(0.1, 0), (0.11, 0.02), (0.1, 0.04)], shade(GILT, 1.15), corners=14).glossy(0.8)
    coins, gems = [], []
    for _ in range(16):
        x, z = rng.uniform(-0.8, 0.8) * (wide / 2 - 0.12), rng.uniform(-0.24, 0.3)
        y = 0.46 + 0.26 * np.sqrt(max(0.0, 1 - (x / (wide / 2 - 0.08)) ** 2 - (z / 0.34) ** 2))
        coins.append(coin.turned("x", rng.uniform(-40, 60)).turned("z", rng.uniform(-40, 40)).moved(x, y, z))
    for k in range(4):
        x, z = (-0.5 + k / 3) * wide * 0.6, rng.uniform(0.0, 0.25)
        gems.append(ball(0.08, (x, 0.68 - 0.12 * abs(x), z), JEWELS[k], 8).glossy(0.6))
    return [*trunk(wide, wood, metal), *opened, heap, *coins, *gems, *lock(shade(GILT, 0.85))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "trophy": (NONE, trophy, star_trophy, lidded_trophy),
    "globe": (NONE, globe, old_globe),
    "treasure chest": (NONE, chest, open_chest),
}
