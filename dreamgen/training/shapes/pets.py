"""Animals of the home; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .bears import bow
from .bodies import (
    BLACK,
    ROSE,
    TONGUE,
    eyes,
    furry,
    hanging_ear,
    iris,
    legs,
    limb,
    marked,
    muzzle_lines,
    on,
    pale,
    paw,
    placed,
    pointed_ear,
    sitting,
    skull,
    slumped,
    torso,
    whiskers,
)
from .palette import FUR, Color
from .parts import WHITE, Part, ball, box, curve, lathe, pair, prism, ring, shade

COLLARS = ((0.72, 0.20, 0.18), (0.20, 0.38, 0.62), (0.24, 0.50, 0.36), (0.86, 0.62, 0.20))


def dog_head(hue: Color, light: Color, ears: Color, rng: Generator, pricked: bool, snout: float) -> list[Part]:
    """``snout``: its length; 0.3 a pug's, 0.9 a hound's."""
    size = 0.98, 0.92, 0.9
    tip = 0.55 + snout
    made = [skull(size, hue),
            limb([(0, -0.18, 0.45), (0, -0.28, 0.5 + snout * 0.5), (0, -0.32, tip)], [0.6, 0.5, 0.4], light),
            ball((0.2, 0.16, 0.14), (0, -0.06, tip + 0.34), BLACK, 14).glossy(0.5),
            ball((0.3, 0.2, 0.3), (0, -0.6, tip - 0.12), shade(light, 0.94), 14),
            limb([(0, -0.55, tip + 0.1), (0, -0.68, tip + 0.28), (0, -0.84, tip + 0.28)], [0.13, 0.15, 0.13], TONGUE,
                 5)]
    made += muzzle_lines(-0.44, tip + 0.36, 0.26, 0.045) + eyes(size, (0, 0, 0), 27, 20, 0.17, iris(hue))
    if rng.random() < 0.35:
        side = rng.choice((-1, 1))
        patch = ball((0.33, 0.35, 0.13), (0, 0, 0), ears if ears != hue else light, 16)
        made.append(patch.turned("x", -14).turned("y", 27 * side).moved(*on(size, (0, 0, 0), 27 * side, 20, 0.89)))
    if pricked:
        ear = [p.turned("z", -14).turned("x", -6).moved(0.55, 0.72, -0.1) for p in pointed_ear(0.36, 0.78, ears, ROSE)]
    else:
        ear = [hanging_ear(0.36, 1.05, ears).turned("z", 14).turned("x", -8).moved(0.86, 0.52, -0.02)]
    return made + pair(*ear)


def collar(rng: Generator, radius: float, at, tilt: float) -> list[Part]:
    band = ring(radius, 0.05, (0, 0, 0), COLLARS[rng.integers(len(COLLARS))]).scaled(y=1.2)
    tag = ball((0.07, 0.07, 0.035), (0, -0.08, radius + 0.05), (0.9, 0.72, 0.28), 12).glossy(0.7)
    return [p.turned("x", tilt).moved(*at) for p in (band, tag)]


def dog(rng: Generator, hue: Color) -> list[Part]:
    """A puppy that sits, with hanging ears."""
    light, ears = pale(hue), shade(hue, 0.55) if max(hue) > 0.3 else (0.42, 0.30, 0.20)
    made = sitting(hue, light, light, high=rng.uniform(0.92, 1.05))
    made += placed(dog_head(hue, light, ears, rng, False, rng.uniform(0.3, 0.5)), 0.4, (0, 1.18, 0.14), 4)
    tail = limb([(0, 0.12, -0.34), (0.08, 0.16, -0.58), (0.12, 0.42, -0.72)], [0.09, 0.09, 0.07], hue)
    made = marked([made[0], tail], hue, rng) + made[1:]
    return made + collar(rng, 0.235, (0, 0.84, 0.13), 14)


def hound(rng: Generator, hue: Color) -> list[Part]:
    """Standing on four legs, a saddle and a tail that wags up."""
    light = pale(hue)
    patch = shade(hue, 0.5) if max(hue) > 0.3 else (0.50, 0.34, 0.22)
    y, z = rng.uniform(0.6, 0.74), rng.uniform(0.42, 0.52)
    body = torso([(-z - 0.14, y + 0.02, 0.1, 0.1), (-z, y + 0.02, 0.2, 0.2), (0, y, 0.21, 0.2), (z - 0.1, y + 0.02,
                 0.25, 0.27),
                  (z + 0.1, y + 0.06, 0.15, 0.18)], hue)
    saddle = ball((0.225, 0.2, 0.34), (0, y + 0.05, -0.12), patch, 24)
    neck = limb([(0, y + 0.05, z - 0.1), (0, y + 0.38, z + 0.1)], [0.22, 0.17], hue, 5)
    tail = limb([(0, y + 0.1, -z - 0.08), (0, y + 0.34, -z - 0.26), (0, y + 0.6, -z - 0.22)], [0.085, 0.07, 0.05],
                patch)
    made = marked([body, neck, *legs(hue, 0.15, y - 0.06, z - 0.08, -z, 0.085)], hue, rng) + [saddle, tail]
    made += pair(*(p for k in (z - 0.06, -z - 0.01) for p in paw(0.09, (0.15, 0, k), light)))
    made += placed(dog_head(hue, light, patch, rng, False, rng.uniform(0.6, 0.85)), 0.31, (0, y + 0.56, z + 0.2), 6)
    return made + collar(rng, 0.2, (0, y + 0.28, z + 0.05), 26)


def shiba(rng: Generator, hue: Color) -> list[Part]:
    """Standing, stout, pricked ears and a curled tail."""
    light = pale(hue)
    y, z = 0.52, 0.36
    body = torso([(-z - 0.14, y + 0.04, 0.12, 0.12), (-z, y + 0.04, 0.25, 0.25), (0, y, 0.26, 0.25), (z - 0.08, y +
                 0.02, 0.29, 0.31),
                  (z + 0.12, y + 0.08, 0.17, 0.19)], hue)
    bib = ball((0.22, 0.26, 0.16), (0, y + 0.06, z + 0.04), light)
    spiral = [(0, y + 0.34 + 0.16 * np.sin(t), -z - 0.06 - 0.17 * np.cos(t)) for t in np.linspace(-1.6, 3.6, 7)]
    tail = limb(spiral, [0.1, 0.12, 0.13, 0.13, 0.12, 0.1, 0.07], hue, 14)
    neck = limb([(0, y + 0.1, z - 0.1), (0, y + 0.34, z + 0.06)], [0.26, 0.22], hue, 4)
    made = furry([body, tail, neck, *legs(hue, 0.17, y - 0.05, z - 0.06, -z, 0.095)]) + [bib]
    made += pair(*(p for k in (z - 0.04, -z - 0.01) for p in paw(0.1, (0.17, 0, k), light)))
    head = dog_head(hue, light, hue, rng, True, rng.uniform(0.4, 0.55))
    head += pair(ball((0.34, 0.3, 0.3), (0.48, -0.32, 0.52), light, 16), ball((0.13, 0.09, 0.08), (0.36, 0.56, 0.66),
                 light, 10))
    return made + placed(head, 0.38, (0, y + 0.55, z + 0.16), 4)


def dachshund(rng: Generator, hue: Color) -> list[Part]:
    """Long and low, with long ears and a long nose."""
    light, ears = pale(hue), shade(hue, 0.6) if max(hue) > 0.3 else (0.48, 0.32, 0.2)
    y, z = 0.34, rng.uniform(0.56, 0.7)
    body = torso([(-z - 0.06, y + 0.02, 0.14, 0.14), (-z + 0.1, y, 0.2, 0.19), (0, y - 0.02, 0.2, 0.18), (z - 0.1, y +
                 0.01, 0.22, 0.22), (z, y + 0.06, 0.16, 0.17)], hue)
    neck = limb([(0, y + 0.06, z - 0.06), (0, y + 0.34, z + 0.1)], [0.18, 0.16], hue, 5)
    tail = limb([(0, y + 0.08, -z - 0.12), (0, y + 0.2, -z - 0.32), (0, y + 0.44, -z - 0.42)], [0.085, 0.065, 0.045],
                hue)
    made = marked([body, neck, tail, *legs(hue, 0.15, y - 0.02, z - 0.08, -z + 0.06, 0.085, 0.5)], hue, rng)
    made += pair(*(p for k in (z - 0.04, -z + 0.08) for p in paw(0.09, (0.15, 0, k), light)))
    return made + placed(dog_head(hue, light, ears, rng, False, rng.uniform(0.8, 1.0)), 0.28, (0, y + 0.5, z + 0.2),
                         4) + collar(
        rng, 0.18, (0, y + 0.24, z + 0.05), 22)


def cat_head(hue: Color, light: Color, rng: Generator) -> list[Part]:
    size = 1.1, 0.92, 0.9
    color = ((0.62, 0.72, 0.25), (0.85, 0.65, 0.2), (0.42, 0.66, 0.78))[rng.integers(3)]
    made = [skull(size, hue), ball((0.2, 0.16, 0.18), (0, -0.5, 0.76), light, 12),
            ball((0.13, 0.09, 0.1), (0, -0.18, 1.0), ROSE, 12)]
    made += pair(ball((0.29, 0.23, 0.24), (0.2, -0.34, 0.76), light, 16))
    made += eyes(size, (0, 0, 0), 27, 7, rng.uniform(0.19, 0.22), color) + whiskers(0.42, -0.34, 0.86, 0.7, 0.05, light)
    ear = [p.turned("z", -18).turned("x", -8).moved(0.64, 0.56, 0) for p in pointed_ear(0.4, 0.8, hue, ROSE)]
    return made + pair(*ear)


def tabby(rng: Generator, hue: Color, at) -> list[Part]:
    """Three dark bars on the forehead, in a head's units."""
    dark = shade(hue, 0.55) if max(hue) > 0.3 else (0.32, 0.29, 0.28)
    at = at if rng.random() < 0.65 else ()
    return [limb([on((1.1, 0.92, 0.9), (0, 0, 0), s, up, 1.0) for up in (34, 52, 70)], [0.05, 0.08, 0.06], dark, 5, 8)
            for s in at]


