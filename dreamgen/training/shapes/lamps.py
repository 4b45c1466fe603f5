"""Lamps and fans; fronts face +z, the floor is y = 0, units are about metres."""

import numpy as np
from numpy.random import Generator

from .joinery import BRASS, CHROME, IRON, LINEN, WOODS, pick, polished, spindle, wooden
from .palette import ANY
from .parts import (
    CREAM,
    DARK,
    LIGHT,
    STEEL,
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
    pair,
    ring,
    rod,
    shade,
    skin,
    tube,
    turned,
)


def cover(low: float, top: float, high: float, color: Color, y: float, corners: int = 28) -> list[Part]:
    """A lampshade of cloth with seams at both ends, and the light in it."""
    wall = [(low, 0), (top, high), (top * 0.93, high), (low * 0.93, 0)]
    return [
        lathe(wall, color, (0, y, 0), corners, closed=True).finished("fabric", 0.03),
        ring(low * 0.98, 0.011, (0, y + 0.008, 0), shade(color, 0.82)),
        ring(top * 0.98, 0.011, (0, y + high - 0.008, 0), shade(color, 0.82)),
        lathe([(top * 0.94, 0), (top * 0.94, 0.006)], LIGHT, (0, y + high * 0.55, 0))
    ]


def ceramic_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A glazed vase in color under a light shade."""
    high, wide, bulge = rng.uniform(0.28, 0.38), rng.uniform(0.19, 0.23), rng.uniform(0.1, 0.15)
    foot = pick(rng, [(0.08, 0.03), (bulge * 0.8, 0.1), (bulge, high * 0.5), (0.06, high * 0.9),
                      (0.035, high)], [(0.05, 0.03), (0.07, 0.08), (bulge, high * 0.72), (0.08, high * 0.92),
                                       (0.035, high)], [(0.09, 0.03), (bulge, 0.1), (bulge * 0.6, high * 0.45),
                                                        (bulge * 0.75, high * 0.7), (0.035, high)])
    metal = pick(rng, BRASS, CHROME)
    return [
        lathe(curve(foot, 16), hue).glossy(0.5),
        polished(lathe([(0.11, 0), (0.115, 0.02), (0.09, 0.04)], metal)),
        polished(rod((0, high - 0.02, 0), (0, high + 0.08, 0), 0.026, metal)), *cover(
            wide, wide * rng.uniform(0.55, 0.95), rng.uniform(0.2, 0.26), pick(rng, CREAM, LINEN, WHITE), high + 0.04)
    ]


def mushroom_lamp(rng: Generator, hue: Color) -> list[Part]:
    """One smooth piece: a dome over a stem."""
    wide, high = rng.uniform(0.2, 0.25), rng.uniform(0.22, 0.32)
    dome = curve([(wide * 0.9, -0.02), (wide, 0.01), (wide * 0.86, 0.11), (wide * 0.45, 0.19), (0, 0.21)], 14)
    stem = curve([(0.15, 0), (0.155, 0.03), (0.09, 0.08), (0.06, high * 0.6), (0.085, high)], 14)
    return [
        lathe(dome, hue, (0, high, 0), 32).glossy(0.5),
        lathe(stem, pick(rng, hue, shade(hue, 1.4), WHITE)).glossy(0.5),
        lathe([(wide * 0.86, 0), (wide * 0.88, 0.01)], LIGHT, (0, high - 0.022, 0)),
        ball(0.026, (0, high + 0.215, 0), BRASS, 10)
    ]


def tripod(high: float, spread: float, radius: float, color: Color) -> list[Part]:
    legs = around(tube([(0, 0, spread), (0, high, 0.02)], [radius * 0.8, radius * 1.1], color), 3, 60)
    return [wooden(leg)
            for leg in legs] + [polished(rod((0, high - 0.04, 0), (0, high + 0.06, 0), radius * 1.5, BRASS))]


def tripod_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A small one: the shade is in color, on three wooden legs."""
    wide, high = rng.uniform(0.2, 0.24), rng.uniform(0.28, 0.36)
    return tripod(high, 0.18, 0.02, pick(rng, *WOODS)) + cover(wide, wide * rng.uniform(0.6, 0.95), 0.24, hue,
                                                               high + 0.02)


