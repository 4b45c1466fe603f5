"""What one plays at a table; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE, TIMBER
from .parts import (
    WHITE,
    Color,
    Part,
    ball,
    box,
    curve,
    dot,
    finished,
    lathe,
    moved,
    pair,
    plate,
    ring,
    rod,
    shade,
    tube,
    turned,
)
from .toys import INK

SPOTS = {1: [(0, 0)], 2: [(1, 1), (-1, -1)], 3: [(1, 1), (0, 0), (-1, -1)], 4: [(1, 1), (-1, -1), (1, -1), (-1, 1)],
         5: [(0, 0), (1, 1), (-1, -1), (1, -1), (-1, 1)], 6: [(x, y) for x in (1, -1) for y in (1, 0, -1)]}


def die(hue: Color, soft: float, wide: float = 0.11) -> list[Part]:
    """Of edge 1 around the origin."""
    made, pip = [box((1, 1, 1), (0, 0, 0), hue, soft).glossy(0.45)], INK if sum(hue) > 1.5 else WHITE
    for count, axis, angle in ((1, "y", 0), (6, "y", 180), (2, "y", 90), (5, "y", -90), (3, "x", -90), (4, "x", 90)):
        made += [ball((wide, wide, 0.03), (0.25 * x, 0.25 * y, 0.49), pip, 12).turned(axis, angle)
                 for x, y in SPOTS[count]]
    return made


def dice(rng: Generator, hue: Color) -> list[Part]:
    return die(hue, rng.uniform(0.14, 0.24), rng.uniform(0.1, 0.125))


def two_dice(rng: Generator, hue: Color) -> list[Part]:
    """Thrown, side by side."""
    left, right = (turned(turned(die(hue, 0.18), axis, 90), "y", rng.uniform(*turn))
                   for axis, turn in (("x", (15, 35)), ("z", (50, 75))))
    return [*moved(left, -0.68, 0, -0.1), *moved(right, 0.68, 0, 0.15)]


def leaning_dice(rng: Generator, hue: Color) -> list[Part]:
    """One on its corner, as if it rolled."""
    return turned(turned(die(hue, 0.3), "x", rng.uniform(25, 38)), "z", rng.uniform(30, 45))


def lacquered(parts: list[Part]) -> list[Part]:
    return finished(parts, "wood", 0.13, amount=0.7, gloss=0.35)


def foot(hue: Color, wide: float = 0.52) -> list[Part]:
    """The turned base of a chessman, 0.36 high."""
    return [lathe([(wide - 0.04, 0), (wide, 0.04), (wide, 0.12), *curve([(wide - 0.04, 0.18), (wide - 0.12, 0.2),
                                                                        (wide - 0.14, 0.28), (wide - 0.2, 0.36)], 9)],
                  hue, corners=32), ring(wide - 0.05, 0.06, (0, 0.15, 0), shade(hue, 0.9))]


def pawn(rng: Generator, hue: Color) -> list[Part]:
    head, high = rng.uniform(0.27, 0.32), rng.uniform(0.95, 1.1)
    return lacquered([*foot(hue), lathe(curve([(0.36, 0.3), (0.2, 0.55), (0.15, high)], 9), hue),
                      lathe(curve([(0.12, high - 0.08), (0.3, high - 0.01), (0.3, high + 0.04), (0.12, high + 0.1)], 9),
                            shade(hue, 0.92)), ball(head, (0, high + head * 0.93, 0), hue, 28)])


def modern_pawn(rng: Generator, hue: Color) -> list[Part]:
    """A slim cone under a big ball."""
    head, high = rng.uniform(0.33, 0.38), rng.uniform(1.0, 1.2)
    return lacquered([lathe([(0.46, 0), (0.5, 0.05), (0.47, 0.12), (0.13, high)], hue, corners=32),
                      ball(head, (0, high + head * 0.7, 0), hue, 28)])


def stout_pawn(rng: Generator, hue: Color) -> list[Part]:
    """Turned in many rings, with a button on its head."""
    wide = rng.uniform(0.3, 0.36)
    return lacquered([*foot(hue, 0.56), lathe(curve([(0.4, 0.32), (wide, 0.55), (0.2, 0.8), (0.18, 0.95)], 9), hue),
                      *(ring(r, 0.07, (0, y, 0), shade(hue, 0.9)) for r, y in ((0.33, 0.42), (0.2, 0.9))),
                      lathe([(0.15, 0.9), (0.32, 1.0), (0.32, 1.06), (0.2, 1.1)], hue),
                      ball((0.34, 0.3, 0.34), (0, 1.34, 0), hue, 28), ball(0.08, (0, 1.66, 0), shade(hue, 0.9), 12)])


def knight(rng: Generator, hue: Color) -> list[Part]:
    """The head of a horse, carved from a thick board."""
    ear = rng.uniform(1.78, 1.9)
    profile = curve([(-0.38, 0.34), (-0.46, 0.75), (-0.42, 1.15), (-0.22, 1.5), (-0.06, ear), (0.08, 1.58),
                     (0.28, 1.42),
                     (0.56, 1.1), (0.6, 0.93), (0.44, 0.84), (0.22, 0.97), (0.06, 0.9), (0.12, 0.68), (0.34, 0.34)], 40)
    mane = curve([(-0.4, 0.4), (-0.56, 0.8), (-0.5, 1.2), (-0.28, 1.6), (-0.1, 1.72), (-0.1, 1.45), (-0.28, 1.2),
                  (-0.32, 0.8), (-0.3, 0.4)], 26)
    head = [plate(profile, 0.4, (0, 0, 0), hue, 0.1), plate(mane, 0.5, (0, 0, 0), shade(hue, 0.72), 0.06),
            *(ball((0.08, 0.08, 0.05), (0.14, 1.32, side * 0.2), INK, 12) for side in (1, -1)),
            *(ball((0.05, 0.04, 0.03), (0.48, 1.0, side * 0.19), INK, 8) for side in (1, -1)),
            *(rod((0.02, 1.5, side * 0.15), (-0.03, ear + 0.06, side * 0.17), 0.1, hue, 0.02) for side in (1, -1))]
    return lacquered([*foot(hue), *turned(head, "y", -90)])


def round_knight(rng: Generator, hue: Color) -> list[Part]:
    """A horse's neck and head in the round, its mane in tufts."""
    neck = tube(np.insert(curve([(0.3, -0.02), (0.72, -0.16), (1.15, -0.2), (1.5, 0.02)], 12), 0, 0, axis=1),
                np.linspace(0.36, 0.25, 12), hue, 16).scaled(x=0.85)
    snout = tube([(0, 1.56, -0.12), (0, 1.5, 0.04), (0, 1.32, 0.3), (0, 1.12, 0.52), (0, 1.06, 0.6)],
                 [0.12, 0.27, 0.22, 0.17, 0.1], hue, 16).scaled(x=0.85)
    tufts = [ball((0.1, 0.15, 0.14), (0, y, z), shade(hue, 0.7), 12)
             for y, z in curve([(1.78, 0.02), (1.6, -0.26), (1.25, -0.42), (0.85, -0.4), (0.5, -0.36)], 8)]
    ears = pair(rod((0.13, 1.66, -0.02), (0.17, rng.uniform(1.92, 2.02), 0.0), 0.09, hue, 0.02))
    face = pair(ball((0.05, 0.08, 0.08), (0.19, 1.5, 0.16), INK, 12), dot((0.03, 0.045, 0.045), (0.13, 1.16, 0.55),
                                                                          INK))
    return lacquered([*foot(hue), neck, snout, *tufts, *ears, *face])


