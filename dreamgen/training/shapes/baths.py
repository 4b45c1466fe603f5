"""Bathtubs and toilets; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .appliances import WATER, enamel
from .joinery import BRASS, CHROME, IRON, WOODS, pick, polished
from .palette import ANY
from .parts import WHITE, Color, Part, ball, curve, four, lathe, moved, rod, tube


def tub(profile, long: float, wide: float, hue: Color) -> Part:
    return lathe(profile, hue, corners=40).scaled(long / 2, 1, wide / 2).glossy(0.5)


def claw_bathtub(rng: Generator, hue: Color) -> list[Part]:
    """In color outside, white inside, with a rolled rim, claw feet and a tall tap."""
    long, wide, metal = rng.uniform(1.4, 1.65), rng.uniform(0.7, 0.78), pick(rng, BRASS, CHROME)
    outer = curve([(0.5, 0), (0.78, 0.06), (0.92, 0.3), (0.98, 0.5)], 9)
    inner = curve([(0.9, 0.5), (0.82, 0.28), (0.7, 0.12), (0.0, 0.09)], 8)
    rim = lathe(curve([(0.93, 0.48), (1.03, 0.48), (1.06, 0.515), (1.0, 0.55), (0.9, 0.53), (0.87, 0.49)], 14),
                WHITE, corners=40)
    foot = [
        ball((0.055, 0.055, 0.07), (0, 0.05, 0.03), metal, 10),
        tube(curve([(0, 0.05, 0.01), (0, 0.12, 0.04), (0, 0.2, -0.03)], 6), [0.045, 0.045, 0.05, 0.055, 0.06, 0.06],
             metal)
    ]
    feet = four(*moved((polished(p.turned("y", 40)) for p in foot), long * 0.28, 0, wide * 0.27))
    tap = [
        polished(
            tube(
                curve([(long / 2 - 0.1, 0.62, 0), (long / 2 - 0.1, 0.86, 0), (long / 2 - 0.18, 0.9, 0),
                       (long / 2 - 0.27, 0.84, 0)], 10), 0.03, metal)),
        *(polished(p) for z in (-0.11, 0.11)
          for p in (rod((long / 2 - 0.1, 0.66, 0), (long / 2 - 0.1, 0.7, z), 0.024, metal),
                    ball(0.042, (long / 2 - 0.1, 0.71, z), metal, 10)))
    ]
    water = lathe([(0.87, 0.41), (0.87, 0.42)], WATER, corners=40).scaled(long / 2, 1, wide / 2).glossy(0.6)
    suds = [
        ball((r, r * 0.6, r), (x, 0.54, z), WHITE, 12)
        for x, z, r in ((-long * 0.2, 0.05, 0.1), (-long * 0.11, -0.06, 0.08), (-long * 0.28, -0.05, 0.075),
                        (-long * 0.1, 0.09, 0.06))
    ]
    body = tub(np.concatenate([outer, inner]), long, wide, hue).painted(
        lambda c:
        (np.hypot(c[:, 0] / long * 2, c[:, 2] / wide * 2) < 0.5 + 0.85 * np.minimum(c[:, 1], 0.48)) & (c[:, 1] > 0.085),
        WHITE)
    made = [body, rim.scaled(long / 2, 1, wide / 2).glossy(0.5), water]
    return moved(made, y=0.13) + feet + tap + (suds if rng.random() < 0.6 else [])


def modern_bathtub(rng: Generator, hue: Color) -> list[Part]:
    """One thick smooth bowl on the floor, a tap standing beside it."""
    long, wide, high = rng.uniform(1.45, 1.65), rng.uniform(0.72, 0.8), rng.uniform(0.52, 0.6)
    profile = np.concatenate([
        curve([(0.72, 0), (0.8, 0.03), (0.9, high * 0.5), (1.0, high * 0.97)], 10),
        curve([(0.97, high), (0.9, high * 0.96), (0.8, high * 0.5), (0.62, 0.16), (0, 0.14)], 12)
    ])
    water = lathe([(0.86, 0), (0.86, 0.01)], WATER, (0, high * 0.78, 0), 40).scaled(long / 2, 1, wide / 2).glossy(0.6)
    x, z, metal = 0.0, -wide / 2 - 0.09, pick(rng, CHROME, IRON, BRASS)
    tap = tube(curve([(x, 0, z), (x, 0.8, z), (x, 0.92, z + 0.04), (x, 0.9, z + 0.2), (x, 0.84, z + 0.23)], 18), 0.03,
               metal)
    return [
        tub(profile, long, wide, hue), water,
        polished(tap),
        polished(rod((x, 0.6, z), (x + 0.14, 0.64, z), 0.02, metal)),
        polished(lathe([(0.09, 0), (0.09, 0.02)], metal, (x, 0, z), 16))
    ]


def toilet(rng: Generator, hue: Color) -> list[Part]:
    """A bowl with a seat and an open lid before a cistern."""
    wide, high, tall = rng.uniform(0.19, 0.21), 0.4, rng.uniform(0.36, 0.42)
    bowl = np.concatenate([
        curve([(0.62, 0), (0.6, 0.04), (0.5, 0.14), (0.72, 0.26), (1.0, 0.37), (1.02, high)], 14),
        curve([(0.84, high), (0.7, 0.3), (0.3, 0.2), (0, 0.18)], 7)
    ])
    seat_hue = pick(rng, hue, hue, *WOODS)
    seat = lathe(curve([(1.03, 0), (1.06, 0.02), (0.95, 0.035), (0.74, 0.03), (0.7, 0.0)], 10), seat_hue, corners=32)
    cover = lathe(curve([(1.0, 0), (1.04, 0.02), (0.95, 0.035), (0, 0.04)], 9), seat_hue, corners=32)
    oval, finish = (wide, 1, wide * 1.25), "wood_x" if seat_hue is not hue else "plain"
    water = lathe([(0.5, 0), (0.5, 0.01)], WATER, (0, 0.27, 0)).scaled(*oval)
    back = -wide * 1.25
    lid = cover.finished(finish, 0.3, gloss=0.4).scaled(wide, 1, wide)
    made = [
        lathe(bowl, hue, corners=32).scaled(*oval).glossy(0.5),
        water.glossy(0.6),
        seat.finished(finish, 0.3, gloss=0.4).scaled(*oval).moved(0, high, 0),
        lid.moved(0, 0, wide).turned("x", -93).moved(0, high + 0.03, back + 0.09)
    ]
    z = back - 0.1
    return [
        *made,
        enamel((0.24, high, 0.3), (0, high / 2, back + 0.02), hue, 0.4),
        enamel((0.44, tall, 0.2), (0, high + tall / 2, z), hue, 0.25),
        enamel((0.47, 0.05, 0.23), (0, high + tall + 0.02, z), hue, 0.45),
        polished(rod((-0.15, high + tall - 0.08, z + 0.1), (-0.15, high + tall - 0.08, z + 0.13), 0.026, CHROME)),
        polished(rod((-0.16, high + tall - 0.08, z + 0.125), (-0.07, high + tall - 0.09, z + 0.125), 0.016, CHROME))
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bathtub": (ANY, claw_bathtub, modern_bathtub),
    "toilet": (("white", "white", "white", "pink", "blue", "green", "grey"), toilet),
}
