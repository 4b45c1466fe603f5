"""Vessels and boxes: what holds something; fronts face +z."""

import numpy as np
from numpy.random import Generator

from .palette import ANY, NONE
from .parts import (
    CREAM,
    DARK,
    STEEL,
    WHITE,
    WOOD,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    cut,
    dot,
    lathe,
    moved,
    pair,
    ring,
    rod,
    shade,
    stripes,
    tube,
)

IRON, BRASS = (0.26, 0.27, 0.29), (0.87, 0.68, 0.28)
ROPE = (0.78, 0.66, 0.46)


def hollow(line, wall: float, floor: float = 0.08) -> list:
    """The profile of a vessel with ``line`` [(radius, y), ...] outside and a rounded rim."""
    line = np.asarray(line, float)
    inside = [(max(r - wall, 0.02), y) for r, y in line[::-1] if y > floor + line[0, 1]]
    (r, y) = line[-1]
    return [*line, (r - wall * 0.2, y + wall * 0.35), (r - wall * 0.8, y + wall * 0.35), *inside,
            (0, line[0, 1] + floor)]


def classic_vase(rng: Generator, hue: Color) -> list[Part]:
    """A belly, a narrow neck, a lip that opens; glazed, with a band or a pattern."""
    foot, belly = rng.uniform(0.26, 0.36), rng.uniform(0.52, 0.68)
    neck, lip = rng.uniform(0.18, 0.28), rng.uniform(0.3, 0.42)
    line = curve([(foot, 0), (foot * 1.02, 0.08), (belly, 0.62), (belly * 0.85, 1.0), (neck, 1.38), (lip, 1.68)], 26)
    line = cut(line, 0.12, 0.52, 0.8, 1.52)
    body, second = lathe(hollow(line, 0.06, 1.0), hue,
                         corners=32), (CREAM, WHITE, shade(hue, 0.55), BRASS)[rng.integers(4)]
    how = rng.integers(4)
    if how == 0:
        body = body.painted(lambda c: np.abs(c[:, 1] - 0.66) < 0.14, second)
    elif how == 1:
        body = body.painted(lambda c: (c[:, 1] < 0.12) | (c[:, 1] > 1.52), second)
    elif how == 2:
        body = body.finished("clouded", 0.3, second)
    flowers = [ball((0.1, 0.1, 0.05), (0, 0, 0.0), second, 10).moved(0, 0, belly * 0.97)] if how == 3 else []
    dots = [p for f in flowers for p in around(f.moved(y=0.64), 8)]
    return [body.glossy(0.5), *dots, lathe([(foot * 1.08, 0), (foot * 1.08, 0.05)], shade(hue, 0.7))]


def amphora(rng: Generator, hue: Color) -> list[Part]:
    """With two handles, and rings painted around it."""
    fat, second = rng.uniform(0.46, 0.54), (CREAM, (0.2, 0.17, 0.16), shade(hue, 0.5))[rng.integers(3)]
    line = curve([(0.22, 0), (0.2, 0.1), (fat, 0.7), (fat * 0.86, 1.05), (0.2, 1.34), (0.2, 1.5), (0.3, 1.62)], 28)
    line = cut(line, 0.1, 0.34, 0.46, 0.75, 0.93)
    body = lathe(hollow(line, 0.06, 1.1), hue,
                 corners=32).painted(lambda c: (np.abs(c[:, 1] - 0.84) < 0.09) | (np.abs(c[:, 1] - 0.4) < 0.06)
                                     | (c[:, 1] < 0.1), second)
    ear = tube(curve([(0.2, 1.5, 0), (0.44, 1.48, 0), (0.5, 1.2, 0), (fat * 0.84, 0.98, 0)], 12), 0.05,
               shade(hue, 0.85))
    return [body.glossy(0.3), *pair(ear), lathe([(0.27, -0.04), (0.27, 0.03)], second)]


