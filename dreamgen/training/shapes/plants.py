"""What grows, but trees; the ground is y = 0, units are whatever each shape likes."""

from collections.abc import Callable
from dataclasses import replace
from math import cos, pi, sin

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .parts import (
    CREAM,
    WHITE,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    dot,
    lathe,
    loft,
    moved,
    rod,
    shade,
    tube,
    turned,
)

GREEN, MOSS, SAGE, FERN = (0.34, 0.58, 0.22), (0.26, 0.45, 0.20), (0.47, 0.62, 0.42), (0.42, 0.68, 0.26)
CLAY, SOIL, TIMBER = (0.76, 0.42, 0.28), (0.27, 0.18, 0.12), (0.62, 0.43, 0.26)
GLAZES = (WHITE, (0.36, 0.52, 0.58), (0.85, 0.72, 0.52), (0.42, 0.44, 0.46), CLAY)


def glaze(rng: Generator, *more: Color) -> Color:
    """A color for a pot, ``more`` among them."""
    choice = (*GLAZES, *more)
    return choice[int(rng.integers(len(choice)))]


def warped(part: Part, bend: Callable[[np.ndarray], np.ndarray]) -> Part:
    """Each corner put where ``bend`` says, [V, 3] to [V, 3]; the finish stays as it was."""
    return replace(part, vertices=bend(part.vertices))


def leaf(long: float, wide: float, color: Color, droop: float = 0.4, thick: float = 0.04, tip: float = 0.65) -> Part:
    """A blade from the origin along +z: it rises, then hangs by ``droop`` of its length; widest at 1 - ``tip``."""
    t = np.linspace(0, 1, 9)
    width = wide * np.maximum(np.sin(pi * t ** tip), 0.04)
    rise = long * droop * (0.9 * np.sin(pi * t) - t ** 2)
    blade = loft(np.stack([long * t, rise, width, np.full(9, thick)], -1), color, corners=12)
    folded = warped(blade, lambda v: v + np.abs(v[:, :1]) * (0, 0.35, 0))
    return folded.painted(lambda c: np.abs(c[:, 0]) < wide * 0.24, shade(color, 1.16))


def lumpy(size: float | tuple, at: tuple, color: Color, rng: Generator, puffs: int = 22, bump: float = 0.24,
          corners: int = 28) -> Part:
    """A ball of leaves, with ``puffs`` evenly over it like a cauliflower's."""
    k = np.arange(puffs) + 0.5
    y, a = 1 - 2 * k / puffs, pi * (1 + 5 ** 0.5) * k + rng.uniform(0, 6)
    way = np.stack([np.sqrt(1 - y * y) * np.cos(a), y, np.sqrt(1 - y * y) * np.sin(a)], -1)
    way += rng.normal(0, 0.4 / puffs ** 0.5, way.shape)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    reach = 2.3 / puffs ** 0.5
    near = lambda v: np.arccos((v @ way.T).max(1, keepdims=True).clip(-1, 1)) / reach
    bumpy = warped(ball(1, (0, 0, 0), color, corners), lambda v: v * (1 - bump * np.minimum(near(v), 1.2) ** 2))
    return bumpy.scaled(*((size,) * 3 if isinstance(size, int | float) else size)).moved(*at)


def ribbed(part: Part, count: int, depth: float) -> Part:
    """A lathe of 4 * ``count`` corners with as many upright ribs."""
    def bend(v):
        a = np.arctan2(v[:, 0], v[:, 2])
        return v * np.stack([1 + depth * np.cos(count * a), np.ones(len(v)), 1 + depth * np.cos(count * a)], -1)
    return warped(part, bend)


def pot(radius: float, high: float, color: Color) -> list[Part]:
    """A flower pot with its rim and soil."""
    return [lathe([(radius * 0.7, 0), (radius * 0.95, high * 0.74), (radius * 1.1, high * 0.75), (radius * 1.13, high),
                   (radius * 0.96, high), (radius * 0.9, high * 0.86), (0, high * 0.86)],
                  color).finished("mottled", 0.12, amount=0.5, gloss=0.15),
            lathe([(radius * 0.94, high * 0.8), (radius * 0.94, high * 0.9), (0, high * 0.95)],
                  SOIL).finished("stone", 0.06)]


