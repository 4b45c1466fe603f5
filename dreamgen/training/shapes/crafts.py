"""What sails, floats in the air and leaves it; boats go towards +z, the others stand upright."""

import numpy as np
from numpy.random import Generator

from .coachwork import CHROME, PAINT, PANE, side
from .palette import ANY
from .parts import (
    BROWN,
    CREAM,
    DARK,
    GOLD,
    STEEL,
    WHITE,
    WOOD,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    cut,
    dot,
    four,
    lathe,
    loft,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    skin,
    stripes,
    tube,
)

TAN, IRON, FLAME = (0.62, 0.42, 0.24), (0.24, 0.25, 0.28), (0.98, 0.6, 0.14)


def sail(corners, belly: float, color: Color, thick: float = 0.03) -> Part:
    """A triangle [(z, y)] * 3 across x, its foot first, that the wind fills to +x."""
    a, b, c = np.asarray(corners, float)
    t, rings = np.linspace(0, 1, 8), []
    for s in np.linspace(0, 0.97, 10):
        z, y = (a + (c - a) * s + np.outer(t, (b - a) * (1 - s))).T
        x = belly * 4 * t * (1 - t) * np.sin(np.pi * (0.12 + 0.88 * s)) * (1 - s)
        front, back = (np.stack([x + side * thick / 2, y, z], -1) for side in (1, -1))
        rings.append(np.concatenate([front, back[::-1]]))
    return skin(np.stack(rings), color)


def hull(long: float, wide: float, deep: float, color: Color, low: Color, sheer: float = 0.12) -> list[Part]:
    """A boat's body with a deck at y = 0.36, ``low`` below the water line."""
    line = curve([(-long, 0.24, wide * 0.62, 0.14), (-long * 0.5, 0.18, wide * 0.95, deep), (0.1, 0.17, wide, deep),
                  (long * 0.6, 0.2 + sheer * 0.3, wide * 0.62, deep * 0.9), (long, 0.3 + sheer, 0.02, 0.08)], 22)
    made = loft(line, color, 0.65).painted(lambda c: c[:, 1] < 0.1, low).glossy(PAINT)
    edge = curve([(-long * 1.0, 0.36, wide * 0.6), (-long * 0.5, 0.36, wide * 0.93), (0.1, 0.36, wide * 0.98),
                  (long * 0.6, 0.4 + sheer * 0.3, wide * 0.6), (long, 0.4 + sheer, 0.01)], 20)
    deck = loft([(z, y, max(w * 0.94, 0.012), 0.03) for z, y, w in edge], WOOD, 0.4).finished("wood_z", 0.06)
    rail = [tube([(w, y + 0.03, z) for z, y, w in edge], 0.03, shade(WOOD, 0.75), 8)]
    return [made, deck, *pair(*rail)]


def sloop(rng: Generator, hue: Color) -> list[Part]:
    """The hull in color, two light sails filled by the wind."""
    high, long = rng.uniform(1.9, 2.2), rng.uniform(0.88, 1.0)
    cloth = (WHITE, CREAM)[rng.integers(2)]
    low = (WHITE, shade(hue, 0.5), (0.7, 0.22, 0.18))[rng.integers(3)]
    main = sail([(-0.03, 0.58), (-long * 0.95, 0.58), (-0.05, high)], 0.16,
                cloth).painted(lambda c: np.abs(c[:, 1] - high * 0.62) < 0.07, hue)
    jib = sail([(long * 0.92, 0.5), (0.12, 0.56), (0.08, high * 0.86)], -0.14, shade(cloth, 0.96))
    way = rng.choice((-1, 1)) * rng.uniform(24, 34)
    rigged = [p.moved(z=-0.06).turned("y", way).moved(z=0.06)
              for p in (main, jib, rod((0, 0.54, 0), (0, 0.54, -long), 0.032, BROWN))]
    flag = prism([(0, 0), (0.24, 0.06), (0, 0.14)], 0.03, (0, high + 0.0, 0), hue).turned("y", way + 60).moved(z=0.06)
    return [*hull(long, 0.38, 0.22, hue, low), *rigged, lathe([(0.035, 0.2), (0.028, high + 0.14)], BROWN, (0, 0, 0.06),
                                                              10), flag,
            box((0.34, 0.17, 0.42), (0, 0.44, -0.36), WHITE, 0.35).glossy(0.3),
            *pair(box((0.03, 0.06, 0.24), (0.17, 0.46, -0.36), PANE, 0.3)),
            side([(-long * 1.04, -0.1), (-long * 0.94, -0.1), (-long * 0.94, 0.2), (-long * 1.02, 0.2)], 0.05, BROWN)]


