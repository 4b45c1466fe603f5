"""Flowers; the ground is y = 0, units are whatever each shape likes."""

from math import cos, sin

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .parts import Color, Part, around, ball, curve, lathe, moved, rod, shade, tube, turned
from .plants import GREEN, MOSS, glaze, leaf, lumpy, pot, warped

YOLK, SEED = (0.97, 0.74, 0.13), (0.30, 0.18, 0.10)
BLOOMS = ("red", "yellow", "pink", "purple", "orange", "white")


def petal(radius: float, wide: float, high: float, color: Color, flare: float = 0.0, curl: float = 0.0,
          corners: int = 16) -> Part:
    """A round petal that stands in front, bent around the axis at ``radius``; at its top it leans out by ``flare`` and
    rolls back by ``curl``."""
    flat = ball((wide, high / 2, 0.035), (0, high / 2, 0), color, corners)

    def bend(v):
        up = (v[:, 1] / high).clip(0, 1)
        r = radius * (0.55 + 0.45 * np.sqrt(up)) + flare * up ** 2 + v[:, 2]
        a = v[:, 0] / (radius + 0.5 * flare + 0.05)
        return np.stack([r * np.sin(a), v[:, 1] - curl * up ** 6, r * np.cos(a) + curl * up ** 5], -1)
    return warped(flat, bend)


def tulip_head(hue: Color, open_: float) -> list[Part]:
    """Six petals in two whorls on a cup."""
    inner = petal(0.24, 0.25, 0.78, shade(hue, 0.9), 0.02 + open_)
    outer = petal(0.29, 0.27, 0.72, hue, 0.02 + 1.3 * open_, 0.04)
    return [ball((0.24, 0.16, 0.24), (0, 0.14, 0), shade(hue, 0.9), 14),
            *around(inner, 3, 60), *around(outer.finished("stripes_x", 0.1, shade(hue, 1.06), gloss=0.15), 3),
            ball((0.09, 0.3, 0.09), (0, 0.3, 0), (0.86, 0.8, 0.42), 10)]


def stem(points, green: Color, radius: float = 0.055) -> Part:
    return tube(curve(points, 9), radius, green)


def tulip(rng: Generator, hue: Color) -> list[Part]:
    """One flower between broad upright leaves."""
    high, green, open_ = rng.uniform(1.2, 1.45), shade(GREEN, rng.uniform(0.85, 1.05)), rng.uniform(-0.1, -0.03)
    blade = leaf(1.15, 0.2, green, 0.16, 0.035, 0.8).turned("x", -72)
    return [stem([(0, 0, 0), (0, high * 0.5, 0), (0, high + 0.1, 0)], green),
            *[p.scaled(1.2, 1.1, 1.2).moved(0, high, 0) for p in tulip_head(hue, open_)],
            blade.turned("y", 78).moved(0.03), blade.scaled(y=0.82).turned("y", -96).moved(-0.03),
            blade.scaled(0.9, 0.6, 0.9).turned("y", rng.uniform(-20, 20))]


def tulip_bunch(rng: Generator, hue: Color) -> list[Part]:
    """Three flowers that lean apart."""
    green, made = shade(GREEN, rng.uniform(0.85, 1.05)), []
    for x, z, high in ((0, -0.12, 1.45), (0.5, 0.12, 1.12), (-0.52, 0.1, rng.uniform(0.95, 1.2))):
        made.append(stem([(x * 0.25, 0, 0), (x * 0.6, high * 0.6, z), (x, high + 0.06, z)], green))
        made += moved(turned(tulip_head(hue, rng.uniform(-0.09, 0.03)), "z", -18 * x), x, high, z)
    blade = leaf(1.0, 0.17, green, 0.25, 0.035, 0.8).turned("x", -66)
    return [*made, *around(blade, 5, 36)]


def potted_tulip(rng: Generator, hue: Color) -> list[Part]:
    """A wide open one in a pot."""
    green, high = shade(GREEN, rng.uniform(0.85, 1.05)), 1.25
    head = [p.scaled(1.25, 1.0, 1.25).moved(0, high, 0) for p in tulip_head(hue, rng.uniform(0.08, 0.16))]
    blade = leaf(0.95, 0.19, green, 0.22, 0.035, 0.8).turned("x", -64)
    return [*pot(0.4, 0.5, glaze(rng)), stem([(0, 0.4, 0), (0, 0.8, 0), (0, high + 0.06, 0)], green), *head,
            *moved(around(blade, 3, 90 + rng.uniform(-20, 20)), y=0.42)]


