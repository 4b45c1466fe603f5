"""What one works with, in a workshop and on a ship; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import Color, Part, ball, box, curve, lathe, pair, plate, ring, rod, shade, tube
from .toys import INK
from .treasures import GILT, IRON, SILVER


def wrench(rng: Generator, hue: Color) -> list[Part]:
    """An open jaw above, a ring below."""
    metal, turn = shade(SILVER, rng.uniform(0.8, 1.05)), rng.uniform(0, 18)
    a = np.radians(np.linspace(122, 418, 24))
    jaw = [*zip(0.4 * np.cos(a), 0.4 * np.sin(a)), (0.18, 0.18), (0.18, -0.06), (0.0, -0.15), (-0.18, -0.06),
           (-0.18, 0.18)]
    head = plate(jaw, 0.22, (0, 0, 0), metal, 0.05).turned("z", turn).moved(0, 1.05, 0)
    eye = lathe([(0.19, -0.11), (0.3, -0.11), (0.34, -0.06), (0.34, 0.06), (0.3, 0.11), (0.19, 0.11)], metal,
                corners=24,
                closed=True).turned("x", 90).moved(0, -1.0, 0)
    shank = plate([(-0.15, -0.75), (0.15, -0.75), (0.18, 0.8), (-0.18, 0.8)], 0.17, (0, 0, 0), metal, 0.05)
    groove = box((0.15, 1.0, 0.19), (0, 0, 0), shade(metal, 0.72), 0.2)
    return [p.glossy(0.95) for p in (head, eye, shank, groove)]


def adjustable_wrench(rng: Generator, hue: Color) -> list[Part]:
    """A jaw that a screw moves; the grip dipped in rubber."""
    metal, gap = shade(SILVER, rng.uniform(0.8, 1.0)), rng.uniform(0.2, 0.34)
    rubber = ((0.72, 0.18, 0.16), (0.20, 0.36, 0.58), (0.20, 0.21, 0.23), (0.92, 0.66, 0.20))[rng.integers(4)]
    fixed = plate([(-0.36, 0.5), (-0.2, 0.42), (0.3, 0.5), (0.36, 0.72), (-0.02, 0.78), (-0.02, 1.28), (-0.2, 1.36),
                   (-0.36, 1.0)],
                  0.26, (0, 0, 0), metal, 0.05)
    loose = plate([(0, 0.76), (0.38, 0.74), (0.4, 0.86), (0.2, 1.22), (0.02, 1.2)], 0.24, (gap, 0, 0), metal, 0.04)
    screw = [lathe([(0.1, -0.13), (0.12, -0.1), (0.12, 0.1), (0.1, 0.13)], shade(metal, 0.6), corners=12).turned("z",
                                                                                                                 90)
             .moved(0.08, 0.62, 0.06), *(ring(0.12, 0.03, (0, 0, 0), metal).turned("z", 90).moved(x, 0.62, 0.06)
                                         for x in (0.02, 0.14))]
    bar = plate([(-0.13, -1.1), (0.13, -1.1), (0.2, 0.55), (-0.26, 0.55)], 0.18, (0, 0, 0), metal, 0.05)
    cover = plate(curve([(0, -1.22), (0.19, -1.12), (0.19, -0.9), (0.2, -0.1), (-0.22, -0.1), (-0.19, -0.9),
                         (-0.19, -1.12)], 24),
                  0.28, (0, 0, 0), rubber, 0.09)
    return [*(p.glossy(0.95) for p in (fixed, loose, *screw, bar)), cover.glossy(0.3)]


def fluted(profile, color: Color, flutes: int, deep: float) -> Part:
    """A lathe with grooves along it."""
    one = lathe(profile, color, corners=6 * flutes)
    x, y, z = one.vertices.T
    r = 1 + deep * np.cos(flutes * np.arctan2(x, z))
    return replace(one, vertices=np.stack([x * r, y, z * r], -1))


def shank(long: float, flat: bool, metal: Color) -> list[Part]:
    """The steel of a screwdriver from y = 0 upwards: a flat tip, or a cross."""
    bar = rod((0, -0.1, 0), (0, long, 0), 0.075, metal, corners=12)
    tip = [plate([(-0.075, long - 0.02), (0.075, long - 0.02), (0.15, long + 0.16), (0.12, long + 0.34),
                  (-0.12, long + 0.34),
                  (-0.15, long + 0.16)], 0.08, (0, 0, 0), metal, 0.02)]
    if not flat:
        fin = plate([(-0.1, long - 0.06), (0.1, long - 0.06), (0.1, long + 0.08), (0, long + 0.26),
                     (-0.1, long + 0.08)], 0.06,
                    (0, 0, 0), metal, 0.01)
        tip = [fin, fin.turned("y", 90)]
    return [p.glossy(0.95) for p in (bar, *tip)]


def screwdriver(rng: Generator, hue: Color) -> list[Part]:
    """A fluted grip of plastic with a dark collar, standing on it."""
    long, wide = rng.uniform(0.95, 1.3), rng.uniform(0.26, 0.31)
    profile = [(0, -1.15), *curve([(wide * 0.6, -1.13), (wide, -0.98), (wide * 0.95, -0.5), (wide * 1.02, -0.3),
                                   (wide * 0.62, -0.16)], 12),
               (wide * 0.7, -0.02), (0, 0)]
    cap = lathe([(0, -1.19), *curve([(wide * 0.55, -1.17), (wide * 0.98, -1.02), (wide * 0.98, -0.92)], 6)], INK)
    return [fluted(profile, hue, 6, 0.1).glossy(0.5), cap, ring(wide * 0.72, 0.06, (0, -0.1, 0), INK),
            *shank(long, bool(rng.random() < 0.6), SILVER)]


def old_screwdriver(rng: Generator, hue: Color) -> list[Part]:
    """A turned, lacquered grip and a brass ferrule."""
    wide = rng.uniform(0.26, 0.33)
    body = lathe([(0, -1.1), *curve([(wide * 0.7, -1.07), (wide, -0.85), (wide * 0.85, -0.6), (wide * 0.55, -0.38),
                                     (wide * 0.72, -0.24),
                                     (wide * 0.6, -0.1)], 18), (0, -0.08)], hue)
    return [body.finished("wood", 0.12, amount=0.7, gloss=0.4), *(ring(wide * s, 0.04, (0, y, 0), shade(hue, 0.65))
                                                                  for s, y in
                                                                 ((0.95, -0.9), (0.92, -0.72))),
            lathe([(wide * 0.62, -0.16), (wide * 0.55, 0.06), (0.1, 0.1)], GILT).glossy(0.9),
            *shank(rng.uniform(0.8, 1.1), True, SILVER)]


def anchor_of(color: Color, wide: float) -> list[Part]:
    """Shank, ring, stock, arms and flukes."""
    a = np.radians(np.linspace(-90, -8, 10))
    arm = tube(np.stack([wide * np.cos(a), -0.35 + 0.68 * np.sin(a), 0 * a], -1), np.linspace(0.13, 0.08, 10), color,
               12)
    fluke = plate([(-0.2, -0.06), (0.0, -0.12), (0.2, -0.06), (0.0, 0.32)], 0.14, (0, 0, 0), color, 0.04)
    fluke = fluke.turned("z", -12).moved(wide, -0.42, 0)
    palm = ball((0.13, 0.26, 0.2), (wide - 0.05, -0.42, 0), color, 14)
    stock = [rod((-0.52, 0.85, 0), (0.52, 0.85, 0), 0.085, color), *pair(ball(0.13, (0.54, 0.85, 0), color, 14))]
    return [*pair(arm, fluke, palm), tube([(0, -1.02, 0), (0, 0.2, 0), (0, 1.1, 0)], [0.14, 0.11, 0.1], color, 12),
            *stock,
            ring(0.19, 0.065, (0, 0, 0), color).turned("x", 90).moved(0, 1.3, 0), ball((0.2, 0.15, 0.15), (0, -1.02, 0),
                                                                                       color, 14)]


def anchor_color(rng: Generator) -> Color:
    return (IRON, (0.20, 0.28, 0.42), SILVER, GILT, (0.27, 0.27, 0.29))[rng.integers(5)]


def anchor(rng: Generator, hue: Color) -> list[Part]:
    return [p.finished("mottled", 0.1, amount=0.6, gloss=0.5) for p in anchor_of(anchor_color(rng),
                                                                                 rng.uniform(0.68, 0.85))]


def roped_anchor(rng: Generator, hue: Color) -> list[Part]:
    """A rope through its ring and around its shank."""
    rope, a = (0.80, 0.66, 0.44), np.linspace(0, 2.5 * 2 * np.pi, 50)
    wound = np.stack([0.2 * np.sin(a), 1.1 - 0.1 * a, 0.2 * np.cos(a)], -1)
    start = curve([(0.0, 1.42, -0.16), (0.12, 1.3, 0.1), (0.1, 1.16, 0.2), tuple(wound[0])], 8)[:-1]
    end = curve([tuple(wound[-1]), (0.2, -0.62, -0.25), (0.4, -0.9, -0.05), (0.62, -1.05, 0.16)], 9)[1:]
    cord = tube(np.concatenate([start, wound, end]), 0.07, rope, 8).finished("stripes", 0.05, shade(rope, 0.75))
    return [*(p.glossy(0.5) for p in anchor_of(anchor_color(rng), rng.uniform(0.68, 0.85))), cord]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "wrench": (NONE, wrench, adjustable_wrench),
    "screwdriver": (ANY, screwdriver, old_screwdriver),
    "anchor": (NONE, anchor, roped_anchor),
}
