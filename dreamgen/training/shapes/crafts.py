"""What flies and floats; all go towards +z, except that rockets, balloons and saucers just stand upright."""

import numpy as np
from numpy.random import Generator

from .coachwork import CHROME, LAMP, PAINT, PANE, side
from .palette import ANY, NONE
from .parts import (BROWN, CREAM, DARK, GOLD, LIGHT, STEEL, TYRE, WHITE, WOOD, Colour, Part, around, ball, box, curve,
                    dot, four, lathe, loft, moved, pair, prism, ring, rod, shade, skin, stripes, tube)

TAN, IRON, FLAME = (0.62, 0.42, 0.24), (0.24, 0.25, 0.28), (0.98, 0.6, 0.14)


def wing(root: float, tip: float, chord: float, end: float, thick: float, colour: Colour, sweep: float = 0.0, rise: float = 0.0) -> Part:
    """To +x from ``root`` to ``tip``: a rounded blade, ``chord`` deep at the root and ``end`` at the tip."""
    t = np.array([0, 0.5, 0.92, 1.0])
    deep = (chord + (end - chord) * t) / 2 * (1, 1, 1, 0.6)
    made = loft(np.stack([root + (tip - root) * t, rise * t, deep, thick * (1 - 0.5 * t) * (1, 1, 1, 0.5)], -1), colour, 0.8, 16).turned("y", 90)
    move = made.vertices.copy()                         # swept back along x
    move[:, 2] -= sweep * (move[:, 0] - root) / (tip - root)
    return Part(move, made.faces, made.colours).glossy(PAINT)


def wheels_below(x: float, y: float, z: float, r: float = 0.09) -> list[Part]:
    return [lathe([(r * 0.7, -0.05), (r, -0.03), (r, 0.03), (r * 0.7, 0.05)], TYRE, corners=16).turned("z", 90).moved(x, y, z), lathe([(r * 0.5, -0.055), (r * 0.5, 0.055)], STEEL, corners=12).turned("z", 90).moved(x, y, z)]


def airliner(rng: Generator, hue: Colour) -> list[Part]:
    """White with wings, engines and tail in color."""
    z, s, fat = rng.uniform(1.1, 1.3), rng.uniform(1.1, 1.3), rng.uniform(0.25, 0.3)
    line = curve([(-z, 0.14, 0.03, 0.04), (-z * 0.7, 0.07, fat * 0.62, fat * 0.7), (-z * 0.3, 0, fat, fat), (z * 0.55, 0, fat, fat), (z * 0.84, -0.02, fat * 0.8, fat * 0.8), (z, -0.07, 0.06, 0.06)], 26)
    hull = loft(line, WHITE).painted(lambda c: c[:, 1] < -fat * 0.3, hue if rng.random() < 0.5 else (0.8, 0.82, 0.84)).glossy(PAINT)
    engine = [lathe([(0.07, -0.22), (0.12, -0.1), (0.135, 0.14), (0.12, 0.18), (0.09, 0.14), (0.03, 0.1)], hue, corners=18).turned("x", 90).moved(s * 0.4, -0.2, 0.2).glossy(PAINT), lathe([(0.05, 0), (0, 0.12)], STEEL, corners=12).turned("x", 90).moved(s * 0.4, -0.2, 0.24),
              box((0.05, 0.12, 0.2), (s * 0.4, -0.09, 0.1), hue, 0.2)]
    fin = side([(-z * 0.98, 0.12), (-z * 0.55, 0.2), (-z * 0.86, 0.68), (-z * 1.04, 0.7)], 0.07, hue).glossy(PAINT)
    made = [hull, fin, *pair(wing(fat * 0.4, s, 0.62, 0.24, 0.06, hue, 0.5, 0.1).moved(0, -0.1, 0.08), wing(0.05, 0.5, 0.34, 0.18, 0.045, hue, 0.2, 0.04).moved(0, 0.12, -z * 0.84), *engine, *wheels_below(0.22, -fat - 0.16, -0.1), rod((0.2, -0.1, -0.1), (0.2, -fat - 0.16, -0.1), 0.035, STEEL)),
            *wheels_below(0, -fat - 0.16, z * 0.66), rod((0, -0.1, z * 0.66), (0, -fat - 0.16, z * 0.66), 0.035, STEEL),
            loft([(z * 0.74, 0.12, fat * 0.6, 0.09), (z * 0.83, 0.1, fat * 0.66, 0.1), (z * 0.9, 0.05, fat * 0.5, 0.08)], PANE).glossy(0.6)]
    for k in range(8):
        made += pair(box((0.04, 0.09, 0.07), (fat * 0.965, 0.07, -z * 0.36 + k * z * 0.125), PANE, 0.4).glossy(0.4))
    return made


