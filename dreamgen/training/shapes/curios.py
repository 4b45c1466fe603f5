"""What gives light, tells the time and shows the way; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import Color, Part, around, ball, box, curve, lathe, moved, pair, plate, ring, rod, shade, tube, turned
from .toys import INK
from .treasures import BRONZE, GILT, OAK, PAPER, SILVER, WALNUT, star

GLOW = (1.00, 0.84, 0.45)


def storm_lantern(rng: Generator, hue: Color) -> list[Part]:
    """A tank, a glass with a flame between two pipes, a bow to hang it by."""
    globe = lathe(curve([(0.26, 0.42), (0.4, 0.7), (0.36, 1.0), (0.22, 1.2)], 12), GLOW).glossy(0.6)
    tank = lathe([*curve([(0.5, 0), (0.56, 0.05), (0.54, 0.22), (0.34, 0.36)], 9), (0.3, 0.44)], hue)
    roof = [lathe([(0.28, 1.16), (0.3, 1.2), (0.24, 1.3), (0.34, 1.34), (0.3, 1.4), (0.2, 1.5), (0.2, 1.58),
                   (0.12, 1.64)], hue)]
    pipe = tube(curve([(0.44, 0.22, 0), (0.58, 0.35, 0), (0.6, 0.8, 0), (0.52, 1.22, 0), (0.26, 1.34, 0)], 14), 0.075,
                hue)
    wires = around(tube(curve([(0, 0.44, 0.3), (0, 0.7, 0.43), (0, 1.0, 0.39), (0, 1.2, 0.26)], 9), 0.035, SILVER, 6),
                   4, 45)
    a = np.radians(np.linspace(0, 180, 16))
    bow = tube(np.stack([0.58 * np.cos(a), 1.2 + 0.82 * np.sin(a), 0 * a], -1), 0.045, SILVER, 8)
    cap = lathe([(0.1, 0), (0.1, 0.08)], SILVER, corners=12).turned("x", 60).moved(0, 0.24, 0.46)
    return [globe, *(p.glossy(0.45) for p in (tank, *roof, *pair(pipe))), *wires, bow, cap]


def candle_lantern(rng: Generator, hue: Color) -> list[Part]:
    """A square frame around a candle, a peaked roof, a ring."""
    high, wide = rng.uniform(1.1, 1.4), 0.42
    posts = [box((0.1, high, 0.1), (x * wide, 0.12 + high / 2, z * wide), hue, 0.15) for x in (1, -1) for z in (1, -1)]
    bars = [p for p in around(box((2 * wide, 0.07, 0.07), (0, 0.12 + high * 0.72, wide), hue), 4)]
    base = [box((1.1, 0.12, 1.1), (0, 0.06, 0), hue, 0.2), box((0.94, 0.1, 0.94), (0, 0.15, 0), shade(hue, 0.8))]
    top = 0.12 + high
    roof = lathe([(0.8, top), (0.8, top + 0.08), (0.34, top + 0.38), (0.2, top + 0.4), (0.2, top + 0.5),
                  (0.1, top + 0.58)], hue, corners=4)
    candle = [lathe([(0.22, 0.18), (0.22, 0.55), (0.18, 0.6)], PAPER),
              lathe(curve([(0.03, 0.58), (0.12, 0.74), (0.07, 0.88), (0, 1.02)], 8), GLOW),
              rod((0, 0.55, 0), (0, 0.68, 0), 0.03, INK)]
    return [*(p.glossy(0.35) for p in (*posts, *bars, *base, roof)), *candle,
            ring(0.17, 0.05, (0, 0, 0), shade(hue, 0.8)).turned("x", 90).moved(0, top + 0.74, 0)]


def paper_lantern(rng: Generator, hue: Color) -> list[Part]:
    """Ribs and folds of paper between two black rims, a tassel below."""
    tall = rng.uniform(0.75, 1.0)
    y = np.linspace(-0.9, 0.9, 29)
    profile = [(np.sqrt(1 - a * a) * (1.0 if k % 2 else 0.955), a * tall) for k, a in enumerate(y)]
    rims = [lathe([(0.46, s - 0.07), (0.5, s - 0.05), (0.5, s + 0.05), (0.46, s + 0.07)], INK)
            for s in (0.9 * tall, -0.9 * tall)]
    gold = [ring(0.5, 0.04, (0, s, 0), GILT) for s in (0.9 * tall, -0.9 * tall)]
    tassel = [rod((0, -1.0 * tall - 0.25, 0), (0, -0.9 * tall, 0), 0.04, GILT), ball(0.1, (0, -tall - 0.28, 0), GILT,
                                                                                     12),
              lathe([(0.07, -tall - 0.8), (0.17, -tall - 0.78), (0.1, -tall - 0.34)], shade(hue, 0.85)).finished("fur",
                                                                                                                 0.05)]
    hook = [rod((0, 0.9 * tall, 0), (0, tall + 0.25, 0), 0.04, INK),
            ring(0.13, 0.04, (0, 0, 0), INK).turned("x", 90).moved(0, tall + 0.36, 0)]
    return [lathe(profile, hue, corners=32), *rims, *gold, *tassel, *hook]


def barrel(sections, at, tilt: float) -> list[Part]:
    """A telescope along +z: ``sections`` are (radius, from, to, color), raised by ``tilt`` degrees."""
    made = [lathe([(r * 0.94, a), (r, a + 0.02), (r, b - 0.02), (r * 0.94, b)], c, corners=28).turned("x", 90).glossy(g)
            for r, a, b, c, g in sections]
    return moved(turned(made, "x", -tilt), *at)


def telescope(rng: Generator, hue: Color) -> list[Part]:
    """A stargazer's on three legs."""
    tilt, color = rng.uniform(22, 38), ((0.94, 0.94, 0.92), (0.24, 0.34, 0.52), (0.72, 0.22, 0.20))[rng.integers(3)]
    tube_ = barrel([(0.22, -0.85, 0.75, color, 0.4), (0.28, 0.7, 1.15, INK, 0.4), (0.23, 1.0, 1.16, (0.55, 0.72, 0.82),
                                                                                   0.7),
                    (0.16, -1.1, -0.8, INK, 0.4), (0.235, -0.2, 0.1, INK, 0.3), (0.235, -0.88, -0.78, SILVER, 0.8)],
                   (0, 1.55, 0), tilt)
    eye = moved(turned([rod((0, 0, -1.05), (0, 0.26, -1.05), 0.1, INK), rod((0, 0.2, -1.05), (0, 0.36, -1.05), 0.13,
                                                                            INK),
                        *(rod((0.0, 0.3, z), (0.0, 0.2, z), 0.04, INK) for z in (-0.5, -0.2)),
                        rod((0, 0.32, -0.65), (0, 0.32, 0.0), 0.075, INK)], "x", -tilt), 0, 1.55, 0)
    wood = (OAK, (0.72, 0.52, 0.30), SILVER)[rng.integers(3)]
    legs = around(rod((0, 1.2, 0.08), (0, 0, 0.75), 0.09, wood, 0.06), 3, 60)
    return [*tube_, *eye, *legs, *around(ball(0.08, (0, 0.03, 0.75), INK, 10), 3, 60),
            rod((0, 1.1, 0), (0, 1.5, 0), 0.1, INK),
            lathe([(0.2, 1.1), (0.2, 1.24)], INK), lathe([(0.3, 0.56), (0.3, 0.6)], INK, corners=3)]