def painted_sails(rng: Generator, hue: Color) -> list[Part]:
    """A wooden boat, its sails in color."""
    high, long = rng.uniform(1.8, 2.1), rng.uniform(0.85, 0.98)
    main = sail([(-0.03, 0.54), (-long * 0.98, 0.6), (-0.05, high)], 0.18, hue)
    if rng.random() < 0.6:
        main = main.finished("stripes", 0.16, WHITE)
    way = rng.choice((-1, 1)) * rng.uniform(22, 32)
    jib = sail([(long * 0.94, 0.48), (0.12, 0.54), (0.08, high * 0.88)], -0.14, shade(hue, 1.2))
    rigged = [p.moved(z=-0.06).turned("y", way).moved(z=0.06)
              for p in (main, jib, rod((0, 0.52, 0), (0, 0.55, -long), 0.034, BROWN))]
    boat = hull(long, 0.4, 0.22, (0.6, 0.38, 0.2), (0.93, 0.9, 0.84))
    boat[0] = boat[0].finished("planks", 0.07, gloss=0.2)
    return [*boat, *rigged, lathe([(0.04, 0.2), (0.03, high + 0.1)], BROWN, (0, 0, 0.06), 10),
            ball(0.045, (0, high + 0.12, 0.06), GOLD, 10), box((0.62, 0.05, 0.14), (0, 0.42, -0.42), TAN, 0.2),
            *pair(lathe([(0.06, -0.1), (0.06, 0.1)], WHITE, (0.42, 0.24, 0.0), 12))]


def basket(size: float, y: float, rim: Color) -> list[Part]:
    """A woven box whose top is at ``y``."""
    return [box((size, size * 0.8, size), (0, y - size * 0.4, 0), (0.68, 0.47, 0.26),
                0.14).finished("checks", 0.05, (0.52, 0.34, 0.17)),
            *(box((size * 1.1, size * 0.14, size * 1.1), (0, y - d, 0), rim, 0.4) for d in (0, size * 0.78)),
            box((size * 0.8, 0.03, size * 0.8), (0, y + size * 0.065, 0), DARK)]


def hot_air_balloon(rng: Generator, hue: Color) -> list[Part]:
    """A striped drop; a basket on four ropes."""
    other, panels = (WHITE, (0.96, 0.78, 0.25), shade(hue, 0.6), CREAM)[rng.integers(4)], int(rng.choice((3, 4, 6)))
    fat = rng.uniform(0.88, 0.98)
    bag = lathe([*curve([(0.2, 0), (0.5, 0.34), (fat, 1.0), (fat * 0.86, 1.62), (fat * 0.45, 1.93), (0, 2.0)], 18)],
                hue).painted(stripes(panels), other)
    return [bag.glossy(0.2), lathe([(0.22, -0.04), (0.26, 0.06), (0.24, 0.1)], shade(hue, 0.6)),
            *basket(0.42, -0.34, shade(BROWN, 0.9)), *four(rod((0.19, -0.34, 0.19), (0.16, 0.02, 0.16), 0.024, BROWN)),
            lathe([(0.05, -0.3), (0.07, -0.16)], STEEL), lathe(curve([(0.05, -0.16), (0.05, -0.08), (0, 0.04)], 6),
                                                               FLAME)]


