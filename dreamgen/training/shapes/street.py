"""What stands in the street, and what is held by a handle; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (
    CREAM,
    DARK,
    GOLD,
    ORANGE,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    dot,
    lathe,
    loft,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    tube,
)

IRON, GLOW = (0.22, 0.23, 0.25), (1.0, 0.92, 0.68)
PAINTED = 0.35                          # gloss


def claw_hammer(rng: Generator, hue: Color) -> list[Part]:
    """A carpenter's, upright: a wooden handle, the claw bent down to the left."""
    long, grip = rng.uniform(1.5, 1.75), (None, (0.75, 0.17, 0.13), (0.16, 0.36, 0.6),
                                          (0.93, 0.7, 0.15))[rng.integers(4)]
    shaft = loft([(0, 0, 0.085, 0.11), (long * 0.2, 0, 0.105, 0.125), (long * 0.42, 0, 0.085, 0.1),
                  (long * 0.6, 0, 0.07, 0.085), (long + 0.1, 0, 0.075, 0.09)], WOOD, 0.75, 16).turned("x", -90)
    shaft = shaft.finished("wood", 0.06, gloss=0.2)
    parts = [shaft]
    if grip:
        parts += [loft([(-0.02, 0, 0.1, 0.12), (long * 0.2, 0, 0.122, 0.145), (long * 0.42, 0, 0.098, 0.115)], grip,
                       0.75, 16).turned("x", -90),
                  *(box((0.26, 0.025, 0.3), (0, long * (0.1 + 0.07 * k), 0), shade(grip, 0.7), 0.4).scaled(z=0.98)
                    for k in range(4))]
    claw = pair(loft([(-0.66, -0.3, 0.03, 0.02), (-0.5, -0.13, 0.055, 0.045), (-0.3, -0.02, 0.065, 0.075),
                      (-0.1, 0, 0.07, 0.1)], STEEL, 0.7, 12).moved(0.075))
    head = [rod((0, 0, 0.1), (0, 0, 0.3), 0.105, STEEL, 0.09),
            lathe([(0.13, 0), (0.18, 0.03), (0.18, 0.13), (0.16, 0.16)], STEEL,
                  corners=20).turned("x", 90).moved(0, 0, 0.28), *claw, box((0.25, 0.26, 0.3), (0, 0, 0), STEEL, 0.3)]
    return [*parts, *(p.turned("y", 90).moved(y=long).finished("metal", 0.08, gloss=0.85) for p in head)]


def mallet(rng: Generator, hue: Color) -> list[Part]:
    """A sledge hammer: a block of steel on a long wooden handle."""
    long, w = rng.uniform(1.5, 1.8), rng.uniform(0.36, 0.44)
    outline = [(-w, -0.14), (-w * 0.94, -0.2), (w * 0.94, -0.2), (w, -0.14), (w, 0.14), (w * 0.94, 0.2),
               (-w * 0.94, 0.2), (-w, 0.14)]
    iron = (0.42, 0.44, 0.48)
    return [lathe(curve([(0.1, 0), (0.115, long * 0.1), (0.085, long * 0.4), (0.075, long + 0.26)], 14), WOOD,
                  corners=16).finished("wood", 0.06, gloss=0.2), prism(outline, 0.36, (0, long, 0), iron).glossy(0.7),
            *pair(box((0.09, 0.44, 0.4), (w * 0.84, long, 0), (0.62, 0.64, 0.67), 0.2).glossy(0.85)),
            lathe([(0.11, 0.0), (0.125, 0.06), (0.125, 0.4), (0.1, 0.46)],
                  (0.3, 0.2, 0.14)).finished("leather",
                                             0.06), lathe([(0.1, -0.02), (0.1, 0.06)], iron, (0, long - 0.24, 0))]