def propeller(radius: float, at, blades: int, turn: float, hub: Colour, colour: Colour = (0.3, 0.3, 0.32)) -> list[Part]:
    """Facing +z."""
    blade = loft([(0, 0, 0.03, 0.02), (radius * 0.5, 0, 0.065, 0.02), (radius * 0.9, 0, 0.055, 0.02), (radius, 0, 0.02, 0.015)], colour, corners=10).turned("x", 90)
    return moved((p.turned("x", 90) for p in (*around(blade.turned("x", -90), blades, turn), lathe(curve([(0.1, -0.06), (0.09, 0.04), (0, 0.16)], 7), hub, corners=16).glossy(0.5))), *at)


def propeller_plane(rng: Generator, hue: Colour) -> list[Part]:
    """A small plane: high or low wings, one propeller, wheels in shoes."""
    s, low, trim = rng.uniform(1.15, 1.35), rng.random() < 0.5, (WHITE, CREAM, shade(hue, 0.55))[rng.integers(3)]
    line = curve([(-1.15, 0.12, 0.04, 0.06), (-0.6, 0.06, 0.14, 0.17), (0, 0.02, 0.25, 0.27), (0.5, 0, 0.25, 0.25), (0.82, 0, 0.2, 0.2)], 20)
    y = -0.14 if low else 0.33
    made = [loft(line, hue).painted(lambda c: np.abs(c[:, 1] - 0.02 - 0.05 * (c[:, 2] < -0.3)) < 0.05, trim).glossy(PAINT), lathe([(0.21, 0), (0.2, 0.06), (0.12, 0.08)], IRON).turned("x", 90).moved(0, 0, 0.8), *propeller(0.5, (0, 0, 0.94), int(rng.integers(2, 4)), rng.uniform(0, 90), trim),
            loft([(-0.34, 0.24, 0.12, 0.06), (-0.1, 0.28, 0.19, 0.14), (0.2, 0.28, 0.19, 0.14), (0.42, 0.2, 0.14, 0.06)], PANE, 0.8).glossy(0.6), side([(-1.18, 0.14), (-0.78, 0.16), (-1.0, 0.62), (-1.2, 0.62)], 0.07, hue).painted(lambda c: c[:, 1] > 0.5, trim).glossy(PAINT)]
    tips = wing(0.0 if not low else 0.1, s, 0.52, 0.36, 0.06, hue, 0.04, 0.08).painted(lambda c: np.abs(c[:, 0]) > s * 0.7, trim)
    legs = [*wheels_below(0.34, -0.46, 0.36, 0.12), rod((0.16, -0.14, 0.3), (0.3, -0.44, 0.36), 0.04, hue), ball((0.09, 0.1, 0.18), (0.34, -0.38, 0.34), hue, 12).glossy(PAINT)]
    struts = [] if low else [rod((0.2, -0.14, 0.2), (0.7, y + 0.02, 0.16), 0.028, trim)]
    return made + pair(tips.moved(0, y, 0.16), wing(0.04, 0.48, 0.28, 0.2, 0.045, hue, 0.06).moved(0, 0.14, -0.98), *legs, *struts) + wheels_below(0, -0.12, -1.04, 0.06)


