"""Potions and wands; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import Color, Part, around, ball, curve, lathe, moved, plate, ring, rod, shade, tube, turned
from .toys import INK, heart
from .treasures import GILT, OAK, PAPER, WALNUT, jewel, star

CORK, STRING = (0.74, 0.56, 0.36), (0.84, 0.72, 0.50)


# Potions

def glass(hue: Color) -> Color:
    """Of an empty bottle, near to the color of what is in it."""
    return tuple(0.58 * h + 0.42 * g for h, g in zip(hue, (0.84, 0.92, 0.93)))


def filled(profile, hue: Color, level: float, corners: int = 36) -> Part:
    """A bottle, its liquid up to ``level``."""
    dense = curve(profile, 30)
    lower, upper = dense[dense[:, 1] < level], dense[dense[:, 1] >= level]
    y = (level,) * 2
    r = np.interp(y, dense[:, 1], dense[:, 0])
    rings = [*lower, (r[0], level - 0.005), (r[0], level + 0.005), *upper]
    return lathe(rings, hue, corners=corners).painted(lambda c: c[:, 1] > level, glass(hue)).glossy(0.65)


def stopper(y: float, wide: float, hue: Color) -> list[Part]:
    """The bottle's lip and a cork in it."""
    cork = lathe([(wide * 0.8, y - 0.05), (wide * 0.98, y + 0.2), (wide * 0.9, y + 0.24)], CORK)
    return [ring(wide * 1.05, 0.065, (0, y, 0), glass(hue)).glossy(0.65),
            cork.finished("speckled", 0.05, shade(CORK, 0.75))]


def bubbles(rng: Generator, radius, low: float, high: float, hue: Color) -> list[Part]:
    """Pale dots under the glass; ``radius(y)`` is how far from the axis."""
    made = []
    for k in range(7):
        y, size = rng.uniform(low, high), rng.uniform(0.05, 0.09)
        bubble = ball((size, size, 0.03), (0, y, radius(y)), shade(hue, 1.55), 12).glossy(0.5)
        made.append(bubble.turned("y", 51 * k + rng.uniform(-15, 15)))
    return made


def round_potion(rng: Generator, hue: Color) -> list[Part]:
    """A ball with a long neck, a cord with a label around it."""
    neck, level = rng.uniform(0.18, 0.24), rng.uniform(0.8, 1.08)
    body = [(0, 0), (0.35, 0.02), (0.6, 0.2), (0.72, 0.6), (0.6, 1.0), (0.32, 1.22), (neck, 1.36), (neck, 1.7)]
    radius = lambda y: np.interp(y, [0.02, 0.2, 0.6, 1.0], [0.35, 0.6, 0.715, 0.6])
    label = [plate([(-0.16, -0.2), (0.16, -0.2), (0.16, 0.12), (0, 0.24), (-0.16, 0.12)], 0.05, (0, 0, 0), PAPER,
                   0.015),
             plate(star(0.11, 0.05), 0.04, (0, -0.05, 0.03), shade(hue, 0.7), 0.01)]
    return [filled(body, hue, level), *stopper(1.7, neck, hue), ring(neck + 0.03, 0.045, (0, 1.4, 0), STRING),
            *moved(turned(turned(label, "x", -38), "y", 12), 0.12, 1.1, 0.6), *bubbles(rng, radius, 0.2, level - 0.08,
                                                                                       hue)]


def flask_potion(rng: Generator, hue: Color) -> list[Part]:
    """A cone with a broad foot, a label on its front."""
    neck, level = rng.uniform(0.2, 0.25), rng.uniform(0.7, 0.95)
    body = [(0, 0), (0.66, 0.01), (0.74, 0.09), (0.68, 0.24), (0.42, 0.8), (neck, 1.2), (neck, 1.55)]
    radius = lambda y: np.interp(y, [0.09, 0.24, 0.8, 1.2], [0.74, 0.68, 0.42, neck])
    sign = (star(0.15, 0.065), star(0.15, 0.1, 8), [(0, 0.17), (0.12, 0), (0, -0.17), (-0.12, 0)])[rng.integers(3)]
    label = [ball((0.27, 0.27, 0.05), (0, 0, 0), PAPER, 20), plate(sign, 0.05, (0, 0, 0.05), shade(hue, 0.6), 0.01)]
    return [filled(body, hue, level), *stopper(1.55, neck, hue), *moved(turned(label, "x", -25), 0, 0.42, 0.6),
            *bubbles(rng, radius, 0.15, level - 0.08, hue)[1:], ring(neck + 0.02, 0.05, (0, 1.24, 0), STRING)]


def heart_potion(rng: Generator, hue: Color) -> list[Part]:
    """A heart with a gold collar and foot."""
    body = heart(hue, rng.uniform(0.55, 0.7))
    x, y, z = body.vertices.T
    body = replace(body, vertices=np.stack([x, y * 0.95, z], -1)).glossy(0.7)
    shine = [ball((0.14, 0.2, 0.06), (-0.5, 0.55, 0.47), shade(hue, 1.6), 14)]
    collar = [lathe([(0.24, 0.52), (0.24, 0.62), (0.2, 0.66)], GILT).glossy(0.9), lathe([(0.17, 0.55), (0.17, 1.0)],
                                                                                        glass(hue)).glossy(0.6),
              *stopper(1.0, 0.17, hue)]
    foot = lathe([(0.34, -1.16), (0.32, -1.1), *curve([(0.14, -1.05), (0.1, -0.95), (0.24, -0.8)], 6)],
                 GILT).glossy(0.9)
    band = ring(0.2, 0.05, (0, 0.86, 0), GILT).glossy(0.9)
    return [body, *shine, *collar, foot, band]


