"""Lighthouses and windmills, doors towards +z, the ground is y = 0; what castles and other buildings share."""

import numpy as np
from numpy.random import Generator

from .houses import LAMP, OAK, TIMBERS, WHITEWASH, arch, arched_door, gable, one_of, placed, window
from .palette import NONE
from .parts import (
    GOLD,
    STONE,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    dot,
    four,
    lathe,
    moved,
    prism,
    ring,
    rod,
    shade,
    turned,
)

DARKNESS, IRON = (0.20, 0.18, 0.18), (0.22, 0.23, 0.26)


def stony(part: Part, color: Color, size: float = 0.12) -> Part:
    return part.finished("blocks", size, shade(color, 0.7))


def merlons(radius: float, count: int, color: Color, size: float = 0.12) -> list[Part]:
    """The teeth around a round tower's top."""
    return around(box((size, size * 1.1, size * 0.7), (0, size * 0.5, radius - size * 0.35), color), count)


def flag(x: float, y: float, z: float, color: Color) -> list[Part]:
    return [
        rod((x, y, z), (x, y + 0.36, z), 0.025, TIMBERS),
        prism([(0, 0), (0.26, -0.08), (0, -0.17)], 0.035, (x, y + 0.35, z), color)
    ]


def turret(radius: float, high: float, stone: Color, roof: Color, pointed: bool = True) -> list[Part]:
    """Round, wider at its top, under a pointed roof or with teeth."""
    body = lathe([(radius * 1.12, 0), (radius, high * 0.12), (radius * 0.96, high * 0.8), (radius * 1.22, high * 0.87),
                  (radius * 1.22, high)], stone)
    made = [
        stony(body, stone),
        lathe([(radius * 1.16, -0.03), (radius * 1.3, 0), (radius * 1.3, 0.05)], shade(stone, 1.12), (0, high, 0))
    ]
    for turn, y in ((0, 0.6), (120, 0.42), (240, 0.6)):
        made += turned(moved([arch(radius * 0.42, radius * 0.95, 0.07, DARKNESS)], 0, high * y, radius * 0.97), "y",
                       turn)
    if pointed:
        line = [(radius * 1.48, -0.03), (radius * 1.42, 0.03), *curve([(radius * 1.1, radius * 0.5),
                                                                       (radius * 0.5, radius * 1.6),
                                                                       (0.02, radius * 2.9)], 6)]
        return [
            *made,
            lathe(line, roof, (0, high + 0.05, 0)).finished("shingles", 0.11),
            dot(0.04, (0, high + radius * 2.95, 0), GOLD)
        ]
    return [*made, *moved(merlons(radius * 1.28, 8, stone, radius * 0.5), y=high + 0.05)]


def lantern(radius: float, color: Color) -> list[Part]:
    """A lighthouse's gallery, lamp room and cap; its floor at y = 0."""
    r = radius
    posts = around(rod((0, 0.05, r * 1.45), (0, 0.22, r * 1.45), 0.022, IRON, corners=6), 10)
    bars = around(box((0.03, 0.36, 0.03), (0, 0.24, r * 0.82), IRON), 8)
    return [
        lathe([(r * 1.1, -0.12), (r * 1.55, -0.02), (r * 1.55, 0.05)], IRON), *posts,
        ring(r * 1.45, 0.028, (0, 0.22, 0), IRON),
        lathe([(r * 0.8, 0.04), (r * 0.8, 0.42)], LAMP).glossy(0.4), *bars,
        lathe([(r * 1.12, 0.4), (r * 1.1, 0.45), *curve([(r * 0.9, 0.55), (r * 0.45, 0.7), (0.03, 0.78)], 6)],
              color).glossy(0.25),
        dot(0.055, (0, 0.8, 0), IRON)
    ]


def rocks(rng: Generator, radius: float, count: int = 9) -> list[Part]:
    grey = (0.50, 0.48, 0.46)
    made = [
        lathe([(radius, -0.2), (radius * 0.93, -0.03), (radius * 0.7, 0.03), (0, 0.05)], grey,
              corners=12).finished("stone", 0.12)
    ]
    for k in range(count):
        a, r = 6.283 * k / count + rng.uniform(-0.2, 0.2), rng.uniform(0.12, 0.2)
        made.append(
            ball((r, r * 0.8, r), (radius * 0.88 * np.sin(a), -0.08, radius * 0.88 * np.cos(a)),
                 shade(grey, rng.uniform(0.85, 1.15)), 8).finished("stone", 0.5))
    return made


