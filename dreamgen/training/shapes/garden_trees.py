"""Trees that people keep: bonsais, cherry trees, a house in a tree; the ground is y = 0."""

from math import cos, sin

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .parts import Color, Part, ball, box, curve, dot, moved, pair, rod, shade, tube
from .plants import CLAY, MOSS, TIMBER, lumpy
from .trees import TRUNK, crown, leafy, roots, trunk

BLOSSOM = (0.97, 0.70, 0.78)


def tray(rng: Generator, wide: float, deep: float) -> list[Part]:
    """A low glazed bonsai pot with moss."""
    color = ((0.20, 0.33, 0.42), (0.50, 0.27, 0.20), (0.30, 0.32, 0.30), CLAY)[int(rng.integers(4))]
    return [
        box((wide, 0.24, deep), (0, 0.19, 0), color, 0.25).glossy(0.45),
        box((wide * 1.08, 0.08, deep * 1.1), (0, 0.31, 0), shade(color, 1.1), 0.4).glossy(0.45),
        *(p for x in (-0.36, 0.36) for z in (-0.32, 0.32)
          for p in [box((0.16, 0.1, 0.14), (x * wide, 0.05, z * deep), color)]),
        ball((wide * 0.46, 0.1, deep * 0.44), (0, 0.34, 0), shade(MOSS, 1.1)).finished("foliage", 0.12)
    ]


def bonsai(rng: Generator, hue: Color) -> list[Part]:
    """An S-bent trunk with flat pads of leaves in a tray."""
    green, side = shade((0.28, 0.48, 0.22), rng.uniform(0.95, 1.15)), 1 if rng.random() < 0.5 else -1
    made = [*tray(rng, 1.5, 0.95),
            trunk([(-0.15, 0.32, 0), (0.22, 0.62, 0.03), (-0.12, 1.0, 0), (0.1, 1.35, 0)], [0.22, 0.16, 0.12, 0.07]),
            *moved(roots(0.17), -0.14, 0.34, 0)]
    for x, y, z, r in ((0.68, 0.86, 0.08, 0.4), (-0.64, 1.12, 0.06, 0.42), (0.5, 1.3, -0.08, 0.34),
                       (0.06, 1.56, 0, 0.46), (-0.1, 1.2, -0.36, 0.34)):
        made.append(
            tube(curve([(0, y - 0.2, 0), (x * 0.5, y - 0.16, z * 0.5), (x, y, z)], 6), np.linspace(0.09, 0.05, 6),
                 TRUNK, 8))
        made.append(crown((r, r * 0.5, r * 0.85), (x, y + 0.08, z), shade(green, rng.uniform(0.92, 1.12)), rng, 16))
    return [p.scaled(x=side) for p in made]


def bonsai_round(rng: Generator, hue: Color) -> list[Part]:
    """A stout little tree with a wide dome of leaves, in a tray with a stone."""
    colors = ((0.30, 0.50, 0.22), (0.80, 0.30, 0.18), (0.96, 0.70, 0.78))
    green = shade(colors[int(rng.integers(3))], rng.uniform(0.95, 1.08))
    made = [*tray(rng, 1.35, 1.0), *moved(roots(0.24), 0, 0.34, 0),
            trunk([(0, 0.3, 0), (0.06, 0.55, 0), (-0.03, 0.85, 0), (0, 1.1, 0)], [0.3, 0.2, 0.15, 0.1]),
            crown((0.62, 0.42, 0.58), (0, 1.32, 0), green, rng, 24),
            ball((0.14, 0.12, 0.12), (0.45, 0.42, 0.22), (0.55, 0.55, 0.54), 10).finished("stone", 0.3)]
    for k in range(6):
        a = 1.05 * k + rng.uniform(0, 0.3)
        x, z = 0.58 * sin(a), 0.5 * cos(a)
        made.append(rod((0, 0.8, 0), (x * 0.8, 1.1, z * 0.8), 0.06, TRUNK, 0.04))
        made.append(crown((0.34, 0.23, 0.34), (x, 1.16, z), shade(green, rng.uniform(0.92, 1.05)), rng, 14))
    return made


def cherry_tree(rng: Generator, hue: Color) -> list[Part]:
    """Dark forking branches in pink clouds, fallen petals around its foot."""
    bark, pink = (0.36, 0.24, 0.21), shade(BLOSSOM, rng.uniform(0.96, 1.2))
    made = [
        trunk([(0, 0, 0), (0.1, 0.35, 0), (-0.04, 0.7, 0), (0.04, 1.2, 0)], [0.3, 0.19, 0.15, 0.08], bark),
        *roots(0.22, bark)
    ]
    for k, (a, out, y, size) in enumerate(
        ((0.2, 0.6, 1.05, 0.42), (1.5, 0.85, 1.2, 0.46), (2.8, 0.65, 1.02, 0.4), (3.9, 0.6, 1.4, 0.44),
         (4.8, 0.85, 1.12, 0.46), (0.6, 0.4, 1.5, 0.44), (0, 0, 1.75, 0.46))):
        x, z = out * sin(a), out * cos(a)
        made.append(tube(curve([(0, 0.5, 0), (x * 0.45, 0.55 + (y - 0.55) * 0.55, z * 0.45), (x, y, z)], 7),
                         np.linspace(0.12, 0.05, 7), bark, 8))
        cloud = lumpy(size, (x, y + 0.1, z), shade(pink, (0.93, 1.0, 1.15)[k % 3]), rng, 18)
        made.append(cloud.finished("foliage", 0.17, amount=0.45))
    for _ in range(16):
        a, r = rng.uniform(0, 6.28), rng.uniform(0.35, 0.85)
        made.append(dot((0.055, 0.02, 0.055), (r * sin(a), 0.02, r * cos(a)), pink))
    return made


