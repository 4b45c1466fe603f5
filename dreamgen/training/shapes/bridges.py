"""Bridges; the water flows along z under them, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .buildings import stony
from .houses import WHITEWASH, one_of
from .palette import NONE
from .parts import Color, Part, ball, box, dot, prism, rod, shade, tube

RIVER = (0.36, 0.62, 0.74)


def stone_bridge(rng: Generator, hue: Color) -> list[Part]:
    """Arches over a river."""
    stone, count = one_of(rng, (0.70, 0.67, 0.62), (0.76, 0.66, 0.52), (0.58, 0.58, 0.60)), int(rng.integers(1, 4))
    half, hump = 1.6, rng.uniform(0.15, 0.32)
    road = lambda x: 0.62 + hump * np.cos(x / half * np.pi / 2) ** 2
    span = (2 * half - 0.5) / count
    low = [(-half, 0)]
    for k in range(count):
        mid, r = -half + 0.25 + span * (k + 0.5), span / 2 - 0.1
        low += [(mid - r * np.cos(a), max(min(0.62 + hump * 0.5 - 0.16, r) * np.sin(a), 0))
                for a in np.linspace(0, np.pi, 11)]
    x = np.linspace(half, -half, 17)
    side = prism([*low, (half, 0), *zip(x, road(x))], 0.7, (0, 0, 0), stone)
    wall = prism([*zip(-x, road(x) - 0.04), *zip(x, road(x) + 0.17)], 0.1, (0, 0, 0), shade(stone, 1.1))
    made = [stony(side, stone), *(stony(wall, stone, 0.1).moved(0, 0, z) for z in (-0.34, 0.34)),
            prism([*zip(-x, road(x) - 0.05), *zip(x, road(x) + 0.02)], 0.6, (0, 0, 0), (0.62, 0.54, 0.44)),
            box((2 * half, 0.1, 1.3), (0, -0.03, 0), RIVER, 0.2).glossy(0.6)]
    for s in (-1, 1):
        made += [
            stony(box((0.2, 0.95, 0.16), (s * (half - 0.1), 0.46, z), stone, 0.05), stone, 0.1) for z in (-0.35, 0.35)
        ]
        made += [
            ball((0.24, 0.12, 0.55), (s * (half - 0.06), 0.02, z), (0.42, 0.56, 0.28), 10).finished("foliage", 0.3)
            for z in (-0.5, 0.5)
        ]
    return made


def plank_bridge(rng: Generator, hue: Color) -> list[Part]:
    """A high arc of boards between railings."""
    wood = one_of(rng, (0.72, 0.25, 0.18), (0.62, 0.43, 0.26), (0.55, 0.36, 0.22))
    half, rise, wide = 1.5, rng.uniform(0.5, 0.75), 0.62
    x = np.linspace(-half, half, 21)
    y = lambda x: 0.15 + rise * np.cos(x / half * np.pi / 2)
    made = []
    for k in range(20):
        mid = (x[k] + x[k + 1]) / 2
        tilt = np.degrees(np.arctan2(y(x[k + 1]) - y(x[k]), x[k + 1] - x[k]))
        made.append(
            box((0.155, 0.06, 2 * wide * 0.62), (0, 0, 0), shade(
                (0.64, 0.46, 0.30), rng.uniform(0.88, 1.1))).finished("wood_z",
                                                                      0.06).turned("z", tilt).moved(mid, y(mid), 0))
    for z in (-wide * 0.55, wide * 0.55):
        made += [
            tube(np.stack([x, y(x) - 0.08, 0 * x + z], -1), 0.075, shade(wood, 0.85)),
            tube(np.stack([x, y(x) + 0.42, 0 * x + z], -1), 0.05, wood),
            tube(np.stack([x, y(x) + 0.22, 0 * x + z], -1), 0.032, wood)
        ]
        for px in np.linspace(-half, half, 7):
            made += [
                box((0.09, 0.56, 0.09), (px, y(px) + 0.22, z), wood),
                dot(0.065, (px, y(px) + 0.52, z), shade(wood, 0.8))
            ]
        made += [rod((px, 0, z), (px, y(px), z), 0.06, shade(wood, 0.8)) for px in (-0.75, 0.75)]
    return made


def suspension_bridge(rng: Generator, hue: Color) -> list[Part]:
    """Two portals, cables between them, a road with lamps of light."""
    steel = one_of(rng, (0.80, 0.30, 0.20), (0.55, 0.62, 0.68), (0.30, 0.46, 0.52))
    half, at, high, deck = 2.0, 1.05, rng.uniform(1.35, 1.6), 0.5
    made = [
        box((2 * half, 0.1, 0.6), (0, deck, 0), shade(steel, 0.85)),
        box((2 * half, 0.03, 0.46), (0, deck + 0.06, 0), (0.28, 0.29, 0.31)),
        *(box((0.2, 0.02, 0.035), (x, deck + 0.08, 0), WHITEWASH) for x in np.linspace(-1.8, 1.8, 9)),
        box((2 * half, 0.1, 1.4), (0, -0.04, 0), RIVER, 0.2).glossy(0.6)
    ]
    for s in (-1, 1):
        x = s * at
        made += [
            box((0.3, 0.26, 0.9), (x, 0.1, 0), (0.62, 0.6, 0.58), 0.1),
            box((0.36, 0.6, 0.8), (s * (half - 0.15), 0.25, 0), (0.66, 0.64, 0.6), 0.05)
        ]
        made += [box((0.15, high, 0.12), (x, high / 2, z), steel, 0.1) for z in (-0.34, 0.34)]
        made += [box((0.13, 0.12, 0.7), (x, h, 0), steel, 0.1) for h in (high - 0.06, high * 0.72, deck - 0.12)]

    def cable(x):
        inside, outside = (np.abs(x) / at) ** 2, (np.maximum(np.abs(x) - at, 0) / (half - at - 0.1)) ** 0.85
        return np.where(
            np.abs(x) < at, deck + 0.16 + (high - deck - 0.16) * inside, high - (high - deck - 0.1) * outside)
    x = np.linspace(-half + 0.1, half - 0.1, 39)
    for z in (-0.34, 0.34):
        made.append(tube(np.stack([x, cable(x), 0 * x + z], -1), 0.035, steel, 8))
        made += [
            rod((p, deck, z), (p, float(cable(p)), z), 0.02, steel, corners=6) for p in np.arange(-1.65, 1.7, 0.3)
            if cable(p) > deck + 0.2
        ]
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bridge": (NONE, stone_bridge, plank_bridge, suspension_bridge),
}
