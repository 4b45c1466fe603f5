"""Vessels, tools and what stands in the street; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (BROWN, DARK, GLASS, GOLD, LIGHT, ORANGE, RED, STEEL, WHITE, WOOD, YELLOW, Colour, Part, ball, box,
                    curve, lathe, moved, pair, prism, ring, rod, shade, skin, stripes, tube)


def vase(rng: Generator, hue: Colour) -> list[Part]:
    foot, belly = rng.uniform(0.28, 0.4), rng.uniform(0.52, 0.68)
    neck, lip = rng.uniform(0.2, 0.3), rng.uniform(0.3, 0.42)
    line = curve([(foot, 0), (belly, 0.55), (belly * 0.85, 0.95), (neck, 1.35), (lip, 1.65)], 22)
    body = lathe([*line, (lip - 0.06, 1.65), (neck - 0.06, 1.4), (0, 1.3)], hue)
    if rng.random() < 0.4:
        body = body.painted(lambda c: np.abs(c[:, 1] - 0.6) < 0.1, shade(hue, 1.55))
    return [body]


def bucket(rng: Generator, hue: Colour) -> list[Part]:
    wide, a = rng.uniform(0.5, 0.6), np.linspace(0, np.pi, 16)
    drop = rng.uniform(-0.3, 0.3)
    bail = tube(np.stack([wide * 1.02 * np.cos(a), 0.95 + 0.5 * np.sin(a), drop * np.sin(a)], -1), 0.03, STEEL)
    return [lathe([(wide * 0.72, 0), (wide, 1.0), (wide * 1.06, 1.0), (wide * 1.06, 1.05), (wide * 0.94, 1.05),
                   (wide * 0.68, 0.1), (0, 0.1)], hue), bail,
            lathe([(wide * 0.85, 0.72), (wide * 0.86, 0.75)], shade(GLASS, 1.1))]


def barrel(rng: Generator, hue: Colour) -> list[Part]:
    fat = rng.uniform(0.58, 0.66)
    staves = lathe(curve([(0.45, 0), (fat, 0.65), (0.45, 1.3)], 15), WOOD).painted(stripes(12), shade(WOOD, 0.8))
    hoops = [lathe([(r, -0.05), (r, 0.05)], shade(STEEL, 0.6), (0, y, 0))
             for y, r in ((0.1, 0.5), (0.42, fat * 0.985), (0.88, fat * 0.985), (1.2, 0.5))]
    return [staves, *hoops, lathe([(0.4, 0), (0.4, 0.03)], shade(WOOD, 0.7), (0, 1.29, 0))]


def crate(rng: Generator, hue: Colour) -> list[Part]:
    """A wooden box with a frame and diagonals."""
    made, dark = [box((1, 1, 1), (0, 0, 0), WOOD)], shade(WOOD, 0.72)
    face = [*(box((1.04, 0.14, 0.04), (0, y, 0.51), dark) for y in (0.45, -0.45)),
            *(box((0.14, 1.04, 0.04), (x, 0, 0.51), dark) for x in (0.45, -0.45)),
            box((1.2, 0.13, 0.03), (0, 0, 0.51), dark).turned("z", 45)]
    made += [p.turned("y", a) for p in face for a in (0, 90, 180, 270)]
    return made + [p.turned("x", -90) for p in face]


def candle(rng: Generator, hue: Colour) -> list[Part]:
    """In a brass holder with a handle."""
    high = rng.uniform(0.9, 1.3)
    flame = lathe(curve([(0, 0), (0.1, 0.12), (0.06, 0.28), (0, 0.42)], 10), (1.0, 0.68, 0.15))
    holder = [lathe([(0.42, 0.0), (0.52, 0.1), (0.46, 0.1), (0.4, 0.05)], GOLD),
              lathe([(0.25, 0.03), (0.25, 0.2)], GOLD), ring(0.15, 0.045, (0, 0, 0),
                                                             GOLD).turned("x", 90).moved(0.62, 0.12, 0)]
    return [*holder, lathe([(0.19, 0.1), (0.19, high), (0.14, high + 0.03)], hue),
            rod((0, high, 0), (0, high + 0.12, 0), 0.02, DARK), flame.moved(y=high + 0.08)]


def clock(rng: Generator, hue: Colour) -> list[Part]:
    """An alarm clock with two bells; the dial to the front, the keys that wind it at the back."""
    dial = lathe([(0.56, -0.02), (0.56, 0.02)], WHITE).turned("x", 90).moved(0, 0, 0.2)
    marks = [box((0.05, 0.1, 0.02), (0, 0.46, 0.225), DARK).turned("z", 30 * k) for k in range(12)]
    hands = [box((0.06, 0.32, 0.02), (0, 0.14, 0.24), DARK).turned("z", rng.uniform(0, 360)),
             box((0.045, 0.42, 0.02), (0, 0.19, 0.25), DARK).turned("z", rng.uniform(0, 360))]
    bell = [ball((0.22, 0.16, 0.2), (0, 0, 0), STEEL).turned("z", -34).moved(0.4, 0.68, 0),
            rod((0.32, -0.5, 0), (0.5, -0.78, 0), 0.06, STEEL)]
    return [lathe([(0.62, -0.2), (0.68, -0.14), (0.68, 0.18), (0.62, 0.22), (0.57, 0.16)], hue).turned("x", 90), dial,
            lathe([(0.5, 0), (0.5, 0.03)], STEEL).turned("x", -90).moved(0, 0, -0.19),
            *pair(box((0.2, 0.08, 0.06), (0.18, -0.14, -0.23), GOLD, 0.3)), ball(0.09, (0, 0.2, -0.22), DARK),
            *marks, *hands, ball(0.05, (0, 0, 0.25), RED), *pair(*bell), rod((0, 0.65, 0), (0, 0.86, 0), 0.035, STEEL),
            ball(0.07, (0, 0.88, 0), STEEL)]


def laptop(rng: Generator, hue: Colour) -> list[Part]:
    wide, lean = rng.uniform(1.3, 1.5), rng.uniform(10, 28)
    high = wide * 0.64
    lid = [box((wide, high, 0.05), (0, high / 2, 0), hue), box((wide * 0.92, high * 0.86, 0.02), (0, high / 2, 0.025),
                                                               (0.30, 0.52, 0.82)),
           box((wide * 0.5, high * 0.3, 0.022), (0, high * 0.55, 0.027), WHITE),
           ball((0.12, 0.12, 0.012), (0, high / 2, -0.026), DARK if sum(hue) > 1.2 else WHITE)]
    keys = [box((wide * 0.82, 0.02, 0.09), (0, 0.065, -0.26 + 0.13 * k), DARK) for k in range(4)]
    return [box((wide, 0.07, 0.95), (0, 0.03, 0), hue, 0.2), *keys,
            box((wide * 0.28, 0.015, 0.2), (0, 0.067, 0.32), shade(hue, 0.75)),
            *moved((p.turned("x", -lean) for p in lid), 0, 0.06, -0.47)]


def hammer(rng: Generator, hue: Colour) -> list[Part]:
    """Upright; the grip in colour, the claw to the left."""
    long = rng.uniform(1.4, 1.7)
    claw = pair(tube(curve([(0.05, 0, 0), (0.07, 0.02, -0.2), (0.09, -0.06, -0.42), (0.1, -0.2, -0.55)], 8),
                     [0.1, 0.095, 0.085, 0.075, 0.065, 0.055, 0.04, 0.015], STEEL))
    head = [rod((0, 0, -0.1), (0, 0, 0.26), 0.11, STEEL), rod((0, 0, 0.26), (0, 0, 0.42), 0.16, STEEL), *claw]
    return [rod((0, 0, 0), (0, long * 0.5, 0), 0.105, hue), rod((0, long * 0.5, 0), (0, long, 0), 0.075, WOOD),
            box((0.24, 0.26, 0.26), (0, long, 0), STEEL, 0.2), *(p.turned("y", 90).moved(y=long) for p in head)]


def umbrella(rng: Generator, hue: Colour) -> list[Part]:
    other = WHITE if rng.random() < 0.4 else shade(hue, 0.88)
    dome = curve([(1.0, 0), (0.86, 0.25), (0.5, 0.48), (0.0, 0.56)], 10)
    cover = lathe([*dome, (0.0, 0.5), (0.48, 0.42), (0.83, 0.19), (0.98, 0.0)], hue,
                  corners=8).painted(stripes(4, 8), other)
    hook = tube(curve([(0, 0.1, 0), (0, -0.85, 0), (0.06, -1.0, 0), (0.2, -1.02, 0), (0.27, -0.88, 0)], 20), 0.045,
                BROWN)
    return [cover, rod((0, -0.7, 0), (0, 0.72, 0), 0.03, STEEL), hook]


def traffic_cone(rng: Generator, hue: Colour) -> list[Part]:
    high = rng.uniform(1.2, 1.45)
    y = np.linspace(0, high, 22)
    skin = lathe(np.stack([0.42 - 0.34 * y / high, y], -1),
                 ORANGE).painted(lambda c: (np.abs(c[:, 1] / high
                                                   - 0.38) < 0.1) | (np.abs(c[:, 1] / high - 0.72) < 0.08), WHITE)
    return [skin, box((1.05, 0.09, 1.05), (0, 0, 0), ORANGE, 0.3)]


def mailbox(rng: Generator, hue: Colour) -> list[Part]:
    """On a post, its door to the front, the flag up on its left side."""
    a = np.linspace(0, np.pi, 12)
    outline = [(-0.32, -0.3), (0.32, -0.3), *zip(0.32 * np.cos(a), 0.32 * np.sin(a))]
    flag = RED if hue[0] < 0.7 else YELLOW
    door = prism(np.array(outline) * 0.92, 0.06, (0, 0, 0.62), shade(hue, 0.8))
    parts = [prism(outline, 1.2, (0, 0, 0), hue), door, ball((0.06, 0.05, 0.06), (0, 0.12, 0.66), STEEL),
             box((0.03, 0.44, 0.07), (0.34, 0.2, 0.1), flag), box((0.04, 0.16, 0.26), (0.34, 0.38, 0.02), flag)]
    return [box((0.16, 1.3, 0.16), (0, 0.65, 0), shade(WOOD, 0.8)), *moved(parts, y=1.55)]


def fire_hydrant(rng: Generator, hue: Colour) -> list[Part]:
    dark = shade(hue, 0.75)
    cap = rod((0.3, 0.85, 0), (0.55, 0.85, 0), 0.14, dark)
    return [lathe([(0.46, 0), (0.46, 0.1), (0.32, 0.12), (0.32, 1.15), (0.4, 1.16), (0.4, 1.26), (0.34, 1.28),
                   (0.26, 1.48), (0.1, 1.56)], hue), rod((0, 1.5, 0), (0, 1.68, 0), 0.08, dark),
            *pair(cap, rod((0.55, 0.85, 0), (0.62, 0.85, 0), 0.07, STEEL)),
            rod((0, 0.75, 0.28), (0, 0.75, 0.5), 0.2, dark), rod((0, 0.75, 0.5), (0, 0.75, 0.57), 0.08, STEEL)]


def street_lamp(rng: Generator, hue: Colour) -> list[Part]:
    """An old one: a post and a lantern."""
    high = rng.uniform(1.4, 1.8)
    lantern = [lathe([(0.15, 0), (0.26, 0.42)], LIGHT, corners=6),
               lathe([(0.33, 0.42), (0.08, 0.62), (0, 0.72)], DARK, corners=6),
               lathe([(0.2, -0.06), (0.18, 0.02)], DARK, corners=6)]
    return [lathe([(0.26, 0), (0.26, 0.1), (0.18, 0.16), (0.14, 0.45), (0.09, 0.55), (0.08, high), (0.12, high + 0.05)],
                  DARK), *pair(rod((0, high - 0.15, 0), (0.3, high - 0.15, 0), 0.03, DARK)),
            *moved(lantern, y=high + 0.1)]


def bell(rng: Generator, hue: Colour) -> list[Part]:
    wide = rng.uniform(0.7, 0.8)
    return [lathe([*curve([(wide, 0), (wide * 0.75, 0.25), (wide * 0.58, 0.75), (wide * 0.3, 1.05)], 16), (0.0, 1.1)],
                  GOLD), ring(wide * 0.97, 0.06, (0, 0.03, 0), shade(GOLD, 0.85)),
            ball(0.17, (0, -0.08, 0), shade(GOLD, 0.7)), ring(0.15, 0.055, (0, 0, 0),
                                                              shade(GOLD, 0.85)).turned("x", 90).moved(0, 1.2, 0)]


def suitcase(rng: Generator, hue: Colour) -> list[Part]:
    wide, high = rng.uniform(1.2, 1.45), rng.uniform(0.85, 1.0)
    handle = tube(curve([(-0.2, high, 0), (-0.17, high + 0.17, 0), (0.17, high + 0.17, 0), (0.2, high, 0)], 12), 0.045,
                  DARK)
    return [box((wide, high, 0.42), (0, high / 2, 0), hue, 0.25),
            *pair(box((0.11, high + 0.03, 0.45), (wide * 0.28, high / 2, 0), shade(BROWN, 0.8)),
                  box((0.12, 0.13, 0.03), (wide * 0.28, high * 0.72, 0.23), GOLD)),
            box((wide + 0.02, 0.04, 0.44), (0, high * 0.6, 0), shade(hue, 0.7)), handle]


def backpack(rng: Generator, hue: Colour) -> list[Part]:
    """The pocket to the front, the straps at the back."""
    high = rng.uniform(1.15, 1.35)
    strap = tube(curve([(0.24, high * 0.9, -0.2), (0.32, high * 0.85, -0.46), (0.34, high * 0.45, -0.46),
                        (0.3, high * 0.12, -0.24)], 12), 0.065, shade(hue, 0.55))
    return [box((0.9, high, 0.5), (0, high / 2, 0), hue, 0.45),
            box((0.66, high * 0.42, 0.26), (0, high * 0.28, 0.24), shade(hue, 0.75), 0.4),
            box((0.86, 0.05, 0.44), (0, high * 0.68, 0.06), shade(hue, 0.55), 0.3),
            box((0.5, 0.04, 0.04), (0, high * 0.4, 0.37), YELLOW),
            *pair(strap, box((0.2, high * 0.34, 0.3), (0.47, high * 0.24, 0), shade(hue, 0.75), 0.45)),
            tube(curve([(-0.12, high * 0.97, -0.1), (-0.1, high + 0.12, -0.1), (0.1, high + 0.12, -0.1),
                        (0.12, high * 0.97, -0.1)], 10), 0.035, DARK)]


def camera(rng: Generator, hue: Colour) -> list[Part]:
    wide = rng.uniform(1.15, 1.3)
    lens = [lathe([(0.36, 0), (0.36, 0.22), (0.31, 0.24), (0.31, 0.42), (0.26, 0.42), (0.22, 0.34)], DARK),
            lathe([(0.23, 0.3), (0.15, 0.37), (0, 0.39)], shade(GLASS, 0.75)),
            lathe([(0.37, 0.05), (0.37, 0.1)], STEEL)]
    return [box((wide, 0.8, 0.42), (0, 0.4, 0), hue, 0.2), box((wide + 0.01, 0.2, 0.44), (0, 0.68, 0), STEEL, 0.2),
            box((0.42, 0.2, 0.36), (0, 0.86, 0), STEEL, 0.25), box((0.24, 0.1, 0.02), (0, 0.86, 0.18), GLASS),
            *moved((p.turned("x", 90) for p in lens), 0, 0.38, 0.2),
            lathe([(0.09, 0), (0.09, 0.08)], RED, (-wide * 0.36, 0.78, 0)),
            lathe([(0.12, 0), (0.12, 0.07)], DARK, (wide * 0.34, 0.78, 0)),
            box((0.6, 0.42, 0.02), (0, 0.36, -0.21), (0.15, 0.2, 0.28)),
            box((0.15, 0.1, 0.03), (wide * 0.38, 0.68, 0.22), LIGHT)]


def key(rng: Generator, hue: Colour) -> list[Part]:
    """An old door's, bow up, teeth to the right."""
    long, metal = rng.uniform(1.2, 1.5), shade(GOLD, 0.95)
    return [ring(0.3, 0.1, (0, 0, 0), metal).turned("x", 90).moved(y=0.34),
            rod((0, 0.02, 0), (0, -long, 0), 0.09, metal), box((0.34, 0.14, 0.12), (0.2, -long + 0.1, 0), metal),
            box((0.28, 0.14, 0.12), (0.17, -long + 0.36, 0), metal), lathe([(0.15, -0.04), (0.15, 0.06)], metal)]