def biplane(rng: Generator, hue: Colour) -> list[Part]:
    """Two wings one above the other, an open seat, a star engine."""
    s, trim = rng.uniform(1.0, 1.15), (CREAM, WHITE, (0.95, 0.78, 0.3))[rng.integers(3)]
    line = curve([(-1.05, 0.1, 0.04, 0.07), (-0.5, 0.04, 0.15, 0.17), (0.1, 0, 0.22, 0.23), (0.62, 0, 0.24, 0.24), (0.76, 0, 0.22, 0.22)], 18)
    cylinders = [lathe([(0.06, 0), (0.075, 0.06), (0.055, 0.1), (0.075, 0.14), (0.05, 0.18)], IRON, corners=10).turned("z", 360 * k / 7).moved(-0.12 * np.sin(2 * np.pi * k / 7), 0.12 * np.cos(2 * np.pi * k / 7), 0.8) for k in range(7)]
    made = [loft(line, hue).glossy(PAINT), *cylinders, *propeller(0.46, (0, 0, 0.9), 2, rng.uniform(0, 90), trim, (0.55, 0.36, 0.2)), lathe([(0.15, -0.04), (0.17, 0.02), (0.13, 0.04), (0.11, -0.02)], BROWN, corners=18).scaled(z=1.25).moved(0, 0.2, -0.16),
            box((0.24, 0.14, 0.03), (0, 0.3, 0.06), PANE, 0.3), side([(-1.1, 0.1), (-0.72, 0.14), (-0.86, 0.48), (-1.0, 0.56), (-1.14, 0.48)], 0.07, trim).glossy(PAINT), ball((0.1, 0.11, 0.11), (0, 0.33, -0.18), (0.45, 0.28, 0.16), 12)]
    tips = [wing(0, s, 0.46, 0.4, 0.05, hue).painted(lambda c: np.abs(c[:, 0]) > s * 0.72, trim).moved(0, y, 0.3 + d) for y, d in ((0.52, 0.06), (-0.14, -0.04))]
    posts = [rod((s * 0.66, -0.12, 0.3 + d), (s * 0.66, 0.52, 0.36 + d), 0.028, TAN) for d in (-0.12, 0.12)] + [rod((0.12, 0.14, 0.3 + d), (0.2, 0.52, 0.36 + d), 0.026, TAN) for d in (-0.12, 0.12)]
    return made + pair(*tips, *posts, wing(0.02, 0.42, 0.3, 0.24, 0.045, hue).moved(0, 0.1, -0.9), *wheels_below(0.3, -0.5, 0.42, 0.14), rod((0.14, -0.16, 0.42), (0.28, -0.5, 0.42), 0.035, TAN)) + [rod((-0.28, -0.5, 0.42), (0.28, -0.5, 0.42), 0.03, IRON)]


def rotor(length: float, y: float, z: float, blades: int, turn: float) -> list[Part]:
    blade = box((length, 0.04, 0.13), (length / 2, 0, 0), DARK, 0.4).painted(lambda c: c[:, 0] > length * 0.86, (0.95, 0.76, 0.2))
    return [*moved(around(blade, blades, turn), 0, y, z), lathe([(0.11, -0.05), (0.11, 0.04), (0.05, 0.08)], STEEL, (0, y, z), 14), rod((0, y - 0.24, z), (0, y, z), 0.05, STEEL)]


def helicopter(rng: Generator, hue: Colour) -> list[Part]:
    """Round nose of glass, a tail with a small rotor, skids."""
    trim, long = (WHITE, CREAM, shade(hue, 0.5))[rng.integers(3)], rng.uniform(1.35, 1.6)
    line = curve([(-0.62, 0.56, 0.1, 0.12), (-0.35, 0.48, 0.3, 0.33), (0.08, 0.44, 0.37, 0.39), (0.42, 0.38, 0.31, 0.31), (0.62, 0.32, 0.05, 0.06)], 22)
    body = loft(line, hue).painted(lambda c: (c[:, 2] > 0.08) & (c[:, 1] > 0.34) & (np.abs(c[:, 0]) > 0.035), PANE).painted(lambda c: (c[:, 1] < 0.24), trim).glossy(0.5)
    made = [body, loft([(-long, 0.7, 0.05, 0.06), (-0.5, 0.54, 0.14, 0.18)], hue).painted(lambda c: np.abs(c[:, 2] + long * 0.72) < 0.2, trim).glossy(PAINT), *rotor(rng.uniform(0.95, 1.1), 1.1, -0.06, int(rng.choice((3, 4, 4))), rng.uniform(0, 90)), box((0.34, 0.2, 0.62), (0, 0.84, -0.14), shade(hue, 0.8), 0.4).glossy(PAINT),
            side([(-long + 0.06, 0.62), (-long + 0.26, 0.66), (-long + 0.02, 1.12), (-long - 0.12, 1.12)], 0.07, hue).glossy(PAINT), box((0.62, 0.05, 0.16), (0, 0.68, -long + 0.36), hue, 0.4), ball((0.06, 0.05, 0.06), (0, 0.05, 0.1), LAMP, 10)]
    made += moved((p.turned("x", 35) for p in (box((0.03, 0.52, 0.07), (0, 0, 0), DARK, 0.3), box((0.03, 0.07, 0.52), (0, 0, 0), DARK, 0.3))), 0.11, 0.84, -long + 0.04) + [rod((0, 0.84, -long + 0.04), (0.14, 0.84, -long + 0.04), 0.045, STEEL)]
    return made + pair(tube(curve([(0.33, 0.02, -0.55), (0.33, 0.02, 0.4), (0.33, 0.08, 0.58), (0.33, 0.15, 0.62)], 10), 0.04, DARK), *(tube([(0.16, 0.2, z), (0.3, 0.12, z), (0.33, 0.02, z)], 0.032, STEEL) for z in (-0.24, 0.28)),
                       box((0.03, 0.22, 0.26), (0.352, 0.53, -0.13), PANE, 0.3).glossy(0.5), box((0.03, 0.03, 0.09), (0.37, 0.36, -0.1), CHROME, 0.3))


