"""Cakes, ice cream and candy."""

import numpy as np
from numpy.random import Generator

from .palette import ANY
from .pantry import (
    BERRY,
    BUTTER,
    CHOCOLATE,
    CRUMB,
    CRUST,
    IVORY,
    TOAST,
    angle,
    bitten,
    crumbs,
    drips,
    mix,
    plate,
    puck,
    swirl,
    warped,
)
from .parts import Color, Part, around, ball, box, curve, lathe, loft, moved, ring, rod, shade, tube, turned

SPRINKLES = ((0.93, 0.80, 0.35), (0.40, 0.65, 0.80), (0.95, 0.93, 0.90), (0.50, 0.72, 0.45), (0.88, 0.45, 0.52))


def candles(rng: Generator, y: float, r: float, count: int, color: Color) -> list[Part]:
    """In a circle of radius ``r``, or one in the middle."""
    stick = [rod((0, y - 0.05, r), (0, y + 0.42, r), 0.065, color,
                 corners=10).finished("stripes", 0.07, (0.97, 0.96, 0.93)),
             lathe(curve([(0, y + 0.44), (0.075, y + 0.53), (0.05, y + 0.64), (0, y + 0.74)], 8), (1.0, 0.72, 0.22),
                   (0, 0, r), 8)]
    return [p for part in stick for p in around(part, count)]


def piping(r: float, y: float, size: float, color: Color, count: int) -> list[Part]:
    """A wreath of dabs of cream."""
    dab = lathe(curve([(0, -0.1), (0.9, 0), (1.0, 0.4), (0.5, 1.0), (0, 1.5)], 8), color,
                corners=8).scaled(size, size, size)
    return around(dab.moved(0, y, r), count)


def cake(rng: Generator, hue: Color) -> list[Part]:
    """One tall tier, icing running down, cherries and candles."""
    wide, high = rng.uniform(0.95, 1.05), rng.uniform(0.75, 0.9)
    body = mix(hue, IVORY, 0.8)
    made = [plate(wide * 1.28, at=(0, -0.1, 0)), puck(wide, high, body, edge=0.1),
            drips(wide * 0.99, 0.1, 0.42, hue, 10, rng.uniform(0, 6)).moved(y=high - 0.02)]
    made += [*piping(wide * 0.98, 0.0, 0.11, hue, 18), *piping(wide * 0.75, high + 0.06, 0.13, mix(hue, IVORY, 0.75),
                                                               8)]
    made += [b for b in around(ball(0.1, (0, high + 0.27, wide * 0.75), BERRY, 10).glossy(0.5), 8)]
    return made + candles(rng, high + 0.06, wide * 0.36, int(rng.integers(3, 6)), mix(hue, (0.95, 0.85, 0.55), 0.6))


def tiered_cake(rng: Generator, hue: Color) -> list[Part]:
    """Two or three tiers with piping."""
    made, y, count = [plate(1.45, at=(0, -0.12, 0))], 0.0, int(rng.integers(2, 4))
    for k in range(count):
        r, h = 1.1 - 0.34 * k, 0.55 - 0.04 * k
        made += [puck(r, h, hue if k % 2 == 0 else mix(hue, IVORY, 0.78), (0, y, 0), 0.12, 36),
                 *piping(r, y, 0.09, IVORY if k % 2 == 0 else hue,
                         round(18 * r)), *piping(r * 0.92, y + h, 0.08, IVORY, round(16 * r))]
        y += h
    return made + candles(rng, y, 0.0 if count == 3 else 0.38, 1 if count == 3 else 5,
                          mix(hue, (0.95, 0.85, 0.55), 0.5))


