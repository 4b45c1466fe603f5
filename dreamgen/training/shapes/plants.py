"""What grows; the ground is y = 0, units are whatever each shape likes."""

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .parts import (BARK, CREAM, EARTH, GRASS, LEAF, WHITE, YELLOW, Colour, Part, around, ball, curve, dot, lathe,
                    moved, rod, shade, tube)


def pot(radius: float, high: float, colour: Colour) -> list[Part]:
    """A flower pot with its rim and soil."""
    return [lathe([(radius * 0.7, 0), (radius * 0.95, high * 0.8), (radius * 1.08, high * 0.8), (radius * 1.08, high),
                   (radius * 0.9, high), (radius * 0.9, high * 0.9), (0, high * 0.9)], colour),
            lathe([(radius * 0.92, high * 0.88), (radius * 0.92, high * 0.92)], (0.25, 0.17, 0.11))]


def mushroom(rng: Generator, hue: Colour) -> list[Part]:
    wide, high, stem = rng.uniform(0.95, 1.15), rng.uniform(0.7, 0.95), rng.uniform(0.28, 0.38)
    cap = lathe([*curve([(0.0, 0.02), (wide * 0.9, -0.08), (wide, 0.04), (wide * 0.85, 0.42), (wide * 0.5, 0.68),
                         (0, 0.78)], 20)], hue)
    gills = lathe([(0.1, -0.09), (wide * 0.86, -0.1), (wide * 0.86, 0)], CREAM)
    made = [lathe(curve([(stem * 1.25, 0), (stem * 1.1, 0.15), (stem * 0.9, high * 0.6), (stem, high)], 10), CREAM),
            *moved((cap, gills), y=high)]
    for tilt, count, start in ((20, 3, 0), (52, 6, 25)):
        spot = dot((0.17, 0.05, 0.17), (0, 0, 0), WHITE).turned("x", tilt * 0.85)
        x, y = np.sin(np.radians(tilt)), np.cos(np.radians(tilt))
        made += moved(around(spot.moved(0, 0.78 * y ** 0.8, wide * x * 0.98), count, start), y=high)
    return made


def cactus(rng: Generator, hue: Colour) -> list[Part]:
    """A saguaro in a pot: a ribbed trunk, an arm to each side."""
    high, arm, green = rng.uniform(1.3, 1.7), rng.uniform(0.5, 0.7), shade(LEAF, rng.uniform(0.9, 1.15))
    trunk = tube([(0, 0.4, 0), (0, 0.5, 0), (0, high, 0), (0, high + 0.2, 0), (0, high + 0.28, 0)],
                 [0.28, 0.3, 0.3, 0.2, 0.04], green, 16)
    made = [trunk, *pot(0.5, 0.55, EARTH)]
    for side, y, up in ((-1, 0.85, arm), (1, 1.05, arm * 0.75)):
        line = curve([(0, y, 0), (side * 0.42, y + 0.02, 0), (side * 0.55, y + 0.2, 0), (side * 0.56, y + up, 0),
                      (side * 0.56, y + up + 0.1, 0)], 14)
        made.append(tube(line, [0.16] * 12 + [0.12, 0.02], green, 12))
    flower = ball((0.1, 0.14, 0.1), (0, high + 0.3, 0), (0.93, 0.35, 0.55))
    return [*made, flower]


def tree(rng: Generator, hue: Colour) -> list[Part]:
    high, green = rng.uniform(0.8, 1.1), shade(LEAF, rng.uniform(0.85, 1.15))
    made = [tube([(0, 0, 0), (0, 0.15, 0), (0.02, high, 0), (0, high + 0.7, 0)], [0.2, 0.14, 0.11, 0.06], BARK),
            ball((0.72, 0.68, 0.72), (0, high + 0.75, 0), green)]
    for k in range(7):
        a, y, r = 2.4 * k + rng.uniform(0, 0.6), high + rng.uniform(0.4, 1.0), rng.uniform(0.36, 0.5)
        made.append(ball(r, (0.52 * np.sin(a), y, 0.52 * np.cos(a)), shade(green, rng.uniform(0.9, 1.12))))
    return made


def pine_tree(rng: Generator, hue: Colour) -> list[Part]:
    tiers, wide, green = int(rng.integers(3, 5)), rng.uniform(0.65,
                                                              0.85), shade((0.12, 0.42, 0.22), rng.uniform(0.9, 1.15))
    made = [rod((0, 0, 0), (0, 0.6, 0), 0.13, BARK)]
    for k in range(tiers):
        r, y = wide * (1 - 0.75 * k / tiers), 0.4 + 1.8 * k / tiers * 0.85
        made.append(lathe([(r * 0.2, 0.1), (r, 0), (r * 0.45, 0.45), (0.02, 0.95)], shade(green, 1 + 0.06 * k),
                          (0, y, 0)))
    return made