def cargo_helicopter(rng: Generator, hue: Colour) -> list[Part]:
    """Long and boxy, windows in a row, wheels."""
    trim = (WHITE, shade(hue, 0.6))[rng.integers(2)]
    line = curve([(-0.9, 0.66, 0.16, 0.16), (-0.62, 0.56, 0.32, 0.3), (0, 0.54, 0.36, 0.33), (0.6, 0.52, 0.35, 0.32), (0.84, 0.46, 0.26, 0.24), (0.96, 0.42, 0.08, 0.1)], 24)
    body = loft(line, hue, 0.6).painted(lambda c: (c[:, 2] > 0.58) & (c[:, 1] > 0.52) & (np.abs(c[:, 0]) > 0.03), PANE).painted(lambda c: np.abs(c[:, 1] - 0.34) < 0.06, trim).glossy(PAINT)
    made = [body, loft([(-1.75, 0.84, 0.06, 0.08), (-0.8, 0.68, 0.17, 0.18)], hue).glossy(PAINT), *rotor(1.25, 1.22, -0.05, 5, rng.uniform(0, 72)), box((0.4, 0.22, 0.85), (0, 0.94, -0.08), shade(hue, 0.85), 0.45).glossy(PAINT), side([(-1.7, 0.74), (-1.46, 0.8), (-1.7, 1.3), (-1.86, 1.3)], 0.08, hue),
            box((0.8, 0.05, 0.2), (0, 0.84, -1.42), trim, 0.4), *wheels_below(0, 0.1, 0.72, 0.11), rod((0, 0.1, 0.72), (0, 0.36, 0.72), 0.035, STEEL)]
    made += moved((box((0.03, 0.6, 0.07), (0, 0, 0), DARK, 0.3).turned("x", t) for t in (20, 80, 140)), 0.12, 1.12, -1.74)
    for z in (-0.42, -0.18, 0.06):
        made += pair(lathe([(0.1, 0), (0.1, 0.03)], PANE, corners=16).turned("z", -90).moved(0.335, 0.62, z).glossy(0.5))
    return made + pair(*wheels_below(0.38, 0.12, -0.36, 0.13), box((0.16, 0.16, 0.34), (0.36, 0.28, -0.36), hue, 0.4), box((0.03, 0.4, 0.24), (0.345, 0.54, 0.37), shade(hue, 0.7), 0.2))


def sail(corners, belly: float, colour: Colour, thick: float = 0.03) -> Part:
    """A triangle [(z, y)] * 3 across x, its foot first, that the wind fills to +x."""
    a, b, c = np.asarray(corners, float)
    t, rings = np.linspace(0, 1, 8), []
    for s in np.linspace(0, 0.97, 10):
        z, y = (a + (c - a) * s + np.outer(t, (b - a) * (1 - s))).T
        x = belly * 4 * t * (1 - t) * np.sin(np.pi * (0.12 + 0.88 * s)) * (1 - s)
        front, back = (np.stack([x + side * thick / 2, y, z], -1) for side in (1, -1))
        rings.append(np.concatenate([front, back[::-1]]))
    return skin(np.stack(rings), colour)


def hull(long: float, wide: float, deep: float, colour: Colour, low: Colour, sheer: float = 0.12) -> list[Part]:
    """A boat's body with a deck at y = 0.36, ``low`` below the water line."""
    line = curve([(-long, 0.24, wide * 0.62, 0.14), (-long * 0.5, 0.18, wide * 0.95, deep), (0.1, 0.17, wide, deep), (long * 0.6, 0.2 + sheer * 0.3, wide * 0.62, deep * 0.9), (long, 0.3 + sheer, 0.02, 0.08)], 22)
    made = loft(line, colour, 0.65).painted(lambda c: c[:, 1] < 0.1, low).glossy(PAINT)
    edge = curve([(-long * 1.0, 0.36, wide * 0.6), (-long * 0.5, 0.36, wide * 0.93), (0.1, 0.36, wide * 0.98), (long * 0.6, 0.4 + sheer * 0.3, wide * 0.6), (long, 0.4 + sheer, 0.01)], 20)
    deck = loft([(z, y, max(w * 0.94, 0.012), 0.03) for z, y, w in edge], WOOD, 0.4).finished("wood_z", 0.06)
    rail = [tube([(w, y + 0.03, z) for z, y, w in edge], 0.03, shade(WOOD, 0.75), 8)]
    return [made, deck, *pair(*rail)]


