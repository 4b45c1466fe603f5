"""Houses to live in, doors towards +z, the ground is y = 0."""

import numpy as np
from numpy.random import Generator

from .palette import ANY
from .parts import BRICK, GOLD, STONE, Color, Part, ball, box, dot, lathe, moved, pair, prism, rod, shade, turned

WHITEWASH, PLASTER, TIMBERS, SLATE = (0.95, 0.94, 0.90), (0.94, 0.88, 0.76), (0.38, 0.25, 0.16), (0.34, 0.38, 0.44)
PANE, LAMP, MORTAR, OAK = (0.40, 0.58, 0.70), (0.99, 0.86, 0.52), (0.86, 0.82, 0.76), (0.50, 0.32, 0.19)
ROOFS = ((0.66, 0.30, 0.22), (0.45, 0.30, 0.22), SLATE, (0.36, 0.46, 0.38))


def one_of(rng: Generator, *choice):
    return choice[int(rng.integers(len(choice)))]


def placed(parts: list[Part], x: float, y: float, z: float, turn: float = 0.0) -> list[Part]:
    """What was made in front of z = 0, turned to look elsewhere."""
    return moved(turned(parts, "y", turn), x, y, z)


def window(wide: float, high: float, frame: Color = WHITEWASH, pane: Color = PANE, bars: bool = True) -> list[Part]:
    """Its middle at the origin, looking along +z."""
    t = 0.035
    made = [
        box((wide + 2 * t, high + 2 * t, 0.06), (0, 0, 0), frame),
        box((wide, high, 0.08), (0, 0, 0), pane).glossy(0.6),
        box((wide + 4 * t, t * 1.2, 0.13), (0, -high / 2 - t, 0), frame)
    ]
    if bars:
        made += [box((t * 0.9, high, 0.1), (0, 0, 0), frame), box((wide, t * 0.9, 0.1), (0, 0, 0), frame)]
    return made


def shutters(wide: float, high: float, color: Color) -> list[Part]:
    return pair(box((wide * 0.5, high * 1.12, 0.06), (wide * 0.84, 0, 0.0), color, 0.15))


def arch(wide: float, high: float, depth: float, color: Color, pointed: float = 1.0) -> Part:
    """A flat panel with a round top, above 1 a pointed one; its foot at the origin."""
    a = np.linspace(0, np.pi, 11)
    top = np.stack([np.cos(a) * wide / 2, high - wide / 2 * pointed + np.sin(a)**(1 / pointed) * wide / 2 * pointed],
                   -1)
    if pointed > 1:
        top[:, 1] = high - wide / 2 * pointed * np.abs(np.cos(a)) ** 1.6
    return prism([(-wide / 2, 0), (wide / 2, 0), *top], depth, (0, 0, 0), color)


def door(wide: float, high: float, color: Color, frame: Color = WHITEWASH) -> list[Part]:
    """Its foot at the origin."""
    return [
        box((wide + 0.1, high + 0.05, 0.07), (0, high / 2 + 0.02, 0), frame),
        box((wide, high, 0.1), (0, high / 2, 0), color).finished("staves", wide / 4),
        box((wide * 0.5, high * 0.22, 0.115), (0, high * 0.76, 0), PANE),
        dot(0.03, (wide * 0.34, high * 0.46, 0.06), GOLD),
        box((wide + 0.2, 0.07, 0.26), (0, 0.03, 0.08), shade(STONE, 1.1), 0.2)
    ]


def arched_door(wide: float, high: float, color: Color, frame: Color) -> list[Part]:
    return [arch(wide + 0.14, high + 0.08, 0.1, frame), arch(wide, high, 0.15, color).finished("staves", wide / 5),
            dot(0.03, (wide * 0.28, high * 0.45, 0.08), GOLD)]


def slab(long: float, down: float, slope: float, color: Color, thick: float = 0.08, size: float = 0.13) -> Part:
    """Half a roof, its ridge along z at the origin, falling to +x by ``slope`` degrees."""
    flat = box((long, down, thick), (0, -down / 2, thick * 0.3), color, 0.15).finished("shingles", size)
    return flat.turned("x", slope - 90).turned("y", 90)


