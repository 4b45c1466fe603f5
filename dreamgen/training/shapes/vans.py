"""Vans; they go towards +z."""

import numpy as np
from numpy.random import Generator

from .coachwork import (
    BLACK,
    CHROME,
    LAMP,
    REAR,
    bodywork,
    bumper,
    cabin,
    disc_wheel,
    glazed,
    grille,
    handles,
    lamp,
    mirrors,
    plate,
    wheel,
)
from .palette import ANY
from .parts import CREAM, STEEL, WHITE, Color, Part, box, curve, lathe, pair, shade
from .vehicles import four_wheels, panes


def rounded_van(rng: Generator, hue: Color) -> list[Part]:
    """An old camper: two colors, round lamps."""
    long, w, roof, r = rng.uniform(1.08, 1.2), 0.5, rng.uniform(1.22, 1.32), 0.22
    top = [(-long, 0.5), (-long * 0.97, 0.74), (long * 0.9, 0.74), (long * 0.97, 0.6), (long, 0.36)]
    plan = [(-long, w * 0.86), (-long * 0.9, w), (long * 0.86, w), (long, w * 0.8)]
    front, back = long * 0.62, -long * 0.6
    upper = (WHITE, CREAM)[rng.integers(2)]
    made = bodywork(hue, top, plan, (back, front), r, 0.22, (long * 0.32, -long * 0.02), 0.1, 0.03)
    made += [cabin(upper, 0.76, roof, (-long * 0.98, long * 0.97), (-long * 0.86, long * 0.7), w * 0.97,
                   tuple(long * k for k in (0.3, -0.02, -0.34, -0.66)), 0.1, 0.14, panes(rng)),
             box((w * 2.03, 0.045, long * 1.8), (0, 0.72, 0), upper, 0.3),
             bumper(w * 1.9, (0, 0.26, long + 0.03), WHITE), bumper(w * 1.9, (0, 0.26, -long - 0.02), WHITE),
             lathe([(0.11, 0), (0.11, 0.03), (0.07, 0.04)],
                   CHROME).turned("x", 90).moved(0, 0.56, long * 0.98).glossy(0.6),
             plate((0, 0.4, -long - 0.02)), *mirrors(CHROME, w * 0.95, 0.84, long * 0.66)]
    if rng.random() < 0.5:
        board = lathe(curve([(0, -0.75), (0.16, -0.5), (0.19, 0), (0.15, 0.55), (0, 0.78)], 14),
                      (0.93, 0.62, 0.3)).scaled(z=0.16).turned("x", 90).moved(0.05, roof + 0.09, -0.05)
        made += [board.glossy(0.4), *(box((w * 1.4, 0.05, 0.06), (0, roof + 0.03, z), STEEL, 0.3) for z in (0.3, -0.4))]
    return made + pair(*lamp(0.12, (w * 0.62, 0.5, long * 0.98)),
                       box((0.08, 0.17, 0.05), (w * 0.76, 0.46, -long), REAR,
                           0.4)) + handles(w, 0.62, long * 0.38, 0.06) + \
        four_wheels(disc_wheel, r, 0.17, w - 0.07, back, front)


def panel_van(rng: Generator, hue: Color) -> list[Part]:
    """For parcels: a closed high body, a short sloping bonnet."""
    long, w, roof, r = rng.uniform(1.2, 1.35), 0.5, rng.uniform(1.3, 1.5), 0.22
    front, back = long * 0.66, -long * 0.56
    top = [(-long, 0.6), (-long * 0.98, 0.76), (long * 0.7, 0.76), (long * 0.92, 0.62), (long, 0.4)]
    plan = [(-long, w * 0.96), (-long * 0.9, w), (long * 0.8, w), (long, w * 0.84)]
    made = bodywork(hue, top, plan, (back, front), r, 0.22, (long * 0.2, long * 0.52, -long * 0.3), 0.08, 0.02)
    hood = cabin(hue, 0.74, roof, (-long * 0.99, long * 0.78), (-long * 0.96, long * 0.36), w * 0.99, (), 0.07, 0.09)
    hood = glazed(hood, lambda c, n: (c[:, 2] < long * 0.2) & (np.abs(n[:, 0]) > 0.5), hue)
    stripe = (WHITE, BLACK, (0.95, 0.72, 0.2))[rng.integers(3)]
    made += [hood, *pair(box((0.02, 0.16, long * 0.95), (w * 0.99, 0.86, -long * 0.42), stripe)),
             box((0.02, roof * 0.62, 0.02), (0, roof * 0.6, -long), shade(hue, 0.4)),
             bumper(w * 1.9, (0, 0.28, long), BLACK, 0.14), bumper(w * 1.9, (0, 0.28, -long), BLACK, 0.1),
             *grille((w, 0.11), (0, 0.47, long - 0.03), 2), *mirrors(BLACK, w * 0.98, 0.86, long * 0.58),
             plate((0.24, 0.4, -long - 0.02))]
    return made + pair(box((0.18, 0.15, 0.08), (w * 0.7, 0.56, long - 0.09), LAMP, 0.35).glossy(0.5),
                       box((0.09, 0.3, 0.04), (w * 0.86, 0.62, -long), REAR,
                           0.3)) + handles(w, 0.62, long * 0.28, -long * 0.22) + \
        four_wheels(wheel, r, 0.17, w - 0.06, back, front)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "van": (ANY, rounded_van, panel_van),
}
