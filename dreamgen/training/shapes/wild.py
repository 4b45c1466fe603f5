"""Animals of the wild; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .bodies import (
    BLACK,
    ROSE,
    eyes,
    furry,
    hoof,
    legs,
    limb,
    muzzle_lines,
    on,
    paw,
    placed,
    pointed_ear,
    sitting,
    skull,
    slumped,
    smile,
    torso,
)
from .palette import NONE, Color
from .parts import Part, ball, curve, lathe, pair, shade

TUSK, IVORY = (0.95, 0.91, 0.80), (0.95, 0.93, 0.88)
SAND, MANE = (0.87, 0.64, 0.33), (0.55, 0.30, 0.13)
RUST, SOCK = (0.84, 0.43, 0.16), (0.24, 0.17, 0.15)


def elephant_head(grey: Color, rng: Generator, lifted: bool, tusks: bool) -> list[Part]:
    size = 0.95, 1.0, 0.9
    path = ([(0, -0.15, 0.6), (0, -0.55, 1.15), (0, -0.55, 1.75), (0, 0.1, 2.05), (0, 0.55, 1.95)] if lifted else
            [(0, -0.1, 0.6), (0, -0.6, 1.1), (0, -1.3, 1.2), (0, -1.8, 1.35), (0, -1.8, 1.75)])
    trunk = limb(path, [0.48, 0.38, 0.28, 0.22, 0.2], grey, 14, 14)
    wide = rng.uniform(0.72, 0.88)
    ear = [limb([(0, 0.3, 0), (wide * 0.75, 0.42, 0.02), (wide * 1.25, 0.1, 0), (wide * 1.05, -0.5, 0), (wide * 0.5,
           -0.8, 0)],
                [0.2, 0.4, 0.5, 0.42, 0.2], grey, 10, 14).scaled(z=0.24),
           limb([(0.2, 0.25, 0.12), (wide * 0.75, 0.3, 0.14), (wide * 1.15, 0.05, 0.13), (wide * 0.95, -0.42, 0.12)],
                [0.1, 0.28, 0.38, 0.28],
                (0.80, 0.62, 0.62), 9, 12).scaled(z=0.22).moved(z=0.06)]
    ear = [p.turned("y", 24).moved(0.66, 0.2, -0.05) for p in ear]
    made = [ball(size, (0, 0, 0), grey, 24), trunk] + eyes(size, (0, 0, 0), 36, 14, 0.17)
    if tusks:
        made += pair(limb([(0.34, -0.5, 0.7), (0.42, -0.85, 1.05), (0.4, -0.75, 1.5)], [0.14, 0.13, 0.05], TUSK,
                          7).glossy(0.3))
    return made + pair(*ear)


def elephant_legs(grey: Color, x: float, y: float, front: float, back: float, thick: float) -> list[Part]:
    made = []
    for z in (front, back):
        made.append(lathe(curve([(thick * 1.1, 0), (thick * 1.16, 0.06), (thick, y * 0.5), (thick * 1.2, y)], 8), grey,
                          (x, 0, z), 18))
        made += [ball((thick * 0.28, thick * 0.3, thick * 0.2), on((thick * 1.12,) * 3, (x, 0.06, z), s, 0), TUSK,
                      10) for s in (-40, 0, 40)]
    return pair(*made)


def greys(rng: Generator) -> Color:
    return tuple(np.multiply((0.56, 0.59, 0.65), rng.uniform(0.88, 1.15)).tolist())


def elephant(rng: Generator, hue: Color) -> list[Part]:
    """Grown, with tusks, its trunk hanging."""
    grey, y = greys(rng), 0.86
    body = torso([(-0.5, y, 0.32, 0.34), (-0.3, y + 0.04, 0.44, 0.45), (0.1, y + 0.04, 0.46, 0.46), (0.36, y + 0.02,
                 0.36, 0.38)], grey, 16, 28)
    tail = limb([(0, y + 0.16, -0.76), (0, y - 0.1, -0.9), (0, y - 0.32, -0.88)], [0.05, 0.04, 0.04], grey, 6)
    made = [body, tail, ball((0.06, 0.11, 0.06), (0, y - 0.38, -0.88), shade(grey, 0.5), 10), *elephant_legs(grey,
            0.27, y, 0.26, -0.42, 0.16)]
    made += placed(elephant_head(grey, rng, rng.random() < 0.35, True), 0.39, (0, y + 0.34, 0.66), 2)
    return [p if p.finish.gloss else p.finished("leather", 0.09, amount=0.6) for p in made]


def elephant_calf(rng: Generator, hue: Color) -> list[Part]:
    """A young one: a big head, short legs, the trunk lifted."""
    grey, y = greys(rng), 0.56
    body = torso([(-0.34, y, 0.26, 0.27), (-0.15, y + 0.02, 0.36, 0.35), (0.15, y + 0.02, 0.36, 0.35), (0.28, y, 0.28,
                 0.28)], grey, 16, 26)
    tail = limb([(0, y + 0.1, -0.56), (0.03, y - 0.08, -0.68), (0.06, y - 0.2, -0.66)], 0.04, grey, 6)
    return [body, tail, *elephant_legs(grey, 0.21, y, 0.2, -0.26, 0.13)] + placed(
        elephant_head(grey, rng, True, False), 0.42, (0, y + 0.4, 0.42), 2)


def sitting_elephant(rng: Generator, hue: Color) -> list[Part]:
    """A plush toy."""
    grey = greys(rng)
    made = slumped(grey, shade(grey, 1.3), (0.86, 0.68, 0.68), fat=rng.uniform(1.0, 1.1))
    return [p.finished("fabric", 0.05) for p in made] + placed(elephant_head(grey, rng, False, rng.random() < 0.4),
                                                               0.46, (0, 1.3, 0.06), 2)


GIRAFFE, PATCH = (0.94, 0.77, 0.44), (0.62, 0.36, 0.16)


def giraffe_head(rng: Generator) -> list[Part]:
    made = [limb([(0, 0.1, -0.1), (0, 0, 0.4), (0, -0.22, 1.0)], [0.66, 0.58, 0.42], GIRAFFE, 8, 18),
            ball((0.46, 0.36, 0.4), (0, -0.28, 1.16), (0.97, 0.88, 0.68), 18),
            smile((0.46, 0.36, 0.4), (0, -0.28, 1.16), 48, -26, 20, 0.05, (0.45, 0.28, 0.2))]
    ear = [limb([(0.45, 0.45, -0.15), (0.9, 0.55, -0.2), (1.2, 0.45, -0.2)], [0.12, 0.24, 0.07], GIRAFFE,
                7).scaled(z=0.7),
           limb([(0.6, 0.48, -0.05), (0.9, 0.55, -0.06), (1.1, 0.47, -0.08)], [0.05, 0.13, 0.05], ROSE,
                6).scaled(z=0.8)]
    horn = [limb([(0.26, 0.6, -0.1), (0.3, 1.15, -0.12)], [0.13, 0.1], GIRAFFE, 4), ball(0.19, (0.3, 1.25, -0.12),
            (0.42, 0.26, 0.16), 12)]
    nostril = ball((0.06, 0.05, 0.04), (0.16, -0.12, 1.5), (0.45, 0.28, 0.2), 8)
    return made + eyes((0.62, 0.62, 0.8), (0, 0.06, 0.1), 44, 14, 0.17) + pair(*ear, *horn, nostril)


def giraffe(rng: Generator, hue: Color) -> list[Part]:
    """Standing on long legs, patched as a net."""
    y, up = rng.uniform(0.98, 1.1), rng.uniform(0.8, 1.0)
    size = rng.uniform(0.1, 0.14)
    body = torso([(-0.34, y - 0.02, 0.19, 0.2), (-0.2, y, 0.26, 0.27), (0.1, y + 0.07, 0.26, 0.29), (0.28, y + 0.12,
                 0.2, 0.24)], GIRAFFE, 14)
    neck = limb([(0, y + 0.1, 0.2), (0, y + 0.45, 0.4), (0, y + up, 0.54), (0, y + up + 0.22, 0.6)], [0.25, 0.16,
                0.115, 0.115], GIRAFFE, 10, 16)
    made = [p.finished("hide", size, PATCH) for p in (body, neck, *legs(GIRAFFE, 0.15, y - 0.04, 0.24, -0.3, 0.078,
            0.5))]
    mane = limb([(0, y + up + 0.34, 0.5), (0, y + up, 0.44), (0, y + 0.5, 0.27), (0, y + 0.3, 0.06)], [0.05, 0.06,
                0.07, 0.05], PATCH, 8).scaled(x=0.8)
    tail = limb([(0, y + 0.06, -0.5), (0, y - 0.2, -0.62), (0, y - 0.4, -0.6)], 0.035, GIRAFFE, 6)
    made += [mane, tail, ball((0.06, 0.13, 0.06), (0, y - 0.48, -0.6), (0.35, 0.22, 0.14), 10)]
    made += placed(giraffe_head(rng), 0.24, (0, y + up + 0.34, 0.6), 8)
    return made + pair(*(hoof(0.088, (0.15, 0, z), (0.34, 0.23, 0.16)) for z in (0.24, -0.32)))


def small_giraffe(rng: Generator, hue: Color) -> list[Part]:
    """Short and stout, a big head on a straight neck, round spots."""
    y, up = 0.56, rng.uniform(0.62, 0.75)
    body = torso([(-0.3, y, 0.22, 0.23), (-0.1, y, 0.3, 0.29), (0.15, y, 0.29, 0.29), (0.24, y + 0.02, 0.22, 0.24)],
                 GIRAFFE, 14)
    neck = limb([(0, y + 0.05, 0.2), (0, y + up * 0.6, 0.3), (0, y + up, 0.34)], [0.24, 0.17, 0.15], GIRAFFE, 8, 18)
    spots = [ball((0.07, 0.085, 0.05), (0, 0, 0.27), PATCH, 12).turned("x", -e).turned("y", a).scaled(1.04, 1.04,
             1.35).moved(0, y, -0.03)
             for a, e in ((70, 20), (110, 34), (104, -6), (150, 14), (-70, 20), (-110, 34), (-104, -6), (-150, 14),
                          (180, 44), (180, 4))]
    spots += [ball((0.05, 0.065, 0.04), (0, 0, 0), PATCH, 12).turned("y", a).moved(0.165 * np.sin(np.radians(a)), y +
              k * up, 0.23 + 0.1 * k + 0.16 * np.cos(np.radians(a)))
              for a, k in ((60, 0.72), (-60, 0.72), (100, 0.45), (-100, 0.45), (150, 0.66), (-150, 0.66), (0, 0.52))]
    tail = limb([(0, y + 0.1, -0.5), (0, y - 0.08, -0.62), (0, y - 0.2, -0.6)], 0.04, GIRAFFE, 6)
    made = [body, neck, tail, *spots, ball((0.07, 0.1, 0.07), (0, y - 0.26, -0.6), (0.35, 0.22, 0.14), 10),
            *legs(GIRAFFE, 0.17, y - 0.06, 0.17, -0.26, 0.1, 0.3)]
    made += placed(giraffe_head(rng), 0.34, (0, y + up + 0.2, 0.36), 6)
    return made + pair(*(hoof(0.11, (0.17, 0, z), (0.34, 0.23, 0.16)) for z in (0.17, -0.27)))


def sitting_giraffe(rng: Generator, hue: Color) -> list[Part]:
    """A plush toy with its legs stretched out and a long neck."""
    made = slumped(GIRAFFE, (0.97, 0.88, 0.68), PATCH, fat=rng.uniform(0.85, 0.95))
    up = rng.uniform(1.4, 1.55)
    neck = limb([(0, 0.8, 0), (0, 1.15, 0.02), (0, up, 0.06)], [0.25, 0.17, 0.15], GIRAFFE, 6, 16)
    made = [p.finished("dots", 0.22, PATCH) for p in (made[0], neck, *made[2:6])] + [made[1], *made[6:]]
    return made + placed(giraffe_head(rng), 0.36, (0, up + 0.16, 0.06), 4)


def lion_head(coat: Color, mane: Color, rng: Generator) -> list[Part]:
    size = 0.98, 0.95, 0.88
    count, long = int(rng.integers(11, 15)), rng.uniform(0.95, 1.15)
    made = [skull(size, coat), ball((0.26, 0.2, 0.22), (0, -0.62, 0.76), IVORY, 14), ball((0.24, 0.16, 0.14),
            (0, -0.16, 1.0), (0.36, 0.2, 0.17), 14).glossy(0.4),
            limb([(0, 0.3, 0.82), (0, -0.1, 0.95)], [0.22, 0.2], coat, 4)]
    made += pair(ball((0.34, 0.28, 0.28), (0.24, -0.4, 0.78), IVORY, 16))
    for row, (back, reach, thick) in enumerate(((0.12, 1.0, 0.36), (-0.38, 1.14, 0.42))):
        for k in range(count):
            a = 2 * np.pi * (k + 0.5 * row) / count
            x, y = np.sin(a), np.cos(a)
            made.append(limb([(0.7 * x, 0.7 * y, back), (1.05 * x * reach, 1.05 * y * reach, back - 0.02),
                              ((0.55 + long * 0.75) * x * reach, (0.55 + long * 0.75) * y * reach - 0.1, back - 0.2)],
                              [thick, thick * 0.95, thick * 0.3],
                             shade(mane, 0.85 + 0.15 * row + 0.12 * (k % 2)), 5, 10))
    made.append(ball((1.1, 1.1, 0.6), (0, 0, -0.6), shade(mane, 0.85), 20))
    ear = [ball((0.3, 0.3, 0.16), (0.72, 0.78, 0.22), coat, 16), ball((0.19, 0.19, 0.12), (0.72, 0.76, 0.34),
                                                                      shade(mane, 1.25), 12)]
    return made + muzzle_lines(-0.44, 1.06, 0.26, 0.05) + eyes(size, (0, 0, 0), 28, 14, 0.15) + pair(*ear)


def lions(rng: Generator) -> tuple[Color, Color]:
    return shade(SAND, rng.uniform(0.94, 1.12)), shade(MANE, rng.uniform(0.85, 1.25))


def tufted_tail(coat: Color, mane: Color, line) -> list[Part]:
    return [limb(line, 0.055, coat, 9), ball((0.1, 0.14, 0.1), line[-1], mane, 14)]


def lion(rng: Generator, hue: Color) -> list[Part]:
    """Standing, a great mane around its face."""
    coat, mane = lions(rng)
    y, z = rng.uniform(0.62, 0.7), rng.uniform(0.42, 0.5)
    body = torso([(-z - 0.06, y, 0.16, 0.17), (-z + 0.08, y + 0.01, 0.24, 0.25), (0, y - 0.01, 0.25, 0.24), (z - 0.12,
                 y + 0.03, 0.29, 0.31), (z, y + 0.06, 0.2, 0.24)], coat)
    made = furry([body, *legs(coat, 0.18, y - 0.06, z - 0.12, -z + 0.04, 0.1)], 0.1, 0.4)
    made += tufted_tail(coat, mane, [(0, y + 0.12, -z - 0.18), (0, y + 0.02, -z - 0.4), (0, y + 0.2, -z - 0.55),
                                     (0, y + 0.42, -z - 0.5)])
    made += pair(*(p for k in (z - 0.1, -z + 0.05) for p in paw(0.115, (0.18, 0, k), coat)))
    return made + placed(lion_head(coat, mane, rng), 0.31, (0, y + 0.36, z + 0.2), 2)


def sitting_lion(rng: Generator, hue: Color) -> list[Part]:
    coat, mane = lions(rng)
    made = sitting(coat, shade(coat, 1.35), coat, fat=rng.uniform(0.95, 1.05))
    made = furry(made[:1], 0.1, 0.4) + made[1:]
    made += tufted_tail(coat, mane, [(0, 0.12, -0.36), (0.35, 0.09, -0.42), (0.55, 0.12, -0.2), (0.6, 0.34, -0.12)])
    return made + placed(lion_head(coat, mane, rng), 0.38, (0, 1.12, 0.16), 3)


def fox_head(coat: Color, rng: Generator) -> list[Part]:
    size = 1.0, 0.86, 0.86
    made = [skull(size, coat), limb([(0, -0.16, 0.4), (0, -0.24, 0.85), (0, -0.3, 1.35)], [0.52, 0.36, 0.16], coat, 8,
                                    16),
            limb([(0, -0.36, 0.4), (0, -0.4, 0.85), (0, -0.42, 1.25)], [0.46, 0.32, 0.15], IVORY, 7, 16), ball(0.16,
            (0, -0.24, 1.5), BLACK, 12).glossy(0.5)]
    cheek = [limb([(0.3, -0.32, 0.5), (0.75, -0.42, 0.3), (1.2, -0.3, 0.1)], [0.4, 0.32, 0.06], IVORY, 7, 14),
             limb([(0.3, -0.2, 0.3), (0.75, -0.2, 0.15), (1.1, -0.02, -0.02)], [0.4, 0.34, 0.08], coat, 7, 14)]
    ear = [p.turned("z", -14).turned("x", -6).moved(0.56, 0.56, -0.05) for p in pointed_ear(0.4, rng.uniform(0.95,
           1.15), coat, SOCK)]
    tip = lathe(curve([(0.2, -0.02), (0.1, 0.26), (0, 0.42)], 6), SOCK, corners=14).scaled(z=0.5).moved(0, 0.68,
            -0.02).turned("z", -14).turned(
        "x", -6).moved(0.56, 0.56, -0.05)
    return made + eyes(size, (0, 0, 0), 30, 14, 0.16) + pair(*cheek, *ear, tip)


def brush(coat: Color, line, fat: float) -> list[Part]:
    """A bushy tail with a white tip."""
    p = curve(line, 9)
    return [*furry([limb(p[:7], [0.07, fat * 0.6, fat * 0.9, fat, fat * 1.05, fat, fat * 0.9], coat, 11, 14)], 0.1),
            limb(p[6:], [fat * 0.96, fat * 0.72, fat * 0.12], IVORY, 6, 14)]


def fox(rng: Generator, hue: Color) -> list[Part]:
    """Standing on dark legs, its tail out behind."""
    coat = shade(RUST, rng.uniform(0.9, 1.12))
    y, z = rng.uniform(0.5, 0.58), rng.uniform(0.36, 0.44)
    body = torso([(-z - 0.06, y, 0.15, 0.15), (-z + 0.06, y, 0.21, 0.21), (0, y - 0.01, 0.21, 0.2), (z - 0.1, y + 0.02,
                 0.24, 0.25), (z, y + 0.06, 0.17, 0.2)], coat)
    neck = limb([(0, y + 0.08, z - 0.08), (0, y + 0.28, z + 0.1)], [0.2, 0.19], coat, 4, 16)
    bib = limb([(0, y + 0.26, z + 0.16), (0, y + 0.02, z + 0.1)], [0.15, 0.13], IVORY, 4)
    made = furry([body, neck], 0.1) + [bib, *(p.painted(lambda c: c[:, 1] < y * 0.48, SOCK) for p in legs(coat, 0.13,
                                       y - 0.05, z - 0.08, -z + 0.03, 0.075))]
    made += brush(coat, [(0, y + 0.05, -z - 0.12), (0, y - 0.05, -z - 0.4), (0, y + 0.1, -z - 0.72), (0, y + 0.3,
                  -z - 0.92)], 0.19)
    made += pair(*(p for k in (z - 0.05, -z + 0.04) for p in paw(0.085, (0.13, 0, k), SOCK)))
    return made + placed(fox_head(coat, rng), 0.32, (0, y + 0.46, z + 0.18), 4)


def sitting_fox(rng: Generator, hue: Color) -> list[Part]:
    """Its tail laid around it."""
    coat = shade(RUST, rng.uniform(0.9, 1.12))
    made = sitting(coat, IVORY, SOCK, fat=rng.uniform(0.86, 0.96))
    made = furry(made[:1], 0.1) + made[1:] + pair(limb([(0.145, 0.34, 0.29), (0.15, 0.1, 0.34)], [0.1, 0.095], SOCK, 4))
    made += brush(coat, [(0, 0.16, -0.28), (0.4, 0.18, -0.42), (0.66, 0.2, -0.1), (0.64, 0.22, 0.3)], 0.18)
    return made + placed(fox_head(coat, rng), 0.39, (0, 1.12, 0.14), 4)


def sleeping_fox(rng: Generator, hue: Color) -> list[Part]:
    """Curled up, its head on its tail."""
    coat = shade(RUST, rng.uniform(0.9, 1.12))
    turn = np.radians(np.linspace(75, 285, 6))
    body = limb(np.stack([0.36 * np.sin(turn), 0 * turn + 0.27, 0.36 * np.cos(turn)], -1), [0.2, 0.26, 0.28, 0.29,
                0.28, 0.22], coat, 14, 18)
    turn = np.radians((255, 300, 345, 380))
    tail = brush(coat, np.stack([0.56 * np.sin(turn), 0 * turn + 0.17, 0.56 * np.cos(turn)], -1), 0.17)
    made = furry([body, ball((0.3, 0.2, 0.3), (0, 0.2, 0), coat, 18)], 0.1) + tail
    made += [p for x in (0.16, 0.42) for p in (*paw(0.095, (x, 0, 0.52), SOCK),
                                               limb([(x, 0.2, 0.2), (x, 0.08, 0.48)], 0.09, coat, 4))]
    return made + placed(fox_head(coat, rng), 0.36, (0.24, 0.46, 0.3), 10)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "elephant": (NONE, elephant, elephant_calf, sitting_elephant),
    "giraffe": (NONE, giraffe, small_giraffe, sitting_giraffe),
    "lion": (NONE, lion, sitting_lion),
    "fox": (NONE, fox, sitting_fox, sleeping_fox),
}
