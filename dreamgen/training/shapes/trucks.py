"""Buses, trucks, and what else works on wheels and rails; all go towards +z."""

import numpy as np
from numpy.random import Generator

from .coachwork import (
    BLACK,
    CHROME,
    LAMP,
    PAINT,
    PANE,
    REAR,
    bodywork,
    bumper,
    cabin,
    disc_wheel,
    grille,
    handles,
    lamp,
    mirrors,
    plate,
    side,
    siren,
    wheel,
)
from .palette import ANY, NONE
from .parts import (
    CREAM,
    DARK,
    GOLD,
    RED,
    STEEL,
    WHITE,
    WOOD,
    Color,
    Part,
    ball,
    box,
    dot,
    lathe,
    moved,
    pair,
    rod,
    shade,
)
from .vehicles import FIRE, four_wheels

IRON = (0.24, 0.25, 0.28)


def coach(rng: Generator, hue: Color) -> list[Part]:
    """A city bus: a row of windows, a door on the right, a sign over the front."""
    long, w, roof, r = rng.uniform(1.5, 1.75), 0.5, rng.uniform(1.2, 1.32), 0.22
    front, back = long * 0.6, -long * 0.56
    made = bodywork(hue, [(-long, 0.7), (long, 0.7)], [(-long, w * 0.95), (-long * 0.95, w), (long * 0.95, w),
                                                       (long, w * 0.94)],
                    (back, front), r, 0.2, (), 0.03, 0.0)
    count = int(rng.integers(5, 7))
    made += [cabin(hue, 0.68, roof, (-long, long), (-long * 0.96, long * 0.95), w,
                   tuple(np.linspace(-0.93, 0.93, count + 1) * long),
                   0.05, 0.12, PANE, (hue, WHITE)[rng.integers(2)]),
             box((w * 1.6, 0.34, 0.03), (0, 0.86, long), PANE, 0.2).glossy(0.5),
             box((w * 1.5, 0.3, 0.03), (0, 0.9, -long), PANE, 0.2).glossy(0.5),
             box((w * 1.2, 0.12, 0.05), (0, roof - 0.1, long - 0.02), DARK,
                 0.3), box((w, 0.05, 0.02), (0, roof - 0.1, long + 0.01), (1.0, 0.75, 0.2)),
             bumper(w * 1.96, (0, 0.26, long), BLACK), bumper(w * 1.96, (0, 0.26, -long), BLACK),
             box((w * 2.03, 0.05, long * 1.94), (0, 0.55, 0), WHITE, 0.3), plate((0, 0.38, -long - 0.01)),
             box((0.5, 0.09, 0.6), (0, roof + 0.02, -long * 0.3), shade(hue, 0.8), 0.3),
             box((0.03, 0.78, 0.36), (-w, 0.66, long * 0.8),
                 DARK), *(box((0.03, 0.7, 0.15), (-w - 0.01, 0.66, long * 0.8 + d), PANE)
                                                                     for d in (-0.085, 0.085)),
             *mirrors(BLACK, w, 0.9, long * 0.96)]
    return made + pair(*lamp(0.09, (w * 0.68, 0.42, long - 0.0)),
                       box((0.1, 0.2, 0.04), (w * 0.8, 0.5, -long), REAR, 0.3)) + \
        four_wheels(disc_wheel, r, 0.16, w - 0.07, back, front)