def cut_potion(rng: Generator, hue: Color) -> list[Part]:
    """Six-sided, in a cage of gold, a jewel as its stopper."""
    level = rng.uniform(0.8, 1.0)
    body = lathe([(0.36, 0.06), (0.56, 0.3), (0.56, level), (0.56, level + 0.01), (0.5, 1.14), (0.2, 1.34),
                  (0.2, 1.52)], hue, corners=6)
    body = body.painted(lambda c: c[:, 1] > level, glass(hue)).glossy(0.7)
    cage = [tube([(0, 0.06, 0.4), (0, 0.3, 0.575), (0, 1.1, 0.53), (0, 1.34, 0.22)], 0.05, GILT, 8)]
    return [body, *(p.glossy(0.9) for p in (*around(cage[0], 6, 30), lathe([(0.44, 0), (0.44, 0.07)], GILT, corners=6),
                                           lathe([(0.26, 1.48), (0.26, 1.58)], GILT, corners=18))),
            lathe([(0.1, 1.56), (0.24, 1.74), (0.16, 1.9), (0, 1.94)], shade(hue, 1.25), corners=8).glossy(0.7)]


# Wands

def magic_wand(rng: Generator, hue: Color) -> list[Part]:
    """A conjurer's: black with white ends, stars around its tip."""
    lean, long = rng.uniform(25, 40), rng.uniform(0.9, 1.05)
    stick = [rod((0, -long, 0), (0, long, 0), 0.1, INK, corners=20).glossy(0.5),
             *(lathe([(0.1, 0), (0.115, 0.02), (0.115, 0.36), (0.1, 0.38)], (0.95, 0.95, 0.93), (0, y, 0),
                     20).glossy(0.4)
               for y in (-long - 0.02, long - 0.36))]
    sparks = [plate(star(r, r * 0.42, 4), 0.1, (x, y, z), GILT, 0.03).glossy(0.5) for r, x, y, z in
              ((0.24, -0.86, 0.98, 0.1), (0.17, -0.2, 1.2, -0.1), (0.15, -1.06, 0.5, 0.0))]
    return [*turned(stick, "z", lean), *sparks]


def fairy_wand(rng: Generator, hue: Color) -> list[Part]:
    """A big star on a stick, with ribbons."""
    color = ((0.93, 0.60, 0.70), (0.72, 0.60, 0.86), (0.55, 0.76, 0.86))[rng.integers(3)]
    size = rng.uniform(0.46, 0.56)
    ribbons = [tube(curve([(0, 0.3, 0), (s * 0.26, 0.16, 0.06), (s * 0.22, -0.14, 0.1), (s * 0.42, -0.46, 0.04)], 12),
                    0.055, c, 8)
               for s, c in ((1, color), (-1, shade(color, 1.4)))]
    return [rod((0, -1.3, 0), (0, 0.6, 0), 0.075, color).finished("stripes", 0.12, PAPER),
            ball(0.11, (0, -1.3, 0), GILT, 14).glossy(0.8),
            plate(star(size, size * 0.5), 0.26, (0, 0.72, 0), GILT, 0.1).glossy(0.6), *ribbons,
            ball(0.12, (0, 0.3, 0), shade(color, 0.85), 14),
            *(ball((0.1, 0.1, 0.06), (0, 0.7, s * 0.13), color, 12).glossy(0.6) for s in (1, -1))]


def crystal_wand(rng: Generator, hue: Color) -> list[Part]:
    """A crooked root that holds a crystal."""
    stone, wood = (*((0.42, 0.80, 0.90), (0.62, 0.90, 0.55)), jewel(rng))[rng.integers(3)], (OAK,
                                                                                             WALNUT)[rng.integers(2)]
    b = rng.uniform(0.05, 0.1)
    stick = tube(curve([(0, -1.4, 0), (b, -0.9, 0.02), (-b, -0.4, -0.02), (b * 0.6, 0.1, 0), (0, 0.5, 0)], 18),
                 np.linspace(0.08, 0.12, 18), wood)
    claw = tube(curve([(0, 0.4, 0.05), (0, 0.62, 0.24), (0, 0.9, 0.25), (0, 1.06, 0.13)], 9),
                np.linspace(0.085, 0.045, 9), wood, 8)
    knots = [ball((0.13, 0.08, 0.13), (x, y, 0), wood, 10) for x, y in ((b, -0.88), (-b, -0.4))]
    crystal = lathe([(0, 0.42), (0.2, 0.66), (0.2, 0.86), (0, 1.24)], stone, corners=6).glossy(0.85)
    return [*(p.finished("bark", 0.1, amount=0.7) for p in (stick, *around(claw, 4), *knots)), crystal,
            *(ring(0.1, 0.045, (0, y, 0), GILT).glossy(0.9) for y in (-1.3, 0.34))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "potion bottle": (ANY, round_potion, flask_potion, heart_potion, cut_potion),
    "magic wand": (NONE, magic_wand, fairy_wand, crystal_wand),
}
