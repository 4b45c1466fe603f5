"""Barns and cabins of the country, doors towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .buildings import DARKNESS
from .houses import LAMP, OAK, PANE, SLATE, TIMBERS, WHITEWASH, chimney, gable, one_of, placed, slab, window
from .palette import NONE
from .parts import STONE, Color, Part, box, curve, dot, lathe, moved, pair, prism, ring, rod, shade, turned

LOG, STRAW, SNOWY = (0.60, 0.41, 0.25), (0.88, 0.72, 0.36), (0.95, 0.97, 1.0)


def barn_door(wide: float, high: float, color: Color, trim: Color) -> list[Part]:
    """Two leaves with crossed boards; its foot at the origin."""
    leaf = [box((wide / 2 - 0.02, high, 0.06), (wide / 4, high / 2, 0), color).finished("staves", wide / 8),
            *(box((wide / 2 - 0.02, 0.05, 0.09), (wide / 4, y, 0), trim) for y in (0.03, high - 0.03)),
            *(box((0.05, high, 0.09), (x, high / 2, 0), trim) for x in (0.03, wide / 2 - 0.03)),
            rod((0.04, 0.04, 0.03), (wide / 2 - 0.04, high - 0.04, 0.03), 0.03, trim, corners=6),
            rod((0.04, high - 0.04, 0.03), (wide / 2 - 0.04, 0.04, 0.03), 0.03, trim, corners=6)]
    return pair(*leaf)


def barn(rng: Generator, hue: Color) -> list[Part]:
    """A broken roof over boards in color with white trim, a loft above the doors."""
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


def silo_barn(rng: Generator, hue: Color) -> list[Part]:
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


def logs(wide: float, deep: float, count: int, radius: float, color: Color) -> list[Part]:
    """Four walls of round logs whose ends cross at the corners."""
    made = []
    for k in range(count):
        tone = shade(color, 1 + 0.08 * ((k * 5) % 3 - 1))
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


def log_cabin(rng: Generator, hue: Color) -> list[Part]:
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


def snow_cabin(rng: Generator, hue: Color) -> list[Part]:
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


SHAPES = {                              # name: the colors that it comes in, and its designs
    "barn": (("red", "red", "red", "brown", "white", "green", "blue"), barn, silo_barn),
    "log cabin": (NONE, log_cabin, snow_cabin),
}
