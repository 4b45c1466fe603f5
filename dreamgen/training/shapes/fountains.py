"""Fountains; the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .houses import one_of
from .landmarks import MARBLE
from .palette import NONE
from .parts import Color, Part, around, ball, box, curve, four, lathe, moved, shade, tube, turned

WATER, SPRAY = (0.40, 0.68, 0.80), (0.80, 0.92, 0.97)


def stream(inner: float, top: float, outer: float, low: float, rise: float = 0.08) -> Part:
    """Water that leaps forward and falls, widening."""
    t = np.linspace(0, 1, 9)
    y = top + 4 * rise * t * (1 - t) + (low - top) * t ** 2
    return tube(np.stack([0 * t, y, inner + (outer - inner) * t], -1), np.linspace(0.026, 0.055, 9), SPRAY,
                8).glossy(0.5)


def basin(radius: float, y: float, deep: float, stone: Color) -> list[Part]:
    """A bowl on a stem, full of water."""
    return [
        lathe([(0.1, -deep), *curve([(0.14, -deep), (radius * 0.6, -deep * 0.75), (radius * 0.98, -0.06),
                                     (radius * 1.04, 0.0)], 8), (radius * 1.04, 0.05), (radius * 0.9, 0.05),
               (radius * 0.9, 0)], stone, (0, y, 0)).finished("stone", 0.1),
        lathe([(radius * 0.92, -0.02), (radius * 0.92, 0.03), (0, 0.05)], WATER, (0, y, 0)).glossy(0.7)
    ]


def tiered_fountain(rng: Generator, hue: Color) -> list[Part]:
    """Two or three bowls over a round pool, water falling from each."""
    stone, tiers = one_of(rng, MARBLE, (0.74, 0.70, 0.64), (0.82, 0.74, 0.60)), int(rng.integers(2, 4))
    made = [
        lathe([(1.06, 0), (1.0, 0.06), (0.98, 0.26), (1.08, 0.3), (1.08, 0.38), (0.9, 0.38), (0.9, 0.28)],
              stone,
              corners=32).finished("stone", 0.1),
        lathe([(0.92, 0.2), (0.92, 0.31), (0, 0.32)], WATER, corners=32).glossy(0.7)
    ]
    y, last = 0.3, 0.84
    for k in range(tiers):
        r, top = (0.56, 0.36, 0.22)[k], y + 0.45 - 0.05 * k
        made += [
            lathe(curve([(0.2 - 0.04 * k, y), (0.09, y + 0.12), (0.13, y + 0.2), (0.1, top - 0.06)], 10), stone),
            *basin(r, top, 0.14, stone), *around(stream(r, top + 0.05, min(r + 0.16, last), y + 0.02),
                                                 (8, 6, 6)[k], 22 * k)
        ]
        y, last = top, r
    made += [lathe(curve([(0.06, y), (0.09, y + 0.12), (0.04, y + 0.2), (0.1, y + 0.28), (0.0, y + 0.4)], 10), stone)]
    return [*made, *moved(around(stream(0.02, 0.0, 0.17, -0.3), 5, 10), y=y + 0.38)]


def square_fountain(rng: Generator, hue: Color) -> list[Part]:
    """A stepped pool with a tall jet in the middle and four small ones."""
    stone, jet = one_of(rng, (0.72, 0.70, 0.66), MARBLE, (0.62, 0.60, 0.60)), rng.uniform(0.45, 0.65)
    made = [
        box((2.3, 0.1, 2.3), (0, 0.05, 0), shade(stone, 0.9)).finished("tiles", 0.2, shade(stone, 0.75)),
        box((1.7, 0.14, 1.7), (0, 0.2, 0), WATER).glossy(0.7)
    ]
    for turn in (0, 90, 180, 270):
        made += turned([
            box((1.9, 0.26, 0.16), (0, 0.2, 0.87), stone).finished("blocks", 0.13, shade(stone, 0.7)),
            box((2.02, 0.07, 0.24), (0, 0.35, 0.87), shade(stone, 1.12), 0.2)
        ], "y", turn)
    made += four(box((0.26, 0.44, 0.26), (0.88, 0.24, 0.88), stone, 0.05),
                 ball(0.13, (0.88, 0.56, 0.88), shade(stone, 1.1), 12))
    made += [
        lathe(curve([(0.28, 0.2), (0.14, 0.34), (0.12, 0.46), (0.2, 0.52)], 8), stone), *basin(0.4, 0.6, 0.12, stone),
        tube([(0, 0.6, 0), (0, 0.6 + jet * 0.6, 0), (0, 0.6 + jet, 0)], [0.07, 0.055, 0.075], SPRAY).glossy(0.5)
    ]
    made += moved(around(stream(0.02, 0.0, 0.36, 0.05 - jet, 0.12), 6), y=0.58 + jet) + around(
        stream(0.4, 0.64, 0.58, 0.28), 8, 22)
    spout = tube([(0, y, z) for z, y in curve([(0.72, 0.3), (0.6, 0.62), (0.44, 0.6), (0.34, 0.3)], 9)], 0.045, SPRAY,
                 8)
    return [*made, *around(spout, 4, 45)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "fountain": (NONE, tiered_fountain, square_fountain),
}