def traffic_cone(rng: Generator, hue: Color) -> list[Part]:
    """On a square foot, two white bands."""
    high, orange = rng.uniform(1.2, 1.5), shade(ORANGE, rng.uniform(0.94, 1.08))
    y = np.array([0, 0.14, 0.28, 0.38, 0.48, 0.56, 0.64, 0.72, 0.80, 0.9, 1.0]) * high
    body = lathe([*np.stack([0.42 - 0.34 * y / high, y], -1), (0.05, high + 0.02), (0.05, high - 0.1), (0, high - 0.1)],
                 orange)
    body = body.painted(lambda c: (np.abs(c[:, 1] / high - 0.38) < 0.1) | (np.abs(c[:, 1] / high - 0.72) < 0.08), WHITE)
    return [body.glossy(0.3), box((1.1, 0.11, 1.1), (0, 0.0, 0), (orange, IRON)[rng.integers(2)], 0.4),
            lathe([(0.5, 0.04), (0.46, 0.1), (0.42, 0.12)], orange)]


def tall_cone(rng: Generator, hue: Color) -> list[Part]:
    """Flared below like a bell, on a round dark foot, one broad band."""
    high = rng.uniform(1.25, 1.5)
    line = curve([(0.46, 0.0), (0.34, 0.22), (0.24, high * 0.5), (0.12, high * 0.92), (0.09, high), (0.0, high + 0.03)],
                 26)
    band = lathe([(r + 0.012, y) for r, y in line if high * 0.4 < y < high * 0.72], (0.95, 0.95, 0.93), corners=24)
    return [lathe(line, ORANGE, corners=24).glossy(0.3), band.glossy(0.5),
            lathe([(0.6, -0.08), (0.64, -0.03), (0.58, 0.05), (0.44, 0.06)], IRON, corners=8).turned("y", 22.5)]


def letter_box(rng: Generator, hue: Color) -> list[Part]:
    """On a wooden post, its round-topped door to the front, the flag up at its side."""
    a, deep = np.linspace(0, np.pi, 14), rng.uniform(1.0, 1.25)
    outline = [(-0.34, -0.3), (0.34, -0.3), *zip(0.34 * np.cos(a), 0.34 * np.sin(a))]
    flag = RED if hue[0] < 0.7 else YELLOW
    door = prism(np.array(outline) * 0.9, 0.05, (0, 0, deep / 2 + 0.01), shade(hue, 1.15)).glossy(0.3)
    lip = [tube([(x * 1.02, y * 1.02, z) for x, y in [(0.34, -0.3), *zip(0.34 * np.cos(a), 0.34 * np.sin(a)),
                                                      (-0.34, -0.3)]], 0.035, shade(hue, 0.7), 8)
           for z in (deep / 2, -deep / 2)]
    body = [prism(outline, deep, (0, 0, 0), hue).glossy(PAINTED), door, *lip,
            box((0.72, 0.06, deep * 1.02), (0, -0.31, 0), shade(hue, 0.7), 0.3),
            ball((0.06, 0.06, 0.06), (0, 0.14, deep / 2 + 0.06), GOLD, 12).glossy(0.7),
            box((0.3, 0.05, 0.02), (0, -0.08, deep / 2 + 0.04), DARK, 0.2),
            rod((0.36, 0.0, 0.1), (0.4, 0.0, 0.1), 0.05,
                STEEL), box((0.045, 0.5, 0.07), (0.38, 0.24, 0.1), flag,
                            0.2), box((0.05, 0.18, 0.28), (0.38, 0.42, -0.0), flag, 0.3)]
    post = [box((0.18, 1.4, 0.18), (0, 0.6, 0), shade(WOOD, 0.85), 0.1).finished("wood", 0.07),
            box((0.14, 0.14, 0.9), (0, 1.16, 0.0), shade(WOOD, 0.8), 0.1).finished("wood_z", 0.06),
            *(p.turned("x", 42 * s).moved(0, 0.9, 0.22 * s) for s in (1, -1)
              for p in [box((0.11, 0.5, 0.1), (0, 0, 0), shade(WOOD, 0.75), 0.1)])]
    return [*post, *moved(body, y=1.55)]


