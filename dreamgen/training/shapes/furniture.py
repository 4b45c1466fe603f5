"""Beds, hearths, and seats that rock or rule; the other tables of what stands in a room are gathered here.

Fronts face +z, the floor is y = 0, units are about metres.
"""

import numpy as np
from numpy.random import Generator

from . import appliances, lamps, pianos, seats, storage, tables
from .joinery import (ACCENTS, BRASS, IRON, LINEN, WOODS, board, covered, cushion, pick, polished, sheet,
                      spindle, wooden)
from .palette import ANY, NONE, TIMBER
from .parts import (BRICK, CREAM, DARK, GOLD, WHITE, Colour, Part, ball, box, curve, dot, four, lathe, pair,
                    prism, ring, rod, shade, tube)


def bedding(rng: Generator, hue: Colour, wide: float, long: float, y: float) -> list[Part]:
    """A mattress from the floor of the bed at ``y``, a quilt in colour, its end folded back, and two pillows."""
    head, accent = -long / 2, pick(rng, WHITE, LINEN, shade(hue, 1.5))
    cover, fold = long * rng.uniform(0.62, 0.7), 0.3
    quilt = box((wide + 0.06, 0.24, cover), (0, y + 0.17, long / 2 - cover / 2 + 0.02), hue, 0.42)
    quilt = quilt.finished(*pick(rng, ("fabric", 0.06), ("plaid", 0.12, shade(hue, 1.4)), ("tiles", 0.22, shade(hue, 0.75))))
    made = [box((wide, 0.22, long - 0.06), (0, y + 0.11, 0), WHITE, 0.35), quilt,
            box((wide + 0.08, 0.1, fold), (0, y + 0.27, long / 2 - cover + 0.1), shade(hue, 1.35), 0.5).finished("fabric", 0.06)]
    for side in (-1, 1):
        made.append(cushion((wide * 0.44, 0.2, 0.4), (0, 0, 0), accent, 0.9, 0.35).turned("x", -28).moved(
            side * wide * 0.24, y + 0.33, head + 0.26))
    if rng.random() < 0.6:
        made.append(seats.pillow(0.36, shade(hue, 0.7), 0, y + 0.4, head + 0.5, 58).finished("knit", 0.05))
    return made


def wooden_bed(rng: Generator, hue: Colour) -> list[Part]:
    """A panelled headboard with a curved top between two posts with knobs."""
    wide, long, high, wood = rng.uniform(1.2, 1.6), rng.uniform(1.9, 2.05), rng.uniform(0.85, 1.1), pick(rng, *WOODS)
    x = np.linspace(-wide / 2, wide / 2, 17)
    made = bedding(rng, hue, wide - 0.1, long, 0.3)
    for z, top, rise in ((-long / 2, high, rng.uniform(0, 0.16)), (long / 2 + 0.04, 0.5, rng.uniform(0, 0.08))):
        line = top - 0.1 + rise * np.cos(np.pi * x / wide)
        outline = [*zip(x, line), (wide / 2, 0.18), (-wide / 2, 0.18)]
        made += [wooden(prism(outline, 0.06, (0, 0, z), shade(wood, 0.95)), "wood", 0.09),
                 wooden(tube(np.stack([x, line, 0 * x + z], -1), 0.045, wood), "wood_x"),
                 *pair(board((0.1, top, 0.1), (wide / 2 + 0.02, top / 2, z), wood, 0.25), wooden(ball(0.07, (wide / 2 + 0.02, top + 0.04, z), wood, 12)))]
    return made + pair(board((0.07, 0.2, long), (wide / 2, 0.27, 0), wood, 0.2))


