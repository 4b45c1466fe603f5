"""From the corner stall and the cinema."""

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .pantry import (
    IVORY,
    MEAT,
    TOAST,
    angle,
    mix,
    puck,
    warped,
)
from .parts import Color, Part, around, ball, box, lathe, loft, moved, prism, ring, shade, tube, turned

NORI, SALMON, RICE, FRY = (0.13, 0.18, 0.15), (0.95, 0.50, 0.32), (0.96, 0.95, 0.91), (0.95, 0.76, 0.36)


def fries(rng: Generator, wide: float, deep: float, foot: float, columns: int, rows: int) -> list[Part]:
    made = []
    for i in range(columns):
        for j in range(rows):
            x, z = ((i + 0.5) / columns * 2 - 1) * wide, ((j + 0.5) / rows * 2 - 1) * deep
            high = rng.uniform(1.0, 1.5) - 0.25 * abs(x / wide) + 0.12 * (rows - j - 1)
            stick = box((0.155, high, 0.155), (0, high / 2, 0), mix(FRY, (0.90, 0.64, 0.26), rng.uniform(0, 0.6)))
            made.append(stick.turned("y", rng.uniform(-20,
                                                      20)).turned("z",
                                                                  -x / wide * 16 + rng.uniform(-5, 5)).turned("x",
                                                                  z / deep * 7)
                        .moved(x * 0.8, foot, z * 0.85))
    return made


def french_fries(rng: Generator, hue: Color) -> list[Part]:
    """In a carton, low in front."""
    red = mix((0.76, 0.12, 0.11), (0.84, 0.20, 0.13), rng.random())
    t = np.linspace(-1, 1, 14)
    front = prism([(-0.5, -0.9), (0.5, -0.9), *zip(0.74 * t[::-1], 0.3 - 0.3 * (1 - t[::-1] ** 2))], 0.09, (0, 0, 0),
                  red).turned("x", 7).moved(z=0.3)
    back = prism([(-0.5, -0.9), (0.5, -0.9), *zip(0.74 * t[::-1], 0.42 + 0.22 * (1 - t[::-1] ** 2))], 0.09, (0, 0, 0),
                 shade(red, 0.9)).turned("x", -7).moved(z=-0.3)
    core = warped(box((1.0, 1.15, 0.5), (0, -0.33, 0), red, 0.08),
                  lambda v: v * np.stack([1 + 0.36 * (v[:, 1] > -0.33), 0 * v[:, 0] + 1, 1 + 0.3 * (v[:, 1] > -0.33)],
                                         -1))
    badge = ball((0.27, 0.27, 0.05), (0, -0.42, 0.335), (0.97, 0.82, 0.35), 20)
    return [front, back, core, badge, *fries(rng, 0.6, 0.24, -0.55, 6, 3)]


def fries_in_a_cup(rng: Generator, hue: Color) -> list[Part]:
    """In a striped paper cup."""
    cup = lathe([(0.42, -0.9), (0.62, 0.12), (0.57, 0.12), (0.45, -0.2), (0, -0.2)], IVORY,
                corners=40).painted(lambda c: np.sin(angle(c) * 10) > 0, (0.78, 0.17, 0.14))
    return [cup, *fries(rng, 0.5, 0.46, -0.55, 5, 4)]


def rice_block(long: float, wide: float) -> Part:
    t = np.linspace(-1, 1, 12)
    s = np.sqrt(np.clip(1 - t ** 4, 0.02, 1))
    return loft(np.stack([t * long, 0 * t, wide * s, 0.3 * s], -1), RICE, 0.7,
                22).turned("y", 90).finished("speckled", 0.085, shade(RICE, 0.86), amount=2)