def layer_cake(rng: Generator, hue: Color) -> list[Part]:
    """Sponge and cream in layers, seen at its side; sprinkles on top."""
    r, made, sponge = 1.0, [plate(1.3, at=(0, -0.12, 0))], mix(CRUST, (0.90, 0.74, 0.48), 0.5)
    for k in range(3):
        made += [puck(r, 0.27, sponge, (0, 0.4 * k, 0), 0.2).finished("speckled", 0.09, TOAST),
                 puck(r * 1.02, 0.17, hue, (0, 0.4 * k + 0.25, 0), 0.5)]
    top = lathe([(r * 0.99, 1.17), (r * 1.03, 1.28), (r * 0.95, 1.34), (0, 1.36)], hue, corners=32)
    bits = crumbs(rng, 22, (0.06, 0.04, 0.035), SPRINKLES,
                  lambda u, v: (0.9 * np.sqrt(v) * np.sin(6.283 * u), 1.35, 0.9 * np.sqrt(v) * np.cos(6.283 * u)))
    return [*made, top, *bits, *candles(rng, 1.34, 0.5, 6, IVORY)]


def case(color: Color, low: float = 0.52, top: float = 0.8, high: float = 0.78) -> Part:
    """Of pleated paper."""
    part = lathe([(low, 0), (top, high), (top * 0.93, high)], color, corners=64)
    return warped(part, lambda v: v * np.stack([1 + 0.045 * np.sign(np.sin(angle(v) * 16)), 0 * v[:, 0] + 1,
                                                1 + 0.045 * np.sign(np.sin(angle(v) * 16))], -1)).painted(
        lambda c: np.sin(angle(c) * 16) < 0, shade(color, 0.86))


def cupcake(rng: Generator, hue: Color) -> list[Part]:
    """A swirl of cream in a pleated case, a cherry on top."""
    paper = (CHOCOLATE, mix(hue, IVORY, 0.7), (0.86, 0.70, 0.50))[int(rng.integers(3))]
    high = rng.uniform(0.85, 1.05)
    bits = crumbs(rng, 12, (0.07, 0.045, 0.04), SPRINKLES,
                  lambda u, v: ((0.92 - 0.5 * v) * np.sin(6.283 * u), 0.98 + v * high * 0.55,
                                (0.92 - 0.5 * v) * np.cos(6.283 * u)))
    return [case(paper), *moved(swirl(0.92, high, hue), y=0.7), *bits,
            ball(0.17, (0, 0.84 + high, 0), BERRY, 16).glossy(0.5),
            tube(curve([(0, high + 0.98, 0), (0.04, high + 1.1, 0), (0.14, high + 1.24, 0)], 5), 0.04,
                 (0.40, 0.48, 0.22), 6)]


def muffin(rng: Generator, hue: Color) -> list[Part]:
    """Icing poured over a dome, sprinkled."""
    dome = lathe(curve([(0.8, 0.72), (0.96, 0.86), (0.86, 1.14), (0.5, 1.36), (0, 1.44)], 12), CRUST,
                 corners=32).finished("speckled", 0.12, TOAST)
    icing = warped(lathe(curve([(0.8, 0.9), (0.99, 0.98), (0.9, 1.2), (0.52, 1.43), (0, 1.52)], 14), hue, corners=48),
                   lambda v: v + np.stack([0 * v[:, 0], 0.1 * np.sin(angle(v) * 7) * (v[:, 1] < 1.15), 0 * v[:, 0]],
                                          -1)).glossy(0.3)
    bits = crumbs(rng, 18, (0.075, 0.045, 0.04), SPRINKLES,
                  lambda u, v: (0.78 * np.sqrt(v) * np.sin(6.283 * u), 1.53 - 0.33 * v,
                                0.78 * np.sqrt(v) * np.cos(6.283 * u)))
    return [case(mix(hue, IVORY, 0.75)), dome, icing, *bits, *([ball(0.15, (0, 1.6, 0), BERRY, 14).glossy(0.5)]
                                                               if rng.random() < 0.5 else [])]


def birthday_cupcake(rng: Generator, hue: Color) -> list[Part]:
    return [case(mix(hue, IVORY, 0.72), 0.58, 0.82, 0.7), *moved(swirl(0.95, 0.6, hue, 2.4, 0.42), y=0.62),
            *candles(rng, 1.2, 0, 1, mix(hue, BUTTER, 0.7))]


