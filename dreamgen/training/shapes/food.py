"""What one eats and drinks; units are whatever each shape likes."""

import numpy as np
from numpy.random import Generator

from . import fruit, vegetables
from .palette import ANY, NONE
from .parts import (BARK, BROWN, CREAM, GRASS, LEAF, RED, WHITE, YELLOW, Colour, Part, around, ball, box, curve, dot,
                    lathe, moved, prism, ring, rod, shade, stripes, tube, turned)

PASTRY = (0.85, 0.62, 0.34)


def hamburger(rng: Generator, hue: Colour) -> list[Part]:
    bun = shade(PASTRY, rng.uniform(0.9, 1.1))
    bottom = lathe([(0.85, 0), (1.0, 0.08), (1.0, 0.28), (0.95, 0.32)], bun)
    top = lathe([(1.0, 0.0), (1.03, 0.1), (0.93, 0.38), (0.65, 0.6), (0.3, 0.69), (0, 0.71)], bun)
    y, made = 0.32, [bottom]
    for thick, wide, colour in ((0.1, 1.1, GRASS), (0.26, 1.04, (0.36, 0.20, 0.11)), (0.07, 1.1, YELLOW),
                                (0.1, 1.03, RED)):
        made.append(lathe([(wide - 0.05, 0), (wide, thick * 0.3), (wide, thick * 0.7), (wide - 0.05, thick)], colour,
                          (0, y, 0)))
        y += thick
    seeds = [dot((0.05, 0.03, 0.08), (0, 0.62, 0.5), CREAM), dot((0.05, 0.03, 0.08), (0, 0.44, 0.87), CREAM)]
    return [*made, top.moved(y=y), *moved(around(seeds[0], 5) + around(seeds[1], 8, 20), y=y)]


def hot_dog(rng: Generator, hue: Colour) -> list[Part]:
    long = rng.uniform(1.0, 1.2)
    bun = ball((long, 0.34, 0.32), (0, 0, 0.24), PASTRY)
    x = np.linspace(-long * 0.95, long * 0.95, 24)
    mustard = tube(np.stack([x, 0.52 + 0 * x, 0.12 * np.sin(x * 11)], -1), 0.05, YELLOW, 6)
    sausage = tube(np.stack([x * 1.2, 0.28 + 0 * x, 0 * x], -1), 0.24 * np.sqrt(1.001 - np.linspace(-1, 1, 24) ** 6),
                   (0.72, 0.27, 0.16), 12)
    return [bun, bun.scaled(z=-1), sausage, mustard]


def cake(rng: Generator, hue: Colour) -> list[Part]:
    """A birthday cake: two tiers, icing in colour, candles."""
    wide, made = rng.uniform(0.95, 1.1), []
    for y, r, h, icing in ((0.0, wide, 0.55, CREAM), (0.55, wide * 0.68, 0.42, hue)):
        made += [lathe([(r, 0), (r, h)], shade(icing, 0.98), (0, y, 0)),
                 ring(r * 0.99, 0.07, (0, y + h, 0), hue if y == 0 else WHITE), ring(r, 0.07, (0, y + 0.05, 0), hue)]
    candle = [rod((0, 0.95, 0.42), (0, 1.32, 0.42), 0.05, WHITE),
              ball((0.05, 0.11, 0.05), (0, 1.42, 0.42), (1.0, 0.65, 0.1))]
    return [*made, *(c for part in candle for c in around(part, 5))]


def cupcake(rng: Generator, hue: Colour) -> list[Part]:
    swirl = [lathe([(0.75 - 0.22 * k, -0.12), (0.88 - 0.22 * k, 0.02), (0.8 - 0.22 * k, 0.2),
                    (0.5 - 0.2 * k if k < 2 else 0.1, 0.3)], hue, (0.0, 0.85 + 0.27 * k, 0)) for k in range(3)]
    case = lathe([(0.55, 0), (0.8, 0.8)], (0.80, 0.55, 0.32)).painted(stripes(12), (0.62, 0.40, 0.22))
    return [case, *swirl, ball(0.17, (0, 1.76, 0), RED)]


def ice_cream(rng: Generator, hue: Colour) -> list[Part]:
    long = rng.uniform(1.5, 1.8)
    cone = lathe([(0.02, -long), (0.62, 0), (0.66, 0.06)], (0.87, 0.62,
                                                            0.32)).painted(lambda c: c[:, 1] > 0, (0.75, 0.48, 0.22))
    made = [cone, ball(0.68, (0, 0.38, 0), hue), ring(0.6, 0.12, (0, 0.1, 0), hue)]
    return made + ([ball(0.55, (0, 1.15, 0), CREAM)] if rng.random() < 0.5 else [])


def doughnut(rng: Generator, hue: Colour) -> list[Part]:
    thick = rng.uniform(0.38, 0.46)
    dough = ring(0.85, thick, (0, 0, 0), PASTRY)
    icing = ring(0.85, thick * 1.03, (0, 0, 0), hue).scaled(y=0.75).moved(y=0.11)
    sprinkles = []
    for k in range(22):
        a, r = 360 * k / 22, 0.85 + rng.uniform(-0.22, 0.22)
        colour = ((0.95, 0.9, 0.3), (0.3, 0.6, 0.95), WHITE, (0.4, 0.8, 0.4))[k % 4]
        y = 0.14 + 0.75 * np.sqrt((thick * 1.03) ** 2 - (r - 0.85) ** 2)
        sprinkles.append(box((0.14, 0.06, 0.05), (0, 0, 0),
                             colour).turned("y", rng.uniform(0, 180)).moved(0, y, r).turned("y", a))
    return [part.turned("x", 25) for part in (dough, icing, *sprinkles)]