def padded_bed(rng: Generator, hue: Colour) -> list[Part]:
    """The frame and the tall headboard are upholstered, with buttons or upright channels; slim feet."""
    wide, long, high = rng.uniform(1.3, 1.65), rng.uniform(1.9, 2.05), rng.uniform(0.95, 1.15)
    cloth, z = pick(rng, hue, hue, (0.72, 0.69, 0.64)), -long / 2
    made = [box((wide + 0.06, 0.26, long + 0.04), (0, 0.25, 0.02), cloth, 0.3)]
    if rng.random() < 0.5:
        count = 7
        each = (wide + 0.08) / count
        made += [box((each * 1.02, high - 0.14, 0.16), ((k - 3) * each, high / 2 + 0.09, z - 0.04), cloth, 0.5) for k in range(count)]
        buttons = []
    else:
        made.append(box((wide + 0.1, high - 0.12, 0.15), (0, high / 2 + 0.08, z - 0.04), cloth, 0.45))
        buttons = [dot((0.035, 0.035, 0.022), ((k - 2.5 + 0.5 * (row % 2)) * wide / 6.5, 0.66 + 0.16 * row, z + 0.035), shade(cloth, 0.65))
                   for row in range(int((high - 0.72) / 0.16) + 1) for k in range(6 - row % 2)]
    feet = four(wooden(rod((wide / 2 - 0.05, 0, long / 2 - 0.07), (wide / 2 - 0.08, 0.14, long / 2 - 0.1), 0.028, pick(rng, *WOODS), 0.04)))
    return covered(made, "fabric", 0.05) + buttons + feet + bedding(rng, hue, wide - 0.1, long - 0.04, 0.36)


def iron_bed(rng: Generator, hue: Colour) -> list[Part]:
    """Two arches of painted or brass tube with bars and balls."""
    wide, long, high, metal = rng.uniform(1.1, 1.45), rng.uniform(1.9, 2.0), rng.uniform(1.0, 1.15), pick(rng, BRASS, IRON, WHITE)
    made = [rod((s * wide / 2, 0.3, -long / 2), (s * wide / 2, 0.3, long / 2), 0.035, metal) for s in (-1, 1)]
    for z, top in ((-long / 2, high), (long / 2, 0.72)):
        a = np.linspace(0, np.pi, 17)
        made.append(tube(np.stack([wide / 2 * np.cos(a), top - 0.2 + 0.2 * np.sin(a), 0 * a + z], -1), 0.034, metal))
        made += [rod((x, 0.3, z), (x, top - 0.2 + 0.2 * np.sqrt(1 - (2 * x / wide) ** 2), z), 0.021, metal)
                 for x in np.linspace(-0.36, 0.36, 5) * wide]
        made += [rod((-wide / 2, y, z), (wide / 2, y, z), 0.026, metal) for y in (0.32, top - 0.22)]
        made += pair(rod((wide / 2, 0, z), (wide / 2, top - 0.14, z), 0.042, metal), ball(0.06, (wide / 2, top - 0.12, z), BRASS, 12))
    return [polished(p, 0.4 if metal is WHITE else 0.8) for p in made] + bedding(rng, hue, wide - 0.12, long - 0.08, 0.32)


def flames(rng: Generator, y: float, z: float) -> list[Part]:
    """Tongues of fire over logs."""
    tongue = curve([(0.05, 0), (0.1, 0.1), (0.07, 0.2), (0.025, 0.31), (0, 0.38)], 12)
    made = []
    for x, tall, colour, ahead in ((-0.17, 0.75, (0.91, 0.36, 0.10), 0), (0.16, 0.85, (0.91, 0.36, 0.10), 0),
                                   (0.0, 1.2, (0.94, 0.50, 0.12), 0), (-0.08, 0.75, (0.98, 0.74, 0.24), 0.05), (0.08, 0.6, (0.98, 0.74, 0.24), 0.05)):
        made.append(lathe(tongue, colour, corners=12).scaled(1, tall * rng.uniform(0.85, 1.1), 0.7).moved(x, y + 0.05, z + ahead))
    logs = [rod((-0.27, y + 0.05, z + 0.1), (0.25, y + 0.05, z + 0.06), 0.055, (0.40, 0.27, 0.17)), rod((-0.22, y + 0.06, z - 0.06), (0.27, y + 0.05, z - 0.04), 0.055, (0.36, 0.24, 0.15)),
            rod((-0.2, y + 0.13, z + 0.06), (0.2, y + 0.11, z - 0.05), 0.045, (0.45, 0.31, 0.2))]
    return made + [log.finished("bark", 0.06) for log in logs]


