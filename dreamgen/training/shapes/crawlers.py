"""Small ones: bees, butterflies, ladybugs, snails and crabs; all look towards +z."""

import numpy as np
from numpy.random import Generator

from .anatomy import BLACK, eyes, horn, limb, smile, spike
from .characters import chosen
from .palette import ANY, NONE
from .parts import WHITE, Color, Part, ball, curve, dot, lathe, moved, pair, prism, shade, tube

INK, HONEY, PANE = (0.15, 0.13, 0.14), (0.95, 0.72, 0.18), (0.84, 0.91, 0.95)
FLESH = ((0.88, 0.72, 0.52), (0.80, 0.76, 0.62), (0.72, 0.58, 0.45), (0.80, 0.82, 0.52))


def feelers(x: float, y: float, z: float, long: float, color: Color, tip: Color, thick: float = 0.032) -> list[Part]:
    """Two antennae with knobs, from (x, y, z) upwards and outwards."""
    end = (x + 0.5 * long, y + long * 0.85, z + 0.35 * long)
    return pair(limb([(x, y, z), (x + 0.12 * long, y + 0.6 * long, z + 0.14 * long), end], [thick], color, 7, 8),
                ball(thick * 2.1, end, tip, 10))


def leaf(long: float, wide: float, thick: float, color: Color) -> Part:
    """A flat rounded wing along +x from the origin, in the plane y = 0."""
    return ball((long / 2, thick, wide / 2), (long / 2, 0, 0), color, 18)


def round_bee(rng: Generator, hue: Color) -> list[Part]:
    """Plump and friendly, two pairs of round wings, a sting."""
    fat, honey = rng.uniform(0.48, 0.56), shade(HONEY, rng.uniform(0.92, 1.1))
    made = [ball((fat, fat * 0.94, 0.72), (0, 0.55, -0.18), honey,
                 26).finished("stripes_z", rng.uniform(0.26, 0.32), INK),
            ball((fat * 0.94, fat * 0.9, 0.46), (0, 0.62, 0.42), honey, 22),
            spike((0, 0.52, -0.86), (0, 0.5, -1.12), 0.1, INK), smile(0.46, 0.84, 0.15, 0.08, 0.03, INK, 0.04)]
    wings = [leaf(0.86, 0.6, 0.035, PANE).turned("z", 48).turned("y", 8).moved(0.16, 0.98, -0.02),
             leaf(0.6, 0.42, 0.035, PANE).turned("z", 30).turned("y", 34).moved(0.16, 0.96, -0.24)]
    legs = [limb([(0.22, 0.16, z), (0.28, 0.02, z + 0.06)], [0.06, 0.055], INK, 4, 8) for z in (0.22, -0.06, -0.34)]
    return made + pair(*wings, *legs, ball((0.09, 0.06, 0.04), (0.31, 0.56, 0.77), (0.93, 0.52, 0.42), 10)) + feelers(
        0.14, 1.08, 0.56, 0.36, INK, INK, 0.036) + eyes(0.19, 0.74, 0.76, 0.12, chosen(rng, (BLACK, WHITE)), out=18)


def real_bee(rng: Generator, hue: Color) -> list[Part]:
    """Head, furry chest and striped abdomen apart, six jointed legs, glassy wings held back."""
    honey, y = shade(HONEY, rng.uniform(0.8, 1.05)), 0.5
    abdomen = lathe(curve([(0, -0.66), (0.14, -0.58), (0.28, -0.3), (0.33, 0.05), (0.24, 0.3), (0, 0.38)], 20), honey)
    abdomen = abdomen.finished("stripes", rng.uniform(0.12, 0.16), INK).turned("x", 78)
    made = [abdomen.moved(0, y - 0.02, -0.5), ball((0.3, 0.29, 0.32), (0, y + 0.06, 0.06), shade(honey, 0.92),
                                                   22).finished("fur", 0.06, amount=1.3),
            ball((0.23, 0.22, 0.17), (0, y + 0.02, 0.42), INK, 18), ball((0.12, 0.08, 0.07), (0, y - 0.1, 0.54), honey,
                                                                         12),
            spike((0, y - 0.14, -1.1), (0, y - 0.18, -1.3), 0.05, INK)]
    wings = [leaf(1.0, 0.4, 0.025, PANE).turned("z", 20).turned("y", rng.uniform(16, 30)).moved(0.12, y + 0.3, 0.04),
             leaf(0.72, 0.3, 0.025, shade(PANE, 0.94)).turned("z", 14).turned("y", 44).moved(0.12, y + 0.27, -0.08)]
    legs = [limb([(0.2, y - 0.14, z), (0.46, y - 0.1, z + dz), (0.58, 0.02, z + 1.7 * dz)], [0.05, 0.045, 0.035], INK,
                 8, 8)
            for z, dz in ((0.22, 0.14), (0.04, 0.0), (-0.12, -0.2))]
    shine = ball((0.1, 0.15, 0.12), (0.18, y + 0.06, 0.45), (0.30, 0.20, 0.16), 14).glossy(0.6)
    return made + pair(*wings, *legs, shine,
                       dot(0.03, (0.22, y + 0.14, 0.56), WHITE)) + feelers(0.08, y + 0.18, 0.52, 0.34, INK, INK, 0.028)