def cat(rng: Generator, hue: Color) -> list[Part]:
    """Sitting, the tail laid around its feet."""
    light = pale(hue)
    made = sitting(hue, light, light, fat=rng.uniform(0.88, 1.0), high=rng.uniform(0.95, 1.08))
    made += placed(cat_head(hue, light, rng) + tabby(rng, hue, (-24, 0, 24)), 0.4, (0, 1.2, 0.12), 4)
    tail = limb([(0, 0.09, -0.3), (0.42, 0.09, -0.34), (0.62, 0.09, 0.05), (0.5, 0.09, 0.42)], [0.08, 0.085, 0.085,
                0.07],
                shade(hue, 0.8) if max(hue) > 0.3 else hue, 12)
    return marked([made[0], tail], hue, rng) + made[1:]


def walking_cat(rng: Generator, hue: Color) -> list[Part]:
    """On four legs, the tail up."""
    light = pale(hue)
    dark = shade(hue, 0.6) if max(hue) > 0.3 else (0.30, 0.28, 0.27)
    y, z = rng.uniform(0.48, 0.56), rng.uniform(0.4, 0.48)
    body = torso([(-z - 0.12, y + 0.02, 0.1, 0.1), (-z, y + 0.02, 0.2, 0.2), (0, y - 0.02, 0.21, 0.21),
                  (z - 0.06, y, 0.21, 0.23), (z + 0.1, y + 0.06, 0.13, 0.15)], hue)
    bars = [ball((0.21, 0.12, 0.045), (0, y + 0.12, k), dark, 14) for k in (-0.3, -0.1, 0.1)]
    tail = limb([(0, y + 0.06, -z - 0.06), (0, y + 0.3, -z - 0.25), (0, y + 0.66, -z - 0.2), (0, y + 0.82, -z - 0.04)],
                [0.075, 0.075, 0.075, 0.065], hue, 10)
    neck = limb([(0, y + 0.04, z - 0.08), (0, y + 0.26, z + 0.08)], [0.18, 0.17], hue, 4)
    made = marked([body, tail, neck, *legs(hue, 0.13, y - 0.05, z - 0.06, -z, 0.075)], hue,
                  rng) + bars[: 3 * rng.integers(2)]
    made += pair(*(p for k in (z - 0.04, -z - 0.01) for p in paw(0.085, (0.13, 0, k), light)))
    return made + placed(cat_head(hue, light, rng) + tabby(rng, hue, (-20, 20)), 0.33, (0, y + 0.42, z + 0.16), 5)