def spyglass(rng: Generator, hue: Color) -> list[Part]:
    """A captain's, of brass and leather, drawn out, on a small stand."""
    skin, long = ((0.36, 0.20, 0.13), (0.20, 0.25, 0.22), (0.45, 0.15, 0.14))[rng.integers(3)], rng.uniform(0.9, 1.1)
    parts = barrel([(0.3, 0.15, long, skin, 0.25), (0.335, long - 0.16, long + 0.06, GILT, 0.95),
                    (0.27, long - 0.1, long + 0.07, (0.55, 0.72, 0.82), 0.7),
                    (0.33, 0.08, 0.22, GILT, 0.95), (0.235, -0.42, 0.15, GILT, 0.95),
                    (0.26, -0.48, -0.38, shade(GILT, 0.8), 0.95),
                    (0.175, -0.95, -0.42, GILT, 0.95), (0.23, -1.08, -0.92, shade(GILT, 0.8), 0.95)], (0, 0.95, 0),
                   rng.uniform(8, 18))
    fork = [rod((0, 0.1, 0), (0, 0.8, 0.1), 0.09, WALNUT), lathe([(0.45, 0), (0.45, 0.06), (0.34, 0.12), (0.1, 0.2)],
                                                                 WALNUT),
            ball((0.2, 0.14, 0.2), (0, 0.72, 0.1), GILT, 14).glossy(0.9)]
    return [*parts, *fork]


