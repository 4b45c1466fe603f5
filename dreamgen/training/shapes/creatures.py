"""Creatures of tales and of old: dragons and dinosaurs; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, bat_wing, eyes, horn, limb, smile, spike
from .characters import chosen
from .parts import GOLD, WHITE, Color, Part, ball, curve, lathe, moved, pair, shade, turned

IVORY, TONGUE = (0.93, 0.88, 0.76), (0.80, 0.30, 0.32)
BELLIES = ((0.93, 0.84, 0.62), (0.90, 0.88, 0.78), (0.95, 0.78, 0.55))


def spines(path, radius: float, size: float, color: Color, count: int, thin: float = 0.45) -> list[Part]:
    """A row of plates upright on a back that runs along ``path`` [(y, z), ...], smaller towards its ends."""
    way, made = curve(path, count + 2), []
    for k in range(1, count + 1):
        step = way[k + 1] - way[k - 1]
        y, z = way[k]
        up = np.array([-step[1], step[0]]) / np.linalg.norm(step)
        up = up if step[1] < 0 else -up
        high = size * (0.55 + 0.45 * np.sin(np.pi * k / (count + 1)))
        base = np.array([y, z]) + up * radius
        tip = base + up * high - 0.25 * high * step / np.linalg.norm(step)
        made.append(spike((0, *base), (0, *tip), high * 0.5, color, thin))
    return made


def claws(x: float, z: float, size: float, color: Color = IVORY) -> list[Part]:
    """Three in front of a foot."""
    return [spike((x + s * size * 0.55, size * 0.3, z), (x + s * size * 0.75, size * 0.12, z + size * 0.7), size * 0.28,
                  color)
            for s in (-1, 0, 1)]


def sitting_dragon(rng: Generator, hue: Color) -> list[Part]:
    """A dragon's child: big head, round belly, small wings, tail curled to the side."""
    fat, belly, horned = rng.uniform(0.42, 0.5), chosen(rng, BELLIES), chosen(rng, (IVORY, GOLD, shade(hue, 0.5)))
    webs, y = shade(hue, 1.4) if rng.random() < 0.5 else belly, 1.32
    made = [lathe(curve([(0, 0.02), (fat * 0.86, 0.06), (fat, 0.34), (fat * 0.8, 0.72), (fat * 0.52, 1.1), (0, 1.3)],
                        18), hue
                  ).finished("scales", 0.1), ball((fat * 0.7, 0.46, 0.2), (0, 0.5, fat * 0.72), belly).finished(
                      "stripes", 0.09, shade(belly, 0.84)),
            ball((0.44, 0.38, 0.4), (0, y, 0.08), hue, 22), ball((0.29, 0.2, 0.26), (0, y - 0.12, 0.42),
                                                                 shade(hue, 1.12)),
            smile(y - 0.2, 0.69, 0.2, 0.06, 0.025, shade(hue, 0.4), 0.12),
            limb([(0, 0.2, -0.3), (0.42, 0.14, -0.5), (0.74, 0.14, -0.2), (0.8, 0.16, 0.2), (0.72, 0.2, 0.46)],
                 [0.26, 0.2, 0.16, 0.11, 0.06], hue, 14).finished("scales", 0.1),
            ball((0.13, 0.06, 0.17), (0.68, 0.22, 0.56), horned, 12)]
    made += spines([(0.4, -fat * 0.98), (0.9, -fat * 0.66), (1.2, -0.24), (1.6, -0.22), (1.72, 0.08)], -0.03, 0.2,
                   horned, 6)
    arm = limb([(fat * 0.6, 0.9, 0.16), (fat * 0.95, 0.72, 0.34), (fat * 0.7, 0.6, 0.5)], [0.13, 0.12, 0.1], hue)
    foot = [ball((0.19, 0.24, 0.28), (fat * 0.86, 0.24, 0.16), hue, 16),
            ball((0.16, 0.11, 0.26), (fat * 0.86, 0.11, 0.42), hue, 14)]
    wing = [p.turned("y", 24).turned("z", 6).moved(0.14, 0.86, -fat * 0.72)
            for p in bat_wing(rng.uniform(0.66, 0.86), webs, hue)]
    nostril = ball(0.035, (0.1, y - 0.04, 0.66), shade(hue, 0.4), 8)
    ear = spike((0.36, y + 0.12, 0.02), (0.66, y + 0.22, -0.04), 0.12, hue, 0.9)
    made += pair(arm, *foot, *claws(fat * 0.86, 0.6, 0.15), *wing, nostril, ear,
                 horn([(0.2, y + 0.3, -0.02), (0.28, y + 0.5, -0.1), (0.28, y + 0.66, -0.24)], 0.1, horned))
    return made + eyes(0.2, y + 0.1, 0.4, 0.115, out=16,
                       iris=chosen(rng, (BLACK, (0.85, 0.6, 0.15), (0.25, 0.55, 0.3))))


