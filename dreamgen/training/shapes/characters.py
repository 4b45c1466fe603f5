"""Robots and snowmen; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import cone, limb, smile
from .palette import ANY, NONE
from .parts import (
    BROWN,
    CREAM,
    DARK,
    GOLD,
    RED,
    STEEL,
    TYRE,
    WHITE,
    Color,
    Part,
    ball,
    box,
    curve,
    dot,
    finished,
    lathe,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    turned,
)

SNOW, CARROT, COAL = (0.95, 0.96, 0.98), (0.93, 0.50, 0.15), (0.13, 0.13, 0.15)
SCARVES = ((0.76, 0.16, 0.14), (0.16, 0.42, 0.66), (0.22, 0.50, 0.30), (0.86, 0.58, 0.16), (0.48, 0.28, 0.58))
GLOWS = ((0.40, 0.90, 0.95), (1.0, 0.82, 0.35), (0.55, 0.95, 0.55))
CHROME = (0.76, 0.78, 0.81)


def chosen(rng: Generator, colors) -> Color:
    return colors[int(rng.integers(len(colors)))]


def tin_robot(rng: Generator, hue: Color) -> list[Part]:
    """A box on legs with a box for a head, arms of rings and claws for hands."""
    wide, head, glow = rng.uniform(0.72, 0.86), rng.uniform(0.46, 0.56), chosen(rng, GLOWS)
    y, trim = 1.5, shade(hue, 0.6)
    made = [box((wide, 0.78, 0.54), (0, 0.98, 0), hue, 0.16).glossy(0.4),
            box((wide * 0.96, 0.14, 0.5), (0, 0.55, 0), trim, 0.3),
            box((wide * 0.66, 0.4, 0.06), (0, 1.06, 0.27), shade(CREAM, 1.1), 0.3),
            lathe([(0.12, 0), (0.12, 0.05), (0.09, 0.07)], DARK).turned("x", 90).moved(wide * 0.15, 1.12, 0.28),
            lathe([(0.085, 0), (0.085, 0.02)], glow).turned("x", 90).moved(wide * 0.15, 1.12, 0.345),
            rod((0, 1.3, 0), (0, 1.56, 0), 0.13, CHROME),
            box((head * 1.4, head, head), (0, y + head / 2, 0), hue, 0.2).glossy(0.4),
            box((head * 1.14, head * 0.42, 0.06), (0, y + head * 0.62, head / 2), DARK, 0.4),
            box((head * 0.7, head * 0.16, 0.06), (0, y + head * 0.2, head / 2), CHROME, 0.4),
            rod((0, y + head - 0.02, 0), (0, y + head + 0.24, 0), 0.035, CHROME),
            ball(0.09, (0, y + head + 0.28, 0), RED, 14).glossy(0.5),
            box((wide * 0.5, 0.44, 0.1), (0, 1.02, -0.3), trim, 0.3)]
    made += [ball(0.05, (-wide * 0.2, 1.2 - 0.12 * k, 0.3), c, 10) for k, c in enumerate((RED, GOLD, (0.3, 0.6, 0.3)))]
    made += [box((0.03, head * 0.17, 0.02), (head * x, y + head * 0.2, head / 2 + 0.03), DARK) for x in (-0.2, 0, 0.2)]
    side, hand = wide / 2 + 0.12, 0.52
    arm = [ball(0.15, (side - 0.03, 1.22, 0), CHROME, 14).glossy(0.6)]
    arm += [ring(0.065, 0.06, (side + 0.03, 1.08 - 0.095 * k, 0.02 * k), CHROME) for k in range(5)]
    arm += [lathe([(0.11, 0), (0.13, 0.08), (0.09, 0.16)], hue, (side + 0.03, hand + 0.04, 0.1))]
    arm += [limb([(side + 0.03 + s * 0.07, hand + 0.06, 0.1), (side + 0.03 + s * 0.14, hand - 0.06, 0.12),
                  (side + 0.03 + s * 0.05, hand - 0.16, 0.14)], [0.045, 0.035], CHROME, 6, 8) for s in (-1, 1)]
    leg = [rod((wide * 0.25, 0.52, 0), (wide * 0.25, 0.14, 0), 0.1, CHROME),
           box((0.3, 0.2, 0.44), (wide * 0.27, 0.1, 0.06), hue, 0.35).glossy(0.4)]
    lamp = [ball((0.085, 0.085, 0.06), (head * 0.3, y + head * 0.62, head / 2 + 0.03), glow, 14),
            lathe([(0.1, 0), (0.1, 0.07)], CHROME).turned("z", -90).moved(head * 0.7, y + head * 0.5, 0)]
    return made + pair(*arm, *leg, *lamp)


def round_robot(rng: Generator, hue: Color) -> list[Part]:
    """Egg and dome, a dark face with glowing eyes, arms like fins: of today."""
    fat, glow = rng.uniform(0.46, 0.56), chosen(rng, GLOWS)
    white = (0.92, 0.93, 0.94)
    body = lathe(curve([(0, 0.24), (fat * 0.62, 0.3), (fat, 0.72), (fat * 0.86, 1.1), (0.26, 1.26), (0, 1.27)], 18),
                 hue)
    made = [body.glossy(0.5), ring(fat * 0.985, 0.035, (0, 0.66, 0), white),
            ball((0.17, 0.17, 0.08), (0, 0.9, fat * 0.93), white, 14),
            ball((0.1, 0.1, 0.06), (0, 0.9, fat * 0.93 + 0.06),
                                                                           glow, 12),
            ring(0.2, 0.06, (0, 1.28, 0), DARK), ball((0.62, 0.46, 0.5), (0, 1.72, 0), hue, 24).glossy(0.5),
            ball((0.5, 0.33, 0.3), (0, 1.7, 0.27), DARK, 20).glossy(0.6),
            rod((0, 2.14, 0), (0, 2.34, 0), 0.03, DARK), ball(0.08, (0, 2.38, 0), glow, 12),
            smile(1.57, 0.56, 0.13, 0.07, 0.026, glow, 0.02),
            lathe([(0.2, 0), (0.34, 0.08), (0.3, 0.2)], DARK, (0, 0.08, 0)), ring(0.33, 0.08, (0, 0.1, 0), white)]
    if rng.random() < 0.5:
        made.append(ball((0.3, 0.36, 0.14), (0, 0.86, -fat * 0.9), white, 16))
    arm = ball((0.12, 0.34, 0.16), (0, -0.26, 0), hue, 16).glossy(0.5).turned("z", 26).moved(fat + 0.02, 1.08, 0.02)
    return made + pair(arm, ball(0.1, (fat * 0.92, 1.04, 0), DARK, 12),
                       ball((0.1, 0.17, 0.17), (0.6, 1.72, 0), white, 14),
                       ball((0.085, 0.11, 0.04), (0.2, 1.74, 0.54), glow, 12).turned("y", 3))


def tracked_robot(rng: Generator, hue: Color) -> list[Part]:
    """A worn box on tracks with a long neck and eyes like field glasses."""
    wide, neck = rng.uniform(0.34, 0.42), rng.uniform(0.2, 0.34)
    y = 1.1 + neck
    track = [(-0.5, 0.16), (-0.4, 0.02), (0.4, 0.02), (0.52, 0.16), (0.5, 0.3), (0.08, 0.62), (-0.12, 0.62),
             (-0.46, 0.34)]
    rusty = (0.45, 0.28, 0.16)
    made = [box((wide * 2, 0.66, 0.7), (0, 0.76, 0), hue, 0.14).finished("rust", 0.22, rusty, 1, 0.2),
            box((wide * 1.5, 0.26, 0.06), (0, 0.62, 0.35), shade(hue, 0.72), 0.3),
            box((wide * 1.5, 0.18, 0.06), (0, 0.92, 0.35), DARK, 0.3),
            *(ball(0.05, (wide * x, 0.92, 0.39), c, 10) for x, c in ((-0.45, RED), (0, GOLD), (0.45, (0.3, 0.6, 0.3)))),
            box((wide * 1.3, 0.5, 0.16), (0, 0.76, -0.4), shade(hue, 0.72), 0.2),
            ring(0.1, 0.05, (0, 1.1, -0.02), DARK), limb([(0, 1.05, -0.06), (0, 1.2, -0.1), (0, y + 0.05, 0)], [0.075],
                                                         STEEL),
            box((0.2, 0.16, 0.2), (0, y + 0.14, 0.02), DARK, 0.3)]
    arm = [limb([(wide + 0.04, 0.92, 0.1), (wide + 0.12, 0.74, 0.3), (wide + 0.06, 0.68, 0.56)], [0.075, 0.06], STEEL),
           ball(0.1, (wide + 0.03, 0.93, 0.1), hue, 12),
           *(limb([(wide + 0.06, 0.68, 0.56), (wide + 0.06 + s * 0.1, 0.68, 0.66),
                   (wide + 0.06 + s * 0.03, 0.66, 0.78)],
                  [0.04, 0.035], DARK, 6, 8) for s in (-1, 1))]
    run = [prism(track, 0.26, (0, 0, 0), TYRE).turned("y", -90).moved(wide + 0.12, 0.02, 0).finished(
               "stripes_x", 0.05, (0.3, 0.3, 0.31))]
    run += [lathe([(r, 0), (r, 0.05), (r * 0.5, 0.08)], CHROME, corners=16).turned("z", -90).moved(wide + 0.23, h, z)
            for z, h, r in ((0.34, 0.2, 0.13), (-0.3, 0.2, 0.13), (-0.02, 0.46, 0.11))]
    eye = [lathe([(0.16, 0), (0.19, 0.1), (0.19, 0.34), (0.15, 0.36)], hue).glossy(0.3),
           lathe([(0.16, 0.35), (0.15, 0.38)], DARK), ball((0.09, 0.03, 0.09), (0, 0.38, 0), (0.35, 0.6, 0.72), 12),
           dot((0.035, 0.02, 0.035), (0.03, 0.41, -0.03), WHITE)]
    return made + pair(*arm, *run, *(p.turned("x", 90).turned("z", -8).moved(0.2, y + 0.2, -0.08) for p in eye))


def mighty_robot(rng: Generator, hue: Color) -> list[Part]:
    """Broad shoulders, heavy fists and feet, a glowing visor and heart: a hero of steel."""
    wide, glow, dark = rng.uniform(0.6, 0.7), chosen(rng, GLOWS), (0.26, 0.27, 0.30)
    chest = [(-wide, 1.72), (wide, 1.72), (wide * 0.92, 1.4), (wide * 0.52, 1.06), (-wide * 0.52, 1.06),
             (-wide * 0.92, 1.4)]
    made = [prism(chest, 0.52, (0, 0, 0), hue).glossy(0.5), box((wide * 1.5, 0.3, 0.2), (0, 1.54, 0.22),
                                                                shade(hue, 1.25), 0.35).glossy(0.5),
            lathe([(0.15, 0), (0.15, 0.08), (0.11, 0.1)], dark).turned("x", 90).moved(0, 1.42, 0.26),
            ball((0.11, 0.11, 0.06), (0, 1.42, 0.36), glow, 14), box((0.46, 0.26, 0.36), (0, 0.98, 0), dark, 0.25),
            box((0.6, 0.24, 0.44), (0, 0.82, 0), hue, 0.3), box((0.36, 0.4, 0.4), (0, 1.94, 0.06), hue,
                                                                0.3).glossy(0.5),
            box((0.3, 0.1, 0.08), (0, 1.98, 0.25), glow, 0.4), box((0.22, 0.14, 0.1), (0, 1.8, 0.24), CHROME, 0.35),
            box((0.08, 0.26, 0.3), (0, 2.16, 0.06), shade(hue, 0.65),
                0.4), box((0.7, 0.5, 0.18), (0, 1.46, -0.32), dark, 0.25)]
    arm = [box((0.44, 0.4, 0.5), (wide + 0.2, 1.62, 0), hue, 0.35).glossy(0.5),
           box((0.46, 0.09, 0.52), (wide + 0.2, 1.46, 0), CHROME, 0.4),
           limb([(wide + 0.18, 1.5, 0), (wide + 0.22, 1.16, 0.02)], [0.12], dark, 4),
           lathe([(0.15, 0), (0.22, 0.1), (0.19, 0.42), (0.12, 0.46)], hue,
                 corners=16).glossy(0.5).turned("x", -10).moved(wide + 0.24, 0.74, 0.12),
           box((0.26, 0.26, 0.3), (wide + 0.24, 0.66, 0.14), dark, 0.35)]
    leg = [limb([(0.24, 0.8, 0), (0.28, 0.5, 0.04)], [0.13], dark, 4), box((0.34, 0.42, 0.38), (0.3, 0.36, 0.02), hue,
                                                                           0.25).glossy(0.5),
           box((0.18, 0.2, 0.1), (0.3, 0.5, 0.2), CHROME, 0.35), box((0.38, 0.18, 0.6), (0.31, 0.09, 0.08),
                                                                     shade(hue, 0.7), 0.35),
           rod((0.22, 1.4, -0.38), (0.22, 1.2, -0.46), 0.1, CHROME,
               0.13), box((0.06, 0.22, 0.16), (0.21, 2.04, 0.04), CHROME, 0.4)]
    return made + pair(*arm, *leg)


def scarf(radius: float, y: float, z: float, color: Color) -> list[Part]:
    """Around the neck, an end hanging down in front; ``z`` is where the chest is."""
    second = shade(color, 1.6)
    made = [ring(radius, 0.11, (0, 0, 0), color).scaled(y=1.15).moved(0, y, 0),
            box((0.2, 0.5, 0.09), (0, -0.22, 0), color, 0.4).finished("stripes", 0.07, second).turned("x", -12).turned(
                "z", 12).moved(0.2, y - 0.06, z),
            box((0.2, 0.36, 0.09), (0, -0.16, 0), color, 0.4).finished("stripes", 0.07,
                                                                        second).turned("x", -10).turned(
                "z", -14).moved(0.1, y - 0.06, z - 0.02)]
    return [made[0].finished("knit", 0.09), *made[1:]]


def carrot(y: float, z: float, long: float) -> Part:
    return cone(0.09, long, CARROT, 14).turned("x", 90).moved(0, y, z)


def twig(x: float, y: float, up: float) -> list[Part]:
    """An arm from (x, y) outwards with three fingers."""
    a, b = np.array([x, y, 0.0]), np.array([x + 0.55, y + up, 0.06])
    return [rod(tuple(a), tuple(b), 0.045, BROWN, 0.035, 8),
            *(rod(tuple(a + 0.7 * (b - a)), tuple(a + 0.7 * (b - a) + d), 0.032, BROWN, 0.025, 8)
              for d in ((0.08, 0.24, 0), (0.26, -0.02, 0)))]


def face_of_coal(y: float, r: float, size: float) -> list[Part]:
    """Eyes and a mouth of lumps on a ball of radius ``r`` around (0, y, 0)."""
    made = [ball(size, (s * r * 0.34, y + r * 0.3, r * 0.87), COAL, 10) for s in (-1, 1)]
    for a in (-50, -25, 0, 25, 50):
        flat = r * 0.52 * np.sin(np.radians(a))
        made.append(ball(size * 0.62, (flat, y - r * (0.16 + 0.26 * np.cos(np.radians(a))), np.sqrt(
            r * r - flat * flat - (r * 0.36) ** 2) * 0.98), COAL, 8))
    return made


def snowman_with_hat(rng: Generator, hue: Color) -> list[Part]:
    """Three balls, a top hat, a scarf, arms of twigs."""
    a, b, c = rng.uniform(0.56, 0.64), rng.uniform(0.43, 0.48), rng.uniform(0.33, 0.37)
    y2 = a * 1.7 + b * 0.5
    y3, color = y2 + b * 0.72 + c * 0.6, chosen(rng, SCARVES)
    hat = [lathe([(c * 1.2, 0), (c * 1.22, 0.04), (c * 1.2, 0.07), (c * 0.8, 0.09)], COAL),
           lathe([(c * 0.8, 0.05), (c * 0.78, 0.42), (c * 0.84, 0.46), (0, 0.47)], COAL),
           lathe([(c * 0.83, 0.08), (c * 0.83, 0.2)], color)]
    made = finished([ball((a, a * 0.92, a), (0, a * 0.86, 0), SNOW), ball(b, (0, y2, 0), SNOW),
                     ball(c, (0, y3, 0), SNOW)],
                    "mottled", 0.3, amount=0.35)
    made += [carrot(y3 - c * 0.02, c * 0.88, rng.uniform(0.36, 0.48)), *face_of_coal(y3, c, 0.06),
             *scarf(c * 0.78, y3 - c * 0.82, b * 0.92, color)]
    made += moved(turned(turned(hat, "x", -6), "z", rng.uniform(-7, 7)), 0, y3 + c * 0.68, -0.02)
    made += [ball(0.06, (0, y2 + h * b, b * np.sqrt(1 - h * h)), COAL, 10) for h in (0.1, -0.3)]
    return made + pair(*twig(b * 0.84, y2 + 0.1, rng.uniform(0.2, 0.36)))


def snowman_with_cap(rng: Generator, hue: Color) -> list[Part]:
    """Two fat balls, a knitted cap with a bobble, mittens."""
    a, c, color = rng.uniform(0.6, 0.68), rng.uniform(0.43, 0.5), chosen(rng, SCARVES)
    y3 = a * 1.62 + c * 0.62
    cap = lathe(curve([(c * 1.0, 0), (c * 0.98, 0.16), (c * 0.72, 0.36), (c * 0.3, 0.5), (0, 0.52)], 12), color)
    made = finished([ball((a, a * 0.9, a), (0, a * 0.84, 0), SNOW), ball((c, c * 0.94, c), (0, y3, 0), SNOW)],
                    "mottled", 0.3, amount=0.35)
    made += [carrot(y3 - 0.02, c * 0.9, rng.uniform(0.28, 0.4)), *face_of_coal(y3, c, 0.07),
             cap.finished("knit", 0.1).moved(0, y3 + c * 0.3, -0.02),
             ring(c * 0.96, 0.09, (0, y3 + c * 0.32, -0.02), shade(SNOW, 0.96)),
             ball(0.15, (0, y3 + c * 0.3 + 0.56, -0.02), shade(SNOW, 0.96), 14),
             *scarf(c * 0.82, y3 - c * 0.82, a * 0.86, color)]
    made += [ball(0.065, (0, a * 0.84 + h * a, a * np.sqrt(1 - h * h)), COAL, 10) for h in (0.28, -0.08)]
    arm = limb([(a * 0.85, a * 1.2, 0.05), (a * 1.2, a * 1.22, 0.1), (a * 1.45, a * 1.45, 0.14)], [0.045], BROWN, 7, 8)
    return made + pair(arm, ball((0.13, 0.16, 0.11), (a * 1.5, a * 1.56, 0.15), color, 14).finished("knit", 0.07),
                       ball((0.05, 0.08, 0.06), (a * 1.5 - 0.12, a * 1.56, 0.17), color, 10))


def snowman_with_broom(rng: Generator, hue: Color) -> list[Part]:
    """A bucket on his head, a broom at his side."""
    a, b, c = rng.uniform(0.54, 0.6), rng.uniform(0.42, 0.46), rng.uniform(0.32, 0.36)
    y2 = a * 1.66 + b * 0.5
    y3, tin = y2 + b * 0.7 + c * 0.6, chosen(rng, ((0.62, 0.64, 0.67), (0.70, 0.22, 0.18), (0.25, 0.42, 0.58)))
    bucket = [lathe([(c * 0.92, 0), (c * 0.96, 0.03), (c * 0.92, 0.06), (c * 0.68, 0.4), (0, 0.42)], tin).glossy(0.4),
              ring(c * 0.93, 0.04, (0, 0.02, 0), shade(tin, 0.75))]
    made = finished([ball((a, a * 0.92, a), (0, a * 0.86, 0), SNOW), ball(b, (0, y2, 0), SNOW),
                     ball(c, (0, y3, 0), SNOW)],
                    "mottled", 0.3, amount=0.35)
    made += [carrot(y3, c * 0.88, rng.uniform(0.34, 0.46)), *face_of_coal(y3, c, 0.058)]
    made += [p.turned("z", -9).turned("x", -8).moved(0.03, y3 + c * 0.56, -0.03) for p in bucket]
    made += [ball(0.06, (0, y2 + h * b, b * np.sqrt(1 - h * h)), COAL, 10) for h in (0.5, 0.1, -0.3)]
    x = -b - 0.42
    made += [rod((x, 0.1, 0.12), (x, y3 + 0.1, 0.12), 0.04, (0.62, 0.42, 0.22), corners=8),
             lathe(curve([(0, 0), (0.26, 0.02), (0.2, 0.26), (0.08, 0.46), (0, 0.47)], 10), (0.80, 0.62, 0.30),
                   corners=16
                   ).finished("bark", 0.06).scaled(z=0.6).moved(x, 0, 0.12), ring(0.1, 0.035, (x, 0.42, 0.12), RED),
             rod((-b * 0.84, y2 + 0.08, 0), (x, y2 + 0.12, 0.12), 0.045, BROWN, corners=8)]
    return made + twig(b * 0.84, y2 + 0.1, 0.3)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "snowman": (NONE, snowman_with_hat, snowman_with_cap, snowman_with_broom),
    "robot": (ANY, tin_robot, round_robot, tracked_robot, mighty_robot),
}
