"""Engines on rails, in the field and on tracks; all go towards +z."""

import numpy as np
from numpy.random import Generator

from .coachwork import BLACK, CHROME, LAMP, PAINT, PANE, REAR, cabin, grille, lamp, shell, side
from .palette import ANY
from .parts import (
    CREAM,
    DARK,
    GOLD,
    STEEL,
    TYRE,
    WHITE,
    Color,
    Part,
    around,
    ball,
    box,
    curve,
    lathe,
    loft,
    moved,
    pair,
    prism,
    ring,
    rod,
    shade,
    tube,
)

IRON, CRIMSON = (0.24, 0.25, 0.28), (0.72, 0.16, 0.13)


def driver(radius: float, at, color: Color, count: int = 8) -> list[Part]:
    """A spoked iron wheel, its rim to +x."""
    made = [lathe([(radius * 0.8, -0.06), (radius, -0.06), (radius, 0.06), (radius * 0.8, 0.06)], shade(STEEL, 0.8),
                  closed=True).glossy(0.6),
            lathe([(radius * 0.84, -0.03), (radius * 0.84, 0.03)],
                  shade(color, 0.4)), lathe([(radius * 0.28, -0.04), (radius * 0.28, 0.08), (radius * 0.16, 0.1)],
                                             color, corners=14),
            *around(box((radius * 0.16, 0.09, radius * 0.86), (0, 0.01, radius * 0.45), color), count)]
    return moved((p.turned("z", -90) for p in made), *at)


def steam_engine(rng: Generator, hue: Color) -> list[Part]:
    """A locomotive with boiler, chimney, dome, cab and cow-catcher."""
    fat, y, trim = rng.uniform(0.34, 0.4), 0.84, (GOLD, CREAM)[rng.integers(2)]
    gear = (CRIMSON, shade(hue, 0.6), IRON)[rng.integers(3)]
    along = [(fat, 0), (fat, 1.45)]
    boiler = lathe(along, hue).turned("x", 90).moved(0, y, -0.5).glossy(PAINT)
    bands = [lathe([(fat * 1.03, -0.03), (fat * 1.03, 0.03)], trim).turned("x", 90).moved(0, y, z).glossy(0.7)
             for z in (-0.2, 0.2, 0.6)]
    front = lathe([(fat * 1.03, 0), (fat * 1.03, 0.2), (fat * 0.9, 0.24), (fat * 0.84, 0.25), (fat * 0.5, 0.29),
                   (0, 0.31)], IRON).turned("x", 90).moved(0, y, 0.84)
    wide = rng.uniform(0.16, 0.26)
    chimney = lathe([(0.17, 0), (0.11, 0.06), (0.11, 0.3), (wide, 0.46), (wide, 0.53), (wide * 0.7, 0.53), (0.08, 0.3)],
                    IRON, (0, y + fat - 0.05, 0.86))
    made = [boiler, *bands, front, chimney, lathe([(0.19, -0.08), (0.17, 0.1), (0.12, 0.19), (0, 0.23)], GOLD,
                                                  (0, y + fat, 0.38)).glossy(0.9),
            lathe([(0.13, -0.06), (0.13, 0.12), (0.07, 0.18), (0.05, 0.26)], hue, (0, y + fat, -0.05)),
            box((0.9, 0.1, 2.1), (0, 0.42, 0.05), gear,
                0.3), box((0.6, 0.24, 1.9), (0, 0.32, 0.05),
                          IRON), shell([(-1.02, 0.46, 1.5, 0.45), (-0.46, 0.46, 1.5, 0.45)], hue, 0.06).glossy(PAINT),
            side([(-1.14, 1.48), (-0.36, 1.48), (-0.36, 1.54), (-0.75, 1.6), (-1.14, 1.54)], 1.06,
                 IRON), *moved(lamp(0.1, (0, 0, 0)), 0, y + 0.16,
                               1.14), box((0.16, 0.16, 0.2), (0, y + 0.16, 1.08), GOLD, 0.2),
            box((0.94, 0.14, 0.1), (0, 0.42, 1.16), gear,
                0.2), box((0.56, 0.34, 0.03), (0, 1.2, -1.02), PANE,
                          0.1), box((0.8, 0.36, 0.3), (0, 0.64, -1.14), IRON, 0.2)]
    bars = [rod((x * 0.9, 0.36, 1.18), (x * 0.45, 0.1, 1.42), 0.028, gear, corners=6)
            for x in np.linspace(-0.44, 0.44, 7)]
    made += [*bars, rod((-0.24, 0.1, 1.42), (0.24, 0.1, 1.42), 0.04, gear)]
    made += pair(box((0.03, 0.4, 0.34), (0.45, 1.18, -0.74), trim, 0.2),
                 box((0.035, 0.32, 0.26), (0.455, 1.18, -0.74), PANE, 0.2).glossy(0.5),
                 rod((0.34, 0.44, 1.16), (0.34, 0.44, 1.28), 0.08, IRON),
                 box((0.04, 0.06, 1.1), (0.53, 0.27, -0.24), STEEL,
                     0.3).glossy(0.6), box((0.2, 0.2, 0.34), (0.42, 0.34, 0.78), hue,
                                           0.3), box((0.16, 0.17, 0.2), (0.26, 1.2, -0.44), PANE))
    for z, r in ((0.88, 0.17), (0.24, 0.27), (-0.3, 0.27), (-0.84, 0.27)):
        made += pair(*driver(r, (0.42, r, z), gear))
    return made