def standard_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A turned or a plain pole under a shade in color."""
    high, wide, metal = rng.uniform(1.2, 1.4), rng.uniform(0.24, 0.3), pick(rng, IRON, BRASS, BRASS)
    pole = [polished(rod((0, 0, 0), (0, high, 0), 0.028, metal), 0.8)]
    if rng.random() < 0.4:
        metal = pick(rng, *WOODS)
        pole = [spindle((0, 0, 0), (0, high, 0), 0.042, metal, (1, 0.8, 0.6, 1, 0.6, 0.7, 0.8, 0.7, 0.6, 1, 0.6, 0.7))]
    base = lathe(curve([(0.2, 0), (0.2, 0.03), (0.08, 0.06), (0.03, 0.12)], 10), metal)
    return [
        *pole,
        polished(base, 0.7) if metal in (IRON, BRASS) else wooden(base),
        *cover(wide, wide * rng.uniform(0.55, 0.95), rng.uniform(0.3, 0.38), hue, high - 0.08)
    ]


def tripod_floor_lamp(rng: Generator, hue: Color) -> list[Part]:
    wide, high = rng.uniform(0.27, 0.32), rng.uniform(0.95, 1.1)
    return tripod(high, 0.36, 0.03, pick(rng, *WOODS)) + cover(wide, wide * rng.uniform(0.75, 0.98), 0.34, hue,
                                                               high + 0.02)


def arc_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A long bow from a heavy foot to a dome in color."""
    reach, high = rng.uniform(0.75, 0.95), rng.uniform(1.35, 1.55)
    bow = tube(
        curve([(-reach / 2, 0.05, 0), (-reach * 0.52, high * 0.6, 0), (-reach * 0.2, high, 0),
               (reach * 0.3, high * 0.99, 0), (reach / 2, high * 0.86, 0)], 22), 0.028, pick(rng, CHROME, BRASS))
    wide, y = rng.uniform(0.2, 0.25), high * 0.86
    outer = curve([(wide, -0.2), (wide * 0.93, -0.1), (wide * 0.6, -0.01), (0.03, 0.02)], 10)
    dome = np.concatenate([outer, outer[::-1] * 0.93 - (0, 0.012)])
    foot = pick(
        rng,
        lathe([(0.2, 0), (0.2, 0.06), (0.18, 0.08)], (0.88, 0.87, 0.85)).finished("marble", 0.12, STEEL, gloss=0.4),
        box((0.36, 0.12, 0.36), (0, 0.06, 0), IRON, 0.2).glossy(0.4))
    return [
        polished(bow),
        foot.moved(x=-reach / 2),
        lathe(dome, hue, (reach / 2, y, 0), 28, closed=True).glossy(0.4),
        ball(0.085, (reach / 2, y - 0.13, 0), LIGHT, 14),
        rod((reach / 2, y - 0.02, 0), (reach / 2, y + 0.06, 0), 0.045, IRON)
    ]


def spot(color: Color, size: float = 0.115) -> list[Part]:
    """The head of a desk lamp, which shines down: a bell, a light, a collar."""
    outer = curve([(size, -0.13), (size * 0.9, -0.07), (size * 0.52, 0.0), (size * 0.42, 0.06), (size * 0.36, 0.08)],
                  12)
    inner = curve([(size * 0.28, 0.05), (size * 0.45, -0.02), (size * 0.88, -0.13)], 6)
    return [
        lathe(np.concatenate([outer, inner]), color, closed=True).glossy(0.4),
        rod((0, 0.04, 0), (0, 0.095, 0), size * 0.4, IRON),
        ball((0.055, 0.06, 0.055), (0, -0.07, 0), LIGHT, 12)
    ]