WING = np.array([(0.03, 0.0), (0.2, 0.42), (0.5, 0.82), (0.86, 0.95), (1.0, 0.8), (0.94, 0.46), (0.66, 0.1),
                 (0.3, -0.04)])
WING_ROUND = np.array([(0.03, 0.02), (0.16, 0.5), (0.46, 0.86), (0.78, 0.86), (0.94, 0.58), (0.86, 0.22), (0.5, 0.0),
                       (0.24, -0.04)])
LOW_WING = np.array([(0.03, -0.02), (0.36, -0.02), (0.68, -0.12), (0.78, -0.42), (0.62, -0.72), (0.38, -0.8),
                     (0.18, -0.5), (0.06, -0.22)])
TAILED = np.array([(0.03, -0.02), (0.36, -0.02), (0.68, -0.14), (0.72, -0.42), (0.62, -0.66), (0.6, -1.0),
                   (0.46, -0.98), (0.42, -0.72),
                   (0.2, -0.56), (0.06, -0.22)])


def panel(outline: np.ndarray, share: float, thick: float, color: Color, count: int = 30) -> Part:
    """A smooth closed outline, shrunk to ``share`` of it about its middle."""
    middle = outline.mean(0)
    loop = curve(np.concatenate([outline, outline[:1]]), count)[:-1]
    return prism(middle + (loop - middle) * share, thick, (0, 0, 0), color)


def wings(rng: Generator, hue: Color, upper: np.ndarray, lower: np.ndarray, edge: Color) -> list[Part]:
    """Right wings in the plane z = 0: dark edges, fields of the main color, light spots."""
    second = chosen(rng, (shade(hue, 1.5), (0.96, 0.85, 0.50), (0.96, 0.94, 0.90)))
    made = [panel(upper, 1.0, 0.045, edge), panel(lower, 1.0, 0.045, edge), panel(upper, 0.83, 0.075, hue),
            panel(lower, 0.8, 0.075, hue)]
    for outline, share in ((upper, 0.4), (lower, 0.36)):
        middle = outline.mean(0)
        made.append(panel(outline, share, 0.095, second))
        made.append(ball((0.07, 0.07, 0.06), (*(middle + (0.02, 0.02)), 0), edge, 12))
    tips = [upper[3:6].mean(0) * 0.97, upper[2:4].mean(0) * 0.95, lower[3:5].mean(0) * 0.94]
    return made + [ball((0.05, 0.05, 0.05), (x, y, 0), WHITE, 10) for x, y in tips]


def upright_butterfly(rng: Generator, hue: Color) -> list[Part]:
    """Seen from above it stands: wings open towards the front, a small smiling face."""
    edge = chosen(rng, (INK, shade(hue, 0.35), (0.28, 0.18, 0.14)))
    upper, lower = chosen(rng, (WING, WING_ROUND)), chosen(rng, (LOW_WING, TAILED))
    side = [p.turned("y", -22) for p in wings(rng, hue, upper, lower, edge)]
    body = limb([(0, -0.5, 0.02), (0, -0.2, 0.05), (0, 0.1, 0.05), (0, 0.26, 0.05)], [0.06, 0.1, 0.12, 0.1],
                shade(edge, 1.15), 12, 14)
    made = [body.finished("stripes", 0.09, shade(edge, 1.5)), ball((0.16, 0.15, 0.15), (0, 0.42, 0.07),
                                                                   shade(edge, 1.15), 18),
            smile(0.36, 0.215, 0.055, 0.03, 0.017, WHITE, 0.015)]
    return made + pair(*side) + feelers(0.06, 0.52, 0.08, 0.32, edge, edge,
                                        0.026) + eyes(0.065, 0.45, 0.195, 0.05, out=14)


