"""Tents and wells; openings towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .buildings import DARKNESS, IRON
from .houses import OAK, gable, one_of
from .palette import ANY, NONE
from .parts import (
    GOLD,
    STONE,
    WOOD,
    Color,
    Part,
    around,
    ball,
    box,
    dot,
    four,
    lathe,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    tube,
    turned,
)

ROPE = (0.80, 0.68, 0.46)


def ridge_tent(rng: Generator, hue: Color) -> list[Part]:
    """Two sloping sides, its flaps tied open, ropes to pegs."""
    wide, deep, high = rng.uniform(0.75, 0.9), rng.uniform(1.4, 1.7), rng.uniform(0.95, 1.1)
    light, z = shade(hue, 1.35), deep / 2
    made = [
        prism([(-wide, 0), (wide, 0), (0, high)], deep, (0, 0, 0), hue).finished("fabric", 0.12),
        prism([(-wide * 0.5, 0), (wide * 0.5, 0), (0, high * 0.82)], 0.03, (0, 0, z), DARKNESS), *pair(
            prism([(wide * 0.5, 0), (wide * 0.62, 0), (0.05, high * 0.84), (0, high * 0.86), (0.0, high * 0.8)], 0.07,
                  (0, 0, z + 0.02), light)),
        *pair(ball((0.07, 0.2, 0.06), (wide * 0.42, high * 0.3, z + 0.06), light, 10)),
        *(rod((0, 0, s * (z + 0.03)), (0, high + 0.14, s * (z + 0.03)), 0.035, WOOD) for s in (-1, 1)),
        *(rod((0, high + 0.06, s * z), (0, 0.0, s * (z + 0.55)), 0.022, ROPE, corners=6) for s in (-1, 1)),
        box((2 * wide + 0.12, 0.05, deep + 0.1), (0, 0.015, 0), shade(hue, 0.6), 0.2)
    ]
    made += pair(*(prism([(-0.1, 0), (0.1, 0), (0.1, 0.04), (-0.1, 0.04)], 0.1, (wide + 0.06, 0, z0), shade(hue, 0.7))
                   for z0 in (-z * 0.7, 0, z * 0.7)))
    seam = rod((0, high + 0.01, -z), (0, high + 0.01, z), 0.035, light)
    return [*made, seam]


def dome_tent(rng: Generator, hue: Color) -> list[Part]:
    """Round, on crossing poles, with a porch that opens to the front."""
    wide, high = rng.uniform(0.85, 0.95), rng.uniform(0.7, 0.82)
    a = np.linspace(0, np.pi / 2, 9)
    dome = lathe(np.stack([wide * np.cos(a), high * np.sin(a) ** 0.9], -1), hue, corners=24)
    dome = dome.painted(lambda c: c[:, 1] < high * 0.22, shade(hue, 0.6)).finished("fabric", 0.12)
    made = [dome, lathe([(wide * 1.03, -0.04), (wide * 1.02, 0.03)], shade(hue, 0.5))]
    t = np.linspace(0, np.pi, 17)
    pole = tube(np.stack([wide * 1.01 * np.cos(t), high * 1.02 * np.sin(t)**0.9, 0 * t], -1), 0.032, (0.92, 0.90, 0.84),
                8)
    made += [pole.turned("y", 45), pole.turned("y", -45)]
    porch = np.stack([0.46 * np.cos(t), high * 0.72 * np.sin(t) ** 0.8], -1)
    made += [
        prism(porch, 0.5, (0, 0, wide * 0.74), shade(hue, 1.15)),
        prism(porch * (0.84, 0.86), 0.03, (0, 0, wide * 0.74 + 0.25), DARKNESS),
        *pair(prism([(0.39, 0), (0.2, 0), (0.33, 0.32), (0.3, 0.42)], 0.05,
                    (0, 0, wide * 0.74 + 0.27), shade(hue, 1.4)))
    ]
    lines = rod((0.6, high * 0.6, 0.0), (1.12, 0, 0), 0.02, ROPE, corners=6)
    return [*made, *pair(lines.turned("y", 20), lines.turned("y", -40))]


def tepee(rng: Generator, hue: Color) -> list[Part]:
    """A tall cone on poles that cross at its top, with painted bands."""
    wide, high = rng.uniform(0.75, 0.85), rng.uniform(1.5, 1.75)
    y = np.linspace(0, high, 13)
    light = shade(hue, 1.55 if min(hue) < 0.7 else 0.6)
    cone = lathe(np.stack([wide * (1 - 0.9 * y / high), y], -1), hue, corners=16)
    cone = cone.painted(
        lambda c:
        ((c[:, 1] > high / 6) & (c[:, 1] < high / 4)) | ((c[:, 1] > high * 0.5833) & (c[:, 1] < high * 0.6667)), light)
    pole = rod((0, 0, wide * 0.98), (0, high * 1.22, -wide * 0.2), 0.035, WOOD, corners=8)
    slope = np.degrees(np.arctan2(wide * 0.9, high))
    door = [
        prism([(-0.24, 0), (0.24, 0), (0, 0.85)], 0.05, (0, 0, 0), DARKNESS),
        *pair(prism([(0.24, 0), (0.36, 0), (0, 0.94), (0, 0.84)], 0.07, (0, 0, 0.02), light))
    ]
    return [cone.finished("fabric", 0.1), *around(pole, 8, 22.5), *moved(turned(door, "x", -slope), 0, 0, wide * 0.98),
            *(dot(0.035, (0, high * y0, wide * (1 - 0.9 * y0) + 0.01), WOOD) for y0 in (0.62, 0.7, 0.78))]


def bucket(x: float, y: float, z: float) -> list[Part]:
    return [
        lathe([(0.09, 0), (0.13, 0.2), (0.1, 0.2), (0.09, 0.05), (0, 0.05)], OAK, (x, y, z)).finished("staves", 0.05),
        ring(0.118, 0.02, (x, y + 0.14, z), IRON),
        *pair(rod((0.11, 0.18, 0), (0, 0.34, 0), 0.018, IRON, corners=6).moved(x, y, z))
    ]


def well(rng: Generator, hue: Color) -> list[Part]:
    """Of round stone, its little roof in color, a bucket on a winch."""
    stone = one_of(rng, STONE, (0.74, 0.66, 0.54), (0.56, 0.57, 0.60))
    wall = lathe([(0.54, 0), (0.54, 0.5)], stone).finished("blocks", 0.16, shade(stone, 0.6))
    rim = lathe([(0.6, 0.48), (0.62, 0.52), (0.6, 0.6), (0.4, 0.6), (0.4, 0.49), (0, 0.49)],
                shade(stone, 1.1)).finished("stone", 0.1)
    return [
        wall, rim,
        lathe([(0.41, 0.48), (0.41, 0.52), (0, 0.52)], (0.16, 0.30, 0.40)).glossy(0.6),
        *[p.turned("y", 90) for p in moved(gable(0.9, 1.15, 0.4, 0.1, hue), y=1.22)], *pair(
            box((0.11, 0.85, 0.11), (0.5, 0.92, 0), WOOD, 0.1).finished("wood", 0.05),
            prism([(-0.4, 0), (0.4, 0), (0, 0.36)], 0.06, (0, 0, 0), OAK).turned("y", 90).moved(0.52, 1.24, 0)),
        rod((-0.62, 1.02, 0), (0.62, 1.02, 0), 0.045, WOOD),
        lathe([(0.1, -0.2), (0.1, 0.2)], ROPE).finished("stripes", 0.04, shade(ROPE, 0.7)).turned("z",
                                                                                                  90).moved(0, 1.02, 0),
        rod((0.62, 1.02, 0), (0.62, 0.82, 0), 0.035, IRON),
        rod((0.6, 0.82, 0), (0.76, 0.82, 0), 0.035, WOOD),
        rod((0, 1.0, 0.08), (0, 0.9, 0.08), 0.025, ROPE), *bucket(0, 0.6, 0.08)
    ]


def brick_well(rng: Generator, hue: Color) -> list[Part]:
    """Square, of brick, under a pointed four-sided roof in color on four posts."""
    brick = one_of(rng, (0.68, 0.36, 0.28), (0.62, 0.60, 0.56))
    kind = "brick" if brick[0] > 0.65 else "blocks"
    side = [
        box((1.0, 0.52, 0.16), (0, 0.26, 0.42), brick).finished(kind, 0.09, (0.84, 0.8, 0.74)),
        box((1.1, 0.09, 0.22), (0, 0.55, 0.42), shade(STONE, 1.1), 0.2)
    ]
    made = [p for turn in (0, 90, 180, 270) for p in turned(side, "y", turn)]
    made += [
        box((0.8, 0.3, 0.8), (0, 0.15, 0), (0.24, 0.44, 0.56)),
        *four(box((0.1, 0.85, 0.1), (0.42, 0.95, 0.42), WOOD, 0.1)),
        lathe([(0.9, -0.05), (0.92, 0.0), (0.05, 0.62)], hue, (0, 1.36, 0), 4).finished("shingles", 0.13),
        dot(0.07, (0, 1.98, 0), GOLD),
        rod((-0.55, 1.05, 0), (0.55, 1.05, 0), 0.05, WOOD),
        rod((0, 1.05, 0.06), (0, 0.9, 0.06), 0.03, ROPE), *bucket(0, 0.6, 0.06), *bucket(0.36, 0.6, 0.42)
    ]
    return [*made, *pair(box((0.08, 0.08, 0.84), (0.42, 1.05, 0), WOOD))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "tent": (ANY, ridge_tent, dome_tent, tepee),
    "well": (NONE, well, brick_well),
}