def architect_lamp(rng: Generator, hue: Color) -> list[Part]:
    """Two arms of paired rods between three joints, with springs."""
    tilt, low, high = rng.uniform(50, 68), rng.uniform(0.24, 0.28), rng.uniform(0.46, 0.54)
    elbow, neck = np.array([0, low, -0.15]), np.array([0, high, rng.uniform(0.1, 0.16)])
    arm, metal = pick(rng, hue, CHROME, CHROME), pick(rng, BRASS, CHROME)
    start, made = np.array([0, 0.06, 0.0]), []
    for a, b in ((start, elbow), (elbow, neck)):
        made += pair(polished(rod((0.026, *a[1:]), (0.026, *b[1:]), 0.016, arm), 0.75))
        part_way = a + (b - a) * 0.25, a + (b - a) * 0.6
        made.append(rod(*part_way, 0.017, IRON))
    for joint in (start, elbow, neck):
        made.append(polished(rod((-0.05, *joint[1:]), (0.05, *joint[1:]), 0.034, metal, corners=16)))
    base = curve([(0.15, 0), (0.15, 0.02), (0.13, 0.038), (0.05, 0.048), (0.035, 0.075)], 10)
    return [
        *made,
        lathe(base, hue).glossy(0.4),
        *moved(turned(spot(hue, rng.uniform(0.11, 0.13)), "x", tilt - 90), 0, high - 0.04, neck[2] + 0.05)
    ]


