"""A slice of cake, a lollipop."""

import numpy as np
from numpy.random import Generator

from .fruit import strawberry
from .palette import ANY
from .pantry import BERRY, CRUST, IVORY, mix, plate, puck, swirl, wedge
from .parts import Color, Part, ball, moved, pair, prism, ring, rod, shade, tube, turned
from .sweets import SPRINKLES

WIDE = 50           # degrees of a piece


def berry(rng: Generator, size: float) -> list[Part]:
    """A strawberry, its tip up."""
    return [p.scaled(size, size, size).turned("x", 180).moved(y=0.5 * size) for p in strawberry(rng, BERRY)[:-7]]


def slice_of_cake(rng: Generator, hue: Color) -> list[Part]:
    """Sponge and cream in layers under thick icing, a strawberry on it; its tip to the front right."""
    sponge, cream = (mix(CRUST, (0.93, 0.78, 0.52), 0.6),
                     (0.42, 0.25, 0.15))[int(rng.random() < 0.3)], mix(hue, IVORY, 0.55)
    made, y = [], 0.0
    for _ in range(3):
        made += [wedge(1.6, 0.26, WIDE, sponge, (0, y, 0)).finished("speckled", 0.12, shade(sponge, 0.85)),
                 wedge(1.6, 0.1, WIDE, cream, (0, y + 0.25, 0.01))]
        y += 0.34
    t = np.radians(np.linspace(-WIDE / 2, WIDE / 2, 12))
    back = tube(np.stack([1.57 * np.sin(t), y + 0.07 + 0 * t, 1.57 * np.cos(t)], -1), 0.12, hue, 10)
    made += [wedge(1.68, 0.17, WIDE + 1, hue, (0, y - 0.03, 0)), back,
             *moved(swirl(0.3, 0.3, IVORY), 0, y + 0.12, 1.15), *moved(berry(rng, 0.24), 0, y + 0.42, 1.15)]
    arc = [(r * np.sin(b), -r * np.cos(b)) for r, way in ((1.58, t), (1.69, t[::-1])) for b in way]
    rind = prism(arc, y + 0.1, (0, 0, 0), hue).turned("x", -90).moved(y=(y + 0.1) / 2)
    return turned(moved([*made, rind], 0, 0, -0.9), "y", 215)


def plated_slice(rng: Generator, hue: Color) -> list[Part]:
    """Of a tall iced cake, on a plate; sprinkles."""
    crumb = mix(hue, (0.92, 0.78, 0.55), 0.75)
    made, y = [plate(1.15, at=(0, -0.15, 0.95))], 0.0
    for _ in range(2):
        made += [wedge(1.5, 0.4, WIDE, crumb, (0, y, 0.1)).finished("speckled", 0.13, shade(crumb, 0.86)),
                 wedge(1.52, 0.13, WIDE, hue, (0, y + 0.38, 0.1))]
        y += 0.5
    made += [wedge(1.58, 0.12, WIDE + 1, hue, (0, y, 0.1))]
    for k in range(14):
        r, b = 0.45 + 1.0 * ((k * 0.618) % 1), np.radians(WIDE * 0.8) * ((k + 0.5) / 14 - 0.5)
        made.append(ball((0.09, 0.05, 0.045), (0, 0, 0), SPRINKLES[k % 5],
                         6).turned("y", rng.uniform(0, 180)).moved(r * np.sin(b), y + 0.13, 0.1 + r * np.cos(b)))
    made += moved([ball(0.17, (0, 0.15, 0), BERRY, 14).glossy(0.5)], 0, y + 0.14, 1.3)
    return turned(moved(made, 0, 0, -0.95), "y", rng.choice([-35, 215]))


def stick(low: float, top: float, thick: float = 0.075) -> Part:
    return rod((0, low, 0), (0, top, 0), thick, (0.96, 0.95, 0.92))


def lollipop(rng: Generator, hue: Color) -> list[Part]:
    """A flat disc with a spiral on both sides."""
    light = mix(hue, IVORY, 0.85) if min(hue) < 0.75 else (0.86, 0.30, 0.36)
    disc = puck(0.95, 0.34, hue, (0, -0.17, 0), 0.5, 40).turned("x", 90)
    t = np.linspace(0.04, 1, 90)
    a, r = t * 6.283 * rng.uniform(2.3, 2.9), 0.86 * t
    spiral = tube(np.stack([r * np.sin(a), r * np.cos(a), 0.14 + 0 * a], -1), 0.085, light, 8)
    return [p.glossy(0.5) for p in (disc, spiral, spiral.turned("y",
                                                                180))] + [stick(-2.4, -0.8), *bow(mix(hue, IVORY, 0.5),
                                                                -1.08)]


def bow(color: Color, y: float) -> list[Part]:
    return [*pair(ball((0.26, 0.15, 0.09), (0, 0, 0), color, 12).turned("z", 15).moved(0.24, y, 0.06)),
            ball((0.11, 0.11, 0.11), (0, y, 0.08), shade(color, 0.85), 10)]


def round_lollipop(rng: Generator, hue: Color) -> list[Part]:
    """A ball with a band around it."""
    candy = ball(0.72, (0, 0, 0), hue, 28).glossy(0.6)
    return [candy, ring(0.7, 0.1, (0, 0, 0), shade(hue, 1.2)).glossy(0.6), stick(-2.2, -0.6, 0.085)]


def swirled_lollipop(rng: Generator, hue: Color) -> list[Part]:
    """A ball with stripes winding from pole to pole."""
    light, made = mix(hue, IVORY, 0.85) if min(hue) < 0.75 else (0.86, 0.30, 0.36), [ball(0.78, (0, 0, 0), hue, 26)]
    t = np.linspace(-1.45, 1.45, 26)
    line = np.stack([0.75 * np.cos(t) * np.sin(t * 1.1), 0.75 * np.sin(t), 0.75 * np.cos(t) * np.cos(t * 1.1)], -1)
    made += [tube(line, 0.02 + 0.1 * np.cos(t), light, 8).turned("y", b) for b in range(0, 360, 60)]
    return [*(p.glossy(0.5) for p in made), stick(-2.3, -0.7, 0.085)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "slice of cake": (ANY, slice_of_cake, plated_slice),
    "lollipop": (ANY, lollipop, round_lollipop, swirled_lollipop),
}