def school_bus(rng: Generator, hue: Color) -> list[Part]:
    """With a bonnet before it and dark rails along its sides."""
    long, w, roof, r = rng.uniform(1.4, 1.6), 0.5, rng.uniform(1.24, 1.34), 0.23
    nose, front, back = long * 0.64, long * 0.74, -long * 0.5
    top = [(-long, 0.66), (nose, 0.68), (nose + 0.1, 0.66), (long * 0.97, 0.62), (long, 0.4)]
    plan = [(-long, w), (nose - 0.1, w), (nose + 0.1, w * 0.88), (long, w * 0.78)]
    made = bodywork(hue, top, plan, (back, front), r, 0.24, (), 0.06, 0.0)
    count = int(rng.integers(4, 6))
    made += [cabin(hue, 0.66, roof, (-long, nose + 0.1), (-long * 0.96, nose), w,
                   tuple(np.linspace(-0.95, 0.6, count + 1) * long),
                   0.06, 0.15), bumper(w * 1.75, (0, 0.3, long + 0.02), BLACK,
                                       0.12), bumper(w * 1.96, (0, 0.28, -long), BLACK, 0.12),
             *(box((w * 2.04, 0.035, long * 1.6), (0, y, -long * 0.19), BLACK) for y in (0.6, 0.46)),
             *grille((w * 0.85, 0.2), (0, 0.48, long - 0.02),
                     4), box((w * 1.2, 0.3, 0.03), (0, 0.86, -long), PANE, 0.2).glossy(0.5),
             box((w * 1.1, 0.09, 0.04), (0, roof - 0.1, nose + 0.02), BLACK,
                 0.3), *mirrors(BLACK, w * 0.95, 0.86, nose + 0.12)]
    stop = lathe([(0.13, -0.015), (0.13, 0.015)], RED, corners=8).turned("z", 90).turned("x", 22.5).moved(w + 0.03,
                                                                      0.62, nose - 0.25)
    return made + [stop] + pair(*lamp(0.09, (w * 0.6, 0.5, long * 0.98)),
                                dot((0.05, 0.05, 0.04), (w * 0.7, roof - 0.12, nose + 0.03), RED),
                                box((0.1, 0.14, 0.04), (w * 0.8, 0.52, -long), REAR, 0.3)) + \
        four_wheels(wheel, r, 0.16, w - 0.07, back, front, hub=STEEL)


def double_decker(rng: Generator, hue: Color) -> list[Part]:
    long, w, r = rng.uniform(1.15, 1.3), 0.5, 0.22
    front, back = long * 0.58, -long * 0.56
    decks = rng.uniform(0.62, 0.68)
    made = bodywork(hue, [(-long, 0.62), (long, 0.62)], [(-long, w * 0.95), (-long * 0.94, w), (long * 0.94, w),
                                                         (long, w * 0.94)],
                    (back, front), r, 0.2, (), 0.03, 0.0)
    for k, roof in enumerate((0.6 + decks, 0.6 + 2 * decks)):
        made += [cabin(hue, roof - decks + 0.16 * k, roof, (-long, long), (-long * 0.97, long * 0.96), w,
                       tuple(np.linspace(-0.9, 0.92, 6) * long),
                       0.03, (0.05, 0.13)[k]),
                 box((w * 1.7, 0.28, 0.03), (0, roof - decks * 0.46, long), PANE, 0.2).glossy(0.5),
                 box((w * 1.4, 0.26, 0.03), (0, roof - decks * 0.46, -long), PANE, 0.2).glossy(0.5)]
    made += [box((w * 2.04, 0.05, long * 2.02), (0, 0.6 + decks + 0.06, 0), CREAM, 0.3),
             box((w, 0.11, 0.04), (0, 0.6 + decks + 0.06, long + 0.02), DARK),
             bumper(w * 1.9, (0, 0.26, long), BLACK), bumper(w * 1.9, (0, 0.26, -long),
                                                             BLACK), *grille((w * 0.6, 0.2), (0, 0.46, long), 3),
             *mirrors(BLACK, w, 0.9, long * 0.96), plate((0, 0.36, -long - 0.01))]
    return made + pair(*lamp(0.09, (w * 0.66, 0.44, long)), box((0.1, 0.18, 0.04), (w * 0.8, 0.46, -long), REAR,
                                                                0.3)) + \
        four_wheels(disc_wheel, r, 0.16, w - 0.07, back, front)


