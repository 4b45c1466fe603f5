"""Buildings, doors towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (BRICK, BROWN, CREAM, DARK, GLASS, LIGHT, STONE, WHITE, WOOD, Colour, Part, ball, box, four, lathe,
                    moved, pair, prism, rod, shade, stripes)


def gable(wide: float, deep: float, eaves: float, ridge: float, over: float, colour: Colour) -> list[Part]:
    """A roof whose ridge runs front to back, two slabs thick enough to see, and the walls' triangles under it."""
    w, t = wide / 2 + over, 0.07
    drop = over * (ridge - eaves) / (wide / 2)
    slab = prism([(0, ridge), (w, eaves - drop), (w, eaves - drop + t * 1.4), (0, ridge + t * 1.4)], deep + 2 * over,
                 (0, 0, 0), colour)
    return pair(slab)


def house(rng: Generator, hue: Colour) -> list[Part]:
    """Walls in colour under a dark roof, or light walls under a roof in colour."""
    wide, deep, eaves, rise = rng.uniform(1.1, 1.4), rng.uniform(1.0,
                                                                 1.4), rng.uniform(0.75, 0.95), rng.uniform(0.5, 0.7)
    wall, roof = (hue, shade(BROWN, 0.9)) if rng.random() < 0.5 else (shade(CREAM, 1.3), hue)
    made = [prism([(-wide / 2, 0), (wide / 2, 0), (wide / 2, eaves), (0, eaves + rise), (-wide / 2, eaves)], deep,
                  (0, 0, 0), wall), *gable(wide, deep, eaves, eaves + rise, 0.12, roof),
            box((0.26, 0.5, 0.05), (0, 0.25, deep / 2), BROWN), ball(0.025, (0.08, 0.26, deep / 2 + 0.03), LIGHT),
            box((0.14, 0.5, 0.16), (wide * 0.28, eaves + rise * 0.72, -deep * 0.2), BRICK)]
    window = [box((0.24, 0.26, 0.04), (0, 0, 0), WHITE), box((0.19, 0.21, 0.05), (0, 0, 0), GLASS)]
    made += pair(*moved(window, wide * 0.33, 0.45, deep / 2)) + moved(window, 0, eaves + 0.1,
                                                                      deep / 2) + pair(*moved(window, wide * 0.25, 0.5,
                                                            -deep / 2))
    for z in (-deep * 0.25, deep * 0.25):
        made += pair(*(p.turned("y", 90).moved(wide / 2, 0.48, z) for p in window))
    return made


def church(rng: Generator, hue: Colour) -> list[Part]:
    """A tower with a spire in front of the nave."""
    wide, long, tall, wall = rng.uniform(0.75, 0.9), rng.uniform(1.2, 1.5), rng.uniform(1.3, 1.6), shade(CREAM, 1.35)
    made = [prism([(-wide / 2, 0), (wide / 2, 0), (wide / 2, 0.7), (0, 1.15), (-wide / 2, 0.7)], long,
                  (0, 0, -long / 2), wall), *moved(gable(wide, long, 0.7, 1.15, 0.08, hue), z=-long / 2),
            box((0.5, tall, 0.5), (0, tall / 2, 0.16), wall), lathe([(0.42, 0), (0, 0.9)], hue, (0, tall, 0.16), 4),
            box((0.22, 0.46, 0.05), (0, 0.23, 0.42), BROWN),
            lathe([(0.11, 0), (0.11, 0.05)], GLASS).turned("x", 90).moved(0, tall * 0.72, 0.4),
            rod((0, tall + 0.85, 0.16), (0, tall + 1.2, 0.16), 0.025, DARK),
            box((0.2, 0.05, 0.05), (0, tall + 1.08, 0.16), DARK)]
    for k in range(3):
        made += pair(box((0.04, 0.36, 0.16), (wide / 2, 0.4, -long * (0.25 + 0.26 * k)), shade(GLASS, 0.7)))
    return made


def tower(radius: float, high: float, wall: Colour, roof: Colour) -> list[Part]:
    """Round, with a wider top and a pointed roof."""
    return [lathe([(radius, 0), (radius * 0.94, high * 0.8), (radius * 1.2, high * 0.88), (radius * 1.2, high)], wall),
            lathe([(radius * 1.4, 0), (0, radius * 2.4)], roof, (0, high, 0)),
            box((radius * 0.4, radius * 0.8, 0.08), (0, high * 0.6, radius * 0.93), DARK)]


def castle(rng: Generator, hue: Colour) -> list[Part]:
    """Stone, with four towers whose roofs are in colour, and a gate."""
    wide, wall, high, stone = rng.uniform(0.62, 0.72), rng.uniform(0.6,
                                                                   0.75), rng.uniform(1.0, 1.25), shade(STONE,
            rng.uniform(0.95, 1.2))
    made = [box((wide * 2, wall, wide * 2), (0, wall / 2, 0), stone),
            box((0.72, high + 0.15, 0.6), (0, high / 2, -0.15), shade(stone, 0.92)),
            prism([(-0.16, 0), (0.16, 0), (0.16, 0.28), (0.1, 0.4), (0, 0.45), (-0.1, 0.4), (-0.16, 0.28)], 0.06,
                  (0, 0, wide), shade(BROWN, 0.8)),
            *moved(tower(0.2, high + 0.5, stone, hue), 0, 0, -0.15)]
    for x, z in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        made += moved(tower(0.23, high, stone, hue), x * wide, 0, z * wide)
    for k in range(4):
        t = -0.36 + 0.24 * k
        made += four(box((0.12, 0.12, 0.1), (t * wide / 0.62, wall + 0.05, wide - 0.05),
                         stone))[::2] + pair(box((0.1, 0.12, 0.12), (wide - 0.05, wall + 0.05, t * wide / 0.62), stone))
    return made