def loaf_cat(rng: Generator, hue: Color) -> list[Part]:
    """Lying, its paws tucked in, the tail along its side."""
    light = pale(hue)
    z = rng.uniform(0.4, 0.5)
    body = torso([(-z - 0.16, 0.26, 0.16, 0.14), (-z, 0.28, 0.35, 0.27), (0, 0.28, 0.38, 0.28), (z, 0.28, 0.32, 0.27),
                  (z + 0.14, 0.28, 0.16, 0.16)], hue)
    chest = ball((0.22, 0.2, 0.14), (0, 0.22, z + 0.08), light, 16)
    tail = limb([(0.1, 0.1, -z - 0.08), (0.42, 0.09, -z + 0.02), (0.5, 0.09, 0.0), (0.46, 0.09, z * 0.7)],
                [0.08, 0.085, 0.085, 0.07], shade(hue, 0.8) if max(hue) > 0.3 else hue, 12)
    made = marked([body, tail], hue, rng) + [chest]
    made += pair(ball((0.16, 0.2, 0.26), (0.3, 0.2, -z + 0.14), hue, 18), *paw(0.1, (0.17, 0, z + 0.12), light))
    return made + placed(cat_head(hue, light, rng) + tabby(rng, hue, (-24, 0, 24)), 0.4, (0, 0.72, z + 0.08), 6)