def sunflower_head(rng: Generator, count: int) -> list[Part]:
    """It looks along +z."""
    deep = shade(YOLK, 0.9)
    made = []
    for k in range(2):
        blade = leaf(0.46, 0.115, (deep, YOLK)[k], 0.12, 0.035, 1.0)
        back = blade.turned("x", -90).turned("z", 0).moved(0, 0.26, -0.03 + 0.05 * k)
        made += [back.turned("z", 360 * (i + 0.5 * k) / count) for i in range(count)]
    heart = lathe(curve([(0.36, -0.05), (0.38, 0.04), (0.3, 0.12), (0, 0.13)], 8), SEED).finished(
        "dots", 0.075, (0.50, 0.30, 0.14))
    middle = ball((0.17, 0.05, 0.17), (0, 0.11, 0), (0.45, 0.34, 0.14), 12).finished("speckled", 0.25, YOLK)
    return [
        *made, *(p.turned("x", 90) for p in (heart, middle)),
        lathe(curve([(0.42, -0.04), (0.34, 0.08), (0.12, 0.17), (0.05, 0.2)], 6), MOSS).turned("x",
                                                                                               -90).moved(0, 0, -0.02)
    ]


def sunflower(rng: Generator, hue: Color) -> list[Part]:
    """Its face looks to the front and a little up."""
    high, lift = rng.uniform(1.6, 1.9), rng.uniform(12, 24)
    blade = leaf(0.62, 0.21, GREEN, 0.3, 0.035, 0.8).turned("x", -22)
    return [
        stem([(0, 0, -0.05), (0, high * 0.5, -0.16), (0, high * 0.9, -0.18), (0, high, -0.05)], MOSS, 0.065),
        *moved(turned(sunflower_head(rng, int(rng.integers(12, 16))), "x", -lift), 0, high, 0.08),
        blade.turned("y", 82).moved(0.03, high * 0.3, -0.14),
        blade.turned("y", -100).moved(-0.03, high * 0.45, -0.15)
    ]


def potted_sunflower(rng: Generator, hue: Color) -> list[Part]:
    """Short, with a big head, in a pot."""
    high, lift = rng.uniform(1.15, 1.3), rng.uniform(18, 32)
    blade = leaf(0.6, 0.23, GREEN, 0.35, 0.035, 0.8).turned("x", -38)
    return [
        *pot(0.42, 0.5, glaze(rng)),
        stem([(0, 0.4, 0), (0, 0.8, -0.1), (0, high, -0.05)], MOSS, 0.07),
        *moved(turned(sunflower_head(rng, 13), "x", -lift), 0, high, 0.06), *around(blade.moved(0, 0.5, 0.02), 4, 70)
    ]


def sunflower_pair(rng: Generator, hue: Color) -> list[Part]:
    """A tall one and a young one, looking apart."""
    made = []
    for side, high, size in ((-1, 1.75, 0.9), (1, rng.uniform(1.05, 1.25), 0.68)):
        head = [p.scaled(size, size, size) for p in sunflower_head(rng, 13)]
        made += moved(turned(turned(head, "x", -16), "y", side * 16), side * 0.36, high, 0.1)
        made.append(
            stem([(side * 0.05, 0, 0), (side * 0.24, high * 0.5, -0.08), (side * 0.36, high, -0.02)], MOSS, 0.06))
        blade = leaf(0.55, 0.19, GREEN, 0.3, 0.035, 0.8).turned("x", -25)
        made += [blade.turned("y", side * 75).moved(side * 0.18, high * 0.35, -0.05),
                 blade.turned("y", -side * 110).moved(side * 0.22, high * 0.52, -0.08)]
    return made