def egg(rng: Generator, hue: Colour) -> list[Part]:
    """In an egg cup."""
    shell = lathe(curve([(0, -0.75), (0.5, -0.55), (0.72, 0.0), (0.52, 0.72), (0.25, 1.0), (0, 1.06)], 20),
                  (0.95, 0.84, 0.72))
    cup = lathe([(0.5, -1.6), (0.46, -1.5), (0.16, -1.35), (0.16, -1.1), (0.6, -0.6), (0.76, -0.1), (0.68, -0.1),
                 (0, -0.8)], hue)
    return [shell, cup]


def cheese(rng: Generator, hue: Colour) -> list[Part]:
    """A wedge with holes."""
    high, body = rng.uniform(0.7, 0.9), (0.97, 0.80, 0.28)
    wedge = prism([(-1.1, -0.55), (1.0, -0.7), (1.0, 0.7)], high, (0, 0, 0), body).turned("x", -90)
    side = [ball((0.04, r, r), (1.0, y, z), shade(body, 0.72))
            for y, z, r in ((0.12, 0.3, 0.17), (-0.15, -0.2, 0.13), (0.2, -0.4, 0.09))]
    top = [ball((r, 0.04, r), (x, high / 2, z), shade(body, 0.72))
           for x, z, r in ((0.6, 0.1, 0.17), (0.1, -0.1, 0.12), (0.75, -0.35, 0.1))]
    return turned([wedge, *side, *top], "y", -50)


def coffee_mug(rng: Generator, hue: Colour) -> list[Part]:
    wide, high = rng.uniform(0.5, 0.6), rng.uniform(1.0, 1.25)
    handle = tube(curve([(wide * 0.9, high * 0.8, 0), (wide + 0.38, high * 0.72, 0), (wide + 0.36, high * 0.3, 0),
                         (wide * 0.9, high * 0.18, 0)], 12), 0.08, hue)
    return [lathe([(wide * 0.92, 0), (wide, 0.08), (wide, high), (wide - 0.07, high), (wide - 0.07, 0.1), (0, 0.1)],
                  hue), handle,
            lathe([(wide - 0.05, high * 0.8), (wide - 0.05, high * 0.83)], (0.30, 0.17, 0.09))]


def teapot(rng: Generator, hue: Colour) -> list[Part]:
    fat, lid = rng.uniform(0.8, 0.92), shade(hue, 0.85)
    body = lathe(curve([(0.5, 0), (fat, 0.35), (fat, 0.75), (0.55, 1.15), (0.4, 1.2)], 16), hue)
    spout = tube(curve([(0.7, 0.4, 0), (1.15, 0.6, 0), (1.3, 1.0, 0), (1.5, 1.15, 0)], 10),
                 [0.24, 0.22, 0.2, 0.18, 0.16, 0.14, 0.13, 0.12, 0.11, 0.11], hue)
    handle = tube(curve([(-0.6, 1.0, 0), (-1.15, 1.05, 0), (-1.3, 0.65, 0), (-0.75, 0.3, 0)], 12), 0.09, hue)
    return [body, spout, handle, lathe([(0.48, 1.15), (0.4, 1.26), (0.1, 1.36)], lid), ball(0.13, (0, 1.45, 0), lid)]


def wine_glass(rng: Generator, hue: Colour) -> list[Part]:
    """Of opaque grey glass, filled."""
    glass, bowl = (0.80, 0.87, 0.91), rng.uniform(0.42, 0.52)
    cup = lathe([*curve([(0.05, 0.9), (bowl * 0.8, 1.05), (bowl, 1.4), (bowl * 0.8, 1.95)], 10), (bowl * 0.74, 1.95),
                 (bowl * 0.86, 1.55), (0, 1.55)], glass)
    wine = lathe(curve([(0.08, 0.88), (bowl * 0.86, 1.04), (bowl * 1.02, 1.4), (bowl * 0.99, 1.6)], 10),
                 (0.52, 0.06, 0.16))
    return [lathe([(0.42, 0), (0.4, 0.04), (0.06, 0.1)], glass), rod((0, 0.05, 0), (0, 1.0, 0), 0.06, glass), cup, wine]


def bottle(rng: Generator, hue: Colour) -> list[Part]:
    fat, high = rng.uniform(0.36, 0.44), rng.uniform(1.1, 1.4)
    glass = lathe([(fat * 0.9, 0), (fat, 0.06), (fat, high), (fat * 0.85, high + 0.18), (0.15, high + 0.45),
                   (0.14, high + 0.85), (0.17, high + 0.87), (0.17, high + 0.97)], hue)
    return [glass, lathe([(fat * 1.02, 0.3), (fat * 1.02, high * 0.78)], CREAM),
            lathe([(0.13, high + 0.95), (0.13, high + 1.1)], (0.75, 0.56, 0.36))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    **fruit.SHAPES,
    **vegetables.SHAPES,
    "hamburger": (NONE, hamburger),
    "hot dog": (NONE, hot_dog),
    "birthday cake": (ANY, cake),
    "cupcake": (ANY, cupcake),
    "ice cream": (("pink", "white", "brown", "yellow", "green"), ice_cream),
    "doughnut": (ANY, doughnut),
    "egg": (NONE, egg),
    "cheese": (NONE, cheese),
    "coffee mug": (ANY, coffee_mug),
    "teapot": (ANY, teapot),
    "wine glass": (NONE, wine_glass),
    "bottle": (ANY, bottle),
}