def pillar_box(rng: Generator, hue: Color) -> list[Part]:
    """A round iron column with a slot under its cap, and a plate with the times."""
    high, fat = rng.uniform(1.5, 1.75), 0.4
    column = lathe([(fat * 1.12, 0), (fat * 1.12, 0.16), (fat, 0.22), (fat, high), (fat * 1.08, high + 0.03),
                    (fat * 1.2, high + 0.1), (fat * 1.2, high + 0.17),
                    *curve([(fat * 1.1, high + 0.22), (fat * 0.7, high + 0.36), (0, high + 0.4)], 6)], hue,
                   corners=32).painted(lambda c: c[:, 1] < 0.16, IRON)
    return [column.glossy(PAINTED), box((0.42, 0.08, 0.08), (0, high - 0.14, fat - 0.03), DARK, 0.2),
            box((0.5, 0.05, 0.12), (0, high - 0.06, fat), shade(hue, 0.8), 0.3),
            box((0.26, 0.2, 0.04), (0, high - 0.4, fat - 0.005), CREAM, 0.1),
            *(box((0.18, 0.022, 0.02), (0, high - 0.4 + d, fat + 0.02), DARK) for d in (0.05, 0.0, -0.05)),
            *moved((p for p in (box((0.5, high * 0.56, 0.05), (0, high * 0.36, 0), shade(hue, 0.88), 0.3),)), 0, 0,
                   fat - 0.06), dot((0.035, 0.045, 0.03), (0.16, high * 0.46, fat - 0.02),
                                    GOLD), ring(fat * 1.03, 0.035, (0, high * 0.64 + 0.03, 0), shade(hue, 0.85))]


def post_box(rng: Generator, hue: Color) -> list[Part]:
    """A street collection box: a chest with a rounded top on four feet."""
    a = np.linspace(0, np.pi, 14)
    outline = [(-0.45, 0), (0.45, 0), *((0.45 * np.cos(t), 0.75 + 0.42 * np.sin(t)) for t in a)]
    body = prism(outline, 0.9, (0, 0, 0), hue).turned("y", 90).glossy(PAINTED)
    trim = shade(hue, 0.75)
    return [*moved((body, box((0.94, 0.08, 0.94), (0, 0.04, 0), trim, 0.3),
                    box((0.6, 0.07, 0.05), (0, 0.94, 0.38), trim, 0.3),
                    box((0.56, 0.16, 0.04), (0, 0.84, 0.44), DARK, 0.2),
                    box((0.64, 0.05, 0.12), (0, 0.76, 0.47), STEEL, 0.4).glossy(0.6),
                    box((0.5, 0.26, 0.03), (0, 0.42, 0.455), WHITE, 0.1),
                    prism([(-0.17, 0.1), (0.17, 0.1), (0, -0.03)], 0.03, (0, 0.44, 0.465), trim),
                             *pair(box((0.04, 0.5, 0.62), (0.45, 0.4, 0), trim,
                                       0.3))), y=0.3), *(box((0.13, 0.34, 0.13), (x, 0.17, z), trim, 0.2)
                                                         for x in (-0.36, 0.36) for z in (-0.36, 0.36))]


def bolts(radius: float, y: float, count: int, color: Color, size: float = 0.04) -> list[Part]:
    return around(dot((size, size * 0.9, size), (0, y, radius), color), count)