def nigiri(rng: Generator, hue: Color, color: Color = SALMON, band: bool = True) -> list[Part]:
    """Fish on a block of rice."""
    t = np.linspace(-1, 1, 16)
    s = np.clip(1 - t ** 6, 0.05, 1) ** 0.5
    fish = loft(np.stack([t * 1.18, 0.36 - 0.34 * t ** 4 * np.abs(t), 0.5 * s, 0.13 * s], -1), color, 0.75,
                22).turned("y", 90)
    lines = [loft(np.array([(-0.5, 0, 0.045, 0.02), (0.5, 0, 0.045, 0.02)]), mix(color, IVORY, 0.7), 1.0,
                  8).turned("y", 28).scaled(1, 1, 0.85)
             .moved(x, 0.485 - 0.1 * x ** 4, 0) for x in np.linspace(-0.75, 0.75, 5)]
    made = [rice_block(1.0, 0.46).moved(y=-0.02), fish.glossy(0.4), *lines]
    return [*made, box((0.3, 0.85, 1.05), (0, 0.1, 0), NORI, 0.25)] if band else made


def maki(rng: Generator, filling: Color, other: Color) -> list[Part]:
    """A roll, its cut upwards."""
    return [lathe([(0.52, 0), (0.55, 0.05), (0.55, 0.72), (0.51, 0.76), (0.46, 0.7)], NORI, corners=32),
            puck(0.49, 0.76, RICE, (0, 0.01, 0), 0.06).finished("speckled", 0.085, shade(RICE, 0.86), amount=2),
            puck(0.2, 0.8, filling, (-0.08, 0, 0.03), 0.1,
                 16).glossy(0.3), box((0.18, 0.8, 0.3), (0.14, 0.4, -0.06), other, 0.2)]


def maki_rolls(rng: Generator, hue: Color) -> list[Part]:
    """Three: two standing, one lying and showing its cut."""
    green = (0.55, 0.68, 0.30)
    lying = [p.moved(y=-0.38).turned("x", 75).moved(0.05, 0.5, 0.75) for p in maki(rng, SALMON, green)]
    return [*moved(maki(rng, SALMON, green), -0.6, 0, -0.25), *moved(maki(rng, (0.80, 0.25, 0.24), (0.97, 0.82, 0.40)),
                                                                     0.6, 0, -0.25), *lying]


def sushi_board(rng: Generator, hue: Color) -> list[Part]:
    """A nigiri and two rolls on a wooden board."""
    board = [box((3.4, 0.16, 2.2), (0, -0.42, 0), (0.62, 0.42, 0.25), 0.3).finished("wood_x", 0.3),
             *(box((0.3, 0.3, 2.0), (x, -0.62, 0), (0.52, 0.34, 0.20), 0.2) for x in (-1.1, 1.1))]
    rolls = [*moved(maki(rng, SALMON, (0.55, 0.68, 0.30)), 0.95, -0.34, 0.45),
             *moved(maki(rng, (0.80, 0.25, 0.24), (0.97, 0.82, 0.40)), -0.3, -0.34, 0.5)]
    return [*board, *moved(nigiri(rng, hue), -0.2, 0, -0.5), *rolls,
            ball((0.22, 0.17, 0.22), (-1.2, -0.25, 0.6), (0.60, 0.72, 0.34), 12)]


def taco(rng: Generator, hue: Color, lean: float = 15) -> list[Part]:
    """Its fold down, filled to the brim."""
    a = np.linspace(0, np.pi, 26)
    outline = [*zip(1.1 * np.cos(a), 1.0 * np.sin(a) ** 0.85), (-1.0, -0.08), (-0.6, -0.16), (0.6, -0.16), (1.0, -0.08)]
    shell = mix((0.93, 0.73, 0.36), (0.88, 0.62, 0.28), rng.random())
    made = [prism(outline, 0.09, (0, 0, 0), shell).finished("clouded", 0.25,
                                                            TOAST).turned("x", side * lean).moved(z=side * 0.13)
                                                            for side in (-1, 1)]
    made.append(tube([(-1.02, -0.1, 0), (-0.9, -0.14, 0), (0.9, -0.14, 0), (1.02, -0.1, 0)], [0.08, 0.17, 0.17, 0.08],
                     shell, 12))
    made.append(prism([(0.9 * x, 0.9 * max(y, -0.02)) for x, y in outline[:26]], 0.24, (0, 0, 0),
                      MEAT).finished("stone", 0.1))
    for k, b in enumerate(np.linspace(0.35, np.pi - 0.35, 15)):
        for j, (color, size) in enumerate((((0.52, 0.68, 0.26), (0.2, 0.07, 0.17)),
                                            (((0.80, 0.20, 0.15), (0.97, 0.76, 0.26), MEAT)[k % 3],
                                             (0.12, 0.11, 0.11)))):
            r = 0.93 + 0.1 * j + rng.uniform(-0.05, 0.07)
            made.append(ball(size, (0, 0, 0), shade(color, rng.uniform(0.88, 1.12)),
                             8).turned("z", rng.uniform(-40, 40))
                        .moved(1.05 * r * np.cos(b), 0.96 * r * np.sin(b), rng.uniform(-0.17, 0.17)))
    return made