def bowl(radius: float, high: float, color: Color) -> list[Part]:
    """A glazed round pot."""
    line = curve([(radius * 0.55, 0), (radius * 0.98, high * 0.35), (radius * 1.04, high * 0.65),
                  (radius * 0.86, high)], 12)
    return [lathe([(radius * 0.5, 0), *line[1:], (radius * 0.76, high), (radius * 0.76, high * 0.88), (0, high * 0.88)],
                  color).glossy(0.5),
            lathe([(radius * 0.8, high * 0.86), (0, high * 0.95)], SOIL).finished("stone", 0.06)]


def stand(radius: float, high: float, color: Color) -> list[Part]:
    """A straight pot on three wooden legs."""
    foot = rod((0, 0, radius * 0.95), (0, high * 0.55, radius * 0.8), 0.05, TIMBER)
    return [
        *around(foot, 4, 45),
        lathe([(radius * 0.86, high * 0.24), (radius * 0.92, high * 0.26), (radius * 0.98, high), (radius * 0.85, high),
               (radius * 0.85, high * 0.88), (0, high * 0.88)], color).glossy(0.3),
        lathe([(radius * 0.86, high * 0.84), (0, high * 0.94)], SOIL).finished("stone", 0.06)
    ]


def crate(radius: float, high: float, color: Color) -> list[Part]:
    """A square planter."""
    wide = radius * 1.7
    return [box((wide, high, wide), (0, high / 2, 0), color, 0.08).finished("planks", high / 3),
            box((wide * 1.12, high * 0.16, wide * 1.12), (0, high * 0.94, 0), shade(color, 0.9), 0.3),
            box((wide * 0.86, 0.06, wide * 0.86), (0, high * 1.02, 0), SOIL).finished("stone", 0.06)]


def spots(profile: np.ndarray, rows: tuple, size: float, color: Color) -> list[Part]:
    """Flat buttons on a lathe of ``profile`` [K, 2] from rim to top; ``rows`` (place in [0, 1], count, turn)."""
    made = []
    for place, count, turn in rows:
        k = min(int(place * (len(profile) - 1)), len(profile) - 2)
        (r, y), (r1, y1) = profile[k], profile[k + 1]
        tilt = np.degrees(np.arctan2(r - r1, y1 - y))           # 0 on a wall, 90 on top
        button = ball((size, size * 0.28, size), (0, 0, 0), color, 12).turned("x", 90 - tilt).moved(0, y, r)
        made += around(button, count, turn)
    return made


def toadstool(rng: Generator, hue: Color) -> list[Part]:
    """A wide round cap with white spots, a skirt around the stem."""
    wide, high, stem = rng.uniform(0.85, 1.0), rng.uniform(1.05, 1.35), rng.uniform(0.22, 0.28)
    top = rng.uniform(0.62, 0.8)
    dome = curve([(wide * 0.97, -0.04), (wide, 0.1), (wide * 0.82, top * 0.62), (wide * 0.42, top * 0.95), (0, top)],
                 18)
    cap = lathe([(wide * 0.8, -0.08), *dome], hue, corners=32).glossy(0.35)
    gills = ribbed(lathe([(stem, -0.2), (wide * 0.86, -0.06), (wide * 0.8, 0)], CREAM, corners=64), 16, 0.04)
    skirt = lathe([(stem * 1.6, -0.12), (stem * 1.6, -0.06), (stem * 0.9, 0.1)], WHITE, (0, high * 0.6, 0))
    body = lathe(
        curve([(stem * 0.9, 0), (stem * 1.45, 0.1), (stem * 1.2, 0.3), (stem * 0.85, high * 0.65), (stem, high)], 12),
        shade(CREAM, 1.4)).finished("mottled", 0.15, amount=0.5)
    buttons = spots(dome, ((0.2, 5, 0), (0.5, 5, 36), (0.76, 3, 10)), rng.uniform(0.15, 0.2), WHITE)
    return [body, skirt, *moved([cap, gills, *buttons], y=high), ball((0.1, 0.03, 0.1), (0, high + top, 0), WHITE)]