def fire_hydrant(rng: Generator, hue: Color) -> list[Part]:
    """A stout post with a domed cap, a big outlet to the front and two at its sides, on a flange with bolts."""
    high, trim = rng.uniform(1.1, 1.3), (shade(hue, 0.72), (0.86, 0.87, 0.88), (0.95, 0.78, 0.25))[rng.integers(3)]
    body = lathe([(0.48, 0), (0.48, 0.1), (0.36, 0.13), (0.34, 0.2), (0.32, high - 0.1), (0.34, high),
                  (0.44, high + 0.02), (0.44, high + 0.1),
                  *curve([(0.37, high + 0.12), (0.33, high + 0.3), (0.18, high + 0.43), (0.1, high + 0.45)], 8)],
                 hue).glossy(PAINTED)

    def outlet(r: float, deep: float) -> list[Part]:
        return [lathe([(r * 0.8, 0.22), (r * 0.8, 0.34 + deep * 0.3), (r * 1.1, 0.34 + deep * 0.3),
                       (r * 1.1, 0.34 + deep), (r * 0.9, 0.37 + deep)], trim,
                      corners=18).turned("x", 90).glossy(PAINTED),
                lathe([(r * 0.42, 0), (r * 0.42, 0.1)], shade(trim, 0.7),
                      corners=5).turned("x", 90).moved(0, 0, 0.36 + deep)]

    chain = tube(curve([(0.24, high * 0.62, 0.3), (0.27, high * 0.42, 0.36), (0.16, high * 0.46, 0.44)], 8), 0.028,
                 STEEL, 6)
    return [body, *moved(outlet(0.24, 0.14), y=high * 0.66),
            *moved((p.turned("y", s * 90) for s in (1, -1) for p in outlet(0.17, 0.12)), y=high * 0.72),
            lathe([(0.13, 0), (0.13, 0.08)], trim, (0, high + 0.44, 0), 16),
            lathe([(0.08, 0), (0.08, 0.13)], trim, (0, high + 0.5, 0), 5), chain,
            *bolts(0.42, 0.1, 8, shade(trim, 0.75)), *bolts(0.395, high + 0.11, 8, shade(trim, 0.75),
                                                            0.035), lathe([(0.37, 0.26), (0.37, 0.34)], trim)]


def slim_hydrant(rng: Generator, hue: Color) -> list[Part]:
    """A narrow fluted one with a tall bonnet and short arms."""
    high, trim = rng.uniform(1.3, 1.5), (WHITE, (0.95, 0.78, 0.25), shade(hue, 0.7))[rng.integers(3)]
    flutes = around(rod((0, 0.3, 0.26), (0, high - 0.08, 0.26), 0.045, hue, corners=8), 10)
    arm = [rod((0.2, high - 0.28, 0), (0.46, high - 0.28, 0), 0.13, hue),
           lathe([(0.17, 0), (0.17, 0.14), (0.12, 0.17)], trim, corners=8).turned("z", -90).moved(0.44, high - 0.28, 0)]
    return [lathe([(0.44, 0), (0.44, 0.14), (0.3, 0.2), (0.26, 0.28), (0.26, high), (0.38, high), (0.38, high + 0.09),
                   *curve([(0.32, high + 0.12), (0.3, high + 0.24), (0.12, high + 0.5)], 7)],
                  hue).painted(lambda c: c[:, 1] > high + 0.1, trim).glossy(PAINTED), *flutes, *pair(*arm),
            rod((0, high - 0.5, 0.2), (0, high - 0.5, 0.42), 0.17, hue),
            lathe([(0.2, 0), (0.2, 0.13), (0.14, 0.16)], trim, corners=8).turned("x", 90).moved(0, high - 0.5, 0.4),
            lathe([(0.08, 0), (0.08, 0.14)], shade(trim, 0.7), (0, high + 0.46, 0),
                  5), *bolts(0.37, 0.14, 6, STEEL,
                             0.045), lathe([(0.05, 0), (0.05, 0.1)], shade(trim, 0.7),
                                           corners=5).turned("x", 90).moved(0, high - 0.5, 0.55)]