def sloop(rng: Generator, hue: Colour) -> list[Part]:
    """The hull in color, two light sails filled by the wind."""
    high, long = rng.uniform(1.9, 2.2), rng.uniform(0.88, 1.0)
    cloth = (WHITE, CREAM)[rng.integers(2)]
    low = (WHITE, shade(hue, 0.5), (0.7, 0.22, 0.18))[rng.integers(3)]
    main = sail([(-0.03, 0.58), (-long * 0.95, 0.58), (-0.05, high)], 0.16, cloth).painted(lambda c: np.abs(c[:, 1] - high * 0.62) < 0.07, hue)
    jib = sail([(long * 0.92, 0.5), (0.12, 0.56), (0.08, high * 0.86)], -0.14, shade(cloth, 0.96))
    way = rng.choice((-1, 1)) * rng.uniform(24, 34)
    rigged = [p.moved(z=-0.06).turned("y", way).moved(z=0.06) for p in (main, jib, rod((0, 0.54, 0), (0, 0.54, -long), 0.032, BROWN))]
    flag = prism([(0, 0), (0.24, 0.06), (0, 0.14)], 0.03, (0, high + 0.0, 0), hue).turned("y", way + 60).moved(z=0.06)
    return [*hull(long, 0.38, 0.22, hue, low), *rigged, lathe([(0.035, 0.2), (0.028, high + 0.14)], BROWN, (0, 0, 0.06), 10), flag, box((0.34, 0.17, 0.42), (0, 0.44, -0.36), WHITE, 0.35).glossy(0.3), *pair(box((0.03, 0.06, 0.24), (0.17, 0.46, -0.36), PANE, 0.3)), side([(-long * 1.04, -0.1), (-long * 0.94, -0.1), (-long * 0.94, 0.2), (-long * 1.02, 0.2)], 0.05, BROWN)]


def painted_sails(rng: Generator, hue: Colour) -> list[Part]:
    """A wooden boat, its sails in color."""
    high, long = rng.uniform(1.8, 2.1), rng.uniform(0.85, 0.98)
    main = sail([(-0.03, 0.54), (-long * 0.98, 0.6), (-0.05, high)], 0.18, hue)
    if rng.random() < 0.6:
        main = main.finished("stripes", 0.16, WHITE)
    way = rng.choice((-1, 1)) * rng.uniform(22, 32)
    jib = sail([(long * 0.94, 0.48), (0.12, 0.54), (0.08, high * 0.88)], -0.14, shade(hue, 1.2))
    rigged = [p.moved(z=-0.06).turned("y", way).moved(z=0.06) for p in (main, jib, rod((0, 0.52, 0), (0, 0.55, -long), 0.034, BROWN))]
    boat = hull(long, 0.4, 0.22, (0.6, 0.38, 0.2), (0.93, 0.9, 0.84))
    boat[0] = boat[0].finished("planks", 0.07, gloss=0.2)
    return [*boat, *rigged, lathe([(0.04, 0.2), (0.03, high + 0.1)], BROWN, (0, 0, 0.06), 10), ball(0.045, (0, high + 0.12, 0.06), GOLD, 10), box((0.62, 0.05, 0.14), (0, 0.42, -0.42), TAN, 0.2), *pair(lathe([(0.06, -0.1), (0.06, 0.1)], WHITE, (0.42, 0.24, 0.0), 12))]


def basket(size: float, y: float, rim: Colour) -> list[Part]:
    """A woven box whose top is at ``y``."""
    return [box((size, size * 0.8, size), (0, y - size * 0.4, 0), (0.68, 0.47, 0.26), 0.14).finished("checks", 0.05, (0.52, 0.34, 0.17)), *(box((size * 1.1, size * 0.14, size * 1.1), (0, y - d, 0), rim, 0.4) for d in (0, size * 0.78)),
            box((size * 0.8, 0.03, size * 0.8), (0, y + size * 0.065, 0), DARK)]