def shunter(rng: Generator, hue: Color) -> list[Part]:
    """A diesel engine: a high bonnet with grilles, a cab behind it, striped ends."""
    long, w, trim = rng.uniform(1.1, 1.25), 0.46, (CREAM, (0.95, 0.75, 0.2), WHITE)[rng.integers(3)]
    made = [shell([(-long * 0.3, 0.44, 1.06, w * 0.8), (long * 0.9, 0.44, 1.06, w * 0.8),
                   (long * 0.96, 0.44, 1.02, w * 0.76)], hue, 0.16).glossy(PAINT),
            box((w * 2.1, 0.14, long * 2), (0, 0.42, 0), BLACK, 0.2),
            shell([(-long * 0.9, 0.44, 0.9, w), (-long * 0.28, 0.44, 0.9, w)], hue,
                  0.02).glossy(PAINT), cabin(hue, 0.88, 1.48, (-long * 0.9, -long * 0.28), (-long * 0.88, -long * 0.31),
                                             w, (-long * 0.86, -long * 0.59, -long * 0.32), 0.06, 0.12, PANE,
                                             shade(hue, 0.6), 0.05),
            box((w * 2.02, 0.09, long * 1.26), (0, 0.6, long * 0.32), trim,
                0.1).scaled(x=0.815), box((w * 2.03, 0.09, long * 0.64), (0, 0.6, -long * 0.59), trim, 0.1),
            *grille((w * 0.9, 0.24), (0, 0.84, long * 0.95),
                    4), box((w * 1.5, 0.26, 0.03), (0, 1.14, -long * 0.275),
                            PANE).glossy(0.4), box((w * 1.5, 0.28, 0.03), (0, 1.16, -long * 0.905), PANE).glossy(0.4),
            lathe([(0.09, 0), (0.09, 0.16), (0.12, 0.17), (0.12, 0.21)], BLACK,
                  (0, 1.04, long * 0.55)), *(box((w * 2.04, 0.2, 0.1), (0, 0.4, s * long), (0.93, 0.72, 0.16),
                                                 0.2).finished("stripes_x", 0.13, DARK) for s in (1, -1)),
            box((0.3, 0.05, 0.4), (0, 1.07, long * 0.2), BLACK, 0.3)]
    made += pair(*(rod((0.3, 0.42, s * long), (0.3, 0.42, s * (long + 0.14)), 0.07, IRON) for s in (1, -1)),
                 *(p for p in lamp(0.08, (0.28, 0.64, long * 0.97))),
                 *(box((0.03, 0.2, 0.12), (w * 0.8, 0.84, z * long), BLACK, 0.2)
                   for z in (0.05, 0.22, 0.39, 0.56, 0.73)), rod((w, 0.46, -long * 0.22), (w, 0.9, -long * 0.22), 0.02,
                                                                 trim),
                 tube([(w, 0.46, long * 0.93), (w, 0.8, long * 0.93), (w, 0.8, -long * 0.22)], 0.022,
                      trim), box((0.04, 0.07, long * 1.2), (0.5, 0.24, 0), STEEL, 0.3))
    for z in (-0.6, 0.0, 0.6):
        made += pair(*driver(0.24, (0.42, 0.24, z * long), IRON, 6))
    return made