def gable(wide: float, deep: float, rise: float, over: float, color: Color, size: float = 0.13) -> list[Part]:
    """A roof whose ridge runs front to back at y = ``rise``, over walls that end at y = 0."""
    slope, down = np.degrees(np.arctan2(rise, wide / 2)), np.hypot(wide / 2, rise) + over
    top = rod((0, rise + 0.045, -deep / 2 - over), (0, rise + 0.045, deep / 2 + over), 0.055, shade(color, 0.85))
    return [*pair(slab(deep + 2 * over, down, slope, color, size=size).moved(0, rise + 0.03, 0)), top]


def hip(wide: float, deep: float, rise: float, color: Color, flat: float = 0.3, size: float = 0.12) -> Part:
    """A roof that falls to all four sides from a ridge of ``flat`` times its width."""
    roof = lathe([(0.5 ** 0.5 * 0.94, -0.05), (0.5 ** 0.5, 0), (0.5 ** 0.5 * flat, rise)], color, corners=4)
    return roof.scaled(wide, 1, deep).finished("shingles", size)


def walls(wide: float, deep: float, high: float, rise: float, color: Color) -> Part:
    return prism([(-wide / 2, 0), (wide / 2, 0), (wide / 2, high), (0, high + rise), (-wide / 2, high)], deep,
                 (0, 0, 0), color)


def chimney(at: tuple, high: float, color: Color = BRICK) -> list[Part]:
    return [box((0.2, high, 0.2), (at[0], at[1] + high / 2, at[2]), color).finished("brick", 0.07, MORTAR),
            box((0.26, 0.07, 0.26), (at[0], at[1] + high, at[2]), shade(color, 0.75), 0.2)]


def bush(x: float, z: float, r: float) -> Part:
    return ball((r, r * 0.85, r), (x, r * 0.6, z), (0.34, 0.52, 0.24), 12).finished("foliage", 0.3)


def cottage(rng: Generator, hue: Color) -> list[Part]:
    """Boarded walls, a porch, shutters, a brick chimney."""
    wide, deep, high, rise = rng.uniform(1.2, 1.4), rng.uniform(1.1, 1.4), rng.uniform(0.72,
                                                                                       0.85), rng.uniform(0.55, 0.72)
    if rng.random() < 0.55:
        wall, roof, accent = hue, one_of(rng, *ROOFS[1:3]), shade(hue, 0.6)
    else:
        wall, roof, accent = one_of(rng, WHITEWASH, PLASTER), hue, shade(hue, 0.8)
    made = [
        walls(wide, deep, high, rise, wall).finished("planks", 0.1, amount=0.8),
        box((wide + 0.06, 0.12, deep + 0.06), (0, 0.06, 0),
            STONE).finished("blocks", 0.1), *moved(gable(wide, deep, rise, 0.13, roof), y=high), *chimney(
                (wide * 0.26, high + 0.2, -deep * 0.2), rise * 0.85 + 0.1),
        *placed(door(0.28, 0.52, OAK), 0, 0.08, deep / 2)
    ]
    pane = window(0.24, 0.26, pane=one_of(rng, PANE, LAMP))
    made += pair(*placed([*pane, *shutters(0.24, 0.26, accent)], wide * 0.33, 0.5, deep / 2)[:5])
    made += placed(window(0.2, 0.22), 0, high + rise * 0.36, deep / 2)
    for z in (-deep * 0.25, deep * 0.25):
        made += pair(*placed(pane, wide / 2, 0.5, z, 90))
    made += pair(*placed(pane, wide * 0.24, 0.5, -deep / 2, 180))
    made += pair(rod((0.26, 0.08, deep / 2 + 0.32), (0.26, 0.7, deep / 2 + 0.32), 0.04, WHITEWASH),
                 bush(wide * 0.36, deep / 2 + 0.14, 0.15))
    return [*made, *placed(gable(0.52, 0.32, 0.2, 0.06, roof, 0.1), 0, 0.68, deep / 2 + 0.18),
            box((0.7, 0.08, 0.46), (0, 0.04, deep / 2 + 0.2), shade(STONE, 1.1), 0.2)]


