"""What flies by wings and rotors, towards +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .coachwork import CHROME, LAMP, PAINT, PANE, side
from .palette import ANY
from .parts import (
    BROWN,
    CREAM,
    DARK,
    STEEL,
    TYRE,
    WHITE,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    lathe,
    loft,
    moved,
    pair,
    rod,
    shade,
    tube,
)

TAN, IRON = (0.62, 0.42, 0.24), (0.24, 0.25, 0.28)


def wing(root: float, tip: float, chord: float, end: float, thick: float, color: Color, sweep: float = 0.0,
         rise: float = 0.0, outer: Color | None = None) -> Part:
    """To +x from ``root`` to ``tip``: a rounded blade, ``chord`` deep at the root and ``end`` at the tip; ``outer`` is
    the color of its last part."""
    t = np.array([0, 0.4, 0.72, 0.94, 1.0])
    deep = (chord + (end - chord) * t) / 2 * (1, 1, 1, 1, 0.6)
    high = thick * (1 - 0.5 * t) * (1, 1, 1, 1, 0.5)
    made = loft(np.stack([root + (tip - root) * t, rise * t, deep, high], -1), color, 0.8, 16).turned("y", 90)
    if outer:
        made = made.painted(lambda c: c[:, 0] > root + 0.72 * (tip - root), outer)
    swept = made.vertices - np.outer((made.vertices[:, 0] - root) / (tip - root), (0, 0, sweep))
    return replace(made, vertices=swept).glossy(PAINT)


def wheels_below(x: float, y: float, z: float, r: float = 0.09) -> list[Part]:
    return [lathe([(r * 0.7, -0.05), (r, -0.03), (r, 0.03), (r * 0.7, 0.05)], TYRE,
                  corners=16).turned("z", 90).moved(x, y, z),
            lathe([(r * 0.5, -0.055), (r * 0.5, 0.055)], STEEL, corners=12).turned("z", 90).moved(x, y, z)]


def airliner(rng: Generator, hue: Color) -> list[Part]:
    """Its body in color with light wings, or white with wings, engines and tail in color."""
    z, s, fat = rng.uniform(1.1, 1.3), rng.uniform(1.1, 1.3), rng.uniform(0.25, 0.3)
    line = curve([(-z, 0.14, 0.03, 0.04), (-z * 0.7, 0.07, fat * 0.62, fat * 0.7), (-z * 0.3, 0, fat, fat),
                  (z * 0.55, 0, fat, fat), (z * 0.84, -0.02, fat * 0.8, fat * 0.8), (z, -0.07, 0.06, 0.06)], 26)
    light = (WHITE, (0.80, 0.82, 0.84))[rng.integers(2)]
    skin, wings = ((hue, light), (WHITE, hue))[rng.integers(2)]
    hull = loft(line, skin).painted(lambda c: c[:, 1] < -fat * 0.3, wings).glossy(PAINT)
    engine = [lathe([(0.07, -0.22), (0.12, -0.1), (0.135, 0.14), (0.12, 0.18), (0.09, 0.14), (0.03, 0.1)], hue,
                    corners=18).turned("x", 90).moved(s * 0.4, -0.2, 0.2).glossy(PAINT),
              lathe([(0.05, 0), (0, 0.12)], STEEL, corners=12).turned("x", 90).moved(s * 0.4, -0.2, 0.24),
              box((0.05, 0.12, 0.2), (s * 0.4, -0.09, 0.1), hue, 0.2)]
    fin = side([(-z * 0.98, 0.12), (-z * 0.55, 0.2), (-z * 0.86, 0.68), (-z * 1.04, 0.7)], 0.07, hue).glossy(PAINT)
    made = [hull, fin, *pair(wing(fat * 0.4, s, 0.62, 0.24, 0.06, wings, 0.5, 0.1).moved(0, -0.1, 0.08),
                             wing(0.05, 0.5, 0.34, 0.18, 0.045, wings, 0.2, 0.04).moved(0, 0.12, -z * 0.84), *engine,
                             *wheels_below(0.22, -fat - 0.16, -0.1),
                             rod((0.2, -0.1, -0.1), (0.2, -fat - 0.16, -0.1), 0.035, STEEL)),
            *wheels_below(0, -fat - 0.16, z * 0.66), rod((0, -0.1, z * 0.66), (0, -fat - 0.16, z * 0.66), 0.035, STEEL),
            loft([(z * 0.74, 0.12, fat * 0.6, 0.09), (z * 0.83, 0.1, fat * 0.66, 0.1),
                  (z * 0.9, 0.05, fat * 0.5, 0.08)], PANE).glossy(0.6)]
    for k in range(8):
        made += pair(box((0.04, 0.09, 0.07), (fat * 0.965, 0.07, -z * 0.36 + k * z * 0.125), PANE, 0.4).glossy(0.4))
    return made


def propeller(radius: float, at, blades: int, turn: float, hub: Color,
              color: Color = (0.3, 0.3, 0.32)) -> list[Part]:
    """Facing +z."""
    blade = loft([(0, 0, 0.03, 0.02), (radius * 0.5, 0, 0.065, 0.02), (radius * 0.9, 0, 0.055, 0.02),
                  (radius, 0, 0.02, 0.015)], color, corners=10).turned("x", 90)
    return moved((p.turned("x", 90) for p in (*around(blade.turned("x", -90), blades, turn),
                                              lathe(curve([(0.1, -0.06), (0.09, 0.04), (0, 0.16)], 7), hub,
                                                    corners=16).glossy(0.5))), *at)


def propeller_plane(rng: Generator, hue: Color) -> list[Part]:
    """A small plane: high or low wings, one propeller, wheels in shoes."""
    s, low, trim = rng.uniform(1.15, 1.35), rng.random() < 0.5, (WHITE, CREAM, shade(hue, 0.55))[rng.integers(3)]
    line = curve([(-1.15, 0.12, 0.04, 0.06), (-0.6, 0.06, 0.14, 0.17), (0, 0.02, 0.25, 0.27), (0.5, 0, 0.25, 0.25),
                  (0.82, 0, 0.2, 0.2)], 20)
    y = -0.14 if low else 0.33
    made = [loft(line, hue).painted(lambda c: np.abs(c[:, 1] - 0.02 - 0.05 * (c[:, 2] < -0.3)) < 0.05,
                                    trim).glossy(PAINT), lathe([(0.21, 0), (0.2, 0.06), (0.12, 0.08)],
                                                               IRON).turned("x", 90).moved(0, 0, 0.8),
            *propeller(0.5, (0, 0, 0.94), int(rng.integers(2, 4)), rng.uniform(0, 90), trim),
            loft([(-0.34, 0.24, 0.12, 0.06), (-0.1, 0.28, 0.19, 0.14), (0.2, 0.28, 0.19, 0.14),
                  (0.42, 0.2, 0.14, 0.06)], PANE,
                 0.8).glossy(0.6), side([(-1.18, 0.14), (-0.78, 0.16), (-1.0, 0.62), (-1.2, 0.62)], 0.07,
                                        hue).painted(lambda c: c[:, 1] > 0.5, trim).glossy(PAINT)]
    tips = wing(0.0 if not low else 0.1, s, 0.52, 0.36, 0.06, hue, 0.04, 0.08, trim)
    legs = [*wheels_below(0.34, -0.46, 0.36, 0.12), rod((0.16, -0.14, 0.3), (0.3, -0.44, 0.36), 0.04, hue),
            ball((0.09, 0.1, 0.18), (0.34, -0.38, 0.34), hue, 12).glossy(PAINT)]
    struts = [] if low else [rod((0.2, -0.14, 0.2), (0.7, y + 0.02, 0.16), 0.028, trim)]
    return made + pair(tips.moved(0, y, 0.16), wing(0.04, 0.48, 0.28, 0.2, 0.045, hue, 0.06).moved(0, 0.14, -0.98),
                       *legs, *struts) + wheels_below(0, -0.12, -1.04, 0.06)


def biplane(rng: Generator, hue: Color) -> list[Part]:
    """Two wings one above the other, an open seat, a star engine."""
    s, trim = rng.uniform(1.0, 1.15), (CREAM, WHITE, (0.95, 0.78, 0.3))[rng.integers(3)]
    line = curve([(-1.05, 0.1, 0.04, 0.07), (-0.5, 0.04, 0.15, 0.17), (0.1, 0, 0.22, 0.23), (0.62, 0, 0.24, 0.24),
                  (0.76, 0, 0.22, 0.22)], 18)
    cylinders = [lathe([(0.06, 0), (0.075, 0.06), (0.055, 0.1), (0.075, 0.14), (0.05, 0.18)], IRON,
                       corners=10).turned("z",
                                          360 * k / 7).moved(-0.12 * np.sin(2 * np.pi * k / 7),
                                                             0.12 * np.cos(2 * np.pi * k / 7), 0.8) for k in range(7)]
    made = [loft(line, hue).glossy(PAINT), *cylinders,
            *propeller(0.46, (0, 0, 0.9), 2, rng.uniform(0, 90), trim, (0.55, 0.36, 0.2)),
            lathe([(0.15, -0.04), (0.17, 0.02), (0.13, 0.04), (0.11, -0.02)], BROWN,
                  corners=18).scaled(z=1.25).moved(0, 0.2, -0.16),
            box((0.24, 0.14, 0.03), (0, 0.3, 0.06), PANE,
                0.3), side([(-1.1, 0.1), (-0.72, 0.14), (-0.86, 0.48), (-1.0, 0.56), (-1.14, 0.48)], 0.07,
                           trim).glossy(PAINT), ball((0.1, 0.11, 0.11), (0, 0.33, -0.18), (0.45, 0.28, 0.16), 12)]
    tips = [wing(0, s, 0.46, 0.4, 0.05, hue, outer=trim).moved(0, y, 0.3 + d) for y,
            d in ((0.52, 0.06), (-0.14, -0.04))]
    posts = [rod((s * 0.66, -0.12, 0.3 + d), (s * 0.66, 0.52, 0.36 + d), 0.028, TAN)
             for d in (-0.12, 0.12)] + [rod((0.12, 0.14, 0.3 + d), (0.2, 0.52, 0.36 + d), 0.026, TAN)
                                        for d in (-0.12, 0.12)]
    return made + pair(*tips, *posts, wing(0.02, 0.42, 0.3, 0.24, 0.045, hue).moved(0, 0.1, -0.9),
                       *wheels_below(0.3, -0.5, 0.42, 0.14),
                       rod((0.14, -0.16, 0.42), (0.28, -0.5, 0.42), 0.035,
                           TAN)) + [rod((-0.28, -0.5, 0.42), (0.28, -0.5, 0.42), 0.03, IRON)]


def rotor(length: float, y: float, z: float, blades: int, turn: float) -> list[Part]:
    blade = box((length, 0.04, 0.13), (length / 2, 0, 0), DARK,
                0.4).painted(lambda c: c[:, 0] > length * 0.86, (0.95, 0.76, 0.2))
    return [*moved(around(blade, blades, turn), 0, y, z), lathe([(0.11, -0.05), (0.11, 0.04), (0.05, 0.08)], STEEL,
                                                                (0, y, z), 14),
            rod((0, y - 0.24, z), (0, y, z), 0.05, STEEL)]


def helicopter(rng: Generator, hue: Color) -> list[Part]:
    """Round nose of glass, a tail with a small rotor, skids."""
    trim, long = (WHITE, CREAM, shade(hue, 0.5))[rng.integers(3)], rng.uniform(1.35, 1.6)
    line = curve([(-0.62, 0.56, 0.1, 0.12), (-0.35, 0.48, 0.3, 0.33), (0.08, 0.44, 0.37, 0.39),
                  (0.42, 0.38, 0.31, 0.31), (0.62, 0.32, 0.05, 0.06)], 22)
    body = loft(line, hue).painted(lambda c: (c[:, 2] > 0.08) & (c[:, 1] > 0.34) & (np.abs(c[:, 0]) > 0.035),
                                   PANE).painted(lambda c: (c[:, 1] < 0.24), trim).glossy(0.5)
    made = [body, loft([(-long, 0.7, 0.05, 0.06), (-0.5, 0.54, 0.14, 0.18)],
                       hue).painted(lambda c: np.abs(c[:, 2] + long * 0.72) < 0.2, trim).glossy(PAINT),
            *rotor(rng.uniform(0.95, 1.1), 1.1, -0.06, int(rng.choice((3, 4, 4))), rng.uniform(0, 90)),
            box((0.34, 0.2, 0.62), (0, 0.84, -0.14), shade(hue, 0.8), 0.4).glossy(PAINT),
            side([(-long + 0.06, 0.62), (-long + 0.26, 0.66), (-long + 0.02, 1.12), (-long - 0.12, 1.12)], 0.07,
                 hue).glossy(PAINT), box((0.62, 0.05, 0.16), (0, 0.68, -long + 0.36), hue,
                                         0.4), ball((0.06, 0.05, 0.06), (0, 0.05, 0.1), LAMP, 10)]
    made += moved((p.turned("x", 35) for p in (box((0.03, 0.52, 0.07), (0, 0, 0), DARK, 0.3),
                                               box((0.03, 0.07, 0.52), (0, 0, 0), DARK, 0.3))), 0.11, 0.84,
                  -long + 0.04) + [rod((0, 0.84, -long + 0.04), (0.14, 0.84, -long + 0.04), 0.045, STEEL)]
    return made + pair(tube(curve([(0.33, 0.02, -0.55), (0.33, 0.02, 0.4), (0.33, 0.08, 0.58), (0.33, 0.15, 0.62)], 10),
                            0.04, DARK), *(tube([(0.16, 0.2, z), (0.3, 0.12, z), (0.33, 0.02, z)], 0.032, STEEL)
                                           for z in (-0.24, 0.28)),
                       box((0.03, 0.22, 0.26), (0.352, 0.53, -0.13), PANE,
                           0.3).glossy(0.5), box((0.03, 0.03, 0.09), (0.37, 0.36, -0.1), CHROME, 0.3))


def cargo_helicopter(rng: Generator, hue: Color) -> list[Part]:
    """Long and boxy, windows in a row, wheels."""
    trim = (WHITE, shade(hue, 0.6))[rng.integers(2)]
    line = curve([(-0.9, 0.66, 0.16, 0.16), (-0.62, 0.56, 0.32, 0.3), (0, 0.54, 0.36, 0.33), (0.6, 0.52, 0.35, 0.32),
                  (0.84, 0.46, 0.26, 0.24), (0.96, 0.42, 0.08, 0.1)], 24)
    body = loft(line, hue, 0.6).painted(lambda c: (c[:, 2] > 0.58) & (c[:, 1] > 0.52) & (np.abs(c[:, 0]) > 0.03),
                                        PANE).painted(lambda c: np.abs(c[:, 1] - 0.34) < 0.06, trim).glossy(PAINT)
    made = [body, loft([(-1.75, 0.84, 0.06, 0.08), (-0.8, 0.68, 0.17, 0.18)], hue).glossy(PAINT),
            *rotor(1.25, 1.22, -0.05, 5, rng.uniform(0, 72)),
            box((0.4, 0.22, 0.85), (0, 0.94, -0.08), shade(hue, 0.85), 0.45).glossy(PAINT),
            side([(-1.7, 0.74), (-1.46, 0.8), (-1.7, 1.3), (-1.86, 1.3)], 0.08, hue),
            box((0.8, 0.05, 0.2), (0, 0.84, -1.42), trim, 0.4), *wheels_below(0, 0.1, 0.72, 0.11), rod((0, 0.1, 0.72),
                                                                      (0, 0.36, 0.72), 0.035, STEEL)]
    made += moved((box((0.03, 0.6, 0.07), (0, 0, 0), DARK, 0.3).turned("x", t) for t in (20, 80, 140)), 0.12, 1.12,
                  -1.74)
    for z in (-0.42, -0.18, 0.06):
        made += pair(lathe([(0.1, 0), (0.1, 0.03)], PANE,
                           corners=16).turned("z", -90).moved(0.335, 0.62, z).glossy(0.5))
    return made + pair(*wheels_below(0.38, 0.12, -0.36, 0.13), box((0.16, 0.16, 0.34), (0.36, 0.28, -0.36), hue, 0.4),
                       box((0.03, 0.4, 0.24), (0.345, 0.54, 0.37), shade(hue, 0.7), 0.2))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "airplane": (ANY, airliner, propeller_plane, biplane),
    "helicopter": (ANY, helicopter, cargo_helicopter),
}