def gored_balloon(rng: Generator, hue: Color) -> list[Part]:
    """Bulging gores, a band of another color around the middle, a skirt with pennants."""
    band, n = (WHITE, CREAM, (0.96, 0.76, 0.28), shade(hue, 0.55))[rng.integers(4)], 8
    line = curve([(0.24, 0), (0.52, 0.3), (0.94, 0.95), (0.92, 1.45), (0.5, 1.88), (0, 2.0)], 22)
    bag = lathe(cut(line, 0.12, 0.98, 1.38, 1.86), hue, corners=48)
    v = bag.vertices.copy()
    swell = 1 + 0.055 * np.abs(np.sin(n / 2 * np.arctan2(v[:, 0], v[:, 2]) + 0.001)) ** 0.8
    bag = Part(v * np.stack([swell, swell * 0 + 1, swell], -1), bag.faces, bag.colors)
    bag = bag.painted(lambda c: np.abs(c[:, 1] - 1.18) < 0.2,
                      band).painted(lambda c: (c[:, 1] > 1.86) | (c[:, 1] < 0.12), band)
    dots = [ball((0.11, 0.11, 0.04), (0, 1.18, 0.965), hue, 10).turned("y", 360 * k / n + 22.5) for k in range(n)]
    ropes = around(rod((0.16, -0.34, 0.0), (0.2, 0.02, 0), 0.024, BROWN), 6)
    tub = lathe(curve([(0.17, -0.72), (0.24, -0.5), (0.25, -0.34)], 8),
                (0.68, 0.47, 0.26)).finished("checks", 0.05, (0.52, 0.34, 0.17))
    bags = around(lathe([(0.03, -0.62), (0.06, -0.56), (0.05, -0.44), (0.02, -0.4)], CREAM, (0, 0, 0.27), 8), 6, 30)
    return [bag.glossy(0.2), *dots, tub, ring(0.25, 0.04, (0, -0.34, 0), BROWN), *ropes, *bags,
            lathe([(0.25, 0.02), (0.3, 0.06), (0.27, 0.1)], band)]


def porthole(radius: float, at, tilt: float = 90.0) -> list[Part]:
    """A round window in a metal rim, to +z."""
    return moved((p.turned("x", tilt) for p in (lathe([(radius * 0.7, -0.05), (radius, -0.05), (radius, 0.04),
                                                       (radius * 0.86, 0.07), (radius * 0.72, 0.04)],
                                                      CHROME).glossy(0.7),
                                                lathe([(radius * 0.78, -0.02), (radius * 0.6, 0.045), (0, 0.07)],
                                                      (0.35, 0.6, 0.75)).glossy(0.7))), *at)


def flame(high: float, wide: float, y: float = 0.0) -> list[Part]:
    """Fire that comes down from ``y``."""
    line = np.array(curve([(0, -high), (wide * 0.4, -high * 0.66), (wide, -high * 0.2), (wide * 0.7, 0)], 10))
    return [lathe(line, FLAME, (0, y, 0)), *around(lathe(line * (0.5, 0.62), (0.98, 0.78, 0.25), (0, y, wide * 0.55),
                                                         10), 5)]


def toy_rocket(rng: Generator, hue: Color) -> list[Part]:
    """A fat drop, nose and fins in another color, a round window."""
    coat, trim = (((0.95, 0.95, 0.93), hue), (hue, WHITE), (hue, (0.93, 0.75, 0.3)))[rng.integers(3)]
    high, fat = rng.uniform(1.6, 1.95), rng.uniform(0.4, 0.5)
    body = lathe(cut(curve([(fat * 0.6, 0), (fat * 0.95, high * 0.25), (fat, high * 0.5), (fat * 0.66, high * 0.8),
                            (0, high)], 26), high * 0.08, high * 0.72),
                 coat).painted(lambda c: (c[:, 1] > high * 0.72) | (c[:, 1] < high * 0.08), trim).glossy(PAINT)
    outline = curve([(fat * 0.7, high * 0.34), (fat * 1.35, high * 0.2), (fat * 1.75, -0.12), (fat * 1.72, -0.3)], 9)
    fin = prism([*outline, (fat * 1.5, -0.28), (fat * 1.2, -0.05), (fat * 0.6, 0.06)], 0.12, (0, 0, 0),
                trim).glossy(PAINT)
    made = [body, *around(fin, (3, 4)[rng.integers(2)], 90 if rng.random() < 0.5 else 45),
            lathe([(fat * 0.62, -0.14), (fat * 0.5, 0.04), (fat * 0.3, 0.0)], IRON),
            *porthole(0.2, (0, high * 0.55, fat * 0.95), 84),
            lathe([(fat * 1.015, high * 0.38 - 0.03), (fat * 1.015, high * 0.38 + 0.03)], trim, corners=32)]
    return made + (flame(0.6, fat * 0.42, -0.06) if rng.random() < 0.6
                   else []) + [dot(0.05, (0, high + 0.02, 0), CHROME)]