def town_house(rng: Generator, hue: Color) -> list[Part]:
    """Two floors of brick or plaster in color under a hipped roof."""
    wide, deep, high = rng.uniform(1.25, 1.5), rng.uniform(1.0, 1.2), rng.uniform(1.25, 1.4)
    roof, kind = one_of(rng, SLATE, (0.40, 0.28, 0.22)), one_of(rng, "brick", "plain", "brick")
    made = [
        box((wide, high, deep), (0, high / 2, 0), hue, 0.02).finished(kind, 0.085, shade(MORTAR, 1.0)),
        hip(wide + 0.24, deep + 0.24, rng.uniform(0.42, 0.55), roof).moved(0, high + 0.03, 0),
        box((wide + 0.12, 0.07, deep + 0.12), (0, high - 0.02, 0), WHITEWASH, 0.2),
        box((wide + 0.06, 0.07, deep + 0.06), (0, high * 0.5, 0), WHITEWASH, 0.2),
        box((wide + 0.08, 0.12, deep + 0.08), (0, 0.06, 0), STONE,
            0.1), *pair(*chimney((wide * 0.36, high + 0.05, 0), 0.5)),
        *placed(door(0.28, 0.5, shade(hue, 0.45)), 0, 0.1, deep / 2),
        box((0.56, 0.07, 0.28), (0, 0.7, deep / 2 + 0.12), WHITEWASH,
            0.2), *pair(rod((0.22, 0.06, deep / 2 + 0.2), (0.22, 0.68, deep / 2 + 0.2), 0.035, WHITEWASH))
    ]
    pane = window(0.22, 0.3)
    for y in (high * 0.27, high * 0.76):
        made += pair(*placed(pane, wide * 0.33, y, deep / 2), *placed(pane, wide * 0.28, y, -deep / 2, 180),
                     *placed(pane, wide / 2, y, deep * 0.22, 90), *placed(pane, wide / 2, y, -deep * 0.22, 90))
    return [*made, *placed(pane, 0, high * 0.76, deep / 2), *placed(pane, 0, high * 0.76, -deep / 2, 180),
            *pair(bush(wide * 0.33, deep / 2 + 0.12, 0.14))]


def modern_house(rng: Generator, hue: Color) -> list[Part]:
    """Two flat-roofed blocks, the upper in color and jutting out, with large panes."""
    wide, deep = rng.uniform(1.5, 1.7), rng.uniform(1.1, 1.25)
    side = one_of(rng, -1, 1)
    light = one_of(rng, WHITEWASH, (0.82, 0.80, 0.76))
    made = [
        box((wide, 0.1, deep + 0.3), (0, 0.05, 0.05), shade(STONE, 1.15), 0.2),
        box((wide * 0.86, 0.56, deep * 0.86), (0, 0.36, -0.05), light, 0.03),
        box((wide * 0.3, 0.56, 0.06), (-wide * 0.26, 0.36, deep * 0.38), TIMBERS).finished("staves", 0.07),
        box((wide, 0.6, deep), (0, 0.94, 0.04), hue, 0.05),
        box((wide * 0.9, 0.07, deep * 0.9), (0, 1.26, 0.04), shade(hue, 0.75),
            0.2), *placed(window(wide * 0.62, 0.34, (0.2, 0.21, 0.23), PANE, False), 0, 0.95, deep / 2 + 0.04),
        *(box((0.035, 0.36, 0.1), (x * wide, 0.95, deep / 2 + 0.04), (0.2, 0.21, 0.23)) for x in (-0.1, 0.1)),
        *placed(window(wide * 0.34, 0.4, (0.2, 0.21, 0.23), LAMP, False), wide * 0.16, 0.36, deep * 0.38), *placed(
            [box((0.24, 0.46, 0.08), (0, 0.23, 0), OAK).finished("staves", 0.06),
             dot(0.03, (0.08, 0.22, 0.05), GOLD)], -wide * 0.24, 0.1, deep * 0.4)
    ]
    for y, x, w in ((0.95, wide / 2, 0.5), (0.38, wide * 0.43, 0.36)):
        made += pair(*placed(window(w, 0.26, (0.2, 0.21, 0.23), PANE, False), x, y, 0, 90))
    made += placed(window(wide * 0.5, 0.3, (0.2, 0.21, 0.23), PANE, False), 0, 0.95, -deep / 2 + 0.04, 180)
    made += placed(window(wide * 0.3, 0.36, (0.2, 0.21, 0.23), PANE, False), 0, 0.36, -deep * 0.48, 180)
    made += [
        bush(wide * 0.46, deep * 0.5, 0.13),
        box((0.3, 0.1, 0.5), (0, 1.32, -0.2), (0.25, 0.33, 0.45), 0.1).glossy(0.5)
    ]
    return [p.scaled(x=side) for p in made]


