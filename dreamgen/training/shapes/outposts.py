"""Watchtowers and igloos, doors towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .buildings import DARKNESS, flag, stony
from .farmland import LOG, SNOWY
from .houses import OAK, ROOFS, arch, arched_door, one_of, placed
from .palette import NONE
from .parts import Color, Part, around, box, dot, four, lathe, moved, prism, rod, shade, turned


def guard_tower(rng: Generator, hue: Color) -> list[Part]:
    """Of wood: braced legs, a platform with a railing, a hut under a pointed roof, a ladder."""
    wood, high = shade(LOG, rng.uniform(0.85, 1.1)), rng.uniform(1.15, 1.4)
    roof = one_of(rng, (0.46, 0.32, 0.22), (0.62, 0.28, 0.2), (0.34, 0.42, 0.34), (0.70, 0.56, 0.32))
    made = four(rod((0.48, 0, 0.48), (0.38, high, 0.38), 0.065, wood),
                box((0.08, 0.62, 0.08), (0.46, high + 0.32, 0.46), wood))
    for turn in (0, 90, 180, 270):
        made += turned([
            rod((-0.46, 0.15, 0.45), (0.4, high - 0.1, 0.39), 0.042, shade(wood, 0.85)),
            rod((0.46, 0.15, 0.45), (-0.4, high - 0.1, 0.39), 0.042, shade(wood, 0.85)),
            box((1.0, 0.3, 0.06), (0, high + 0.17, 0.5), wood).finished("staves", 0.09),
            box((1.08, 0.06, 0.1), (0, high + 0.34, 0.5), shade(wood, 0.8))
        ], "y", turn)
    ladder = [
        *(rod((x, 0, 0.86), (x, high + 0.1, 0.56), 0.035, shade(wood, 1.15)) for x in (-0.15, 0.15)),
        *(rod((-0.15, h, 0.86 - 0.3 * h / (high + 0.1)),
              (0.15, h, 0.86 - 0.3 * h / (high + 0.1)), 0.03, shade(wood, 1.15)) for h in np.arange(0.14, high, 0.19))
    ]
    return [
        *made, *ladder,
        box((1.1, 0.08, 1.1), (0, high, 0), shade(wood, 0.9)).finished("wood_x", 0.08),
        lathe([(0.86, -0.04), (0.9, 0.02), (0.05, 0.6)], roof, (0, high + 0.64, 0), 4).finished("shingles", 0.13),
        *flag(0, high + 1.2, 0, (0.75, 0.22, 0.2))
    ]


def stone_watchtower(rng: Generator, hue: Color) -> list[Part]:
    """Round, of stone, with a jutting wooden gallery under a pointed roof."""
    stone, high, r = one_of(rng, (0.66, 0.64, 0.60), (0.74, 0.66, 0.54)), rng.uniform(1.3, 1.6), rng.uniform(0.36, 0.42)
    roof = one_of(rng, *ROOFS)
    made = [
        stony(lathe([(r * 1.22, 0), (r * 1.05, 0.25), (r, high)], stone), stone),
        lathe([(r, -0.16), (r * 1.42, 0), (r * 1.42, 0.06)], OAK, (0, high, 0), 12),
        lathe([(r * 1.34, 0), (r * 1.34, 0.3)], LOG, (0, high + 0.05, 0), 12).finished("staves", 0.1),
        lathe([(r * 0.9, 0), (r * 0.9, 0.3)], DARKNESS, (0, high + 0.33, 0),
              12), *moved(around(box((0.08, 0.32, 0.08), (0, 0.16, r * 1.28), OAK), 6), y=high + 0.33),
        lathe([(r * 1.6, -0.04), (r * 1.6, 0.02), (r * 0.8, 0.4), (0.03, 0.86)], roof, (0, high + 0.64, 0),
              12).finished("shingles", 0.12),
        dot(0.06, (0, high + 1.52, 0), (0.9, 0.75, 0.3)),
        *placed(arched_door(0.3, 0.48, OAK, shade(stone, 0.75)), 0, 0, r * 1.13)
    ]
    for turn, y in ((0, 0.68), (90, 0.5), (180, 0.68), (270, 0.5)):
        made += turned(
            moved([arch(0.18, 0.3, 0.07, shade(stone, 0.75)),
                   arch(0.11, 0.24, 0.1, DARKNESS).moved(0, 0.03, 0)], 0, high * y, r * 1.01), "y", turn)
    return made


def igloo(rng: Generator, hue: Color) -> list[Part]:
    """A dome of cut blocks with an arched tunnel."""
    tall, rows, r = rng.uniform(0.82, 1.0), 6, 1.0
    blue = shade((0.58, 0.74, 0.88), rng.uniform(0.95, 1.15))
    a = np.linspace(0, np.pi / 2, 9)
    made = [lathe(np.stack([np.cos(a), tall * np.sin(a)], -1) * r * 0.97, blue)]
    step = np.pi / 2 / (rows + 0.35)
    for k in range(rows):
        a = step * (k + 0.5)
        count = max(int(round(2 * np.pi * np.cos(a) / 0.46)), 3)
        block = box((2 * np.cos(a) * np.tan(np.pi / count) * 0.93, step * 0.9, 0.12), (0, 0, 0), shade(SNOWY, 0.95))
        block = block.finished("mottled", 0.15,
                               amount=0.4).turned("x", -np.degrees(a)).moved(0,
                                                                             np.sin(a) * r,
                                                                             np.cos(a) * r)
        made += [p.scaled(y=tall) for p in around(block, count, 180 / count * (k % 2))]
    made.append(lathe([(0.26, 0.0), (0.24, 0.07), (0, 0.1)], SNOWY, (0, r * tall * 0.98, 0), 8))
    hole = np.linspace(0, np.pi, 9)
    arch_line = [(0.44 * np.cos(a), 0.02 + 0.43 * np.sin(a)) for a in hole]
    made += [
        prism(arch_line, 0.62, (0, 0, 1.1), blue),
        prism([(x * 0.72, y * 0.76) for x, y in arch_line], 0.05, (0, 0, 1.43), (0.18, 0.26, 0.36))
    ]
    for z, wide in ((0.98, 0.26), (1.3, 0.24)):
        for k in range(7):
            a = np.pi * (k + 0.5) / 7
            made.append(
                box((0.13, 0.2, wide), (0.45, 0, 0), shade(SNOWY, 0.95)).turned("z", np.degrees(a)).moved(0, 0.02, z))
    return [*made, lathe([(1.25, -0.07), (1.2, 0.0), (0, 0.03)], SNOWY).scaled(1, 1, 1.2).moved(0, 0, 0.2)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "watchtower": (NONE, guard_tower, stone_watchtower),
    "igloo": (NONE, igloo),
}