def bottle_vase(rng: Generator, hue: Color) -> list[Part]:
    """Round as a ball, with a long thin neck; or a tall cylinder with ribs."""
    if rng.random() < 0.5:
        fat = rng.uniform(0.52, 0.6)
        line = curve([(0.24, 0), (fat, 0.42), (fat * 0.7, 0.8), (0.15, 1.05), (0.12, 1.5), (0.18, 1.66)], 28)
        return [lathe(hollow(line, 0.05, 1.2), hue, corners=32).finished("speckled", 0.12, shade(hue, 0.6), gloss=0.4)]
    a = np.linspace(0, 1.6, 30)
    line = np.stack([0.4 + 0.05 * np.sin(a * 21) + 0.08 * np.sin(a * 2), a], -1)
    return [lathe(hollow(line, 0.07, 1.0), hue, corners=32).glossy(0.45)]


def metal_bucket(rng: Generator, hue: Color) -> list[Part]:
    """With a bail that has a wooden grip, ribs and a rolled rim."""
    wide, a, drop = rng.uniform(0.52, 0.6), np.linspace(0, np.pi, 18), rng.uniform(-0.35, 0.35)
    line = [(wide * 0.72, 0), (wide * 0.72, 0.04),
            *((wide * (0.74 + 0.26 * t), 0.06 + 0.94 * t) for t in np.linspace(0, 1, 8))]
    bail = tube(np.stack([wide * 1.06 * np.cos(a), 0.92 + 0.52 * np.sin(a), drop * np.sin(a)], -1), 0.035, STEEL, 8)
    grip = tube(np.stack([wide * 1.06 * np.cos(a), 0.92 + 0.52 * np.sin(a), drop * np.sin(a)], -1)[7:11], 0.075,
                WOOD).finished("wood_x", 0.06)
    ribs = [ring(wide * (0.745 + 0.26 * t), 0.028, (0, 0.06 + 0.94 * t, 0), shade(hue, 0.85)) for t in (0.28, 0.66)]
    return [lathe(hollow(line, 0.05), hue, corners=28).glossy(0.3), ring(wide, 0.05, (0, 1.0, 0), shade(hue, 0.8)),
            *ribs, bail.glossy(0.7), grip,
            *pair(lathe([(0.1, 0), (0.1, 0.06), (0.05, 0.09)], STEEL,
                        corners=12).turned("z", -90).moved(wide * 0.98, 0.9, 0)),
            lathe([(wide * 0.86, 0.72), (wide * 0.86, 0.74)], (0.42, 0.66, 0.78)).glossy(0.7)]


def sand_bucket(rng: Generator, hue: Color) -> list[Part]:
    """A child's, with a broad rim, a flat bail and a spade in sand."""
    wide, second = rng.uniform(0.54, 0.62), ((0.96, 0.78, 0.25), (0.95, 0.5, 0.35), WHITE,
                                             (0.3, 0.65, 0.72))[rng.integers(4)]
    line = [(wide * 0.74, 0), *((wide * (0.76 + 0.24 * t), 0.03 + 0.85 * t) for t in np.linspace(0, 1, 6))]
    a = np.linspace(0.0, np.pi, 16)
    bail = tube(np.stack([wide * 1.08 * np.cos(a), 0.8 + 0.26 * np.sin(a), -wide * 1.0 * np.sin(a) * 0.7], -1), 0.045,
                second)
    spade = [rod((0, 0, 0), (0, 0.62, 0), 0.045, second), rod((-0.13, 0.64, 0), (0.13, 0.64, 0), 0.05, second)]
    spade = moved((p.turned("z", -18).turned("x", 14) for p in spade), 0.12, 0.74, 0.1)
    return [lathe(hollow(line, 0.05), hue, corners=28).glossy(0.4),
            lathe([(wide, 0.84), (wide * 1.1, 0.86), (wide * 1.1, 0.93), (wide * 0.95, 0.93)], hue).glossy(0.4), bail,
            *spade,
            ball((wide * 0.9, 0.2, wide * 0.9), (0, 0.76, 0), (0.88, 0.76, 0.52),
                 18).finished("stone", 0.05), *(dot((0.09, 0.09, 0.03), (0, 0.42, wide * 0.88),
                                                    second).turned("y", 60 * k) for k in range(6))]