def railcar(rng: Generator, hue: Color) -> list[Part]:
    """A fast train's head: a smooth nose, a dark screen, a band of windows."""
    long, w = rng.uniform(1.5, 1.7), 0.46
    top = curve([(-long, 1.24), (long * 0.3, 1.24), (long * 0.6, 1.08), (long * 0.85, 0.74), (long, 0.42)], 34)
    half = np.interp(top[:, 0], [-long, long * 0.4, long * 0.75, long], [w, w, w * 0.82, w * 0.35])
    other = WHITE if sum(hue) < 2.4 else DARK
    hull = shell([(z, 0.22, max(y, 0.3), h) for (z, y), h in zip(top, half)], hue, 0.2, 0.1)

    count = int(rng.integers(5, 8))
    made = [hull.glossy(PAINT),
            shell([(z, 0.8, y + 0.012, h * 0.78) for (z, y), h in zip(top, half) if long * 0.4 < z < long * 0.78], PANE,
                  0.18, 0.1).glossy(0.7),
            box((0.7, 0.14, long * 1.7), (0, 0.2, -0.1), DARK,
                0.3), box((w * 1.2, 0.1, long * 0.5), (0, 1.26, -long * 0.55), shade(hue, 0.7),
                          0.4), box((0.6, 0.7, 0.04), (0, 0.66, -long), DARK, 0.1)]
    for k in range(count):
        made += pair(box((0.03, 0.2, long * 0.95 / count), (w * 0.945, 0.86, -long * 0.78 + k * long * 1.16 / count),
                         PANE, 0.3).glossy(0.5))
    made += pair(box((0.03, 0.62, 0.2), (w * 0.975, 0.68, -long * 0.9), shade(hue, 0.6), 0.2),
                 ball((0.07, 0.05, 0.12), (0.19, 0.52, long * 0.93), LAMP, 12).glossy(0.5),
                 box((0.02, 0.13, long * 1.2), (w * 0.99, 0.54, -long * 0.38), other))
    for z in (-0.75, -0.5, 0.3, 0.55):
        made += pair(*driver(0.16, (0.34, 0.16, z * long), IRON, 6))
    return made


def lug_wheel(radius: float, width: float, at, hub: Color) -> list[Part]:
    """A tractor's wheel with bars on its tread, its rim to +x."""
    w, t = width / 2, radius * 0.58
    rubber = lathe([(t, -w), (radius * 0.88, -w), (radius * 0.95, -w * 0.7), (radius * 0.95, w * 0.7),
                    (radius * 0.88, w), (t, w)], TYRE, corners=28)
    rim = lathe([(t * 1.03, w * 0.3), (t * 1.03, w * 1.03), (t * 0.86, w * 1.03), (t * 0.74, w * 0.7),
                 (t * 0.34, w * 0.76), (t * 0.3, w * 1.0), (0, w * 1.05)], hub).glossy(0.3)
    lugs = [box((radius * 0.13, width * 0.52, radius * 0.1), (0, s * w * 0.5, radius * 0.955),
                TYRE).turned("z", s * 30).turned("y", 360 * (k + s * 0.25) / 14) for k in range(14) for s in (-1, 1)]
    return moved((p.turned("z", -90) for p in (rubber, rim, *lugs)), *at)