def bell_mushroom(rng: Generator, hue: Color) -> list[Part]:
    """A tall pointed cap on a slim bent stem, with a small one beside it."""
    def one(size, lean):
        wide, top, high = 0.62, 1.0, rng.uniform(0.95, 1.2)
        stem = tube(curve([(0, 0, 0), (lean * 0.8, high * 0.4, 0), (lean, high * 0.8, 0), (lean, high + 0.2, 0)], 10),
                    np.linspace(0.2, 0.13, 10), shade(CREAM, 1.3), 14)
        line = curve([(wide, -0.1), (wide * 0.93, 0.1), (wide * 0.7, top * 0.55), (wide * 0.3, top * 0.88), (0, top)],
                     16)
        cap = lathe([(wide * 0.6, -0.02), (wide * 0.9, -0.14), *line], hue, corners=32).glossy(0.3)
        rim = lathe([(wide * 0.6, -0.14), (wide * 0.98, -0.17), (wide * 1.05, -0.1), (wide * 0.9, 0.02)],
                    shade(hue, 1.4))
        buttons = spots(line, ((0.3, 6, 0), (0.6, 4, 20)), 0.1, shade(hue, 1.6))
        return [p.scaled(size, size, size) for p in [stem, *moved([cap, rim, *buttons], lean, high)]]
    return [*moved(one(1, rng.uniform(-0.2, 0.05)), -0.1), *moved(one(0.55, 0.2), 0.55, 0, 0.3)]


def mushroom_cluster(rng: Generator, hue: Color) -> list[Part]:
    """Three plain round ones out of one foot, with grass."""
    made = []
    for x, z, size, lean in ((0, -0.1, 1, 0), (0.62, 0.15, 0.72, -18), (-0.58, 0.25, 0.58, 20)):
        wide, high = 0.6, rng.uniform(0.9, 1.15)
        dome = curve([(wide * 0.94, -0.02), (wide, 0.1), (wide * 0.76, 0.4), (0.2, 0.54), (0, 0.55)], 14)
        cap = lathe([(wide * 0.8, -0.08), *dome], hue).finished("clouded", 0.3, shade(hue, 0.78), gloss=0.2)
        under = lathe([(0.15, -0.12), (wide * 0.86, -0.07), (wide * 0.8, 0)], shade(CREAM, 0.95))
        stem = lathe(curve([(0.24, -0.1), (0.26, 0.1), (0.17, high * 0.6), (0.2, high)], 8), CREAM)
        one = [p.scaled(size, size, size) for p in [stem, *moved([cap, under], y=high)]]
        made += moved(turned(one, "z", lean), x * 0.75, 0, z)
    blades = around(leaf(0.6, 0.08, GREEN, 0.2).turned("x", -55).moved(0, 0, 0.35), 7, rng.uniform(0, 40))
    return [*made, *blades, lathe([(0.75, -0.06), (0.6, 0.06), (0, 0.12)], MOSS).finished("foliage", 0.1)]


def prickles(part: Part) -> Part:
    return part.finished("speckled", 0.11, (0.93, 0.93, 0.74), 0.8)


def saguaro(rng: Generator, hue: Color) -> list[Part]:
    """A ribbed trunk and two or three arms, in a pot."""
    high, green = rng.uniform(1.5, 1.9), shade(MOSS, rng.uniform(0.95, 1.2))
    line = curve([(0.27, 0), (0.32, high * 0.4), (0.31, high * 0.75), (0.2, high * 0.95), (0, high)], 18)
    trunk = ribbed(lathe(line, green, corners=40), 10, 0.09).moved(0, 0.4, 0)
    made = [prickles(trunk), *pot(0.5, 0.58, CLAY if rng.random() < 0.6 else glaze(rng))]
    for side, y, up in ((-1, rng.uniform(0.95, 1.1), 0.62), (1, rng.uniform(1.15, 1.35), 0.5)):
        arm = curve([(0, y, 0), (side * 0.42, y + 0.02, 0), (side * 0.58, y + 0.2, 0), (side * 0.6, y + up, 0),
                     (side * 0.6, y + up + 0.1, 0)], 16)
        made.append(prickles(tube(arm, [*[0.17] * 13, 0.155, 0.12, 0.03], green, 14)))
        made += moved(around(dot((0.05, 0.03, 0.08), (0, 0, 0.06), (0.93, 0.45, 0.58)), 5), side * 0.6, y + up + 0.12)
    return [*made, *moved([*around(dot((0.07, 0.05, 0.14), (0, 0, 0.1), (0.93, 0.42, 0.58)), 6),
                           dot(0.07, (0, 0.05, 0), (0.98, 0.85, 0.4))], y=high + 0.42)]


