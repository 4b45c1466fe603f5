"""Bread, croissants, pancakes and pizza."""

import numpy as np
from numpy.random import Generator

from .fruit import strawberry
from .palette import NONE
from .pantry import (
    BERRY,
    BUTTER,
    CRUMB,
    CRUST,
    FOLIAGE,
    IVORY,
    TOAST,
    drips,
    leaf,
    mix,
    plate,
    puck,
    swirl,
    warped,
    wedge,
)
from .parts import Color, Part, ball, box, curve, loft, moved, prism, ring, shade, tube, turned

SAUCE, MOZZARELLA, SALAMI = (0.78, 0.24, 0.12), (0.98, 0.84, 0.50), (0.70, 0.20, 0.15)


def salami(x: float, z: float, y: float, size: float = 0.17) -> list[Part]:
    return [puck(size, 0.06, SALAMI, (x, y, z), 0.5, 12).finished("speckled", 0.06, (0.88, 0.48, 0.38), gloss=0.2),
            puck(size * 1.06, 0.045, shade(SALAMI, 0.75), (x, y, z), 0.4, 12)]


def sector(radius: float, start: float, end: float, high: float, color: Color, y: float) -> Part:
    """A piece of a disc, from ``start`` to ``end`` degrees, 0 at the right and 90 behind, its base at y."""
    if end - start >= 360:
        return puck(radius, high, color, (0, y, 0), 0.2, 40)
    a = np.radians(np.linspace(start, end, 40))
    return prism([(0, 0), *zip(radius * np.cos(a), radius * np.sin(a))], high, (0, 0, 0),
                 color).turned("x", -90).moved(y=y + high / 2)


def pizza_of(rng: Generator, start: float, end: float) -> list[Part]:
    """Its toppings between two angles; lying."""
    a = np.radians(np.linspace(start, end, 48))
    bump = 0.115 + 0.018 * np.sin(np.arange(48) * 1.9)
    made = [tube(np.stack([0.95 * np.cos(a), 0.09 + 0 * a, -0.95 * np.sin(a)], -1), bump, CRUST,
                 12).finished("clouded", 0.18, TOAST),
            sector(0.96, start, end, 0.1, CRUST, 0), sector(0.87, start, end, 0.045, SAUCE, 0.09),
            sector(0.83, start, end, 0.06, MOZZARELLA, 0.1).finished("clouded", 0.2, (0.93, 0.60, 0.24), gloss=0.25)]
    for r, b in [(0.62, c) for c in np.arange(22, 360, 45)] + [(0.27, c) for c in (45, 165, 285)]:
        if start + 12 < b < end - 12:
            x, z = r * np.cos(np.radians(b)), -r * np.sin(np.radians(b))
            made += salami(x, z, 0.15)
    for b in np.arange(start + 22, end - 10, 61):
        x, z = 0.45 * np.cos(np.radians(b)), -0.45 * np.sin(np.radians(b))
        made += [leaf(0.26, 0.09, FOLIAGE, 0.25, 0.12).turned("y", rng.uniform(0, 360)).moved(x, 0.165, z)]
        x, z = x * 1.75, z * 1.75
        made.append(ring(0.06, 0.03, (x, 0.18, z), (0.16, 0.15, 0.14)))
    return made


def pizza(rng: Generator, hue: Color) -> list[Part]:
    """Whole, leaning back to be seen."""
    return turned(pizza_of(rng, 0, 360), "x", rng.uniform(22, 40))


def cut_pizza(rng: Generator, hue: Color) -> list[Part]:
    """One piece pulled out to the front."""
    piece = turned(pizza_of(rng, 0, 45), "y", -112.5)
    return turned([*turned(pizza_of(rng, 45, 360), "y", -112.5), *moved(piece, 0, 0.05, 0.45)], "x", 24)


