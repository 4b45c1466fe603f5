"""Trees; the ground is y = 0, units are whatever each shape likes."""

from math import cos, sin

import numpy as np
from numpy.random import Generator

from .palette import NONE
from .parts import Color, Part, around, ball, curve, lathe, moved, rod, shade, tube
from .plants import FERN, GREEN, MOSS, frond, lumpy, warped

TRUNK, SPRUCE, SNOW, SAND = (0.45, 0.31, 0.20), (0.16, 0.40, 0.27), (0.95, 0.97, 1.0), (0.90, 0.79, 0.55)
NEEDLE = (0.22, 0.44, 0.24)
LEAFY = (GREEN, MOSS, (0.45, 0.62, 0.20), (0.25, 0.52, 0.28))


def trunk(points, radii, color: Color = TRUNK, corners: int = 14) -> Part:
    """Along ``points``, its foot widened into roots by the first of ``radii``."""
    line, thick = curve(points, 12), curve(np.asarray(radii, float)[:, None], 12)[:, 0]
    return tube(line, thick, color, corners).finished("bark", 0.09)


def roots(radius: float, color: Color = TRUNK, count: int = 5) -> list[Part]:
    root = tube(curve([(0, 0.22, radius * 0.5), (0, 0.08, radius * 1.1), (0, 0.0, radius * 1.9)], 6),
                np.linspace(radius * 0.5, radius * 0.18, 6), color, 8)
    return around(root.finished("bark", 0.09), count, 20)


def crown(size, at, color: Color, rng: Generator, puffs: int = 22, bump: float = 0.24) -> Part:
    return lumpy(size, at, color, rng, puffs, bump).finished("foliage", 0.13, amount=0.8)


def leafy(rng: Generator) -> Color:
    return shade(LEAFY[int(rng.integers(len(LEAFY)))], rng.uniform(0.9, 1.15))


def round_tree(rng: Generator, hue: Color) -> list[Part]:
    """One large cloud of leaves with smaller ones around it."""
    high, green = rng.uniform(0.75, 1.0), leafy(rng)
    made = [
        trunk([(0, 0, 0), (0.02, 0.25, 0), (-0.02, high, 0), (0, high + 0.4, 0)], [0.24, 0.15, 0.13, 0.1]),
        *roots(0.18),
        crown((0.78, 0.72, 0.78), (0, high + 0.72, 0), green, rng)
    ]
    for k in range(5):
        a, r = 2.4 * k + rng.uniform(0, 0.5), rng.uniform(0.36, 0.46)
        made.append(crown(r, (0.55 * sin(a), high + rng.uniform(0.35, 0.95), 0.55 * cos(a)),
                          shade(green, rng.uniform(0.95, 1.1)), rng, 12))
    return made


def oak(rng: Generator, hue: Color) -> list[Part]:
    """A stout trunk that forks into branches, each with its own wide cloud."""
    high, green, made = rng.uniform(0.7, 0.85), leafy(rng), []
    made += [trunk([(0, 0, 0), (0, 0.3, 0), (0, high, 0), (0, high + 0.5, 0)], [0.34, 0.22, 0.19, 0.12]), *roots(0.25)]
    for k, (a, out, up, size) in enumerate(((0.5, 0.55, 0.3, 0.5), (2.0, 0.75, 0.55, 0.52), (3.3, 0.6, 0.25, 0.46),
                                            (4.4, 0.8, 0.5, 0.52), (5.5, 0.45, 0.75, 0.5), (0, 0, 1.0, 0.56))):
        x, z, y = out * sin(a), out * cos(a), high + up + rng.uniform(-0.08, 0.08)
        made.append(tube(curve([(0, high * 0.75, 0), (x * 0.4, high + up * 0.3, z * 0.4), (x, y, z)], 7),
                         np.linspace(0.13, 0.06, 7), TRUNK, 8).finished("bark", 0.09))
        made.append(
            crown((size * 1.1, size * 0.74, size * 1.1), (x, y + 0.16, z), shade(green, 0.92 + 0.035 * k), rng, 16))
    return made


def birch(rng: Generator, hue: Color) -> list[Part]:
    """Slim and white with dark bands, its leaves in light clouds one over the other."""
    high, lean, green = rng.uniform(1.7, 2.0), rng.uniform(-0.15, 0.15), shade((0.56, 0.68, 0.24),
                                                                               rng.uniform(0.9, 1.1))
    white = tube(curve([(0, 0, 0), (lean, high * 0.4, 0), (0, high * 0.8, 0), (lean, high + 0.2, 0)], 30),
                 np.linspace(0.15, 0.06, 30), (0.93, 0.92, 0.88), 12)
    bands = rng.permutation(28)[:8] / 29 * (high + 0.2)
    made = [
        white.painted(
            lambda c: (np.abs(c[:, 1:2] - bands) < 0.035).any(1) & (np.sin(9 * c[:, 1] + 40 * c[:, 0]) > -0.3),
            (0.2, 0.19, 0.18))
    ]
    for k, (a, out, y, size) in enumerate(((0.4, 0.26, 0.5, 0.4), (2.6, 0.3, 0.6, 0.42), (4.6, 0.28, 0.72, 0.42),
                                           (0.8, 0.22, 0.88, 0.42), (3.4, 0.2, 0.98, 0.38), (0, 0, 1.13, 0.36))):
        made.append(
            crown((size, size * 0.86, size), (out * sin(a), high * y + 0.1, out * cos(a)), shade(green, 0.9 + 0.04 * k),
                  rng, 16))
    return made


