"""Ghosts; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, eyes, limb, sheet_of, smile
from .characters import CARROT, chosen
from .palette import NONE
from .parts import WHITE, Color, Part, ball, curve, dot, lathe, moved, pair, prism, rod, shade, tube


def sheet_ghost(rng: Generator, hue: Color) -> list[Part]:
    """A bed sheet that hovers, arms raised."""
    fat, white = rng.uniform(0.5, 0.58), (0.95, 0.95, 0.97)
    body = sheet_of(curve([(fat * 1.12, 0), (fat * 1.0, 0.25), (fat * 0.92, 0.7), (fat * 0.86, 1.1), (fat * 0.62, 1.42),
                           (fat * 0.3, 1.56), (0, 1.6)], 18), white, 7, 0.13)
    arm = limb([(fat * 0.6, 0.86, 0.1), (fat * 1.15, 0.86, 0.24), (fat * 1.45, 1.02, 0.34)], [0.2, 0.16, 0.11], white)
    blush = ball((0.09, 0.055, 0.04), (fat * 0.56, 0.98, fat * 0.72), (0.95, 0.68, 0.70), 12)
    mouth = ball((0.1, rng.uniform(0.1, 0.16), 0.06), (0, 0.88, fat * 0.86), BLACK, 14)
    eye = ball((0.095, rng.uniform(0.12, 0.16), 0.06), (0.2, 1.16, fat * 0.76), BLACK, 14)
    return [body, mouth, ball((0.06, 0.04, 0.03), (0, 0.81, fat * 0.86 + 0.05), (0.85, 0.45, 0.48), 8),
            *pair(arm, eye, blush, dot(0.035, (0.23, 1.22, fat * 0.76 + 0.05), WHITE))]


def tailed_ghost(rng: Generator, hue: Color) -> list[Part]:
    """A drop of mist whose tail curls to the side."""
    fat, white = rng.uniform(0.5, 0.58), shade((0.86, 0.90, 0.97), rng.uniform(1.1, 1.5))
    body = tube(curve([(0.62, 0.1, -0.1), (0.38, 0.06, -0.06), (0.12, 0.3, -0.02), (0, 0.72, 0), (0, 1.1, 0),
                       (0, 1.4, 0),
                       (0, 1.58, 0), (0, 1.64, 0)], 20),
                np.interp(np.linspace(0, 7, 20), range(8),
                          fat * np.array([0.06, 0.26, 0.6, 0.92, 1.0, 0.84, 0.46, 0.0])),
                white, 24)
    arm = limb([(fat * 0.8, 0.9, 0.1), (fat * 1.1, 0.8, 0.3), (fat * 1.1, 0.74, 0.42)], [0.15, 0.1], white)
    made = [body, smile(0.86, fat * 0.97, 0.17, 0.1, 0.035, BLACK, 0.05)]
    if rng.random() < 0.5:                                              # shows its tongue
        made.append(ball((0.08, 0.11, 0.05), (0.03, 0.81, fat * 0.97), (0.88, 0.42, 0.46), 12))
    return made + pair(arm) + eyes(0.2, 1.14, fat * 0.86, 0.13, white=BLACK, out=12)


def pumpkin_ghost(rng: Generator, hue: Color) -> list[Part]:
    """A sheet with a hat and a lantern made of a pumpkin."""
    fat, white, y = rng.uniform(0.46, 0.54), (0.95, 0.95, 0.97), 1.46
    felt, band = (0.24, 0.18, 0.32), chosen(rng, ((0.93, 0.50, 0.15), (0.45, 0.66, 0.25)))
    hat = [lathe([(fat * 1.02, 0), (fat * 1.04, 0.03), (fat * 0.98, 0.07), (fat * 0.5, 0.08)], felt),
           tube(curve([(0, 0.04, 0), (0, 0.3, 0), (0.03, 0.52, 0), (0.16, 0.66, 0)], 9),
                fat * np.array([0.6, 0.54, 0.47, 0.4, 0.33, 0.26, 0.2, 0.13, 0.04]), felt, 18),
           lathe([(fat * 0.615, 0.06), (fat * 0.57, 0.16)], band)]
    body = sheet_of(curve([(fat * 1.3, 0), (fat * 1.06, 0.3), (fat * 0.94, 0.8), (fat * 0.88, 1.14), (fat * 0.6, 1.44),
                           (0, 1.56)], 16), white, 6, 0.16)
    x = fat * 1.2
    gourd = [ball((0.13, 0.2, 0.13), (0.1 * np.sin(a), 0, 0.1 * np.cos(a)), CARROT, 12)
             for a in np.linspace(0, 5.24, 6)]
    lamp = [*gourd, rod((0, 0.16, 0), (0.02, 0.3, 0), 0.04, (0.35, 0.45, 0.2)),
            *(prism([(s * 0.04, 0.02), (s * 0.12, 0.02), (s * 0.08, 0.1)], 0.06, (0, 0, 0.2), (1.0, 0.88, 0.4))
              for s in (-1, 1)),
            prism([(-0.11, -0.04), (0, -0.1), (0.11, -0.04), (0, -0.06)], 0.06, (0, 0, 0.21), (1.0, 0.88, 0.4))]
    arm = limb([(fat * 0.6, 0.92, 0.15), (x, 0.84, 0.34), (x + 0.08, 0.78, 0.44)], [0.16, 0.1], white)
    return [body, *(p.turned("z", -6).moved(0, y - 0.08, 0) for p in hat), *moved(lamp, x + 0.08, 0.46, 0.46),
            *pair(arm, ball((0.09, 0.13, 0.05), (0.18, 1.1, fat * 0.82), BLACK, 14)),
            ball((0.075, 0.1, 0.05), (0, 0.86, fat * 0.92), BLACK, 12)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "ghost": (NONE, sheet_ghost, tailed_ghost, pumpkin_ghost),
}
