"""Sofas; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, BRASS, MAHOGANY, OAK, WALNUT, WOODS, board, covered, cushion, pick, sheet, wooden
from .palette import ANY
from .parts import DARK, Color, Part, box, curve, dot, four, pair, rod, shade, tube
from .seats import bun_feet, pillow, rolled_arm, slim_legs


def chesterfield(rng: Generator, hue: Color) -> list[Part]:
    """Arms and back of one height, rolled, with buttons."""
    seats, deep, high = int(rng.integers(2, 4)), rng.uniform(0.84, 0.94), rng.uniform(0.76, 0.84)
    radius, seat, each = rng.uniform(0.11, 0.14), 0.37, rng.uniform(0.56, 0.66)
    inner = seats * each
    width = inner + 3.2 * radius
    z, middle = -deep / 2 + radius, high - radius
    made = [
        box((width - radius, 0.22, deep - 0.06), (0, 0.2, 0), shade(hue, 0.9), 0.25),
        *pair(*rolled_arm(width / 2 - radius, high, deep - 0.06, radius, hue)),
        box((width - radius, middle - 0.1, radius * 1.6), (0, middle / 2 + 0.06, z + 0.02), hue, 0.25),
        rod((-width / 2 + radius, middle, z), (width / 2 - radius, middle, z), radius, hue, corners=18)
    ]
    made += [
        cushion((each * 0.99, 0.19, deep - 0.26), ((k + 0.5) * each - inner / 2, seat, 0.09), shade(hue, 1.12), 0.35,
                0.2) for k in range(seats)
    ]
    columns = 2 * seats + 1
    made += [
        dot(0.034, ((k + 0.5 + 0.5 * row) * inner / columns - inner / 2, middle - 0.01 - 0.14 * row, z + radius),
            shade(hue, 0.55)) for row in (0, 1) for k in range(columns - row)
    ]
    return covered(made, "leather", 0.06) + bun_feet(width - 0.24, deep - 0.2, pick(rng, WALNUT, MAHOGANY))


def modern_sofa(rng: Generator, hue: Color) -> list[Part]:
    """Square cushions between thin arms on a wooden rail with slim legs; thrown pillows."""
    seats, deep, each = int(rng.integers(2, 4)), rng.uniform(0.8, 0.9), rng.uniform(0.6, 0.7)
    arm, arms, high, wood = rng.uniform(0.1, 0.16), rng.uniform(0.54, 0.62), rng.uniform(0.78, 0.86), pick(rng, *WOODS)
    inner = seats * each
    width, accent = inner + 2 * arm, pick(rng, *ACCENTS)
    made = [
        box((inner + 0.02, 0.12, deep - 0.04), (0, 0.29, 0), shade(hue, 0.9), 0.2),
        *pair(box((arm, arms - 0.22, deep), (width / 2 - arm / 2, arms / 2 + 0.11, 0), hue, 0.4)),
        box((width - arm, high - 0.32, 0.16), (0, high / 2 + 0.1, -deep / 2 + 0.08), hue, 0.4)
    ]
    for k in range(seats):
        x = (k + 0.5) * each - inner / 2
        made += [
            cushion((each * 0.99, 0.19, deep - 0.16), (x, 0.42, 0.08), shade(hue, 1.1), 0.3, 0.16),
            cushion((each * 0.97, 0.2, high - 0.4), (0, 0, 0), shade(hue, 1.1), 0.4,
                    0.2).turned("x", -80).moved(x, high / 2 + 0.26, -deep / 2 + 0.24)
        ]
    throws = [
        pillow(0.38, color, side * (inner / 2 - 0.2), 0.66, -0.02, 62, 12 * side)
        for side, color in ((-1, accent), (1, shade(hue, 0.65)))
    ]
    rail = board((width - 0.06, 0.06, deep - 0.06), (0, 0.21, 0), wood)
    return (covered(made, pick(rng, "fabric", "fabric", "leather")) + covered(throws, "knit", 0.06) + [rail] +
            slim_legs(width - 0.24, deep - 0.2, 0.2, wood))


def camelback(rng: Generator, hue: Color) -> list[Part]:
    """Old-fashioned: the back rises in a curve, its rim and legs of carved wood."""
    width, deep, wood = rng.uniform(1.35, 1.7), 0.78, pick(rng, WALNUT, MAHOGANY, OAK, BRASS)
    half, high, rise, z = width / 2, rng.uniform(0.72, 0.78), rng.uniform(0.18, 0.26), -deep / 2 + 0.08
    x = np.linspace(-half, half, 25)
    top = high + rise * np.cos(np.pi * x / width)**2 - 0.12 * np.abs(x / half)**6
    rows = np.linspace(0, 1, 5)[:, None]
    y = 0.3 + rows * (top - 0.3)
    back = sheet(np.stack([0 * y + x, y, z - 0.12 * rows + 0 * y], -1), 0.13, hue)
    rim = tube(np.stack([x, top + 0.01, 0 * x + z - 0.12], -1), 0.045, wood)
    arm = tube(
        curve([(half, high - 0.1, z - 0.1), (half + 0.02, 0.66, 0.0), (half + 0.05, 0.6, deep / 2 - 0.1),
               (half + 0.03, 0.5, deep / 2 - 0.02), (half, 0.36, deep / 2 - 0.06)], 14), 0.045, wood)
    made = [
        back,
        box((width - 0.02, 0.14, deep - 0.06), (0, 0.33, 0), shade(hue, 0.9), 0.3),
        *pair(box((0.06, 0.3, deep - 0.2), (half - 0.02, 0.48, -0.04), hue, 0.4))
    ]
    made += [
        cushion((width / 2 - 0.03, 0.17, deep - 0.16), (side * (width / 4 - 0.01), 0.44, 0.07), shade(hue, 1.12), 0.4,
                0.2) for side in (-1, 1)
    ]
    buttons = [dot(0.025, (k * width / 5, 0.68 + (0.06 if k % 2 else 0), z + 0.02), wood) for k in range(-2, 3)]
    legs = four(
        tube(
            curve([(half - 0.05, 0.28, deep / 2 - 0.08), (half + 0.02, 0.16, deep / 2),
                   (half - 0.01, 0.03, deep / 2 - 0.02), (half + 0.02, 0, deep / 2 + 0.01)], 9),
            np.linspace(0.055, 0.03, 9), wood))
    carved = [rim, *pair(arm), *legs, board((width, 0.06, 0.05), (0, 0.26, deep / 2 - 0.04), wood)]
    return covered(made, pick(rng, "fabric", "plaid", "fabric")) + buttons + [wooden(p) for p in carved]


def corner_sofa(rng: Generator, hue: Color) -> list[Part]:
    """Deep and soft, with a long seat on one side."""
    side, deep, each = rng.choice((-1, 1)), 0.92, rng.uniform(0.68, 0.78)
    width, long, high = 3 * each, rng.uniform(1.4, 1.6), rng.uniform(0.76, 0.86)
    z, accent = -deep / 2, pick(rng, *ACCENTS)
    made = [
        box((width, 0.28, deep), (0, 0.22, 0), shade(hue, 0.92), 0.25),
        box((each, 0.28, long), (each, 0.22, z + long / 2), shade(hue, 0.92), 0.25),
        box((width, high - 0.1, 0.22), (0, high / 2 + 0.04, z + 0.11), hue, 0.45),
        box((0.2, 0.5, deep), (-width / 2 - 0.02, 0.32, 0), hue, 0.45),
        box((0.2, 0.5, long * 0.72), (width / 2 + 0.02, 0.32, z + long * 0.36), hue, 0.45)
    ]
    for k in range(3):
        x, ahead = (k - 1) * each, long if k == 2 else deep
        made += [
            cushion((each * 0.98, 0.22, ahead - 0.2), (x, 0.42, z + 0.22 + (ahead - 0.2) / 2), shade(hue, 1.12), 0.35,
                    0.18),
            cushion((each * 0.94, 0.26, high - 0.4), (0, 0, 0), shade(hue, 1.12), 0.55,
                    0.3).turned("x", -76).moved(x, high / 2 + 0.3, z + 0.32)
        ]
    throws = [
        pillow(0.4, accent, -width / 2 + 0.34, 0.72, 0.06, 64, -12),
        pillow(0.36, shade(hue, 0.6), 0.9 * each, 0.7, 0.12, 60)
    ]
    feet = [
        rod((sx * (width / 2 - 0.1), 0.1, sz), (sx * (width / 2 - 0.1), 0, sz), 0.04, DARK) for sx in (-1, 1)
        for sz in (z + 0.1, deep / 2 - 0.1)
    ]
    made = covered(made, "fabric", 0.05) + covered(throws, "knit", 0.06) + feet
    return [p.scaled(x=side) for p in made]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "sofa": (ANY, modern_sofa, chesterfield, corner_sofa, camelback),
}