def pizza_slice(rng: Generator, hue: Color) -> list[Part]:
    """Its tip down, strings of cheese at its edges."""
    t, a = np.radians(np.linspace(-26, 26, 18)), 1.5
    crust = tube(np.stack([a * np.sin(t), 0.1 + 0 * t, -a * np.cos(t)], -1), 0.17 + 0.02 * np.sin(np.arange(18) * 1.7),
                 CRUST, 14).finished("clouded", 0.25, TOAST)
    made = [crust, *(p.turned("y", 180) for p in (wedge(1.5, 0.13, 52, CRUST),
                                                  wedge(1.42, 0.06, 49, SAUCE, (0, 0.12, -0.01)),
            wedge(1.36, 0.09, 50, MOZZARELLA, (0, 0.13, -0.03))
            .finished("clouded", 0.3, (0.93, 0.60, 0.24), gloss=0.25)))]
    for x, z in ((0.25, -1.1), (-0.28, -0.98), (0.02, -0.58)):
        made += salami(x, z, 0.21, 0.2)
    made += [leaf(0.34, 0.12, FOLIAGE, 0.25, 0.12).turned("y", b).moved(x, 0.24, z) for x, z,
             b in ((-0.05, -1.25, 60), (0.18, -0.75, -30))]
    for side in (-1, 1):
        for r, long in ((0.6, 0.2), (0.95, 0.15), (1.2, 0.22)):
            b = np.radians(24.5) * side
            made.append(ball((0.09, long, 0.09), (r * np.sin(b), 0.12 - long * 0.4, -r * np.cos(b)), MOZZARELLA,
                             10).glossy(0.25))
    return turned(made, "x", rng.uniform(42, 58))


def bread(rng: Generator, hue: Color, long: float = 1.25, wide: float = 0.62, high: float = 0.5,
          cuts: int = 4) -> list[Part]:
    """A loaf with cuts across it."""
    t = np.linspace(-1, 1, 22)
    share = np.sqrt(np.clip(1 - np.abs(t) ** 3.2, 0.004, 1))
    body = loft(np.stack([t * long, 0.1 * share, wide * share, high * share], -1),
                mix(CRUST, TOAST, rng.uniform(0.2, 0.7)), 0.85, 28)
    body = warped(body, lambda v: np.stack([v[:, 0], np.maximum(v[:, 1], -high * 0.6), v[:, 2]],
                                           -1)).finished("clouded", 0.45, TOAST, gloss=0.15)
    made = [body]
    for k in range(cuts):
        z = long * 1.35 * ((k + 0.5) / cuts - 0.5)
        s = float(np.interp(z / long, t, share))
        x = np.linspace(-0.75, 0.75, 12) * wide * s
        y = 0.1 * s + high * s * np.sqrt(np.clip(1 - (x / (wide * s)) ** 2, 0, 1))
        made.append(tube(np.stack([x, y - 0.03, z + x * 0.35], -1),
                         0.085 * np.sqrt(np.clip(1.02 - np.linspace(-1, 1, 12) ** 2, 0, 1)) + 0.005, CRUMB, 8))
    return turned(made, "y", 90)


def baguette(rng: Generator, hue: Color) -> list[Part]:
    return turned(bread(rng, hue, rng.uniform(1.7, 1.9), 0.34, 0.32, 6), "y", rng.uniform(-20, 20))


def slice_outline(wide: float, high: float) -> np.ndarray:
    half = curve([(0, -high), (wide * 0.85, -high), (wide * 0.95, -high * 0.85), (wide * 0.9, 0.15 * high),
                  (wide * 1.12, 0.5 * high),
                  (wide * 0.95, 0.9 * high), (wide * 0.5, high), (0, high * 1.02)], 22)
    return np.concatenate([half, (half * (-1, 1))[-2:0:-1]])


def sliced_bread(rng: Generator, hue: Color) -> list[Part]:
    """For toast: a loaf, and slices leaning before it."""
    def piece(deep: float) -> list[Part]:
        return [prism(slice_outline(0.6, 0.6), deep, (0, 0, 0), CRUST).finished("clouded", 0.5, TOAST),
                prism(slice_outline(0.53, 0.53), deep + 0.04, (0, 0, 0),
                      CRUMB).finished("speckled", 0.1, shade(CRUMB, 0.9))]
    made = moved(piece(1.3), 0, 0, -0.5)
    for k in range(int(rng.integers(1, 4))):
        made += moved(turned(piece(0.16), "x", -10 - 9 * k), 0, -0.02 * k, 0.33 + 0.28 * k)
    return turned(made, "y", rng.uniform(-30, 10))