def wooden_bucket(rng: Generator, hue: Color) -> list[Part]:
    """Of painted staves with iron hoops and a rope."""
    wide, a = rng.uniform(0.5, 0.58), np.linspace(0, np.pi, 16)
    line = [(wide * 0.84, 0), *((wide * (0.85 + 0.15 * t), 0.9 * t) for t in np.linspace(0.1, 1, 6))]
    body = lathe(hollow(line, 0.08), hue, corners=24).painted(stripes(12), shade(hue, 0.88)).finished("wood", 0.08)
    hoops = [lathe([(wide * k + 0.0, y - 0.05), (wide * k + 0.02, y - 0.04), (wide * k + 0.025, y + 0.04),
                    (wide * k, y + 0.05)], IRON).glossy(0.5) for y, k in ((0.16, 0.885), (0.7, 0.975))]
    ears = pair(box((0.09, 0.26, 0.2), (wide * 0.98, 0.96, 0), shade(hue, 0.8), 0.3))
    rope = tube(np.stack([wide * np.cos(a), 0.98 + 0.42 * np.sin(a), 0.12 * np.sin(a)], -1), 0.045, ROPE,
                8).finished("stripes", 0.05, shade(ROPE, 0.75))
    return [body, *hoops, *ears, rope, lathe([(wide * 0.86, 0.64), (wide * 0.86, 0.66)],
                                             (0.42, 0.66, 0.78)).glossy(0.7)]


def barrel(rng: Generator, hue: Color) -> list[Part]:
    """Of staves and iron hoops, standing."""
    fat, wood = rng.uniform(0.58, 0.68), shade((0.62, 0.40, 0.21), rng.uniform(0.82, 1.1))
    line = np.array(curve([(0.46, 0), (fat, 0.65), (0.46, 1.3)], 17))
    body = lathe([*line, (0.38, 1.3), (0.37, 1.22), (0, 1.22)],
                 wood).painted(stripes(12), shade(wood, 0.84)).finished("wood", 0.08)
    hoops = [lathe([(np.interp(y - d, line[:, 1], line[:, 0]) + 0.018, y - d) for d in (0.055, -0.055)],
                   IRON).glossy(0.6) for y in (0.1, 0.38, 0.92, 1.2)]
    return [body, *hoops, lathe([(0.39, 1.2), (0.39, 1.235)], shade(wood, 0.9)).finished("planks", 0.13)]


def lying_barrel(rng: Generator, hue: Color) -> list[Part]:
    """A cask on its side in a cradle, its tap to the front."""
    fat, wood = rng.uniform(0.56, 0.64), shade((0.56, 0.35, 0.18), rng.uniform(0.85, 1.1))
    line = np.array(curve([(0.42, -0.68), (fat, 0), (0.42, 0.68)], 17))
    body = lathe([*line, (0.36, 0.68), (0.35, 0.62), (0, 0.62)],
                 wood).painted(stripes(12), shade(wood, 0.84)).finished("wood", 0.08)
    hoops = [lathe([(np.interp(y - d, line[:, 1], line[:, 0]) + 0.018, y - d) for d in (0.055, -0.055)],
                   (IRON, BRASS)[rng.integers(2)]).glossy(0.6) for y in (-0.56, -0.26, 0.26, 0.56)]
    cask = [p.turned("x", 90).moved(y=fat + 0.08) for p in (body, *hoops,
                                                            lathe([(0.37, 0.6), (0.37, 0.64)],
                                                                  shade(wood, 1.1)).finished("planks", 0.12))]
    tap = [rod((0, fat - 0.16, 0.6), (0, fat - 0.16, 0.86), 0.055, BRASS),
           rod((0, fat - 0.16, 0.8), (0, fat - 0.32, 0.84), 0.05, BRASS),
           box((0.2, 0.05, 0.06), (0, fat - 0.04, 0.76), BRASS, 0.4),
           rod((0, fat - 0.14, 0.76), (0, fat - 0.04, 0.76), 0.03, BRASS)]
    cradle = [box((fat * 2.1, 0.16, 0.16), (0, 0.08, z), shade(wood, 0.7), 0.1).finished("wood_x", 0.06)
              for z in (0.36, -0.36)]
    return [*cask, *(p.glossy(0.8) for p in tap), *cradle,
            *pair(*(box((0.2, 0.26, 0.16), (fat * 0.84, 0.2, z), shade(wood, 0.7), 0.1) for z in (0.36, -0.36)))]


