"""Wizards, old and young; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, eyes, limb, sheet_of, smile
from .characters import chosen
from .costumes import LEATHER, SKINS
from .palette import ANY
from .parts import DARK, GOLD, Color, Part, ball, box, curve, lathe, moved, pair, prism, ring, rod, shade, tube, turned


def bearded_face(y: float, size: float, face: Color, beard: Color, long: float) -> list[Part]:
    """Head around (0, y, 0) with nose, eyes, brows, moustache and a beard ``long``."""
    flow = [(0, y - 0.08 * size, 0.55 * size), (0, y - 0.5 * size, 0.8 * size),
            (0, y - 0.5 * size - 0.5 * long, 0.8 * size),
            (0, y - 0.5 * size - long, 0.6 * size)]
    made = [ball((size, size * 1.02, size * 0.95), (0, y, 0), face), ball((0.24 * size, 0.22 * size, 0.26 * size),
                                                                         (0, y - 0.02, 1.0 * size), shade(face, 0.9),
                                                                          14),
            limb(flow, [0.62 * size, 0.72 * size, 0.44 * size, 0.07], beard, 10, 16).finished("fur", 0.09)]
    return made + pair(limb([(0.06, y - 0.26 * size, 1.12 * size), (0.4 * size, y - 0.3 * size, 1.02 * size),
                             (0.72 * size, y - 0.52 * size, 0.8 * size)], [0.16 * size, 0.06], beard, 6, 10),
                       limb([(0.16 * size, y + 0.34 * size, 0.96 * size), (0.55 * size, y + 0.38 * size, 0.8 * size)],
                            [0.1 * size, 0.07 * size], beard, 4, 8), ball((0.2 * size, 0.28 * size, 0.14 * size),
                                                                         (size, y, 0), face, 10),
                       ball((0.11 * size, 0.14 * size, 0.08 * size), (0.34 * size, y + 0.13 * size, 0.93 * size), BLACK,
                            10))


def hat(size: float, high: float, bend: float, hue: Color, band: Color) -> list[Part]:
    """Pointed with a wide brim, from the origin up; ``bend`` is how far its tip falls to the side."""
    way = curve([(0, -0.02, 0), (0, high * 0.4, 0), (bend * 0.25, high * 0.75, -0.02), (bend, high, -0.06)], 12)
    radii = size * np.interp(np.linspace(0, 1, 12), [0, 0.4, 0.8, 1], [1.0, 0.62, 0.26, 0.05])
    return [tube(way, radii, hue, 20),
            lathe(curve([(0, -0.03), (size * 1.2, -0.03), (size * 1.5, 0.0), (size * 1.52, 0.06),
                                                    (size * 1.2, 0.05), (0, 0.08)], 14), hue),
            lathe([(size * 1.02, 0.04), (size * 0.92, 0.2)], band)]


def star(size: float, color: Color, thick: float = 0.05) -> Part:
    """Facing the front around the origin."""
    a = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    r = size * np.where(np.arange(10) % 2, 0.45, 1.0)
    return prism(np.stack([r * np.sin(a), r * np.cos(a)], -1), thick, (0, 0, 0), color)


def old_wizard(rng: Generator, hue: Color) -> list[Part]:
    """A long robe with wide sleeves, a white beard, a staff with a glowing ball."""
    face, glow = chosen(rng, SKINS), chosen(rng, ((0.45, 0.85, 0.95), (0.98, 0.80, 0.35), (0.70, 0.55, 0.95)))
    beard, trim, y = chosen(rng,
                            ((0.93, 0.93, 0.92), (0.78, 0.79, 0.81))), chosen(rng, (GOLD, (0.85, 0.85, 0.88))), 1.42
    robe = sheet_of(curve([(0.58, 0.02), (0.5, 0.2), (0.36, 0.7), (0.35, 1.0), (0.33, 1.16), (0.16, 1.26)], 16), hue, 9,
                    0.07)
    made = [robe.scaled(z=0.86).finished("fabric", 0.05),
            ring(0.365, 0.055, (0, 0, 0), trim).scaled(z=0.88).moved(0, 0.74, 0),
            *bearded_face(y, 0.27, face, beard,
                          rng.uniform(0.45, 0.65)), ball((0.29, 0.26, 0.2), (0, y - 0.04, -0.12), beard, 16)]
    made += moved([p.turned("x", -9) for p in hat(0.29, rng.uniform(0.8, 1.0), rng.uniform(-0.3, 0.3), hue, trim)], 0,
                  y + 0.2, -0.05)
    sleeve = [tube([(0.3, 1.12, 0), (0.52, 0.98, 0.08), (0.66, 0.86, 0.24), (0.69, 0.84, 0.3)], [0.13, 0.16, 0.2, 0.2],
                   hue, 14),
              ring(0.19, 0.04, (0, 0, 0), trim).turned("x", 84).turned("y", 20).moved(0.69, 0.84, 0.3),
              ball((0.1, 0.11, 0.11), (0.72, 0.86, 0.38), face, 12)]
    toes = ball((0.13, 0.09, 0.2), (0.17, 0.07, 0.46), LEATHER, 12)
    x, top = 0.8, rng.uniform(1.7, 2.0)
    staff = [limb([(x, 0.02, 0.38), (x + 0.02, 0.7, 0.38), (x - 0.02, 1.3, 0.38), (x, top, 0.38)], [0.05, 0.045, 0.055],
                  LEATHER, 10, 8),
             ball(0.13, (x, top + 0.17, 0.38), glow, 16).glossy(0.6),
             *(limb([(x, top, 0.38), (x + 0.17 * np.sin(a), top + 0.1, 0.38 + 0.17 * np.cos(a)),
                     (x + 0.12 * np.sin(a), top + 0.26, 0.38 + 0.12 * np.cos(a))], [0.045, 0.03], LEATHER, 6, 8)
               for a in (0.5, 2.6, 4.7))]
    return made + pair(*sleeve, toes) + staff


def little_wizard(rng: Generator, hue: Color) -> list[Part]:
    """Mostly hat and beard, stars on the robe, a wand."""
    face, beard, wide = chosen(rng, SKINS), chosen(rng, ((0.94, 0.94, 0.93), (0.80, 0.81, 0.83),
                                                         (0.55, 0.38, 0.24))), rng.uniform(0.4, 0.46)
    y = 0.84
    robe = sheet_of(curve([(0.56, 0.02), (0.5, 0.16), (0.42, 0.5), (0.3, 0.72), (0.1, 0.8)], 12), hue, 7, 0.06)
    made = [robe.finished("fabric", 0.06), *bearded_face(y, wide * 0.86, face, beard, rng.uniform(0.2, 0.34))]
    made += moved([p.turned("x", -9)
                   for p in hat(wide, rng.uniform(0.95, 1.15), rng.choice([-1, 1]) * rng.uniform(0.25, 0.45), hue,
                                                  GOLD)], 0, y + wide * 0.5, -0.06)
    made += [star(0.11, GOLD).turned("x", -22).moved(0, y + wide * 0.42 + 0.3, wide * 0.8),
             star(0.09, GOLD).turned("x", -16).turned("y", 38).moved(0.3, 0.3, 0.38),
             star(0.09, GOLD).turned("x", -16).turned("y", -34).moved(-0.27, 0.24, 0.42),
             star(0.13, GOLD).turned("x", 16).moved(0, 0.34, -0.47),
             star(0.1, GOLD).turned("x", 24).moved(0.1, y + 0.5, -wide * 0.78)]
    arm = limb([(0.32, 0.6, 0.05), (0.52, 0.46, 0.18), (0.56, 0.48, 0.32)], [0.12, 0.15], hue)
    wand = [rod((0.56, 0.5, 0.36), (0.74, 0.92, 0.5), 0.035, LEATHER, corners=8),
            star(0.15, (1.0, 0.86, 0.4), 0.07).moved(0.77, 1.0, 0.52)]
    return made + wand + pair(arm, ball(0.11, (0.57, 0.5, 0.38), face, 12),
                              ball((0.17, 0.11, 0.24), (0.2, 0.09, 0.46), LEATHER, 12))


def young_wizard(rng: Generator, hue: Color) -> list[Part]:
    """Without a beard: hair, round glasses, a cloak over a light shirt, a book and a wand that sparkles."""
    face, hair = chosen(rng, SKINS), chosen(rng, ((0.30, 0.19, 0.12), (0.16, 0.14, 0.14), (0.72, 0.36, 0.16),
                                                  (0.85, 0.68, 0.36)))
    trim, glow, y = chosen(rng, (GOLD, (0.85, 0.85, 0.88))), chosen(rng, ((1.0, 0.86, 0.4), (0.5, 0.88, 0.95))), 1.16
    size = rng.uniform(0.38, 0.43)
    robe = sheet_of(curve([(0.52, 0.06), (0.46, 0.2), (0.36, 0.5), (0.28, 0.76), (0.14, 0.86)], 12), hue, 8,
                    0.06).scaled(z=0.86)
    made = [robe.finished("fabric", 0.06), ring(0.35, 0.05, (0, 0, 0), LEATHER).scaled(z=0.88).moved(0, 0.54, 0),
            box((0.13, 0.12, 0.06), (0, 0.54, 0.31), trim, 0.3), ring(0.25, 0.075, (0, 0.8, 0.02), shade(hue, 0.7)),
            ball((size, size * 0.95, size * 0.92), (0, y, 0.04), face, 22),
            ball((size * 1.06, size * 0.92, size * 0.94), (0, y + 0.07, -0.06), hair, 20),
            ball(size * 0.13, (0, y - 0.07, size + 0.02), shade(face, 0.9),
                 10), smile(y - 0.19, size * 0.92, 0.1, 0.05, 0.026, (0.5, 0.2, 0.18), 0.03)]
    worn = hat(size * 0.9, rng.uniform(0.8, 1.0), rng.uniform(-0.4, 0.4), hue, trim)
    made += moved(turned(turned(worn, "x", -8), "z", rng.uniform(-8, 8)), 0, y + size * 0.62, -0.05)
    glasses = []
    if rng.random() < 0.6:
        frame = ring(0.115, 0.024, (0, 0, 0), DARK).turned("x", 90).turned("y", 16)
        glasses.append(frame.moved(size * 0.4, y, size * 0.96))
    arm = [limb([(0.24, 0.74, 0.02), (0.44, 0.58, 0.12), (0.47, 0.54, 0.3)], [0.11, 0.14], hue),
           ball(0.1, (0.47, 0.55, 0.38), face, 12)]
    shoe = ball((0.14, 0.1, 0.22), (0.18, 0.08, 0.14), LEATHER, 12)
    leg = rod((0.17, 0.3, 0), (0.17, 0.1, 0.04), 0.09, shade(hue, 0.5))
    wand = [rod((0.47, 0.52, 0.4), (0.62, 0.98, 0.48), 0.035, LEATHER, corners=8),
            ball(0.085, (0.63, 1.03, 0.49), glow, 12),
            star(0.12, glow).moved(0.78, 1.16, 0.49)]
    book = [p.turned("x", -16).turned("y", -10).moved(-0.46, 0.62, 0.44)
            for p in (box((0.34, 0.42, 0.14), (0, 0, 0), chosen(rng, ((0.52, 0.20, 0.18), (0.22, 0.34, 0.30))), 0.15),
                      box((0.3, 0.38, 0.1), (0.04, 0, 0), (0.93, 0.89, 0.78)),
                      star(0.1, trim, 0.04).moved(0, 0, 0.08))]
    return made + wand + book + pair(*arm, shoe, leg, *glasses) + eyes(size * 0.4, y + 0.02, size * 0.9, 0.075, BLACK,
                                                                       out=16)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "wizard": (("blue", "blue", "purple", "purple", *ANY), old_wizard, little_wizard, young_wizard),
}
