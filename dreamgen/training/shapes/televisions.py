"""Televisions, whose pictures face +z; the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .appliances import knobs
from .joinery import BRASS, CHROME, IRON, WOODS, pick, polished, wooden
from .palette import NONE
from .parts import (
    DARK,
    LIGHT,
    STEEL,
    Color,
    Part,
    ball,
    box,
    dot,
    four,
    lathe,
    loft,
    moved,
    pair,
    prism,
    rod,
    shade,
    tube,
)


def landscape(rng: Generator, wide: float, high: float, y: float, z: float) -> list[Part]:
    """A picture on a screen: a sky, a sun, hills."""
    sky = pick(rng, (0.36, 0.62, 0.82), (0.93, 0.62, 0.42), (0.25, 0.36, 0.60), (0.45, 0.72, 0.74))
    x = np.linspace(-wide / 2, wide / 2, 13)
    made = [box((wide, high, 0.01), (0, y, z), sky).glossy(0.3)]
    for k, (base, color) in enumerate(((0.3, shade(sky, 0.7)), (0.14, (0.30, 0.48, 0.34)))):
        hills = high * (base + 0.1 * np.sin(x * rng.uniform(5, 9) / wide + rng.uniform(0, 6)))
        made.append(
            prism([*zip(x, hills), (wide / 2, 0), (-wide / 2, 0)], 0.006, (0, y - high / 2, z + 0.006 + 0.003 * k),
                  color))
    sun = lathe([(high * 0.13, 0), (high * 0.13, 0.006)], LIGHT, corners=18).turned("x", 90)
    return [*made, sun.moved(wide * rng.uniform(-0.3, 0.3), y + high * 0.22, z + 0.004)]


def flat_television(rng: Generator, hue: Color) -> list[Part]:
    wide = rng.uniform(1.0, 1.2)
    high, frame = wide * rng.uniform(0.57, 0.62), pick(rng, IRON, IRON, STEEL, (0.1, 0.1, 0.11))
    y = high / 2 + 0.14
    made = [
        box((wide, high, 0.07), (0, y, 0), frame, 0.3).glossy(0.4),
        *landscape(rng, wide * 0.93, high * 0.88, y + 0.01, 0.034),
        box((wide * 0.5, high * 0.5, 0.07), (0, y - high * 0.1, -0.05), shade(IRON, 0.8), 0.3),
        dot(0.014, (0, y - high * 0.47, 0.036), (0.9, 0.3, 0.25))
    ]
    if rng.random() < 0.5:
        return made + [
            rod((0, 0.02, -0.02), (0, 0.24, -0.02), 0.045, frame),
            lathe([(0.26, 0), (0.26, 0.02), (0.1, 0.045)], frame).scaled(1, 1, 0.55).glossy(0.4)
        ]
    return made + pair(tube([(wide * 0.3, 0.012, 0.14), (wide * 0.26, 0.15, 0)], 0.024, frame),
                       tube([(wide * 0.3, 0.012, -0.14), (wide * 0.26, 0.15, 0)], 0.024, frame))


def old_television(rng: Generator, hue: Color) -> list[Part]:
    """A wooden box with a bulging tube, two knobs, a grille and an aerial, on four legs."""
    wide, high, deep, wood = rng.uniform(0.72, 0.82), rng.uniform(0.52, 0.58), 0.4, pick(rng, *WOODS)
    y, front, glass = 0.24 + high / 2, deep / 2, wide * 0.64
    x = -wide / 2 + 0.06 + glass / 2
    screen = loft([(0, 0, glass / 2, high * 0.39), (0.025, 0, glass * 0.47, high * 0.36),
                   (0.045, 0, glass * 0.3, high * 0.24)], pick(rng, (0.52, 0.62, 0.62), (0.36, 0.46, 0.52)), 0.45,
                  28).glossy(0.6)
    bezel = loft([(-0.02, 0, glass / 2 + 0.03, high * 0.39 + 0.03), (0.015, 0, glass / 2 + 0.022, high * 0.39 + 0.022)],
                 pick(rng, (0.90, 0.86, 0.76), IRON), 0.4, 28)
    right = wide / 2 - 0.095
    aerial = [
        polished(p)
        for p in pair(rod((0.02, y + high / 2 + 0.03,
                           -0.05), (0.26, y + high / 2 + 0.36,
                                    -0.05), 0.013, CHROME), dot(0.024, (0.26, y + high / 2 + 0.36, -0.05), CHROME))
    ]
    grille = [box((0.11, 0.014, 0.012), (right, y - high * 0.16 - 0.032 * k, front + 0.008), BRASS) for k in range(5)]
    legs = four(
        wooden(tube([(wide / 2 - 0.03, 0, front - 0.03), (wide / 2 - 0.12, 0.26, front - 0.1)], [0.02, 0.034], wood)))
    return [
        box((wide, high, deep), (0, y, 0), wood, 0.15).finished("wood_x", 0.06,
                                                                gloss=0.35), *moved([bezel, screen], x, y, front),
        box((0.15, high * 0.82, 0.02), (right, y, front), shade(wood, 0.7),
            0.3), *moved(knobs(1, 0, y + high * 0.27, front + 0.01, 0.046, BRASS), right),
        *moved(knobs(1, 0, y + high * 0.06, front + 0.01, 0.038, BRASS), right), *grille,
        box((wide * 0.6, high * 0.6, 0.08), (0, y, -front - 0.02), DARK, 0.3),
        ball((0.09, 0.045, 0.07), (0, y + high / 2, -0.05), IRON, 12), *aerial, *legs
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "tv": (NONE, flat_television, old_television),
}