def framed_crate(rng: Generator, hue: Color) -> list[Part]:
    """A closed wooden box with a frame and diagonals."""
    wood = shade((0.70, 0.50, 0.29), rng.uniform(0.8, 1.1))
    made, dark, t = [box((1, 1, 1), (0, 0, 0), wood).finished("planks", 0.2)], shade(wood, 0.8), 0.15
    cross = [[box((1.18, t, 0.05), (0, 0, 0.51), dark, 0.15).turned("z", 45).finished("wood_x", 0.06)],
             [box((1.18, t, 0.05), (0, 0, 0.51), dark, 0.15).turned("z", s * 45) for s in (1, -1)],
             [box((t, 0.9, 0.05), (0, 0, 0.51), dark, 0.15)]][rng.integers(3)]
    face = [*(box((1.1, t, 0.07), (0, y, 0.52), dark, 0.15).finished("wood_x", 0.06) for y in (0.475, -0.475)),
            *(box((t, 1.1, 0.07), (x, 0, 0.52), dark, 0.15).finished("wood", 0.06) for x in (0.475, -0.475)), *cross]
    bolts = [dot((0.03, 0.03, 0.02), (x, y, 0.56), IRON) for x in (-0.475, 0.475) for y in (-0.475, 0.475)]
    made += [p.turned("y", a) for p in (*face, *bolts) for a in (0, 90, 180, 270)]
    return made + [p.turned("x", -90) for p in face]


def slatted_crate(rng: Generator, hue: Color) -> list[Part]:
    """An open one of slats with gaps, hand holds, often full of fruit."""
    wood, wide, deep = shade((0.74, 0.55, 0.34), rng.uniform(0.85, 1.1)), rng.uniform(1.2, 1.4), 0.85
    made = [box((wide, 0.06, deep), (0, 0.05, 0), shade(wood, 0.85)).finished("wood_x", 0.07),
            *four_posts(wide, deep, shade(wood, 0.8))]
    for y in (0.14, 0.37, 0.6):
        made += [p.finished("wood_x", 0.07) for s in (1, -1)
                 for p in [box((wide + 0.04, 0.18, 0.05), (0, y, s * deep / 2), wood, 0.15)]]
        made += [p.finished("wood_z", 0.07) for p in pair(box((0.05, 0.18, deep), (wide / 2, y, 0), shade(wood, 0.94),
                                                              0.15))]
    if rng.random() < 0.6:
        fruit, n = (((0.80, 0.16, 0.12), 0.17), ((0.95, 0.55, 0.12), 0.16),
                    ((0.55, 0.70, 0.2), 0.17))[rng.integers(3)], 4
        color, r = fruit
        made += [ball(r * rng.uniform(0.92, 1.05), ((i - 1.5) * wide * 0.235, 0.56 + 0.06 * rng.random(),
                                                    (j - 1) * deep * 0.29), shade(color, rng.uniform(0.9, 1.1)),
                      12).glossy(0.3) for i in range(n) for j in range(3)]
        made += [box((wide * 0.9, 0.4, deep * 0.9), (0, 0.24, 0), shade(color, 0.5))]
    return made


def four_posts(wide: float, deep: float, wood: Color) -> list[Part]:
    return [box((0.09, 0.74, 0.09), (s * (wide / 2 - 0.06), 0.37, t * (deep / 2 - 0.06)), wood,
                0.1).finished("wood", 0.05) for s in (1, -1) for t in (1, -1)]


