"""Fireplaces; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, BRASS, WOODS, board, pick, polished, wooden
from .palette import NONE
from .parts import BRICK, CREAM, DARK, WHITE, Color, Part, ball, box, curve, lathe, pair, prism, ring, rod, shade


def flames(rng: Generator, y: float, z: float) -> list[Part]:
    """Tongues of fire over logs."""
    tongue = curve([(0.05, 0), (0.1, 0.1), (0.07, 0.2), (0.025, 0.31), (0, 0.38)], 12)
    made = []
    for x, tall, color, ahead in ((-0.17, 0.75, (0.91, 0.36, 0.10), 0), (0.16, 0.85, (0.91, 0.36, 0.10), 0),
                                   (0.0, 1.2, (0.94, 0.50, 0.12), 0), (-0.08, 0.75, (0.98, 0.74, 0.24),
                                                                       0.05), (0.08, 0.6, (0.98, 0.74, 0.24), 0.05)):
        made.append(
            lathe(tongue, color, corners=12).scaled(1, tall * rng.uniform(0.85, 1.1),
                                                     0.7).moved(x, y + 0.05, z + ahead))
    logs = [
        rod((-0.27, y + 0.05, z + 0.1), (0.25, y + 0.05, z + 0.06), 0.055, (0.40, 0.27, 0.17)),
        rod((-0.22, y + 0.06, z - 0.06), (0.27, y + 0.05, z - 0.04), 0.055, (0.36, 0.24, 0.15)),
        rod((-0.2, y + 0.13, z + 0.06), (0.2, y + 0.11, z - 0.05), 0.045, (0.45, 0.31, 0.2))
    ]
    return made + [log.finished("bark", 0.06) for log in logs]


def brick_fireplace(rng: Generator, hue: Color) -> list[Part]:
    """Of bricks, with an arch or a beam over the fire, a wooden mantel, a chimney breast above."""
    wide, high, deep = rng.uniform(1.25, 1.5), rng.uniform(1.0, 1.15), 0.42
    brick, mortar, wood = pick(rng, BRICK, (0.60, 0.36, 0.28),
                               (0.52, 0.30, 0.25)), (0.82, 0.78, 0.72), pick(rng, *WOODS)
    hole, top, breast = wide * 0.29, high * 0.66, rng.uniform(0, 0.5)
    a = np.linspace(0, np.pi, 15)
    rise = pick(rng, 0.03, hole * 0.5)
    arch = [*zip(hole * np.cos(a), top - rise + rise * np.sin(a))]
    wall = prism([(wide / 2, 0), (wide / 2, high), (-wide / 2, high),
                  (-wide / 2, 0), *((x, y) for x, y in [(-hole, 0), *arch[::-1], (hole, 0)])], deep, (0, 0, 0), brick)
    stones = [
        box((0.085, 0.15, 0.06), (0, 0, 0), shade(brick, 0.8), 0.2).turned("z", -d).moved(
            (hole + 0.05) * np.sin(np.radians(d)), top - rise + (rise + 0.06) * np.cos(np.radians(d)), deep / 2)
        for d in range(-80, 81, 20)
    ] if rise > 0.1 else [box((2 * hole + 0.2, 0.12, 0.06), (0, top + 0.05, deep / 2), (0.62, 0.6, 0.56), 0.3)]
    made = [
        wall.finished("brick", 0.095, mortar), *(p.finished("stone", 0.1) for p in stones),
        box((wide - 0.04, high, 0.05), (0, high / 2, -deep / 2), (0.2, 0.17, 0.16)),
        board((wide + 0.18, 0.1, deep + 0.16), (0, high + 0.04, 0.03), wood, 0.3),
        *pair(board((0.1, 0.14, 0.1), (wide / 2 - 0.12, high - 0.07, deep / 2 + 0.04), wood, 0.3)),
        box((wide + 0.12, 0.07, deep + 0.34), (0, 0.0, 0.14), (0.58, 0.56, 0.53),
            0.25).finished("blocks", 0.16, (0.4, 0.39, 0.37))
    ]
    if breast > 0.2:
        made.append(
            box((wide * 0.72, breast, deep * 0.75), (0, high + 0.08 + breast / 2, -0.04),
                brick).finished("brick", 0.095, mortar))
    else:
        made += [
            lathe(curve([(0.05, 0), (0.07, 0.06), (0.04, 0.14), (0.055, 0.18)], 9), pick(rng, *ACCENTS),
                  (-wide * 0.36, high + 0.09, 0.04), 14).glossy(0.5),
            rod((wide * 0.36, high + 0.09, 0.04), (wide * 0.36, high + 0.26, 0.04), 0.035, CREAM)
        ]
    return made + flames(rng, 0.05, 0.02)


def mantel_fireplace(rng: Generator, hue: Color) -> list[Part]:
    """A carved surround of marble or painted wood, with pillars and a clock."""
    wide, high, deep = rng.uniform(1.3, 1.5), rng.uniform(1.02, 1.15), 0.36
    stone, x = pick(rng, (0.91, 0.90, 0.87), (0.62, 0.60, 0.57), (0.86, 0.80, 0.70)), wide / 2 - 0.14
    shaft = lathe(curve([(0.085, 0), (0.07, 0.05), (0.065, high * 0.4), (0.06, high * 0.68), (0.085, high * 0.72)], 12),
                  stone,
                  corners=20)
    made = [
        box((wide, 0.26, deep), (0, high - 0.13, 0), stone, 0.1),
        box((wide + 0.2, 0.09, deep + 0.2), (0, high + 0.03, 0.04), stone, 0.4),
        box((wide + 0.1, 0.06, deep + 0.1), (0, high - 0.03, 0.02), shade(stone, 0.93), 0.4),
        *pair(box((0.26, high, deep), (x, high / 2, 0), stone, 0.1), shaft.moved(x, 0.14, deep / 2 + 0.03),
              box((0.3, 0.16, deep + 0.18), (x, 0.08, 0.02), stone, 0.2)),
        ball((0.17, 0.075, 0.03), (0, high - 0.15, deep / 2), shade(stone, 0.9), 16),
        box((wide - 0.04, high, 0.05), (0, high / 2, -deep / 2), (0.27, 0.25, 0.24)),
        box((wide + 0.16, 0.06, deep + 0.4), (0, 0.0, 0.16), shade(stone, 0.8), 0.3)
    ]
    made = [p.finished("marble", 0.14, shade(stone, 0.75), gloss=0.3) for p in made]
    metal = BRASS
    clock = [
        wooden(box((0.2, 0.2, 0.12), (0, high + 0.17, 0.03), pick(rng, *WOODS), 0.3)),
        wooden(ball((0.1, 0.06, 0.06), (0, high + 0.26, 0.03), WOODS[1], 12)),
        *(p.turned("x", 90).moved(0, high + 0.17, 0.09)
          for p in (lathe([(0.075, 0), (0.075, 0.015)], WHITE), polished(ring(0.078, 0.012, (0, 0.01, 0), metal)))),
        box((0.012, 0.055, 0.01), (0, high + 0.195, 0.108), DARK),
        box((0.045, 0.012, 0.01), (0.02, high + 0.17, 0.108), DARK)
    ]
    sticks = pair(
        polished(
            lathe(curve([(0.045, 0), (0.015, 0.04), (0.022, 0.08), (0.015, 0.12)], 8), metal,
                  (wide * 0.36, high + 0.075, 0.04), 12)),
        rod((wide * 0.36, high + 0.18, 0.04), (wide * 0.36, high + 0.32, 0.04), 0.024, CREAM))
    return made + clock + sticks + flames(rng, 0.04, 0.0)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "fireplace": (NONE, brick_fireplace, mantel_fireplace),
}
