"""What one wears on the feet and the body; fronts face +z."""

from itertools import pairwise

import numpy as np
from numpy.random import Generator

from .hats import TAN, circlet
from .palette import ANY
from .parts import Color, Part, ball, box, curve, finished, lathe, loft, moved, pair, plate, ring, shade, tube
from .toys import INK, accent
from .treasures import star

SOLE = (0.93, 0.91, 0.86)


def sole(low: float, high: float, wide: float, color: Color, toe: float = 1.02) -> Part:
    """The shape of a foot, its toe at z = ``toe``."""
    half = curve([(0, -0.82), (0.22, -0.76), (0.29, -0.5), (0.26, -0.1), (0.34, 0.35), (0.32, 0.68), (0.18, toe - 0.08),
                  (0, toe)], 16) * (wide, 1)
    outline = np.concatenate([half, (half * (-1, 1))[-2:0:-1]])
    return plate(outline, high - low, (0, 0, 0), color, 0.04).turned("x", 90).moved(0, (low + high) / 2, 0)


def upper(heights, color: Color, low: float, toe: float = 0.98) -> Part:
    """Over the foot, from the heel to the toe; ``heights`` above ``low`` at z = -0.6, -0.1, 0.3 and 0.7."""
    a, b, c, d = heights
    way = [(-0.8, 0.25 * a, 0.12), (-0.74, a * 0.7, 0.23), (-0.55, a, 0.29), (-0.1, b, 0.28), (0.3, c, 0.33),
           (0.68, d, 0.32),
           (toe - 0.1, d * 0.7, 0.2), (toe, d * 0.3, 0.06)]
    return loft([(z, low + h / 2, w, h / 2) for z, h, w in curve(way, 18)], color, 0.62, 28)


def laces(places, wide: float, color: Color) -> list[Part]:
    """Crossed, at ``places`` [(y, z), ...] up the tongue."""
    made = []
    for (y0, z0), (y1, z1) in pairwise(places):
        middle = (0, (y0 + y1) / 2 + 0.03, (z0 + z1) / 2 + 0.03)
        made += pair(tube([(-wide, y0, z0), middle, (wide, y1, z1)], 0.04, color, 6))
    y, z = places[-1]
    loop = tube(curve([(0, y, z + 0.03), (0.14, y + 0.1, z + 0.06), (0.24, y + 0.02, z + 0.08), (0, y, z + 0.04)], 10),
                0.035,
                color, 6)
    return [*made, *pair(loop)]


def shaft(profile, color: Color, back: float, deep: float = 1.1, inside: Color = INK) -> list[Part]:
    """Hollow, around an upright axis at z = -``back``; ``profile`` [(radius, y), ...] upwards."""
    inner = [(r - 0.07, y) for r, y in profile][::-1]
    (r, y), = profile[-1:]
    walls = lathe([*profile, (r - 0.035, y + 0.03), *inner], color, corners=28, closed=True)
    floor = lathe([(r - 0.09, y - 0.3), (r - 0.09, y - 0.26)], inside, corners=28)
    return [p.scaled(z=deep).moved(0, 0, -back) for p in (walls, floor)]


def work_boot(rng: Generator, hue: Color) -> list[Part]:
    """Laced, with a thick sole and a padded collar."""
    high, cord = rng.uniform(1.35, 1.6), accent(rng, hue, ((0.93, 0.88, 0.76), (0.95, 0.74, 0.30), (0.3, 0.22, 0.16)))
    leather = [upper((0.7, 0.72, 0.5, 0.36), hue, 0.18), *shaft([(0.33, 0.5), (0.31, 0.85), (0.34, high)], hue, 0.42)]
    tongue = box((0.26, high - 0.5, 0.1), (0, (high + 0.85) / 2, 0.0), shade(hue, 0.75), 0.4)
    cap = ball((0.31, 0.2, 0.27), (0, 0.34, 0.7), shade(hue, 0.7), 16)
    lugs = [box((0.68, 0.1, 0.12), (0, 0.03, z), INK, 0.2) for z in (-0.66, -0.44, 0.1, 0.33, 0.56, 0.78)]
    places = [(0.72, 0.26), (0.84, 0.1), (1.0, 0.02), (1.16, 0.0), (high - 0.08, 0.02)]
    collar = ring(0.315, 0.07, (0, 0, 0), shade(hue, 0.6)).scaled(z=1.1).moved(0, high, -0.42)
    return [*finished([*leather, tongue, cap], "leather", 0.12, gloss=0.15), collar, *laces(places, 0.13, cord),
            sole(0.04, 0.22, 1.06, shade(TAN, 0.55), 1.04), *lugs]