def cab(hue: Color, z: float, w: float = 0.5, roof: float = 1.3) -> list[Part]:
    """The flat-faced cab of a truck whose front is at ``z``."""
    hull = cabin(hue, 0.78, roof, (z - 0.66, z), (z - 0.64, z - 0.12), w * 0.98, (z - 0.56,), 0.06, 0.1)
    return [box((w * 2, 0.5, 0.66), (0, 0.56, z - 0.33), hue, 0.14).glossy(PAINT), hull,
            *grille((w * 1.1, 0.2), (0, 0.58, z), 3),
            bumper(w * 2.02, (0, 0.34, z + 0.01), BLACK, 0.13), *mirrors(BLACK, w, 0.92, z - 0.14), *handles(w, 0.72,
                                                                      z - 0.5),
            box((w * 1.5, 0.06, 0.1), (0, roof + 0.02, z - 0.3), shade(hue, 0.7), 0.4),
            *pair(box((0.16, 0.12, 0.05), (w * 0.74, 0.44, z), LAMP, 0.35).glossy(0.5),
                  box((0.025, 0.36, 0.018), (w, 0.58, z - 0.58), shade(hue, 0.5)),
                  dot((0.04, 0.04, 0.04), (w * 0.7, roof + 0.0, z - 0.16), (1.0, 0.7, 0.2)))]


def box_truck(rng: Generator, hue: Color) -> list[Part]:
    """A cab in color, a light ribbed box behind it."""
    long, high = rng.uniform(1.4, 1.8), rng.uniform(0.95, 1.15)
    made = cab(hue, 1.1)
    load = (WHITE, CREAM, shade(hue, 1.2), shade(hue, 0.9))[rng.integers(4)]
    mid = 0.4 - long / 2
    made += [box((1.02, high, long), (0, 0.5 + high / 2, mid), load, 0.06),
             box((0.6, 0.14, long + 0.5), (0, 0.38, 0.95 - (long + 0.5) / 2), DARK),
             box((1.06, 0.09, long + 0.04), (0, 0.53, mid), shade(hue, 0.9),
                 0.2), box((1.06, 0.06, long + 0.04), (0, 0.47 + high, mid), shade(hue, 0.9), 0.2),
             box((0.03, high * 0.9, 0.03), (0, 0.5 + high / 2, mid - long / 2),
                 STEEL), bumper(0.96, (0, 0.34, mid - long / 2), BLACK)]
    if rng.random() < 0.5:
        made += pair(box((0.02, high * 0.24, long * 0.7), (0.51, 0.5 + high * 0.55, mid), hue))
    else:
        made += pair(*(box((0.03, high * 0.86, 0.04), (0.51, 0.5 + high / 2, mid + long * k), shade(load, 0.82))
                       for k in (-0.36, -0.18, 0, 0.18, 0.36)))
    rear = mid - long / 2 + 0.36
    return made + pair(box((0.12, 0.1, 0.04), (0.4, 0.36, mid - long / 2 - 0.06), REAR),
                       *(rod((0.2 * k, 0.8, mid - long / 2 - 0.02), (0.2 * k, 0.5 + high * 0.9, mid - long / 2 - 0.02),
                             0.018, STEEL) for k in (1,))) + \
        four_wheels(wheel, 0.24, 0.18, 0.41, rear, rear + 0.52, 0.76, hub=STEEL)


def dump_truck(rng: Generator, hue: Color) -> list[Part]:
    """A tipper with earth in it."""
    made, tall = cab(hue, 1.05), rng.uniform(0.5, 0.62)
    tub = (hue, shade(hue, 0.8), STEEL)[rng.integers(3)]
    outline = [(-1.2, 0.64), (0.24, 0.58), (0.3, 0.62 + tall), (0.62, 0.72 + tall), (0.62, 0.76 + tall),
               (0.2, 0.72 + tall), (-1.3, 0.7 + tall)]
    made += [side(outline, 1.04, tub).glossy(0.3), box((0.6, 0.16, 2.0), (0, 0.42, -0.2), DARK, 0.2),
             ball((0.46, 0.22, 0.66), (0, 0.68 + tall, -0.55), (0.45, 0.33, 0.22),
                  16).finished("stone", 0.09), bumper(0.96, (0, 0.36, -1.2), BLACK)]
    made += [box((1.1, 0.09, 1.56), (0, 0.7 + tall, -0.52), shade(tub, 0.85), 0.3)]
    return made + pair(*(box((0.05, tall * 0.9, 0.08), (0.53, 0.66 + tall / 2, z), shade(tub, 0.85), 0.2)
                         for z in (-1.05, -0.68, -0.3, 0.08)),
                       box((0.12, 0.1, 0.04), (0.4, 0.38, -1.27), REAR)) + \
        four_wheels(wheel, 0.29, 0.22, 0.42, -0.9, -0.24, 0.7, hub=(STEEL, tub)[rng.integers(2)])