def farm_tractor(rng: Generator, hue: Color) -> list[Part]:
    """With a glazed cab, guards over the big wheels and a pipe."""
    big, small, hub = rng.uniform(0.52, 0.58), rng.uniform(0.3,
                                                           0.34), ((0.95, 0.8, 0.3), CREAM,
                                                                   (0.86, 0.86, 0.86))[rng.integers(3)]
    a = np.linspace(0.15, np.pi * 0.85, 12)
    guard = tube(np.stack([0 * a, big + (big + 0.07) * np.sin(a), -0.45 + (big + 0.07) * np.cos(a)], -1), 0.045, hue,
                 8).scaled(x=3.4).moved(0.48)
    made = [shell([(-0.1, 0.56, 0.98, 0.26), (0.7, 0.56, 0.95, 0.25), (0.98, 0.56, 0.88, 0.23)], hue,
                  0.1).glossy(PAINT), box((0.36, 0.2, 1.3), (0, 0.5, 0.2), IRON, 0.2),
            *grille((0.36, 0.26), (0, 0.7, 0.98), 4, DARK),
            shell([(-0.78, 0.56, 0.9, 0.36), (-0.04, 0.56, 0.9, 0.36)], hue,
                  0.04).glossy(PAINT), cabin(hue, 0.88, 1.62, (-0.8, -0.02), (-0.76, -0.1), 0.37, (-0.74, -0.12), 0.03,
                                             0.05, (0.55, 0.72, 0.8), hue, 0.04),
            box((0.84, 0.1, 0.9), (0, 1.63, -0.42), hue, 0.45).glossy(PAINT), box((0.62, 0.5, 0.03), (0, 1.24, -0.79),
                                                                      (0.55, 0.72, 0.8)).glossy(0.4), box((0.62, 0.5,
                                                                      0.03), (0, 1.24, -0.03),
                                                                      (0.55, 0.72, 0.8)).glossy(0.4),
            rod((0.17, 0.9, 0.34), (0.17, 1.44, 0.34), 0.045,
                CHROME).glossy(0.8), box((0.7, 0.1, 0.16), (0, small, 0.74), IRON,
                                         0.3), box((0.3, 0.2, 0.16), (0, 0.42, 0.98), IRON,
                                                   0.2), box((0.1, 0.08, 0.3), (0, 0.4, -0.95), IRON)]
    return made + pair(guard.glossy(PAINT), *lug_wheel(big, 0.3, (0.56, big, -0.45), hub),
                       *lug_wheel(small, 0.2, (0.44, small, 0.74), hub), *lamp(0.06, (0.13, 0.88, 0.96)),
                       box((0.1, 0.07, 0.05), (0.28, 1.63, 0.04), LAMP, 0.3),
                       *(box((0.03, 0.06, 0.06), (0.265, 0.76, z), DARK) for z in (0.2, 0.34, 0.48, 0.62)))