def hot_air_balloon(rng: Generator, hue: Colour) -> list[Part]:
    """A striped drop; a basket on four ropes."""
    other, panels = (WHITE, (0.96, 0.78, 0.25), shade(hue, 0.6), CREAM)[rng.integers(4)], int(rng.choice((3, 4, 6)))
    fat = rng.uniform(0.88, 0.98)
    bag = lathe([*curve([(0.2, 0), (0.5, 0.34), (fat, 1.0), (fat * 0.86, 1.62), (fat * 0.45, 1.93), (0, 2.0)], 18)], hue).painted(stripes(panels), other)
    return [bag.glossy(0.2), lathe([(0.22, -0.04), (0.26, 0.06), (0.24, 0.1)], shade(hue, 0.6)), *basket(0.42, -0.34, shade(BROWN, 0.9)), *four(rod((0.19, -0.34, 0.19), (0.16, 0.02, 0.16), 0.024, BROWN)), lathe([(0.05, -0.3), (0.07, -0.16)], STEEL), lathe(curve([(0.05, -0.16), (0.05, -0.08), (0, 0.04)], 6), FLAME)]


def gored_balloon(rng: Generator, hue: Colour) -> list[Part]:
    """Bulging gores, a band of another color around the middle, a skirt with pennants."""
    band, n = (WHITE, CREAM, (0.96, 0.76, 0.28), shade(hue, 0.55))[rng.integers(4)], 8
    bag = lathe(curve([(0.24, 0), (0.52, 0.3), (0.94, 0.95), (0.92, 1.45), (0.5, 1.88), (0, 2.0)], 22), hue, corners=48)
    v = bag.vertices.copy()
    swell = 1 + 0.055 * np.abs(np.sin(n / 2 * np.arctan2(v[:, 0], v[:, 2]) + 0.001)) ** 0.8
    bag = Part(v * np.stack([swell, swell * 0 + 1, swell], -1), bag.faces, bag.colours)
    bag = bag.painted(lambda c: np.abs(c[:, 1] - 1.18) < 0.2, band).painted(lambda c: (c[:, 1] > 1.86) | (c[:, 1] < 0.12), band)
    dots = [ball((0.11, 0.11, 0.04), (0, 1.18, 0.965), hue, 10).turned("y", 360 * k / n + 22.5) for k in range(n)]
    ropes = around(rod((0.16, -0.34, 0.0), (0.2, 0.02, 0), 0.024, BROWN), 6)
    tub = lathe(curve([(0.17, -0.72), (0.24, -0.5), (0.25, -0.34)], 8), (0.68, 0.47, 0.26)).finished("checks", 0.05, (0.52, 0.34, 0.17))
    bags = around(lathe([(0.03, -0.62), (0.06, -0.56), (0.05, -0.44), (0.02, -0.4)], CREAM, (0, 0, 0.27), 8), 6, 30)
    return [bag.glossy(0.2), *dots, tub, ring(0.25, 0.04, (0, -0.34, 0), BROWN), *ropes, *bags, lathe([(0.25, 0.02), (0.3, 0.06), (0.27, 0.1)], band)]


def porthole(radius: float, at, tilt: float = 90.0) -> list[Part]:
    """A round window in a metal rim, to +z."""
    return moved((p.turned("x", tilt) for p in (lathe([(radius * 0.7, -0.05), (radius, -0.05), (radius, 0.04), (radius * 0.86, 0.07), (radius * 0.72, 0.04)], CHROME).glossy(0.7), lathe([(radius * 0.78, -0.02), (radius * 0.6, 0.045), (0, 0.07)], (0.35, 0.6, 0.75)).glossy(0.7))), *at)


def flame(high: float, wide: float, y: float = 0.0) -> list[Part]:
    """Fire that comes down from ``y``."""
    line = np.array(curve([(0, -high), (wide * 0.4, -high * 0.66), (wide, -high * 0.2), (wide * 0.7, 0)], 10))
    return [lathe(line, FLAME, (0, y, 0)), *around(lathe(line * (0.5, 0.62), (0.98, 0.78, 0.25), (0, y, wide * 0.55), 10), 5)]