def standing_dragon(rng: Generator, hue: Color) -> list[Part]:
    """On four legs, wings raised, the neck like an S, a long tail with a point."""
    belly, horned, up = chosen(rng, BELLIES), chosen(rng, (IVORY, shade(hue, 0.45))), rng.uniform(0.95, 1.15)
    webs = chosen(rng, (shade(hue, 1.35), shade(hue, 0.65), belly))
    y = 0.66
    back = [(0, 0.28, -1.7), (0, 0.36, -1.3), (0, 0.6, -0.8), (0, y + 0.1, -0.4), (0, y + 0.06, 0.0),
            (0, y + 0.12, 0.34),
            (0, y + 0.46, 0.6), (0, y + up * 0.8, 0.62), (0, y + up, 0.86)]
    radii = [0.05, 0.1, 0.17, 0.28, 0.31, 0.29, 0.2, 0.15, 0.16]
    head = y + up + 0.02
    made = [limb(back, radii, hue, 26, 18).finished("scales", 0.11),
            limb([(0, y - 0.06, -0.4), (0, y - 0.12, 0.0), (0, y, 0.42), (0, y + 0.36, 0.72), (0, y + up * 0.8, 0.72)],
                 [0.16, 0.24, 0.22, 0.14, 0.09], belly, 14, 14).finished("stripes", 0.08, shade(belly, 0.82)),
            ball((0.21, 0.19, 0.25), (0, head, 0.92), hue), ball((0.15, 0.1, 0.25), (0, head + 0.0, 1.16), hue, 16),
            ball((0.13, 0.06, 0.23), (0, head - 0.12, 1.1), shade(hue, 0.8), 14),
            ball((0.1, 0.03, 0.2), (0, head - 0.08, 1.14), TONGUE, 12)]
    made += spines([(0.4, -1.5), (0.62, -0.82), (y + 0.1, -0.4), (y + 0.06, 0.0), (y + 0.14, 0.32)], 0.2, 0.22, horned,
                   8)
    made += spines([(y + 0.4, 0.5), (y + up * 0.75, 0.58), (y + up + 0.1, 0.78)], 0.12, 0.17, horned, 3)
    made += [spike((0, 0.28, -1.66), (0, 0.24, -2.0), 0.17, horned)]
    front, hind = rng.uniform(-0.05, 0.08), rng.uniform(-0.05, 0.08)
    legs = [limb([(0.24, y + 0.04, 0.3), (0.3, 0.36, 0.24 + front), (0.28, 0.1, 0.34 + front)], [0.17, 0.12, 0.1], hue),
            limb([(0.26, y + 0.02, -0.42), (0.34, 0.4, -0.34 + hind), (0.32, 0.26, -0.56 + hind),
                  (0.3, 0.1, -0.46 + hind)],
                 [0.2, 0.17, 0.11, 0.1], hue)]
    legs += [ball((0.14, 0.085, 0.18), (x, 0.085, z), hue, 14) for x, z in ((0.28, 0.4 + front), (0.3, -0.4 + hind))]
    legs += claws(0.28, 0.52 + front, 0.13) + claws(0.3, -0.28 + hind, 0.13)
    wing = turned(turned(bat_wing(rng.uniform(1.0, 1.25), webs, hue, 0.06), "x", -14), "y", rng.uniform(24, 40))
    wing = moved(turned(wing, "z", 14), 0.16, y + 0.24, 0.16)
    made += pair(*legs, *wing, horn([(0.11, head + 0.12, 0.84), (0.16, head + 0.26, 0.7), (0.18, head + 0.42, 0.48)],
                                    0.075, horned),
                 spike((0.17, head - 0.04, 0.84), (0.34, head + 0.02, 0.66), 0.07, horned),
                 ball(0.035, (0.07, head + 0.07, 1.35), shade(hue, 0.4), 8),
                 *(spike((x, head - 0.05, z), (x, head - 0.13, z), 0.03, WHITE) for x, z in ((0.09, 1.3), (0.11, 1.2))),
                 spike((0.13, head + 0.13, 1.02), (0.11, head + 0.2, 0.84), 0.06, hue))
    return made + eyes(0.16, head + 0.08, 1.03, 0.065, GOLD, out=38)