def flying_butterfly(rng: Generator, hue: Color) -> list[Part]:
    """In flight, wings raised, the body along z."""
    edge, lift = chosen(rng, (INK, shade(hue, 0.35))), rng.uniform(24, 60)
    upper, lower = chosen(rng, (WING_ROUND, WING)), chosen(rng, (LOW_WING, TAILED))
    side = [p.turned("x", 90).turned("z", lift).moved(0.05, 0.05, 0) for p in wings(rng, hue, upper, lower, edge)]
    body = limb([(0, -0.06, -0.62), (0, 0, -0.2), (0, 0.02, 0.1), (0, 0.02, 0.3)], [0.05, 0.09, 0.12, 0.1],
                shade(edge, 1.15), 12, 14)
    made = [body.finished("stripes_z", 0.09, shade(edge, 1.5)), ball((0.13, 0.13, 0.13), (0, 0.05, 0.46),
                                                                     shade(edge, 1.15), 16)]
    return made + pair(*side, *(limb([(0.07, -0.04, z), (0.16, -0.16, z + 0.03), (0.14, -0.26, z + 0.08)],
                                     [0.03, 0.025], edge, 6, 6)
                                for z in (0.24, 0.06))) + feelers(0.05, 0.14, 0.5, 0.36, edge, edge,
                                                                  0.026) + eyes(0.08, 0.09, 0.54, 0.05, out=30)


def ladybug_shell(hue: Color, wide: float, high: float, long: float, spots) -> list[Part]:
    """Two wing cases with a seam, and spots (angle from behind, share of the way down) on either."""
    dome = lathe(curve([(1.0, 0), (0.99, 0.14), (0.86, 0.52), (0.52, 0.86), (0, 1.0)], 14), hue, corners=32).glossy(0.5)
    seam = [(np.cos(t) * 1.012 * long * -1, np.sin(t) * 1.012 * high) for t in np.linspace(0.05, np.pi / 2 + 0.75, 12)]
    made = [dome.scaled(wide, high, long), tube([(0, y, z) for z, y in seam], 0.028, INK, 6)]
    for turn, down, size in spots:
        a, t = np.radians(turn), np.radians(down)
        n = np.array([np.sin(t) * np.sin(a) * wide, np.cos(t) * high, -np.sin(t) * np.cos(a) * long])
        flat = ball((size, 0.035, size), (0, 0, 0), INK, 14).turned("x", -down * 0.9).turned("y", -turn)
        made += pair(flat.moved(*n * 0.985))
    return made


def smiling_ladybug(rng: Generator, hue: Color) -> list[Part]:
    """Round, with a big black head and a face."""
    wide, high = rng.uniform(0.62, 0.7), rng.uniform(0.5, 0.6)
    spots = [(28, 46, 0.13), (70, 62, 0.13),
             (118, 46, 0.12)] if rng.random() < 0.5 else [(36, 62, 0.12), (62, 30, 0.11), (92, 66, 0.13),
                                                          (135, 44, 0.1)]
    face, light = INK, (0.95, 0.93, 0.88)
    made = moved(ladybug_shell(hue, wide, high, 0.72, spots), 0, 0.12, -0.12)
    made += [ball((wide * 0.95, 0.1, 0.68), (0, 0.13, -0.12), face, 20),
             ball((0.4, 0.36, 0.32), (0, 0.36, 0.56), face, 20),
             smile(0.24, 0.87, 0.12, 0.07, 0.026, light, 0.03)]
    legs = [limb([(0.46, 0.12, z), (0.66, 0.14, z + dz), (0.74, 0.03, z + dz)], [0.065, 0.055], face, 6, 8) for z,
            dz in ((0.3, 0.08), (-0.08, 0), (-0.46, -0.08))]
    return made + pair(*legs,
                       ball((0.09, 0.12, 0.05), (0.31, 0.56, 0.68), light,
                            10)) + feelers(0.12, 0.66, 0.6, 0.28, face, face, 0.034) + eyes(
        0.17, 0.42, 0.83, 0.1, out=16)