def fruit_tree(rng: Generator, hue: Color) -> list[Part]:
    """Low and round, hung with apples."""
    high, green = rng.uniform(0.65, 0.8), shade(GREEN, rng.uniform(0.95, 1.15))
    red = ((0.84, 0.20, 0.16), (0.95, 0.60, 0.15))[int(rng.integers(2))]
    size = np.array([0.95, 0.8, 0.95])
    made = [
        trunk([(0, 0, 0), (0.03, 0.3, 0), (0, high, 0), (0, high + 0.3, 0)], [0.26, 0.17, 0.15, 0.12]), *roots(0.19),
        crown(tuple(size), (0, high + 0.7, 0), green, rng, 26, 0.2)
    ]
    for k in range(22):
        y, a = 1 - 2 * (k + 0.5) / 26, 2.4 * k
        way = np.array([np.sqrt(1 - y * y) * sin(a), y, np.sqrt(1 - y * y) * cos(a)])
        made.append(ball(0.1, tuple(way * size * 0.93 + (0, high + 0.7, 0)), red, 10).glossy(0.35))
    return made


def skirt(radius: float, high: float, color: Color, points: int = 9, droop: float = 0.12) -> Part:
    """One tier of a conifer, hollow below, its rim in points that hang."""
    line = [(radius * 0.25, 0.12), (radius * 0.9, -0.02), (radius, 0.0), *curve([(radius * 0.82, high * 0.16),
                                                                                 (radius * 0.5, high * 0.46),
                                                                                 (radius * 0.2, high * 0.8),
                                                                                 (0.0, high)], 6)]
    tier = lathe(line, color, corners=4 * points)

    def bend(v):
        r = np.hypot(v[:, 0], v[:, 2]) / radius
        wave = np.cos(points * np.arctan2(v[:, 0], v[:, 2])) * r ** 2
        grow = 1 + 0.16 * wave
        return np.stack([v[:, 0] * grow, v[:, 1] - droop * r ** 2 * (1 + 0.8 * wave), v[:, 2] * grow], -1)
    return warped(tier, bend)


def spruce(rng: Generator, hue: Color) -> list[Part]:
    """Four or five wide tiers with hanging points."""
    tiers, wide, green = int(rng.integers(4, 6)), rng.uniform(0.8, 0.95), shade(SPRUCE, rng.uniform(0.95, 1.2))
    made = [trunk([(0, 0, 0), (0, 0.2, 0), (0, 0.5, 0), (0, 0.9, 0)], [0.2, 0.14, 0.13, 0.1])]
    for k in range(tiers):
        r = wide * (1 - 0.72 * k / (tiers - 1)) * rng.uniform(0.95, 1.05)
        tier = skirt(r, 0.86 - 0.06 * k, shade(green, 0.94 + 0.07 * k)).turned("y", rng.uniform(0, 40))
        made.append(tier.moved(0, 0.5 + 1.75 * k / tiers, 0).finished("foliage", 0.07, amount=0.6))
    return made


def slim_spruce(rng: Generator, hue: Color) -> list[Part]:
    """Narrow, of many ragged tiers."""
    green, tiers, wide = shade(NEEDLE, rng.uniform(0.95, 1.15)), 8, rng.uniform(0.5, 0.6)
    made = [trunk([(0, 0, 0), (0, 0.2, 0), (0, 0.5, 0), (0, 1.5, 0)], [0.16, 0.12, 0.11, 0.06])]
    for k in range(tiers):
        r = wide * (1 - 0.8 * k / (tiers - 1)) * rng.uniform(0.92, 1.06)
        tier = skirt(r, 0.5, shade(green, 0.9 + 0.04 * k), 7, 0.1).turned("y", 26 * k + rng.uniform(0, 15))
        made.append(tier.moved(0, 0.42 + 1.9 * k / tiers, 0).finished("foliage", 0.06, amount=0.6))
    return made


def snowy_pine(rng: Generator, hue: Color) -> list[Part]:
    """Round tiers under snow."""
    green, wide, made = shade(SPRUCE, rng.uniform(0.9, 1.1)), rng.uniform(0.75, 0.9), []
    made += [trunk([(0, 0, 0), (0, 0.2, 0), (0, 0.5, 0), (0, 0.9, 0)], [0.2, 0.15, 0.14, 0.1])]
    for k in range(4):
        r, y, a = wide * (1 - 0.22 * k), 0.5 + 0.42 * k, rng.uniform(0, 40)
        made.append(skirt(r, 0.8, green, 8).turned("y", a).moved(0, y, 0).finished("foliage", 0.07, amount=0.6))
        made.append(skirt(r * 0.86, 0.74, SNOW, 8, 0.04).turned("y", a).moved(0, y + 0.1, 0))
    return [*made, lathe([(0.62, -0.04), (0.5, 0.05), (0, 0.1)], SNOW)]