def serpent_dragon(rng: Generator, hue: Color) -> list[Part]:
    """Of the east: a long body in waves, a mane, antlers, whiskers, short legs."""
    belly, mane, high = (0.95, 0.83, 0.52), chosen(rng, ((0.90, 0.50, 0.18), (0.86, 0.22, 0.16), (0.93, 0.78, 0.30),
                                                         (0.25, 0.5, 0.5))), rng.uniform(0.28, 0.36)
    path = curve([(0.3, 0.9, -1.6), (-0.1, 0.6, -1.4), (-0.3, high * 0.9, -1.0), (0.1, high + 0.2, -0.6),
                  (0.34, high + 0.3, -0.2),
                  (0.1, high * 0.85, 0.2), (-0.22, high + 0.1, 0.5), (-0.12, 0.85, 0.66), (0, 1.12, 0.56),
                  (0, 1.2, 0.82)], 34)
    radii = np.interp(np.linspace(0, 1, 34), [0, 0.2, 0.5, 0.85, 1], [0.05, 0.16, 0.22, 0.2, 0.17])
    y, z = 1.24, 0.98
    made = [limb(path, radii, hue, 34, 14).finished("scales", 0.1), limb(path[2:30] - (0, 0.1, -0.03),
                                                                         radii[2:30] * 0.72, belly, 28, 10
                                                                       ).finished("stripes_z", 0.06,
                                                                           shade(belly, 0.82)),
            ball((0.26, 0.23, 0.26), (0, y, z - 0.06), hue), ball((0.2, 0.13, 0.26), (0, y - 0.02, z + 0.2), hue, 16),
            ball((0.16, 0.07, 0.24), (0, y - 0.17, z + 0.14), belly, 14),
            ball((0.14, 0.05, 0.22), (0, y - 0.11, z + 0.17), TONGUE, 12)]
    for k in range(3, 30, 3):
        a, step = path[k], path[k + 1] - path[k - 1]
        made.append(spike(tuple(a + (0, radii[k] * 0.8, 0)), tuple(a + (0, radii[k] + 0.17, 0) - 1.2 * step), 0.09,
                          mane))
    made += [limb([(0.3, 0.9, -1.6), (0.42 + 0.14 * s, 1.04 + 0.04 * abs(s), -1.72),
                   (0.46 + 0.3 * s, 1.24 - 0.1 * abs(s), -1.72)],
                  [0.06, 0.09, 0.015], mane, 7, 8) for s in (-1, 0, 1)]
    made += [limb([(0.2 * np.sin(a), y + 0.16 * np.cos(a), z - 0.2), (0.36 * np.sin(a), y + 0.3 * np.cos(a), z - 0.38),
                   (0.46 * np.sin(a), y + 0.36 * np.cos(a), z - 0.62)], [0.1, 0.1, 0.015], mane, 7, 8)
             for a in np.linspace(-2.4, 2.4, 9)]
    for k, s in ((13, 1), (13, -1), (25, 1), (25, -1)):
        x0, y0, z0 = path[k]
        made += [limb([(x0 + s * 0.1, y0 - 0.05, z0), (x0 + s * 0.26, y0 - 0.16, z0 + 0.04),
                       (x0 + s * 0.27, 0.08, z0 + 0.12)],
                      [0.12, 0.09, 0.07], hue, 7, 10), *claws(x0 + s * 0.27, z0 + 0.14, 0.13, GOLD)]
    antler = [limb([(0.12, y + 0.16, z - 0.08), (0.2, y + 0.36, z - 0.18), (0.26, y + 0.58, z - 0.22)], [0.05, 0.03],
                   IVORY, 7, 8),
              limb([(0.19, y + 0.34, z - 0.17), (0.32, y + 0.44, z - 0.12)], [0.04, 0.025], IVORY, 4, 8)]
    made += pair(*antler, limb([(0.13, y - 0.02, z + 0.38), (0.34, y + 0.06, z + 0.5), (0.5, y - 0.08, z + 0.36),
                                (0.6, y + 0.06, z + 0.2)],
                               [0.035, 0.03, 0.02], mane, 9, 8), ball((0.07, 0.06, 0.06), (0.1, y + 0.08, z + 0.4), hue,
                                                                      10),
                 limb([(0.08, y + 0.2, z + 0.1), (0.2, y + 0.22, z + 0.06), (0.3, y + 0.32, z - 0.02)], [0.05, 0.03],
                      mane, 5, 8),
                 spike((0.09, y - 0.08, z + 0.36), (0.09, y - 0.18, z + 0.37), 0.035, WHITE))
    return made + eyes(0.15, y + 0.12, z + 0.14, 0.085, GOLD, out=24)