def brick_fireplace(rng: Generator, hue: Colour) -> list[Part]:
    """Of bricks, with an arch or a beam over the fire, a wooden mantel, a chimney breast above."""
    wide, high, deep = rng.uniform(1.25, 1.5), rng.uniform(1.0, 1.15), 0.42
    brick, mortar, wood = pick(rng, BRICK, (0.60, 0.36, 0.28), (0.52, 0.30, 0.25)), (0.82, 0.78, 0.72), pick(rng, *WOODS)
    hole, top, breast = wide * 0.29, high * 0.66, rng.uniform(0, 0.5)
    a = np.linspace(0, np.pi, 15)
    rise = pick(rng, 0.03, hole * 0.5)
    arch = [*zip(hole * np.cos(a), top - rise + rise * np.sin(a))]
    wall = prism([(wide / 2, 0), (wide / 2, high), (-wide / 2, high), (-wide / 2, 0), *((x, y) for x, y in [(-hole, 0), *arch[::-1], (hole, 0)])],
                 deep, (0, 0, 0), brick)
    stones = [box((0.085, 0.15, 0.06), (0, 0, 0), shade(brick, 0.8), 0.2).turned("z", -d).moved(
        (hole + 0.05) * np.sin(np.radians(d)), top - rise + (rise + 0.06) * np.cos(np.radians(d)), deep / 2) for d in range(-80, 81, 20)] if rise > 0.1 else [
            box((2 * hole + 0.2, 0.12, 0.06), (0, top + 0.05, deep / 2), (0.62, 0.6, 0.56), 0.3)]
    made = [wall.finished("brick", 0.095, mortar), *(p.finished("stone", 0.1) for p in stones),
            box((wide - 0.04, high, 0.05), (0, high / 2, -deep / 2), (0.2, 0.17, 0.16)),
            board((wide + 0.18, 0.1, deep + 0.16), (0, high + 0.04, 0.03), wood, 0.3),
            *pair(board((0.1, 0.14, 0.1), (wide / 2 - 0.12, high - 0.07, deep / 2 + 0.04), wood, 0.3)),
            box((wide + 0.12, 0.07, deep + 0.34), (0, 0.0, 0.14), (0.58, 0.56, 0.53), 0.25).finished("blocks", 0.16, (0.4, 0.39, 0.37))]
    if breast > 0.2:
        made.append(box((wide * 0.72, breast, deep * 0.75), (0, high + 0.08 + breast / 2, -0.04), brick).finished("brick", 0.095, mortar))
    else:
        made += [lathe(curve([(0.05, 0), (0.07, 0.06), (0.04, 0.14), (0.055, 0.18)], 9), pick(rng, *ACCENTS), (-wide * 0.36, high + 0.09, 0.04), 14).glossy(0.5),
                 rod((wide * 0.36, high + 0.09, 0.04), (wide * 0.36, high + 0.26, 0.04), 0.035, CREAM)]
    return made + flames(rng, 0.05, 0.02)


def mantel_fireplace(rng: Generator, hue: Colour) -> list[Part]:
    """A carved surround of marble or painted wood, with pillars and a clock."""
    wide, high, deep = rng.uniform(1.3, 1.5), rng.uniform(1.02, 1.15), 0.36
    stone, x = pick(rng, (0.91, 0.90, 0.87), (0.62, 0.60, 0.57), (0.86, 0.80, 0.70)), wide / 2 - 0.14
    shaft = lathe(curve([(0.085, 0), (0.07, 0.05), (0.065, high * 0.4), (0.06, high * 0.68), (0.085, high * 0.72)], 12), stone, corners=20)
    made = [box((wide, 0.26, deep), (0, high - 0.13, 0), stone, 0.1), box((wide + 0.2, 0.09, deep + 0.2), (0, high + 0.03, 0.04), stone, 0.4),
            box((wide + 0.1, 0.06, deep + 0.1), (0, high - 0.03, 0.02), shade(stone, 0.93), 0.4),
            *pair(box((0.26, high, deep), (x, high / 2, 0), stone, 0.1), shaft.moved(x, 0.14, deep / 2 + 0.03),
                  box((0.3, 0.16, deep + 0.18), (x, 0.08, 0.02), stone, 0.2)),
            ball((0.17, 0.075, 0.03), (0, high - 0.15, deep / 2), shade(stone, 0.9), 16),
            box((wide - 0.04, high, 0.05), (0, high / 2, -deep / 2), (0.27, 0.25, 0.24)),
            box((wide + 0.16, 0.06, deep + 0.4), (0, 0.0, 0.16), shade(stone, 0.8), 0.3)]
    made = [p.finished("marble", 0.14, shade(stone, 0.75), gloss=0.3) for p in made]
    metal = BRASS
    clock = [wooden(box((0.2, 0.2, 0.12), (0, high + 0.17, 0.03), pick(rng, *WOODS), 0.3)), wooden(ball((0.1, 0.06, 0.06), (0, high + 0.26, 0.03), WOODS[1], 12)),
             *(p.turned("x", 90).moved(0, high + 0.17, 0.09) for p in (lathe([(0.075, 0), (0.075, 0.015)], WHITE), polished(ring(0.078, 0.012, (0, 0.01, 0), metal)))),
             box((0.012, 0.055, 0.01), (0, high + 0.195, 0.108), DARK), box((0.045, 0.012, 0.01), (0.02, high + 0.17, 0.108), DARK)]
    sticks = pair(polished(lathe(curve([(0.045, 0), (0.015, 0.04), (0.022, 0.08), (0.015, 0.12)], 8), metal, (wide * 0.36, high + 0.075, 0.04), 12)),
                  rod((wide * 0.36, high + 0.18, 0.04), (wide * 0.36, high + 0.32, 0.04), 0.024, CREAM))
    return made + clock + sticks + flames(rng, 0.04, 0.0)


