"""Fruit, whole and cut."""

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .pantry import FOLIAGE, STALK, TWIG, angle, bitten, halved, leaf, mix, warped
from .parts import Color, Part, around, ball, curve, lathe, moved, rod, shade, tube, turned

SEED = (0.16, 0.10, 0.08)


def stem(foot: float, high: float, lean: float, color: Color = TWIG, thick: float = 0.08) -> Part:
    line = curve([(0, foot, 0), (lean * 0.15, foot + high * 0.55, 0), (lean, foot + high, 0)], 7)
    return tube(line, thick * np.array([0.9, 0.85, 0.8, 0.85, 0.95, 1.15, 1.3]), color)


def on_stem(blade: Part, y: float, towards: float) -> Part:
    return blade.turned("y", towards).moved(0, y, 0)


def apple_flesh(rng: Generator, hue: Color, tall: float, shoulder: float = 1.0, corners: int = 30) -> Part:
    """Widest above its middle, hollow at the stem, on five soft feet."""
    flesh = curve([(0, 0.16), (0.26, 0.03), (0.62, 0.16), (0.94, 0.75), (shoulder, 1.25), (0.78, 1.68), (0.42, 1.82),
                   (0.16, 1.7), (0, 1.48)], corners)

    def feet(v):
        share = np.clip(1 - v[:, 1] / 0.9, 0, 1) * np.hypot(v[:, 0], v[:, 2])
        v[:, 1] += 0.13 * share * (1 - np.cos(5 * angle(v)))
        return v
    blush = mix(hue, (0.95, 0.80, 0.35), 0.45) if rng.random() < 0.6 else shade(hue, 0.75)
    return warped(lathe(flesh, hue, corners=corners).scaled(y=tall), feet).finished("clouded", 0.55, blush, gloss=0.4)


def apple(rng: Generator, hue: Color) -> list[Part]:
    tall = rng.uniform(0.9, 1.02)
    return [apple_flesh(rng, hue, tall), stem(1.45 * tall, 0.75, rng.uniform(-0.25, 0.25)),
            on_stem(leaf(0.85, 0.24, lift=0.35), 1.85 * tall, 90)]


def tall_apple(rng: Generator, hue: Color) -> list[Part]:
    """Heart-shaped, two leaves."""
    tall = rng.uniform(1.1, 1.25)
    return [apple_flesh(rng, hue, tall, 1.05), stem(1.5 * tall, 0.7, 0.15, thick=0.09),
            on_stem(leaf(0.75, 0.24, lift=0.3), 1.86 * tall, 70), on_stem(leaf(0.6, 0.2, lift=0.4), 1.86 * tall, -100)]


def bitten_apple(rng: Generator, hue: Color) -> list[Part]:
    tall, flesh = rng.uniform(0.92, 1.0), (0.97, 0.91, 0.74)
    whole = apple_flesh(rng, hue, tall, corners=44)
    for x, y, z in ((0.88, 1.3, 0.78), (0.95, 0.88, 0.74)):
        whole = bitten(whole, (x, y, z), 0.5, flesh)
    return [whole, stem(1.45 * tall, 0.75, -0.2), on_stem(leaf(0.8, 0.24, lift=0.4), 1.85 * tall, -90)]


def pear_flesh(hue: Color, neck: float, corners: int = 26) -> Part:
    return lathe(curve([(0, 0.08), (0.3, 0.0), (0.78, 0.25), (0.98, 0.8), (0.78, 1.4), (neck, 1.95), (neck * 0.8, 2.3),
                        (0.2, 2.42), (0, 2.36)], corners), hue, corners=28)


def pear(rng: Generator, hue: Color) -> list[Part]:
    flesh = pear_flesh(hue, rng.uniform(0.42, 0.52)).finished("clouded", 0.6, mix(hue, (0.85, 0.42, 0.22), 0.3),
                                                              gloss=0.25)
    return [flesh.scaled(y=rng.uniform(0.92, 1.04)), stem(2.2, 0.7, rng.uniform(-0.3, 0.3)),
            on_stem(leaf(0.85, 0.25, lift=0.3), 2.4, 80)]


def half_pear(rng: Generator, hue: Color) -> list[Part]:
    """Its cut in front, with the core and its seeds."""
    whole, flesh = pear_flesh(hue, rng.uniform(0.42, 0.5)), (0.98, 0.95, 0.80)
    inner = halved(whole.moved(y=-1.1).scaled(0.92, 0.95, 0.9).moved(0, 1.1, 0), flesh).moved(z=0.03)
    seeds = [ball((0.07, 0.13, 0.05), (0, 0, 0), SEED, 8).turned("z", side * 25).moved(side * 0.14, 0.72, 0.05)
             for side in (-1, 1)]
    core = ball((0.3, 0.42, 0.05), (0, 0.75, 0.02), (0.93, 0.86, 0.62), 14)
    return turned([halved(whole, hue).glossy(0.25), inner, core, *seeds, stem(2.25, 0.65, 0.2).moved(z=-0.1)], "x", -12)