def croissant(rng: Generator, hue: Color, segments: int = 7) -> list[Part]:
    """A crescent of rolled layers, points to the front."""
    count = segments * 8
    t = (np.arange(count) + 0.5) / count * 2 - 1
    a, steps = t * rng.uniform(1.75, 2.05), np.abs(t) * segments / 2 + (0.5 if segments % 2 else 0)
    layer = 1 - steps % 1
    r = 0.43 * (1 - np.abs(t) ** 1.7 * 0.82) * (0.84 + 0.2 * layer ** 0.6)
    line = np.stack([0.95 * np.sin(a), 0.9 * r, -0.8 * np.cos(a)], -1)
    body = tube(line, r, mix(CRUST, (0.90, 0.62, 0.28), rng.random()), 18)
    body = body.painted(lambda c: np.isin(np.abs(np.linalg.norm(c[:, None, [0, 2]] - line[None, :, [0, 2]],
                                                                axis=2)).argmin(1), np.flatnonzero(layer < 0.3)), TOAST)
    return turned([body.glossy(0.35)], "x", rng.uniform(5, 25))


def plump_croissant(rng: Generator, hue: Color) -> list[Part]:
    """Nearly straight, with fewer and bigger layers."""
    count, segments = 40, 5
    t = (np.arange(count) + 0.5) / count * 2 - 1
    steps = np.abs(t) * segments / 2 + 0.5
    layer = 1 - steps % 1
    r = 0.5 * (1 - np.abs(t) ** 1.5 * 0.75) * (0.84 + 0.18 * layer ** 0.6)
    line = np.stack([1.25 * t, 0.85 * r, 0.65 * t * t], -1)
    body = tube(line, r, CRUST, 20).painted(lambda c: np.isin(np.abs(c[:, None, 0] - line[None, :, 0]).argmin(1),
                                                              np.flatnonzero(layer < 0.25)), TOAST)
    return [body.glossy(0.35)]


def pancakes(rng: Generator, hue: Color, count: int = 4, berries: bool = False) -> list[Part]:
    """Stacked on a plate, butter and syrup on top."""
    made, y, face = [plate(1.35)], 0.1, mix((0.80, 0.52, 0.24), (0.72, 0.43, 0.18), rng.random())
    x = z = 0.0
    for _ in range(count):
        x, z, r = rng.uniform(-0.07, 0.07), rng.uniform(-0.07, 0.07), rng.uniform(0.9, 0.97)
        made += [puck(r, 0.2, (0.95, 0.80, 0.50), (x, y, z), 0.5),
                 puck(r * 0.95, 0.215, face, (x, y - 0.006, z), 0.3).finished("clouded", 0.3, shade(face, 0.82))]
        y += 0.2
    syrup = drips(0.72, 0.05, 0.4, (0.60, 0.31, 0.09), 7,
                  rng.uniform(0, 6)).scaled(1.28, 1, 1.28).moved(x, y + 0.03, z).glossy(0.6)
    made.append(syrup)
    if berries:
        made += [ball(0.14, (x + 0.33 * np.sin(a), y + 0.17, z + 0.33 * np.cos(a)), (0.25, 0.28, 0.50),
                      12).glossy(0.3) for a in (1.2, 2.6, 3.8)]
        fruit = [p.scaled(0.36, 0.36, 0.36).turned("x", 180).moved(x + 0.1, y + 0.26, z + 0.28)
                 for p in strawberry(rng, BERRY)[:1]]
        return [*made, *fruit, *moved(swirl(0.3, 0.3, IVORY), x - 0.25, y + 0.06, z + 0.2)]
    return [*made, box((0.42, 0.17, 0.42), (0, 0, 0), BUTTER, 0.25).turned("y", 25).moved(x, y + 0.15, z)]


def tall_pancakes(rng: Generator, hue: Color) -> list[Part]:
    return pancakes(rng, hue, int(rng.integers(6, 8)))


def berry_pancakes(rng: Generator, hue: Color) -> list[Part]:
    return pancakes(rng, hue, 3, True)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "pizza": (NONE, pizza, cut_pizza, pizza_slice),
    "bread": (NONE, bread, baguette, sliced_bread),
    "croissant": (NONE, croissant, plump_croissant),
    "pancakes": (NONE, pancakes, tall_pancakes, berry_pancakes),
}
