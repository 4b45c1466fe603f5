"""Bears of plush and of fur; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .bodies import BLACK, eyes, furry, iris, legs, limb, muzzle_lines, on, pale, paw, placed, skull, slumped, torso
from .palette import ANY, NONE, Color
from .parts import CREAM, WHITE, Part, ball, box, curve, lathe, pair, prism, shade, tube

RIBBONS = ((0.72, 0.20, 0.18), (0.20, 0.38, 0.62), (0.24, 0.50, 0.36), (0.86, 0.62, 0.20))
COATS = ("brown", "brown", "brown", "black", "white", "grey")
IVORY, INK = (0.95, 0.94, 0.91), (0.14, 0.14, 0.16)


def bear_head(hue: Color, light: Color, rng: Generator, nose: Color = BLACK) -> list[Part]:
    size = 1.08, 0.95, 0.92
    made = [skull(size, hue), ball((0.5, 0.4, 0.42), (0, -0.3, 0.72), light),
            ball((0.2, 0.15, 0.13), (0, -0.12, 1.08), nose, 14).glossy(0.5)]
    r = rng.uniform(0.3, 0.38)
    ear = [ball((r, r, r * 0.55), (0.78, 0.74, -0.05), hue, 18), ball((r * 0.62, r * 0.62, r * 0.4), (0.78, 0.74, 0.12),
                                                                      light, 14)]
    return made + muzzle_lines(-0.42, 1.1, 0.24, 0.05) + eyes(size, (0, 0, 0), 27, 10, rng.uniform(0.15, 0.19),
                                                              iris(hue)) + pair(
        *ear)


def bow(hue: Color, at, size: float) -> list[Part]:
    """Of a ribbon, looking to the front."""
    loop = limb([(0.1, 0, 0), (0.6, 0.12, 0), (1.0, 0.1, 0)], [0.14, 0.34, 0.36], hue, 6).scaled(z=0.5)
    tail = limb([(0.05, -0.1, 0), (0.4, -0.6, 0.05)], [0.12, 0.2], hue, 4).scaled(z=0.5)
    return placed([ball(0.22, (0, 0, 0.05), shade(hue, 0.8), 12), *pair(loop, tail)], size, at)


def teddy_bear(rng: Generator, hue: Color) -> list[Part]:
    """Of plush: muzzle, soles and belly of another, and a ribbon."""
    light = CREAM if rng.random() < 0.6 else pale(hue)
    fat = rng.uniform(0.95, 1.15)
    made = slumped(hue, light, light, fat=fat)
    made += placed(bear_head(hue, light, rng), 0.5, (0, 1.32, 0.06), 4)
    made = furry(made[:1], 0.08) + made[1:]
    ribbon = RIBBONS[rng.integers(len(RIBBONS))]
    return made + bow(ribbon, (0, 0.93, 0.4), 0.24)


def patchwork_teddy(rng: Generator, hue: Color) -> list[Part]:
    """Old-fashioned: a long muzzle, button eyes, seams, a patch, a waistcoat's buttons."""
    light, thread = shade(hue, 1.35) if max(hue) > 0.25 else (0.7, 0.62, 0.5), shade(hue, 0.55)
    made = slumped(hue, hue, light, fat=0.9)
    seam = tube([on((0.46 * 0.9, 0.6, 0.415), (0, 0.38, 0), 0, up, 1.01) for up in np.linspace(-35, 62, 10)], 0.022,
                thread, 6)
    head = [ball((1.0, 0.98, 0.9), (0, 0, 0), hue, 24),
            limb([(0, -0.22, 0.6), (0, -0.3, 1.2)], [0.46, 0.3], light),
            ball((0.2, 0.14, 0.12), (0, -0.14, 1.47), (0.2, 0.12, 0.09), 12),
            limb([(0, -0.2, 1.5), (0, -0.42, 1.44)], 0.045, thread, 3, 6)]
    button = [lathe([(0.16, -0.05), (0.19, 0), (0.16, 0.06)], (0.14, 0.10, 0.09), corners=14).turned("x",
              90).glossy(0.5)]
    head += pair(*(p.turned("y", 24).moved(*on((1, 0.98, 0.9), (0, 0, 0), 27, 16)) for p in button),
                 ball((0.36, 0.36, 0.16), (0.84, 0.72, -0.05), hue, 18), ball((0.24, 0.24, 0.1), (0.84, 0.72, 0.08),
            light,
                                                                              14))
    patch = box((0.24, 0.24, 0.06), (0, 0, 0), RIBBONS[rng.integers(len(RIBBONS))], 0.3).finished(
        "plaid", 0.05, WHITE).turned("z", 12).turned("y", 28).moved(0.2, 0.55, 0.36)
    wool = [p.finished("knit", 0.09, amount=0.7) for p in made + placed(head[:2], 0.46, (0, 1.3, 0.04))]
    return wool + placed(head[2:], 0.46, (0, 1.3, 0.04)) + [seam, patch]