def banana_fruit(hue: Color, bend: float, corners: int = 10) -> Part:
    """Hanging from the origin by its stalk, bent towards +z, its tip down."""
    line = curve([(0, 0, 0), (0, -0.35, 0.08), (0, -0.9, 0.2 + bend), (0, -1.6, 0.2 + bend), (0, -2.1, 0.02),
                  (0, -2.62, -0.42)], 26)
    thick = np.interp(np.linspace(0, 1, 26), [0, 0.12, 0.3, 0.5, 0.75, 0.92, 0.97, 1],
                      [0.11, 0.12, 0.3, 0.35, 0.33, 0.17, 0.1, 0.08])
    fruit = tube(line, thick, hue, corners).painted(lambda c: (c[:, 1] > -0.12) | (c[:, 1] < -2.52), (0.36, 0.25, 0.14))
    return fruit.painted(lambda c: (c[:, 1] <= -0.12) & (c[:, 1] > -0.42), mix(hue, STALK, 0.45)).glossy(0.2)


def banana(rng: Generator, hue: Color) -> list[Part]:
    """Lying like a smile."""
    fruit = banana_fruit(hue, rng.uniform(0.2, 0.5)).turned("y", 90).moved(y=1.3)
    return [fruit.finished("clouded", 0.9, shade(hue, 0.88), gloss=0.25).turned("z", 90).scaled(y=-1)
            .turned("y", rng.uniform(-15, 15))]


def bananas(rng: Generator, hue: Color) -> list[Part]:
    """A bunch."""
    count = int(rng.integers(3, 6))
    fruits = [banana_fruit(mix(hue, STALK, rng.uniform(0, 0.15)), rng.uniform(0.3, 0.45)).turned("x", -20)
              .turned("y", (k - (count - 1) / 2) * 38) for k in range(count)]
    return [*fruits, lathe([(0.12, -0.3), (0.26, -0.1), (0.2, 0.12), (0.16, 0.3)], (0.40, 0.30, 0.16))]


def peeled_banana(rng: Generator, hue: Color) -> list[Part]:
    """Upright, three strips of its peel hanging down."""
    long = rng.uniform(1.5, 1.8)
    flesh = lathe(curve([(0.3, 0), (0.34, 0.4), (0.3, long * 0.8), (0.16, long), (0, long + 0.04)], 14),
                  (0.98, 0.93, 0.76)).finished("mottled", 0.3)
    peel = lathe(curve([(0.07, -1.4), (0.1, -1.25), (0.3, -0.9), (0.38, -0.3), (0.36, 0.1)], 14), hue)
    strip = tube(curve([(0, -0.05, 0.3), (0, 0.35, 0.5), (0, 0.1, 0.92), (0, -0.7, 1.0)], 12),
                 np.interp(np.linspace(0, 1, 12), [0, 0.3, 0.8, 1], [0.26, 0.25, 0.18, 0.05]), hue, 8)
    return [flesh, peel.painted(lambda c: c[:, 1] < -1.28, (0.36, 0.25, 0.14)).glossy(0.2),
            *around(strip.glossy(0.2), 3, 60)]


def strawberry(rng: Generator, hue: Color, long: float = 1.35, wide: float = 0.86, rows: int = 5) -> list[Part]:
    line = curve([(0, -long), (0.2, -long * 0.94), (wide * 0.66, -long * 0.5), (wide, 0.05), (wide * 0.72, 0.46),
                  (0.3, 0.52), (0, 0.46)], 24)
    seeds = []
    for k, y in enumerate(np.linspace(0.25, -long * 0.82, rows)):
        r = float(np.interp(y, line[:18, 1], line[:18, 0]))
        count = max(4, round(9 * r / wide))
        seeds += [ball((0.05, 0.075, 0.04), (0, y, r), (0.97, 0.82, 0.42),
                       6).turned("y", 360 * (j + 0.5 * (k % 2)) / count)
                  for j in range(count)]
    crown = [leaf(wide * 0.85, 0.19, (0.40, 0.58, 0.24), -0.25, 0.06).turned("y", 60 * k + 30).moved(y=0.53)
             for k in range(6)]
    return [lathe(line, hue).glossy(0.45), *seeds, *crown, stem(0.45, 0.5, rng.uniform(-0.2, 0.2), STALK, 0.07)]