def lighthouse(rng: Generator, hue: Color) -> list[Part]:
    """White with bands in color, on rocks."""
    high, r, bands = rng.uniform(1.7, 2.2), rng.uniform(0.36, 0.42), int(rng.integers(2, 5))
    y = np.linspace(0, high, 4 * bands + 1)
    wide = 0.23 + (r - 0.23) * (1 - y / high) ** 1.3
    shaft = lathe(np.stack([wide, y], -1), WHITEWASH).painted(lambda c: np.floor(c[:, 1] / high * bands * 2) % 2 == 0,
                                                              hue)
    made = [
        *rocks(rng, 0.66), shaft, *moved(lantern(0.23, hue), y=high + 0.1),
        *placed(arched_door(0.22, 0.38, OAK, shade(STONE, 1.1)), 0, 0.02, r - 0.02)
    ]
    for h, turn in ((0.38, 0), (0.62, 140), (0.78, 0), (0.4, 220)):
        out = 0.23 + (r - 0.23) * (1 - h) ** 1.3
        made += turned([
            p.moved(0, high * h, out - 0.02) for p in (arch(0.17, 0.24, 0.06, shade(WHITEWASH, 0.9)),
                                                       arch(0.11, 0.19, 0.09, (0.24, 0.3, 0.38)).moved(0, 0.02, 0))
        ], "y", turn)
    return made


def keeper_lighthouse(rng: Generator, hue: Color) -> list[Part]:
    """Eight-sided, its upper part in color, with the keeper's cottage beside it."""
    high, roof = rng.uniform(1.5, 1.8), hue
    shaft = lathe([(0.36, 0), (0.22, high)], WHITEWASH, corners=8)
    made = [
        *rocks(rng, 0.86, 11), shaft,
        lathe([(0.268, 0), (0.225, high * 0.32)], hue, (0, high * 0.68, 0), 8),
        lathe([(0.31, 0), (0.29, high * 0.14)], hue, (0, high * 0.36, 0), 8), *moved(lantern(0.22, hue), y=high + 0.1),
        *placed(arched_door(0.2, 0.36, OAK, shade(STONE, 1.1)), 0, 0.02, 0.33),
        *(p for h in (0.3, 0.58)
          for p in placed(window(0.12, 0.18, WHITEWASH, (0.24, 0.3, 0.38), False), 0, high * h, 0.34 - 0.13 * h))
    ]
    hut = [
        box((0.6, 0.36, 0.44), (0, 0.18, 0), WHITEWASH, 0.02), *placed([
            prism([(-0.22, 0), (0.22, 0), (0, 0.22)], 0.58,
                  (0, 0, 0), WHITEWASH), *gable(0.44, 0.6, 0.22, 0.05, roof, 0.09)
        ], 0, 0.36, 0, 90), *placed(window(0.14, 0.16), 0.06, 0.2, 0.22), *placed(window(0.14, 0.16), 0.3, 0.2, 0, 90),
        *placed(window(0.14, 0.16), 0, 0.2, -0.22, 180)
    ]
    return [*made, *moved(hut, 0.52, 0.03, -0.02)]


def sails(long: float, turn: float, cloth: Color, wood: Color = TIMBERS) -> list[Part]:
    """Four, looking along +z, with a lattice over the cloth."""
    blade = [
        box((0.07, long, 0.06), (0, long / 2, 0), wood),
        box((0.3, long * 0.72, 0.03), (0.17, long * 0.6, -0.01), cloth),
        *(box((0.33, 0.035, 0.05), (0.16, long * (0.26 + 0.17 * k), 0), wood) for k in range(5)),
        box((0.035, long * 0.74, 0.05), (0.32, long * 0.6, 0), wood)
    ]
    hub = lathe([(0.1, -0.06), (0.1, 0.05), (0.04, 0.1)], IRON).turned("x", 90)
    return [*(p.turned("z", turn + a) for p in blade for a in (0, 90, 180, 270)), hub]