def storybook_house(rng: Generator, hue: Color) -> list[Part]:
    """Half-timbered, with a steep roof in color and a jutting upper floor."""
    wide, deep, high, rise = rng.uniform(1.05, 1.2), rng.uniform(1.0, 1.2), 0.62, rng.uniform(0.85, 1.0)
    wall = one_of(rng, WHITEWASH, PLASTER)
    upper = [
        walls(wide * 1.1, deep * 1.08, 0.36, rise, wall),
        *moved(gable(wide * 1.1, deep * 1.08, rise, 0.12, hue, 0.14), y=0.36)
    ]
    beams = [
        box((wide * 1.13, 0.07, deep * 1.11), (0, 0.03, 0), TIMBERS, 0.2),
        box((wide * 1.12, 0.06, deep * 1.1), (0, 0.36, 0), TIMBERS, 0.2)
    ]
    for side in (-1, 1):
        z = side * deep * 0.54
        beams += [
            rod((x * wide, 0, z), (x * wide, 0.36, z), 0.035, TIMBERS, corners=6) for x in (-0.54, -0.2, 0.2, 0.54)
        ]
        beams += [rod((0, 0.36, z), (0, 0.36 + rise * 0.9, z), 0.035, TIMBERS, corners=6)]
        beams += pair(rod((0.2 * wide, 0.02, z), (0.5 * wide, 0.34, z), 0.03, TIMBERS, corners=6),
                      rod((0.42 * wide, 0.38, z), (0.05, 0.36 + rise * 0.46, z), 0.03, TIMBERS, corners=6))
    beams += pair(*(rod((wide * 0.55, 0, z * deep), (wide * 0.55, 0.36, z * deep), 0.035, TIMBERS, corners=6)
                    for z in (-0.5, -0.18, 0.18, 0.5)))
    pane = window(0.2, 0.2, TIMBERS, LAMP)
    made = [
        box((wide, high, deep), (0, high / 2, 0), shade(STONE, 1.1),
            0.03).finished("blocks", 0.12, shade(STONE, 0.7)), *moved([*upper, *beams], y=high),
        *placed(arched_door(0.28, 0.48, OAK, shade(STONE, 0.75)), 0, 0, deep / 2), *chimney(
            (wide * 0.3, high + 0.5, -deep * 0.22), 0.72, shade(STONE, 0.95)),
        *pair(bush(wide * 0.36, deep / 2 + 0.1, 0.13))
    ]
    made += pair(*placed(pane, wide * 0.34, 0.34, deep / 2), *placed(pane, wide / 2, 0.34, 0, 90),
                 *placed(pane, wide * 0.26, 0.34, -deep / 2, 180))
    made += placed(pane, 0.0, high + 0.19, deep * 0.54) + placed(pane, 0, high + 0.19, -deep * 0.54, 180)
    return made


SHAPES = {                              # name: the colors that it comes in, and its designs
    "house": (ANY, cottage, town_house, modern_house, storybook_house),
}
