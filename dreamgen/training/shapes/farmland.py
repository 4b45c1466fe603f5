"""Barns, cabins, bridges and other buildings of the country, doors towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .buildings import DARKNESS, flag, stony
from .houses import (
    LAMP,
    OAK,
    PANE,
    ROOFS,
    SLATE,
    TIMBERS,
    WHITEWASH,
    arch,
    arched_door,
    chimney,
    gable,
    one_of,
    placed,
    slab,
    window,
)
from .palette import NONE
from .parts import (
    STONE,
    Colour,
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
    tube,
    turned,
)

LOG, STRAW, RIVER, SNOWY = (0.60, 0.41, 0.25), (0.88, 0.72, 0.36), (0.36, 0.62, 0.74), (0.95, 0.97, 1.0)


def barn_door(wide: float, high: float, colour: Colour, trim: Colour) -> list[Part]:
    """Two leaves with crossed boards; its foot at the origin."""
    leaf = [box((wide / 2 - 0.02, high, 0.06), (wide / 4, high / 2, 0), colour).finished("staves", wide / 8),
            *(box((wide / 2 - 0.02, 0.05, 0.09), (wide / 4, y, 0), trim) for y in (0.03, high - 0.03)),
            *(box((0.05, high, 0.09), (x, high / 2, 0), trim) for x in (0.03, wide / 2 - 0.03)),
            rod((0.04, 0.04, 0.03), (wide / 2 - 0.04, high - 0.04, 0.03), 0.03, trim, corners=6),
            rod((0.04, high - 0.04, 0.03), (wide / 2 - 0.04, 0.04, 0.03), 0.03, trim, corners=6)]
    return pair(*leaf)


def barn(rng: Generator, hue: Colour) -> list[Part]:
    """A broken roof over boards in colour with white trim, a loft above the doors."""
    wide, deep, high = rng.uniform(1.2, 1.4), rng.uniform(1.5, 1.8), rng.uniform(0.62, 0.75)
    trim, roof = (WHITEWASH, shade(SLATE, rng.uniform(0.9, 1.2))) if min(hue) < 0.75 else (OAK, (0.55, 0.30, 0.24))
    knee, top = (wide * 0.36, high + 0.42), high + 0.7
    outline = [(-wide / 2, 0), (wide / 2, 0), (wide / 2, high), knee, (0, top), (-knee[0], knee[1]), (-wide / 2, high)]
    made = [prism(outline, deep, (0, 0, 0), hue).finished("staves", 0.1, amount=0.8)]
    low = np.degrees(np.arctan2(0.42, wide / 2 - knee[0]))
    made += pair(
        slab(deep + 0.2,
             np.hypot(0.42, wide / 2 - knee[0]) + 0.14, low, roof).moved(knee[0] + 0.02, knee[1] + 0.04, 0),
        slab(deep + 0.2,
             np.hypot(top - knee[1], knee[0]) + 0.04, np.degrees(np.arctan2(top - knee[1], knee[0])),
             roof).moved(0, top + 0.04, 0))
    for side in (1, -1):
        z = side * (deep / 2 + 0.02)
        made += pair(
            *(rod((*a, z), (*b, z), 0.045, trim, corners=6) for a, b in (((wide / 2, high), knee), (knee, (0, top)))),
            box((0.08, high, 0.06), (wide / 2 - 0.03, high / 2, z), trim))
        made += placed([
            box((0.34, 0.34, 0.06), (0, 0, 0), trim),
            box((0.26, 0.26, 0.08), (0, 0, 0), DARKNESS if side > 0 else PANE),
            box((0.26, 0.1, 0.1), (0, -0.08, 0), STRAW).finished("fur", 0.05) if side > 0 else box((0.03, 0.26, 0.1),
                                                                                                   (0, 0, 0), trim)
        ], 0, high + 0.24, z, 0 if side > 0 else 180)
    made += placed(barn_door(0.62, 0.56, shade(hue, 0.9), trim), 0, 0, deep / 2 + 0.02)
    for z in (-0.28, 0.28):
        made += pair(*placed(window(0.2, 0.2, trim), wide / 2, high * 0.58, z * deep, 90))
    return [
        *made,
        box((0.22, 0.16, 0.22), (0, top + 0.1, 0), trim, 0.05),
        lathe([(0.22, 0), (0.02, 0.2)], roof, (0, top + 0.18, 0), 4),
        box((wide + 0.06, 0.1, deep + 0.06), (0, 0.05, 0), STONE).finished("blocks", 0.1)
    ]


def silo_barn(rng: Generator, hue: Colour) -> list[Part]:
    """A gabled barn with a round silo and bales of straw."""
    wide, deep, high, rise = rng.uniform(1.1, 1.25), rng.uniform(1.3, 1.5), 0.72, rng.uniform(0.5, 0.62)
    trim = WHITEWASH if min(hue) < 0.75 else OAK
    roof, side = one_of(rng, SLATE, (0.60, 0.61, 0.62), (0.46, 0.32, 0.26)), one_of(rng, -1, 1)
    body = prism([(-wide / 2, 0), (wide / 2, 0), (wide / 2, high), (0, high + rise), (-wide / 2, high)], deep,
                 (0, 0, 0), hue)
    made = [
        body.finished("planks", 0.1, amount=0.8), *moved(gable(wide, deep, rise, 0.12, roof), y=high),
        *placed(barn_door(0.6, 0.54, shade(hue, 0.85), trim), 0, 0, deep / 2 + 0.02),
        *placed(window(0.22, 0.24, trim), 0, high + 0.14, deep / 2),
        *placed(barn_door(0.5, 0.5, shade(hue, 0.85), trim), 0, 0, -deep / 2 - 0.02, 180)
    ]
    for z in (-0.25, 0.25):
        made += pair(*placed(window(0.2, 0.2, trim), wide / 2, 0.42, z * deep, 90))
    x = wide / 2 + 0.3
    made += [
        lathe([(0.29, 0), (0.29, 1.3)], (0.78, 0.79, 0.80), (x, 0, -deep * 0.15)).finished("planks", 0.12, amount=0.5),
        lathe(curve([(0.31, -0.03), (0.3, 0.06), (0.2, 0.24), (0, 0.31)], 8), hue, (x, 1.3, -deep * 0.15)).glossy(0.3),
        *(ring(0.29, 0.022, (x, y, -deep * 0.15), (0.6, 0.6, 0.62)) for y in (0.3, 0.7, 1.1)),
        *(lathe([(0.16, -0.14), (0.17, 0),
                 (0.16, 0.14)], STRAW).finished("fur", 0.05).turned("x", 90).turned("y", a).moved(
                     x + dx, 0.16, deep * 0.4) for a, dx in ((20, -0.05), ))
    ]
    return [p.scaled(x=side) for p in made]


def logs(wide: float, deep: float, count: int, radius: float, colour: Colour) -> list[Part]:
    """Four walls of round logs whose ends cross at the corners."""
    made = []
    for k in range(count):
        tone = shade(colour, 1 + 0.08 * ((k * 5) % 3 - 1))
        for s in (-1, 1):
            long, across = (rod((-wide / 2 - 0.14, 0, 0), (wide / 2 + 0.14, 0, 0), radius,
                                tone), rod((0, 0, -deep / 2 - 0.14), (0, 0, deep / 2 + 0.14), radius, tone))
            made += [long.finished("wood_x", 0.06).moved(0, radius * (1.85 * k + 1), s * deep / 2),
                     across.finished("wood_z", 0.06).moved(s * wide / 2, radius * (1.85 * k + 1.9), 0)]
            made += [
                dot((0.03, radius * 0.8, radius * 0.8), (e * (wide / 2 + 0.135), radius * (1.85 * k + 1), s * deep / 2),
                    shade(LOG, 1.45)) for e in (-1, 1)
            ]
            made += [
                dot((radius * 0.8, radius * 0.8, 0.03),
                    (s * wide / 2, radius * (1.85 * k + 1.9), e * (deep / 2 + 0.135)), shade(LOG, 1.45))
                for e in (-1, 1)
            ]
    return made


def log_cabin(rng: Generator, hue: Colour) -> list[Part]:
    """Its gable to the front, over a porch on posts; a chimney of stone."""
    wide, deep, r, wood = rng.uniform(1.2, 1.35), rng.uniform(1.1, 1.25), 0.075, shade(LOG, rng.uniform(0.9, 1.15))
    high, rise, roof = r * 1.85 * 6 + 0.06, rng.uniform(0.5, 0.62), one_of(rng, (0.42, 0.30, 0.22), (0.32, 0.42, 0.34),
                                                                           (0.58, 0.28, 0.2), SLATE)
    front = deep / 2 + 0.36
    gables = prism([(-wide / 2, 0), (wide / 2, 0), (0, rise)], deep, (0, high - 0.02, 0), wood).finished("planks", 0.12)
    made = [
        *logs(wide, deep, 6, r, wood), gables,
        *moved(turned(gable(wide + 0.1, deep + 0.5, rise, 0.1, roof), "y", 0), 0, high, 0.14), *placed([
            box((0.36, 0.58, 0.1), (0, 0.29, 0.03), TIMBERS),
            box((0.28, 0.52, 0.14), (0, 0.26, 0.03), OAK).finished("staves", 0.07),
            dot(0.03, (0.09, 0.26, 0.11), (0.9, 0.75, 0.3))
        ], 0, 0.02, deep / 2 + r * 0.6),
        *pair(*placed(window(0.22, 0.22, TIMBERS, LAMP), wide * 0.33, 0.46, deep / 2 + r),
              *placed(window(0.26, 0.22, TIMBERS, LAMP), wide / 2 + r, 0.46, 0, 90)),
        *placed(window(0.26, 0.22, TIMBERS, LAMP), 0, 0.46, -deep / 2 - r, 180),
        *placed(window(0.18, 0.18, TIMBERS, LAMP), 0, high + rise * 0.32, deep / 2),
        box((wide + 0.2, 0.08, 0.5), (0, 0.04, deep / 2 + 0.25), shade(wood, 0.9)).finished("wood_x", 0.06),
        *pair(rod(
            (wide * 0.46, 0.06, front),
            (wide * 0.46, high, front), 0.05, wood), rod(
                (wide * 0.46, 0.3, front),
                (0.22, 0.3, front), 0.035, wood), rod((0.22, 0.06, front), (0.22, 0.34, front), 0.035, wood)),
        box((0.3, high + rise + 0.2, 0.3), (-wide / 2 - 0.16, (high + rise + 0.2) / 2, -0.1),
            STONE).finished("blocks", 0.12, (0.42, 0.41, 0.4)),
        box((0.36, 0.07, 0.36), (-wide / 2 - 0.16, high + rise + 0.2, -0.1), shade(STONE, 0.8), 0.2)
    ]
    return made


def snow_cabin(rng: Generator, hue: Colour) -> list[Part]:
    """Its long side to the front, under a roof with snow."""
    wide, deep, r, wood = rng.uniform(1.4, 1.6), rng.uniform(0.9, 1.0), 0.08, shade(LOG, rng.uniform(0.8, 1.0))
    high, rise = r * 1.85 * 5 + 0.08, rng.uniform(0.52, 0.62)
    snow = [p.finished("mottled", 0.2, amount=0.3) for p in gable(deep + 0.1, wide, rise, 0.14, SNOWY)]
    gables = prism([(-deep / 2, 0), (deep / 2, 0), (0, rise)], wide, (0, high - 0.02, 0), wood).finished("planks", 0.12)
    made = [
        *logs(wide, deep, 5, r, wood), *placed([gables, *moved(snow, y=high)], 0, 0, 0, 90), *placed([
            box((0.34, 0.56, 0.1), (0, 0.28, 0.03), TIMBERS),
            box((0.26, 0.5, 0.14), (0, 0.25, 0.03), (0.55, 0.22, 0.18)).finished("staves", 0.07),
            dot(0.03, (0.08, 0.25, 0.11), (0.9, 0.75, 0.3))
        ], 0, 0.02, deep / 2 + r * 0.6),
        *pair(*placed(window(0.28, 0.24, TIMBERS, LAMP), wide * 0.3, 0.42, deep / 2 + r),
              *placed(window(0.24, 0.24, TIMBERS, LAMP), wide / 2 + r, 0.42, 0, 90),
              *placed(window(0.24, 0.24, TIMBERS, LAMP), wide * 0.22, 0.42, -deep / 2 - r, 180)), *chimney(
                  (wide * 0.26, high + 0.2, -0.16), 0.62, (0.56, 0.54, 0.52)),
        box((0.27, 0.06, 0.27), (wide * 0.26, high + 0.86, -0.16), SNOWY, 0.4),
        lathe([(0.72, -0.06), (0.68, 0.02), (0, 0.04)], SNOWY).scaled(wide * 0.86, 1, 1.25)
    ]
    return made


def stone_bridge(rng: Generator, hue: Colour) -> list[Part]:
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


def plank_bridge(rng: Generator, hue: Colour) -> list[Part]:
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


def suspension_bridge(rng: Generator, hue: Colour) -> list[Part]:
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


def guard_tower(rng: Generator, hue: Colour) -> list[Part]:
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


def stone_watchtower(rng: Generator, hue: Colour) -> list[Part]:
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


def igloo(rng: Generator, hue: Colour) -> list[Part]:
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
    "barn": (("red", "red", "red", "brown", "white", "green", "blue"), barn, silo_barn),
    "log cabin": (NONE, log_cabin, snow_cabin),
    "bridge": (NONE, stone_bridge, plank_bridge, suspension_bridge),
    "watchtower": (NONE, guard_tower, stone_watchtower),
    "igloo": (NONE, igloo),
}