def rockers(x: float, long: float, y: float, colour: Colour) -> list[Part]:
    a = np.linspace(-1, 1, 13)
    return pair(wooden(tube(np.stack([0 * a + x, y + 0.13 * a * a, long * a - 0.04], -1), 0.034, colour)))


def rocking_chair(rng: Generator, hue: Colour) -> list[Part]:
    """Tall spindles, broad arms, long runners."""
    wide, high, seat = rng.uniform(0.25, 0.29), rng.uniform(1.05, 1.2), 0.42
    back = tube(curve([(wide * 0.95, seat, -0.22), (wide * 1.0, seat + 0.4, -0.28), (wide * 0.95, high, -0.4)], 9), 0.028, hue)
    turns = (0.9, 1.0, 0.7, 1.15, 0.7, 1.1, 0.9)
    made = [*pair(wooden(back), spindle((wide + 0.03, 0.06, 0.22), (wide, seat + 0.24, 0.2), 0.032, hue, turns),
                  spindle((wide + 0.03, 0.06, -0.25), (wide * 0.95, seat, -0.21), 0.032, hue, turns),
                  board((0.085, 0.042, 0.54), (wide + 0.015, seat + 0.25, -0.02), hue, 0.45)),
            board((2 * wide + 0.02, 0.055, 0.5), (0, seat, 0), hue, 0.45), wooden(rod((-wide, 0.2, 0.22), (wide, 0.2, 0.22), 0.021, hue))]
    made += [wooden(tube([(k * wide, seat, -0.21), (k * wide, seat + 0.35, -0.26), (k * wide, high - 0.08, -0.38)], 0.017, hue))
             for k in np.linspace(-0.62, 0.62, int(rng.integers(4, 6)))]
    u = np.linspace(-1, 1, 9)
    crest = np.stack([[(k * wide * 1.06, high + h + 0.05 * (1 - k * k) * (h > 0), -0.385 - 0.1 * h - 0.03 * (1 - k * k)) for k in u]
                      for h in (-0.1, 0.0, 0.06)])
    made.append(wooden(sheet(crest, 0.04, shade(hue, 1.08)), "wood_x"))
    if rng.random() < 0.5:
        accent = pick(rng, *ACCENTS)
        made += covered([cushion((2 * wide - 0.04, 0.11, 0.46), (0, seat + 0.07, 0.01), accent, 0.6, 0.3)], "knit", 0.05)
    return made + rockers(wide + 0.03, 0.5, 0.035, hue)