def windmill(rng: Generator, hue: Color) -> list[Part]:
    """A Dutch mill: a tapered tower of shingles on brick, a gallery, a round cap."""
    high, cap = rng.uniform(1.5, 1.8), one_of(rng, (0.36, 0.30, 0.26), (0.62, 0.26, 0.20), (0.28, 0.42, 0.36))
    wall, deck = one_of(rng, (0.62, 0.50, 0.36), (0.40, 0.45, 0.40), (0.86, 0.80, 0.68)), 0.62
    made = [
        lathe([(0.58, 0), (0.53, deck)], (0.66, 0.34, 0.26), corners=8).finished("brick", 0.09, (0.86, 0.82, 0.76)),
        lathe([(0.52, 0), (0.44, (high - deck) * 0.4), (0.33, high - deck)], wall, (0, deck, 0),
              8).finished("shingles", 0.14),
        lathe([(0.5, -0.06), (0.78, 0), (0.78, 0.06)], OAK, (0, deck, 0),
              16), *moved(around(rod((0, 0, 0.74), (0, 0.2, 0.74), 0.03, WHITEWASH, corners=6), 12), y=deck + 0.05),
        ring(0.74, 0.03, (0, deck + 0.25, 0), WHITEWASH),
        lathe(curve([(0.42, -0.05), (0.42, 0.06), (0.36, 0.24), (0.2, 0.4), (0, 0.46)], 10), cap,
              (0, high, 0)).finished("staves", 0.09),
        rod((0, high + 0.16, 0), (0, high + 0.16, 0.62), 0.08,
            TIMBERS), *moved(sails(1.15, rng.uniform(20, 70), WHITEWASH), 0, high + 0.16, 0.56),
        *placed(arched_door(0.26, 0.42, OAK, WHITEWASH), 0, 0, 0.53), *placed(window(0.16, 0.2), 0, deck + 0.42, 0.42)
    ]
    for turn in (90, 180, 270):
        made += turned(placed(window(0.16, 0.2), 0, deck + 0.35, 0.42), "y", turn)
    return made


def white_windmill(rng: Generator, hue: Color) -> list[Part]:
    """A round white mill of the south under a pointed thatch."""
    high, r, roof = rng.uniform(1.05, 1.3), rng.uniform(0.48, 0.56), one_of(rng, (0.62, 0.48, 0.30), (0.30, 0.45, 0.62),
                                                                            (0.68, 0.34, 0.24))
    made = [
        lathe([(r * 1.05, 0), (r, 0.1), (r * 0.92, high)], WHITEWASH).finished("mottled", 0.2, amount=0.4),
        lathe([(r * 1.12, 0), (r * 0.6, 0.3), (0.05, 0.66)], roof, (0, high - 0.02, 0)).finished("staves", 0.1),
        dot(0.06, (0, high + 0.66, 0), TIMBERS),
        lathe([(r * 1.3, -0.06), (r * 1.25, 0.03)], shade(STONE, 1.1)),
        rod((0, high + 0.06, 0), (0, high + 0.06, r + 0.24), 0.07,
            TIMBERS), *moved(sails(0.95, rng.uniform(20, 70), (0.95, 0.91, 0.82)), 0, high + 0.06, r + 0.2),
        *placed(arched_door(0.26, 0.48, (0.26, 0.42, 0.62), shade(STONE, 1.15)), 0, 0.02, r - 0.02)
    ]
    for turn in (75, 180, 285):
        made += turned(placed(window(0.15, 0.18, (0.26, 0.42, 0.62)), 0, high * 0.6, r * 0.95), "y", turn)
    return made


def farm_windmill(rng: Generator, hue: Color) -> list[Part]:
    """A wind wheel on a lattice tower, for water."""
    high, iron, blade_color = rng.uniform(1.7, 1.9), (0.55, 0.36, 0.26), (0.82, 0.84, 0.86)
    made, foot, top = [], 0.5, 0.1
    made += four(rod((foot, 0, foot), (top, high, top), 0.045, iron, 0.035))
    for k in range(4):
        a, b = k / 4, (k + 1) / 4
        wa, wb = foot + (top - foot) * a, foot + (top - foot) * b
        side = [
            rod((-wb, high * b, wb), (wb, high * b, wb), 0.028, iron, corners=6),
            rod((-wa, high * a, wa), (wb, high * b, wb), 0.024, iron, corners=6)
        ]
        made += [p for turn in (0, 90, 180, 270) for p in turned(side, "y", turn)]
    vane = box((0.15, 0.4, 0.025), (0, 0.42, 0), blade_color, 0.3).turned("y", 24)
    wheel = [
        *(vane.turned("z", 30 * k) for k in range(12)),
        ring(0.3, 0.022, (0, 0, 0), iron).turned("x", 90),
        lathe([(0.12, -0.05), (0.12, 0.06)], iron).turned("x", 90)
    ]
    tail = [rod((0, 0, 0.15), (0, 0, -0.7), 0.03, iron), box((0.03, 0.34, 0.34), (0, 0, -0.75), (0.72, 0.26, 0.2), 0.2)]
    return [
        *made,
        box((0.34, 0.06, 0.34), (0, high, 0), iron), *moved([*tail, *moved(wheel, z=0.22)], 0, high + 0.14, 0)
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "lighthouse": (("red", "red", "blue", "black", "green"), lighthouse, keeper_lighthouse),
    "windmill": (NONE, windmill, white_windmill, farm_windmill),
}
