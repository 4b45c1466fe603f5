"""What one works, fights and explores with; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (BROWN, Colour, Part, around, ball, box, curve, dot, finished, lathe, moved, pair, plate, ring, rod,
                    shade, tube, turned)
from .toys import INK
from .treasures import BRONZE, GILT, IRON, OAK, SILVER, WALNUT, jewel, star

BLADE = (0.80, 0.82, 0.86)


# Swords

def blade(profile, thick: float) -> Part:
    """With a ridge along its middle; ``profile`` [(half width, y), ...] upwards."""
    return lathe(profile, BLADE, corners=4).turned("y", 45).scaled(z=thick).glossy(0.9)


def grip(low: float, high: float, radius: float, color: Colour) -> list[Part]:
    """Wound with cord."""
    return [rod((0, low, 0), (0, high, 0), radius, color),
            *(ring(radius, 0.035, (0, y, 0), shade(color, 0.75)) for y in np.linspace(low + 0.06, high - 0.06, 5))]


def leather(rng: Generator) -> Colour:
    return ((0.34, 0.20, 0.13), (0.20, 0.16, 0.18), (0.45, 0.14, 0.15), (0.17, 0.24, 0.40))[rng.integers(4)]


def sword(rng: Generator, hue: Colour) -> list[Part]:
    """A knight's, upright on its pommel."""
    long, metal, drop = rng.uniform(1.5, 1.85), (GILT, BRONZE, IRON)[rng.integers(3)], rng.uniform(-0.08, 0.1)
    guard = tube(curve([(-0.46, drop, 0), (-0.2, 0, 0), (0.2, 0, 0), (0.46, drop, 0)], 11), [0.1, *[0.075] * 9, 0.1], metal)
    return [blade([(0.17, 0), (0.155, long - 0.3), (0, long)], 0.36), *(p.glossy(0.9) for p in (
        guard, box((0.24, 0.18, 0.2), (0, 0, 0), metal, 0.3), ball(0.14, (0, -0.62, 0), metal, 16))),
        ball((0.07, 0.07, 0.05), (0, -0.62, 0.12), jewel(rng), 10).glossy(0.6), *grip(-0.52, -0.05, 0.085, leather(rng))]


def hero_sword(rng: Generator, hue: Colour) -> list[Part]:
    """A wide one from a tale: winged guard and a jewel."""
    long, stone = rng.uniform(1.4, 1.65), jewel(rng)
    wing = plate(curve([(0, -0.12), (0.3, -0.06), (0.58, 0.22), (0.46, 0.22), (0.26, 0.12), (0, 0.12)], 18), 0.18,
                 (0, 0, 0), GILT, 0.05)
    edge = [(0.2, 0), (0.17, 0.2), (0.22, 0.5), (0.24, long - 0.5), (0, long)]
    return [blade(edge, 0.26), plate([(-0.06, 0.1), (0.06, 0.1), (0.05, long * 0.6), (0, long * 0.68), (-0.05, long * 0.6)],
                                     0.13, (0, 0, 0), shade(BLADE, 0.7), 0.02).glossy(0.8),
            *(p.glossy(0.9) for p in (*pair(wing), box((0.2, 0.28, 0.22), (0, 0, 0), GILT, 0.4),
                                      lathe([(0.05, -0.86), (0.16, -0.72), (0.1, -0.58)], GILT, corners=8))),
            *(ball((0.1, 0.1, 0.06), (0, 0, s * 0.1), stone, 12).glossy(0.6) for s in (1, -1)),
            *grip(-0.62, -0.1, 0.09, leather(rng))]


def katana(rng: Generator, hue: Colour) -> list[Part]:
    """Slim and curved, its grip wound in diamonds."""
    bend, long, wrap = rng.uniform(0.12, 0.22), rng.uniform(1.7, 1.9), leather(rng)
    y = np.linspace(0, 1, 12)
    back, front = (np.stack([s * 0.105 - bend * y ** 2, y * (long - (0.16 if s > 0 else 0))], -1) for s in (1, -1))
    steel = plate(np.concatenate([back, front[::-1]]), 0.1, (0, 0, 0), BLADE, 0.03).glossy(0.9)
    handle = box((0.2, 0.7, 0.15), (0, -0.42, 0), wrap, 0.4)
    pale = [plate([(0, -0.07), (0.06, 0), (0, 0.07), (-0.06, 0)], 0.18, (0, k, 0), (0.90, 0.86, 0.76), 0.01)
            for k in np.arange(-0.68, -0.1, 0.15)]
    return [steel, lathe([(0.22, -0.06), (0.25, -0.03), (0.22, 0.0)], (GILT, IRON)[rng.integers(2)], corners=24).glossy(0.8),
            box((0.2, 0.08, 0.16), (0, 0.03, 0), GILT, 0.2).glossy(0.8), handle, *pale,
            box((0.22, 0.09, 0.17), (0, -0.78, 0), GILT, 0.3).glossy(0.8)]


def cutlass(rng: Generator, hue: Colour) -> list[Part]:
    """A pirate's: a broad curved blade, a bow around the hand."""
    long, metal = rng.uniform(1.35, 1.55), (GILT, BRONZE)[rng.integers(2)]
    outline = curve([(-0.11, 0), (-0.12, long * 0.4), (-0.04, long * 0.75), (0.22, long), (0.24, long * 0.75),
                     (0.16, long * 0.4), (0.12, 0)], 26)
    bow = tube(curve([(0.1, -0.02, 0), (0.36, -0.1, 0), (0.34, -0.42, 0), (0.04, -0.6, 0)], 14), 0.065, metal)
    return [plate(outline, 0.1, (0, 0, 0), BLADE, 0.04).glossy(0.9), *grip(-0.56, -0.02, 0.09, leather(rng)),
            *(p.glossy(0.9) for p in (bow, ball((0.34, 0.07, 0.2), (0.02, 0, 0), metal, 16), ball(0.13, (0, -0.62, 0), metal, 14)))]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "sword": (NONE, sword, hero_sword, katana, cutlass),
}
