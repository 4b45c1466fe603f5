"""Persons of a kind: robots, snowmen, ghosts and who wears a costume; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (BROWN, DARK, LEAF, LIGHT, ORANGE, RED, STEEL, WHITE, YELLOW, Colour, Part, ball, box, dot, lathe,
                    pair, ring, rod, shade)

BLACK = (0.08, 0.07, 0.08)


def snowman(rng: Generator, hue: Colour) -> list[Part]:
    """The scarf in colour."""
    a, b, c = rng.uniform(0.56, 0.64), rng.uniform(0.42, 0.48), rng.uniform(0.31, 0.36)
    y2, y3 = a * 1.75 + b * 0.55, a * 1.75 + b * 1.4 + c * 0.75
    made = [ball((a, a * 0.95, a), (0, a * 0.92, 0), WHITE), ball(b, (0, y2, 0), WHITE), ball(c, (0, y3, 0), WHITE),
            lathe([(0.075, 0), (0.0, 0.42)], ORANGE).turned("x", 90).moved(0, y3, c * 0.9),
            ring(c * 0.82, 0.085, (0, y3 - c * 0.78, 0), hue),
            box((0.16, 0.42, 0.07), (0.16, y3 - c * 0.85 - 0.2, b * 0.86), hue, 0.4),
            lathe([(0.42, 0), (0.42, 0.05), (0.27, 0.06), (0.26, 0.4)], BLACK, (0, y3 + c * 0.72, 0))]
    made += [dot(0.05, (0, y2 + h * b, b * np.sqrt(1 - h * h) * 1.0), BLACK) for h in (0.35, 0.0, -0.38)]
    twig = [rod((b * 0.8, y2 + 0.1, 0), (b + 0.5, y2 + 0.36, 0.05), 0.035, BROWN),
            rod((b + 0.3, y2 + 0.26, 0.03), (b + 0.4, y2 + 0.5, 0.05), 0.025, BROWN)]
    return made + pair(*twig, dot(0.055, (c * 0.38, y3 + c * 0.28, c * 0.87), BLACK))


def robot(rng: Generator, hue: Colour) -> list[Part]:
    wide, head = rng.uniform(0.62, 0.75), rng.uniform(0.42, 0.5)
    made = [box((wide, 0.75, 0.48), (0, 0.92, 0), hue, 0.15),
            box((wide * 0.66, 0.36, 0.04), (0, 0.96, 0.245), shade(STEEL, 1.3)),
            rod((0, 1.28, 0), (0, 1.42, 0), 0.1, STEEL), box((head * 1.25, head, head), (0, 1.42 + head / 2, 0), hue,
                                                             0.2),
            box((head * 0.7, 0.07, 0.04), (0, 1.42 + head * 0.22, head / 2), DARK),
            rod((0, 1.4 + head, 0), (0, 1.62 + head, 0), 0.025, STEEL), dot(0.07, (0, 1.66 + head, 0), RED),
            *(dot((0.05, 0.05, 0.03), (x, 1.02, 0.27), c) for x, c in ((-0.13, RED), (0, YELLOW), (0.13, LEAF)))]
    arm = [ball(0.12, (wide / 2 + 0.08, 1.16, 0), STEEL), rod((wide / 2 + 0.1, 1.14, 0), (wide / 2 + 0.16, 0.66, 0.08),
                                                              0.07, STEEL),
           box((0.18, 0.2, 0.2), (wide / 2 + 0.16, 0.58, 0.09), hue, 0.3)]
    return made + pair(*arm, rod((wide * 0.26, 0.6, 0), (wide * 0.26, 0.12, 0), 0.09, STEEL),
                       box((0.24, 0.16, 0.36), (wide * 0.26, 0.08, 0.05), hue, 0.3),
                       dot((0.09, 0.09, 0.05), (head * 0.3, 1.42 + head * 0.62, head / 2), LIGHT),
                       dot((0.04, 0.04, 0.04), (head * 0.3, 1.42 + head * 0.62, head / 2 + 0.04), BLACK))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "snowman": (NONE, snowman),
    "robot": (ANY, robot),
}