def real_ladybug(rng: Generator, hue: Color) -> list[Part]:
    """Longer and lower, the neck shield with white marks, jointed legs."""
    wide, high = rng.uniform(0.56, 0.62), rng.uniform(0.42, 0.48)
    spots = [(14, 70, 0.1), (40, 42, 0.12), (72, 64, 0.12), (112, 40, 0.1), (142, 62, 0.1)]
    made = moved(ladybug_shell(hue, wide, high, 0.78, spots), 0, 0.2, -0.14)
    light = (0.95, 0.93, 0.88)
    made += [ball((wide * 0.94, 0.12, 0.72), (0, 0.2, -0.14), INK, 20),
             ball((0.42, 0.24, 0.26), (0, 0.3, 0.54), INK, 20).glossy(0.4),
             ball((0.24, 0.17, 0.17), (0, 0.26, 0.78), INK, 16),
             *pair(ball((0.1, 0.13, 0.13), (0.31, 0.34, 0.6), light, 12),
                                                                      ball((0.06, 0.06, 0.04), (0.13, 0.33, 0.9), light,
                                                                           10))]
    legs = [limb([(0.4, 0.18, z), (0.66, 0.24, z + dz), (0.8, 0.02, z + 1.6 * dz)], [0.055, 0.05, 0.04], INK, 8, 8)
            for z, dz in ((0.42, 0.16), (0.0, 0.0), (-0.42, -0.16))]
    return made + pair(*legs) + feelers(0.1, 0.36, 0.88, 0.2, INK, INK, 0.028)


def flying_ladybug(rng: Generator, hue: Color) -> list[Part]:
    """Wing cases spread, glassy wings below them."""
    high = rng.uniform(0.62, 0.74)
    made = [ball((0.36, 0.3, 0.62), (0, high, -0.14), INK, 20), ball((0.34, 0.25, 0.24), (0, high + 0.04, 0.42), INK,
                                                                     18).glossy(0.4),
            ball((0.25, 0.22, 0.2), (0, high + 0.02, 0.64), INK, 18), smile(high - 0.07, 0.845, 0.09, 0.045, 0.022,
                                                                            WHITE, 0.03)]
    case = ball((0.3, 0.2, 0.6), (0, 0, -0.5), hue, 22).glossy(0.5)
    spots = [ball((0.1, 0.05, 0.1), (x, h, z), INK, 12) for x, h, z in ((0.02, 0.185, -0.36), (-0.08, 0.165, -0.72),
                                                                        (0.16, 0.15, -0.6), (-0.14, 0.155, -0.2))]
    lift, out = rng.uniform(26, 40), rng.uniform(-50, -36)
    cases = [p.turned("x", lift).turned("z", -10).turned("y", out).moved(0.16, high + 0.22, 0.3)
             for p in (case, *spots)]
    wing = leaf(1.0, 0.42, 0.028, PANE).turned("z", 14).turned("y", 34).moved(0.12, high + 0.2, 0.02)
    legs = [limb([(0.26, high - 0.16, z), (0.42, high - 0.3, z + dz), (0.44, high - 0.46, z + 1.6 * dz)],
                 [0.05, 0.045, 0.035], INK, 7, 8)
            for z, dz in ((0.32, 0.1), (0.02, 0.0), (-0.28, -0.12))]
    return made + pair(*cases, wing, *legs, ball((0.09, 0.11, 0.1), (0.26, high + 0.12, 0.52), (0.95, 0.93, 0.88),
                                                 12)) + feelers(
        0.09, high + 0.2, 0.68, 0.26, INK, INK, 0.03) + eyes(0.12, high + 0.07, 0.81, 0.07, out=20)


def snail_shell(hue: Color, size: float, second: Color) -> list[Part]:
    """A spiral of growing coils in the plane x = 0, its mouth below in front; banded across."""
    step, count = 2 * np.pi / 20, 56
    a = np.radians(-54) - step * np.arange(count)[::-1]
    grown = np.exp(-0.9 * np.arange(count)[::-1] / 20)
    path = np.stack([0 * a, 0.64 * size * grown * np.sin(a), 0.64 * size * grown * np.cos(a)], -1)
    coil = tube(path, 0.36 * size * grown, hue, 16).painted(
        lambda c: np.floor((np.arctan2(c[:, 1], c[:, 2]) - a[-1]) / step) % 4 == 0, second)
    return [coil.scaled(x=1.25).glossy(0.35), ball((0.1 * size, 0.08 * size, 0.08 * size), (0, 0, 0), second, 10)]