def padded_rocker(rng: Generator, hue: Colour) -> list[Part]:
    """A shell in cloth with a cushion, on wooden runners."""
    x, wood, high = rng.uniform(0.3, 0.34), pick(rng, *WOODS), rng.uniform(0.95, 1.1)
    plan = curve([(-x, 0.26), (-x, 0), (-x + 0.06, -0.24), (0, -0.3), (x - 0.06, -0.24), (x, 0), (x, 0.26)], 25)
    tall = np.interp(np.abs(np.linspace(-1, 1, 25)), [0, 0.4, 0.7, 1], [1, 0.85, 0.12, 0])
    rows = np.linspace(0, 1, 6)[:, None]
    y = 0.34 + rows * (0.26 + tall * (high - 0.6))
    shell = sheet(np.stack([0 * y + plan[:, 0] * (1 + 0.06 * rows), y, plan[:, 1] - 0.12 * rows * tall], -1), 0.085, hue)
    made = [shell, box((2 * x - 0.02, 0.1, 0.54), (0, 0.37, 0), shade(hue, 0.92), 0.4),
            cushion((2 * x - 0.07, 0.17, 0.54), (0, 0.46, 0.03), shade(hue, 1.12), 0.4, 0.25)]
    legs = four(wooden(tube([(x - 0.02, 0.07, 0.25), (x - 0.1, 0.36, 0.17)], 0.028, wood)))
    throw = seats.pillow(0.34, pick(rng, *ACCENTS), 0, 0.68, -0.12, 68).finished("knit", 0.05)
    return covered(made, pick(rng, "fabric", "knit"), 0.05) + legs + rockers(x - 0.02, 0.46, 0.035, wood) + [throw]


def cradle(rng: Generator, hue: Colour) -> list[Part]:
    """A wooden tub on two runners, a hood over the head, a quilt and a pillow; the foot faces the front."""
    wide, deep, long, tint = 0.24, 0.32, rng.uniform(0.4, 0.46), pick(rng, *ACCENTS)
    low, top = 0.16, 0.16 + deep
    side = board((0.04, deep + 0.03, 2 * long), (0, 0, 0), hue, 0.3).turned("z", -16).moved(wide + 0.03, low + deep / 2, 0)
    made = [*pair(side), board((2 * wide - 0.02, 0.04, 2 * long), (0, low + 0.02, 0), shade(hue, 0.85))]
    for z, rise in ((long, 0.05), (-long, 0.24)):
        a = np.linspace(0, np.pi, 13)
        end = [(wide - 0.02, low), *zip((wide + 0.09) * np.cos(a), top + 0.02 + rise * np.sin(a)), (-wide + 0.02, low)]
        made += [wooden(prism(end, 0.05, (0, 0, z), hue), "wood_x"),
                 dot((0.05, 0.05, 0.02), (0, top - 0.1, z + 0.03), shade(hue, 0.6))]
    a = np.linspace(0, np.pi, 13)
    hood = np.stack([[((wide + 0.09) * np.cos(t), top + 0.02 + (0.24 + 0.03 * k) * np.sin(t), -long + 0.3 * k) for t in a] for k in (0, 0.5, 1.0)])
    hood = wooden(sheet(hood[:, ::-1], 0.035, shade(hue, 1.08)), "wood_z")
    b = np.linspace(-1, 1, 13)
    runners = [wooden(tube(np.stack([(wide + 0.12) * b, 0.035 + 0.1 * b * b, 0 * b + z], -1), 0.035, hue), "wood_x") for z in (-long + 0.1, long - 0.1)]
    posts = [board((2 * wide - 0.1, 0.13, 0.05), (0, 0.1, z), hue) for z in (-long + 0.1, long - 0.1)]
    bed = [cushion((2 * wide + 0.08, 0.2, long * 1.25), (0, top - 0.04, long * 0.3), tint, 0.5, 0.25).finished(*pick(rng, ("knit", 0.05), ("tiles", 0.12, CREAM))),
           cushion((2 * wide, 0.12, 0.26), (0, top - 0.04, -long + 0.24), WHITE, 0.8, 0.35)]
    return made + [hood, *runners, *posts, *bed]


