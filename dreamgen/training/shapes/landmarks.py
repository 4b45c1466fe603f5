"""Towers, pyramids and temples; fronts towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .buildings import DARKNESS, flag, turret
from .houses import GOLD, LAMP, OAK, ROOFS, SLATE, WHITEWASH, arch, arched_door, bush, one_of, placed
from .palette import NONE
from .parts import (
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
    pair,
    prism,
    ring,
    rod,
    shade,
    turned,
)
from .plants import ribbed, warped

SANDSTONE, MARBLE = (0.86, 0.72, 0.48), (0.93, 0.91, 0.86)


def old_tower(rng: Generator, hue: Color) -> list[Part]:
    """Round, of stone, under a tall pointed roof with a flag."""
    stone, roof, high = one_of(rng, (0.68, 0.66, 0.63),
                               (0.78, 0.70, 0.58)), one_of(rng, *ROOFS, (0.26, 0.40, 0.60)), rng.uniform(1.35, 1.7)
    made = [
        *turret(0.42, high, stone, roof), *placed(arched_door(0.28, 0.46, OAK, shade(stone, 0.75)), 0, 0, 0.43),
        *flag(0, high + 1.2, 0, one_of(rng, (0.75, 0.22, 0.2), (0.2, 0.36, 0.6))),
        lathe([(0.56, 0), (0.5, 0.1)], shade(stone, 0.85)).finished("blocks", 0.1),
        ring(0.41, 0.035, (0, high * 0.45, 0), shade(stone, 1.1))
    ]
    return [*made, *pair(bush(0.5, 0.26, 0.13))]


def leaning_tower(rng: Generator, hue: Color) -> list[Part]:
    """White, with rings of columns, and leaning."""
    white, made, y = shade(MARBLE, rng.uniform(0.96, 1.2)), [], 0.42
    made += [
        lathe([(0.5, 0), (0.48, 0.4)], white),
        *around(arch(0.15, 0.34, 0.06, shade(white, 0.72)).moved(0, 0.02, 0.475), 10),
        lathe([(0.54, 0.38), (0.54, 0.43)], white)
    ]
    for _ in range(5):
        made += [
            lathe([(0.36, 0), (0.36, 0.29)], shade(white, 0.8), (0, y, 0)),
            *moved(around(rod((0, 0, 0.45), (0, 0.22, 0.45), 0.035, white, corners=6), 14), y=y),
            lathe([(0.4, 0.2), (0.5, 0.22), (0.5, 0.285)], white, (0, y, 0))
        ]
        y += 0.28
    made += [
        lathe([(0.32, 0), (0.32, 0.3)], white, (0, y, 0)),
        *moved(around(arch(0.13, 0.22, 0.05, DARKNESS).moved(0, 0.03, 0.315), 8), y=y),
        lathe([(0.36, 0.28), (0.36, 0.34)], white, (0, y, 0))
    ]
    made = turned(made, "z", -rng.uniform(4, 7))
    return [*made, lathe([(0.72, -0.08), (0.68, 0.03)], (0.45, 0.58, 0.32)).finished("foliage", 0.1)]


def clock_tower(rng: Generator, hue: Color) -> list[Part]:
    """Square, of brick or stone, with clock faces, a belfry and a spire."""
    wall, roof, high = one_of(rng, (0.70, 0.40, 0.30), (0.80, 0.72, 0.58),
                              (0.72, 0.66, 0.58)), one_of(rng, (0.34, 0.46, 0.42), SLATE), rng.uniform(1.5, 1.8)
    kind, trim = ("brick" if wall[1] < 0.5 else "blocks"), (0.90, 0.86, 0.76)
    made = [
        box((0.62, high, 0.62), (0, high / 2, 0), wall).finished(kind, 0.09, shade(trim, 0.85)),
        box((0.76, 0.14, 0.76), (0, 0.07, 0), shade(wall, 0.8), 0.1),
        *four(box((0.1, high, 0.1), (0.3, high / 2, 0.3), trim)),
        box((0.74, 0.07, 0.74), (0, high * 0.7, 0), trim, 0.1),
        box((0.78, 0.08, 0.78), (0, high, 0), trim, 0.1),
        box((0.54, 0.34, 0.54), (0, high + 0.2, 0), wall),
        box((0.64, 0.06, 0.64), (0, high + 0.38, 0), trim, 0.1),
        lathe([(0.5, 0), (0.3, 0.16), (0.02, 0.95)], roof, (0, high + 0.4, 0), 4).finished("shingles", 0.11),
        dot(0.05, (0, high + 1.35, 0), GOLD), *placed(arched_door(0.26, 0.42, OAK, trim), 0, 0, 0.31)
    ]
    face = [
        lathe([(0.25, 0), (0.25, 0.06), (0.21, 0.06)], GOLD).turned("x", 90),
        lathe([(0.21, 0), (0.21, 0.08)], WHITEWASH).turned("x", 90), *(rod(
            (0.15 * np.sin(a), 0.15 * np.cos(a), 0.08), (0.19 * np.sin(a), 0.19 * np.cos(a), 0.08),
            0.018,
            DARKNESS,
            corners=5) for a in np.arange(12) * np.pi / 6),
        rod((0, 0, 0.09), (0.06, 0.11, 0.09), 0.022, DARKNESS),
        rod((0, 0, 0.09), (-0.14, 0.06, 0.09), 0.018, DARKNESS)
    ]
    for turn in (0, 90, 180, 270):
        made += turned([
            *moved(face, 0, high * 0.85, 0.29),
            arch(0.12, 0.4, 0.05, DARKNESS).moved(0, high * 0.38, 0.31),
            *pair(arch(0.13, 0.24, 0.05, DARKNESS).moved(0.12, high + 0.08, 0.27))
        ], "y", turn)
    return made


def desert_pyramid(rng: Generator, hue: Color) -> list[Part]:
    """Courses of sandstone that narrow to a tip, a dark entrance, sand around it."""
    stone, count, high = shade(SANDSTONE, rng.uniform(0.9, 1.08)), int(rng.integers(11, 15)), rng.uniform(1.05, 1.25)
    step, cap = high / count, rng.random() < 0.5
    made = []
    for k in range(count):
        size = 2 * (1 - k / count)
        color = GOLD if cap and k == count - 1 else shade(stone, rng.uniform(0.95, 1.06))
        made.append(
            box((size, step, size), (0, step * (k + 0.5), 0), color).finished("blocks", step, shade(stone, 0.7)))
    tip = lathe([(0.14, 0), (0, step * 1.3)], GOLD if cap else stone, (0, high, 0), 4)
    return [
        *made, tip,
        box((0.42, 0.46, 0.3), (0, 0.23, 0.92), shade(stone, 1.1)).finished("blocks", 0.1, shade(stone, 0.7)),
        box((0.22, 0.32, 0.04), (0, 0.16, 1.07), DARKNESS),
        box((0.5, 0.07, 0.36), (0, 0.47, 0.92), shade(stone, 0.9)),
        lathe([(1.5, -0.06), (1.46, 0.0), (0, 0.02)], (0.92, 0.82, 0.60)).finished("mottled", 0.3)
    ]


def step_pyramid(rng: Generator, hue: Color) -> list[Part]:
    """High terraces with a stair on each side and a shrine on top."""
    stone, count = one_of(rng, (0.70, 0.66, 0.58), (0.76, 0.66, 0.50), (0.60, 0.60, 0.58)), int(rng.integers(5, 8))
    high, made = 1.0, []
    step = high / count
    for k in range(count):
        size = 2.0 - 1.3 * k / (count - 1)
        made += [
            lathe([(0.7071 * size, 0), (0.7071 * size * 0.955, step * 0.86), (0.7071 * size * 0.985, step * 0.88),
                   (0.7071 * size * 0.985, step)], shade(stone, 0.92 + 0.03 * k), (0, step * k, 0),
                  4).finished("blocks", 0.1, shade(stone, 0.65))
        ]
    stairs = [
        box((0.4, high * (16 - i) / 16, 0.06), (0, high * (16 - i) / 16 / 2, 0.38 + 0.049 * (i + 0.5)),
            shade(stone, 1.12 - 0.1 * (i % 2))) for i in range(16)
    ]
    rails = pair(
        prism([(0.32, 0), (1.2, 0), (0.32, high + 0.04)], 0.1, (0, 0, 0),
              shade(stone, 0.85)).turned("y", -90).moved(0.25, 0, 0))
    for turn in (0, 90, 180, 270):
        made += turned([*stairs, *rails], "y", turn)
    made += [
        box((0.56, 0.28, 0.5), (0, high + 0.14, 0), shade(stone, 1.08)).finished("blocks", 0.1, shade(stone, 0.65)),
        box((0.68, 0.1, 0.6), (0, high + 0.31, 0), shade(stone, 0.9), 0.1),
        box((0.44, 0.12, 0.38), (0, high + 0.41, 0), (0.66, 0.34, 0.24), 0.1),
        *(box((0.12, 0.2, 0.04), (x, high + 0.1, 0.25), DARKNESS) for x in (-0.15, 0, 0.15)),
        box((0.14, 0.2, 0.04), (0, high + 0.1, -0.25), DARKNESS)
    ]
    return [*made, box((2.5, 0.07, 2.5), (0, -0.02, 0), (0.40, 0.54, 0.28)).finished("foliage", 0.1)]


def column(high: float, radius: float, color: Color) -> list[Part]:
    shaft = ribbed(
        lathe([(radius, 0.05), (radius * 0.94, high * 0.5), (radius * 0.8, high - 0.06)], color, corners=32), 8, 0.06)
    return [
        shaft,
        box((radius * 2.5, 0.06, radius * 2.5), (0, 0.03, 0), color),
        lathe([(radius * 0.8, high - 0.1), (radius * 1.2, high - 0.04)], color),
        box((radius * 2.6, 0.05, radius * 2.6), (0, high - 0.025, 0), color)
    ]


def greek_temple(rng: Generator, hue: Color) -> list[Part]:
    """Fluted columns all around, on three steps, under a gable."""
    stone, across, along = one_of(rng, MARBLE, (0.90, 0.82, 0.68),
                                  (0.86, 0.85, 0.84)), one_of(rng, 4, 6), int(rng.integers(5, 7))
    wide, deep, high = 1.7, 2.1, rng.uniform(0.78, 0.92)
    made = [
        box((wide + 0.5 - 0.16 * k, 0.09, deep + 0.5 - 0.16 * k), (0, 0.045 + 0.09 * k, 0),
            shade(stone, 0.94 + 0.03 * k)).finished("stone", 0.1) for k in range(3)
    ]
    places = {(x, z)
              for x in np.linspace(-wide / 2, wide / 2, across)
              for z in (-deep / 2, deep / 2)} | {(x, z)
                                                 for x in (-wide / 2, wide / 2)
                                                 for z in np.linspace(-deep / 2, deep / 2, along)}
    for x, z in sorted(places):
        made += moved(column(high, 0.115, stone), x, 0.27, z)
    top = 0.27 + high
    made += [
        box((wide * 0.62, high, deep * 0.72), (0, 0.27 + high / 2, 0), shade(stone, 0.85)),
        box((0.3, 0.6, 0.06), (0, 0.57, deep * 0.36), OAK),
        box((wide + 0.32, 0.13, deep + 0.32), (0, top + 0.065, 0), stone),
        box((wide + 0.4, 0.05, deep + 0.4), (0, top + 0.15, 0), shade(stone, 1.1))
    ]
    frieze = one_of(rng, (0.70, 0.34, 0.26), (0.34, 0.46, 0.62), shade(stone, 0.78))
    gable_line = [(-wide / 2 - 0.22, 0), (wide / 2 + 0.22, 0), (0, 0.46)]
    made += [
        prism(gable_line, deep + 0.34, (0, top + 0.17, 0), stone),
        prism([(x * 0.76, y * 0.72 + 0.04) for x, y in gable_line], deep + 0.37, (0, top + 0.17, 0), frieze)
    ]
    roof = box((deep + 0.46, 1.18, 0.06), (0, -0.58, 0.03), (0.74, 0.46, 0.34)).finished("shingles", 0.12)
    slope = np.degrees(np.arctan2(0.46, wide / 2 + 0.22))
    return [
        *made, *pair(roof.turned("x", slope - 90).turned("y", 90).moved(0, top + 0.66, 0)),
        dot(0.07, (0, top + 0.72, deep / 2 + 0.2), GOLD),
        ball((0.11, 0.12, 0.04), (0, top + 0.3, deep / 2 + 0.2), GOLD, 8)
    ]


def curved_roof(size: float, high: float, color: Color, top: float = 0.3) -> list[Part]:
    """Square, hollow in its slope, its corners lifted, with a gilded rim."""
    line = [(1.0, -0.05), *curve([(1.0, 0.0), (0.72, high * 0.2), (top + 0.1, high * 0.62), (top, high)], 8)]

    def bend(v):
        a = np.abs(v[:, [0, 2]]).max(1) / np.maximum(np.hypot(v[:, 0], v[:, 2]), 1e-9)
        out = np.hypot(v[:, 0], v[:, 2])
        lift = high * 0.55 * ((1 / np.maximum(a, 0.7) - 1) / 0.414) ** 2 * out.clip(0, 1) ** 4
        return np.stack([v[:, 0] / np.maximum(a, 0.7) * size, v[:, 1] + lift, v[:, 2] / np.maximum(a, 0.7) * size], -1)
    rim = lathe([(0.98, -0.1), (1.04, -0.06), (1.04, 0.0), (0.98, 0.01)], shade(color, 0.7), corners=32)
    return [warped(lathe(line, color, corners=32), bend).finished("staves", 0.09), warped(rim, bend)]


def pagoda(rng: Generator, hue: Color) -> list[Part]:
    """Three to five floors, each under a roof with lifted corners."""
    red, roof = one_of(rng, (0.82, 0.24, 0.18), (0.74, 0.34, 0.20)), one_of(rng, (0.36, 0.46, 0.50), (0.30, 0.52, 0.46),
                                                                            (0.56, 0.40, 0.32))
    floors, y, made = int(rng.integers(3, 6)), 0.16, []
    made += [
        box((1.5, 0.1, 1.5), (0, 0.05, 0), STONE).finished("blocks", 0.1),
        box((1.3, 0.08, 1.3), (0, 0.13, 0), shade(STONE, 1.1))
    ]
    for k in range(floors):
        size, tall = 0.98 - 0.42 * k / (floors - 1), 0.5 - 0.04 * k
        made += [
            box((size, tall, size), (0, y + tall / 2, 0), WHITEWASH),
            *four(box((0.08, tall, 0.08), (size / 2, y + tall / 2, size / 2), red))
        ]
        for turn in (0, 90, 180, 270):
            made += turned([
                box((size, 0.07, 0.05), (0, y + tall - 0.05, size / 2), red),
                box((size * 1.12, 0.06, 0.06), (0, y + 0.07, size / 2 + 0.04), red),
                *pair(box((0.05, tall, 0.05), (size * 0.2, y + tall / 2, size / 2), red)),
                box((size * 0.3, tall * 0.6, 0.04), (0, y + tall * 0.36, size / 2), OAK if k == 0 else LAMP)
            ], "y", turn)
        y += tall
        made += moved(curved_roof(size * 0.76, 0.28, roof, 0.5 if k < floors - 1 else 0.04), y=y)
        y += 0.14 if k < floors - 1 else 0.28
    spire = [(0.07, 0), (0.035, 0.06), (0.075, 0.12), (0.03, 0.18), (0.06, 0.24), (0.025, 0.3), (0.0, 0.52)]
    return [
        *made,
        lathe(spire, GOLD, (0, y - 0.02, 0), 10).glossy(0.8),
        box((0.36, 0.1, 0.2), (0, 0.08, 0.74), shade(STONE, 0.9))
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "tower": (NONE, old_tower, leaning_tower, clock_tower),
    "pyramid": (NONE, desert_pyramid, step_pyramid),
    "temple": (NONE, greek_temple, pagoda),
}