def snail(rng: Generator, hue: Color) -> list[Part]:
    """The shell upright on a soft foot, eyes on stalks."""
    flesh, size = chosen(rng, FLESH), rng.uniform(0.64, 0.76)
    made = [limb([(0, 0.06, -0.95), (0, 0.12, -0.5), (0, 0.16, 0.1), (0, 0.26, 0.5), (0, 0.58, 0.72), (0, 0.74, 0.82)],
                 [0.05, 0.15, 0.2, 0.2, 0.17, 0.17], flesh, 16, 16).finished("mottled", 0.12),
            ball((0.27, 0.07, 0.84), (0, 0.07, -0.12), shade(flesh, 0.9),
                 18), smile(0.66, 0.98, 0.09, 0.05, 0.024, shade(flesh, 0.4), 0.04)]
    made += moved(snail_shell(hue, size, shade(hue, rng.choice([0.66, 1.4]))), 0, size * 0.94 + 0.06, -0.2)
    up = rng.uniform(0.28, 0.38)
    stalks = [limb([(0.08, 0.84, 0.8), (0.15, 0.84 + 0.6 * up, 0.84), (0.19, 0.86 + up, 0.9)], [0.06, 0.05], flesh, 7,
                   8),
              limb([(0.09, 0.64, 0.96), (0.15, 0.6, 1.08)], [0.04, 0.035], flesh, 4, 8)]
    return made + pair(*stalks) + eyes(0.2, 0.92 + up, 0.92, 0.1, out=8)


def round_snail(rng: Generator, hue: Color) -> list[Part]:
    """A toy: big head, a round shell with a painted spiral on either side."""
    flesh, size = chosen(rng, FLESH), rng.uniform(0.54, 0.64)
    y, second = size + 0.14, shade(hue, rng.choice([0.62, 1.5]))
    t = np.linspace(0, 1, 30)
    a, r = 5.0 * np.pi * t - 0.6, size * (0.06 + 0.74 * t)
    side = size * 0.62 * np.sqrt(np.maximum(1 - (r / size) ** 2, 0))
    spiral = tube(np.stack([side, y + r * np.sin(a), -0.2 + r * np.cos(a)], -1), np.interp(t, [0, 1], [0.04, 0.065]),
                  second, 8)
    made = [ball((size * 0.62, size, size), (0, y, -0.2), hue, 26).glossy(0.4),
            limb([(0, 0.08, -0.98), (0, 0.12, -0.4), (0, 0.14, 0.3), (0, 0.2, 0.6)], [0.05, 0.17, 0.2, 0.2], flesh, 12,
                 16),
            limb([(0, 0.2, 0.56), (0, 0.4, 0.66), (0, 0.56, 0.7)], [0.2, 0.17, 0.2], flesh, 7, 16),
            ball((0.3, 0.27, 0.26), (0, 0.62, 0.72), flesh, 20), smile(0.54, 0.97, 0.12, 0.07, 0.028, shade(flesh, 0.4),
                                                                       0.04)]
    stalk = limb([(0.13, 0.82, 0.68), (0.17, 1.0, 0.7), (0.18, 1.1, 0.72)], [0.055, 0.05], flesh, 6, 8)
    return made + pair(spiral, stalk,
                       ball((0.07, 0.05, 0.03), (0.2, 0.57, 0.9), (0.92, 0.6, 0.52),
                            10)) + eyes(0.18, 1.18, 0.76, 0.12, out=6)


def claw(hue: Color, size: float) -> list[Part]:
    """Open upwards from the origin, in the plane z = 0."""
    return [ball((0.24 * size, 0.28 * size, 0.16 * size), (0, 0.2 * size, 0), hue, 18).glossy(0.3),
            horn([(-0.12 * size, 0.34 * size, 0), (-0.24 * size, 0.56 * size, 0), (-0.06 * size, 0.86 * size, 0)],
                 0.15 * size, hue, 9).glossy(0.3),
            horn([(0.13 * size, 0.34 * size, 0), (0.22 * size, 0.5 * size, 0), (0.12 * size, 0.72 * size, 0)],
                 0.11 * size, shade(hue, 0.86), 8)]