def rabbit_head(hue: Color, light: Color, rng: Generator, lop: bool) -> list[Part]:
    size = 0.95, 0.95, 0.95
    made = [skull(size, hue), ball((0.12, 0.09, 0.09), (0, -0.16, 0.98), ROSE, 12),
            box((0.22, 0.22, 0.08), (0, -0.56, 0.84), WHITE, 0.3)]
    made += pair(ball((0.28, 0.24, 0.24), (0.19, -0.34, 0.78), light, 16), ball((0.26, 0.24, 0.24), (0.5, -0.32, 0.5),
                 hue, 14))
    made += eyes(size, (0, 0, 0), 38, 12, 0.19, iris(hue))
    long = rng.uniform(1.25, 1.6)
    if lop:
        ear = [hanging_ear(0.36, long, hue, 0.42).turned("z", 16).moved(0.7, 0.72, 0)]
        ear += [hanging_ear(0.22, long * 0.8, ROSE, 0.3).turned("z", 16).moved(0.8, 0.62, 0.06)]
    else:
        upright = [limb([(0, 0, 0), (0, long * 0.55, 0), (0, long, 0)], [0.2, 0.31, 0.17], hue).scaled(z=0.55),
                   limb([(0, 0.12, 0), (0, long * 0.55, 0), (0, long * 0.94, 0)], [0.1, 0.2, 0.1],
                        ROSE).scaled(z=0.4).moved(
                       z=0.11)]
        ear = [p.turned("z", -rng.uniform(6, 8)).turned("x", -8).moved(0.36, 0.78, -0.05) for p in upright]
    return made + pair(*ear)


def rabbit(rng: Generator, hue: Color) -> list[Part]:
    """Sitting up, forepaws before its chest."""
    light = pale(hue)
    body = lathe(curve([(0, 0), (0.36, 0.04), (0.42, 0.26), (0.34, 0.56), (0.22, 0.8), (0, 0.9)], 16), hue)
    made = marked([body, *pair(ball((0.17, 0.24, 0.3), (0.3, 0.24, 0.04), hue))], hue, rng)
    made += [ball((0.24, 0.3, 0.16), (0, 0.42, 0.24), light), ball(0.17, (0, 0.2, -0.44), WHITE, 16).finished("fur",
             0.06)]
    made += pair(limb([(0.22, 0.64, 0.2), (0.2, 0.5, 0.38), (0.1, 0.5, 0.46)], [0.1, 0.09, 0.08], hue),
                 ball((0.12, 0.09, 0.26), (0.24, 0.09, 0.3), light))
    return made + placed(rabbit_head(hue, light, rng, False), 0.37, (0, 1.12, 0.1), 4)


def lop_rabbit(rng: Generator, hue: Color) -> list[Part]:
    """Crouching on all fours, its ears hanging."""
    light = pale(hue)
    body = torso([(-0.6, 0.3, 0.14, 0.14), (-0.45, 0.36, 0.34, 0.34), (-0.1, 0.38, 0.37, 0.37), (0.25, 0.34, 0.28,
                 0.29),
                  (0.42, 0.34, 0.14, 0.16)], hue)
    made = marked([body], hue, rng) + [ball(0.17, (0, 0.36, -0.64), WHITE, 16).finished("fur", 0.06)]
    made += pair(*furry([ball((0.16, 0.25, 0.3), (0.29, 0.26, -0.26), hue)]), ball((0.11, 0.08, 0.26), (0.33, 0.08,
                 -0.1), light),
                 limb([(0.15, 0.3, 0.3), (0.15, 0.08, 0.38)], [0.1, 0.08], hue, 4), *paw(0.085, (0.15, 0, 0.42), light))
    return made + placed(rabbit_head(hue, light, rng, True), 0.36, (0, 0.72, 0.4), 6)