def cowboy_boot(rng: Generator, hue: Color) -> list[Part]:
    """Pointed, heeled, its top cut in a curve, stitched with flames."""
    high, trim = rng.uniform(1.35, 1.65), accent(rng, hue, ((0.93, 0.86, 0.70), (0.90, 0.66, 0.28), (0.35, 0.20, 0.14)))
    leg = circlet(lambda a: high - 0.24 * abs(np.cos(a)) ** 5, 0.35, 0.28, hue, 0.07, 0.07).scaled(z=1.15)
    inner = lathe([(0.31, high - 0.5), (0.32, high - 0.46)], INK).scaled(z=1.15)
    stitch = [tube([(0.4 * np.cos(a), y + 0.16 * np.cos(2 * a), 0.46 * np.sin(a)) for a in np.linspace(-0.7, 0.7, 8)],
                   0.035,
                   trim, 6) for y in (0.5, 0.7, 0.9)]
    straps = pair(*stitch, box((0.08, 0.3, 0.14), (0.38, high - 0.06, 0), trim, 0.4))
    foot = upper((0.72, 0.78, 0.42, 0.26), hue, 0.22, 1.12)
    return [*finished([leg.moved(0, 0.2, -0.42), foot], "leather", 0.12, gloss=0.25),
            *moved([inner, *straps], 0, 0.2, -0.42),
            ball((0.2, 0.14, 0.26), (0, 0.34, 0.84), trim, 14), sole(0.17, 0.25, 1.0, shade(TAN, 0.5), 1.16),
            loft([(-0.8, 0.1, 0.24, 0.1), (-0.42, 0.1, 0.24, 0.1)], INK, 0.5)]


def rubber_boot(rng: Generator, hue: Color) -> list[Part]:
    """For rain: shiny and plain, with a band and a light sole."""
    high, trim = rng.uniform(1.5, 1.85), accent(rng, hue)
    return [*(p.glossy(0.5) for p in (upper((0.62, 0.7, 0.52, 0.42), hue, 0.14), *shaft(
        [(0.32, 0.4), (0.3, 0.75), (0.35, high)], hue, 0.42))), sole(0, 0.16, 1.06, trim), *(
        ring(0.36, 0.06, (0, 0, 0), trim).scaled(z=1.1).moved(0, high, -0.42),)]


def trainer(hue: Color, heights, stripe: Color, cord: Color) -> list[Part]:
    """What low and high sneakers share: sole, upper, toe cap, side stripes."""
    side = [tube([(0.3, 0.3, -0.12 + 0.22 * k), (0.335, 0.45, -0.2 + 0.22 * k), (0.27, 0.6, -0.28 + 0.22 * k)], 0.045,
                 stripe, 6)
            for k in range(2)]
    return [upper(heights, hue, 0.14).finished("fabric", 0.06), sole(0, 0.2, 1.07, SOLE),
            sole(0.02, 0.09, 1.09, stripe, 1.04),
            ball((0.3, 0.19, 0.25), (0, 0.25, 0.74), SOLE, 18), *pair(*side)]


def sneaker(rng: Generator, hue: Color) -> list[Part]:
    """Low, with a padded collar, a heel tab and laces."""
    stripe, cord = accent(rng, hue), (0.95, 0.94, 0.91)
    collar = ring(0.22, 0.075, (0, 0, 0), shade(hue, 0.7)).scaled(z=1.45).turned("x", 8).moved(0, 0.8, -0.42)
    hole = ball((0.2, 0.05, 0.29), (0, 0.8, -0.42), INK, 16)
    tongue = box((0.24, 0.1, 0.6), (0, 0, 0), shade(hue, 0.8), 0.4).turned("x", 32).moved(0, 0.78, 0.08)
    tab = box((0.16, 0.34, 0.1), (0, 0.68, -0.76), stripe, 0.4)
    return [*trainer(hue, (0.66, 0.66, 0.46, 0.28), stripe, cord), collar, hole, tongue, tab,
            *laces([(0.56, 0.44), (0.66, 0.3), (0.76, 0.17), (0.86, 0.05)], 0.15, cord)]


