"""Pianos; their keys face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import BRASS, WOODS, cushion, pick, polished, spindle, wooden
from .palette import WOODEN
from .parts import DARK, GOLD, WHITE, Color, Part, ball, box, curve, four, pair, prism, rod, shade


def lacquered(made: Part, hue: Color) -> Part:
    """High gloss; the grain shows where the wood is not black or white."""
    return wooden(made, "wood_x" if max(hue) - min(hue) > 0.1 else "plain", 0.09).glossy(0.5)


def keys(wide: float, y: float, z: float, deep: float) -> list[Part]:
    """White ones with gaps, and the black ones in twos and threes."""
    count = 14
    each = wide / count
    made = [box((each * 0.9, 0.05, deep), ((k + 0.5) * each - wide / 2, y, z), WHITE) for k in range(count)]
    return made + [
        box((each * 0.55, 0.05, deep * 0.58), (k * each - wide / 2, y + 0.035, z - deep * 0.2), DARK)
        for k in range(1, count) if k % 7 not in (0, 3)
    ]


def piano_stool(rng: Generator, hue: Color, z: float) -> list[Part]:
    """A bench with a padded seat."""
    pad = pick(rng, DARK, (0.5, 0.16, 0.15), (0.62, 0.45, 0.3))
    return [
        cushion((0.62, 0.12, 0.34), (0, 0.5, z), pad, 0.5, 0.25).finished("leather", 0.05, gloss=0.35),
        lacquered(box((0.6, 0.07, 0.32), (0, 0.43, z), hue, 0.2), hue),
        *(p.moved(0, 0, z) for p in four(lacquered(rod((0.26, 0, 0.12), (0.26, 0.42, 0.12), 0.028, hue, 0.04), hue)))
    ]


def grand_piano(rng: Generator, hue: Color) -> list[Part]:
    """The long straight side to the left, where the raised lid is hinged; a golden plate and strings inside."""
    wide, long, lift = 1.5, rng.uniform(1.5, 1.85), rng.uniform(32, 42)
    half, floor, deep = wide / 2, 0.62, 0.3
    bow = curve([(half, long * 0.42), (half * 0.72, long * 0.62), (half * 0.3, long * 0.76), (-half * 0.1, long * 0.95),
                 (-half * 0.5, long), (-half * 0.9, long * 0.96)], 16)
    case = [(-half, 0), (half, 0), *map(tuple, bow), (-half, long * 0.85)]
    inner = [(x * 0.92, 0.04 + y * 0.93) for x, y in case]

    def lying(outline, thick, y, color):
        return prism(outline, thick, (0, 0, 0), color).turned("x", -90).moved(0, y, 0)

    top = floor + deep
    lid = lying([(x + half, y) for x, y in case], 0.05, 0, hue).turned("z", lift).moved(-half, top + 0.03, 0)
    x = half * 0.55
    prop = rod((x, top, -long * 0.35), (x, top + (x + half) * np.tan(np.radians(lift)), -long * 0.35), 0.028, GOLD)
    strings = [
        rod((k * 0.11, top + 0.02, -0.3), (k * 0.085 - 0.1, top + 0.02, -long * (0.78 - 0.05 * k)),
            0.009,
            shade(GOLD, 1.4),
            corners=5) for k in range(-4, 5)
    ]
    leg = [
        lacquered(rod((0, floor, 0), (0, 0.05, 0), 0.1, hue, 0.06), hue),
        polished(ball((0.07, 0.055, 0.07), (0, 0.055, 0), BRASS, 12))
    ]
    legs = [
        p.moved(x, 0, z) for x, z in ((-half + 0.14, 0.08), (half - 0.14, 0.08), (-half * 0.45, -long * 0.82))
        for p in leg
    ]
    body = [
        lying(case, deep, floor + deep / 2, hue), lid,
        box((wide, 0.12, 0.34), (0, floor + 0.06, 0.17), hue, 0.1),
        *pair(box((0.1, 0.24, 0.34), (half - 0.05, floor + 0.12, 0.17), hue, 0.3)),
        box((wide * 0.5, 0.24, 0.04), (0, top + 0.11, -0.2), hue, 0.3),
        box((0.16, floor, 0.06), (0, floor / 2 + 0.06, -0.12), hue)
    ]
    made = [
        *(lacquered(p, hue) for p in body),
        lying(inner, 0.02, top + 0.005, shade(GOLD, 0.85)), prop, *strings, *legs,
        *keys(wide - 0.22, floor + 0.155, 0.17, 0.28),
        polished(box((0.3, 0.05, 0.16), (0, 0.1, -0.08), BRASS, 0.3))
    ]
    return made + (piano_stool(rng, hue, 0.62) if rng.random() < 0.4 else [])


def upright_piano(rng: Generator, hue: Color) -> list[Part]:
    """A tall case, the keys on a shelf held by two turned legs; music on the desk, candle arms, pedals."""
    wide, high, deep, shelf = rng.uniform(1.3, 1.45), rng.uniform(1.1, 1.28), 0.36, 0.64
    x, front = wide / 2, deep / 2
    body = [
        box((wide - 0.04, high - 0.06, deep), (0, high / 2, 0), hue, 0.05),
        box((wide + 0.06, 0.06, deep + 0.06), (0, high, 0.01), hue, 0.4),
        box((wide, 0.1, deep + 0.03), (0, 0.05, 0), shade(hue, 0.9), 0.2),
        box((wide, 0.1, 0.36), (0, shelf, front + 0.15), hue, 0.2),
        *pair(box((0.09, 0.2, 0.34), (x - 0.045, shelf + 0.1, front + 0.15), hue, 0.4),
              box((wide * 0.27, 0.34, 0.03), (x * 0.6, (high + shelf) / 2 + 0.04, front), shade(hue, 1.2), 0.4),
              box((0.08, high, deep + 0.04), (x - 0.035, high / 2, 0), hue, 0.2)),
        box((wide * 0.84, shelf - 0.22, 0.03), (0, shelf / 2 + 0.03, front), shade(hue, 1.2), 0.4),
        box((wide * 0.3, 0.32, 0.03), (0, (high + shelf) / 2 + 0.04, front), shade(hue, 1.12), 0.4),
        box((wide * 0.56, 0.03, 0.06), (0, shelf + 0.16, front + 0.03), hue)
    ]
    music = [box((0.17, 0.23, 0.012), (side * 0.088, shelf + 0.3, front + 0.05), WHITE) for side in (-1, 1)]
    music += [
        box((0.13, 0.012, 0.004), (side * 0.088, shelf + 0.23 + 0.045 * k, front + 0.058), DARK) for side in (-1, 1)
        for k in range(4)
    ]
    legs = pair(
        spindle((x - 0.06, 0.08, front + 0.26), (x - 0.06, shelf - 0.04, front + 0.26), 0.05, hue,
                (0.9, 0.7, 1.1, 0.7, 0.8, 1.1, 1.2, 0.8, 1.1)),
        lacquered(box((0.11, 0.08, 0.34), (x - 0.06, 0.04, front + 0.15), hue, 0.3), hue))
    pedals = [polished(box((0.055, 0.03, 0.13), (k * 0.1, 0.08, front + 0.07), BRASS, 0.4)) for k in (-0.5, 0.5)]
    candles = [
        p for p in pair(
            polished(rod((wide * 0.31, high - 0.2, front), (wide * 0.31, high - 0.2, front + 0.12), 0.016, BRASS)),
            polished(ball((0.045, 0.02, 0.045), (wide * 0.31, high - 0.18, front + 0.12), BRASS, 10)),
            rod((wide * 0.31, high - 0.18, front + 0.12), (wide * 0.31, high - 0.05, front + 0.12), 0.02, (0.95, 0.92,
                                                                                                           0.84)))
    ] if rng.random() < 0.4 else []
    made = [
        *(lacquered(p, hue) for p in body), *keys(wide - 0.2, shelf + 0.07, front + 0.17, 0.26), *legs, *pedals, *music,
        *candles,
        wooden(box((wide * 0.86, high * 0.72, 0.03), (0, high / 2, -front), pick(rng, *WOODS)), "wood_x")
    ]
    return made + (piano_stool(rng, hue, front + 0.62) if rng.random() < 0.4 else [])


BLACK_OR_WOOD = "black", "black", "brown", "white"
SHAPES = {                              # name: the colors that it comes in, and its designs
    "grand piano": (BLACK_OR_WOOD, grand_piano),
    "piano": ((*BLACK_OR_WOOD, WOODEN, "red"), upright_piano),
}
