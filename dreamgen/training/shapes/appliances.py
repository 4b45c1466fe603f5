"""Machines of kitchen and laundry; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import ACCENTS, BRASS, CHROME, IRON, pick, polished
from .palette import ANY
from .parts import (
    DARK,
    GLASS,
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
    ring,
    rod,
    shade,
    tube,
)

WATER, PANE = (0.60, 0.82, 0.92), (0.17, 0.22, 0.28)


SERVICE = "black", "white", "grey", "red", "blue", "green", "yellow", "pink"


def enamel(size, at, color: Color, soft: float = 0.1) -> Part:
    return box(size, at, color, soft).glossy(0.4)


def bow(start, end, out: float, radius: float, metal: Color) -> Part:
    """A handle that stands out to the front."""
    a, b, way = np.array(start, float), np.array(end, float), np.array((0, 0, out))
    return polished(
        tube(curve([a, a + way * 0.8 + (b - a) * 0.05, (a + b) / 2 + way, b + way * 0.8 + (a - b) * 0.05, b], 13),
             radius, metal))


def knobs(count: int, wide: float, y: float, z: float, radius: float, color: Color) -> list[Part]:
    made = []
    for x in np.linspace(-wide / 2, wide / 2, count):
        made += [
            rod((x, y, z), (x, y, z + radius * 0.9), radius, color, radius * 0.85, 16).glossy(0.4),
            box((radius * 0.35, radius * 1.4, radius * 0.5), (x, y, z + radius * 0.9), shade(color, 0.7))
        ]
    return made


def modern_refrigerator(rng: Generator, hue: Color) -> list[Part]:
    """Two doors, one over the other, with long handles; a machine for ice."""
    wide, high, deep, split = 0.68, rng.uniform(1.45, 1.7), 0.62, rng.uniform(0.62, 0.68)
    front, x = deep / 2 + 0.05, -wide / 2 + 0.09
    made = [enamel((wide, high - 0.04, deep), (0, high / 2 + 0.02, 0), shade(hue, 0.88), 0.06)]
    for low, top, start, end in ((0.08, split * high - 0.012, 0.5, 0.92), (split * high + 0.012, high - 0.01, 0.15,
                                                                           0.7)):
        tall = top - low
        made += [
            enamel((wide, tall, 0.1), (0, (low + top) / 2, deep / 2 + 0.02), hue, 0.3),
            bow((x, low + tall * start, front), (x, low + tall * end, front), 0.075, 0.024, CHROME)
        ]
    y = split * high - 0.26
    if rng.random() < 0.6:
        made += [
            box((0.24, 0.3, 0.03), (0.1, y, front + 0.02), IRON, 0.3).glossy(0.5),
            box((0.17, 0.14, 0.02), (0.1, y - 0.05, front + 0.032), shade(IRON, 0.6)),
            box((0.15, 0.045, 0.02), (0.1, y + 0.1, front + 0.032), GLASS)
        ]
    made += [
        box((wide * 0.8, high * 0.8, 0.03), (0, high * 0.5, -deep / 2), IRON),
        box((wide * 0.9, 0.07, deep), (0, 0.045, 0), DARK)
    ]
    return made


def retro_refrigerator(rng: Generator, hue: Color) -> list[Part]:
    """Round at all edges, with a broad chromed latch and a badge, on short legs."""
    wide, high, deep = rng.uniform(0.66, 0.74), rng.uniform(1.2, 1.45), 0.62
    split, front = high * rng.uniform(0.68, 0.74), deep / 2 + 0.055
    made = [enamel((wide, high - 0.1, deep), (0, high / 2 + 0.05, 0), hue, 0.25)]
    for low, top in ((0.13, split - 0.008), (split + 0.008, high - 0.015)):
        made.append(enamel((wide - 0.02, top - low, 0.13), (0, (low + top) / 2, deep / 2), shade(hue, 1.06), 0.45))
        y = top - 0.12 if top < high - 0.05 else low + 0.1
        made += [
            bow((-wide / 2 + 0.08, y, front), (-wide / 2 + 0.27, y, front), 0.06, 0.025, CHROME),
            polished(dot((0.035, 0.035, 0.02), (-wide / 2 + 0.08, y, front), CHROME))
        ]
    badge = [
        polished(ball((0.09, 0.028, 0.02), (0.1, split - 0.12, front + 0.012), CHROME, 12)),
        polished(box((wide - 0.06, 0.028, 0.02), (0, split + 0.0, front), CHROME, 0.4))
    ]
    feet = four(
        polished(rod((wide / 2 - 0.1, 0, deep / 2 - 0.1), (wide / 2 - 0.1, 0.14, deep / 2 - 0.1), 0.026, CHROME)))
    return [*made, *badge, *feet, box((wide * 0.7, high * 0.6, 0.03), (0, high * 0.5, -deep / 2), IRON)]


def wide_refrigerator(rng: Generator, hue: Color) -> list[Part]:
    """Two doors side by side over a drawer."""
    wide, high, deep = 0.92, rng.uniform(1.45, 1.6), 0.64
    low, front = 0.5, deep / 2 + 0.05
    y = (low + high) / 2
    made = [
        enamel((wide, high - 0.03, deep), (0, high / 2 + 0.02, 0), shade(hue, 0.88), 0.05),
        enamel((wide, low - 0.1, 0.1), (0, low / 2 + 0.04, deep / 2 + 0.02), hue, 0.3),
        bow((-0.3, low - 0.08, front), (0.3, low - 0.08, front), 0.07, 0.022, CHROME),
        *pair(enamel((wide / 2 - 0.006, high - low - 0.02, 0.1), (wide / 4, y, deep / 2 + 0.02), hue, 0.3),
              bow((0.06, low + 0.16, front), (0.06, high - 0.26, front), 0.07, 0.022, CHROME))
    ]
    return [
        *made,
        box((0.2, 0.28, 0.03), (-wide / 4, y + 0.06, front + 0.02), IRON, 0.3).glossy(0.5),
        box((0.13, 0.12, 0.02), (-wide / 4, y + 0.01, front + 0.032), shade(IRON, 0.6)),
        box((wide * 0.8, high * 0.8, 0.03), (0, high * 0.5, -deep / 2), IRON)
    ]


def front_loader(rng: Generator, hue: Color) -> list[Part]:
    """A round glass door to the front, under a panel with a drawer, a display and a knob; a pipe at the back."""
    wide, high, hole = rng.uniform(0.8, 0.9), rng.uniform(0.98, 1.12), rng.uniform(0.25, 0.29)
    deep, y = wide * rng.uniform(0.82, 0.95), high * 0.43
    front, top, rim = deep / 2, high * 0.91, pick(rng, CHROME, CHROME, IRON, shade(hue, 1.2))
    door = [
        polished(
            lathe(curve([(hole + 0.05, 0), (hole + 0.055, 0.045), (hole, 0.08), (hole - 0.04, 0.04)], 10),
                  rim,
                  corners=36), 0.85),
        lathe(curve([(hole - 0.02, 0.02), (hole - 0.05, 0.05), (hole * 0.5, 0.085), (0, 0.095)], 8), PANE,
              corners=32).glossy(0.6)
    ]
    clothes = [
        ball((0.1, 0.055, 0.02), (x, -0.1 + 0.02 * k, 0.058), pick(rng, *ACCENTS), 12)
        for k, x in enumerate((-0.1, 0.07))
    ]
    return [
        enamel((wide, high, deep), (0, high / 2 + 0.04, 0), hue, 0.06),
        enamel((wide * 0.98, high * 0.15, 0.03), (0, top, front), shade(hue, 0.8), 0.3),
        enamel((wide * 0.3, high * 0.1, 0.03), (-wide * 0.31, top, front + 0.012), hue, 0.3),
        box((wide * 0.2, high * 0.075, 0.03), (wide * 0.06, top, front + 0.012), IRON, 0.2).glossy(0.5),
        box((wide * 0.11, high * 0.03, 0.01), (wide * 0.06, top, front + 0.03), (0.45, 0.85, 0.9)),
        rod((wide * 0.33, top, front), (wide * 0.33, top, front + 0.07), 0.055, CHROME, 0.048, 20).glossy(0.9), *moved(
            (p.turned("x", 90) for p in door), 0, y, front), *moved(clothes, 0, y, front),
        bow((hole + 0.03, y - 0.09, front + 0.04), (hole + 0.03, y + 0.09, front + 0.04), 0.05, 0.022, IRON),
        box((wide * 0.8, high * 0.62, 0.02), (0, high * 0.44, -front), shade(hue, 0.7)),
        tube(
            curve([(wide * 0.25, high * 0.9, -front), (wide * 0.27, high * 0.85, -front - 0.07),
                   (wide * 0.27, 0.1, -front - 0.06)], 8), 0.03, DARK),
        box((wide * 0.9, 0.05, 0.02), (0, 0.1, front + 0.005), shade(hue, 0.8), 0.3),
        *four(rod((wide * 0.4, 0.06, front - 0.1), (wide * 0.4, 0, front - 0.1), 0.05, DARK))
    ]


def top_loader(rng: Generator, hue: Color) -> list[Part]:
    """A lid of glass on top, a console with knobs behind it."""
    wide, high, deep = 0.8, rng.uniform(0.95, 1.05), 0.78
    back = -deep / 2 + 0.09
    return [
        enamel((wide, high, deep), (0, high / 2 + 0.03, 0), hue, 0.08),
        enamel((wide, 0.2, 0.16), (0, high + 0.11, back), hue, 0.3),
        box((wide * 0.9, 0.12, 0.02), (0, high + 0.12, back + 0.08), shade(hue, 0.72),
            0.3), *knobs(3, wide * 0.32, high + 0.12, back + 0.085, 0.042, CHROME),
        box((wide * 0.2, 0.06, 0.02), (-wide * 0.32, high + 0.12, back + 0.09), IRON),
        enamel((wide * 0.84, 0.04, deep * 0.66), (0, high + 0.045, 0.1), shade(hue, 1.1), 0.4),
        box((wide * 0.66, 0.02, deep * 0.44), (0, high + 0.068, 0.1), PANE, 0.3).glossy(0.6),
        bow((-0.12, high - 0.03, deep / 2), (0.12, high - 0.03, deep / 2), 0.04, 0.018, CHROME),
        box((wide * 0.94, 0.02, 0.01), (0, high * 0.75, deep / 2 + 0.002), shade(hue, 0.7)),
        *four(rod((wide * 0.4, 0.06, deep * 0.38), (wide * 0.4, 0, deep * 0.38), 0.05, DARK))
    ]


def oven(rng: Generator, hue: Color) -> list[Part]:
    """A cooker: four rings on top, knobs, a door with a window, a drawer."""
    wide, high, deep = rng.uniform(0.7, 0.8), rng.uniform(0.86, 0.92), 0.64
    front, knob = deep / 2, pick(rng, IRON, CHROME, WHITE)
    made = [
        enamel((wide, high - 0.06, deep), (0, high / 2 + 0.03, 0), hue, 0.05),
        box((wide + 0.01, 0.035, deep + 0.02), (0, high, 0), IRON, 0.3).glossy(0.5),
        enamel((wide, 0.15, 0.06), (0, high + 0.08, -front + 0.03), hue, 0.4),
        box((0.18, 0.07, 0.01), (0, high + 0.09, -front + 0.063), IRON),
        *knobs(5, wide * 0.76, high - 0.09, front + 0.005, 0.036, knob),
        enamel((wide * 0.96, high * 0.53, 0.05), (0, high * 0.54, front + 0.01), shade(hue, 1.05), 0.4),
        box((wide * 0.68, high * 0.3, 0.03), (0, high * 0.5, front + 0.027), PANE, 0.3).glossy(0.6),
        bow((-wide * 0.38, high * 0.755, front + 0.03), (wide * 0.38, high * 0.755, front + 0.03), 0.06, 0.022, CHROME),
        enamel((wide * 0.96, high * 0.17, 0.05), (0, high * 0.165, front + 0.01), shade(hue, 1.05), 0.4),
        bow((-0.12, high * 0.19, front + 0.03), (0.12, high * 0.19, front + 0.03), 0.045, 0.018, CHROME)
    ]
    for x, z, r in ((-0.17, 0.14, 0.105), (0.17, 0.14, 0.085), (-0.17, -0.13, 0.085), (0.17, -0.13, 0.105)):
        made += [
            ring(r, 0.018, (x, high + 0.025, z), shade(IRON, 0.7)),
            ring(r * 0.5, 0.016, (x, high + 0.025, z), shade(IRON, 0.7))
        ]
    return [*made, *four(rod((wide * 0.42, 0.06, front - 0.08), (wide * 0.42, 0, front - 0.08), 0.04, DARK))]


def iron_stove(rng: Generator, hue: Color) -> list[Part]:
    """Old, enamelled, on curved legs, with two doors and a chimney."""
    wide, high, deep = rng.uniform(0.8, 0.92), 0.82, 0.58
    front = deep / 2
    leg = tube(
        curve([(wide / 2 - 0.08, 0.26, front - 0.07), (wide / 2 - 0.01, 0.16, front - 0.01),
               (wide / 2 - 0.05, 0.05, front - 0.03), (wide / 2 - 0.01, 0, front)], 9), np.linspace(0.055, 0.035, 9),
        IRON)
    made = [
        enamel((wide, high - 0.24, deep), (0, high / 2 + 0.12, 0), hue, 0.1),
        box((wide + 0.07, 0.05, deep + 0.06), (0, high, 0), IRON, 0.4).glossy(0.4),
        rod((wide * 0.25, high, -0.14), (wide * 0.25, high + 0.62, -0.14), 0.075, IRON, corners=18).glossy(0.3),
        ring(0.078, 0.018, (wide * 0.25, high + 0.6, -0.14), IRON),
        ring(0.08, 0.022, (wide * 0.25, high + 0.03, -0.14), IRON)
    ]
    for x, w in ((-wide * 0.2, wide * 0.5), (wide * 0.28, wide * 0.34)):
        made += [
            enamel((w, high * 0.42, 0.05), (x, high * 0.6, front + 0.01), shade(hue, 1.08), 0.4),
            polished(box((w * 0.5, 0.05, 0.03), (x, high * 0.52, front + 0.035), BRASS, 0.4)),
            bow((x - w * 0.28, high * 0.73, front + 0.03), (x + w * 0.28, high * 0.73, front + 0.03), 0.05, 0.018,
                BRASS)
        ]
    made += [lathe([(0.12, 0), (0.12, 0.012)], shade(IRON, 1.25), (x, high + 0.025, 0.07)) for x in (-0.22, 0.1)]
    made.append(
        polished(rod((-wide / 2, high - 0.05, front + 0.07), (wide / 2, high - 0.05, front + 0.07), 0.018, BRASS)))
    return made + four(leg.glossy(0.4))


def microwave(rng: Generator, hue: Color) -> list[Part]:
    """A box with a dark window to the left, and a panel of keys to the right."""
    wide, high, deep = rng.uniform(0.5, 0.56), rng.uniform(0.29, 0.33), rng.uniform(0.34, 0.4)
    front, split, dial = deep / 2, wide * 0.22, rng.random() < 0.4
    x = wide / 2 - 0.075
    made = [
        enamel((wide, high, deep), (0, high / 2 + 0.02, 0), hue, 0.12),
        enamel((wide * 0.7, high * 0.92, 0.035), (-wide * 0.14, high / 2 + 0.02, front), shade(hue, 1.08), 0.4),
        box((wide * 0.52, high * 0.62, 0.02), (-wide * 0.17, high / 2 + 0.02, front + 0.015), PANE, 0.3).glossy(0.6),
        bow((split - 0.022, high * 0.25, front + 0.01), (split - 0.022, high * 0.87, front + 0.01), 0.04, 0.014,
            CHROME),
        box((0.11, high * 0.88, 0.02), (x, high / 2 + 0.02, front), IRON, 0.3).glossy(0.4),
        box((0.085, 0.045, 0.01), (x, high * 0.87, front + 0.012), (0.4, 0.85, 0.6))
    ]
    if dial:
        made += [p for y in (0.32, 0.6) for p in moved(knobs(1, 0, high * y, front + 0.01, 0.035, CHROME), x)]
    else:
        made += [
            box((0.022, 0.024, 0.012), (x + 0.03 * (i - 1), high * 0.68 - 0.036 * j, front + 0.012), WHITE, 0.3)
            for i in range(3) for j in range(4)
        ]
    made += [
        box((wide * 0.6, 0.014, 0.01), (0, high * (0.35 + 0.1 * k), -front - 0.002), shade(hue, 0.55)) for k in range(5)
    ]
    return made + four(rod((wide * 0.4, 0.03, front - 0.06), (wide * 0.4, 0, front - 0.06), 0.022, DARK))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "refrigerator": (ANY, modern_refrigerator, retro_refrigerator, wide_refrigerator),
    "washing machine": (("white", "white", "grey"), front_loader, top_loader),
    "oven": (SERVICE, oven, iron_stove),
    "microwave": (SERVICE, microwave),
}