def rose(radius: float, z: float, light: Color, dark: Color) -> list[Part]:
    """A compass card and its needle, to the front of ``z``."""
    big, small = star(radius * 0.78, radius * 0.16, 4), star(radius * 0.5, radius * 0.2, 4)
    marks = [box((0.05, radius * high, 0.03), (0, radius * 0.87, z + 0.01), INK).turned("z", 45 * k + start)
             for k in range(0, 8, 2) for high, start in ((0.2, 0), (0.12, 45))]
    needle = [plate([(-0.09, 0), (0.09, 0), (0, radius * 0.74)], 0.05, (0, 0, z + 0.08), light, 0.015),
              plate([(-0.09, 0), (0.09, 0), (0, -radius * 0.74)], 0.05, (0, 0, z + 0.08), dark, 0.015)]
    return [plate(small, 0.03, (0, 0, 0), GILT, 0.005).turned("z", 45).moved(0, 0, z + 0.01),
            plate(big, 0.04, (0, 0, z + 0.02), (0.24, 0.34, 0.48), 0.01),
            *marks, *turned(needle, "z", 35), ball((0.08, 0.08, 0.05), (0, 0, z + 0.11), GILT, 12).glossy(0.9)]


def compass(rng: Generator, hue: Color) -> list[Part]:
    """For the pocket, upright, with a ring above it."""
    metal = (GILT, SILVER, BRONZE)[rng.integers(3)]
    case = [lathe([(0.7, -0.16), (0.82, -0.08), (0.82, 0.1), (0.74, 0.17), (0.7, 0.14), (0.7, 0.0)], metal, corners=40,
                  closed=True),
            lathe([(0.5, -0.2), (0.72, -0.16), (0.72, 0.0)], metal, corners=40), lathe([(0.71, 0), (0.71, 0.06)], PAPER,
                                                                                       corners=40)]
    bow = [rod((0, 0.78, 0), (0, 1.0, 0), 0.11, metal), ring(0.2, 0.055, (0, 0, 0), metal).turned("x", 90).moved(0, 1.2,
                                                                                                                 0)]
    return [*(p.glossy(0.95) for p in turned(case[:2], "x", 90)), case[2].turned("x", 90),
            *(p.glossy(0.95) for p in bow),
            *rose(0.7, 0.06, (0.78, 0.18, 0.16), (0.30, 0.30, 0.33))]


def lidded_compass(rng: Generator, hue: Color) -> list[Part]:
    """Lying open, its lid upright behind it."""
    metal = (GILT, BRONZE)[rng.integers(2)]
    card = [p.turned("z", rng.uniform(-40, 40)) for p in rose(0.7, 0.06, (0.78, 0.18, 0.16), (0.30, 0.30, 0.33))]
    case = [lathe([(0.74, -0.2), (0.84, -0.12), (0.84, 0.1), (0.76, 0.16), (0.7, 0.12), (0.7, -0.2)], metal, corners=40,
                  closed=True),
            lathe([(0.6, -0.22), (0.76, -0.18), (0.76, 0)], metal, corners=36)]
    lid = [lathe([(0.84, 0), (0.84, 0.08), *curve([(0.8, 0.13), (0.5, 0.2), (0, 0.22)], 6)], metal, corners=40),
           lathe([(0.74, -0.01), (0.74, 0.05)], shade(metal, 0.8), corners=36),
           plate(star(0.4, 0.17, 8), 0.06, (0, 0, 0), shade(metal, 0.7), 0.01)
           .turned("x", 90).moved(0, 0.2, 0)]
    lid = moved(turned(moved(lid, 0, 0, 0.84), "x", -rng.uniform(98, 115)), 0, 0.16, -0.84)
    hinge = rod((-0.22, 0.14, -0.86), (0.22, 0.14, -0.86), 0.08, shade(metal, 0.85))
    return [*(p.glossy(0.95) for p in (*case, *lid, hinge)), lathe([(0.71, -0.02), (0.71, 0.06)], PAPER, corners=40),
            *turned(card, "x", -90),
            ring(0.13, 0.05, (0, 0, 0.98), metal).glossy(0.9)]