def cone(long: float, wide: float = 0.62) -> list[Part]:
    """A waffle, its rim at y = 0."""
    wafer = (0.88, 0.64, 0.34)
    return [lathe([(0.05, -long), (0.09, -long + 0.02), (wide, 0)], wafer,
                  corners=32).finished("waffle", 0.17, amount=1.2),
            lathe([(wide * 0.97, -0.2), (wide * 1.09, -0.15), (wide * 1.12, 0.05), (wide * 0.9, 0.07)],
                  shade(wafer, 0.9), corners=32)]


def scoop(rng: Generator, size: float, y: float, color: Color, x: float = 0.0, z: float = 0.0) -> list[Part]:
    """With a ragged skirt."""
    shift = rng.uniform(0, 6)
    skirt = warped(ring(size * 0.84, size * 0.2, (0, 0, 0), color),
                   lambda v: v * (1 + 0.07 * np.sin(angle(v) * 5 + shift) * np.array([[1], [0.3], [1]])).T)
    return [p.finished("mottled", 0.16).moved(x, y, z) for p in (ball(size, (0, size * 0.4, 0), color, 24), skirt)]


def sauce_on(size: float, color: Color, shift: float) -> Part:
    """The top of a ball, its edge running down in tongues; below it is hidden in the ball."""
    def bend(v):
        edge = size * (0.5 + 0.26 * np.sin(5 * angle(v) + shift) + 0.1 * np.sin(2 * angle(v)))
        return v * np.where(v[:, 1] > edge, 1.0, 0.9)[:, None]
    return warped(lathe(np.stack([f(np.linspace(-0.6, np.pi / 2, 18)) * size * 1.06 for f in (np.cos, np.sin)], -1),
                        color, corners=60), bend).glossy(0.5)


def ice_cream(rng: Generator, hue: Color) -> list[Part]:
    """A scoop in a waffle cone, now and then with sauce."""
    made = [*cone(rng.uniform(1.5, 1.8)), *scoop(rng, 0.72, 0.08, hue)]
    if rng.random() < 0.5:
        made += [sauce_on(0.72, CHOCOLATE if max(hue) > 0.5 else BUTTER, rng.uniform(0, 6)).moved(y=0.37),
                 ball(0.15, (0, 1.2, 0), BERRY, 14).glossy(0.5)]
    return made


def two_scoops(rng: Generator, hue: Color) -> list[Part]:
    other = mix(hue, IVORY, 0.65) if min(hue) < 0.7 else (0.93, 0.66, 0.66)
    stick = rod((0.2, 1.2, 0), (0.5, 2.05, 0), 0.09, (0.80, 0.55, 0.28)).finished("stripes", 0.08, (0.62, 0.38, 0.18))
    return [*cone(rng.uniform(1.5, 1.7)), *scoop(rng, 0.72, 0.06, hue), *scoop(rng, 0.6, 0.92, other), stick]


def soft_ice(rng: Generator, hue: Color) -> list[Part]:
    """A swirl in a wafer cup."""
    wafer = (0.88, 0.66, 0.38)
    cup = [lathe([(0.34, -1.3), (0.42, -0.35)], wafer, corners=28).finished("stripes", 0.16, shade(wafer, 0.9)),
           lathe([(0.42, -0.4), (0.62, -0.3), (0.66, 0.08), (0.58, 0.1)], shade(wafer, 0.93), corners=28)]
    return [*cup, *swirl(0.84, rng.uniform(1.1, 1.4), hue, 3.4, 0.38)]


def ice_lolly(rng: Generator, hue: Color) -> list[Part]:
    """On a stick, dipped or bitten."""
    outline = [(-1.0, 0, 0.5, 0.26), (-0.95, 0, 0.54, 0.3), (0.5, 0, 0.54, 0.3),
               *((0.5 + 0.54 * np.sin(a), 0, 0.54 * np.cos(a), 0.3 * np.cos(a) ** 0.7)
                                                                                   for a in np.linspace(0.2, 1.5, 8))]
    body = loft(np.array(outline), hue, 0.5, 28).turned("x", -90)
    grooves = [box((0.1, 1.2, 0.05), (x, -0.1, z * 0.3), shade(hue, 0.84), 0.5) for x in (-0.2, 0.2) for z in (-1, 1)]
    tip = [loft(np.array([(z, y, w * 1.04, h * 1.08) for z, y, w, h in outline[2:]]), mix(hue, IVORY, 0.7)
                if min(hue) < 0.7 else CHOCOLATE, 0.5, 28).turned("x", -90)]
    return [body.glossy(0.3), *(tip if rng.random() < 0.6 else grooves),
            box((0.26, 1.0, 0.13), (0, -1.35, 0), (0.85, 0.68, 0.45), 0.5).finished("wood", 0.1)]


