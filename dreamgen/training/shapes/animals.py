"""Animals and other persons; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, FUR, NONE
from .parts import (BROWN, CREAM, DARK, GOLD, GRASS, LEAF, LIGHT, ORANGE, PINK, RED, STEEL, WHITE, YELLOW, Colour, Part,
                    ball, box, curve, dot, four, lathe, loft, pair, ring, rod, shade, tube)

BLACK = (0.08, 0.07, 0.08)


def teddy_bear(rng: Generator, hue: Colour) -> list[Part]:
    """Sitting, legs and arms towards the front; the face on the front only."""
    head, belly, light = rng.uniform(0.44, 0.5), rng.uniform(0.46, 0.54), shade(hue, 1.45)
    y = belly + head + 0.28
    made = [ball((belly, belly * 1.12, belly * 0.9), (0, belly, 0), hue),
            ball((belly * 0.66, belly * 0.78, 0.2), (0, belly * 0.95, belly * 0.78), light),
            ball((head, head * 0.92, head * 0.88), (0, y, 0.04), hue),
            ball((head * 0.44, head * 0.36, head * 0.34), (0, y - 0.12, head * 0.82), light),
            ball((0.1, 0.075, 0.07), (0, y - 0.04, head * 1.12), BLACK)]
    arm = tube([(belly * 0.7, belly * 1.45, 0.05), (belly * 1.05, belly * 1.2, 0.15), (belly * 1.3, belly * 0.95, 0.3),
                (belly * 1.33, belly * 0.9, 0.34)], [0.16, 0.18, 0.19, 0.06], hue, 14)
    leg = tube([(belly * 0.4, 0.2, 0.1), (belly * 0.8, 0.2, 0.5), (belly * 0.92, 0.24, 0.72),
                (belly * 0.95, 0.26, 0.78)], [0.2, 0.22, 0.24, 0.1], hue, 14)
    return made + pair(arm, leg, ball((0.15, 0.17, 0.05), (belly * 0.95, 0.26, 0.78), light).turned("y", 8),
                       ball((0.18, 0.18, 0.1), (head * 0.76, y + head * 0.72, 0), hue),
                       ball((0.1, 0.1, 0.06), (head * 0.76, y + head * 0.72, 0.08), light),
                       dot(0.06, (head * 0.36, y + 0.08, head * 0.83), BLACK))


def horse(rng: Generator, hue: Colour) -> list[Part]:
    high, mane = rng.uniform(0.72, 0.85), shade(hue, 0.45)
    y = high + 0.22
    body = loft([(-0.72, y, 0.05, 0.05), (-0.62, y + 0.02, 0.2, 0.22), (-0.3, y, 0.25, 0.25),
                 (0.15, y - 0.01, 0.24, 0.25), (0.5, y + 0.03, 0.21, 0.25), (0.66, y + 0.05, 0.06, 0.08)], hue)
    neck = tube([(0, y + 0.02, 0.45), (0, y + 0.3, 0.66), (0, y + 0.6, 0.82), (0, y + 0.68, 0.86)],
                [0.22, 0.17, 0.13, 0.08], hue, 14).scaled(x=0.8)
    head = tube([(0, y + 0.68, 0.76), (0, y + 0.62, 0.9), (0, y + 0.46, 1.1), (0, y + 0.38, 1.2), (0, y + 0.36, 1.22)],
                [0.09, 0.135, 0.1, 0.09, 0.03], hue, 14).scaled(x=0.85)
    crest = tube([(0, y + 0.78, 0.78), (0, y + 0.62, 0.66), (0, y + 0.36, 0.48), (0, y + 0.22, 0.36)],
                 [0.06, 0.14, 0.15, 0.05], mane, 10).scaled(x=0.75)
    tail = tube(curve([(0, y + 0.12, -0.66), (0, y + 0.05, -0.86), (0, y - 0.35, -0.92), (0, y - 0.6, -0.9)], 10),
                [0.05, 0.07, 0.09, 0.1, 0.11, 0.1, 0.1, 0.08, 0.06, 0.01], mane)
    made = [body, neck, head.painted(lambda c: c[:, 2] > 1.12, mane), crest, tail,
            ball((0.07, 0.05, 0.13), (0, y + 0.74, 0.88), mane)]
    for z, bend in ((0.46, 0.03), (-0.5, -0.06)):
        x, swing = 0.13, rng.uniform(-0.06, 0.06)
        leg = tube([(x, y + 0.02, z), (x, high * 0.55, z + bend + swing), (x, high * 0.1, z + swing),
                    (x, 0.0, z + swing)], [0.15, 0.075, 0.055, 0.075], hue, 12)
        made += pair(leg.painted(lambda c: c[:, 1] < high * 0.09, BLACK))
    return made + pair(ball((0.035, 0.075, 0.03), (0.07, y + 0.81, 0.8), hue), dot(0.03, (0.1, y + 0.58, 0.95), BLACK))


def dog(rng: Generator, hue: Colour) -> list[Part]:
    """Standing, hanging ears, tail up."""
    high, long, dark = rng.uniform(0.34, 0.5), rng.uniform(0.42, 0.54), shade(hue, 0.55)
    y, z = high + 0.2, long
    made = [loft([(-z, y, 0.08, 0.08), (-z + 0.08, y, 0.18, 0.19), (0, y - 0.01, 0.2, 0.21),
                  (z - 0.1, y + 0.03, 0.22, 0.24), (z + 0.02, y + 0.06, 0.08, 0.1)], hue),
            rod((0, y + 0.08, z - 0.12), (0, y + 0.4, z + 0.1), 0.17, hue, 0.15),
            ball((0.24, 0.23, 0.24), (0, y + 0.5, z + 0.14), hue),
            ball((0.13, 0.11, 0.18), (0, y + 0.42, z + 0.36), shade(hue, 1.3)),
            dot(0.06, (0, y + 0.47, z + 0.54), BLACK), ring(0.17, 0.035, (0, 0, 0),
                                                            RED).turned("x", 35).moved(0, y + 0.28, z + 0.02),
            tube(curve([(0, y + 0.1, -z), (0, y + 0.3, -z - 0.12), (0, y + 0.52, -z - 0.08)], 8), [0.06] * 7 + [0.02],
                 hue)]
    leg = [rod((0.12, y, k), (0.12, 0.05, k), 0.085, hue, 0.07) for k in (z - 0.13, -z + 0.12)]
    paw = [ball((0.085, 0.06, 0.12), (0.12, 0.06, k + 0.03), shade(hue, 1.3)) for k in (z - 0.13, -z + 0.12)]
    return made + pair(*leg, *paw, ball((0.06, 0.2, 0.11), (0.25, y + 0.46, z + 0.1),
                                        dark)) + pair(dot(0.042, (0.1, y + 0.57, z + 0.34), BLACK))


def cat(rng: Generator, hue: Colour) -> list[Part]:
    """Sitting, pointed ears, tail curled to the side."""
    fat, light = rng.uniform(0.36, 0.42), shade(hue, 1.45)
    made = [lathe(curve([(0, 0), (fat * 0.98, 0.06), (fat, 0.4), (fat * 0.62, 0.85), (0, 1.05)], 18), hue),
            ball((0.22, 0.34, 0.12), (0, 0.52, 0.22), light), ball((0.4, 0.34, 0.34), (0, 1.18, 0.08), hue),
            ball((0.15, 0.1, 0.1), (0, 1.06, 0.38), light), dot((0.05, 0.035, 0.04), (0, 1.11, 0.48), PINK),
            tube(curve([(0, 0.1, -fat + 0.05), (0.45, 0.08, -0.35), (0.6, 0.09, 0.1), (0.42, 0.1, 0.42)], 14),
                 [0.08] * 12 + [0.07, 0.02], shade(hue, 0.8))]
    ear = lathe([(0.15, 0), (0, 0.3)], hue, corners=12).scaled(z=0.5).turned("z", -16).moved(0.23, 1.4, 0.06)
    inner = lathe([(0.08, 0), (0, 0.19)], PINK, corners=12).scaled(z=0.5).turned("z", -16).moved(0.235, 1.42, 0.11)
    whiskers = [rod((0.12, 1.06, 0.42), (0.46, 1.06 + h, 0.4), 0.012, WHITE) for h in (0.04, -0.06)]
    return made + pair(ear, inner, dot((0.07, 0.08, 0.04), (0.16, 1.22, 0.375), GRASS),
                       dot((0.028, 0.07, 0.03), (0.16, 1.22, 0.405), BLACK),
                       rod((0.13, 0.6, 0.26), (0.13, 0.05, 0.34), 0.1, hue, 0.085),
                       ball((0.11, 0.07, 0.15), (0.13, 0.07, 0.4), light), *whiskers)


def rabbit(rng: Generator, hue: Colour) -> list[Part]:
    ears, light = rng.uniform(0.32, 0.42), shade(hue, 1.5)
    made = [ball((0.42, 0.46, 0.46), (0, 0.45, -0.05), hue), ball((0.28, 0.33, 0.16), (0, 0.45, 0.3), light),
            ball((0.32, 0.3, 0.3), (0, 1.02, 0.18), hue), ball(0.15, (0, 0.28, -0.52), WHITE),
            ball((0.13, 0.09, 0.08), (0, 0.94, 0.44), light),
            dot((0.045, 0.035, 0.03), (0, 1.0, 0.51), PINK)]
    ear = [ball((0.1, ears, 0.06), (0, ears, 0), hue), ball((0.055, ears * 0.78, 0.03), (0, ears, 0.045), PINK)]
    return made + pair(*(p.turned("z", -9).moved(0.14, 1.2, 0.12) for p in ear), dot(0.05, (0.14, 1.08, 0.44), BLACK),
                       ball((0.13, 0.09, 0.24), (0.22, 0.09, 0.26), light),
                       ball((0.09, 0.18, 0.1), (0.18, 0.52, 0.36), hue))


def penguin(rng: Generator, hue: Colour) -> list[Part]:
    fat, dark = rng.uniform(0.48, 0.56), (0.13, 0.14, 0.18)
    body = lathe(curve([(0, 0), (fat * 0.75, 0.06), (fat, 0.5), (fat * 0.8, 1.05), (fat * 0.68, 1.3),
                        (fat * 0.56, 1.58), (0, 1.76)], 24), dark)
    made = [body, ball((fat * 0.82, 0.58, 0.3), (0, 0.62, fat * 0.72), WHITE),
            ball((0.27, 0.17, 0.12), (0, 1.38, 0.26), WHITE),
            lathe([(0.1, 0), (0, 0.26)], ORANGE).scaled(z=0.7).turned("x", 95).moved(0, 1.34, 0.36)]
    flipper = ball((0.09, 0.46, 0.2), (0, -0.4, 0), dark).turned("z", 22).moved(fat * 0.86, 1.1, 0)
    return made + pair(flipper, ball((0.17, 0.06, 0.25), (0.2, 0.04, 0.28), ORANGE),
                       dot(0.05, (0.12, 1.46, 0.345), BLACK))


def duck(rng: Generator, hue: Colour) -> list[Part]:
    """A bath duck."""
    head = rng.uniform(0.32, 0.38)
    made = [ball((0.5, 0.4, 0.68), (0, 0.38, -0.05), hue), ball((head, head, head), (0, 0.98, 0.3), hue),
            tube(curve([(0, 0.55, -0.45), (0, 0.68, -0.72), (0, 0.86, -0.84)], 6), [0.28, 0.24, 0.2, 0.14, 0.08, 0.01],
                 hue, 14),
            ball((0.19, 0.055, 0.2), (0, 0.93, 0.3 + head + 0.06), ORANGE),
            rod((0, 0.55, 0.22), (0, 0.85, 0.28), 0.28, hue, 0.22)]
    return made + pair(ball((0.1, 0.22, 0.38), (0.46, 0.46, -0.12), shade(hue, 0.88)).turned("y", 6),
                       dot(0.055, (0.17, 1.08, 0.3 + head * 0.8), BLACK))


def fish(rng: Generator, hue: Colour) -> list[Part]:
    """Bright; its fins darker, its belly lighter."""
    high, fin = rng.uniform(0.4, 0.52), shade(hue, 0.72)
    body = loft([(-0.8, 0, 0.03, 0.06), (-0.55, 0, 0.1, 0.16), (-0.1, 0, 0.22, high * 0.92), (0.3, 0, 0.24, high),
                 (0.65, 0, 0.18, high * 0.66), (0.85, -0.02, 0.05, 0.12)], hue)
    tail = tube([(0, 0, -0.7), (0, 0, -0.95), (0, 0, -1.2)], [0.06, 0.3, 0.46], fin, 16).scaled(x=0.14)
    top = ball((0.04, 0.26, 0.4), (0, high * 0.85, 0.0), fin).turned("x", -14)
    stripes = body.painted(lambda c: (c[:, 1] < -high * 0.4), shade(hue, 1.5))
    return [stripes, tail, top, ball((0.04, 0.16, 0.2), (0, -high * 0.82, -0.1), fin),
            *pair(ball((0.05, 0.1, 0.2), (0.25, -0.08, 0.1), fin).turned("y", -18)),
            *pair(dot(0.09, (0.15, 0.12, 0.56), WHITE), dot(0.055, (0.2, 0.12, 0.6), BLACK))]


def elephant(rng: Generator, hue: Colour) -> list[Part]:
    grey, y = shade((0.55, 0.57, 0.62), rng.uniform(0.9, 1.15)), 0.85
    made = [ball((0.46, 0.46, 0.64), (0, y, -0.12), grey), ball((0.34, 0.36, 0.34), (0, y + 0.3, 0.6), grey),
            tube(curve([(0, y + 0.25, 0.82), (0, y - 0.05, 1.06), (0, 0.4, 1.1), (0, 0.22, 1.2), (0, 0.28, 1.34)], 14),
                 np.linspace(0.17, 0.075, 14), grey, 12), tube(curve([(0, y + 0.1, -0.72), (0, y - 0.15, -0.84),
                                                                      (0, y - 0.4, -0.8)], 6), 0.035, shade(grey, 0.7))]
    leg = [rod((0.25, y - 0.1, z), (0.25, 0, z), 0.17, grey, 0.16, 16) for z in (0.28, -0.5)]
    ear = ball((0.34, 0.38, 0.06), (0, 0, 0), shade(grey, 0.88)).turned("y", 28).moved(0.5, y + 0.32, 0.46)
    return made + pair(*leg, ear, dot(0.045, (0.2, y + 0.42, 0.88), BLACK),
                       tube(curve([(0.17, y + 0.05, 0.85), (0.2, y - 0.1, 1.02), (0.2, y - 0.06, 1.2)], 6),
                            [0.055, 0.055, 0.05, 0.045, 0.035, 0.01], CREAM),
                       ball((0.14, 0.03, 0.03), (0.25, 0.03, 0.42), CREAM))


def giraffe(rng: Generator, hue: Colour) -> list[Part]:
    y, up, coat, spot = 0.95, rng.uniform(0.85, 1.05), (0.93, 0.74, 0.36), (0.58, 0.34, 0.14)
    def spots(c):
        return (np.sin(c[:, 1] * 17 + np.sin(c[:, 2] * 9)) * np.sin(c[:, 2] * 17 + c[:, 0] * 9)
                > 0.15) & (c[:, 1] > 0.45)
    body = loft([(z, y + 0.12 * z, 0.23 * s, 0.25 * s) for z, s in zip(np.linspace(-0.5, 0.42, 14),
                                                                       np.sqrt(1.02 - np.linspace(-1, 1, 14) ** 4))],
                coat)
    neck = tube([(0, y + 0.05 + t * (up + 0.05), 0.3 + 0.3 * t) for t in np.linspace(0, 1, 12)],
                np.linspace(0.18, 0.09, 12), coat, 14)
    head = loft([(0.5, y + up + 0.12, 0.06, 0.07), (0.62, y + up + 0.13, 0.12, 0.12),
                 (0.85, y + up + 0.06, 0.085, 0.08), (0.92, y + up + 0.05, 0.05, 0.05)], coat)
    made = [body.painted(spots, spot), neck.painted(spots, spot), head.painted(lambda c: c[:, 2] > 0.82, BROWN),
            tube([(0, y - 0.05, -0.5), (0, y - 0.3, -0.6), (0, y - 0.5, -0.58)], [0.03, 0.025, 0.05], BROWN)]
    legs = [rod((0.14, y, z), (0.13, 0, z), 0.085, coat, 0.055).painted(lambda c: c[:, 1] < 0.3, shade(coat, 0.9))
            for z in (0.3, -0.38)]
    return made + pair(*legs, *(dot((0.06, 0.05, 0.07), (0.13, 0.04, z), BROWN) for z in (0.3, -0.38)),
                       rod((0.05, y + up + 0.2, 0.58), (0.06, y + up + 0.4, 0.56), 0.022, coat),
                       dot(0.04, (0.06, y + up + 0.41, 0.56), BROWN),
                       ball((0.1, 0.045, 0.03), (0.18, y + up + 0.2, 0.56), coat),
                       dot(0.035, (0.115, y + up + 0.17, 0.68), BLACK))


def pig(rng: Generator, hue: Colour) -> list[Part]:
    skin, y = shade(PINK, rng.uniform(0.95, 1.2)), 0.52
    made = [ball((0.4, 0.4, 0.58), (0, y, -0.05), skin), ball((0.3, 0.29, 0.26), (0, y + 0.14, 0.5), skin),
            lathe([(0.14, 0), (0.14, 0.12), (0.11, 0.14)], shade(skin, 0.86)).turned("x", 90).moved(0, y + 0.1, 0.7),
            tube([(0.06 * np.sin(t), y + 0.1 + 0.06 * np.cos(t), -0.6 - 0.02 * t) for t in np.linspace(0, 9, 16)],
                 0.028, skin)]
    legs = [rod((0.2, y - 0.15, z), (0.2, 0, z), 0.11, skin, 0.09) for z in (0.28, -0.36)]
    hooves = [lathe([(0.095, 0), (0.1, 0.08)], shade(BROWN, 0.9), (0.2, 0, z)) for z in (0.28, -0.36)]
    ear = lathe([(0.12, 0), (0, 0.22)], shade(skin, 0.86), corners=12).scaled(z=0.4).turned("x", 30).turned("z",
            -25).moved(0.18, y + 0.36, 0.46)
    return made + pair(*legs, *hooves, ear, dot(0.042, (0.12, y + 0.23, 0.73), BLACK),
                       dot((0.03, 0.045, 0.02), (0.05, y + 0.1, 0.845), shade(skin, 0.5)))


def sheep(rng: Generator, hue: Colour) -> list[Part]:
    y, wool, face = 0.55, shade(WHITE, rng.uniform(0.93, 1.0)), (0.20, 0.18, 0.18)
    made = [ball((0.36, 0.34, 0.5), (0, y, -0.05), wool)]
    for k in range(26):                                 # curls, evenly over the body (the golden angle)
        up, a = 1 - 2 * (k + 0.5) / 26, 2.4 * k
        flat = np.sqrt(1 - up * up)
        made.append(ball(0.16, (0.33 * flat * np.sin(a), y + 0.32 * up, -0.05 + 0.47 * flat * np.cos(a)),
                         shade(wool, 0.97 if k % 2 else 1.0), 12))
    made += [ball((0.17, 0.22, 0.2), (0, y + 0.22, 0.58), face), ball((0.2, 0.13, 0.17), (0, y + 0.4, 0.5), wool)]
    return made + pair(*(rod((0.2, y, z), (0.2, 0, z), 0.07, face) for z in (0.25, -0.35)),
                       ball((0.14, 0.05, 0.07), (0.24, y + 0.28, 0.52), face),
                       dot(0.04, (0.08, y + 0.28, 0.755), WHITE), dot(0.02, (0.08, y + 0.28, 0.79), BLACK))


def turtle(rng: Generator, hue: Colour) -> list[Part]:
    skin, shell = (0.50, 0.68, 0.28), shade((0.24, 0.42, 0.16), rng.uniform(0.9, 1.25))
    dome = lathe(curve([(0.66, 0.0), (0.62, 0.16), (0.42, 0.38), (0.0, 0.46)], 10), shell, corners=36)
    def plates(c):
        return (np.abs(np.sin(np.arctan2(c[:, 0], c[:, 2]) * 3)) < 0.3) & (c[:,
                                                            1] < 0.42) | (np.abs(c[:, 1] - 0.36) < 0.025)
    made = [dome.scaled(z=1.15).painted(plates, shade(shell, 1.5)).moved(y=0.14),
            lathe([(0.6, 0), (0.7, 0.05), (0.66, 0.1)], shade(skin, 0.8), (0, 0.08, 0)).scaled(z=1.15),
            rod((0, 0.2, 0.6), (0, 0.36, 0.88), 0.12, skin), ball((0.17, 0.15, 0.2), (0, 0.42, 0.98), skin),
            rod((0, 0.14, -0.7), (0, 0.1, -0.98), 0.07, skin, 0.01)]
    return made + four(ball((0.2, 0.1, 0.17), (0.5, 0.1, 0.52), skin)) + pair(dot(0.045, (0.1, 0.48, 1.11), BLACK))


def frog(rng: Generator, hue: Colour) -> list[Part]:
    """Sitting: bulging eyes on top of a wide head, the hind legs folded at both sides."""
    wide, light, dark = rng.uniform(0.4, 0.47), (0.88, 0.9, 0.6), shade(hue, 0.72)
    y, z = 0.72, 0.26
    body = tube([(0, 0.12, -0.66), (0, 0.22, -0.58), (0, 0.36, -0.3), (0, 0.5, 0), (0, 0.62, 0.2)],
                [0.06, 0.26, 0.42, 0.42, 0.32], hue, 18)
    mouth = ball((wide * 1.01, 0.03, 0.37), (0, y - 0.04, z + 0.02), shade(hue, 0.35))
    made = [body, ball((0.3, 0.32, 0.2), (0, 0.38, 0.24), light), ball((wide, 0.23, 0.36), (0, y, z), hue),
            ball((wide * 0.93, 0.17, 0.33), (0, y - 0.09, z + 0.02), light), mouth]
    thigh = ball((0.17, 0.21, 0.36), (0, 0, 0), hue).turned("x", 24).turned("y", 14).moved(0.46, 0.25, -0.26)
    hand = [ball((0.045, 0.03, 0.13), (0, 0.03, 0.1), dark).turned("y", a) for a in (-32, 0, 32)]
    arm = tube([(0.27, 0.52, 0.18), (0.4, 0.28, 0.3), (0.34, 0.05, 0.44)], [0.12, 0.09, 0.06], hue)
    return made + pair(thigh, arm, ball((0.11, 0.05, 0.24), (0.5, 0.05, 0.02), dark),
                       *(p.moved(0.34, 0, 0.46) for p in hand), *(p.moved(0.54, 0, 0.16) for p in hand),
                       ball((0.15, 0.16, 0.15), (wide * 0.55, y + 0.21, z + 0.03), hue),
                       ball((0.11, 0.115, 0.07), (wide * 0.57, y + 0.235, z + 0.13), GOLD),
                       dot((0.065, 0.06, 0.05), (wide * 0.57, y + 0.235, z + 0.18), BLACK))


def owl(rng: Generator, hue: Colour) -> list[Part]:
    fat, light = rng.uniform(0.44, 0.5), shade(hue, 1.5)
    made = [lathe(curve([(0, 0), (fat * 0.7, 0.05), (fat, 0.5), (fat * 0.9, 0.95), (0.34, 1.3), (0, 1.36)], 22), hue),
            ball((fat * 0.72, 0.42, 0.2), (0, 0.46, fat * 0.78), light),
            lathe([(0.07, 0), (0, 0.2)], ORANGE).turned("x", 130).moved(0, 0.95, fat + 0.02)]
    wing = ball((0.1, 0.42, 0.26), (fat * 0.94, 0.55, -0.02), shade(hue, 0.7))
    ear = lathe([(0.12, 0), (0, 0.26)], shade(hue, 0.7), corners=12).turned("z", -22).moved(0.24, 1.2, 0.08)
    disc = [ball((0.19, 0.19, 0.06), (0.17, 1.02, fat * 0.84), CREAM),
            ball((0.12, 0.12, 0.05), (0.17, 1.02, fat * 0.84 + 0.04), GOLD),
            dot((0.065, 0.065, 0.05), (0.17, 1.02, fat * 0.84 + 0.07), BLACK)]
    return made + pair(wing, ear, *disc, ball((0.1, 0.05, 0.16), (0.16, 0.03, 0.32), ORANGE))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "teddy bear": (("brown", "brown", "brown", *ANY), teddy_bear),
    "horse": (FUR[:5], horse),
    "dog": (FUR, dog),
    "cat": (FUR, cat),
    "rabbit": (FUR, rabbit),
    "penguin": (NONE, penguin),
    "duck": (("yellow", "yellow", *ANY), duck),
    "fish": (ANY, fish),
    "elephant": (NONE, elephant),
    "giraffe": (NONE, giraffe),
    "pig": (NONE, pig),
    "sheep": (NONE, sheep),
    "turtle": (NONE, turtle),
    "frog": (NONE, frog),
    "owl": (FUR, owl),
}