def cot(rng: Generator, hue: Colour) -> list[Part]:
    """A cradle of bars that hangs between two stands."""
    wide, long, low, top, tint = 0.26, 0.46, 0.36, 0.66, pick(rng, *ACCENTS)
    made = []
    for s in (-1, 1):
        made += [wooden(rod((s * wide, y, -long), (s * wide, y, long), 0.026, hue), "wood_z") for y in (low, top)]
        made += [wooden(rod((s * wide, low, z), (s * wide, top, z), 0.016, hue, corners=8)) for z in np.linspace(-long, long, 9)[1:-1]]
        x = np.linspace(-wide, wide, 11)
        rise = 0.1 if s > 0 else 0.22
        outline = [*zip(x, top + rise * np.cos(np.pi * x / 2 / wide)), (wide, low - 0.03), (-wide, low - 0.03)]
        made += [wooden(prism(outline, 0.045, (0, 0, s * long), hue), "wood_x")]
        z = s * (long + 0.07)
        made += [wooden(tube(curve([(-0.32, 0, z), (-0.16, 0.09, z), (0, 0.12, z), (0.16, 0.09, z), (0.32, 0, z)], 13), 0.032, hue), "wood_x"),
                 spindle((0, 0.1, z), (0, 0.74, z), 0.034, hue, (1.2, 0.8, 1, 0.7, 0.9, 1.1, 0.8)), polished(ball(0.045, (0, 0.6, z), BRASS, 10))]
    made.append(wooden(rod((0, 0.15, -long), (0, 0.15, long), 0.026, hue), "wood_z"))
    return made + [board((2 * wide, 0.05, 2 * long), (0, low, 0), shade(hue, 0.9)), cushion((2 * wide - 0.03, 0.14, 2 * long - 0.06), (0, low + 0.1, 0), WHITE, 0.4, 0.2),
                   cushion((2 * wide - 0.01, 0.16, long * 1.2), (0, low + 0.16, long * 0.32), tint, 0.5, 0.25).finished("knit", 0.05),
                   cushion((2 * wide - 0.08, 0.12, 0.24), (0, low + 0.2, -long + 0.2), LINEN, 0.8, 0.35)]


def golden(made: Part) -> Part:
    return polished(made, 0.85)


def royal_throne(rng: Generator, hue: Colour) -> list[Part]:
    """Gold, with cushions in colour, a crest with jewels, a step before it."""
    wide, high, seat, gold = rng.uniform(0.36, 0.42), rng.uniform(1.5, 1.75), 0.56, pick(rng, (0.86, 0.67, 0.27), (0.80, 0.60, 0.25))
    x = np.linspace(-wide, wide, 21)
    shoulder, rise = high - 0.3, rng.uniform(0.2, 0.3)
    top = shoulder + rise * np.cos(np.pi * x / 2 / wide).clip(0) ** rng.uniform(0.6, 1.4)
    outline = [*zip(x, top), (wide, 0.2), (-wide, 0.2)]
    inner = [*zip(x * 0.76, shoulder - 0.06 + rise * np.cos(np.pi * x / 2 / wide)), (wide * 0.76, seat), (-wide * 0.76, seat)]
    z, gem = -0.3, pick(rng, (0.72, 0.12, 0.2), (0.16, 0.45, 0.65), (0.15, 0.5, 0.35))
    made = [golden(prism(outline, 0.11, (0, 0, z), gold)), golden(tube(np.stack([x, top, 0 * x + z + 0.02], -1), 0.05, gold)),
            golden(ball(0.085, (0, shoulder + rise + 0.08, z + 0.02), gold, 14)), ball((0.055, 0.055, 0.03), (0, shoulder + rise + 0.08, z + 0.1), gem, 12).glossy(0.6),
            golden(box((2 * wide + 0.06, 0.16, 0.68), (0, seat - 0.1, 0.04), gold, 0.2)),
            *pair(golden(lathe(curve([(0.05, 0), (0.055, 0.5), (0.065, shoulder)], 5), gold, (wide, 0.1, z), 14)), golden(ball(0.085, (wide, shoulder + 0.16, z), gold, 14)),
                  golden(tube(curve([(wide + 0.02, seat + 0.36, z), (wide + 0.04, seat + 0.33, 0.1), (wide + 0.05, seat + 0.3, 0.3), (wide + 0.05, seat + 0.22, 0.38), (wide + 0.05, seat + 0.2, 0.31)], 14), 0.055, gold)),
                  golden(tube([(wide + 0.03, 0.12, 0.33), (wide + 0.05, 0.3, 0.36), (wide + 0.02, seat - 0.04, 0.33), (wide + 0.05, seat + 0.3, 0.27)], [0.06, 0.075, 0.055, 0.05], gold)),
                  ball((0.03, 0.03, 0.03), (wide + 0.02, seat - 0.1, 0.39), gem, 10).glossy(0.6))]
    cloth = [prism(inner, 0.09, (0, 0, z + 0.04), hue), cushion((2 * wide - 0.03, 0.2, 0.62), (0, seat + 0.06, 0.06), shade(hue, 1.1), 0.5, 0.25),
             *pair(cushion((0.1, 0.08, 0.34), (wide + 0.035, seat + 0.385, 0.04), hue, 0.6, 0.4))]
    buttons = [golden(dot((0.028, 0.028, 0.02), ((k - 0.5 * (row % 2)) * wide * 0.42, seat + 0.36 + 0.17 * row, z + 0.09), gold)) for row in range(3) for k in ((-1, 0, 1) if row % 2 == 0 else (0, 1))]
    steps = [box((2 * wide + 0.5, 0.1, 1.05), (0, 0.05, 0.1), shade(hue, 0.75), 0.2).finished("fabric", 0.06), golden(box((2 * wide + 0.42, 0.05, 0.95), (0, 0.11, 0.08), gold, 0.4))]
    return made + covered(cloth, "fabric", 0.05) + buttons + steps


