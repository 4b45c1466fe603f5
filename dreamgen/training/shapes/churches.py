"""Churches, doors towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .houses import (
    OAK,
    PANE,
    PLASTER,
    ROOFS,
    SLATE,
    TIMBERS,
    WHITEWASH,
    arch,
    arched_door,
    gable,
    hip,
    one_of,
    placed,
    walls,
)
from .palette import NONE
from .parts import GOLD, STONE, Color, Part, around, ball, box, curve, lathe, moved, pair, prism, rod, shade, turned


def cross(x: float, y: float, z: float, size: float = 1.0, color: Color = GOLD) -> list[Part]:
    return [box((0.055 * size, 0.36 * size, 0.055 * size), (x, y + 0.18 * size, z), color).glossy(0.8),
            box((0.24 * size, 0.055 * size, 0.055 * size), (x, y + 0.23 * size, z), color).glossy(0.8)]


def chapel(rng: Generator, hue: Color) -> list[Part]:
    """White boards, a tower with a spire in front of the nave."""
    wide, long, tall = rng.uniform(0.8, 0.95), rng.uniform(1.3, 1.6), rng.uniform(1.35, 1.6)
    roof, white, rise = one_of(rng, *ROOFS), one_of(rng, WHITEWASH, PLASTER), 0.5
    made = [
        walls(wide, long, 0.72, rise, white).moved(0, 0, -long / 2).finished("planks", 0.1, amount=0.7),
        *moved(gable(wide, long, rise, 0.08, roof), 0, 0.72, -long / 2),
        box((wide + 0.06, 0.1, long + 0.06), (0, 0.05, -long / 2), STONE, 0.1),
        box((0.54, tall, 0.5), (0, tall / 2, 0.14), white, 0.04).finished("planks", 0.1, amount=0.7),
        box((0.6, 0.1, 0.56), (0, 0.05, 0.14), STONE, 0.1),
        box((0.62, 0.07, 0.58), (0, tall, 0.14), shade(white, 1.3), 0.2),
        lathe([(0.46, 0), (0.38, 0.12), (0, 0.95)], roof, (0, tall + 0.03, 0.14), 4).finished("shingles", 0.12),
        *cross(0, tall + 0.92, 0.14), *placed(arched_door(0.26, 0.46, OAK, shade(STONE, 1.1)), 0, 0, 0.39),
        arch(0.24, 0.3, 0.04,
             TIMBERS).moved(0, tall - 0.4,
                            0.39), *pair(arch(0.24, 0.3, 0.04, TIMBERS).turned("y", 90).moved(0.27, tall - 0.4, 0.14)),
        ball((0.08, 0.09, 0.03), (0, tall - 0.28, 0.41), GOLD, 10).glossy(0.8),
        lathe([(0.12, -0.02), (0.12, 0.05)], PANE).turned("x", 90).moved(0, tall * 0.52, 0.38).glossy(0.5)
    ]
    for k in range(3):
        made += pair(*placed(
            [arch(0.2, 0.42, 0.05, shade(STONE, 1.2)),
             arch(0.13, 0.36, 0.08, PANE).moved(0, 0.03, 0).glossy(0.5)], wide / 2, 0.2, -long * (0.28 + 0.26 * k), 90))
    return made


def gothic_church(rng: Generator, hue: Color) -> list[Part]:
    """Stone, with two towers beside a rose window."""
    wide, long, tall = rng.uniform(0.8, 0.9), rng.uniform(1.4, 1.7), rng.uniform(1.5, 1.75)
    stone, roof = one_of(rng, (0.78, 0.74, 0.66), (0.66, 0.65, 0.64),
                         (0.80, 0.70, 0.56)), one_of(rng, SLATE, (0.32, 0.45, 0.42))
    seam = shade(stone, 0.75)
    made = [
        walls(wide, long, 0.95, 0.6, stone).moved(0, 0, -long / 2).finished("blocks", 0.11, seam),
        *moved(gable(wide, long, 0.6, 0.06, roof), 0, 0.95, -long / 2),
        lathe([(0.2, -0.02), (0.24, 0.05)], shade(stone, 1.2)).turned("x", 90).moved(0, 0.98, 0),
        lathe([(0.17, -0.02), (0.17, 0.08)], (0.30, 0.42, 0.62)).turned("x", 90).moved(0, 0.98, 0).glossy(0.5),
        *(rod((0, 0.98, 0.09), (0.17 * np.cos(a), 0.98 + 0.17 * np.sin(a), 0.09), 0.018, shade(stone, 1.2), corners=6)
          for a in np.arange(6) * 1.047),
        *placed(
            [arch(0.4, 0.58, 0.08, shade(stone, 0.85), 1.5),
             arch(0.28, 0.48, 0.14, OAK, 1.5).finished("staves", 0.07)], 0, 0, 0)
    ]
    tower = [
        box((0.38, tall, 0.38), (0, tall / 2, 0), stone, 0.03).finished("blocks", 0.11, seam),
        box((0.44, 0.06, 0.44), (0, tall * 0.55, 0), shade(stone, 1.15), 0.2),
        box((0.44, 0.06, 0.44), (0, tall, 0), shade(stone, 1.15), 0.2),
        lathe([(0.28, 0), (0, 0.75)], roof, (0, tall, 0), 8).finished("shingles", 0.1)
    ]
    for turn in (0, 90, 180):
        tower += turned([arch(0.14, 0.42, 0.05, (0.24, 0.26, 0.32), 1.5).moved(0, tall * 0.6, 0.185),
                         arch(0.12, 0.3, 0.05, (0.24, 0.26, 0.32), 1.5).moved(0, tall * 0.22, 0.185)], "y", turn)
    made += pair(*moved([*tower, *cross(0, tall + 0.7, 0, 0.7)], wide / 2, 0, -0.14))
    for k in range(3):
        z = -long * (0.4 + 0.22 * k)
        made += pair(
            *placed([arch(0.18, 0.6, 0.06, (0.30, 0.42, 0.62), 1.5)], wide / 2, 0.25, z, 90),
            prism([(0, 0), (0.22, 0), (0.1, 0.6), (0, 0.9)], 0.09, (wide / 2, 0, z + long * 0.11), shade(stone, 0.9)))
    return [*made, box((wide + 0.4, 0.08, 0.4), (0, 0.04, 0.02), STONE, 0.2)]


def domed_church(rng: Generator, hue: Color) -> list[Part]:
    """A white cube under golden, green or blue onions."""
    onion_color = one_of(rng, GOLD, (0.25, 0.50, 0.46), (0.24, 0.38, 0.62))
    roof, gloss = one_of(rng, SLATE, (0.36, 0.46, 0.40)), 0.7 if onion_color is GOLD else 0.35

    def onion(r, x, y, z, drum):
        line = curve([(0.8, 0), (1.0, 0.3), (1.08, 0.65), (0.75, 1.15), (0.25, 1.6), (0.04, 2.0)], 14) * r
        return [
            lathe([(r * 0.72, -drum), (r * 0.72, 0)], WHITEWASH, (x, y, z)),
            lathe([(r * 0.86, -0.04), (r * 0.86, 0.03)], WHITEWASH, (x, y, z)),
            lathe(line, onion_color, (x, y, z)).glossy(gloss), *cross(x, y + r * 1.9, z, 0.8),
            *moved(around(arch(r * 0.3, drum * 0.6, 0.04,
                               (0.24, 0.28, 0.36)).moved(0, -drum * 0.85, r * 0.72), 6), x, y, z)
        ]
    size = rng.uniform(0.95, 1.1)
    made = [
        box((size, 0.9, size), (0, 0.45, 0), WHITEWASH, 0.03),
        box((size * 1.08, 0.08, size * 1.08), (0, 0.9, 0), shade(WHITEWASH, 0.92), 0.2),
        hip(size * 1.06, size * 1.06, 0.22, roof, 0.4).moved(0, 0.93, 0), *onion(0.32, 0, 1.52, 0, 0.45),
        *placed(arched_door(0.28, 0.5, OAK, PLASTER), 0, 0.06, size / 2),
        box((0.6, 0.08, 0.3), (0, 0.04, size / 2 + 0.1), STONE, 0.2)
    ]
    for x in (-0.32, 0.32):
        for z in (-0.32, 0.32):
            made += onion(0.17, x * size, 1.22, z * size, 0.3)
    for turn in (0, 90, 180, 270):
        made += turned(pair(arch(0.14, 0.38, 0.05, (0.24, 0.28, 0.36)).moved(0.3 * size, 0.36, size / 2)), "y", turn)
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "church": (NONE, chapel, gothic_church, domed_church),
}
