"""Unicorns, monkeys and chickens; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, cone, eyes, limb, smile, spike
from .characters import chosen
from .parts import GOLD, WHITE, Color, Part, ball, curve, lathe, pair, rod, shade, tube

MANES = (((0.93, 0.52, 0.62), (0.96, 0.76, 0.44), (0.48, 0.72, 0.86), (0.66, 0.52, 0.82)),            # rainbow
         ((0.90, 0.58, 0.72), (0.72, 0.56, 0.84)), ((0.50, 0.70, 0.88), (0.58, 0.84, 0.82)),
         ((0.95, 0.72, 0.42), (0.93, 0.56, 0.56)))
COMB, BEAK = (0.82, 0.18, 0.16), (0.95, 0.66, 0.20)
FACES = ((0.94, 0.78, 0.60), (0.88, 0.68, 0.50), (0.82, 0.66, 0.54))


def locks(paths, radius: float, colors) -> list[Part]:
    """Strands of a mane or a tail, their colors in turn."""
    return [limb(path, [radius * 0.8, radius, radius * 0.9, radius * 0.2], colors[k % len(colors)], 10, 10) for k,
            path in enumerate(paths)]


def spiral_horn(high: float, radius: float) -> list[Part]:
    """Golden, with a thread, upwards from the origin."""
    t = np.linspace(0.04, 0.92, 26)
    r = radius * (1 - t) * 1.02
    thread = tube(np.stack([r * np.sin(22 * t), high * t, r * np.cos(22 * t)], -1), np.interp(t, [0, 1], [0.03, 0.008]),
                  shade(GOLD, 0.8), 6)
    return [lathe([(radius, 0), (radius * 0.5, high * 0.5), (radius * 0.08, high * 0.99), (0, high)], shade(GOLD, 1.25),
                  corners=16).glossy(0.6), thread]


def graceful_unicorn(rng: Generator, hue: Color) -> list[Part]:
    """Like a fine horse: neck arched, the mane in strands, one foreleg raised in some."""
    mane, hoof, high = chosen(rng, MANES), chosen(rng, (GOLD, (0.42, 0.36, 0.42))), rng.uniform(0.74, 0.84)
    y, light = high + 0.2, shade(hue, 1.25)
    made = [limb([(0, y + 0.02, -0.54), (0, y, -0.2), (0, y + 0.0, 0.2), (0, y + 0.06, 0.44)], [0.27, 0.25, 0.26, 0.24],
                 hue, 14, 20),
            limb([(0, y + 0.06, 0.42), (0, y + 0.36, 0.62), (0, y + 0.66, 0.7)], [0.23, 0.165, 0.14], hue, 9, 16),
            limb([(0, y + 0.72, 0.68), (0, y + 0.66, 0.88), (0, y + 0.52, 1.08)], [0.165, 0.15, 0.11], hue, 9, 16),
            ball((0.115, 0.1, 0.12), (0, y + 0.5, 1.11), light, 14)]
    made += [p.turned("x", 34).moved(0, y + 0.83, 0.8) for p in spiral_horn(rng.uniform(0.48, 0.6), 0.075)]
    made += locks([[(0.02, y + 0.9, 0.74), (0.1, y + 0.86, 0.9), (0.1, y + 0.72, 0.94), (0.08, y + 0.66, 0.96)]]
                  + [[(0.02, y + 0.88 - 0.14 * k, 0.64 - 0.06 * k), (0.14, y + 0.84 - 0.15 * k, 0.5 - 0.07 * k),
                      (0.22, y + 0.66 - 0.16 * k, 0.46 - 0.07 * k),
                      (0.2, y + 0.5 - 0.16 * k, 0.42 - 0.08 * k)] for k in range(5)]
                  + [[(-0.02, y + 0.88 - 0.16 * k, 0.62 - 0.06 * k), (-0.12, y + 0.8 - 0.16 * k, 0.48 - 0.07 * k),
                      (-0.17, y + 0.62 - 0.16 * k, 0.44 - 0.07 * k),
                      (-0.15, y + 0.5 - 0.16 * k, 0.42 - 0.08 * k)] for k in range(4)], 0.085, mane)
    made += locks([[(0.03 * s, y + 0.16, -0.74), (0.09 * s, y + 0.12, -0.98),
                    (0.12 * s, y - 0.22, -1.04 - 0.03 * abs(s)), (0.1 * s, y - 0.52, -1.14 + 0.1 * abs(s))]
                   for s in (-1, 0, 1)], 0.1, mane)
    raised = rng.random() < 0.5
    for s in (-1, 1):
        for z, wide in ((0.38, 0.13), (-0.56, 0.17)):
            knee, foot = (s * 0.14, high * 0.52, z + (0.05 if z > 0 else 0.04)), (s * 0.14, 0.1, z - 0.02)
            if raised and s > 0 and z > 0:
                knee, foot = (s * 0.14, high * 0.66, z + 0.3), (s * 0.14, high * 0.36, z + 0.2)
            made += [limb([(s * 0.14, y - 0.02, z), knee, foot], [wide, 0.08, 0.07], hue, 9, 12),
                     lathe([(0.1, 0), (0.095, 0.06), (0.07, 0.13)], hoof,
                           corners=14).moved(foot[0], foot[1] - 0.1, foot[2] + 0.01).glossy(0.4)]
    ear = [spike((0.09, y + 0.82, 0.66), (0.13, y + 1.04, 0.64), 0.065, hue)]
    return made + pair(*ear, ball(0.028, (0.06, y + 0.52, 1.21), shade(hue, 0.5),
                                  8)) + eyes(0.135, y + 0.73, 0.87, 0.07, WHITE, out=52)


def little_unicorn(rng: Generator, hue: Color) -> list[Part]:
    """A foal for children: big head and eyes, short thick legs."""
    mane, hoof, y = chosen(rng, MANES), chosen(rng, (GOLD, (0.90, 0.60, 0.70), (0.60, 0.52, 0.76))), 0.56
    head = rng.uniform(0.4, 0.46)
    h = y + 0.3 + head
    made = [ball((0.36, 0.35, 0.5), (0, y, -0.16), hue, 24), limb([(0, y + 0.1, 0.16), (0, h - 0.2, 0.28)], [0.24, 0.2],
                                                                  hue, 5, 16),
            ball((head, head * 0.96, head * 0.92), (0, h, 0.34), hue,
                 24), ball((head * 0.66, head * 0.5, head * 0.5), (0, h - head * 0.44, 0.34 + head * 0.7),
                                                                            shade((0.97, 0.82, 0.80), 1.2), 20)]
    made += [p.turned("x", 16).moved(0, h + head * 0.84, 0.46) for p in spiral_horn(rng.uniform(0.42, 0.54), 0.1)]
    made += locks([[(s * 0.04, h + head * 0.9, 0.36), (s * 0.16, h + head * 1.0, 0.6),
                    (s * 0.3, h + head * 0.66, 0.36 + head * 0.76), (s * 0.34, h + head * 0.3, 0.4 + head * 0.66)]
                   for s in (1, -0.4)], 0.12, mane)
    made += locks([[(s * 0.08, h + head * 0.94 - 0.2 * k, 0.24 - 0.14 * k),
                    (s * 0.2, h + head * 0.86 - 0.22 * k, 0.04 - 0.14 * k + 0.04 * k * k),
                    (s * 0.26, h + head * 0.4 - 0.2 * k, -0.08),
                    (s * 0.22, h + 0.02 - 0.2 * k, -0.08)] for k in range(3) for s in (1, -1)], 0.14, mane)
    made += locks([[(0.06 * s, y + 0.16, -0.6), (0.14 * s, y + 0.36, -0.86), (0.22 * s, y + 0.1, -1.06),
                    (0.2 * s, y - 0.3, -1.0)] for s in (-1, 0, 1)], 0.14, mane)
    legs = [limb([(0.2, y - 0.1, z), (0.21, 0.18, z)], [0.15, 0.14], hue, 5, 14) for z in (0.14, -0.42)]
    legs += [lathe([(0.16, 0), (0.155, 0.1), (0.13, 0.14)], hoof, (0.21, 0, z), 16).glossy(0.4) for z in (0.14, -0.42)]
    ear = [p.turned("z", -22).moved(head * 0.62, h + head * 0.68, 0.3)
           for p in (cone(0.12, 0.3, hue, 14).scaled(z=0.6),
                     cone(0.075, 0.2, (0.95, 0.66, 0.72), 12).scaled(z=0.4).moved(z=0.06))]
    nose = ball((0.03, 0.04, 0.02), (0.09, h - head * 0.36, 0.34 + head * 1.18), (0.75, 0.5, 0.52), 8)
    return made + pair(*legs, *ear, nose, ball((0.08, 0.05, 0.04), (head * 0.74, h - head * 0.2, 0.34 + head * 0.62),
                                               (0.95, 0.62, 0.68), 10)) + [
        smile(h - head * 0.66, 0.34 + head * 1.16, 0.09, 0.05, 0.022, (0.62, 0.36, 0.4),
              0.03)] + eyes(head * 0.5, h + 0.03, 0.34 + head * 0.78, 0.115, BLACK, out=24)


def resting_unicorn(rng: Generator, hue: Color) -> list[Part]:
    """Lying with its legs folded, the head high, a wreath of mane."""
    mane, hoof, y = chosen(rng, MANES), chosen(rng, (GOLD, (0.90, 0.60, 0.70), (0.60, 0.52, 0.76))), 0.36
    head, side = rng.uniform(0.27, 0.31), rng.choice([-1, 1])
    h = 1.16
    made = [limb([(0, y, -0.62), (0, y + 0.02, -0.2), (0, y + 0.03, 0.24)], [0.34, 0.33, 0.32], hue, 10, 22),
            limb([(0, y + 0.12, 0.28), (0, y + 0.44, 0.46), (0, h - 0.04, 0.46)], [0.28, 0.2, 0.18], hue, 9, 18),
            ball((head, head * 0.98, head), (0, h, 0.5), hue, 22), limb([(0, h - 0.04, 0.6), (0, h - 0.14, 0.84)],
                                                                        [head * 0.76, head * 0.6], shade(hue, 1.1), 6,
                                                                        18)]
    made += [p.turned("x", 24).moved(0, h + head * 0.84, 0.6) for p in spiral_horn(rng.uniform(0.42, 0.54), 0.08)]
    made += locks([[(s * 0.03, h + head * 0.96, 0.5), (s * 0.12, h + head * 0.98, 0.68),
                    (s * 0.2, h + head * 0.5, 0.5 + head * 0.85), (s * 0.22, h + 0.02, 0.5 + head * 0.7)]
                   for s in (1, -0.5)]
                  + [[(s * 0.05, h + head * 0.9 - 0.17 * k, 0.36 - 0.03 * k),
                      (s * 0.16, h + head * 0.8 - 0.18 * k, 0.2 - 0.03 * k), (s * 0.26, h - 0.06 - 0.17 * k, 0.22),
                      (s * 0.24, h - 0.26 - 0.15 * k, 0.26)] for k in range(4) for s in (1, -1)], 0.1, mane)
    made += locks([[(0, y + 0.2, -0.88), (side * 0.2, y + 0.12, -1.16), (side * (0.5 + 0.08 * k), 0.12 + 0.04 * k,
                                                                         -0.98 - 0.08 * k), (side * (0.72 + 0.06 * k),
                                                                           0.1 + 0.1 * k, -0.58)]
                   for k in (-1, 0, 1)], 0.11, mane)
    for s in (-1, 1):
        front = [(s * 0.2, 0.22, 0.36), (s * 0.24, 0.12, 0.76),
                 (s * 0.2, 0.1, 0.52)] if s == side else [(s * 0.2, 0.22, 0.36), (s * 0.24, 0.12, 0.64),
                                                          (s * 0.22, 0.1, 0.94)]
        way = np.array(front[2]) - front[1]
        end = np.array(front[2]) + 0.1 * way / np.linalg.norm(way)
        made += [limb(front, [0.15, 0.1, 0.09], hue, 11, 12), ball(0.11, tuple(end), hoof, 12).glossy(0.4),
                 ball((0.18, 0.27, 0.32), (s * 0.28, 0.28, -0.56), hue, 16),
                 limb([(s * 0.36, 0.12, -0.6), (s * 0.42, 0.1, -0.2)], [0.11, 0.09], hue, 5, 12),
                 ball(0.11, (s * 0.43, 0.1, -0.1), hoof, 12).glossy(0.4)]
    ear = spike((head * 0.56, h + head * 0.7, 0.44), (head * 0.8, h + head * 1.5, 0.42), 0.08, hue)
    return made + pair(ear, ball(0.03, (0.08, h - 0.12, 1.0), shade(hue, 0.55),
                                 8)) + [smile(h - 0.24, 0.97, 0.09, 0.04, 0.02, shade(hue, 0.5), 0.06)] + eyes(
        head * 0.72, h + 0.05, 0.5 + head * 0.68, 0.09, WHITE, out=40)


def monkey_head(y: float, z: float, size: float, hue: Color, face: Color) -> list[Part]:
    """Round ears, a face like a heart, a muzzle that smiles."""
    made = [ball((size, size * 0.94, size * 0.92), (0, y, z), hue, 24).finished("fur", 0.22, amount=0.7),
            ball((size * 0.62, size * 0.44, size * 0.4), (0, y - size * 0.36, z + size * 0.68), face, 20),
            smile(y - size * 0.56, z + size * 1.03, size * 0.34, size * 0.16, size * 0.05, shade(face, 0.35),
                  size * 0.12),
            *pair(ball((size * 0.4, size * 0.42, size * 0.3), (size * 0.3, y + size * 0.1, z + size * 0.64), face, 18),
                  ball((size * 0.34, size * 0.38, size * 0.16), (size * 1.06, y + size * 0.02, z), hue, 16),
                  ball((size * 0.22, size * 0.26, size * 0.12), (size * 1.1, y + size * 0.02, z + size * 0.09), face,
                       14),
                  ball((size * 0.05, size * 0.06, size * 0.04), (size * 0.1, y - size * 0.2, z + size * 1.04),
                       shade(face, 0.4), 8))]
    return made + eyes(size * 0.32, y + size * 0.14, z + size * 0.86, size * 0.16, BLACK, out=14)


def sitting_monkey(rng: Generator, hue: Color) -> list[Part]:
    """Arms hang to the knees, the tail rises behind in a curl; some hold a banana."""
    face, fat = chosen(rng, FACES), rng.uniform(0.38, 0.44)
    curl = rng.choice([-1, 1])
    made = [lathe(curve([(0, 0), (fat * 0.9, 0.06), (fat, 0.34), (fat * 0.7, 0.76), (0.2, 1.0), (0, 1.02)], 16),
                  hue).scaled(z=0.9).finished("fur", 0.09, amount=0.7),
            ball((fat * 0.7, 0.34, 0.16), (0, 0.44, fat * 0.74), face, 18),
            *monkey_head(1.26, 0.08, rng.uniform(0.42, 0.48), hue, face),
            limb([(0, 0.12, -fat * 0.7), (curl * 0.3, 0.1, -0.72), (curl * 0.6, 0.4, -0.74), (curl * 0.62, 0.8, -0.62),
                  (curl * 0.42, 0.96, -0.56), (curl * 0.36, 0.78, -0.56)],
                 [0.085, 0.075, 0.06], hue, 16, 10)]
    leg = limb([(fat * 0.6, 0.18, 0.06), (fat * 1.1, 0.34, 0.36), (fat * 1.0, 0.12, 0.56)], [0.17, 0.14, 0.1], hue, 8,
               12)
    foot = ball((0.13, 0.09, 0.22), (fat * 1.04, 0.09, 0.66), face, 14)
    hold = rng.random() < 0.6
    for s in (-1, 1):
        hand = (s * 0.34, 0.66, 0.66) if hold and s > 0 else (s * fat * 1.12, 0.36, 0.52)
        made += [limb([(s * fat * 0.66, 0.86, 0.04), (s * fat * 1.36, 0.6, 0.2), hand], [0.13, 0.105, 0.09], hue, 9,
                      12), ball((0.115, 0.11, 0.12), hand, face, 12)]
    if hold:
        made += [tube(curve([(0.14, 0.56, 0.76), (0.22, 0.62, 0.82), (0.36, 0.82, 0.82), (0.42, 1.06, 0.74),
                             (0.41, 1.14, 0.72)], 10), [0.03, 0.075, 0.095, 0.1, 0.1, 0.1, 0.095, 0.08, 0.04, 0.03],
                      (0.95, 0.80, 0.26), 10)]
    return made + pair(leg, foot)


def climbing_monkey(rng: Generator, hue: Color) -> list[Part]:
    """Upright on two legs, one arm raised, the tail like a question mark."""
    face, up = chosen(rng, FACES), rng.choice([-1, 1])
    made = [limb([(0, 0.56, -0.02), (0, 0.8, 0.0), (0, 1.06, 0.02)], [0.27, 0.29, 0.23], hue, 9,
                 18).finished("fur", 0.09, amount=0.7), ball((0.2, 0.28, 0.12), (0, 0.76, 0.21), face, 16),
            *monkey_head(1.52, 0.08, rng.uniform(0.38, 0.43), hue, face),
            limb([(0, 0.46, -0.22), (0, 0.34, -0.56), (0, 0.66, -0.86), (0, 1.02, -0.76), (0, 1.1, -0.54),
                  (0, 0.92, -0.5)], [0.08, 0.07, 0.055], hue, 16, 10)]
    for s in (-1, 1):
        elbow, hand = ((s * 0.62, 1.16, 0.1),
                       (s * 0.74, 1.66, 0.12)) if s == up else ((s * 0.5, 0.8, 0.08), (s * 0.46, 0.46, 0.24))
        made += [limb([(s * 0.2, 1.08, 0.0), elbow, hand], [0.125, 0.1, 0.085], hue, 9, 12),
                 ball((0.11, 0.13, 0.1), hand, face, 12),
                 limb([(s * 0.15, 0.5, 0), (s * 0.27, 0.3, 0.1), (s * 0.24, 0.1, 0.0)], [0.16, 0.125, 0.1], hue, 8, 12),
                 ball((0.13, 0.085, 0.22), (s * 0.25, 0.085, 0.1), face, 14)]
    return made


def chicken_legs(x: float, z: float, high: float, color: Color) -> list[Part]:
    """Right leg: a shank and three toes in front, one behind."""
    made = [rod((x, high, z), (x, 0.06, z + 0.02), 0.05, color, 0.045, 10)]
    return made + [limb([(x, 0.06, z + 0.02), (x + dx, 0.04, z + dz)], [0.05, 0.035], color, 4, 8) for dx,
                   dz in ((-0.11, 0.2), (0, 0.26), (0.11, 0.2), (0, -0.16))]


def comb(y: float, z: float, size: float) -> list[Part]:
    return [ball((0.055, size * s, size * 0.62), (0, y + d, z + k * size * 0.72), COMB, 14) for k, s,
            d in ((1, 0.85, 0.0), (0, 1.1, 0.03), (-1, 0.8, 0.0))]


def hen(rng: Generator, hue: Color) -> list[Part]:
    """A plump bird with a short upright tail, comb and wattles."""
    fat, y = rng.uniform(0.38, 0.44), 0.66
    made = [limb([(0, y + 0.32, -0.62), (0, y + 0.1, -0.36), (0, y, 0.0), (0, y + 0.14, 0.26), (0, y + 0.44, 0.4),
                  (0, y + 0.66, 0.44)], [0.12, 0.33, fat + 0.03, 0.33, 0.2, 0.19], hue, 20, 22
                 ).finished("scales", 0.13), *comb(y + 0.9, 0.42, 0.11),
            cone(0.1, 0.24, BEAK, 12).scaled(z=0.8).turned("x", 96).moved(0, y + 0.66, 0.6)]
    made += [limb([(0.06 * k, y + 0.2, -0.44), (0.1 * k, y + 0.5, -0.66), (0.13 * k, y + 0.66 - 0.05 * abs(k), -0.7)],
                  [0.15, 0.13, 0.07],
                  shade(hue, 0.9 - 0.08 * abs(k)), 8, 12) for k in (-1, -0.5, 0, 0.5, 1)]
    wing = [ball((0.09, 0.24, 0.38), (fat + 0.01, y + 0.06, -0.08), shade(hue, 0.82), 18).finished("scales", 0.3),
            ball((0.08, 0.13, 0.24), (fat + 0.0, y + 0.02, -0.36), shade(hue, 0.7), 14)]
    return made + pair(*wing, *chicken_legs(0.17, 0.02, y - 0.3, BEAK),
                       ball((0.05, 0.11, 0.06), (0.06, y + 0.5, 0.62), COMB,
                            10)) + eyes(0.145, y + 0.74, 0.54, 0.055, BLACK, out=48)


def rooster(rng: Generator, hue: Color) -> list[Part]:
    """Proud: chest out, a tall comb, sickle feathers for a tail."""
    y, dark = 0.78, chosen(rng, ((0.12, 0.26, 0.24), (0.16, 0.18, 0.30), shade(hue, 0.4)))
    hackle = chosen(rng, ((0.93, 0.62, 0.22), shade(hue, 1.3), (0.80, 0.40, 0.16)))
    made = [limb([(0, y + 0.22, -0.46), (0, y + 0.04, -0.2), (0, y + 0.04, 0.1), (0, y + 0.26, 0.28)],
                 [0.16, 0.31, 0.34, 0.24], hue, 14, 22).finished("scales", 0.13),
            limb([(0, y + 0.3, 0.22), (0, y + 0.6, 0.36), (0, y + 0.86, 0.38)], [0.28, 0.2, 0.17], hackle, 10,
                 18).finished("fur", 0.07),
            ball((0.18, 0.18, 0.19), (0, y + 0.92, 0.42), hue, 18), *comb(y + 1.12, 0.4, 0.15),
            cone(0.095, 0.25, BEAK, 12).scaled(z=0.8).turned("x", 98).moved(0, y + 0.9, 0.57)]
    for k in range(5):
        x, rise = 0.07 * (k - 2), rng.uniform(0.9, 1.1)
        made.append(limb([(x * 0.5, y + 0.2, -0.46), (x * 1.5, y + (0.86 - 0.1 * abs(k - 2)) * rise, -0.62),
                          (x * 2.2, y + 0.82 * rise - 0.12 * abs(k - 2), -1.0), (x * 2.4, y + 0.34, -1.16)],
                         [0.08, 0.085, 0.07, 0.03], dark if k % 2 == 0 else shade(dark, 1.25), 12, 10))
    wing = [ball((0.09, 0.22, 0.36), (0.3, y + 0.06, -0.06), shade(hue, 0.78), 18).finished("scales", 0.3),
            ball((0.08, 0.11, 0.24), (0.3, y, -0.34), dark, 14)]
    thigh = ball((0.13, 0.2, 0.15), (0.16, y - 0.24, 0.02), hue, 14)
    return made + pair(*wing, thigh, *chicken_legs(0.16, 0.02, y - 0.3, BEAK),
                       ball((0.055, 0.14, 0.07), (0.065, y + 0.7, 0.58), COMB,
                            10)) + eyes(0.14, y + 0.97, 0.52, 0.055, WHITE, out=46)


def round_chicken(rng: Generator, hue: Color) -> list[Part]:
    """A toy like an egg, with stubby wings."""
    fat, y = rng.uniform(0.5, 0.56), 0.2
    made = [lathe(curve([(0, y), (fat * 0.8, y + 0.08), (fat, y + 0.44), (fat * 0.84, y + 0.88), (fat * 0.5, y + 1.16),
                         (0, y + 1.26)], 20), hue, corners=28),
            *comb(y + 1.3, 0.02, 0.14), ball((0.07, 0.13, 0.06), (0, y + 0.63, fat * 0.96), COMB, 12),
            cone(0.13, 0.24, BEAK, 14).scaled(z=0.7).turned("x", 96).moved(0, y + 0.8, fat * 0.82)]
    made += [limb([(0.1 * k, y + 0.3, -fat * 0.9), (0.16 * k, y + 0.6, -fat * 1.3),
                   (0.18 * k, y + 0.76 - 0.08 * abs(k), -fat * 1.36)], [0.12, 0.1],
                  shade(hue, 0.84), 7, 12) for k in (-1, 0, 1)]
    wing = ball((0.1, 0.26, 0.24), (0, -0.2, 0), shade(hue, 0.88), 16).turned("z", 30).moved(fat * 0.9, y + 0.7, 0)
    return made + pair(wing, *chicken_legs(0.2, 0.06, y + 0.14, BEAK),
                       ball((0.08, 0.05, 0.04), (0.28, y + 0.74, fat * 0.78), (0.95, 0.62, 0.55),
                            10)) + eyes(0.18, y + 0.9, fat * 0.76, 0.085, BLACK, out=16)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "unicorn": (("white", "white", "white", "pink", "purple", "blue"), graceful_unicorn, little_unicorn,
                resting_unicorn),
    "monkey": (("brown", "brown", "brown", "black", "grey", "orange"), sitting_monkey, climbing_monkey),
    "chicken": (("white", "white", "white", "brown", "brown", "orange", "black"), hen, rooster, round_chicken),
}