TILES = {"y": WHITE, "-y": (0.96, 0.82, 0.22), "z": (0.80, 0.20, 0.18), "-z": (0.93, 0.50, 0.16),
         "x": (0.20, 0.38, 0.72), "-x": (0.25, 0.62, 0.36)}


def cubies(tile, wide: float, layers: tuple[int, ...] = (-1, 0, 1)) -> list[Part]:
    """Small cubes in ``layers``, their outer sides in color; ``tile(side)`` gives the next one."""
    made = []
    for x in (-1, 0, 1):
        for y in layers:
            for z in (-1, 0, 1):
                made.append(box((0.97, 0.97, 0.97), (x, y, z), INK, 0.08))
                for sign, (axis, at) in ((s, a) for a in (("x", x), ("y", y), ("z", z)) for s in (1, -1)):
                    if at == sign:
                        place = [x, y, z]
                        k = "xyz".index(axis)
                        place[k] += 0.49 * sign
                        size = [wide] * 3
                        size[k] = 0.05
                        made.append(box(size, place, tile(axis if sign > 0 else "-" + axis)).glossy(0.4))
    return made


def solved_cube(rng: Generator, hue: Color) -> list[Part]:
    return cubies(TILES.__getitem__, rng.uniform(0.8, 0.88))


def twisted_cube(rng: Generator, hue: Color) -> list[Part]:
    """Its top turned halfway."""
    wide, turn = rng.uniform(0.8, 0.88), rng.choice((-1, 1)) * rng.uniform(25, 45)
    return [*cubies(TILES.__getitem__, wide, (-1, 0)), *turned(cubies(TILES.__getitem__, wide, (1,)), "y", turn)]


def mixed_cube(rng: Generator, hue: Color) -> list[Part]:
    colors = list(TILES.values())
    return cubies(lambda side: colors[rng.integers(6)], rng.uniform(0.8, 0.88))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "dice": (ANY, dice, two_dice, leaning_dice),
    "chess pawn": (TIMBER, pawn, modern_pawn, stout_pawn),
    "chess knight": (TIMBER, knight, round_knight),
    "puzzle cube": (NONE, solved_cube, twisted_cube, mixed_cube),
}