def rose_head(hue: Color, rng: Generator, corners: int = 16) -> list[Part]:
    """Petals wound around each other, wider and lower outwards; about 0.5 wide and high."""
    made = [lathe(curve([(0.06, 0), (0.13, 0.25), (0.12, 0.5), (0.05, 0.56)], 8), shade(hue, 0.72))]
    for count, radius, wide, high, flare, curl, light in ((3, 0.13, 0.17, 0.62, 0.0, 0.01, 0.95),
                                                          (4, 0.21, 0.21, 0.6, 0.02, 0.03, 1.0),
                                                          (5, 0.30, 0.25, 0.54, 0.06, 0.06, 1.06),
                                                          (5, 0.37, 0.31, 0.44, 0.16, 0.09, 1.1)):
        made += around(petal(radius, wide, high, shade(hue, light), flare, curl, corners), count, rng.uniform(0, 360))
    return [*made, ball((0.33, 0.2, 0.33), (0, 0.12, 0), shade(hue, 0.8), 14)]


def thorny(points, green: Color) -> list[Part]:
    line = curve(points, 9)
    thorn = [rod(line[k], line[k] + (side * 0.13, 0.05, 0), 0.04, shade(green, 0.85), 0.006, 6)
             for k, side in ((2, 1), (4, -1), (6, 1))]
    return [tube(line, 0.055, green), *thorn]


def sepals(green: Color) -> list[Part]:
    return around(leaf(0.42, 0.1, green, 0.1, 0.03, 0.9).turned("x", 12), 5)


def leaflets(green: Color, long: float = 0.5) -> list[Part]:
    """Three leaves on a twig along +z."""
    blade = leaf(long, 0.17, green, 0.2, 0.035, 0.85)
    return [rod((0, 0, 0), (0, 0.02, 0.3), 0.035, green), blade.moved(0, 0, 0.26),
            *(blade.turned("y", side * 62).moved(0, 0, 0.2) for side in (-1, 1))]


def rose(rng: Generator, hue: Color) -> list[Part]:
    """One on a thorny stem, with leaves."""
    high, green = rng.uniform(1.35, 1.6), shade(MOSS, rng.uniform(0.95, 1.1))
    made = thorny([(0.05, 0, 0), (0, high * 0.5, 0.02), (0, high + 0.05, 0)], green)
    for side, y in ((1, 0.32), (-1, 0.48)):
        made += moved(turned(turned(leaflets(green), "x", -32), "y", side * 85), 0, high * y, 0)
    return [*made, *moved([p.scaled(1.15, 1.15, 1.15) for p in [*rose_head(hue, rng), *sepals(green)]], y=high)]


def rose_bloom(rng: Generator, hue: Color) -> list[Part]:
    """Only the flower, tilted to the front, on a few leaves."""
    green = shade(MOSS, rng.uniform(0.95, 1.15))
    head = [p.scaled(1.4, 1.2, 1.4) for p in rose_head(hue, rng)]
    blade = leaf(0.75, 0.25, green, 0.22, 0.04, 0.85).turned("x", -6)
    return [
        *moved(turned(head, "x", 28), 0, 0.1, 0.0), *around(blade.moved(0, 0.08, 0.22), 5, 36 + rng.uniform(-15, 15))
    ]


def rose_bush(rng: Generator, hue: Color) -> list[Part]:
    """Five blooms on a round bush in a pot."""
    made = [*pot(0.44, 0.55, glaze(rng)),
            lumpy((0.62, 0.5, 0.62), (0, 0.92, 0), MOSS, rng).finished("foliage", 0.13)]
    for k, (a, tilt) in enumerate(((0, 0), (20, 58), (92, 62), (164, 56), (236, 60), (308, 62))):
        head = [p.scaled(0.62, 0.55, 0.62).moved(0, 0.36, 0) for p in rose_head(hue, rng, 10)[:13]]
        made += moved(turned(turned(head, "x", tilt), "y", a), 0.2 * sin(a / 57.3) * (k > 0), 0.92,
                      0.2 * cos(a / 57.3) * (k > 0))
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "tulip": (BLOOMS, tulip, tulip_bunch, potted_tulip),
    "sunflower": (NONE, sunflower, potted_sunflower, sunflower_pair),
    "rose": (("red", "red", "pink", "white", "yellow", "orange", "purple"), rose, rose_bloom, rose_bush),
}