def young_cherry(rng: Generator, hue: Color) -> list[Part]:
    """A round pink crown set with open white blossoms."""
    bark, pink, high = (0.36, 0.24, 0.21), shade(BLOSSOM, rng.uniform(0.94, 1.1)), rng.uniform(0.75, 0.95)
    size = np.array([0.86, 0.7, 0.86])
    made = [
        trunk([(0, 0, 0), (0.06, 0.3, 0), (-0.03, high, 0), (0, high + 0.4, 0)], [0.24, 0.15, 0.13, 0.09], bark),
        *roots(0.18, bark),
        lumpy(tuple(size), (0, high + 0.68, 0), pink, rng, 24, 0.2).finished("foliage", 0.13, amount=0.5)
    ]
    for k in range(34):
        y, a = 1 - 2 * (k + 0.5) / 38, 2.4 * k
        r = np.sqrt(1 - y * y)
        flower = [dot((0.11, 0.05, 0.11), (0, 0, 0), shade(pink, 1.65)), dot(0.045, (0, 0.04, 0), (0.85, 0.35, 0.5))]
        made += [p.turned("x", np.degrees(np.arccos(y))).turned("y", np.degrees(a)).moved(
            *(np.array([r * sin(a), y, r * cos(a)]) * size * 0.93 + (0, high + 0.68, 0))) for p in flower]
    return made


def treehouse(rng: Generator, hue: Color) -> list[Part]:
    """A hut on a platform in a stout tree, a ladder up to it."""
    green, wall = leafy(rng), shade(TIMBER, rng.uniform(0.95, 1.15))
    roof = ((0.70, 0.28, 0.22), (0.30, 0.45, 0.52), (0.42, 0.30, 0.22))[int(rng.integers(3))]
    made = [
        trunk([(0, 0, -0.1), (0, 0.4, -0.1), (0, 1.2, -0.15), (0, 2.1, -0.2)], [0.4, 0.27, 0.22, 0.14],
              corners=16), *moved(roots(0.3), z=-0.1),
        box((1.5, 0.1, 1.3), (0, 1.02, 0.1), shade(wall, 0.85), 0.2).finished("wood_x", 0.1),
        *pair(rod((0.05, 0.5, -0.1),
                  (0.62, 0.98, 0.4), 0.06, TRUNK), rod((0.05, 0.5, -0.1), (0.6, 0.98, -0.3), 0.06, TRUNK)),
        box((0.86, 0.66, 0.74), (0, 1.4, -0.02), wall, 0.05).finished("staves", 0.11),
        box((0.26, 0.46, 0.06), (-0.16, 1.3, 0.36), (0.40, 0.25, 0.15), 0.1),
        dot(0.03, (-0.08, 1.3, 0.4), (0.9, 0.75, 0.3)),
        box((0.26, 0.24, 0.05), (0.22, 1.42, 0.36), (0.95, 0.92, 0.84)),
        box((0.18, 0.16, 0.07), (0.22, 1.42, 0.36), (0.98, 0.85, 0.5)),
        *pair(box((0.05, 0.24, 0.26), (0.43, 1.42, 0),
                  (0.95, 0.92, 0.84)), box((0.07, 0.16, 0.18), (0.43, 1.42, 0), (0.98, 0.85, 0.5)))
    ]
    slab = box((1.06, 0.66, 0.07), (0, 0.3, 0), roof, 0.2).finished("shingles", 0.13)
    for turn in (0, 180):
        made.append(slab.turned("x", -48).moved(0, 1.6, 0.51).turned("y", turn))
    made += pair(*(rod((0.7, 1.05, z), (0.7, 1.36, z), 0.035, TRUNK) for z in (-0.45, 0.15, 0.7)),
                 rod((0.7, 1.34, -0.48), (0.7, 1.34, 0.72), 0.035, TRUNK),
                 rod((0.42, 1.05, 0.7), (0.42, 1.36, 0.7), 0.035, TRUNK),
                 rod((0.4, 1.34, 0.7), (0.72, 1.34, 0.7), 0.035, TRUNK))
    made += [
        *(rod((-0.12 + x, 0, 1.05), (-0.12 + x, 1.1, 0.78), 0.04, TIMBER) for x in (-0.16, 0.16)), *(rod(
            (-0.3, 0.12 + 0.19 * k, 1.03 - 0.047 * k), (0.06, 0.12 + 0.19 * k, 1.03 - 0.047 * k), 0.032, TIMBER)
                                                                                                     for k in range(5))
    ]
    for x, y, z, r in ((0, 2.45, -0.25, 0.62), (0.62, 2.05, -0.45, 0.46), (-0.64, 2.1, -0.4, 0.48),
                       (0.05, 2.05, -0.8, 0.46), (-0.4, 2.55, -0.05, 0.36), (0.42, 2.5, 0.02, 0.36)):
        made.append(crown((r, r * 0.8, r), (x, y, z), shade(green, rng.uniform(0.95, 1.1)), rng, 16))
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bonsai tree": (NONE, bonsai, bonsai_round),
    "cherry tree": (NONE, cherry_tree, young_cherry),
    "treehouse": (NONE, treehouse),
}