def lantern(top: float, fat: float, iron: Color) -> list[Part]:
    """Six panes of light between iron bars, under a roof."""
    panes = lathe([(fat * 0.62, 0), (fat, 0.42)], GLOW, corners=6)
    bars = around(rod((0, 0, fat * 0.64), (0, 0.42, fat * 1.02), 0.03, iron, corners=6), 6, 30)
    return moved((panes, *bars, lathe([(fat * 1.24, 0.41), (fat * 1.2, 0.46), (fat * 0.5, 0.62), (0.05, 0.68)], iron,
                                      corners=6), ball(0.06, (0, 0.72, 0), iron, 10),
                  lathe([(fat * 0.7, -0.06), (fat * 0.74, 0.02)], iron, corners=6)), y=top)


def street_lamp(rng: Generator, hue: Color) -> list[Part]:
    """An old one: a cast post with a lantern."""
    high, iron = rng.uniform(1.5, 1.9), (IRON, (0.16, 0.27, 0.22), (0.2, 0.22, 0.3))[rng.integers(3)]
    post = lathe([(0.3, 0), (0.3, 0.1), (0.22, 0.15), (0.2, 0.36), (0.13, 0.46), (0.1, 0.56), (0.085, high * 0.7),
                  (0.12, high * 0.71), (0.12, high * 0.75), (0.08, high * 0.76), (0.075, high - 0.06), (0.13, high),
                  (0.1, high + 0.06)], iron, corners=16)
    arms = pair(rod((0, high - 0.18, 0), (0.3, high - 0.18, 0), 0.032, iron),
                ball(0.05, (0.31, high - 0.18, 0), iron, 10))
    return [post.glossy(0.2), *arms, *lantern(high + 0.1, rng.uniform(0.24, 0.28), iron)]


def hanging_lamps(rng: Generator, hue: Color) -> list[Part]:
    """A post with two scrolled arms from which round lights hang."""
    high, iron = rng.uniform(1.8, 2.1), (IRON, (0.17, 0.28, 0.24))[rng.integers(2)]
    arm = tube(curve([(0, high - 0.3, 0), (0.16, high - 0.04, 0), (0.42, high + 0.06, 0), (0.58, high - 0.1, 0)], 14),
               0.04, iron)
    light = [ball(0.17, (0.58, high - 0.38, 0), GLOW, 16),
             lathe([(0.2, -0.28), (0.12, -0.17), (0.05, -0.08)], iron, (0.58, high, 0), 16)]
    return [lathe([(0.27, 0), (0.27, 0.08), (0.18, 0.14), (0.15, 0.4), (0.08, 0.48), (0.065, high)], iron, corners=16),
            *pair(arm, *light), lathe([(0.05, 0), (0.08, 0.06), (0, 0.24)], iron, (0, high, 0), 12)]


