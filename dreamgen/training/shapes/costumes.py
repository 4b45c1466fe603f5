"""Persons whom one knows by what they wear: astronauts and knights; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, eyes, limb, sheet_of, smile
from .characters import CHROME, chosen
from .palette import ANY
from .parts import (
    GOLD,
    RED,
    WHITE,
    Color,
    Part,
    ball,
    box,
    curve,
    lathe,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    skin,
    turned,
)

SKINS = ((0.96, 0.78, 0.64), (0.86, 0.62, 0.45), (0.56, 0.36, 0.24))
GREY, VISOR = (0.42, 0.44, 0.48), (0.13, 0.15, 0.20)
LEATHER = (0.36, 0.22, 0.13)


def pack(y: float, z: float, color: Color) -> list[Part]:
    """What an astronaut carries on the back."""
    made = [box((0.62, 0.78, 0.26), (0, y, z), color, 0.25), box((0.5, 0.1, 0.06), (0, y + 0.18, z - 0.13), GREY, 0.4)]
    return made + pair(rod((0.2, y - 0.4, z), (0.2, y - 0.5, z), 0.1, GREY, 0.13),
                       lathe([(0.1, -0.3), (0.11, -0.1), (0.11, 0.3), (0.05, 0.36)], shade(color, 0.85),
                             corners=16).moved(
                           0.2, y - 0.06, z - 0.12))


def walking_astronaut(rng: Generator, hue: Color) -> list[Part]:
    """A big round helmet with a golden visor, a pack, rings at the joints."""
    ring_color, gold = chosen(rng, ((0.85, 0.35, 0.15), (0.20, 0.36, 0.66), (0.42, 0.44, 0.48))), (0.90, 0.66, 0.24)
    head, y = rng.uniform(0.42, 0.48), 1.42
    made = [lathe(curve([(0.3, 0.62), (0.38, 0.72), (0.4, 1.0), (0.38, 1.24), (0.26, 1.38)], 12), hue).scaled(z=0.82),
            ring(0.27, 0.07, (0, y - 0.04, 0), GREY), ball(head, (0, y + head * 0.84, 0.02), hue, 24).glossy(0.4),
            ball((head * 0.78, head * 0.62, head * 0.5), (0, y + head * 0.84, head * 0.62), gold if rng.random() < 0.6
                 else VISOR, 22).glossy(0.8),
            ring(head * 0.77, 0.05, (0, 0, 0), shade(hue, 0.8)).turned("x", 90).scaled(y=0.82).moved(
                0, y + head * 0.84, head * 0.62),
            box((0.4, 0.26, 0.12), (0, 1.06, 0.33), GREY, 0.3), ball(0.045, (-0.1, 1.1, 0.4), RED, 10),
            ball(0.045, (0.02, 1.1, 0.4), GOLD, 10), box((0.08, 0.1, 0.04), (0.12, 1.06, 0.4), (0.3, 0.7, 0.85), 0.3),
            lathe([(0.36, 0), (0.38, 0.06), (0.36, 0.12)], GREY, (0, 0.66, 0)).scaled(z=0.82), *pack(1.1, -0.4, hue)]
    swing = rng.uniform(0.0, 0.14)
    for s in (-1, 1):
        made += [limb([(s * 0.18, 0.7, 0), (s * 0.22, 0.4, s * swing + 0.05), (s * 0.22, 0.16, s * swing)],
                      [0.19, 0.17, 0.16],
                      hue), box((0.3, 0.22, 0.46), (s * 0.22, 0.11, s * swing + 0.06), GREY, 0.45),
                 ring(0.15, 0.05, (s * 0.22, 0.3, s * swing + 0.02), ring_color)]
        hand = (s * 0.66, 0.72, 0.16 - s * swing) if s > 0 or rng.random() < 0.5 else (s * 0.78, 1.62, 0.14)
        elbow = (s * 0.62, 0.98, 0.0) if hand[1] < 1 else (s * 0.66, 1.2, 0.06)
        last = np.array(hand) - elbow
        made += [limb([(s * 0.34, 1.24, 0), elbow, hand], [0.165, 0.15, 0.13], hue),
                 ball((0.14, 0.15, 0.14), tuple(np.array(hand) + 0.3 * last), GREY, 14),
                 ball(0.15, tuple(np.array(elbow) + 0.72 * last), ring_color, 14)]
    return made


def small_astronaut(rng: Generator, hue: Color) -> list[Part]:
    """Big head, short limbs, a face behind the glass or a dark one; a flag beside some."""
    head, accent = rng.uniform(0.56, 0.64), chosen(rng, ((0.85, 0.35, 0.15), (0.20, 0.36, 0.66), (0.78, 0.2, 0.18)))
    face, middle = chosen(rng, SKINS), 0.86 + 0.62
    made = [lathe(curve([(0, 0.26), (0.32, 0.3), (0.42, 0.56), (0.36, 0.86), (0.2, 0.98), (0, 1.0)], 14),
                  hue).scaled(z=0.86),
            ball((head, head * 0.92, head * 0.92), (0, middle, 0), hue, 24).glossy(0.4),
            box((0.3, 0.2, 0.1), (0, 0.62, 0.35), shade(hue, 0.75), 0.3), ball(0.045, (-0.06, 0.64, 0.42), accent, 10),
            ball(0.045, (0.07, 0.64, 0.42), GOLD, 10), ring(0.4, 0.05, (0, 0.46, 0), accent).scaled(z=0.88),
            box((0.56, 0.56, 0.24), (0, 0.68, -0.42), GREY, 0.3),
            ring(head * 0.72, 0.075, (0, 0, 0), accent).turned("x", 90).scaled(y=0.86).moved(0, middle, head * 0.56)]
    if rng.random() < 0.5:
        made += [ball((head * 0.72, head * 0.6, head * 0.42), (0, middle, head * 0.52), face, 22),
                 ball((head * 0.7, head * 0.24, head * 0.3), (0, middle + head * 0.36, head * 0.52), LEATHER, 16),
                 smile(middle - head * 0.3, head * 0.9, 0.12, 0.07, 0.03, (0.5, 0.2, 0.18)),
                 *eyes(0.2, middle - 0.02, head * 0.86, 0.085, BLACK, out=14)]
    else:
        made += [ball((head * 0.74, head * 0.62, head * 0.44), (0, middle, head * 0.52), VISOR, 22).glossy(0.8),
                 *(ball((0.035, tall, 0.02), (-head * 0.36, middle + head * 0.22, head * 0.86), (0.75, 0.85, 0.95),
                        8).turned(
                     "z", -20).moved(d, -0.36, 0.02) for d, tall in ((0.66, 0.1),))]
    arm = limb([(0.34, 0.82, 0), (0.54, 0.64, 0.08), (0.58, 0.52, 0.14)], [0.15, 0.13], hue)
    leg = limb([(0.2, 0.36, 0), (0.22, 0.2, 0.02), (0.22, 0.12, 0.04)], [0.18, 0.17], hue)
    made += pair(arm, ball(0.14, (0.6, 0.46, 0.16), accent, 14), leg, box((0.3, 0.18, 0.42), (0.23, 0.09, 0.07), GREY,
                                                                          0.45),
                 ball((0.1, 0.17, 0.17), (head * 0.96, middle, 0), GREY, 14))
    return made + [rod((-0.3, 0.9, -0.42), (-0.3, 1.2 + head, -0.5), 0.03, GREY, corners=8),
                   ball(0.07, (-0.3, 1.24 + head, -0.5), accent, 10)]


def shield(color: Color, second: Color, size: float) -> list[Part]:
    """Facing the front around the origin, with a cross."""
    half = [(0, -0.62), (0.22, -0.44), (0.4, -0.1), (0.42, 0.42), (0.22, 0.46), (0, 0.52)]
    outline = np.array(half + [(-x, y) for x, y in half[-2:0:-1]]) * size
    return [prism(outline, 0.09, (0, 0, 0), CHROME).glossy(0.6), prism(outline * 0.86, 0.09, (0, 0, 0.03), color),
            box((0.13 * size, 0.82 * size, 0.06), (0, 0, 0.07), second, 0.2),
            box((0.6 * size, 0.13 * size, 0.06), (0, 0.14 * size, 0.07), second, 0.2)]


def sword(long: float) -> list[Part]:
    """Upright, its grip around the origin."""
    blade = prism([(-0.075, 0.14), (0.075, 0.14), (0.06, long * 0.86), (0, long), (-0.06, long * 0.86)], 0.05,
                  (0, 0, 0),
                  (0.80, 0.82, 0.86)).glossy(0.9)
    return [blade, box((0.4, 0.09, 0.1), (0, 0.12, 0), GOLD, 0.4), rod((0, -0.12, 0), (0, 0.1, 0), 0.05, LEATHER),
            ball(0.08, (0, -0.16, 0), GOLD, 12)]


def plume(y: float, z: float, size: float, color: Color) -> list[Part]:
    """Feathers from the top of a helmet backwards."""
    return [limb([(0, y, z), (0, y + 0.26 * size, z - 0.12 * size), (0, y + 0.2 * size, z - 0.42 * size),
                  (0, y - 0.14 * size, z - 0.56 * size)], [0.06, 0.15 * size, 0.17 * size, 0.06], color, 11).finished(
                      "fur", 0.08)]


def armoured_knight(rng: Generator, hue: Color) -> list[Part]:
    """In plate and surcoat, visor down, with sword and shield."""
    metal, trim = shade((0.68, 0.70, 0.74), rng.uniform(0.92, 1.2)), chosen(rng, (GOLD, WHITE, (0.9, 0.86, 0.7)))
    coat = sheet_of(curve([(0.44, 0.46), (0.38, 0.7), (0.33, 0.92), (0.4, 1.16), (0.37, 1.32), (0.18, 1.42)], 14), hue,
                    6, 0.08)
    y = 1.42
    made = [coat.scaled(z=0.8).finished("fabric", 0.05),
            ring(0.345, 0.055, (0, 0, 0), LEATHER).scaled(z=0.84).moved(0, 0.9, 0),
            box((0.14, 0.13, 0.06), (0, 0.9, 0.32), GOLD, 0.3),
            lathe(curve([(0.24, y - 0.06), (0.3, y + 0.06), (0.29, y + 0.3), (0.22, y + 0.46), (0, y + 0.52)], 14),
                  metal
                  ).finished("metal", 0.1, gloss=0.85),
            ball((0.26, 0.19, 0.2), (0, y + 0.12, 0.17), shade(metal, 0.92), 18).glossy(0.8),
            *(ball(0.03, (side * (0.07 + 0.08 * k), y + 0.11, 0.365 - 0.04 * k), BLACK, 8) for side in (-1, 1)
              for k in (0, 1)),
            box((0.44, 0.07, 0.12), (0, y + 0.3, 0.24), BLACK), box((0.07, 0.26, 0.1), (0, y + 0.4, 0.24), trim, 0.3),
            *plume(y + 0.48, 0.0, rng.uniform(0.8, 1.1), hue)]
    made += [box((0.1, 0.34, 0.05), (0, 1.14, 0.33), trim, 0.3), box((0.3, 0.1, 0.05), (0, 1.17, 0.33), trim, 0.3)]
    limbs = [limb([(0.19, 0.66, 0), (0.21, 0.4, 0.04), (0.2, 0.14, 0)], [0.17, 0.14, 0.12], metal),
             ball((0.14, 0.13, 0.14), (0.21, 0.4, 0.06), shade(metal, 1.2), 14),
             box((0.22, 0.16, 0.42), (0.21, 0.08, 0.07), shade(metal, 0.85), 0.5),
             ball((0.21, 0.17, 0.2), (0.42, 1.3, 0), metal, 16)]
    made += pair(*(p.glossy(0.8) for p in limbs))
    made += [p.glossy(0.8) for p in (limb([(0.44, 1.24, 0), (0.62, 1.0, 0.02), (0.7, 0.86, 0.18)], [0.13, 0.11], metal),
                                    limb([(-0.44, 1.24, 0), (-0.56, 1.0, 0.02), (-0.5, 0.9, 0.24)], [0.13, 0.11],
                                         metal),
                                    ball(0.13, (0.72, 0.86, 0.22), shade(metal, 0.8), 14))]
    made += moved(turned(sword(rng.uniform(1.1, 1.3)), "z", rng.uniform(-20, -8)), 0.72, 0.88, 0.26)
    return made + moved(turned(shield(hue, trim, rng.uniform(0.8, 0.95)), "y", -18), -0.56, 0.86, 0.38)


def small_knight(rng: Generator, hue: Color) -> list[Part]:
    """A toy: helmet like a bucket with a slit of eyes, short legs, a sword held up."""
    metal, trim, wide = (0.70, 0.72, 0.76), chosen(rng, (GOLD, WHITE)), rng.uniform(0.44, 0.5)
    y = 0.96
    made = [lathe(curve([(0.46, 0.22), (0.42, 0.4), (0.36, 0.8), (0.26, 0.98)], 10),
                  hue).scaled(z=0.86).finished("fabric", 0.05),
            ring(0.42, 0.06, (0, 0, 0), LEATHER).scaled(z=0.88).moved(0, 0.5, 0),
            box((0.16, 0.15, 0.06), (0, 0.5, 0.4), GOLD, 0.3),
            lathe(curve([(wide * 0.9, y), (wide, y + 0.06), (wide, y + 0.5), (wide * 0.88, y + 0.72),
                         (wide * 0.4, y + 0.84),
                         (0, y + 0.86)], 16), metal).finished("metal", 0.1, gloss=0.85),
            ring(wide * 0.98, 0.055, (0, y + 0.04, 0), trim), box((wide * 1.5, 0.12, 0.1), (0, y + 0.44, wide * 0.88),
                                                                  BLACK, 0.3),
            box((0.1, 0.66, 0.1), (0, y + 0.36, wide * 0.98), trim, 0.3)]
    made += [ball((0.055, 0.05, 0.03), (s * 0.17, y + 0.44, wide * 0.97), WHITE, 10) for s in (-1, 1)]
    made += [ball(0.035, (s * (0.14 + 0.1 * k), y + 0.18, wide * 0.93 - 0.05 * k), BLACK, 8) for s in (-1, 1)
             for k in (0, 1)]
    made += plume(y + 0.84, 0.08, rng.uniform(1.1, 1.4), hue)
    made += pair(limb([(0.19, 0.3, 0), (0.2, 0.12, 0.02)], [0.17, 0.16], shade(metal, 0.9), 4).glossy(0.7),
                 box((0.28, 0.16, 0.42), (0.2, 0.08, 0.07), shade(metal, 0.75), 0.5),
                 ball((0.19, 0.16, 0.19), (0.4, 0.82, 0), metal, 16).glossy(0.8))
    up = limb([(0.42, 0.78, 0), (0.62, 0.72, 0.12), (0.66, 0.82, 0.26)], [0.12, 0.1], metal).glossy(0.8)
    low = limb([(-0.42, 0.78, 0), (-0.56, 0.6, 0.1), (-0.46, 0.54, 0.3)], [0.12, 0.1], metal).glossy(0.8)
    return [*made, up, low, ball(0.13, (0.66, 0.86, 0.3), LEATHER, 12),
            *moved(turned(sword(rng.uniform(0.9, 1.1)), "z", -14), 0.66, 0.88, 0.32),
            *moved(turned(shield(hue, trim, 0.78), "y", -14), -0.5, 0.56, 0.46)]


def guarding_knight(rng: Generator, hue: Color) -> list[Part]:
    """An open helmet with a face in it, a cloak, a lance with a pennant."""
    metal, face, wide = shade((0.68, 0.70, 0.74), rng.uniform(0.95, 1.2)), chosen(rng, SKINS), rng.uniform(0.36, 0.4)
    hair, trim, y = chosen(rng,
                           ((0.30, 0.19, 0.12), (0.72, 0.40, 0.18),
                            (0.84, 0.68, 0.36))), chosen(rng, (GOLD, WHITE)), 1.36
    made = [lathe(curve([(0.3, 0.5), (0.28, 0.66), (0.34, 0.9), (0.32, 1.04), (0.14, 1.14)], 12),
                  metal).scaled(z=0.82).finished("metal", 0.1, gloss=0.85),
            sheet_of(curve([(0.42, 0.34), (0.36, 0.46), (0.29, 0.64)], 6), hue, 6, 0.08).scaled(z=0.84),
            ring(0.3, 0.055, (0, 0, 0), LEATHER).scaled(z=0.84).moved(0, 0.64, 0),
            box((0.4, 0.34, 0.08), (0, 0.88, 0.26), hue, 0.3), box((0.09, 0.24, 0.05), (0, 0.88, 0.31), trim, 0.3),
            box((0.24, 0.09, 0.05), (0, 0.9, 0.31), trim, 0.3),
            ball((wide, wide * 0.96, wide * 0.92), (0, y, 0.05), face, 22),
            ball((wide * 1.12, wide * 1.02, wide * 1.02), (0, y + 0.09, -0.07), metal, 22).glossy(0.85),
            ring(wide * 0.98, 0.055, (0, 0, 0), trim).turned("x", 112).moved(0, y + 0.13, 0.09),
            ball(wide * 0.14, (0, y - 0.06, wide + 0.04), shade(face, 0.9), 10),
            *plume(y + wide * 1.02, 0.02, rng.uniform(0.8, 1.05), hue)]
    if rng.random() < 0.5:
        made.append(limb([(-0.14, y - 0.13, wide * 0.94), (0, y - 0.1, wide * 1.04), (0.14, y - 0.13, wide * 0.94)],
                         [0.025, 0.06, 0.025], hair, 9, 8))
    made.append(smile(y - 0.2, wide * 0.93, 0.09, 0.04, 0.024, (0.5, 0.2, 0.18), 0.03))
    cloak = curve([(0.3, 1.08, -0.16), (0.4, 0.7, -0.3), (0.5, 0.2, -0.42)], 8)
    made.append(skin(np.stack([np.stack([w * np.sin(a), y0 + 0 * a, z + 0.1 * np.cos(a) * (1 + 0.35 * np.cos(6 * a))],
                                        -1)
                               for w, y0, z in cloak[::-1] for a in [np.linspace(0, 2 * np.pi, 40, endpoint=False)]]),
                     hue).finished("fabric", 0.05))
    for s in (-1, 1):
        hand = (0.7, 0.84, 0.08) if s > 0 else (-0.5, 0.6, 0.16)
        made += [p.glossy(0.8) for p in (ball((0.19, 0.15, 0.18), (s * 0.36, 1.0, 0), metal, 16),
                                         limb([(s * 0.38, 0.96, 0), (s * 0.54, 0.76, 0.04), hand], [0.115, 0.1],
                                              metal))]
        made += [ball(0.12, hand, LEATHER, 12), limb([(s * 0.17, 0.46, 0), (s * 0.2, 0.12, 0.02)], [0.14, 0.12], metal,
                                                     5).glossy(0.8), box((0.24, 0.16, 0.4), (s * 0.2, 0.08, 0.06),
                                                                         shade(metal, 0.85), 0.5)]
    top = rng.uniform(1.9, 2.1)
    return made + [rod((0.74, 0.04, 0.1), (0.74, top, 0.1), 0.04, LEATHER, corners=8),
                   prism([(-0.08, -0.02), (0.08, -0.02), (0, 0.26)], 0.07, (0.74, top, 0.1), CHROME
                   ).glossy(0.8), prism([(0.02, -0.06), (0.44, -0.16), (0.32, -0.22), (0.44, -0.3), (0.02, -0.38)],
                                        0.05, (0.74, top, 0.1), hue)] + eyes(
                       wide * 0.38, y + 0.02, wide * 0.94, 0.07, BLACK, out=14)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "astronaut": (("white", "white", "white", "orange", "grey", "blue"), walking_astronaut, small_astronaut),
    "knight": (ANY, armoured_knight, small_knight, guarding_knight),
}