def wide_strawberry(rng: Generator, hue: Color) -> list[Part]:
    return strawberry(rng, hue, rng.uniform(0.95, 1.1), rng.uniform(0.9, 1.0), 4)


def half_strawberry(rng: Generator, hue: Color) -> list[Part]:
    """Cut in front: white at heart."""
    line = curve([(0, -1.2), (0.2, -1.12), (0.6, -0.6), (0.88, 0.05), (0.62, 0.46), (0.3, 0.52), (0, 0.46)], 22)
    whole = lathe(line, hue, corners=28)
    inner = halved(whole.scaled(0.87, 0.88, 0.5), (0.95, 0.55, 0.48)).moved(z=0.03)
    heart = ball((0.28, 0.5, 0.04), (0, -0.15, 0.03), (0.99, 0.90, 0.84), 14)
    crown = [leaf(0.7, 0.18, (0.40, 0.58, 0.24), 0.3, 0.06).turned("y", 60 * k + 30).moved(0, 0.5, -0.05)
             for k in range(6)]
    seeds = [ball((0.05, 0.075, 0.04), (0, y, r), (0.97, 0.82, 0.42), 6).turned("y", a)
             for y, r in ((0.1, 0.88), (-0.3, 0.77), (-0.7, 0.54)) for a in range(105, 270, 30)]
    return turned([halved(whole, hue).glossy(0.4), inner, heart, *crown, *seeds], "x", -8)


def pineapple(rng: Generator, hue: Color, high: float = 1.1, tuft: float = 1.0) -> list[Part]:
    """Scales in two spirals, under a tuft of sword leaves."""
    gold = mix((0.90, 0.62, 0.20), (0.82, 0.52, 0.18), rng.random())

    def scale(v):
        return np.abs(np.sin(angle(v) * 4 + v[:, 1] * 4.4) * np.sin(angle(v) * 4 - v[:, 1] * 4.4))

    body = warped(ball((0.72, 1, 0.72), (0, 0, 0), gold, 56),
                  lambda v: v * (1 + 0.11 * np.sqrt(scale(v)) * (1 - v[:, 1] ** 2))[:, None])
    body = body.painted(lambda c: scale(c) < 0.16, shade(gold,
                                                         0.55)).painted(lambda c: scale(c) > 0.8, shade(gold, 1.25))
    made = [body.scaled(y=high)]
    for k, (lean, long, count) in enumerate(((0.62, 0.7, 7), (0.4, 1.0, 6), (0.16, 1.25, 5))):
        line = curve([(0, -0.05, 0.06), (0, long * tuft * 0.6, 0.14 + lean * 0.35), (0, long * tuft, 0.12 + lean)], 7)
        blade = tube(line, [0.13, 0.16, 0.15, 0.13, 0.1, 0.07, 0.02], mix(FOLIAGE, (0.45, 0.60, 0.30), 0.4 * k), 6)
        made += moved(around(blade, count, 30 * k), y=high * 0.94)
    return made


def stout_pineapple(rng: Generator, hue: Color) -> list[Part]:
    return pineapple(rng, hue, rng.uniform(0.85, 0.92), 0.7)


def avocado_skin(corners: int = 26) -> Part:
    return lathe(curve([(0, -1.02), (0.4, -0.95), (0.82, -0.45), (0.78, 0.15), (0.5, 0.8), (0.28, 1.18), (0, 1.28)],
                       corners),
                 (0.20, 0.28, 0.13), corners=30)


def half_avocado(rng: Generator, hue: Color, stone: bool = True) -> list[Part]:
    """Its cut in front: green at the rim, yellow around the stone."""
    skin = avocado_skin()
    inner = [halved(skin.scaled(s, s * 1.0, 0.3), c).moved(z=z)
             for s, c, z in ((0.92, (0.52, 0.64, 0.22), 0.02), (0.8, (0.86, 0.86, 0.48), 0.04))]
    pit = (ball((0.4, 0.42, 0.36), (0, -0.32, 0.1), (0.45, 0.26, 0.14), 22).finished("mottled", 0.3, gloss=0.35)
           if stone else
           ball((0.4, 0.42, 0.05), (0, -0.32, 0.04), (0.72, 0.70, 0.34), 20))
    return turned([halved(skin, (0.20, 0.28, 0.13)).finished("leather", 0.12, amount=2), *inner, pit], "x", -8)


def avocados(rng: Generator, hue: Color) -> list[Part]:
    """One whole behind, one half before it."""
    whole = avocado_skin().finished("leather", 0.12, amount=2, gloss=0.15).turned("z", rng.uniform(10, 20))
    return [whole.moved(-0.62, 0.02, -0.75), *moved(half_avocado(rng, hue), 0.4)]