def standing_teddy(rng: Generator, hue: Color) -> list[Part]:
    """On two feet, its arms open, a heart on its belly."""
    light = CREAM
    body = lathe(curve([(0, 0.3), (0.32, 0.34), (0.42, 0.6), (0.36, 0.95), (0.24, 1.15), (0, 1.25)], 16), hue)
    made = [body, ball((0.29, 0.32, 0.18), (0, 0.68, 0.26), light)]
    leg = limb([(0.2, 0.5, 0), (0.23, 0.25, 0.02), (0.23, 0.14, 0.05)], [0.2, 0.18, 0.17], hue)
    made += pair(leg, ball((0.17, 0.12, 0.24), (0.23, 0.11, 0.1), hue), ball((0.04, 0.04, 0.04), (0.23, 0.1, 0.3),
                 light, 8))
    lift = rng.uniform(-0.25, 0.5)
    made += pair(limb([(0.28, 1.06, 0), (0.5, 1.02 + lift * 0.3, 0.1), (0.64, 1.02 + lift, 0.22)], [0.13, 0.14, 0.15],
                      hue))
    t = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    heart = np.stack([16 * np.sin(t) ** 3, 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)], -1)
    mark = prism(heart * 0.0095, 0.08, (0, 0, 0), (0.80, 0.22, 0.24)).turned("x", -8).moved(0, 0.76, 0.43)
    made = furry(made, 0.08, 0.4) + placed(bear_head(hue, light, rng), 0.48, (0, 1.58, 0.03))
    return made + [mark]


def claws(r: float, at, color: Color = (0.20, 0.17, 0.16)) -> list[Part]:
    x, y, z = at
    return [ball((r * 0.16, r * 0.16, r * 0.34), (x + s * r * 0.55, y + r * 0.34, z + r * (1.5 - 0.2 * abs(s))),
                 color, 8) for s in (-1, 0, 1)]


def bear(rng: Generator, hue: Color) -> list[Part]:
    """On four legs, heavy, a hump on its shoulders."""
    light = pale(hue) if max(hue) < 0.7 else shade(hue, 0.9)
    y, z = rng.uniform(0.6, 0.68), rng.uniform(0.42, 0.5)
    body = torso([(-z - 0.06, y, 0.26, 0.26), (-z + 0.1, y + 0.02, 0.36, 0.35), (0, y, 0.37, 0.35), (z - 0.16, y +
                 0.08, 0.36, 0.38), (z, y + 0.08, 0.26, 0.28)], hue)
    neck = limb([(0, y + 0.14, z - 0.1), (0, y + 0.22, z + 0.16)], [0.29, 0.24], hue, 4, 16)
    made = furry([body, neck, *legs(hue, 0.22, y - 0.06, z - 0.12, -z + 0.06, 0.135, 0.5)], 0.1) + [ball(0.12, (0, y +
            0.18, -z - 0.28), hue, 12)]
    made += pair(*(p for k in (z - 0.09, -z + 0.07) for p in (*paw(0.145, (0.22, 0, k), hue, 1.25), *claws(0.145,
                 (0.22, 0, k)))))
    return made + placed(bear_head(hue, light, rng), 0.36, (0, y + 0.34, z + 0.34), 4)


def sitting_bear(rng: Generator, hue: Color) -> list[Part]:
    """On its haunches, with claws and a jar of honey or a fish."""
    light = pale(hue) if max(hue) < 0.7 else shade(hue, 0.9)
    fat = rng.uniform(1.0, 1.15)
    made = slumped(hue, light, shade(hue, 0.6) if max(hue) > 0.3 else light, fat=fat)
    made = furry(made[:3], 0.1) + made[3:]
    jar = lathe(curve([(0.13, 0), (0.19, 0.08), (0.19, 0.22), (0.14, 0.3)], 9), (0.78, 0.48, 0.26),
                corners=18).glossy(0.4)
    honey = [jar, lathe(curve([(0.19, 0.2), (0.185, 0.25), (0.15, 0.33), (0, 0.36)], 7), (0.95, 0.70, 0.20),
                        corners=18).glossy(0.5),
             *(limb([(0.19 * np.sin(a), 0.27, 0.19 * np.cos(a)), (0.205 * np.sin(a), long, 0.205 * np.cos(a))], 0.04,
                    (0.95, 0.70, 0.20), 4, 8).glossy(0.5)
               for a, long in ((-0.5, 0.12), (0.1, 0.18), (0.7, 0.08)))]
    made += placed(honey, 1.15, (0, 0.2, 0.58))
    return made + placed(bear_head(hue, light, rng), 0.5, (0, 1.3, 0.06), 4)