def plush_rabbit(rng: Generator, hue: Color) -> list[Part]:
    """A soft toy with legs stretched out and a bow at its neck."""
    light = pale(hue)
    made = slumped(hue, light, light, fat=rng.uniform(0.9, 1.0))
    made = furry(made[:1], 0.08) + made[1:] + [ball(0.14, (0, 0.2, -0.42), WHITE, 14).finished("fur", 0.06)]
    return made + placed(rabbit_head(hue, light, rng, rng.random() < 0.5), 0.44, (0, 1.28, 0.06), 2) + bow(
        COLLARS[rng.integers(len(COLLARS))], (0, 0.9, 0.36), 0.24)


def mouse_head(hue: Color, rng: Generator) -> list[Part]:
    ear = rng.uniform(0.6, 0.75)
    made = [limb([(0, 0.02, -0.1), (0, -0.1, 0.45), (0, -0.26, 1.0)], [0.88, 0.72, 0.3], hue, 8, 20),
            ball(0.18, (0, -0.2, 1.32), ROSE, 12), box((0.24, 0.22, 0.08), (0, -0.55, 1.02), WHITE, 0.3)]
    made += eyes((0.85, 0.85, 0.95), (0, -0.02, 0.1), 34, 20, 0.19, iris(hue)) + whiskers(0.28, -0.3, 1.05, 0.75, 0.05)
    disc = [ball((ear, ear, 0.17), (0, 0, 0), hue, 20), ball((ear * 0.72, ear * 0.72, 0.14), (0, -0.02, 0.09), ROSE,
                                                             18)]
    return made + pair(*(p.turned("y", -14).moved(0.85, 0.85, -0.1) for p in disc))


def tail_of_mouse(at, side: float) -> Part:
    x, y, z = at
    return limb([(x, y, z), (x + side * 0.2, 0.06, z - 0.35), (x + side * 0.55, 0.06, z - 0.35), (x + side * 0.75,
                0.07, z - 0.1),
                 (x + side * 0.95, 0.1, z - 0.05)], [0.06, 0.055, 0.05, 0.045, 0.03], ROSE, 12, 8)


def mouse(rng: Generator, hue: Color) -> list[Part]:
    """Sitting up, a piece of cheese in its hands."""
    light = pale(hue)
    body = lathe(curve([(0, 0), (0.36, 0.04), (0.43, 0.28), (0.33, 0.6), (0.2, 0.82), (0, 0.9)], 16), hue)
    made = furry([body]) + [ball((0.26, 0.32, 0.16), (0, 0.4, 0.25), light), tail_of_mouse((0, 0.14, -0.32), 1)]
    cheese = prism([(-0.2, 0), (0.24, 0), (0.24, 0.2)], 0.2, (0, 0.42, 0.52), (0.95, 0.76, 0.28)).finished(
        "speckled", 0.1, (0.78, 0.55, 0.14))
    made += [cheese, *pair(limb([(0.24, 0.64, 0.14), (0.3, 0.5, 0.36), (0.18, 0.48, 0.5)], [0.09, 0.08, 0.075], hue),
                           ball(0.085, (0.2, 0.48, 0.5), ROSE, 12), ball((0.12, 0.08, 0.22), (0.22, 0.08, 0.32), ROSE,
            16))]
    return made + placed(mouse_head(hue, rng), 0.38, (0, 1.08, 0.1), 2)


def creeping_mouse(rng: Generator, hue: Color) -> list[Part]:
    """On all fours: an egg with ears and a long tail."""
    light = pale(hue)
    body = torso([(-0.6, 0.28, 0.1, 0.1), (-0.46, 0.34, 0.32, 0.3), (-0.1, 0.36, 0.38, 0.34), (0.25, 0.34, 0.28, 0.27),
                  (0.4, 0.34, 0.14, 0.14)], hue)
    made = furry([body]) + [tail_of_mouse((0, 0.22, -0.52), 1), ball((0.28, 0.16, 0.4), (0, 0.18, -0.06), light)]
    made += pair(ball((0.1, 0.06, 0.17), (0.26, 0.06, -0.26), ROSE, 14), ball((0.08, 0.06, 0.13), (0.18, 0.06, 0.34),
                 ROSE, 14),
                 limb([(0.18, 0.26, 0.24), (0.18, 0.08, 0.32)], [0.1, 0.07], hue, 4))
    return made + placed(mouse_head(hue, rng), 0.33, (0, 0.52, 0.4), 4)


COATS = ("grey", "grey", "white", "brown", "black")
SHAPES = {                              # name: the colors that it comes in, and its designs
    "dog": (FUR, dog, hound, shiba, dachshund),
    "cat": (FUR, cat, walking_cat, loaf_cat),
    "rabbit": (FUR, rabbit, lop_rabbit, plush_rabbit),
    "mouse": (COATS, mouse, creeping_mouse),
}