def high_sneaker(rng: Generator, hue: Color) -> list[Part]:
    """Of canvas up to the ankle, with a round badge."""
    high, cord, stripe = rng.uniform(1.15, 1.35), (0.95, 0.94, 0.91), accent(rng, hue)
    canvas = finished(shaft([(0.3, 0.45), (0.285, 0.8), (0.31, high)], hue, 0.42, 1.15), "fabric", 0.06)
    badge = [lathe([(0.15, 0), (0.14, 0.05)], SOLE, corners=20).turned("z", -90).moved(0.28, 0.88, -0.42),
             plate(star(0.1, 0.045), 0.05, (0, 0, 0), stripe, 0.01).turned("y", 90).moved(0.33, 0.88, -0.42)]
    tongue = box((0.24, high - 0.5, 0.1), (0, (high + 0.8) / 2, -0.04), SOLE, 0.4)
    return [*trainer(hue, (0.62, 0.66, 0.48, 0.28), stripe, cord), *canvas, tongue, *pair(*badge),
            *laces([(0.58, 0.42), (0.7, 0.25), (0.8, 0.08), (0.95, 0.02), (high - 0.08, 0.02)], 0.13, cord)]


def shirt(hue: Color, trim: Color, kind: str = "fabric", size: float = 0.06, second: Color = SOLE) -> list[Part]:
    """Body, sleeves, collar and hems."""
    body = loft(curve([(0, 0, 0.53, 0.25), (0.5, 0, 0.51, 0.25), (1.0, 0, 0.54, 0.27), (1.3, 0, 0.52, 0.23),
                       (1.45, 0, 0.38, 0.17), (1.52, 0, 0.24, 0.14)], 16), hue, 0.62, 32).finished(kind, size, second)
    sleeve = tube([(0.3, 1.24, 0), (0.5, 1.2, 0), (0.72, 1.06, 0), (0.95, 0.86, 0)], [0.2, 0.22, 0.23, 0.25], hue, 20)
    cuff = tube([(0.9, 0.9, 0), (0.99, 0.82, 0)], 0.265, trim, 20)
    hole = [ball((0.2, 0.06, 0.14), (0, 1.51, 0.02), shade(hue, 0.35), 16),
            *pair(ball((0.23, 0.03, 0.19), (0, 0, 0), shade(hue, 0.35), 14).turned("z", 49).moved(0.985, 0.825, 0))]
    collar = ring(0.22, 0.055, (0, 0, 0), trim).scaled(z=0.72).turned("x", 12).moved(0, 1.52, 0.01)
    hem = loft([(-0.02, 0, 0.545, 0.265), (0.06, 0, 0.545, 0.265)], shade(hue, 0.85), 0.62, 32)
    return [body.turned("x", -90), hem.turned("x", -90), collar, *hole,
            *pair(sleeve.scaled(z=0.85).finished(kind.replace("_z", ""), size, second), cuff.scaled(z=0.85))]


def t_shirt(rng: Generator, hue: Color) -> list[Part]:
    """Plain with a pocket."""
    pocket = box((0.26, 0.28, 0.05), (0.24, 1.02, 0.26), shade(hue, 0.85), 0.2)
    return [*shirt(hue, shade(hue, 0.8)), pocket, box((0.28, 0.06, 0.06), (0.24, 1.15, 0.265), shade(hue, 0.7), 0.3)]


def printed_shirt(rng: Generator, hue: Color) -> list[Part]:
    """A star, a heart or a disc on its chest, trim in another color."""
    trim, kind = accent(rng, hue), int(rng.integers(3))
    a = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    drawn = (star(0.3, 0.13), np.stack([0.25 * np.cos(a), 0.25 * np.sin(a)], -1), np.stack(
        [0.26 * np.sin(a) ** 3, 0.21 * np.cos(a) - 0.08 * np.cos(2 * a) - 0.03 * np.cos(3 * a)], -1)[::-1])[kind]
    return [*shirt(hue, trim), plate(drawn, 0.06, (0, 0.92, 0.25), trim, 0.02)]


def striped_shirt(rng: Generator, hue: Color) -> list[Part]:
    """A sailor's, in color and white."""
    return shirt(hue, shade(hue, 0.8), "stripes_z", rng.uniform(0.11, 0.15))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "boot": ((*ANY, *("brown",) * 4, *("black",) * 2), work_boot, cowboy_boot, rubber_boot),
    "sneaker": (ANY, sneaker, high_sneaker),
    "t-shirt": (ANY, t_shirt, printed_shirt, striped_shirt),
}