def modern_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A grey mast that bends over the road, a flat head with a bright face below."""
    high, reach = rng.uniform(1.9, 2.2), rng.uniform(0.55, 0.75)
    mast = tube(curve([(0, 0, 0), (0, high * 0.7, 0), (0, high * 0.94, 0.06), (0, high, reach * 0.5),
                       (0, high + 0.02, reach)], 20), np.linspace(0.085, 0.05, 20), (0.5, 0.52, 0.55))
    return [mast.glossy(0.4), lathe([(0.2, 0), (0.2, 0.1), (0.12, 0.14)], (0.4, 0.41, 0.44)),
            box((0.26, 0.1, 0.52), (0, high, reach + 0.16), (0.4, 0.41, 0.44), 0.45),
            box((0.2, 0.05, 0.42), (0, high - 0.05, reach + 0.16), GLOW, 0.4),
            box((0.13, 0.2, 0.03), (0, 0.4, 0.08), (0.4, 0.41, 0.44), 0.2)]


def bronze_bell(rng: Generator, hue: Color) -> list[Part]:
    """A golden bell with a crown to hang it by, a clapper below."""
    wide, gold = rng.uniform(0.7, 0.8), ((0.93, 0.72, 0.22), (0.80, 0.55, 0.25))[rng.integers(2)]
    line = curve([(wide, 0), (wide * 0.86, 0.1), (wide * 0.68, 0.34), (wide * 0.58, 0.72), (wide * 0.42, 1.0),
                  (0.0, 1.12)], 24)
    return [lathe([(wide * 0.9, 0.04), *line], gold, corners=32).finished("metal", 0.1, gloss=0.9),
            *(lathe([(r, y - 0.03), (r + 0.03, y), (r, y + 0.03)], shade(gold, 0.85), corners=32).glossy(0.8) for y,
              r in ((0.2, wide * 0.785), (0.84, wide * 0.535))),
            ring(wide * 0.98, 0.05, (0, 0.02, 0), shade(gold, 0.9)).glossy(0.9),
            ball(0.17, (0, -0.1, 0), shade(gold, 0.6), 14).glossy(0.8),
            ring(0.15, 0.055, (0, 0, 0), shade(gold, 0.85)).turned("x", 90).moved(0, 1.24, 0).glossy(0.9)]


def hand_bell(rng: Generator, hue: Color) -> list[Part]:
    """A school's, with a wooden handle."""
    gold, wood = (0.93, 0.73, 0.25), ((0.48, 0.28, 0.15), (0.2, 0.18, 0.18), (0.62, 0.2, 0.16))[rng.integers(3)]
    line = curve([(0.56, 0), (0.46, 0.12), (0.38, 0.4), (0.3, 0.62), (0.08, 0.74)], 18)
    grip = lathe(curve([(0.07, 0.74), (0.07, 0.84), (0.13, 1.05), (0.1, 1.26), (0.15, 1.42), (0.0, 1.54)], 18), wood,
                 corners=18)
    return [lathe([(0.5, 0.03), *line], gold, corners=28).finished("metal", 0.1, gloss=0.9),
            ring(0.55, 0.035, (0, 0.02, 0), shade(gold, 0.85)).glossy(0.9), grip.finished("wood", 0.07, gloss=0.4),
            lathe([(0.11, 0.72), (0.12, 0.78), (0.09, 0.82)], shade(gold, 0.8)).glossy(0.8),
            ball(0.12, (0, -0.05, 0), IRON, 12)]


def jingle_bell(rng: Generator, hue: Color) -> list[Part]:
    """A round one with a cross of slits below and a ribbon's bow on top."""
    gold, bow = (0.95, 0.76, 0.27), ((0.75, 0.13, 0.13), (0.62, 0.10, 0.2))[rng.integers(2)]
    half = 0.6
    ball_body = ball(half, (0, 0, 0), gold, 28).painted(lambda c: (c[:, 1] < -0.12)
                                                        & ((np.abs(c[:, 0]) < 0.07) | (np.abs(c[:, 2]) < 0.07)),
                                                        (0.25, 0.17, 0.08)).glossy(0.9)
    loop = [ball((0.3, 0.17, 0.11), (0.27, 0.06, 0), bow, 14).turned("z", 22).moved(y=half + 0.08),
            tube(curve([(0.02, half + 0.08, 0.06), (0.16, half - 0.1, 0.3), (0.26, half - 0.36, 0.36)], 8), 0.06, bow,
                 8)]
    return [ball_body, lathe([(half * 1.02, -0.05), (half * 1.05, 0), (half * 1.02, 0.05)], shade(gold, 0.82),
                             corners=28).glossy(0.9), *pair(*loop),
            ball(0.12, (0, half + 0.08, 0.03), shade(bow, 0.85), 12),
            ring(0.1, 0.035, (0, 0, 0), shade(gold, 0.8)).turned("x", 90).moved(0, half + 0.22, -0.02).glossy(0.8)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "hammer": (NONE, claw_hammer, mallet),
    "traffic cone": (NONE, traffic_cone, tall_cone),
    "mailbox": (ANY, letter_box, pillar_box, post_box),
    "fire hydrant": (("red", "red", "yellow", "blue", "green"), fire_hydrant, slim_hydrant),
    "street lamp": (NONE, street_lamp, hanging_lamps, modern_lamp),
    "bell": (NONE, bronze_bell, hand_bell, jingle_bell),
}