def scots_pine(rng: Generator, hue: Color) -> list[Part]:
    """A bare red trunk, bent, with flat clouds of needles at the ends of its branches."""
    high, lean, green = rng.uniform(1.3, 1.6), rng.uniform(-0.35, 0.35), shade(NEEDLE, rng.uniform(1.0, 1.15))
    bark = (0.58, 0.34, 0.22)
    made = [trunk([(0, 0, 0), (lean, high * 0.4, 0), (lean * 0.6, high * 0.8, 0), (lean, high + 0.3, 0)],
                  [0.2, 0.14, 0.12, 0.07], bark), *roots(0.16, bark)]
    for a, out, y, size in ((0.3, 0.55, 0.72, 0.4), (2.3, 0.6, 0.86, 0.44), (4.3, 0.6, 0.98, 0.42),
                            (5.6, 0.35, 1.16, 0.42), (1.5, 0.3, 1.24, 0.38), (0, 0, 1.38, 0.44)):
        x, z = lean + out * sin(a), out * cos(a)
        made.append(rod((lean * 0.8, high * (y - 0.14), 0), (x, high * y, z), 0.07, bark, 0.045))
        made.append(crown((size, size * 0.5, size), (x, high * y + 0.08, z), shade(green, 0.75 + 0.25 * y), rng, 16))
    return made


def palm_head(rng: Generator, green: Color, long: float) -> list[Part]:
    made = []
    for k, (count, size, tilt, droop) in enumerate(((7, 1.0, 20, 0.55), (6, 0.95, 44, 0.5), (4, 0.75, 66, 0.35))):
        blade = frond(long * size, 0.24, shade(green, 0.9 + 0.12 * k), droop, 7).turned("x", -tilt)
        made += around(blade, count, 22 * k + rng.uniform(0, 18))
    return made


def coconut_palm(rng: Generator, hue: Color) -> list[Part]:
    """A ringed trunk that leans and bends up, nuts under the fronds."""
    high, lean, green = rng.uniform(1.5, 1.8), rng.uniform(0.3, 0.6), shade(FERN, rng.uniform(0.78, 0.95))
    line = curve([(0, 0, 0), (lean * 0.5, high * 0.35, 0), (lean * 0.9, high * 0.7, 0), (lean, high, 0)], 22)
    made = [tube(line, np.linspace(0.19, 0.1, 22) * (1 + 0.16 * (np.arange(22) % 2)), (0.62, 0.48, 0.33), 12)]
    nuts = around(ball(0.115, (0, -0.1, 0.15), (0.42, 0.28, 0.16), 12), 4, 40)
    return made + moved([*palm_head(rng, green, 0.98), *nuts], lean, high, 0)


def date_palm(rng: Generator, hue: Color) -> list[Part]:
    """Straight and stout with a scaly trunk and a thick crown."""
    high, green = rng.uniform(1.2, 1.5), shade(MOSS, rng.uniform(1.05, 1.2))
    line = curve([(0.3, 0), (0.2, 0.15), (0.17, high * 0.6), (0.24, high * 0.95), (0.12, high + 0.08)], 16)
    stem = lathe(line, (0.55, 0.40, 0.27)).finished("scales", 0.11)
    dates = [
        ball((0.08, 0.17, 0.08), (0, -0.16, 0.27), (0.80, 0.50, 0.18), 10).finished("speckled", 0.3, (0.5, 0.25, 0.1))
    ]
    return [stem, *moved([*palm_head(rng, green, 0.95), *around(dates[0], 4, 45)], y=high)]


def palm_island(rng: Generator, hue: Color) -> list[Part]:
    """Two palms that lean apart out of sand."""
    green, made = shade(FERN, rng.uniform(0.78, 0.95)), []
    made.append(
        lathe([(0.75, -0.12), (0.7, -0.02), (0.4, 0.08), (0, 0.13)], SAND).finished("speckled", 0.07,
                                                                                    (0.8, 0.66, 0.42)))
    for side, high, lean in ((-1, 1.45, 0.5), (1, rng.uniform(1.0, 1.2), 0.62)):
        line = curve([(side * 0.08, 0, 0), (side * lean * 0.5, high * 0.45, 0), (side * lean, high, 0)], 18)
        made.append(tube(line, np.linspace(0.13, 0.075, 18) * (1 + 0.16 * (np.arange(18) % 2)), (0.62, 0.48, 0.33), 12))
        head = palm_head(rng, green, 0.7 if side < 0 else 0.56)
        made += moved(head, side * lean, high, 0)
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "tree": (NONE, round_tree, oak, birch, fruit_tree),
    "pine tree": (NONE, spruce, slim_spruce, snowy_pine, scots_pine),
    "palm tree": (NONE, coconut_palm, date_palm, palm_island),
}