def old_tractor(rng: Generator, hue: Color) -> list[Part]:
    """An open one: a round bonnet, a pan seat, a steering wheel."""
    big, small, hub = rng.uniform(0.5, 0.56), 0.27, (CREAM, (0.86, 0.2, 0.15), (0.95, 0.78, 0.25))[rng.integers(3)]
    a = np.linspace(0.1, np.pi * 0.8, 12)
    guard = tube(np.stack([0 * a, big + (big + 0.07) * np.sin(a), -0.5 + (big + 0.07) * np.cos(a)], -1), 0.045, hue,
                 8).scaled(x=3.2).moved(0.46)
    made = [shell([(-0.06, 0.5, 0.98, 0.2), (0.5, 0.5, 1.02, 0.23), (0.9, 0.5, 1.0, 0.23), (0.98, 0.52, 0.95, 0.21)],
                  hue, 0.18).glossy(PAINT), *grille((0.3, 0.38), (0, 0.74, 0.98), 5),
            box((0.3, 0.26, 1.2), (0, 0.48, -0.1), IRON, 0.2),
            box((0.4, 0.3, 0.5), (0, 0.56, -0.5), hue,
                0.3), lathe([(0.0, 0), (0.2, 0.02), (0.24, 0.12), (0.2, 0.12), (0.14, 0.06)],
                            DARK).moved(0, 0.92, -0.56), box((0.34, 0.24, 0.06), (0, 1.06, -0.76), DARK,
                                                             0.5), rod((0, 0.66, -0.5), (0, 0.95, -0.56), 0.05, STEEL),
            rod((0, 0.86, -0.02), (0, 1.12, -0.22), 0.035,
                DARK), ring(0.17, 0.03, (0, 0, 0), DARK).turned("x",
                                                                40).moved(0, 1.13,
                                                                      -0.23), lathe([(0.05, 0), (0.05, 0.34),
                                                                      (0.09, 0.36), (0.09, 0.44)], IRON,
                                                                      (0, 0.98, 0.55)), rod((-0.4, small, 0.78),
                                                                      (0.4, small, 0.78), 0.05, IRON)]
    return made + pair(guard.glossy(PAINT), *lug_wheel(big, 0.26, (0.46, big, -0.5), hub),
                       *lug_wheel(small, 0.17, (0.4, small, 0.78), hub), *lamp(0.09, (0.3, 0.86, 0.86)),
                       rod((0.18, 0.86, 0.84), (0.3, 0.86, 0.84), 0.03, hue),
                       rod((0.2, 0.5, -0.5), (0.4, big, -0.5), 0.08, IRON))


def track(x: float, width: float, long: float, high: float, wheels: int, color: Color) -> list[Part]:
    """A chain of plates around road wheels, at ``x``."""
    a = np.linspace(0, np.pi, 9)
    r = high / 2
    arc = [(long / 2 - r * 0.9 + r * np.sin(t), r - r * np.cos(t))
           for t in a] + [(-long / 2 + r * 0.9 - r * np.sin(t), r + r * np.cos(t)) for t in a]
    made = [side(arc, width, DARK).moved(x)]
    line = np.array([*arc, arc[0]])
    s = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    for d in np.arange(0, s[-1] - 0.04, s[-1] / 30):
        (z0, y0), (z1, y1) = ([np.interp(v, s, line[:, k]) for k in (0, 1)] for v in (d, d + 0.02))
        made += [box((width * 1.06, 0.06, 0.085), (0, 0, 0),
                     (0.3, 0.3, 0.31)).turned("x", -np.degrees(np.arctan2(y1 - y0, z1 - z0))).moved(x, y0, z0)]
    spread = np.linspace(-1, 1, wheels) * (long / 2 - r * 0.95)
    for z in spread:
        made += moved((p.turned("z", -90)
                       for p in (lathe([(r * 0.7, 0), (r * 0.7, 0.05), (r * 0.5, 0.06), (r * 0.5, 0.03),
                                        (r * 0.22, 0.04), (r * 0.2, 0.08)], color, corners=18),)), x + width / 2, r, z)
    return made


