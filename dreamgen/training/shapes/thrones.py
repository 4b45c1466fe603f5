"""Rocking chairs and thrones; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, WOODS, board, covered, cushion, pick, polished, sheet, spindle, wooden
from .palette import ANY, TIMBER
from .parts import GOLD, Color, Part, ball, box, curve, dot, four, lathe, pair, prism, rod, shade, tube
from .seats import pillow


def rockers(x: float, long: float, y: float, color: Color) -> list[Part]:
    a = np.linspace(-1, 1, 13)
    return pair(wooden(tube(np.stack([0 * a + x, y + 0.13 * a * a, long * a - 0.04], -1), 0.034, color)))


def rocking_chair(rng: Generator, hue: Color) -> list[Part]:
    """Tall spindles, broad arms, long runners."""
    wide, high, seat = rng.uniform(0.25, 0.29), rng.uniform(1.05, 1.2), 0.42
    back = tube(curve([(wide * 0.95, seat, -0.22), (wide * 1.0, seat + 0.4, -0.28), (wide * 0.95, high, -0.4)], 9),
                0.028, hue)
    turns = (0.9, 1.0, 0.7, 1.15, 0.7, 1.1, 0.9)
    made = [
        *pair(wooden(back), spindle((wide + 0.03, 0.06, 0.22), (wide, seat + 0.24, 0.2), 0.032, hue, turns),
              spindle((wide + 0.03, 0.06, -0.25), (wide * 0.95, seat, -0.21), 0.032, hue, turns),
              board((0.085, 0.042, 0.54), (wide + 0.015, seat + 0.25, -0.02), hue, 0.45)),
        board((2 * wide + 0.02, 0.055, 0.5), (0, seat, 0), hue, 0.45),
        wooden(rod((-wide, 0.2, 0.22), (wide, 0.2, 0.22), 0.021, hue))
    ]
    made += [
        wooden(
            tube([(k * wide, seat, -0.21), (k * wide, seat + 0.35, -0.26), (k * wide, high - 0.08, -0.38)], 0.017, hue))
        for k in np.linspace(-0.62, 0.62, int(rng.integers(4, 6)))
    ]
    u = np.linspace(-1, 1, 9)
    crest = np.stack([[(k * wide * 1.06, high + h + 0.05 * (1 - k * k) * (h > 0), -0.385 - 0.1 * h - 0.03 * (1 - k * k))
                       for k in u] for h in (-0.1, 0.0, 0.06)])
    made.append(wooden(sheet(crest, 0.04, shade(hue, 1.08)), "wood_x"))
    if rng.random() < 0.5:
        accent = pick(rng, *ACCENTS)
        made += covered([cushion((2 * wide - 0.04, 0.11, 0.46), (0, seat + 0.07, 0.01), accent, 0.6, 0.3)], "knit",
                        0.05)
    return made + rockers(wide + 0.03, 0.5, 0.035, hue)


def padded_rocker(rng: Generator, hue: Color) -> list[Part]:
    """A shell in cloth with a cushion, on wooden runners."""
    x, wood, high = rng.uniform(0.3, 0.34), pick(rng, *WOODS), rng.uniform(0.95, 1.1)
    plan = curve([(-x, 0.26), (-x, 0), (-x + 0.06, -0.24), (0, -0.3), (x - 0.06, -0.24), (x, 0), (x, 0.26)], 25)
    tall = np.interp(np.abs(np.linspace(-1, 1, 25)), [0, 0.4, 0.7, 1], [1, 0.85, 0.12, 0])
    rows = np.linspace(0, 1, 6)[:, None]
    y = 0.34 + rows * (0.26 + tall * (high - 0.6))
    shell = sheet(np.stack([0 * y + plan[:, 0] * (1 + 0.06 * rows), y, plan[:, 1] - 0.12 * rows * tall], -1), 0.085,
                  hue)
    made = [
        shell,
        box((2 * x - 0.02, 0.1, 0.54), (0, 0.37, 0), shade(hue, 0.92), 0.4),
        cushion((2 * x - 0.07, 0.17, 0.54), (0, 0.46, 0.03), shade(hue, 1.12), 0.4, 0.25)
    ]
    legs = four(wooden(tube([(x - 0.02, 0.07, 0.25), (x - 0.1, 0.36, 0.17)], 0.028, wood)))
    throw = pillow(0.34, pick(rng, *ACCENTS), 0, 0.68, -0.12, 68).finished("knit", 0.05)
    return covered(made, pick(rng, "fabric", "knit"), 0.05) + legs + rockers(x - 0.02, 0.46, 0.035, wood) + [throw]


def royal_throne(rng: Generator, hue: Color) -> list[Part]:
    """Gold, with cushions in color, a crest with jewels, a step before it."""
    wide, high, seat, gold = rng.uniform(0.36, 0.42), rng.uniform(1.5,
                                                                  1.75), 0.56, pick(rng, (0.86, 0.67, 0.27),
                                                                                    (0.80, 0.60, 0.25))
    x = np.linspace(-wide, wide, 21)
    shoulder, rise = high - 0.3, rng.uniform(0.2, 0.3)
    top = shoulder + rise * np.cos(np.pi * x / 2 / wide).clip(0)**rng.uniform(0.6, 1.4)
    outline = [*zip(x, top), (wide, 0.2), (-wide, 0.2)]
    inner = [
        *zip(x * 0.76, shoulder - 0.06 + rise * np.cos(np.pi * x / 2 / wide)), (wide * 0.76, seat), (-wide * 0.76, seat)
    ]
    z, gem = -0.3, pick(rng, (0.72, 0.12, 0.2), (0.16, 0.45, 0.65), (0.15, 0.5, 0.35))
    made = [
        polished(prism(outline, 0.11, (0, 0, z), gold)),
        polished(tube(np.stack([x, top, 0 * x + z + 0.02], -1), 0.05, gold)),
        polished(ball(0.085, (0, shoulder + rise + 0.08, z + 0.02), gold, 14)),
        ball((0.055, 0.055, 0.03), (0, shoulder + rise + 0.08, z + 0.1), gem, 12).glossy(0.6),
        polished(box((2 * wide + 0.06, 0.16, 0.68), (0, seat - 0.1, 0.04), gold, 0.2)), *pair(
            polished(lathe(curve([(0.05, 0), (0.055, 0.5), (0.065, shoulder)], 5), gold,
                           (wide, 0.1, z), 14)), polished(ball(0.085, (wide, shoulder + 0.16, z), gold, 14)),
            polished(
                tube(
                    curve([(wide + 0.02, seat + 0.36, z), (wide + 0.04, seat + 0.33, 0.1),
                           (wide + 0.05, seat + 0.3, 0.3), (wide + 0.05, seat + 0.22, 0.38),
                           (wide + 0.05, seat + 0.2, 0.31)], 14), 0.055, gold)),
            polished(
                tube([(wide + 0.03, 0.12, 0.33), (wide + 0.05, 0.3, 0.36), (wide + 0.02, seat - 0.04, 0.33),
                      (wide + 0.05, seat + 0.3, 0.27)], [0.06, 0.075, 0.055, 0.05], gold)),
            ball((0.03, 0.03, 0.03), (wide + 0.02, seat - 0.1, 0.39), gem, 10).glossy(0.6))
    ]
    cloth = [
        prism(inner, 0.09, (0, 0, z + 0.04), hue),
        cushion((2 * wide - 0.03, 0.2, 0.62), (0, seat + 0.06, 0.06), shade(hue, 1.1), 0.5, 0.25),
        *pair(cushion((0.1, 0.08, 0.34), (wide + 0.035, seat + 0.385, 0.04), hue, 0.6, 0.4))
    ]
    buttons = [
        polished(
            dot((0.028, 0.028, 0.02), ((k - 0.5 * (row % 2)) * wide * 0.42, seat + 0.36 + 0.17 * row, z + 0.09), gold))
        for row in range(3) for k in ((-1, 0, 1) if row % 2 == 0 else (0, 1))
    ]
    steps = [
        box((2 * wide + 0.5, 0.1, 1.05), (0, 0.05, 0.1), shade(hue, 0.75), 0.2).finished("fabric", 0.06),
        polished(box((2 * wide + 0.42, 0.05, 0.95), (0, 0.11, 0.08), gold, 0.4))
    ]
    return made + covered(cloth, "fabric", 0.05) + buttons + steps


def stone_throne(rng: Generator, hue: Color) -> list[Part]:
    """Of hewn blocks, with spikes, and a cloth in color over back and seat."""
    wide, high, seat, stone = rng.uniform(0.4,
                                          0.46), rng.uniform(1.35,
                                                             1.55), 0.5, pick(rng, (0.55, 0.55, 0.56),
                                                                              (0.44, 0.44, 0.48), (0.66, 0.62, 0.55))
    z = -0.32
    spikes = [
        lathe([(0.085, 0), (0.085, 0.12), (0.0, tall)], stone, (x, high - 0.06 - 0.18 * abs(x / wide), z), 6)
        for x, tall in ((0, 0.5), (-wide * 0.5, 0.4), (wide * 0.5, 0.4), (-wide, 0.34), (wide, 0.34))
    ]
    back = prism([(-wide - 0.1, 0), (wide + 0.1, 0), (wide + 0.1, high - 0.2), (0, high + 0.06),
                  (-wide - 0.1, high - 0.2)], 0.2, (0, 0, z), stone)
    made = [
        back, *spikes,
        box((2 * wide, seat - 0.05, 0.66), (0, seat / 2, 0.06), stone, 0.1),
        *pair(box((0.2, 0.74, 0.66),
                  (wide, 0.37, 0.06), stone, 0.15), box(
                      (0.24, 0.12, 0.72),
                      (wide, 0.78, 0.08), shade(stone, 1.1), 0.3), ball(0.1, (wide, 0.8, 0.44), stone, 12)),
        box((2 * wide + 0.5, 0.14, 1.2), (0, 0.0, 0.16), shade(stone, 0.85), 0.2)
    ]
    made = [p.finished("blocks", 0.2, shade(stone, 0.6))
            for p in made[:1]] + [p.finished("stone", 0.12) for p in made[1:]]
    w = wide * 0.62
    path = curve([(high - 0.14, z + 0.13), (seat + 0.5, z + 0.13), (seat + 0.08, z + 0.15), (seat + 0.02, 0.05),
                  (seat, 0.4), (seat - 0.12, 0.425), (0.16, 0.43)], 24)
    cloth = sheet(np.stack([[(u * w, y, zz) for u in (-1, -0.5, 0, 0.5, 1)] for y, zz in path])[:, ::-1], 0.045, hue)
    trims = [tube([(s * w, y, zz + 0.012) for y, zz in path], 0.026, GOLD, 6) for s in (-1, 1)]
    return made + [
        cloth.finished("fabric", 0.06), *trims,
        ball((0.09, 0.09, 0.04), (0, high - 0.12, z + 0.12), GOLD, 14),
        cushion((2 * w - 0.04, 0.13, 0.42), (0, seat + 0.07, 0.12), shade(hue, 1.12), 0.6, 0.3)
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "rocking chair": (TIMBER, rocking_chair, padded_rocker),
    "throne": (ANY, royal_throne, stone_throne),
}