def bankers_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A long glass shade in color on a brass stem."""
    wide, high = rng.uniform(0.2, 0.25), rng.uniform(0.3, 0.36)
    metal = pick(rng, BRASS, BRASS, CHROME)
    a = np.radians(np.concatenate([np.linspace(-12, 192, 15), np.linspace(188, -8, 13)]))
    reach = np.repeat([1.0, 0.86], [15, 13])
    flat = np.stack([reach * np.cos(a) * 0.105, reach * np.sin(a) * 0.1], -1)
    ends = np.linspace(-1, 1, 9)
    rings = np.stack([
        np.column_stack(
            [np.full(len(flat), e * wide), flat[:, 1] * (1 - 0.12 * e**4) + high, flat[:, 0] * (1 - 0.1 * e**4) + 0.05])
        for e in ends
    ])
    made = [skin(rings[:, ::-1], hue).glossy(0.6)]
    for side in (-1, 1):
        made.append(
            ball((0.012, 0.056, 0.09), (side * wide * 0.985, high + 0.036, 0.05), shade(hue, 0.85), 14).glossy(0.6))
    stem = lathe(curve([(0.03, 0), (0.022, 0.06), (0.03, 0.1), (0.02, 0.16), (0.02, high + 0.07)], 12), metal)
    base = lathe(curve([(0.14, 0), (0.14, 0.025), (0.12, 0.045), (0.05, 0.055), (0.03, 0.09)], 10), metal, corners=28)
    chain = [polished(dot(0.014, (0.1, high - 0.02 - 0.03 * k, 0.08), metal)) for k in range(4)]
    return [
        *made, *chain,
        polished(stem.moved(0, 0.03, -0.05)),
        polished(base.scaled(1.15, 1, 0.95)),
        polished(rod((0, high + 0.09, -0.05), (0, high + 0.09, 0.06), 0.02, metal)),
        polished(ball(0.03, (0, high + 0.11, 0.05), metal, 12)),
        rod((-wide * 0.8, high + 0.02, 0.05), (wide * 0.8, high + 0.02, 0.05), 0.03, LIGHT)
    ]


def gooseneck_lamp(rng: Generator, hue: Color) -> list[Part]:
    """A bent ribbed neck."""
    high, reach = rng.uniform(0.42, 0.5), rng.uniform(0.14, 0.2)
    line = curve([(0, 0.05, -0.07), (0, high * 0.6, -0.1), (0, high, -0.03), (0, high + 0.02, reach * 0.6),
                  (0, high - 0.07, reach)], 45)
    neck = tube(line, 0.022 + 0.004 * np.cos(np.arange(45) * np.pi), pick(rng, CHROME, BRASS, IRON), 10)
    foot = pick(rng,
                lathe(curve([(0.15, 0), (0.15, 0.025), (0.11, 0.055), (0.03, 0.07)], 10), hue).glossy(0.4),
                box((0.26, 0.06, 0.24), (0, 0.03, 0), hue, 0.45).glossy(0.4))
    button = ball((0.03, 0.016, 0.03), (0, 0.066, 0.06), IRON, 10)
    return [polished(neck), foot, button, *moved(turned(spot(hue, 0.125), "x", -28), 0, high - 0.12, reach + 0.035)]


def wheel(radius: float, blades: int, color: Color, cage: Color) -> list[Part]:
    """Blades around a hub in a cage of wire, turned to +z around the origin."""
    blade = loft([(-0.012, radius * 0.52, radius * 0.27, radius * 0.4),
                  (0.012, radius * 0.52, radius * 0.27, radius * 0.4)],
                 color,
                 corners=16)
    made = [blade.turned("y", 24).turned("z", 360 * k / blades).glossy(0.4) for k in range(blades)]
    hub = lathe([(radius * 0.2, -0.07), (radius * 0.22, 0.05), (radius * 0.12, 0.09)], shade(color, 0.8), corners=16)
    wires = [
        polished(ring(radius * r, w, (0, y, 0), cage), 0.7)
        for r, w, y in ((1, 0.013, 0.03), (1, 0.013, -0.03), (0.6, 0.006, 0.1))
    ]
    spokes = []
    for y in (1, -1):
        line = curve([(0, 0.1 * y, radius * 0.1), (0, 0.11 * y, radius * 0.55), (0, 0.075 * y, radius * 0.92),
                      (0, 0.03 * y, radius)], 6)
        spokes += [polished(p, 0.7) for p in around(tube(line, 0.0065, cage, 5), 10)]
    badge = ball((radius * 0.17, 0.02, radius * 0.17), (0, 0.11, 0), color, 12).glossy(0.4)
    return made + [p.turned("x", 90) for p in (hub, *wires, *spokes, badge)]


def desk_fan(rng: Generator, hue: Color) -> list[Part]:
    radius, high = rng.uniform(0.2, 0.23), rng.uniform(0.3, 0.34)
    motor = loft([(-0.19, high, 0.04, 0.04), (-0.16, high, 0.075, 0.075), (-0.06, high, 0.08, 0.08)], hue, corners=18)
    base = lathe(
        curve([(0.15, 0), (0.155, 0.03), (0.12, 0.055), (0.05, 0.075), (0.035, 0.12), (0.04, high - 0.05)], 12), hue)
    buttons = [box((0.03, 0.03, 0.02), (x, 0.055, 0.105), pick(rng, WHITE, DARK), 0.3) for x in (-0.045, 0, 0.045)]
    return [
        motor.glossy(0.4),
        base.glossy(0.4).moved(z=-0.06), *moved(buttons, z=-0.05),
        *moved(wheel(radius, int(rng.integers(3, 5)), shade(hue, 1.1), CHROME), 0, high, 0.03)
    ]


def pedestal_fan(rng: Generator, hue: Color) -> list[Part]:
    radius, high = rng.uniform(0.25, 0.3), rng.uniform(0.8, 1.0)
    motor = loft([(-0.22, high, 0.05, 0.05), (-0.18, high, 0.09, 0.09), (-0.06, high, 0.09, 0.09)], hue, corners=18)
    base = lathe(curve([(0.25, 0), (0.25, 0.035), (0.16, 0.06), (0.05, 0.1)], 10), hue)
    return [
        motor.glossy(0.4),
        base.glossy(0.4).moved(z=-0.08),
        polished(rod((0, 0.05, -0.1), (0, high, -0.1), 0.033, CHROME)),
        rod((0, 0.08, -0.1), (0, high * 0.55, -0.1), 0.048, hue).glossy(0.4),
        box((0.12, 0.2, 0.08), (0, high - 0.24, -0.06), shade(hue, 0.85), 0.3).glossy(0.3),
        *moved(wheel(radius, int(rng.integers(3, 6)), shade(hue, 1.1), CHROME), 0, high, 0.03)
    ]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "lamp": (ANY, ceramic_lamp, mushroom_lamp, tripod_lamp),
    "floor lamp": (ANY, standard_lamp, tripod_floor_lamp, arc_lamp),
    "desk lamp": (ANY, architect_lamp, bankers_lamp, gooseneck_lamp),
    "fan": (ANY, desk_fan, pedestal_fan),
}