def battle_tank(rng: Generator, hue: Color) -> list[Part]:
    """Tracks, a sloping hull, a turret with a long gun."""
    long, gun = rng.uniform(1.75, 1.95), rng.uniform(1.0, 1.25)
    camo = shade(hue, 0.62)
    hull = side([(-long * 0.5, 0.44), (-long * 0.52, 0.66), (long * 0.32, 0.68), (long * 0.5, 0.46), (long * 0.44, 0.3),
                 (-long * 0.46, 0.3)], 0.7, hue)
    deck = side([(-long * 0.52, 0.52), (-long * 0.52, 0.66), (long * 0.36, 0.66), (long * 0.5, 0.52)], 1.16, hue)
    z = rng.uniform(-0.16, 0.0)
    turret = loft([(z - 0.5, 0.86, 0.26, 0.13), (z - 0.36, 0.86, 0.4, 0.18), (z + 0.1, 0.86, 0.44, 0.19),
                   (z + 0.4, 0.84, 0.3, 0.15), (z + 0.46, 0.84, 0.24, 0.1)], hue, 0.55)
    made = [*(p.finished("clouded", 0.22, camo) for p in (hull, deck, turret)),
            tube([(0, 0.86, z + 0.4), (0, 0.88, z + 0.62), (0, 0.9, z + gun)], [0.1, 0.07, 0.06], shade(hue, 0.85)),
            lathe([(0.085, -0.1), (0.085, 0.1), (0.05, 0.1), (0.05, 0.04)], shade(hue, 0.7),
                  corners=14).turned("x", 90).moved(0, 0.9,
                                                    z + gun), lathe([(0.17, 0), (0.17, 0.1), (0.13, 0.13)],
                                                                    shade(hue, 0.8), (0.17, 1.02, z - 0.08)),
            lathe([(0.13, 0), (0.13, 0.07)], shade(hue, 0.8),
                  (-0.2, 1.02, z - 0.14)), rod((-0.28, 1.0, z - 0.34), (-0.28, 1.5, z - 0.4), 0.02,
                                               DARK), box((0.6, 0.05, 0.4), (0, 0.67, -long * 0.36),
                                                          shade(hue,
                                                                0.6)), *(box((0.6, 0.03, 0.05),
                                                                      (0, 0.7, -long * 0.36 + d), shade(hue, 0.85))
                                                                      for d in (-0.14, -0.05, 0.05, 0.14))]
    return made + pair(*track(0.46, 0.28, long, 0.5, 5, shade(hue, 0.8)), *lamp(0.07, (0.36, 0.62, long * 0.44)),
                       box((0.06, 0.06, 0.05), (0.5, 0.6, -long * 0.53), REAR),
                       box((0.16, 0.13, 0.3), (0.42, 0.86, z - 0.42), shade(hue, 0.75), 0.2),
                       rod((0.56, 0.7, -0.3), (0.56, 0.7, 0.3), 0.03, (0.5, 0.36, 0.2)))


def toy_tank(rng: Generator, hue: Color) -> list[Part]:
    """Short and round."""
    made = [box((0.72, 0.34, 1.2), (0, 0.5, 0), hue, 0.4).glossy(0.3),
            lathe(curve([(0.44, 0), (0.46, 0.14), (0.38, 0.3), (0.2, 0.38), (0, 0.4)], 12), hue,
                  (0, 0.64, -0.06)).glossy(0.3), rod((0, 0.82, 0.3), (0, 0.86, 0.85), 0.095, shade(hue, 0.8)),
            lathe([(0.14, -0.09), (0.14, 0.09), (0.08, 0.09), (0.07, 0.02)], shade(hue, 0.65),
                  corners=18).turned("x", 86).moved(0, 0.865,
                                                    0.9), ball((0.13, 0.13, 0.13), (0, 0.84, 0.3), shade(hue, 0.7),
                                                               14), lathe([(0.18, 0), (0.18, 0.07), (0.14, 0.1)],
                                                                      shade(hue, 0.75), (0.0, 1.0, -0.1)),
            *pair(prism([(0.1 * np.sin(k * np.pi / 5) * (1 if k % 2 == 0 else 0.45),
                          0.1 * np.cos(k * np.pi / 5) * (1 if k % 2 == 0 else 0.45)) for k in range(10)], 0.02,
                        (0, 0, 0), WHITE).turned("y", 90).moved(0.445, 0.8, -0.1))]
    return made + pair(*track(0.5, 0.32, 1.45, 0.52, 4, CREAM), *lamp(0.08, (0.2, 0.56, 0.58)))


SHAPES = {                              # name: the colors that it comes in, and its designs
    "train": (ANY, steam_engine, shunter, railcar),
    "tractor": (ANY, farm_tractor, old_tractor),
    "tank": (("green", "green", "green", "grey", "brown"), battle_tank, toy_tank),
}