def raised_crab(rng: Generator, hue: Color) -> list[Part]:
    """Claws held up, eyes on stalks, a smile."""
    wide, belly, size = rng.uniform(0.58, 0.68), shade(hue, 1.5), rng.uniform(0.75, 0.95)
    y = 0.48
    made = [ball((wide, 0.32, 0.46), (0, y, 0), hue, 26).finished("speckled", 0.15, shade(hue, 0.7), gloss=0.3),
            ball((wide * 0.9, 0.22, 0.42), (0, y - 0.13, 0.03), belly,
                 22), smile(y - 0.04, 0.47, 0.17, 0.08, 0.03, shade(hue, 0.3), 0.05)]
    x = wide + 0.26
    arm = [limb([(wide * 0.8, y + 0.02, 0.18), (x, y + 0.0, 0.3), (x + 0.08, y + 0.3, 0.34)], [0.12, 0.1], hue, 8, 12),
           *(p.turned("z", -6).moved(x + 0.08, y + 0.3, 0.34) for p in claw(hue, size))]
    legs = [limb([(wide * 0.75, y - 0.1, z), (wide + 0.26, y + 0.04, z + dz), (wide + 0.42, 0.02, z + 1.5 * dz)],
                 [0.085, 0.07, 0.03], shade(hue, 0.9), 9, 10)
            for z, dz in ((0.12, 0.06), (-0.08, -0.06), (-0.26, -0.16))]
    stalk = limb([(0.16, y + 0.24, 0.3), (0.17, y + 0.42, 0.34)], [0.055], hue, 4, 8)
    return made + pair(*arm, *legs, stalk) + eyes(0.17, y + 0.52, 0.36, 0.125, out=6)


def flat_crab(rng: Generator, hue: Color) -> list[Part]:
    """Broad and low, as on a beach: big claws in front, the shell with teeth at its rim."""
    wide, belly = rng.uniform(0.66, 0.78), (0.94, 0.84, 0.68)
    y, big = 0.4, rng.uniform(0.85, 1.1)
    shell = lathe(curve([(0, -0.14), (0.7, -0.12), (1.0, 0.0), (0.84, 0.18), (0.5, 0.31), (0, 0.36)], 16), hue,
                  corners=28)
    made = [shell.scaled(wide, 1, 0.52).painted(lambda c: c[:, 1] < -0.03,
                                                belly).finished("mottled", 0.2, gloss=0.3).moved(0, y, 0)]
    rim = [spike((wide * np.sin(a) * 0.96, y, 0.52 * np.cos(a) * 0.96), (wide * np.sin(a) * 1.12, y + 0.03,
                                                                         0.52 * np.cos(a) * 1.12 + 0.03), 0.05, hue)
           for a in (0.7, 0.95, 1.2)]
    arm = [limb([(wide * 0.7, y - 0.02, 0.3), (wide + 0.16, y + 0.04, 0.5), (wide * 0.92, y + 0.08, 0.76)],
                [0.11, 0.1, 0.1], hue, 9, 12),
           *(p.turned("x", 48).turned("y", -22).moved(wide * 0.95, y + 0.06, 0.72) for p in claw(shade(hue, 1.1), big))]
    legs = [limb([(wide * 0.75, y - 0.06, z), (wide + 0.28, y + 0.16, z + dz), (wide + 0.52, 0.02, z + 1.6 * dz)],
                 [0.085, 0.075, 0.025], hue, 9, 10)
            for z, dz in ((0.18, 0.06), (0.02, -0.04), (-0.14, -0.14), (-0.28, -0.24))]
    stalk = limb([(0.16, y + 0.12, 0.46), (0.19, y + 0.26, 0.54)], [0.05], hue, 4, 8)
    return made + pair(*rim, *arm, *legs, stalk) + eyes(0.19, y + 0.34, 0.56, 0.11, BLACK, out=8)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bee": (NONE, round_bee, real_bee),
    "butterfly": (("orange", "orange", "blue", "blue", *ANY), upright_butterfly, flying_butterfly),
    "ladybug": (("red", "red", "red", "red", "orange", "yellow"), smiling_ladybug, real_ladybug, flying_ladybug),
    "snail": (("brown", "brown", "orange", *ANY), snail, round_snail),
    "crab": (("red", "red", "red", "orange", "orange", "blue", "purple"), raised_crab, flat_crab),
}