def upright_bear(rng: Generator, hue: Color) -> list[Part]:
    """Standing on its hind legs."""
    light = pale(hue) if max(hue) < 0.7 else shade(hue, 0.9)
    fat = rng.uniform(0.95, 1.1)
    body = lathe(curve([(0, 0.22), (0.36 * fat, 0.28), (0.47 * fat, 0.6), (0.4 * fat, 1.0), (0.3, 1.3), (0, 1.42)],
                       18), hue, corners=28)
    made = furry([body], 0.1) + [ball((0.32 * fat, 0.4, 0.2), (0, 0.66, 0.3 * fat), light, 20), ball(0.12, (0, 0.46,
                                 -0.46 * fat), hue, 12)]
    arm = limb([(0.3, 1.18, 0.04), (0.54 * fat, 0.94, 0.14), (0.5 * fat, 0.7, 0.38)], [0.16, 0.15, 0.15], hue)
    leg = limb([(0.22, 0.42, 0), (0.25, 0.12, 0.04)], [0.21, 0.17], hue, 4, 14)
    made += pair(*furry([arm, leg], 0.1), *paw(0.17, (0.25, 0, 0.1), hue, 1.3), *claws(0.17, (0.25, 0, 0.1)),
                 *(ball((0.035, 0.07, 0.035), (0.5 * fat + k * 0.08, 0.6, 0.5), (0.20, 0.17, 0.16), 8) for k in (-1, 0,
                   1)))
    return made + placed(bear_head(hue, light, rng), 0.42, (0, 1.6, 0.08), 4)


def panda_head(rng: Generator) -> list[Part]:
    size = 1.12, 0.97, 0.92
    made = [skull(size, IVORY), ball((0.42, 0.34, 0.34), (0, -0.32, 0.74), IVORY, 18), ball((0.18, 0.13, 0.12),
            (0, -0.16, 1.02), BLACK, 14).glossy(0.5)]
    patch = ball((0.24, 0.31, 0.14), (0, 0, 0), INK, 16).turned("z", -28).turned("x", -4).turned("y",
            27).moved(*on(size, (0, 0, 0), 27, 5, 0.93))
    r = rng.uniform(0.32, 0.4)
    return made + muzzle_lines(-0.42, 1.04, 0.22, 0.05) + pair(patch, ball((r, r, r * 0.6), (0.8, 0.76, -0.05), INK,
                                                               18)) + eyes(
        (1.12, 0.97, 1.02), (0, 0, 0.02), 26, 7, 0.12, (0.40, 0.27, 0.18))


def panda(rng: Generator, hue: Color) -> list[Part]:
    """Sitting, a stalk of bamboo in its hand."""
    made = slumped(IVORY, IVORY, (0.36, 0.34, 0.35), INK, rng.uniform(1.0, 1.12))
    yoke = lathe(curve([(0.42, 0.58), (0.4, 0.72), (0.3, 0.9), (0, 1.02)], 9), INK, corners=24).scaled(z=0.94)
    made = furry([made[0], yoke], 0.1, 0.5) + made[1:]
    green = (0.48, 0.66, 0.28)
    stalk = [limb([(0.5, 0.14, 0.44), (0.58, 0.55, 0.42), (0.6, 1.0, 0.36)], 0.05, green, 6, 10),
             *(ball((0.065, 0.035, 0.065), (x, h, z), shade(green, 0.8), 10) for x, h, z in ((0.55, 0.4, 0.43), (0.595,
               0.74, 0.4)))]
    leaves = [limb([(0, 0, 0), (0.12, 0.08, 0), (0.3, 0.04, 0)], [0.03, 0.075, 0.02], shade(green, 0.85),
                   6).scaled(z=0.5).turned("y", a).moved(0.6, h, 0.37)
              for a, h in ((-30, 0.98), (70, 1.0), (200, 0.9))]
    return made + stalk + leaves + placed(panda_head(rng), 0.5, (0, 1.32, 0.06), 4)


def walking_panda(rng: Generator, hue: Color) -> list[Part]:
    """On four black legs."""
    y, z = rng.uniform(0.54, 0.6), 0.42
    body = torso([(-z - 0.06, y, 0.26, 0.26), (-z + 0.1, y, 0.37, 0.35), (0.02, y, 0.38, 0.36), (z - 0.14, y + 0.03,
                 0.34, 0.34), (z, y + 0.05, 0.24, 0.26)], IVORY)
    band = torso([(z - 0.3, y + 0.02, 0.37, 0.365), (z - 0.14, y + 0.03, 0.355, 0.36), (z + 0.02, y + 0.05, 0.26,
                 0.28)], INK, 8)
    made = furry([body, band, *legs(INK, 0.22, y - 0.06, z - 0.12, -z + 0.06, 0.135, 0.4)], 0.1, 0.5) + [ball(0.12,
            (0, y + 0.16, -z - 0.28), IVORY, 12)]
    made += pair(*(p for k in (z - 0.09, -z + 0.07) for p in paw(0.145, (0.22, 0, k), INK, 1.25)))
    return made + placed(panda_head(rng), 0.4, (0, y + 0.3, z + 0.26), 2)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "teddy bear": (("brown", "brown", "brown", *ANY), teddy_bear, patchwork_teddy, standing_teddy),
    "bear": (COATS, bear, sitting_bear, upright_bear),
    "panda": (NONE, panda, walking_panda),
}
