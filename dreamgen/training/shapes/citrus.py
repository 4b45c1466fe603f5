"""Oranges, lemons and melons: whole, halved and sliced."""

import numpy as np
from numpy.random import Generator

from .fruit import SEED, on_stem, stem
from .palette import NONE
from .pantry import BERRY, IVORY, STALK, angle, halved, leaf, mix
from .parts import Color, Part, ball, curve, lathe, moved, prism, rod, shade, turned


def orange(rng: Generator, hue: Color) -> list[Part]:
    peel = ball((1, rng.uniform(0.92, 1), 1), (0, 0, 0), hue, 26).finished("speckled", 0.11, shade(hue, 0.85),
                                                                           gloss=0.35)
    return [peel, lathe([(0.16, 0.88), (0.15, 1.0), (0.08, 1.07)], STALK),
            on_stem(leaf(0.8, 0.27, lift=0.3), 0.98, 75), on_stem(leaf(0.6, 0.22, lift=0.35), 0.98, -60)]


def citrus_half(hue: Color, pulp: Color, count: int, tall: float = 1.0) -> list[Part]:
    """Its cut in front: rind, pith and ``count`` segments."""
    skin = halved(ball((1, tall, 1), (0, 0, 0), hue, 28), hue).finished("speckled", 0.11, shade(hue, 0.85), gloss=0.35)
    pith = ball((0.93, 0.93 * tall, 0.05), (0, 0, 0), IVORY, 24)
    outline = [(-0.05, 0.14), (0.05, 0.14), (0.23 * 10 / count, 0.68), (0.16 * 10 / count, 0.8),
               (-0.16 * 10 / count, 0.8), (-0.23 * 10 / count, 0.68)]
    segment = prism(outline, 0.08, (0, 0, 0.05), pulp).finished("mottled", 0.12, gloss=0.5)
    segments = [segment.turned("z", 360 * k / count).scaled(y=tall) for k in range(count)]
    return [skin, pith, *segments]


def half_orange(rng: Generator, hue: Color) -> list[Part]:
    return turned(citrus_half(hue, mix(hue, (1.0, 0.72, 0.2), 0.35), int(rng.integers(8, 11))), "x", -25)


def orange_and_half(rng: Generator, hue: Color) -> list[Part]:
    half = turned(citrus_half(hue, mix(hue, (1.0, 0.72, 0.2), 0.35), 9), "x", -30)
    return [*moved(orange(rng, hue), -0.55, 0, -0.6), *moved(half, 0.75, -0.05, 0.75)]


def lemon_skin(hue: Color, fat: float) -> Part:
    """Lying along x, a nipple at its end."""
    flesh = curve([(0, -1.2), (0.16, -1.13), (0.5 * fat, -0.86), (fat, 0), (0.62 * fat, 0.78), (0.26, 1.08),
                   (0.2, 1.24), (0, 1.34)], 30)
    return lathe(flesh, hue, corners=26).finished("speckled", 0.11, shade(hue, 0.86), gloss=0.35)


def lemon(rng: Generator, hue: Color) -> list[Part]:
    skin = lemon_skin(hue, rng.uniform(0.82, 0.92)).turned("z", 90 + rng.uniform(-15, 10))
    return [skin, rod((1.1, 0, 0), (1.32, 0, 0), 0.1, STALK), leaf(0.75, 0.24,
                                                                   lift=0.3).turned("y", 60).moved(1.2, 0.05)]


def half_lemon(rng: Generator, hue: Color) -> list[Part]:
    half = citrus_half(hue, mix(hue, (1.0, 0.93, 0.5), 0.4), 8)
    nipple = ball((0.3, 0.3, 0.5), (0, 0, -0.95), hue, 14)
    return turned([*half, nipple], "x", -20)


def lemon_and_half(rng: Generator, hue: Color) -> list[Part]:
    half = turned(citrus_half(hue, mix(hue, (1.0, 0.93, 0.5), 0.4), 8), "x", -30)
    return [lemon_skin(hue, 0.86).turned("z", 84).moved(-0.35, 0, -0.5), *moved([p.scaled(0.8, 0.8, 0.8) for p in half],
                                                                             0.55, -0.12, 0.6)]


def melon(hue: Color, lines: int = 20) -> Part:
    return ball(1, (0, 0, 0), hue, 40).painted(
        lambda c: np.sin(angle(c) * lines / 2 + 0.9 * np.sin(c[:, 1] * 9)) > 0.25, (0.16, 0.32, 0.14)).glossy(0.35)


def watermelon(rng: Generator, hue: Color) -> list[Part]:
    """A wedge: rind outside, red flesh with seeds on both cuts."""
    a, pulp = np.linspace(np.pi, 2 * np.pi, 26), mix(BERRY, (0.95, 0.35, 0.30), rng.uniform(0.2, 0.6))
    thick = rng.uniform(0.45, 0.7)
    rind, rim, flesh = (prism(np.stack([r * np.cos(a), r * np.sin(a)], -1), d * thick, (0, y, 0), c)
                        for r, d, y, c in ((1.0, 1.0, 0, (0.24, 0.44, 0.18)), (0.91, 1.04, 0.01, (0.93, 0.94, 0.78)),
                                           (0.82, 1.08, 0.02, pulp)))
    seeds = [ball((0.075, 0.12, 0.62 * thick), (0, 0, 0), SEED, 8).turned("z", np.degrees(b) - 270)
             .moved(r * np.cos(b), r * np.sin(b)) for r, angles in ((0.3, (215, 270, 325)),
                                                                    (0.6, (198, 228, 256, 284, 312, 342)))
             for b in np.radians(angles)]
    return [rind.finished("stripes_x", 0.11, (0.40, 0.58, 0.28), gloss=0.3), rim, flesh.finished("mottled", 0.12),
            *seeds]


def whole_melon(rng: Generator, hue: Color) -> list[Part]:
    skin = melon(mix((0.45, 0.62, 0.28), (0.55, 0.70, 0.38), rng.random())).scaled(1, rng.uniform(0.88, 1.0), 1)
    return [skin, *moved([stem(0, 0.35, 0.2, STALK)], y=0.88)]


def half_melon(rng: Generator, hue: Color) -> list[Part]:
    pulp = mix(BERRY, (0.95, 0.35, 0.30), rng.uniform(0.2, 0.6))
    rim, flesh = (ball((r, r, d), (0, 0, 0), c, 26) for r, d, c in ((0.94, 0.04, (0.93, 0.94, 0.78)),
                                                                    (0.84, 0.07, pulp)))
    seeds = [ball((0.05, 0.085, 0.04), (0, r, 0.06), SEED, 8).turned("z", 360 * (k + shift) / count)
             for r, count, shift in ((0.33, 5, 0), (0.6, 9, 0.5)) for k in range(count)]
    return turned([halved(melon((0.48, 0.64, 0.30)), (0.30, 0.46, 0.20)), rim, flesh.finished("mottled", 0.15),
                   *seeds], "x", -28)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "orange": (NONE, orange, half_orange, orange_and_half),
    "lemon": (NONE, lemon, half_lemon, lemon_and_half),
    "watermelon": (NONE, watermelon, whole_melon, half_melon),
}