def hunter(rng: Generator, hue: Color) -> list[Part]:
    """Tyrannosaurus: big jaws with teeth, tiny arms, two strong legs."""
    belly, dark, open_ = chosen(rng, BELLIES), shade(hue, 0.62), rng.uniform(0.06, 0.12)
    y, z = 1.42, 0.62
    body = limb([(0, 0.62, -1.3), (0, 0.72, -0.85), (0, 0.84, -0.4), (0, 0.88, 0.02), (0, 1.1, 0.34), (0, y, 0.5)],
                [0.05, 0.15, 0.29, 0.37, 0.29, 0.22], hue, 22, 18)
    made = [body.finished("stripes_z", 0.16, dark) if rng.random() < 0.5 else body.finished("scales", 0.11),
            limb([(0, 0.7, -0.3), (0, 0.74, 0.12), (0, 1.0, 0.46), (0, 1.22, 0.6)], [0.14, 0.3, 0.22, 0.12], belly, 10,
                 14),
            ball((0.27, 0.25, 0.3), (0, y + 0.04, z), hue),
            limb([(0, y + 0.04, z), (0, y + 0.03, z + 0.3), (0, y + 0.0, z + 0.46)],
                                                               [0.25, 0.21, 0.17], hue, 8, 16),
            limb([(0, y - 0.18, z + 0.02), (0, y - 0.2 - open_, z + 0.26), (0, y - 0.2 - 1.6 * open_, z + 0.46)],
                 [0.19, 0.16, 0.12],
                 shade(hue, 0.85), 8, 14), limb([(0, y - 0.1, z + 0.1), (0, y - 0.1 - open_, z + 0.46)], [0.16, 0.12],
                                                TONGUE, 5, 12)]
    made += pair(*(spike((0.155 - 0.02 * k, y - 0.1, z + 0.56 - 0.12 * k),
                         (0.15 - 0.02 * k, y - 0.22, z + 0.57 - 0.12 * k), 0.04, WHITE)
                   for k in range(3)),
                 spike((0.05, y - 0.12, z + 0.6), (0.05, y - 0.22, z + 0.61), 0.04, WHITE),
                 ball(0.035, (0.09, y + 0.12, z + 0.58), shade(hue, 0.4), 8),
                 limb([(0.17, y + 0.19, z + 0.2), (0.17, y + 0.22, z + 0.02)], [0.07, 0.06], dark, 4, 8),
                 limb([(0.26, 1.06, 0.46), (0.34, 0.92, 0.6), (0.28, 0.9, 0.74)], [0.085, 0.06], hue, 7, 10),
                 *(spike((0.28 + s * 0.035, 0.9, 0.76), (0.28 + s * 0.05, 0.86, 0.87), 0.03, IVORY) for s in (-1, 1)))
    swing = rng.uniform(0.0, 0.16)
    for s in (-1, 1):
        k = s * swing
        made += [limb([(s * 0.26, 0.82, -0.1), (s * 0.34, 0.56, 0.14 + k), (s * 0.34, 0.34, -0.12 + k),
                       (s * 0.33, 0.1, 0.0 + k)],
                      [0.25, 0.2, 0.12, 0.11], hue, 11, 14), ball((0.17, 0.1, 0.25), (s * 0.33, 0.1, 0.1 + k), hue, 14),
                 *claws(s * 0.33, 0.28 + k, 0.16)]
    return made + eyes(0.205, y + 0.14, z + 0.16, 0.075, chosen(rng, (GOLD, WHITE)), out=48)