def stone_throne(rng: Generator, hue: Colour) -> list[Part]:
    """Of hewn blocks, with spikes, and a cloth in colour over back and seat."""
    wide, high, seat, stone = rng.uniform(0.4, 0.46), rng.uniform(1.35, 1.55), 0.5, pick(rng, (0.55, 0.55, 0.56), (0.44, 0.44, 0.48), (0.66, 0.62, 0.55))
    z = -0.32
    spikes = [lathe([(0.085, 0), (0.085, 0.12), (0.0, tall)], stone, (x, high - 0.06 - 0.18 * abs(x / wide), z), 6)
              for x, tall in ((0, 0.5), (-wide * 0.5, 0.4), (wide * 0.5, 0.4), (-wide, 0.34), (wide, 0.34))]
    back = prism([(-wide - 0.1, 0), (wide + 0.1, 0), (wide + 0.1, high - 0.2), (0, high + 0.06), (-wide - 0.1, high - 0.2)], 0.2, (0, 0, z), stone)
    made = [back, *spikes, box((2 * wide, seat - 0.05, 0.66), (0, seat / 2, 0.06), stone, 0.1),
            *pair(box((0.2, 0.74, 0.66), (wide, 0.37, 0.06), stone, 0.15), box((0.24, 0.12, 0.72), (wide, 0.78, 0.08), shade(stone, 1.1), 0.3), ball(0.1, (wide, 0.8, 0.44), stone, 12)),
            box((2 * wide + 0.5, 0.14, 1.2), (0, 0.0, 0.16), shade(stone, 0.85), 0.2)]
    made = [p.finished("blocks", 0.2, shade(stone, 0.6)) for p in made[:1]] + [p.finished("stone", 0.12) for p in made[1:]]
    w = wide * 0.62
    path = curve([(high - 0.14, z + 0.13), (seat + 0.5, z + 0.13), (seat + 0.08, z + 0.15), (seat + 0.02, 0.05), (seat, 0.4), (seat - 0.12, 0.425), (0.16, 0.43)], 24)
    cloth = sheet(np.stack([[(u * w, y, zz) for u in (-1, -0.5, 0, 0.5, 1)] for y, zz in path])[:, ::-1], 0.045, hue)
    trims = [tube([(s * w, y, zz + 0.012) for y, zz in path], 0.026, GOLD, 6) for s in (-1, 1)]
    return made + [cloth.finished("fabric", 0.06), *trims, ball((0.09, 0.09, 0.04), (0, high - 0.12, z + 0.12), GOLD, 14), cushion((2 * w - 0.04, 0.13, 0.42), (0, seat + 0.07, 0.12), shade(hue, 1.12), 0.6, 0.3)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    **seats.SHAPES, **lamps.SHAPES, **tables.SHAPES, **storage.SHAPES, **appliances.SHAPES, **pianos.SHAPES,
    "bed": (ANY, wooden_bed, padded_bed, iron_bed),
    "fireplace": (NONE, brick_fireplace, mantel_fireplace),
    "rocking chair": (TIMBER, rocking_chair, padded_rocker),
    "cradle": (TIMBER, cradle, cot),
    "throne": (ANY, royal_throne, stone_throne),
}