def pickup(rng: Generator, hue: Color) -> list[Part]:
    """A cabin before an open bed."""
    long, w, roof, r = rng.uniform(1.22, 1.34), 0.5, rng.uniform(1.14, 1.24), 0.26
    front, back = long * 0.6, -long * 0.58
    top = [(-long, 0.6), (-long * 0.98, 0.72), (0, 0.73), (long * 0.5, 0.72), (long * 0.9, 0.68), (long, 0.45)]
    plan = [(-long, w * 0.96), (-long * 0.9, w), (long * 0.8, w), (long, w * 0.88)]
    made = bodywork(hue, top, plan, (back, front), r, 0.28, (0.0, long * 0.34), 0.06, gap=1.18)
    load = (None, WOOD, (0.55, 0.43, 0.3))[rng.integers(3)]
    made += [cabin(hue, 0.71, roof, (-long * 0.2, long * 0.5), (-long * 0.14, long * 0.16), w * 0.94, (-long * 0.16,),
                   0.16, 0.09),
             box((w * 1.6, 0.06, long * 0.7), (0, 0.72, -long * 0.6),
                 DARK), bumper(w * 1.95, (0, 0.34, long), CHROME, 0.13),
             bumper(w * 1.95, (0, 0.34, -long), CHROME,
                    0.11), *grille((w * 0.95, 0.18), (0, 0.54, long - 0.03), 3), plate((0, 0.34, -long - 0.06)),
             *mirrors(BLACK, w * 0.95, 0.8, long * 0.36), *handles(w * 1.01, 0.62, 0.12), box((w * 1.96, 0.1, 0.06),
                                                                      (0, 0.76, -long * 0.97), hue, 0.4),
             box((w * 1.96, 0.1, 0.06), (0, 0.76, -long * 0.25), hue,
                 0.4), *pair(box((0.08, 0.1, long * 0.76), (w * 0.92, 0.76, -long * 0.6), hue, 0.4))]
    if load:
        made += [box((0.4, 0.34, 0.4), (-0.16, 0.9, -long * 0.45), load, 0.08).finished("planks", 0.09),
                 box((0.34, 0.26, 0.36), (0.16, 0.86, -long * 0.75), shade(load, 0.8), 0.08).finished("planks", 0.09)]
    return made + pair(box((0.18, 0.15, 0.06), (w * 0.72, 0.55, long - 0.03), LAMP, 0.3).glossy(0.5),
                       box((0.1, 0.2, 0.06), (w * 0.84, 0.58, -long), REAR, 0.3).glossy(0.4)) + \
        four_wheels(wheel, r, 0.19, w - 0.06, back, front)


def ladder(length: float, wide: float, color: Color, t: float = 0.035) -> list[Part]:
    """Along z from 0, flat."""
    return [*pair(box((t, t * 1.6, length), (wide / 2, 0, length / 2), color, 0.2)),
            *(box((wide, t, t), (0, 0, z), color) for z in np.arange(0.08, length, 0.17))]


