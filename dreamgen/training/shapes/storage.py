"""Cases with shelves, doors and drawers; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, BRASS, CHROME, CLAY, IRON, SAGE, WOODS, board, pick, polished, spindle, wooden
from .palette import TIMBER
from .parts import (
    CREAM,
    LEAF,
    WHITE,
    Color,
    Part,
    ball,
    box,
    curve,
    dot,
    four,
    lathe,
    moved,
    pair,
    prism,
    rod,
    shade,
    tube,
)
from .tables import drawers

BOOKS = (0.66, 0.20, 0.17), (0.20, 0.32, 0.52), (0.28, 0.45, 0.33), (0.85, 0.66, 0.28), CREAM, (0.42, 0.26, 0.42), CLAY


MIRRORED = (0.78, 0.87, 0.92)


def books(rng: Generator, left: float, right: float, low: float, tall: float, z: float) -> list[Part]:
    """A row of them standing from ``left`` to ``right``, the last one leaning."""
    made, x = [], left
    while (thick := rng.uniform(0.045, 0.075)) < right - x:
        high, color = tall * rng.uniform(0.68, 0.92), BOOKS[rng.integers(len(BOOKS))]
        made.append(box((thick * 0.94, high, 0.2), (x + thick / 2, low + high / 2, z), color))
        made.append(
            box((thick * 0.95, high * 0.1, 0.202), (x + thick / 2, low + high * 0.78, z),
                shade(color, 0.7) if color is CREAM else CREAM))
        x += thick
    return made


def pot_plant(x: float, y: float, z: float, size: float, color: Color) -> list[Part]:
    pot = lathe([(0.26, 0), (0.4, 0.42), (0.44, 0.42), (0.44, 0.52), (0.34, 0.52)], color,
                corners=16).scaled(size, size, size)
    leaves = ball((size * 0.52, size * 0.5, size * 0.46), (0, size * 0.85, 0), LEAF, 14).finished("foliage", 0.35)
    return moved([pot, leaves], x, y, z)


def bookcase(rng: Generator, hue: Color) -> list[Part]:
    """A case with a cornice and a foot, full of books."""
    wide, high, deep, rows = rng.uniform(0.8, 1.05), rng.uniform(1.35, 1.75), 0.34, int(rng.integers(4, 6))
    step = (high - 0.12) / rows
    made = [
        board((wide - 0.02, high - 0.04, 0.03), (0, high / 2, -deep / 2 + 0.015), shade(hue, 0.75)),
        *pair(board((0.055, high, deep), (wide / 2 - 0.027, high / 2, 0), hue)),
        board((wide + 0.07, 0.07, deep + 0.06), (0, high, 0.01), hue, 0.4),
        board((wide + 0.03, 0.1, deep + 0.02), (0, 0.05, 0), shade(hue, 0.9), 0.2)
    ]
    made += [board((wide - 0.08, 0.045, deep - 0.03), (0, 0.1 + step * k, 0), hue) for k in range(1, rows)]
    plant = int(rng.integers(rows))
    for k in range(rows):
        left, right, low = -wide / 2 + 0.07, wide / 2 - 0.07, 0.1 + step * k + 0.022
        if k == plant:
            made += pot_plant(right - 0.1, low, 0.02, step * 0.5, pick(rng, *ACCENTS))
            right -= 0.22
        made += books(rng, left, left + (right - left) * rng.uniform(0.7, 1), low, step - 0.06, 0.02)
    return made


def ladder_shelf(rng: Generator, hue: Color) -> list[Part]:
    """Open, on four posts of wood or iron, with few things on it."""
    wide, high, deep, rows = rng.uniform(0.75, 0.95), rng.uniform(1.3, 1.6), 0.32, 4
    step, post = (high - 0.14) / (rows - 1), pick(rng, shade(hue, 0.85), IRON, BRASS)
    made = four(box((0.05, high, 0.05), (wide / 2 - 0.03, high / 2, deep / 2 - 0.03), post, 0.2))
    made += [board((wide, 0.05, deep), (0, 0.1 + step * k, 0), hue, 0.3) for k in range(rows)]
    made.append(
        tube([(-wide / 2 + 0.03, 0.12, -deep / 2 + 0.03), (wide / 2 - 0.03, high - 0.06, -deep / 2 + 0.03)], 0.016,
             post))
    for k in range(rows):
        y, side = 0.125 + step * k, 1 if k % 2 else -1
        made += books(rng, *sorted((side * 0.02, side * (wide / 2 - 0.08))), y, step * 0.75, 0)
        made += (pot_plant(-side * wide * 0.25, y, 0, 0.22, pick(rng, *ACCENTS)) if k in (1, rows - 1) else [
            box((0.24, 0.17, 0.22),
                (-side * wide * 0.25, y + 0.085, 0), pick(rng, *ACCENTS), 0.2).finished("knit", 0.03)
        ])
    return made


def cube_shelf(rng: Generator, hue: Color) -> list[Part]:
    """A square grid of boxes, some with books, some with baskets."""
    count, cell = 3, rng.uniform(0.36, 0.4)
    wide, deep = count * cell, 0.36
    made = [board((wide, wide, 0.03), (0, wide / 2, -deep / 2), shade(hue, 0.78))]
    for k in range(count + 1):
        made += [
            board((0.05, wide + 0.05, deep), (k * cell - wide / 2, wide / 2, 0), hue),
            board((wide + 0.05, 0.05, deep), (0, k * cell, 0), hue)
        ]
    for i in range(count):
        for j in range(count):
            x, y = (i - 1) * cell, j * cell + 0.025
            kind = (i + 2 * j + int(rng.integers(2))) % 3
            if kind == 0:
                made += books(rng, x - cell / 2 + 0.03, x + cell / 2 - 0.03, y, cell - 0.05, 0.02)
            elif kind == 1:
                made += [
                    box((cell - 0.07, cell * 0.7, deep - 0.06), (x, y + cell * 0.35, 0), pick(rng, *ACCENTS),
                        0.15).finished("knit", 0.04),
                    dot((0.05, 0.02, 0.02), (x, y + cell * 0.5, deep / 2 - 0.03), IRON)
                ]
            else:
                made += pot_plant(x, y, 0.03, cell * 0.55, pick(rng, WHITE, CLAY, SAGE))
    return made


def panel(wide: float, high: float, x: float, y: float, z: float, hue: Color) -> list[Part]:
    """A door with a raised field."""
    return [
        board((wide, high, 0.04), (x, y, z), hue, 0.2, 0.09),
        board((wide - 0.14, high - 0.16, 0.03), (x, y, z + 0.02), shade(hue, 1.1), 0.45, 0.09)
    ]


def old_wardrobe(rng: Generator, hue: Color) -> list[Part]:
    """Two panelled doors over a drawer, under a cornice."""
    wide, high, deep, metal = rng.uniform(1.0, 1.25), rng.uniform(1.6,
                                                                  1.85), rng.uniform(0.5,
                                                                                     0.6), pick(rng, BRASS, CHROME)
    front = deep / 2 + 0.01
    made = [
        board((wide, high - 0.1, deep), (0, high / 2 + 0.06, 0), shade(hue, 0.9), 0.03, 0.09),
        board((wide + 0.12, 0.08, deep + 0.1), (0, high + 0.02, 0.02), hue, 0.4),
        board((wide + 0.06, 0.1, deep + 0.05), (0, 0.16, 0.01), hue, 0.3),
        *drawers(0, wide - 0.1, 0.23, 0.48, front, 1, shade(hue, 1.05), metal, True)
    ]
    for side in (-1, 1):
        made += panel(wide / 2 - 0.045, high - 0.58, side * (wide / 4 - 0.012), (high + 0.46) / 2 + 0.01, front, hue)
    if rng.random() < 0.6:  # an arched crest
        x = np.linspace(-wide / 2, wide / 2, 15)
        crest = prism([*zip(x, 0.03 + 0.14 * np.cos(np.pi * x / wide)), (wide / 2, -0.02), (-wide / 2, -0.02)], 0.1,
                      (0, 0, 0), hue)
        made.append(wooden(crest, "wood_x").moved(0, high + 0.05, deep / 2 - 0.04))
    foot = lathe(curve([(0.04, 0), (0.075, 0.06), (0.05, 0.12)], 6), shade(hue, 0.75), corners=14)
    return made + pair(
        polished(rod((0.06, high * 0.52, front + 0.05), (0.06, high * 0.64, front + 0.05), 0.022, metal)),
        polished(ball(0.028, (0.06, high * 0.66, front + 0.045), metal, 10))) + four(
            wooden(foot).moved(wide / 2 - 0.08, 0, deep / 2 - 0.08))


def modern_wardrobe(rng: Generator, hue: Color) -> list[Part]:
    """Smooth doors with long handles, one of them a mirror; two drawers below, on slim legs."""
    wide, high, deep, side = rng.uniform(1.15, 1.4), rng.uniform(1.65, 1.85), 0.55, pick(rng, -1, 1)
    front, metal, each = deep / 2 + 0.01, pick(rng, BRASS, CHROME, IRON), (wide - 0.08) / 3
    wood = pick(rng, *WOODS)
    made = [board((wide, high - 0.12, deep), (0, high / 2 + 0.06, 0), pick(rng, wood, shade(hue, 0.85)), 0.04, 0.09)]
    for k in (-1, 0, 1):
        x = k * each
        made += [
            box((each - 0.02, high - 0.56, 0.05), (x, high / 2 + 0.26, front), hue, 0.25).glossy(0.3),
            polished(
                rod((x + each * 0.36, high * 0.5, front + 0.045), (x + each * 0.36, high * 0.72, front + 0.045), 0.018,
                    metal))
        ]
    made.append(box((each - 0.09, high - 0.64, 0.03), (0, high / 2 + 0.26, front + 0.018), MIRRORED, 0.2).glossy(0.9))
    made += [
        p for s in (-1, 1)
        for p in drawers(s * (wide - 0.08) / 4, (wide - 0.1) / 2, 0.16, 0.5, front, 1, hue, metal, False)
    ]
    legs = four(
        wooden(
            tube([(wide / 2 - 0.06, 0, deep / 2 - 0.06), (wide / 2 - 0.1, 0.13, deep / 2 - 0.1)], [0.025, 0.035],
                 wood)))
    return [p.scaled(x=side) for p in made] + legs


def dresser(rng: Generator, hue: Color) -> list[Part]:
    """A wide chest: a row of small drawers over two columns of large ones."""
    wide, high, deep, metal = rng.uniform(1.1, 1.4), rng.uniform(0.78, 0.9), 0.48, pick(rng, BRASS, CHROME, BRASS)
    front, knob, foot = deep / 2 + 0.005, rng.random() < 0.6, rng.uniform(0.08, 0.18)
    rest = high - foot
    made = [
        board((wide, rest, deep), (0, foot + rest / 2, 0), shade(hue, 0.88), 0.04, 0.09, "wood"),
        board((wide + 0.07, 0.05, deep + 0.05), (0, high, 0.01), hue, 0.4)
    ]
    for k in (-1, 1):
        made += drawers(k * wide / 4, wide / 2 - 0.06, foot + 0.03, high - 0.05, front, 3, hue, metal, knob)
    leg = wooden(
        tube([(wide / 2 - 0.05, 0, deep / 2 - 0.05), (wide / 2 - 0.1, foot + 0.02, deep / 2 - 0.1)], [0.025, 0.042],
             shade(hue, 0.8)))
    return made + four(leg)


def tall_dresser(rng: Generator, hue: Color) -> list[Part]:
    """A chest of five drawers with a shaped skirt and bun feet."""
    wide, high, deep, metal = rng.uniform(0.72, 0.85), rng.uniform(1.0, 1.2), 0.46, pick(rng, BRASS, CHROME)
    front, count = deep / 2 + 0.005, int(rng.integers(4, 6))
    foot = lathe(curve([(0.035, 0), (0.065, 0.05), (0.045, 0.1)], 6), shade(hue, 0.75), corners=14)
    return [
        board((wide, high - 0.1, deep), (0, high / 2 + 0.04, 0), shade(hue, 0.88), 0.04, 0.09),
        board((wide + 0.07, 0.05, deep + 0.05), (0, high, 0.01), hue, 0.4),
        board((wide + 0.05, 0.09, deep + 0.04), (0, 0.13, 0.01), hue, 0.3),
        *drawers(0, wide - 0.06, 0.2, high - 0.04, front, count, hue, metal,
                 rng.random() < 0.6), *four(wooden(foot).moved(wide / 2 - 0.06, 0, deep / 2 - 0.06))
    ]


def mirror_dresser(rng: Generator, hue: Color) -> list[Part]:
    """With a mirror on top."""
    made, wide = dresser(rng, hue), rng.uniform(0.3, 0.36)
    glass = [
        p.turned("x", 90) for p in (lathe([(1, -0.02), (1.0, 0.02)], hue, corners=36),
                                    lathe([(0.88, 0), (0.88, 0.035)], MIRRORED, corners=36).glossy(0.9))
    ]
    posts = pair(
        spindle((wide + 0.06, 0.86, -0.16), (wide + 0.06, 1.36, -0.16), 0.03, hue,
                (1, 0.8, 1.1, 0.7, 1.0, 0.7, 1.1, 0.4)))
    bar = rod((-wide - 0.06, 1.24, -0.17), (wide + 0.06, 1.24, -0.17), 0.02, shade(hue, 0.8))
    return made + moved((p.scaled(wide, wide * 1.1, 1) for p in glass), 0, 1.24, -0.15) + posts + [bar]


def nightstand(rng: Generator, hue: Color) -> list[Part]:
    """A drawer or two over an open shelf."""
    wide, high, deep, metal = rng.uniform(0.42, 0.5), rng.uniform(0.5, 0.58), 0.4, pick(rng, BRASS, CHROME)
    front, foot = deep / 2 + 0.005, 0.1
    shelf, back = foot + 0.18, shade(hue, 0.82)
    made = [
        board((wide + 0.05, 0.045, deep + 0.04), (0, high, 0.01), hue, 0.4),
        board((wide - 0.02, high - shelf, deep), (0, (high + shelf) / 2, 0), back, 0.05, kind="wood"),
        board((wide, 0.045, deep), (0, foot + 0.02, 0), hue, 0.2),
        board((wide - 0.03, high - foot, 0.025), (0, (high + foot) / 2, -deep / 2 + 0.02),
              back), *pair(board((0.045, high - foot, deep), (wide / 2 - 0.022, (high + foot) / 2, 0), hue)),
        *drawers(0, wide - 0.1, shelf + 0.02, high - 0.02, front, 1, shade(hue, 1.07), metal,
                 rng.random() < 0.6)
    ]
    leg = wooden(
        tube([(wide / 2 - 0.02, 0, deep / 2 - 0.02), (wide / 2 - 0.06, foot + 0.02, deep / 2 - 0.06)], [0.02, 0.03],
             shade(hue, 0.8)))
    lying = [box((0.2, 0.035, 0.15), (0, foot + 0.06 + 0.035 * k, 0.06), pick(rng, *BOOKS), 0.1) for k in range(2)]
    return made + four(leg) + lying


def small_chest(rng: Generator, hue: Color) -> list[Part]:
    """Two or three drawers on turned feet."""
    wide, high, deep, metal = rng.uniform(0.42, 0.5), rng.uniform(0.54, 0.64), 0.4, pick(rng, BRASS, CHROME)
    foot = spindle((wide / 2 - 0.05, 0, deep / 2 - 0.05), (wide / 2 - 0.05, 0.14, deep / 2 - 0.05), 0.034,
                   shade(hue, 0.85), (0.8, 0.6, 1.1, 0.7, 1.1))
    return [
        board((wide, high - 0.14, deep), (0, high / 2 + 0.06, 0), shade(hue, 0.88), 0.05, kind="wood"),
        board((wide + 0.06, 0.05, deep + 0.05), (0, high, 0.01), hue,
              0.4), *drawers(0, wide - 0.06, 0.15, high - 0.03, deep / 2 + 0.005, int(rng.integers(2, 4)),
                             shade(hue, 1.05), metal, True), *four(foot)
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bookshelf": (TIMBER, bookcase, ladder_shelf, cube_shelf),
    "wardrobe": (TIMBER, old_wardrobe, modern_wardrobe),
    "dresser": (TIMBER, dresser, tall_dresser, mirror_dresser),
    "nightstand": (TIMBER, nightstand, small_chest),
}