def lighthouse(rng: Generator, hue: Colour) -> list[Part]:
    """White with bands in colour, on a rock."""
    high, r, bands = rng.uniform(1.8, 2.3), rng.uniform(0.34, 0.4), int(rng.integers(3, 5))
    y = np.linspace(0, high, 4 * bands + 1)
    shaft = lathe(np.stack([r - (r - 0.23) * y / high, y], -1),
                  WHITE).painted(lambda c: np.floor(c[:, 1] / high * bands * 2) % 2 == 0, hue)
    lantern = [lathe([(0.34, 0), (0.34, 0.06)], DARK), lathe([(0.19, 0.06), (0.19, 0.34)], LIGHT),
               lathe([(0.28, 0.34), (0.04, 0.56), (0, 0.58)], hue), ball(0.05, (0, 0.6, 0), DARK)]
    return [lathe([(0.62, -0.18), (0.56, -0.02), (0.42, 0.02)], shade(STONE, 0.7)), shaft, *moved(lantern, y=high),
            box((0.2, 0.36, 0.08), (0, 0.18, r - 0.02), BROWN),
            *(box((0.1, 0.15, 0.06), (0, h * high, r - (r - 0.23) * h), DARK) for h in (0.45, 0.72))]


def windmill(rng: Generator, hue: Colour) -> list[Part]:
    """A Dutch mill, its four sails towards the front."""
    high, cap = rng.uniform(1.4, 1.7), hue
    turn = rng.uniform(0, 90)
    blade = [box((0.05, 1.15, 0.04), (0, 0.58, 0), BROWN), box((0.26, 0.86, 0.02), (0.14, 0.68, 0), WHITE),
             *(box((0.27, 0.03, 0.035), (0.14, 0.3 + 0.19 * k, 0), BROWN) for k in range(5))]
    sails = [p.turned("z", turn + a) for p in blade for a in (0, 90, 180, 270)]
    return [lathe([(0.55, 0), (0.34, high)], shade(CREAM, 1.1), corners=12),
            lathe([(0.4, 0), (0.36, 0.16), (0.2, 0.36), (0, 0.42)], cap, (0, high, 0)),
            rod((0, high + 0.1, 0), (0, high + 0.1, 0.56), 0.06, DARK), *moved(sails, 0, high + 0.1, 0.52),
            box((0.24, 0.42, 0.1), (0, 0.21, 0.52), BROWN),
            *pair(box((0.08, 0.16, 0.16), (0.43, high * 0.5, 0), GLASS)),
            box((0.16, 0.16, 0.08), (0, high * 0.55, 0.43), GLASS)]


def tent(rng: Generator, hue: Colour) -> list[Part]:
    wide, deep, high = rng.uniform(0.75, 0.9), rng.uniform(1.3, 1.7), rng.uniform(0.95, 1.15)
    opening = prism([(-wide * 0.42, 0), (wide * 0.42, 0), (0, high * 0.78)], 0.03, (0, 0, deep / 2), DARK)
    flap = prism([(wide * 0.42, 0), (wide * 0.6, 0), (0.02, high * 0.78)], 0.03, (0, 0, deep / 2 + 0.03),
                 shade(hue, 1.4))
    return [prism([(-wide, 0), (wide, 0), (0, high)], deep, (0, 0, 0), hue), opening, *pair(flap),
            rod((0, 0, deep / 2 + 0.02), (0, high + 0.1, deep / 2 + 0.02), 0.03, WOOD),
            box((2 * wide + 0.1, 0.03, deep + 0.1), (0, 0.015, 0), shade(hue, 0.6))]


def well(rng: Generator, hue: Colour) -> list[Part]:
    """Of stone, its little roof in colour, a bucket on a rope."""
    stone = shade(STONE, rng.uniform(0.85, 1.1))
    wall = lathe([(0.5, 0), (0.52, 0.5), (0.56, 0.5), (0.56, 0.58), (0.4, 0.58), (0.4, 0.2), (0, 0.2)],
                 stone).painted(stripes(12), shade(stone, 0.85))
    return [wall, *gable(0.95, 0.7, 1.25, 1.6, 0.12, hue), *pair(rod((0.46, 0.5, 0), (0.46, 1.32, 0), 0.05, WOOD)),
            rod((-0.5, 1.05, 0), (0.5, 1.05, 0), 0.05, WOOD), rod((0, 1.05, 0), (0, 0.8, 0), 0.02, CREAM),
            lathe([(0.09, 0), (0.12, 0.2)], shade(WOOD, 0.7), (0, 0.6, 0))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "castle": (NONE, castle),
    "lighthouse": (("red", "red", "blue", "black", "green"), lighthouse),
    "windmill": (NONE, windmill),
    "tent": (ANY, tent),
    "well": (NONE, well),
}
