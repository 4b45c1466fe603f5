"""Tables and desks; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, BRASS, CHROME, IRON, WALNUT, WOODS, board, pick, polished, spindle, wooden
from .palette import TIMBER
from .parts import (
    CREAM,
    DARK,
    GLASS,
    STEEL,
    WHITE,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    four,
    lathe,
    pair,
    rod,
    shade,
    tube,
)

TURNED = (0.75, 0.6, 0.8, 1.0, 0.9, 0.65, 1.05, 0.7, 1.15, 1.15)


def farm_table(rng: Generator, hue: Color) -> list[Part]:
    """Boards with a breadboard end over a skirt and stout turned legs."""
    wide, deep, high = rng.uniform(1.2, 1.6), rng.uniform(0.75, 0.9), 0.76
    x, z, each = wide / 2 - 0.13, deep / 2 - 0.12, deep / 4
    base = shade(hue, 0.85) if rng.random() < 0.6 else CREAM
    made = [
        board((wide - 0.2, 0.055, each * 0.985), (0, high, (k - 1.5) * each), shade(hue, rng.uniform(0.94, 1.08)), 0.15)
        for k in range(4)
    ]
    skirt = [
        board((2 * x, 0.11, 0.04), (0, high - 0.08, z), base),
        board((2 * x, 0.11, 0.04), (0, high - 0.08, -z), base)
    ]
    return (made + skirt + pair(board(
        (0.1, 0.057, deep), (wide / 2 - 0.05, high, 0), hue, 0.15), board(
            (0.04, 0.11, 2 * z),
            (x, high - 0.08, 0), base)) + four(spindle(
                (x, 0, z),
                (x, high - 0.14, z), 0.058, base, TURNED), box((0.11, 0.16, 0.11), (x, high - 0.1, z), base, 0.1)))


def modern_table(rng: Generator, hue: Color) -> list[Part]:
    """A rounded slab on tapered legs that stand out."""
    wide, deep, high = rng.uniform(1.2, 1.5), rng.uniform(0.75, 0.88), 0.74
    x, z, out = wide / 2 - 0.2, deep / 2 - 0.14, rng.uniform(0.03, 0.1)
    foot = pick(rng, shade(hue, 0.85), *WOODS)
    return [
        board((wide, 0.055, deep), (0, high, 0), hue, 0.5),
        board((2 * x, 0.08, 0.05), (0, high - 0.06, z), foot),
        board((2 * x, 0.08, 0.05), (0, high - 0.06, -z), foot),
        *four(wooden(tube([(x + out, 0, z + out / 2), (x, high - 0.02, z)], [0.026, 0.046], foot)))
    ]


def trestle_table(rng: Generator, hue: Color) -> list[Part]:
    """A top on two crossed ends with a beam between, held by a wedge."""
    wide, deep, high = rng.uniform(1.2, 1.6), rng.uniform(0.7, 0.85), 0.75
    x, half, dark = wide / 2 - 0.24, deep / 2 - 0.04, shade(hue, 0.85)
    leg = [
        board((0.075, high * 1.14, 0.09), (0, 0, 0), dark).turned("x", lean).moved(x, high / 2 - 0.02, 0)
        for lean in (-np.degrees(np.arctan(2 * half / high)) * 0.72, np.degrees(np.arctan(2 * half / high)) * 0.72)
    ]
    return [
        board((wide, 0.06, deep), (0, high, 0), hue, 0.25),
        *pair(*leg, board((0.08, 0.07, deep - 0.1), (x, high - 0.06, 0), dark)),
        board((2 * x + 0.2, 0.09, 0.06), (0, high / 2 - 0.02, 0), dark)
    ]


def pedestal_table(rng: Generator, hue: Color) -> list[Part]:
    """Round, on a turned column with three or four curved feet."""
    wide, high, feet = rng.uniform(0.45, 0.6), rng.uniform(0.68, 0.76), int(rng.integers(3, 5))
    top = lathe(curve([(wide - 0.03, -0.05), (wide - 0.01, -0.035), (wide, -0.01), (wide - 0.015, 0)], 8),
                hue,
                corners=36)
    column = lathe(
        curve([(0.05, 0.12), (0.08, 0.2), (0.1, 0.3), (0.05, 0.4), (0.045, 0.5), (0.07, 0.56), (0.06, high - 0.1),
               (0.16, high - 0.04)], 20), shade(hue, 0.88))
    foot = tube(curve([(0, 0.24, 0.02), (0, 0.26, 0.14), (0, 0.13, 0.26), (0, 0.03, 0.38), (0, 0.03, 0.45)], 12),
                np.linspace(0.05, 0.034, 12), shade(hue, 0.88))
    return [wooden(top.moved(0, high, 0), "wood_x"), wooden(column), *around(wooden(foot), feet, 45)]


def tulip_table(rng: Generator, hue: Color) -> list[Part]:
    """Round, on one smooth flared foot."""
    wide, high = rng.uniform(0.48, 0.62), 0.73
    pale = pick(rng, WHITE, shade(hue, 1.1), IRON)
    foot = curve([(0.3, 0), (0.29, 0.02), (0.14, 0.06), (0.05, 0.25), (0.05, 0.5), (0.16, high - 0.03)], 18)
    top = lathe([(wide - 0.03, -0.035), (wide, -0.01), (wide - 0.005, 0)], hue, corners=36)
    return [wooden(top.moved(0, high, 0), "wood_x", 0.08).glossy(0.35), lathe(foot, pale, corners=28).glossy(0.4)]


def four_legged(rng: Generator, hue: Color) -> list[Part]:
    """Round, with a skirt, and four tapered legs."""
    wide, high, out = rng.uniform(0.45, 0.6), rng.uniform(0.7, 0.76), rng.uniform(0.02, 0.12)
    r, leg = wide * 0.72, shade(hue, 0.88)
    return [
        wooden(lathe([(wide - 0.02, -0.055), (wide, -0.035), (wide, -0.01), (wide - 0.02, 0)], hue, (0, high, 0), 36),
               "wood_x"),
        wooden(lathe([(wide * 0.8, -0.13), (wide * 0.8, -0.05)], leg, (0, high, 0), 32)),
        *around(wooden(tube([(0, 0, r + out), (0, high - 0.05, r)], [0.028, 0.05], leg)), 4, 45)
    ]


def drawers(x: float, wide: float, low: float, top: float, front: float, count: int, hue: Color, metal: Color,
            knob: bool) -> list[Part]:
    """``count`` fronts one above the other, each with a handle."""
    step, made = (top - low) / count, []
    for k in range(count):
        y = low + step * (k + 0.5)
        made.append(board((wide, step - 0.025, 0.035), (x, y, front), hue, 0.3))
        if knob:
            made += [
                polished(ball(0.026, (x + side * wide * 0.27, y, front + 0.035), metal, 10))
                for side in ((-1, 1) if wide > 0.5 else (0, ))
            ]
        else:
            half = min(0.1, wide * 0.25)
            made.append(
                polished(
                    tube(
                        curve([(x - half, y, front), (x - half, y, front + 0.04), (x + half, y, front + 0.04),
                               (x + half, y, front)], 8), 0.015, metal, 8)))
    return made


def pedestal_desk(rng: Generator, hue: Color) -> list[Part]:
    """For a head of something: drawers on both sides, a leather pad on top; seen from where one sits."""
    wide, deep, high = rng.uniform(1.35, 1.55), rng.uniform(0.68, 0.76), 0.76
    x, metal, body = wide / 2 - 0.23, pick(rng, BRASS, CHROME), shade(hue, 0.92)
    made = [
        board((wide, 0.06, deep), (0, high, 0), hue, 0.3),
        board((wide - 0.1, 0.5, 0.04), (0, high - 0.3, -deep / 2 + 0.06), body),
        *pair(board(
            (0.4, high - 0.1, deep - 0.08),
            (x, high / 2 + 0.02, 0), body, 0.05), board((0.43, 0.07, deep - 0.05),
                                                        (x, 0.035, 0), shade(hue, 0.75), 0.2)),
        box((wide * 0.42, 0.012, deep * 0.55), (0, high + 0.031, 0.02), pick(rng, WALNUT, (0.16, 0.3, 0.22), DARK)),
        *drawers(0, wide - 0.92, high - 0.15, high - 0.02, deep / 2 - 0.06, 1, hue, metal, False)
    ]
    for side in (-1, 1):
        made += drawers(side * x, 0.36, 0.09, high - 0.04, deep / 2 - 0.04, 3, shade(hue, 1.05), metal, False)
    return made


def writing_desk(rng: Generator, hue: Color) -> list[Part]:
    """Light: a top with a low row of drawers on slim legs."""
    wide, deep, high, knob = rng.uniform(1.1, 1.35), rng.uniform(0.55, 0.65), 0.76, rng.random() < 0.6
    x, z, metal, foot = wide / 2 - 0.1, deep / 2 - 0.08, pick(rng, BRASS, CHROME), pick(rng, shade(hue, 0.85), *WOODS)
    made = [
        board((wide, 0.05, deep), (0, high, 0), hue, 0.4),
        board((wide - 0.06, 0.15, deep - 0.06), (0, high - 0.095, 0), shade(hue, 0.9), 0.15)
    ]
    for k in (-1, 0, 1):
        made += drawers(k * (wide - 0.08) / 3, (wide - 0.16) / 3, high - 0.17, high - 0.02, deep / 2 - 0.04, 1,
                        shade(hue, 1.06), metal, knob)
    made += [board((wide - 0.06, 0.1, 0.04), (0, high + 0.06, -deep / 2 + 0.04), hue, 0.3)]
    return made + four(wooden(tube([(x + 0.04, 0, z + 0.03), (x, high - 0.1, z)], [0.022, 0.042], foot)))


def computer_desk(rng: Generator, hue: Color) -> list[Part]:
    """A slab on a metal frame, drawers hung on one side."""
    wide, deep, high, side = rng.uniform(1.2, 1.5), rng.uniform(0.6, 0.7), 0.74, pick(rng, -1, 1)
    x, metal = wide / 2 - 0.05, pick(rng, IRON, STEEL, WHITE)
    frame = [
        box((0.06, 0.05, deep - 0.04), (x, 0.025, 0), metal, 0.3),
        box((0.06, high, 0.06), (x, high / 2, deep / 2 - 0.08), metal, 0.3),
        box((0.06, high, 0.06), (x, high / 2, -deep / 2 + 0.08), metal, 0.3)
    ]
    made = [
        board((wide, 0.055, deep), (0, high, 0), hue, 0.3),
        box((2 * x, 0.06, 0.05), (0, high * 0.5, -deep / 2 + 0.08), metal, 0.3)
    ]
    case = [
        board((0.36, 0.5, deep - 0.1), (x - 0.24, high - 0.28, 0.0), shade(hue, 0.92), 0.1),
        *drawers(x - 0.24, 0.33, high - 0.52, high - 0.04, deep / 2 - 0.05, 3, shade(hue, 1.06), CHROME, False)
    ]
    return made + pair(*frame) + [p.scaled(x=side) for p in case]


def coffee_table(rng: Generator, hue: Color) -> list[Part]:
    """Low, with a shelf below; books and a bowl lie on it."""
    wide, deep, high = rng.uniform(0.95, 1.2), rng.uniform(0.5, 0.62), rng.uniform(0.38, 0.44)
    x, z, foot = wide / 2 - 0.06, deep / 2 - 0.06, pick(rng, shade(hue, 0.88), *WOODS)
    made = [
        board((wide, 0.06, deep), (0, high, 0), hue, 0.3),
        board((wide - 0.12, 0.04, deep - 0.12), (0, 0.13, 0), hue, 0.2),
        *four(board((0.075, high, 0.075), (x, high / 2, z), foot))
    ]
    books = [
        box((0.24, 0.04, 0.17), (-wide * 0.22, high + 0.05 + 0.04 * k, 0), pick(rng, *ACCENTS), 0.1) for k in range(2)
    ]
    bowl = lathe(curve([(0.04, 0), (0.1, 0.04), (0.13, 0.09), (0.115, 0.09), (0.08, 0.04), (0, 0.02)], 14),
                 pick(rng, *ACCENTS), (wide * 0.2, high + 0.03, 0), 20)
    return made + (books + [bowl.glossy(0.5)] if rng.random() < 0.6 else [])


def oval_table(rng: Generator, hue: Color) -> list[Part]:
    """Low, round or oval, on slanted peg legs."""
    wide, deep, high = rng.uniform(0.5, 0.58), rng.uniform(0.3, 0.5), rng.uniform(0.36, 0.42)
    top = wooden(lathe([(0.94, -0.05), (1, -0.03), (1, -0.008), (0.97, 0)], hue, corners=36), "wood_x", 0.14)
    leg = tube([(wide * 0.72, 0, deep * 0.72), (wide * 0.5, high - 0.02, deep * 0.5)], [0.022, 0.04],
               pick(rng, shade(hue, 0.85), *WOODS))
    made = [top.scaled(wide, 1, deep).moved(0, high, 0), *four(wooden(leg))]
    if rng.random() < 0.5:
        made.append(wooden(lathe([(0.6, 0), (0.6, 0.03)], hue, (0, 0.15, 0), 28).scaled(wide, 1, deep)))
    return made


def glass_table(rng: Generator, hue: Color) -> list[Part]:
    """A sheet of glass on a frame in color."""
    wide, deep, high = rng.uniform(0.95, 1.15), rng.uniform(0.55, 0.65), 0.4
    x, z = wide / 2 - 0.05, deep / 2 - 0.05
    bars = [rod((-x, high - 0.04, z), (x, high - 0.04, z), 0.03, hue), rod((-x, 0.1, z), (x, 0.1, z), 0.022, hue)]
    made = [
        box((wide, 0.03, deep), (0, high, 0), shade(GLASS, 1.25),
            0.4).glossy(0.6), *(p.scaled(z=s) for p in bars for s in (1, -1)),
        *pair(rod((x, high - 0.04, -z), (x, high - 0.04, z), 0.03, hue), rod((x, 0.1, -z), (x, 0.1, z), 0.022, hue)),
        box((2 * x, 0.03, 2 * z), (0, 0.1, 0), pick(rng, *WOODS), 0.3).finished("wood_x", 0.07)
    ]
    return made + four(rod((x, 0, z), (x, high, z), 0.034, hue).glossy(0.4))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "table": (TIMBER, farm_table, modern_table, trestle_table),
    "round table": (TIMBER, pedestal_table, tulip_table, four_legged),
    "desk": (TIMBER, pedestal_desk, writing_desk, computer_desk),
    "coffee table": (TIMBER, coffee_table, oval_table, glass_table),
}