def long_neck(rng: Generator, hue: Color) -> list[Part]:
    """Brachiosaurus: a small friendly head on a long neck, legs like columns."""
    belly, up, spotted = shade(hue, 1.35), rng.uniform(1.0, 1.3), rng.random() < 0.5
    y = 0.78
    body = limb([(0, 0.16, -1.5), (0, 0.36, -1.2), (0, 0.66, -0.75), (0, y, -0.3), (0, y + 0.02, 0.1),
                 (0, y + 0.3, 0.46), (0, y + up * 0.7, 0.62),
                 (0, y + up, 0.72)], [0.05, 0.1, 0.22, 0.38, 0.37, 0.22, 0.14, 0.13], hue, 26, 18)
    made = [body.finished("speckled", 0.16, shade(hue, 0.6)) if spotted else body.finished("leather", 0.1),
            ball((0.3, 0.24, 0.56), (0, y - 0.18, -0.1), belly), ball((0.17, 0.16, 0.2), (0, y + up + 0.05, 0.8), hue,
                                                                      18),
            ball((0.15, 0.11, 0.19), (0, y + up, 0.95), hue, 16), smile(y + up - 0.03, 1.13, 0.1, 0.03, 0.02,
                                                                        shade(hue, 0.4), 0.07)]
    leg = [limb([(0.24, y - 0.08, z), (0.27, 0.4, z + 0.02), (0.27, 0.12, z)], [0.2, 0.15, 0.15], hue, 7, 14)
           for z in (0.24, -0.46)]
    nail = [ball((0.05, 0.06, 0.04), (0.27 + s * 0.09, 0.06, z + 0.14 - 0.03 * abs(s)), IVORY, 8) for z in (0.24, -0.46)
            for s in (-1, 0, 1)]
    foot = [lathe([(0.17, 0), (0.16, 0.14)], hue, (0.27, 0, z), 16) for z in (0.24, -0.46)]
    return made + pair(*leg, *foot, *nail, ball(0.025, (0.05, y + up + 0.06, 1.12), shade(hue, 0.4), 8)) + eyes(
        0.13, y + up + 0.12, 0.88, 0.06, out=42)


def plated(rng: Generator, hue: Color) -> list[Part]:
    """Stegosaurus: a row of plates along the back, thorns on the tail."""
    plate, y = chosen(rng, ((0.85, 0.42, 0.20), (0.93, 0.70, 0.28), (0.45, 0.55, 0.62), shade(hue, 0.5))), 0.74
    body = limb([(0, 0.5, -1.5), (0, 0.56, -1.15), (0, 0.72, -0.72), (0, y + 0.08, -0.3), (0, y, 0.14), (0, 0.52, 0.56),
                 (0, 0.46, 0.86)],
                [0.05, 0.11, 0.22, 0.38, 0.36, 0.2, 0.14], hue, 24, 18)
    made = [body.finished("scales", 0.12), ball((0.28, 0.22, 0.5), (0, y - 0.2, -0.08), shade(hue, 1.35)),
            ball((0.16, 0.15, 0.22), (0, 0.48, 0.94), hue, 16), ball((0.12, 0.1, 0.15), (0, 0.43, 1.1), hue, 14),
            smile(0.4, 1.24, 0.09, 0.03, 0.02, shade(hue, 0.4), 0.07)]
    large = rng.uniform(0.42, 0.54)
    for (h, z), size in zip(curve([(0.62, 0.56), (1.0, 0.24), (1.14, -0.2), (1.0, -0.62), (0.72, -1.02)], 7),
                            (0.45, 0.75, 1.0, 1.0, 0.8, 0.55, 0.4)):
        tall = size * large
        made.append(lathe(curve([(tall * 0.22, 0), (tall * 0.46, tall * 0.42), (tall * 0.34, tall * 0.76),
                                 (0.02, tall)], 7), plate, corners=12).scaled(
            x=0.32).finished("mottled", 0.2).moved(0, h - 0.06, z))
    leg = [limb([(0.24, y - 0.02, -0.34), (0.3, 0.4, -0.26), (0.28, 0.12, -0.36)], [0.23, 0.16, 0.13], hue, 7, 14),
           limb([(0.22, y - 0.14, 0.24), (0.28, 0.34, 0.2), (0.26, 0.12, 0.26)], [0.17, 0.13, 0.12], hue, 7, 14)]
    foot = [ball((0.15, 0.09, 0.18), (x, 0.09, z), hue, 14) for x, z in ((0.28, -0.32), (0.26, 0.3))]
    thorn = [spike((0.04, 0.54, z), (0.32, 0.74, z - 0.16), 0.06, IVORY) for z in (-1.26, -1.44)]
    return made + pair(*leg, *foot, *thorn, *claws(0.28, -0.2, 0.12),
                       *claws(0.26, 0.42, 0.12)) + eyes(0.12, 0.55, 1.02, 0.055, out=48)