def barrel_cactus(rng: Generator, hue: Color) -> list[Part]:
    """A ribbed ball with a flower on top, in a bowl."""
    r, tall, green = rng.uniform(0.52, 0.62), rng.uniform(0.9, 1.2), shade(GREEN, rng.uniform(0.78, 0.95))
    body = ribbed(ball(r, (0, 0, 0), green, 48), 12, 0.1).scaled(y=tall).moved(0, 0.45 + r * tall * 0.85, 0)
    top = 0.45 + r * tall * 1.83
    made = [body.painted(lambda c: np.cos(12 * np.arctan2(c[:, 0], c[:, 2])) > 0.5, shade(green, 1.3))]
    for height in (-0.55, -0.15, 0.25, 0.62):
        out = r * 1.06 * cos(height * 1.1)
        thorn = rod((0, 0, 0), (0, 0.05, 0.16), 0.032, (0.95, 0.9, 0.7), 0.008, 5)
        made += moved(around(thorn.moved(0, r * tall * sin(height * 1.1), out), 12), y=0.45 + r * tall * 0.85)
    pink = ((0.95, 0.45, 0.6), (0.97, 0.72, 0.25), (0.9, 0.3, 0.35))[int(rng.integers(3))]
    petal = leaf(0.3, 0.09, pink, 0.1).turned("x", -38)
    return [*made, *moved([*around(petal, 9), dot((0.1, 0.1, 0.1), (0, 0.04, 0), (0.98, 0.86, 0.45))], y=top),
            *bowl(0.6, 0.5, glaze(rng))]


def prickly_pear(rng: Generator, hue: Color) -> list[Part]:
    """Flat pads, one on the other, with red fruit, in a pot."""
    green, made = shade(SAGE, rng.uniform(0.82, 0.95)), pot(0.5, 0.55, glaze(rng))
    swing = rng.uniform(-8, 8)
    for x, y, tilt, size in ((0, 0.45, swing, 1.0), (-0.24, 1.15, 34, 0.78), (0.26, 1.22, -30, 0.84),
                             (0.02, 1.3, 2, 0.7), (0.68, 1.78, -14, 0.5), (-0.62, 1.62, 20, 0.5)):
        pad = ball((0.34 * size, 0.48 * size, 0.13), (0, 0.44 * size, 0), green, 24).finished(
            "speckled", 0.17, (0.95, 0.93, 0.75))
        made.append(pad.turned("z", tilt).moved(x, y, 0.05 * (x > 0)))
        if y > 1:
            for a in (-28, 8):
                fruit = ball((0.07, 0.11, 0.07), (0, 0.92 * size * cos(a / 57), 0), (0.84, 0.24, 0.34), 10)
                made.append(fruit.turned("z", tilt + a * 0.6).moved(x, y, 0))
    return made


def broad_plant(rng: Generator, hue: Color) -> list[Part]:
    """Broad leaves that arch out of a pot in color."""
    green, high = shade(GREEN, rng.uniform(0.9, 1.15)), rng.uniform(0.65, 0.8)
    made = pot(rng.uniform(0.46, 0.56), high, glaze(rng, hue))
    for k, (count, long, tilt) in enumerate(((6, 0.9, 32), (5, 1.05, 56), (3, 1.05, 78))):
        blade = leaf(long, 0.29, shade(green, 1 + 0.1 * k), 0.26, tip=0.85).turned("x", -tilt)
        made += around(blade.moved(0, high * 0.9, 0.06).glossy(0.25), count, 30 * k + rng.uniform(0, 25))
    return made