def toy_rocket(rng: Generator, hue: Colour) -> list[Part]:
    """A fat drop, nose and fins in color, a round window."""
    high, fat = rng.uniform(1.6, 1.95), rng.uniform(0.4, 0.5)
    body = lathe(curve([(fat * 0.6, 0), (fat * 0.95, high * 0.25), (fat, high * 0.5), (fat * 0.66, high * 0.8), (0, high)], 26), (0.95, 0.95, 0.93)).painted(lambda c: (c[:, 1] > high * 0.72) | (c[:, 1] < high * 0.08), hue).glossy(PAINT)
    outline = curve([(fat * 0.7, high * 0.34), (fat * 1.35, high * 0.2), (fat * 1.75, -0.12), (fat * 1.72, -0.3)], 9)
    fin = prism([*outline, (fat * 1.5, -0.28), (fat * 1.2, -0.05), (fat * 0.6, 0.06)], 0.12, (0, 0, 0), hue).glossy(PAINT)
    made = [body, *around(fin, (3, 4)[rng.integers(2)], 90 if rng.random() < 0.5 else 45), lathe([(fat * 0.62, -0.14), (fat * 0.5, 0.04), (fat * 0.3, 0.0)], IRON), *porthole(0.2, (0, high * 0.55, fat * 0.95), 84), lathe([(fat * 1.015, high * 0.38 - 0.03), (fat * 1.015, high * 0.38 + 0.03)], hue, corners=32)]
    return made + (flame(0.6, fat * 0.42, -0.06) if rng.random() < 0.6 else []) + [dot(0.05, (0, high + 0.02, 0), CHROME)]


def retro_rocket(rng: Generator, hue: Colour) -> list[Part]:
    """Slender and swollen in the middle, in color, standing on three long fins."""
    high, fat = rng.uniform(2.0, 2.4), rng.uniform(0.34, 0.4)
    trim = (WHITE, CREAM, (0.85, 0.86, 0.88))[rng.integers(3)]
    body = lathe(curve([(fat * 0.45, 0.2), (fat * 0.85, high * 0.3), (fat, high * 0.5), (fat * 0.8, high * 0.74), (fat * 0.32, high * 0.93), (0.05, high)], 28), hue).painted(lambda c: np.abs(c[:, 1] - high * 0.36) < 0.09, trim).painted(lambda c: c[:, 1] > high * 0.78, trim).glossy(0.5)
    outline = curve([(fat * 0.75, high * 0.3), (fat * 1.5, high * 0.2), (fat * 2.1, 0.0), (fat * 2.05, -0.16)], 10)
    fin = prism([*outline, (fat * 1.8, -0.16), (fat * 1.3, 0.1), (fat * 0.4, 0.26)], 0.11, (0, 0, 0), trim).glossy(0.5)
    pods = around(ball((0.09, 0.2, 0.09), (fat * 1.98, 0.0, 0), hue, 12).glossy(0.5), 3, -90)
    return [body, *around(fin, 3, -90), *pods, lathe([(fat * 0.55, 0.02), (fat * 0.42, 0.24)], IRON), *porthole(0.17, (0, high * 0.62, fat * 0.9), 82), *porthole(0.12, (0, high * 0.46, fat * 0.98), 90), lathe([(0.05, 0), (0.025, 0.24)], CHROME, (0, high - 0.02, 0), 10), ball(0.05, (0, high + 0.24, 0), CHROME, 10)]


def launcher(rng: Generator, hue: Colour) -> list[Part]:
    """A real one: a straight white tube with rings in color, two boosters."""
    high, fat = rng.uniform(1.9, 2.2), rng.uniform(0.24, 0.28)
    nose = curve([(fat, high), (fat * 0.9, high + 0.2), (fat * 0.5, high + 0.42), (0.02, high + 0.54)], 10)
    body = lathe([(fat, 0), *((fat, y) for y in np.linspace(0.05, high - 0.05, 24)), *nose], WHITE).painted(lambda c: (np.abs(c[:, 1] / high - 0.62) < 0.06) | (c[:, 1] > high) | (c[:, 1] < high * 0.12), hue).glossy(PAINT)
    f = fat * 0.62
    rocket = [lathe([(f, 0.06), *curve([(f, high * 0.5), (f * 0.7, high * 0.62), (0.02, high * 0.68)], 8)], hue).moved(fat + f * 0.9).glossy(PAINT), lathe([(f * 1.03, high * 0.3), (f * 1.03, high * 0.34)], WHITE).moved(fat + f * 0.9), lathe([(f * 0.9, -0.1), (f * 0.5, 0.08)], IRON).moved(fat + f * 0.9)]
    fins = around(prism([(fat * 0.9, 0.45), (fat + 0.24, 0.12), (fat + 0.24, -0.06), (fat * 0.9, 0.0)], 0.08, (0, 0, 0), hue), 2, 0)
    made = [body, *pair(*rocket), lathe([(fat * 0.85, -0.14), (fat * 0.45, 0.03)], IRON), *(p.turned("y", 90) for p in fins), *(lathe([(fat * 1.03, y), (fat * 1.03, y + 0.04)], IRON) for y in (high * 0.48, high * 0.97))]
    return made + (flame(0.6, fat * 0.75, -0.1) if rng.random() < 0.5 else []) + [box((0.07, 0.34, 0.04), (0, high * 0.32, fat), hue, 0.2), *porthole(0.1, (0, high * 0.82, fat * 0.97))]