def retro_rocket(rng: Generator, hue: Color) -> list[Part]:
    """Slender and swollen in the middle, in color, standing on three long fins."""
    high, fat = rng.uniform(2.0, 2.4), rng.uniform(0.34, 0.4)
    trim = (WHITE, CREAM, (0.85, 0.86, 0.88))[rng.integers(3)]
    line = curve([(fat * 0.45, 0.2), (fat * 0.85, high * 0.3), (fat, high * 0.5), (fat * 0.8, high * 0.74),
                  (fat * 0.32, high * 0.93), (0.05, high)], 28)
    body = lathe(cut(line, high * 0.36 - 0.09, high * 0.36 + 0.09, high * 0.78),
                 hue).painted(lambda c: np.abs(c[:, 1] - high * 0.36) < 0.09,
                              trim).painted(lambda c: c[:, 1] > high * 0.78, trim).glossy(0.5)
    outline = curve([(fat * 0.75, high * 0.3), (fat * 1.5, high * 0.2), (fat * 2.1, 0.0), (fat * 2.05, -0.16)], 10)
    fin = prism([*outline, (fat * 1.8, -0.16), (fat * 1.3, 0.1), (fat * 0.4, 0.26)], 0.11, (0, 0, 0), trim).glossy(0.5)
    pods = around(ball((0.09, 0.2, 0.09), (fat * 1.98, 0.0, 0), hue, 12).glossy(0.5), 3, -90)
    return [body, *around(fin, 3, -90), *pods, lathe([(fat * 0.55, 0.02), (fat * 0.42, 0.24)], IRON),
            *porthole(0.17, (0, high * 0.62, fat * 0.9), 82), *porthole(0.12, (0, high * 0.46, fat * 0.98), 90),
            lathe([(0.05, 0), (0.025, 0.24)], CHROME, (0, high - 0.02, 0), 10),
            ball(0.05, (0, high + 0.24, 0), CHROME, 10)]


def launcher(rng: Generator, hue: Color) -> list[Part]:
    """A real one: a straight white tube with rings in color, two boosters."""
    high, fat = rng.uniform(1.9, 2.2), rng.uniform(0.24, 0.28)
    nose = curve([(fat, high), (fat * 0.9, high + 0.2), (fat * 0.5, high + 0.42), (0.02, high + 0.54)], 10)
    body = lathe(cut([(fat, 0), *nose], high * 0.12, high * 0.56, high * 0.68, high * 1.001),
                 WHITE).painted(lambda c: (np.abs(c[:, 1] / high - 0.62) < 0.06) | (c[:, 1] > high)
                                | (c[:, 1] < high * 0.12), hue).glossy(PAINT)
    f = fat * 0.62
    rocket = [lathe([(f, 0.06), *curve([(f, high * 0.5), (f * 0.7, high * 0.62), (0.02, high * 0.68)], 8)],
                    hue).moved(fat + f * 0.9).glossy(PAINT),
              lathe([(f * 1.03, high * 0.3), (f * 1.03, high * 0.34)], WHITE).moved(fat + f * 0.9),
              lathe([(f * 0.9, -0.1), (f * 0.5, 0.08)], IRON).moved(fat + f * 0.9)]
    fins = around(prism([(fat * 0.9, 0.45), (fat + 0.24, 0.12), (fat + 0.24, -0.06), (fat * 0.9, 0.0)], 0.08, (0, 0, 0),
                        hue), 2, 0)
    made = [body, *pair(*rocket), lathe([(fat * 0.85, -0.14), (fat * 0.45, 0.03)], IRON),
            *(p.turned("y", 90) for p in fins),
            *(lathe([(fat * 1.03, y), (fat * 1.03, y + 0.04)], IRON) for y in (high * 0.48, high * 0.97))]
    return made + (flame(0.6, fat * 0.75, -0.1) if rng.random() < 0.5
                   else []) + [box((0.07, 0.34, 0.04), (0, high * 0.32, fat), hue, 0.2),
                               *porthole(0.1, (0, high * 0.82, fat * 0.97))]