def pouring(rng: Generator, hue: Color) -> list[Part]:
    """A watering can: a round body, a long spout with a rose, a bow of a handle."""
    fat, high, metal = rng.uniform(0.44, 0.52), rng.uniform(0.72, 0.86), (hue, shade(hue, 0.78), BRASS)[rng.integers(3)]
    body = lathe([(fat, 0), (fat * 1.03, 0.04), (fat * 1.0, 0.1), (fat * 0.96, high * 0.5), (fat * 0.94, high),
                  (fat * 0.7, high + 0.14), (fat * 0.6, high + 0.16)], hue, corners=28).glossy(0.4)
    spout = tube(curve([(fat * 0.8, 0.14, 0), (fat + 0.34, high * 0.5, 0), (fat + 0.66, high + 0.14, 0)], 12),
                 np.linspace(0.13, 0.07, 12), hue).glossy(0.4)
    rose = moved((p.turned("z", -42) for p in (lathe([(0.07, 0), (0.19, 0.15), (0.19, 0.19), (0.14, 0.22)], metal,
                                                     corners=18), *around(dot(0.022, (0, 0.205, 0.12), DARK), 6),
                                               dot(0.022, (0, 0.22, 0), DARK))), fat + 0.62, high + 0.1, 0)
    arc = tube(curve([(fat * 0.5, high + 0.12, 0), (fat * 0.2, high + 0.46, 0), (-fat * 0.6, high + 0.5, 0),
                      (-fat - 0.32, high * 0.86, 0), (-fat * 0.94, high * 0.26, 0)], 20), 0.05, metal, 8).glossy(0.4)
    return [body, spout, *rose, arc, rod((fat * 0.7, high * 0.92, 0), (fat + 0.42, high * 0.68, 0), 0.03, metal),
            *(ring(fat * r, 0.03, (0, y, 0), metal) for r, y in ((1.0, 0.1), (0.95, high))),
            lathe([(fat * 0.54, high + 0.15), (fat * 0.54, high + 0.165)], shade(hue, 0.35))]


def garden_can(rng: Generator, hue: Color) -> list[Part]:
    """A plastic watering can, oval and tall, its handle an arch over an open half."""
    long, high = rng.uniform(0.46, 0.54), rng.uniform(0.8, 0.92)
    second = (shade(hue, 0.6), CREAM, (0.95, 0.76, 0.3))[rng.integers(3)]
    body = lathe([(long * 0.94, 0), (long, 0.05), (long * 0.97, high * 0.6), (long * 0.9, high),
                  (long * 0.8, high + 0.03),
                  (long * 0.78, high - 0.06), (0, high - 0.08)], hue, corners=28).scaled(z=0.74).glossy(0.4)
    lid = lathe([(long * 0.92, -0.02), (long * 0.9, 0.06), (long * 0.5, 0.1), (0, 0.1)], hue, corners=28)
    lid = lid.scaled(x=0.5, z=0.74).moved(long * 0.42, high, 0).glossy(0.4)
    arch = tube(curve([(long * 0.5, high + 0.04, 0), (long * 0.2, high + 0.34, 0), (-long * 0.6, high + 0.3, 0),
                       (-long * 1.3, high * 0.72, 0), (-long * 0.95, high * 0.3, 0)], 18), 0.068, second).glossy(0.4)
    spout = tube([(long * 0.7, 0.16, 0), (long + 0.18, 0.42, 0), (long + 0.62, high + 0.2, 0)], (0.16, 0.12, 0.075),
                 hue)
    rose = [lathe([(0.08, 0), (0.2, 0.13), (0.2, 0.18)], second, corners=18),
            *around(dot(0.026, (0, 0.18, 0.12), DARK), 6), dot(0.026, (0, 0.18, 0), DARK)]
    return [body, lid, arch, spout.glossy(0.4), *moved((p.turned("z", -34) for p in rose), long + 0.58, high + 0.14, 0),
            lathe([(long * 1.03, high * 0.2), (long * 1.03, high * 0.3)], second, corners=28).scaled(z=0.74)]


SHAPES = {                              # name: the colors that it comes in, and its designs
    "vase": (ANY, classic_vase, amphora, bottle_vase),
    "bucket": (ANY, metal_bucket, sand_bucket, wooden_bucket),
    "barrel": (NONE, barrel, lying_barrel),
    "crate": (NONE, framed_crate, slatted_crate),
    "watering can": (ANY, pouring, garden_can),
}