def ladder_engine(rng: Generator, hue: Color) -> list[Part]:
    """A fire truck with its ladder over the roof, and shutters and hoses at its sides."""
    long = rng.uniform(1.6, 1.9)
    red, mid = shade(FIRE, rng.uniform(0.9, 1.12)), 0.42 - long / 2
    made = cab(red, 1.1, roof=1.2)
    top = ladder(long * 1.1, 0.4, (0.88, 0.89, 0.9))
    made += [box((1.0, 0.7, long), (0, 0.75, mid), red, 0.1).glossy(PAINT),
             box((1.04, 0.09, long + 0.66), (0, 0.5, mid + 0.33), WHITE, 0.3),
             box((0.6, 0.14, long + 0.6), (0, 0.36, mid + 0.2),
                 DARK), *moved((p.turned("x", -rng.uniform(3, 12)) for p in top), 0, 1.26, mid - long / 2 + 0.05),
             lathe([(0.26, 0), (0.26, 0.1), (0.18, 0.14)], STEEL,
                   (0, 1.08, mid - long * 0.3)), *siren(1.22, 0.72,
                                                        0.66), bumper(0.98, (0, 0.34, mid - long / 2), CHROME)]
    shutters = [box((0.03, 0.4, long * 0.26), (0.5, 0.82, mid + long * k), (0.74, 0.75, 0.77),
                    0.2).finished("stripes", 0.05, (0.56, 0.57, 0.6)) for k in (-0.32, 0.0, 0.32)]
    rear = mid - long / 2 + 0.4
    return made + pair(*shutters, box((0.12, 0.14, 0.04), (0.4, 0.62, mid - long / 2 - 0.02), REAR)) + \
        four_wheels(wheel, 0.25, 0.18, 0.41, rear, 0.72)


def pump_engine(rng: Generator, hue: Color) -> list[Part]:
    """An old fire truck with a bonnet, a ladder hung at each side and a bell."""
    long, w, r = rng.uniform(1.25, 1.4), 0.44, 0.26
    red = shade(FIRE, rng.uniform(0.9, 1.12))
    front, back = long * 0.64, -long * 0.56
    top = [(-long, 0.84), (-long * 0.1, 0.84), (0.1 * long, 0.8), (long * 0.3, 0.76), (long * 0.94, 0.68), (long, 0.5)]
    made = bodywork(red, top, [(-long, w), (long * 0.2, w), (long * 0.6, w * 0.8), (long, w * 0.7)], (back, front), r,
                    0.3, (long * 0.28, -long * 0.06), 0.08)
    rung = moved((p.turned("z", 90) for p in ladder(long * 1.1, 0.26, (0.82, 0.6, 0.33))), w + 0.04, 0.86, -long * 1.0)
    made += [cabin(red, 0.8, 1.24, (-long * 0.08, long * 0.34), (-long * 0.06, long * 0.24), w * 0.96, (-long * 0.06,),
                   0.08, 0.1),
             *grille((w * 0.8, 0.3), (0, 0.52, long),
                     4), bumper(w * 1.9, (0, 0.32, long + 0.06), CHROME), bumper(w * 1.9, (0, 0.32, -long), CHROME),
             ball((0.09, 0.09, 0.09), (0, 1.3, 0.18), (0.85, 0.14, 0.12),
                  12).glossy(0.5), lathe([(0.11, 0), (0.07, 0.1), (0, 0.13)], GOLD, (0, 0.78, long * 0.62)).glossy(0.8),
             lathe([(0.24, -0.1), (0.24, 0.1)],
                   (0.86, 0.8, 0.66)).turned("z", 90).moved(0, 0.98,
                                                            -long * 0.62), box((0.36, 0.3, 0.3),
                                                                      (0, 0.92, -long * 0.62), IRON, 0.2),
             box((w * 2.04, 0.06, long), (0, 0.56, -long * 0.44), GOLD, 0.3)]
    return made + pair(*rung, *lamp(0.1, (w * 0.8, 0.62, long * 0.95)),
                       dot((0.07, 0.07, 0.04), (w * 0.7, 0.6, -long), REAR)) + \
        four_wheels(wheel, r, 0.17, w - 0.04, back, front, hub=(0.9, 0.88, 0.84), spokes=8)


SHAPES = {                              # name: the colors that it comes in, and its designs
    "bus": (ANY, coach, school_bus, double_decker),
    "truck": (ANY, box_truck, pickup, dump_truck),
    "fire truck": (NONE, ladder_engine, pump_engine),
}