def three_horned(rng: Generator, hue: Color) -> list[Part]:
    """Triceratops: three horns before a frill."""
    second, y, long = chosen(rng,
                             ((0.85, 0.45, 0.22), (0.93, 0.80, 0.52), shade(hue, 0.55))), 0.66, rng.uniform(0.42, 0.56)
    made = [limb([(0, 0.3, -1.3), (0, 0.46, -0.95), (0, y, -0.5), (0, y + 0.04, -0.05), (0, y, 0.3),
                  (0, y + 0.06, 0.5)],
                 [0.05, 0.14, 0.36, 0.41, 0.33, 0.24], hue, 22, 18).finished("scales", 0.12),
            ball((0.3, 0.2, 0.5), (0, y - 0.22, -0.14), shade(hue, 1.35))]
    frill = lathe(curve([(0, -0.06), (0.4, -0.02), (0.56, 0.05), (0.58, 0.1), (0.42, 0.08), (0, 0.06)], 12),
                  hue).turned("x", 62)
    rim = lathe(curve([(0, -0.01), (0.3, 0.02), (0.42, 0.08), (0.36, 0.11), (0, 0.1)], 8), second).turned("x", 62)
    made += [frill.moved(0, y + 0.32, 0.5), rim.moved(0, y + 0.33, 0.54)]
    made += [ball(0.075, (0.58 * np.sin(a), y + 0.35 + 0.54 * np.cos(a), 0.54 - 0.28 * np.cos(a)), IVORY, 10)
             for a in np.linspace(-1.9, 1.9, 9)]
    made += [ball((0.27, 0.26, 0.34), (0, y + 0.12, 0.78), hue),
             limb([(0, y + 0.08, 0.9), (0, y, 1.12), (0, y - 0.1, 1.26)], [0.2, 0.15, 0.08], hue, 7, 16),
             spike((0, y - 0.0, 1.22), (0, y - 0.2, 1.34), 0.12,
                   IVORY), spike((0, y + 0.14, 1.1), (0, y + 0.36, 1.24), 0.085, IVORY),
             smile(y - 0.12, 1.12, 0.17, 0.08, 0.02, shade(hue, 0.4), 0.2)]
    leg = [limb([(0.26, y - 0.1, z), (0.3, 0.36, z + 0.03), (0.29, 0.12, z)], [0.2, 0.15, 0.14], hue, 7, 14)
           for z in (0.24, -0.46)]
    foot = [lathe([(0.17, 0), (0.15, 0.14)], hue, (0.29, 0, z), 16) for z in (0.24, -0.46)]
    nail = [ball((0.05, 0.06, 0.04), (0.29 + s * 0.09, 0.06, z + 0.14 - 0.03 * abs(s)), IVORY, 8) for z in (0.24, -0.46)
            for s in (-1, 0, 1)]
    brow = horn([(0.15, y + 0.28, 0.84), (0.19, y + 0.34 + 0.4 * long, 0.98), (0.2, y + 0.4 + 0.6 * long, 0.9 + long)],
                0.095, IVORY)
    return made + pair(*leg, *foot, *nail, brow) + eyes(0.225, y + 0.14, 0.92, 0.07, out=52)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "dragon": (("green", "green", "red", "red", "blue", "purple", "orange", "black", "white", "pink", "yellow"),
               sitting_dragon, standing_dragon, serpent_dragon),
    "dinosaur": (("green", "green", "green", "orange", "orange", "brown", "blue", "purple", "red", "yellow", "grey",
                  "pink"), hunter, long_neck, plated, three_horned),
}