def torus(radius: float, thick: float, color: Color, finer: int = 2) -> Part:
    a = np.linspace(0, 2 * np.pi, 10 * finer, endpoint=False)
    return lathe(np.stack([radius + thick * np.cos(a), thick * 0.85 * np.sin(a)], -1), color, corners=48, closed=True)


def icing_on(radius: float, thick: float, color: Color, waves: int) -> Part:
    """The upper part of a ring, its edge wavy; below it is hidden in the dough."""
    def bend(v):
        a, out = angle(v), np.hypot(v[:, 0], v[:, 2]) - radius
        low = v[:, 1] < thick * (0.16 + 0.2 * np.sin(waves * a))
        r = radius + out * np.where(low, 0.85, 1.0)
        return np.stack([r * np.sin(a), v[:, 1] * np.where(low, 0.85, 1.0), r * np.cos(a)], -1)
    return warped(torus(radius, thick * 1.07, color), bend)


def doughnut(rng: Generator, hue: Color, tilt: float = 25, bite: bool = False, sprinkled: bool = True) -> list[Part]:
    """Iced, with sprinkles; leaning back to be seen."""
    thick, radius = rng.uniform(0.4, 0.47), 0.88
    made = [torus(radius, thick, CRUST).glossy(0.1), icing_on(radius, thick, hue, int(rng.integers(6, 9))).glossy(0.4)]
    if bite:
        for at, size in (((1.25, 0.15, 0.75), 0.5), ((1.45, 0.15, 0.2), 0.45)):
            made = [bitten(p, at, size, CRUMB) for p in made]
    other = mix(hue, IVORY, 0.85) if min(hue) < 0.7 else CHOCOLATE
    if sprinkled:
        for k in range(30):
            a, out = 360 * (k + rng.uniform(-0.3, 0.3)) / 30, rng.uniform(-0.62, 0.62) * thick
            y = 0.85 * 1.07 * np.sqrt(thick ** 2 - (out / 1.07) ** 2)
            if not (bite and 35 < a % 360 < 100):
                made.append(ball((0.1, 0.045, 0.045), (0, 0, 0), SPRINKLES[k % 5],
                                 6).turned("y", rng.uniform(0, 180)).turned("x", np.degrees(np.arctan(out / thick)))
                            .moved(0, y, radius + out).turned("y", a))
    else:
        t = np.linspace(0, 1, 100)
        out = 0.6 * thick * np.sin(t * 2 * np.pi * 13)
        r, y = radius + out, 0.85 * 1.07 * np.sqrt(thick ** 2 - (out / 1.07) ** 2) + 0.01
        made.append(tube(np.stack([r * np.sin(t * 6.27), y, r * np.cos(t * 6.27)], -1), 0.045, other, 6))
    return turned(made, "x", tilt)


def striped_doughnut(rng: Generator, hue: Color) -> list[Part]:
    return doughnut(rng, hue, 18, sprinkled=False)


def bitten_doughnut(rng: Generator, hue: Color) -> list[Part]:
    """Standing up."""
    return doughnut(rng, hue, 70, bite=True)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "birthday cake": (ANY, cake, tiered_cake, layer_cake),
    "cupcake": (ANY, cupcake, muffin, birthday_cupcake),
    "ice cream": (("pink", "white", "brown", "yellow", "green"), ice_cream, two_scoops, soft_ice, ice_lolly),
    "doughnut": (ANY, doughnut, striped_doughnut, bitten_doughnut),
}