def palm_tree(rng: Generator, hue: Colour) -> list[Part]:
    high, lean, green = rng.uniform(1.6, 2.0), rng.uniform(0.1, 0.4), shade(LEAF, 1.05)
    line = curve([(0, 0, 0), (lean * 0.15, high * 0.4, 0), (lean * 0.5, high * 0.75, 0), (lean, high, 0)], 14)
    made = [tube(line, np.linspace(0.17, 0.1, 14) + 0.012 * (np.arange(14) % 2), shade(BARK, 1.25), 12)]
    frond = tube(curve([(0, 0, 0), (0.45, 0.24, 0), (0.85, 0.05, 0), (1.1, -0.35, 0)], 9),
                 [0.05, 0.16, 0.2, 0.22, 0.22, 0.2, 0.17, 0.1, 0.01], green, 8)
    flat = tube([(0, 0.05, 0), (0.3, 0.3, 0), (0.6, 0.35, 0), (0.85, 0.25, 0)], [0.04, 0.1, 0.12, 0.01],
                shade(green, 0.85), 8)
    nuts = around(ball(0.11, (0.13, -0.08, 0), BARK), 3, 40)
    return made + moved([*around(frond.scaled(y=0.9), 7), *around(flat, 5, 20), *nuts], lean, high, 0)


def potted_plant(rng: Generator, hue: Colour) -> list[Part]:
    """Broad leaves that arch out of a pot in colour."""
    made = pot(rng.uniform(0.42, 0.52), rng.uniform(0.6, 0.75), hue)
    for k, (count, out, up) in enumerate(((7, 0.85, 0.55), (6, 0.6, 0.95), (4, 0.25, 1.25))):
        line = curve([(0, 0.55, 0), (0, 0.55 + up * 0.6, out * 0.3), (0, 0.62 + up, out * 0.7),
                      (0, 0.5 + up * 0.92, out)], 9)
        leaf = tube(line, [0.03, 0.05, 0.1, 0.16, 0.19, 0.18, 0.14, 0.08, 0.01],
                    shade(LEAF, 0.9 + 0.12 * k + rng.uniform(0, 0.1)), 8)
        made += around(leaf, count, 23 * k + rng.uniform(0, 20))
    return made


def tulip(rng: Generator, hue: Colour) -> list[Part]:
    """One flower with two leaves."""
    high = rng.uniform(1.3, 1.6)
    petal = ball((0.24, 0.46, 0.12), (0, 0, 0), hue).turned("x", 10).moved(0, high + 0.38, 0.2)
    leaf = tube(curve([(0, 0, 0), (0.22, 0.4, 0), (0.42, 0.85, 0), (0.6, 1.05, 0)], 8),
                [0.05, 0.1, 0.13, 0.14, 0.13, 0.1, 0.06, 0.01], LEAF, 8)
    return [rod((0, 0, 0), (0, high + 0.1, 0), 0.055, LEAF),
            ball((0.3, 0.36, 0.3), (0, high + 0.3, 0), shade(hue, 0.9)),
            *around(petal, 3), *(p.scaled(1.05, 1, 1.05) for p in around(petal, 3, 60)), leaf,
            leaf.turned("y", 180).scaled(y=0.85)]


def sunflower(rng: Generator, hue: Colour) -> list[Part]:
    """Its face looks to the front."""
    high = rng.uniform(1.5, 1.8)
    petal = dot((0.1, 0.3, 0.04), (0, 0.52, 0), YELLOW)
    face = [petal.turned("z", 360 * k / 15) for k in range(15)]
    heart = lathe([(0.3, -0.06), (0.34, 0.0), (0.28, 0.09)], (0.32, 0.18, 0.08)).turned("x", 90)
    back = lathe([(0.3, 0), (0.24, 0.1), (0.05, 0.18)], LEAF).turned("x", -90)
    leaf = ball((0.36, 0.04, 0.17), (0.36, 0, 0), LEAF).turned("z", 28)
    return [tube(curve([(0, 0, -0.1), (0, high * 0.6, -0.14), (0, high, -0.1)], 8), 0.05, GRASS),
            *moved([*face, heart, back], 0, high, 0.02),
            leaf.moved(0, high * 0.35, -0.12), leaf.scaled(x=-1).moved(0, high * 0.5, -0.13)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "mushroom": (("red", "red", "brown", "green", "blue", "orange", "purple"), mushroom),
    "cactus": (NONE, cactus),
    "tree": (NONE, tree),
    "pine tree": (NONE, pine_tree),
    "palm tree": (NONE, palm_tree),
    "potted plant": (NONE, potted_plant),
    "tulip": (("red", "yellow", "pink", "purple", "orange", "white"), tulip),
    "sunflower": (NONE, sunflower),
}