def cherry(color: Color, at: tuple[float, float, float], knot: tuple[float, float, float]) -> list[Part]:
    x, y, z = at
    fruit = lathe(curve([(0, -0.62), (0.4, -0.52), (0.68, 0), (0.55, 0.45), (0.22, 0.55), (0, 0.44)], 20), color)
    line = curve([(x, y + 0.42, z), (x * 0.9, y + 1.0, z * 0.9), (x * 0.5 + knot[0] * 0.5, y + 1.7, z * 0.5), knot], 12)
    return [fruit.moved(*at).glossy(0.55), tube(line, 0.065, (0.42, 0.52, 0.22), 8)]


def cherries(rng: Generator, hue: Color) -> list[Part]:
    """Two on their stems, under a leaf."""
    red, lower = mix((0.72, 0.08, 0.12), (0.50, 0.05, 0.12), rng.random()), rng.uniform(-0.35, -0.15)
    knot = (0.1, 2.3, 0)
    return [*cherry(red, (-0.78, 0, 0), knot), *cherry(red, (0.72, lower, 0.1), knot),
            rod((0.0, 2.25, 0), (0.2, 2.42, 0), 0.12, TWIG),
            *moved([leaf(1.25, 0.36, lift=-0.15, thick=0.06).turned("y", 75)], 0.1, 2.32)]


def three_cherries(rng: Generator, hue: Color) -> list[Part]:
    red, knot = mix((0.72, 0.08, 0.12), (0.50, 0.05, 0.12), rng.random()), (0, 2.2, 0)
    made = [p for x, y, z in ((-0.82, 0, -0.2), (0.82, -0.05, -0.2), (0.0, -0.35, 0.6))
            for p in cherry(red, (x, y, z), knot)]
    leaves = [leaf(1.1, 0.34, lift=-0.2, thick=0.06).turned("y", a) for a in (80, -80)]
    return [*made, rod((0, 2.1, 0), (0, 2.45, 0), 0.12, TWIG), *moved(leaves, y=2.25)]


def bunch(rng: Generator, hue: Color, wide: float, high: float) -> list[Part]:
    """Of grapes, layer under layer."""
    made = []
    for k, share in enumerate(np.linspace(0, 1, 7)):
        r = wide * float(np.interp(share, [0, 0.2, 0.5, 1], [0.62, 1.0, 0.8, 0.0]))
        count = max(1, round(r * 2 * np.pi / 0.5))
        for j in range(count):
            size, a = rng.uniform(0.27, 0.31), 2 * np.pi * (j + 0.5 * (k % 2) + rng.uniform(-0.1, 0.1)) / count
            made.append(ball(size, (r * np.sin(a), -share * high + rng.uniform(-0.05, 0.05), r * np.cos(a)),
                             shade(hue, rng.uniform(0.85, 1.15)), 12).glossy(0.4))
    return [*made, lathe([(0.2, -high * 0.8), (wide * 0.7, -high * 0.3), (0.3, 0)], shade(hue, 0.6), corners=12)]


def grapes(rng: Generator, hue: Color) -> list[Part]:
    twig = tube(curve([(0, -0.2, 0), (0.02, 0.5, 0), (0.2, 0.8, 0)], 7), 0.09, TWIG)
    leaves = [leaf(0.95, 0.42, FOLIAGE, -0.2).turned("y", a).moved(y=0.42) for a in (50, -110)]
    return [*bunch(rng, hue, rng.uniform(0.68, 0.8), 2.0), twig, *leaves]


def broad_grapes(rng: Generator, hue: Color) -> list[Part]:
    """A short full bunch on a piece of vine."""
    vine = tube(curve([(-0.8, 0.62, 0), (-0.2, 0.58, 0), (0.8, 0.7, 0)], 8), 0.1, TWIG)
    leaves = [leaf(0.9, 0.4, FOLIAGE, 0.2).turned("y", a).moved(x, 0.6) for a, x in ((70, 0.2), (-70, -0.2))]
    return [*bunch(rng, hue, rng.uniform(0.88, 0.98), 1.55), vine, rod((0, 0, 0), (0, 0.6, 0), 0.09, TWIG), *leaves]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "apple": (("red", "red", "green", "yellow"), apple, tall_apple, bitten_apple),
    "pear": (("green", "yellow"), pear, half_pear),
    "banana": (NONE, banana, bananas, peeled_banana),
    "strawberry": (NONE, strawberry, wide_strawberry, half_strawberry),
    "pineapple": (NONE, pineapple, stout_pineapple),
    "avocado": (NONE, half_avocado, avocados),
    "cherries": (NONE, cherries, three_cherries),
    "grapes": (("purple", "green"), grapes, broad_grapes),
}
