"""What stands in a room; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from . import lamps, seats, tables
from .palette import ANY, NONE, TIMBER
from .parts import (BRICK, CREAM, DARK, GLASS, GOLD, LIGHT, STEEL, WHITE, WOOD, Colour, Part, around, ball, box, curve,
                    dot, four, lathe, moved, pair, prism, ring, rod, shade, tube)


def padded(rng: Generator, hue: Colour, width: float, seats: int) -> list[Part]:
    """An armchair or a sofa: ``seats`` cushions between two arms."""
    deep, seat, arm = rng.uniform(0.75, 0.9), rng.uniform(0.38, 0.46), rng.uniform(0.15, 0.24)
    high, arms, soft = rng.uniform(0.82, 1.08), rng.uniform(0.56, 0.66), rng.uniform(0.2, 0.45)
    inner, each = width - 2 * arm, (width - 2 * arm) / seats
    made = [box((width, seat - 0.2, deep), (0, seat / 2, 0), hue, 0.15),
            box((width - arm, high - 0.12, 0.24), (0, high / 2 + 0.06, -deep / 2 + 0.12), hue, soft),
            *pair(box((arm, arms - 0.1, deep), (width / 2 - arm / 2, arms / 2 + 0.05, 0.01), hue, soft)),
            *four(rod((width / 2 - 0.09, 0.12, deep / 2 - 0.09), (width / 2 - 0.09, 0, deep / 2 - 0.09), 0.035, DARK))]
    for k in range(seats):
        x = -inner / 2 + each * (k + 0.5)
        made += [box((each * 0.98, 0.16, deep - 0.2), (x, seat + 0.01, 0.11), shade(hue, 1.12), 0.4),
                 box((each * 0.94, high - seat - 0.12, 0.16), (x, (high + seat) / 2 + 0.02, -deep / 2 + 0.28),
                     shade(hue, 1.12), 0.45)]
    return made


def armchair(rng: Generator, hue: Colour) -> list[Part]:
    return padded(rng, hue, rng.uniform(0.82, 0.98), 1)


def sofa(rng: Generator, hue: Colour) -> list[Part]:
    seats = int(rng.integers(2, 4))
    return padded(rng, hue, 0.4 + seats * rng.uniform(0.58, 0.7), seats)


def chair(rng: Generator, hue: Colour) -> list[Part]:
    wide, deep, seat, high = rng.uniform(0.42, 0.5), rng.uniform(0.42,
                                                                 0.48), rng.uniform(0.43, 0.48), rng.uniform(0.85, 1.05)
    thick, x, z = rng.uniform(0.022, 0.032), wide / 2 - 0.03, deep / 2 - 0.03
    made = [box((wide, 0.05, deep), (0, seat, 0), hue, 0.2), *pair(rod((x, seat, z), (x, 0, z), thick, hue),
                                                                  rod((x, 0, -z), (x, high, -z - 0.06), thick, hue))]
    if rng.random() < 0.5:                              # a board, or slats
        return [*made, box((wide - 0.02, high - seat - 0.12, 0.035), (0, (high + seat) / 2 + 0.06, -z - 0.045), hue,
                           0.3)]
    return made + [box((wide - 0.06, 0.08, 0.03), (0, y, -z - 0.05), hue)
                   for y in (high - 0.05, high - 0.2, high - 0.35)]


def stool(rng: Generator, hue: Colour) -> list[Part]:
    high, wide, splay = rng.uniform(0.45, 0.75), rng.uniform(0.16, 0.21), rng.uniform(0.0, 0.07)
    leg = rod((0.12 + splay, 0, 0), (0.12, high, 0), 0.022, WOOD)
    legs = int(rng.integers(3, 5))
    return [lathe([(wide - 0.02, high - 0.04), (wide, high - 0.02), (wide, high + 0.02), (wide - 0.02, high + 0.04)],
                  hue),
            *around(leg, legs, 45), ring(0.12 + splay * 0.6, 0.012, (0, high * 0.35, 0), WOOD)]


def bench(rng: Generator, hue: Colour) -> list[Part]:
    wide, made = rng.uniform(1.2, 1.6), []
    for k in range(3):
        made += [box((wide, 0.04, 0.12), (0, 0.45, -0.14 + 0.14 * k), hue),
                 box((wide, 0.1, 0.035), (0, 0.58 + 0.13 * k, -0.24 - 0.03 * k), hue)]
    x = wide / 2 - 0.12
    return made + pair(box((0.06, 0.44, 0.06), (x, 0.22, 0.16), DARK), box((0.06, 0.9, 0.06), (x, 0.45, -0.26), DARK),
                       box((0.06, 0.05, 0.46), (x, 0.41, -0.05), DARK))


def table(rng: Generator, hue: Colour) -> list[Part]:
    wide, deep, high = rng.uniform(1.1, 1.7), rng.uniform(0.7, 0.9), rng.uniform(0.68, 0.78)
    leg, x, z = rng.uniform(0.07, 0.11), wide / 2 - 0.1, deep / 2 - 0.1
    return [box((wide, 0.06, deep), (0, high, 0), hue), box((wide - 0.2, 0.1, deep - 0.2), (0, high - 0.08, 0),
                                                            shade(hue, 0.85)),
            *four(box((leg, high, leg), (x, high / 2, z), shade(hue, 0.92)))]


def round_table(rng: Generator, hue: Colour) -> list[Part]:
    wide, high = rng.uniform(0.45, 0.65), rng.uniform(0.65, 0.78)
    top = lathe([(wide, high - 0.05), (wide, high)], hue)
    if rng.random() < 0.5:
        return [top, rod((0, 0.04, 0), (0, high, 0), 0.06, shade(hue, 0.85)),
                lathe([(0.3, 0), (0.28, 0.05), (0.06, 0.1)], shade(hue, 0.85))]
    return [top, *around(rod((0, 0, wide * 0.8), (0, high - 0.03, wide * 0.6), 0.035, shade(hue, 0.85)), 4, 45)]


def desk(rng: Generator, hue: Colour) -> list[Part]:
    """Seen from where one sits: drawers on one side, a board at the back."""
    wide, deep, high, side = rng.uniform(1.2, 1.5), rng.uniform(0.6, 0.7), 0.75, rng.choice((-1, 1))
    x, third = side * (wide / 2 - 0.22), (high - 0.1) / 3
    made = [box((wide, 0.05, deep), (0, high, 0), hue), box((0.4, high - 0.06, deep - 0.06), (x, high / 2 - 0.01, 0),
                                                            shade(hue, 0.9)),
            box((0.05, high, deep - 0.06), (-side * (wide / 2 - 0.05), high / 2, 0), shade(hue, 0.9)),
            box((wide - 0.1, 0.4, 0.03), (0, high - 0.22, -deep / 2 + 0.06), shade(hue, 0.8))]
    for k in range(3):
        y = 0.06 + third * (k + 0.5)
        made += [box((0.35, third - 0.04, 0.03), (x, y, deep / 2 - 0.03), shade(hue, 1.2)),
                 box((0.12, 0.025, 0.03), (x, y, deep / 2), DARK)]
    return made


def bed(rng: Generator, hue: Colour) -> list[Part]:
    wide, long, head = rng.uniform(1.1, 1.7), rng.uniform(1.9, 2.1), rng.uniform(0.8, 1.1)
    frame = shade(WOOD, rng.uniform(0.6, 1.1))
    made = [box((wide, 0.2, long), (0, 0.25, 0), frame), box((wide, head, 0.08), (0, head / 2, -long / 2), frame),
            box((wide, 0.45, 0.06), (0, 0.23, long / 2), frame),
            box((wide - 0.06, 0.2, long - 0.08), (0, 0.42, 0), WHITE, 0.3),
            box((wide + 0.02, 0.2, long * 0.66), (0, 0.46, long * 0.16), hue, 0.3),
            *four(box((0.09, 0.2, 0.09), (wide / 2 - 0.05, 0.1, long / 2 - 0.05), frame))]
    pillow = box((wide * 0.4, 0.14, 0.4), (wide * 0.22, 0.57, -long / 2 + 0.32), WHITE, 0.5)
    return made + pair(pillow)


def bookshelf(rng: Generator, hue: Colour) -> list[Part]:
    wide, high, deep, rows = rng.uniform(0.7, 1.0), rng.uniform(1.4, 1.9), 0.32, int(rng.integers(4, 6))
    step, books = high / rows, ((0.75, 0.15, 0.12), (0.15, 0.3, 0.7), (0.2, 0.5, 0.25), (0.9, 0.75, 0.2), CREAM,
                                (0.45, 0.2, 0.5))
    made = [box((wide, high, 0.03), (0, high / 2, -deep / 2), shade(hue, 0.8)),
            *pair(box((0.04, high, deep), (wide / 2, high / 2, 0), hue))]
    made += [box((wide, 0.04, deep), (0, 0.02 + step * k * 0.99, 0), hue) for k in range(rows + 1)]
    for k in range(rows):
        x = -wide / 2 + 0.03
        while x < wide * rng.uniform(0.2, 0.5):
            thick, tall = rng.uniform(0.05, 0.09), step * rng.uniform(0.6, 0.82)
            made.append(box((thick * 0.94, tall, 0.22), (x + thick / 2, step * k * 0.99 + 0.04 + tall / 2, -0.02),
                            books[rng.integers(6)]))
            x += thick
    return made


def wardrobe(rng: Generator, hue: Colour) -> list[Part]:
    wide, high, deep = rng.uniform(0.95, 1.3), rng.uniform(1.7, 2.0), rng.uniform(0.5, 0.6)
    return [box((wide, high, deep), (0, high / 2 + 0.08, 0), hue),
            box((wide + 0.08, 0.07, deep + 0.06), (0, high + 0.1, 0), shade(hue, 0.8)),
            box((wide - 0.1, high - 0.1, 0.02), (0, high / 2 + 0.08, -deep / 2), shade(WOOD, 1.2)),
            *pair(box((wide / 2 - 0.06, high * 0.72, 0.03), (wide / 4, high * 0.62 + 0.06, deep / 2 + 0.01),
                      shade(hue, 1.15)),
                  box((wide / 2 - 0.06, high * 0.18, 0.03), (wide / 4, high * 0.13 + 0.08, deep / 2 + 0.01),
                      shade(hue, 1.15)),
                  ball(0.04, (wide / 4, high * 0.13 + 0.08, deep / 2 + 0.04), GOLD),
                  rod((0.07, high * 0.48, deep / 2 + 0.05), (0.07, high * 0.66, deep / 2 + 0.05), 0.025, GOLD)),
            *four(box((0.1, 0.1, 0.1), (wide / 2 - 0.06, 0.05, deep / 2 - 0.06), shade(hue, 0.7)))]


def refrigerator(rng: Generator, hue: Colour) -> list[Part]:
    wide, high, deep, split = 0.62, rng.uniform(1.5, 1.8), 0.6, rng.uniform(0.62, 0.7)
    made = [box((wide, high, deep), (0, high / 2, 0), shade(hue, 0.9), 0.05)]
    for low, top in ((0.06, split * high), (split * high + 0.02, high - 0.01)):
        start, end = (low + 0.06, low + 0.32) if low > 0.1 else (top - 0.56, top - 0.06)
        made += [box((wide, top - low, 0.07), (0, (low + top) / 2, deep / 2 + 0.03), hue, 0.3),
                 rod((-wide / 2 + 0.08, start, deep / 2 + 0.11), (-wide / 2 + 0.08, end, deep / 2 + 0.11), 0.03,
                     shade(STEEL, 1.4))]
    y = split * high - 0.3
    made += [box((wide * 0.98, 0.04, 0.06), (0, split * high + 0.01, deep / 2 + 0.02), DARK),
             box((0.24, 0.32, 0.03), (0.09, y, deep / 2 + 0.06), shade(STEEL, 1.3), 0.2),     # ice and water
             box((0.18, 0.18, 0.02), (0.09, y - 0.04, deep / 2 + 0.07), DARK)]
    return [*made, box((wide * 0.84, high * 0.8, 0.03), (0, high * 0.48, -deep / 2), shade(DARK, 1.1))]


def lamp(rng: Generator, hue: Colour) -> list[Part]:
    """A table lamp: a turned foot in colour under a light shade."""
    high, wide = rng.uniform(0.3, 0.42), rng.uniform(0.17, 0.22)
    foot = curve([(0.09, 0), (0.1, 0.04), (rng.uniform(0.06, 0.13), high * 0.4), (0.04, high * 0.85), (0.03, high)], 14)
    cover = [(wide, 0), (wide * rng.uniform(0.5, 0.75), 0.24), (wide * 0.48, 0.24), (wide - 0.02, 0.0)]
    return [lathe(foot, hue), lathe(cover, CREAM, (0, high, 0), closed=True), ball(0.05, (0, high + 0.1, 0), LIGHT)]


def floor_lamp(rng: Generator, hue: Colour) -> list[Part]:
    high, wide = rng.uniform(1.25, 1.5), rng.uniform(0.22, 0.28)
    return [lathe([(0.2, 0), (0.2, 0.03), (0.03, 0.06)], DARK), rod((0, 0, 0), (0, high, 0), 0.025, DARK),
            lathe([(wide, 0), (wide * 0.65, 0.35), (wide * 0.6, 0.35), (wide - 0.03, 0)], hue, (0, high - 0.1, 0),
                  closed=True),
            ball(0.07, (0, high + 0.05, 0), LIGHT)]


def desk_lamp(rng: Generator, hue: Colour) -> list[Part]:
    """A jointed arm that leans back and then forward to a conical head."""
    low, back, high, reach = rng.uniform(0.2, 0.26), rng.uniform(0.05,
                                                                 0.1), rng.uniform(0.46, 0.56), rng.uniform(0.1, 0.16)
    elbow, neck = (0, low, -back), (0, high, reach)
    head = [lathe([(0.12, -0.1), (0.05, 0.03), (0.035, 0.07), (0.0, 0.07), (0.03, 0.02), (0.1, -0.1)], hue,
                  closed=True), ball(0.05, (0, -0.05, 0), LIGHT)]
    return [lathe([(0.14, 0), (0.14, 0.025), (0.04, 0.05)], hue), rod((0, 0, 0), elbow, 0.02, STEEL),
            ball(0.032, elbow, DARK),
            rod(elbow, neck, 0.02, STEEL), *moved((p.turned("x", -35) for p in head), *neck)]


def television(rng: Generator, hue: Colour) -> list[Part]:
    wide = rng.uniform(1.0, 1.2)
    high, picture = wide * rng.uniform(0.56, 0.62), shade((0.25, 0.45, 0.75), rng.uniform(0.6, 1.2))
    return [box((wide, high, 0.07), (0, high / 2 + 0.14, 0), DARK, 0.2),
            box((wide * 0.93, high * 0.88, 0.02), (0, high / 2 + 0.15, 0.035), picture),
            box((wide * 0.4, high * 0.5, 0.06), (0, high / 2 + 0.1, -0.05), shade(DARK, 0.8)),
            rod((0, 0, 0), (0, 0.2, 0), 0.04, DARK), box((wide * 0.4, 0.03, 0.24), (0, 0.015, 0), DARK)]


def washing_machine(rng: Generator, hue: Colour) -> list[Part]:
    """A round glass door to the front, under a panel with a drawer, a display and a knob; a pipe at the back."""
    wide, high, hole = rng.uniform(0.8, 0.9), rng.uniform(1.0, 1.12), rng.uniform(0.25, 0.29)
    deep, y = wide * rng.uniform(0.82, 0.95), high * 0.43
    front, top = deep / 2, high * 0.91
    door = [lathe([(hole + 0.05, 0), (hole + 0.05, 0.05), (hole, 0.08), (hole - 0.04, 0.04)], STEEL),
            lathe([(hole - 0.02, 0.02), (hole - 0.04, 0.05), (hole * 0.5, 0.08), (0, 0.09)], (0.16, 0.24, 0.34))]
    glint = ball((0.03, hole * 0.45, 0.012), (0, 0, 0), shade(GLASS, 1.3)).turned("z", -35)
    return [box((wide, high, deep), (0, high / 2 + 0.04, 0), hue, 0.06),
            box((wide * 0.98, high * 0.15, 0.03), (0, top, front), shade(hue, 0.78)),
            box((wide * 0.3, high * 0.11, 0.03), (-wide * 0.31, top, front + 0.01), hue, 0.2),
            box((wide * 0.2, high * 0.07, 0.03), (wide * 0.06, top, front + 0.01), DARK),
            rod((wide * 0.33, top, front), (wide * 0.33, top, front + 0.07), 0.055, STEEL),
            *moved((p.turned("x", 90) for p in door), 0, y, front), glint.moved(-0.09, y + 0.09, front + 0.075),
            box((wide * 0.8, high * 0.62, 0.02), (0, high * 0.44, -front), shade(hue, 0.7)),
            tube(curve([(wide * 0.25, high * 0.9, -front), (wide * 0.27, high * 0.85, -front - 0.07),
                        (wide * 0.27, 0.1, -front - 0.06)], 8), 0.03, DARK),
            *four(rod((wide * 0.4, 0.06, front - 0.1), (wide * 0.4, 0, front - 0.1), 0.05, DARK))]


def grand_piano(rng: Generator, hue: Colour) -> list[Part]:
    """The keys to the front, the long straight side to the left, where the raised lid is hinged."""
    wide, long, lift = 1.5, rng.uniform(1.55, 1.9), rng.uniform(32, 42)
    half, floor, deep = wide / 2, 0.62, 0.3
    bow = curve([(half, long * 0.42), (half * 0.72, long * 0.62), (half * 0.3, long * 0.76), (-half * 0.1, long * 0.95),
                 (-half * 0.5, long), (-half * 0.9, long * 0.96)], 16)
    case = [(-half, 0), (half, 0), *map(tuple, bow), (-half, long * 0.85)]
    inner = [(x * 0.92, 0.04 + y * 0.93) for x, y in case]

    def lying(outline, thick, y, colour):
        return prism(outline, thick, (0, 0, 0), colour).turned("x", -90).moved(0, y, 0)

    top = floor + deep
    lid = lying([(x + half, y) for x, y in case], 0.045, 0, hue).turned("z", lift).moved(-half, top + 0.03, 0)
    x = half * 0.55
    prop = rod((x, top, -long * 0.35), (x, top + (x + half) * np.tan(np.radians(lift)), -long * 0.35), 0.025, GOLD)
    blacks = [box((0.05, 0.05, 0.16), (k * 0.12, floor + 0.215, 0.09), DARK)
              for k in range(-5, 6) if k % 7 not in (0, 3)]
    leg = [rod((0, floor, 0), (0, 0.05, 0), 0.095, hue, 0.06), ball((0.07, 0.05, 0.07), (0, 0.05, 0), GOLD)]
    legs = [p.moved(x, 0, z) for x, z in ((-half + 0.14, 0.08), (half - 0.14, 0.08), (-half * 0.45, -long * 0.82))
            for p in leg]
    return [lying(case, deep, floor + deep / 2, hue), lying(inner, 0.02, top + 0.005, shade(GOLD, 0.85)), lid, prop,
            box((wide, 0.12, 0.34), (0, floor + 0.06, 0.17), hue),
            *pair(box((0.09, 0.24, 0.34), (half - 0.045, floor + 0.12, 0.17), hue)),
            box((wide - 0.18, 0.07, 0.28), (0, floor + 0.155, 0.17), WHITE), *blacks,
            box((wide * 0.5, 0.24, 0.03), (0, top + 0.11, -0.2), hue), *legs,
            box((0.16, floor, 0.06), (0, floor / 2 + 0.06, -0.12), hue), box((0.3, 0.05, 0.16), (0, 0.1, -0.08), GOLD)]


def bathtub(rng: Generator, hue: Colour) -> list[Part]:
    long, wide = rng.uniform(1.4, 1.7), 0.75
    tub = lathe([(0.7, 0), (0.9, 0.12), (0.96, 0.5), (1.06, 0.54), (1.06, 0.57), (0.88, 0.56), (0.8, 0.15), (0, 0.12)],
                hue).scaled(long / 2, 1, wide / 2)
    water = lathe([(0.86, 0.4), (0.86, 0.43)], (0.62, 0.84, 0.94)).scaled(long / 2, 1, wide / 2)
    tap = tube(curve([(long / 2 - 0.02, 0.55, 0), (long / 2 - 0.03, 0.72, 0), (long / 2 - 0.16, 0.7, 0)], 8), 0.03,
               STEEL)
    return [tub.moved(y=0.08), water.moved(y=0.08), tap.moved(y=0.06),
            *four(dot(0.07, (long * 0.3, 0.07, wide * 0.25), STEEL))]


def fireplace(rng: Generator, hue: Colour) -> list[Part]:
    wide, high = rng.uniform(1.2, 1.5), rng.uniform(1.0, 1.2)
    flames = [lathe(curve([(0.08, 0), (0.1, 0.1), (0.03, 0.26), (0, 0.34)], 10), c, (x, 0.16, 0.02)).scaled(y=s)
              for x, s, c in
              ((-0.14, 0.8, (0.95, 0.45, 0.1)), (0.0, 1.15, (0.98, 0.7, 0.15)), (0.14, 0.9, (0.95, 0.45, 0.1)))]
    return [*pair(box((wide * 0.22, high, 0.4), (wide * 0.39, high / 2, 0), BRICK)),
            box((wide, high * 0.3, 0.4), (0, high * 0.85, 0), BRICK),
            box((wide, high, 0.06), (0, high / 2, -0.2), shade(DARK, 0.9)),
            box((wide + 0.14, 0.09, 0.5), (0, high + 0.04, 0.02), WOOD),
            box((wide, 0.06, 0.5), (0, 0.03, 0.05), shade(BRICK, 0.7)), *flames,
            *(rod((-0.25, y, z), (0.25, y, z), 0.05, shade(WOOD, 0.6)) for y, z in ((0.11, 0.05), (0.11, -0.06)))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    **seats.SHAPES,
    **lamps.SHAPES,
    **tables.SHAPES,
    "bed": (ANY, bed),
    "bookshelf": (TIMBER, bookshelf),
    "wardrobe": (TIMBER, wardrobe),
    "refrigerator": (ANY, refrigerator),
    "washing machine": (("white", "white", "grey"), washing_machine),
    "tv": (NONE, television),
    "bathtub": (ANY, bathtub),
    "fireplace": (NONE, fireplace),
    "grand piano": (("black", "black", "brown", "white"), grand_piano),
}