def snake_plant(rng: Generator, hue: Color) -> list[Part]:
    """Upright striped blades with light rims in a pot on legs."""
    made, high = stand(0.48, 0.85, glaze(rng, hue)), 0.75
    for k in range(9):
        a, out = 2.4 * k, 0.28 * (k / 9) ** 0.5
        long, green = rng.uniform(0.85, 1.35) * (1.1 - 0.25 * k / 9), shade(MOSS, rng.uniform(1.0, 1.15))
        blade = leaf(long, 0.13, green, 0.02, 0.03, 0.9).finished("stripes_z", 0.07, shade(green, 1.35))
        rim = leaf(long * 1.01, 0.155, (0.80, 0.80, 0.42), 0.02, 0.016, 0.9)
        for p in (blade, rim):
            tilted = p.turned("x", -90 + 26 * out / 0.28).turned("y", np.degrees(a))
            made.append(tilted.moved(out * sin(a), high, out * cos(a)))
    return made


def fern(rng: Generator, hue: Color) -> list[Part]:
    """Feathered fronds that hang over a glazed bowl."""
    green, made = shade(FERN, rng.uniform(0.95, 1.15)), bowl(0.6, 0.75, glaze(rng, hue))
    for k, (count, long, tilt) in enumerate(((9, 1.15, 48), (7, 1.3, 66), (5, 1.2, 82))):
        made += around(
            frond(long, 0.23, shade(green, 0.92 + 0.1 * k), 0.42, 7).turned("x", -tilt).moved(0, 0.68, 0.05), count,
            17 * k + rng.uniform(0, 20))
    return made


def frond(long: float, wide: float, color: Color, droop: float, teeth: int) -> Part:
    """A leaf whose edge is cut like a saw."""
    t = np.linspace(0, 1, 2 * teeth + 2)
    notch = np.where(np.arange(len(t)) % 2 == 1, 1.0, 0.42)
    width = wide * notch * np.sin(pi * (0.1 + 0.88 * t) ** 0.75) ** 0.8
    rise = long * droop * (0.9 * np.sin(pi * t) - 1.1 * t ** 2)
    blade = loft(np.stack([long * t, rise, width, np.full(len(t), 0.03)], -1), color, corners=8)
    return warped(blade, lambda v: v - np.abs(v[:, :1]) * (0, 0.4, 0)).painted(
        lambda c: np.abs(c[:, 0]) < wide * 0.16, shade(color, 0.8))


def succulent(rng: Generator, hue: Color) -> list[Part]:
    """A rosette of thick pointed leaves in a square planter."""
    made, green = crate(0.6, 0.62,
                        (TIMBER, shade(CREAM, 1.2), hue)[int(rng.integers(3))]), shade(SAGE, rng.uniform(0.92, 1.1))
    for k, (count, long, tilt) in enumerate(((9, 0.78, 12), (8, 0.66, 34), (6, 0.5, 56), (4, 0.36, 76))):
        blade = leaf(long, 0.19 - 0.02 * k, shade(green, 0.9 + 0.12 * k), 0.05, 0.07, 1.25).turned("x", -tilt)
        tip = dot(0.045, (0, 0, 0), (0.86, 0.52, 0.55)).moved(0, long * sin(tilt / 57.3),
                                                              long * cos(tilt / 57.3) * 0.98)
        made += around(blade.moved(0, 0.68 + 0.05 * k, 0), count, 22 * k) + around(tip.moved(0, 0.68 + 0.03 * k, 0),
                                                                                   count, 22 * k)
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "mushroom": (("red", "red", "brown", "green", "blue", "orange", "purple"), toadstool, bell_mushroom,
                 mushroom_cluster),
    "cactus": (NONE, saguaro, barrel_cactus, prickly_pear),
    "potted plant": (NONE, broad_plant, snake_plant, fern, succulent),
}
