"""What one wears; fronts face +z."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (BROWN, Colour, Part, around, ball, box, curve, dot, finished, lathe, loft, moved, pair, plate, ring,
                    rod, shade, skin, tube, turned)
from .toys import INK, accent
from .treasures import BRONZE, GILT, JEWELS, PAPER, SILVER, jewel, star

BLACK, TAN, SOLE = (0.15, 0.15, 0.17), (0.66, 0.45, 0.27), (0.93, 0.91, 0.86)


# Crowns and hats

def circlet(high, low: float, wide: float, color: Colour, thick: float = 0.06, flare: float = 0.08) -> Part:
    """A band around the vertical axis from y = 0 up to ``high(angle)``."""
    rings = []
    for a in np.linspace(0, 2 * np.pi, 120, endpoint=False):
        y = high(a)
        section = [(wide, 0), (wide, low), (wide + flare, y), (wide + flare + thick, y), (wide + thick, low),
                   (wide + thick, 0)]
        rings.append([(r * np.sin(a), h, r * np.cos(a)) for r, h in section])
    return skin(np.array(rings), color, closed=True)


def crown(rng: Generator, hue: Colour) -> list[Part]:
    """Points with beads on them, and jewels."""
    points, metal, stone = int(rng.integers(5, 9)), (GILT, GILT, SILVER)[rng.integers(3)], jewel(rng)
    high, sharp = rng.uniform(0.8, 1.05), rng.uniform(0.9, 1.5)

    def tip(a):
        return 0.42 + (high - 0.42) * abs(2 * ((a * points / (2 * np.pi)) % 1) - 1) ** sharp

    band = [circlet(tip, 0.34, 0.7, metal, 0.07, 0.1), *(ring(0.75, 0.06, (0, y, 0), metal) for y in (0.05, 0.34))]
    return [*[p.glossy(0.95) for p in (*band, *around(ball(0.085, (0, high + 0.05, 0.83), metal, 12), points))],
            *[p.glossy(0.6) for p in (*around(ball((0.1, 0.1, 0.06), (0, 0.2, 0.77), stone, 12), points),
                                      *around(dot((0.05, 0.05, 0.04), (0, 0.2, 0.77), PAPER), points, 180 / points))]]


def royal_crown(rng: Generator, hue: Colour) -> list[Part]:
    """Arches over a velvet cap, an orb and a cross on top, fur below."""
    velvet, arches = ((0.55, 0.10, 0.16), (0.36, 0.16, 0.44), (0.16, 0.22, 0.50))[rng.integers(3)], int(rng.choice((4, 6)))
    arch = tube(curve([(0, 0.4, 0.78), (0, 0.8, 0.88), (0, 1.12, 0.62), (0, 1.1, 0.16), (0, 1.02, 0)], 14), 0.075, GILT)
    beads = [ball(0.07, (0, y, z), PAPER, 8).glossy(0.4) for y, z in ((0.66, 0.92), (0.96, 0.86), (1.17, 0.62))]
    cap = ball((0.74, 0.66, 0.74), (0, 0.38, 0), velvet, 28).finished("fabric", 0.08)
    metal = [lathe([(0.72, 0.2), (0.8, 0.2), (0.8, 0.46), (0.72, 0.46)], GILT, closed=True, corners=36),
             *around(arch, arches), ball(0.15, (0, 1.2, 0), GILT, 16), box((0.09, 0.34, 0.09), (0, 1.46, 0), GILT, 0.2),
             box((0.26, 0.09, 0.09), (0, 1.48, 0), GILT, 0.2)]
    fur = lathe([(0.68, 0), *curve([(0.84, 0.0), (0.92, 0.1), (0.84, 0.22)], 7), (0.68, 0.22)], (0.95, 0.94, 0.92),
                closed=True, corners=36).finished("speckled", 0.13, INK)
    jewels = [p for k in range(8) for p in [ball((0.09, 0.08, 0.05), (0, 0.33, 0.8), JEWELS[k % 2], 10).turned("y", 45 * k)]]
    return [fur, cap, *(p.glossy(0.95) for p in metal), *(p for b in beads for p in around(b, arches)),
            *(p.glossy(0.6) for p in jewels)]


def brim(wide: float, hole: float, color: Colour, curl: float, thick: float = 0.07) -> Part:
    """Flat, round, its left and right sides curled up by ``curl``."""
    flat = lathe([(hole, 0), (wide - 0.05, 0), (wide, thick / 2), (wide - 0.05, thick), (hole, thick)], color, corners=36,
                 closed=True)
    x, y, z = flat.scaled(z=1.12).vertices.T
    return replace(flat, vertices=np.stack([x, y + curl * (x / wide) ** 4 - 0.4 * curl * (z / wide) ** 4, z], -1))


def silk_hat(high: float, waist: float, wide: float, color: Colour, curl: float = 0.14) -> list[Part]:
    top = lathe([(0.54, 0), *curve([(0.52, 0.1), (waist, high * 0.5), (0.58, high * 0.94)], 9), (0.59, high),
                 (0.55, high + 0.03), (0, high + 0.02)], color, corners=36)
    return [brim(wide, 0.5, color, curl), top]


def top_hat(rng: Generator, hue: Colour) -> list[Part]:
    """Black silk with a band in color."""
    band = (*JEWELS, (0.62, 0.62, 0.64))[rng.integers(5)]
    return [*(p.glossy(0.35) for p in silk_hat(rng.uniform(0.85, 1.1), rng.uniform(0.48, 0.53), 0.95, BLACK)),
            lathe([(0.56, 0.05), (0.55, 0.28)], band, corners=36)]


def goggled_hat(rng: Generator, hue: Colour) -> list[Part]:
    """Of brown leather, with goggles around it."""
    lens = ((0.40, 0.62, 0.62), (0.80, 0.52, 0.22))[rng.integers(2)]
    side = [lathe([(0.14, 0), (0.17, 0.02), (0.17, 0.12), (0.13, 0.13)], BRONZE, corners=20).glossy(0.9),
            lathe([(0.12, 0.1), (0.11, 0.14)], lens, corners=18).glossy(0.6)]
    goggles = pair(*(p.turned("x", 85).turned("y", 22).moved(0.21, 0.36, 0.5) for p in side))
    return [*finished(silk_hat(rng.uniform(0.8, 0.95), 0.5, 1.0, (0.40, 0.26, 0.17), 0.2), "leather", 0.12, gloss=0.15),
            lathe([(0.565, 0.05), (0.56, 0.16)], (0.24, 0.15, 0.11), corners=36),
            lathe([(0.55, 0.3), (0.55, 0.42)], (0.24, 0.15, 0.11), corners=36), *goggles]


def buckled_hat(rng: Generator, hue: Colour) -> list[Part]:
    """Of green felt, tall and wider above, with a belt and a buckle."""
    felt, high = shade((0.18, 0.42, 0.26), rng.uniform(0.85, 1.2)), rng.uniform(0.95, 1.15)
    frame = [box(s, (x, 0.22 + y, 0.6), GILT, 0.2).glossy(0.9) for s, x, y in
             (((0.34, 0.07, 0.06), 0, 0.12), ((0.34, 0.07, 0.06), 0, -0.12), ((0.07, 0.3, 0.06), 0.14, 0),
              ((0.07, 0.3, 0.06), -0.14, 0))]
    return [*finished(silk_hat(high, 0.5, 0.98, felt, 0.06), "fabric", 0.07), lathe([(0.57, 0.1), (0.565, 0.34)], INK, corners=36),
            *frame]


def cowboy(color: Colour, curl: float) -> list[Part]:
    """A brim rolled up at its sides, a crown dented along its middle and pinched in front."""
    top = lathe([(0.56, 0), *curve([(0.54, 0.1), (0.5, 0.45), (0.42, 0.68), (0.2, 0.76), (0, 0.76)], 12)], color, corners=36)
    x, y, z = top.scaled(z=1.2).vertices.T
    dent = 0.24 * np.exp(-(x / 0.16) ** 2) * (y / 0.76) ** 3
    pinch = 1 - 0.35 * np.clip(z, 0, 1) * (y / 0.76) ** 2
    return [brim(1.08, 0.48, color, curl), replace(top, vertices=np.stack([x * pinch, y - dent, z], -1))]


def band(color: Colour, low: float = 0.05, high: float = 0.2) -> Part:
    return lathe([(0.585, low), (0.57, high)], color, corners=36).scaled(z=1.2)


def cowboy_hat(rng: Generator, hue: Colour) -> list[Part]:
    """Of felt, with a band and a buckle or a star."""
    dark = shade(hue, 0.45) if sum(hue) > 0.8 else TAN
    badge = plate(star(0.17, 0.08), 0.06, (0, 0.2, 0.68), GILT, 0.02) if rng.random() < 0.5 else (
        box((0.2, 0.19, 0.06), (0, 0.13, 0.69), SILVER, 0.3))
    return [*finished(cowboy(hue, rng.uniform(0.42, 0.6)), "leather", 0.12), band(dark), badge.glossy(0.9)]


def straw_hat(rng: Generator, hue: Colour) -> list[Part]:
    """Woven, its edge bound, a cord around it."""
    trim = accent(rng, hue)
    return [*finished(cowboy(hue, rng.uniform(0.25, 0.4)), "knit", 0.09, amount=1.6), band(trim, 0.04, 0.13),
            *(dot(0.08, (x, 0.09, 0.68), trim) for x in (-0.06, 0.06))]


# Shoes

def sole(low: float, high: float, wide: float, color: Colour, toe: float = 1.02) -> Part:
    """The shape of a foot, its toe at z = ``toe``."""
    half = curve([(0, -0.82), (0.22, -0.76), (0.29, -0.5), (0.26, -0.1), (0.34, 0.35), (0.32, 0.68), (0.18, toe - 0.08),
                  (0, toe)], 16) * (wide, 1)
    outline = np.concatenate([half, (half * (-1, 1))[-2:0:-1]])
    return plate(outline, high - low, (0, 0, 0), color, 0.04).turned("x", 90).moved(0, (low + high) / 2, 0)


def upper(heights, color: Colour, low: float, toe: float = 0.98) -> Part:
    """Over the foot, from the heel to the toe; ``heights`` above ``low`` at z = -0.6, -0.1, 0.3 and 0.7."""
    a, b, c, d = heights
    way = [(-0.8, 0.25 * a, 0.12), (-0.74, a * 0.7, 0.23), (-0.55, a, 0.29), (-0.1, b, 0.28), (0.3, c, 0.33), (0.68, d, 0.32),
           (toe - 0.1, d * 0.7, 0.2), (toe, d * 0.3, 0.06)]
    return loft([(z, low + h / 2, w, h / 2) for z, h, w in curve(way, 18)], color, 0.62, 28)


def laces(places, wide: float, color: Colour) -> list[Part]:
    """Crossed, at ``places`` [(y, z), ...] up the tongue."""
    made = []
    for (y0, z0), (y1, z1) in zip(places, places[1:]):
        middle = (0, (y0 + y1) / 2 + 0.03, (z0 + z1) / 2 + 0.03)
        made += pair(tube([(-wide, y0, z0), middle, (wide, y1, z1)], 0.04, color, 6))
    y, z = places[-1]
    loop = tube(curve([(0, y, z + 0.03), (0.14, y + 0.1, z + 0.06), (0.24, y + 0.02, z + 0.08), (0, y, z + 0.04)], 10), 0.035,
                color, 6)
    return [*made, *pair(loop)]


def shaft(profile, color: Colour, back: float, deep: float = 1.1, inside: Colour = INK) -> list[Part]:
    """Hollow, around an upright axis at z = -``back``; ``profile`` [(radius, y), ...] upwards."""
    inner = [(r - 0.07, y) for r, y in profile][::-1]
    (r, y), = profile[-1:]
    walls = lathe([*profile, (r - 0.035, y + 0.03), *inner], color, corners=28, closed=True)
    floor = lathe([(r - 0.09, y - 0.3), (r - 0.09, y - 0.26)], inside, corners=28)
    return [p.scaled(z=deep).moved(0, 0, -back) for p in (walls, floor)]


def work_boot(rng: Generator, hue: Colour) -> list[Part]:
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


def cowboy_boot(rng: Generator, hue: Colour) -> list[Part]:
    """Pointed, heeled, its top cut in a curve, stitched with flames."""
    high, trim = rng.uniform(1.35, 1.65), accent(rng, hue, ((0.93, 0.86, 0.70), (0.90, 0.66, 0.28), (0.35, 0.20, 0.14)))
    leg = circlet(lambda a: high - 0.24 * abs(np.cos(a)) ** 5, 0.35, 0.28, hue, 0.07, 0.07).scaled(z=1.15)
    inner = lathe([(0.31, high - 0.5), (0.32, high - 0.46)], INK).scaled(z=1.15)
    stitch = [tube([(0.4 * np.cos(a), y + 0.16 * np.cos(2 * a), 0.46 * np.sin(a)) for a in np.linspace(-0.7, 0.7, 8)], 0.035,
                   trim, 6) for y in (0.5, 0.7, 0.9)]
    straps = pair(*stitch, box((0.08, 0.3, 0.14), (0.38, high - 0.06, 0), trim, 0.4))
    foot = upper((0.72, 0.78, 0.42, 0.26), hue, 0.22, 1.12)
    return [*finished([leg.moved(0, 0.2, -0.42), foot], "leather", 0.12, gloss=0.25), *moved([inner, *straps], 0, 0.2, -0.42),
            ball((0.2, 0.14, 0.26), (0, 0.34, 0.84), trim, 14), sole(0.17, 0.25, 1.0, shade(TAN, 0.5), 1.16),
            loft([(-0.8, 0.1, 0.24, 0.1), (-0.42, 0.1, 0.24, 0.1)], INK, 0.5)]


def rubber_boot(rng: Generator, hue: Colour) -> list[Part]:
    """For rain: shiny and plain, with a band and a light sole."""
    high, trim = rng.uniform(1.5, 1.85), accent(rng, hue)
    return [*(p.glossy(0.5) for p in (upper((0.62, 0.7, 0.52, 0.42), hue, 0.14), *shaft(
        [(0.32, 0.4), (0.3, 0.75), (0.35, high)], hue, 0.42))), sole(0, 0.16, 1.06, trim), *(
        ring(0.36, 0.06, (0, 0, 0), trim).scaled(z=1.1).moved(0, high, -0.42),)]


def trainer(hue: Colour, heights, stripe: Colour, cord: Colour) -> list[Part]:
    """What low and high sneakers share: sole, upper, toe cap, side stripes."""
    side = [tube([(0.3, 0.3, -0.12 + 0.22 * k), (0.335, 0.45, -0.2 + 0.22 * k), (0.27, 0.6, -0.28 + 0.22 * k)], 0.045, stripe, 6)
            for k in range(2)]
    return [upper(heights, hue, 0.14).finished("fabric", 0.06), sole(0, 0.2, 1.07, SOLE), sole(0.02, 0.09, 1.09, stripe, 1.04),
            ball((0.3, 0.19, 0.25), (0, 0.25, 0.74), SOLE, 18), *pair(*side)]


def sneaker(rng: Generator, hue: Colour) -> list[Part]:
    """Low, with a padded collar, a heel tab and laces."""
    stripe, cord = accent(rng, hue), (0.95, 0.94, 0.91)
    collar = ring(0.22, 0.075, (0, 0, 0), shade(hue, 0.7)).scaled(z=1.45).turned("x", 8).moved(0, 0.8, -0.42)
    hole = ball((0.2, 0.05, 0.29), (0, 0.8, -0.42), INK, 16)
    tongue = box((0.24, 0.1, 0.6), (0, 0, 0), shade(hue, 0.8), 0.4).turned("x", 32).moved(0, 0.78, 0.08)
    tab = box((0.16, 0.34, 0.1), (0, 0.68, -0.76), stripe, 0.4)
    return [*trainer(hue, (0.66, 0.66, 0.46, 0.28), stripe, cord), collar, hole, tongue, tab,
            *laces([(0.56, 0.44), (0.66, 0.3), (0.76, 0.17), (0.86, 0.05)], 0.15, cord)]


def high_sneaker(rng: Generator, hue: Colour) -> list[Part]:
    """Of canvas up to the ankle, with a round badge."""
    high, cord, stripe = rng.uniform(1.15, 1.35), (0.95, 0.94, 0.91), accent(rng, hue)
    canvas = finished(shaft([(0.3, 0.45), (0.285, 0.8), (0.31, high)], hue, 0.42, 1.15), "fabric", 0.06)
    badge = [lathe([(0.15, 0), (0.14, 0.05)], SOLE, corners=20).turned("z", -90).moved(0.28, 0.88, -0.42),
             plate(star(0.1, 0.045), 0.05, (0, 0, 0), stripe, 0.01).turned("y", 90).moved(0.33, 0.88, -0.42)]
    tongue = box((0.24, high - 0.5, 0.1), (0, (high + 0.8) / 2, -0.04), SOLE, 0.4)
    return [*trainer(hue, (0.62, 0.66, 0.48, 0.28), stripe, cord), *canvas, tongue, *pair(*badge),
            *laces([(0.58, 0.42), (0.7, 0.25), (0.8, 0.08), (0.95, 0.02), (high - 0.08, 0.02)], 0.13, cord)]


# On the face, the hand, the head and the body

def hoop(outline: np.ndarray, radius: float, color: Colour) -> Part:
    """A round rod along the closed line ``outline`` [K, 2], counter-clockwise or not, in the plane z = 0."""
    way = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    out = np.stack([way[:, 1], -way[:, 0]], -1) / np.linalg.norm(way, axis=1, keepdims=True)
    b = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    rings = [np.insert(p + radius * np.outer(np.cos(b), o), 2, radius * np.sin(b), axis=1) for p, o in zip(outline, out)]
    return skin(np.array(rings)[:, ::-1], color, closed=True)


def spectacles(outline: np.ndarray, hue: Colour, glass: Colour, thick: float, gloss: float, back: float = 1.35) -> list[Part]:
    """``outline`` [(x, y), ...] is that of the right lens, around (0.55, 0)."""
    rim = hoop(outline, thick, hue)
    lens = plate(outline, 0.05, (0, 0, 0), glass, 0.02).glossy(0.6)
    edge = outline[:, 0].max()
    temple = tube(curve([(edge, 0.18, 0), (edge + 0.1, 0.18, -0.08), (edge + 0.1, 0.17, -back * 0.7),
                         (edge + 0.06, 0.0, -back), (edge + 0.03, -0.24, -back - 0.1)], 16), thick, hue, 8)
    bridge = tube(curve([(-0.2, 0.06, 0), (-0.08, 0.15, 0.02), (0.08, 0.15, 0.02), (0.2, 0.06, 0)], 9), thick, hue, 8)
    pads = dot((0.05, 0.08, 0.06), (0.14, -0.1, -0.09), shade(hue, 1.3))
    return [*(p.glossy(gloss) for p in (*pair(rim, temple), bridge)), *pair(lens, pads)]


GLASS = (0.74, 0.85, 0.90)


def round_glasses(rng: Generator, hue: Colour) -> list[Part]:
    a, r = np.linspace(0, 2 * np.pi, 28, endpoint=False), rng.uniform(0.36, 0.43)
    return spectacles(np.stack([0.55 + r * np.cos(a), r * np.sin(a)], -1), hue, GLASS, rng.uniform(0.06, 0.08), 0.4)


def square_glasses(rng: Generator, hue: Colour) -> list[Part]:
    """Thick rims, wider above."""
    h = rng.uniform(0.28, 0.36)
    outline = curve([(0.18, 0), (0.2, h), (0.55, h + 0.03), (0.94, h), (0.94, 0), (0.8, -h), (0.55, -h - 0.03), (0.28, -h),
                     (0.18, 0)], 33)[:-1]
    return spectacles(outline, hue, GLASS, rng.uniform(0.075, 0.095), 0.35)


def sunglasses(rng: Generator, hue: Colour) -> list[Part]:
    """Dark lenses, shaped like drops."""
    outline = curve([(0.18, 0.12), (0.3, 0.3), (0.6, 0.34), (0.92, 0.26), (0.96, 0.02), (0.8, -0.3), (0.56, -0.4), (0.3, -0.24),
                     (0.18, 0.12)], 33)[:-1]
    lens = ((0.17, 0.18, 0.21), (0.36, 0.25, 0.18), (0.18, 0.28, 0.34))[rng.integers(3)]
    return spectacles(outline, hue, lens, rng.uniform(0.06, 0.08), 0.6)


def metal_of(rng: Generator) -> Colour:
    return (GILT, SILVER, (0.88, 0.62, 0.50))[rng.integers(3)]


def cut_stone(size: float, color: Colour, y: float) -> Part:
    """A brilliant, its table upwards."""
    return lathe([(0, -0.42 * size), (size, 0.14 * size), (size, 0.24 * size), (0.6 * size, 0.5 * size), (0, 0.5 * size)],
                 color, (0, y, 0), corners=10).glossy(0.85)


def gem(rng: Generator) -> Colour:
    return (*JEWELS, (0.80, 0.92, 0.97), (0.80, 0.92, 0.97))[rng.integers(6)]


def solitaire(rng: Generator, hue: Colour) -> list[Part]:
    """One big stone held by prongs."""
    metal, size, stone = metal_of(rng), rng.uniform(0.4, 0.52), gem(rng)
    prong = tube(curve([(0, 0.72, 0.05), (0, 0.9, size * 0.6), (0, 1.2, size * 0.98), (0, 1.32, size * 0.9)], 9), 0.06, metal, 8)
    shank = ring(0.72, 0.12, (0, 0, 0), metal).turned("x", 90).scaled(z=1.2)
    return [*(p.glossy(1.0) for p in (shank, *around(prong, 6))), cut_stone(size, stone, 1.06)]


def signet(rng: Generator, hue: Colour) -> list[Part]:
    """Wide above, with an oval stone set into it."""
    metal, stone = metal_of(rng), gem(rng)
    a = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    rings = []
    for t in a:
        top = max(0.0, np.cos(t)) ** 2
        r, high, wide = 0.72 + 0.1 * top, 0.09 + 0.09 * top, 0.16 + 0.3 * top
        b = np.linspace(0, 2 * np.pi, 14, endpoint=False)
        radius = r + high * np.cos(b)
        rings.append(np.stack([radius * np.sin(t), radius * np.cos(t), wide * np.sin(b)], -1))
    return [skin(np.array(rings), metal, closed=True).glossy(1.0), ball((0.34, 0.12, 0.4), (0, 0.98, 0), metal, 20).glossy(1.0),
            ball((0.26, 0.12, 0.32), (0, 1.04, 0), stone, 20).glossy(0.85)]


def jewelled_band(rng: Generator, hue: Colour) -> list[Part]:
    """Stones all around the front half, the middle one the largest."""
    metal, stone = metal_of(rng), gem(rng)
    shank = lathe([(0.66, -0.16), (0.78, -0.17), (0.82, -0.1), (0.82, 0.1), (0.78, 0.17), (0.66, 0.16)], metal, closed=True,
                  corners=40).turned("x", 90)
    stones = [cut_stone(0.26 - 0.0016 * abs(k), stone, 0.86).turned("z", k) for k in (-64, -34, 0, 34, 64)]
    cups = [ball((0.22, 0.1, 0.22), (0, 0.82, 0), metal, 12).turned("z", k).glossy(1.0) for k in (-64, -34, 0, 34, 64)]
    return [shank.glossy(1.0), *stones, *cups]


def strap(color: Colour, wide: float, kind: str, holes: bool = True) -> list[Part]:
    """A loop behind the watch, closed by a buckle at its back."""
    way = curve([(0, 0.34, 0.02), (0, 0.6, -0.12), (0, 0.74, -0.5), (0, 0.6, -0.98), (0, 0, -1.16), (0, -0.6, -0.98),
                 (0, -0.74, -0.5), (0, -0.6, -0.12), (0, -0.34, 0.02)], 30)
    loop = tube(way, 0.06, color, 12).scaled(x=wide / 0.06)
    buckle = [box((2 * wide + 0.1, 0.09, 0.08), (0, s * 0.17, -1.22), SILVER, 0.3) for s in (1, -1)]
    buckle += [box((0.09, 0.42, 0.08), (s * (wide + 0.03), 0, -1.22), SILVER, 0.3) for s in (1, -1)]
    pin = [box((0.07, 0.36, 0.07), (0, 0, -1.24), SILVER, 0.3)]
    return [loop.finished(kind, 0.1, gloss=0.2), *(p.glossy(0.9) for p in (*buckle, *pin))]


def dial(radius: float, color: Colour, ink: Colour, rng: Generator) -> list[Part]:
    """Marks and hands in front of z = 0.2."""
    marks = [box((0.05 if k % 3 else 0.075, 0.09 if k % 3 else 0.14, 0.03), (0, radius * 0.8, 0.21), ink).turned("z", 30 * k)
             for k in range(12)]
    hands = [box((0.065, radius * r, 0.03), (0, radius * r / 2 - 0.03, z), ink).turned("z", a) for r, z, a in
             ((0.5, 0.225, rng.uniform(20, 80)), (0.72, 0.24, -rng.uniform(20, 80)))]
    return [lathe([(radius, 0), (radius, 0.2)], color, corners=36).turned("x", 90), *marks, *hands,
            ball((0.05, 0.05, 0.03), (0, 0, 0.24), ink, 10)]


def round_watch(rng: Generator, hue: Colour) -> list[Part]:
    """Hands on a round dial, a leather strap."""
    metal, dark, r = metal_of(rng), rng.random() < 0.35, rng.uniform(0.5, 0.58)
    face, ink = ((0.16, 0.19, 0.26), (0.92, 0.91, 0.88)) if dark else ((0.95, 0.94, 0.91), INK)
    case = [lathe([(r, -0.08), (r + 0.1, -0.02), (r + 0.1, 0.18), (r + 0.02, 0.27), (r - 0.04, 0.25), (r - 0.04, 0.0)], metal,
                  corners=40, closed=True).turned("x", 90), lathe([(r, -0.1), (r, 0.05)], metal, corners=32).turned("x", 90),
            rod((r + 0.06, 0, 0.08), (r + 0.22, 0, 0.08), 0.085, metal, corners=10),
            *(box((0.16, 0.3, 0.16), (s * 0.3, t * (r + 0.06), 0.04), metal, 0.3) for s in (1, -1) for t in (1, -1))]
    return [*strap(hue, rng.uniform(0.25, 0.29), "leather"), *(p.glossy(0.95) for p in case), *dial(r - 0.03, face, ink, rng)]


def smart_watch(rng: Generator, hue: Colour) -> list[Part]:
    """A rounded screen with the time and three signs on it, a rubber strap."""
    case, wide = ((0.20, 0.20, 0.22), SILVER)[rng.integers(2)], rng.uniform(0.48, 0.54)
    high = wide * rng.uniform(1.1, 1.25)
    segments = [(-0.22, 0.27), (-0.06, 0.27), (0.12, 0.27), (0.28, 0.27)]
    signs = [((0.90, 0.36, 0.36), -0.26), ((0.45, 0.78, 0.42), 0.0), ((0.40, 0.65, 0.92), 0.26)]
    made = [box((2 * wide, 2 * high, 0.3), (0, 0, 0.06), case, 0.45).glossy(0.7),
            box((2 * wide - 0.14, 2 * high - 0.14, 0.1), (0, 0, 0.18), (0.08, 0.09, 0.11), 0.4).glossy(0.6)]
    made += [box((0.11, 0.26, 0.03), (x * wide * 1.9, y * high, 0.235), (0.93, 0.95, 0.97)) for x, y in segments]
    made += [ball((0.11, 0.11, 0.03), (x * wide * 2.2, -0.3 * high, 0.23), c, 12) for c, x in signs]
    return [*strap(hue, wide * 0.66, "plain"), *made, rod((wide - 0.03, 0.14, 0.06), (wide + 0.09, 0.14, 0.06), 0.09, case)]


def digital_watch(rng: Generator, hue: Colour) -> list[Part]:
    """A chunky case in color with a grey display and buttons."""
    y = np.pi / 8 + np.arange(8) * np.pi / 4
    case = [plate(np.stack([0.62 * np.cos(y), 0.62 * np.sin(y)], -1), 0.32, (0, 0, 0.05), shade(hue, 0.8), 0.08),
            plate(np.stack([0.5 * np.cos(y), 0.5 * np.sin(y)], -1), 0.1, (0, 0, 0.2), INK, 0.03),
            box((0.66, 0.4, 0.06), (0, 0, 0.24), (0.70, 0.76, 0.66), 0.3)]
    digits = [box((0.035, 0.24, 0.03), (x, 0, 0.265), INK) for x in (-0.24, -0.13, 0.1, 0.24)]
    digits += [box((0.12, 0.035, 0.03), (x, y_, 0.265), INK) for x in (-0.185, 0.17) for y_ in (-0.11, 0, 0.11)]
    buttons = [box((0.1, 0.14, 0.14), (s * 0.6, t, 0.06), SILVER, 0.3) for s in (1, -1) for t in (0.17, -0.17)]
    return [*strap(hue, 0.32, "plain"), *case, *digits, *(p.glossy(0.8) for p in buttons)]


def motor_helmet(rng: Generator, hue: Colour) -> list[Part]:
    """It covers the whole head; a dark visor, a stripe."""
    trim = accent(rng, hue)
    stripe = rng.choice((0.0, 0.16))
    shell = ball((0.86, 0.92, 1.0), (0, 0, 0), hue, 40).painted(lambda c: np.abs(c[:, 0]) < stripe, trim)
    visor = ball((0.83, 0.4, 0.82), (0, 0.06, 0.24), (0.14, 0.16, 0.19), 36).glossy(0.8)
    chin = loft(curve([(0.3, -0.5, 0.78, 0.3), (0.7, -0.5, 0.66, 0.28), (1.0, -0.5, 0.42, 0.22), (1.12, -0.5, 0.16, 0.12)], 9),
                hue, 0.7)
    vents = [box((0.24, 0.09, 0.1), (0, -0.5, 1.1), INK, 0.4), *pair(box((0.14, 0.08, 0.1), (0.34, -0.5, 1.0), INK, 0.4))]
    hinge = pair(lathe([(0.17, 0), (0.15, 0.08)], trim, corners=18).turned("z", -90).moved(0.8, 0.06, 0.12))
    neck = lathe([(0.52, -0.93), (0.6, -0.88), (0.6, -0.7)], INK, corners=32).scaled(z=1.12)
    return [shell.glossy(0.5), visor, chin.glossy(0.5), *vents, *hinge, neck]


def hard_hat(rng: Generator, hue: Colour) -> list[Part]:
    """For builders: three ribs, a peak in front."""
    dome = lathe([(0.8, 0), (0.8, 0.06), *curve([(0.79, 0.12), (0.74, 0.45), (0.5, 0.76), (0, 0.88)], 10)], hue, corners=36)
    peak = loft([(z, 0.03, w, 0.05) for z, w in ((0.2, 0.84), (0.7, 0.78), (1.02, 0.6), (1.16, 0.3))], hue)
    a = np.linspace(np.radians(12), np.radians(168), 16)
    ribs = [tube(np.stack([0 * a + x, r * 0.9 * np.sin(a) + 0.02, r * 0.84 * np.cos(a)], -1), 0.075, hue, 8).scaled(z=1.12)
            for x, r in ((0, 1.0), (0.26, 0.95), (-0.26, 0.95))]
    rim = lathe([(0.7, 0), (0.86, 0), (0.9, 0.04), (0.86, 0.08), (0.7, 0.08)], hue, corners=36, closed=True)
    inner = lathe([(0.76, -0.09), (0.78, -0.05), (0.74, 0.05)], INK, corners=32)
    badge = ball((0.17, 0.15, 0.06), (0, 0.34, 0.89), accent(rng, hue), 16)
    return [p.glossy(0.4) for p in (*(q.scaled(z=1.12) for q in (dome, rim, inner)), peak, *ribs, badge)]


def cycle_helmet(rng: Generator, hue: Colour) -> list[Part]:
    """For cyclists: long, with slots over a dark lining, and straps."""
    trim = accent(rng, hue)
    inner = ball((0.66, 0.6, 0.92), (0, 0, 0), INK, 28)
    bars = []
    for x in (-0.9, -0.45, 0.0, 0.45, 0.9):
        a = np.linspace(np.radians(4), np.radians(176), 14)
        y, z = 0.66 * np.sin(a), 0.98 * np.cos(a)
        bars.append(tube(np.stack([np.sin(x) * 0.78 * np.sin(a) ** 0.6, y * np.cos(x * 0.8), z], -1), 0.12,
                         hue if abs(x) > 0.1 else trim, 8))
    rim = ring(0.74, 0.13, (0, 0.04, 0), hue).scaled(z=1.3)
    straps = pair(tube([(0.68, 0.0, 0.3), (0.6, -0.35, 0.16), (0.1, -0.72, 0.2), (0, -0.74, 0.2)], 0.05, INK, 6),
                  tube([(0.68, 0.0, -0.4), (0.6, -0.35, 0.12)], 0.05, INK, 6))
    return [inner, *(p.glossy(0.4) for p in (*bars, rim)), *straps]


SHIRT = ((0, 0), (0.3, -0.015), (0.53, 0.0), (0.51, 0.5), (0.52, 0.98), (0.76, 0.74), (0.88, 0.8), (1.02, 0.94), (0.9, 1.16), (0.66, 1.42),
         (0.46, 1.52), (0.27, 1.58), (0.2, 1.5), (0.1, 1.45), (0, 1.44))


def shirt(hue: Colour, trim: Colour) -> list[Part]:
    half = np.array(SHIRT)
    outline = np.concatenate([half, (half * (-1, 1))[-2:0:-1]])
    body = plate(outline, 0.46, (0, 0, 0), hue, 0.1).finished("fabric", 0.06)
    x, y, z = body.vertices.T
    body = replace(body, vertices=np.stack([x, y, z * np.where(np.abs(x) > 0.56, 0.75, 1.0)], -1))
    collar = ring(0.235, 0.055, (0, 0, 0), trim).scaled(z=0.75).turned("x", 16).moved(0, 1.5, 0.0)
    hole = ball((0.22, 0.05, 0.16), (0, 1.49, 0), shade(hue, 0.35), 16)
    cuffs = pair(box((0.1, 0.36, 0.38), (0, 0, 0), trim, 0.3).turned("z", -52).moved(0.88, 0.84, 0))
    return [body, collar, hole, *cuffs, box((1.06, 0.08, 0.47), (0, 0.03, 0), shade(hue, 0.85), 0.3)]


def t_shirt(rng: Generator, hue: Colour) -> list[Part]:
    """Plain with a pocket."""
    pocket = box((0.26, 0.28, 0.05), (0.24, 1.02, 0.23), shade(hue, 0.85), 0.2)
    return [*shirt(hue, shade(hue, 0.8)), pocket, box((0.28, 0.06, 0.06), (0.24, 1.15, 0.235), shade(hue, 0.7), 0.3)]


def printed_shirt(rng: Generator, hue: Colour) -> list[Part]:
    """A star, a heart or a disc on its chest, trim in another color."""
    trim, kind = accent(rng, hue), int(rng.integers(3))
    a = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    drawn = (star(0.3, 0.13), np.stack([0.25 * np.cos(a), 0.25 * np.sin(a)], -1), np.stack(
        [0.26 * np.sin(a) ** 3, 0.21 * np.cos(a) - 0.08 * np.cos(2 * a) - 0.03 * np.cos(3 * a)], -1)[::-1])[kind]
    return [*shirt(hue, trim), plate(drawn, 0.06, (0, 0.92, 0.23), trim, 0.02)]


def striped_shirt(rng: Generator, hue: Colour) -> list[Part]:
    """A sailor's, in color and white."""
    body, *rest = shirt(hue, shade(hue, 0.8))
    return [body.finished("stripes", rng.uniform(0.11, 0.15), (0.95, 0.94, 0.91)), *rest]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "crown": (NONE, crown, royal_crown),
    "top hat": (NONE, top_hat, goggled_hat, buckled_hat),
    "cowboy hat": ((*ANY, *("brown",) * 4, *("black",) * 2), cowboy_hat, straw_hat),
    "boot": ((*ANY, *("brown",) * 4, *("black",) * 2), work_boot, cowboy_boot, rubber_boot),
    "sneaker": (ANY, sneaker, high_sneaker),
    "glasses": (ANY, round_glasses, square_glasses, sunglasses),
    "ring": (NONE, solitaire, signet, jewelled_band),
    "wrist watch": (ANY, round_watch, smart_watch, digital_watch),
    "helmet": (ANY, motor_helmet, hard_hat, cycle_helmet),
    "t-shirt": (ANY, t_shirt, printed_shirt, striped_shirt),
}