def wide_taco(rng: Generator, hue: Color) -> list[Part]:
    """Lying on its back half, open to the front."""
    return turned(taco(rng, hue, 22), "x", -28)


def popped(rng: Generator, count: int, place) -> list[Part]:
    """Grains at ``place(u, v)``: four puffs each."""
    made = []
    for k in range(count):
        at, turn = np.array(place((k * 0.618034) % 1, (k + 0.5) / count)), rng.uniform(0, 6)
        color = mix((0.98, 0.94, 0.82), (0.96, 0.82, 0.50), rng.uniform(0, 0.6))
        for b in (0, 2.1, 4.2):
            away = 0.095 * np.array([np.sin(turn + b), 0.35 * np.cos(b * 2), np.cos(turn + b)])
            made.append(ball(rng.uniform(0.09, 0.12), tuple(at + away), color, 8))
        made.append(ball(0.075, tuple(at + (0, 0.09, 0)), (0.93, 0.72, 0.36) if k % 3 == 0 else color, 6))
    return made


def popcorn(rng: Generator, hue: Color) -> list[Part]:
    """A striped bucket, heaped."""
    red, high = mix((0.76, 0.13, 0.12), (0.84, 0.22, 0.15), rng.random()), rng.uniform(1.2, 1.45)
    bucket = lathe([(0.5, 0), (0.74, high), (0.7, high), (0.6, high * 0.6), (0, high * 0.6)], IVORY,
                   corners=48).painted(lambda c: np.sin(angle(c) * 8) > 0, red)
    heap = popped(rng, 46, lambda u, v: (0.68 * np.sqrt(v) * np.sin(6.283 * u), high + 0.36 * (1 - v) - 0.02,
                                         0.68 * np.sqrt(v) * np.cos(6.283 * u)))
    return [bucket, ring(0.73, 0.045, (0, high, 0), red), ball((0.66, 0.36, 0.66), (0, high - 0.06, 0),
                                                               (0.94, 0.80, 0.50), 14), *heap]


def popcorn_box(rng: Generator, hue: Color) -> list[Part]:
    """A square box, zigzag at its rim."""
    red, high = mix((0.76, 0.13, 0.12), (0.84, 0.22, 0.15), rng.random()), 1.4
    teeth = [(x, high + (0.13 if k % 2 else 0)) for k, x in enumerate(np.linspace(-0.6, 0.6, 11))]
    wall = prism([(-0.42, 0), (0.42, 0), *teeth[::-1]], 0.07, (0, 0, 0), IVORY).finished("stripes_x", 0.12, red)
    heap = popped(rng, 40, lambda u, v: (0.52 * np.sqrt(v) * np.sin(6.283 * u), high + 0.32 * (1 - v) + 0.04,
                                         0.52 * np.sqrt(v) * np.cos(6.283 * u)))
    return [*around(wall.turned("x", 7).moved(z=0.42), 4), lathe([(0.55, 0.02), (0.8, high * 0.95)], IVORY, corners=4),
            ball((0.52, 0.32, 0.52), (0, high, 0), (0.94, 0.80, 0.50), 14), *heap]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "french fries": (NONE, french_fries, fries_in_a_cup),
    "sushi": (NONE, nigiri, maki_rolls, sushi_board),
    "taco": (NONE, taco, wide_taco),
    "popcorn": (NONE, popcorn, popcorn_box),
}