def saucer(rng: Generator, hue: Colour) -> list[Part]:
    """A disc in color, a glass dome, lights around the rim, three legs."""
    glow = ((1.0, 0.9, 0.5), (0.5, 0.95, 0.6), (0.5, 0.9, 1.0))[rng.integers(3)]
    disc = lathe(curve([(0.2, -0.26), (0.62, -0.2), (1.12, -0.05), (1.2, 0.03), (1.1, 0.1), (0.62, 0.24), (0.44, 0.28)], 22), hue, corners=32).glossy(0.5)
    n = int(rng.choice((8, 10)))
    lights = around(ball((0.11, 0.09, 0.11), (0, 0.11, 0.98), glow, 10).glossy(0.5), n)
    return [disc, lathe([(0.53, 0.18), (0.56, 0.26), (0.5, 0.3), (0.46, 0.2)], CHROME).glossy(0.8), ball((0.48, rng.uniform(0.44, 0.54), 0.48), (0, 0.25, 0), (0.55, 0.8, 0.88)).glossy(0.8), *lights, lathe([(0.36, -0.32), (0.44, -0.24)], glow), lathe([(1.2, 0.0), (1.23, 0.03), (1.2, 0.06)], CHROME, corners=32).glossy(0.7),
            *around(rod((0.5, -0.16, 0), (0.78, -0.56, 0), 0.045, CHROME), 3, 90), *around(lathe([(0.13, -0.6), (0.11, -0.54)], CHROME, (0.79, 0, 0), 14), 3, 90)]


def alien_saucer(rng: Generator, hue: Colour) -> list[Part]:
    """A stepped saucer with a green guest under the glass... its beam below."""
    skin_tone = (0.5, 0.78, 0.35)
    lower = lathe([(0.3, -0.2), (0.9, -0.06), (1.1, 0.04), (1.1, 0.1), (0.9, 0.18), (0.72, 0.2), (0.7, 0.32), (0.56, 0.36)], hue, corners=32).glossy(0.5)
    bowl = lathe(curve([(0.54, 0.32), (0.54, 0.44), (0.5, 0.5)], 6), (0.6, 0.82, 0.88)).glossy(0.7)
    guest = [ball((0.27, 0.24, 0.24), (0, 0.68, 0), skin_tone, 18), ball((0.2, 0.2, 0.18), (0, 0.42, 0), skin_tone, 12), *pair(ball((0.075, 0.1, 0.05), (0.11, 0.68, 0.2), DARK, 12).glossy(0.8), rod((0.1, 0.86, 0), (0.18, 1.04, 0), 0.03, skin_tone), ball(0.06, (0.19, 1.06, 0), skin_tone, 10), dot(0.022, (0.13, 0.72, 0.245), WHITE))]
    lights = around(ball((0.09, 0.06, 0.09), (0, 0.16, 0.86), (1.0, 0.88, 0.45), 10).glossy(0.5), 8, 22.5)
    beam = [lathe([(0.62, -0.78), (0.3, -0.2)], (0.98, 0.93, 0.62))] if rng.random() < 0.35 else around(ball((0.16, 0.12, 0.16), (0, -0.16, 0.55), CHROME, 12).glossy(0.7), 4, 45)
    return [lower, bowl, *guest, *lights, *beam, lathe([(1.1, 0.03), (1.14, 0.07), (1.1, 0.11)], shade(hue, 0.6), corners=32)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "airplane": (ANY, airliner, propeller_plane, biplane),
    "helicopter": (ANY, helicopter, cargo_helicopter),
    "sailboat": (ANY, sloop, painted_sails),
    "hot air balloon": (ANY, hot_air_balloon, gored_balloon),
    "rocket": (ANY, toy_rocket, retro_rocket, launcher),
    "ufo": (ANY, saucer, alien_saucer),
}