def saucer(rng: Generator, hue: Color) -> list[Part]:
    """A disc in color, a glass dome, lights around the rim, three legs."""
    glow = ((1.0, 0.9, 0.5), (0.5, 0.95, 0.6), (0.5, 0.9, 1.0))[rng.integers(3)]
    disc = lathe(curve([(0.2, -0.26), (0.62, -0.2), (1.12, -0.05), (1.2, 0.03), (1.1, 0.1), (0.62, 0.24), (0.44, 0.28)],
                       22), hue, corners=32).glossy(0.5)
    n = int(rng.choice((8, 10)))
    lights = around(ball((0.11, 0.09, 0.11), (0, 0.11, 0.98), glow, 10).glossy(0.5), n)
    return [disc, lathe([(0.53, 0.18), (0.56, 0.26), (0.5, 0.3), (0.46, 0.2)], CHROME).glossy(0.8),
            ball((0.48, rng.uniform(0.44, 0.54), 0.48), (0, 0.25, 0), (0.55, 0.8, 0.88)).glossy(0.8), *lights,
            lathe([(0.36, -0.32), (0.44, -0.24)], glow), lathe([(1.2, 0.0), (1.23, 0.03), (1.2, 0.06)], CHROME,
                                                               corners=32).glossy(0.7),
            *around(rod((0.5, -0.16, 0), (0.78, -0.56, 0), 0.045, CHROME), 3,
                    90), *around(lathe([(0.13, -0.6), (0.11, -0.54)], CHROME, (0.79, 0, 0), 14), 3, 90)]


def alien_saucer(rng: Generator, hue: Color) -> list[Part]:
    """A stepped saucer with a green guest under the glass... its beam below."""
    skin_tone = (0.5, 0.78, 0.35)
    lower = lathe([(0.3, -0.2), (0.9, -0.06), (1.1, 0.04), (1.1, 0.1), (0.9, 0.18), (0.72, 0.2), (0.7, 0.32),
                   (0.56, 0.36)], hue, corners=32).glossy(0.5)
    bowl = lathe(curve([(0.54, 0.32), (0.54, 0.44), (0.5, 0.5)], 6), (0.6, 0.82, 0.88)).glossy(0.7)
    guest = [ball((0.27, 0.24, 0.24), (0, 0.68, 0), skin_tone, 18), ball((0.2, 0.2, 0.18), (0, 0.42, 0), skin_tone, 12),
             *pair(ball((0.075, 0.1, 0.05), (0.11, 0.68, 0.2), DARK, 12).glossy(0.8),
                   rod((0.1, 0.86, 0), (0.18, 1.04, 0), 0.03, skin_tone), ball(0.06, (0.19, 1.06, 0), skin_tone, 10),
                   dot(0.022, (0.13, 0.72, 0.245), WHITE))]
    lights = around(ball((0.09, 0.06, 0.09), (0, 0.16, 0.86), (1.0, 0.88, 0.45), 10).glossy(0.5), 8, 22.5)
    beam = [lathe([(0.62, -0.78), (0.3, -0.2)],
                  (0.98, 0.93, 0.62))] if rng.random() < 0.35 else around(ball((0.16, 0.12, 0.16), (0, -0.16, 0.55),
                                                                      CHROME, 12).glossy(0.7), 4, 45)
    return [lower, bowl, *guest, *lights, *beam, lathe([(1.1, 0.03), (1.14, 0.07), (1.1, 0.11)], shade(hue, 0.6),
                                                       corners=32)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "sailboat": (ANY, sloop, painted_sails),
    "hot air balloon": (ANY, hot_air_balloon, gored_balloon),
    "rocket": (ANY, toy_rocket, retro_rocket, launcher),
    "ufo": (ANY, saucer, alien_saucer),
}