def gem_stone(rng: Generator, hue: Colour) -> list[Part]:
    """Cut as a brilliant, standing on its point; each facet another shade, as if light came through."""
    crown, deep, n = rng.uniform(0.32, 0.42), rng.uniform(0.85, 1.05), 8
    half = np.pi / n
    a = np.linspace(0, 2 * np.pi, n, endpoint=False) + half
    rings = [np.stack([r * np.sin(a - k * half), y + 0 * a, r * np.cos(a - k * half)], -1)
             for k, (r, y) in enumerate(((0, -deep), (0.62, -deep * 0.42), (1.0, -0.04), (1.0, 0.04),
                                         (0.84, crown * 0.55), (0.56, crown)))]
    stone = skin(np.stack(rings), hue)

    def every(other):                                   # facets, a half step apart in every other row
        return lambda c: np.floor((np.arctan2(c[:, 0], c[:, 2]) + 0.01) / half + np.floor(c[:, 1] * 9)) % 3 == other

    stone = stone.painted(every(0), shade(hue, 1.35)).painted(every(1), shade(hue, 0.68))
    return [stone.painted(lambda c: c[:, 1] > crown - 0.01, shade(hue, 1.6))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "vase": (ANY, vase),
    "bucket": (ANY, bucket),
    "barrel": (NONE, barrel),
    "crate": (NONE, crate),
    "candle": (ANY, candle),
    "clock": (ANY, clock),
    "laptop": (("grey", "black", "white"), laptop),
    "hammer": (NONE, hammer),
    "umbrella": (ANY, umbrella),
    "traffic cone": (NONE, traffic_cone),
    "mailbox": (ANY, mailbox),
    "fire hydrant": (("red", "red", "yellow", "blue", "green"), fire_hydrant),
    "street lamp": (NONE, street_lamp),
    "bell": (NONE, bell),
    "suitcase": (ANY, suitcase),
    "backpack": (ANY, backpack),
    "camera": (("black", "brown", "red", "grey"), camera),
    "key": (NONE, key),
    "gem stone": (ANY, gem_stone),
}