def sand_glass(wide: float, high: float, sand: Color) -> Part:
    """Two bulbs; sand below, and what is left above."""
    half = curve([(wide * 0.75, 0), (wide, 0.22 * high), (wide * 0.75, 0.6 * high), (0.09, high)], 14)
    profile = np.concatenate([half, (half * (1, -1))[-2::-1] + (0, 2 * high)])
    clear = (0.82, 0.90, 0.92)
    return lathe(profile, clear, corners=32).painted(
        lambda c: (c[:, 1] < 0.42 * high) | (np.abs(c[:, 1] - 1.2 * high) < 0.24 * high), sand).glossy(0.6)


def sand(rng: Generator) -> Color:
    return ((0.90, 0.72, 0.42), (0.84, 0.52, 0.36), (0.45, 0.62, 0.72), (0.72, 0.42, 0.56))[rng.integers(4)]


def hourglass(rng: Generator, hue: Color) -> list[Part]:
    """Two boards of wood and turned posts."""
    wood, high, count = (OAK, WALNUT)[rng.integers(2)], rng.uniform(0.85, 1.0), int(rng.choice((3, 4)))
    top = 2 * high + 0.16
    boards = [lathe([(0.68, y), (0.72, y + 0.03), (0.72, y + 0.13), (0.68, y + 0.16)], wood,
                    corners=36).finished("wood_x", 0.13, gloss=0.3)
              for y in (0, top)]
    post = lathe([(0.08, 0.14), *curve([(0.09, 0.2), (0.06, 0.5), (0.1, high + 0.16), (0.06, 2 * high - 0.2),
                                        (0.09, 2 * high + 0.1)], 16),
                  (0.08, top + 0.02)], wood, (0, 0, 0.57), 12).finished("wood", 0.1, gloss=0.3)
    return [*boards, *around(post, count, 45), sand_glass(0.44, high, sand(rng)).moved(0, 0.16, 0),
            *(ring(0.35, 0.06, (0, y, 0), shade(wood, 0.7)) for y in (0.2, top - 0.04))]


def gilt_hourglass(rng: Generator, hue: Color) -> list[Part]:
    """In brass, square, with balls for feet."""
    metal, high = (GILT, BRONZE, SILVER)[rng.integers(3)], rng.uniform(0.9, 1.05)
    top = 2 * high + 0.14
    plates = [box((1.24, 0.14, 1.24), (0, y, 0), metal, 0.3) for y in (0.07, top + 0.07)]
    posts = [rod((x, 0.1, z), (x, top + 0.05, z), 0.075, metal) for x in (0.5, -0.5) for z in (0.5, -0.5)]
    feet = [ball(0.11, (x, y, z), metal, 12) for x in (0.5, -0.5) for z in (0.5, -0.5) for y in (-0.05, top + 0.19)]
    return [*(p.glossy(0.95) for p in (*plates, *posts, *feet, ring(0.11, 0.06, (0, high + 0.14, 0), metal))),
            sand_glass(0.46, high, sand(rng)).moved(0, 0.14, 0)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "lantern": (ANY, storm_lantern, candle_lantern, paper_lantern),
    "telescope": (NONE, telescope, spyglass),
    "compass": (NONE, compass, lidded_compass),
    "hourglass": (NONE, hourglass, gilt_hourglass),
}
